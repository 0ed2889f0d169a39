package org.feuerprobe.results;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.feuerprobe.json.Json;

/**
 * Context of a campaign: what a reader compares its figures with. None of it decides.
 *
 * @param changes since the previous campaign; empty where there is none
 * @param published figures that others have published
 * @param regimes where modelled misses begin
 */
public record Context(
        Optional<ChangesSince> changes, List<Published> published, List<MissOnset> regimes) {
    /** No context. */
    public static final Context NONE = new Context(Optional.empty(), List.of(), List.of());

    public Context {
        published = List.copyOf(published);
        regimes = List.copyOf(regimes);
    }

    /** The same context with other onsets. */
    public Context with(List<MissOnset> others) {
        return new Context(changes, published, others);
    }

    /** The same context with the changes since the previous campaign. */
    public Context since(Optional<ChangesSince> found) {
        return new Context(found, published, regimes);
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

    static Context read(Json node) {
        Json previous = node.at("previous");
        return new Context(
                previous.isObject() ? Optional.of(ChangesSince.read(previous)) : Optional.empty(),
                node.at("published").items().stream().map(Published::read).toList(),
                node.at("regimes").items().stream().map(MissOnset::read).toList());
    }
}
