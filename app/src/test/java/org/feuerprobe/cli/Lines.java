package org.feuerprobe.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Changes the lines of a compressed file. */
final class Lines {
    private Lines() {}

    static void rewrite(Path file, UnaryOperator<String> change) throws IOException {
        String text;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            for (String line : text.lines().toList()) {
                out.write((change.apply(line) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
