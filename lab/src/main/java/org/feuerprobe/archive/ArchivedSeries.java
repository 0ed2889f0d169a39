package org.feuerprobe.archive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.feuerprobe.sample.Summary;

/**
 * One benchmark at one point in one campaign: its figures net of the twin, per operation, and the
 * table they come from.
 *
 * @param boots independent boots
 * @param summary over all boots
 * @param counts a block file of the point's TABLE blocks
 */
public record ArchivedSeries(SeriesName name, int boots, Summary summary, byte[] counts) {
    /** The exact distribution, for any quantile and any limit. */
    public NetCounts distribution() throws IOException {
        NetCounts.Reader reader = new NetCounts.Reader();
        BlockFile.read(new ByteArrayInputStream(counts), "counts of " + name.benchmark(), reader);
        return reader.all().getFirst().counts();
    }

    static ArchivedSeries of(NetCounts.Point point) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BlockFileWriter file = new BlockFileWriter(out);
        file.series(point.name());
        for (NetCounts.Boot boot : point.boots()) {
            file.boot(boot.name());
            file.table(SampleRow.OPERATION, boot.operation());
            file.table(SampleRow.TWIN, boot.twin());
        }
        file.end();
        return new ArchivedSeries(
                point.name(), point.boots().size(), point.counts().summary(), out.toByteArray());
    }
}
