package org.feuerprobe.guest;

import java.util.List;

/** The way in which the emulator runs the guest. It decides what the guest's clock counts. */
public enum Accelerator {
    /** Translated code; the clock ticks once per instruction: exact. */
    ICOUNT("instructions", "max", "-accel tcg -icount shift=0,sleep=off"),
    /**
     * Translated code, timed by the host's clock. The times are the translator's, so no bound is
     * decided from them.
     */
    TCG("translator_ticks", "max", "-accel tcg,thread=multi"),
    /**
     * The processor runs the guest: cycles, if {@link KvmFitness} finds the guest's clock
     * trustworthy.
     */
    KVM("cycles", "host,-arch-capabilities", "-accel kvm"),
    /**
     * KVM with a clock that is not trustworthy: values are shown, but no bound is decided from
     * them.
     */
    UNFIT_KVM("unfit_cycles", "host,-arch-capabilities", "-accel kvm");

    private final String metric;
    private final String cpu;
    private final String options;

    Accelerator(String metric, String cpu, String options) {
        this.metric = metric;
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
