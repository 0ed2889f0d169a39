package org.feuerprobe.harness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.feuerprobe.guest.PerfEvent;
import org.feuerprobe.plan.Quantity;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.sample.Metric;

/**
 * Which metrics do the words of {@code --metric} name, and which does a target have? Counters that
 * one boot can count share a campaign. Each other metric has a campaign of its own.
 */
public final class MeasurandChoice {
    private static final String CLOCK = "clock";

    private MeasurandChoice() {}

    /** The measurands of a text, at least one; an empty text means the clock. */
    public static List<Measurand> of(String text, TargetKind target, Acceleration acceleration)
            throws LabException {
        if (text.isEmpty()) {
            return List.of(new Measurand.Clock());
        }
        SequencedMap<String, Measurand> offered = offered(target, acceleration);
        Set<Measurand> chosen = new LinkedHashSet<>();
        Set<Counter> counters = new TreeSet<>();
        for (String word : text.split(",", -1)) {
            Measurand metric = offered.get(word.strip());
            if (metric == null) {
                throw unknown(word.strip(), target, acceleration);
            }
            counters.addAll(metric.plugin());
            chosen.add(metric);
        }
        if (chosen.size() > 1 && chosen.contains(new Measurand.EstimatedCycles())) {
            throw LabException.wrongUse(
                    "--metric %s: an estimate stands alone: name no other metric"
                            .formatted(Metric.ESTIMATED_CYCLES));
        }
        if (counters.isEmpty()) {
            return List.copyOf(chosen);
        }
        List<Measurand> campaigns = new ArrayList<>(List.of(new Measurand.Counted(counters)));
        chosen.stream().filter(metric -> metric instanceof Measurand.Bytes).forEach(campaigns::add);
        return campaigns; // the clock is read beside the counters anyway
    }

    private static SequencedMap<String, Measurand> offered(
            TargetKind target, Acceleration acceleration) {
        SequencedMap<String, Measurand> words = new LinkedHashMap<>();
        words.put(CLOCK, new Measurand.Clock());
        switch (target) {
            case QEMU -> {
                words.put(Metric.BYTES.name(), new Measurand.Bytes());
                words.put(Metric.ESTIMATED_CYCLES.name(), new Measurand.EstimatedCycles());
                switch (acceleration) {
                    case ICOUNT -> words.putAll(plugin());
                    case KVM ->
                            Quantity.COUNTED.forEach(event ->
                                    words.put(event.metric(), new Measurand.GuestEvent(event)));
                    case TCG, AUTO -> {}
                }
            }
            case IMAGE -> {
                words.put(Metric.BYTES.name(), new Measurand.Bytes());
                words.put(Metric.ESTIMATED_CYCLES.name(), new Measurand.EstimatedCycles());
                words.putAll(plugin());
            }
            case NATIVE -> {
                words.put(Metric.NANOSECONDS.name(), new Measurand.Nanoseconds());
                words.put(Metric.BYTES.name(), new Measurand.Bytes());
                words.putAll(events());
            }
            case LINUX -> {
                words.put(Metric.NANOSECONDS.name(), new Measurand.Nanoseconds());
                words.putAll(events());
            }
            case LINUX_GUEST -> {
                words.put(Metric.ESTIMATED_CYCLES.name(), new Measurand.EstimatedCycles());
                words.putAll(plugin());
            }
        }
        return words;
    }

    private static SequencedMap<String, Measurand> plugin() {
        SequencedMap<String, Measurand> words = new LinkedHashMap<>();
        words.put(
                "cache_misses",
                counted(EnumSet.of(Counter.L1I_MISSES, Counter.L1D_MISSES, Counter.L2_MISSES)));
        words.put("memory", counted(EnumSet.of(Counter.LOADS, Counter.STORES)));
        words.put(
                "kernel",
                counted(
                        EnumSet.of(
                                Counter.CROSSINGS,
                                Counter.INTERRUPTS,
                                Counter.IPIS,
                                Counter.AS_SWITCHES,
                                Counter.TLB_MISSES,
                                Counter.LONGEST_MASKED)));
        words.put("all", counted(EnumSet.allOf(Counter.class)));
        Counter.ALL.forEach(counter -> words.put(counter.metric(), counted(EnumSet.of(counter))));
        return words;
    }

    private static Measurand counted(Set<Counter> counters) {
        return new Measurand.Counted(counters);
    }

    private static SequencedMap<String, Measurand> events() {
        SequencedMap<String, Measurand> words = new LinkedHashMap<>();
        Arrays.stream(PerfEvent.values())
                .forEach(event -> words.put(event.metric(), new Measurand.Event(event)));
        return words;
    }

    private static LabException unknown(String word, TargetKind target, Acceleration acceleration) {
        String here =
                "target %s%s"
                        .formatted(
                                target.word(),
                                acceleration == Acceleration.ICOUNT
                                        ? ""
                                        : " with --accel " + acceleration.word());
        String want = String.join(", ", offered(target, acceleration).keySet());
        List<String> having = new ArrayList<>();
        for (TargetKind kind : TargetKind.values()) {
            if (offered(kind, Acceleration.ICOUNT).containsKey(word)) {
                having.add(kind == target ? kind.word() + " with --accel icount" : kind.word());
            } else if (offered(kind, Acceleration.KVM).containsKey(word)) {
                having.add(kind.word() + " with --accel kvm");
            }
        }
        String elsewhere = String.join(", ", having);
        if (word.equals(Metric.NANOSECONDS.name())) {
            return LabException.wrongUse(
                    "%s has no metric 'ns' (that is for %s): %s, want: %s"
                            .formatted(here, elsewhere, notTime(target, acceleration), want));
        }
        if (!elsewhere.isEmpty()) {
            return LabException.wrongUse(
                    "%s has no metric '%s' (that is for %s), want: %s"
                            .formatted(here, word, elsewhere, want));
        }
        return LabException.wrongUse("unknown metric '%s', %s has: %s".formatted(word, here, want));
    }

    /** Why a target's clock gives no time. */
    private static String notTime(TargetKind target, Acceleration acceleration) {
        return target == TargetKind.QEMU
                        && (acceleration == Acceleration.KVM || acceleration == Acceleration.AUTO)
                ? "of a guest's second clock nobody tells the rate"
                : target == TargetKind.IMAGE
                        ? "the emulator's time is the translator's, never the kernel's; a clock behind --serial takes --unit ns"
                        : "the emulator's time is the translator's, never the kernel's";
    }
}
