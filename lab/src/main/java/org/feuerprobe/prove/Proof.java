package org.feuerprobe.prove;

import java.util.List;
import java.util.Optional;

/**
 * What is known of one function's worst case.
 *
 * @param function its name in the file
 * @param law instructions from the first one to the return; empty: not proved
 * @param why if not proved: each reason with its place
 * @param loops its own loops, not those of functions that it calls
 * @param calls functions that it may call
 */
public record Proof(
        String function,
        Optional<Law> law,
        List<String> why,
        List<LoopFact> loops,
        List<String> calls) {
    /**
     * One loop.
     *
     * @param place source line of its note, or of its first instruction
     * @param bound iterations for each entry; empty: none is known
     */
    public record LoopFact(String place, String address, String bound) {}

    /** Copies the lists. */
    public Proof {
        why = List.copyOf(why);
        loops = List.copyOf(loops);
        calls = List.copyOf(calls);
    }

    /** The status word of the documents. */
    public String status() {
        return law.isPresent() ? "PROVED" : "NOT_PROVED";
    }

    /** The names of the law's parameters, none if there is no law. */
    public List<String> parameters() {
        return law.map(known -> List.copyOf(known.parameters())).orElse(List.of());
    }
}
