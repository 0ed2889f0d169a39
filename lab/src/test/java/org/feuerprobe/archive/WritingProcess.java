package org.feuerprobe.archive;

import java.nio.file.Path;

/** Writes campaigns without end, by turns into an archive's folder and through the archive. */
final class WritingProcess {
    private WritingProcess() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int number = Integer.parseInt(arguments[1]);
        try (Archive archive = Archives.open(folder.toString())) {
            System.out.println("ready");
            while (true) {
                Folders.write(folder.resolve("run" + number), number);
                number++;
                Path outside = folder.resolveSibling("outside/run" + number);
                archive.add(Folders.write(outside, number));
                ResultsFolder.delete(outside);
                number++;
            }
        }
    }
}
