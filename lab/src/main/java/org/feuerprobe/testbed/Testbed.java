package org.feuerprobe.testbed;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/** The machine, emulator and toolchain of a campaign, as named facts in a fixed order. */
public record Testbed(SequencedMap<String, String> facts) {
    public static final String UNKNOWN = "unknown";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Reads the facts; costs the start of one process. */
    public static Testbed read(String emulator) {
        SequencedMap<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "os",
                property("os.name") + " " + property("os.version") + " " + property("os.arch"));
        facts.put("cpu", field("/proc/cpuinfo", "model name"));
        facts.put("cpus", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("virtualised", virtualised());
        facts.put("memory", field("/proc/meminfo", "MemTotal"));
        facts.put("emulator", firstLine(emulator, "--version"));
        facts.put("jdk", property("java.vm.vendor") + " " + property("java.runtime.version"));
        return new Testbed(facts);
    }

    /** The first line of a program's version output; unknown if the program is missing or fails. */
    public static String version(String program) {
        return firstLine(program, "--version");
    }

    private static String property(String name) {
        return System.getProperty(name, UNKNOWN);
    }

    private static String virtualised() {
        return SystemFiles.HOST
                .virtual()
                .map(virtual -> virtual ? "yes" : "no sign of it")
                .orElse(UNKNOWN);
    }

    private static String field(String file, String name) {
        return SystemFiles.HOST.field(file, name).orElse(UNKNOWN);
    }

    private static String firstLine(String... command) {
        try {
            return ChildProcess.output(List.of(command), PATIENCE)
                    .flatMap(text -> text.lines().findFirst())
                    .orElse(UNKNOWN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return UNKNOWN;
        }
    }

    @Override
    public String toString() {
        return facts.getOrDefault("cpu", UNKNOWN)
                + ", "
                + facts.getOrDefault("emulator", UNKNOWN).toLowerCase(Locale.ROOT);
    }
}
