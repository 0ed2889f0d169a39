package org.feuerprobe.kit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Remarks to the user on the linked code, one line each. */
final class ForeignRemarks {
    private static final int MOST = 12;

    private ForeignRemarks() {}

    static List<String> of(LinkPlan plan, Collection<String> functions) {
        List<String> remarks = new ArrayList<>();
        remarks.add("linked: " + some(plan.linked().stream().map(LinkPlan.Part::text).toList()));
        if (!plan.shims().isEmpty()) {
            remarks.add("shims.c has " + some(plan.shims()) + ": their cost is measured too");
        }
        if (!plan.missing().isEmpty()) {
            remarks.add("stubs.c names itself and stops the kernel for " + some(plan.missing()));
        }
        plan.twice()
                .forEach((name, parts) ->
                        remarks.add(
                                "%s is defined more than once: foreign.mk weakens the one of %s"
                                        .formatted(
                                                name,
                                                some(
                                                        parts.stream()
                                                                .map(LinkPlan.Part::text)
                                                                .toList()))));
        long state =
                plan.linked().stream()
                        .filter(part -> !part.file().library())
                        .flatMap(part -> part.member().symbols().stream())
                        .filter(Symbol::staticData)
                        .count();
        if (state > 0) {
            remarks.add(
                    "static variables: %d, listed in foreign.mk with what makes each reachable"
                            .formatted(state));
        }
        if (!functions.isEmpty()) {
            remarks.add(
                    "bench.c has a place to prepare, to check and to undo for "
                            + some(List.copyOf(functions)));
        }
        return remarks;
    }

    private static String some(Set<String> names) {
        return some(List.copyOf(names));
    }

    private static String some(List<String> names) {
        return names.size() <= MOST
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST))
                        + ", and %d more".formatted(names.size() - MOST);
    }
}
