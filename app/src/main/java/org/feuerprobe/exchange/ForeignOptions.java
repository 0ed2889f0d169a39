package org.feuerprobe.exchange;

import java.util.Optional;
import java.util.Set;

/**
 * How to read another tool's file.
 *
 * @param value the column with the measured values; empty to find it by its name
 * @param parameters the parameters that the claim names
 * @param growth whether the claim is about growth, so that columns of further figures are no
 *     parameters
 */
public record ForeignOptions(Optional<String> value, Set<String> parameters, boolean growth) {
    public static final ForeignOptions NONE = new ForeignOptions(Optional.empty(), Set.of(), false);
}
