package org.feuerprobe.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.feuerprobe.guest.BootOutcome;
import org.feuerprobe.guest.QemuTarget;
import org.feuerprobe.guest.Target;
import org.feuerprobe.harness.BootFailure;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.TargetChoice;
import org.feuerprobe.harness.TracedKernel;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.PlanEntry;

/** Traces a kernel's benchmarks; each request boots the kernel once. */
public final class Tracer {
    /** Repetitions that a trace shows, so that it can be read. */
    public static final int SAMPLES = 4;

    /** Events that a processor keeps, as a power of two. */
    public static final int RING = 16;

    private static final long SEED = 1;

    private final QemuTarget target;
    private volatile ByteBuffer area = ByteBuffer.allocate(0);

    private Tracer(QemuTarget target) {
        this.target = target.examinedBy(this::examine);
    }

    /**
     * Opens a kernel that notes what happens.
     *
     * @param ring events that a processor keeps, as a power of two
     */
    public static Tracer open(TargetChoice choice, int ring)
            throws LabException, InterruptedException {
        return new Tracer(new TracedKernel(choice, ring).open());
    }

    private void examine(QemuTarget.MemoryReader memory) throws IOException {
        ByteBuffer head = memory.read(TraceDecoder.ADDRESS, TraceDecoder.HEAD);
        try {
            area = memory.read(TraceDecoder.ADDRESS, TraceDecoder.size(head));
        } catch (TraceFormatException e) {
            area = head; // the decoder says what is wrong with it
        }
    }

    /** The benchmarks that the kernel offers; costs a boot. */
    public List<Benchmark> catalogue() throws LabException, InterruptedException {
        return boot(Plan.catalogue()).run().benchmarks();
    }

    /** What happened at this point, from the first repetition that counts to the end. */
    public Trace trace(PlanEntry entry) throws LabException, InterruptedException {
        boot(new Plan(SEED, List.of(entry)));
        try {
            Trace whole = TraceDecoder.decode(area);
            Trace part = whole.from(0, entry.warmup());
            if (part.events().isEmpty() || !whole.keepsAll(0, entry.warmup())) {
                throw LabException.targetFailed(
                        "the first repetition is not in the rings, which lost %d events: raise --ring, or ask for fewer --samples"
                                .formatted(whole.lost()));
            }
            return part;
        } catch (TraceFormatException e) {
            throw LabException.targetFailed(String.valueOf(e.getMessage()));
        }
    }

    private BootOutcome.Completed boot(Plan plan) throws LabException, InterruptedException {
        return switch (target.boot(plan, 0, Target.Progress.none())) {
            case BootOutcome.Completed completed -> completed;
            case BootOutcome.Failed failed -> throw BootFailure.of(failed);
        };
    }
}
