package org.feuerprobe.testbed;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Identity of a machine for comparing results. It contains the facts that influence timed figures,
 * but nothing that changes by itself, such as load, temperature or free memory. A fact that cannot
 * be read is {@code unknown}.
 */
public record Fingerprint(SequencedMap<String, String> facts) {
    private static final String DMI = "/sys/class/dmi/id/";
    private static final String CACHES = "/sys/devices/system/cpu/cpu0/cache/";
    private static final String MITIGATIONS = "/sys/devices/system/cpu/vulnerabilities/";

    /** Names of hypervisors by CPUID signature. */
    private static final Map<String, String> HYPERVISORS =
            Map.of(
                    "KVMKVMKVM", "KVM",
                    "Linux KVM Hv", "KVM",
                    "Microsoft Hv", "Hyper-V",
                    "VMwareVMware", "VMware",
                    "XenVMMXenVMM", "Xen",
                    "VBoxVBoxVBox", "VirtualBox",
                    "TCGTCGTCGTCG", "QEMU without KVM",
                    "bhyve bhyve", "bhyve");

    /**
     * Reads the facts.
     *
     * @param signature the hypervisor's CPUID signature; empty if it was not read
     * @param toolchain further facts: versions of emulator, compiler and JDK, and compiler flags
     */
    public static Fingerprint read(
            SystemFiles files, Optional<String> signature, SequencedMap<String, String> toolchain) {
        SequencedMap<String, String> facts = new LinkedHashMap<>();
        for (String name : List.of("model name", "cpu family", "model", "stepping", "microcode")) {
            facts.put(
                    name.equals("model name") ? "cpu" : "cpu " + name.replace("cpu ", ""),
                    files.field("/proc/cpuinfo", name).orElse(Testbed.UNKNOWN));
        }
        facts.put("cpus", processors(files));
        facts.put("caches", caches(files));
        facts.put("memory", memory(files));
        facts.put("machine", joined(files, "sys_vendor", "product_name"));
        facts.put("firmware", joined(files, "bios_vendor", "bios_version"));
        facts.put("hypervisor", hypervisor(files, signature));
        facts.put("kernel", files.text("/proc/sys/kernel/osrelease").orElse(Testbed.UNKNOWN));
        facts.put("kernel options", files.text("/proc/cmdline").orElse(Testbed.UNKNOWN));
        for (String name : files.names(MITIGATIONS, "[a-z0-9_]+")) {
            facts.put("mitigation " + name, files.text(MITIGATIONS + name).orElse(Testbed.UNKNOWN));
        }
        facts.putAll(toolchain);
        return new Fingerprint(facts);
    }

    /** The processors that are online; on a hybrid processor, also the processors of each kind. */
    private static String processors(SystemFiles files) {
        StringBuilder text =
                new StringBuilder(
                        files.text("/sys/devices/system/cpu/online").orElse(Testbed.UNKNOWN));
        files.line("/sys/devices/cpu_core/cpus")
                .ifPresent(list -> text.append(", performance ").append(list));
        files.line("/sys/devices/cpu_atom/cpus")
                .ifPresent(list -> text.append(", efficient ").append(list));
        return text.toString();
    }

    /**
     * Memory in whole GiB, because the kernel reserves a slightly different amount at each boot.
     */
    private static String memory(SystemFiles files) {
        return files.field("/proc/meminfo", "MemTotal")
                .filter(text -> text.matches("[0-9]{1,15} kB"))
                .map(text -> Long.parseLong(text.replace(" kB", "")) / 1048576.0)
                .map(gib -> gib < 1 ? "less than 1 GiB" : Math.round(gib) + " GiB")
                .orElse(Testbed.UNKNOWN);
    }

    private static String joined(SystemFiles files, String... names) {
        String text =
                Stream.of(names)
                        .flatMap(name -> files.line(DMI + name).stream())
                        .collect(Collectors.joining(" "));
        return text.isEmpty() ? Testbed.UNKNOWN : text;
    }

    private static String hypervisor(SystemFiles files, Optional<String> signature) {
        Optional<Boolean> virtual = files.virtual();
        if (virtual.equals(Optional.of(false))) {
            return "no sign of one";
        }
        return signature
                .map(name -> HYPERVISORS.getOrDefault(name, "unknown") + " (" + name + ")")
                .or(() -> files.text("/sys/hypervisor/type"))
                .or(() ->
                        virtual.flatMap(
                                _ -> files.line(DMI + "product_name").map(name -> "as " + name)))
                .orElse(virtual.isPresent() ? "yes, of unknown kind" : Testbed.UNKNOWN);
    }

    /** The caches of the first processor, for example {@code L1d 48K, L1i 64K, L2 2048K}. */
    static String caches(SystemFiles files) {
        StringBuilder text = new StringBuilder();
        for (String index : files.names(CACHES, "index[0-9]+")) {
            String at = CACHES + index + "/";
            text.append(text.isEmpty() ? "" : ", ")
                    .append('L')
                    .append(files.text(at + "level").orElse("?"))
                    .append(kind(files.text(at + "type").orElse("?")))
                    .append(' ')
                    .append(files.text(at + "size").orElse("?"));
        }
        return text.isEmpty() ? Testbed.UNKNOWN : text.toString();
    }

    private static String kind(String type) {
        return type.equals("Unified") ? "" : type.substring(0, 1).toLowerCase(Locale.ROOT);
    }

    /** Sixteen hexadecimal digits of a hash over all facts. */
    public String hash() {
        StringBuilder text = new StringBuilder();
        facts.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
