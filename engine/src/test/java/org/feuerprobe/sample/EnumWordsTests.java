package org.feuerprobe.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EnumWordsTests {
    private enum Bridge {
        ARCH,
        CABLE_STAYED
    }

    @Test
    void aConstantIsWrittenInLowerCaseWithHyphens() {
        assertThat(EnumWords.of(Bridge.CABLE_STAYED)).isEqualTo("cable-stayed");
        assertThat(EnumWords.list(Bridge.class)).isEqualTo("arch, cable-stayed");
    }

    @Test
    void onlyTheWordFindsAConstant() {
        assertThat(EnumWords.find(Bridge.class, "cable-stayed")).contains(Bridge.CABLE_STAYED);
        assertThat(EnumWords.find(Bridge.class, "CABLE_STAYED")).isEmpty();
        assertThat(EnumWords.find(Bridge.class, "cable_stayed")).isEmpty();
        assertThat(EnumWords.find(Bridge.class, "")).isEmpty();
    }
}
