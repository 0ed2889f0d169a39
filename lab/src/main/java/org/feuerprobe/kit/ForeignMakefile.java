package org.feuerprobe.kit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Writer of {@code foreign.mk}, which compiles, changes and links foreign files. */
final class ForeignMakefile {
    private final List<ForeignFile> files;
    private final Map<String, List<String>> edits = new LinkedHashMap<>();

    ForeignMakefile(List<ForeignFile> files) {
        this.files = files;
    }

    /** Rules that leave the files unchanged. */
    String rules() {
        StringBuilder text = new StringBuilder(Template.named("foreign.mk").text());
        text.append("FOREIGN :=").append(names(false)).append('\n');
        text.append("FOREIGN_LIBRARIES :=").append(names(true)).append('\n');
        for (ForeignFile file : files) {
            text.append("\n%s: %s\n\t@mkdir -p build/raw\n".formatted(file.raw(), file.file()));
            text.append(
                    file.source()
                            ? "\t$(CC) $(FOREIGN_CFLAGS)%s -Iinclude -c -o $@ $<\n"
                                    .formatted(flags(file))
                            : "\tcp $< $@\n");
        }
        return text.toString();
    }

    private String names(boolean libraries) {
        StringBuilder names = new StringBuilder();
        files.stream()
                .filter(file -> file.library() == libraries)
                .forEach(file -> names.append(" \\\n  ").append(file.linked()));
        return names.toString();
    }

    private static String flags(ForeignFile file) {
        StringBuilder flags = new StringBuilder();
        file.flags().forEach(flag -> flags.append(' ').append(quoted(flag)));
        return flags.toString();
    }

    private static String quoted(String flag) {
        String made = flag.replace("$", "$$").replace("#", "\\#");
        return made.matches("[A-Za-z0-9_./+@,=$ -]+")
                ? made
                : "'" + made.replace("'", "'\\''") + "'";
    }

    /**
     * Rules that also change files: second definitions become weak, and measured functions global.
     */
    String text(LinkPlan plan, Set<String> functions) {
        plan.twice()
                .forEach((name, parts) ->
                        parts.forEach(part -> edit(part, "--weaken-symbol=" + name)));
        Map<String, List<String>> data = new LinkedHashMap<>();
        for (LinkPlan.Part part : plan.linked()) {
            for (Symbol symbol : part.member().symbols()) {
                if (symbol.staticCode() && functions.contains(symbol.name())) {
                    edit(part, "--globalize-symbol=" + symbol.name());
                }
                if (symbol.staticData() && !part.file().library()) {
                    data.computeIfAbsent(part.file().linked(), _ -> new ArrayList<>())
                            .add(symbol.name());
                }
            }
        }
        StringBuilder text = new StringBuilder(rules());
        if (!edits.isEmpty()) {
            text.append("\n# Changed, so that it links. Of two definitions the first one wins.\n");
            edits.forEach((file, options) -> line(text, "", file, options));
        }
        if (!data.isEmpty()) {
            text.append(
                    "\n# Static state. Take the # away from what an effect or a reset must reach.\n");
            data.forEach((file, names) ->
                    names.forEach(
                            name -> line(text, "# ", file, List.of("--globalize-symbol=" + name))));
        }
        return text.toString();
    }

    private void edit(LinkPlan.Part part, String option) {
        List<String> options = edits.computeIfAbsent(part.file().linked(), _ -> new ArrayList<>());
        if (!options.contains(option)) {
            options.add(option);
        }
    }

    private static void line(StringBuilder text, String before, String file, List<String> options) {
        for (String option : new TreeSet<>(options)) {
            text.append("%s%s: EDIT += %s\n".formatted(before, file, option));
        }
    }
}
