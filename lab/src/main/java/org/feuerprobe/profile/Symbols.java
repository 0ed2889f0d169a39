package org.feuerprobe.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.probe.HarmlessText;
import org.feuerprobe.testbed.ChildProcess;

/**
 * Functions and lines of addresses, from the symbols and the debug information of ELF files. {@code
 * nm} and {@code addr2line} read them. An address belongs to the file whose last symbol before it
 * is nearest, so the kernel and the program that it embeds may be two files.
 */
public final class Symbols {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int MOST_BYTES = 256 << 20;
    private static final int AT_ONCE = 2000;
    private static final int HEXADECIMAL = 16;

    /** No function is longer. */
    private static final long REACH = 1L << 20;

    /** What is shown of the last function of a file. */
    private static final long LAST = 256;

    private static final Pattern CODE = Pattern.compile("([0-9a-f]+) [tTwWi] (.+)");
    private static final Pattern PLACE = Pattern.compile("(.*):([0-9]+|\\?)( \\(.*\\))?");

    /** Unsigned addresses. */
    private record Table(Path file, NavigableMap<Long, String> names) {
        Optional<Map.Entry<Long, String>> before(long address) {
            return Optional.ofNullable(names.floorEntry(address))
                    .filter(entry -> Long.compareUnsigned(address - entry.getKey(), REACH) < 0);
        }
    }

    private final List<Table> tables;
    private final Map<Long, List<Frame>> known = new HashMap<>();

    private Symbols(List<Table> tables) {
        this.tables = tables;
    }

    /** Reads the symbols of these files; a file without any is an error. */
    public static Symbols read(List<Path> files) throws LabException, InterruptedException {
        List<Table> tables = new ArrayList<>();
        for (Path file : files) {
            NavigableMap<Long, String> names = new TreeMap<>(Long::compareUnsigned);
            for (String line :
                    run(List.of("nm", "--defined-only", file.toString())).lines().toList()) {
                Matcher code = CODE.matcher(line);
                if (code.matches()) {
                    names.put(
                            Long.parseUnsignedLong(code.group(1), HEXADECIMAL),
                            HarmlessText.of(code.group(2)));
                }
            }
            if (names.isEmpty()) {
                throw LabException.wrongUse(
                        "%s has no symbols of functions: do not strip it, and link it with -g for lines"
                                .formatted(file));
            }
            tables.add(new Table(file, names));
        }
        return new Symbols(List.copyOf(tables));
    }

    /** Looks up many addresses at once; afterwards {@link #frames} knows them. */
    public void load(Collection<Long> addresses) throws LabException, InterruptedException {
        Map<Table, List<Long>> wanted = new HashMap<>();
        for (long address : addresses) {
            if (!known.containsKey(address)) {
                Optional<Table> table = table(address);
                if (table.isPresent()) {
                    wanted.computeIfAbsent(table.get(), _ -> new ArrayList<>()).add(address);
                } else {
                    known.put(address, List.of(Frame.named("0x" + Long.toHexString(address))));
                }
            }
        }
        for (Map.Entry<Table, List<Long>> each : wanted.entrySet()) {
            List<Long> all = each.getValue();
            for (int from = 0; from < all.size(); from += AT_ONCE) {
                lines(each.getKey(), all.subList(from, Math.min(all.size(), from + AT_ONCE)));
            }
        }
    }

    /**
     * The function of an address, and those that the compiler expanded there: outermost first, so
     * that the last one has the line.
     */
    public List<Frame> frames(long address) {
        return known.getOrDefault(address, List.of(Frame.named("0x" + Long.toHexString(address))));
    }

    /**
     * Where the linker placed a function.
     *
     * @param end address of the next symbol, or a little after the last one
     */
    record Range(Path file, String symbol, long start, long end) {}

    /** The function that has an address; empty where no symbol is before it. */
    Optional<Range> range(long address) {
        return table(address)
                .map(table -> {
                    Map.Entry<Long, String> start = table.before(address).orElseThrow();
                    Long next = table.names().higherKey(address);
                    return new Range(
                            table.file(),
                            start.getValue(),
                            start.getKey(),
                            next == null ? address + LAST : next);
                });
    }

    /** A function, and the address of its first instruction. */
    public record Function(String name, long start) {}

    /** The function that has an address; empty where no symbol is before it. */
    public Optional<Function> function(long address) {
        return range(address).map(range -> new Function(range.symbol(), range.start()));
    }

    private Optional<Table> table(long address) {
        Table best = null;
        long nearest = 0;
        for (Table table : tables) {
            Optional<Map.Entry<Long, String>> before = table.before(address);
            if (before.isPresent()
                    && (best == null || Long.compareUnsigned(before.get().getKey(), nearest) > 0)) {
                best = table;
                nearest = before.get().getKey();
            }
        }
        return Optional.ofNullable(best);
    }

    private void lines(Table table, List<Long> addresses)
            throws LabException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("addr2line", "-afie", table.file().toString()));
        addresses.forEach(address -> command.add("0x" + Long.toHexString(address)));
        List<String> lines = run(command).lines().toList();
        int at = 0;
        for (long address : addresses) {
            at++; // the address
            List<Frame> frames = new ArrayList<>();
            while (at + 1 < lines.size() && !lines.get(at).startsWith("0x")) {
                frames.add(frame(lines.get(at), lines.get(at + 1)));
                at += 2;
            }
            String symbol = table.before(address).map(Map.Entry::getValue).orElse("");
            if (frames.isEmpty() || frames.getLast().function().equals("??")) {
                Frame last = frames.isEmpty() ? Frame.named(symbol) : frames.removeLast();
                frames.add(new Frame(symbol, last.file(), last.line()));
            }
            known.put(address, frames.reversed());
        }
    }

    private static Frame frame(String function, String place) {
        Matcher matcher = PLACE.matcher(place);
        boolean found = matcher.matches() && !matcher.group(1).equals("??");
        return new Frame(
                HarmlessText.of(function),
                found ? HarmlessText.of(shortened(matcher.group(1))) : "",
                found && !matcher.group(2).equals("?") ? Integer.parseInt(matcher.group(2)) : 0);
    }

    private static String shortened(String file) {
        return file.startsWith("./") ? file.substring(2) : file;
    }

    /** What a program of binutils prints. */
    static String run(List<String> command) throws LabException, InterruptedException {
        try {
            ChildProcess.Ended ended = ChildProcess.run(command, LIMIT, MOST_BYTES);
            if (ended.well()) {
                return ended.text();
            }
            throw LabException.wrongUse(
                    "%s failed: %s"
                            .formatted(
                                    command.getFirst(),
                                    HarmlessText.of(ended.text().lines().findFirst().orElse(""))));
        } catch (IOException e) {
            throw LabException.targetFailed(
                    "a profile needs %s, which is not here: install binutils"
                            .formatted(command.getFirst()));
        }
    }
}
