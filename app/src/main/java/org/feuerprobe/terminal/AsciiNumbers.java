package org.feuerprobe.terminal;

import java.util.function.Function;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/**
 * How numbers on the command line are spelt: in ASCII digits, without Java's forms such as {@code
 * 1d}, {@code 0x1p4} and {@code NaN}. It serves every option of every command.
 */
public final class AsciiNumbers {
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");

    private AsciiNumbers() {}

    /** Sets the spelling for a command and its subcommands. */
    public static void apply(CommandLine root) {
        register(root, Integer.class, int.class, WHOLE, "an int", Integer::valueOf);
        register(root, Long.class, long.class, WHOLE, "a long", Long::valueOf);
        register(root, Double.class, double.class, DECIMAL, "a double", Double::valueOf);
    }

    private static <T> void register(
            CommandLine root,
            Class<T> boxed,
            Class<T> primitive,
            Pattern spelling,
            String name,
            Function<String, T> parse) {
        CommandLine.ITypeConverter<T> converter =
                text -> {
                    try {
                        if (spelling.matcher(text).matches()) {
                            return parse.apply(text);
                        }
                    } catch (NumberFormatException e) {
                        // out of range, which the message below says as well
                    }
                    throw new TypeConversionException("'%s' is not %s".formatted(text, name));
                };
        root.registerConverter(boxed, converter);
        root.registerConverter(primitive, converter);
    }
}
