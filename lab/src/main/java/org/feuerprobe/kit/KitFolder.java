package org.feuerprobe.kit;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.feuerprobe.harness.LabException;

/** Files for a folder, of which either all or none are written. No file is overwritten. */
final class KitFolder {
    private final Path folder;
    private final Map<String, String> files = new LinkedHashMap<>();

    KitFolder(Path folder) {
        this.folder = folder;
    }

    /** Adds a file, with a path inside the folder. */
    void add(String file, String content) {
        if (files.put(file, content) != null) {
            throw new IllegalStateException(file + " is written twice");
        }
    }

    /** Throws if one of the added files exists already. */
    void requireRoom() throws LabException {
        for (String file : files.keySet()) {
            requireRoom(file);
        }
    }

    /** Throws if a file that will be added exists already. */
    void requireRoom(String file) throws LabException {
        if (Files.exists(folder.resolve(file), LinkOption.NOFOLLOW_LINKS)) {
            throw taken(folder.resolve(file));
        }
    }

    /** Writes all files. */
    void write() throws LabException {
        requireRoom();
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            try {
                Files.createDirectories(path.toAbsolutePath().getParent());
                Files.writeString(path, file.getValue(), StandardOpenOption.CREATE_NEW);
            } catch (FileAlreadyExistsException e) {
                throw taken(Path.of(e.getFile()));
            } catch (IOException e) {
                throw FileTrouble.write(path, e);
            }
        }
    }

    private static LabException taken(Path file) {
        return LabException.wrongUse(
                "%s exists already, and nothing is overwritten: name another folder"
                        .formatted(file));
    }
}
