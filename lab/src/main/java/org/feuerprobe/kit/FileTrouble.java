package org.feuerprobe.kit;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.feuerprobe.harness.LabException;

/** Why a file could not be read or written. Java's own message is often only the file's name. */
final class FileTrouble {
    private FileTrouble() {}

    static LabException read(Path file, IOException e) {
        return LabException.wrongUse("cannot read %s: %s".formatted(file, reason(e)));
    }

    static LabException write(Path file, IOException e) {
        return LabException.wrongUse("cannot write %s: %s".formatted(file, reason(e)));
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such file or folder";
            case AccessDeniedException _ -> "permission denied";
            case CharacterCodingException _ -> "it is not UTF-8 text";
            case FileSystemException file when file.getReason() != null -> file.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
