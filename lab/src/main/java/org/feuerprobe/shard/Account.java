package org.feuerprobe.shard;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.feuerprobe.harness.CommandWords;
import org.feuerprobe.harness.Places;
import org.feuerprobe.harness.Substitution;
import org.feuerprobe.json.ForeignText;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.sample.Numbers;

/**
 * What there is to say about the parts of one campaign.
 *
 * @param missing boots that no trusted host has carried out
 * @param discarded number of boots of each wrong host
 */
record Account(
        CampaignIdentity identity,
        List<Path> places,
        List<Part> parts,
        Witnesses.Decision decision,
        SortedSet<Integer> missing,
        SortedMap<String, Integer> discarded) {
    private static final String CATALOGUE_PLAN =
            BootKey.of(Substitution.Reading.CLOCK, Plan.catalogue(), 0).plan();

    /** Whether a boot carried out no plan and only listed the benchmarks. */
    static boolean lists(KeptBoot boot) {
        return boot.key().plan().equals(CATALOGUE_PLAN);
    }

    boolean complete() {
        return missing.isEmpty() && decision.disputed().isEmpty();
    }

    /** Sentences for people, in the order in which they matter. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "campaign %s: %d of %d boots from %s on %s, %d confirmed by a second host",
                        identity.name(),
                        identity.boots() - missing.size() - disputed().size(),
                        identity.boots(),
                        Numbers.counted(parts.size(), "part"),
                        Numbers.counted(hosts().size(), "host"),
                        confirmed().size()));
        for (Part part : parts) {
            if (!part.damage().isEmpty()) {
                lines.add(
                        "%s: %s: the boots before it count"
                                .formatted(part.file(), ForeignText.prose(part.damage())));
            }
        }
        decision.wrong().forEach((host, why) -> lines.add(wrong(host, why)));
        if (!decision.disputed().isEmpty()) {
            lines.add(disagreement());
        }
        if (!missing.isEmpty()) {
            lines.add(
                    "missing: %s: type%s\n  %s"
                            .formatted(
                                    boots(missing),
                                    decision.wrong().isEmpty()
                                            ? ""
                                            : ", on another machine than "
                                                    + names(decision.wrong().keySet()),
                                    redo(missing)));
        }
        return lines;
    }

    private String wrong(String host, Witnesses.Contradiction why) {
        String boots = Numbers.counted(discarded.getOrDefault(host, 0), "boot");
        String what = why.boot() < 0 ? "its list of benchmarks" : "boot " + why.boot();
        return why.by().isEmpty()
                ? "wrong host: %s gave two results for %s; its %s are discarded"
                        .formatted(ForeignText.of(host), what, boots)
                : "wrong host: %s: %s differs from what %s agree on; its %s are discarded"
                        .formatted(ForeignText.of(host), what, names(why.by()), boots);
    }

    private String disagreement() {
        SortedSet<String> hosts = new TreeSet<>();
        decision.disputed().values().forEach(several -> hosts.addAll(several));
        boolean nobodyAgrees =
                decision.disputed().values().stream().anyMatch(several -> several.size() > 2);
        if (nobodyAgrees) {
            return "disputed: %s: of %d hosts no majority agrees: this kernel does not repeat its counts, or the hosts differ: feuerprobe validate on each shows whether boots repeat"
                    .formatted(disputedThings(), hosts.size());
        }
        SortedSet<Integer> ask = disputed();
        if (ask.isEmpty()) {
            ask = new TreeSet<>(List.of(0)); // any boot lists the benchmarks first
        }
        return "disputed: %s: %s disagree: a third machine shows which of them is wrong; type there\n  %s"
                .formatted(disputedThings(), names(hosts), redo(ask));
    }

    private String disputedThings() {
        SortedSet<Integer> boots = disputed();
        List<String> things = new ArrayList<>();
        if (!boots.isEmpty()) {
            things.add(boots(boots));
        }
        if (boots.size() < decision.disputed().size()) {
            things.add("the list of benchmarks");
        }
        return String.join(" and ", things);
    }

    private SortedSet<Integer> disputed() {
        return real(decision.disputed().keySet());
    }

    private SortedSet<Integer> confirmed() {
        return real(decision.confirmed());
    }

    private static SortedSet<Integer> real(Collection<Integer> numbers) {
        return numbers.stream()
                .filter(number -> number >= 0)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private SortedSet<String> hosts() {
        return parts.stream()
                .map(part -> part.header().host())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The command that carries out these boots. */
    private String redo(SortedSet<Integer> boots) {
        List<String> words = new ArrayList<>(List.of("feuerprobe", "worker", "--redo"));
        words.add(BootNumbers.text(boots));
        Path place = places.getFirst();
        Path parent = place.toAbsolutePath().getParent();
        words.add("--out");
        words.add(Places.shown(Files.isDirectory(place) || parent == null ? place : parent));
        words.addAll(identity.command());
        return CommandWords.line(words);
    }

    private static String boots(SortedSet<Integer> numbers) {
        return (numbers.size() == 1 ? "boot " : "boots ") + BootNumbers.text(numbers);
    }

    private static String names(Iterable<String> hosts) {
        List<String> names = new ArrayList<>();
        hosts.forEach(host -> names.add(ForeignText.of(host)));
        return names.size() < 2
                ? String.join("", names)
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
    }

    /** The same for programs. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("campaign", identity.name());
        fields.put("complete", complete());
        fields.put("emulator", identity.emulator());
        fields.put("kernel", identity.kernel());
        fields.put("boots", identity.boots());
        fields.put("parts", parts.size());
        fields.put("hosts", hosts());
        fields.put("confirmed", confirmed());
        fields.put("wrong", decision.wrong().keySet());
        fields.put("discarded", discarded);
        fields.put("disputed", disputed());
        fields.put("missing", missing);
        fields.put("redo", missing.isEmpty() ? "" : redo(missing));
        return fields;
    }
}
