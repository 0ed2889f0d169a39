package org.feuerprobe.guest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.feuerprobe.testbed.ChildProcess;

/**
 * A commit's files in a temporary folder. It is a git worktree of its own, so the repository's
 * files and index stay unchanged. Closing deletes it, and so does the end of the process, unless
 * the process is killed.
 */
public final class Worktree implements AutoCloseable {
    private static final int GIT_SECONDS = 120;
    private static final int ATTEMPTS = 20;

    private final Path repository;
    private final Path parent;
    private final String commit;
    private final Thread hook = new Thread(this::remove, "remove-worktree");

    private Worktree(Path repository, Path parent, String commit) {
        this.repository = repository;
        this.parent = parent;
        this.commit = commit;
    }

    /**
     * Checks a commit out.
     *
     * @throws IOException if git, the repository or the commit does not exist; the message says
     *     which
     */
    public static Worktree of(Path repository, String revision)
            throws IOException, InterruptedException {
        String commit = resolve(repository, revision);
        Worktree tree =
                new Worktree(repository, Files.createTempDirectory("feuerprobe-commit-"), commit);
        Runtime.getRuntime().addShutdownHook(tree.hook);
        boolean added = false;
        try {
            git(
                    repository,
                    "worktree",
                    "add",
                    "--quiet",
                    "--detach",
                    tree.folder().toString(),
                    commit);
            added = true;
            return tree;
        } finally {
            if (!added) {
                tree.close();
            }
        }
    }

    /** Resolves a revision to the full name of its commit. */
    public static String resolve(Path repository, String revision)
            throws IOException, InterruptedException {
        if (revision.startsWith("-")) {
            throw new IOException("'%s' is not a commit".formatted(revision));
        }
        try {
            return git(repository, "rev-parse", "--verify", "--quiet", revision + "^{commit}")
                    .strip();
        } catch (GitException e) {
            throw new IOException(
                    "%s has no commit '%s'%s".formatted(repository, revision, e.detail()), e);
        }
    }

    /**
     * The commit of a kernel's sources, which are {@code exokernel/} and {@code probe/} next to it.
     * Empty if the sources differ from every commit, or lie in somebody else's repository.
     */
    public static String commitOf(Path exokernel) throws InterruptedException {
        try {
            return !git(exokernel, "ls-files", "--", ".").isBlank()
                            && git(exokernel, "status", "--porcelain", "--", ".", "../probe")
                                    .isBlank()
                    ? git(exokernel, "rev-parse", "--verify", "--quiet", "HEAD").strip()
                    : "";
        } catch (IOException e) {
            return ""; // no git, or no repository
        }
    }

    /** Git ran and failed. */
    private static final class GitException extends IOException {
        private static final long serialVersionUID = 1;

        private final String reason;

        GitException(String reason) {
            super("git: " + reason);
            this.reason = reason;
        }

        /** Git's message, as the end of a sentence. */
        String detail() {
            return reason.isEmpty() ? "" : ": " + reason;
        }
    }

    /** Runs git and returns its output. */
    public static String git(Path repository, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("feuerprobe-git", ".out");
        Path errors = Files.createTempFile("feuerprobe-git", ".err");
        try {
            ProcessBuilder builder =
                    ChildProcess.of(command)
                            .redirectOutput(output.toFile())
                            .redirectError(errors.toFile());
            Process process = builder.start();
            if (!process.waitFor(GIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("git does not answer: " + String.join(" ", command));
            }
            if (process.exitValue() != 0) {
                throw new GitException(
                        Files.readString(errors, StandardCharsets.UTF_8)
                                .strip()
                                .lines()
                                .findFirst()
                                .orElse(""));
            }
            return Files.readString(output, StandardCharsets.UTF_8);
        } finally {
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
        }
    }

    /** Folder that contains the files. */
    public Path folder() {
        return parent.resolve("tree");
    }

    /** Full name of the commit. */
    public String commit() {
        return commit;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the process is ending and the hook runs
        }
        remove();
    }

    private void remove() {
        for (int attempt = 0; attempt < ATTEMPTS && Files.exists(parent); attempt++) {
            delete(); // repeated, because a build that is being killed may still write
        }
        try {
            git(repository, "worktree", "prune");
        } catch (IOException e) {
            // Git prunes by itself later.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void delete() {
        try (Stream<Path> files = Files.walk(parent)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // The caller tries again; any rest lies in the temporary folder.
        }
    }
}
