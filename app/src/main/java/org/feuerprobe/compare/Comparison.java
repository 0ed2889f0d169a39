package org.feuerprobe.compare;

import java.util.List;

/**
 * Everything that changed between two campaigns, and what could not be compared.
 *
 * @param differences differences between the testbeds, in words; empty if figures may be compared
 * @param points each benchmark and point that both have
 * @param otherClaims bounds that claim something else than before
 * @param onlyBase series that only the base has
 * @param onlyNew series that only the new campaign has
 * @param notes what else the reader must know
 */
public record Comparison(
        LabelledCampaign base,
        LabelledCampaign now,
        List<String> differences,
        List<PointChange> points,
        List<ModelChange> models,
        List<VerdictChange> verdicts,
        List<String> otherClaims,
        List<String> onlyBase,
        List<String> onlyNew,
        List<String> notes) {
    public Comparison {
        differences = List.copyOf(differences);
        points = List.copyOf(points);
        models = List.copyOf(models);
        verdicts = List.copyOf(verdicts);
        otherClaims = List.copyOf(otherClaims);
        onlyBase = List.copyOf(onlyBase);
        onlyNew = List.copyOf(onlyNew);
        notes = List.copyOf(notes);
    }

    /** Whether a cost rose, a growing part is new, a bound broke, or a series is gone. */
    public boolean regression() {
        return count(Direction.WORSE) > 0
                || models.stream().anyMatch(ModelChange::growsNewly)
                || verdicts.stream().anyMatch(change -> change.direction() == Direction.WORSE);
    }

    /** Number of points that changed in this direction. */
    public long count(Direction direction) {
        return points.stream().filter(point -> point.direction() == direction).count();
    }
}
