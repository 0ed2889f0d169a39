package org.feuerprobe.prove;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The general registers of x86-64: {@code %al}, {@code %ax} and {@code %eax} are parts of one. */
final class Registers {
    /** A register, and how many of its low bits a name means. */
    record Part(String whole, int bits) {}

    private static final Map<String, Part> PARTS = parts();

    private Registers() {}

    private static Map<String, Part> parts() {
        Map<String, Part> parts = new HashMap<>();
        for (String letter : new String[] {"a", "b", "c", "d"}) {
            String whole = "r" + letter + "x";
            parts.put("%" + whole, new Part(whole, 64));
            parts.put("%e" + letter + "x", new Part(whole, 32));
            parts.put("%" + letter + "x", new Part(whole, 16));
            parts.put("%" + letter + "l", new Part(whole, 8));
        }
        for (String name : new String[] {"si", "di", "bp", "sp"}) {
            String whole = "r" + name;
            parts.put("%" + whole, new Part(whole, 64));
            parts.put("%e" + name, new Part(whole, 32));
            parts.put("%" + name, new Part(whole, 16));
            parts.put("%" + name + "l", new Part(whole, 8));
        }
        for (int i = 8; i < 16; i++) {
            String whole = "r" + i;
            parts.put("%" + whole, new Part(whole, 64));
            parts.put("%" + whole + "d", new Part(whole, 32));
            parts.put("%" + whole + "w", new Part(whole, 16));
            parts.put("%" + whole + "b", new Part(whole, 8));
        }
        return parts;
    }

    /** The register that an operand is; empty for memory, numbers and {@code %ah}. */
    static Optional<Part> of(String operand) {
        return Optional.ofNullable(PARTS.get(operand));
    }

    /** Whether a called function may change it. */
    static boolean survivesCall(String whole) {
        return whole.matches("rbx|rbp|rsp|r1[2-5]");
    }
}
