package org.feuerprobe.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The documented table of Linux calls is that of the code, and the names are Linux's. */
class LinuxAbiTests {
    private static final Pattern LISTED =
            Pattern.compile("X\\((\\d+), (\\w+), (WHOLE|PARTIAL|FAKED), \"([^\"]*)\"\\)");
    private static final Pattern DOCUMENTED =
            Pattern.compile("(?m)^\\| (\\d+) \\| `(\\w+)` \\| (\\w+) \\| (.*) \\|$");

    private static Map<Integer, String> rows(Path file, Pattern row) throws IOException {
        Map<Integer, String> rows = new TreeMap<>();
        for (MatchResult r : row.matcher(Files.readString(file)).results().toList()) {
            rows.put(
                    Integer.parseInt(r.group(1)),
                    r.group(2) + " " + r.group(3).toLowerCase(Locale.ROOT) + " " + r.group(4));
        }
        return rows;
    }

    @Test
    void theDocumentHasTheCallsOfTheCode() throws IOException {
        Map<Integer, String> listed = rows(Path.of("exokernel/libos/calls.h"), LISTED);
        assertThat(listed).hasSizeGreaterThan(100);
        assertThat(rows(Path.of("docs/linux-abi.md"), DOCUMENTED))
                .as("make -C exokernel docs writes it")
                .isEqualTo(listed);
    }

    @Test
    void theNamesAreThoseOfLinux() throws IOException {
        rows(Path.of("exokernel/libos/calls.h"), LISTED)
                .forEach((number, row) ->
                        assertThat(LinuxCalls.name(number)).isEqualTo(row.split(" ", -1)[0]));
        assertThat(LinuxCalls.name(4000)).isEqualTo("4000");
    }
}
