package org.feuerprobe.guest;

import java.io.IOException;
import java.io.InputStream;

/**
 * Input from a device that polls and never blocks in a system call. If a board falls silent, a
 * blocked reader would never return, and closing the stream would block too.
 */
final class DeviceStream extends InputStream {
    private static final long PAUSE_MILLIS = 5;

    private final InputStream device;
    private volatile boolean closed;

    DeviceStream(InputStream device) {
        this.device = device;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        while (!closed) {
            int there = device.available();
            if (there > 0 || length == 0) {
                return device.read(bytes, from, Math.min(there, length));
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

    @Override
    public void close() throws IOException {
        closed = true;
        device.close();
    }
}
