package org.feuerprobe.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.campaign.Campaign;
import org.feuerprobe.campaign.CampaignException;
import org.feuerprobe.campaign.CampaignProgress;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.guest.Worktree;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.GridPlanner;
import org.feuerprobe.verdict.BoundVerdict;

/** Finds the commit that broke a bound: builds, boots and judges the kernel of each step. */
public final class BoundBisection {
    /** Listener to the verdict on each commit. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Receives the verdict on one commit.
         *
         * @param left number of commits that are still suspected; 0 for the two ends
         * @param known whether another commit with the same sources was judged before
         */
        void judged(String commit, int left, Bisection.Answer answer, boolean known, String reason);
    }

    private final Path repository;
    private final TargetChoice target;
    private final EffortChoice effort;
    private final Bound bound;
    private final Listener listener;

    private final SequencedMap<String, String> reasons = new LinkedHashMap<>();

    /** By the hash of the kernel's sources, because many commits change something else. */
    private final Map<String, Judged> judged = new HashMap<>();

    record Judged(Bisection.Answer answer, String reason) {}

    /** {@code repository} holds the history of the exokernel. */
    public BoundBisection(
            Path repository,
            TargetChoice target,
            EffortChoice effort,
            Bound bound,
            Listener listener) {
        this.repository = repository;
        this.target = target;
        this.effort = effort;
        this.bound = bound;
        this.listener = listener;
    }

    /** The first commit that breaks the bound; several if skipped commits precede it. */
    public List<String> firstBad(String good, String bad)
            throws LabException, InterruptedException {
        try {
            String from = Worktree.resolve(repository, good);
            String to = Worktree.resolve(repository, bad);
            expect(from, Bisection.Answer.GOOD, "GOOD " + good);
            expect(to, Bisection.Answer.BAD, "BAD " + bad);
            return new Bisection(repository).firstBad(from, to, this::answer);
        } catch (IOException e) {
            throw LabException.wrongUse(String.valueOf(e.getMessage()));
        }
    }

    /** The reason of each answer so far, by commit, in the order of the steps. */
    public SequencedMap<String, String> reasons() {
        return new LinkedHashMap<>(reasons);
    }

    /** One line about a commit. */
    public String summary(String commit) throws LabException, InterruptedException {
        try {
            return Worktree.git(
                            repository,
                            "log",
                            "-1",
                            "--date=short",
                            "--format=%h %ad %an: %s",
                            commit)
                    .strip();
        } catch (IOException e) {
            throw LabException.wrongUse(String.valueOf(e.getMessage()));
        }
    }

    private void expect(String commit, Bisection.Answer wanted, String name)
            throws LabException, InterruptedException {
        if (answer(commit, 0) != wanted) {
            throw LabException.wrongUse(
                    "%s is not what it should be: %s is %s there"
                            .formatted(name, bound.id(), reasons.getOrDefault(commit, "")));
        }
    }

    private Bisection.Answer answer(String commit, int left) throws InterruptedException {
        String sources = sources(commit);
        Judged known = judged.get(sources);
        Judged now = known == null ? judge(commit) : known;
        judged.put(sources, now);
        reasons.put(commit, now.reason());
        listener.judged(commit, left, now.answer(), known != null, now.reason());
        return now.answer();
    }

    /** Equal for two commits with the same kernel; the commit itself if it has no kernel. */
    private String sources(String commit) throws InterruptedException {
        try {
            // Before probe/ had a folder of its own, it was in exokernel/.
            String hashes = Worktree.git(repository, "ls-tree", commit, "exokernel", "probe");
            return hashes.isEmpty() ? commit : hashes;
        } catch (IOException e) {
            return commit;
        }
    }

    private Judged judge(String commit) throws InterruptedException {
        try (Worktree tree = Worktree.of(repository, commit)) {
            Decided decided = decide(exokernel(tree));
            return judged(decided.verdict(), decided.rejected());
        } catch (IOException | LabException | CampaignException e) {
            // does not build, or does not boot
            return new Judged(Bisection.Answer.SKIP, String.valueOf(e.getMessage()));
        }
    }

    /**
     * The answer of one commit. Points that a failed boot lost could violate the bound, so then it
     * is not known to hold.
     *
     * @param rejected why points have no samples
     */
    static Judged judged(BoundVerdict verdict, List<String> rejected) {
        Bisection.Answer answer =
                switch (verdict.kind()) {
                    case VIOLATED -> Bisection.Answer.BAD;
                    case HOLDS, LOOSE ->
                            rejected.isEmpty() ? Bisection.Answer.GOOD : Bisection.Answer.SKIP;
                    case INCONCLUSIVE, NOT_MEASURABLE, NOT_EXERCISED -> Bisection.Answer.SKIP;
                };
        String lost = rejected.isEmpty() ? "" : "; no samples: " + String.join("; ", rejected);
        return new Judged(answer, verdict.kind() + ": " + verdict.reason() + lost);
    }

    private record Decided(BoundVerdict verdict, List<String> rejected) {}

    private Path exokernel(Worktree tree) throws IOException, InterruptedException {
        String prefix = Worktree.git(repository, "rev-parse", "--show-prefix").strip();
        Path exokernel = tree.folder().resolve(prefix).resolve("exokernel");
        if (!Files.isDirectory(exokernel)) {
            throw new IOException("there is no exokernel/ in it");
        }
        return exokernel;
    }

    private Decided decide(Path exokernel)
            throws LabException, CampaignException, InterruptedException {
        OpenTarget opened = new TargetOpener(target).openAs(exokernel, Optional.empty());
        CountedBounds counted = CountedBounds.of(List.of(bound), opened, target);
        Campaign campaign =
                counted.isEmpty()
                        ? new Campaign(opened.target(), effort.parallel())
                        : counted.campaign(effort.parallel());
        List<Benchmark> benchmarks =
                campaign.catalogue().stream()
                        .filter(benchmark -> benchmark.operation().equals(bound.operation()))
                        .toList();
        CampaignResult result =
                campaign.run(
                        GridPlanner.plan(benchmarks, effort.effort(), effort.seed()),
                        effort.effort().seeds(),
                        CampaignProgress.none());
        BoundVerdict verdict =
                counted.isEmpty()
                        ? opened.calibration(target.places()).judge(result).judge(bound)
                        : counted.judge(bound, result);
        return new Decided(
                verdict,
                result.rejected().stream().map(CampaignResult.Rejected::toString).toList());
    }
}
