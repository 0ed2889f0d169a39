package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.feuerprobe.terminal.Console;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user sees who types something wrong: one line, exit status 2, nothing booted. */
class UsageTests {
    private static final Set<Class<?>> NUMBERS =
            Set.of(int.class, Integer.class, long.class, Long.class, double.class, Double.class);

    private final CapturedConsole console = new CapturedConsole();

    @TempDir private Path folder;

    @Test
    void suggestsTheCommandThatWasMeant() {
        assertThat(console.run("valdate")).isEqualTo(2);
        assertThat(console.err())
                .isEqualTo(
                        "feuerprobe: unknown command 'valdate'; did you mean validate? (see: feuerprobe --help)\n");
        assertThat(console.out()).isEmpty();
    }

    @Test
    void namesAnUnknownOption() {
        assertThat(console.run("validate", "--qick")).isEqualTo(2);
        assertThat(console.err())
                .isEqualTo(
                        "feuerprobe: unknown option '--qick'; did you mean --quick? (see: feuerprobe validate --help)\n");
    }

    @Test
    void namesAWordThatNoCommandTakes() {
        assertThat(console.run("nwe", "/tmp/x")).isEqualTo(2);
        assertThat(console.run("rt", "a.yaml", "b.yaml")).isEqualTo(2);
        assertThat(console.run("new", "x", "--source", "a.c", "--function", "f")).isEqualTo(2);
        assertThat(console.err())
                .isEqualTo(
                        """
                        feuerprobe: unknown command 'nwe'; did you mean new? (see: feuerprobe --help)
                        feuerprobe: unexpected word 'b.yaml' (see: feuerprobe rt --help)
                        feuerprobe: unknown option '--source'; did you mean --sources? (see: feuerprobe new --help)
                        """);
    }

    /** An option that takes several values would otherwise take the mistyped one as a value. */
    @ParameterizedTest
    @MethodSource("optionsWithText")
    void noOptionTakesAMistypedOptionForItsValue(String command, String option) {
        assertThat(console.run(command, option, "--no-such-option-here")).isEqualTo(2);
        assertThat(console.err())
                .startsWith("feuerprobe: ")
                .endsWith(" (see: feuerprobe %s --help)\n".formatted(command));
    }

    /** Options of text and files, with one value or several, of every command. */
    static Stream<Arguments> optionsWithText() {
        return Main.commandNames().stream()
                .map(name -> Main.commands(Console.system(), name).getSubcommands().get(name))
                .flatMap(command ->
                        command.getCommandSpec().options().stream()
                                .filter(option -> option.arity().max() > 0)
                                .map(option ->
                                        Arguments.of(
                                                command.getCommandName(), option.longestName())));
    }

    @Test
    void asksForACommand() {
        assertThat(console.run()).isEqualTo(2);
        assertThat(console.err())
                .isEqualTo("feuerprobe: a command is missing (see: feuerprobe --help)\n");
    }

    @Test
    void namesThePlaceOfAnUnknownKey() throws Exception {
        Path bounds = write("schema: 1\nsubject: X\nbounds:\n  - id: a\n    operaton: f\n");

        assertThat(console.run("validate", "--bounds", bounds.toString())).isEqualTo(2);
        assertThat(console.err())
                .isEqualTo(
                        """
                        feuerprobe: %1$s:4:5: missing keys 'claim', 'kind', 'source'
                        %1$s:5:5: unknown key 'operaton', want one of id, operation, claim, kind, source, mode, note, parts; did you mean operation?
                        """
                                .formatted(bounds));
    }

    @Test
    void namesThePlaceOfABadExpression() throws Exception {
        Path bounds = write(bound("a", "O(N_caps + )"));

        assertThat(console.run("validate", "--bounds", bounds.toString())).isEqualTo(2);
        assertThat(console.err())
                .isEqualTo(
                        "feuerprobe: %s:6:23: bad claim 'O(N_caps + )': unexpected ')'\n"
                                .formatted(bounds));
    }

    @Test
    void namesThePlaceOfADuplicateIdentifier() throws Exception {
        Path bounds = write(bound("a", "O(1)") + entry("a", "O(1)"));

        assertThat(console.run("validate", "--bounds", bounds.toString())).isEqualTo(2);
        assertThat(console.err())
                .isEqualTo(
                        "feuerprobe: %s:9:9: duplicate identifier 'a', first on line 4\n"
                                .formatted(bounds));
    }

    @Test
    void saysThatABoundsFileIsMissing() {
        assertThat(console.run("validate", "--bounds", "/nonexistent.yaml")).isEqualTo(2);
        assertThat(console.err()).isEqualTo("feuerprobe: /nonexistent.yaml: no such file\n");
    }

    @Test
    void saysWhatCouldHaveMatched() {
        assertThat(console.run("validate", "--only", "cap_tabel*")).isEqualTo(2);
        assertThat(console.err())
                .isEqualTo(
                        "feuerprobe: --only 'cap_tabel*' matches no bound of the file; did you mean cap_table*?\n");
    }

    @Test
    void namesWhatAPatternMayHaveMeant() {
        assertThat(only("cap_tabel_lookup")).endsWith("; did you mean cap_table_lookup?\n");
        assertThat(only("syscall"))
                .endsWith(
                        "; did you mean null_syscall/limit or null_syscall or null_syscall/crossings?\n");
        assertThat(only("-samples")).endsWith("; an option begins with two dashes: --samples\n");
        assertThat(only("nothing_like_it")).endsWith(" shows the names that the kernel knows\n");
    }

    private String only(String pattern) {
        CapturedConsole one = new CapturedConsole();
        assertThat(one.run("validate", "--only", pattern)).isEqualTo(2);
        return one.err();
    }

    @Test
    void saysThatAProgramIsNoKernel() {
        assertThat(console.run("validate", "--target", "image", "--kernel", "/bin/ls"))
                .isEqualTo(2);
        assertThat(console.err())
                .startsWith(
                        "feuerprobe: /bin/ls is a program for an operating system, not a kernel");
    }

    @Test
    void doesNotOverwriteResults() throws Exception {
        Files.writeString(folder.resolve("precious"), "x");

        assertThat(console.run("validate", "--out", folder.toString())).isEqualTo(2);
        assertThat(console.err())
                .isEqualTo(
                        "feuerprobe: --out: %s exists and is not empty: name a new folder, or remove it\n"
                                .formatted(folder));
        assertThat(folder.resolve("precious")).exists();
    }

    @Test
    void refusesAnUnknownTargetAndMalformedNumbers() {
        assertThat(console.run("validate", "--target", "moon")).isEqualTo(2);
        assertThat(console.run("validate", "--samples", "0")).isEqualTo(2);
        assertThat(console.run("validate", "--jobs", "0")).isEqualTo(2);
        assertThat(console.run("validate", "--boot-limit", "0")).isEqualTo(2);
        assertThat(console.run("validate", "--seed", "one")).isEqualTo(2);
        assertThat(console.err().lines())
                .containsExactly(
                        "feuerprobe: unknown target 'moon', want: qemu, native, image, linux, linux-guest",
                        "feuerprobe: --samples 0: want 1 to 10000000",
                        "feuerprobe: --jobs 0: want at least 1",
                        "feuerprobe: --boot-limit 0: want at least 1 second",
                        "feuerprobe: Invalid value for option '--seed': 'one' is not a long (see: feuerprobe validate --help)");
    }

    /** Every option of every command whose value is a number. */
    static Stream<String> numbers() {
        return Main.commands(Console.system()).getSubcommands().entrySet().stream()
                .flatMap(command ->
                        command.getValue().getCommandSpec().options().stream()
                                .filter(option -> NUMBERS.contains(option.auxiliaryTypes()[0]))
                                .map(option -> command.getKey() + " " + option.longestName()));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void numbersAreWrittenInAsciiDigits(String option) {
        String[] words = option.split(" ", -1);
        for (String number : List.of("\u0663", "1d", "0x10", "NaN", "")) {
            CapturedConsole one = new CapturedConsole();

            assertThat(one.run(words[0], words[1], number)).isEqualTo(2);
            assertThat(one.err())
                    .startsWith("feuerprobe: Invalid value for option '%s'".formatted(words[1]))
                    .contains("'%s' is not a".formatted(number));
        }
    }

    @Test
    void thereAreOptionsWithNumbers() {
        assertThat(numbers()).contains("bench --samples", "validate --seed", "check --most-growth");
    }

    @Test
    void refusesAnAcceleratorThatIsNoneOrHasNothingToAccelerate() {
        assertThat(console.run("bench", "--list", "--accel", "warp")).isEqualTo(2);
        assertThat(console.run("bench", "--list", "--accel", "kvm", "--target", "native"))
                .isEqualTo(2);
        assertThat(console.err().lines())
                .containsExactly(
                        "feuerprobe: unknown accelerator 'warp', want: icount, kvm, tcg, auto",
                        "feuerprobe: --accel is for target qemu");
        assertThat(console.out()).isEmpty();
    }

    /** A kernel that takes no plan decides how often, and tells no bytes. */
    @Test
    void refusesToPlanWhatIsNotPlanned() throws Exception {
        String board = BoardRecording.write(folder.resolve("board.log"), new long[0]).toString();
        String bounds =
                Files.writeString(
                                folder.resolve("bounds.yaml"),
                                """
                                schema: 1
                                subject: Board
                                bounds:
                                  - {id: y, operation: yield, claim: O(1), kind: proposed, source: {document: d, section: s}}
                                """)
                        .toString();
        String[] image = {"bench", "--target", "image", "--serial", board};
        assertThat(console.run(with(image, "--samples", "5"))).isEqualTo(2);
        assertThat(console.run(with(image, "--batch", "8"))).isEqualTo(2);
        assertThat(console.run(with(image, "--metric", "bytes"))).isEqualTo(2);
        image[0] = "validate";
        assertThat(console.run(with(image, "--samples", "5", "--bounds", bounds))).isEqualTo(2);
        String why =
                ": target image takes no plan over its serial line and has its own way: leave it out";
        assertThat(console.err().lines())
                .containsExactly(
                        "feuerprobe: --samples" + why,
                        "feuerprobe: --batch" + why,
                        "feuerprobe: --metric bytes" + why,
                        "feuerprobe: --samples" + why);
    }

    private static String[] with(String[] words, String... more) {
        return Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new);
    }

    @Test
    void refusesAUnitThatIsNoneAndARecordingThatIsNotThere() {
        String[] image = {"bench", "--target", "image", "--serial", "nofile"};
        assertThat(console.run(with(image, "--unit", "foo bar"))).isEqualTo(2);
        assertThat(console.run(image)).isEqualTo(2);
        assertThat(console.run("bench", "--target", "qemu,qemu")).isEqualTo(2);
        assertThat(console.err().lines())
                .containsExactly(
                        "feuerprobe: --unit 'foo bar': want a unit as bounds have it, cycles, ns, ticks",
                        "feuerprobe: --serial: there is no nofile: want a recording, or a device",
                        "feuerprobe: --target qemu,qemu: name each once");
    }

    @Test
    void refusesWhatTheTargetHasNoUseFor() {
        assertThat(console.run("validate", "--target", "native", "--unit", "ns")).isEqualTo(2);
        assertThat(console.run("validate", "--target", "native", "--caches", "l1d=16/8/64"))
                .isEqualTo(2);
        assertThat(console.run("bench", "--target", "linux", "--kernel", "k.elf")).isEqualTo(2);
        assertThat(console.run("bench", "--target", "linux", "--variant", "CAP_ALLOC=scan"))
                .isEqualTo(2);
        assertThat(console.err().lines())
                .containsExactly(
                        "feuerprobe: --unit says what the clock behind --serial or --emulator counts: leave it out without them",
                        "feuerprobe: --caches: nothing is modelled here: want target qemu, linux-guest, or image with --kernel",
                        "feuerprobe: --kernel boots an image of yours: target linux has its own",
                        "feuerprobe: --variant builds the exokernel: leave it out with target linux");
    }

    @Test
    void refusesAnImageThatIsNone() throws Exception {
        Path text =
                write(
                        "this is no kernel, though it is longer than the sixty-four bytes of a header");

        assertThat(console.run("validate", "--kernel", text.toString())).isEqualTo(2);
        assertThat(console.err()).isEqualTo("feuerprobe: %s is not an ELF image\n".formatted(text));
        assertThat(new CapturedConsole().run("validate", "--kernel", "/nonexistent.elf"))
                .isEqualTo(2);
    }

    @Test
    void refusesAVariantOfAGivenImage() {
        assertThat(console.run("validate", "--kernel", "k.elf", "--variant", "CAP_ALLOC=scan"))
                .isEqualTo(2);
        assertThat(console.err())
                .isEqualTo("feuerprobe: --kernel boots an image as it is: leave --variant out\n");
    }

    @Test
    void printsHelpToStdout() {
        assertThat(console.run("validate", "--help")).isZero();
        assertThat(console.out()).startsWith("Usage: feuerprobe validate").contains("Examples:");
        assertThat(console.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "testbed --cpu 4096, --cpu 4096: want 0 to",
        "testbed --cpu -1, --cpu -1: want 0 to",
        "doctor --cpu 4096, --cpu 4096: want 0 to",
        "bench --cpu 4096, --cpu 4096: want 0 to",
        "testbed --noise -1, --noise -1: want 0 to 3600 seconds",
        "testbed --noise 3601, --noise 3601: want 0 to 3600 seconds"
    })
    void noOtherProcessorIsTakenForOneThatIsNotThere(String line, String said) {
        assertThat(console.run(line.split(" "))).isEqualTo(2);
        assertThat(console.err()).startsWith("feuerprobe: " + said);
        assertThat(console.out()).isEmpty();
    }

    @Test
    void keepsControlCharactersFromTheTerminal() throws Exception {
        Path bounds = write(bound("a", "\"O(1)\\e[31m\""));

        assertThat(console.run("validate", "--bounds", bounds.toString())).isEqualTo(2);
        assertThat(console.err()).doesNotContain("\u001b").contains("\uFFFD");
    }

    private Path write(String text) throws Exception {
        return Files.writeString(folder.resolve("bounds.yaml"), text);
    }

    private static String bound(String id, String claim) {
        return "schema: 1\nsubject: X\nbounds:\n" + entry(id, claim);
    }

    private static String entry(String id, String claim) {
        return """
          - id: %s
            operation: f
            claim: %s
            kind: target
            source: {document: d, section: s}
        """
                .formatted(id, claim);
    }
}
