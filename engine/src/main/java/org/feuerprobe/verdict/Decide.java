package org.feuerprobe.verdict;

import org.feuerprobe.bound.Claim;
import org.feuerprobe.bound.ClaimSyntaxException;
import org.feuerprobe.sample.DataSet;

/**
 * Decides a claim about costs: {@code Decide.claim("O(n log n)").on(data)}. A Java program starts
 * here; {@code docs/java-api.md} has a complete example.
 *
 * <p>Immutable and thread-safe. The same claim and data give the same decision.
 */
public final class Decide {
    private final Claim claim;

    private Decide(Claim claim) {
        this.claim = claim;
    }

    /**
     * Makes a decider of a claim: {@code O(n log n)}, {@code mean O(1)}, {@code p99 <= 1000
     * cycles}, {@code max < 50}. A cost that grows more slowly than claimed keeps the claim.
     *
     * @throws ClaimSyntaxException if the text is no claim; it has the reason and the place
     */
    public static Decide claim(String text) {
        return new Decide(Claim.parse(text, Claim.Mode.UPPER));
    }

    /**
     * Makes a decider of a claim that cost grows exactly as fast as written. Slower growth violates
     * it.
     *
     * @throws ClaimSyntaxException if the text is no claim; it has the reason and the place
     */
    public static Decide tightClaim(String text) {
        return new Decide(Claim.parse(text, Claim.Mode.TIGHT));
    }

    /**
     * Decides the claim on data.
     *
     * @throws IllegalArgumentException if the data cannot be decided: the claim names a parameter
     *     that a point lacks, or its unit cannot be converted to that of the data
     */
    public Decision on(DataSet data) {
        Claim same =
                claim.in(data.metric())
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "the claim '%s' is in %s, but the data are in %s"
                                                .formatted(claim, claim.unit(), data.metric())));
        return new Decider().decide(same, data);
    }
}
