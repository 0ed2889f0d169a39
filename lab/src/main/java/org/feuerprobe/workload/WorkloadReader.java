package org.feuerprobe.workload;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.probe.ProbeFormatException;
import org.feuerprobe.workload.Workload.Branches;
import org.feuerprobe.workload.Workload.Footprint;
import org.feuerprobe.workload.Workload.Part;
import org.feuerprobe.workload.Workload.Vector;

/**
 * Reader of the plugin's text ({@code docs/workloads.md}). Any text leads to a workload or to an
 * error.
 */
final class WorkloadReader {
    private static final String MAGIC = "feuerprobe-workload 1";
    private static final int HEXADECIMAL = 16;
    private static final int BUCKETS = 34;
    private static final int BRANCHES = 6;

    private final SequencedMap<String, SequencedMap<String, Long>> mixes = new LinkedHashMap<>();
    private final Map<String, List<Long>> accesses = new HashMap<>();
    private final Map<String, List<Long>> rows = new HashMap<>();
    private final List<Vector> vectors = new ArrayList<>();
    private final Map<Integer, Long> blocks = new HashMap<>();
    private final Map<Long, Long> kernel = new HashMap<>();
    private int line;

    private WorkloadReader() {}

    static Workload read(String text) throws ProbeFormatException {
        return new WorkloadReader().all(text);
    }

    private Workload all(String text) throws ProbeFormatException {
        for (String each : (Iterable<String>) text.lines()::iterator) {
            line++;
            if (line == 1) {
                require(each.equals(MAGIC), "no workload of version 1");
            } else if (each.equals("complete")) {
                return workload();
            } else if (each.startsWith("failed ")) {
                throw wrong("the plugin failed: " + each.substring("failed ".length()));
            } else {
                record(each.split(" ", -1));
            }
        }
        line++;
        throw wrong("it is not complete");
    }

    private void record(String[] words) throws ProbeFormatException {
        switch (words[0]) {
            case "mix" -> {
                require(words.length == 4, "a mix has four words");
                mixes.computeIfAbsent(words[1], _ -> new LinkedHashMap<>())
                        .put(words[2], number(words[3]));
            }
            case "access" -> {
                require(words.length == 4, "accesses have four words");
                accesses.put(words[1], List.of(number(words[2]), number(words[3])));
            }
            case "kernel" -> {
                require(words.length == 3, "an instruction has three words");
                kernel.merge(address(words[1]), number(words[2]), Long::sum);
            }
            case "block" -> {
                require(words.length == 3, "a block has three words");
                blocks.put((int) number(words[1]), address(words[2]));
            }
            case "vector" -> vectors.add(vector(words));
            case "counters",
                    "halts",
                    "data",
                    "code",
                    "reuse",
                    "strides",
                    "branches",
                    "interval" -> {
                List<Long> numbers = new ArrayList<>();
                for (int i = 1; i < words.length; i++) {
                    numbers.add(number(words[i]));
                }
                rows.put(words[0], numbers);
            }
            default -> throw wrong("unknown record");
        }
    }

    private Vector vector(String[] words) throws ProbeFormatException {
        require(words.length > 1, "a vector has a length");
        Map<Integer, Long> cells = new HashMap<>();
        long sum = 0;
        for (int i = 2; i < words.length; i++) {
            String[] cell = words[i].split(":", -1);
            require(cell.length == 2, "a cell has two numbers");
            int block = (int) number(cell[0]);
            require(blocks.containsKey(block), "a block without an address");
            long instructions = number(cell[1]);
            cells.merge(block, instructions, Long::sum);
            sum += instructions;
        }
        require(sum == number(words[1]), "a vector's sum is wrong");
        return new Vector(sum, cells);
    }

    private Workload workload() throws ProbeFormatException {
        SequencedMap<String, Part> parts = new LinkedHashMap<>();
        for (String name : List.of("program", "libos", "kernel")) {
            List<Long> access = accesses.getOrDefault(name, List.of());
            SequencedMap<String, Long> mix = mixes.get(name);
            if (mix == null || access.size() != 2) {
                throw wrong("the part '" + name + "' is missing");
            }
            parts.put(name, new Part(mix, access.get(0), access.get(1)));
        }
        Map<Counter, Long> counters = new EnumMap<>(Counter.class);
        List<Long> counts = row("counters", Counter.ALL.size());
        for (int i = 0; i < Counter.ALL.size(); i++) {
            if (!Counter.ALL.get(i).largest()) {
                counters.put(Counter.ALL.get(i), counts.get(i));
            }
        }
        List<Long> branches = row("branches", BRANCHES);
        return new Workload(
                parts,
                counters,
                row("halts", 1).getFirst(),
                footprint("data"),
                footprint("code"),
                row("reuse", BUCKETS),
                row("strides", Workload.STRIDES.size()),
                new Branches(
                        branches.get(0),
                        branches.get(1),
                        branches.get(2),
                        branches.get(3),
                        branches.get(4),
                        branches.get(5)),
                row("interval", 1).getFirst(),
                vectors,
                blocks,
                kernel);
    }

    private Footprint footprint(String name) throws ProbeFormatException {
        List<Long> row = row(name, 2);
        return new Footprint(row.get(0), row.get(1));
    }

    private List<Long> row(String name, int length) throws ProbeFormatException {
        List<Long> row = rows.getOrDefault(name, List.of());
        require(row.size() == length, "'%s' wants %d numbers".formatted(name, length));
        return row;
    }

    private long number(String word) throws ProbeFormatException {
        require(word.matches("[0-9]{1,18}"), "'%s' is no number".formatted(shown(word)));
        return Long.parseLong(word);
    }

    private long address(String word) throws ProbeFormatException {
        require(word.matches("[0-9a-f]{1,16}"), "'%s' is no address".formatted(shown(word)));
        return Long.parseUnsignedLong(word, HEXADECIMAL);
    }

    private static String shown(String word) {
        return word.length() > 20 ? word.substring(0, 20) : word;
    }

    private void require(boolean right, String problem) throws ProbeFormatException {
        if (!right) {
            throw wrong(problem);
        }
    }

    private ProbeFormatException wrong(String problem) {
        return new ProbeFormatException(line, "the plugin's workload: " + problem);
    }
}
