package org.feuerprobe.terminal;

import java.util.Locale;
import org.feuerprobe.harness.MeasurementListener;
import org.feuerprobe.sample.Numbers;

/** A line on the terminal that shows the finished boots and the remaining time. */
public final class ProgressLine implements MeasurementListener.Progress {
    private static final int CELLS = 20;
    private static final long REDRAW_NANOS = 100_000_000;

    private final Console console;
    private long begun = System.nanoTime();
    private long[] done = new long[0];
    private int entries = 1;
    private int bootsDone;
    private long drawn;

    private int boundsOpen;
    private int round = 1;
    private final long samplesPerEntry;

    /**
     * Makes a line. With 0 {@code boundsOpen} it shows no bounds, because nothing is being decided.
     */
    ProgressLine(Console console, int boundsOpen, long samplesPerEntry) {
        this.console = console;
        this.boundsOpen = boundsOpen;
        this.samplesPerEntry = samplesPerEntry;
    }

    @Override
    public synchronized void round(int number, int open) {
        round = number;
        boundsOpen = open == 0 ? boundsOpen : open;
    }

    @Override
    public synchronized void begin(int boots, int entriesEach) {
        done = new long[boots];
        bootsDone = 0;
        begun = System.nanoTime();
        entries = Math.max(1, entriesEach);
        draw();
    }

    @Override
    public synchronized void entries(int boot, long finished) {
        done[boot] = Math.min(finished, entries); // a target without a plan runs more
        if (System.nanoTime() - drawn > REDRAW_NANOS) {
            draw();
        }
    }

    @Override
    public synchronized void bootDone() {
        bootsDone++;
        draw();
    }

    @Override
    public void close() {
        clear();
    }

    /** Clears the line, so that results can be printed. */
    synchronized void clear() {
        if (console.errIsTerminal()) {
            console.raw("\r\u001b[K");
        }
    }

    private void draw() {
        if (!console.errIsTerminal() || done.length == 0) {
            return;
        }
        drawn = System.nanoTime();
        long finished = java.util.Arrays.stream(done).sum();
        double share = (double) finished / ((long) entries * done.length);
        int filled = (int) Math.round(share * CELLS);
        console.raw(
                "\r\u001b[K[%s%s] %d/%d boots  %,d samples%s  %s"
                        .formatted(
                                "█".repeat(filled),
                                "░".repeat(CELLS - filled),
                                bootsDone,
                                done.length,
                                finished * samplesPerEntry,
                                open(),
                                left(share)));
    }

    private String open() {
        return (boundsOpen == 0 ? "" : "  %s open".formatted(Numbers.counted(boundsOpen, "bound")))
                + (round == 1 ? "" : "  round " + round);
    }

    private String left(double share) {
        if (share < 0.02) {
            return "";
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        return String.format(Locale.ROOT, "%.0f s left", Math.ceil(seconds * (1 - share) / share));
    }
}
