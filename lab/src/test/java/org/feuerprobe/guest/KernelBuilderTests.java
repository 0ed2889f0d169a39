package org.feuerprobe.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("boots")
class KernelBuilderTests {
    @Test
    void buildsVariantsApart() throws Exception {
        KernelImage plain = KernelFixture.image();
        KernelImage scan = KernelFixture.image("CAP_ALLOC=scan");

        assertThat(plain.file()).isEqualTo(Path.of("exokernel/build/default/kernel.elf"));
        assertThat(scan.file()).isEqualTo(Path.of("exokernel/build/CAP_ALLOC=scan/kernel.elf"));
        assertThat(plain.sha256()).matches("[0-9a-f]{64}").isNotEqualTo(scan.sha256());
        assertThat(scan.build()).containsEntry("variant", "CAP_ALLOC=scan");
        assertThat(plain.build().get("compiler")).contains("gcc");
    }

    @Test
    void namesTheDefaultValueLikeTheDefault() throws Exception {
        assertThat(KernelFixture.image("CAP_ALLOC=freelist").file())
                .isEqualTo(KernelFixture.image().file());
    }

    @Test
    void refusesAMalformedSwitch() {
        assertThatThrownBy(() -> KernelFixture.image("scan; rm -rf /"))
                .isInstanceOf(IOException.class)
                .hasMessage("variant 'scan; rm -rf /': want NAME=value, such as CAP_ALLOC=scan");
    }

    @Test
    void refusesAnUnknownSwitchAndAnUnknownValue() {
        assertThatThrownBy(() -> KernelFixture.image("CAP_ALOC=scan"))
                .isInstanceOf(VariantException.class)
                .hasMessage(
                        "unknown variant CAP_ALOC=scan; known: CAP_ALLOC=freelist, CAP_ALLOC=scan, ZONE_ALLOC=lists, ZONE_ALLOC=firstfit, CLOCK=tsc, CLOCK=counter, CLOCK=standin, TRACE=off, TRACE=on");
        assertThatThrownBy(() -> KernelFixture.image("CC=true"))
                .isInstanceOf(VariantException.class)
                .hasMessageStartingWith("unknown variant CC=true; known: ");
    }

    @Test
    void refusesWhatIsNoImage(@TempDir Path folder) throws Exception {
        Path text = Files.writeString(folder.resolve("kernel.elf"), "no kernel".repeat(20));

        assertThatThrownBy(() -> KernelImage.read(text)).hasMessage(text + " is not an ELF image");
        byte[] image = Files.readAllBytes(KernelFixture.image().file());
        image[16] = 1;
        Path object = Files.write(folder.resolve("kernel.o"), image);
        assertThatThrownBy(() -> KernelImage.read(object))
                .hasMessage(object + " is an object file: link it first");
        image[4] = 1;
        Path narrow = Files.write(folder.resolve("narrow.elf"), image);
        assertThatThrownBy(() -> KernelImage.read(narrow))
                .hasMessage(narrow + " is a 32-bit ELF image: want a 64-bit one");
        assertThatThrownBy(() -> KernelImage.read(folder.resolve("none")))
                .hasMessage("no kernel image at " + folder.resolve("none"));
    }
}
