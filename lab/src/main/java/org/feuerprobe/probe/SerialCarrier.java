package org.feuerprobe.probe;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Content of one line on the serial port: a record, the state, a panic, or text ({@code
 * docs/probe.md} section 6).
 *
 * <p>A malformed line that starts with {@code #fp} is an error; every other line belongs to the
 * kernel's log.
 */
public sealed interface SerialCarrier {
    /** The bytes of one record. */
    record RecordBytes(ByteBuffer bytes) implements SerialCarrier {}

    /** The fields of the header page. */
    record State(HeaderPage page) implements SerialCarrier {}

    /** The kernel panicked. */
    record Panicked(HeaderPage.Panic panic) implements SerialCarrier {}

    /** A log line for people, made harmless. */
    record Text(String line) implements SerialCarrier {}

    /** Reads one line without its line end; {@code number} counts from 1 and appears in errors. */
    static SerialCarrier read(String line, int number) throws ProbeFormatException {
        if (line.startsWith("#fp ")) {
            return new RecordBytes(ByteBuffer.wrap(hex(line.substring(4), number)));
        }
        if (line.startsWith("#fp-panic ")) {
            byte[] panic = hex(line.substring(10), number);
            if (panic.length != ProbeLayout.PANIC_SIZE) {
                throw error(number, "panic of %d bytes".formatted(panic.length));
            }
            byte[] page = new byte[ProbeLayout.PAGE_SIZE];
            System.arraycopy(panic, 0, page, ProbeLayout.PANIC, panic.length);
            Optional<HeaderPage.Panic> read = HeaderPage.panic(ByteBuffer.wrap(page));
            return new Panicked(read.orElseThrow(() -> error(number, "wrong magic in the panic")));
        }
        if (line.startsWith("#fp-state ")) {
            return new State(state(line.substring(10).trim().split(" +"), number));
        }
        if (line.equals("#fp") || line.startsWith("#fp-")) {
            throw error(number, "unknown #fp line");
        }
        return new Text(HarmlessText.of(line));
    }

    private static HeaderPage state(String[] words, int number) throws ProbeFormatException {
        try {
            int state = Integer.parseInt(words[0]);
            if (words.length != 6 || state < 0 || state >= HeaderPage.State.BY_CODE.size()) {
                throw error(
                        number, "want #fp-state <state> <error> <plan_crc> <boot> <done> <total>");
            }
            return new HeaderPage(
                    0,
                    Long.parseLong(words[4]),
                    Long.parseLong(words[5]),
                    0,
                    HeaderPage.State.BY_CODE.get(state),
                    Integer.parseInt(words[1]),
                    Integer.parseUnsignedInt(words[2]),
                    Integer.parseUnsignedInt(words[3]));
        } catch (NumberFormatException e) {
            throw error(number, "a number of #fp-state cannot be read");
        }
    }

    private static byte[] hex(String digits, int number) throws ProbeFormatException {
        try {
            return HexFormat.of().parseHex(digits.stripTrailing());
        } catch (IllegalArgumentException e) {
            throw error(number, "not hexadecimal");
        }
    }

    static ProbeFormatException error(int number, String message) {
        return new ProbeFormatException(
                number, message, "line %d of the serial line: %s".formatted(number, message));
    }
}
