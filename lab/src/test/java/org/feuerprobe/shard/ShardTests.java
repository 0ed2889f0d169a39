package org.feuerprobe.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.feuerprobe.harness.LabException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ShardTests {
    @ParameterizedTest
    @CsvSource({"7, 1", "7, 2", "7, 3", "7, 7", "7, 9", "1000, 7", "1, 4", "1000000, 1000"})
    void everyBootBelongsToOneShard(int boots, int shards) {
        List<Integer> all = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        for (int i = 1; i <= shards; i++) {
            Collection<Integer> own = new Shard(i, shards).boots(boots);
            all.addAll(own);
            sizes.add(own.size());
        }

        assertThat(all).isEqualTo(IntStream.range(0, boots).boxed().toList());
        assertThat(sizes).allMatch(size -> size == boots / shards || size == boots / shards + 1);
    }

    @ParameterizedTest
    @CsvSource({"7, 2, 0.05", "100, 4, 0.05", "1000, 10, 0.1", "12, 3, 1", "3, 7, 0.5"})
    void theShareOfEachShardIsCarriedOutAgainByAnother(int boots, int shards, double share) {
        List<Integer> checked = new ArrayList<>();
        for (int i = 1; i <= shards; i++) {
            Shard shard = new Shard(i, shards);
            Collection<Integer> again = shard.rechecks(boots, share);
            Collection<Integer> own = shard.boots(boots);
            assertThat(again).noneMatch(own::contains);
            checked.addAll(again);
        }

        assertThat(checked).doesNotHaveDuplicates();
        for (int i = 1; i <= shards; i++) {
            Collection<Integer> own = new Shard(i, shards).boots(boots);
            assertThat(checked.stream().filter(own::contains).count())
                    .isEqualTo((long) Math.ceil(share * own.size()));
        }
    }

    @Test
    void theWorkOfCheckingIsShared() {
        List<Integer> each =
                IntStream.rangeClosed(1, 10)
                        .mapToObj(i -> new Shard(i, 10).rechecks(10_000, 0.05).size())
                        .toList();

        assertThat(each).allMatch(size -> size > 25 && size < 75);
        assertThat(each.stream().mapToInt(Integer::intValue).sum()).isEqualTo(500);
    }

    @Test
    void nothingIsCheckedWithoutAnotherShardOrAShare() {
        assertThat(new Shard(1, 1).rechecks(100, 0.5)).isEmpty();
        assertThat(new Shard(1, 3).rechecks(100, 0)).isEmpty();
    }

    @Test
    void isWrittenAsItIsRead() throws LabException {
        assertThat(Shard.parse("3/10")).hasToString("3/10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "0/3", "4/3", "a/b", "1/0", "-1/3", "1/3/5"})
    void refusesWhatIsNoShard(String text) {
        assertThatThrownBy(() -> Shard.parse(text))
                .isInstanceOf(LabException.class)
                .hasMessage(
                        "--shard " + text + ": want I/N, such as 1/4: part I of N, counted from 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "3,7-9", "0-999999", "1,3,5"})
    void numbersAreWrittenAsTheyAreRead(String text) throws LabException {
        assertThat(BootNumbers.text(BootNumbers.parse(text))).isEqualTo(text);
    }

    @Test
    void rangesMayOverlap() throws LabException {
        assertThat(BootNumbers.text(BootNumbers.parse("8, 3-5,4-7"))).isEqualTo("3-8");
        assertThat(BootNumbers.text(new TreeSet<>())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "'1,', ''", "'x', ''", "'1--2', ''"})
    void refusesWhatAreNoNumbers(String text) {
        assertThatThrownBy(() -> BootNumbers.parse(text))
                .hasMessage("--redo '%s': want boot numbers such as 3,7-9", text);
    }

    @Test
    void refusesRangesThatAreNone() {
        assertThatThrownBy(() -> BootNumbers.parse("1,9-7"))
                .hasMessage("--redo '1,9-7': want a range such as 7-9, not 9-7");
        assertThatThrownBy(() -> BootNumbers.parse("0-999999999"))
                .hasMessage("--redo '0-999999999': want a range such as 7-9, not 0-999999999");
    }
}
