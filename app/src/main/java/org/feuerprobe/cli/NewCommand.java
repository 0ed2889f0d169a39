package org.feuerprobe.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.feuerprobe.guest.Machine;
import org.feuerprobe.guest.QemuLimits;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.Places;
import org.feuerprobe.kit.ForeignCode;
import org.feuerprobe.kit.KernelCheck;
import org.feuerprobe.kit.NewKernel;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.terminal.Console;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a kernel that boots at once, around somebody's code or benchmarks. */
@Command(
        name = "new",
        description = {
            "Write a kernel that boots at once, to measure C code in.",
            "It has start code, a linker script, the probe, one working benchmark and its claim. With --objects or --sources, your code is linked into it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  feuerprobe new mykernel",
            "  feuerprobe new mykernel --machine riscv64-virt",
            "  feuerprobe new mykernel --objects build/zone.o build/cap.o --function zalloc zfree",
            "  feuerprobe new mykernel --sources core/zone.c -Iinclude --function zalloc",
            "  feuerprobe new mykernel --objects libz.a --header zlib.h --function crc32",
            "  feuerprobe new mykernel --check",
            "",
            "No file is overwritten. The commands to type next are printed."
        })
final class NewCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "DIR", description = "The folder to write.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    Path folder;

    @Option(
            names = "--machine",
            paramLabel = "MACHINE",
            description =
                    "For this machine of QEMU: microvm, pc, q35, pc-i386, riscv64-virt, riscv32-virt, "
                            + "aarch64-virt or arm-virt (default: the one that the objects are for, or microvm).")
    @Under(Section.TARGET)
    @Nullable String machine;

    @Option(
            names = "--objects",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Link these object files and libraries (*.o, *.a).")
    @Under(Section.INPUT)
    List<Path> objects = new ArrayList<>();

    @Option(
            names = "--sources",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Compile and link these C files.")
    @Under(Section.INPUT)
    List<Path> sources = new ArrayList<>();

    @Option(
            names = {"-I", "--include"},
            paramLabel = "DIR",
            description = "Look for headers of --sources and --header here. May be repeated.")
    @Under(Section.INPUT)
    List<String> includes = new ArrayList<>();

    @Option(
            names = {"-D", "--define"},
            paramLabel = "NAME[=VALUE]",
            description = "Define this macro for --sources and --header. May be repeated.")
    @Under(Section.INPUT)
    List<String> defines = new ArrayList<>();

    @Option(
            names = "--compile-commands",
            paramLabel = "FILE",
            description =
                    "Take folders of headers and macros of --sources from this compile_commands.json.")
    @Under(Section.INPUT)
    @Nullable Path commands;

    @Option(
            names = "--header",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Headers that declare functions of objects without debug information.")
    @Under(Section.INPUT)
    List<String> headers = new ArrayList<>();

    @Option(
            names = "--function",
            paramLabel = "NAME",
            arity = "1..*",
            description = "Write a benchmark and a claim to fill in for each of these functions.")
    @Under(Section.MEASUREMENT)
    List<String> functions = new ArrayList<>();

    @Option(
            names = "--check",
            description =
                    "Write nothing: boot each row of the table in DIR once, and say which fails and which claims no row decides.")
    @Under(Section.MEASUREMENT)
    boolean check;

    NewCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws LabException, InterruptedException {
        ForeignCode code = code();
        if (check) {
            return check(code);
        }
        Machine chosen =
                asked().isPresent() ? asked().get() : code.machine().orElse(Machine.MICROVM);
        NewKernel.Written written =
                new NewKernel(folder, chosen, Installation.places(), code).write();
        console.result(
                "%s has a kernel for %s.%s\n\nBuild it and decide its claims:\n\n    %s\n"
                        .formatted(
                                Places.shown(folder),
                                chosen.word(),
                                String.join(
                                        "",
                                        written.remarks().stream()
                                                .map(remark -> "\n  " + remark)
                                                .toList()),
                                String.join("\n    ", written.next())));
        return ExitStatus.OK;
    }

    private Optional<Machine> asked() throws LabException {
        if (machine != null && Machine.of(machine).isEmpty()) {
            throw LabException.wrongUse(
                    "unknown machine '%s', want: %s".formatted(machine, Machine.words()));
        }
        return Optional.ofNullable(machine).flatMap(Machine::of);
    }

    /** Rows that fail are a failure; a claim that no row decides is only named. */
    private int check(ForeignCode code) throws LabException, InterruptedException {
        if (!code.equals(ForeignCode.none())) {
            throw LabException.wrongUse("--check writes nothing: leave the options of code out");
        }
        KernelCheck.Checked checked =
                new KernelCheck(folder, asked(), Installation.places(), QemuLimits.DEFAULT).run();
        StringBuilder text = new StringBuilder();
        for (KernelCheck.Row row : checked.rows()) {
            text.append(
                    row.works()
                            ? "ok      %s: %s\n"
                                    .formatted(row.name(), Numbers.counted(row.points(), "point"))
                            : "failed  %s %s\n"
                                    .formatted(row.name(), String.join("; ", row.trouble())));
        }
        checked.unexercised()
                .forEach(claim -> text.append("NOT_EXERCISED  ").append(claim).append('\n'));
        console.result(text.toString());
        return checked.works() ? ExitStatus.OK : ExitStatus.TARGET;
    }

    private ForeignCode code() {
        List<String> flags = new ArrayList<>();
        includes.forEach(folder -> flags.add("-I" + folder));
        defines.forEach(macro -> flags.add("-D" + macro));
        return new ForeignCode(
                objects, sources, flags, Optional.ofNullable(commands), headers, functions);
    }
}
