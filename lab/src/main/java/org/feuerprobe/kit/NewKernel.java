package org.feuerprobe.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.feuerprobe.guest.Machine;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.Places;

/**
 * Writer of a kernel that boots at once: start code, linker script, probe, and either one working
 * benchmark with its claim or the foreign code to measure.
 *
 * @param folder folder in which it is written
 */
public record NewKernel(Path folder, Machine machine, Places places, ForeignCode code) {
    private static final int LONGEST_NAME = 31;

    /** Headers of an operating system of which the kit has a small version. */
    static final List<String> HOSTED =
            List.of(
                    "assert.h",
                    "ctype.h",
                    "errno.h",
                    "inttypes.h",
                    "limits.h",
                    "math.h",
                    "stdio.h",
                    "stdlib.h",
                    "string.h",
                    "strings.h",
                    "sys/types.h",
                    "time.h");

    /**
     * Result of writing.
     *
     * @param remarks remarks on the foreign code
     * @param next commands to type next, one per line
     */
    public record Written(List<String> remarks, List<String> next) {
        public Written {
            remarks = List.copyOf(remarks);
            next = List.copyOf(next);
        }
    }

    /** Writes the folder. If something fails, nothing is written. */
    public Written write() throws LabException, InterruptedException {
        code.check(machine);
        KitFolder files = base(folder);
        if (code.isEmpty()) {
            files.add("bench.c", Template.named("bench.c").text());
            files.add("bounds.yaml", filled("bounds.yaml"));
            files.write();
            return new Written(List.of(), next());
        }
        for (String own : List.of("bench.c", "bounds.yaml", "foreign.mk", "stubs.c", "types.h")) {
            files.requireRoom(own);
        }
        files.requireRoom();
        Path scratch = scratch();
        try {
            List<String> remarks = foreign(files, scratch);
            files.write();
            return new Written(remarks, next());
        } finally {
            remove(scratch);
        }
    }

    /** Adds the files that depend on the foreign code, which is compiled in a scratch folder. */
    private List<String> foreign(KitFolder files, Path scratch)
            throws LabException, InterruptedException {
        List<String> remarks = new ArrayList<>();
        List<ForeignFile> foreign = code.files();
        ForeignMakefile makefile = new ForeignMakefile(foreign);
        Toolchain tools = Toolchain.of(machine);
        tools.requireCompiler(machine);
        KitFolder trial = base(scratch);
        trial.add("foreign.mk", makefile.rules());
        trial.write();
        ForeignAnalysis analysis = ForeignAnalysis.of(scratch, tools, code, foreign);
        LinkPlan plan = analysis.plan();
        TypesHeader types = new TypesHeader();
        List<Skeletons.Measured> functions = analysis.functions(types);
        files.add("foreign.mk", makefile.text(plan, Set.copyOf(code.functions())));
        files.add("stubs.c", analysis.stubs(plan.missing()));
        if (functions.isEmpty()) {
            files.add("bench.c", Template.named("bench.c").text());
            files.add("bounds.yaml", filled("bounds.yaml"));
        } else {
            List<DebugInfo.Prototype> all = new ArrayList<>(analysis.others(types, plan));
            functions.forEach(function -> all.add(function.prototype()));
            Skeletons skeletons = new Skeletons(functions, new Companions(all));
            files.add("bench.c", skeletons.bench());
            files.add("bounds.yaml", skeletons.bounds(name()));
            if (analysis.compiles(skeletons.bench(), types.text())) {
                files.add("types.h", types.text());
            } else if (analysis.compiles(skeletons.bench(), types.withoutNames())) {
                files.add("types.h", types.withoutNames());
                remarks.add(
                        "types.h has no typedefs and enumerations, because those of different files contradict each other");
            } else {
                files.add("types.h", types.measured());
                remarks.add(
                        "types.h declares the functions of --function only, because its declarations of the others do not compile");
            }
        }
        remarks.addAll(ForeignRemarks.of(plan, code.functions()));
        return remarks;
    }

    /** The files that do not depend on foreign code. */
    private KitFolder base(Path into) throws LabException {
        KitFolder files = new KitFolder(into);
        for (String file : List.of("Makefile", "kernel.ld")) {
            files.add(file, filled(file));
        }
        for (String file : List.of("kit.h", "kit.c", "shims.c")) {
            files.add(file, Template.named(file).text());
        }
        for (String file : HOSTED) {
            files.add("include/" + file, Template.named("hosted/" + file).text());
        }
        Toolchain tools = Toolchain.of(machine);
        files.add("start.S", Template.named(tools.start()).text());
        files.add("machine.c", Template.named(tools.devices()).text());
        files.add(".gitignore", Template.named("gitignore").text());
        try {
            for (String file : List.of("feuerprobe.h", "feuerprobe.c")) {
                files.add(file, Files.readString(places.serialProbe().resolve(file)));
            }
            CiFiles ci = new CiFiles(places.ci(), machine, folder);
            for (String file : CiFiles.NAMES) {
                files.add("ci/" + file, ci.text(file));
            }
        } catch (IOException e) {
            throw LabException.targetFailed("this Feuerprobe is incomplete: " + e.getMessage());
        }
        return files;
    }

    private String filled(String template) {
        Toolchain tools = Toolchain.of(machine);
        return Template.named(template)
                .filled(
                        Map.of(
                                "NAME", name(),
                                "MACHINE", machine.word(),
                                "CROSS", tools.prefix(),
                                "FLAGS", String.join(" ", tools.flags()),
                                "BASE", tools.base()));
    }

    private static Path scratch() throws LabException {
        try {
            return Files.createTempDirectory("feuerprobe-new");
        } catch (IOException e) {
            throw LabException.targetFailed("no temporary folder: " + e.getMessage());
        }
    }

    private static void remove(Path folder) throws LabException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw LabException.targetFailed(
                    "cannot remove %s: %s".formatted(folder, e.getMessage()));
        }
    }

    private List<String> next() {
        List<String> commands = new ArrayList<>();
        Toolchain tools = Toolchain.of(machine);
        String shown = Places.shown(folder);
        List<String> missing =
                machine.missing(places.emulator(), tools.compiler(), tools.debianPackage());
        if (!missing.isEmpty()) {
            commands.add("apt-get install -y make " + String.join(" ", missing));
        }
        commands.add("make -C " + shown);
        commands.add(
                "feuerprobe validate --target image --kernel %s/build/kernel.elf%s --bounds %s/bounds.yaml"
                        .formatted(
                                shown,
                                chosen(machine) ? "" : " --machine " + machine.word(),
                                shown));
        return List.copyOf(commands);
    }

    /** Whether an image of this kit implies the machine, so that no option is needed. */
    static boolean chosen(Machine machine) {
        return machine != Machine.PC && machine != Machine.Q35;
    }

    /** The folder's name, in the characters that a kernel's name may contain. */
    private String name() {
        Path last = folder.toAbsolutePath().normalize().getFileName();
        String name =
                (last == null ? "" : last.toString())
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9_.-]+", "-")
                        .replaceAll("^[^a-z0-9]+", "");
        return name.isEmpty() ? "kernel" : name.substring(0, Math.min(LONGEST_NAME, name.length()));
    }
}
