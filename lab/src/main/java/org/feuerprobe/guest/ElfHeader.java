package org.feuerprobe.guest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Properties from an ELF file's header and notes (System V ABI, chapter 4).
 *
 * @param bits 32 or 64
 * @param machine processor, {@code e_machine}
 * @param relocatable whether it is an object file that was not linked
 * @param interpreted whether it is a program that an operating system's loader starts
 * @param pvh whether it names a PVH entry, to which QEMU's {@code microvm} jumps
 */
public record ElfHeader(
        int bits, int machine, long entry, boolean relocatable, boolean interpreted, boolean pvh) {
    static final int I386 = 3;
    static final int ARM = 40;
    static final int X86_64 = 62;
    static final int AARCH64 = 183;
    static final int RISCV = 243;

    private static final byte[] MAGIC = {0x7F, 'E', 'L', 'F'};
    private static final int SHORTEST = 64;
    private static final int CLASS = 4;
    private static final int ORDER = 5;
    private static final int TYPE = 16;
    private static final int MACHINE = 18;
    private static final int ENTRY = 24;
    private static final int RELOCATABLE = 1;
    private static final int INTERPRETER = 3;
    private static final int NOTE = 4;

    /** Owner in the note with the PVH entry, which follows 12 bytes of header. */
    private static final byte[] OWNER = {'X', 'e', 'n', 0};

    private static final int NOTE_HEADER = 12;
    private static final int PVH = 18;

    static boolean isElf(byte[] content) {
        return content.length >= SHORTEST && Arrays.equals(content, 0, 4, MAGIC, 0, 4);
    }

    /** Reads the header of a file; empty if it is no ELF file. */
    public static Optional<ElfHeader> read(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        return isElf(content) ? Optional.of(of(content)) : Optional.empty();
    }

    /** Reads the header of an ELF file. Tables that lie outside of the file count as empty. */
    static ElfHeader of(byte[] content) {
        boolean wide = content[CLASS] == 2;
        ByteBuffer file =
                ByteBuffer.wrap(content)
                        .order(
                                content[ORDER] == 2
                                        ? ByteOrder.BIG_ENDIAN
                                        : ByteOrder.LITTLE_ENDIAN);
        long table = wide ? file.getLong(32) : Integer.toUnsignedLong(file.getInt(28));
        int size = Short.toUnsignedInt(file.getShort(wide ? 54 : 42));
        int count = Short.toUnsignedInt(file.getShort(wide ? 56 : 44));
        boolean interpreted = false;
        boolean pvh = false;
        for (int i = 0; i < count; i++) {
            long at = table + (long) i * size;
            if (at < 0 || at > content.length - (wide ? 56 : 32)) {
                break;
            }
            int type = file.getInt((int) at);
            interpreted |= type == INTERPRETER;
            pvh |= type == NOTE && namesPvh(file, (int) at, wide);
        }
        return new ElfHeader(
                wide ? 64 : 32,
                Short.toUnsignedInt(file.getShort(MACHINE)),
                wide ? file.getLong(ENTRY) : Integer.toUnsignedLong(file.getInt(ENTRY)),
                file.getShort(TYPE) == RELOCATABLE,
                interpreted,
                pvh);
    }

    /** The processor's name, for a message. */
    String processor() {
        return switch (machine) {
            case I386 -> "x86";
            case X86_64 -> "x86-64";
            case ARM -> "Arm";
            case AARCH64 -> "AArch64";
            case RISCV -> "RISC-V";
            default -> "processor of ELF machine number " + machine;
        };
    }

    private static boolean namesPvh(ByteBuffer file, int header, boolean wide) {
        long at = wide ? file.getLong(header + 8) : Integer.toUnsignedLong(file.getInt(header + 4));
        long size =
                wide ? file.getLong(header + 32) : Integer.toUnsignedLong(file.getInt(header + 16));
        long end = at + size;
        while (at >= 0 && at + NOTE_HEADER + OWNER.length <= Math.min(end, file.limit())) {
            int here = (int) at;
            long name = Integer.toUnsignedLong(file.getInt(here));
            long value = Integer.toUnsignedLong(file.getInt(here + 4));
            if (name == OWNER.length
                    && file.getInt(here + 8) == PVH
                    && file.slice(here + NOTE_HEADER, OWNER.length)
                            .equals(ByteBuffer.wrap(OWNER))) {
                return true;
            }
            at += NOTE_HEADER + padded(name) + padded(value);
        }
        return false;
    }

    private static long padded(long size) {
        return (size + 3) & ~3L;
    }
}
