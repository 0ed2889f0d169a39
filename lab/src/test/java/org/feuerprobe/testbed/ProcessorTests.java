package org.feuerprobe.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.feuerprobe.fitness.Trust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is published of a processor, and whether measurements agree with it. */
class ProcessorTests {
    private static final Path CPUS = Path.of("cpus");

    @TempDir Path folder;

    /**
     * Which identities each file claims: first and last model of every range, as {@code
     * /proc/cpuinfo} shows them. Linux's amd.c, intel-family.h and cputype.h have the same ranges.
     */
    private static final Map<String, List<String>> CLAIMED =
            Map.ofEntries(
                    Map.entry("AMD Zen 2", amd(23, 0x30, 0x4f, 0x60, 0x7f, 0x90, 0x91, 0xa0, 0xaf)),
                    Map.entry("AMD Zen 3", amd(25, 0x00, 0x0f, 0x20, 0x5f)),
                    Map.entry("AMD Zen 4", amd(25, 0x10, 0x1f, 0x60, 0xaf)),
                    Map.entry("AMD Zen 5", amd(26, 0x00, 0x2f, 0x40, 0x4f, 0x60, 0x7f)),
                    Map.entry("Intel Skylake", intel(0x4e, 0x5e, 0x55, 0x8e, 0x9e, 0xa5, 0xa6)),
                    Map.entry("Intel Ice Lake", intel(0x6a, 0x6c, 0x7d, 0x7e, 0x9d)),
                    Map.entry("Intel Golden Cove", intel(0x8f, 0xcf, 0x97, 0x9a, 0xb7, 0xba, 0xbf)),
                    Map.entry("Intel Redwood Cove", intel(0xad, 0xae)),
                    Map.entry("Arm Neoverse N1", List.of("0x41/0xd0c")),
                    Map.entry("Arm Neoverse V1", List.of("0x41/0xd40")));

    /** Those outside of every range, or between two of them. */
    static final List<String> UNCLAIMED =
            List.of(
                    "AuthenticAMD/23/1", // Zen
                    "AuthenticAMD/23/80",
                    "AuthenticAMD/23/146",
                    "AuthenticAMD/25/176",
                    "AuthenticAMD/26/48",
                    "AuthenticAMD/26/80", // Zen 6
                    "GenuineIntel/6/167",
                    "GenuineIntel/6/190", // small cores alone
                    "GenuineIntel/15/143",
                    "CentaurHauls/6/15",
                    "Martian/1/1");

    private static List<String> amd(int family, int... firstAndLast) {
        return Arrays.stream(firstAndLast)
                .mapToObj(model -> "AuthenticAMD/%d/%d".formatted(family, model))
                .toList();
    }

    private static List<String> intel(int... models) {
        return Arrays.stream(models).mapToObj(model -> "GenuineIntel/6/" + model).toList();
    }

    /** The processor of a machine whose {@code /proc/cpuinfo} shows this identity. */
    private Processor processor(String identity) throws Exception {
        String[] parts = identity.split("/", -1);
        Files.createDirectories(folder.resolve("proc"));
        Files.writeString(
                folder.resolve("proc/cpuinfo"),
                parts.length == 2
                        ? "processor\t: 0\nCPU implementer\t: %s\nCPU part\t: %s\n"
                                .formatted(parts[0], parts[1])
                        : "vendor_id\t: %s\ncpu family\t: %s\nmodel\t\t: %s\nmodel name\t: Some CPU\n"
                                .formatted(parts[0], parts[1], parts[2]));
        return Processor.host(CPUS, new SystemFiles(folder));
    }

    private void caches(String first, String instructions, String second) throws Exception {
        String[][] caches = {
            {"1", "Data", first}, {"1", "Instruction", instructions}, {"2", "Unified", second}
        };
        for (int i = 0; i < caches.length; i++) {
            Path index =
                    Files.createDirectories(
                            folder.resolve("sys/devices/system/cpu/cpu0/cache/index" + i));
            Files.writeString(index.resolve("level"), caches[i][0]);
            Files.writeString(index.resolve("type"), caches[i][1]);
            Files.writeString(index.resolve("size"), caches[i][2]);
        }
    }

    @Test
    void everyFileOfTheProjectIsReadAndOnTheList() throws Exception {
        List<String> named = new ArrayList<>();
        for (Path file : StrictYaml.files(CPUS)) {
            Processor read = Processor.read(file);
            assertThat(read.latencies().pairs()).as(file.toString()).isNotEmpty();
            if (read.profile().isEmpty()) {
                named.add(read.name());
            }
        }
        assertThat(named).containsExactlyInAnyOrderElementsOf(CLAIMED.keySet());
        assertThat(Processor.known(CPUS))
                .containsAll(CLAIMED.keySet())
                .contains("any x86-64 by a general profile", "any AArch64 by a general profile")
                .hasSize(CLAIMED.size() + 2);
    }

    static Stream<Arguments> claims() {
        return CLAIMED.entrySet().stream()
                .flatMap(file ->
                        file.getValue().stream()
                                .map(identity -> Arguments.of(identity, file.getKey())));
    }

    @ParameterizedTest
    @MethodSource("claims")
    void everyIdentityThatAFileClaimsIsFound(String identity, String name) throws Exception {
        if (name.equals("Intel Redwood Cove")) {
            caches("48K", "64K", "2048K");
        }
        Processor found = processor(identity);

        assertThat(found.name()).isEqualTo(name);
        assertThat(found.described()).isEqualTo(name);
        assertThat(found.latencies().pairs()).hasSize(1);
        boolean emulated = !identity.startsWith("0x"); // the emulator's kernel is x86-64
        assertThat(found.costs().byEvent().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        emulated ? CycleEstimate.priced() : Set.<String>of());
    }

    /** An unknown processor is checked all the same, by what every processor of its kind has. */
    @ParameterizedTest
    @FieldSource("UNCLAIMED")
    void anUnknownProcessorGetsTheGeneralProfile(String identity) throws Exception {
        Processor found = processor(identity);

        assertThat(found.described()).isEqualTo("Some CPU (general x86-64 profile)");
        assertThat(found.costs().byEvent().keySet())
                .containsExactlyInAnyOrderElementsOf(CycleEstimate.priced());
        assertThat(found.check(3.02, 3.95))
                .isEqualTo(
                        Trust.fit(
                                "multiplication 3.02 cycles, first-level load 3.95 cycles: within 3 % of 3 and 4, a pair of latencies"
                                        + " that x86-64 cores have (general profile, because cpus/ has no file for 'Some CPU')"));
        assertThat(found.measured(5, 3).latencies()).isEqualTo(Latencies.of(5, 3));
    }

    @Test
    void anUnknownProcessorOfArmGetsItsGeneralProfile() throws Exception {
        Processor found = processor("0x41/0xd4f");

        assertThat(found.described()).isEqualTo("0x41/0xd4f (general AArch64 profile)");
        assertThat(found.check(2, 4).believed()).isTrue();
        assertThat(found.check(3, 4).believed()).isFalse();
        assertThat(found.costs().byEvent()).isEmpty();
    }

    @Test
    void aProcessorThatContradictsTheGeneralProfileIsNotFit() throws Exception {
        assertThat(processor("Martian/1/1").check(3.4, 4.5))
                .isEqualTo(
                        Trust.unfit(
                                "multiplication 3.40 cycles, first-level load 4.50 cycles: not within 3 % of any pair of latencies that"
                                        + " x86-64 cores have (3 and 4, 3 and 5, 4 and 3, 4 and 4, 5 and 3, 5 and 4, 6 and 3, 6 and 4),"
                                        + " so cycles are not trustworthy here; if 'Some CPU' has others, add a file with them to cpus/",
                                ""));
        // one latency of each pair, but no pair
        assertThat(processor("Martian/1/1").check(6, 5).believed()).isFalse();
    }

    /** A counter at a wrong rate shows all latencies by the same factor: none may fit then. */
    @ParameterizedTest
    @ValueSource(strings = {"Martian/1/1", "0x41/0xd4f"})
    void noWrongRateFitsAGeneralProfile(String identity) throws Exception {
        Processor general = processor(identity);

        for (Latencies.Pair pair : general.latencies().pairs()) {
            for (double factor = 0.2; factor < 5; factor += 0.0037) {
                assertThat(
                                general.check(pair.multiplication() * factor, pair.load() * factor)
                                        .believed())
                        .as("%s times %s", pair, factor)
                        .isEqualTo(Math.abs(factor - 1) <= 0.03);
            }
        }
    }

    /** A file narrows: what it does not price costs what the general profile says. */
    @Test
    void aFileNarrowsTheGeneralProfile() throws Exception {
        Processor zen2 = processor("AuthenticAMD/23/49");
        Processor general = processor("Martian/1/1");
        caches("48K", "64K", "2048K"); // of the one file that asks for them

        assertThat(zen2.costs().of("instruction")).isNotEqualTo(general.costs().of("instruction"));
        assertThat(zen2.costs().of("ipi")).isEqualTo(general.costs().of("ipi"));
        for (List<String> identities : CLAIMED.values()) {
            Processor found = processor(identities.getFirst());
            found.costs()
                    .byEvent()
                    .forEach((event, cost) -> {
                        Processor.Cost wide = general.costs().of(event).orElseThrow();
                        assertThat(cost.low()).as(event).isGreaterThanOrEqualTo(wide.low());
                        assertThat(cost.high()).as(event).isLessThanOrEqualTo(wide.high());
                    });
            assertThat(found.check(5, 3).believed()).as(found.name()).isFalse();
        }
    }

    @Test
    void whereAHypervisorShowsAnotherModelTheCachesTell() throws Exception {
        assertThat(processor("GenuineIntel/6/167").name()).isEqualTo("Some CPU");
        caches("48K", "64K", "2048K");
        assertThat(processor("GenuineIntel/6/167").name()).isEqualTo("Intel Redwood Cove");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "a, 1, 2, hearsay, costs: syscall: basis 'hearsay': want published",
                "a, 3, 2, assumed, costs: syscall: from 3.0 to 2.0: want 0 <= low <= high",
                "a, -1, 2, assumed, costs: syscall: from -1.0 to 2.0: want 0 <= low <= high",
                "a(, 1, 2, assumed, 'a(' is not a regular expression",
            })
    void whatIsWrongInAFileIsSaidWithItsPlace(
            String match, int low, int high, String basis, String message) throws Exception {
        Path cpus = Files.createDirectories(folder.resolve("cpus"));
        Path file = cpus.resolve("x.yaml");
        Files.writeString(
                file,
                """
                match: "%s"
                name: b
                latencies: {multiplication: 3, load: 4, source: s}
                costs: {syscall: {low: %d, high: %d, basis: %s, source: s}}
                """
                        .formatted(match, low, high, basis));
        Files.createDirectories(folder.resolve("proc"));
        Files.writeString(
                folder.resolve("proc/cpuinfo"), "vendor_id\t: a\nmodel name\t: Some CPU\n");

        assertThatThrownBy(() -> Processor.read(file))
                .hasMessageStartingWith(file + ": " + message);
        Files.writeString(file, Files.readString(file).replace("\"a\"", "\"a.*\""));
        Processor host = Processor.host(cpus, new SystemFiles(folder));
        assertThat(host.name()).isEqualTo("Some CPU");
        assertThat(host.unpriced()).startsWith(file + ": " + message);
        assertThat(host.check(3, 4)).isEqualTo(Trust.unknown(host.unpriced()));
    }

    @Test
    void agreesWithinThreePercent() throws Exception {
        Processor zen = processor("AuthenticAMD/25/1");

        assertThat(zen.check(3.08, 3.9).believed()).isTrue();
        assertThat(zen.check(3.1, 4).believed()).isFalse();
        assertThat(zen.check(3.1, 4).text())
                .isEqualTo(
                        "multiplication 3.10 cycles (published 3), first-level load 4.00 cycles (published 4): "
                                + "more than 3 % from the published latencies of AMD Zen 3, so cycles are not trustworthy here");
    }

    /** Without files there is nothing to check against. */
    @Test
    void whatIsNotPublishedIsNotFit() throws Exception {
        processor("Martian/1/1");
        Path none = Files.createDirectories(folder.resolve("none"));

        Processor found = Processor.host(none, new SystemFiles(folder));

        assertThat(found.check(3, 4).text())
                .isEqualTo(
                        "cpus/ has no published latencies of 'Some CPU': add a file with them, so that the cycle counter can be checked");
        assertThat(found.unpriced())
                .isEqualTo(
                        "the costs of Some CPU are unknown: add a file to cpus/, with the cost of each event");
    }

    @Test
    void refusesAnUnknownKey() throws Exception {
        Path file = folder.resolve("x.yaml");
        Files.writeString(
                file,
                "match: a\nname: b\ncolour: red\nlatencies: {multiplication: 3, load: 4, source: s}\ncosts: {}\n");

        assertThatThrownBy(() -> Processor.read(file)).hasMessageContaining("unknown key 'colour'");
    }

    /** A file may price some events; a general profile has nothing to take the others from. */
    @Test
    void refusesHalfAGeneralTableOfCosts() throws Exception {
        String half = "costs: {instruction: {low: 1, high: 2, basis: assumed, source: s}}\n";
        Path file = folder.resolve("x.yaml");
        Files.writeString(
                file,
                "match: a\nname: b\ngeneral: true\nlatencies: {either: [{multiplication: 3, load: 4}], source: s}\n"
                        + half);

        assertThatThrownBy(() -> Processor.read(file))
                .hasMessageStartingWith(
                        file + ": costs: missing as_switch, interrupt, ipi, l1d_miss, ");
        String head = "match: a\nname: b\nlatencies: {multiplication: 3, load: 4, source: s}\n";
        Files.writeString(file, head + half);
        assertThat(Processor.read(file).costs().byEvent().keySet()).containsExactly("instruction");
        Files.writeString(file, head + half.replace("instruction", "instructions"));
        assertThatThrownBy(() -> Processor.read(file))
                .hasMessageStartingWith(
                        file + ": costs: unknown event 'instructions': want one of as_switch, ");
    }
}
