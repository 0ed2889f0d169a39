package org.feuerprobe.verdict;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.bound.Expression;
import org.feuerprobe.sample.DataSet;

/**
 * A claim about growth, with the data's parameters.
 *
 * @param bound the claimed bound without the parameters that do not vary
 * @param varying parameters with several values
 * @param values the values of each parameter
 * @param range the smallest and largest value of each parameter
 * @param notes remarks for the reader; the deciders add to them
 */
record Question(
        Claim.Asymptotic claim,
        Expression bound,
        DataSet data,
        List<String> varying,
        Map<String, Set<Double>> values,
        Map<String, Decision.Span> range,
        List<String> notes) {
    /** The same question about another bound. */
    Question about(Expression other) {
        return new Question(claim, other, data, varying, values, range, notes);
    }
}
