package org.feuerprobe.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.feuerprobe.harness.LabException;
import org.jspecify.annotations.Nullable;

/** Makes the archive for one program, as a command line names it. */
public final class ProgramArchive {
    private ProgramArchive() {}

    /**
     * Makes the archive.
     *
     * @param words the program and its arguments; the program is a path in {@code files}, else a
     *     file of this machine
     * @param files what the program finds under /; null for only itself
     * @param input what it reads on its standard input; null for nothing
     * @param variables its environment, NAME=value; if empty, only PATH
     */
    public static LinuxArchive of(
            List<String> words, @Nullable Path files, @Nullable Path input, List<String> variables)
            throws LabException, InterruptedException {
        LinuxArchive archive = new LinuxArchive();
        String program = words.getFirst();
        try {
            if (files != null) {
                if (!Files.isDirectory(files)) {
                    throw LabException.wrongUse("--files: no folder " + files);
                }
                archive.folder(files);
            }
            if (!archive.has(program)) {
                Path file = Path.of(program);
                if (!Files.isRegularFile(file)) {
                    throw LabException.wrongUse(
                            "no program %s%s"
                                    .formatted(
                                            program,
                                            files == null
                                                    ? ": name an x86-64 program of this machine"
                                                    : ", neither here nor in " + files));
                }
                program = "/" + file.getFileName();
                archive.program(program, file);
            }
            if (input != null) {
                archive.input(Files.readAllBytes(input));
            }
        } catch (IOException e) {
            throw LabException.wrongUse("the program's files cannot be read: " + e.getMessage());
        }
        List<String> command = new ArrayList<>(words);
        command.set(0, program);
        archive.command(command);
        if (variables.isEmpty()) {
            archive.variable("PATH=/usr/bin:/bin");
        }
        variables.forEach(archive::variable);
        return archive;
    }
}
