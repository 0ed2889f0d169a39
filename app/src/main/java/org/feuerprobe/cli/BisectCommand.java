package org.feuerprobe.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.campaign.Campaign;
import org.feuerprobe.campaign.CampaignException;
import org.feuerprobe.campaign.CampaignProgress;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.guest.Worktree;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Effort;
import org.feuerprobe.plan.GridPlanner;
import org.feuerprobe.results.Documents;
import org.feuerprobe.results.Names;
import org.feuerprobe.verdict.BoundVerdict;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds the commit that broke a bound. */
@Command(
        name = "bisect",
        description = "Find the commit that broke a bound: builds and boots each step.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  feuerprobe bisect v0.1 HEAD --bound cap_table_alloc/target --quick",
            "",
            "The working tree stays as it is. Exit status: 0 found, 2 wrong use,",
            "3 commits that cannot be built or decided stand in the way."
        })
final class BisectCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "GOOD", description = "A commit that keeps the bound.")
    String good = "";

    @Parameters(index = "1", paramLabel = "BAD", description = "A later one that breaks it.")
    String bad = "";

    @Option(
            names = "--bound",
            paramLabel = "ID",
            required = true,
            description = "Which bound, such as cap_table_alloc/target.")
    String id = "";

    @Option(
            names = "--bounds",
            paramLabel = "FILE",
            description = "Where it stands (default: bounds/feuerbird.yaml as it is now).")
    @Nullable Path boundsFile;

    @Option(
            names = "--repository",
            paramLabel = "DIR",
            description = "Of the exokernel's history (default: this project).")
    @Nullable Path repository;

    @Option(names = "--json", description = "Print JSON instead of sentences.")
    boolean json;

    @Mixin TargetOptions target = new TargetOptions();

    @Mixin EffortOptions effortOptions = new EffortOptions();

    private final Map<String, String> said = new LinkedHashMap<>();

    /** By the hashes of the kernel's sources: many a commit changes something else. */
    private final Map<String, Answered> answered = new HashMap<>();

    private record Answered(Bisection.Answer answer, String words) {}

    BisectCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException, InterruptedException {
        if (target.kernel != null || target.target.startsWith("linux")) {
            throw new CommandException(
                    ExitStatus.USAGE, "bisect builds each kernel: leave --kernel and linux out");
        }
        Bound bound = bound();
        Effort effort = effortOptions.effort();
        Path place = repository == null ? Home.path() : repository;
        try {
            String from = Worktree.resolve(place, good);
            String to = Worktree.resolve(place, bad);
            Bisection.Question question =
                    (commit, left) -> answer(place, commit, left, bound, effort);
            expect(question, from, Bisection.Answer.GOOD, "GOOD " + good);
            expect(question, to, Bisection.Answer.BAD, "BAD " + bad);
            return print(place, new Bisection(place).firstBad(from, to, question));
        } catch (IOException e) {
            throw new CommandException(ExitStatus.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private Bound bound() throws CommandException {
        Path file = boundsFile != null ? boundsFile : Home.path().resolve("bounds/feuerbird.yaml");
        return BoundsChoice.read(file, CountedBounds.units(target)).bounds().stream()
                .filter(bound -> bound.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new CommandException(ExitStatus.USAGE, "no bound '%s'".formatted(id)));
    }

    private void expect(
            Bisection.Question question, String commit, Bisection.Answer wanted, String name)
            throws CommandException, InterruptedException {
        if (question.ask(commit, 0) != wanted) {
            throw new CommandException(
                    ExitStatus.USAGE,
                    "%s is not what it should be: %s is %s there"
                            .formatted(name, id, said.getOrDefault(commit, "")));
        }
    }

    private Bisection.Answer answer(Path place, String commit, int left, Bound bound, Effort effort)
            throws CommandException, InterruptedException {
        String sources = sources(place, commit);
        Answered known = answered.get(sources);
        Answered now = known == null ? ask(place, commit, bound, effort) : known;
        answered.put(sources, now);
        said.put(commit, now.words());
        Bisection.Answer answer = now.answer();
        console.note(
                "%s%s %s%s: %s"
                        .formatted(
                                left == 0 ? "" : left + " left: ",
                                commit.substring(0, 12),
                                answer == Bisection.Answer.SKIP ? "skipped" : answer.name(),
                                known == null ? "" : " (the same sources)",
                                Names.middle(first(said.getOrDefault(commit, "")), 120)));
        return answer;
    }

    /** Equal for two commits with the same kernel; the commit itself if it has no kernel. */
    private static String sources(Path place, String commit) throws InterruptedException {
        try {
            // Before probe/ had a folder of its own, it was in exokernel/.
            String hashes = Worktree.git(place, "ls-tree", commit, "exokernel", "probe");
            return hashes.isEmpty() ? commit : hashes;
        } catch (IOException e) {
            return commit;
        }
    }

    private Answered ask(Path place, String commit, Bound bound, Effort effort)
            throws InterruptedException {
        try (Worktree tree = Worktree.of(place, commit)) {
            BoundVerdict verdict = decide(exokernel(place, tree), bound, effort);
            Bisection.Answer answer =
                    switch (verdict.kind()) {
                        case VIOLATED -> Bisection.Answer.BAD;
                        case HOLDS, LOOSE -> Bisection.Answer.GOOD;
                        case INCONCLUSIVE, NOT_MEASURABLE, NOT_EXERCISED -> Bisection.Answer.SKIP;
                    };
            return new Answered(answer, verdict.kind() + ": " + verdict.reason());
        } catch (IOException | CommandException | CampaignException e) {
            // does not build, or does not boot
            return new Answered(Bisection.Answer.SKIP, String.valueOf(e.getMessage()));
        }
    }

    private static String first(String text) {
        return Names.prose(text.lines().findFirst().orElse(""));
    }

    private static Path exokernel(Path place, Worktree tree)
            throws IOException, InterruptedException {
        String prefix = Worktree.git(place, "rev-parse", "--show-prefix").strip();
        Path exokernel = tree.folder().resolve(prefix).resolve("exokernel");
        if (!Files.isDirectory(exokernel)) {
            throw new IOException("there is no exokernel/ in it");
        }
        return exokernel;
    }

    private BoundVerdict decide(Path exokernel, Bound bound, Effort effort)
            throws CommandException, CampaignException, InterruptedException {
        OpenTarget opened = target.openAs(exokernel, null);
        CountedBounds counted = CountedBounds.of(List.of(bound), opened, target);
        Campaign campaign =
                counted.isEmpty()
                        ? new Campaign(opened.target(), effortOptions.parallel())
                        : counted.campaign(effortOptions.parallel());
        List<Benchmark> benchmarks =
                campaign.catalogue().stream()
                        .filter(benchmark -> benchmark.operation().equals(bound.operation()))
                        .toList();
        CampaignResult result =
                campaign.run(
                        GridPlanner.plan(benchmarks, effort, effortOptions.seed),
                        effort.seeds(),
                        CampaignProgress.none());
        if (!counted.isEmpty()) {
            return counted.judge(bound, result, counted.geometry());
        }
        return opened.calibration().judge(result).judge(bound);
    }

    private int print(Path place, List<String> suspects) throws IOException, InterruptedException {
        boolean found = suspects.size() == 1;
        if (json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("schema", 1);
            document.put("bound", id);
            document.put("found", found);
            document.put("suspects", suspects);
            document.put("asked", said);
            console.result(Documents.pretty(document) + "\n");
            return found ? ExitStatus.OK : ExitStatus.TARGET;
        }
        console.result(
                found
                        ? "the first commit that breaks %s:\n".formatted(id)
                        : "the first commit that breaks %s is one of these; the others were skipped:\n"
                                .formatted(id));
        for (String commit : suspects) {
            String line =
                    Worktree.git(
                            place, "log", "-1", "--date=short", "--format=%h %ad %an: %s", commit);
            console.result("  " + Names.prose(line.strip()) + "\n");
            String words = said.getOrDefault(commit, "");
            if (!words.isEmpty()) {
                console.result("    " + first(words) + "\n");
            }
        }
        return found ? ExitStatus.OK : ExitStatus.TARGET;
    }
}
