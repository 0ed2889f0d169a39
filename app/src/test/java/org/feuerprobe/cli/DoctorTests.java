package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.feuerprobe.probe.Counter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code doctor} says on a machine that lacks a program. */
@Tag("boots")
class DoctorTests {
    @TempDir private Path folder;

    private record Advice(JsonNode json) {
        JsonNode program(String name) {
            return found(json.get("programs"), "program", name, "");
        }

        JsonNode metric(String name, String target) {
            return found(json.get("metrics"), "metric", name, target);
        }

        private static JsonNode found(JsonNode rows, String key, String name, String target) {
            return rows.valueStream()
                    .filter(row -> row.get(key).asString().equals(name))
                    .filter(row -> target.isEmpty() || row.get("target").asString().equals(target))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(name + " " + target + " in " + rows));
        }
    }

    /** Every program of this machine but those, so that make and the shell go on to work. */
    private String pathWithout(String... missing) throws Exception {
        Path programs = Files.createDirectories(folder.resolve("programs"));
        for (String place : System.getenv("PATH").split(File.pathSeparator, -1)) {
            if (Files.isDirectory(Path.of(place))) {
                try (Stream<Path> files = Files.list(Path.of(place))) {
                    for (Path file : files.toList()) {
                        String name = String.valueOf(file.getFileName());
                        Path link = programs.resolve(name);
                        if (!List.of(missing).contains(name) && !Files.exists(link)) {
                            Files.deleteIfExists(link);
                            Files.createSymbolicLink(link, file);
                        }
                    }
                }
            }
        }
        return programs.toString();
    }

    /** JUnit warns of each link that leads out of its folder. */
    @AfterEach
    void removeLinks() throws Exception {
        Path programs = folder.resolve("programs");
        if (Files.isDirectory(programs)) {
            try (Stream<Path> links = Files.list(programs)) {
                for (Path link : links.toList()) {
                    Files.delete(link);
                }
            }
        }
    }

    private static String run(String path, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElse("java"),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "org.feuerprobe.cli.Main"));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile("doctor", ".out");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("PATH", path);
        Process process = builder.start();
        try {
            process.waitFor();
            assertThat(process.exitValue()).isZero();
            return Files.readString(out);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.delete(out);
        }
    }

    private static Advice doctor(String path) throws Exception {
        return new Advice(JsonMapper.builder().build().readTree(run(path, "doctor", "--json")));
    }

    @ParameterizedTest
    @CsvSource({
        "gcc, gcc",
        "make, make",
        "ld, binutils",
        "qemu-system-x86_64, qemu-system-x86",
    })
    void namesTheProgramThatIsMissingAndTheCommandThatMendsIt(String program, String debian)
            throws Exception {
        Advice advice = doctor(pathWithout(program));

        String command = "apt-get install -y " + debian;
        assertThat(advice.program(program).get("present").asBoolean()).isFalse();
        assertThat(advice.program(program).get("command").asString()).isEqualTo(command);
        for (String metric : List.of("instructions", "bytes", "loads", "estimated_cycles")) {
            JsonNode row = advice.metric(metric, "qemu");
            assertThat(row.get("fit").asBoolean()).as(metric).isFalse();
            assertThat(row.get("text").asString())
                    .isEqualTo("%s is not here: %s".formatted(program, command));
        }
    }

    /** Without make nothing is even looked at; without a compiler what was built is still used. */
    @Test
    void theNativeCoreTakesMake() throws Exception {
        Advice advice = doctor(pathWithout("make"));

        for (String metric : List.of("cycles", "ns", "bytes", "page_faults", "instructions")) {
            assertThat(advice.metric(metric, "native").get("text").asString())
                    .isEqualTo("make is not here: apt-get install -y make");
        }
        for (String metric : List.of("ns", "page_faults")) {
            assertThat(advice.metric(metric, "linux").get("fit").asBoolean()).isFalse();
        }
    }

    /** All that bench --metric offers, and nothing of it twice on a target. */
    @Test
    void listsEveryMetricOfEveryTarget() throws Exception {
        Advice advice = doctor(System.getenv("PATH"));

        Map<String, Integer> times = new LinkedHashMap<>();
        advice.json()
                .get("metrics")
                .forEach(row ->
                        times.merge(
                                row.get("metric").asString()
                                        + " on "
                                        + row.get("target").asString(),
                                1,
                                Integer::sum));
        assertThat(times.values()).containsOnly(1);
        for (Counter counter : Counter.ALL) {
            assertThat(advice.metric(counter.metric(), "qemu").get("fit").asBoolean())
                    .as(counter.metric())
                    .isTrue();
        }
        assertThat(times)
                .containsKeys(
                        "bytes on qemu",
                        "estimated_cycles on qemu",
                        "ns on qemu",
                        "cycles on qemu with KVM",
                        "ns on native",
                        "page_faults on native",
                        "cycles on linux",
                        "ns on linux",
                        "context_switches on linux",
                        "instructions on linux-guest");
    }
}
