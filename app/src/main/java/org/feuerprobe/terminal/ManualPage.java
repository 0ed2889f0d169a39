package org.feuerprobe.terminal;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The manual page in roff, made from the same descriptions as {@code --help}, so that the two
 * cannot differ. The library's own generator writes AsciiDoc, which {@code man} cannot read.
 */
public final class ManualPage {
    private ManualPage() {}

    /** The page of a program with all its commands. */
    public static String of(CommandSpec root, String version) {
        StringBuilder roff = new StringBuilder();
        roff.append(".TH FEUERPROBE 1 \"\" \"Feuerprobe ").append(version).append("\"\n");
        roff.append(".SH NAME\nfeuerprobe \\- ").append(lines(root.usageMessage().description()));
        roff.append(".SH SYNOPSIS\n.B feuerprobe\n.I COMMAND\n[options]\n.SH COMMANDS\n");
        for (CommandLine command : root.subcommands().values()) {
            command(roff, command.getCommandSpec());
        }
        roff.append(".SH EXIT STATUS\n");
        List<String> meanings =
                List.of(
                        "no bound violated",
                        "a bound violated, or a regression",
                        "wrong use, or input that cannot be read",
                        "target or testbed failed",
                        "with \\-\\-strict: a bound was not decided");
        for (int i = 0; i < meanings.size(); i++) {
            roff.append(".TP\n.B ").append(i).append('\n').append(meanings.get(i)).append('\n');
        }
        return roff.append(
                        ".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nNo colour, whatever the terminal can.\n")
                .append(".TP\n.B FEUERPROBE_QEMU\nThe emulator to start.\n")
                .toString();
    }

    private static void command(StringBuilder roff, CommandSpec command) {
        roff.append(".SS feuerprobe ").append(escape(command.name())).append('\n');
        roff.append(lines(command.usageMessage().description()));
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            roff.append(".TP\n.I ").append(escape(parameter.paramLabel())).append('\n');
            roff.append(lines(parameter.description()));
        }
        HelpLayout.groups(command)
                .forEach((section, options) -> {
                    roff.append(".PP\n").append(escape(section.heading())).append(":\n");
                    options.forEach(option -> option(roff, option));
                });
        String[] footer = command.usageMessage().footer();
        if (footer.length > 0) {
            roff.append(".PP\nExamples:\n.nf\n").append(lines(footer)).append(".fi\n");
        }
    }

    private static void option(StringBuilder roff, OptionSpec option) {
        roff.append(".TP\n.B ").append(escape(String.join(", ", option.names())));
        if (option.arity().max() > 0) {
            roff.append("\\fR \\fI").append(escape(option.paramLabel())).append("\\fR");
        }
        roff.append('\n').append(lines(option.description()));
    }

    private static String lines(String... lines) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(escape(line.replace("%n", "").replace("%%", "%"))).append('\n');
        }
        return text.toString();
    }

    /** A backslash, a hyphen and a leading dot or quote mean something else in roff. */
    private static String escape(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("…", "...");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
