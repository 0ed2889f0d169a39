package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.feuerprobe.terminal.Console;
import org.feuerprobe.terminal.HelpLayout;
import org.feuerprobe.terminal.Section;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;

/** The help of every command: options under headings, in lines that fit. */
final class HelpTests {
    private static final List<String> HEADINGS =
            Arrays.stream(Section.values()).map(section -> section.heading() + ":").toList();

    /** The program's commands, those below them too. */
    static Stream<CommandLine> commands() {
        PrintStream nowhere =
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return below(Main.commands(new Console(nowhere, nowhere, false, false, false)));
    }

    private static Stream<CommandLine> below(CommandLine command) {
        return Stream.concat(
                Stream.of(command),
                command.getSubcommands().values().stream().flatMap(HelpTests::below));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyOptionStandsUnderAHeading(CommandLine command) {
        HelpLayout.apply(command, 80);
        List<String> shown = new ArrayList<>();
        String heading = "";
        for (String line : command.getUsageMessage(Ansi.OFF).lines().toList()) {
            if (line.endsWith(":") && !line.startsWith(" ")) {
                heading = line;
            } else if (line.matches("(      |  -[a-zA-Z], )--[a-z].*")) {
                assertThat(HEADINGS).as(line).contains(heading);
                shown.add(line.replaceFirst(".*?(--[a-z-]+).*", "$1"));
            }
        }
        assertThat(shown)
                .containsExactlyInAnyOrderElementsOf(
                        command.getCommandSpec().options().stream()
                                .filter(option -> !option.hidden())
                                .map(OptionSpec::longestName)
                                .toList());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void noLineOfTheHelpIsWiderThanTheTerminal(CommandLine command) {
        for (int columns : new int[] {60, 80, 100, 200}) {
            HelpLayout.apply(command, columns);
            assertThat(
                            withoutExamples(command.getUsageMessage(Ansi.OFF))
                                    .lines()
                                    .filter(line -> line.length() > Math.min(columns, 100)))
                    .as("%s at %d", command.getCommandName(), columns)
                    .isEmpty();
        }
    }

    /** Commands to copy are not broken into lines. */
    private static String withoutExamples(String help) {
        return help.lines()
                .filter(line -> !line.startsWith("  feuerprobe ") && !line.startsWith("  source "))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void descriptionsAreSentences() {
        assertThat(
                        commands()
                                .flatMap(command -> command.getCommandSpec().args().stream())
                                .filter(argument -> !argument.hidden())
                                .map(argument -> String.join(" ", argument.description()))
                                .distinct())
                .allSatisfy(text -> assertThat(text).matches("(?s)[A-Z].*[.)]"));
    }

    @Test
    void validateGroupsItsOptions() {
        CapturedConsole console = new CapturedConsole();
        assertThat(console.run("validate", "--help")).isZero();
        assertThat(console.out())
                .startsWith("Usage: feuerprobe validate [OPTIONS]\n")
                .containsSubsequence(
                        "\nBounds:\n",
                        "--bounds=FILE",
                        "--only=GLOB",
                        "--strict",
                        "\nTarget:\n",
                        "--kernel=FILE",
                        "--caches=GEOMETRY",
                        "--target=TARGET",
                        "\nMeasurement:\n",
                        "--quick",
                        "--budget=SECONDS",
                        "\nOutput:\n",
                        "--out=DIR",
                        "--json",
                        "--quiet",
                        "\nHelp:\n",
                        "--version");
    }
}
