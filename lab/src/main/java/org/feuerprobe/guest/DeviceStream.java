package org.feuerprobe.guest;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Input from a device or pipe that never blocks its user. Opening waits for the other side, so the
 * reading thread opens the device. If a board falls silent, a blocked reader would never return and
 * closing would block too, so the stream polls.
 */
final class DeviceStream extends InputStream {
    private static final long PAUSE_MILLIS = 5;
    private static final int TYPE_OF_FILE = 0xF000;
    private static final int PIPE = 0x1000;

    private final Path path;
    private @Nullable InputStream device;
    private boolean closed;

    DeviceStream(Path path) {
        this.path = path;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        InputStream opened = opened();
        while (!isClosed()) {
            int there = opened.available();
            if (there > 0 || length == 0) {
                return opened.read(bytes, from, Math.min(there, length));
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return -1;
            }
        }
        return -1;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized @Nullable InputStream device() {
        return device;
    }

    private InputStream opened() throws IOException {
        InputStream known = device();
        if (known != null) {
            return known;
        }
        InputStream now = new FileInputStream(path.toFile()); // may wait for ever
        synchronized (this) {
            device = now;
            if (closed) {
                now.close();
            }
        }
        return now;
    }

    /** Closes the device. A reader that still waits to open a pipe is released. */
    @Override
    public void close() throws IOException {
        boolean waiting;
        synchronized (this) {
            closed = true;
            waiting = device == null;
            if (device != null) {
                device.close();
            }
        }
        if (waiting && isPipe()) {
            new RandomAccessFile(path.toFile(), "rw").close(); // opens both ends without waiting
        }
    }

    private boolean isPipe() throws IOException {
        Object mode = Files.getAttribute(path, "unix:mode");
        return mode instanceof Integer bits && (bits & TYPE_OF_FILE) == PIPE;
    }
}
