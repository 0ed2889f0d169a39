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
 * The boots in a recorded serial line. Each starts with the kernel's KERNEL record. Text before the
 * first one is ignored, and so is a last boot that the end of the recording cut off. Everything
 * else counts, so that a boot that failed in the middle is not overlooked.
 *
 * @param boots the output of each boot; the whole recording as one boot if no KERNEL record is
 *     found
 */
record SerialRecording(List<Boot> boots) {
    private static final long LARGEST = 256L << 20;

    /** A record of type KERNEL, version 1, at the start of a line. */
    private static final Pattern START = Pattern.compile("(?m)^#fp 01000100");

    private static final Pattern END = Pattern.compile("(?m)^#fp-(state [34] |panic )");

    /** A record of type SAMPLES or RESULT, version 1. */
    private static final Pattern MEASURED = Pattern.compile("#fp 0[34]000100");

    /** The output of one boot, which follows {@code before} lines of the recording. */
    record Boot(byte[] output, int before) {
        /** The records of all its values and results. */
        String measured() {
            return new String(output, StandardCharsets.ISO_8859_1)
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
        String text = new String(all, StandardCharsets.ISO_8859_1); // one character per byte
        List<Integer> starts = new ArrayList<>();
        Matcher start = START.matcher(text);
        while (start.find()) {
            starts.add(start.start());
        }
        if (starts.isEmpty()) {
            return new SerialRecording(List.of(new Boot(all, 0)));
        }
        starts.add(text.length());
        List<Boot> boots = new ArrayList<>();
        int before = 0;
        int counted = 0;
        for (int i = 0; i + 1 < starts.size(); i++) {
            before +=
                    (int)
                            text.substring(counted, starts.get(i))
                                    .chars()
                                    .filter(c -> c == '\n')
                                    .count();
            counted = starts.get(i);
            String output = text.substring(starts.get(i), starts.get(i + 1));
            boolean cut = i + 2 == starts.size() && !END.matcher(output).find();
            if (!cut || boots.isEmpty()) {
                boots.add(new Boot(output.getBytes(StandardCharsets.ISO_8859_1), before));
            }
        }
        return new SerialRecording(boots);
    }

    /**
     * Numbers, from 1 on, of the boots that have exactly the values of an earlier one. Times never
     * repeat like that: such a boot is a copy, or its clock is too coarse to distinguish boots.
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
     * The recorded boot for this boot of a campaign. The first two boots of a campaign share one
     * recorded boot: the second only checks that counts repeat, and is no further evidence.
     */
    Boot heard(int number) {
        return boots.get(Math.max(0, number - 1) % boots.size());
    }
}
