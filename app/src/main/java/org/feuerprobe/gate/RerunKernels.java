package org.feuerprobe.gate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.feuerprobe.compare.LabelledCampaign;
import org.feuerprobe.harness.AgainstKernel;
import org.feuerprobe.harness.EffortChoice;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.OpenTarget;
import org.feuerprobe.harness.Places;
import org.feuerprobe.harness.TargetChoice;
import org.feuerprobe.harness.TargetOpener;

/**
 * Opener of the kernels of a campaign and of the one before it. Their manifests name the command
 * line, the image's hash and the commit. If the image found is not the one that was measured, it is
 * refused.
 */
public record RerunKernels(
        OpenTarget now,
        Optional<AgainstKernel> before,
        Optional<String> missing,
        EffortChoice effort)
        implements AutoCloseable {
    /**
     * Opens both kernels. The earlier one is opened only if costs are timed and it is another
     * kernel.
     */
    public static RerunKernels open(
            RecordedCommand.Parser parser, LabelledCampaign now, Optional<LabelledCampaign> before)
            throws LabException, InterruptedException {
        RecordedCommand recorded = recorded(parser, now);
        Optional<Path> recording = recorded.target().serial().filter(Files::isRegularFile);
        if (recording.isPresent()) {
            throw refused(
                    "the campaign was read from the recording %s, which gives the same values again: record the kernel again, and run validate on that"
                            .formatted(Places.shown(recording.get())));
        }
        OpenTarget opened = new TargetOpener(recorded.target()).open();
        if (!opened.image().sha256().equals(now.manifest().image())) {
            throw refused(
                    "the kernel here, %s, is not the one that was measured: check its sources out, or measure again"
                            .formatted(Places.shown(opened.image().file())));
        }
        if (before.isEmpty()
                || opened.target().exact()
                || before.get().manifest().image().equals(now.manifest().image())) {
            return new RerunKernels(opened, Optional.empty(), Optional.empty(), recorded.effort());
        }
        try {
            return new RerunKernels(
                    opened,
                    Optional.of(base(parser, before.get(), recorded.target())),
                    Optional.empty(),
                    recorded.effort());
        } catch (LabException e) {
            return new RerunKernels(
                    opened,
                    Optional.empty(),
                    Optional.of(
                            "the kernel of %s is not at hand, so the suspects run alone: %s"
                                    .formatted(before.get().label(), e.getMessage())),
                    recorded.effort());
        }
    }

    private static AgainstKernel base(
            RecordedCommand.Parser parser, LabelledCampaign before, TargetChoice target)
            throws LabException, InterruptedException {
        Optional<Path> image = recorded(parser, before).target().kernel();
        String commit = before.manifest().commit();
        if (image.isEmpty() && commit.isEmpty()) {
            throw refused("its manifest names no commit");
        }
        String named = image.map(Path::toString).orElse(commit);
        if (image.isPresent() && !Files.isRegularFile(image.get())) {
            throw refused("no file " + image.get());
        }
        AgainstKernel kernel = AgainstKernel.open(named, target);
        String sum = kernel.opened().image().sha256();
        if (!sum.equals(before.manifest().image())) {
            kernel.close();
            throw refused("what %s gives here is another image".formatted(named));
        }
        return kernel;
    }

    private static RecordedCommand recorded(RecordedCommand.Parser parser, LabelledCampaign side)
            throws LabException {
        List<String> command = side.campaign().provenance().command();
        Optional<RecordedCommand> recorded;
        try {
            recorded = parser.parse(command);
        } catch (LabException e) {
            throw refused(
                    "the command of %s cannot be repeated: %s"
                            .formatted(side.label(), e.getMessage()));
        }
        return recorded.orElseThrow(() ->
                refused(
                        "the command of %s measures nothing: %s"
                                .formatted(side.label(), String.join(" ", command))));
    }

    private static LabException refused(String why) {
        return LabException.wrongUse("--rerun: " + why);
    }

    /** Makes a rerun with these kernels. */
    public Rerun rerun() throws LabException {
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
