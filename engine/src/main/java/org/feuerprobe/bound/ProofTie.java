package org.feuerprobe.bound;

import java.util.Map;

/**
 * The function of the image whose proved worst case limits an operation. A bounds file declares it,
 * because only its author knows that the benchmark times a call of this function and nothing else.
 *
 * @param function its name in the image
 * @param plus instructions of the operation outside of the function; 1 is the call
 * @param with what parameters of the proved law are: a whole number, or a parameter of the
 *     operation's benchmarks. The others have the benchmarks' names.
 */
public record ProofTie(String function, long plus, Map<String, String> with) {
    public ProofTie {
        with = Map.copyOf(with);
    }
}
