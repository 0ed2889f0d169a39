package org.feuerprobe.guest;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * A kernel image, or another program or recording that is measured.
 *
 * @param sha256 hash of the file in hexadecimal; empty for a device
 * @param build properties that its build wrote next to it: compiler, flags, variant; empty for a
 *     stranger's image
 */
public record KernelImage(Path file, String sha256, Map<String, String> build) {
    private static final byte[] ELF = {0x7F, 'E', 'L', 'F'};
    private static final int ELF_CLASS_64 = 2;

    /** Offsets of the class and the type in the header. */
    private static final int CLASS = 4;

    private static final int TYPE = 16;
    private static final int RELOCATABLE = 1;
    private static final long LARGEST = 256L << 20;

    /** Offsets of the program headers' place, size and number. */
    private static final int HEADERS = 32;

    private static final int HEADER_SIZE = 54;
    private static final int HEADER_COUNT = 56;
    private static final int LOADER = 3;

    /** Reads and checks an image; the message says what is wrong with it. */
    public static KernelImage read(Path file) throws IOException {
        byte[] content;
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException(file + " is not a file");
        }
        if (Files.isRegularFile(file) && Files.size(file) > LARGEST) {
            throw new IOException(file + " is larger than 256 MiB: not a kernel image");
        }
        try {
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException("no kernel image at " + file, e);
        }
        if (content.length < 64 || !Arrays.equals(content, 0, 4, ELF, 0, 4)) {
            throw new IOException(file + " is not an ELF image");
        }
        if (content[CLASS] != ELF_CLASS_64) {
            throw new IOException(file + " is a 32-bit ELF image: want a 64-bit one");
        }
        if (content[TYPE] == RELOCATABLE) {
            throw new IOException(file + " is an object file: link it first");
        }
        return new KernelImage(
                file, sha256(content), properties(file.resolveSibling("build.properties")));
    }

    /** The same, and refuses a program of this system, which no machine boots. */
    public static KernelImage readKernel(Path file) throws IOException {
        KernelImage image = read(file);
        ByteBuffer elf = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        long headers = elf.getLong(HEADERS);
        int size = Short.toUnsignedInt(elf.getShort(HEADER_SIZE));
        int count = Short.toUnsignedInt(elf.getShort(HEADER_COUNT));
        for (int i = 0; i < count; i++) {
            long at = headers + (long) i * size;
            if (at >= 0 && at <= elf.limit() - 4 && elf.getInt((int) at) == LOADER) {
                throw new IOException(
                        file
                                + " is a program for an operating system, not a kernel: name an image that QEMU boots, see docs/measure-your-kernel.md");
            }
        }
        return image;
    }

    /**
     * The same image with the commit that it was built from; unchanged if {@code commit} is empty.
     */
    public KernelImage of(String commit) {
        Map<String, String> more = new TreeMap<>(build);
        if (!commit.isEmpty()) {
            more.put("commit", commit);
        }
        return new KernelImage(file, sha256, more);
    }

    /** A recording of a kernel's output, or a device. A device has no content to hash. */
    public static KernelImage recorded(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException("no file or device " + file);
        }
        boolean device = !Files.isRegularFile(file);
        return new KernelImage(file, device ? "" : sha256(Files.readAllBytes(file)), Map.of());
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Map<String, String> properties(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Map.of();
        }
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(file)));
        } catch (CharacterCodingException | IllegalArgumentException e) {
            return Map.of(); // another program's file with the same name
        }
        Map<String, String> sorted = new TreeMap<>();
        properties.forEach((key, value) -> sorted.put((String) key, (String) value));
        return sorted;
    }
}
