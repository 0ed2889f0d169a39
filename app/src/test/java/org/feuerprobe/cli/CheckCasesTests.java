package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Inputs that people brought, for {@code check} and for the gate: the file {@code index.txt} says
 * for each what must come.
 */
final class CheckCasesTests {
    private static final Path CASES = Path.of("app/src/test/resources/org/feuerprobe/check/cases");
    private static final int FEWEST = 30;

    record Case(
            List<String> command,
            List<String> files,
            List<String> arguments,
            int status,
            List<String> parts) {
        /** {@code _} stands for a space within an argument. */
        static Case of(String line) {
            List<String> cells = Arrays.stream(line.split(" \\| ", -1)).map(String::strip).toList();
            List<String> input = List.of(cells.get(0).split(" "));
            boolean gate = input.getFirst().equals("gate");
            return new Case(
                    gate ? List.of("gate", "--import", input.get(1)) : List.of("check"),
                    input.subList(gate ? 2 : 0, input.size()),
                    Arrays.stream(cells.get(1).split(" "))
                            .filter(word -> !word.equals("-"))
                            .map(word -> word.replace('_', ' ').replace("BM p", "BM_p"))
                            .toList(),
                    Integer.parseInt(cells.get(2)),
                    Arrays.stream(cells.get(3).split(" ; ")).map(String::strip).toList());
        }
    }

    static Stream<Case> cases() throws IOException {
        return Files.readAllLines(CASES.resolve("index.txt")).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(Case::of);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void answersAsItMust(Case given) {
        List<String> arguments = new ArrayList<>(given.command());
        given.files().forEach(file -> arguments.add(CASES.resolve(file).toString()));
        arguments.addAll(given.arguments());
        CapturedConsole console = new CapturedConsole();

        int status = console.run(arguments.toArray(String[]::new));

        String all = console.out() + console.err();
        assertThat(all).containsSubsequence(given.parts()).doesNotContain("internal error");
        assertThat(status).as(all).isEqualTo(given.status());
    }

    @Test
    void everyInputIsInTheIndex() throws IOException {
        Set<String> named =
                cases().flatMap(given -> given.files().stream()).collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(CASES)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .filteredOn(name -> !name.equals("index.txt"))
                    .containsExactlyInAnyOrderElementsOf(named)
                    .hasSizeGreaterThan(FEWEST);
        }
    }

    @Test
    void severalFilesAreSeveralBoots(@TempDir Path folder) throws Exception {
        Path one = folder.resolve("one.csv");
        Path two = folder.resolve("two.csv");
        Files.writeString(one, "name,n,ns\na,1,5\na,2,5\na,4,5\na,8,5\na,16,5\n");
        Files.writeString(two, "name,n,ns\na,1,6\na,2,5\na,4,6\na,8,5\na,16,6\n");
        CapturedConsole console = new CapturedConsole();

        int status =
                console.run(
                        "check",
                        one.toString(),
                        two.toString(),
                        "--bound",
                        "O(1)",
                        "--summary",
                        "--json");

        assertThat(console.out()).as(console.err()).contains("\"boots\":2");
        assertThat(status).isZero();
    }

    @Test
    void emptyInputIsNoSuccess(@TempDir Path folder) throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.jsonl"), "\n\n");
        CapturedConsole console = new CapturedConsole();

        assertThat(console.run("check", empty.toString())).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).contains("empty: there is nothing to decide");
    }
}
