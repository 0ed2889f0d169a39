package org.feuerprobe.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.feuerprobe.results.OtherTestbed;
import org.feuerprobe.results.StoredManifest;
import org.feuerprobe.results.TestbedDifference;
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
                testbed,
                new LinkedHashMap<>(Map.of("cpu", "the same", "microcode", fingerprint)));
    }

    @Test
    void timedFiguresOfTwoFingerprintsAreNotCompared() {
        assertThat(
                        TestbedRule.differences(
                                manifest(false, "576bf47c8b54f94f", "QEMU 7.2"),
                                manifest(false, "0123456789abcdef", "QEMU 7.2")))
                .containsExactly(
                        "fingerprint: \"576bf47c8b54f94f\" and \"0123456789abcdef\"",
                        "microcode: \"576bf47c8b54f94f\" and \"0123456789abcdef\"");
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
                .containsExactly(
                        "fingerprint: \"576bf47c8b54f94f\" and \"\"",
                        "microcode: \"576bf47c8b54f94f\" and \"\"");
    }

    /** A line stays a line: the kernel's options are a screenful, which the page shows whole. */
    @Test
    void namesWhatIsTooLongForALine() {
        assertThat(new TestbedDifference("kernel options", "quiet", "x".repeat(81)))
                .hasToString("kernel options differ");
        assertThat(new TestbedDifference("kernel options", "quiet", "x".repeat(80)).toString())
                .startsWith("kernel options: \"quiet\" and \"xx");
    }

    @Test
    void aWarningNamesFactsAndTheFiguresThatDependOnThem() {
        TestbedDifference cpu = new TestbedDifference("cpu", "A", "B");
        TestbedDifference emulator = new TestbedDifference("emulator", "7", "9");

        assertThat(new OtherTestbed("x", List.of(cpu)).warning())
                .isEqualTo(
                        "x is of another testbed: it differs in cpu. Its timed figures are not to be compared with those beside them.");
        assertThat(new OtherTestbed("x", Collections.nCopies(7, emulator)).warning())
                .contains("emulator, emulator and 2 more. Its figures are not");
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
