package org.feuerprobe.cli;

import java.time.Duration;
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
        List<String> words = ShardedCampaign.describing(commandLine, own);
        TargetChoice choice = target.choice();
        EffortChoice much = effort.choice();
        List<String> single = ShardedCampaign.onOneMachine(words, target.named);
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
}
