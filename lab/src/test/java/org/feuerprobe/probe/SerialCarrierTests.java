package org.feuerprobe.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.feuerprobe.probe.HeaderPage.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SerialCarrierTests {
    @Test
    void carriesTheBytesOfARecord() throws ProbeFormatException {
        byte[] stream = Streams.golden();
        SerialCarrier line = SerialCarrier.read("#fp " + HexFormat.of().formatHex(stream), 1);
        assertThat(line).isEqualTo(new SerialCarrier.RecordBytes(ByteBuffer.wrap(stream)));
    }

    @Test
    void ignoresTheCarriageReturnOfATerminalLine() throws ProbeFormatException {
        assertThat(SerialCarrier.read("#fp 00ff\r", 1))
                .isEqualTo(new SerialCarrier.RecordBytes(ByteBuffer.wrap(new byte[] {0, -1})));
        assertThat(SerialCarrier.read("#fp-state 1 0 0 0 0 0\r", 1))
                .isInstanceOf(SerialCarrier.State.class);
    }

    @Test
    void carriesTheStateInDecimal() throws ProbeFormatException {
        assertThat(SerialCarrier.read("#fp-state 5 4 4294967295 7 1 9", 1))
                .isEqualTo(
                        new SerialCarrier.State(
                                new HeaderPage(0, 1, 9, 0, State.REFUSED, 4, -1, 7)));
    }

    @Test
    void carriesAPanic() throws ProbeFormatException {
        ByteBuffer panic = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
        panic.putInt(0x21505046).putInt(1).putLong(2).putLong(3).putLong(4).putLong(5);
        panic.put(new byte[] {'o', 'h', 27});
        assertThat(SerialCarrier.read("#fp-panic " + HexFormat.of().formatHex(panic.array()), 1))
                .isEqualTo(
                        new SerialCarrier.Panicked(
                                new HeaderPage.Panic(1, 2, 3, 4, 5, "oh\uFFFD")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", " #fp 00", "#fpga ready", "fp-state", "#FP 00"})
    void takesEveryOtherLineForTheKernelsLog(String line) throws ProbeFormatException {
        assertThat(SerialCarrier.read(line, 1)).isEqualTo(new SerialCarrier.Text(line));
    }

    @Test
    void showsTheLogHarmless() throws ProbeFormatException {
        assertThat(SerialCarrier.read("\u001b[2Jx\u202e", 1))
                .isEqualTo(new SerialCarrier.Text("\uFFFD[2Jx\uFFFD"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "#fp 0; not hexadecimal",
                "#fp 0g; not hexadecimal",
                "#fp 00 00; not hexadecimal",
                "#fp-panic 00; panic of 1 bytes",
                "#fp-panic x; not hexadecimal",
                "#fp-state 1 0 0 0 0; want #fp-state <state> <error> <plan_crc> <boot> <done> <total>",
                "#fp-state 7 0 0 0 0 0; want #fp-state <state> <error> <plan_crc> <boot> <done> <total>",
                "#fp-state -1 0 0 0 0 0; want #fp-state <state> <error> <plan_crc> <boot> <done> <total>",
                "#fp-state x; a number of #fp-state cannot be read",
                "#fp-state 1 0 4294967296 0 0 0; a number of #fp-state cannot be read",
                "#fp-state 1 0 -1 0 0 0; a number of #fp-state cannot be read",
                "#fp-state 1 0 0 0 0x1 0; a number of #fp-state cannot be read",
                "#fp; unknown #fp line",
                "#fp-; unknown #fp line",
                "#fp-stat; unknown #fp line",
                "#fp-state; unknown #fp line",
            })
    void saysWhatIsWrongAndOnWhichLine(String line, String message) {
        assertThatExceptionOfType(ProbeFormatException.class)
                .isThrownBy(() -> SerialCarrier.read(line, 42))
                .withMessage("line 42 of the serial line: " + message);
    }

    @Test
    void wantsThePanicsMagic() {
        assertThatExceptionOfType(ProbeFormatException.class)
                .isThrownBy(() -> SerialCarrier.read("#fp-panic " + "00".repeat(512), 3))
                .withMessage("line 3 of the serial line: wrong magic in the panic");
    }

    @FuzzTest
    void survivesAnyLine(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        survives(text);
        survives("#fp " + text);
        survives("#fp-state " + text);
        survives("#fp-panic " + text);
    }

    private static void survives(String line) {
        try {
            SerialCarrier carrier = SerialCarrier.read(line, 1);
            if (carrier instanceof SerialCarrier.Text(String text)) {
                assertThat(text).isEqualTo(HarmlessText.of(text));
            }
        } catch (ProbeFormatException e) {
            assertThat(e.getMessage()).startsWith("line 1 of the serial line: ");
        }
    }
}
