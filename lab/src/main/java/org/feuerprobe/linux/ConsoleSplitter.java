package org.feuerprobe.linux;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.feuerprobe.linux.EndedProgram.CountedCall;

/**
 * Takes the serial line apart: what programs printed, byte for byte, and the server's own lines,
 * which begin with {@code @} and a word that the programs do not know.
 */
final class ConsoleSplitter {
    private static final int LONGEST_LINE = 256;

    private final byte[] mark;
    private final OutputStream console;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private final ByteArrayOutputStream other = new ByteArrayOutputStream();
    private final List<EndedProgram> ended = new ArrayList<>();
    private boolean running;
    private boolean inLine;

    /** Programs' bytes go to {@code console}. */
    ConsoleSplitter(long word, OutputStream console) {
        mark = ("@" + word + " ").getBytes(StandardCharsets.US_ASCII);
        this.console = console;
    }

    /** Takes the next byte of the line. */
    void accept(int value) throws IOException {
        held.write(value);
        if (inLine) {
            if (value == '\n' || held.size() > LONGEST_LINE) {
                line(held.toString(StandardCharsets.US_ASCII).strip());
                held.reset();
                inLine = false;
            }
            return;
        }
        while (held.size() > 0 && !begins()) {
            byte[] bytes = held.toByteArray();
            (running ? console : other).write(bytes[0]);
            held.reset();
            held.write(bytes, 1, bytes.length - 1);
        }
        if (held.size() == mark.length) {
            held.reset();
            inLine = true;
        }
    }

    private boolean begins() {
        byte[] bytes = held.toByteArray();
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private void line(String text) throws IOException {
        String[] words = text.split(" ", -1);
        switch (words[0]) {
            case "begin" -> running = true;
            case "exit", "signal" -> {
                running = false;
                console.flush();
                ended.add(
                        new EndedProgram(
                                words[0].equals("signal"),
                                Integer.parseInt(words[1]),
                                Long.parseLong(words[2]),
                                List.of()));
            }
            case "call" -> {
                EndedProgram last = ended.removeLast();
                List<CountedCall> calls = new ArrayList<>(last.calls());
                calls.add(
                        new CountedCall(
                                Integer.parseInt(words[1]),
                                Long.parseLong(words[2]),
                                Long.parseLong(words[3])));
                ended.add(
                        new EndedProgram(
                                last.signalled(), last.number(), last.instructions(), calls));
            }
            default -> other.writeBytes((text + "\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** No more bytes come. */
    void end() throws IOException {
        (running ? console : other).write(held.toByteArray());
        held.reset();
        console.flush();
    }

    /** The programs that have ended, in their order. */
    List<EndedProgram> ended() {
        return List.copyOf(ended);
    }

    /** What neither programs nor the server said: the kernel's own words. */
    String other() {
        return other.toString(StandardCharsets.UTF_8);
    }
}
