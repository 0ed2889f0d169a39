package org.feuerprobe.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.feuerprobe.guest.Worktree;

/** A git repository of a test's own, whoever runs it. */
public record TestRepository(Path folder) {
    private static final Path PROJECT = Path.of("").toAbsolutePath();

    public static TestRepository init(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        TestRepository repository = new TestRepository(folder);
        repository.git("init", "-q", "-b", "main");
        return repository;
    }

    public String git(String... arguments) throws IOException, InterruptedException {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "-c",
                                "user.name=Test",
                                "-c",
                                "user.email=test@example.org",
                                "-c",
                                "commit.gpgsign=false"));
        all.addAll(List.of(arguments));
        return Worktree.git(folder, all.toArray(String[]::new)).strip();
    }

    /** Commits all files as they are, even if nothing changed; says which commit that is. */
    public String commit(String subject) throws IOException, InterruptedException {
        git("add", "-A");
        git("commit", "-q", "--allow-empty", "-m", subject);
        return git("rev-parse", "HEAD");
    }

    /** Copies the exokernel's sources in, and what was built of them, which git ignores. */
    public void copyKernel() throws IOException {
        copyKernel(folder);
    }

    /** The same into any folder, where it builds. */
    public static void copyKernel(Path folder) throws IOException {
        for (String part : List.of("exokernel", "probe")) {
            try (Stream<Path> files = Files.walk(PROJECT.resolve(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path inside = PROJECT.relativize(file);
                    if (!inside.startsWith("exokernel/build")
                            || inside.startsWith("exokernel/build/default")) {
                        Path to = folder.resolve(inside);
                        Files.createDirectories(to.resolveSibling("."));
                        Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
                    }
                }
            }
        }
    }
}
