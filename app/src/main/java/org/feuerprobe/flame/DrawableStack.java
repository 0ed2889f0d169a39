package org.feuerprobe.flame;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.profile.CallStack;
import org.feuerprobe.profile.Profile;

/**
 * A stack whose weight is not negative, as drawings and other programs want it. What only the
 * overhead twin executes is taken from the same line elsewhere, or else from the function that
 * measures, so the total stays the same.
 */
record DrawableStack(CallStack stack, long weight) {
    private static final List<BiPredicate<CallStack, CallStack>> PAYERS =
            List.of(
                    (debtor, payer) -> payer.top().equals(debtor.top()),
                    (debtor, payer) ->
                            payer.frames().size() <= debtor.frames().size()
                                    && payer.top()
                                            .function()
                                            .equals(debtor.frames().getFirst().function()),
                    (debtor, payer) -> payer.top().function().equals(debtor.top().function()));

    /** All stacks that have a weight, in the profile's order. */
    static List<DrawableStack> of(Profile profile, Counter counter) throws LabException {
        long[] weights =
                profile.stacks().stream().mapToLong(stack -> stack.weight(counter)).toArray();
        for (BiPredicate<CallStack, CallStack> payers : PAYERS) {
            settle(profile.stacks(), weights, payers);
        }
        List<DrawableStack> drawable = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] < 0) {
                throw LabException.wrongUse(
                        "%s: its overhead twin executes more of %s than the operation, which cannot be drawn: add --gross"
                                .formatted(
                                        profile.benchmark().name(),
                                        profile.stacks().get(i).top().function()));
            }
            if (weights[i] > 0) {
                drawable.add(new DrawableStack(profile.stacks().get(i), weights[i]));
            }
        }
        return drawable;
    }

    private static void settle(
            List<CallStack> stacks, long[] weights, BiPredicate<CallStack, CallStack> payers) {
        for (int debtor = 0; debtor < weights.length; debtor++) {
            for (int payer = 0; payer < weights.length && weights[debtor] < 0; payer++) {
                if (weights[payer] > 0 && payers.test(stacks.get(debtor), stacks.get(payer))) {
                    long paid = Math.min(weights[payer], -weights[debtor]);
                    weights[payer] -= paid;
                    weights[debtor] += paid;
                }
            }
        }
    }
}
