package org.feuerprobe.kit;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** A type of C, as it is written in a declaration. */
sealed interface CType {
    /** Writes a declaration of {@code name} with this type; an empty name writes the type. */
    String declare(String name);

    /** The type {@code void}. */
    record Nothing() implements CType {
        @Override
        public String declare(String name) {
            return joined("void", name);
        }
    }

    /** A number. */
    record Scalar(String name, boolean whole) implements CType {
        @Override
        public String declare(String declared) {
            return joined(name, declared);
        }
    }

    /** A value that the function does not change ({@code const}). */
    record Constant(CType type) implements CType {
        @Override
        public String declare(String name) {
            return type instanceof Pointer || type instanceof Array
                    ? type.declare(name)
                    : "const " + type.declare(name);
        }
    }

    record Pointer(CType to) implements CType {
        @Override
        public String declare(String name) {
            return to.declare(
                    to instanceof Function || to instanceof Array ? "(*" + name + ")" : "*" + name);
        }
    }

    /** An array. Its length is empty if the declaration does not give it. */
    record Array(CType of, OptionalLong length) implements CType {
        @Override
        public String declare(String name) {
            return of.declare(name + (length.isPresent() ? "[" + length.getAsLong() + "]" : "[]"));
        }
    }

    record Function(CType returns, List<CType> takes, boolean more) implements CType {
        public Function {
            takes = List.copyOf(takes);
        }

        @Override
        public String declare(String name) {
            String all =
                    takes.stream().map(type -> type.declare("")).collect(Collectors.joining(", "));
            return returns.declare(
                    name + "(" + (all.isEmpty() ? "void" : all + (more ? ", ..." : "")) + ")");
        }
    }

    /**
     * A structure or union. Its members are looked up by its place, because it may contain a
     * pointer to itself.
     *
     * @param tag its own name or that of its {@code typedef}; empty if it is defined where it is
     *     used
     */
    record Compound(String keyword, Optional<String> tag, long place, long bytes, boolean complete)
            implements CType {
        @Override
        public String declare(String name) {
            return joined(keyword + " " + tag.orElse("unnamed_" + place), name);
        }
    }

    private static String joined(String type, String name) {
        return name.isEmpty() ? type : type + " " + name;
    }
}
