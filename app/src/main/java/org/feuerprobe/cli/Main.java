package org.feuerprobe.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.feuerprobe.gate.RecordedCommand;
import org.feuerprobe.harness.LabException;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The entry point. It parses the command line, runs one command, and turns every failure into one
 * line and an exit status.
 */
@Command(
        name = "feuerprobe",
        description =
                "Tests whether a kernel keeps the performance bounds that its documents claim.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        footer = {"", "Help on a command: feuerprobe COMMAND --help"})
public final class Main implements Runnable {
    /** Offset that the launcher wants to be added to the exit status. */
    private static final int STATUS = Integer.getInteger("feuerprobe.status", 0);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    /** The version, which is stored in the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"feuerprobe " + Installation.version()};
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    public static void main(String[] arguments) {
        System.setProperty(
                "slf4j.internal.verbosity", "ERROR"); // a library would say it has no log
        Locale.setDefault(Locale.ROOT); // numbers with the digits 0 to 9, wherever it runs
        Console console = Console.system();
        Runtime.getRuntime().addShutdownHook(new Thread(console::interrupt, "silence"));
        int status = run(console, arguments);
        if (console.broken()) {
            console.note(
                    "standard output: %s: the result is incomplete".formatted(console.trouble()));
            status = status == ExitStatus.OK ? ExitStatus.TARGET : status;
        }
        // The launcher subtracts the offset. It thereby recognises a Java that failed by itself
        // with status 1.
        System.exit(status <= ExitStatus.UNDECIDED ? STATUS + status : status);
    }

    /** Runs a command line and returns its exit status; never throws. */
    static int run(Console console, String... arguments) {
        CommandLine root = commands(console, arguments);
        root.setOut(console.writer())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(
                                console.colour()
                                        ? CommandLine.Help.Ansi.ON
                                        : CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler((e, _) -> usage(console, e))
                .setExecutionExceptionHandler((e, _, _) -> failure(console, e));
        HelpLayout.apply(root, console.columns());
        try {
            return root.execute(arguments);
        } catch (StackOverflowError | OutOfMemoryError e) {
            console.note("out of memory: %s: ask for fewer samples or smaller input".formatted(e));
            return ExitStatus.TARGET;
        }
    }

    /** All commands for this command line. */
    static CommandLine commands(Console console, String... arguments) {
        List<String> commandLine = new java.util.ArrayList<>(List.of("feuerprobe"));
        commandLine.addAll(List.of(arguments));
        CommandLine root =
                new CommandLine(new Main())
                        .addSubcommand(
                                standard(
                                        new CommandLine(new ValidateCommand(console, commandLine))))
                        .addSubcommand(
                                standard(new CommandLine(new BenchCommand(console, commandLine))))
                        .addSubcommand(standard(new CommandLine(new ProveCommand(console))))
                        .addSubcommand(standard(new CommandLine(new NewCommand(console))))
                        .addSubcommand(
                                standard(
                                        new CommandLine(new RunCommand(console))
                                                .setStopAtPositional(true)))
                        .addSubcommand(standard(new CommandLine(new ReportCommand(console))))
                        .addSubcommand(standard(new CommandLine(new CompareCommand(console))))
                        .addSubcommand(standard(new CommandLine(new BisectCommand(console))))
                        .addSubcommand(standard(new CommandLine(new ProfileCommand(console))))
                        .addSubcommand(standard(new CommandLine(new ArchiveCommand(console))))
                        .addSubcommand(standard(new CommandLine(new ExportCommand(console))))
                        .addSubcommand(
                                standard(
                                        new CommandLine(new AutoComplete.GenerateCompletion())
                                                .setCommandName("completion")))
                        .addSubcommand(standard(new CommandLine(new ManCommand(console))))
                        .addSubcommand(
                                standard(new CommandLine(new CheckCommand(console, System.in))))
                        .addSubcommand(
                                standard(
                                        new CommandLine(
                                                new GateCommand(
                                                        console,
                                                        recorded -> recorded(console, recorded)))))
                        .addSubcommand(standard(new CommandLine(new SelftestCommand(console))))
                        .addSubcommand(standard(new CommandLine(new TestbedCommand(console))))
                        .addSubcommand(standard(new CommandLine(new DoctorCommand(console))));
        AsciiNumbers.apply(root);
        // A file's words would otherwise become arguments, and the error would print them.
        return root.setExpandAtFiles(false);
    }

    /** The names of all commands. */
    static Set<String> commandNames() {
        return new TreeSet<>(commands(Console.system()).getSubcommands().keySet());
    }

    /** The measurement of a recorded command line, which is parsed but not run. */
    private static Optional<RecordedCommand> recorded(Console console, List<String> command)
            throws LabException {
        String[] arguments = command.stream().skip(1).toArray(String[]::new);
        try {
            CommandLine.ParseResult parsed = commands(console, arguments).parseArgs(arguments);
            return parsed.hasSubcommand()
                            && parsed.subcommand().commandSpec().userObject() instanceof Measuring m
                    ? Optional.of(m.measured())
                    : Optional.empty();
        } catch (ParameterException e) {
            throw LabException.wrongUse(String.valueOf(e.getMessage()));
        }
    }

    private static CommandLine standard(CommandLine command) {
        command.getCommandSpec().mixinStandardHelpOptions(true);
        return command;
    }

    private static int usage(Console console, ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        List<String> suggestions =
                e instanceof UnmatchedArgumentException unmatched
                        ? unmatched.getSuggestions().stream().limit(1).toList()
                        : List.of();
        String hint = suggestions.isEmpty() ? "" : "; did you mean " + suggestions.getFirst() + "?";
        console.note("%s%s (see: %s --help)".formatted(e.getMessage(), hint, command));
        return ExitStatus.USAGE;
    }

    private static int failure(Console console, Exception e) {
        if (e instanceof LabException known) {
            console.note(String.valueOf(known.getMessage()));
            return ExitStatus.of(known.kind());
        }
        if (e instanceof InterruptedException) {
            console.note("interrupted");
            return 130;
        }
        console.note(
                "internal error: %s at %s: please report it with this command line"
                        .formatted(
                                e,
                                e.getStackTrace().length > 0
                                        ? e.getStackTrace()[0]
                                        : "unknown place"));
        return ExitStatus.TARGET;
    }
}
