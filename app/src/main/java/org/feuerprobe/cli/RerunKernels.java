package org.feuerprobe.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.feuerprobe.compare.Side;
import picocli.CommandLine.ParameterException;

/**
 * The kernels of a campaign and of the one before it, opened once more by what their manifests say:
 * the command line, the image's sum, the commit. Nothing is guessed: another image than the one
 * that was measured is refused.
 */
record RerunKernels(
        OpenTarget now,
        Optional<AgainstKernel> before,
        Optional<String> missing,
        EffortOptions effort)
        implements AutoCloseable {
    private record Recorded(TargetOptions target, EffortOptions effort) {}

    /** Opens both; the one before only where costs are timed and it is another kernel. */
    static RerunKernels open(Console console, Side now, Optional<Side> before)
            throws CommandException, InterruptedException {
        Recorded recorded = recorded(console, now);
        OpenTarget opened = recorded.target().open();
        if (!opened.image().sha256().equals(now.manifest().image())) {
            throw refused(
                    "the kernel here, %s, is not the one that was measured: check its sources out, or measure again"
                            .formatted(Home.shown(opened.image().file())));
        }
        if (before.isEmpty()
                || opened.target().exact()
                || before.get().manifest().image().equals(now.manifest().image())) {
            return new RerunKernels(opened, Optional.empty(), Optional.empty(), recorded.effort());
        }
        try {
            return new RerunKernels(
                    opened,
                    Optional.of(base(console, before.get(), recorded.target())),
                    Optional.empty(),
                    recorded.effort());
        } catch (CommandException e) {
            return new RerunKernels(
                    opened,
                    Optional.empty(),
                    Optional.of(
                            "the kernel of %s is not at hand, so the suspects run alone: %s"
                                    .formatted(before.get().label(), e.getMessage())),
                    recorded.effort());
        }
    }

    private static AgainstKernel base(Console console, Side before, TargetOptions target)
            throws CommandException, InterruptedException {
        Path image = recorded(console, before).target().kernel;
        String commit = before.manifest().commit();
        if (image == null && commit.isEmpty()) {
            throw refused("its manifest names no commit");
        }
        String named = image == null ? commit : image.toString();
        if (image != null && !Files.isRegularFile(image)) {
            throw refused("no file " + image);
        }
        AgainstKernel kernel = AgainstKernel.open(named, target);
        String sum = kernel.opened().image().sha256();
        if (!sum.equals(before.manifest().image())) {
            kernel.close();
            throw refused("what %s gives here is another image".formatted(named));
        }
        return kernel;
    }

    private static Recorded recorded(Console console, Side side) throws CommandException {
        List<String> command = side.campaign().command();
        Object parsed;
        try {
            parsed = Main.command(console, command);
        } catch (ParameterException e) {
            throw refused(
                    "the command of %s cannot be repeated: %s"
                            .formatted(side.label(), e.getMessage()));
        }
        return switch (parsed) {
            case ValidateCommand validate -> new Recorded(validate.target, validate.effortOptions);
            case BenchCommand bench -> new Recorded(bench.target, bench.effortOptions);
            default ->
                    throw refused(
                            "the command of %s measures nothing: %s"
                                    .formatted(side.label(), String.join(" ", command)));
        };
    }

    private static CommandException refused(String why) {
        return new CommandException(ExitStatus.USAGE, "--rerun: " + why);
    }

    /** What measures again. */
    Rerun rerun() throws CommandException {
        return new Rerun(
                now.target(),
                before.map(kernel -> new Rerun.Base(kernel.label(), kernel.opened().target())),
                effort.effort().warmup(),
                effort.parallel());
    }

    @Override
    public void close() {
        before.ifPresent(AgainstKernel::close);
    }
}
