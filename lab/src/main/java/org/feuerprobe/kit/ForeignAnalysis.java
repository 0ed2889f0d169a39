package org.feuerprobe.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.feuerprobe.bound.NearNames;
import org.feuerprobe.harness.LabException;

/**
 * Analysis of foreign code, which is compiled in a folder together with the rest of the kit: what
 * it defines, what it needs, and how its functions are called.
 */
final class ForeignAnalysis {
    private static final List<String> KIT = List.of("start", "machine", "feuerprobe", "kit");
    private static final Pattern PROVIDED = Pattern.compile("\\b(\\w+) = (?:\\.|ALIGN)");
    private static final String PROTOTYPE = "kit_prototype_";

    /** A line of the compiler's {@code -aux-info}. */
    private static final Pattern DECLARED = Pattern.compile("extern [^;(]*?(\\w+) \\(");

    /** Names that the linker defines by itself. */
    private static final Set<String> LINKER =
            Set.of("_GLOBAL_OFFSET_TABLE_", "_DYNAMIC", "__ehdr_start");

    /** Names that {@code bench.c} defines. */
    private static final Set<String> OWN = Set.of("reset", "kit_table", "kit_rows");

    private final Path folder;
    private final Toolchain tools;
    private final ForeignCode code;
    private final List<LinkPlan.Part> parts = new ArrayList<>();
    private final Map<LinkPlan.Part, DebugInfo> infos = new HashMap<>();
    private Optional<DebugInfo> declared = Optional.empty();

    /** Functions that the given headers declare and the code defines. */
    private final Set<String> declarations = new TreeSet<>();

    private ForeignAnalysis(Path folder, Toolchain tools, ForeignCode code) {
        this.folder = folder;
        this.tools = tools;
        this.code = code;
    }

    /** Compiles the kit and the foreign code. */
    static ForeignAnalysis of(
            Path folder, Toolchain tools, ForeignCode code, List<ForeignFile> files)
            throws LabException, InterruptedException {
        ForeignAnalysis analysis = new ForeignAnalysis(folder, tools, code);
        List<String> wanted = new ArrayList<>();
        KIT.forEach(name -> wanted.add("build/" + name + ".o"));
        wanted.add("build/shims.o");
        analysis.make("the kit", wanted);
        for (ForeignFile file : files) {
            analysis.make(String.valueOf(file.file()), List.of(file.raw()));
            for (Symbol.Member member : analysis.symbols(file.raw())) {
                analysis.parts.add(new LinkPlan.Part(file, member));
            }
        }
        analysis.declare();
        return analysis;
    }

    private void make(String what, List<String> files) throws LabException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of("make", "--no-print-directory", "-s", "-C", folder.toString()));
        command.addAll(files);
        Tool.output(what, command);
    }

    private List<Symbol.Member> symbols(String file) throws LabException, InterruptedException {
        return Symbol.read(nm(folder.resolve(file)), Path.of(file).getFileName().toString());
    }

    private String nm(Path file) throws LabException, InterruptedException {
        return Tool.output(
                "reading " + file, List.of(tools.prefix() + "nm", "-P", file.toString()));
    }

    /** Finds out what the linker will find and miss. */
    LinkPlan plan() throws LabException, InterruptedException {
        Set<String> kernel = new HashSet<>();
        for (String name : KIT) {
            symbols("build/" + name + ".o").forEach(member -> addDefined(kernel, member));
        }
        Set<String> shims = new HashSet<>();
        symbols("build/shims.o").forEach(member -> addDefined(shims, member));
        return LinkPlan.of(parts, code.functions(), shims, kernel, provided());
    }

    private static void addDefined(Set<String> names, Symbol.Member member) {
        member.symbols().stream().filter(Symbol::defined).forEach(s -> names.add(s.name()));
    }

    /** Names that the compiler's library and the linker script define. */
    private Set<String> provided() throws LabException, InterruptedException {
        Set<String> names = new HashSet<>(LINKER);
        Matcher script = PROVIDED.matcher(Template.named("kernel.ld").text());
        while (script.find()) {
            names.add(script.group(1));
        }
        List<String> command = new ArrayList<>(List.of(tools.compiler()));
        command.addAll(tools.flags());
        command.add("-print-libgcc-file-name");
        Path library = Path.of(Tool.output("the compiler", command).strip());
        if (library.isAbsolute() && library.toFile().isFile()) {
            Symbol.read(nm(library), "libgcc.a").forEach(member -> addDefined(names, member));
        }
        return names;
    }

    /**
     * The functions to be measured, with their types added to the header.
     *
     * @throws LabException if no file defines one of them
     */
    List<Skeletons.Measured> functions(TypesHeader header)
            throws LabException, InterruptedException {
        List<Skeletons.Measured> measured = new ArrayList<>();
        for (String name : code.functions()) {
            LinkPlan.Part part = holder(name);
            DebugInfo own = debugInfo(part);
            Optional<DebugInfo.Prototype> prototype = own.function(name);
            DebugInfo info = own;
            if (prototype.isEmpty() && declared.isPresent()) {
                info = declared.get();
                prototype = info.pointed(PROTOTYPE + name, name);
            }
            if (prototype.isEmpty()) {
                throw LabException.wrongUse(
                        "%s has no debug information of %s: compile it with -g, or name the header that declares it with --header"
                                .formatted(part.text(), name));
            }
            header.add(info, prototype.get());
            measured.add(new Skeletons.Measured(prototype.get(), part.source()));
        }
        return List.copyOf(measured);
    }

    /**
     * The other functions and the variables of the linked code, added to the header. Of a library,
     * these are what the given headers declare.
     */
    List<DebugInfo.Prototype> others(TypesHeader header, LinkPlan plan)
            throws LabException, InterruptedException {
        Map<String, DebugInfo.Prototype> others = new TreeMap<>();
        for (LinkPlan.Part part : plan.linked()) {
            header.offerNames(debugInfo(part));
            Map<String, CType> variables = debugInfo(part).variables();
            for (Symbol symbol : part.member().symbols()) {
                CType variable = variables.get(symbol.name());
                if (variable != null && (symbol.staticData() || symbol.strong())) {
                    header.offer(debugInfo(part), symbol.name(), variable);
                }
                if (symbol.kind() == 'T' || symbol.kind() == 'W') {
                    offer(header, debugInfo(part), debugInfo(part).function(symbol.name()), others);
                }
            }
        }
        if (declared.isPresent()) {
            header.offerNames(declared.get());
            for (String name : new TreeSet<>(declarations)) {
                offer(
                        header,
                        declared.get(),
                        declared.get().pointed(PROTOTYPE + name, name),
                        others);
            }
        }
        return List.copyOf(others.values());
    }

    private void offer(
            TypesHeader header,
            DebugInfo info,
            Optional<DebugInfo.Prototype> prototype,
            Map<String, DebugInfo.Prototype> others) {
        prototype
                .filter(other -> !code.functions().contains(other.name()))
                .filter(other -> !OWN.contains(other.name()))
                .filter(other -> !others.containsKey(other.name()))
                .filter(other -> header.offer(info, other))
                .ifPresent(other -> others.put(other.name(), other));
    }

    /** Whether {@code bench.c} compiles with this header. */
    boolean compiles(String bench, String header) throws LabException, InterruptedException {
        KitFolder trial = new KitFolder(folder);
        trial.add("bench.c", bench);
        trial.add("types.h", header);
        trial.write();
        try {
            make("bench.c", List.of("build/bench.o"));
            return true;
        } catch (LabException e) {
            return false;
        }
    }

    private LinkPlan.Part holder(String name) throws LabException {
        for (LinkPlan.Part part : parts) {
            for (Symbol symbol : part.member().symbols()) {
                if (symbol.name().equals(name)
                        && (symbol.kind() == 'T' || symbol.kind() == 'W' || symbol.staticCode())) {
                    return part;
                }
            }
        }
        Set<String> all =
                parts.stream()
                        .flatMap(part -> part.member().symbols().stream())
                        .filter(symbol -> symbol.kind() == 'T' || symbol.staticCode())
                        .map(Symbol::name)
                        .collect(Collectors.toCollection(TreeSet::new));
        throw LabException.wrongUse(
                "--function %s: no file has a function of this name (or the compiler inlined it: give it __attribute__((noipa)))%s"
                        .formatted(name, NearNames.hint(name, all)));
    }

    /** Debug information of an object, or of a member of a library. */
    private DebugInfo debugInfo(LinkPlan.Part part) throws LabException, InterruptedException {
        DebugInfo known = infos.get(part);
        DebugInfo info = known == null ? read(part) : known;
        infos.put(part, info);
        return info;
    }

    private DebugInfo read(LinkPlan.Part part) throws LabException, InterruptedException {
        Path file = folder.resolve(part.file().raw());
        if (part.file().library()) {
            Tool.output(
                    "reading " + part.text(),
                    List.of(
                            tools.prefix() + "ar",
                            "x",
                            "--output",
                            folder.resolve("build/raw").toString(),
                            file.toString(),
                            part.member().name()));
            file = folder.resolve("build/raw").resolve(part.member().name());
        }
        return DebugInfo.of(readelf(file), infos.size() + 1);
    }

    private String readelf(Path file) throws LabException, InterruptedException {
        return Tool.output(
                "reading " + file,
                List.of(
                        tools.prefix() + "readelf",
                        "--wide",
                        "--debug-dump=info",
                        file.toString()));
    }

    /** Reads the functions of libraries and objects as the headers declare them. */
    private void declare() throws LabException, InterruptedException {
        if (code.headers().isEmpty()) {
            return;
        }
        StringBuilder source = new StringBuilder();
        code.headers().forEach(header -> source.append("#include <%s>\n".formatted(header)));
        Path list = folder.resolve("build/prototypes.txt");
        prototypes(source.toString(), List.of("-aux-info", list.toString()));
        Set<String> defined = new HashSet<>();
        parts.forEach(part ->
                part.member().symbols().stream()
                        .filter(symbol -> symbol.kind() == 'T' || symbol.kind() == 'W')
                        .forEach(symbol -> defined.add(symbol.name())));
        try {
            declarations.addAll(code.functions());
            Matcher name = DECLARED.matcher(Files.readString(list));
            while (name.find()) {
                if (defined.contains(name.group(1))) {
                    declarations.add(name.group(1));
                }
            }
        } catch (IOException e) {
            throw FileTrouble.read(list, e);
        }
        declarations.forEach(name ->
                source.append(
                        "__typeof__(%s) *%s%s = %s;\n".formatted(name, PROTOTYPE, name, name)));
        declared = Optional.of(DebugInfo.of(readelf(prototypes(source.toString(), List.of()))));
    }

    private Path prototypes(String source, List<String> more)
            throws LabException, InterruptedException {
        Path file = folder.resolve("build/prototypes.c");
        Path object = folder.resolve("build/prototypes.o");
        try {
            Files.writeString(file, source);
        } catch (IOException e) {
            throw FileTrouble.write(file, e);
        }
        List<String> command = new ArrayList<>(List.of(tools.compiler()));
        command.addAll(tools.flags());
        command.addAll(ForeignCode.absolute(code.flags()));
        command.addAll(more);
        command.addAll(List.of("-g", "-w", "-c", "-o", object.toString(), file.toString()));
        Tool.output("--header " + String.join(" ", code.headers()), command);
        return object;
    }

    /**
     * {@code stubs.c}, which defines the missing names. Data gets the size from the debug
     * information.
     */
    String stubs(Set<String> missing) throws LabException, InterruptedException {
        StringBuilder text = new StringBuilder(Template.named("stubs-head.c").text());
        Map<String, Long> data = data(missing);
        int number = 0;
        for (String name : missing) {
            number++;
            text.append(
                    data.containsKey(name)
                            ? "\nchar stub_%d[%d] __asm__(\"%s\") __attribute__((aligned(64)));\n"
                                    .formatted(number, data.get(name), name)
                            : """

                            void stub_%d(void) __asm__("%s");
                            void stub_%d(void) { kit_panic("%s is missing: write it in stubs.c"); }
                            """
                                    .formatted(number, name, number, name));
        }
        return text.toString();
    }

    private Map<String, Long> data(Set<String> missing) throws LabException, InterruptedException {
        Map<String, Long> sizes = new TreeMap<>();
        if (missing.isEmpty()) {
            return sizes;
        }
        for (LinkPlan.Part part : parts) {
            List<String> its = missing.stream().filter(name -> part.has(name, 'U')).toList();
            if (!its.isEmpty()) {
                DebugInfo info = debugInfo(part);
                for (String name : its) {
                    OptionalLong bytes = info.variable(name);
                    bytes.ifPresent(size -> sizes.merge(name, size, Math::max));
                }
            }
        }
        return sizes;
    }
}
