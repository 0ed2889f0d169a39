package org.feuerprobe.kit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.feuerprobe.guest.ElfHeader;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.guest.Machine;
import org.feuerprobe.harness.LabException;

/**
 * Foreign code to measure, as the command line names it.
 *
 * @param objects object files and libraries
 * @param flags flags for all sources and headers, such as {@code -I…} and {@code -D…}
 * @param commands a {@code compile_commands.json} with further flags of the sources
 * @param headers headers that declare functions of code without debug information
 * @param functions names of the functions to measure
 */
public record ForeignCode(
        List<Path> objects,
        List<Path> sources,
        List<String> flags,
        Optional<Path> commands,
        List<String> headers,
        List<String> functions) {
    private static final String FOLDER = "-I";
    private static final String PLAIN = "[A-Za-z0-9_./+@,=-]+";

    public ForeignCode {
        objects = once(objects);
        sources = once(sources);
        flags = List.copyOf(flags);
        headers = headers.stream().distinct().toList();
        functions = functions.stream().distinct().toList();
    }

    /** The files without those that were named before. */
    private static List<Path> once(List<Path> files) {
        Set<Path> seen = new HashSet<>();
        return files.stream().filter(file -> seen.add(file.toAbsolutePath().normalize())).toList();
    }

    /** No foreign code: the kernel measures its own example. */
    public static ForeignCode none() {
        return new ForeignCode(
                List.of(), List.of(), List.of(), Optional.empty(), List.of(), List.of());
    }

    boolean isEmpty() {
        return objects.isEmpty() && sources.isEmpty();
    }

    /** Checks that the options fit together, and that the files exist. */
    void check(Machine machine) throws LabException {
        if (isEmpty() && !functions.isEmpty()) {
            throw LabException.wrongUse(
                    "--function %s: name the code that has it, with --objects or --sources"
                            .formatted(functions.getFirst()));
        }
        if (commands.isPresent() && sources.isEmpty()) {
            throw LabException.wrongUse(
                    "--compile-commands has the flags of sources: name those to compile with --sources");
        }
        for (String flag : flags) {
            if (flag.startsWith(FOLDER) && !Files.isDirectory(folder(flag))) {
                throw LabException.wrongUse("%s: there is no such folder".formatted(flag));
            }
        }
        for (Path file : objects) {
            Optional<ElfHeader> header = header(file);
            if (!library(file)
                    && !header.filter(ElfHeader::relocatable)
                            .map(elf -> machine.runs(new KernelImage.Kind.Elf(elf)))
                            .orElse(false)) {
                throw LabException.wrongUse(
                        "%s is %s: want an object file for %s, or a library *.a"
                                .formatted(
                                        file,
                                        header.map(ForeignCode::kind).orElse("no object file"),
                                        machine.word()));
            }
        }
        for (Path source : sources) {
            if (library(source) || header(source).isPresent()) {
                throw LabException.wrongUse(
                        "--sources %s: it is compiled already, so name it with --objects"
                                .formatted(source));
            }
            if (source.toString().endsWith(".h")) {
                throw LabException.wrongUse(
                        "--sources %s: it is a header, so name the C files that include it"
                                .formatted(source));
            }
        }
    }

    private static String kind(ElfHeader header) {
        return header.relocatable()
                ? "for " + new KernelImage.Kind.Elf(header).text()
                : "a program, which is linked already";
    }

    private static boolean library(Path file) {
        return file.toString().endsWith(".a");
    }

    private static void requireFile(Path file) throws LabException {
        if (Files.isDirectory(file)) {
            throw LabException.wrongUse(
                    "%s is a folder: name its files, such as %s"
                            .formatted(file, file.resolve("*.c")));
        }
        if (!Files.isRegularFile(file)) {
            throw LabException.wrongUse("no file " + file);
        }
    }

    private static Optional<ElfHeader> header(Path file) throws LabException {
        requireFile(file);
        try {
            return ElfHeader.read(file);
        } catch (IOException e) {
            throw FileTrouble.read(file, e);
        }
    }

    /** The machine of the first object; empty if there is no object. */
    public Optional<Machine> machine() throws LabException {
        for (Path file : objects) {
            if (!library(file)) {
                return header(file).flatMap(elf -> Machine.of(new KernelImage.Kind.Elf(elf)));
            }
        }
        return Optional.empty();
    }

    /** The files, with the names that they get in the kit. */
    List<ForeignFile> files() throws LabException {
        CompileCommands recorded = CompileCommands.read(commands);
        Set<String> names = new HashSet<>();
        List<ForeignFile> files = new ArrayList<>();
        for (Path source : sources) {
            List<String> all = new ArrayList<>(absolute(flags));
            all.addAll(recorded.flags(source));
            files.add(file(source, ".o", true, all, names));
        }
        for (Path object : objects) {
            files.add(file(object, library(object) ? ".a" : ".o", false, List.of(), names));
        }
        return List.copyOf(files);
    }

    private static ForeignFile file(
            Path path, String suffix, boolean source, List<String> flags, Collection<String> names)
            throws LabException {
        Path absolute = path.toAbsolutePath().normalize();
        if (!absolute.toString().matches(PLAIN)) {
            throw LabException.wrongUse(
                    "%s: make cannot take this path; move it to one of letters, digits and - _ . + @ , ="
                            .formatted(absolute));
        }
        String base = String.valueOf(absolute.getFileName()).replaceFirst("\\.[A-Za-z]+$", "");
        String name = base + suffix;
        for (int i = 2; !names.add(name); i++) {
            name = base + "-" + i + suffix;
        }
        return new ForeignFile(absolute, name, source, flags);
    }

    /** Makes the folders of {@code -I} absolute, so that they do not depend on where make runs. */
    static List<String> absolute(List<String> flags) {
        return flags.stream()
                .map(flag -> flag.startsWith(FOLDER) ? FOLDER + folder(flag) : flag)
                .toList();
    }

    private static Path folder(String flag) {
        return new File(flag.substring(FOLDER.length())).toPath().toAbsolutePath().normalize();
    }
}
