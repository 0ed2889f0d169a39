package org.feuerprobe.report;

import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.results.StoredVerdict;
import org.feuerprobe.verdict.VerdictKind;

/**
 * Verdicts as lines that LAVA reads from the output of a test: one test case for each bound. LAVA
 * splits a line at spaces, and knows the results pass, fail, skip and unknown.
 */
public final class LavaResults {
    private LavaResults() {}

    /** One line for each verdict. */
    public static String of(StoredCampaign campaign) {
        StringBuilder lines = new StringBuilder();
        for (StoredVerdict verdict : campaign.verdicts()) {
            lines.append("<LAVA_SIGNAL_TESTCASE TEST_CASE_ID=")
                    .append(verdict.bound().replaceAll("[^A-Za-z0-9_.-]", "_"))
                    .append(" RESULT=")
                    .append(result(verdict.verdict()))
                    .append(">\n");
        }
        return lines.toString();
    }

    private static String result(VerdictKind kind) {
        return switch (kind) {
            case HOLDS, LOOSE -> "pass";
            case VIOLATED -> "fail";
            case INCONCLUSIVE -> "unknown";
            case NOT_MEASURABLE, NOT_EXERCISED -> "skip";
        };
    }
}
