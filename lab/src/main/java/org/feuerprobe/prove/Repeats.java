package org.feuerprobe.prove;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often a string instruction with a rep prefix repeats: a number that the same block loads into
 * the counter, or what a note says. QEMU counts one instruction for each iteration, and one more
 * for finding the counter at zero.
 */
final class Repeats {
    private static final Pattern NUMBER = Pattern.compile("\\$0x([0-9a-f]+)");

    private final Program program;

    Repeats(Program program) {
        this.program = program;
    }

    /** What instructions of the block cost beyond one each; empty where it is not known. */
    Optional<Polynomial> beyond(Block block) throws SizeReader.BadBoundException {
        Polynomial sum = Polynomial.ZERO;
        List<Instruction> instructions = block.instructions();
        for (int i = 0; i < instructions.size(); i++) {
            if (instructions.get(i).repeated()) {
                Optional<Polynomial> count = loaded(instructions, i);
                if (count.isEmpty()) {
                    count = noted(instructions, i);
                }
                if (count.isEmpty()) {
                    return Optional.empty();
                }
                sum = sum.plus(count.get());
            }
        }
        return Optional.of(sum);
    }

    private static Optional<Polynomial> loaded(List<Instruction> instructions, int repeated) {
        for (int i = repeated - 1; i >= 0; i--) {
            Instruction before = instructions.get(i);
            Optional<Registers.Part> written = before.last().flatMap(Registers::of);
            if (written.isPresent() && written.get().whole().equals("rcx")) {
                Matcher number = NUMBER.matcher(before.firstOperand());
                return before.mnemonic().matches("mov[lq]?")
                                && written.get().bits() >= 32
                                && number.matches()
                        ? Optional.of(Polynomial.of(Long.parseUnsignedLong(number.group(1), 16)))
                        : Optional.empty();
            }
            if (before.repeated()
                    || before.operands().contains("%ch")
                    || !before.mnemonic()
                            .matches(
                                    "(mov|lea|xor|add|sub|and|or|test|cmp|push|nop|sh[lr]|cld).*")) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Optional<Polynomial> noted(List<Instruction> instructions, int repeated)
            throws SizeReader.BadBoundException {
        for (int i = repeated; i >= 0; i--) {
            for (Note note : program.notesAt(instructions.get(i).address())) {
                if (note.kind() == Note.Kind.REPEAT) {
                    return Optional.of(SizeReader.read(note.text()));
                }
            }
            if (i < repeated && instructions.get(i).repeated()) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
