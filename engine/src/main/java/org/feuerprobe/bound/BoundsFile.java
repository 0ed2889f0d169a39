package org.feuerprobe.bound;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A YAML file that declares bounds ({@code docs/bounds.md}). Reading is strict: an unknown, missing
 * or repeated key, a repeated identifier, and an unreadable claim are errors with file, line and
 * column.
 *
 * @param subject the kernel that the bounds are about
 * @param places where each bound is written, by its identifier
 * @param published for an operation, the published operations of other kernels that its author
 *     finds similar
 * @param proved for an operation, the function whose proved worst case limits it
 */
public record BoundsFile(
        String subject,
        List<Bound> bounds,
        Map<String, Written> places,
        Map<String, List<String>> published,
        Map<String, ProofTie> proved) {
    private static final int LARGEST = 1 << 20;

    public BoundsFile {
        bounds = List.copyOf(bounds);
        places = Map.copyOf(places);
        published = Map.copyOf(published);
        proved = Map.copyOf(proved);
    }

    /** A line and a column, both counted from 1. */
    public record Place(int line, int column) {
        /** The place as a prefix of a message, {@code file:line:column: }. */
        String in(String file) {
            return "%s:%d:%d: ".formatted(file, line, column);
        }
    }

    /** Places of a bound's operation, of its claim, and of the operation of each part. */
    public record Written(Place operation, Place claim, List<Place> parts) {
        public Written {
            parts = List.copyOf(parts);
        }
    }

    /** Places of one of the file's bounds. */
    Written written(Bound bound) {
        Written written = places.get(bound.id());
        if (written == null) {
            throw new IllegalArgumentException("no bound of this file: " + bound.id());
        }
        return written;
    }

    /** Reads a file, with claims in any unit. */
    public static BoundsFile read(Path file) throws BoundsFileException {
        return read(file, Set.of());
    }

    /** Reads a file with claims in these units; an empty set permits any unit. */
    public static BoundsFile read(Path file, Set<String> units) throws BoundsFileException {
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(LARGEST + 1);
        } catch (NoSuchFileException e) {
            throw new BoundsFileException(file.toString(), "no such file");
        } catch (IOException e) {
            throw new BoundsFileException(file.toString(), "cannot be read: " + e.getMessage());
        }
        if (content.length > LARGEST) {
            throw new BoundsFileException(
                    file.toString(), "larger than %d bytes".formatted(LARGEST));
        }
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
            return new BoundsReader(file.toString(), units).read(text);
        } catch (CharacterCodingException e) {
            throw new BoundsFileException(file.toString(), "not UTF-8 text");
        }
    }

    /** Parses text. {@code file} is its name for messages. */
    public static BoundsFile parse(String file, String text) throws BoundsFileException {
        return new BoundsReader(file, Set.of()).read(text);
    }
}
