package org.feuerprobe.energy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.feuerprobe.energy.EnergySource.Description;
import org.feuerprobe.energy.EnergySource.Quantity;

/**
 * Running average power limit: counters of joules in registers of Intel's and AMD's processors.
 * Reading them needs root and the module {@code msr}; 32 bits of a register count. Intel SDM volume
 * 4; AMD PPR for family 17h.
 */
final class RaplRegisters {
    private static final int UNIT_AT = 8;
    private static final int UNIT_MASK = 0x1f;
    private static final long COUNTS = 0xffffffffL;

    /** A register that counts energy. */
    private record Register(String domain, long number) {}

    /** A maker's registers. */
    private record Maker(long unit, List<Register> registers) {}

    private static final List<Maker> MAKERS =
            List.of(
                    new Maker( // Intel
                            0x606,
                            List.of(
                                    new Register("package", 0x611),
                                    new Register("dram", 0x619),
                                    new Register("core", 0x639),
                                    new Register("uncore", 0x641))),
                    new Maker( // AMD
                            0xC0010299L,
                            List.of(
                                    new Register("core", 0xC001029AL),
                                    new Register("package", 0xC001029BL))));

    /** One register. */
    private record Counter(KernelFiles files, Path file, Register register, double unit)
            implements EnergySource {
        @Override
        public Description description() {
            return new Description(
                    "rapl " + register.domain,
                    register.domain,
                    "socket of CPU 0",
                    Quantity.ENERGY,
                    unit,
                    OptionalDouble.of(unit * (COUNTS + 1)),
                    "%s, register 0x%x".formatted(file, register.number));
        }

        @Override
        public double read() throws IOException {
            return (files.word(file, register.number) & COUNTS) * unit;
        }
    }

    private RaplRegisters() {}

    /** The registers of CPU 0; none without the module {@code msr}. */
    static List<FoundSource> in(KernelFiles files) {
        Path file = files.at("/dev/cpu/0/msr");
        if (!java.nio.file.Files.exists(file)) {
            return List.of();
        }
        List<FoundSource> found = new ArrayList<>();
        IOException problem = null;
        for (Maker maker : MAKERS) {
            try {
                double unit = 1.0 / (1L << (files.word(file, maker.unit) >> UNIT_AT & UNIT_MASK));
                for (Register register : maker.registers) {
                    try {
                        EnergySource source = new Counter(files, file, register, unit);
                        if (source.read() > 0) { // a counter that never counted is not there
                            found.add(new FoundSource.Usable(source, "root reads registers"));
                        }
                    } catch (IOException e) {
                        problem = e; // this processor lacks the register
                    }
                }
                if (!found.isEmpty()) {
                    return found;
                }
            } catch (IOException e) {
                problem = e;
            }
        }
        return List.of(
                new FoundSource.Unusable(
                        "rapl",
                        file.toString(),
                        problem == null
                                ? "no register of this processor counts energy"
                                : KernelFiles.reason(problem),
                        "run as root, on a processor with RAPL that its hypervisor shows"));
    }
}
