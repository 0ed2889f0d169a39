package org.feuerprobe.results;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.feuerprobe.json.Json;

/**
 * What a reader wants to see beside a campaign.
 *
 * @param changes since the previous campaign; empty where there is none
 * @param published figures that others have published
 * @param regimes where modelled misses begin
 */
public record Beside(
        Optional<ChangesSince> changes, List<Published> published, List<MissOnset> regimes) {
    /** Nothing. */
    public static final Beside NOTHING = new Beside(Optional.empty(), List.of(), List.of());

    public Beside {
        published = List.copyOf(published);
        regimes = List.copyOf(regimes);
    }

    /** The same with these. */
    public Beside with(List<MissOnset> others) {
        return new Beside(changes, published, others);
    }

    /** The same, with what changed since the previous campaign. */
    public Beside since(Optional<ChangesSince> found) {
        return new Beside(found, published, regimes);
    }

    public Optional<MissOnset> regimeOf(StoredSeries series) {
        return regimes.stream().filter(regime -> regime.speaksOf(series)).findFirst();
    }

    public List<Published> publishedOf(String operation) {
        return published.stream().filter(p -> p.operation().equals(operation)).toList();
    }

    Map<String, Object> document() {
        Map<String, Object> fields = new LinkedHashMap<>();
        changes.ifPresent(found -> fields.put("previous", found.document()));
        fields.put("published", published.stream().map(Published::document).toList());
        if (!regimes.isEmpty()) {
            fields.put("regimes", regimes.stream().map(MissOnset::document).toList());
        }
        return fields;
    }

    static Beside read(Json node) {
        Json previous = node.at("previous");
        return new Beside(
                previous.isObject() ? Optional.of(ChangesSince.read(previous)) : Optional.empty(),
                node.at("published").items().stream().map(Published::read).toList(),
                node.at("regimes").items().stream().map(MissOnset::read).toList());
    }
}
