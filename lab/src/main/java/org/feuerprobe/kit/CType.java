package org.feuerprobe.kit;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** A type of C, without the names that its programmer gave to others. */
sealed interface CType {
    /** Writes a declaration of {@code name} with this type; an empty name writes the type. */
    String declare(String name);

    /** No value. */
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

    /** A value that this function does not change. */
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

    /** An array; of no length where only its user knows it. */
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
     * @param tag its name, or that of its {@code typedef}; empty: it is written where it is used
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
