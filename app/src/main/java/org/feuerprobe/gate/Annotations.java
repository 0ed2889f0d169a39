package org.feuerprobe.gate;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writer of the worst findings as GitHub workflow commands. GitHub shows ten annotations of a step.
 */
public final class Annotations {
    /** Number of annotations that GitHub shows. */
    public static final int MOST = 10;

    private static final int SURROGATES = 0xD800;
    private static final int SURROGATES_END = 0xDFFF;
    private static final int REPLACEMENT = 0xFFFD;

    private Annotations() {}

    /**
     * One line for each finding that failed or could not be measured, worst first, and one for each
     * suite about which nothing is known.
     */
    public static String of(GateResult result) {
        List<Finding> shown =
                result.worst().stream()
                        .filter(finding ->
                                finding.outcome() == Finding.Outcome.FAILED
                                        || finding.outcome() == Finding.Outcome.ERROR)
                        .toList();
        String lines =
                shown.stream()
                        .limit(shown.size() > MOST ? MOST - 1 : MOST)
                        .map(Annotations::line)
                        .collect(Collectors.joining());
        String more =
                shown.size() > MOST
                        ? "::warning title=feuerprobe::%d more\n".formatted(shown.size() - MOST + 1)
                        : "";
        return lines
                + more
                + Arrays.stream(Finding.Suite.values())
                        .map(suite -> unknown(GateResult.word(suite), result.of(suite)))
                        .collect(Collectors.joining());
    }

    private static String unknown(String suite, List<Finding> findings) {
        return findings.isEmpty() || !GateResult.isUnknown(findings)
                ? ""
                : "::warning title=%s UNKNOWN::%s\n"
                        .formatted(suite, data(findings.getFirst().message()));
    }

    private static String line(Finding finding) {
        return "::error title=%s::%s\n"
                .formatted(property(finding.name()), data(finding.message()));
    }

    private static String data(String text) {
        String escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
        return escaped.codePoints()
                .map(c -> c < ' ' || (c >= SURROGATES && c <= SURROGATES_END) ? REPLACEMENT : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
