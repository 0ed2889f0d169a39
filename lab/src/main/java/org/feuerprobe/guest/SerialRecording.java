package org.feuerprobe.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which boots are in a recorded serial line? Each begins with the kernel's introduction. What is
 * before the first, and a last one that the end of the recording cut, is nobody's boot; everything
 * else counts, so that a boot that went wrong in the middle is not passed over.
 *
 * @param boots what each said; all that there is where none begins
 */
record SerialRecording(List<Boot> boots) {
    private static final long LARGEST = 256L << 20;

    /** Type KERNEL, version 1, at the beginning of a line. */
    private static final Pattern BEGINNING = Pattern.compile("(?m)^#fp 01000100");

    private static final Pattern END = Pattern.compile("(?m)^#fp-(state [34] |panic )");

    /** Type SAMPLES or RESULT, version 1. */
    private static final Pattern MEASURED = Pattern.compile("#fp 0[34]000100");

    /** What one boot said, after so many lines of the recording. */
    record Boot(byte[] said, int before) {
        /** All its values and how they came about, as it said them. */
        String measured() {
            return new String(said, StandardCharsets.ISO_8859_1)
                    .lines()
                    .filter(line -> MEASURED.matcher(line).lookingAt())
                    .map(String::strip)
                    .collect(Collectors.joining("\n"));
        }
    }

    SerialRecording {
        boots = List.copyOf(boots);
    }

    static SerialRecording read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " is larger than 256 MiB: record less at a time");
        }
        byte[] all = Files.readAllBytes(file);
        String text = new String(all, StandardCharsets.ISO_8859_1); // a character a byte
        List<Integer> begins = new ArrayList<>();
        Matcher beginning = BEGINNING.matcher(text);
        while (beginning.find()) {
            begins.add(beginning.start());
        }
        if (begins.isEmpty()) {
            return new SerialRecording(List.of(new Boot(all, 0)));
        }
        begins.add(text.length());
        List<Boot> boots = new ArrayList<>();
        int before = 0;
        int counted = 0;
        for (int i = 0; i + 1 < begins.size(); i++) {
            before +=
                    (int)
                            text.substring(counted, begins.get(i))
                                    .chars()
                                    .filter(c -> c == '\n')
                                    .count();
            counted = begins.get(i);
            String said = text.substring(begins.get(i), begins.get(i + 1));
            boolean cut = i + 2 == begins.size() && !END.matcher(said).find();
            if (!cut || boots.isEmpty()) {
                boots.add(new Boot(said.getBytes(StandardCharsets.ISO_8859_1), before));
            }
        }
        return new SerialRecording(boots);
    }

    /**
     * Which boots, from 1 on, have every value of an earlier one? Time does not repeat so: such a
     * boot is a copy, or comes from a clock too coarse to tell boots apart.
     */
    List<Integer> copies() {
        Set<String> known = new HashSet<>();
        List<Integer> copies = new ArrayList<>();
        for (int i = 0; i < boots.size(); i++) {
            if (!known.add(boots.get(i).measured())) {
                copies.add(i + 1);
            }
        }
        return copies;
    }

    SerialRecording withoutCopies() {
        List<Boot> kept = new ArrayList<>();
        List<Integer> copies = copies();
        for (int i = 0; i < boots.size(); i++) {
            if (!copies.contains(i + 1)) {
                kept.add(boots.get(i));
            }
        }
        return new SerialRecording(kept);
    }

    /**
     * What is heard at this boot of a campaign: its second repeats the first, which is how counts
     * are shown to repeat and is no further evidence.
     */
    Boot heard(int number) {
        return boots.get(Math.max(0, number - 1) % boots.size());
    }
}
