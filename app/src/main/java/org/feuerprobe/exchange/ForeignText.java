package org.feuerprobe.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decoder of text files from other systems: UTF-8 or UTF-16, with or without a byte order mark. */
public final class ForeignText {
    private ForeignText() {}

    /**
     * Reads and decodes a whole file.
     *
     * @param largest most bytes
     * @param tooLarge what is wrong with a file that has more, and what to do
     * @throws ForeignFormatException if it has more, or if the bytes are not text
     */
    public static String read(InputStream stream, int largest, String tooLarge)
            throws ForeignFormatException, IOException {
        byte[] bytes = stream.readNBytes(largest + 1);
        if (bytes.length > largest) {
            throw new ForeignFormatException(0, tooLarge);
        }
        return decode(bytes);
    }

    /**
     * Decodes a whole file.
     *
     * @throws ForeignFormatException if the bytes are not text
     */
    public static String decode(byte[] bytes) throws ForeignFormatException {
        Charset charset = charset(bytes);
        try {
            String text =
                    charset.newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(bytes))
                            .toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new ForeignFormatException(
                    0, "not text in " + charset + ": save the file as UTF-8");
        }
    }

    /**
     * Detects the encoding by the byte order mark. Without one, zeros between ASCII characters
     * reveal UTF-16.
     */
    public static Charset charset(byte[] bytes) {
        if (bytes.length >= 2) {
            int first = bytes[0] & 0xff;
            int second = bytes[1] & 0xff;
            if ((first == 0xff && second == 0xfe) || (first != 0 && second == 0)) {
                return StandardCharsets.UTF_16LE;
            }
            if ((first == 0xfe && second == 0xff) || (first == 0 && second != 0)) {
                return StandardCharsets.UTF_16BE;
            }
        }
        return StandardCharsets.UTF_8;
    }
}
