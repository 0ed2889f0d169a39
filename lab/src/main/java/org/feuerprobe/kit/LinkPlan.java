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
 * What the linker would find in somebody's objects, and what it would miss.
 *
 * @param linked objects, and those members of libraries that something needs
 * @param shims names that are missing and that {@code shims.c} has
 * @param missing names that nothing has
 * @param twice names that several files define, and which of them give way
 */
record LinkPlan(
        List<Part> linked, Set<String> shims, Set<String> missing, Map<String, List<Part>> twice) {
    /** An object that is linked: of which file, and its symbols. */
    record Part(ForeignFile file, Symbol.Member member) {
        /** For a person: {@code libz.a(adler32.o)}. */
        String text() {
            return file.library() ? "%s(%s)".formatted(file.name(), member.name()) : file.name();
        }

        /** The file that defines its functions, as its programmer calls it. */
        String source() {
            return file.source() ? String.valueOf(file.file().getFileName()) : text();
        }

        boolean has(String name, char kind) {
            return member.symbols().stream()
                    .anyMatch(symbol -> symbol.kind() == kind && symbol.name().equals(name));
        }
    }

    /**
     * Links in thought.
     *
     * @param all every object and member of a library
     * @param roots names that the kernel needs: functions to be measured
     * @param shims what {@code shims.c} has
     * @param kernel what the rest of the kernel has
     * @param provided what the compiler's library and the linker script have
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
