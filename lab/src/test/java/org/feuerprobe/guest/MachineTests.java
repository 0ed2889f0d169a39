package org.feuerprobe.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.probe.ProbeRun;
import org.feuerprobe.probe.RegionCounts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Does each machine boot the stranger's kernel, and count its instructions exactly? */
@Tag("boots")
final class MachineTests {
    private static final String X86 = "qemu-system-x86_64";

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "i386, gcc, PC_I386",
        "riscv64, riscv64-linux-gnu-gcc, RISCV64_VIRT",
        "riscv32, riscv64-linux-gnu-gcc, RISCV32_VIRT",
        "aarch64, aarch64-linux-gnu-gcc, AARCH64_VIRT",
        "arm, arm-linux-gnueabi-gcc, ARM_VIRT",
    })
    void instructionsAreCountedExactly(String processor, String compiler, Machine machine)
            throws Exception {
        assumeTrue(ProcessGuard.isThere(compiler), "there is no " + compiler);
        assumeTrue(
                ProcessGuard.isThere(machine.emulator(X86)),
                "there is no " + machine.emulator(X86));
        KernelImage image = TinyKernel.makeFor(processor, folder);

        assertThat(Machine.of(image.kind())).contains(machine);
        Map<Long, Long> costs = costs(machine, image);

        assertThat(costs).hasSize(9);
        long first = costs.getOrDefault(4L, 0L);
        long slope = (costs.getOrDefault(8L, 0L) - first) / 4;
        assertThat(slope).isBetween(2L, 12L);
        costs.forEach((n, cost) -> assertThat(cost).isEqualTo(first + slope * (n - 4)));
        assertThat(costs(machine, image)).isEqualTo(costs);
    }

    /**
     * The plugin's marks and counts are those of each processor: the first benchmark makes traps.
     */
    @ParameterizedTest
    @CsvSource({
        "riscv64, riscv64-linux-gnu-gcc, RISCV64_VIRT",
        "riscv32, riscv64-linux-gnu-gcc, RISCV32_VIRT",
        "aarch64, aarch64-linux-gnu-gcc, AARCH64_VIRT",
    })
    void thePluginCountsCrossingsInterruptsAndSwitches(
            String processor, String compiler, Machine machine) throws Exception {
        assumeTrue(ProcessGuard.isThere(compiler), "there is no " + compiler);
        assumeTrue(
                ProcessGuard.isThere(machine.emulator(X86)),
                "there is no " + machine.emulator(X86));
        KernelImage image = TinyKernel.makeFor(processor, folder, "DEFINES=-DTRAPS");
        CacheModel model = CacheModel.build(Path.of("plugin"), CacheGeometry.ASSUMED);
        SerialTarget target =
                new SerialTarget(
                        "image",
                        "instructions",
                        SerialSources.emulated(machine, X86, image, List.of(), Optional.of(model)),
                        KernelFixture.IMPATIENT);
        BootOutcome.Completed boot = KernelFixture.completed(target.everything());
        RegionCounts counts = boot.counts().orElseThrow();

        assertThat(target.own().entries().getFirst().benchmark().name()).isEqualTo("traps");
        assertThat(counts.entries()).isEqualTo(boot.run().entries().size());
        assertThat(net(counts, 0, Counter.CROSSINGS)).isEqualTo(3);
        assertThat(net(counts, 0, Counter.INTERRUPTS)).isEqualTo(1);
        assertThat(net(counts, 0, Counter.AS_SWITCHES)).isEqualTo(2);
        for (int i = 0; i < counts.entries(); i++) {
            Map<Integer, long[]> streams = boot.run().entries().get(i).streams();
            assertThat(net(counts, i, Counter.INSTRUCTIONS))
                    .isEqualTo(only(streams, 0) - only(streams, 1));
            assertThat(net(counts, i, Counter.CROSSINGS)).isEqualTo(i == 0 ? 3 : 0);
        }
        long found = 2L * 1024; // each item's key and its successor
        assertThat(net(counts, 9, Counter.LOADS)).isBetween(found - 2, found + 2);
    }

    private static long net(RegionCounts counts, int entry, Counter counter) {
        long[][] both = new long[2][];
        for (int stream = 0; stream < 2; stream++) {
            both[stream] = counts.values(entry, counter, stream, 2, 32, 1).orElseThrow();
        }
        return only(Map.of(0, both[0]), 0) - only(Map.of(0, both[1]), 0);
    }

    /** Net cost of finding the last of n items; throws where values of one point differ. */
    private static Map<Long, Long> costs(Machine machine, KernelImage image) throws Exception {
        SerialTarget target =
                new SerialTarget(
                        "image",
                        "instructions",
                        SerialSources.emulated(machine, X86, image, List.of(), Optional.empty()),
                        KernelFixture.IMPATIENT);
        ProbeRun run = KernelFixture.completed(target.everything()).run();
        Plan own = target.own();
        Map<Long, Long> costs = new TreeMap<>();
        for (int i = 0; i < own.entries().size(); i++) {
            if (own.entries().get(i).benchmark().name().equals("find/last")) {
                Map<Integer, long[]> streams = run.entries().get(i).streams();
                costs.put(
                        own.entries().get(i).parameters().getOrDefault("n", 0L),
                        only(streams, 0) - only(streams, 1));
            }
        }
        return costs;
    }

    private static long only(Map<Integer, long[]> streams, int stream) {
        long[] values = streams.getOrDefault(stream, new long[0]);
        assertThat(values).hasSize(32).containsOnly(values[0]);
        return values[0];
    }

    /** A 32-bit image with a PVH entry boots on the same machine as a 64-bit one. */
    @Test
    void aNarrowImageWithAPvhEntryBootsOnMicrovm() throws Exception {
        KernelImage wide = TinyKernel.make(folder, "DEFINES=");
        Path narrow = folder.resolve("narrow.elf");
        assertThat(
                        new ProcessBuilder(
                                        "objcopy",
                                        "-O",
                                        "elf32-i386",
                                        wide.file().toString(),
                                        narrow.toString())
                                .start()
                                .waitFor())
                .isZero();
        KernelImage image = KernelImage.readForeign(narrow);

        assertThat(Machine.of(image.kind())).contains(Machine.MICROVM);
        assertThat(costs(Machine.MICROVM, image)).isEqualTo(costs(Machine.MICROVM, wide));
    }

    /** The disk's first sector writes a letter to the serial line and stops. */
    @Test
    void aDiskBootsOnAPc() throws Exception {
        byte[] sector = new byte[512];
        byte[] code = {(byte) 0xBA, (byte) 0xF8, 0x03, (byte) 0xB0, 'y', (byte) 0xEE, (byte) 0xF4};
        System.arraycopy(code, 0, sector, 0, code.length);
        sector[510] = 0x55;
        sector[511] = (byte) 0xAA;
        Path disk = Files.write(folder.resolve("a,disk.img"), sector);
        KernelImage image = KernelImage.readForeign(disk);

        assertThat(Machine.of(image.kind())).contains(Machine.PC);
        try (SerialSource.Line line =
                SerialSources.emulated(Machine.PC, X86, image, List.of(), Optional.empty())
                        .open(0)) {
            int letter = line.stream().read();
            while (letter >= 0 && letter != 'y') {
                letter = line.stream().read(); // the firmware may speak first
            }
            assertThat((char) letter).isEqualTo('y');
        }
        assertThat(disk).hasBinaryContent(sector);
    }

    @ParameterizedTest
    @EnumSource
    void eachMachineIsFoundByItsWord(Machine machine) {
        assertThat(Machine.of(machine.word())).contains(machine);
        assertThat(Machine.words()).contains(machine.word());
        assertThat(Machine.installs("/opt/" + machine.emulator(X86))).startsWith("qemu-system-");
    }

    @Test
    void aFileThatNoMachineBootsIsRefused() throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "x".repeat(600));

        assertThatThrownBy(() -> KernelImage.readForeign(text))
                .hasMessage(text + " is neither an ELF image nor a disk that a PC boots");
        assertThatThrownBy(() -> KernelImage.readForeign(folder))
                .hasMessage(folder + " is not a file");
    }

    /** Tables of a header that point out of the file must not be followed. */
    @Test
    void aHeaderThatPointsOutOfItsFileIsRead() {
        for (int wide = 1; wide <= 2; wide++) {
            byte[] elf = new byte[64];
            elf[0] = 0x7F;
            elf[1] = 'E';
            elf[2] = 'L';
            elf[3] = 'F';
            elf[4] = (byte) wide;
            elf[5] = 1;
            for (int i = 24; i < 64; i++) {
                elf[i] = (byte) 0xFF;
            }
            ElfHeader header = ElfHeader.of(elf);
            assertThat(header.pvh()).isFalse();
            assertThat(header.interpreted()).isFalse();
        }
    }
}
