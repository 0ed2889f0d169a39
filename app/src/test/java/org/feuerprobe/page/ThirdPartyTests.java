package org.feuerprobe.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ThirdPartyTests {
    @Test
    void vendoredFilesAreAsPublished() throws Exception {
        Matcher rows =
                Pattern.compile("\\| `(app/src/[^`]+)` .*`([0-9a-f]{64})` \\|")
                        .matcher(Files.readString(Path.of("THIRD-PARTY.md")));
        int files = 0;
        while (rows.find()) {
            files++;
            byte[] bytes = Files.readAllBytes(Path.of(rows.group(1)));
            assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)))
                    .as(rows.group(1))
                    .isEqualTo(rows.group(2));
        }
        assertThat(files).isEqualTo(2);
    }
}
