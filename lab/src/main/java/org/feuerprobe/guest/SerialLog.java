package org.feuerprobe.guest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Drains a stream of a process and keeps its end. It counts all bytes, so that a flood is detected.
 */
final class SerialLog implements Runnable {
    private static final int KEPT = 8192;

    private final InputStream stream;
    private final byte[] tail = new byte[KEPT];
    private long count;

    SerialLog(InputStream stream) {
        this.stream = stream;
    }

    static Thread drain(SerialLog log, String name) {
        return Thread.ofVirtual().name(name).start(log);
    }

    @Override
    public void run() {
        byte[] buffer = new byte[4096];
        try {
            for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                append(buffer, n);
            }
        } catch (IOException e) {
            // The process was killed and its pipe is closed, so nothing more will come.
        }
    }

    private synchronized void append(byte[] buffer, int n) {
        for (int i = 0; i < n; i++) {
            tail[(int) ((count + i) % KEPT)] = buffer[i];
        }
        count += n;
    }

    /** Bytes seen so far. */
    synchronized long count() {
        return count;
    }

    /** The last 8 KiB as text. */
    synchronized String text() {
        int length = (int) Math.min(count, KEPT);
        byte[] ordered = new byte[length];
        for (int i = 0; i < length; i++) {
            ordered[i] = tail[(int) ((count - length + i) % KEPT)];
        }
        return new String(ordered, StandardCharsets.UTF_8);
    }
}
