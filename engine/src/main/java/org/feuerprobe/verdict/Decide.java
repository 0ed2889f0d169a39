package org.feuerprobe.verdict;

import org.feuerprobe.bound.Claim;
import org.feuerprobe.bound.ClaimSyntaxException;
import org.feuerprobe.sample.DataSet;

/**
 * Decides a claim about costs: {@code Decide.claim("O(n log n)").on(data)}. This is where a Java
 * program starts; {@code docs/java-api.md} has a whole one.
 *
 * <p>Immutable, and safe in any number of threads. The same claim and data give the same decision.
 */
public final class Decide {
    private final Claim claim;

    private Decide(Claim claim) {
        this.claim = claim;
    }

    /**
     * A claim to decide: {@code O(n log n)}, {@code mean O(1)}, {@code p99 <= 1000 cycles}, {@code
     * max < 50}. A cost that grows more slowly than claimed keeps the claim.
     *
     * @throws ClaimSyntaxException if the text is no claim; it says why, and at which character
     */
    public static Decide claim(String text) {
        return new Decide(Claim.parse(text, Claim.Mode.UPPER));
    }

    /**
     * A claim that cost grows exactly as fast as written. A cost that grows more slowly violates
     * it.
     *
     * @throws ClaimSyntaxException if the text is no claim
     */
    public static Decide tightClaim(String text) {
        return new Decide(Claim.parse(text, Claim.Mode.TIGHT));
    }

    /**
     * The decision on this claim.
     *
     * @throws IllegalArgumentException if the data cannot be decided at all: the claim names a
     *     parameter that a point lacks, or is in a unit that the data cannot be converted to
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
