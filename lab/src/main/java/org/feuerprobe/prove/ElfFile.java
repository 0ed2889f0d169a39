package org.feuerprobe.prove;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.Places;

/** Sections and symbols of a linked 64-bit ELF file for x86-64. */
final class ElfFile {
    private static final int HEADER = 64;
    private static final int X86_64 = 62;
    private static final int SYMTAB = 2;
    private static final int NOBITS = 8;
    private static final long WRITE = 1;
    private static final long ALLOC = 2;
    private static final long EXECUTE = 4;
    private static final int FUNCTION = 2;
    private static final int NO_TYPE = 0;

    /** A section; its bytes begin in the file at {@code offset}. */
    record Section(String name, int type, long flags, long address, long offset, long size) {
        boolean holds(long at) {
            return (flags & ALLOC) != 0 && at - address >= 0 && at - address < size;
        }

        boolean executable() {
            return (flags & EXECUTE) != 0;
        }
    }

    /** A name of code. */
    record Symbol(String name, long address, boolean function) {}

    private final ByteBuffer bytes;
    private final List<Section> sections = new ArrayList<>();
    private final List<Symbol> symbols = new ArrayList<>();

    private ElfFile(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    static ElfFile read(Path file) throws LabException {
        try {
            byte[] all = Files.readAllBytes(file);
            if (all.length < HEADER || all[0] != 0x7f || all[1] != 'E' || all[2] != 'L') {
                throw wrong(file, "no ELF file");
            }
            ElfFile elf = new ElfFile(ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN));
            if (all[4] != 2 || all[5] != 1 || elf.bytes.getShort(18) != X86_64) {
                throw wrong(file, "no 64-bit file for x86-64, the one processor that prove reads");
            }
            int type = elf.bytes.getShort(16);
            if (type != 2 && type != 3) {
                throw wrong(file, "not linked: give the program or kernel, not an object file");
            }
            elf.readSections();
            elf.readSymbols();
            if (elf.symbols.isEmpty()) {
                throw wrong(file, "it has no symbols: do not strip it");
            }
            return elf;
        } catch (IOException e) {
            throw wrong(file, "cannot be read: " + reason(e));
        } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
            throw wrong(file, "damaged: a table lies outside of the file");
        }
    }

    private static String reason(IOException e) {
        return e instanceof java.nio.file.NoSuchFileException
                ? "there is no such file"
                : String.valueOf(e.getMessage());
    }

    private static LabException wrong(Path file, String why) {
        return LabException.wrongUse("%s: %s".formatted(Places.shown(file), why));
    }

    private void readSections() {
        long table = bytes.getLong(40);
        int entry = bytes.getShort(58) & 0xffff;
        int count = bytes.getShort(60) & 0xffff;
        int names = bytes.getShort(62) & 0xffff;
        long nameTable = bytes.getLong(at(table + (long) names * entry + 24));
        for (int i = 0; i < count; i++) {
            int from = at(table + (long) i * entry);
            sections.add(
                    new Section(
                            text(nameTable + bytes.getInt(from)),
                            bytes.getInt(from + 4),
                            bytes.getLong(from + 8),
                            bytes.getLong(from + 16),
                            bytes.getLong(from + 24),
                            bytes.getLong(from + 32)));
        }
    }

    private void readSymbols() {
        for (int i = 0; i < sections.size(); i++) {
            Section section = sections.get(i);
            if (section.type() != SYMTAB || section.size() == 0) {
                continue;
            }
            long table = bytes.getLong(40) + (long) i * (bytes.getShort(58) & 0xffff);
            long names = sections.get(bytes.getInt(at(table + 40))).offset();
            for (long from = 0; from + 24 <= section.size(); from += 24) {
                int at = at(section.offset() + from);
                int kind = bytes.get(at + 4) & 0xf;
                long address = bytes.getLong(at + 8);
                boolean code = sections.stream().anyMatch(s -> s.executable() && s.holds(address));
                if (code && (kind == FUNCTION || kind == NO_TYPE) && bytes.getShort(at + 6) != 0) {
                    String name = text(names + bytes.getInt(at));
                    if (!name.isEmpty() && !name.startsWith("$") && !name.startsWith(".L")) {
                        symbols.add(new Symbol(name, address, kind == FUNCTION));
                    }
                }
            }
        }
    }

    private static int at(long offset) {
        if (offset < 0 || offset > Integer.MAX_VALUE) {
            throw new IndexOutOfBoundsException();
        }
        return (int) offset;
    }

    private String text(long from) {
        int start = at(from);
        int end = start;
        while (bytes.get(end) != 0) {
            end++;
        }
        byte[] text = new byte[end - start];
        bytes.get(start, text);
        return new String(text, StandardCharsets.UTF_8);
    }

    List<Symbol> symbols() {
        return symbols;
    }

    /** Bytes of a section; empty if there is none of that name. */
    Optional<ByteBuffer> section(String name) {
        return sections.stream()
                .filter(section -> section.name().equals(name) && section.type() != NOBITS)
                .findFirst()
                .map(section ->
                        bytes.slice(at(section.offset()), at(section.size()))
                                .order(ByteOrder.LITTLE_ENDIAN));
    }

    /** The value in memory that the program cannot change; empty where it could, or is none. */
    OptionalLong constant(long address, int size) {
        for (Section section : sections) {
            if (section.holds(address)) {
                boolean fixed =
                        (section.flags() & WRITE) == 0
                                && section.type() != NOBITS
                                && section.size() - (address - section.address()) >= size;
                int at = fixed ? at(section.offset() + address - section.address()) : 0;
                return fixed
                        ? OptionalLong.of(size == 8 ? bytes.getLong(at) : bytes.getInt(at))
                        : OptionalLong.empty();
            }
        }
        return OptionalLong.empty();
    }
}
