package org.feuerprobe.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.feuerprobe.probe.HeaderPage.State;
import org.junit.jupiter.api.Test;

final class HeaderPageTests {
    @Test
    void readsEveryFieldAtItsPlace() throws ProbeFormatException {
        assertThat(HeaderPage.read(page()))
                .contains(new HeaderPage(11, 12, 13, 14, State.RUNNING, 15, 0x87654321, 17));
    }

    @Test
    void isEmptyUntilTheMagicIsThere() throws ProbeFormatException {
        assertThat(HeaderPage.read(page().putLong(0, 0))).isEmpty();
        assertThat(HeaderPage.read(ByteBuffer.allocate(4096))).isEmpty();
    }

    @Test
    void acceptsALargerMinorVersion() throws ProbeFormatException {
        assertThat(HeaderPage.read(page().putShort(10, (short) 9))).isPresent();
    }

    @Test
    void ignoresTheBuffersPositionAndOrder() throws ProbeFormatException {
        ByteBuffer page = page();
        page.position(100).order(ByteOrder.BIG_ENDIAN);
        assertThat(HeaderPage.read(page).map(HeaderPage::heartbeat)).contains(11L);
    }

    @Test
    @SuppressWarnings("EnumOrdinal") // the order is that of the wire
    void knowsEveryState() throws ProbeFormatException {
        for (State state : State.values()) {
            assertThat(HeaderPage.read(page().putInt(48, state.ordinal())).map(HeaderPage::state))
                    .contains(state);
        }
        assertThat(State.values())
                .containsExactly(
                        State.NOTHING,
                        State.BOOTING,
                        State.RUNNING,
                        State.COMPLETE,
                        State.PANIC,
                        State.REFUSED,
                        State.OUT_OF_ROOM);
    }

    @Test
    void saysWhatIsWrongAndWhere() {
        refuses(
                ByteBuffer.allocate(4095),
                "at offset 0: output region of 4095 bytes is smaller than its header page");
        refuses(page().put(7, (byte) 0), "at offset 0: wrong magic in the header page");
        refuses(page().putShort(8, (short) 2), "at offset 8: probe version 2, want 1");
        refuses(page().putShort(8, (short) -1), "at offset 8: probe version 65535, want 1");
        refuses(page().putInt(12, 8192), "at offset 12: header size 8192, want 4096");
        refuses(page().putInt(48, 7), "at offset 48: unknown state 7");
        refuses(page().putInt(48, -1), "at offset 48: unknown state -1");
    }

    @Test
    void detectsFlippedBitsWhereNothingButOneValueIsRight() {
        for (int bit = 0; bit < 8 * 16; bit++) {
            if (bit / 8 == 10 || bit / 8 == 11) {
                continue; // the minor version may be any
            }
            ByteBuffer page = page();
            page.put(bit / 8, (byte) (page.get(bit / 8) ^ 1 << bit % 8));
            assertThatExceptionOfType(ProbeFormatException.class)
                    .as("bit %d of byte %d", bit % 8, bit / 8)
                    .isThrownBy(() -> HeaderPage.read(page));
        }
    }

    @Test
    void readsAPanicWhetherOrNotThePageIsRight() {
        HeaderPage.Panic panic =
                new HeaderPage.Panic(3, 14, 2, 0xFFFFFFFF80001234L, 5, "page fault");
        assertThat(HeaderPage.panic(panicked(page()))).contains(panic);
        assertThat(HeaderPage.panic(panicked(page().putLong(0, 0)))).contains(panic);
    }

    @Test
    void showsNoPanicWithoutItsMagicOrItsPage() {
        assertThat(HeaderPage.panic(page())).isEmpty();
        assertThat(HeaderPage.panic(panicked(page()).putInt(1024, 1))).isEmpty();
        assertThat(HeaderPage.panic(panicked(page()).limit(4095))).isEmpty();
    }

    @Test
    void showsAPanicMessageHarmlessAndToItsLastByte() {
        ByteBuffer page = panicked(page());
        byte[] message = new byte[472];
        Arrays.fill(message, (byte) 'x');
        message[0] = 27;
        page.put(1064, message);
        assertThat(HeaderPage.panic(page).map(HeaderPage.Panic::message))
                .contains("\uFFFD" + "x".repeat(471));
    }

    @FuzzTest
    void survivesAnyBytes(byte[] bytes) {
        ByteBuffer page = page();
        for (int i = 0; i + 2 < bytes.length; i += 3) {
            int at = (Byte.toUnsignedInt(bytes[i]) << 8 | Byte.toUnsignedInt(bytes[i + 1])) % 4096;
            page.put(at, bytes[i + 2]);
        }
        survives(page);
        survives(ByteBuffer.wrap(bytes));
    }

    private static void survives(ByteBuffer page) {
        Optional<HeaderPage.Panic> panic = HeaderPage.panic(page);
        panic.ifPresent(p -> assertThat(p.message()).isEqualTo(HarmlessText.of(p.message())));
        try {
            assertThat(HeaderPage.read(page)).isNotNull();
        } catch (ProbeFormatException e) {
            assertThat(e.getMessage()).startsWith("at offset " + e.offset());
        }
    }

    static ByteBuffer page() {
        return ByteBuffer.allocate(4096)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(0, "FPROBE1\n".getBytes(StandardCharsets.US_ASCII))
                .putShort(8, (short) 1)
                .putInt(12, 4096)
                .putLong(16, 11)
                .putLong(24, 12)
                .putLong(32, 13)
                .putLong(40, 14)
                .putInt(48, 2)
                .putInt(52, 15)
                .putInt(56, 0x87654321)
                .putInt(60, 17);
    }

    private static ByteBuffer panicked(ByteBuffer page) {
        return page.put(1024, "FPP!".getBytes(StandardCharsets.US_ASCII))
                .putInt(1028, 3)
                .putLong(1032, 14)
                .putLong(1040, 2)
                .putLong(1048, 0xFFFFFFFF80001234L)
                .putLong(1056, 5)
                .put(1064, "page fault".getBytes(StandardCharsets.US_ASCII));
    }

    private static void refuses(ByteBuffer page, String message) {
        assertThatExceptionOfType(ProbeFormatException.class)
                .isThrownBy(() -> HeaderPage.read(page))
                .withMessage(message);
    }
}
