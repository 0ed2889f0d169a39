package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every link of a document leads to a file, and to a heading of it. */
class DocumentLinksTests {
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]*)(?:#([^)\\s]*))?\\)");
    private static final Path INDEX = Path.of("docs/README.md");

    private static List<Path> documents() throws IOException {
        try (Stream<Path> pages = Files.walk(Path.of("docs"));
                Stream<Path> top = Files.list(Path.of("."))) {
            return Stream.concat(top.map(Path::normalize), pages)
                    .filter(page -> page.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    /** A page's text without the blocks and spans of code. */
    private static String prose(Path page) throws IOException {
        return Files.readString(page)
                .replaceAll("(?ms)^ *```.*?^ *```$", "")
                .replaceAll("`[^`\n]*`", "");
    }

    /** The anchors that a page's headings get. */
    private static Set<String> anchors(Path page) throws IOException {
        return Files.readString(page)
                .replaceAll("(?ms)^ *```.*?^ *```$", "")
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line ->
                        line.replaceFirst("^#+ ", "")
                                .toLowerCase(Locale.ROOT)
                                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                                .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        int seen = 0;
        for (Path page : documents()) {
            for (var link : LINK.matcher(prose(page)).results().toList()) {
                if (link.group(1).contains("://")) {
                    continue;
                }
                seen++;
                Path to =
                        link.group(1).isEmpty()
                                ? page
                                : Path.of(".").resolve(page).resolveSibling(link.group(1));
                if (!Files.exists(to)
                        || (link.group(2) != null && !anchors(to).contains(link.group(2)))) {
                    broken.add(page + ": " + link.group());
                }
            }
        }
        assertThat(seen).isGreaterThan(80);
        assertThat(broken).isEmpty();
    }

    @Test
    void noDocumentHasAnUnsolvedConflict() throws IOException {
        List<String> marked = new ArrayList<>();
        for (Path page : documents()) {
            Files.readString(page)
                    .lines()
                    .filter(line -> line.startsWith("<<<<<<< ") || line.startsWith(">>>>>>> "))
                    .forEach(line -> marked.add(page + ": " + line));
        }
        assertThat(marked).isEmpty();
    }

    @Test
    void theIndexListsEveryPage() throws IOException {
        Set<String> listed = new TreeSet<>();
        LINK.matcher(Files.readString(INDEX)).results().forEach(link -> listed.add(link.group(1)));
        try (Stream<Path> pages = Files.list(INDEX.resolveSibling("."))) {
            assertThat(
                            pages.map(page -> page.getFileName().toString())
                                    .filter(name -> name.endsWith(".md"))
                                    .filter(name -> !name.equals("README.md")))
                    .isSubsetOf(listed);
        }
    }
}
