package org.feuerprobe.target;

import java.io.IOException;
import java.io.InputStream;

/** Where a serial line comes from. Each opening is a fresh boot, as far as the source can. */
public interface SerialSource {
    /** Opens the line. */
    Line open() throws IOException;

    /** Whether two openings must carry the same values. */
    boolean exact();

    /** An open line; closing it ends what sends. */
    interface Line extends AutoCloseable {
        InputStream stream();

        /** What the sender said when it ended by itself; empty where nothing is known. */
        String ending() throws InterruptedException;

        @Override
        void close();
    }
}
