package org.feuerprobe.campaign;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.feuerprobe.campaign.CampaignResult.Boot;
import org.feuerprobe.campaign.CampaignResult.Rejected;
import org.feuerprobe.campaign.CampaignResult.Repetition;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;

/**
 * Joins two results. Boots of the second are numbered after those of the first, and a point that
 * both measured has the boots of both.
 */
final class JoinedResults {
    private JoinedResults() {}

    private record Place(String benchmark, String metric, Map<String, Long> parameters) {
        static Place of(Measurement m) {
            return new Place(m.benchmark(), m.metric(), m.parameters());
        }
    }

    /** The second result's measurements become further metrics of the first. */
    static CampaignResult join(CampaignResult first, CampaignResult other) {
        int boots = first.boots().size();
        List<Rejected> rejected = new ArrayList<>(first.rejected());
        rejected.addAll(other.rejected());
        List<Measurement> counted = new ArrayList<>(first.counted());
        counted.addAll(measurements(List.of(), other.all(), boots));
        return new CampaignResult(
                first.kernel(),
                first.plan(),
                boots(first, other),
                first.repetition(),
                first.measurements(),
                rejected,
                first.exact(),
                counted,
                Stream.concat(first.sources().stream(), other.sources().stream()).toList());
    }

    private static List<Boot> boots(CampaignResult first, CampaignResult more) {
        List<Boot> all = new ArrayList<>(first.boots());
        for (Boot boot : more.boots()) {
            all.add(
                    new Boot(
                            first.boots().size() + boot.number(),
                            boot.seed(),
                            boot.took(),
                            boot.ticks(),
                            boot.calibration(),
                            boot.clock()));
        }
        return all;
    }

    static CampaignResult of(CampaignResult first, CampaignResult more) {
        int boots = first.boots().size();
        Set<PlanEntry> entries = new LinkedHashSet<>(first.plan().entries());
        entries.addAll(more.plan().entries());
        Set<Rejected> rejected = new LinkedHashSet<>(first.rejected());
        rejected.addAll(more.rejected());
        return new CampaignResult(
                first.kernel(),
                new Plan(first.plan().seed(), List.copyOf(entries)),
                boots(first, more),
                repetition(first.repetition(), more.repetition()),
                measurements(first.measurements(), more.measurements(), boots),
                List.copyOf(rejected),
                first.exact() && more.exact(),
                measurements(first.counted(), more.counted(), boots),
                Stream.concat(first.sources().stream(), more.sources().stream()).toList());
    }

    private static Repetition repetition(Repetition first, Repetition more) {
        return first.identical()
                ? new Repetition(
                        first.seed(),
                        first.values() + more.values(),
                        more.difference(),
                        first.recorded())
                : first;
    }

    private static List<Measurement> measurements(
            List<Measurement> first, List<Measurement> more, int boots) {
        Map<Place, Measurement> all = new LinkedHashMap<>();
        first.forEach(m -> all.put(Place.of(m), m));
        for (Measurement m : more) {
            List<BootSamples> renumbered =
                    m.boots().stream()
                            .map(b ->
                                    new BootSamples(
                                            boots + b.boot(),
                                            b.seed(),
                                            b.batch(),
                                            b.operation(),
                                            b.twin()))
                            .toList();
            all.merge(
                    Place.of(m),
                    with(m, renumbered),
                    (old, _) -> {
                        List<BootSamples> both = new ArrayList<>(old.boots());
                        both.addAll(renumbered);
                        return with(old, both);
                    });
        }
        return List.copyOf(all.values());
    }

    private static Measurement with(Measurement m, List<BootSamples> boots) {
        return new Measurement(
                m.operation(), m.benchmark(), m.target(), m.metric(), m.parameters(), boots);
    }
}
