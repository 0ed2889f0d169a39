package org.feuerprobe.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.feuerprobe.change.History;
import org.feuerprobe.compare.LabelledCampaign;
import org.feuerprobe.exchange.HistoryReader;
import org.feuerprobe.gate.AcceptCommands;
import org.feuerprobe.gate.AlertOutput;
import org.feuerprobe.gate.AlertPage;
import org.feuerprobe.gate.BaselineCheck;
import org.feuerprobe.gate.BaselineExplanation;
import org.feuerprobe.gate.CampaignGate;
import org.feuerprobe.gate.CampaignHistory;
import org.feuerprobe.gate.Finding;
import org.feuerprobe.gate.GateResult;
import org.feuerprobe.gate.HistoryAlert;
import org.feuerprobe.gate.RecordedCommand;
import org.feuerprobe.gate.RerunKernels;
import org.feuerprobe.gate.SuspectedRegression;
import org.feuerprobe.harness.Invocation;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.Places;
import org.feuerprobe.results.StoredResults;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.terminal.Console;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Decides whether a campaign passes: by its bounds, its counts and its history. */
@Command(
        name = "gate",
        description = {
            "Fail if a bound is violated or a cost has regressed.",
            "Without RESULTS: count the exokernel's instructions and compare them with the baseline."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  feuerprobe gate",
            "  feuerprobe gate --accept \"frees are checked twice\"",
            "  feuerprobe gate results/now --baseline baseline/instructions.json --junit gate.xml",
            "  feuerprobe gate results/now --history results --markdown gate.md",
            "  feuerprobe gate results/now --history results --rerun --page history.html",
            "  feuerprobe gate results/now --history results --accept \"checks twice\"",
            "  feuerprobe gate --import sel4bench 2026/*/*.jsonl",
            "  feuerprobe gate --import csv history.csv --higher-is-better '*throughput*'",
            "  feuerprobe gate --import sel4bench 2026/*/*.jsonl --page history.html",
            "",
            "Exit status: 0 passed or UNKNOWN, 1 a bound violated or a change, 2 wrong use,",
            "3 the target failed, 4 UNKNOWN (with --strict). Rules: docs/gate.md, docs/change-detection.md"
        })
final class GateCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "RESULTS",
            arity = "0..*",
            description = "A results folder; with --import the files to read.")
    private List<Path> files = List.of();

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description =
                    "File of accepted counts (default without RESULTS: baseline/instructions.json).")
    @Under(Section.JUDGEMENT)
    private @Nullable Path baseline;

    @Option(
            names = "--history",
            paramLabel = "PLACE",
            arity = "1..*",
            description = "Earlier campaigns: results folders, or archives.")
    @Under(Section.JUDGEMENT)
    private List<String> places = List.of();

    @Option(
            names = "--since",
            paramLabel = "DATE",
            defaultValue = "",
            description = "Ignore history before this date, such as 2026-03-01.")
    @Under(Section.JUDGEMENT)
    private String since = "";

    @Option(
            names = "--rerun",
            description = "Measure again what became worse; fail only where the change persists.")
    @Under(Section.JUDGEMENT)
    private boolean rerun;

    @Option(
            names = "--accept",
            paramLabel = "WHY",
            description =
                    "Make the new counts the baseline; with --history, accept what became worse: later gates start from here.")
    @Under(Section.JUDGEMENT)
    private @Nullable String accept;

    @Option(names = "--json", description = "Print one JSON object.")
    @Under(Section.OUTPUT)
    private boolean json;

    @Option(
            names = "--page",
            paramLabel = "FILE",
            description = "Write every series with its chart and changes as an HTML page.")
    @Under(Section.OUTPUT)
    private @Nullable Path page;

    @Mixin private ImportOptions imports = new ImportOptions();

    @Mixin private GateOutputs outputs = new GateOutputs();

    private final Console console;

    private final RecordedCommand.Parser recorded;

    /** {@code recorded} reads the command lines of stored campaigns. */
    GateCommand(Console console, RecordedCommand.Parser recorded) {
        this.console = console;
        this.recorded = recorded;
    }

    @Override
    public Integer call() throws LabException, InterruptedException {
        if (imports.format != null) {
            return imported(imports.format);
        }
        imports.refuseOthers();
        if (page != null && places.isEmpty()) {
            throw LabException.wrongUse("--page shows a history: add --history PLACE, or --import");
        }
        if (files.size() > 1) {
            throw LabException.wrongUse(
                    "name one results folder; for files of another tool, add --import FORMAT");
        }
        if (rerun && places.isEmpty()) {
            throw LabException.wrongUse("--rerun repeats what became worse: add --history PLACE");
        }
        if (accept != null && accept.isBlank()) {
            throw LabException.wrongUse("--accept: give a reason, such as \"checks twice\"");
        }
        if (accept != null && !files.isEmpty() && baseline == null && places.isEmpty()) {
            throw LabException.wrongUse(
                    "--accept: name the file of accepted counts with --baseline FILE, or the earlier campaigns with --history PLACE");
        }
        if (files.isEmpty() && !places.isEmpty()) {
            throw LabException.wrongUse(
                    "--history: name the results folder that it is the history of");
        }
        if (!since.matches("([0-9]{4}-[0-9]{2}-[0-9]{2}.*)?")) {
            throw LabException.wrongUse("--since: want a date like 2026-03-01");
        }
        Path file =
                baseline != null
                        ? baseline
                        : Installation.path().resolve("baseline/instructions.json");
        if (accept != null && !places.isEmpty() && baseline == null) {
            return accept(now(), accept);
        }
        if (accept != null) {
            BaselineCheck check = files.isEmpty() ? measured(file) : counts(file, now());
            String summary = check.accept(accept);
            console.note("written: " + Places.shown(file));
            console.result("accepted in %s: %s\n".formatted(Places.shown(file), summary));
            return ExitStatus.OK;
        }
        GateResult result =
                files.isEmpty()
                        ? BaselineExplanation.of(
                                measured(file).judge(), file, Installation.places())
                        : campaign(now(), file);
        int status = outputs.write(console, result, json);
        boolean changed =
                GateResult.count(result.of(Finding.Suite.CHANGES), Finding.Outcome.FAILED) > 0;
        if (changed) {
            new AcceptCommands(files, Optional.ofNullable(baseline), places, since)
                    .lines()
                    .forEach(command -> console.note("if this is meant: " + command));
        }
        return status;
    }

    private LabelledCampaign now() throws LabException {
        Path folder = files.getFirst();
        try {
            return CampaignHistory.side(folder.toString(), folder);
        } catch (StoredResults.UnreadableResultsException e) {
            throw LabException.wrongUse(String.valueOf(e.getMessage()));
        }
    }

    private BaselineCheck measured(Path file) throws LabException, InterruptedException {
        return BaselineCheck.measure(
                file,
                Installation.places(),
                Invocation.now(Installation.version(), List.of("feuerprobe", "bench", "--quick")));
    }

    private static BaselineCheck counts(Path file, LabelledCampaign now) throws LabException {
        return BaselineCheck.of(file, now.manifest(), now.campaign());
    }

    /** Findings about bounds, and about changes against the baseline, the history, or both. */
    private GateResult campaign(LabelledCampaign now, Path file)
            throws LabException, InterruptedException {
        List<Finding> findings = new ArrayList<>(CampaignGate.bounds(now));
        List<String> notes = new ArrayList<>();
        List<GateResult> changes = new ArrayList<>();
        if (baseline != null) {
            changes.add(counts(file, now).judge());
        }
        if (!places.isEmpty()) {
            CampaignHistory history = CampaignHistory.read(places, now, since);
            if (page != null) {
                String html = AlertPage.of(history, now.manifest().exact()).html();
                Output.write(console, "--page", page, html);
            }
            changes.add(changes(now, history));
        }
        for (GateResult result : changes) {
            findings.addAll(result.findings());
            notes.addAll(result.notes());
        }
        if (changes.isEmpty()) {
            notes.add("changes were not asked for: --baseline FILE, --history PLACE");
        }
        if (findings.isEmpty()) {
            throw LabException.wrongUse(
                    "%s decides no bound: nothing to gate without --baseline or --history"
                            .formatted(now.label()));
        }
        return new GateResult(findings, notes);
    }

    /** Records what became worse as accepted, in the first archive of the history. */
    private int accept(LabelledCampaign now, String why) throws LabException {
        CampaignHistory history = CampaignHistory.read(places, now, since);
        List<String> worse =
                CampaignGate.changes(now, history).result().findings().stream()
                        .filter(finding -> finding.outcome() == Finding.Outcome.FAILED)
                        .map(Finding::name)
                        .distinct()
                        .toList();
        if (worse.isEmpty()) {
            console.result("nothing to accept: nothing became worse against the history\n");
            return ExitStatus.OK;
        }
        String kept = CampaignHistory.accept(places, now, why, worse);
        console.result(
                "accepted in %s from %s on: %s\n"
                        .formatted(
                                kept,
                                now.campaign().provenance().began(),
                                Numbers.counted(worse.size(), "point")));
        worse.forEach(name -> console.result("  " + name + "\n"));
        return ExitStatus.OK;
    }

    private GateResult changes(LabelledCampaign now, CampaignHistory history)
            throws LabException, InterruptedException {
        SuspectedRegression.Changes changes = CampaignGate.changes(now, history);
        if (changes.suspects().isEmpty()) {
            return changes.result();
        }
        if (!rerun) {
            return now.manifest().exact()
                    ? changes.result()
                    : changes.result()
                            .with("--rerun measures these changes again before the gate fails");
        }
        try (RerunKernels kernels = RerunKernels.open(recorded, now, history.newest())) {
            GateResult result = kernels.rerun().of(changes);
            return kernels.missing().map(result::with).orElse(result);
        }
    }

    private int imported(String format) throws LabException {
        if (files.isEmpty() || accept != null || baseline != null || !places.isEmpty() || rerun) {
            throw LabException.wrongUse(
                    "--import reads FILE…: name its files, and leave out --accept, --baseline, --history and --rerun");
        }
        HistoryReader history = imports.read(format, files);
        List<History> series = history.series(imports.directions(files));
        imports.check(series);
        List<HistoryAlert> alerts = HistoryAlert.of(series);
        AlertOutput output = new AlertOutput(series, history.runs(), alerts, history.notes());
        if (page != null) {
            String html = new AlertPage(series, history.runs(), alerts).html();
            Output.write(console, "--page", page, html);
        }
        return outputs.write(console, output.result(), json ? output.json() : output.text(), json);
    }
}
