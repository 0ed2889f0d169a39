package org.feuerprobe.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BoundsFileTests {
    private static final String HEAD = "schema: 1\nsubject: S\nbounds:\n";
    private static final String ONE =
            """
              - id: a/b
                operation: a
                claim: O(N)
                kind: target
                source: {document: d.md, section: "3.1"}
            """;

    @Test
    void readsWhatItDeclares() throws BoundsFileException {
        BoundsFile file =
                BoundsFile.parse(
                        "f",
                        HEAD
                                + ONE
                                + """
                                  - {id: c, operation: o, claim: "max < 5", kind: documented,
                                     mode: tight, note: "why", source: {document: d, section: s}}
                                """);
        assertThat(file.subject()).isEqualTo("S");
        assertThat(file.bounds())
                .containsExactly(
                        new Bound(
                                "a/b",
                                "a",
                                Claim.parse("O(N)", Claim.Mode.UPPER),
                                Bound.Kind.TARGET,
                                new Bound.Source("d.md", "3.1"),
                                ""),
                        new Bound(
                                "c",
                                "o",
                                Claim.parse("max < 5", Claim.Mode.TIGHT),
                                Bound.Kind.DOCUMENTED,
                                new Bound.Source("d", "s"),
                                "why"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "''#f:1:1: the file is empty",
                "a comment only: x#f:1:1: unknown key 'a comment only', want one of schema, subject, bounds, published, proved\\nf:1:1: missing keys 'schema', 'subject', 'bounds'",
                "[1]#f:1:1: want a mapping with the keys schema, subject, bounds",
                "schema: 1#f:1:1: missing keys 'subject', 'bounds'",
                "schema: 2\\nsubject: s\\nbounds: []#f:1:9: schema 2, want 1",
                "schema: [1]\\nsubject: s\\nbounds: []#f:1:9: want plain text",
                "schema: 1\\nsubject: s\\nbounds: x#f:3:9: want a list of bounds",
                "schema: 1\\nsubject: s\\nbounds: []#f:3:9: the list of bounds is empty",
                "schema: 1\\nschema: 1#f:1:1: missing keys 'subject', 'bounds'\\nf:2:1: duplicate key 'schema'",
                "schema: 1\\nsubject: s\\nbounds: [1]#f:3:10: want a mapping with the keys id, operation, claim, kind, source",
                "? [a]\\n: b#f:1:1: Non scalar key is detected but it is not configured to be allowed.",
                "*a#f:1:1: found undefined alias a",
                "a: *b#f:1:4: found undefined alias b",
                "schema: 1\\n\\tsubject: x#f:2:1: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)",
                "bounds:\\n  - {a: 1}\\n - {a: 2}#f:3:2: expected <block end>, but found '<block sequence start>': check the indentation, because the entries of a list begin in one column",
                "a: [1#f:1:6: expected ',' or ']', but got <stream end>",
                "--- 1\\n--- 2#f:2:1: but found another document",
                "schema: 1\\nsubject: x\\7#f:2:11: character U+0007 is not allowed",
            })
    void saysWhatIsWrongAndWhere(String text, String message) {
        refuses(text.translateEscapes(), message.replace("\\n", "\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "claim: O(N)#claim: O(N#f:6:15: bad claim 'O(N': want ')' at the end of O(...)",
                "claim: O(N)#claim: 'O(N'#f:6:16: bad claim 'O(N': want ')' at the end of O(...)",
                "claim: O(N)#claim:#f:6:11: bad claim '': want O(...) or a statement such as 'p99 <= 1000 cycles'",
                "claim: O(N)#claim: [O(N)]#f:6:12: want plain text",
                "kind: target#kind: TARGET#f:7:11: 'TARGET' is none of documented, target, proposed; did you mean target?",
                "kind: target#kind: target\\n    mode: big#f:8:11: 'big' is none of upper, tight",
                "kind: target#kind: target\\n    parts: []#f:8:12: want a list of parts",
                "kind: target#kind: target\\n    parts: [{times: 2}]#f:8:13: missing key 'operation'",
                "kind: target#kind: target\\n    parts: [{operation: b, times: M + K}]#f:8:35: bad times: want a product, not a sum: 2*M",
                "kind: target#kind: target\\n    parts: [{operation: b, times: M*2}]#f:8:35: bad times: want one number, before the parameters: 2*M",
                "kind: target#kind: target\\n    parts: [{operation: b, times: 2*3}]#f:8:35: bad times: want one number, before the parameters: 2*M",
                "id: a/b#id: ''#f:4:9: 'id' is empty",
                "operation: a#operator: a#f:5:5: unknown key 'operator', want one of id, operation, claim, kind, source, mode, note, parts; did you mean operation?",
                "operation: a#id: a#f:4:5: missing key 'operation'\\nf:5:5: duplicate key 'id'",
                "operation: a#note: a#f:4:5: missing key 'operation'",
                "section:#chapter:#f:8:13: missing key 'section'\\nf:8:30: unknown key 'chapter', want one of document, section",
                "source: {document: d.md, section: \"3.1\"}#source: d.md#f:8:13: want a mapping with the keys document, section",
                "\"3.1\"}#x}\\nproved: x#f:9:9: want a list of operations and functions",
                "\"3.1\"}#x}\\nproved: [{operation: a}]#f:9:10: missing key 'function'",
                "\"3.1\"}#x}\\nproved: [{operation: zzz, function: f}]#f:9:22: no bound of this file is about 'zzz'",
                "\"3.1\"}#x}\\nproved: [{operation: a, function: f, plus: -1}]#f:9:44: '-1': want a whole number of instructions",
                "\"3.1\"}#x}\\nproved: [{operation: a, function: f, with: x}]#f:9:44: want a mapping of the law's parameters: {N: 0}",
                "\"3.1\"}#x}\\npublished: []#f:9:12: want a list of published operations",
                "\"3.1\"}#x}\\npublished: [{operation: a}]#f:9:13: missing key 'similar'",
                "\"3.1\"}#x}\\npublished: [{operation: a, similar: b}]#f:9:37: want a list of names",
                "\"3.1\"}#x}\\npublished: [{operation: b, similar: [c]}]#f:9:25: no bound of this file is about 'b'; did you mean a?",
                "\"3.1\"}#x}\\npublished: [{operation: a, similar: [c]}, {operation: a, similar: [d]}]#f:9:55: duplicate operation 'a'",
            })
    void pointsIntoTheBound(String good, String bad, String message) {
        String bound = ONE.replace(good, bad.translateEscapes());
        assertThat(bound).isNotEqualTo(ONE);
        refuses(HEAD + bound, message.replace("\\n", "\n"));
    }

    @Test
    void readsWhatAnOperationIsBuiltOf() throws BoundsFileException {
        String parts =
                "kind: target\n    parts:\n      - {operation: b}\n      - {operation: c, benchmark: c/x, times: 2*M}\n";
        Bound bound =
                BoundsFile.parse("f", HEAD + ONE.replace("kind: target\n", parts))
                        .bounds()
                        .getFirst();
        assertThat(bound.parts()).hasSize(2);
        assertThat(bound.parts().getFirst()).isEqualTo(new Part("b", "", 1, Product.ONE));
        assertThat(bound.parts().getLast().calls()).isEqualTo(2);
        assertThat(bound.parts().getLast().benchmark()).isEqualTo("c/x");
        assertThat(bound.parts().getLast()).hasToString("c × 2 × M");
    }

    @Test
    void namesAllErrorsOfAFileAtOnce() {
        String second =
                ONE.replace("a/b", "second")
                        .replace("O(N)", "average <= 80 cycles")
                        .replace("kind: target", "kind: proposd\n    sorce: x");
        refuses(
                HEAD + ONE.replace("O(N)", "O(n logg n)") + second + ONE,
                """
                f:6:16: bad claim 'O(n logg n)': unknown function 'logg', there are log, ln, lg and sqrt; did you mean log? A product is written logg*…
                f:11:12: bad claim 'average <= 80 cycles': unknown statistic 'average', want max, mean, median, misses or a quantile such as p99.9; did you mean mean?
                f:12:11: 'proposd' is none of documented, target, proposed; did you mean proposed?
                f:13:5: unknown key 'sorce', want one of id, operation, claim, kind, source, mode, note, parts; did you mean source?
                f:15:9: duplicate identifier 'a/b', first on line 4\
                """
                        .stripIndent());
        refuses(
                HEAD + second.replace("\n    sorce: x", ""),
                """
                f:6:12: bad claim 'average <= 80 cycles': unknown statistic 'average', want max, mean, median, misses or a quantile such as p99.9; did you mean mean?
                f:7:11: 'proposd' is none of documented, target, proposed; did you mean proposed?\
                """
                        .stripIndent());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "maxx <= 3#unknown statistic 'maxx', want max, mean, median, misses or a quantile such as p99.9; did you mean max?",
                "max >= 3#unknown relation '>=', want <, <= or ==",
                "max <=#want a limit and its unit behind <=, as in 'p99 <= 1000 cycles'",
                "O(n sqr(n))#unknown function 'sqr', there are log, ln, lg and sqrt; did you mean sqrt? A product is written sqr*…",
            })
    void saysWhatAClaimMayHold(String claim, String message) {
        assertThat(catchThrowable(() -> Claim.parse(claim, Claim.Mode.UPPER)))
                .isInstanceOf(ClaimSyntaxException.class)
                .hasMessage(message);
        assertThat(Claim.parse("O(logg*n)", Claim.Mode.UPPER)).isNotNull();
    }

    @Test
    void refusesAnIdentifierThatOccursTwice() {
        refuses(HEAD + ONE + ONE, "f:9:9: duplicate identifier 'a/b', first on line 4");
    }

    @Test
    void followsAliasesAndTakesARepeatedBoundForADuplicate() throws BoundsFileException {
        String source = "source: {document: d.md, section: \"3.1\"}";
        String second = ONE.replace("a/b", "second").replace(source, "source: *s");
        BoundsFile file =
                BoundsFile.parse(
                        "f", HEAD + ONE.replace(source, source.replace("{", "&s {")) + second);
        assertThat(file.bounds().get(1).source()).isEqualTo(file.bounds().getFirst().source());
        refuses(
                HEAD + ONE.replace("- id", "- &b\n    id") + "  - *b\n",
                "f:5:9: duplicate identifier 'a/b', first on line 5");
    }

    @Test
    void survivesAliasesThatContainThemselves() {
        refuses(
                "schema: 1\nsubject: s\nbounds: &a [*a]\n",
                "f:3:9: want a mapping with the keys id, operation, claim, kind, source");
        refuses(
                "&a {*a : *a}",
                "f:1:1: Non scalar key is detected but it is not configured to be allowed.");
    }

    @Test
    void survivesAliasesThatMultiply() {
        StringBuilder bomb = new StringBuilder("schema: 1\nsubject: &a0 [x]\nbounds:\n");
        bomb.append("  - &a1 [*a0, *a0]\n");
        for (int i = 2; i < 60; i++) {
            bomb.append("  - &a%d [*a%d, *a%d]\n".formatted(i, i - 1, i - 1));
        }
        refuses(
                bomb.toString(),
                "f:1:1: Number of aliases for non-scalar nodes exceeds the specified max=50");
    }

    @Test
    void refusesDeepNestingInsteadOfRunningOutOfStack() {
        refuses("[".repeat(100_000), "f:1:17: nested deeper than 16");
        refuses("- ".repeat(5_000) + "x", "f:1:33: nested deeper than 16");
        refuses("{a: ".repeat(20_000), "f:1:65: nested deeper than 16");
    }

    @Test
    void saysWhyAFileCannotBeRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("b.yaml");
        refusesFile(file, file + ": no such file");
        String why = // in the host's language
                catchThrowable(() -> Files.readAllBytes(folder)).getMessage();
        refusesFile(folder, folder + ": cannot be read: " + why);
        Files.write(file, new byte[] {'a', (byte) 0xC3, '('});
        refusesFile(file, file + ": not UTF-8 text");
        Files.writeString(file, "#".repeat((1 << 20) + 1));
        refusesFile(file, file + ": larger than 1048576 bytes");
        Files.writeString(file, "#".repeat(1 << 20));
        refusesFile(file, file + ":1:1: the file is empty");
        refusesFile(Path.of("/dev/zero"), "/dev/zero: larger than 1048576 bytes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "max <= 2 crossing#6:21#crossing",
                "O(1) l1d_mises#6:17#l1d_mises",
            })
    void namesAUnitThatNobodyCounts(String claim, String place, String unit, @TempDir Path folder)
            throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("b.yaml"),
                        HEAD + ONE.replace("claim: O(N)", "claim: " + claim));
        assertThatExceptionOfType(BoundsFileException.class)
                .isThrownBy(() -> BoundsFile.read(file, Set.of("l1d_misses", "crossings")))
                .withMessage(
                        "%s:%s: bad claim '%s': unknown unit '%s', want one of crossings, l1d_misses; did you mean %s?"
                                .formatted(
                                        file,
                                        place,
                                        claim,
                                        unit,
                                        unit.equals("crossing") ? "crossings" : "l1d_misses"));
    }

    @Test
    void theBoundsOfFeuerBirdNameTheirOperationsAndSources() throws BoundsFileException {
        BoundsFile file = BoundsFile.read(Path.of("bounds", "feuerbird.yaml"));
        assertThat(file.subject()).isEqualTo("FeuerBird");
        assertThat(file.bounds())
                .isNotEmpty()
                .allSatisfy(bound -> {
                    assertThat(bound.id()).startsWith(bound.operation() + "/");
                    assertThat(bound.source().document()).isNotBlank();
                    assertThat(bound.source().section()).isNotBlank();
                });
        assertThat(file.bounds().stream().map(Bound::operation))
                .containsAll(Set.of("cap_table_alloc", "cap_table_lookup", "cap_revoke"));
    }

    @FuzzTest
    void readsOrRefusesAnyText(FuzzedDataProvider data) {
        try {
            assertThat(BoundsFile.parse("f", data.consumeRemainingAsString()).bounds())
                    .isNotEmpty();
        } catch (BoundsFileException e) {
            assertThat(e.getMessage()).matches("(?s)f:[0-9]+:[0-9]+: .+");
        }
    }

    private static void refuses(String text, String message) {
        assertThatExceptionOfType(BoundsFileException.class)
                .isThrownBy(() -> BoundsFile.parse("f", text))
                .withMessage(message);
    }

    private static void refusesFile(Path file, String message) {
        assertThatExceptionOfType(BoundsFileException.class)
                .isThrownBy(() -> BoundsFile.read(file))
                .withMessage(message);
    }
}
