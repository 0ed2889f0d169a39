package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The guard of lab's tests also ends a test of this module that hangs. */
class HangingTestTests {
    @TempDir Path folder;

    /** Started by {@link Launch} alone: no name of a test class, and in no other. */
    static final class Hanging {
        /** Passes in the end, so that a guard that is not there is a failure and no second hang. */
        @Test
        void waitsForNothing() throws Exception {
            boolean _ = new CountDownLatch(1).await(2, TimeUnit.MINUTES);
        }
    }

    /** Runs that test in a Java of its own; the exit status is the number of failures. */
    static final class Launch {
        private Launch() {}

        public static void main(String[] arguments) {
            LauncherDiscoveryRequest request =
                    LauncherDiscoveryRequestBuilder.request()
                            .selectors(DiscoverySelectors.selectClass(Hanging.class))
                            .build();
            SummaryGeneratingListener listener = new SummaryGeneratingListener();
            LauncherFactory.create().execute(request, listener);
            listener.getSummary()
                    .getFailures()
                    .forEach(failure -> System.out.println(failure.getException().getMessage()));
            System.exit((int) listener.getSummary().getTotalFailureCount());
        }
    }

    @Test
    void aTestThatHangsIsEndedAndFails() throws Exception {
        Path out = folder.resolve("out");
        Process process =
                new ProcessBuilder(
                                List.of(
                                        ProcessHandle.current().info().command().orElse("java"),
                                        "-Dfeuerprobe.hang.looks=3",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        Launch.class.getName()))
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();

        int failures = process.waitFor();

        String said = Files.readString(out, StandardCharsets.UTF_8);
        assertThat(failures).as(said).isEqualTo(1);
        assertThat(said)
                .containsPattern(
                        "Hanging.waitsForNothing\\(\\) hangs: it ran for \\d+ s, then not in 4 looks; it was at "
                                + "org.feuerprobe.cli.HangingTestTests\\$Hanging.waitsForNothing");
    }
}
