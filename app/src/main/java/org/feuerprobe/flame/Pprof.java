package org.feuerprobe.flame;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.profile.CallStack;
import org.feuerprobe.profile.Frame;
import org.feuerprobe.profile.Profile;

/** A profile for {@code go tool pprof}: the messages of its {@code profile.proto}, compressed. */
public final class Pprof {
    private final ProtocolBuffer message = new ProtocolBuffer();
    private final Map<String, Long> strings = new LinkedHashMap<>();
    private final Map<String, Long> functions = new LinkedHashMap<>();
    private final Map<List<Object>, Long> locations = new LinkedHashMap<>();

    private Pprof() {
        string(""); // the first one must be empty
    }

    /** The file; sums are over all samples. */
    public static byte[] of(Profile profile, Counter counter) throws LabException {
        return new Pprof().write(profile, counter);
    }

    private byte[] write(Profile profile, Counter counter) throws LabException {
        message.message(1, valueType(counter));
        for (DrawableStack each : DrawableStack.of(profile, counter)) {
            CallStack stack = each.stack();
            List<Long> path = new ArrayList<>();
            for (int i = stack.frames().size() - 1; i >= 0; i--) {
                boolean last = i == stack.frames().size() - 1;
                path.add(location(stack.frames().get(i), last ? stack.address() : 0));
            }
            message.message(
                    2, new ProtocolBuffer().numbers(1, path).numbers(2, List.of(each.weight())));
        }
        message.number(13, string(Speedscope.name(profile, counter)));
        message.message(11, valueType(counter)).number(12, 1);
        strings.keySet().forEach(text -> message.text(6, text));
        return compressed(message.toBytes());
    }

    private ProtocolBuffer valueType(Counter counter) {
        return new ProtocolBuffer().number(1, string(counter.metric())).number(2, string("count"));
    }

    private long location(Frame frame, long address) {
        Long known = locations.get(List.of(frame, address));
        if (known != null) {
            return known;
        }
        long id = locations.size() + 1L;
        locations.put(List.of(frame, address), id);
        message.message(
                4,
                new ProtocolBuffer()
                        .number(1, id)
                        .number(3, address)
                        .message(
                                4,
                                new ProtocolBuffer()
                                        .number(1, function(frame))
                                        .number(2, frame.line())));
        return id;
    }

    private long function(Frame frame) {
        String key = frame.function() + "\0" + frame.file();
        Long known = functions.get(key);
        if (known != null) {
            return known;
        }
        long id = functions.size() + 1L;
        functions.put(key, id);
        message.message(
                5,
                new ProtocolBuffer()
                        .number(1, id)
                        .number(2, string(frame.function()))
                        .number(3, string(frame.function()))
                        .number(4, string(frame.file())));
        return id;
    }

    private long string(String text) {
        return strings.computeIfAbsent(text, _ -> (long) strings.size());
    }

    private static byte[] compressed(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return out.toByteArray();
    }
}
