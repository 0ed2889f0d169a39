package org.feuerprobe.guest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.sample.EnumWords;

/**
 * A machine that QEMU emulates: the emulator's program for it, and how it loads a kernel. On each
 * of them the clock ticks once per instruction, and the serial line is the emulator's output.
 */
public enum Machine {
    MICROVM("x86_64", "qemu-system-x86", "microvm,acpi=off", "max"),
    PC("x86_64", "qemu-system-x86", "pc", "max"),
    Q35("x86_64", "qemu-system-x86", "q35", "max"),
    PC_I386("i386", "qemu-system-x86", "pc", "max"),
    RISCV64_VIRT("riscv64", "qemu-system-misc", "virt", "rv64"),
    RISCV32_VIRT("riscv32", "qemu-system-misc", "virt", "rv32"),
    AARCH64_VIRT("aarch64", "qemu-system-arm", "virt", "cortex-a72"),
    ARM_VIRT("arm", "qemu-system-arm", "virt", "cortex-a15");

    /** A kernel for RISC-V that is linked below this address is its own firmware. */
    private static final long AFTER_FIRMWARE = 0x8020_0000L;

    /** Memory of a machine whose kernel reports on its serial line. */
    private static final int MEBIBYTES = 256;

    private final String processor;
    private final String debianPackage;
    private final String model;
    private final String cpu;

    Machine(String processor, String debianPackage, String model, String cpu) {
        this.processor = processor;
        this.debianPackage = debianPackage;
        this.model = model;
        this.cpu = cpu;
    }

    /** The name on the command line: {@code riscv64-virt}. */
    public String word() {
        return EnumWords.of(this);
    }

    /** The machine of this name. */
    public static Optional<Machine> of(String word) {
        return EnumWords.find(Machine.class, word);
    }

    /** All names, for a message. */
    public static String words() {
        return EnumWords.list(Machine.class);
    }

    /** The machine that an image is for; empty if none of these machines boots it. */
    public static Optional<Machine> of(KernelImage.Kind kind) {
        return switch (kind) {
            case KernelImage.Kind.Disk _ -> Optional.of(PC);
            case KernelImage.Kind.Elf(ElfHeader elf) ->
                    switch (elf.machine()) {
                        case ElfHeader.X86_64 -> Optional.of(MICROVM);
                        case ElfHeader.I386 -> Optional.of(elf.pvh() ? MICROVM : PC_I386);
                        case ElfHeader.RISCV ->
                                Optional.of(elf.bits() == 64 ? RISCV64_VIRT : RISCV32_VIRT);
                        case ElfHeader.AARCH64 -> Optional.of(AARCH64_VIRT);
                        case ElfHeader.ARM -> Optional.of(ARM_VIRT);
                        default -> Optional.empty();
                    };
        };
    }

    /** Whether this machine has the processor that an image is for. */
    public boolean runs(KernelImage.Kind kind) {
        return switch (kind) {
            case KernelImage.Kind.Disk _ -> this == PC || this == Q35 || this == PC_I386;
            case KernelImage.Kind.Elf(ElfHeader elf) ->
                    switch (this) {
                        case MICROVM, PC, Q35 ->
                                elf.machine() == ElfHeader.X86_64
                                        || elf.machine() == ElfHeader.I386;
                        case PC_I386 -> elf.machine() == ElfHeader.I386;
                        case RISCV64_VIRT -> elf.machine() == ElfHeader.RISCV && elf.bits() == 64;
                        case RISCV32_VIRT -> elf.machine() == ElfHeader.RISCV && elf.bits() == 32;
                        case AARCH64_VIRT -> elf.machine() == ElfHeader.AARCH64;
                        case ARM_VIRT -> elf.machine() == ElfHeader.ARM;
                    };
        };
    }

    /**
     * Whether a kernel gets a plan in shared memory here; elsewhere it speaks on its serial line.
     */
    public boolean takesPlan() {
        return this == MICROVM;
    }

    /** Whether the emulator's plugin counts this here. */
    public boolean counts(Counter counter) {
        return switch (this) {
            case MICROVM, PC, Q35, PC_I386 -> true;
            case RISCV64_VIRT, RISCV32_VIRT, AARCH64_VIRT ->
                    counter != Counter.IPIS && counter != Counter.LONGEST_MASKED;
            case ARM_VIRT -> false;
        };
    }

    /**
     * The emulator's program.
     *
     * @param x86 the program for x86-64, which the user may have named
     */
    public String emulator(String x86) {
        return processor.equals("x86_64") ? x86 : "qemu-system-" + processor;
    }

    /** The package of the emulator on Debian. */
    public String debianPackage() {
        return debianPackage;
    }

    /**
     * Packages that are missing here and are needed to build and boot a kernel for this machine.
     *
     * @param compiler name of the compiler
     * @param compilerPackage package that contains the compiler
     */
    public List<String> missing(String x86, String compiler, String compilerPackage) {
        return Stream.of(
                        Map.entry(compiler, compilerPackage),
                        Map.entry(emulator(x86), debianPackage))
                .filter(program -> !ProcessGuard.isThere(program.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The Debian package that contains an emulator. */
    static String installs(String emulator) {
        String program = emulator.substring(emulator.lastIndexOf('/') + 1);
        return Arrays.stream(values())
                .filter(machine -> program.equals("qemu-system-" + machine.processor))
                .map(machine -> machine.debianPackage)
                .findFirst()
                .orElse("qemu-system-x86");
    }

    /** The command line, without the image. */
    EmulatorCommand command(String x86, KernelImage.Kind kind, int mebibytes) {
        String program = emulator(x86);
        EmulatorCommand command =
                switch (this) {
                    case MICROVM -> EmulatorCommand.microvm(program, Accelerator.ICOUNT, mebibytes);
                    case PC, Q35, PC_I386 ->
                            EmulatorCommand.pc(program, model, Accelerator.ICOUNT, cpu, mebibytes);
                    default ->
                            EmulatorCommand.of(program, model, cpu, mebibytes)
                                    .with("-seed", "1")
                                    .with(Accelerator.ICOUNT.options());
                };
        return command.with(firmware(kind));
    }

    private List<String> firmware(KernelImage.Kind kind) {
        return kind instanceof KernelImage.Kind.Elf(ElfHeader elf)
                        && elf.machine() == ElfHeader.RISCV
                        && Long.compareUnsigned(elf.entry(), AFTER_FIRMWARE) < 0
                ? List.of("-bios", "none")
                : List.of();
    }

    /** The options that load an image: as a disk that is not written, or as a kernel. */
    static List<String> loading(KernelImage.Kind kind, Path image) {
        return kind instanceof KernelImage.Kind.Disk
                ? List.of(
                        "-drive",
                        "file=%s,format=raw,snapshot=on".formatted(EmulatorCommand.value(image)))
                : List.of("-kernel", image.toString());
    }

    /** The command line that boots an image. */
    EmulatorCommand booting(String x86, KernelImage image, List<String> extra) throws IOException {
        KernelImage.Kind kind = image.kind();
        return command(x86, kind, MEBIBYTES).with(loading(kind, image.file())).with(extra);
    }

    /** The words of the command line, for a person to read and type. */
    public List<String> words(String x86, KernelImage image, List<String> extra)
            throws IOException {
        return booting(x86, image, extra).words();
    }
}
