package org.feuerprobe.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.feuerprobe.guest.KernelBuilder;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.harness.Places;
import org.feuerprobe.harness.TargetChoice;
import org.feuerprobe.harness.TargetKind;
import org.feuerprobe.harness.TargetOpener;
import org.feuerprobe.harness.TestRepository;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.PlanEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Slow-downs planted in random lines of the kernel are named by function and line. {@code
 * -Dslowdowns.seed=N} chooses other lines.
 */
@Tag("boots")
@Tag("slow")
class PlantedSlowdownTests {
    private static final int PLANTED = 10;
    private static final int FEW = 4;
    private static final long SEED = Long.getLong("slowdowns.seed", 1);

    /** Instructions that the compiler neither moves nor counts when it expands a function. */
    private static final String WORK = "__asm__ __inline__ volatile(\".rept 32; nop; .endr\"); ";

    /** Fewer than are planted, because the compiler may use other registers around them. */
    private static final int INSTRUCTIONS = 16;

    /** A statement of its own line, after one that ends. */
    private static final Pattern STATEMENT =
            Pattern.compile(
                    " +(?!(break|continue|goto|case|default|else|static|extern)\\b)[a-z_*(].*;");

    private static final Pattern ENDED = Pattern.compile(".*([;{}]|\\*/)|");

    /** The whole kernel, but not what only measures it. */
    private static final Pattern KERNEL = Pattern.compile("(kernel|core|arch/x86_64)/[a-z_]+\\.c");

    @TempDir private Path folder;

    private record Place(String file, int line, String function) {}

    @Test
    void tenOfTenAreNamed() throws Exception {
        TargetOpener opener =
                new TargetOpener(
                        TargetChoice.of(
                                new Places(Path.of("").toAbsolutePath(), "qemu-system-x86_64"),
                                TargetKind.QEMU));
        Profiler base = Profiler.open(opener, opener.kernel(), List.of());
        Map<Place, Profile> executed = executed(base);
        List<Place> places = new ArrayList<>(executed.keySet());
        Collections.shuffle(places, new Random(SEED));
        Set<String> functions = new LinkedHashSet<>();
        TestRepository.copyKernel(folder);
        List<String> missed = new ArrayList<>();
        for (Place place : places) {
            if (functions.size() == PLANTED) {
                break;
            }
            if (functions.add(place.function())) {
                ProfileDifference difference =
                        planted(opener, place, Objects.requireNonNull(executed.get(place)));
                String said = named(difference);
                if (!said.equals(
                        "%s at %s:%d".formatted(place.function(), place.file(), place.line()))) {
                    missed.add(place + ": " + said + "; " + difference.lines());
                }
            }
        }
        assertThat(functions).as("seed %d", SEED).hasSize(PLANTED);
        assertThat(missed).as("seed %d", SEED).isEmpty();
    }

    /** What a person reads first: the function and the line that gained most. */
    private static String named(ProfileDifference difference) {
        return difference.functions().isEmpty() || difference.lines().isEmpty()
                ? "nothing changed"
                : "%s at %s:%d"
                        .formatted(
                                difference.functions().getFirst().function(),
                                difference.lines().getFirst().file(),
                                difference.lines().getFirst().line());
    }

    /** Lines where work can be planted, with the shortest operation that executes each. */
    private static Map<Place, Profile> executed(Profiler base) throws Exception {
        List<PlanEntry> entries = new ArrayList<>();
        for (Benchmark benchmark : base.catalogue()) {
            Map<String, Long> point = new LinkedHashMap<>();
            benchmark.parameters().forEach(one -> point.put(one.name(), one.min()));
            entries.add(Profiler.at(benchmark, point, FEW));
        }
        SourceText sources = SourceText.in(Path.of("exokernel"));
        List<Profile> profiles = new ArrayList<>(base.measureMarked(entries));
        profiles.sort(Comparator.comparingLong(Profile::total));
        Map<Place, Profile> executed =
                new TreeMap<>(
                        Comparator.comparing(Place::file)
                                .thenComparingInt(Place::line)
                                .thenComparing(Place::function));
        for (Profile profile : profiles) {
            for (CallStack stack : profile.stacks()) {
                Frame top = stack.top();
                if (stack.instructions() > 0
                        && KERNEL.matcher(top.file()).matches()
                        && isStatement(sources.lines(top.file()), top.line())) {
                    executed.putIfAbsent(
                            new Place(top.file(), top.line(), top.function()), profile);
                }
            }
        }
        return executed;
    }

    private static boolean isStatement(List<String> lines, int line) {
        return line >= 2
                && line <= lines.size()
                && STATEMENT.matcher(lines.get(line - 1)).matches()
                && ENDED.matcher(lines.get(line - 2)).matches();
    }

    private ProfileDifference planted(TargetOpener opener, Place place, Profile before)
            throws Exception {
        Path kernel = folder.resolve("exokernel");
        Path source = kernel.resolve(place.file());
        List<String> whole = Files.readAllLines(source);
        List<String> slower = new ArrayList<>(whole);
        slower.set(place.line() - 1, WORK + whole.get(place.line() - 1));
        Files.write(source, slower);
        KernelImage image = new KernelBuilder(kernel).build(List.of());
        Profile now =
                Profiler.open(opener, image, List.of())
                        .measure(
                                List.of(Profiler.at(before.benchmark(), before.point(), FEW)), true)
                        .getFirst();
        assertThat(now.total())
                .as(place.toString())
                .isGreaterThanOrEqualTo(before.total() + INSTRUCTIONS);
        ProfileDifference difference =
                ProfileDifference.of(
                        before,
                        SourceText.of(before.image().file()),
                        now,
                        SourceText.of(image.file()));
        Files.write(source, whole);
        return difference;
    }
}
