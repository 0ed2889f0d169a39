package org.feuerprobe.exchange;

import java.util.List;
import java.util.Optional;
import org.feuerprobe.sample.DataSet;

/**
 * A data set as another tool's file holds it.
 *
 * @param data name, metric and points
 * @param bound the claim that the file itself makes of it
 * @param secondary whether the file's tool counted this beside what it measures, so that only a
 *     claim that names its unit means it
 * @param notes what a reader should know: what was left out, and why
 */
public record MeasuredSet(
        DataSet data, Optional<String> bound, boolean secondary, List<String> notes) {
    public MeasuredSet {
        notes = List.copyOf(notes);
    }
}
