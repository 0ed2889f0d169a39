package org.feuerprobe.exchange;

import java.util.List;
import java.util.Optional;
import org.feuerprobe.sample.DataSet;

/**
 * A data set from another tool's file.
 *
 * @param data name, metric and points
 * @param bound the claim about it in the file itself, if any
 * @param secondary whether this is not the tool's main metric, so that only a claim that names its
 *     unit applies to it
 * @param notes remarks for people: what was left out or converted, and why
 */
public record MeasuredSet(
        DataSet data, Optional<String> bound, boolean secondary, List<String> notes) {
    public MeasuredSet {
        notes = List.copyOf(notes);
    }
}
