package org.feuerprobe.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.prove.Proof;
import org.feuerprobe.prove.Prover;
import org.feuerprobe.report.ProofText;
import org.feuerprobe.terminal.Console;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Proves how many instructions a function takes at most, out of the binary. */
@Command(
        name = "prove",
        description =
                "Prove from the binary how many instructions a function takes at most, on every path.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  feuerprobe prove cap_table_lookup lattice_leq",
            "  feuerprobe prove lattice_leq --at K_max=64 --path",
            "  feuerprobe prove sort --kernel a.out --json",
            "",
            "How often each loop runs at most must be written in its source: docs/prove.md"
        })
final class ProveCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description = "Functions, by their names in the file.")
    List<String> names = new ArrayList<>();

    @Option(
            names = "--kernel",
            paramLabel = "FILE",
            description =
                    "Linked 64-bit ELF file for x86-64: a kernel or a program (default: this project's kernel).")
    @Under(Section.TARGET)
    @Nullable Path kernel;

    @Option(names = "--all", description = "All functions of the file.")
    @Under(Section.TARGET)
    boolean all;

    @Mixin PointOption point = new PointOption();

    @Option(
            names = "--path",
            description =
                    "Print the worst path in source lines, at the point of --at (other parameters: 1).")
    @Under(Section.OUTPUT)
    boolean path;

    @Option(names = "--strict", description = "Exit with 4 if a function is NOT_PROVED.")
    @Under(Section.JUDGEMENT)
    boolean strict;

    @Option(names = "--json", description = "Print one JSON object per function and line.")
    @Under(Section.OUTPUT)
    boolean json;

    ProveCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws LabException, InterruptedException {
        if (all != names.isEmpty()) {
            throw LabException.wrongUse(
                    all
                            ? "--all and a name: give one of them"
                            : "which function? Type its name, or --all (see: feuerprobe prove --help)");
        }
        ProofText text = new ProofText(point.values());
        Prover prover = Prover.of(kernel == null ? Installation.kernel().file() : kernel);
        List<String> wanted = all ? List.copyOf(prover.functions()) : names;
        List<Proof> proofs = new ArrayList<>();
        for (String name : wanted) {
            proofs.add(prover.prove(name));
        }
        if (json) {
            proofs.forEach(proof -> console.result(text.json(proof) + "\n"));
        } else if (all) {
            console.result(text.table(proofs));
        } else {
            for (Proof proof : proofs) {
                console.result(text.whole(proof));
                if (path && proof.law().isPresent()) {
                    console.result(text.path(prover.path(proof.function(), text.point(proof))));
                }
            }
        }
        boolean open = proofs.stream().anyMatch(proof -> proof.law().isEmpty());
        return strict && open ? ExitStatus.UNDECIDED : ExitStatus.OK;
    }
}
