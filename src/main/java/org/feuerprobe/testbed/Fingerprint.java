package org.feuerprobe.testbed;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/**
 * Which machine is this, for the purpose of comparing results? What changes timed figures, and
 * nothing that changes by itself: no load, no temperature, no free memory. A fact that cannot be
 * read is {@code unknown}.
 */
public record Fingerprint(SequencedMap<String, String> facts) {
    private static final String CACHES = "/sys/devices/system/cpu/cpu0/cache/";
    private static final String MITIGATIONS = "/sys/devices/system/cpu/vulnerabilities/";

    /** Reads the facts; {@code toolchain} adds versions of emulator, compiler, flags and JDK. */
    public static Fingerprint read(SystemFiles files, SequencedMap<String, String> toolchain) {
        SequencedMap<String, String> facts = new LinkedHashMap<>();
        for (String name : List.of("model name", "cpu family", "model", "stepping", "microcode")) {
            facts.put(
                    name.equals("model name") ? "cpu" : "cpu " + name.replace("cpu ", ""),
                    files.field("/proc/cpuinfo", name).orElse(Testbed.UNKNOWN));
        }
        facts.put("cpus", files.text("/sys/devices/system/cpu/online").orElse(Testbed.UNKNOWN));
        facts.put("caches", caches(files));
        facts.put("memory", files.field("/proc/meminfo", "MemTotal").orElse(Testbed.UNKNOWN));
        facts.put("hypervisor", hypervisor(files));
        facts.put("kernel", files.text("/proc/sys/kernel/osrelease").orElse(Testbed.UNKNOWN));
        facts.put("kernel options", files.text("/proc/cmdline").orElse(Testbed.UNKNOWN));
        for (String name : files.names(MITIGATIONS, "[a-z0-9_]+")) {
            facts.put("mitigation " + name, files.text(MITIGATIONS + name).orElse(Testbed.UNKNOWN));
        }
        facts.putAll(toolchain);
        return new Fingerprint(facts);
    }

    private static String hypervisor(SystemFiles files) {
        return files.text("/sys/hypervisor/type")
                .or(() -> files.text("/sys/class/dmi/id/product_name"))
                .orElseGet(() ->
                        files.field("/proc/cpuinfo", "flags")
                                .map(flags ->
                                        (" " + flags + " ").contains(" hypervisor ")
                                                ? "yes, of unknown kind"
                                                : "no sign of one")
                                .orElse(Testbed.UNKNOWN));
    }

    /** The caches of the first processor, such as {@code L1d 48K, L1i 64K, L2 2048K}. */
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

    /** Sixteen hexadecimal digits that are equal for equal facts. */
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
