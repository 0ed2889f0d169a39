package org.feuerprobe.target;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Builds the exokernel, or a variant of it apart, with {@code make}. */
public final class KernelBuilder {
    private static final Pattern SWITCH = Pattern.compile("[A-Z][A-Z0-9_]*=[a-z0-9_]+");
    private final Path folder;

    /** {@code folder} holds the exokernel's Makefile. */
    public KernelBuilder(Path folder) {
        this.folder = folder;
    }

    /**
     * Brings an image up to date and reads it.
     *
     * @param variant switches such as {@code CAP_ALLOC=scan}; none for the default kernel
     * @throws IOException when a switch is malformed, make is missing or fails: the message holds
     *     its last lines
     */
    public KernelImage build(List<String> variant) throws IOException, InterruptedException {
        for (String option : variant) {
            if (!SWITCH.matcher(option).matches()) {
                throw new IOException(
                        "variant '%s': want NAME=value, such as CAP_ALLOC=scan".formatted(option));
            }
        }
        make(variant, List.of("-j2"));
        String image = make(variant, List.of("print-image")).strip();
        return KernelImage.read(folder.resolve(image));
    }

    private String make(List<String> variant, List<String> goals)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(goals);
        arguments.addAll(variant);
        return Make.run("the kernel", folder, arguments);
    }
}
