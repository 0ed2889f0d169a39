package org.feuerprobe.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.feuerprobe.harness.ChosenBounds;
import org.feuerprobe.harness.CountedBounds;
import org.feuerprobe.harness.EffortChoice;
import org.feuerprobe.harness.Invocation;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.TargetChoice;
import org.feuerprobe.harness.Validation;
import org.feuerprobe.shard.ShardedCampaign;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import org.feuerprobe.testbed.Testbed;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that describe a campaign which several machines carry out. */
final class ShardedOptions {
    /** Options of a worker, with a value, that do not describe the campaign. */
    private static final Set<String> OWN =
            Set.of(
                    "--shard",
                    "--redo",
                    "--recheck",
                    "--host",
                    "--out",
                    "--jobs",
                    "--slurm",
                    "--kubernetes",
                    "--image",
                    "--claim");

    @Option(
            names = "--bounds",
            paramLabel = "FILE",
            description = "Bounds to decide (default: bounds/feuerbird.yaml).")
    @Under(Section.BOUNDS)
    @Nullable Path boundsFile;

    @Option(
            names = "--only",
            paramLabel = "GLOB",
            arity = "1..*",
            description = "Only bounds whose identifier or operation matches.")
    @Under(Section.BOUNDS)
    List<String> only = new ArrayList<>();

    @Mixin TargetOptions target = new TargetOptions();

    @Mixin EffortOptions effort = new EffortOptions();

    /** The campaign, and the words that describe it. */
    ShardedCampaign campaign(List<String> commandLine) throws LabException {
        List<String> words = words(commandLine);
        Path file =
                boundsFile != null
                        ? boundsFile
                        : Installation.path().resolve("bounds/feuerbird.yaml");
        TargetChoice choice = target.choice();
        EffortChoice much = effort.choice();
        List<String> single = new ArrayList<>(List.of("feuerprobe", "validate"));
        single.addAll(List.of("--no-estimates", "--budget", "0"));
        single.addAll(target.named ? words : withTarget(words));
        return new ShardedCampaign(
                Validation.of(
                                ChosenBounds.read(file, CountedBounds.units(choice.unit()), only),
                                choice,
                                much,
                                Duration.ZERO)
                        .withoutEstimates()
                        .by(Invocation.now(Installation.version(), single)),
                ShardedCampaign.hash(file),
                Testbed.version(choice.places().emulator()),
                words,
                much.parallel());
    }

    private static List<String> withTarget(List<String> words) {
        List<String> all = new ArrayList<>(List.of("--target", "qemu"));
        all.addAll(words);
        return all;
    }

    /** The words after the command's name, without a worker's own options and their values. */
    private static List<String> words(List<String> commandLine) {
        List<String> words = new ArrayList<>();
        for (int i = 2; i < commandLine.size(); i++) {
            String word = commandLine.get(i);
            if (OWN.contains(word)) {
                i++;
            } else if (!word.equals("--json")
                    && OWN.stream().noneMatch(own -> word.startsWith(own + "="))) {
                words.add(word);
            }
        }
        return words;
    }
}
