package org.feuerprobe.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void refusesACostOfUnknownBasis() throws Exception {
        Path file = folder.resolve("x.yaml");
        Files.writeString(
                file,
                """
                match: a
                name: b
                latencies: {multiplication: 3, load: 4, source: s}
                costs: {syscall: {low: 1, high: 2, basis: hearsay, source: s}}
                """);

        assertThatThrownBy(() -> Processor.read(file)).hasMessageContaining("basis 'hearsay'");
    }

    @Test
    void agreesWithinThreePercent() throws Exception {
        Processor zen = processor("AuthenticAMD", 25, 1);

        assertThat(zen.check(3.08, 3.9).fit()).isTrue();
        assertThat(zen.check(3.1, 4).fit()).isFalse();
        assertThat(zen.check(3.1, 4).text())
                .isEqualTo(
                        "multiplication 3.10 cycles (published 3), first-level load 4.00 cycles (published 4): "
                                + "more than 3 % from what is published of AMD Zen 3, so cycles are not fit here");
    }

    @Test
    void whatIsNotPublishedIsNotFit() throws Exception {
        assertThat(processor("Martian", 1, 1).check(3, 4).text())
                .startsWith("nothing is published of 'Some CPU'");
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
                .hasMessageStartingWith("costs of b lack as_switch, interrupt, ipi, l1d_miss, ");
        Files.writeString(file, head + "costs: {}\n");
        assertThat(Processor.read(file).costs().byEvent()).isEmpty();
    }
}
