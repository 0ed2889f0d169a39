package org.feuerprobe.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The seal of a results folder, which proves that the folder is complete and unchanged. Its file
 * {@value #NAME} is written last. It contains the SHA-256 of every file that cannot be made again
 * from others, and finally its own. {@code sha256sum -c seal} reads it too.
 *
 * @param files name and SHA-256, in the order of writing
 */
public record Seal(SequencedMap<String, String> files) {
    public static final String NAME = "seal";
    private static final String FIRST = "# feuerprobe seal 1";
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  ([A-Za-z0-9._/-]+)");
    private static final Pattern LAST = Pattern.compile("# ([0-9a-f]{64})");
    private static final long LARGEST = 1 << 20;

    public Seal {
        files = new LinkedHashMap<>(files);
    }

    /** Whether a folder has a seal. A folder without one has format 1 or is incomplete. */
    public static boolean exists(Path folder) {
        return Files.exists(folder.resolve(NAME));
    }

    /** The text of the seal's file. */
    public String text() {
        String lines = lines();
        return lines + "# " + own(lines) + "\n";
    }

    private String lines() {
        StringBuilder text = new StringBuilder(FIRST).append('\n');
        files.forEach((name, sum) -> text.append(sum).append("  ").append(name).append('\n'));
        return text.toString();
    }

    /** A hash over the sealed content of the folder, which only equal content shares. */
    public String hash() {
        return own(text());
    }

    /**
     * A hash over counts and verdicts only. The manifest has no part in it, because it names the
     * machine, the time and the command.
     */
    public String hashOfCounts() {
        SequencedMap<String, String> counts = new LinkedHashMap<>(files);
        counts.keySet().removeIf(name -> name.endsWith("manifest.json"));
        return own(new Seal(counts).lines());
    }

    private static String own(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Reads a folder's seal and checks the seal's own checksum. */
    public static Seal read(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (Files.exists(file) && Files.size(file) > LARGEST) {
            throw new BlockFormatException(file + ": is not a seal of feuerprobe");
        }
        try {
            return parse(file, PlainFile.text(file));
        } catch (MalformedInputException e) {
            throw new BlockFormatException(file + ": is damaged: not text");
        }
    }

    private static Seal parse(Path file, String text) throws BlockFormatException {
        SequencedMap<String, String> files = new LinkedHashMap<>();
        String[] lines = text.split("\n", -1);
        if (!lines[0].equals(FIRST)) {
            throw new BlockFormatException(
                    file + ":1: want '" + FIRST + "': damaged, or of a newer version");
        }
        for (int i = 1; i < lines.length - 2; i++) {
            Matcher line = LINE.matcher(lines[i]);
            if (!line.matches() || line.group(2).contains("..") || line.group(2).startsWith("/")) {
                throw new BlockFormatException("%s:%d: is damaged".formatted(file, i + 1));
            }
            files.put(line.group(2), line.group(1));
        }
        Seal seal = new Seal(files);
        if (lines.length < 3
                || !LAST.matcher(lines[lines.length - 2]).matches()
                || !seal.text().equals(text)) {
            throw new BlockFormatException(file + ": its own checksum is wrong: damaged or cut");
        }
        return seal;
    }

    /**
     * Checks that every file exists and has its SHA-256; the message names the first file that
     * fails.
     */
    public void check(Path folder) throws IOException {
        for (Map.Entry<String, String> entry : files.entrySet()) {
            check(folder, entry.getKey());
        }
    }

    /** Checks one file. */
    public void check(Path folder, String name) throws IOException {
        String sum = files.get(name);
        if (sum == null) {
            throw new BlockFormatException(folder.resolve(NAME) + ": does not list " + name);
        }
        Path file = folder.resolve(name);
        try {
            if (!sum(file).equals(sum)) {
                throw new BlockFormatException(
                        file
                                + ": has changed since it was written: its SHA-256 differs from the seal's");
            }
        } catch (NoSuchFileException e) {
            throw new BlockFormatException(file + ": is missing, but the seal lists it");
        }
    }

    /** SHA-256 of a file, in hexadecimal. */
    static String sum(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(PlainFile.open(file), digest)) {
            byte[] buffer = new byte[1 << 16];
            while (in.read(buffer) >= 0) {
                // the stream updates the digest
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
