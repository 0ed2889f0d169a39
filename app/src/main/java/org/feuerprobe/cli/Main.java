package org.feuerprobe.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.feuerprobe.gate.RecordedCommand;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.shard.ShardedCampaign;
import org.feuerprobe.terminal.AsciiNumbers;
import org.feuerprobe.terminal.Console;
import org.feuerprobe.terminal.HelpLayout;
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

    private static final Set<String> VERSION = Set.of("--version", "-V");

    /** Commands that describe all the others. */
    private static final Set<String> OF_ALL = Set.of("completion", "man");

    /** Commands whose first word that is no option begins another program's command line. */
    private static final Set<String> BEFORE_PROGRAM = Set.of("run", "characterise");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    /** The version, which is stored in the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {version()};
        }
    }

    private static String version() {
        return "feuerprobe " + Installation.version();
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
        if (arguments.length == 1 && VERSION.contains(arguments[0])) {
            console.result(version() + "\n"); // scripts ask it often; the library starts slowly
            return ExitStatus.OK;
        }
        CommandLine root = commands(console, arguments);
        root.setOut(console.writer())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(
                                console.colour()
                                        ? CommandLine.Help.Ansi.ON
                                        : CommandLine.Help.Ansi.OFF))
                .setExecutionStrategy(WrongWords::run)
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

    /**
     * The commands for this command line. If it names one, only that one is made, because making
     * all takes longer than most commands run.
     */
    static CommandLine commands(Console console, String... arguments) {
        Map<String, Supplier<Object>> all = all(console, arguments);
        CommandLine root = new CommandLine(new Main());
        String first = arguments.length == 0 ? "" : arguments[0];
        if (all.containsKey(first) && !OF_ALL.contains(first)) {
            root.addSubcommand(first, command(first, all.get(first)));
        } else {
            all.forEach((name, maker) -> root.addSubcommand(name, command(name, maker)));
        }
        AsciiNumbers.apply(root);
        // A file's words would otherwise become arguments, and the error would print them.
        return root.setExpandAtFiles(false);
    }

    /** What makes each command, in the order of the help. */
    private static Map<String, Supplier<Object>> all(Console console, String... arguments) {
        List<String> commandLine = new ArrayList<>(List.of("feuerprobe"));
        commandLine.addAll(List.of(arguments));
        Map<String, Supplier<Object>> all = new LinkedHashMap<>();
        all.put("validate", () -> new ValidateCommand(console, commandLine));
        all.put("bench", () -> new BenchCommand(console, commandLine));
        all.put("prove", () -> new ProveCommand(console));
        all.put("rt", () -> new RtCommand(console));
        all.put("new", () -> new NewCommand(console));
        all.put("run", () -> new RunCommand(console));
        all.put("characterise", () -> new CharacteriseCommand(console));
        all.put("report", () -> new ReportCommand(console));
        all.put("compare", () -> new CompareCommand(console));
        all.put("bisect", () -> new BisectCommand(console));
        all.put("profile", () -> new ProfileCommand(console));
        all.put("trace", () -> new TraceCommand(console));
        all.put("worker", () -> new WorkerCommand(console, commandLine));
        all.put("archive", () -> new ArchiveCommand(console, words -> sharded(console, words)));
        all.put("export", () -> new ExportCommand(console));
        // A reference to the library's constructor would crash the JVM that makes the quick start's
        // cache.
        all.put("completion", () -> new AutoComplete.GenerateCompletion());
        all.put("man", () -> new ManCommand(console));
        all.put("check", () -> new CheckCommand(console, System.in));
        all.put("gate", () -> new GateCommand(console, recorded -> recorded(console, recorded)));
        all.put("selftest", () -> new SelftestCommand(console));
        all.put("testbed", () -> new TestbedCommand(console));
        all.put("doctor", () -> new DoctorCommand(console));
        return all;
    }

    private static CommandLine command(String name, Supplier<Object> maker) {
        CommandLine command = new CommandLine(maker.get()).setCommandName(name);
        command.getCommandSpec().mixinStandardHelpOptions(true);
        return command.setStopAtPositional(BEFORE_PROGRAM.contains(name));
    }

    /** The names of all commands. */
    static Set<String> commandNames() {
        return new TreeSet<>(all(Console.system()).keySet());
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

    /** The campaign of workers whose command line had these words. */
    private static ShardedCampaign sharded(Console console, List<String> words)
            throws LabException {
        String[] arguments =
                Stream.concat(Stream.of("worker"), words.stream()).toArray(String[]::new);
        try {
            Object command =
                    commands(console, arguments)
                            .parseArgs(arguments)
                            .subcommand()
                            .commandSpec()
                            .userObject();
            return ((Sharded) command).campaign();
        } catch (ParameterException e) {
            throw LabException.wrongUse("the command of a part: " + e.getMessage());
        }
    }

    private static int usage(Console console, ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        String text =
                e instanceof UnmatchedArgumentException unmatched
                        ? WrongWords.text(unmatched, commandNames())
                        : String.valueOf(e.getMessage());
        console.note("%s (see: %s --help)".formatted(text, command));
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
