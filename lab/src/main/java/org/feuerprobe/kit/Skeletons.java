package org.feuerprobe.kit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writer of {@code bench.c} and {@code bounds.yaml} for functions to measure. Each function gets a
 * benchmark with its arguments, and places to prepare it, to check its effect and to undo it. A
 * benchmark yields no sample until its programmer has written the check.
 */
final class Skeletons {
    /**
     * A function to measure.
     *
     * @param file the file that defines it
     */
    record Measured(DebugInfo.Prototype prototype, String file) {}

    /**
     * Names of parameters that are sizes. The benchmark varies them; other parameters stay
     * constant.
     */
    private static final Pattern SIZE =
            Pattern.compile(
                    ".*(size|len|length|count|bytes|num|nr|max)\\d*|n|sz|cnt",
                    Pattern.CASE_INSENSITIVE);

    private static final int LONGEST_NAME = 47;

    private final List<Measured> functions;
    private final Companions companions;

    Skeletons(List<Measured> functions, Companions companions) {
        this.functions = List.copyOf(functions);
        this.companions = companions;
    }

    String bench() {
        StringBuilder text = new StringBuilder(Template.named("bench-head.c").text());
        functions.forEach(function -> text.append('\n').append(benchmark(function)));
        text.append(
                """

                /* name, operation, effect, parameter, from, to, function, ring, processors
                 * A benchmark that does not use run->n has no parameter:
                 * { "push", "push", "the value is on top", .run = bench_push }, */
                """);
        text.append("const struct fp_benchmark kit_table[] = {\n");
        for (Measured function : functions) {
            String name = function.prototype().name();
            text.append(
                    "    { \"%s\", \"%s\", \"TO SAY\", \"n\", 1, 1024, bench_%s, 0, 1 },\n"
                            .formatted(shortened(name), shortened(name), name));
        }
        text.append("};\nconst fp_u32 kit_rows = sizeof kit_table / sizeof *kit_table;\n");
        return text.toString();
    }

    private static String shortened(String name) {
        return name.substring(0, Math.min(LONGEST_NAME, name.length()));
    }

    String bounds(String subject) {
        StringBuilder text =
                new StringBuilder(
                        "# What you claim, and where your documents say so. feuerprobe validate --bounds decides it.\n"
                                + "# O(1) is a proposal for each: write what your documents claim.\n"
                                + "schema: 1\nsubject: "
                                + subject
                                + "\nbounds:\n");
        for (Measured function : functions) {
            String name = shortened(function.prototype().name());
            text.append(
                    "  - {id: %s, operation: %s, claim: O(1), kind: proposed, source: {document: %s, section: %s}}\n"
                            .formatted(name, name, function.file(), name));
        }
        return text.toString();
    }

    private String benchmark(Measured function) {
        DebugInfo.Prototype prototype = function.prototype();
        List<String> before = new ArrayList<>();
        List<String> inside = new ArrayList<>();
        List<String> arguments = new ArrayList<>();
        Set<String> taken = new LinkedHashSet<>(Set.of("run", "result", "reset"));
        for (int i = 0; i < prototype.type().takes().size(); i++) {
            String name = prototype.parameters().get(i);
            while (!taken.add(name)) {
                name = name + "_";
            }
            argument(prototype, name, prototype.type().takes().get(i), before, inside, arguments);
        }
        String call = prototype.name() + "(" + String.join(", ", arguments) + ")";
        CType returned = prototype.type().returns();
        boolean nothing = returned instanceof CType.Nothing;
        boolean record = returned instanceof CType.Compound;
        StringBuilder text = new StringBuilder();
        text.append("/* %s: %s */\n".formatted(function.file(), prototype.text()));
        List<String> related = companions.related(prototype);
        if (!related.isEmpty()) {
            text.append(
                    "/* With the same structures: %s. */\n".formatted(String.join(", ", related)));
        }
        before.forEach(line -> text.append(line).append('\n'));
        text.append("static void bench_%s(struct fp_run *run)\n{\n".formatted(prototype.name()));
        inside.forEach(line -> text.append("    ").append(line).append('\n'));
        text.append(inside.isEmpty() ? "" : "\n");
        text.append(
                """
                    reset();
                    /* PREPARE for run->n, outside of the clock. Then delete the next line. */
                    kit_todo(run, "%s: prepare it in bench.c, and delete kit_todo");
                    while (fp_next(run)) {
                """
                        .formatted(prototype.name()));
        if (!nothing) {
            text.append(
                    "        %s = %s;\n"
                            .formatted(returned.declare("result"), record ? "{ 0 }" : "0"));
        }
        text.append("        FP_TIMED(run, %s%s);\n".formatted(nothing ? "" : "result = ", call));
        if (!nothing) {
            text.append("        (void)result;\n");
        }
        text.append(
                """
                        /* EFFECT: say here what has happened. */
                        fp_check(run, 0, "%s: check its effect in bench.c");
                        %s
                    }
                }
                """
                        .formatted(prototype.name(), undo(prototype, arguments)));
        return text.toString();
    }

    private String undo(DebugInfo.Prototype prototype, List<String> arguments) {
        return companions
                .undoing(prototype, arguments)
                .map(call ->
                        """
                        /* UNDO what it did, so that the next call finds the same state. Perhaps:
                         * if (!run->twin)
                         *     %s */\
                        """
                                .formatted(call)
                                .replace("\n", "\n        "))
                .orElse("/* UNDO what it did, so that the next call finds the same state. */");
    }

    private static void argument(
            DebugInfo.Prototype prototype,
            String name,
            CType type,
            List<String> before,
            List<String> inside,
            List<String> arguments) {
        switch (type) {
            case CType.Constant(CType of) ->
                    argument(prototype, name, of, before, inside, arguments);
            case CType.Scalar scalar -> {
                String value =
                        scalar.whole() && SIZE.matcher(name).matches()
                                ? "(" + scalar.declare("") + ")run->n"
                                : "0";
                inside.add("%s = %s;".formatted(scalar.declare(name), value));
                arguments.add(name);
            }
            case CType.Compound compound -> {
                inside.add("static %s;".formatted(compound.declare(name)));
                arguments.add(name);
            }
            case CType.Pointer(CType.Function called) -> {
                String callback = "called_by_" + prototype.name() + "_" + name;
                before.add(callback(callback, called));
                arguments.add(callback);
            }
            case CType.Pointer(CType to) -> pointer(name, to, inside, arguments);
            case CType.Array _, CType.Function _, CType.Nothing _ -> arguments.add("0");
        }
    }

    private static void pointer(
            String name, CType to, List<String> inside, List<String> arguments) {
        CType object = to instanceof CType.Constant(CType of) ? of : to;
        switch (object) {
            case CType.Compound compound when compound.complete() -> {
                inside.add("static %s;".formatted(compound.declare(name)));
                arguments.add("&" + name);
            }
            case CType.Scalar _, CType.Pointer _ -> {
                inside.add("static %s;".formatted(object.declare(name + "[1024]")));
                arguments.add(name);
            }
            case CType.Nothing _ -> {
                inside.add("static char %s[4096];".formatted(name));
                arguments.add(name);
            }
            case CType.Compound _, CType.Constant _, CType.Array _, CType.Function _ ->
                    arguments.add("0 /* " + name + " */");
        }
    }

    private static String callback(String name, CType.Function called) {
        List<String> parameters = new ArrayList<>();
        StringBuilder unused = new StringBuilder();
        for (int i = 0; i < called.takes().size(); i++) {
            parameters.add(called.takes().get(i).declare("argument" + (i + 1)));
            unused.append("    (void)argument").append(i + 1).append(";\n");
        }
        String head =
                called.returns()
                        .declare(
                                "%s(%s)"
                                        .formatted(
                                                name,
                                                parameters.isEmpty()
                                                        ? "void"
                                                        : String.join(", ", parameters)));
        return "static %s\n{\n%s    kit_panic(\"%s: write it in bench.c\");\n}\n"
                .formatted(head, unused, name);
    }
}
