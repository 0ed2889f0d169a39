package org.feuerprobe.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;
import org.jspecify.annotations.Nullable;

/** Reader of measurements from a block file of values. */
public final class SampleReader implements BlockFile.Visitor {
    private final List<Measurement> measurements = new ArrayList<>();
    private final List<BootSamples> boots = new ArrayList<>();
    private @Nullable SeriesName series;
    private @Nullable BootName boot;
    private long[] operation = new long[0];

    private SampleReader() {}

    /** All measurements of a file, in its order. */
    public static List<Measurement> read(Path file) throws IOException {
        SampleReader reader = new SampleReader();
        BlockFile.read(file, reader);
        reader.endSeries();
        return reader.measurements;
    }

    @Override
    public void series(SeriesName name) {
        endSeries();
        series = name;
    }

    private void endSeries() {
        if (series != null && !boots.isEmpty()) {
            measurements.add(
                    new Measurement(
                            series.operation(),
                            series.benchmark(),
                            series.target(),
                            series.metric(),
                            series.parameters(),
                            boots));
        }
        boots.clear();
    }

    @Override
    public void boot(BootName name) {
        boot = name;
    }

    @Override
    public void values(SampleRow row, long[] values) {
        if (row == SampleRow.OPERATION) {
            operation = values;
        } else if (boot != null) {
            boots.add(new BootSamples(boot.boot(), boot.seed(), boot.batch(), operation, values));
        }
    }
}
