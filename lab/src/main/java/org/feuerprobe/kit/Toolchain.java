package org.feuerprobe.kit;

import java.util.List;
import org.feuerprobe.guest.Machine;
import org.feuerprobe.harness.LabException;

/**
 * Programs and templates to build a kernel for a machine.
 *
 * @param start template of the code that runs first
 * @param devices template of the serial line and of the names of faults
 * @param prefix prefix of the compiler and of binutils, such as {@code riscv64-linux-gnu-}; empty
 *     for the host's own
 * @param flags compiler flags that choose the processor
 * @param base address at which the kernel is linked
 * @param debianPackage package that installs the compiler
 */
record Toolchain(
        String start,
        String devices,
        String prefix,
        List<String> flags,
        String base,
        String debianPackage) {
    private static final String X86 = "machine-x86.c";
    private static final String VIRT = "machine-virt.c";
    private static final String LOW = "0x100000";
    private static final String RISCV_MEMORY = "0x80000000";
    private static final String ARM_MEMORY = "0x40080000";

    Toolchain {
        flags = List.copyOf(flags);
    }

    static Toolchain of(Machine machine) {
        return switch (machine) {
            case MICROVM, PC, Q35 ->
                    new Toolchain(
                            "start-x86_64.S",
                            X86,
                            "",
                            List.of("-m64", "-mno-red-zone", "-fcf-protection=none"),
                            LOW,
                            "gcc");
            case PC_I386 ->
                    new Toolchain(
                            "start-i386.S",
                            X86,
                            "",
                            List.of("-m32", "-fcf-protection=none"),
                            LOW,
                            "gcc");
            case RISCV64_VIRT -> riscv(List.of("-march=rv64gc", "-mabi=lp64d", "-mcmodel=medany"));
            case RISCV32_VIRT ->
                    riscv(
                            List.of(
                                    "-march=rv32imac_zicsr",
                                    "-mabi=ilp32",
                                    "-mcmodel=medany",
                                    "-Wl,-melf32lriscv"));
            case AARCH64_VIRT ->
                    new Toolchain(
                            "start-aarch64.S",
                            VIRT,
                            "aarch64-linux-gnu-",
                            List.of("-mno-outline-atomics"),
                            ARM_MEMORY,
                            "gcc-aarch64-linux-gnu");
            case ARM_VIRT ->
                    new Toolchain(
                            "start-arm.S",
                            VIRT,
                            "arm-linux-gnueabi-",
                            List.of("-march=armv7-a"),
                            ARM_MEMORY,
                            "gcc-arm-linux-gnueabi");
        };
    }

    private static Toolchain riscv(List<String> flags) {
        return new Toolchain(
                "start-riscv.S",
                VIRT,
                "riscv64-linux-gnu-",
                flags,
                RISCV_MEMORY,
                "gcc-riscv64-linux-gnu");
    }

    /** Throws if the compiler is not installed. */
    void requireCompiler(Machine machine) throws LabException {
        if (machine.missing(compiler(), compiler(), debianPackage).contains(debianPackage)) {
            throw LabException.targetFailed(
                    "there is no compiler %s: apt-get install -y %s"
                            .formatted(compiler(), debianPackage));
        }
    }

    String compiler() {
        return prefix + "gcc";
    }
}
