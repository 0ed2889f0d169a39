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
        Path cpuinfo = folder.resolve("cpuinfo");
        Files.writeString(
                cpuinfo,
                "vendor_id\t: %s\ncpu family\t: %d\nmodel\t\t: %d\nmodel name\t: Some CPU\n"
                        .formatted(vendor, family, model));
        return Processor.host(CPUS, cpuinfo);
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
}
