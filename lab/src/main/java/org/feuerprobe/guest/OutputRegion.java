package org.feuerprobe.guest;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.probe.HeaderPage;
import org.feuerprobe.probe.PlanEncoder;
import org.feuerprobe.probe.ProbeFormatException;
import org.feuerprobe.probe.ProbeLayout;
import org.feuerprobe.probe.ProbeRecord;
import org.feuerprobe.probe.ProbeRun;
import org.feuerprobe.probe.RecordDecoder;

/**
 * The region that a kernel writes its output to: its size for a plan, and the run that it holds at
 * the end.
 */
final class OutputRegion {
    private static final long RECORD_ROOM = 1L << 20;

    private OutputRegion() {}

    /** Largest number of bytes that a run of the plan can need, rounded up to whole MiB. */
    static long size(Plan plan) {
        long bytes =
                ProbeLayout.PAGE_SIZE
                        + RECORD_ROOM
                        + 8 * plan.values()
                        + plan.entries().size()
                                * (4L * ProbeLayout.SAMPLES_SIZE + ProbeLayout.RESULT_SIZE);
        return (bytes + (1 << 20) - 1) >> 20 << 20;
    }

    /** The checksum of a plan that {@link PlanEncoder} wrote. */
    static int crc(byte[] encoded) {
        return ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN).getInt(ProbeLayout.PLAN_CRC);
    }

    /** The run in a complete region; an error if it belongs to another plan or boot. */
    static ProbeRun completed(ByteBuffer region, HeaderPage page, int planCrc, Plan plan, int boot)
            throws ProbeFormatException {
        if (page.state() != HeaderPage.State.COMPLETE) {
            throw new ProbeFormatException(ProbeLayout.STATE, "success with state " + page.state());
        }
        if (page.planCrc() != planCrc || page.boot() != boot) {
            throw new ProbeFormatException(
                    ProbeLayout.PAGE_PLAN_CRC,
                    "the kernel ran another plan than boot %d's".formatted(boot));
        }
        return ProbeRun.of(records(region, page), plan.entries().size()).requireMatch(plan);
    }

    /** What a failed boot had finished; an error if it belongs to another plan or boot. */
    static ProbeRun unfinished(ByteBuffer region, int planCrc, Plan plan, int boot)
            throws ProbeFormatException {
        Optional<HeaderPage> page = HeaderPage.read(region);
        if (page.isEmpty() || page.get().planCrc() != planCrc || page.get().boot() != boot) {
            throw new ProbeFormatException(ProbeLayout.PAGE_PLAN_CRC, "no output of this boot");
        }
        return ProbeRun.unfinished(records(region, page.get()), plan.entries().size())
                .requireMatch(plan);
    }

    private static List<ProbeRecord> records(ByteBuffer region, HeaderPage page)
            throws ProbeFormatException {
        long room = region.limit() - (long) ProbeLayout.PAGE_SIZE;
        if (page.written() < 0 || page.written() > room) {
            throw new ProbeFormatException(
                    ProbeLayout.WRITTEN,
                    "%d bytes written, room for %d".formatted(page.written(), room));
        }
        return RecordDecoder.decode(region.slice(ProbeLayout.PAGE_SIZE, (int) page.written()));
    }
}
