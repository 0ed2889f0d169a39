package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.feuerprobe.terminal.Console;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CheckCommandTests {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private record Run(int status, List<String> lines) {
        JsonNode json(int line) {
            return MAPPER.readTree(lines.get(line));
        }
    }

    private static Run check(String input, String... options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Console console =
                new Console(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        false,
                        false,
                        false);
        int status =
                new CommandLine(
                                new CheckCommand(
                                        console,
                                        new ByteArrayInputStream(
                                                input.getBytes(StandardCharsets.UTF_8))))
                        .execute(options);
        return new Run(status, out.toString(StandardCharsets.UTF_8).lines().toList());
    }

    private static String line(String id, String bound, double slope) {
        StringBuilder points = new StringBuilder();
        for (int n = 8; n <= 1024; n *= 2) {
            points.append(points.isEmpty() ? "" : ",")
                    .append("{\"n\":%d,\"values\":[".formatted(n));
            for (int i = 0; i < 4; i++) {
                points.append(i == 0 ? "" : ",")
                        .append((600 + slope * n) * (1 + 0.01 * Math.sin(n + 7.0 * i)));
            }
            points.append("]}");
        }
        return "{\"id\":\"%s\",\"bound\":\"%s\",\"points\":[%s]}\n".formatted(id, bound, points);
    }

    @Test
    void answersInOrderAndSaysWhatItDecided() {
        StringBuilder input = new StringBuilder();
        for (int i = 0; i < 700; i++) {
            input.append(line("x" + i, "O(n)", 20));
        }
        Run run = check(input.toString(), "--json");
        assertThat(run.status).isZero();
        assertThat(run.lines).hasSize(700);
        for (int i = 0; i < 700; i++) {
            assertThat(run.json(i).path("id").stringValue()).isEqualTo("x" + i);
        }
        JsonNode first = run.json(0);
        assertThat(first.path("verdict").stringValue()).isEqualTo("HOLDS");
        assertThat(first.path("class").stringValue()).isEqualTo("O(n)");
        assertThat(first.path("range").path("n").get(1).intValue()).isEqualTo(1024);
        assertThat(first.path("model").path("terms").get(0).path("low").doubleValue())
                .isLessThan(20.2);
        assertThat(first.path("regimes").isArray()).isTrue();
    }

    @Test
    void aViolationIsStatusOne() {
        assertThat(check(line("a", "O(1)", 20), "--json").status).isEqualTo(1);
    }

    @Test
    void aMalformedLineIsNamedAndTheRestDecided() {
        Run run = check("nonsense\n\n" + line("a", "O(n)", 20), "--json");
        assertThat(run.status).isEqualTo(2);
        assertThat(run.json(0).path("line").intValue()).isEqualTo(1);
        assertThat(run.json(0).path("error").stringValue()).startsWith("not JSON: ");
        assertThat(run.json(1).path("verdict").stringValue()).isEqualTo("HOLDS");
    }

    @Test
    void tellsWhatIsWrongWithALine() {
        String[][] cases = {
            {"[]", "want one JSON object"},
            {
                "{\"id\":1,\"points\":[{\"values\":[1]}]}",
                "bound: missing: add it to the line, or use --bound 'O(n)'"
            },
            {"{\"bound\":\"O(n)\",\"points\":[]}", "points: want a list with at least one point"},
            {
                "{\"bound\":\"O(n)\",\"points\":[{\"n\":1,\"values\":[]}]}",
                "points[0].values: want a list with at least one value"
            },
            {
                "{\"bound\":\"O(n)\",\"points\":[{\"n\":1,\"values\":[\"1\"]}]}",
                "points[0].values: want a finite number, not \"1\""
            },
            {
                "{\"bound\":\"O(n\",\"points\":[{\"n\":1,\"values\":[1]}]}",
                "bound: 'O(n': want ')' at the end of O(...) (character 4)"
            },
            {
                "{\"bound\":\"O(n)\",\"mode\":\"up\",\"points\":[{\"n\":1,\"values\":[1]}]}",
                "mode: 'up', want upper or tight"
            },
            {
                "{\"bound\":\"O(n)\",\"points\":[{\"m\":1,\"values\":[1]}]}",
                "a point lacks the parameter n"
            },
        };
        for (String[] one : cases) {
            Run run = check(one[0] + "\n", "--json", "--format", "jsonl");
            assertThat(run.status).isEqualTo(2);
            assertThat(run.json(0).path("error").stringValue()).isEqualTo(one[1]);
        }
    }

    @Test
    void aFamilyIsCorrectedTogether() {
        StringBuilder input = new StringBuilder(line("bad", "O(1)", 20));
        for (int i = 0; i < 20; i++) {
            input.append(line("x" + i, "O(n)", 20));
        }
        Run run = check(input.toString(), "--json", "--family");
        assertThat(run.lines).hasSize(21);
        assertThat(run.json(0).path("verdict").stringValue()).isEqualTo("VIOLATED");
        assertThat(run.status).isEqualTo(1);
    }

    @Test
    void aClaimThatHoldsSaysWhatGrowthTheNoiseHides() {
        String flat = line("flat", "O(1)", 0);
        assertThat(check(flat, "--json").json(0).path("reason").stringValue())
                .matches(
                        "cost grows as claimed; it rises at most [\\d.]+ % over n = 8…1024 \\(95 %\\)");
        assertThat(
                        check(flat, "--json", "--most-growth", "5")
                                .json(0)
                                .path("verdict")
                                .stringValue())
                .isEqualTo("HOLDS");
        Run open = check(flat, "--json", "--most-growth", "0.1", "--strict");
        assertThat(open.status).isEqualTo(4);
        assertThat(open.json(0).path("reason").stringValue())
                .matches(
                        "it rises at most [\\d.]+ % over n = 8…1024 \\(95 %\\): more than the 0.1 % allowed");
    }

    @Test
    void timeRefutesGrowthOnlyBeyondWhatCachesDo() {
        String growing = line("op", "O(1)", 2);
        assertThat(check(growing, "--json").json(0).path("verdict").stringValue())
                .isEqualTo("VIOLATED");
        assertThat(
                        check(inNanos(line("op", "O(1)", 40)), "--json")
                                .json(0)
                                .path("verdict")
                                .stringValue())
                .isEqualTo("VIOLATED");
        Run run = check(inNanos(growing), "--json");
        assertThat(run.json(0).path("verdict").stringValue()).isEqualTo("INCONCLUSIVE");
        assertThat(run.json(0).path("reason").stringValue())
                .matches(
                        "cost grows as O\\(n\\) in ns, but to no more than [\\d.]+ times what the bound allows: caches alone may do that, and only counts can tell");
    }

    private static String inNanos(String line) {
        return line.replace("\"points\"", "\"metric\":\"ns\",\"points\"");
    }

    @Test
    void bootsAreListsOfLists() {
        Run run =
                check(
                        "{\"id\":7,\"bound\":\"mean <= 20\",\"points\":[{\"values\":[[10,11],[10,12],[11,10]]}]}\n",
                        "--json");
        assertThat(run.json(0).path("id").intValue()).isEqualTo(7);
        assertThat(run.json(0).path("verdict").stringValue()).isEqualTo("HOLDS");
    }
}
