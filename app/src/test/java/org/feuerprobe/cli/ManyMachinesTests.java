package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.feuerprobe.archive.Seal;
import org.feuerprobe.shard.BootNumbers;
import org.feuerprobe.shard.Shard;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Campaigns that several workers carry out, in the emulator. */
@Tag("boots")
final class ManyMachinesTests {
    private static final List<String> CAMPAIGN =
            List.of("--only", "cap_table_lookup", "--quick", "--samples", "2", "--boots", "6");

    /** Six seeds, and the first once more. */
    private static final int BOOTS = 7;

    /** The hash that one machine gives, measured once for all tests. */
    private static final String SINGLE = single();

    @TempDir private Path folder;

    private static String single() {
        try {
            Path folder = Files.createTempDirectory("single-").resolve("results");
            CapturedConsole console = new CapturedConsole();
            List<String> words = new ArrayList<>(List.of("validate", "--target", "qemu", "-q"));
            words.addAll(List.of("--no-estimates", "--budget", "0", "--out", folder.toString()));
            words.addAll(CAMPAIGN);
            assertThat(console.run(words.toArray(String[]::new))).as(console.err()).isZero();
            return Seal.read(folder).hashOfCounts();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void anyNumberOfShardsGivesWhatOneMachineGives(int shards) throws Exception {
        for (int i = 1; i <= shards; i++) {
            work("host" + i, "--shard", i + "/" + shards);
        }

        CapturedConsole merge = merge(0);
        assertThat(merge.out()).contains("hash of counts and verdicts: " + SINGLE + "\n");
        assertThat(merge.out())
                .startsWith(
                        "campaign %s: 7 of 7 boots from %d part%s on %d host%s, %d confirmed by a second host\nadded "
                                .formatted(
                                        name(merge),
                                        shards,
                                        shards == 1 ? "" : "s",
                                        shards,
                                        shards == 1 ? "" : "s",
                                        shards == 1 ? 0 : shards));

        assertThat(merge(0).out()).contains("there already: ").endsWith("\nadded 0\n");
    }

    /** The emulator of this host counts two for every instruction. */
    private static final String LIAR =
            """
            #!/bin/sh
            n=$#
            while [ $n -gt 0 ]; do
              case "$1" in
                shift=0*) set -- "$@" "shift=1${1#shift=0}" ;;
                *) set -- "$@" "$1" ;;
              esac
              shift
              n=$((n - 1))
            done
            exec qemu-system-x86_64 "$@"
            """;

    @Test
    void aWrongHostIsNamedAndItsBootsAreDoneByOthers() throws Exception {
        work("a", "--shard", "1/2");
        badly(LIAR, "bad", "--shard", "2/2");

        CapturedConsole disputed = merge(3);
        assertThat(disputed.out())
                .isEqualTo(
                        """
                        campaign %s: 5 of 7 boots from 2 parts on 2 hosts, 0 confirmed by a second host
                        disputed: boots %s and the list of benchmarks: a and bad disagree: a third machine shows which of them is wrong; type there
                          %s
                        not added: boots are missing or disputed
                        added 0
                        """
                                .formatted(name(disputed), rechecked(2), redo(rechecked(2))));
        typed(disputed, "c");

        CapturedConsole named = merge(3);
        assertThat(named.out())
                .contains(
                        "wrong host: bad: its list of benchmarks differs from what a and c agree on; its 5 boots are discarded\n")
                .containsPattern("missing: boots? [0-9,-]+: type, on another machine than bad\n");
        typed(named, "c");

        assertThat(merge(0).out())
                .contains("wrong host: bad: ")
                .contains("hash of counts and verdicts: " + SINGLE + "\n");
    }

    @Test
    void aHostThatIsWrongNowAndThenIsFoundOnARecheckedBoot() throws Exception {
        // The first boot of a worker lists the benchmarks; from the second boot on, it lies.
        String later =
                LIAR.replace(
                        "n=$#\n",
                        "[ -e '%1$s' ] || { case \" $* \" in *-icount*) touch '%1$s'; esac; exec qemu-system-x86_64 \"$@\"; }\nn=$#\n"
                                .formatted(folder.resolve("began")));
        badly(later, "bad", "--shard", "2/3");
        work("a", "--shard", "1/3");
        work("c", "--shard", "3/3");
        CapturedConsole disputed = merge(3);
        assertThat(disputed.out()).contains("disputed: boot").doesNotContain("wrong host");
        typed(disputed, "d");

        CapturedConsole named = merge(3);
        assertThat(named.out())
                .containsPattern(
                        "wrong host: bad: boot [0-9] differs from what [acd] and [acd] agree on; its [0-9] boots are discarded\n");
        typed(named, "d");
        assertThat(merge(0).out()).contains("hash of counts and verdicts: " + SINGLE + "\n");
    }

    @Test
    void theBootsOfALostWorkerAreDoneByAnother() throws Exception {
        work("a", "--shard", "1/3", "--recheck", "0");
        work("c", "--shard", "3/3", "--recheck", "0");

        CapturedConsole missing = merge(3);
        assertThat(missing.out())
                .contains("missing: boots 2-3: type\n  %s\n".formatted(redo("2-3")));
        typed(missing, "a");

        assertThat(merge(0).out()).contains("hash of counts and verdicts: " + SINGLE + "\n");
    }

    @Test
    void aKilledWorkerLeavesTheBootsThatItCompleted() throws Exception {
        work("a", "--shard", "1/1");
        Path part = folder.resolve("parts/part-1-of-1-a.jsonl.gz");
        byte[] whole = Files.readAllBytes(part);
        Files.write(part, Arrays.copyOf(whole, whole.length - 100));

        CapturedConsole cut = merge(3);
        assertThat(cut.out())
                .contains(
                        part
                                + ": line 9 is cut: the worker was killed: the boots before it count\n")
                .contains("campaign %s: 6 of 7 boots".formatted(name(cut)));

        CapturedConsole again = work("a", "--shard", "1/1");
        assertThat(again.out())
                .contains(": 1 boot, 0 of other shards, ")
                .endsWith("; 6 were there already\n");
        assertThat(merge(0).out()).contains("hash of counts and verdicts: " + SINGLE + "\n");
    }

    @Test
    void aChangedBootDoesNotCount() throws Exception {
        work("a", "--shard", "1/1");
        Path part = folder.resolve("parts/part-1-of-1-a.jsonl.gz");
        byte[] whole = Files.readAllBytes(part);
        whole[whole.length / 2] ^= 1;
        Files.write(part, whole);

        assertThat(merge(3).out())
                .containsPattern(": line [0-9] is damaged: .*: the boots before it count\n");
    }

    @Test
    void countsOfAnotherEmulatorAreKeptApart() throws Exception {
        String other =
                """
                #!/bin/sh
                if [ "$1" = --version ]; then echo 'QEMU emulator version 99.0.0'; exit; fi
                exec qemu-system-x86_64 "$@"
                """;
        work("a", "--shard", "1/3", "--recheck", "0");
        badly(other, "b", "--shard", "2/3", "--recheck", "0");
        work("c", "--shard", "3/3", "--recheck", "0");

        assertThat(merge(3).out())
                .contains("missing: boots 2-3: type\n")
                .contains("kept apart: another emulator: QEMU emulator version 99.0.0, not ")
                .contains(": 2 of 7 boots from 1 part on 1 host");
    }

    @Test
    void partsOfAnotherKernelAreRefused() throws Exception {
        work("a", "--shard", "1/1");
        Path part = folder.resolve("parts/part-1-of-1-a.jsonl.gz");
        Lines.rewrite(
                part,
                line -> line.replaceFirst("\"kernel\":\"[0-9a-f]{64}\"", "\"kernel\":\"none\""));

        CapturedConsole console = new CapturedConsole();
        assertThat(console.run("archive", "merge", parts(), "--archive", archive())).isEqualTo(2);
        assertThat(console.err())
                .contains(
                        ": kernel, bounds file or plan here differ from those of the parts: kernel: ",
                        ", not none: merge on a machine of the workers, or start the workers with --kernel\n");
    }

    @Test
    void saysWhatIsWrongWithTheCommand() {
        assertUsage("worker: want either --shard I/N or --redo BOOTS", "worker");
        assertUsage(
                "--shard 3/2: want I/N, such as 1/4: part I of N, counted from 1",
                "worker",
                "--shard",
                "3/2");
        assertUsage("--redo '4-2': want a range such as 7-9, not 4-2", "worker", "--redo", "4-2");
        assertUsage("--recheck 2.0: want 0 to 1", "worker", "--shard", "1/2", "--recheck", "2");
        assertUsage("--boots 0: want 1 to 10000000", "worker", "--shard", "1/2", "--boots", "0");
        assertUsage(
                "--redo: no boot 9: the campaign has the boots 0 to 6",
                with("worker", "--redo", "9", "--out", parts()));
        assertUsage(
                "worker: boots of this target do not repeat exactly on another machine: use target qemu with --accel icount",
                with("worker", "--shard", "1/2", "--target", "native", "--out", parts()));
    }

    private static void assertUsage(String message, String... words) {
        CapturedConsole console = new CapturedConsole();
        assertThat(console.run(words)).isEqualTo(2);
        assertThat(console.err()).isEqualTo("feuerprobe: " + message + "\n");
    }

    private static String[] with(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(CAMPAIGN);
        return all.toArray(String[]::new);
    }

    private String parts() {
        return folder.resolve("parts").toString();
    }

    private String archive() {
        return folder.resolve("archive").toString();
    }

    private CapturedConsole work(String host, String... work) {
        CapturedConsole console = new CapturedConsole();
        List<String> words = new ArrayList<>(List.of("worker", "--host", host, "--out", parts()));
        words.addAll(List.of(work));
        assertThat(console.run(with(words.toArray(String[]::new)))).as(console.err()).isZero();
        return console;
    }

    /** A worker on a host with another emulator. */
    private void badly(String script, String host, String... work) throws Exception {
        Path emulator = Files.writeString(folder.resolve("emulator"), script);
        assertThat(emulator.toFile().setExecutable(true)).isTrue();
        List<String> words = new ArrayList<>(List.of("worker", "--host", host, "--out", parts()));
        words.addAll(List.of(work));
        StandInEmulator.Ended ended =
                new StandInEmulator(folder, emulator).run(with(words.toArray(String[]::new)));
        assertThat(ended.status()).as(ended.err()).isZero();
    }

    private CapturedConsole merge(int status) {
        CapturedConsole console = new CapturedConsole();
        assertThat(console.run("archive", "merge", parts(), "--archive", archive()))
                .as(console.out() + console.err())
                .isEqualTo(status);
        return console;
    }

    /** Types the command that the merge printed, on another host. */
    private void typed(CapturedConsole merge, String host) {
        Matcher line = Pattern.compile("(?m)^  feuerprobe (worker .*)$").matcher(merge.out());
        assertThat(line.find()).as(merge.out()).isTrue();
        List<String> words =
                new ArrayList<>(List.of(line.group(1).replace("'", "").split(" ", -1)));
        words.addAll(List.of("--host", host));
        CapturedConsole console = new CapturedConsole();
        assertThat(console.run(words.toArray(String[]::new))).as(console.err()).isZero();
    }

    private static String name(CapturedConsole merge) {
        return merge.out().replaceAll("(?s)campaign ([0-9a-f]{8}).*", "$1");
    }

    /** The boots that several shards carry out. */
    private static String rechecked(int shards) {
        TreeSet<Integer> boots = new TreeSet<>();
        for (int i = 1; i <= shards; i++) {
            boots.addAll(new Shard(i, shards).rechecks(BOOTS, 0.05));
        }
        return BootNumbers.text(boots);
    }

    private String redo(String boots) {
        return "feuerprobe worker --redo %s --out %s %s"
                .formatted(boots, parts(), String.join(" ", CAMPAIGN));
    }
}
