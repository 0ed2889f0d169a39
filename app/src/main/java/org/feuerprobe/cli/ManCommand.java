package org.feuerprobe.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Spec;

/**
 * Prints the manual page in roff, made from the same descriptions as {@code --help}, so that the
 * two cannot differ. The library's own generator writes AsciiDoc, which {@code man} cannot read.
 */
@Command(
        name = "man",
        description = "Print the manual page.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  feuerprobe man | man -l -",
            "  feuerprobe man > ~/.local/share/man/man1/feuerprobe.1"
        })
final class ManCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    ManCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.result(page(spec.root()));
        return ExitStatus.OK;
    }

    private static String page(CommandSpec root) {
        StringBuilder roff = new StringBuilder();
        roff.append(".TH FEUERPROBE 1 \"\" \"Feuerprobe ")
                .append(Installation.version())
                .append("\"\n");
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
                        "a bound neither kept nor violated, with \\-\\-strict");
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
