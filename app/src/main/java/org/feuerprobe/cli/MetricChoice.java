package org.feuerprobe.cli;

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
import org.feuerprobe.plan.Reading;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.sample.TickRate;

/**
 * Which metrics do the words of {@code --metric} name, and which does a target have? What can be
 * counted at once is one metric; the rest takes a campaign each, one after the other.
 */
final class MetricChoice {
    private static final String CLOCK = "clock";

    private MetricChoice() {}

    /** At least one; the clock for the empty text. */
    static List<Metric> of(String text, TargetKind target, String accelerator)
            throws CommandException {
        if (text.isEmpty()) {
            return List.of(new Metric.Clock());
        }
        SequencedMap<String, Metric> offered = offered(target, accelerator);
        Set<Metric> chosen = new LinkedHashSet<>();
        Set<Counter> counters = new TreeSet<>();
        for (String word : text.split(",", -1)) {
            Metric metric = offered.get(word.strip());
            if (metric == null) {
                throw unknown(word.strip(), target, accelerator);
            }
            counters.addAll(metric.plugin());
            chosen.add(metric);
        }
        if (chosen.size() > 1 && chosen.contains(new Metric.EstimatedCycles())) {
            throw usage("--metric estimated_cycles stands alone: it is no measurement");
        }
        if (counters.isEmpty()) {
            return List.copyOf(chosen);
        }
        List<Metric> campaigns = new ArrayList<>(List.of(new Metric.Counted(counters)));
        chosen.stream().filter(metric -> metric instanceof Metric.Bytes).forEach(campaigns::add);
        return campaigns; // the clock is read beside the counters anyway
    }

    private static SequencedMap<String, Metric> offered(TargetKind target, String accelerator) {
        SequencedMap<String, Metric> words = new LinkedHashMap<>();
        words.put(CLOCK, new Metric.Clock());
        switch (target) {
            case QEMU -> {
                words.put("bytes", new Metric.Bytes());
                words.put("estimated_cycles", new Metric.EstimatedCycles());
                switch (accelerator) {
                    case "icount" -> words.putAll(plugin());
                    case "kvm" ->
                            Reading.COUNTED.forEach(event ->
                                    words.put(event.metric(), new Metric.GuestEvent(event)));
                    default -> {}
                }
            }
            case IMAGE -> {
                words.put("bytes", new Metric.Bytes());
                words.put("estimated_cycles", new Metric.EstimatedCycles());
                words.putAll(plugin());
            }
            case NATIVE -> {
                words.put(TickRate.UNIT, new Metric.Nanoseconds());
                words.put("bytes", new Metric.Bytes());
                words.putAll(events());
            }
            case LINUX -> {
                words.put(TickRate.UNIT, new Metric.Nanoseconds());
                words.putAll(events());
            }
            case LINUX_GUEST -> {
                words.put("estimated_cycles", new Metric.EstimatedCycles());
                words.putAll(plugin());
            }
        }
        return words;
    }

    private static SequencedMap<String, Metric> plugin() {
        SequencedMap<String, Metric> words = new LinkedHashMap<>();
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
                                Counter.TLB_MISSES)));
        words.put("all", counted(EnumSet.allOf(Counter.class)));
        Counter.ALL.forEach(counter -> words.put(counter.metric(), counted(EnumSet.of(counter))));
        return words;
    }

    private static Metric counted(Set<Counter> counters) {
        return new Metric.Counted(counters);
    }

    private static SequencedMap<String, Metric> events() {
        SequencedMap<String, Metric> words = new LinkedHashMap<>();
        Arrays.stream(PerfEvent.values())
                .forEach(event -> words.put(event.metric(), new Metric.Event(event)));
        return words;
    }

    private static CommandException unknown(String word, TargetKind target, String accelerator) {
        String here =
                "target %s%s"
                        .formatted(
                                target.word(),
                                accelerator.equals("icount") ? "" : " with --accel " + accelerator);
        String want = String.join(", ", offered(target, accelerator).keySet());
        List<String> having = new ArrayList<>();
        for (TargetKind kind : TargetKind.values()) {
            if (offered(kind, "icount").containsKey(word)) {
                having.add(kind == target ? kind.word() + " with --accel icount" : kind.word());
            } else if (offered(kind, "kvm").containsKey(word)) {
                having.add(kind.word() + " with --accel kvm");
            }
        }
        String elsewhere = String.join(", ", having);
        if (word.equals(TickRate.UNIT)) {
            return usage(
                    "%s has no metric 'ns' (that is for %s): %s, want: %s"
                            .formatted(here, elsewhere, notTime(target, accelerator), want));
        }
        if (!elsewhere.isEmpty()) {
            return usage(
                    "%s has no metric '%s' (that is for %s), want: %s"
                            .formatted(here, word, elsewhere, want));
        }
        return usage("unknown metric '%s', %s has: %s".formatted(word, here, want));
    }

    /** Why a target's clock tells no time. */
    private static String notTime(TargetKind target, String accelerator) {
        return target == TargetKind.QEMU && !accelerator.matches("icount|tcg")
                ? "of a guest's second clock nobody tells the rate"
                : target == TargetKind.IMAGE
                        ? "the emulator's time is the translator's, never the kernel's; a clock behind --serial takes --unit ns"
                        : "the emulator's time is the translator's, never the kernel's";
    }

    private static CommandException usage(String message) {
        return new CommandException(ExitStatus.USAGE, message);
    }
}
