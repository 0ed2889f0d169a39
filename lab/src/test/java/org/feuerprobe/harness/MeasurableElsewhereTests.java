package org.feuerprobe.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.guest.QemuLimits;
import org.feuerprobe.guest.QemuTarget;
import org.feuerprobe.guest.SerialSource;
import org.feuerprobe.guest.SerialTarget;
import org.feuerprobe.guest.Target;
import org.feuerprobe.probe.Counter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No way is named that the program would refuse. */
@Tag("boots")
class MeasurableElsewhereTests {
    private static final QemuLimits LIMITS =
            new QemuLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), 1);

    private static Target heard(String name, String metric, boolean exact) {
        return new SerialTarget(
                name,
                metric,
                new SerialSource() {
                    @Override
                    public Line open(int number) {
                        throw new AssertionError("nothing is heard");
                    }

                    @Override
                    public boolean exact() {
                        return exact;
                    }
                },
                LIMITS);
    }

    private static Target target(String which) throws Exception {
        return switch (which) {
            case "recording" -> heard("image", "ticks", false);
            case "serial kernel" -> heard("image", "instructions", true);
            case "planned kernel" ->
                    new QemuTarget(image(), 1, LIMITS).named(TargetKind.IMAGE.word());
            case "linux" -> heard("linux", "cycles", false);
            case "linux-guest" -> heard("linux-guest", "instructions", false);
            default -> throw new IllegalArgumentException(which);
        };
    }

    private static KernelImage image() throws Exception {
        return org.feuerprobe.guest.KernelFixture.image();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    recording      | cycles       | --unit cycles, if that is what the recorded clock counts
                    recording      | ns           | --unit ns, if that is what the recorded clock counts
                    recording      | instructions | the kernel in the emulator: --target image --kernel FILE
                    recording      | crossings    | the kernel in the emulator: --target image --kernel FILE
                    serial kernel  | cycles       | a real machine, its serial line recorded: --target image --serial FILE --unit cycles
                    serial kernel  | ns           | a real machine, its serial line recorded: --target image --serial FILE --unit ns
                    planned kernel | cycles       | --target qemu --kernel FILE --accel kvm, on a machine with hardware virtualisation
                    planned kernel | ns           | a kernel that speaks on a serial line, recorded on a real machine: --target image --serial FILE --unit ns
                    linux          | instructions | target linux-guest, whose clock counts them
                    linux          | crossings    | bench --target linux-guest --metric crossings, which shows them and decides nothing
                    linux-guest    | crossings    | bench --target linux-guest --metric crossings, which shows them and decides nothing
                    linux-guest    | cycles       | target linux: this host's, and its clock
                    linux-guest    | ns           | target linux: this host's, and its clock
                    """)
    void namesAWayThatThereIs(String which, String wanted, String way) throws Exception {
        assertThat(MeasurableElsewhere.of(target(which), wanted)).contains(way);
    }

    /** What the default says fits the exokernel, which all of it can run. */
    @Test
    void ourOwnKernelHasAllWays() throws Exception {
        Target qemu = new QemuTarget(image(), 1, LIMITS);

        assertThat(MeasurableElsewhere.of(qemu, "cycles")).isEmpty();
        assertThat(MeasurableElsewhere.of(qemu, "ns")).isEmpty();
        for (Counter counter : Counter.ALL) {
            assertThat(MeasurableElsewhere.of(qemu, counter.metric()))
                    .contains("target qemu with --accel icount, whose plugin counts it");
        }
    }
}
