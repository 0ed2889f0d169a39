package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Three real campaigns of the capability table, measured once for all tests: {@code first} and
 * {@code second} of the kernel, {@code scan} of its variant with the linear scan. A test that
 * changes one copies it.
 */
final class CapTableCampaigns {
    private static final Path FOLDER = measured();

    private CapTableCampaigns() {}

    static Path folder() {
        return FOLDER;
    }

    static Path of(String name) {
        return FOLDER.resolve(name);
    }

    private static Path measured() {
        try {
            Path folder = Files.createTempDirectory("cap-table-campaigns-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            validate(folder.resolve("first"), 0);
            validate(folder.resolve("second"), 0);
            validate(folder.resolve("scan"), 1, "--variant", "CAP_ALLOC=scan");
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void validate(Path out, int status, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("validate", "--quick", "--quiet", "--no-estimates"));
        arguments.addAll(List.of("--only", "cap_table_*", "--out", out.toString()));
        arguments.addAll(List.of("--target", "qemu"));
        arguments.addAll(List.of(more));
        CapturedConsole console = new CapturedConsole();
        assertThat(console.run(arguments.toArray(String[]::new)))
                .as(console.err())
                .isEqualTo(status);
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
