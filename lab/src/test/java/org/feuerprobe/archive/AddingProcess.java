package org.feuerprobe.archive;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Adds every folder of a folder to an archive. */
final class AddingProcess {
    private AddingProcess() {}

    public static void main(String[] arguments) throws Exception {
        try (Archive archive = Archives.open(arguments[0]);
                Stream<Path> folders = Files.list(Path.of(arguments[1]))) {
            for (Path folder : folders.sorted().toList()) {
                archive.add(folder);
            }
        }
    }
}
