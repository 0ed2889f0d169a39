package org.feuerprobe.kit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writer of {@code types.h}: functions to measure, and the structures that they take, from debug
 * information. A structure behind a pointer in a structure is declared but not defined. The
 * compiler checks each size.
 */
final class TypesHeader {
    private final Set<String> named = new TreeSet<>();
    private final Map<String, String> defined = new LinkedHashMap<>();
    private final List<String> functions = new ArrayList<>();
    private final Set<String> begun = new LinkedHashSet<>();

    /** Adds a function, with the types that its caller needs. */
    void add(DebugInfo info, DebugInfo.Prototype prototype) {
        functions.add(prototype.text() + ";\n");
        needed(info, prototype.type().returns());
        prototype.type().takes().forEach(type -> needed(info, type));
    }

    private void needed(DebugInfo info, CType type) {
        CType here = type;
        while (here instanceof CType.Pointer || here instanceof CType.Constant) {
            here = here instanceof CType.Pointer(CType to) ? to : ((CType.Constant) here).type();
        }
        switch (here) {
            case CType.Function(CType returns, List<CType> takes, boolean _) -> {
                needed(info, returns);
                takes.forEach(taken -> needed(info, taken));
            }
            case CType.Compound _, CType.Array _ -> inside(info, here);
            case CType.Nothing _, CType.Scalar _, CType.Pointer _, CType.Constant _ -> {}
        }
    }

    /** Defines the structure of a member, and declares the one that it points to. */
    private void inside(DebugInfo info, CType type) {
        switch (type) {
            case CType.Compound compound -> define(info, compound);
            case CType.Array(CType of, var _) -> inside(info, of);
            case CType.Constant(CType of) -> inside(info, of);
            case CType.Pointer(CType to) -> name(to);
            case CType.Function _, CType.Nothing _, CType.Scalar _ -> {}
        }
    }

    private void name(CType type) {
        switch (type) {
            case CType.Compound compound -> named.add(compound.declare("") + ";\n");
            case CType.Array(CType of, var _) -> name(of);
            case CType.Constant(CType of) -> name(of);
            case CType.Pointer(CType to) -> name(to);
            case CType.Function(CType returns, List<CType> takes, boolean _) -> {
                name(returns);
                takes.forEach(this::name);
            }
            case CType.Nothing _, CType.Scalar _ -> {}
        }
    }

    private void define(DebugInfo info, CType.Compound compound) {
        String head = compound.declare("");
        named.add(head + ";\n");
        if (!compound.complete() || !begun.add(head)) {
            return;
        }
        StringBuilder text = new StringBuilder(head + " {\n");
        for (DebugInfo.Member member : info.members(compound)) {
            inside(info, member.type());
            String name =
                    member.name().isEmpty() && member.bits().isEmpty()
                            ? "unnamed_" + member.offset().orElse(0)
                            : member.name();
            text.append("    ").append(member.type().declare(name));
            member.bits().ifPresent(bits -> text.append(" : ").append(bits));
            text.append(";\n");
        }
        text.append(
                "};\n_Static_assert(sizeof(%s) == %d, \"%s\");\n"
                        .formatted(head, compound.bytes(), head));
        defined.put(head, text.toString());
    }

    String text() {
        return "/* The functions that bench.c measures, and what they take. Made by feuerprobe new. */\n"
                + "#ifndef TYPES_H\n#define TYPES_H\n\n"
                + String.join("", named)
                + "\n"
                + String.join("\n", defined.values())
                + "\n"
                + String.join("", functions)
                + "\n#endif\n";
    }
}
