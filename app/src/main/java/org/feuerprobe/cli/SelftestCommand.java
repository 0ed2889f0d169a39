package org.feuerprobe.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.feuerprobe.selftest.ErrorTable;
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
                "Measure how often verdicts are wrong on simulated data; exit with 1 where a row fails.")
final class SelftestCommand implements Callable<Integer> {
    @Option(names = "--quick", description = "Use 8 seeds per case instead of 40.")
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
        List<ErrorTable.Row> failed = new ArrayList<>();
        JsonMapper mapper = JsonMapper.builder().build();
        String[] group = {""};
        ErrorTable.Effort effort = quick ? ErrorTable.Effort.QUICK : ErrorTable.Effort.FULL;
        int[] rows = {0};
        new ErrorTable(effort)
                .rows()
                .forEach(row -> {
                    rows[0]++;
                    if (!row.passes()) {
                        failed.add(row);
                    }
                    if (json) {
                        console.result(mapper.writeValueAsString(document(row)) + "\n");
                        return;
                    }
                    if (!row.group().equals(group[0])) {
                        group[0] = row.group();
                        console.result("\n" + row.group() + "\n");
                    }
                    console.result(text(row) + "\n");
                });
        if (!json) {
            console.result("\n%d rows, %d failed%n".formatted(rows[0], failed.size()));
        }
        return failed.isEmpty() ? ExitStatus.OK : ExitStatus.VIOLATED;
    }

    private static String text(ErrorTable.Row row) {
        return String.format(
                Locale.ROOT,
                "  %-4s %-44s %-14s %-13s %7.2f %%  of %5d  open %6.2f %%  %s",
                row.passes() ? "ok" : "FAIL",
                row.name(),
                row.claim(),
                row.expectation(),
                100 * row.share(),
                row.trials(),
                100 * row.openShare(),
                row.detail());
    }

    private static Map<String, Object> document(ErrorTable.Row row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("group", row.group());
        fields.put("case", row.name());
        fields.put("claim", row.claim());
        fields.put("expectation", row.expectation());
        fields.put("right", row.right());
        fields.put("trials", row.trials());
        fields.put("open", row.open());
        fields.put("least", row.least());
        fields.put("most", row.most());
        fields.put("passes", row.passes());
        fields.put("verdicts", row.detail());
        return fields;
    }
}
