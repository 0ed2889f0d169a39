package org.feuerprobe.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.feuerprobe.guest.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Can C that includes an operating system's headers be compiled in the kit? */
final class HostedHeadersTests {
    private static final Path HEADERS = Path.of("lab/src/main/resources/org/feuerprobe/kit/hosted");

    @TempDir private Path folder;

    @Test
    void everyHeaderIsWrittenIntoTheKit() throws Exception {
        try (Stream<Path> files = Files.walk(HEADERS)) {
            assertThat(NewKernel.HOSTED)
                    .containsExactlyElementsOf(
                            files.filter(Files::isRegularFile)
                                    .map(file -> HEADERS.relativize(file).toString())
                                    .sorted()
                                    .toList());
        }
    }

    /** Each header alone, twice, and all together, with the warnings that a careful user has. */
    @ParameterizedTest
    @EnumSource
    void everyHeaderCompiles(Machine machine) throws Exception {
        Toolchain tools = Toolchain.of(machine);
        assumeTrue(
                machine.missing("true", tools.compiler(), "compiler").stream()
                        .noneMatch("compiler"::equals),
                "there is no " + tools.compiler());
        List<String> sources = new ArrayList<>();
        for (String header : NewKernel.HOSTED) {
            Path copy = folder.resolve("include").resolve(header);
            Files.createDirectories(copy.getParent());
            Files.writeString(copy, Template.named("hosted/" + header).text());
            String line = "#include <%s>\n".formatted(header);
            Path source = folder.resolve(header.replace('/', '_') + ".c");
            sources.add(Files.writeString(source, line + line + "int x;\n").toString());
        }
        StringBuilder all = new StringBuilder();
        NewKernel.HOSTED.forEach(header -> all.append("#include <%s>\n".formatted(header)));
        all.append(
                """
                int log_it(double x, va_list arguments)
                {
                    time_t now = time(0);
                    return fprintf(stderr, "%f", floor(x)) + vfprintf(stdout, "%d", arguments)
                           + fflush(stdout) + (rand() < RAND_MAX) + (now == 0) + isnan(x);
                }
                """);
        sources.add(Files.writeString(folder.resolve("all.c"), all).toString());

        List<String> command = new ArrayList<>(List.of(tools.compiler()));
        command.addAll(tools.flags());
        command.addAll(
                List.of(
                        "-std=gnu17",
                        "-ffreestanding",
                        "-fsyntax-only",
                        "-Wall",
                        "-Wextra",
                        "-Werror",
                        "-nostdinc",
                        "-I"
                                + Tool.output(
                                                "the compiler",
                                                List.of(
                                                        tools.compiler(),
                                                        "-print-file-name=include"))
                                        .strip(),
                        "-I" + folder.resolve("include")));
        command.addAll(sources);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
