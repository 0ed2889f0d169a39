package org.feuerprobe.prove;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One machine instruction as objdump prints it in AT&amp;T syntax.
 *
 * @param next where the following instruction of the section begins
 * @param repeated whether it has a rep prefix and is a string instruction
 * @param place source file and line, empty where there is no debug information
 */
record Instruction(
        long address, long next, String mnemonic, String operands, boolean repeated, String place) {
    /** Where the processor goes from here. */
    enum Flow {
        NEXT,
        JUMP,
        BRANCH,
        CALL,
        /** Back to the caller, or to a less privileged program. */
        RETURN,
        /** Nowhere: the processor raises a fault that ends the program. */
        STOP,
        /** Into a program that is not part of this file. */
        LEAVE,
        /** These are no instructions. */
        BAD
    }

    private static final Set<String> PREFIXES =
            Set.of(
                    "rep",
                    "repz",
                    "repnz",
                    "repe",
                    "repne",
                    "lock",
                    "bnd",
                    "notrack",
                    "data16",
                    "addr32",
                    "cs",
                    "ds",
                    "es",
                    "ss",
                    "fs",
                    "gs",
                    "xacquire",
                    "xrelease");

    private static final Pattern STRING =
            Pattern.compile("(?:movs|stos|lods|cmps|scas|ins|outs)[bwlqd]?");
    private static final Pattern TARGET = Pattern.compile("^(?:\\*)?([0-9a-f]+)(?: <.*>)?$");
    private static final Set<String> LEAVING =
            Set.of(
                    "syscall",
                    "sysenter",
                    "int",
                    "into",
                    "vmcall",
                    "vmmcall",
                    "vmlaunch",
                    "vmresume");

    /** Reads the part of a line behind the address. */
    static Instruction parse(long address, long next, String text, String place) {
        String rest = text.replaceAll("\\s+#.*$", "").strip();
        boolean rep = false;
        String word = first(rest);
        while ((PREFIXES.contains(word) || word.startsWith("rex"))
                && word.length() < rest.length()) {
            rep |= word.startsWith("rep");
            rest = rest.substring(word.length()).strip();
            word = first(rest);
        }
        String operands = rest.substring(word.length()).strip();
        String bare = word.replaceAll(",p[nt]$", "");
        return new Instruction(
                address,
                next,
                bare,
                operands,
                rep && STRING.matcher(bare).matches() && !operands.contains("%xmm"),
                place);
    }

    private static String first(String text) {
        int space = text.indexOf(' ');
        return space < 0 ? text : text.substring(0, space);
    }

    Flow flow() {
        if (mnemonic.startsWith("(bad)") || mnemonic.startsWith(".")) {
            return Flow.BAD;
        }
        if (mnemonic.startsWith("jmp") || mnemonic.startsWith("ljmp")) {
            return Flow.JUMP;
        }
        if (mnemonic.startsWith("call") || mnemonic.startsWith("lcall")) {
            return Flow.CALL;
        }
        if (mnemonic.startsWith("j") || mnemonic.startsWith("loop") || mnemonic.equals("xbegin")) {
            return Flow.BRANCH;
        }
        if (mnemonic.matches("l?ret[lqw]?|iret[lqw]?|sysret[lq]?|sysexit[lq]?")) {
            return Flow.RETURN;
        }
        if (mnemonic.matches("ud[0-2][ab]?|int3")) {
            return Flow.STOP;
        }
        return LEAVING.contains(mnemonic) ? Flow.LEAVE : Flow.NEXT;
    }

    /** Whether it goes on with fewer rights, in a program that is not part of this file. */
    boolean unprivileges() {
        return mnemonic.startsWith("iret") || mnemonic.startsWith("sys");
    }

    /** Whether its target is read from a register or from memory. */
    boolean indirect() {
        return operands.startsWith("*");
    }

    /** The target of a direct jump or call. */
    OptionalLong target() {
        if (indirect()) {
            return OptionalLong.empty();
        }
        Matcher matcher = TARGET.matcher(operands);
        return matcher.matches()
                ? OptionalLong.of(Long.parseUnsignedLong(matcher.group(1), 16))
                : OptionalLong.empty();
    }

    /** The last operand, which is the one that is written, if there is any. */
    Optional<String> last() {
        int depth = 0;
        int from = 0;
        for (int i = 0; i < operands.length(); i++) {
            char c = operands.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                from = i + 1;
            }
        }
        return operands.isEmpty() ? Optional.empty() : Optional.of(operands.substring(from));
    }

    /** Everything before the last operand. */
    String firstOperand() {
        String last = last().orElse("");
        return last.length() == operands.length()
                ? ""
                : operands.substring(0, operands.length() - last.length() - 1);
    }
}
