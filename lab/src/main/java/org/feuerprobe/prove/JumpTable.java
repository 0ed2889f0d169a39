package org.feuerprobe.prove;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The targets of an indirect jump or call through a table that the program cannot change. The
 * table's length is the check of the index before it; without such a check nothing is known.
 */
final class JumpTable {
    /** {@code *-0x7fee2e50(,%rdx,8)} */
    private static final Pattern ABSOLUTE =
            Pattern.compile("\\*(-?0x[0-9a-f]+)\\(,(%r[a-z0-9]+),8\\)");

    /** {@code (%rdx,%rax,4)} */
    private static final Pattern RELATIVE = Pattern.compile("\\((%r[a-z0-9]+),(%r[a-z0-9]+),4\\)");

    private static final Pattern RIP = Pattern.compile("(-?0x[0-9a-f]+)\\(%rip\\)");
    private static final Pattern FIXED = Pattern.compile("\\*(-?0x[0-9a-f]+)(\\(%rip\\))?");
    private static final Pattern COMPARED = Pattern.compile("\\$0x([0-9a-f]+)");

    /** Changes no register but its last operand, if that is one. */
    private static final Pattern PLAIN =
            Pattern.compile(
                    "mov[a-z]*|lea[a-z]*|add[a-z]?|sub[a-z]?|and[a-z]?|or[a-z]?|xor[a-z]?|sh[lr][a-z]?|sar[a-z]?"
                            + "|cmp[a-z]?|test[a-z]?|nop[a-z]*|set[a-z]+|cmov[a-z]+|inc[a-z]?|dec[a-z]?|neg[a-z]?|not[a-z]?|ro[lr][a-z]?|bswap");

    /** Change rax, rdx or both besides what they name, if they name one operand. */
    private static final Pattern WIDE =
            Pattern.compile("i?mul[a-z]?|i?div[a-z]?|cltq|cltd|cqto|cwtl");

    private static final Pattern READS_ONLY = Pattern.compile("cmp[a-z]?|test[a-z]?|nop[a-z]*");
    private static final Pattern KEEPS_FLAGS =
            Pattern.compile("mov[a-z]*|lea[a-z]*|nop[a-z]*|set[a-z]+|cmov[a-z]+|not[a-z]?");

    private static final int FURTHEST = 64;
    private static final int LONGEST = 4096;

    private final Program program;
    private final long entry;
    private final Function<Long, List<Instruction>> before;

    /**
     * @param entry of the function
     * @param before all instructions from which an address is reached
     */
    JumpTable(Program program, long entry, Function<Long, List<Instruction>> before) {
        this.program = program;
        this.entry = entry;
        this.before = before;
    }

    /** The targets; empty where they are not known. */
    Optional<List<Long>> targets(Instruction jump) {
        Matcher fixed = FIXED.matcher(jump.operands());
        if (fixed.matches()) {
            long address = number(fixed.group(1)) + (fixed.group(2) == null ? 0 : jump.next());
            return read(address, 1, 8, 0);
        }
        Matcher absolute = ABSOLUTE.matcher(jump.operands());
        if (absolute.matches()) {
            long table = number(absolute.group(1));
            return length(jump.address(), absolute.group(2))
                    .flatMap(entries -> read(table, entries, 8, 0));
        }
        return relative(jump);
    }

    /** {@code lea table(%rip),%rB; movslq (%rB,%rI,4),%rX; add %rB,%rX; jmp *%rX} */
    private Optional<List<Long>> relative(Instruction jump) {
        Optional<Instruction> sum = writer(jump.address(), jump.operands().substring(1));
        if (sum.isEmpty() || !sum.get().mnemonic().equals("add")) {
            return Optional.empty();
        }
        Optional<Instruction> load = writer(sum.get().address(), sum.get().last().orElse(""));
        if (load.isEmpty() || !load.get().mnemonic().equals("movslq")) {
            return Optional.empty();
        }
        Matcher entry = RELATIVE.matcher(load.get().firstOperand());
        if (!entry.matches() || !sum.get().firstOperand().equals(entry.group(1))) {
            return Optional.empty();
        }
        Optional<Instruction> base = writer(load.get().address(), entry.group(1));
        if (base.isEmpty() || !base.get().mnemonic().equals("lea")) {
            return Optional.empty();
        }
        Matcher rip = RIP.matcher(base.get().firstOperand());
        if (!rip.matches()) {
            return Optional.empty();
        }
        long table = number(rip.group(1)) + base.get().next();
        return length(load.get().address(), entry.group(2))
                .flatMap(entries -> read(table, entries, 4, table));
    }

    private Optional<List<Long>> read(long table, int entries, int size, long added) {
        List<Long> targets = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            OptionalLong value = program.elf().constant(table + (long) i * size, size);
            if (value.isEmpty() || program.at(value.getAsLong() + added).isEmpty()) {
                return Optional.empty();
            }
            if (!targets.contains(value.getAsLong() + added)) {
                targets.add(value.getAsLong() + added);
            }
        }
        return Optional.of(targets);
    }

    /** How many values the register can have at this address: 0 up to one less. */
    private Optional<Integer> length(long address, String register) {
        String whole = Registers.of(register).map(Registers.Part::whole).orElse("");
        int bits = 64;
        long at = address;
        for (int step = 0; step < FURTHEST; step++) {
            List<Instruction> from = before.apply(at);
            if (from.size() != 1 || at == entry) {
                return Optional.empty();
            }
            Instruction previous = from.getFirst();
            if (previous.flow() == Instruction.Flow.BRANCH) {
                Optional<Integer> checked = checked(previous, at, whole, bits);
                if (checked.isPresent()) {
                    return checked;
                }
            } else if (writes(previous, whole)) {
                Registers.Part target =
                        Registers.of(previous.last().orElse("")).orElse(new Registers.Part("", 0));
                Matcher mask = COMPARED.matcher(previous.firstOperand());
                if (previous.mnemonic().startsWith("and")
                        && mask.matches()
                        && target.bits() >= 32) {
                    return entries(Long.parseUnsignedLong(mask.group(1), 16), 1);
                }
                Optional<Registers.Part> source = Registers.of(previous.firstOperand());
                boolean copies =
                        previous.mnemonic().matches("movz[bw][lq]?|mov[lq]?")
                                && source.isPresent()
                                && target.bits() >= 32;
                if (!copies) {
                    return Optional.empty();
                }
                whole = source.orElseThrow().whole();
                bits = Math.min(bits, source.orElseThrow().bits());
            } else if (!passes(previous, whole)) {
                return Optional.empty();
            }
            at = previous.address();
        }
        return Optional.empty();
    }

    /** What a branch that was passed on the way to {@code to} says of the register. */
    private Optional<Integer> checked(Instruction branch, long to, String whole, int bits) {
        boolean taken = branch.target().orElse(-1) == to;
        if (taken && branch.next() == to) {
            return Optional.empty();
        }
        int more;
        switch (branch.mnemonic()) {
            case "ja", "jbe" -> more = branch.mnemonic().equals("jbe") == taken ? 1 : -1;
            case "jae", "jb" -> more = branch.mnemonic().equals("jb") == taken ? 0 : -1;
            default -> {
                return Optional.empty();
            }
        }
        if (more < 0) {
            return Optional.empty();
        }
        long at = branch.address();
        for (int step = 0; step < FURTHEST; step++) {
            List<Instruction> from = before.apply(at);
            if (from.size() != 1 || at == entry) {
                return Optional.empty();
            }
            Instruction previous = from.getFirst();
            Matcher limit = COMPARED.matcher(previous.firstOperand());
            Optional<Registers.Part> compared = Registers.of(previous.last().orElse(""));
            if (previous.mnemonic().startsWith("cmp")) {
                boolean same =
                        limit.matches()
                                && compared.isPresent()
                                && compared.get().whole().equals(whole)
                                && (compared.get().bits() >= bits
                                        || clearedAbove(
                                                previous.address(), whole, compared.get().bits()));
                return same
                        ? entries(Long.parseUnsignedLong(limit.group(1), 16), more)
                        : Optional.empty();
            }
            if (!KEEPS_FLAGS.matcher(previous.mnemonic()).matches() || writes(previous, whole)) {
                return Optional.empty();
            }
            at = previous.address();
        }
        return Optional.empty();
    }

    private static Optional<Integer> entries(long limit, int more) {
        return limit < 0 || limit + more > LONGEST || limit + more <= 0
                ? Optional.empty()
                : Optional.of((int) (limit + more));
    }

    /** Whether the bits of the register above these are zero, because of what wrote it. */
    private boolean clearedAbove(long address, String whole, int bits) {
        if (bits != 32) {
            return false;
        }
        Optional<Instruction> writer = writer(address, "%" + whole);
        return writer.flatMap(Instruction::last)
                .flatMap(Registers::of)
                .filter(part -> part.bits() == 32)
                .isPresent();
    }

    /** The one instruction that gave the register its value, whichever way led to the address. */
    private Optional<Instruction> writer(long address, String register) {
        Optional<Registers.Part> part = Registers.of(register);
        Set<Instruction> writers = new HashSet<>();
        Set<Long> seen = new HashSet<>();
        Deque<Long> open = new ArrayDeque<>(List.of(address));
        while (part.isPresent() && !open.isEmpty()) {
            long at = open.pop();
            List<Instruction> from = before.apply(at);
            if (from.isEmpty() || at == entry) {
                return Optional.empty(); // the caller gave it
            }
            for (Instruction previous : from) {
                if (writes(previous, part.get().whole())) {
                    writers.add(previous);
                } else if (!passes(previous, part.get().whole())) {
                    return Optional.empty();
                } else if (seen.add(previous.address())) {
                    open.add(previous.address());
                }
            }
        }
        return writers.size() == 1 ? writers.stream().findFirst() : Optional.empty();
    }

    private static boolean writes(Instruction instruction, String whole) {
        return instruction.flow() == Instruction.Flow.NEXT
                && PLAIN.matcher(instruction.mnemonic()).matches()
                && !READS_ONLY.matcher(instruction.mnemonic()).matches()
                && instruction
                        .last()
                        .flatMap(Registers::of)
                        .filter(part -> part.whole().equals(whole))
                        .isPresent();
    }

    /** Whether an instruction that does not write the register by name leaves it as it is. */
    private static boolean passes(Instruction instruction, String whole) {
        return switch (instruction.flow()) {
            case BRANCH ->
                    instruction.mnemonic().startsWith("j")
                            && !instruction.mnemonic().endsWith("cxz");
            case JUMP -> true;
            case CALL -> Registers.survivesCall(whole);
            case NEXT ->
                    !instruction.repeated()
                            && !instruction.operands().matches(".*%[abcd]h\\b.*")
                            && leaves(instruction, whole);
            case RETURN, STOP, LEAVE, BAD -> false;
        };
    }

    private static boolean leaves(Instruction instruction, String whole) {
        boolean named =
                instruction
                        .last()
                        .flatMap(Registers::of)
                        .filter(part -> part.whole().equals(whole))
                        .isPresent();
        if (WIDE.matcher(instruction.mnemonic()).matches()) {
            boolean several = !instruction.firstOperand().isEmpty();
            return several ? !named : !whole.matches("rax|rdx");
        }
        return PLAIN.matcher(instruction.mnemonic()).matches()
                || instruction.mnemonic().startsWith("push")
                || (instruction.mnemonic().startsWith("pop") && !named && !whole.equals("rsp"));
    }

    private static long number(String text) {
        return text.startsWith("-")
                ? -Long.parseUnsignedLong(text.substring(3), 16)
                : Long.parseUnsignedLong(text.substring(2), 16);
    }
}
