package org.feuerprobe.prove;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.feuerprobe.bound.NearNames;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.Places;
import org.feuerprobe.testbed.ChildProcess;

/** A linked file, disassembled: its instructions, the names of its functions, and its notes. */
final class Program {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int MOST_BYTES = 1 << 30;
    private static final Pattern LINE = Pattern.compile("^\\s*([0-9a-f]+):\\s+(\\S.*)$");
    private static final Pattern PLACE =
            Pattern.compile("^(\\S.*:[0-9]+)(?: \\(discriminator \\d+\\))?$");

    private final ElfFile elf;
    private final Map<Long, Instruction> instructions;
    private final TreeMap<Long, List<String>> functions = new TreeMap<>();
    private final TreeMap<Long, List<String>> labels = new TreeMap<>();
    private final TreeMap<Long, List<Note>> notes = new TreeMap<>();

    private Program(ElfFile elf, Map<Long, Instruction> instructions, List<Note> notes) {
        this.elf = elf;
        this.instructions = instructions;
        for (ElfFile.Symbol symbol : elf.symbols()) {
            (symbol.function() ? functions : labels)
                    .computeIfAbsent(symbol.address(), _ -> new ArrayList<>())
                    .add(symbol.name());
        }
        notes.forEach(note ->
                this.notes.computeIfAbsent(note.address(), _ -> new ArrayList<>()).add(note));
    }

    /** Reads a file, and has objdump disassemble it. */
    static Program read(Path file) throws LabException, InterruptedException {
        ElfFile elf = ElfFile.read(file);
        List<Note> notes = Note.read(elf, file);
        List<String> command =
                List.of("objdump", "-d", "-l", "-w", "-z", "--no-show-raw-insn", file.toString());
        try {
            ChildProcess.Ended ended = ChildProcess.run(command, LONGEST, MOST_BYTES);
            if (!ended.well()) {
                throw LabException.targetFailed(
                        "objdump cannot disassemble %s: %s"
                                .formatted(Places.shown(file), ended.text().strip()));
            }
            return new Program(elf, parse(ended.text()), notes);
        } catch (IOException e) {
            throw LabException.targetFailed(
                    "prove needs objdump, which is not here; on Debian type: apt-get install binutils");
        }
    }

    private static Map<Long, Instruction> parse(String text) {
        Map<Long, Instruction> instructions = new HashMap<>();
        String place = "";
        long address = 0;
        String pending = "";
        String pendingPlace = "";
        for (String line : (Iterable<String>) text.lines()::iterator) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                long next = Long.parseUnsignedLong(matcher.group(1), 16);
                if (!pending.isEmpty()) {
                    instructions.put(
                            address, Instruction.parse(address, next, pending, pendingPlace));
                }
                address = next;
                pending = matcher.group(2);
                pendingPlace = place;
            } else {
                Matcher source = PLACE.matcher(line);
                if (source.matches()) {
                    place = source.group(1);
                } else if (line.endsWith(">:")) {
                    place = "";
                }
            }
        }
        if (!pending.isEmpty()) {
            instructions.put(address, Instruction.parse(address, -1, pending, pendingPlace));
        }
        return instructions;
    }

    ElfFile elf() {
        return elf;
    }

    Optional<Instruction> at(long address) {
        return Optional.ofNullable(instructions.get(address));
    }

    List<Note> notesAt(long address) {
        return notes.getOrDefault(address, List.of());
    }

    /** Whether a function other than a part of one begins here. */
    boolean isFunction(long address) {
        return functions.getOrDefault(address, List.of()).stream()
                .anyMatch(name -> !name.contains(".cold"));
    }

    /** The name of what begins here, or the function around it and the distance. */
    String name(long address) {
        List<String> here =
                functions.getOrDefault(address, labels.getOrDefault(address, List.of()));
        if (!here.isEmpty()) {
            return here.getFirst();
        }
        Map.Entry<Long, List<String>> before = functions.floorEntry(address);
        return before == null
                ? "0x" + Long.toHexString(address)
                : "%s+0x%x".formatted(before.getValue().getFirst(), address - before.getKey());
    }

    /** Where an instruction is, for a person: function, source line and address. */
    String place(long address) {
        Map.Entry<Long, List<String>> around = functions.floorEntry(address);
        String source = at(address).map(Instruction::place).orElse("");
        return "%s%s0x%x"
                .formatted(
                        around == null ? "" : around.getValue().getFirst() + ", ",
                        source.isEmpty() ? "" : shortened(source) + ", ",
                        address);
    }

    /** A source line without the folders of whoever compiled it. */
    static String shortened(String place) {
        int slash = place.lastIndexOf('/');
        return slash < 0 ? place : place.substring(slash + 1);
    }

    /** All functions, parts of functions excepted, one name an address. */
    SequencedSet<String> names() {
        SequencedSet<String> names = new LinkedHashSet<>();
        functions.forEach((address, own) -> {
            if (isFunction(address)) {
                names.add(named(address));
            }
        });
        return names;
    }

    /** A name that means this address and no other. */
    String named(long address) {
        String name = name(address);
        return addresses(name).size() > 1 ? "%s@0x%x".formatted(name, address) : name;
    }

    private SortedSet<Long> addresses(String name) {
        TreeSet<Long> found = new TreeSet<>();
        functions.forEach((address, own) -> {
            if (own.contains(name)) {
                found.add(address);
            }
        });
        if (found.isEmpty()) {
            labels.forEach((address, own) -> {
                if (own.contains(name)) {
                    found.add(address);
                }
            });
        }
        return found;
    }

    /** The address of a function that a user named. */
    long function(String name) throws LabException {
        int at = name.indexOf("@0x");
        SortedSet<Long> found = addresses(at < 0 ? name : name.substring(0, at));
        if (at >= 0) {
            found.removeIf(address -> !name.substring(at + 3).equals(Long.toHexString(address)));
        }
        if (found.size() == 1) {
            return found.first();
        }
        if (found.isEmpty()) {
            throw LabException.wrongUse(
                    "no function %s in this file%s".formatted(name, NearNames.hint(name, names())));
        }
        throw LabException.wrongUse(
                "%s is the name of %d functions: type one of %s"
                        .formatted(
                                name,
                                found.size(),
                                String.join(
                                        ", ",
                                        found.stream()
                                                .map(address -> "%s@0x%x".formatted(name, address))
                                                .toList())));
    }
}
