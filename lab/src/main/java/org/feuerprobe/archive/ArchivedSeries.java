package org.feuerprobe.archive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.feuerprobe.sample.Summary;

/**
 * One benchmark at one point of one campaign: figures per operation after subtracting the twin, and
 * the counts from which they are computed.
 *
 * @param boots number of independent boots
 * @param summary figures over all boots
 * @param counts a block file with the point's TABLE blocks
 */
public record ArchivedSeries(SeriesName name, int boots, Summary summary, byte[] counts) {
    /** The exact distribution, from which any quantile and any limit can be computed. */
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
