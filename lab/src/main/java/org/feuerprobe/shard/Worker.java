package org.feuerprobe.shard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.feuerprobe.campaign.BootPool;
import org.feuerprobe.campaign.CampaignException;
import org.feuerprobe.guest.BootOutcome;
import org.feuerprobe.guest.Target;
import org.feuerprobe.harness.BootFailure;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.MeasurementListener;
import org.feuerprobe.harness.Places;
import org.feuerprobe.harness.PlannedCampaign;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.sample.Numbers;

/**
 * Carries out a share of a campaign's boots and keeps them in a part.
 *
 * @param host name of this machine; boots are rechecked between different names only
 * @param folder where parts are kept
 */
public record Worker(ShardedCampaign campaign, String host, Path folder) {
    /** What a worker shall do. */
    public sealed interface Work {
        /**
         * A shard, without what this host has kept already.
         *
         * @param recheck share of the other shards' boots that is carried out again
         */
        record OfShard(Shard shard, double recheck) implements Work {}

        /** These boots, also those that this host has kept already. */
        record OfBoots(SortedSet<Integer> boots) implements Work {
            public OfBoots {
                boots = new TreeSet<>(boots);
            }
        }

        /** The work that {@code --shard} or {@code --redo} names; the other one is empty. */
        static Work of(String shard, String redo, double recheck) throws LabException {
            if (shard.isEmpty() == redo.isEmpty()) {
                throw LabException.wrongUse("worker: want either --shard I/N or --redo BOOTS");
            }
            if (!(recheck >= 0 && recheck <= 1)) {
                throw LabException.wrongUse("--recheck %s: want 0 to 1".formatted(recheck));
            }
            return redo.isEmpty()
                    ? new OfShard(Shard.parse(shard), recheck)
                    : new OfBoots(BootNumbers.parse(redo));
        }
    }

    /**
     * What a worker did.
     *
     * @param boots number of boots of the part
     * @param rechecked how many of them belong to other shards
     * @param kept boots that an earlier worker of this host had kept
     * @param bootSeconds wall-clock time of the boots
     */
    public record Done(Path part, int boots, int rechecked, int kept, double bootSeconds) {
        /** One line for people; {@code whole} is the wall-clock time of the whole program. */
        public String text(double whole) {
            return String.format(
                    Locale.ROOT,
                    "%s: %s, %d of other shards, in %.1f s, and %.1f s for the rest%s",
                    Places.shown(part),
                    Numbers.counted(boots, "boot"),
                    rechecked,
                    bootSeconds,
                    whole - bootSeconds,
                    kept == 0 ? "" : "; " + kept + " were there already");
        }

        /** The same for programs. */
        public Map<String, Object> fields(double whole) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("schema", 1);
            fields.put("part", part.toString());
            fields.put("boots", boots);
            fields.put("rechecked", rechecked);
            fields.put("kept", kept);
            fields.put("boot_seconds", bootSeconds);
            fields.put("other_seconds", whole - bootSeconds);
            return fields;
        }
    }

    /** The name of this machine. */
    public static String hostName() throws LabException {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            throw LabException.wrongUse("this machine has no host name: add --host NAME");
        }
    }

    /** Carries out the work. The part has every boot that was completed, also if one fails. */
    public Done run(Work work, MeasurementListener listener)
            throws LabException, InterruptedException {
        List<KeptBoot> catalogues = new CopyOnWriteArrayList<>();
        PlannedCampaign planned =
                campaign.validation()
                        .on((reading, target) ->
                                new RoutedTarget(
                                        reading,
                                        target,
                                        (key, original, plan, number, progress) ->
                                                catalogue(
                                                        catalogues,
                                                        key,
                                                        original,
                                                        plan,
                                                        number,
                                                        progress)))
                        .planned();
        if (!planned.exact()) {
            throw LabException.wrongUse(
                    "worker: boots of this target do not repeat exactly on another machine: use target qemu with --accel icount");
        }
        CampaignIdentity identity = CampaignIdentity.of(planned, campaign);
        List<BootKey> keys = CampaignIdentity.keys(planned);
        SortedSet<Integer> own = boots(work, keys.size());
        int rechecked = own.size();
        int kept = 0;
        String name;
        switch (work) {
            case Work.OfShard(Shard shard, _) -> {
                SortedSet<Integer> shards = shard.boots(keys.size());
                Set<BootKey> there = kept(identity);
                kept = (int) own.stream().filter(boot -> there.contains(keys.get(boot))).count();
                own.removeIf(boot -> there.contains(keys.get(boot)));
                rechecked = (int) own.stream().filter(boot -> !shards.contains(boot)).count();
                name = shard.index() + "-of-" + shard.of();
            }
            case Work.OfBoots _ -> name = "redo";
        }
        PartHeader header =
                new PartHeader(PartHeader.SCHEMA, identity, name, host, Instant.now().toString());
        try (PartWriter part = PartWriter.create(folder, header)) {
            for (KeptBoot boot : catalogues) {
                part.add(boot);
            }
            double seconds = boot(planned, keys, new ArrayList<>(own), part, listener);
            return new Done(
                    part.file(),
                    own.size(),
                    work instanceof Work.OfShard ? rechecked : 0,
                    kept,
                    seconds);
        } catch (IOException | UncheckedIOException e) {
            throw LabException.targetFailed(
                    "cannot keep boots in %s: %s: free some space or choose another --out"
                            .formatted(folder, e.getMessage()));
        }
    }

    /** Boots to obtain the benchmarks, and keeps that boot too: other hosts must find the same. */
    private static BootOutcome catalogue(
            List<KeptBoot> catalogues,
            BootKey key,
            Target target,
            Plan plan,
            int number,
            Target.Progress progress)
            throws InterruptedException {
        BootOutcome outcome = target.boot(plan, number, progress);
        if (plan.entries().isEmpty() && outcome instanceof BootOutcome.Completed completed) {
            catalogues.add(kept(key, completed));
        }
        return outcome;
    }

    private static KeptBoot kept(BootKey key, BootOutcome.Completed outcome) {
        return KeptBoot.of(key, outcome.took().toNanos() / 1e9, BootDocument.of(outcome));
    }

    private static SortedSet<Integer> boots(Work work, int total) throws LabException {
        return switch (work) {
            case Work.OfShard(Shard shard, double recheck) -> {
                SortedSet<Integer> boots = shard.boots(total);
                boots.addAll(shard.rechecks(total, recheck));
                yield boots;
            }
            case Work.OfBoots(SortedSet<Integer> boots) -> {
                if (boots.getLast() >= total) {
                    throw LabException.wrongUse(
                            "--redo: no boot %d: the campaign has the boots 0 to %d"
                                    .formatted(boots.getLast(), total - 1));
                }
                yield new TreeSet<>(boots);
            }
        };
    }

    /** Boots that this host has kept in the folder. */
    private Set<BootKey> kept(CampaignIdentity identity) throws LabException {
        Set<BootKey> kept = new HashSet<>();
        if (Files.isDirectory(folder)) {
            for (Part part : PartFiles.read(List.of(folder))) {
                if (part.header().host().equals(host)
                        && part.header().campaign().equals(identity)) {
                    part.boots().forEach(boot -> kept.add(boot.key()));
                }
            }
        }
        return kept;
    }

    private double boot(
            PlannedCampaign planned,
            List<BootKey> keys,
            List<Integer> own,
            PartWriter part,
            MeasurementListener listener)
            throws LabException, InterruptedException {
        List<BootPool.Boot> boots =
                own.stream()
                        .map(number -> planned.boots().get(number))
                        .map(boot -> new BootPool.Boot(original(boot), boot.plan(), boot.number()))
                        .toList();
        long began = System.nanoTime();
        try (MeasurementListener.Progress progress = listener.begin(0, 0)) {
            progress.begin(
                    boots.size(), boots.isEmpty() ? 0 : boots.getFirst().plan().entries().size());
            new BootPool(campaign.parallel())
                    .run(
                            boots,
                            progress,
                            (i, outcome) -> keep(part, kept(keys.get(own.get(i)), outcome)));
        } catch (CampaignException e) {
            throw BootFailure.of(e);
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private static Target original(BootPool.Boot boot) {
        return boot.target() instanceof RoutedTarget routed ? routed.target() : boot.target();
    }

    private static void keep(PartWriter part, KeptBoot boot) {
        try {
            part.add(boot);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
