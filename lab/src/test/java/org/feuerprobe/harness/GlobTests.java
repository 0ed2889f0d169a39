package org.feuerprobe.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class GlobTests {
    @Test
    void matchesTheWholeNameAndNotAPart() {
        assertThat(new Glob("cap").matches("cap")).isTrue();
        assertThat(new Glob("cap").matches("cap_revoke")).isFalse();
        assertThat(new Glob("cap").matches("x_cap")).isFalse();
    }

    @Test
    void starIsAnyTextAndQuestionMarkOneCharacter() {
        assertThat(new Glob("cap_*").matches("cap_table_alloc/target")).isTrue();
        assertThat(new Glob("*").matches("")).isTrue();
        assertThat(new Glob("*/t?rget").matches("cap_revoke/target")).isTrue();
        assertThat(new Glob("?").matches("")).isFalse();
        assertThat(new Glob("?").matches("ab")).isFalse();
        assertThat(new Glob("?").matches("😀")).isTrue();
        assertThat(new Glob("a*b").matches("a\n\u2028b")).isTrue();
    }

    /** A regular expression would try each way to spread the stars. */
    @Test
    void manyStarsTakeNoTime() {
        String name = "a".repeat(5000);
        assertThat(new Glob("*a".repeat(500) + "*b").matches(name)).isFalse();
        assertThat(new Glob("*".repeat(5000) + "a").matches(name)).isTrue();
        assertThat(new Glob("a*".repeat(40)).matches(name)).isTrue();
    }

    @Test
    void aStarGivesBackWhatTheRestNeeds() {
        assertThat(new Glob("*ab*ab").matches("ababab")).isTrue();
        assertThat(new Glob("a*b*c").matches("abcbd")).isFalse();
        assertThat(new Glob("a*?").matches("a")).isFalse();
        assertThat(new Glob("**").matches("x")).isTrue();
        assertThat(new Glob("").matches("")).isTrue();
        assertThat(new Glob("").matches("x")).isFalse();
    }

    @Test
    void takesEveryOtherCharacterLiterally() {
        assertThat(new Glob("a.c").matches("abc")).isFalse();
        assertThat(new Glob("a.c").matches("a.c")).isTrue();
        assertThat(new Glob("[ab](c)+\\E|$").matches("[ab](c)+\\E|$")).isTrue();
    }
}
