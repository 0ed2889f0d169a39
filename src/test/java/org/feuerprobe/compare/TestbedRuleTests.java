package org.feuerprobe.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import org.feuerprobe.results.StoredManifest;
import org.junit.jupiter.api.Test;

/** Which differences of two testbeds forbid a comparison. */
class TestbedRuleTests {
    private static StoredManifest manifest(boolean exact, String fingerprint, String emulator) {
        LinkedHashMap<String, String> testbed = new LinkedHashMap<>();
        testbed.put("cpu", "the same");
        testbed.put("emulator", emulator);
        if (!fingerprint.isEmpty()) {
            testbed.put("fingerprint", fingerprint);
        }
        return new StoredManifest(
                exact ? "qemu" : "native",
                exact ? "instructions" : "cycles",
                exact,
                "image",
                "",
                "gcc",
                new LinkedHashMap<>(),
                testbed);
    }

    @Test
    void timedFiguresOfTwoFingerprintsAreNotCompared() {
        assertThat(
                        TestbedRule.differences(
                                manifest(false, "576bf47c8b54f94f", "QEMU 7.2"),
                                manifest(false, "0123456789abcdef", "QEMU 7.2")))
                .containsExactly("fingerprint: \"576bf47c8b54f94f\" and \"0123456789abcdef\"");
        assertThat(
                        TestbedRule.differences(
                                manifest(false, "576bf47c8b54f94f", "QEMU 7.2"),
                                manifest(false, "576bf47c8b54f94f", "QEMU 7.2")))
                .isEmpty();
    }

    @Test
    void aFingerprintThatOneSideLacksIsNotTheSame() {
        assertThat(
                        TestbedRule.differences(
                                manifest(false, "576bf47c8b54f94f", "QEMU 7.2"),
                                manifest(false, "", "QEMU 7.2")))
                .containsExactly("fingerprint: \"576bf47c8b54f94f\" and \"\"");
    }

    /** A count is the emulator's, whatever the machine. */
    @Test
    void exactCountsDependOnTheEmulatorAlone() {
        assertThat(
                        TestbedRule.differences(
                                manifest(true, "576bf47c8b54f94f", "QEMU 7.2"),
                                manifest(true, "0123456789abcdef", "QEMU 7.2")))
                .isEmpty();
        assertThat(
                        TestbedRule.differences(
                                manifest(true, "576bf47c8b54f94f", "QEMU 7.2"),
                                manifest(true, "576bf47c8b54f94f", "QEMU 9.0")))
                .containsExactly("emulator: \"QEMU 7.2\" and \"QEMU 9.0\"");
    }
}
