package org.feuerprobe.kit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.feuerprobe.harness.LabException;

/**
 * Writer of {@code types.h}: functions to measure, what else the code has, and the structures that
 * these need, from debug information. A structure behind a pointer in a structure is declared but
 * not defined. The compiler checks each size.
 */
final class TypesHeader {
    private static final Pattern UNNAMED = Pattern.compile("unnamed_\\d+");

    private Set<String> named = new TreeSet<>();
    private Map<String, String> defined = new LinkedHashMap<>();
    private Set<Long> begun = new LinkedHashSet<>();
    private Optional<String> clash = Optional.empty();
    private final List<String> functions = new ArrayList<>();
    private final Set<String> others = new TreeSet<>();
    private final Set<String> variables = new TreeSet<>();
    private final Set<String> names = new TreeSet<>();

    /** What {@link #names} declares: constants, enumerations and type names. */
    private final Set<String> known = new HashSet<>();

    /** Adds a function to measure, with the types that its caller needs. */
    void add(DebugInfo info, DebugInfo.Prototype prototype) throws LabException {
        functions.add(prototype.text() + ";\n");
        needed(info, prototype.type());
        if (clash.isPresent()) {
            throw LabException.wrongUse(
                    "--function %s: it takes %s, which is another structure in the file of an earlier --function: measure the two in different kernels"
                            .formatted(prototype.name(), clash.get()));
        }
    }

    /**
     * Adds another function of the code, unless its structures contradict those that are here.
     *
     * @return whether it was added
     */
    boolean offer(DebugInfo info, DebugInfo.Prototype prototype) {
        return offered(info, prototype.type(), prototype.text() + ";\n", others);
    }

    /**
     * Adds the type names and enumerations of a file, unless another file has the same names, or
     * their structures contradict those that are here.
     */
    void offerNames(DebugInfo info) {
        for (DebugInfo.Enumeration enumeration : info.enumerations()) {
            Set<String> its = new TreeSet<>(enumeration.constants().keySet());
            enumeration.tag().ifPresent(tag -> its.add("enum " + tag));
            if (its.stream().noneMatch(known::contains)) {
                known.addAll(its);
                names.add(enumeration.text());
            }
        }
        info.typeNames()
                .forEach((name, type) -> {
                    String text = "typedef " + type.declare(name) + ";\n";
                    if (!name.startsWith("__")
                            && !known.contains(name)
                            && offered(info, type, text, names)) {
                        known.add(name);
                    }
                });
    }

    /** Adds a variable of the code, unless its structures contradict those that are here. */
    void offer(DebugInfo info, String name, CType type) {
        boolean _ = offered(info, type, "extern " + type.declare(name) + ";\n", variables);
    }

    private boolean offered(DebugInfo info, CType type, String text, Set<String> into) {
        Set<String> oldNamed = new TreeSet<>(named);
        Map<String, String> oldDefined = new LinkedHashMap<>(defined);
        Set<Long> oldBegun = new LinkedHashSet<>(begun);
        needed(info, type);
        boolean fits = clash.isEmpty() && !text.contains("va_list");
        if (fits) {
            into.add(text);
        } else {
            named = oldNamed;
            defined = oldDefined;
            begun = oldBegun;
            clash = Optional.empty();
        }
        return fits;
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
        if (!compound.complete() || !begun.add(compound.place())) {
            return;
        }
        if (defined.containsKey(head)) {
            compare(info, compound);
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

    /** Two objects may have different structures of one name. */
    private void compare(DebugInfo info, CType.Compound compound) {
        TypesHeader other = new TypesHeader();
        other.define(info, compound);
        other.defined.forEach((head, text) -> {
            String here = defined.get(head);
            if (here != null && !comparable(here).equals(comparable(text))) {
                clash = Optional.of(head);
            }
        });
    }

    private static String comparable(String text) {
        return UNNAMED.matcher(text).replaceAll("unnamed");
    }

    /** The header with the functions to measure alone. */
    String measured() {
        return text(List.of(), functions, List.of(), List.of());
    }

    /** The header without type names and enumerations. */
    String withoutNames() {
        return text(List.of(), functions, others, variables);
    }

    String text() {
        return text(names, functions, others, variables);
    }

    private String text(
            Collection<String> namesOfTypes,
            Collection<String> measured,
            Collection<String> also,
            Collection<String> data) {
        return "/* The functions that bench.c measures, and what they take. Made by feuerprobe new. */\n"
                + "#ifndef TYPES_H\n#define TYPES_H\n\n"
                + String.join("", named)
                + "\n"
                + String.join("\n", defined.values())
                + "\n"
                + part(
                        "/* The code's own names of types, and its constants. Macros are not here. */",
                        namesOfTypes)
                + (namesOfTypes.isEmpty() ? "" : "\n")
                + String.join("", measured)
                + part("\n/* What else the code has: to prepare, to check and to undo. */", also)
                + part(
                        "\n/* Its variables. To use a static one, take the # from its line in foreign.mk. */",
                        data)
                + "\n#endif\n";
    }

    private static String part(String heading, Collection<String> lines) {
        return lines.isEmpty() ? "" : heading + "\n" + String.join("", lines);
    }
}
