package org.feuerprobe.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.feuerprobe.guest.Worktree;

/**
 * The kernel that another is compared with: an image file, or the exokernel of a commit, built in a
 * worktree that lives as long as this.
 */
record AgainstKernel(String label, OpenTarget opened, Optional<Worktree> tree)
        implements AutoCloseable {
    /** Opens {@code named} on the target that the options ask for. */
    static AgainstKernel open(String named, TargetOptions target)
            throws CommandException, InterruptedException {
        Path file = Path.of(named);
        if (Files.isRegularFile(file)) {
            return new AgainstKernel(named, target.openAs(exokernel(), file), Optional.empty());
        }
        Worktree tree = checkout(named);
        boolean done = false;
        try {
            Path exokernel = exokernel(tree);
            if (!Files.isDirectory(exokernel)) {
                throw new CommandException(
                        ExitStatus.USAGE,
                        "--against %s: that commit has no exokernel/".formatted(named));
            }
            AgainstKernel kernel =
                    new AgainstKernel(
                            label(named, tree.commit().substring(0, 12)),
                            target.openAs(exokernel, null),
                            Optional.of(tree));
            done = true;
            return kernel;
        } finally {
            if (!done) {
                tree.close();
            }
        }
    }

    /** As it was named, and which commit that is. */
    private static String label(String named, String commit) {
        return named.startsWith(commit) ? commit : named + " " + commit;
    }

    private static Worktree checkout(String named) throws CommandException, InterruptedException {
        try {
            return Worktree.of(Home.path(), named);
        } catch (IOException e) {
            throw new CommandException(
                    ExitStatus.USAGE,
                    "--against %s: neither an image file nor a commit: %s"
                            .formatted(named, e.getMessage()));
        }
    }

    private static Path exokernel() {
        return Home.path().resolve("exokernel");
    }

    private static Path exokernel(Worktree tree) throws CommandException, InterruptedException {
        try {
            String prefix = Worktree.git(Home.path(), "rev-parse", "--show-prefix").strip();
            return tree.folder().resolve(prefix).resolve("exokernel");
        } catch (IOException e) {
            throw new CommandException(ExitStatus.USAGE, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        tree.ifPresent(Worktree::close);
    }
}
