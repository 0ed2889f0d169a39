package org.feuerprobe.cli;

import java.lang.reflect.Member;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.results.Documents;
import org.feuerprobe.shard.ClusterJob;
import org.feuerprobe.shard.ShardedCampaign;
import org.feuerprobe.shard.Worker;
import org.feuerprobe.terminal.Console;
import org.feuerprobe.terminal.ConsoleListener;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Carries out a part of a campaign, on one of many machines. */
@Command(
        name = "worker",
        description = {
            "Carry out a part of a campaign: other machines carry out the rest.",
            "The other options are those of validate. archive merge joins the parts."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  feuerprobe worker --shard 1/2 --out parts --only 'cap_table_*'",
            "  feuerprobe worker --shard 2/2 --out parts --only 'cap_table_*'",
            "  feuerprobe archive merge parts"
        })
final class WorkerCommand implements Callable<Integer>, Sharded {
    private final Console console;
    private final List<String> commandLine;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            description = "Carry out part I of N of the boots.")
    @Under(Section.MEASUREMENT)
    String shard = "";

    @Option(
            names = "--redo",
            paramLabel = "BOOTS",
            description = "Carry out these boots, such as 3,7-9, as archive merge prints them.")
    @Under(Section.MEASUREMENT)
    String redo = "";

    @Option(
            names = "--recheck",
            paramLabel = "SHARE",
            defaultValue = "0.05",
            description =
                    "Share of each shard's boots that other workers carry out too, at least one boot; 0 for none (default: ${DEFAULT-VALUE}).")
    @Under(Section.MEASUREMENT)
    double recheck = 0.05;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description = "Name of this machine in the part (default: its host name).")
    @Under(Section.OUTPUT)
    String host = "";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the parts of all workers (default: parts).")
    @Under(Section.OUTPUT)
    Path folder = Path.of("parts");

    @Option(
            names = "--slurm",
            paramLabel = "N",
            description =
                    "Print a script that submits N workers and the merge to Slurm; carry out nothing.")
    @Under(Section.OUTPUT)
    int slurm;

    @Option(
            names = "--kubernetes",
            paramLabel = "N",
            description = "Print an Indexed Job of N workers, and one for the merge, as YAML.")
    @Under(Section.OUTPUT)
    int kubernetes;

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            defaultValue = "feuerprobe",
            description = "With --kubernetes: the container image (default: ${DEFAULT-VALUE}).")
    @Under(Section.OUTPUT)
    String image = "feuerprobe";

    @Option(
            names = "--claim",
            paramLabel = "NAME",
            defaultValue = "feuerprobe-parts",
            description =
                    "With --kubernetes: the PersistentVolumeClaim for the parts (default: ${DEFAULT-VALUE}).")
    @Under(Section.OUTPUT)
    String claim = "feuerprobe-parts";

    @Option(names = "--json", description = "Print JSON instead of text.")
    @Under(Section.OUTPUT)
    boolean json;

    @Mixin ShardedOptions options = new ShardedOptions();

    WorkerCommand(Console console, List<String> commandLine) {
        this.console = console;
        this.commandLine = commandLine;
    }

    @Override
    public ShardedCampaign campaign() throws LabException {
        return options.campaign(commandLine, own());
    }

    /** The options that do not describe the campaign, and whether each takes a value. */
    private Map<String, Boolean> own() {
        Map<String, Boolean> own = new HashMap<>();
        for (OptionSpec option : spec.options()) {
            boolean here =
                    option.userObject() instanceof Member field
                            && field.getDeclaringClass() == WorkerCommand.class;
            if (here || option.longestName().equals("--jobs")) {
                for (String name : option.names()) {
                    own.put(name, option.arity().max() > 0);
                }
            }
        }
        return own;
    }

    @Override
    public Integer call() throws LabException, InterruptedException {
        ShardedCampaign campaign = campaign();
        if (slurm > 0 || kubernetes > 0) {
            ClusterJob job =
                    new ClusterJob(
                            Math.max(slurm, kubernetes),
                            slurm > 0 ? Installation.path() + "/feuerprobe" : "feuerprobe",
                            slurm > 0 ? folder.toAbsolutePath().normalize() : Path.of("/parts"),
                            campaign.words());
            console.result(slurm > 0 ? job.slurm() : job.kubernetes(image, claim));
            return ExitStatus.OK;
        }
        Worker.Work work = Worker.Work.of(shard, redo, recheck);
        String name = host.isEmpty() ? Worker.hostName() : host;
        Worker.Done done =
                new Worker(campaign, name, folder).run(work, new ConsoleListener(console));
        Instant now = Instant.now();
        Instant start = ProcessHandle.current().info().startInstant().orElse(now);
        double whole = Duration.between(start, now).toMillis() / 1e3;
        console.result((json ? Documents.pretty(done.fields(whole)) : done.text(whole)) + "\n");
        return ExitStatus.OK;
    }
}
