package org.feuerprobe.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is published of a processor, and whether measurements agree with it. */
class ProcessorTests {
    private static final Path CPUS = Path.of("cpus");

    @TempDir Path folder;

    private Processor processor(String vendor, int family, int model) throws Exception {
        Path cpuinfo = folder.resolve("proc/cpuinfo");
        Files.createDirectories(folder.resolve("proc"));
        Files.writeString(
                cpuinfo,
                "vendor_id\t: %s\ncpu family\t: %d\nmodel\t\t: %d\nmodel name\t: Some CPU\n"
                        .formatted(vendor, family, model));
        return Processor.host(CPUS, new SystemFiles(folder));
    }

    @Test
    void everyFileOfTheProjectCanBeRead() throws Exception {
        for (Path file : StrictYaml.files(CPUS)) {
            assertThat(Processor.read(file).costs().byEvent()).as(file.toString()).isNotEmpty();
        }
    }

    @Test
    void findsTheProcessorByItsIdentity() throws Exception {
        assertThat(processor("AuthenticAMD", 25, 1).name()).isEqualTo("AMD Zen 3");
        assertThat(processor("AuthenticAMD", 25, 17).name()).isEqualTo("AMD Zen 4");
        assertThat(processor("Martian", 1, 1).name()).isEqualTo("Some CPU");
    }

    @Test
    void whereAHypervisorShowsAnotherModelTheCachesTell() throws Exception {
        assertThat(processor("GenuineIntel", 6, 167).name()).isEqualTo("Some CPU");
        String[][] caches = {
            {"1", "Data", "48K"}, {"1", "Instruction", "64K"}, {"2", "Unified", "2048K"}
        };
        for (int i = 0; i < caches.length; i++) {
            Path index =
                    Files.createDirectories(
                            folder.resolve("sys/devices/system/cpu/cpu0/cache/index" + i));
            Files.writeString(index.resolve("level"), caches[i][0]);
            Files.writeString(index.resolve("type"), caches[i][1]);
            Files.writeString(index.resolve("size"), caches[i][2]);
        }
        assertThat(processor("GenuineIntel", 6, 167).name()).isEqualTo("Intel Redwood Cove");
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
        assertThat(host.check(3, 4)).isEqualTo(new Processor.Truth(false, host.unpriced()));
    }

    @Test
    void agreesWithinThreePercent() throws Exception {
        Processor zen = processor("AuthenticAMD", 25, 1);

        assertThat(zen.check(3.08, 3.9).fit()).isTrue();
        assertThat(zen.check(3.1, 4).fit()).isFalse();
        assertThat(zen.check(3.1, 4).text())
                .isEqualTo(
                        "multiplication 3.10 cycles (published 3), first-level load 4.00 cycles (published 4): "
                                + "more than 3 % from the published latencies of AMD Zen 3, so cycles are not trustworthy here");
    }

    @Test
    void whatIsNotPublishedIsNotFit() throws Exception {
        assertThat(processor("Martian", 1, 1).check(3, 4).text())
                .startsWith("cpus/ has no published latencies of 'Some CPU'");
    }

    @Test
    void refusesAnUnknownKey() throws Exception {
        Path file = folder.resolve("x.yaml");
        Files.writeString(
                file,
                "match: a\nname: b\ncolour: red\nlatencies: {multiplication: 3, load: 4, source: s}\ncosts: {}\n");

        assertThatThrownBy(() -> Processor.read(file)).hasMessageContaining("unknown key 'colour'");
    }

    /** Latencies alone check the clock; some costs without the others would estimate nothing. */
    @Test
    void refusesHalfATableOfCosts() throws Exception {
        String head = "match: a\nname: b\nlatencies: {multiplication: 3, load: 4, source: s}\n";
        Path file = folder.resolve("x.yaml");
        Files.writeString(
                file,
                head + "costs: {instruction: {low: 1, high: 2, basis: assumed, source: s}}\n");

        assertThatThrownBy(() -> Processor.read(file))
                .hasMessageStartingWith(
                        file + ": costs: missing as_switch, interrupt, ipi, l1d_miss, ");
        Files.writeString(file, head + "costs: {}\n");
        assertThat(Processor.read(file).costs().byEvent()).isEmpty();
    }
}
