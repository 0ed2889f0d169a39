package org.feuerprobe.shard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.feuerprobe.shard.Witnesses.Decision;
import org.feuerprobe.shard.Witnesses.Statement;

/**
 * A campaign on many machines on paper: the choice of boots and the decision on wrong hosts are
 * those of the program, and machines fail and lie at random. {@code make simulate-cluster} prints
 * the table of {@code docs/many-machines.md}.
 *
 * @param failing share of the workers that fail in a round, at a random boot
 * @param lying share of the workers that lie
 * @param rate how often a liar lies in a boot
 * @param recheck share of the boots that is carried out again
 */
record ClusterSimulation(
        int boots, int workers, double failing, double lying, double rate, double recheck) {
    static final int CAMPAIGNS = 5;
    private static final int MOST_ROUNDS = 50;
    private static final int NOBODY = -1;

    /** The plan that the issue asks for, with this rate of lies. */
    static ClusterSimulation million(double rate, double recheck) {
        return new ClusterSimulation(1_000_000, 1_000, 0.01, 0.001, rate, recheck);
    }

    /**
     * Outcome of one campaign.
     *
     * @param carriedOut boots that were begun and completed, again ones too
     * @param longest the most boots of a worker, over all rounds the sum of each round's most
     * @param named liars that were named
     * @param accused honest hosts that were named
     * @param wrongBoots lies among the boots that count in the end
     */
    record Outcome(
            int rounds, long carriedOut, long longest, int named, int accused, int wrongBoots) {}

    Outcome run(long seed) {
        return new Run(new SplittableRandom(seed)).run();
    }

    private final class Run {
        private final SplittableRandom random;
        private final Set<Integer> liars = new HashSet<>();

        /** The host that completed a boot first, or {@link #NOBODY}. */
        private final int[] first = new int[boots];

        private final BitSet firstLied = new BitSet();

        /** Further hosts that completed a boot, and whether they lied. */
        private final Map<Integer, Map<Integer, Boolean>> further = new HashMap<>();

        private Set<Integer> wrong = new HashSet<>();
        private long carriedOut;
        private long longest;

        Run(SplittableRandom random) {
            this.random = random;
            while (liars.size() < Math.round(lying * workers)) {
                liars.add(random.nextInt(workers));
            }
            Arrays.fill(first, NOBODY);
        }

        private void completed(int boot, int host, boolean lie) {
            if (first[boot] == NOBODY) {
                first[boot] = host;
                firstLied.set(boot, lie);
            } else {
                further.computeIfAbsent(boot, _ -> new HashMap<>()).put(host, lie);
            }
        }

        private boolean has(int boot, int host) {
            return first[boot] == host || further.getOrDefault(boot, Map.of()).containsKey(host);
        }

        /** Whether no host that is trusted completed a boot. */
        private boolean isMissing(int boot) {
            return (first[boot] == NOBODY || wrong.contains(first[boot]))
                    && wrong.containsAll(further.getOrDefault(boot, Map.of()).keySet());
        }

        private boolean isLie(int boot) {
            return (firstLied.get(boot) && !wrong.contains(first[boot]))
                    || further.getOrDefault(boot, Map.of()).entrySet().stream()
                            .anyMatch(copy -> copy.getValue() && !wrong.contains(copy.getKey()));
        }

        Outcome run() {
            Map<Integer, SortedSet<Integer>> work = new HashMap<>();
            List<SortedSet<Integer>> rechecks = Shard.rechecks(workers, boots, recheck);
            for (int worker = 0; worker < workers; worker++) {
                TreeSet<Integer> own = new TreeSet<>(new Shard(worker + 1, workers).boots(boots));
                own.addAll(rechecks.get(worker));
                work.put(worker, own);
            }
            int rounds = 0;
            while (!work.isEmpty() && rounds < MOST_ROUNDS) {
                rounds++;
                carryOut(work);
                work = next();
            }
            int lies = (int) IntStream.range(0, boots).filter(this::isLie).count();
            int named = (int) wrong.stream().filter(liars::contains).count();
            return new Outcome(rounds, carriedOut, longest, named, wrong.size() - named, lies);
        }

        private void carryOut(Map<Integer, SortedSet<Integer>> work) {
            long most = 0;
            for (Map.Entry<Integer, SortedSet<Integer>> entry : work.entrySet()) {
                int worker = entry.getKey();
                int until =
                        random.nextDouble() < failing
                                ? random.nextInt(entry.getValue().size())
                                : entry.getValue().size();
                int done = 0;
                for (int boot : entry.getValue()) {
                    if (done == until) {
                        break;
                    }
                    done++;
                    boolean lie = liars.contains(worker) && random.nextDouble() < rate;
                    completed(boot, worker, lie);
                }
                carriedOut += done;
                most = Math.max(most, done);
            }
            longest += most;
        }

        /** Decides as a merge does, and gives missing and disputed boots to other hosts. */
        private Map<Integer, SortedSet<Integer>> next() {
            List<Statement> statements = new ArrayList<>();
            further.forEach((boot, hosts) -> {
                statements.add(statement(boot, first[boot], firstLied.get(boot)));
                hosts.forEach((host, lie) -> statements.add(statement(boot, host, lie)));
            });
            Decision decision = Witnesses.decide(statements);
            wrong = new HashSet<>();
            decision.wrong().keySet().forEach(host -> wrong.add(Integer.parseInt(host)));
            Map<Integer, SortedSet<Integer>> work = new HashMap<>();
            int turn = 0;
            for (int boot = 0; boot < boots; boot++) {
                if (isMissing(boot) || decision.disputed().containsKey(boot)) {
                    int host = turn++ % workers;
                    while (wrong.contains(host) || has(boot, host)) {
                        host = turn++ % workers;
                    }
                    work.computeIfAbsent(host, _ -> new TreeSet<>()).add(boot);
                }
            }
            return work;
        }
    }

    private static Statement statement(int boot, int host, boolean lie) {
        return new Statement(boot, Integer.toString(host), lie ? "lie of " + host : "truth");
    }

    /** A row of the table: means over campaigns with the seeds from 1. */
    String row(int campaigns) {
        double rounds = 0;
        double more = 0;
        double longer = 0;
        int named = 0;
        int accused = 0;
        long lies = 0;
        int worst = 0;
        for (int seed = 1; seed <= campaigns; seed++) {
            Outcome outcome = run(seed);
            rounds += outcome.rounds();
            more += (double) outcome.carriedOut() / boots - 1;
            longer += outcome.longest() / ((double) boots / workers) - 1;
            named += outcome.named();
            accused += outcome.accused();
            lies += outcome.wrongBoots();
            worst = Math.max(worst, outcome.wrongBoots());
        }
        return String.format(
                Locale.ROOT,
                "| %s %% | %s %% | %.1f | %.1f %% | %.1f %% | %d of %d | %d | %.1f | %d |",
                number(100 * rate),
                number(100 * recheck),
                rounds / campaigns,
                100 * more / campaigns,
                100 * longer / campaigns,
                named,
                (long) campaigns * Math.round(lying * workers),
                accused,
                (double) lies / campaigns,
                worst);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value).replaceFirst("\\.?0+$", "");
    }

    /** Prints the table. */
    public static void main(String[] arguments) {
        for (double rate : new double[] {1, 0.01, 0.001}) {
            for (double share : new double[] {0.05, 0.2}) {
                System.out.println(million(rate, share).row(CAMPAIGNS));
            }
        }
    }
}
