package org.feuerprobe.cli;

import java.nio.file.Path;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for the folder of the results, and for the printed format. */
@Under(Section.OUTPUT)
final class OutputOptions {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Folder for the results, new or empty (default: validate makes one under results/, bench keeps none).")
    @Nullable Path folder;

    @Option(names = "--json", description = "Print JSON instead of text.")
    boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print errors only.")
    boolean quiet;
}
