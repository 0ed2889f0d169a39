package org.feuerprobe.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.feuerprobe.guest.Worktree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small histories without a kernel in them. */
@Tag("boots")
class BisectionTests {
    @TempDir private Path repository;

    private final List<String> asked = new ArrayList<>();
    private TestRepository history;

    @BeforeEach
    void begin() throws Exception {
        history = TestRepository.init(repository);
    }

    private String commit(String text) throws Exception {
        Files.writeString(repository.resolve("file"), text);
        return history.commit(text);
    }

    private List<String> bisect(String good, String bad, Set<String> bads, Set<String> skips)
            throws Exception {
        return new Bisection(repository)
                .firstBad(
                        good,
                        bad,
                        (commit, _) -> {
                            asked.add(commit);
                            return skips.contains(commit)
                                    ? Bisection.Answer.SKIP
                                    : bads.contains(commit)
                                            ? Bisection.Answer.BAD
                                            : Bisection.Answer.GOOD;
                        });
    }

    @Test
    void halvesALine() throws Exception {
        List<String> commits = new ArrayList<>();
        for (int i = 0; i < 17; i++) {
            commits.add(commit("c" + i));
        }
        for (int first : new int[] {1, 7, 16}) {
            asked.clear();
            Set<String> bads = Set.copyOf(commits.subList(first, 17));
            assertThat(bisect(commits.getFirst(), commits.getLast(), bads, Set.of()))
                    .containsExactly(commits.get(first));
            assertThat(asked).hasSizeLessThanOrEqualTo(5);
        }
    }

    @Test
    void skipsWhatCannotBeAsked() throws Exception {
        List<String> commits = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            commits.add(commit("c" + i));
        }
        Set<String> bads = Set.copyOf(commits.subList(6, 9));
        assertThat(
                        bisect(
                                commits.getFirst(),
                                commits.getLast(),
                                bads,
                                Set.of(commits.get(4), commits.get(3))))
                .containsExactly(commits.get(6));
        // Right before the first bad one: it may be either.
        assertThat(bisect(commits.getFirst(), commits.getLast(), bads, Set.of(commits.get(5))))
                .containsExactlyInAnyOrder(commits.get(5), commits.get(6));
    }

    @Test
    void findsTheCommitOnABranch() throws Exception {
        String root = commit("root");
        history.git("checkout", "-q", "-b", "side");
        Files.writeString(repository.resolve("other"), "1");
        history.git("add", "other");
        history.git("commit", "-q", "-m", "harmless");
        Files.writeString(repository.resolve("other"), "2");
        history.git("commit", "-q", "-a", "-m", "harmful");
        String harmful = history.git("rev-parse", "HEAD");
        history.git("checkout", "-q", "main");
        String main = commit("main");
        history.git("merge", "-q", "--no-edit", "side");
        String merged = history.git("rev-parse", "HEAD");
        String last = commit("last");

        assertThat(bisect(root, last, Set.of(harmful, merged, last), Set.of()))
                .containsExactly(harmful);
        assertThat(asked).doesNotContain(root);
        assertThat(main).isNotEqualTo(merged);
    }

    @Test
    void aWorktreeComesAndGoes() throws Exception {
        String first = commit("one");
        commit("two");
        Path folder;
        try (Worktree tree = Worktree.of(repository, first.substring(0, 8))) {
            folder = tree.folder();
            assertThat(folder.resolve("file")).hasContent("one");
            assertThat(tree.commit()).isEqualTo(first);
        }
        assertThat(folder.getParent()).doesNotExist();
        assertThat(history.git("worktree", "list").lines()).hasSize(1);
        assertThat(repository.resolve("file")).hasContent("two");
    }

    @Test
    void namesWhatIsNoCommit() throws Exception {
        commit("one");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Worktree.of(repository, "nothing"))
                .withMessage(repository + " has no commit 'nothing'");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Worktree.of(repository, "--all"))
                .withMessage("'--all' is not a commit");
    }

    @Test
    void aKernelWithAChangedProbeIsOfNoCommit() throws Exception {
        Path exokernel = Files.createDirectories(repository.resolve("exokernel"));
        Path probe = Files.createDirectories(repository.resolve("probe")).resolve("feuerprobe.c");
        Files.writeString(exokernel.resolve("Makefile"), "all:\n");
        Files.writeString(probe, "one");
        String commit = commit("one");
        Files.writeString(repository.resolve("file"), "not the kernel's");
        assertThat(Worktree.commitOf(exokernel)).isEqualTo(commit);

        Files.writeString(probe, "two");
        assertThat(Worktree.commitOf(exokernel)).isEmpty();
    }
}
