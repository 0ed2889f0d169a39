package org.feuerprobe.harness;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.feuerprobe.guest.KernelBuilder;
import org.feuerprobe.guest.NativeTarget;
import org.feuerprobe.testbed.Fingerprint;
import org.feuerprobe.testbed.SystemFiles;
import org.feuerprobe.testbed.Testbed;

/** Reads the fingerprint of this machine and its toolchain. */
final class HostFingerprint {
    private HostFingerprint() {}

    static Fingerprint read(Places places) throws InterruptedException {
        LinkedHashMap<String, String> toolchain = new LinkedHashMap<>();
        Map<String, String> facts = Testbed.read(places.emulator()).facts();
        toolchain.put("emulator", facts.getOrDefault("emulator", Testbed.UNKNOWN));
        toolchain.put("compiler", Testbed.version("gcc"));
        toolchain.put("flags", flags(places));
        toolchain.put("jdk", facts.getOrDefault("jdk", Testbed.UNKNOWN));
        return Fingerprint.read(SystemFiles.HOST, hypervisor(places), toolchain);
    }

    private static String flags(Places places) throws InterruptedException {
        try {
            return new KernelBuilder(places.exokernel()).flags();
        } catch (IOException e) {
            return Testbed.UNKNOWN;
        }
    }

    /**
     * The hypervisor. The native library asks the processor; without it, files give less
     * information.
     */
    private static Optional<String> hypervisor(Places places) throws InterruptedException {
        try {
            return NativeTarget.hypervisor(NativeTarget.build(places.exokernel(), List.of()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
