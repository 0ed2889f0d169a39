package org.feuerprobe.terminal;

import java.io.IOException;
import java.io.OutputStream;

/** Output that remembers why its first write failed, because a PrintStream does not report it. */
final class WatchedOutput extends OutputStream {
    private final OutputStream out;
    private volatile String trouble = "";

    WatchedOutput(OutputStream out) {
        this.out = out;
    }

    /** The system's message on the first failure; empty if there is none. */
    String trouble() {
        return trouble;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            if (trouble.isEmpty()) {
                trouble = String.valueOf(e.getMessage());
            }
            throw e;
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
