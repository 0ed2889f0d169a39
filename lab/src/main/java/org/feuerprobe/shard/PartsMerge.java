package org.feuerprobe.shard;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.MeasurementListener;
import org.feuerprobe.harness.PlannedCampaign;
import org.feuerprobe.results.CampaignReport;
import org.feuerprobe.shard.Witnesses.Statement;

/**
 * Joins the parts of campaigns. Parts whose identities differ are joined apart, so counts of
 * different emulators never meet. Nothing is booted.
 */
public final class PartsMerge {
    /** Number of a boot that only lists the benchmarks; each reading of a campaign has one. */
    private static final int CATALOGUE = -1;

    /** Opens a campaign again, from the words of its command line. */
    @FunctionalInterface
    public interface Opener {
        ShardedCampaign open(List<String> words) throws LabException;
    }

    /**
     * The parts of one campaign.
     *
     * @param name the same for the same parts of the same campaign
     * @param report the campaign as one machine would have measured it; empty if boots are missing
     * @param lines what there is to say about parts, hosts and missing boots, for people
     * @param fields the same for programs
     */
    public record Joined(
            String name,
            Optional<CampaignReport> report,
            List<String> lines,
            Map<String, Object> fields) {}

    private final Opener opener;

    public PartsMerge(Opener opener) {
        this.opener = opener;
    }

    /** Joins all parts of these files and folders. */
    public List<Joined> join(List<Path> places) throws LabException, InterruptedException {
        Map<CampaignIdentity, List<Part>> campaigns = new LinkedHashMap<>();
        for (Part part : PartFiles.read(places)) {
            campaigns.computeIfAbsent(part.header().campaign(), _ -> new ArrayList<>()).add(part);
        }
        List<Map.Entry<CampaignIdentity, List<Part>>> largestFirst =
                new ArrayList<>(campaigns.entrySet());
        largestFirst.sort((a, b) -> Integer.compare(b.getValue().size(), a.getValue().size()));
        List<Joined> joined = new ArrayList<>();
        for (Map.Entry<CampaignIdentity, List<Part>> campaign : largestFirst) {
            joined.add(
                    new Joining(opener, places, campaign.getKey(), campaign.getValue())
                            .join(largestFirst.getFirst().getKey()));
        }
        return joined;
    }

    /** One campaign that is being joined. */
    private record Joining(
            Opener opener, List<Path> places, CampaignIdentity identity, List<Part> parts) {
        Joined join(CampaignIdentity largest) throws LabException, InterruptedException {
            ShardedCampaign campaign = opener.open(identity.command());
            Map<BootKey, List<Copy>> copies = copies();
            PlannedCampaign planned = planned(campaign, copies);
            List<BootKey> keys = CampaignIdentity.keys(planned);
            check(planned, campaign);
            Witnesses.Decision decision = Witnesses.decide(statements(keys, copies));
            Map<BootKey, KeptBoot> good = good(keys, copies, decision);
            Account account =
                    new Account(
                            identity,
                            places,
                            parts,
                            decision,
                            missing(keys, good, decision),
                            discarded(decision));
            List<String> lines = new ArrayList<>();
            if (!identity.equals(largest)) {
                largest.differences(identity)
                        .forEach(difference -> lines.add("kept apart: another " + difference));
            }
            lines.addAll(account.lines());
            return new Joined(
                    name(),
                    account.complete()
                            ? Optional.of(
                                    campaign.validation()
                                            .on(new ReplayedBoots(good).substitution())
                                            .run(MeasurementListener.none()))
                            : Optional.empty(),
                    lines,
                    account.fields());
        }

        /** A boot and the host that carried it out. */
        private record Copy(String host, KeptBoot boot) {}

        private Map<BootKey, List<Copy>> copies() {
            Map<BootKey, List<Copy>> copies = new HashMap<>();
            for (Part part : parts) {
                for (KeptBoot boot : part.boots()) {
                    copies.computeIfAbsent(boot.key(), _ -> new ArrayList<>())
                            .add(new Copy(part.header().host(), boot));
                }
            }
            return copies;
        }

        /** The plan follows from the benchmarks that most hosts have found. */
        private PlannedCampaign planned(ShardedCampaign campaign, Map<BootKey, List<Copy>> copies)
                throws LabException, InterruptedException {
            Map<BootKey, KeptBoot> first = new HashMap<>();
            copies.forEach((key, all) -> {
                Map<String, Long> votes =
                        all.stream()
                                .collect(
                                        Collectors.groupingBy(
                                                copy -> copy.boot().sha256(),
                                                TreeMap::new,
                                                Collectors.counting()));
                all.stream()
                        .max((a, b) ->
                                Long.compare(
                                        votes.getOrDefault(a.boot().sha256(), 0L),
                                        votes.getOrDefault(b.boot().sha256(), 0L)))
                        .ifPresent(copy -> first.put(key, copy.boot()));
            });
            return campaign.validation().on(new ReplayedBoots(first).substitution()).planned();
        }

        /** The kernel, bounds and plan here must be those of the parts. */
        private void check(PlannedCampaign planned, ShardedCampaign campaign) throws LabException {
            CampaignIdentity here = CampaignIdentity.of(planned, campaign);
            CampaignIdentity counted =
                    new CampaignIdentity(
                            here.kernel(),
                            identity.emulator(), // nothing is booted here
                            identity.caches(),
                            here.bounds(),
                            here.plan(),
                            here.boots(),
                            identity.command());
            if (!counted.equals(identity)) {
                throw LabException.wrongUse(
                        "%s: kernel, bounds file or plan here differ from those of the parts: %s: merge on a machine of the workers, or start the workers with --kernel"
                                .formatted(
                                        parts.getFirst().file(),
                                        String.join("; ", identity.differences(counted))));
            }
        }

        private static List<Statement> statements(
                List<BootKey> keys, Map<BootKey, List<Copy>> copies) {
            List<Statement> statements = new ArrayList<>();
            Map<BootKey, Integer> numbers = new HashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                numbers.put(keys.get(i), i);
            }
            int catalogue = CATALOGUE;
            for (Map.Entry<BootKey, List<Copy>> entry : copies.entrySet()) {
                Integer known = numbers.get(entry.getKey());
                int number = known == null ? catalogue-- : known;
                for (Copy copy : entry.getValue()) {
                    statements.add(new Statement(number, copy.host(), copy.boot().sha256()));
                }
            }
            return statements;
        }

        /** One copy of each boot that counts, and every boot that lists benchmarks. */
        private static Map<BootKey, KeptBoot> good(
                List<BootKey> keys, Map<BootKey, List<Copy>> copies, Witnesses.Decision decision) {
            Map<BootKey, KeptBoot> good = new HashMap<>();
            copies.forEach((key, all) ->
                    all.stream()
                            .filter(copy -> !decision.wrong().containsKey(copy.host()))
                            .findFirst()
                            .ifPresent(copy -> good.put(key, copy.boot())));
            decision.disputed().keySet().stream()
                    .filter(number -> number >= 0)
                    .forEach(number -> good.remove(keys.get(number)));
            return good;
        }

        private static SortedSet<Integer> missing(
                List<BootKey> keys, Map<BootKey, KeptBoot> good, Witnesses.Decision decision) {
            SortedSet<Integer> missing = new TreeSet<>();
            for (int i = 0; i < keys.size(); i++) {
                if (!good.containsKey(keys.get(i)) && !decision.disputed().containsKey(i)) {
                    missing.add(i);
                }
            }
            return missing;
        }

        private SortedMap<String, Integer> discarded(Witnesses.Decision decision) {
            SortedMap<String, Integer> discarded = new TreeMap<>();
            for (Part part : parts) {
                if (decision.wrong().containsKey(part.header().host())) {
                    discarded.merge(
                            part.header().host(),
                            (int)
                                    part.boots().stream()
                                            .filter(boot -> !Account.lists(boot))
                                            .count(),
                            Integer::sum);
                }
            }
            return discarded;
        }

        private String name() {
            String began =
                    parts.stream()
                            .map(part -> part.header().began())
                            .sorted()
                            .findFirst()
                            .orElse("");
            return began.replaceAll("[-:]|\\..*", "").replace('T', '-') + "-" + identity.name();
        }
    }
}
