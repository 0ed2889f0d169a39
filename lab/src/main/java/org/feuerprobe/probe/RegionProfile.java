package org.feuerprobe.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where the instructions of marked regions are, as the emulator's plugin writes it: executions of
 * each instruction by call path, for each plan entry. The format is in {@code docs/profile.md}. Any
 * text leads to a profile or to an error.
 *
 * @param nodes call paths by their numbers
 */
public record RegionProfile(Map<Integer, Node> nodes, List<Entry> entries) {
    /** What a cell counts, in the order of its numbers. */
    public static final List<Counter> WEIGHTS =
            List.of(
                    Counter.INSTRUCTIONS,
                    Counter.LOADS,
                    Counter.STORES,
                    Counter.L1I_MISSES,
                    Counter.L1D_MISSES,
                    Counter.L2_MISSES,
                    Counter.TLB_MISSES);

    private static final String MAGIC = "feuerprobe-profile 1";
    private static final int HEXADECIMAL = 16;

    /** How a call path's last step was made. */
    public enum Entered {
        /** A processor began to boot. */
        BOOT('B'),
        /** An environment began to run. */
        START('E'),
        /** A call. */
        CALL('C'),
        /** A system call. */
        SYSCALL('S'),
        /** An interrupt or a fault. */
        INTERRUPT('I'),
        /** The kernel entered a handler in ring 3. */
        UPCALL('U');

        private final char letter;

        Entered(char letter) {
            this.letter = letter;
        }
    }

    /**
     * A call path.
     *
     * @param parent the caller's; 0: none
     * @param site address of the call, or of the interrupted instruction; the processor's number at
     *     {@link Entered#BOOT}
     * @param target address that was entered
     */
    public record Node(int parent, Entered entered, long site, long target) {}

    /**
     * A region that was not warm-up.
     *
     * @param stream 0: the operation, 1: its twin
     * @param clocked whether it begins by reading the clock; otherwise it begins at a deadline
     * @param base call path of the region's first mark
     * @param mark address of that mark
     */
    public record Region(int stream, long instructions, boolean clocked, int base, long mark) {}

    /**
     * An instruction on a call path.
     *
     * @param weights sums over all regions, in the order of {@link #WEIGHTS}
     */
    public record Cell(int stream, int node, long address, long[] weights) {}

    /** Regions and cells of one plan entry. */
    public record Entry(List<Region> regions, List<Cell> cells) {}

    /** Reads what the plugin wrote; zeroes may follow. */
    public static RegionProfile read(String text) throws ProbeFormatException {
        return new Reader().read(text);
    }

    /** The call path of this number. */
    public Node node(int id) {
        return Objects.requireNonNull(nodes.get(id), "no such node");
    }

    /** Path of calls to a node, outermost first. */
    public List<Node> path(int node) {
        List<Node> path = new ArrayList<>();
        for (int id = node; id != 0; id = node(id).parent()) {
            path.add(node(id));
        }
        return path.reversed();
    }

    private static final class Reader {
        private final Map<Integer, Node> nodes = new HashMap<>();
        private final List<Entry> entries = new ArrayList<>();
        private int line;

        RegionProfile read(String text) throws ProbeFormatException {
            for (String each : (Iterable<String>) text.lines()::iterator) {
                line++;
                String[] words = each.split(" ", -1);
                if (line == 1) {
                    require(each.equals(MAGIC), "no profile of version 1");
                } else if (words[0].equals("complete")) {
                    require(
                            words.length == 2 && number(words[1]) == entries.size(),
                            "the number of entries is wrong");
                    return new RegionProfile(Map.copyOf(nodes), List.copyOf(entries));
                } else {
                    record(words, each);
                }
            }
            throw error("the plugin did not finish it");
        }

        private void record(String[] words, String each) throws ProbeFormatException {
            switch (words[0]) {
                case "entry" -> entries.add(new Entry(new ArrayList<>(), new ArrayList<>()));
                case "node" -> node(words);
                case "region" -> region(words);
                case "cell" -> cell(words);
                case "failed" -> throw error("the plugin made none: " + each);
                default -> throw error("unknown record");
            }
        }

        private void node(String[] words) throws ProbeFormatException {
            require(words.length == 6 && words[3].length() == 1, "a malformed node");
            Entered entered =
                    Arrays.stream(Entered.values())
                            .filter(one -> one.letter == words[3].charAt(0))
                            .findFirst()
                            .orElseThrow(() -> error("an unknown kind of node"));
            int parent = (int) number(words[2]);
            int id = (int) number(words[1]);
            require(id > 0 && (parent == 0 || nodes.containsKey(parent)), "a node without parent");
            require(
                    nodes.put(id, new Node(parent, entered, address(words[4]), address(words[5])))
                            == null,
                    "a node twice");
        }

        private void region(String[] words) throws ProbeFormatException {
            require(words.length == 6 && !entries.isEmpty(), "a malformed region");
            int base = known(words[4]);
            boolean clocked = words[3].equals("clock");
            require(clocked || words[3].equals("deadline"), "a region of no kind");
            entries.getLast()
                    .regions()
                    .add(
                            new Region(
                                    stream(words[1]),
                                    number(words[2]),
                                    clocked,
                                    base,
                                    address(words[5])));
        }

        private void cell(String[] words) throws ProbeFormatException {
            require(words.length == 4 + WEIGHTS.size() && !entries.isEmpty(), "a malformed cell");
            long[] weights = new long[WEIGHTS.size()];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = number(words[4 + i]);
            }
            entries.getLast()
                    .cells()
                    .add(new Cell(stream(words[1]), known(words[2]), address(words[3]), weights));
        }

        private int stream(String word) throws ProbeFormatException {
            long stream = number(word);
            require(stream <= 1, "a stream that is neither operation nor twin");
            return (int) stream;
        }

        private int known(String word) throws ProbeFormatException {
            int node = (int) number(word);
            require(nodes.containsKey(node), "an unknown node");
            return node;
        }

        private long number(String word) throws ProbeFormatException {
            require(word.matches("[0-9]{1,18}"), "a malformed number");
            return Long.parseLong(word);
        }

        private long address(String word) throws ProbeFormatException {
            require(word.matches("[0-9a-f]{1,16}"), "a malformed address");
            return Long.parseUnsignedLong(word, HEXADECIMAL);
        }

        private void require(boolean right, String problem) throws ProbeFormatException {
            if (!right) {
                throw error(problem);
            }
        }

        private ProbeFormatException error(String problem) {
            return new ProbeFormatException(
                    line, problem, "line %d of the plugin's profile: %s".formatted(line, problem));
        }
    }
}
