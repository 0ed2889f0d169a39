package org.feuerprobe.probe;

/** Offsets and sizes of the probe's formats, in bytes; {@code docs/probe.md} explains each. */
public final class ProbeLayout {
    public static final int MAJOR = 1;
    public static final int MINOR = 0;

    /** The plan's header. */
    public static final int PLAN_HEADER_SIZE = 64;

    public static final int PLAN_ENTRY_SIZE = 128;
    public static final int PLAN_CRC = 12;
    public static final int NAME_SIZE = 48;
    public static final int MOST_PARAMETERS = 4;
    public static final int ANY_CPU = 0xFFFF;
    static final byte[] PLAN_MAGIC = ascii("FPPLAN1\n");

    /** The header page of the output region. */
    public static final int PAGE_SIZE = 4096;

    public static final int HEARTBEAT = 16;
    public static final int DONE = 24;
    public static final int TOTAL = 32;
    public static final int WRITTEN = 40;
    public static final int STATE = 48;
    public static final int ERROR = 52;
    public static final int PAGE_PLAN_CRC = 56;
    public static final int PAGE_BOOT = 60;
    public static final int CALLS = 64;
    public static final int MOST_CPUS = 16;
    public static final int NO_CALL = -1;
    public static final int PANIC = 1024;
    public static final int PANIC_SIZE = 512;
    public static final int PANIC_MESSAGE = 40;
    public static final int PANIC_MAGIC = 0x21505046;
    static final byte[] PAGE_MAGIC = ascii("FPROBE1\n");

    /** Records. */
    public static final int RECORD_HEADER_SIZE = 16;

    public static final int RECORD_VERSION = 1;
    public static final int RECORD_CRC = 8;
    public static final int KERNEL_SIZE = 304;
    public static final int BENCHMARK_SIZE = 400;
    public static final int SAMPLES_SIZE = 40;
    public static final int RESULT_SIZE = 176;
    public static final int END_SIZE = 32;
    public static final int CALIBRATION = -1;
    public static final int FIRST_OPTIONAL_TYPE = 128;

    private ProbeLayout() {}

    private static byte[] ascii(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }
}
