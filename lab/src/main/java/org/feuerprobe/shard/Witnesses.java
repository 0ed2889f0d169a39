package org.feuerprobe.shard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Decides which hosts are wrong and which boots count. Two hosts that disagree do not show which of
 * them is wrong. A third one does: a host is wrong if, on some boot, more than half of three hosts
 * or more agree on another hash; or if it gave two hashes for one boot. Nothing that a wrong host
 * said counts, also where nobody contradicted it.
 */
final class Witnesses {
    /** What a host says a boot gave. */
    record Statement(int boot, String host, String hash) {}

    /**
     * Why a host is wrong: hosts that agree against it on a boot; empty if it contradicts itself.
     */
    record Contradiction(int boot, SortedSet<String> by) {}

    /**
     * The decision.
     *
     * @param wrong first contradiction of each wrong host
     * @param accepted hash of each boot that counts
     * @param disputed hosts that disagree on a boot
     * @param confirmed boots on which two hosts or more agree
     */
    record Decision(
            SortedMap<String, Contradiction> wrong,
            Map<Integer, String> accepted,
            SortedMap<Integer, SortedSet<String>> disputed,
            SortedSet<Integer> confirmed) {}

    private final Map<Integer, List<Statement>> byBoot = new TreeMap<>();
    private final SortedMap<String, Contradiction> wrong = new TreeMap<>();

    private Witnesses(List<Statement> statements) {
        for (Statement statement : statements) {
            byBoot.computeIfAbsent(statement.boot(), _ -> new ArrayList<>(2)).add(statement);
        }
    }

    static Decision decide(List<Statement> statements) {
        Witnesses witnesses = new Witnesses(statements);
        witnesses.accuse();
        return witnesses.decision();
    }

    /** Without a wrong host's statements, other majorities may appear, so it starts again. */
    private void accuse() {
        int before;
        do {
            before = wrong.size();
            byBoot.forEach((boot, statements) -> {
                if (statements.size() > 1) {
                    accuse(boot, votes(statements));
                }
            });
        } while (wrong.size() > before);
    }

    private void accuse(int boot, Map<String, SortedSet<String>> votes) {
        Set<String> seen = new HashSet<>();
        for (SortedSet<String> hosts : votes.values()) {
            for (String host : hosts) {
                if (!seen.add(host)) {
                    wrong.putIfAbsent(host, new Contradiction(boot, new TreeSet<>()));
                }
            }
        }
        for (SortedSet<String> majority : votes.values()) {
            if (seen.size() >= 3 && 2 * majority.size() > seen.size()) {
                for (String host : seen) {
                    if (!majority.contains(host)) {
                        wrong.putIfAbsent(host, new Contradiction(boot, majority));
                    }
                }
            }
        }
    }

    /** The hosts that are not wrong, by the hash that they gave. */
    private Map<String, SortedSet<String>> votes(List<Statement> statements) {
        Map<String, SortedSet<String>> votes = new HashMap<>();
        for (Statement statement : statements) {
            if (!wrong.containsKey(statement.host())) {
                votes.computeIfAbsent(statement.hash(), _ -> new TreeSet<>()).add(statement.host());
            }
        }
        return votes;
    }

    private Decision decision() {
        Map<Integer, String> accepted = new HashMap<>();
        SortedMap<Integer, SortedSet<String>> disputed = new TreeMap<>();
        SortedSet<Integer> confirmed = new TreeSet<>();
        byBoot.forEach((boot, statements) -> {
            Map<String, SortedSet<String>> votes = votes(statements);
            if (votes.size() == 1) {
                Map.Entry<String, SortedSet<String>> only = votes.entrySet().iterator().next();
                accepted.put(boot, only.getKey());
                if (only.getValue().size() > 1) {
                    confirmed.add(boot);
                }
            } else if (votes.size() > 1) {
                SortedSet<String> hosts = new TreeSet<>();
                votes.values().forEach(several -> hosts.addAll(several));
                disputed.put(boot, hosts);
            }
        });
        return new Decision(wrong, accepted, disputed, confirmed);
    }
}
