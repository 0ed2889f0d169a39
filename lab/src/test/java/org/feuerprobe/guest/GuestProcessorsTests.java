package org.feuerprobe.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.feuerprobe.plan.Plan;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Each processor of a guest on its own of the host: shown with the translator, which has threads.
 */
@Tag("boots")
class GuestProcessorsTests {
    private static final int THERE = Runtime.getRuntime().availableProcessors();

    @Test
    void readsThreadsAndNotTheTopologysThreadNumber() throws Exception {
        assertThat(
                        GuestProcessors.threads(
                                "{\"return\": [{\"thread-id\": 912, \"props\": {\"core-id\": 0, \"thread-id\": 0,"
                                        + " \"socket-id\": 0}, \"qom-path\": \"/machine/unattached/device[0]\", \"cpu-index\": 0,"
                                        + " \"target\": \"x86_64\"}, {\"cpu-index\": 1, \"thread-id\": 913}]}"))
                .isEqualTo(Map.of(0, 912L, 1, 913L));
    }

    /** Read while the guest runs: what was allowed to each thread of the emulator. */
    @Test
    void bindsEachProcessorBeforeTheGuestRuns() throws Exception {
        List<String> allowed = new ArrayList<>();
        QemuTarget target =
                KernelFixture.target(
                                KernelFixture.image(),
                                "",
                                (process, _) -> allowed.addAll(allowed(process.pid())))
                        .under(Accelerator.TCG, 0);
        BootOutcome outcome = target.boot(Plan.catalogue(), 0, Target.Progress.none());

        assertThat(KernelFixture.completed(outcome).run().kernel().cpus()).isEqualTo(2);
        assertThat(allowed).contains("0", Integer.toString(1 % THERE));
        if (THERE > 1) {
            assertThat(allowed.stream().filter(list -> list.equals("0"))).hasSize(1);
            assertThat(allowed.stream().filter(list -> list.equals("1"))).hasSize(1);
        }
    }

    private static List<String> allowed(long process) {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + process + "/task"))) {
            List<String> lists = new ArrayList<>();
            for (Path thread : threads.toList()) {
                Files.readAllLines(thread.resolve("status")).stream()
                        .filter(line -> line.startsWith("Cpus_allowed_list:"))
                        .forEach(line -> lists.add(line.substring(line.indexOf(':') + 1).strip()));
            }
            return lists;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anEmulatorThatEndsAtOnceIsToldAsSuch() throws Exception {
        QemuTarget target =
                new QemuTarget(
                                "/bin/false",
                                KernelFixture.image(),
                                2,
                                KernelFixture.IMPATIENT,
                                List.of(),
                                (_, _) -> {})
                        .under(Accelerator.TCG, 0);

        assertThat(
                        KernelFixture.failed(
                                        target.boot(Plan.catalogue(), 0, Target.Progress.none()))
                                .failure())
                .isEqualTo(BootOutcome.Failure.DIED);
    }

    @Test
    void noSuchThreadCannotBeBound() {
        assertThat(
                        org.assertj.core.api.Assertions.catchThrowable(
                                () -> Affinity.bind(Integer.MAX_VALUE, 0)))
                .isInstanceOf(IOException.class)
                .hasMessage("thread 2147483647 cannot be bound to processor 0: errno 3");
    }
}
