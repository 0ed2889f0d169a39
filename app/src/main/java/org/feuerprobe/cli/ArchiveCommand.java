package org.feuerprobe.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.feuerprobe.archive.Archive;
import org.feuerprobe.archive.ArchiveException;
import org.feuerprobe.archive.ArchivedRun;
import org.feuerprobe.archive.Archives;
import org.feuerprobe.harness.Glob;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.json.ForeignText;
import org.feuerprobe.outcome.MergedParts;
import org.feuerprobe.report.ArchiveListing;
import org.feuerprobe.report.ArchivedCampaign;
import org.feuerprobe.results.Documents;
import org.feuerprobe.shard.PartFiles;
import org.feuerprobe.shard.PartsMerge;
import org.feuerprobe.terminal.Console;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** Commands on an archive of campaigns. */
@Command(
        name = "archive",
        description = "Keep campaigns together: add, list, show, verify, remove, merge.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  feuerprobe archive list",
            "  feuerprobe archive add /tmp/somewhere/results",
            "  feuerprobe archive show 20260102-030405-678 --quantiles 0.5,0.999",
            "  feuerprobe archive merge parts",
            "  feuerprobe archive merge results --archive jdbc:postgresql://host/feuerprobe",
            "",
            "The default archive is the folder results/: what validate writes there is in it."
        })
final class ArchiveCommand {
    private static final String CAMPAIGN = "Name as list prints it.";

    private final Console console;
    private final PartsMerge.Opener opener;

    @Option(
            names = "--archive",
            paramLabel = "PLACE",
            scope = ScopeType.INHERIT,
            description =
                    "A folder, or jdbc:postgresql://HOST/DATABASE (default: $FEUERPROBE_ARCHIVE, or results/).")
    @Under(Section.INPUT)
    @Nullable String place;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print JSON instead of a table.")
    @Under(Section.OUTPUT)
    boolean json;

    ArchiveCommand(Console console, PartsMerge.Opener opener) {
        this.console = console;
        this.opener = opener;
    }

    /** One of the archive commands, applied to an open archive. */
    @FunctionalInterface
    private interface Action {
        int on(Archive archive) throws ArchiveException, LabException;
    }

    private int with(Action action) throws LabException {
        return with(ArchivePlace.open(place), action);
    }

    /**
     * Applies an action to the archive. A named archive must exist; the default one is created if
     * necessary.
     */
    private int withExisting(Action action) throws LabException {
        return with(place == null ? ArchivePlace.open(null) : ArchivePlace.existing(place), action);
    }

    private static int with(Archive opened, Action action) throws LabException {
        try (Archive archive = opened) {
            return action.on(archive);
        } catch (ArchiveException e) {
            throw ArchivePlace.failed(e);
        }
    }

    private void print(Object document, String text) {
        console.result(json ? Documents.pretty(document) + "\n" : text);
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description =
                    "Copy results folders into the archive; those that are there already stay.")
    int add(
            @Parameters(
                            paramLabel = "FOLDER",
                            arity = "1..*",
                            description = "Results folders that validate or bench --out wrote.")
                    List<Path> folders)
            throws LabException {
        return with(archive -> {
            List<Object> added = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            for (Path folder : folders) {
                Archive.Added one = archive.add(folder);
                added.add(fields("id", one.id(), "new", one.isNew()));
                text.append(one.isNew() ? "added " : "there already: ")
                        .append(one.id())
                        .append('\n');
            }
            print(fields("schema", 1, "added", added), text.toString());
            return ExitStatus.OK;
        });
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List all campaigns, oldest first.")
    int list() throws LabException {
        return withExisting(archive -> {
            ArchiveListing listing = ArchiveListing.of(archive);
            print(listing.document(), listing.text());
            if (!json) {
                listing.notes().forEach(console::note);
            }
            return ExitStatus.OK;
        });
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show one campaign: verdicts, figures, exact quantiles.")
    int show(
            @Parameters(paramLabel = "CAMPAIGN", description = CAMPAIGN) String id,
            @Option(
                            names = "--series",
                            paramLabel = "GLOB",
                            description = "Only benchmarks whose name or operation matches.")
                    @Under(Section.OUTPUT)
                    @Nullable String glob,
            @Option(
                            names = "--quantiles",
                            paramLabel = "Q,…",
                            split = ",",
                            description = "Shares from 0 to 1 (default: 0.5,0.99,0.999).")
                    @Under(Section.OUTPUT)
                    @Nullable List<Double> quantiles)
            throws LabException {
        List<Double> orders = quantiles == null ? List.of(0.5, 0.99, 0.999) : quantiles;
        if (orders.stream().anyMatch(q -> !(q >= 0 && q <= 1))) {
            throw LabException.wrongUse("--quantiles: want shares from 0 to 1");
        }
        return withExisting(archive -> {
            ArchivedRun run = find(archive, id);
            ArchivedCampaign campaign =
                    ArchivedCampaign.read(
                            archive, run, new Glob(glob == null ? "*" : glob)::matches, orders);
            print(campaign.document(), campaign.text());
            return ExitStatus.OK;
        });
    }

    private static ArchivedRun find(Archive archive, String id)
            throws ArchiveException, LabException {
        return archive.runs().stream()
                .filter(run -> run.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        LabException.wrongUse(
                                "archive %s has no campaign '%s': feuerprobe archive list names them"
                                        .formatted(archive.location(), id)));
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Read every value again and compare all checksums.")
    int verify(
            @Parameters(
                            paramLabel = "CAMPAIGN",
                            arity = "0..*",
                            description = "Names as list prints them (default: all).")
                    @Nullable List<String> ids)
            throws LabException {
        return withExisting(archive -> {
            List<String> chosen = ids == null || ids.isEmpty() ? archive.all() : ids;
            List<Object> checked = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            int damaged = 0;
            for (String id : chosen) {
                Archive.Checked one = archive.verify(id);
                boolean whole = one.problem().isEmpty();
                damaged += whole ? 0 : 1;
                checked.add(fields("id", id, "whole", whole, "problem", one.problem()));
                text.append(whole ? "whole    " : "DAMAGED  ")
                        .append(ForeignText.of(id))
                        .append(whole ? "" : ": " + ForeignText.prose(one.problem()))
                        .append('\n');
            }
            text.append("%d whole, %d damaged\n".formatted(chosen.size() - damaged, damaged));
            print(fields("schema", 1, "checked", checked), text.toString());
            return damaged == 0 ? ExitStatus.OK : ExitStatus.USAGE;
        });
    }

    @Command(
            name = "rm",
            mixinStandardHelpOptions = true,
            description = "Delete campaigns and their files.")
    int remove(
            @Parameters(paramLabel = "CAMPAIGN", arity = "1..*", description = CAMPAIGN)
                    List<String> ids)
            throws LabException {
        return withExisting(archive -> {
            for (String id : ids) {
                archive.remove(id);
            }
            print(fields("schema", 1, "removed", ids), "removed " + ids.size() + "\n");
            return ExitStatus.OK;
        });
    }

    @Command(
            name = "merge",
            mixinStandardHelpOptions = true,
            description =
                    "Copy every campaign of other archives into this one, or join the parts that workers kept.")
    int merge(
            @Parameters(
                            paramLabel = "PLACE",
                            arity = "1..*",
                            description = "Folders or databases to copy from, or folders of parts.")
                    List<String> others)
            throws LabException, InterruptedException {
        List<Path> parts = new ArrayList<>();
        for (String other : others) {
            if (!other.startsWith("jdbc:") && PartFiles.here(Path.of(other))) {
                parts.add(Path.of(other));
            }
        }
        MergedParts joined = MergedParts.of(opener, parts);
        return with(archive -> {
            int added = joined.addTo(archive);
            for (String other : others) {
                if (other.startsWith("jdbc:") || !parts.contains(Path.of(other))) {
                    try (Archive from = ArchivePlace.existing(other)) {
                        added += Archives.merge(from, archive);
                    }
                }
            }
            print(
                    fields("schema", 1, "added", added, "campaigns", joined.fields()),
                    joined.text() + "added " + added + "\n");
            return joined.complete() ? ExitStatus.OK : ExitStatus.TARGET;
        });
    }

    @Command(
            name = "rebuild",
            mixinStandardHelpOptions = true,
            description = "Rebuild the catalogue from the campaigns' files.")
    int rebuild() throws LabException {
        return withExisting(archive -> {
            int found = archive.rebuild();
            print(fields("schema", 1, "found", found), "found %d campaigns\n".formatted(found));
            return ExitStatus.OK;
        });
    }

    private static Map<String, Object> fields(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return fields;
    }
}
