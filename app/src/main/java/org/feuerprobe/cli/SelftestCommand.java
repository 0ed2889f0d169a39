package org.feuerprobe.cli;

import java.util.concurrent.Callable;
import org.feuerprobe.selftest.ErrorTable;
import org.feuerprobe.selftest.ErrorText;
import org.feuerprobe.terminal.Console;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** Prints how often the engine decides wrongly on data whose truth is known. */
@Command(
        name = "selftest",
        description =
                "Measure how often verdicts are wrong on simulated data; exit with 1 if a row fails.")
final class SelftestCommand implements Callable<Integer> {
    @Option(
            names = "--quick",
            description = "Use 8 seeds for the basic cases and 2 for most others, instead of 40.")
    @Under(Section.MEASUREMENT)
    private boolean quick;

    @Option(names = "--json", description = "Print one JSON object per row.")
    @Under(Section.OUTPUT)
    private boolean json;

    private final Console console;

    SelftestCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        JsonMapper mapper = JsonMapper.builder().build();
        ErrorText text = new ErrorText();
        new ErrorTable(quick ? ErrorTable.Effort.QUICK : ErrorTable.Effort.FULL)
                .rows()
                .forEach(row -> {
                    String line = text.add(row);
                    console.result(
                            json ? mapper.writeValueAsString(ErrorText.fields(row)) + "\n" : line);
                });
        if (!json) {
            console.result(text.total());
        }
        return text.passes() ? ExitStatus.OK : ExitStatus.VIOLATED;
    }
}
