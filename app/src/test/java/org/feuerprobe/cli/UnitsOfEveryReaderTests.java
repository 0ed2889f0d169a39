package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.feuerprobe.check.CheckInput;
import org.feuerprobe.check.CheckLine;
import org.feuerprobe.sample.UnitOfEnergy;
import org.feuerprobe.sample.UnitOfTime;
import org.feuerprobe.verdict.Decider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every unit in every reader: a value of 2.407 units is within 2.407 units, and not within less.
 */
final class UnitsOfEveryReaderTests {
    private static final BigDecimal AMOUNT = new BigDecimal("2.407");
    private static final int VALUES = 20;

    /** How a format states a unit; {@code $U} is the unit and {@code $V} the list of values. */
    enum Reader {
        JSONL("a.jsonl", "{'id':'a','metric':'$U','points':[{'values':[$V]}]}"),
        JSONL_WITHOUT("a.jsonl", "{'id':'a','points':[{'values':[$V]}]}"),
        JSONL_PER_OPERATION("a.jsonl", "{'metric':'$U/op','points':[{'values':[$V]}]}"),
        GOOGLE("a.json", "{'benchmarks':[$G]}"),
        JMH("a.json", "[{'benchmark':'a','primaryMetric':{'scoreUnit':'$U/op','rawData':[[$V]]}}]"),
        CSV_NAME("a.csv", "time_$U\n$L"),
        CSV_BRACKETS("a.csv", "Time ($U)\n$L"),
        CSV_COLUMN("a.csv", "name,Unit,value\n$C"),
        CSV_WITHOUT("a.csv", "value\n$L"),
        EXTRA_P("a.txt", "PARAMETER p\nPOINTS 1\nREGION a\nMETRIC $U\nDATA $W\n"),
        EXTRA_P_JSON(
                "a.json",
                "{'parameters':['p'],'measurements':{'a':{'$U':[{'point':[1],'values':[$V]}]}}}"),
        EXTRA_P_JSONL("a.jsonl", "{'params':{'p':1},'metric':'$U','value':[$V]}"),
        SEL4BENCH("a.json", "[{'Benchmark':'a','Results':[{'Metric':'$U','Raw results':[$V]}]}]"),
        HYPERFINE("a.json", "{'results':[{'command':'a','times':[$V]}]}", "s"),
        CYCLICTEST_US(
                "a.json",
                "{'num_threads':1,'thread':{'0':{'histogram':{'2.407':20},'cycles':20,'max':2.407}}}",
                "us"),
        CYCLICTEST_NS(
                "a.json",
                "{'num_threads':1,'resolution_in_ns':1,'thread':{'0':{'histogram':{'2.407':20},'cycles':20}}}",
                "ns"),
        RTLA(
                "a.txt",
                "# RTLA timerlat histogram\n# Time unit is x ($U)\nIndex IRQ-000\n2.407 20\nover: 0\n",
                "us ns");

        private final String file;
        private final String text;
        private final String only;

        Reader(String file, String text) {
            this(file, text, "");
        }

        Reader(String file, String text, String only) {
            this.file = file;
            this.text = text;
            this.only = only;
        }

        /** Whether the format can have this unit. */
        boolean has(String unit) {
            return only.isEmpty() || List.of(only.split(" ", -1)).contains(unit);
        }

        /** Whether the file states the unit. */
        boolean stated() {
            return !name().endsWith("WITHOUT");
        }

        String text(String unit) {
            List<String> values = Collections.nCopies(VALUES, AMOUNT.toPlainString());
            return text.replace('\'', '"')
                    .replace("$V", String.join(",", values))
                    .replace("$W", String.join(" ", values))
                    .replace("$L", String.join("\n", values))
                    .replace(
                            "$C",
                            values.stream()
                                    .map(v -> "a," + unit + "," + v + "\n")
                                    .collect(Collectors.joining()))
                    .replace(
                            "$G",
                            values.stream()
                                    .map(v ->
                                            "{\"name\":\"a\",\"real_time\":%s,\"time_unit\":\"%s\"}"
                                                    .formatted(v, unit))
                                    .collect(Collectors.joining(",")))
                    .replace("$U", unit);
        }
    }

    static Stream<Arguments> unitsOfReaders() {
        return Arrays.stream(Reader.values())
                .flatMap(reader ->
                        Arrays.stream(UnitOfTime.values())
                                .flatMap(unit -> unit.words().stream())
                                .filter(reader::has)
                                .map(word -> Arguments.of(reader, word)));
    }

    @ParameterizedTest
    @MethodSource("unitsOfReaders")
    void aClaimInAnyUnitOfTimeIsConverted(Reader reader, String word, @TempDir Path folder)
            throws Exception {
        Path file = Files.writeString(folder.resolve(reader.file), reader.text(word));
        UnitOfTime unit = UnitOfTime.of(word).orElseThrow();
        for (UnitOfTime other : reader.stated() ? UnitOfTime.values() : new UnitOfTime[] {unit}) {
            BigDecimal limit = converted(unit, other);
            BigDecimal below = limit.multiply(new BigDecimal("0.9999"));
            assertThat(verdict(file, limit, other.symbol())).isEqualTo("HOLDS: ");
            assertThat(verdict(file, below, other.symbol())).isEqualTo("VIOLATED: ");
        }
    }

    @ParameterizedTest
    @MethodSource("unitsOfReaders")
    void aClaimInAnotherUnitIsUndecidedOrAnError(Reader reader, String word, @TempDir Path folder)
            throws Exception {
        Path file = Files.writeString(folder.resolve(reader.file), reader.text(word));

        assertThat(verdict(file, new BigDecimal("3000000"), "cycles"))
                .isEqualTo(
                        reader.stated()
                                ? "INCONCLUSIVE: the claim is about cycles, but the values are ns: claim what was measured, or measure cycles"
                                : "HOLDS: ");
        assertThat(verdict(file, new BigDecimal("3"), "cycels"))
                .startsWith("bound: 'median <= 3 cycels': unknown unit 'cycels', want one of ")
                .endsWith("; did you mean cycles? (character 13)");
    }

    /** Formats in which a file may name any unit; the others know times only. */
    private static final List<Reader> ANY_UNIT =
            List.of(
                    Reader.JSONL,
                    Reader.JSONL_WITHOUT,
                    Reader.JSONL_PER_OPERATION,
                    Reader.CSV_NAME,
                    Reader.CSV_BRACKETS,
                    Reader.CSV_COLUMN,
                    Reader.CSV_WITHOUT,
                    Reader.EXTRA_P,
                    Reader.EXTRA_P_JSON,
                    Reader.EXTRA_P_JSONL,
                    Reader.SEL4BENCH);

    static Stream<Arguments> energiesOfReaders() {
        return ANY_UNIT.stream()
                .flatMap(reader ->
                        Arrays.stream(UnitOfEnergy.values())
                                .map(unit -> Arguments.of(reader, unit)));
    }

    @ParameterizedTest
    @MethodSource("energiesOfReaders")
    void aClaimAboutEnergyOrPowerIsConverted(Reader reader, UnitOfEnergy unit, @TempDir Path folder)
            throws Exception {
        Path file = Files.writeString(folder.resolve(reader.file), reader.text(unit.symbol()));
        for (UnitOfEnergy other :
                reader.stated() ? UnitOfEnergy.values() : new UnitOfEnergy[] {unit}) {
            boolean alike = other.decidedIn().equals(unit.decidedIn());
            BigDecimal limit =
                    alike
                            ? BigDecimal.valueOf(unit.decided(1000))
                                    .multiply(AMOUNT)
                                    .divide(
                                            BigDecimal.valueOf(other.decided(1000)),
                                            30,
                                            java.math.RoundingMode.CEILING)
                            : AMOUNT;
            BigDecimal below = limit.multiply(new BigDecimal("0.9999"));
            String open =
                    "INCONCLUSIVE: the claim is about %1$s, but the values are %2$s: claim what was measured, or measure %1$s"
                            .formatted(other.symbol(), unit.decidedIn());
            assertThat(verdict(file, limit, other.symbol())).isEqualTo(alike ? "HOLDS: " : open);
            assertThat(verdict(file, below, other.symbol())).isEqualTo(alike ? "VIOLATED: " : open);
        }
    }

    private static BigDecimal converted(UnitOfTime from, UnitOfTime to) {
        return BigDecimal.valueOf(from.nanos(1000))
                .multiply(AMOUNT)
                .divide(BigDecimal.valueOf(to.nanos(1000)), 30, java.math.RoundingMode.CEILING);
    }

    private static String verdict(Path file, BigDecimal limit, String unit) throws Exception {
        String bound = "median <= %s %s".formatted(limit.toPlainString(), unit);
        CheckInput input = new CheckInput(Optional.empty(), bound, Optional.empty(), _ -> true);
        try {
            return switch (input.open(List.of(file.toString()), InputStream.nullInputStream())) {
                case CheckInput.Found.Lines(BufferedReader reader) ->
                        verdict(CheckLine.parse(reader.readLine(), bound));
                case CheckInput.Found.Sets(List<CheckInput.Entry> entries) -> {
                    CheckInput.Entry only = entries.getFirst();
                    yield only.line().isPresent() ? verdict(only.line().get()) : only.error();
                }
            };
        } catch (CheckLine.MalformedLineException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String verdict(CheckLine line) {
        return line.open().isEmpty()
                ? new Decider().decide(line.claim(), line.data()).kind() + ": "
                : "INCONCLUSIVE: " + line.open();
    }
}
