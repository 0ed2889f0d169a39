package org.feuerprobe.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A value knows its place, and an absent one has a default. */
class JsonTests {
    private static Json json(String text) throws MalformedJsonException {
        return Json.parse(text.replace('\'', '"'));
    }

    @Test
    void anErrorSaysWhatAndWhere() throws Exception {
        Json points = json("{'points': [{'values': [1, 'x']}, {'values': []}]}").at("points");

        assertThat(points.at(0).at("values").place()).isEqualTo("points[0].values");
        assertThatThrownBy(() -> points.at(0).at("values").wantNumbers())
                .isInstanceOf(MalformedJsonException.class)
                .hasMessage("points[0].values: want a finite number, not \"x\"");
        assertThatThrownBy(() -> points.at(1).at("values").wantList("value"))
                .hasMessage("points[1].values: want a list with at least one value");
        assertThatThrownBy(() -> points.at(0).at("metric").wantText())
                .hasMessage("points[0].metric: want a string");
        assertThatThrownBy(() -> points.wantNumber())
                .hasMessage(
                        "points: want a finite number, not [{\"values\":[1,\"x\"]},{\"values\":[]}]");
        assertThatThrownBy(() -> json("7").wantText()).hasMessage("want a string");
    }

    @Test
    void whatIsNoJsonSaysItsLineAndColumn() {
        assertThatThrownBy(() -> json("{\n'a': }"))
                .isInstanceOfSatisfying(
                        MalformedJsonException.class,
                        e -> {
                            assertThat(e.line()).isEqualTo(2);
                            assertThat(e.column()).isEqualTo(6);
                            assertThat(e).hasMessageStartingWith("not JSON: Unexpected character");
                        });
        assertThatThrownBy(() -> Json.parseStrictly("{\"a\": 1, \"a\": 2}"))
                .hasMessage("not JSON: Duplicate Object property \"a\"");
        assertThatThrownBy(() -> Json.parseStrictly("{} {}")).hasMessageStartingWith("not JSON: ");
    }

    /** A count with a fraction of zeros is a count. */
    @Test
    void aWholeNumberThatNoDoubleIsIsRefusedHoweverItIsWritten() throws Exception {
        for (String number :
                List.of("9007199254740993", "9007199254740993.0", "9007199254740993.00")) {
            assertThatThrownBy(() -> Json.parseStrictly("[" + number + "]").wantNumbers())
                    .hasMessage(
                            number
                                    + " is beyond 2^53 and cannot be held exactly: count from a nearer base, or in a larger unit");
        }
        assertThat(Json.parseStrictly("[9007199254740992.0, 0.1, 1e22]").wantNumbers())
                .containsExactly(9007199254740992.0, 0.1, 1e22);
        assertThatThrownBy(() -> Json.parseStrictly("[1e999]").wantNumbers())
                .hasMessageStartingWith("want a finite number, not ");
    }

    @Test
    void whatIsTooLargeIsNamedWithoutTheParsersWords() {
        assertThatThrownBy(() -> Json.parseStrictly("[".repeat(2000)))
                .hasMessageStartingWith("too large to read: Document nesting depth (")
                .hasMessageNotContaining("StreamReadConstraints");
        assertThatThrownBy(() -> Json.parseStrictly("[" + "1".repeat(2000) + "]"))
                .hasMessageStartingWith("too large to read: Number value length (2000)")
                .hasMessageNotContaining("StreamReadConstraints");
    }

    /** An older version did not write every value. */
    @Test
    void anAbsentValueHasADefault() throws Exception {
        Json empty = json("{'null': null, 'text': 'x', 'infinite': 1e999}");

        for (String key : List.of("absent", "null")) {
            assertThat(empty.at(key).isAbsent()).isTrue();
            assertThat(empty.name(key)).isEmpty();
            assertThat(empty.at(key).written()).isEmpty();
            assertThat(empty.number(key)).isZero();
            assertThat(empty.at(key).items()).isEmpty();
            assertThat(empty.at(key).fields()).isEmpty();
        }
        assertThat(empty.number("infinite")).isZero();
        assertThat(empty.number("text")).isZero();
        assertThat(empty.flag("text")).isFalse();
        assertThat(empty.has("null")).isTrue();
        assertThat(empty.has("absent")).isFalse();
    }

    @Test
    void textsAreHarmlessUnlessAskedForRaw() throws Exception {
        Json value = Json.parse("\"a\\u001b[31mb\"");

        assertThat(value.raw()).isEqualTo("a\u001b[31mb");
        assertThat(value.name()).doesNotContain("\u001b");
        assertThat(value.prose()).doesNotContain("\u001b");
        assertThat(json("{'K': 2, 'N': 16}").point()).isEqualTo("K=2 N=16");
        assertThat(json("[1, 2]").fact()).isEqualTo("[1,2]");
    }
}
