package org.feuerprobe.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.feuerprobe.prove.Law;
import org.feuerprobe.prove.PathStep;
import org.feuerprobe.prove.Proof;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** How is a proved worst case shown: to a person, in a table, as JSON? */
public final class ProofText {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int NAME = 32;
    private static final int LINES = 3;

    private final Map<String, Long> at;

    /**
     * Texts that also give the number at a point.
     *
     * @param at values of parameters, perhaps none
     */
    public ProofText(Map<String, Long> at) {
        this.at = Map.copyOf(at);
    }

    /** One line of JSON. */
    public String json(Proof proof) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("function", proof.function());
        fields.put("law", proof.law().map(Law::toString).orElse(null));
        fields.put("params", proof.parameters());
        Long value = value(proof);
        if (value != null) {
            fields.put("at", new TreeMap<>(at));
            fields.put("instructions", value);
        }
        fields.put("status", proof.status());
        fields.put("why", proof.why());
        List<Map<String, @Nullable Object>> loops = new ArrayList<>();
        for (Proof.LoopFact loop : proof.loops()) {
            Map<String, @Nullable Object> own = new LinkedHashMap<>();
            own.put("place", loop.place());
            own.put("address", loop.address());
            own.put("bound", loop.bound().isEmpty() ? null : loop.bound());
            loops.add(own);
        }
        fields.put("loops", loops);
        fields.put("calls", proof.calls());
        return MAPPER.writeValueAsString(fields);
    }

    /** The number at the point, if it gives all parameters. */
    private @Nullable Long value(Proof proof) {
        return proof.law().isPresent()
                        && !at.isEmpty()
                        && at.keySet().containsAll(proof.parameters())
                ? proof.law().get().at(at)
                : null;
    }

    /** A value for each parameter of anything on the path: the point's, or 1. */
    public Map<String, Long> point(Proof proof) {
        Map<String, Long> point = new HashMap<>(at);
        proof.parameters().forEach(name -> point.putIfAbsent(name, 1L));
        return point;
    }

    /** A function with its loops, or the reasons why nothing is proved. */
    public String whole(Proof proof) {
        StringBuilder text = new StringBuilder();
        text.append(proof.function()).append(": ");
        if (proof.law().isPresent()) {
            text.append("PROVED: at most ")
                    .append(proof.law().get())
                    .append(" instructions on every path");
            Long value = value(proof);
            text.append(value == null ? "" : String.format(Locale.ROOT, "; here %,d", value));
        } else {
            text.append("NOT_PROVED");
        }
        text.append('\n');
        proof.why().forEach(reason -> text.append("  ").append(reason).append('\n'));
        for (Proof.LoopFact loop : proof.loops()) {
            text.append("  loop ").append(loop.place()).append(": ");
            text.append(
                    loop.bound().isEmpty()
                            ? "no bound: write FB_LOOP beside it (docs/prove.md)"
                            : "at most " + loop.bound() + " iterations");
            text.append('\n');
        }
        return text.toString();
    }

    /** One line for each function. */
    public String table(List<Proof> proofs) {
        StringBuilder text = new StringBuilder();
        long proved = 0;
        for (Proof proof : proofs) {
            String what =
                    proof.law().isPresent()
                            ? proof.law().get().toString()
                            : "NOT_PROVED  " + proof.why().getFirst();
            proved += proof.law().isPresent() ? 1 : 0;
            text.append(
                    String.format(Locale.ROOT, "%-" + NAME + "s  %s%n", proof.function(), what));
        }
        text.append(
                String.format(
                        Locale.ROOT,
                        "%,d functions: %,d PROVED, %,d NOT_PROVED%n",
                        proofs.size(),
                        proved,
                        proofs.size() - proved));
        return text.toString();
    }

    /** The worst path, one line for each block. */
    public String path(List<PathStep> steps) {
        StringBuilder text = new StringBuilder();
        for (PathStep step : steps) {
            List<String> lines = step.lines();
            String shown =
                    lines.size() <= LINES
                            ? String.join(" ", lines)
                            : String.join(" ", lines.subList(0, LINES)) + " …";
            text.append(
                    String.format(
                            Locale.ROOT,
                            "  %,8d × %,6d  %s%s%n",
                            step.times(),
                            step.cost(),
                            shown,
                            step.calls().isEmpty()
                                    ? ""
                                    : "  calls " + String.join(", ", step.calls())));
        }
        return text.toString();
    }
}
