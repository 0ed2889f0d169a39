package org.feuerprobe.guest;

import java.util.List;

/** How does the emulator run the guest, and what does the guest's clock count then? */
public enum Accelerator {
    /** Translated, one tick an instruction: exact. */
    ICOUNT("instructions", "max", "-accel tcg -icount shift=0,sleep=off"),
    /** Translated, by the host's clock: the translator's time, for nothing but a look. */
    TCG("translator_ticks", "max", "-accel tcg,thread=multi"),
    /** By the hardware: cycles, where {@link KvmFitness} finds that it is so. */
    KVM("cycles", "host,-arch-capabilities", "-accel kvm"),
    /** The same where it is not so, for a look: never a claim. */
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
