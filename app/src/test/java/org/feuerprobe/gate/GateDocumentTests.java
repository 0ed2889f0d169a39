package org.feuerprobe.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What other programs read, with names that want to be more than names. */
class GateDocumentTests {
    private static final String HOSTILE =
            "]]></testcase><!-- \"'&<b>|x|</b>::error::no%0A \u0000\u001b[31m\n@all `x` [a](http://b) \ud800";

    private static Finding finding(Finding.Suite suite, Finding.Outcome outcome, String text) {
        SequencedMap<String, String> properties = new LinkedHashMap<>();
        properties.put("key " + text, text);
        return new Finding(suite, outcome, text, text, properties, 1);
    }

    private static GateResult hostile() {
        List<Finding> findings = new ArrayList<>();
        for (Finding.Suite suite : Finding.Suite.values()) {
            for (Finding.Outcome outcome : Finding.Outcome.values()) {
                findings.add(finding(suite, outcome, HOSTILE));
            }
        }
        return new GateResult(findings, List.of(HOSTILE));
    }

    private static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void junitIsXmlWhateverTheNames() throws Exception {
        Document document = parse(JunitDocument.of(HOSTILE, hostile()));
        Element root = document.getDocumentElement();
        assertThat(root.getAttribute("tests")).isEqualTo("8");
        assertThat(root.getAttribute("failures")).isEqualTo("2");
        assertThat(root.getAttribute("errors")).isEqualTo("2");
        assertThat(root.getAttribute("skipped")).isEqualTo("2");
        for (String name : List.of("failure", "error", "skipped", "testsuite")) {
            assertThat(document.getElementsByTagName(name).getLength()).as(name).isEqualTo(2);
        }
        assertThat(document.getElementsByTagName("property").getLength()).isEqualTo(8 + 2);
        Element failure = (Element) document.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message"))
                .startsWith("]]></testcase><!-- \"'&<b>")
                .contains("\n@all")
                .contains("\ufffd\ufffd[31m")
                .endsWith("\ufffd");
    }

    @Test
    void aMarkdownRowIsOneRow() {
        String text = MarkdownSummary.of("gate", hostile());
        List<String> rows = text.lines().filter(line -> line.startsWith("| ")).toList();
        assertThat(rows).hasSize(2 + 6); // head, rule, six findings that did not pass
        assertThat(rows.getLast()).doesNotContain("<", "@", " [a](").contains("\\|x\\|");
        assertThat(text)
                .startsWith("## gate\n\n- bounds FAILED: 1 failed, 1 error, 1 skipped, 1 passed\n");
    }

    @Test
    void markdownIsCutWithASentence() {
        List<Finding> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(finding(Finding.Suite.BOUNDS, Finding.Outcome.FAILED, "é".repeat(100) + i));
        }
        GateResult result = new GateResult(many, List.of());
        String text = MarkdownSummary.of("gate", result, 10_000);
        assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(10_000);
        long rows = text.lines().filter(line -> line.startsWith("| failed")).count();
        assertThat(rows).isBetween(10L, 99L);
        assertThat(text)
                .contains("Cut here: " + (100 - rows) + " of 100 rows are left out")
                .endsWith("--json has all.\n");
        assertThat(MarkdownSummary.of("gate", result)).doesNotContain("Cut here");
    }

    @Test
    void anAnnotationIsOneCommand() {
        String text = Annotations.of(hostile());
        assertThat(text.lines()).hasSize(4).allMatch(line -> line.startsWith("::error title="));
        String title = text.lines().findFirst().orElseThrow().split("::", 3)[1];
        assertThat(title)
                .contains("%3A%3Aerror%3A%3Ano%250A")
                .contains("%0A@all")
                .doesNotContain("\u001b");
    }

    @Test
    void aSuiteOfSkippedFindingsIsUnknownInEveryOutput() {
        GateResult result =
                new GateResult(
                        List.of(
                                finding(Finding.Suite.BOUNDS, Finding.Outcome.PASSED, "b"),
                                finding(Finding.Suite.CHANGES, Finding.Outcome.SKIPPED, "no run")),
                        List.of());
        assertThat(GateText.of(result))
                .isEqualTo(
                        "? UNKNOWN no run  no run\nbounds passed: 1 passed\nchanges UNKNOWN: 1 skipped\n");
        assertThat(GateDocument.of(result)).contains("\"changes UNKNOWN: 1 skipped\"");
        assertThat(JunitDocument.of("gate", result))
                .contains(
                        "name=\"verdict\" value=\"passed\"", "name=\"verdict\" value=\"UNKNOWN\"");
        assertThat(MarkdownSummary.of("gate", result)).contains("- changes UNKNOWN: 1 skipped\n");
        assertThat(Annotations.of(result)).isEqualTo("::warning title=changes UNKNOWN::no run\n");
        assertThat(result.isUnknown()).isTrue();
    }
}
