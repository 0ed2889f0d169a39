package org.feuerprobe.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.feuerprobe.plan.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guest that tells its plan itself, counted; a shell script stands in for the emulator. */
class CountedPeerTests {
    private static final CacheModel MODEL =
            new CacheModel(Path.of("/nowhere/plugin.so"), CacheGeometry.host());

    @TempDir private Path folder;

    private CountedPeer peer(String script, Duration limit) throws Exception {
        Path emulator = Files.writeString(folder.resolve("emulator"), "#!/bin/sh\n" + script);
        assertThat(emulator.toFile().setExecutable(true)).isTrue();
        return new CountedPeer(command(emulator.toString()), MODEL, limit);
    }

    private static EmulatorCommand command(String emulator) {
        return EmulatorCommand.pc(emulator, Accelerator.ICOUNT, "max", 64);
    }

    private static BootOutcome.Failed failed(CountedPeer peer) throws Exception {
        return KernelFixture.failed(peer.boot(Plan.catalogue(), 0, Target.Progress.none()));
    }

    @Test
    void bootsOnceWhateverIsAsked() throws Exception {
        Path boots = folder.resolve("boots");
        CountedPeer peer = peer("echo \"$*\" >> " + boots, Duration.ofSeconds(60));

        Plan plan = peer.adapt(Plan.catalogue());
        BootOutcome first = peer.boot(plan, 0, Target.Progress.none());

        assertThat(peer.boot(plan, 1, Target.Progress.none())).isSameAs(first);
        assertThat(Files.readAllLines(boots))
                .singleElement()
                .asString()
                .contains(" -icount shift=0,sleep=off -plugin file=/nowhere/plugin.so,out=");
    }

    @Test
    void aGuestThatSaysNothingDied() throws Exception {
        BootOutcome.Failed failed = failed(peer("exit 0", Duration.ofSeconds(60)));

        assertThat(failed.failure()).isEqualTo(BootOutcome.Failure.DIED);
        assertThat(failed.detail()).isEqualTo("the guest ended before it was complete");
    }

    @Test
    void aGuestThatNeverEndsIsKilled() throws Exception {
        Path pid = folder.resolve("pid");
        BootOutcome.Failed failed =
                failed(peer("echo $$ > %s; exec sleep 600".formatted(pid), Duration.ofSeconds(2)));

        assertThat(failed.failure()).isEqualTo(BootOutcome.Failure.HANG);
        assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))).isNotPresent();
    }

    @Test
    void anEmulatorThatIsNotThereIsNamed() throws Exception {
        CountedPeer peer =
                new CountedPeer(command("/nowhere/emulator"), MODEL, Duration.ofSeconds(60));

        assertThat(failed(peer).failure()).isEqualTo(BootOutcome.Failure.MISSING);
        assertThat(failed(peer).detail()).contains("/nowhere/emulator");
    }
}
