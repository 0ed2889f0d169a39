package org.feuerprobe.cli;

import java.util.ArrayList;
import java.util.List;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import picocli.CommandLine.Option;

/** Options for the processor to examine, and for the output. */
final class MachineOptions {
    @Option(
            names = "--cpu",
            paramLabel = "N",
            defaultValue = "1",
            description = "Processor to examine (default: ${DEFAULT-VALUE}).")
    @Under(Section.TARGET)
    int cpu = 1;

    @Option(
            names = "--meter",
            paramLabel = "ADDRESS",
            description =
                    "A power meter: http://HOST (Shelly) or scpi://HOST:PORT?QUERY. May be repeated.")
    @Under(Section.TARGET)
    List<String> meters = new ArrayList<>();

    @Option(names = "--json", description = "Print JSON instead of text.")
    @Under(Section.OUTPUT)
    boolean json;
}
