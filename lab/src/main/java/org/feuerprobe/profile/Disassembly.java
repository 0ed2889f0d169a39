package org.feuerprobe.profile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.probe.HarmlessText;

/** Machine code as {@code objdump} prints it. */
public final class Disassembly {
    private static final Pattern LINE = Pattern.compile(" *([0-9a-f]+):\t(.*)");
    private static final int HEXADECIMAL = 16;

    /**
     * An instruction.
     *
     * @param symbol the function that it lies in, as the linker placed it
     */
    public record Instruction(long address, String text, String symbol) {}

    private Disassembly() {}

    /** Every instruction of the functions that have these addresses, in the order of addresses. */
    public static List<Instruction> of(Symbols symbols, Collection<Long> addresses)
            throws LabException, InterruptedException {
        TreeSet<Long> left = new TreeSet<>(Long::compareUnsigned);
        left.addAll(addresses);
        List<Instruction> instructions = new ArrayList<>();
        while (!left.isEmpty()) {
            long address = left.removeFirst();
            Symbols.Range range = symbols.range(address).orElse(null);
            if (range == null) {
                continue;
            }
            while (!left.isEmpty() && Long.compareUnsigned(left.getFirst(), range.end()) < 0) {
                left.removeFirst();
            }
            read(range.file(), range, instructions);
        }
        return instructions;
    }

    private static void read(Path file, Symbols.Range range, List<Instruction> instructions)
            throws LabException, InterruptedException {
        String text =
                Symbols.run(
                        List.of(
                                "objdump",
                                "--disassemble",
                                "--no-show-raw-insn",
                                "--start-address=0x" + Long.toHexString(range.start()),
                                "--stop-address=0x" + Long.toHexString(range.end()),
                                file.toString()));
        for (String line : text.lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                instructions.add(
                        new Instruction(
                                Long.parseUnsignedLong(matcher.group(1), HEXADECIMAL),
                                HarmlessText.of(matcher.group(2).strip().replaceAll("[ \t]+", " ")),
                                range.symbol()));
            }
        }
    }
}
