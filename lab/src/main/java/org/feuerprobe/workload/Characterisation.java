package org.feuerprobe.workload;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.guest.CacheModel;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.guest.LibosBoot;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.linux.EndedProgram;
import org.feuerprobe.linux.LibosRun;
import org.feuerprobe.linux.LinuxArchive;
import org.feuerprobe.probe.ProbeFormatException;
import org.feuerprobe.profile.Symbols;

/**
 * A program's character.
 *
 * @param ended how the program ended, and its Linux system calls
 * @param caches the caches that were modelled
 */
public record Characterisation(
        EndedProgram ended,
        Workload workload,
        Phases phases,
        List<KernelOperation> operations,
        String caches) {
    public Characterisation {
        operations = List.copyOf(operations);
    }

    /** Boots once with the plugin. What the program prints goes to {@code console}. */
    public static Characterisation of(
            LibosBoot boot,
            KernelImage image,
            CacheModel model,
            LinuxArchive archive,
            List<Bound> bounds,
            OutputStream console)
            throws LabException, IOException, InterruptedException {
        LibosBoot watched = boot.characterising(model);
        LibosRun run = LibosRun.of(watched, archive, true, console);
        if (!run.failure().isEmpty() || run.ended().isEmpty()) {
            throw LabException.targetFailed(run.problem());
        }
        try {
            Workload workload = WorkloadReader.read(watched.workload());
            if (workload.program().instructions() == 0) {
                throw LabException.targetFailed("the program executed no instruction");
            }
            return new Characterisation(
                    run.ended().getFirst(),
                    workload,
                    Phases.of(workload.vectors(), workload.blocks()),
                    KernelOperation.of(
                            workload.kernel(), Symbols.read(List.of(image.file())), bounds),
                    model.geometry().describe());
        } catch (ProbeFormatException e) {
            throw LabException.targetFailed(String.valueOf(e.getMessage()));
        }
    }
}
