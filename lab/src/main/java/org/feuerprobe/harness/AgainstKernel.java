package org.feuerprobe.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.feuerprobe.guest.Worktree;
import org.feuerprobe.results.CampaignReport;

/**
 * The kernel that another is compared with: an image file, or the exokernel of a commit. The commit
 * is built in a worktree, which is deleted when this object is closed.
 */
public record AgainstKernel(String label, OpenTarget opened, Optional<Worktree> tree)
        implements AutoCloseable {
    /**
     * Reports of two kernels that were measured alternately.
     *
     * @param label name of the kernel that the other is compared with
     */
    public record Reports(String label, CampaignReport base, CampaignReport now) {}

    /** Opens {@code named} on the target that the options ask for. */
    public static AgainstKernel open(String named, TargetChoice choice)
            throws LabException, InterruptedException {
        TargetOpener opener = new TargetOpener(choice);
        Path file = Path.of(named);
        if (Files.isRegularFile(file)) {
            return new AgainstKernel(
                    named,
                    opener.openAs(choice.places().exokernel(), Optional.of(file)),
                    Optional.empty());
        }
        Worktree tree = checkout(choice.places(), named);
        boolean done = false;
        try {
            Path exokernel = exokernel(choice.places(), tree);
            if (!Files.isDirectory(exokernel)) {
                throw LabException.wrongUse(
                        "--against %s: that commit has no exokernel/".formatted(named));
            }
            AgainstKernel kernel =
                    new AgainstKernel(
                            label(named, tree.commit().substring(0, 12)),
                            opener.openAs(exokernel, Optional.empty()),
                            Optional.of(tree));
            done = true;
            return kernel;
        } finally {
            if (!done) {
                tree.close();
            }
        }
    }

    /** The name that the user gave, and its commit. */
    private static String label(String named, String commit) {
        return named.startsWith(commit) ? commit : named + " " + commit;
    }

    private static Worktree checkout(Places places, String named)
            throws LabException, InterruptedException {
        try {
            return Worktree.of(places.home(), named);
        } catch (IOException e) {
            throw LabException.wrongUse(
                    "--against %s: neither an image file nor a commit: %s"
                            .formatted(named, e.getMessage()));
        }
    }

    private static Path exokernel(Places places, Worktree tree)
            throws LabException, InterruptedException {
        try {
            String prefix = Worktree.git(places.home(), "rev-parse", "--show-prefix").strip();
            return tree.folder().resolve(prefix).resolve("exokernel");
        } catch (IOException e) {
            throw LabException.wrongUse(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        tree.ifPresent(Worktree::close);
    }
}
