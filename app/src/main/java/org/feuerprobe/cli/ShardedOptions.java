package org.feuerprobe.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.feuerprobe.harness.EffortChoice;
import org.feuerprobe.harness.Invocation;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.TargetChoice;
import org.feuerprobe.harness.Validation;
import org.feuerprobe.prove.ProvedVerdicts;
import org.feuerprobe.shard.ShardedCampaign;
import org.feuerprobe.testbed.Testbed;
import picocli.CommandLine.Mixin;

/** The options that describe a campaign which several machines carry out. */
final class ShardedOptions {
    @Mixin BoundsOptions bounds = new BoundsOptions();

    @Mixin TargetOptions target = new TargetOptions();

    @Mixin EffortOptions effort = new EffortOptions();

    /**
     * The campaign, and the words that describe it.
     *
     * @param own options that do not describe it, and whether each takes a value
     */
    ShardedCampaign campaign(List<String> commandLine, Map<String, Boolean> own)
            throws LabException {
        List<String> words = words(commandLine, own);
        TargetChoice choice = target.choice();
        EffortChoice much = effort.choice();
        List<String> single = new ArrayList<>(List.of("feuerprobe", "validate"));
        single.addAll(List.of("--no-estimates", "--budget", "0"));
        single.addAll(target.named ? words : withTarget(words));
        return new ShardedCampaign(
                Validation.of(bounds.read(choice), choice, much, Duration.ZERO)
                        .withoutEstimates()
                        .proving(new ProvedVerdicts())
                        .by(Invocation.now(Installation.version(), single)),
                ShardedCampaign.hash(bounds.file()),
                Testbed.version(choice.places().emulator()),
                words,
                much.parallel());
    }

    private static List<String> withTarget(List<String> words) {
        List<String> all = new ArrayList<>(List.of("--target", "qemu"));
        all.addAll(words);
        return all;
    }

    /** The words after the command's name, without {@code own} options and their values. */
    private static List<String> words(List<String> commandLine, Map<String, Boolean> own) {
        List<String> words = new ArrayList<>();
        for (int i = 2; i < commandLine.size(); i++) {
            String word = commandLine.get(i);
            Boolean takesValue = own.get(word.split("=", 2)[0]);
            if (takesValue == null) {
                words.add(word);
            } else if (takesValue && !word.contains("=")) {
                i++;
            }
        }
        return words;
    }
}
