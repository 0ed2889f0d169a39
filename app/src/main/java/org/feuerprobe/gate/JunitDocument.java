package org.feuerprobe.gate;

import java.util.List;
import java.util.Map;

/**
 * Writer of the gate's result as JUnit XML for CI systems. Each suite becomes a test suite, each
 * finding a test case, and the finding's values become properties.
 */
public final class JunitDocument {
    private JunitDocument() {}

    /** The document; {@code title} names the run. */
    public static String of(String title, GateResult result) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append(
                "<testsuites name=\"%s\" %s>\n"
                        .formatted(escape(title), counts(result.findings())));
        for (Finding.Suite suite : Finding.Suite.values()) {
            List<Finding> findings = result.of(suite);
            if (!findings.isEmpty()) {
                suite(suite, findings, xml);
            }
        }
        return xml.append("</testsuites>\n").toString();
    }

    private static String counts(List<Finding> findings) {
        return "tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"%d\""
                .formatted(
                        findings.size(),
                        GateResult.count(findings, Finding.Outcome.FAILED),
                        GateResult.count(findings, Finding.Outcome.ERROR),
                        GateResult.count(findings, Finding.Outcome.SKIPPED));
    }

    private static void suite(Finding.Suite suite, List<Finding> findings, StringBuilder xml) {
        String name = GateResult.word(suite);
        xml.append("  <testsuite name=\"%s\" %s>\n".formatted(name, counts(findings)));
        xml.append(
                "    <properties><property name=\"verdict\" value=\"%s\"/></properties>\n"
                        .formatted(GateResult.mark(findings)));
        for (Finding finding : findings) {
            xml.append(
                    "    <testcase classname=\"feuerprobe.%s\" name=\"%s\">\n"
                            .formatted(name, escape(finding.name())));
            properties(finding.properties(), xml);
            String message = escape(finding.message());
            switch (finding.outcome()) {
                case FAILED -> xml.append("      <failure message=\"%s\"/>\n".formatted(message));
                case ERROR -> xml.append("      <error message=\"%s\"/>\n".formatted(message));
                case SKIPPED -> xml.append("      <skipped message=\"%s\"/>\n".formatted(message));
                case PASSED -> {}
            }
            xml.append("    </testcase>\n");
        }
        xml.append("  </testsuite>\n");
    }

    private static void properties(Map<String, String> properties, StringBuilder xml) {
        if (properties.isEmpty()) {
            return;
        }
        xml.append("      <properties>\n");
        properties.forEach((name, value) ->
                xml.append(
                        "        <property name=\"%s\" value=\"%s\"/>\n"
                                .formatted(escape(name), escape(value))));
        xml.append("      </properties>\n");
    }

    /** An attribute's text. Characters that XML 1.0 does not permit become U+FFFD. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '&' -> escaped.append("&amp;");
                        case '<' -> escaped.append("&lt;");
                        case '>' -> escaped.append("&gt;");
                        case '"' -> escaped.append("&quot;");
                        case '\t', '\n', '\r' -> escaped.append("&#").append(c).append(';');
                        default -> escaped.appendCodePoint(allowed(c) ? c : 0xFFFD);
                    }
                });
        return escaped.toString();
    }

    private static boolean allowed(int c) {
        return (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
    }
}
