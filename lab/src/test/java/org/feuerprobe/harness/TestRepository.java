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
    private static final Path EXOKERNEL = Path.of("exokernel").toAbsolutePath();

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
        try (Stream<Path> files = Files.walk(EXOKERNEL)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path inside = EXOKERNEL.relativize(file);
                if (!inside.startsWith("build") || inside.startsWith("build/default")) {
                    Path to = folder.resolve("exokernel").resolve(inside);
                    Files.createDirectories(to.resolveSibling("."));
                    Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }
}
