package org.feuerprobe.kit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Simulated result of linking foreign objects.
 *
 * @param linked objects, and those members of libraries that something needs
 * @param shims missing names that {@code shims.c} defines
 * @param missing names that nothing defines
 * @param twice names with several definitions, and the files whose definitions become weak
 */
record LinkPlan(
        List<Part> linked, Set<String> shims, Set<String> missing, Map<String, List<Part>> twice) {
    /** A linked object: its file and its symbols. */
    record Part(ForeignFile file, Symbol.Member member) {
        /** Name for people, such as {@code libz.a(adler32.o)}. */
        String text() {
            return file.library() ? "%s(%s)".formatted(file.name(), member.name()) : file.name();
        }

        /** Name of the file that defines its functions, as its programmer knows it. */
        String source() {
            return file.source() ? String.valueOf(file.file().getFileName()) : text();
        }

        boolean has(String name, char kind) {
            return member.symbols().stream()
                    .anyMatch(symbol -> symbol.kind() == kind && symbol.name().equals(name));
        }
    }

    /**
     * Simulates the linker.
     *
     * @param all every object and member of a library
     * @param roots names that the kernel needs, that is, functions to measure
     * @param shims names that {@code shims.c} defines
     * @param kernel names that the rest of the kernel defines
     * @param provided names that the compiler's library and the linker script define
     */
    static LinkPlan of(
            List<Part> all,
            Collection<String> roots,
            Set<String> shims,
            Set<String> kernel,
            Set<String> provided) {
        List<Part> linked =
                new ArrayList<>(all.stream().filter(part -> !part.file().library()).toList());
        List<Part> rest =
                new ArrayList<>(all.stream().filter(part -> part.file().library()).toList());
        Set<String> wanted = new TreeSet<>(roots);
        linked.forEach(part -> wanted.addAll(wanted(part)));
        Set<String> defined = new HashSet<>();
        linked.forEach(part -> defined.addAll(defined(part)));
        boolean more = true;
        while (more) {
            more = false;
            for (Part part : List.copyOf(rest)) {
                Set<String> its = defined(part);
                if (its.stream()
                        .anyMatch(name -> wanted.contains(name) && !defined.contains(name))) {
                    linked.add(part);
                    rest.remove(part);
                    defined.addAll(its);
                    wanted.addAll(wanted(part));
                    more = true;
                }
            }
        }
        wanted.removeAll(defined);
        wanted.removeAll(kernel);
        wanted.removeAll(provided);
        Set<String> known = new TreeSet<>(wanted);
        known.retainAll(shims);
        wanted.removeAll(shims);
        return new LinkPlan(List.copyOf(linked), known, wanted, twice(linked, kernel));
    }

    private static Map<String, List<Part>> twice(List<Part> linked, Set<String> kernel) {
        Map<String, List<Part>> holders = new TreeMap<>();
        for (Part part : linked) {
            for (Symbol symbol : part.member().symbols()) {
                if (symbol.strong()) {
                    holders.computeIfAbsent(symbol.name(), _ -> new ArrayList<>()).add(part);
                }
            }
        }
        Map<String, List<Part>> twice = new TreeMap<>();
        holders.forEach((name, parts) -> {
            int winners = kernel.contains(name) ? 0 : 1;
            if (parts.size() > winners) {
                twice.put(name, List.copyOf(parts.subList(winners, parts.size())));
            }
        });
        return twice;
    }

    private static Set<String> wanted(Part part) {
        return names(part, Symbol::wanted);
    }

    private static Set<String> defined(Part part) {
        return names(part, Symbol::defined);
    }

    private static Set<String> names(Part part, Predicate<Symbol> kind) {
        Set<String> names = new HashSet<>();
        part.member().symbols().stream().filter(kind).forEach(symbol -> names.add(symbol.name()));
        return names;
    }
}
