package org.feuerprobe.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.feuerprobe.guest.Worktree;

/**
 * Which commit was the first bad one? Halves what lies between good and bad until one is left,
 * along branches too: git names the commit that tells most. A commit that cannot be asked is
 * skipped; where only such are left, the answer is all that it may be.
 */
public final class Bisection {
    /** What a commit says. */
    public enum Answer {
        GOOD,
        BAD,
        SKIP
    }

    /** Asks one commit; {@code left} are still suspected. */
    @FunctionalInterface
    interface Question {
        Answer ask(String commit, int left) throws LabException, InterruptedException;
    }

    private final Path repository;

    Bisection(Path repository) {
        this.repository = repository;
    }

    /** The first bad commit; several where skipped ones stand before it. */
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

    /** All that may be the first bad one, the one that tells most first; {@code bad} among them. */
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
