package org.feuerprobe.guest;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A kernel image, or another program or recording that is measured.
 *
 * @param sha256 hash of the file in hexadecimal; empty for a device
 * @param build properties that its build wrote next to it: compiler, flags, variant; empty for a
 *     stranger's image
 */
public record KernelImage(Path file, String sha256, Map<String, String> build) {
    private static final long LARGEST = 256L << 20;

    /** The last two bytes of a disk's first sector, if a machine can start from it. */
    private static final int SIGNATURE = 510;

    /** How a machine starts an image. */
    public sealed interface Kind {
        /** What runs it, for a message. */
        String text();

        /** The machine loads a linked kernel. */
        record Elf(ElfHeader header) implements Kind {
            @Override
            public String text() {
                return "a %d-bit %s".formatted(header.bits(), header.processor());
            }
        }

        /** The image is a disk, with a boot loader of its own. */
        record Disk() implements Kind {
            @Override
            public String text() {
                return "a PC that boots from a disk";
            }
        }
    }

    /** Reads and checks an image; the message says what is wrong with it. */
    public static KernelImage read(Path file) throws IOException {
        byte[] content = content(file);
        if (!ElfHeader.isElf(content)) {
            throw new IOException(file + " is not an ELF image");
        }
        ElfHeader header = ElfHeader.of(content);
        if (header.bits() != 64) {
            throw new IOException(file + " is a 32-bit ELF image: want a 64-bit one");
        }
        requireLinked(file, header);
        return image(file, content);
    }

    /** The same, and refuses a program of this system, which no machine boots. */
    public static KernelImage readKernel(Path file) throws IOException {
        KernelImage image = read(file);
        requireKernel(file, ElfHeader.of(content(file)));
        return image;
    }

    /** Reads what any machine boots: a kernel for any processor, or a disk. */
    public static KernelImage readForeign(Path file) throws IOException {
        byte[] content = content(file);
        if (kind(file, content) instanceof Kind.Elf(ElfHeader header)) {
            requireLinked(file, header);
            requireKernel(file, header);
        }
        return image(file, content);
    }

    /** How a machine starts this image. */
    public Kind kind() throws IOException {
        return kind(file, content(file));
    }

    private static Kind kind(Path file, byte[] content) throws IOException {
        if (ElfHeader.isElf(content)) {
            return new Kind.Elf(ElfHeader.of(content));
        }
        if (content.length > SIGNATURE + 1
                && content[SIGNATURE] == 0x55
                && content[SIGNATURE + 1] == (byte) 0xAA) {
            return new Kind.Disk();
        }
        throw new IOException(file + " is neither an ELF image nor a disk that a PC boots");
    }

    private static void requireLinked(Path file, ElfHeader header) throws IOException {
        if (header.relocatable()) {
            throw new IOException(file + " is an object file: link it first");
        }
    }

    private static void requireKernel(Path file, ElfHeader header) throws IOException {
        if (header.interpreted()) {
            throw new IOException(
                    file
                            + " is a program for an operating system, not a kernel: name an image that QEMU boots, see docs/measure-your-kernel.md");
        }
    }

    private static KernelImage image(Path file, byte[] content) throws IOException {
        return new KernelImage(
                file, sha256(content), properties(file.resolveSibling("build.properties")));
    }

    private static byte[] content(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException(file + " is not a file");
        }
        if (Files.isRegularFile(file) && Files.size(file) > LARGEST) {
            throw new IOException(file + " is larger than 256 MiB: not a kernel image");
        }
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException("no kernel image at " + file, e);
        }
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

    /** Several images as one: its hash is that of their hashes. */
    public static KernelImage several(Path name, List<KernelImage> images) {
        String hashes = images.stream().map(KernelImage::sha256).collect(Collectors.joining("\n"));
        return new KernelImage(name, sha256(hashes.getBytes(StandardCharsets.US_ASCII)), Map.of());
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
