package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.feuerprobe.guest.KernelBuilder;
import org.feuerprobe.guest.KernelFixture;
import org.feuerprobe.harness.TestRepository;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command, with the real kernel. */
@Tag("boots")
class ProfileCommandTests {
    private final CapturedConsole console = new CapturedConsole();

    private String profile(String... arguments) {
        CapturedConsole own = new CapturedConsole();
        List<String> words = new ArrayList<>(List.of("profile"));
        words.addAll(List.of(arguments));
        assertThat(own.run(words.toArray(String[]::new))).as(own.err()).isZero();
        return own.out();
    }

    @Test
    void showsHotSpotsOnOneScreen() {
        String table = profile("null_syscall");

        assertThat(table)
                .startsWith(
                        "null_syscall: 30 instructions an operation (16 samples, without its overhead twin); the clock counted as many.\n")
                .contains("\n  19  63.3%     21   70.0%  way_plain\n");
        assertThat(table.lines().count()).isLessThan(24);
    }

    @Test
    void twoBootsGiveTheSameBytes() {
        String first = profile("exo_call/round_trip", "--json");

        assertThat(profile("exo_call/round_trip", "--json")).isEqualTo(first);
        JsonNode document = JsonMapper.builder().build().readTree(first);
        assertThat(document.get("operation").asString()).isEqualTo("exo_call");
        assertThat(document.get("total").asLong())
                .isEqualTo(document.get("clock").asLong())
                .isEqualTo(
                        document.get("functions")
                                .valueStream()
                                .mapToLong(function -> function.get("self").asLong())
                                .sum());
    }

    @Test
    void annotatesSourceAndMachineCode() {
        assertThat(profile("null_syscall", "--annotate", "way_plain"))
                .contains("way_plain has 19 of them itself.\n")
                .contains("\narch/x86_64/syscall.S\n")
                .containsPattern("\n1 +[0-9]+ +swapgs\n")
                .containsPattern("\n1 +ffffffff8[0-9a-f]{7} +swapgs\n");
    }

    @Test
    void comparesWithAnotherImage(@TempDir Path folder) throws Exception {
        TestRepository.copyKernel(folder);
        Path source = folder.resolve("exokernel/kernel/syscalls.c");
        String marker = "    int64_t error = env_about(current_env(), env, &to);\n";
        String text = Files.readString(source);
        assertThat(text).contains(marker);
        Files.writeString(
                source, text.replace(marker, marker + "    __asm__ volatile(\"nop; nop\");\n"));
        Path image = new KernelBuilder(folder.resolve("exokernel")).build(List.of()).file();

        String table =
                profile(
                        "exo_map",
                        "--kernel",
                        image.toString(),
                        "--against",
                        KernelFixture.image().file().toString());

        assertThat(table)
                .contains(" instructions an operation (+2) since ")
                .containsPattern("\\+2 +[0-9]+ +[0-9]+ +sys_map\n")
                .containsPattern(
                        "\\+2 +0 +2 +kernel/syscalls.c:[0-9]+ sys_map: __asm__ volatile\\(\"nop; nop\"\\);\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null_syscall --samples 3|--samples 3: want a power of two, so that a mean is exact",
                "null_syscall --at n|--at n: want NAME=VALUE, a whole number of 0 or more",
                "null_syscall --at n=4|--at n: null_syscall has no such parameter; it has none",
                "null_syscall --metric cycles|--metric cycles: a profile has instructions, loads, stores, l1i_misses, l1d_misses, l2_misses, tlb_misses",
                "null_syscall --format svg|--format svg: want one of folded, speedscope, pprof, callgrind, html",
                "null_syscall --format pprof|this format is no text for a terminal: name a file with --out",
                "null_syscall --out x|--out: name what to write, with --format folded, speedscope, pprof, callgrind, html",
                "null_syscall --output x|--out: name what to write, with --format folded, speedscope, pprof, callgrind, html",
                "null_syscall --annotate way_plane|--annotate way_plane: the operation executes no instruction of it; did you mean way_plain?",
                "null_syscall --target native|a profile needs target qemu with --accel icount: leave --target and --accel out",
                "null_syscal|the kernel has no operation or benchmark 'null_syscal'; did you mean null_syscall?"
            })
    void saysWhatIsWrong(String words, String message) {
        List<String> all = new ArrayList<>(List.of("profile"));
        all.addAll(List.of(words.split(" ", -1)));

        assertThat(console.run(all.toArray(String[]::new))).isEqualTo(2);
        assertThat(console.err()).isEqualTo("feuerprobe: " + message + "\n");
        assertThat(console.out()).isEmpty();
    }
}
