package org.feuerprobe.kit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Functions of the code that may undo what a measured function did, or check it. */
final class Companions {
    /** The most names in a comment. */
    private static final int MOST = 8;

    /** A shorter word must be a whole part of a name, because others contain it by chance. */
    private static final int LONG = 4;

    /** Words of names, each followed by words of names that undo it. */
    private static final List<List<String>> PAIRS =
            List.of(
                    List.of("malloc", "free"),
                    List.of("calloc", "free"),
                    List.of("alloc", "free", "dealloc", "release", "remove"),
                    List.of("free", "alloc", "malloc"),
                    List.of("create", "destroy", "delete", "free"),
                    List.of("destroy", "create", "init"),
                    List.of("init", "destroy", "fini", "free", "deinit"),
                    List.of("new", "free", "delete", "destroy"),
                    List.of("insert", "remove", "delete", "erase"),
                    List.of("remove", "insert", "add"),
                    List.of("erase", "insert"),
                    List.of("delete", "insert", "add", "set", "create"),
                    List.of("add", "remove", "del", "delete", "sub"),
                    List.of("del", "add"),
                    List.of("append", "remove", "pop"),
                    List.of("push", "pop"),
                    List.of("pop", "push"),
                    List.of("enqueue", "dequeue"),
                    List.of("dequeue", "enqueue"),
                    List.of("put", "get", "del", "remove"),
                    List.of("set", "unset", "delete", "del", "remove", "clear"),
                    List.of("lock", "unlock"),
                    List.of("unlock", "lock"),
                    List.of("acquire", "release"),
                    List.of("release", "acquire"),
                    List.of("open", "close"),
                    List.of("close", "open"),
                    List.of("map", "unmap"),
                    List.of("unmap", "map"),
                    List.of("register", "unregister"),
                    List.of("attach", "detach"),
                    List.of("link", "unlink"),
                    List.of("start", "stop"),
                    List.of("enable", "disable"),
                    List.of("send", "recv", "receive"),
                    List.of("write", "read"),
                    List.of("grant", "revoke"),
                    List.of("reserve", "release", "unreserve"),
                    List.of("ref", "unref"),
                    List.of("get", "put", "release"));

    private final Map<String, DebugInfo.Prototype> others = new TreeMap<>();

    Companions(Collection<DebugInfo.Prototype> others) {
        others.forEach(other -> this.others.put(other.name(), other));
    }

    /**
     * A call that probably undoes a function, by the two names; empty if the code has no such
     * function.
     *
     * @param arguments the arguments that the function is called with
     */
    Optional<String> undoing(DebugInfo.Prototype function, List<String> arguments) {
        for (List<String> pair : PAIRS) {
            for (String opposite : pair.subList(1, pair.size())) {
                for (String name : renamed(function.name(), pair.getFirst(), opposite)) {
                    DebugInfo.Prototype found = others.get(name);
                    if (found != null) {
                        return Optional.of(call(found, function, arguments));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** The name with one word for the other, in each way of writing words. */
    private static Set<String> renamed(String name, String from, String to) {
        Set<String> names = new LinkedHashSet<>();
        String capital = capital(from);
        for (int at = name.indexOf(from); at >= 0; at = name.indexOf(from, at + 1)) {
            boolean whole =
                    (at == 0 || name.charAt(at - 1) == '_')
                            && (at + from.length() == name.length()
                                    || name.charAt(at + from.length()) == '_'
                                    || Character.isUpperCase(name.charAt(at + from.length())));
            if (whole || from.length() >= LONG) {
                names.add(name.substring(0, at) + to + name.substring(at + from.length()));
            }
        }
        int at = name.indexOf(capital);
        if (at >= 0) {
            names.add(name.substring(0, at) + capital(to) + name.substring(at + from.length()));
        }
        names.remove(name);
        return names;
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static String call(
            DebugInfo.Prototype undo, DebugInfo.Prototype function, List<String> arguments) {
        List<String> given = new ArrayList<>();
        List<CType> takes = undo.type().takes();
        for (int i = 0; i < takes.size(); i++) {
            given.add(argument(undo.parameters().get(i), takes.get(i), function, arguments));
        }
        return undo.name() + "(" + String.join(", ", given) + ");";
    }

    /** What the function got under this name, what it returned, or what it got of this type. */
    private static String argument(
            String name, CType type, DebugInfo.Prototype function, List<String> arguments) {
        String wanted = bare(type);
        List<CType> takes = function.type().takes();
        for (int i = 0; i < takes.size(); i++) {
            if (function.parameters().get(i).equals(name) && bare(takes.get(i)).equals(wanted)) {
                return arguments.get(i);
            }
        }
        CType returned = function.type().returns();
        boolean pointers = type instanceof CType.Pointer && returned instanceof CType.Pointer;
        if (bare(returned).equals(wanted) || (pointers && wanted.equals("void *"))) {
            return "result";
        }
        for (int i = 0; i < takes.size(); i++) {
            if (bare(takes.get(i)).equals(wanted)) {
                return arguments.get(i);
            }
        }
        return "0";
    }

    private static String bare(CType type) {
        return type.declare("").replace("const ", "");
    }

    /**
     * Names of functions that take or return a structure of this function; the first few. Those
     * that return one come first, because they may create it.
     */
    List<String> related(DebugInfo.Prototype function) {
        Set<String> own = structures(function.type());
        return others.values().stream()
                .filter(other -> !other.name().equals(function.name()))
                .filter(other -> structures(other.type()).stream().anyMatch(own::contains))
                .sorted(
                        Comparator.comparing(other ->
                                structures(other.type().returns()).stream()
                                        .noneMatch(own::contains)))
                .map(DebugInfo.Prototype::name)
                .limit(MOST)
                .toList();
    }

    private static Set<String> structures(CType.Function type) {
        Set<String> names = new LinkedHashSet<>(structures(type.returns()));
        type.takes().forEach(taken -> names.addAll(structures(taken)));
        return names;
    }

    private static Set<String> structures(CType type) {
        return switch (type) {
            case CType.Pointer(CType to) -> structures(to);
            case CType.Constant(CType of) -> structures(of);
            case CType.Compound compound -> Set.of(compound.declare(""));
            case CType.Array _, CType.Function _, CType.Nothing _, CType.Scalar _ -> Set.of();
        };
    }
}
