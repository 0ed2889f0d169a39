package org.feuerprobe.profile;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.probe.ProbeRecord;
import org.feuerprobe.probe.ProbeRun;
import org.feuerprobe.probe.RegionProfile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A profile that disagrees with the clock is an error, not a profile. */
class ProfileBuilderTests {
    private static final Benchmark BENCHMARK =
            new Benchmark("op/hot", "op", 0, false, 1, List.of(), "it happened");

    /** What the clock counted: 30, 31 and 5, 5. */
    private static final Map<Integer, long[]> CLOCK =
            Map.of(0, new long[] {30, 31}, 1, new long[] {5, 5});

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30 5 31 6 clock|the profile of op/hot is wrong: in sample 2 of the overhead twin it has 6 instructions, and the clock counted 5: please report this",
                "30 5 29 5 clock|the profile of op/hot is wrong: in sample 2 of the operation it has 29 instructions, and the clock counted 31: please report this",
                "30 5 clock|op/hot: 2 marked regions in 2 samples of operation and twin",
                "clock|op/hot cannot be profiled: the kernel does not mark where it begins and ends",
                "26 5 31 5 deadline|the profile of op/hot is wrong: sample 1 begins at a deadline, and the clock counted -1 instructions more than the profile has, want 0 to 30: please report this"
            })
    void refusesWhatTheClockDoesNotCount(String regions, String message) throws Exception {
        StringBuilder text =
                new StringBuilder("feuerprobe-profile 1\nentry 0\nnode 1 0 E 0 200000\n");
        String[] words = regions.split(" ", -1);
        for (int i = 0; i < words.length - 1; i++) {
            text.append(
                    "region %d %s %s 1 200100\n"
                            .formatted(i % 2, words[i], words[words.length - 1]));
        }
        RegionProfile file = RegionProfile.read(text.append("complete 1\n").toString());
        ProfileBuilder builder =
                new ProfileBuilder(
                        file,
                        file.entries().getFirst(),
                        new PlanEntry(BENCHMARK, new LinkedHashMap<>(), 2, 0, 1),
                        new ProbeRun.Entry(
                                new ProbeRecord.Result(0, ProbeRecord.Status.VERIFIED, 2, 0, ""),
                                1,
                                CLOCK),
                        true);

        assertThatThrownBy(builder::checked).isInstanceOf(LabException.class).hasMessage(message);
    }
}
