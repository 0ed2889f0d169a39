package org.feuerprobe.kit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Functions and types of one object, from its debug information. */
final class DebugInfo {
    /**
     * Limit on the nesting of types. It ends the compiler's own structure for {@code va_list}, and
     * types that refer to themselves.
     */
    private static final int DEEPEST = 64;

    /** Largest size of a number or pointer, in bytes. */
    private static final int LARGEST_SCALAR = 16;

    /**
     * A function's declaration.
     *
     * @param parameters names of the parameters
     */
    record Prototype(String name, CType.Function type, List<String> parameters) {
        Prototype {
            parameters = List.copyOf(parameters);
        }

        String text() {
            return type.declare(name);
        }
    }

    /**
     * A member of a structure.
     *
     * @param bits width of a bit field; empty for other members
     */
    record Member(String name, CType type, OptionalLong offset, OptionalLong bits) {}

    /**
     * An enumeration.
     *
     * @param constants names and values, in order
     */
    record Enumeration(Optional<String> tag, Map<String, Long> constants) {
        String text() {
            StringBuilder text = new StringBuilder("enum ");
            tag.ifPresent(name -> text.append(name).append(' '));
            text.append("{\n");
            constants.forEach((name, value) ->
                    text.append("    ").append(name).append(" = ").append(value).append(",\n"));
            return text.append("};\n").toString();
        }
    }

    /** Places of one object's structures differ from those of the next one by this much. */
    private static final int OBJECT_AT = 27;

    private final Map<Long, Die> dies;
    private final long object;

    private DebugInfo(Map<Long, Die> dies, long object) {
        this.dies = dies;
        this.object = object;
    }

    /** Reads the output of {@code readelf --debug-dump=info} for one object. */
    static DebugInfo of(String dump) {
        return of(dump, 0);
    }

    /** The same; structures of objects with different numbers have different places. */
    static DebugInfo of(String dump, int number) {
        return new DebugInfo(Die.read(dump), (long) number << OBJECT_AT);
    }

    /** The declaration of a function; empty if the object does not describe it. */
    Optional<Prototype> function(String name) {
        return dies.values().stream()
                .filter(die -> die.tag().equals("subprogram"))
                .filter(die -> die.name().filter(name::equals).isPresent())
                .max((a, b) ->
                        Integer.compare(
                                a.all("formal_parameter").size(), b.all("formal_parameter").size()))
                .map(die -> prototype(name, die));
    }

    /** The types of the variables that this object defines in a file's scope, by name. */
    Map<String, CType> variables() {
        Map<String, CType> types = new TreeMap<>();
        for (Die die : dies.values()) {
            OptionalLong declared = die.reference("specification");
            Die described =
                    declared.isPresent() ? dies.getOrDefault(declared.getAsLong(), die) : die;
            if (die.tag().equals("variable")
                    && die.attributes().getOrDefault("location", "").contains("DW_OP_addr")) {
                described.name().ifPresent(name -> types.put(name, type(described, 0)));
            }
        }
        return types;
    }

    /** The type names of the file's scope ({@code typedef}). */
    Map<String, CType> typeNames() {
        Map<String, CType> types = new TreeMap<>();
        scope("typedef")
                .forEach(die ->
                        die.name().ifPresent(name -> types.put(name, named(die, type(die, 0)))));
        return types;
    }

    /** The enumerations of the file's scope. One with a value that is not known is left out. */
    List<Enumeration> enumerations() {
        List<Enumeration> all = new ArrayList<>();
        for (Die die : scope("enumeration_type").toList()) {
            Map<String, Long> constants = new LinkedHashMap<>();
            for (Die constant : die.all("enumerator")) {
                constant.number("const_value")
                        .ifPresent(value -> constants.put(constant.name().orElse(""), value));
            }
            if (!constants.isEmpty() && constants.size() == die.all("enumerator").size()) {
                all.add(new Enumeration(die.name(), constants));
            }
        }
        return List.copyOf(all);
    }

    private Stream<Die> scope(String tag) {
        return dies.values().stream()
                .filter(die -> die.tag().equals("compile_unit"))
                .flatMap(unit -> unit.all(tag).stream());
    }

    /** The declaration of the function to which a variable of this name points. */
    Optional<Prototype> pointed(String variable, String function) {
        return dies.values().stream()
                .filter(die -> die.tag().equals("variable"))
                .filter(die -> die.name().filter(variable::equals).isPresent())
                .map(die -> type(die, 0))
                .filter(CType.Pointer.class::isInstance)
                .map(type -> ((CType.Pointer) type).to())
                .filter(CType.Function.class::isInstance)
                .map(type -> {
                    CType.Function its = (CType.Function) type;
                    return new Prototype(function, its, numbered(its.takes().size()));
                })
                .findFirst();
    }

    /**
     * Size in bytes of a variable that is defined elsewhere; empty if the object does not describe
     * it.
     */
    OptionalLong variable(String name) {
        return dies.values().stream()
                .filter(die -> die.tag().equals("variable"))
                .filter(die -> die.name().filter(name::equals).isPresent())
                .map(die -> bytes(type(die, 0)))
                .filter(OptionalLong::isPresent)
                .findFirst()
                .orElse(OptionalLong.empty());
    }

    private OptionalLong bytes(CType type) {
        return switch (type) {
            case CType.Compound compound ->
                    compound.complete() ? OptionalLong.of(compound.bytes()) : OptionalLong.empty();
            case CType.Constant(CType of) -> bytes(of);
            case CType.Array(CType of, OptionalLong length) -> {
                OptionalLong one = bytes(of);
                yield one.isPresent() && length.isPresent()
                        ? OptionalLong.of(one.getAsLong() * length.getAsLong())
                        : OptionalLong.empty();
            }
            case CType.Scalar _, CType.Pointer _ -> OptionalLong.of(LARGEST_SCALAR);
            case CType.Function _, CType.Nothing _ -> OptionalLong.empty();
        };
    }

    private Prototype prototype(String name, Die die) {
        List<String> names = new ArrayList<>();
        List<Die> parameters = die.all("formal_parameter");
        for (int i = 0; i < parameters.size(); i++) {
            names.add(parameters.get(i).name().orElse("argument" + (i + 1)));
        }
        return new Prototype(name, signature(die, 0), names);
    }

    private static List<String> numbered(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            names.add("argument" + i);
        }
        return names;
    }

    private CType.Function signature(Die die, int depth) {
        return new CType.Function(
                type(die, depth + 1),
                die.all("formal_parameter").stream()
                        .map(parameter -> type(parameter, depth + 1))
                        .toList(),
                !die.all("unspecified_parameters").isEmpty());
    }

    /** The type of an entry. */
    private CType type(Die die, int depth) {
        OptionalLong place = die.reference("type");
        Die type = place.isPresent() ? dies.get(place.getAsLong()) : null;
        if (type == null || depth > DEEPEST) {
            return new CType.Nothing();
        }
        return switch (type.tag()) {
            case "base_type" ->
                    new CType.Scalar(
                            type.name().orElse("int"),
                            !type.attributes().getOrDefault("encoding", "").contains("float"));
            case "enumeration_type" ->
                    new CType.Scalar(
                            type.number("byte_size").orElse(4) == 4 ? "unsigned int" : "long",
                            true);
            case "pointer_type" -> new CType.Pointer(type(type, depth + 1));
            case "const_type" -> new CType.Constant(type(type, depth + 1));
            case "typedef" -> named(type, type(type, depth + 1));
            case "array_type" -> array(type, depth);
            case "subroutine_type" -> signature(type, depth);
            case "structure_type" -> compound("struct", type, object + place.getAsLong());
            case "union_type" -> compound("union", type, object + place.getAsLong());
            default -> type(type, depth + 1); // volatile, restrict, atomic
        };
    }

    /** A structure without a name gets the name of its {@code typedef}. */
    private static CType named(Die typedef, CType type) {
        return type
                                instanceof
                                CType.Compound(
                                        String keyword,
                                        Optional<String> tag,
                                        long place,
                                        long bytes,
                                        boolean complete)
                        && tag.isEmpty()
                ? new CType.Compound(keyword, typedef.name(), place, bytes, complete)
                : type;
    }

    private static CType compound(String keyword, Die die, long place) {
        return new CType.Compound(
                keyword,
                die.name(),
                place,
                die.number("byte_size").orElse(0),
                !die.has("declaration"));
    }

    private CType array(Die die, int depth) {
        CType type = type(die, depth + 1);
        for (Die range : die.all("subrange_type").reversed()) {
            OptionalLong upper = range.number("upper_bound");
            OptionalLong count = range.number("count");
            type =
                    new CType.Array(
                            type,
                            upper.isPresent() ? OptionalLong.of(upper.getAsLong() + 1) : count);
        }
        return type;
    }

    /** The members of a structure, in order. */
    List<Member> members(CType.Compound compound) {
        Die die = dies.get(compound.place() - object);
        return die == null
                ? List.of()
                : die.all("member").stream()
                        .map(member ->
                                new Member(
                                        member.name().orElse(""),
                                        type(member, 0),
                                        member.number("data_member_location"),
                                        member.number("bit_size")))
                        .toList();
    }
}
