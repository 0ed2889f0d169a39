package org.feuerprobe.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.feuerprobe.guest.Worktree;

/**
 * Search for the first bad commit. It halves the commits between good and bad until one is left,
 * along branches too; git names the commit that halves them best. A commit that cannot be decided
 * is skipped. If only such commits are left, the answer contains all of them.
 */
public final class Bisection {
    /** The answer for a commit. */
    public enum Answer {
        GOOD,
        BAD,
        SKIP
    }

    /** Decides one commit. {@code left} commits are still suspected. */
    @FunctionalInterface
    interface Question {
        Answer ask(String commit, int left) throws LabException, InterruptedException;
    }

    private final Path repository;

    Bisection(Path repository) {
        this.repository = repository;
    }

    /** The first bad commit; several if skipped commits precede it. */
    List<String> firstBad(String good, String bad, Question question)
            throws IOException, InterruptedException, LabException {
        List<String> goods = new ArrayList<>(List.of(good));
        Set<String> skipped = new HashSet<>();
        String worst = bad;
        while (true) {
            List<String> suspects = suspects(goods, worst);
            String known = worst;
            List<String> open =
                    suspects.stream()
                            .filter(commit -> !commit.equals(known) && !skipped.contains(commit))
                            .toList();
            if (open.isEmpty()) {
                return suspects;
            }
            String next = open.getFirst();
            switch (question.ask(next, suspects.size())) {
                case GOOD -> goods.add(next);
                case BAD -> worst = next;
                case SKIP -> skipped.add(next);
            }
        }
    }

    /**
     * All commits that may be the first bad one, including {@code bad}. The first one halves them
     * best.
     */
    private List<String> suspects(List<String> goods, String bad)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("rev-list", "--bisect-all", bad, "--not"));
        command.addAll(goods);
        return Worktree.git(repository, command.toArray(String[]::new))
                .lines()
                .map(line -> line.split(" ", -1)[0])
                .toList();
    }
}
