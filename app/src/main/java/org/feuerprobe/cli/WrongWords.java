package org.feuerprobe.cli;

import java.util.Collection;
import java.util.List;
import org.feuerprobe.bound.NearNames;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Words of a command line that nothing takes: a mistyped command or option, or a word too many. */
final class WrongWords {
    private static final String LONG_OPTION = "--";

    private WrongWords() {}

    /** Runs the command, unless an option was mistyped and another option took it for a value. */
    static int run(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        for (OptionSpec option : last.matchedOptions()) {
            for (String value : option.originalStringValues()) {
                if (value.startsWith(LONG_OPTION) && parsed.originalArgs().contains(value)) {
                    throw new UnmatchedArgumentException(
                            last.commandSpec().commandLine(), List.of(value));
                }
            }
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    /** The first word that is wrong, and the name that was probably meant. */
    static String text(UnmatchedArgumentException e, Collection<String> commands) {
        String word = e.getUnmatched().getFirst();
        CommandLine command = e.getCommandLine();
        if (e.isUnknownOption()) {
            String name = word.split("=", 2)[0];
            return "unknown option '%s'%s"
                    .formatted(
                            name,
                            NearNames.hint(name, command.getCommandSpec().optionsMap().keySet()));
        }
        return command.getParent() == null
                ? "unknown command '%s'%s".formatted(word, NearNames.hint(word, commands))
                : "unexpected word '%s'".formatted(word);
    }
}
