package org.feuerprobe.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.feuerprobe.harness.LabException;

/**
 * Shard {@code index} of {@code of}: a run of consecutive boots. The shards differ in size by one
 * boot at most, so a lost shard is one range of numbers.
 *
 * @param index from 1
 */
public record Shard(int index, int of) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

    public Shard {
        if (index < 1 || index > of) {
            throw new IllegalArgumentException("shard %d/%d".formatted(index, of));
        }
    }

    /** Reads {@code I/N}. */
    public static Shard parse(String text) throws LabException {
        Matcher found = FORM.matcher(text);
        if (found.matches()) {
            int index = Integer.parseInt(found.group(1));
            int of = Integer.parseInt(found.group(2));
            if (index >= 1 && index <= of) {
                return new Shard(index, of);
            }
        }
        throw LabException.wrongUse(
                "--shard %s: want I/N, such as 1/4: part I of N, counted from 1".formatted(text));
    }

    /** The boots of this shard, of {@code total} boots with the numbers from 0. */
    public SortedSet<Integer> boots(int total) {
        SortedSet<Integer> boots = new TreeSet<>();
        for (int boot = first(index, total); boot < first(index + 1, total); boot++) {
            boots.add(boot);
        }
        return boots;
    }

    private int first(int shard, int total) {
        return (int) ((long) (shard - 1) * total / of);
    }

    /**
     * The boots of other shards that this one carries out again. Of each shard, this share is
     * carried out again, and one boot at least; the other shards take turns. All shards compute the
     * same choice.
     *
     * @param share from 0, which means none, to 1
     */
    public SortedSet<Integer> rechecks(int total, double share) {
        return rechecks(of, total, share).get(index - 1);
    }

    /** The same for each of {@code of} shards. */
    static List<SortedSet<Integer>> rechecks(int of, int total, double share) {
        List<SortedSet<Integer>> rechecks = new ArrayList<>();
        for (int i = 0; i < of; i++) {
            rechecks.add(new TreeSet<>());
        }
        for (int owner = 1; owner <= of && of > 1; owner++) {
            Shard shard = new Shard(owner, of);
            int first = shard.first(owner, total);
            int size = shard.first(owner + 1, total) - first;
            int count = (int) Math.min(size, Math.ceil(share * size));
            // Chosen without replacement (Knuth, algorithm S), in ascending order.
            SplittableRandom random = new SplittableRandom(31L * owner + total);
            int turn = random.nextInt(of - 1);
            for (int i = 0; i < size && count > 0; i++) {
                if (random.nextInt(size - i) < count) {
                    rechecks.get((owner + turn % (of - 1)) % of).add(first + i);
                    turn++;
                    count--;
                }
            }
        }
        return rechecks;
    }

    @Override
    public String toString() {
        return index + "/" + of;
    }
}
