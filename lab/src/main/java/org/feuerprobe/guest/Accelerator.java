package org.feuerprobe.guest;

import java.util.List;
import org.feuerprobe.sample.Metric;

/** The way in which the emulator runs the guest. It decides what the guest's clock counts. */
public enum Accelerator {
    /** Translated code; the clock ticks once per instruction: exact. */
    ICOUNT(Metric.INSTRUCTIONS, "max", "-accel tcg -icount shift=0,sleep=off"),
    /**
     * Translated code, timed by the host's clock. The times are the translator's, so no bound is
     * decided from them.
     */
    TCG(Metric.TRANSLATOR_TICKS, "max", "-accel tcg,thread=multi"),
    /**
     * The processor runs the guest: cycles, if {@link KvmFitness} finds the guest's clock
     * trustworthy.
     */
    KVM(Metric.CYCLES, "host,-arch-capabilities", "-accel kvm"),
    /**
     * KVM with a clock that is not trustworthy: values are shown, but no bound is decided from
     * them.
     */
    UNFIT_KVM(Metric.UNFIT_CYCLES, "host,-arch-capabilities", "-accel kvm");

    private final String metric;
    private final String cpu;
    private final String options;

    Accelerator(Metric metric, String cpu, String options) {
        this.metric = metric.name();
        this.cpu = cpu;
        this.options = options;
    }

    /** What the guest's time-stamp counter counts. */
    public String metric() {
        return metric;
    }

    String cpu() {
        return cpu;
    }

    List<String> options() {
        return List.of(options.split(" ", -1));
    }
}
