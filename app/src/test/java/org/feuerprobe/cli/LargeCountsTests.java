package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.feuerprobe.exchange.ForeignData;
import org.feuerprobe.exchange.ForeignFormatException;
import org.feuerprobe.exchange.ForeignOptions;
import org.feuerprobe.exchange.MeasuredSet;
import org.feuerprobe.report.CheckedLine;
import org.feuerprobe.sample.Numbers;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Counts around the borders of exact arithmetic are read and shown with every digit, or refused.
 */
final class LargeCountsTests {
    private static final String REFUSED = " is beyond 2^53 and cannot be held exactly";

    private static final List<BigInteger> BORDERS =
            List.of(
                    BigInteger.TWO.pow(53).subtract(BigInteger.ONE),
                    BigInteger.TWO.pow(53),
                    BigInteger.TWO.pow(53).add(BigInteger.ONE),
                    BigInteger.TWO.pow(63).subtract(BigInteger.ONE),
                    BigInteger.TWO.pow(64));

    /** How a format states a count and a parameter, each {@code $V}. */
    private enum Reader {
        GOOGLE_BENCHMARK("{'benchmarks':[{'name':'a','real_time':1,'instructions':$V}]}"),
        JMH("[{'benchmark':'a','primaryMetric':{'scoreUnit':'instructions/op','rawData':[[$V]]}}]"),
        SEL4BENCH("[{'Benchmark':'a','Results':[{'Metric':'instructions','Raw results':[$V]}]}]"),
        EXTRA_P("PARAMETER p\nPOINTS 1\nREGION a\nMETRIC instructions\nDATA $V\n"),
        EXTRA_P_JSON(
                "{'parameters':['p'],'measurements':{'a':{'instructions':[{'point':[1],'values':[$V]}]}}}"),
        EXTRA_P_JSONL("{'params':{'p':1},'metric':'instructions','value':$V}"),
        CSV("instructions\n$V\n");

        private final String text;

        Reader(String text) {
            this.text = text.replace('\'', '"');
        }
    }

    static Stream<Arguments> readersOfBorders() {
        return Arrays.stream(Reader.values())
                .flatMap(reader -> BORDERS.stream().map(border -> Arguments.of(reader, border)));
    }

    static Stream<BigInteger> borders() {
        return BORDERS.stream();
    }

    private static boolean isExact(BigInteger count) {
        return new java.math.BigDecimal(count.doubleValue()).toBigInteger().equals(count);
    }

    @ParameterizedTest
    @MethodSource("readersOfBorders")
    void aReaderHoldsACountExactlyOrRefusesIt(Object reader, BigInteger count) {
        Reader format = (Reader) reader;
        String read;
        try {
            read =
                    ForeignData.read(
                                    ForeignData.Format.valueOf(format.name()),
                                    List.of(
                                            new ForeignData.Source(
                                                    "f",
                                                    format.text.replace("$V", count.toString()))),
                                    ForeignOptions.NONE)
                            .stream()
                            .map(MeasuredSet::data)
                            .filter(data -> data.metric().equals("instructions"))
                            .map(data -> Numbers.plain(data.points().getFirst().values()[0]))
                            .findFirst()
                            .orElseThrow();
        } catch (ForeignFormatException e) {
            read = String.valueOf(e.getMessage());
        }

        if (isExact(count)) {
            assertThat(read).isEqualTo(count.toString());
        } else {
            assertThat(read).startsWith("f: ").contains(count + REFUSED);
        }
    }

    @ParameterizedTest
    @MethodSource("borders")
    void checkDecidesOurOwnLinesExactlyOrRefusesThem(BigInteger count, @TempDir Path folder)
            throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("a.jsonl"),
                        "{\"id\":\"a\",\"bound\":\"max <= %s instructions\",\"metric\":\"instructions\",\"points\":[{\"n\":1,\"values\":[%s]}]}\n"
                                .formatted(count, count));
        CapturedConsole console = new CapturedConsole();

        int status = console.run("check", file.toString(), "--json", "--summary");

        if (isExact(count)) {
            assertThat(console.out())
                    .contains(
                            "\"value\":" + count + ",",
                            "\"observed_max\":" + count + ",",
                            "\"max\":" + count);
        } else {
            assertThat(console.out()).contains(count + REFUSED);
            assertThat(status).isEqualTo(ExitStatus.USAGE);
        }
    }

    @ParameterizedTest
    @MethodSource("borders")
    void aLimitIsHeldExactlyOrRefused(BigInteger count, @TempDir Path folder) throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("a.jsonl"),
                        "{\"id\":\"a\",\"metric\":\"instructions\",\"points\":[{\"values\":[5]}]}\n");
        CapturedConsole console = new CapturedConsole();

        console.run("check", file.toString(), "--bound", "max <= %s".formatted(count));

        assertThat(console.out())
                .contains(isExact(count) ? "HOLDS" : "the limit " + count + REFUSED);
    }

    @ParameterizedTest
    @MethodSource("borders")
    void everyOutletShowsAllDigits(BigInteger count) {
        double value = count.doubleValue();
        BigInteger held = new java.math.BigDecimal(value).toBigInteger();

        assertThat(Numbers.plain(value)).isEqualTo(held.toString());
        assertThat(Numbers.number(value)).hasToString(held.toString());
        assertThat(org.feuerprobe.gate.Finding.number(value)).isEqualTo(held.toString());
        if (value <= Numbers.EXACT) {
            assertThat(Numbers.grouped(value).replace(",", "")).isEqualTo(held.toString());
            assertThat(
                            CheckedLine.of(
                                    Map.of(
                                            "statistic",
                                            Map.of("name", "max", "value", Map.of("value", held)),
                                            "verdict",
                                            "HOLDS",
                                            "reason",
                                            "r"),
                                    true))
                    .contains(Numbers.grouped(value));
        }
    }
}
