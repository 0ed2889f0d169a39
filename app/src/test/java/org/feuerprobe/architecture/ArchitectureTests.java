package org.feuerprobe.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

final class ArchitectureTests {
    private static final String ROOT = "org.feuerprobe";
    private static final String GENERATED = ROOT + ".page.template";
    private static final int FEWEST_CLASSES = 90;

    /** Who may use whom; a package may always use itself. */
    private static final Map<String, Set<String>> ALLOWED = allowed();

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .withImportOption(location -> !location.contains("-tests.jar"))
                    .importPackages(ROOT);

    private static final String[] PURE = {
        ROOT + ".sample..",
        ROOT + ".model..",
        ROOT + ".bound..",
        ROOT + ".verdict..",
        ROOT + ".change..",
        ROOT + ".schedule.."
    };

    private static Map<String, Set<String>> allowed() {
        Map<String, Set<String>> allowed = new HashMap<>();
        allowed.put("bound", Set.of("sample", "yaml"));
        allowed.put("yaml", Set.of());
        allowed.put("sample", Set.of());
        allowed.put("fitness", Set.of("sample"));
        allowed.put("json", Set.of("probe", "sample"));
        allowed.put("testbed", Set.of("fitness", "sample"));
        allowed.put("archive", Set.of("json", "sample"));
        allowed.put("plan", Set.of("bound", "sample"));
        allowed.put("probe", Set.of("plan"));
        allowed.put("energy", Set.of("sample"));
        allowed.put("guest", Set.of("energy", "fitness", "plan", "probe", "sample", "testbed"));
        allowed.put("estimate", Set.of("fitness", "plan", "probe", "guest", "sample", "testbed"));
        allowed.put("campaign", Set.of("fitness", "plan", "guest", "probe", "sample", "verdict"));
        allowed.put("linux", Set.of("guest", "harness", "testbed"));
        allowed.put("schedule", Set.of("bound", "yaml"));
        allowed.put("realtime", Set.of("guest", "harness", "schedule"));
        allowed.put("workload", Set.of("bound", "guest", "harness", "linux", "probe", "profile"));
        allowed.put("model", Set.of("bound", "sample"));
        allowed.put("verdict", Set.of("bound", "sample", "model"));
        allowed.put("change", Set.of("sample"));
        allowed.put(
                "harness",
                Set.of(
                        "fitness",
                        "json",
                        "bound",
                        "plan",
                        "probe",
                        "guest",
                        "sample",
                        "verdict",
                        "campaign",
                        "energy",
                        "estimate",
                        "testbed",
                        "results"));
        allowed.put(
                "prove",
                Set.of("bound", "campaign", "guest", "harness", "sample", "testbed", "verdict"));
        allowed.put(
                "kit",
                Set.of("bound", "guest", "harness", "json", "plan", "probe", "sample", "testbed"));
        allowed.put(
                "gate",
                Set.of(
                        "fitness",
                        "json",
                        "sample",
                        "change",
                        "plan",
                        "guest",
                        "campaign",
                        "archive",
                        "results",
                        "harness",
                        "compare",
                        "report",
                        "page",
                        "flame",
                        "profile",
                        "verdict"));
        allowed.put("profile", Set.of("bound", "guest", "harness", "plan", "probe", "testbed"));
        allowed.put("trace", Set.of("guest", "harness", "plan", "probe", "sample"));
        allowed.put(
                "timeline",
                Set.of(
                        "flame", "harness", "plan", "probe", "profile", "report", "results",
                        "sample", "trace"));
        allowed.put(
                "flame",
                Set.of(
                        "bound", "harness", "json", "page", "plan", "probe", "profile", "report",
                        "results", "sample"));
        allowed.put(
                "shard",
                Set.of(
                        "campaign",
                        "guest",
                        "harness",
                        "json",
                        "plan",
                        "probe",
                        "results",
                        "sample"));
        allowed.put("selftest", Set.of("bound", "sample", "model", "verdict", "change"));
        allowed.put("plot", Set.of("sample"));
        allowed.put(
                "check",
                Set.of(
                        "bound",
                        "json",
                        "exchange",
                        "sample",
                        "model",
                        "probe",
                        "results",
                        "verdict"));
        allowed.put(
                "outcome",
                Set.of(
                        "archive", "compare", "flame", "gate", "harness", "page", "profile",
                        "report", "results", "shard"));
        allowed.put("terminal", Set.of("campaign", "harness", "probe", "report", "sample"));
        allowed.put(
                "exchange",
                Set.of("bound", "json", "fitness", "results", "sample", "change", "harness"));
        allowed.put("compare", Set.of("fitness", "json", "results", "report", "sample", "verdict"));
        allowed.put(
                "report",
                Set.of(
                        "results",
                        "bound",
                        "plan",
                        "probe",
                        "fitness",
                        "json",
                        "guest",
                        "sample",
                        "model",
                        "verdict",
                        "testbed",
                        "archive",
                        "harness",
                        "prove",
                        "linux",
                        "energy",
                        "workload",
                        "schedule",
                        "realtime"));
        allowed.put(
                "page",
                Set.of("fitness", "results", "report", "plot", "bound", "sample", "verdict"));
        allowed.put(
                "results",
                Set.of(
                        "archive",
                        "bound",
                        "fitness",
                        "json",
                        "plan",
                        "probe",
                        "guest",
                        "campaign",
                        "sample",
                        "model",
                        "verdict",
                        "testbed"));
        return allowed;
    }

    @Test
    void theClassesAreSeen() {
        assertThat(CLASSES.size()).isGreaterThan(FEWEST_CLASSES);
        for (String name : ALLOWED.keySet()) {
            assertThat(CLASSES.containPackage(ROOT + "." + name)).as(name).isTrue();
        }
    }

    @Test
    void everyPackageIsInTheMapOfDirections() {
        Set<String> known = new TreeSet<>(ALLOWED.keySet());
        known.add("cli");
        Set<String> found = new TreeSet<>();
        CLASSES.forEach(type -> found.add(top(type)));
        assertThat(found).isEqualTo(known);
    }

    @Test
    void packagesUseOnlyThoseBeforeThem() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            String from = top(type);
            if (from.equals("cli")) {
                continue; // puts everything together
            }
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(used -> used.getPackageName().startsWith(ROOT + "."))
                    .filter(used ->
                            !top(used).equals(from)
                                    && !ALLOWED.getOrDefault(from, Set.of()).contains(top(used)))
                    .forEach(used -> wrong.add(type.getName() + " uses " + used.getName()));
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void noCommandUsesAnother() {
        Set<String> wrong = new TreeSet<>();
        Set<String> seen = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            if (!isCommand(type)) {
                continue;
            }
            seen.add(type.getSimpleName());
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(used -> isCommand(used) && !sameFile(used, type))
                    .forEach(used -> wrong.add(type.getName() + " uses " + used.getName()));
        }
        assertThat(seen).contains("ValidateCommand", "CompareCommand", "GateCommand");
        assertThat(wrong).isEmpty();
    }

    private static boolean isCommand(JavaClass type) {
        return type.getName().matches(".*\\.cli\\.\\w+Command(\\$.*)?");
    }

    private static boolean sameFile(JavaClass a, JavaClass b) {
        return a.getName().replaceFirst("\\$.*", "").equals(b.getName().replaceFirst("\\$.*", ""));
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void thePureHaveNoClockRandomnessOrLogging() {
        pure().should().callMethod(System.class, "nanoTime").check(CLASSES);
        pure().should().callMethod(System.class, "currentTimeMillis").check(CLASSES);
        pure().should().callMethod(Instant.class, "now").check(CLASSES);
        pure().should().callMethod(Math.class, "random").check(CLASSES);
        pure().should().dependOnClassesThat().areAssignableTo(Clock.class).check(CLASSES);
        pure().should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.security.SecureRandom")
                .check(CLASSES);
        pure().should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "org.slf4j..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(System.Logger.class)
                .check(CLASSES);
    }

    @Test
    void thePureHaveNoInputOrOutput() {
        pure().and()
                .haveNameNotMatching(".*\\.BoundsFile(\\$.*)?")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("java.io..")
                                .or(resideInAPackage("java.nio.file.."))
                                .or(resideInAPackage("java.net.."))
                                // every enum and record may be serialised; that opens no file
                                .and(
                                        not(
                                                JavaClass.Predicates.equivalentTo(
                                                        java.io.Serializable.class))))
                .check(CLASSES);
    }

    /** The program fixes the locale, but who uses the packages from Java has their own. */
    @Test
    void numbersAreWrittenInOneLocale() throws IOException {
        Pattern number =
                Pattern.compile(
                        "\"[^\"\n]*%[-+0-9]*(?:,[0-9]*d|,?[0-9.]*[efg])[^\"\n]*\"\\)?\\s*\\.formatted\\(");
        List<String> wrong = new ArrayList<>();
        for (String module : List.of("engine", "lab", "app")) {
            try (Stream<Path> sources = Files.walk(Path.of(module, "src/main/java"))) {
                for (Path source : sources.filter(f -> f.toString().endsWith(".java")).toList()) {
                    if (!source.toString().contains("/cli/")
                            && !source.toString().contains("/terminal/")
                            && number.matcher(Files.readString(source)).find()) {
                        wrong.add(source.toString());
                    }
                }
            }
        }
        assertThat(wrong).as("String.format(Locale.ROOT, ...) instead of formatted()").isEmpty();
    }

    @Test
    void onlyGuestTouchesForeignMemory() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".guest..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.foreign..")
                .check(CLASSES);
        assertThat(CLASSES.get(ROOT + ".guest.GuestMemory").getDirectDependenciesFromSelf())
                .as("the rule has something to see")
                .anyMatch(dependency ->
                        dependency.getTargetClass().getPackageName().equals("java.lang.foreign"));
    }

    @Test
    void onlyTheCommandLineTouchesTheProcess() {
        for (String stream : List.of("out", "err", "in")) {
            outsideCli().should().accessField(System.class, stream).check(CLASSES);
        }
        outsideCli().should().callMethod(System.class, "exit", int.class).check(CLASSES);
        outsideCli().should().callMethod(Runtime.class, "exit", int.class).check(CLASSES);
        outsideCli().should().callMethod(Runtime.class, "halt", int.class).check(CLASSES);
        outsideCli().should().callMethod(Throwable.class, "printStackTrace").check(CLASSES);
    }

    /** Format strings obey the default locale: some write other digits than 0 to 9. */
    @Test
    void theCommandLineFixesTheLocale() {
        assertThat(CLASSES.get(ROOT + ".cli.Main").getMethodCallsFromSelf())
                .anyMatch(call ->
                        call.getTargetOwner().isEquivalentTo(Locale.class)
                                && call.getName().equals("setDefault"));
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> bare = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            JavaPackage itsPackage = type.getPackage();
            if (!itsPackage.getName().startsWith(GENERATED)
                    && !itsPackage.isAnnotatedWith(NullMarked.class)) {
                bare.add(itsPackage.getName());
            }
        }
        assertThat(bare).isEmpty();
    }

    @Test
    void namesSayWhatAClassIs() {
        noClasses().should().haveNameMatching(".*(Util|Utils|Manager|Helper|Impl)").check(CLASSES);
    }

    private static String top(JavaClass type) {
        String rest = type.getPackageName().substring(ROOT.length() + 1);
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    private static GivenClassesConjunction pure() {
        return noClasses().that().resideInAnyPackage(PURE);
    }

    private static GivenClassesConjunction outsideCli() {
        return noClasses().that().resideOutsideOfPackages(ROOT + ".cli..", ROOT + ".terminal..");
    }
}
