package org.feuerprobe.prove;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.Places;

/**
 * What the source says at one point of the code ({@code probe/loopbound.h}).
 *
 * @param address of the instruction before which it stands
 * @param place source file and line of the macro
 * @param text a bound, names of functions, or a parameter's value
 */
record Note(long address, Kind kind, String place, String text) {
    private static final String SECTION = ".feuerprobe";

    /** The letter in the file is the first of the name. */
    enum Kind {
        /** Before a loop, with its bound. */
        ENTER,
        /** In each iteration of a loop that has an ENTER. */
        ITERATION,
        /** In each iteration of a loop, with its bound, where an ENTER would change the code. */
        ONLY,
        /** Before an indirect call: the functions that it may call. */
        CALLS,
        /** Before a repeated string instruction: how often it repeats. */
        REPEAT,
        /** In a function: what a parameter of the functions that it calls is here. */
        LET
    }

    /** All notes of a file, in the order of the section. */
    static List<Note> read(ElfFile elf, Path file) throws LabException {
        List<Note> notes = new ArrayList<>();
        Optional<ByteBuffer> section = elf.section(SECTION);
        if (section.isEmpty()) {
            return notes;
        }
        ByteBuffer bytes = section.get();
        while (bytes.remaining() > Long.BYTES) {
            long address = bytes.getLong();
            String letter = text(bytes);
            Optional<Kind> kind = kind(letter);
            if (kind.isEmpty()) {
                throw LabException.wrongUse(
                        "%s: section %s has a note of kind '%s', which this version does not know: compile with its probe/loopbound.h"
                                .formatted(Places.shown(file), SECTION, letter));
            }
            notes.add(new Note(address, kind.get(), text(bytes), text(bytes)));
        }
        return notes;
    }

    private static Optional<Kind> kind(String letter) {
        for (Kind kind : Kind.values()) {
            if (letter.equals(kind.name().substring(0, 1))) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private static String text(ByteBuffer bytes) {
        int from = bytes.position();
        while (bytes.hasRemaining() && bytes.get(bytes.position()) != 0) {
            bytes.get();
        }
        byte[] text = new byte[bytes.position() - from];
        bytes.get(from, text);
        if (bytes.hasRemaining()) {
            bytes.get();
        }
        return new String(text, StandardCharsets.UTF_8);
    }
}
