package org.feuerprobe.timeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.report.WholeFile;
import org.feuerprobe.trace.Trace;

/** Writes traces into a folder. */
public final class TraceFiles {
    private TraceFiles() {}

    /** A format that is text. */
    public static String text(Trace trace, TraceFormat format) throws LabException {
        requireText(format);
        return format == TraceFormat.TEXT ? TraceText.of(trace) : ChromeTrace.of(trace);
    }

    /** An error if a terminal cannot show this format. */
    static void requireText(TraceFormat format) throws LabException {
        if (!format.isText()) {
            throw LabException.wrongUse(
                    "--format %s is no text for a terminal: name a folder with --out"
                            .formatted(format.word()));
        }
    }

    /** Writes what is requested. Returns the file, or the folder of CTF. */
    public static Path write(TraceRequest request, PlanEntry entry, Trace trace)
            throws LabException {
        return write(
                request.folder().orElseThrow(),
                entry.benchmark().name(),
                trace,
                request.format().orElseThrow());
    }

    /** Writes a benchmark's trace. Returns the file, or the folder of CTF. */
    public static Path write(Path folder, String benchmark, Trace trace, TraceFormat format)
            throws LabException {
        Path place = folder.resolve(benchmark.replace('/', '-') + format.ending());
        switch (format) {
            case TEXT, CHROME -> write(place, text(trace, format).getBytes(StandardCharsets.UTF_8));
            case PERFETTO -> write(place, PerfettoTrace.of(trace));
            case CTF -> {
                for (Map.Entry<String, byte[]> file : CtfTrace.of(trace).entrySet()) {
                    write(place.resolve(file.getKey()), file.getValue());
                }
            }
        }
        return place;
    }

    private static void write(Path file, byte[] bytes) throws LabException {
        try {
            WholeFile.write(file, bytes);
        } catch (IOException e) {
            throw LabException.wrongUse("--out: cannot write %s: %s".formatted(file, reason(e)));
        }
    }

    private static String reason(IOException e) {
        return e instanceof java.nio.file.FileSystemException at && at.getReason() != null
                ? at.getReason()
                : String.valueOf(e.getMessage());
    }
}
