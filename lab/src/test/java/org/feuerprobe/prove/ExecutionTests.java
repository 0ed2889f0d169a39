package org.feuerprobe.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Does any execution of any program take more instructions than is proved? */
@org.junit.jupiter.api.Tag("slow")
final class ExecutionTests {
    private static final List<String> LEVELS = List.of("-O0", "-O2", "-O3");

    /** For all programs and levels together: about 10,000. */
    private static final int RUNS = 145;

    private static final long SEED = 20261130;

    @TempDir Path folder;

    @BeforeAll
    static void compilerIsHere() throws InterruptedException {
        Compiler.assumed();
    }

    static List<String> programs() throws IOException {
        try (Stream<Path> files = Files.list(Compiler.SOURCES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".c") && !name.equals("harness.c"))
                    .map(name -> name.substring(0, name.length() - 2))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void thereAreManyPrograms() throws IOException {
        assertThat(programs()).hasSizeGreaterThanOrEqualTo(20);
        assertThat(programs().size() * LEVELS.size() * RUNS).isGreaterThanOrEqualTo(10_000);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void noRunTakesMoreThanIsProved(String name) throws Exception {
        Path harness = folder.resolve("harness.o");
        Compiler.run(
                List.of(
                        "gcc",
                        "-std=gnu17",
                        "-O2",
                        "-Iprobe",
                        "-I" + Compiler.SOURCES,
                        "-c",
                        Compiler.SOURCES.resolve("harness.c").toString(),
                        "-o",
                        harness.toString()));
        List<String> ratios = new ArrayList<>();
        int proved = 0;
        for (String level : LEVELS) {
            Path program =
                    Compiler.program(
                            folder,
                            name + level,
                            List.of(level),
                            List.of(harness, Compiler.SOURCES.resolve(name + ".c")));
            Proof proof = Prover.of(program).prove("task");
            Map<Long, Long> most = observed(program);
            if (proof.law().isEmpty()) {
                ratios.add(level + " NOT_PROVED " + proof.why());
                continue;
            }
            proved++;
            Law law = proof.law().get();
            double closest = Double.MAX_VALUE;
            for (Map.Entry<Long, Long> one : most.entrySet()) {
                long bound = law.at(Map.of("N", one.getKey()));
                assertThat(one.getValue())
                        .as("%s %s at N=%d, law %s", name, level, one.getKey(), law)
                        .isLessThanOrEqualTo(bound);
                closest = Math.min(closest, (double) bound / one.getValue());
            }
            ratios.add(
                    String.format(Locale.ROOT, "%s %s, at best %.3f times", level, law, closest));
        }
        System.out.println(name + ": " + String.join("; ", ratios));
        assertThat(proved).as(name + ": " + ratios).isPositive();
    }

    /** The most instructions of any run, for each n. */
    private static Map<Long, Long> observed(Path program) throws Exception {
        Map<Long, Long> most = new TreeMap<>();
        int runs = 0;
        String output =
                Compiler.run(
                        List.of(program.toString(), Long.toString(SEED), Integer.toString(RUNS)));
        for (String line : output.lines().toList()) {
            String[] words = line.split(" ", -1);
            most.merge(Long.valueOf(words[0]), Long.valueOf(words[1]), Math::max);
            runs++;
        }
        assertThat(runs).isEqualTo(RUNS);
        return most;
    }
}
