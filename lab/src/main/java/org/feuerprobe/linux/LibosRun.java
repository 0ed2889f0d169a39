package org.feuerprobe.linux;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.SplittableRandom;
import org.feuerprobe.guest.LibosBoot;

/**
 * One boot that runs the programs of an archive, one after the other.
 *
 * @param ended the programs that ended
 * @param failure why the boot did not complete; empty if it did
 * @param log what the kernel said
 */
public record LibosRun(List<EndedProgram> ended, String failure, String log) {
    public LibosRun {
        ended = List.copyOf(ended);
    }

    /** Why the boot failed, with the kernel's last line. */
    public String problem() {
        String last = log.strip().lines().reduce("", (_, line) -> line);
        return "the boot of the LibOS failed: %s%s"
                .formatted(
                        failure.isEmpty() ? "no program has ended" : failure,
                        last.isEmpty() ? "" : "; the kernel's last line: " + last);
    }

    /** Boots. What programs print goes to {@code console} at once. */
    public static LibosRun of(
            LibosBoot boot, LinuxArchive archive, boolean counted, OutputStream console)
            throws IOException, InterruptedException {
        long word = new SplittableRandom().nextLong(1L << 40, 1L << 60);
        ConsoleSplitter splitter = new ConsoleSplitter(word, console);
        String failure = boot.run(archive.bytes(), word, counted, splitter::accept);
        splitter.end();
        return new LibosRun(splitter.ended(), failure, splitter.other());
    }
}
