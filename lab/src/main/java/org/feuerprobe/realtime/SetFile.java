package org.feuerprobe.realtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.schedule.Policy;
import org.feuerprobe.schedule.RtAppReader;
import org.feuerprobe.schedule.SetException;
import org.feuerprobe.schedule.SetReader;
import org.feuerprobe.schedule.TaskSet;

/** A file with a task set: our YAML, or a file of rt-app, whose name ends with {@code .json}. */
public final class SetFile {
    private static final int LARGEST = 1 << 20;

    private SetFile() {}

    /**
     * Reads a set.
     *
     * @param policy in a file of rt-app: the policy of tasks whose own promises no deadlines
     */
    public static TaskSet read(Path file, Optional<Policy> policy) throws LabException {
        String text = text(file);
        try {
            if (file.toString().endsWith(".json")) {
                return RtAppReader.read(file.toString(), text, policy);
            }
            if (policy.isPresent()) {
                throw LabException.wrongUse(
                        "--policy is for files of rt-app (*.json): leave it out, %s names its own"
                                .formatted(file));
            }
            return SetReader.read(file.toString(), text);
        } catch (SetException e) {
            throw LabException.wrongUse(String.valueOf(e.getMessage()));
        }
    }

    private static String text(Path file) throws LabException {
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(LARGEST + 1);
        } catch (NoSuchFileException e) {
            throw LabException.wrongUse(file + ": no such file");
        } catch (IOException e) {
            throw LabException.wrongUse(file + ": cannot be read: " + e.getMessage());
        }
        if (content.length > LARGEST) {
            throw LabException.wrongUse("%s: larger than %d bytes".formatted(file, LARGEST));
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        } catch (CharacterCodingException e) {
            throw LabException.wrongUse(file + ": not UTF-8 text");
        }
    }
}
