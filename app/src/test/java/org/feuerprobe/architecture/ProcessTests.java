package org.feuerprobe.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.Test;

/** Programs are started in one place, and every wait has an end. */
final class ProcessTests {
    private static final String START = "org.feuerprobe.testbed.ChildProcess";

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .withImportOption(location -> !location.contains("-tests.jar"))
                    .importPackages("org.feuerprobe");

    /** Methods that wait without a limit, if they are called without a duration. */
    private static final Map<Class<?>, Set<String>> WAITS =
            Map.of(
                    Process.class, Set.of("waitFor"),
                    Thread.class, Set.of("join"),
                    Object.class, Set.of("wait"),
                    FileChannel.class, Set.of("lock"),
                    Future.class, Set.of("get", "join"),
                    BlockingQueue.class, Set.of("take", "put"),
                    CompletionService.class, Set.of("take"),
                    CountDownLatch.class, Set.of("await"),
                    Condition.class, Set.of("await"));

    /** Waits without a limit of their own, with what ends each. */
    private static final Map<String, String> ENDED =
            new TreeMap<>(
                    Map.of(
                            "campaign.BootPool.each", "each boot has limits",
                            "campaign.Interleaving.begin", "each boot has limits",
                            "check.CheckRun.take", "deciding a line only computes",
                            "guest.GuestProcessors.release", "the channel has been closed",
                            "guest.NativeTarget.onProcessor", "the core's own code only computes",
                            "guest.ProcessGuard.close", "the process has been killed",
                            "guest.QemuBoot.stop", "the process has been killed",
                            "guest.SerialTarget.pump", "the reading thread is interrupted",
                            "harness.Interleaved.result", "each boot has limits"));

    /** There the environment is cleaned of what a calling git or make has set. */
    @Test
    void onlyOneClassStartsPrograms() {
        Set<String> starting = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                JavaClass owner = access.getTargetOwner();
                boolean builder =
                        owner.isEquivalentTo(ProcessBuilder.class)
                                && access.getTarget() instanceof AccessTarget.ConstructorCallTarget;
                boolean exec =
                        owner.isEquivalentTo(Runtime.class) && access.getName().equals("exec");
                if (builder || exec) {
                    starting.add(type.getName());
                }
            }
        }
        assertThat(starting).containsExactly(START);
    }

    @Test
    void everyWaitHasALimitOrAReason() {
        Set<String> waiting = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                if (isWait(access)) {
                    waiting.add(place(access));
                }
            }
        }
        assertThat(waiting).isEqualTo(ENDED.keySet());
    }

    private static boolean isWait(JavaAccess<?> access) {
        if (!(access.getTarget() instanceof AccessTarget.CodeUnitCallTarget called)) {
            return false;
        }
        boolean limited =
                called.getRawParameterTypes().stream()
                        .anyMatch(parameter ->
                                parameter.isEquivalentTo(long.class)
                                        || parameter.isEquivalentTo(java.time.Duration.class));
        return !limited
                && WAITS.entrySet().stream()
                        .anyMatch(wait ->
                                access.getTargetOwner().isAssignableTo(wait.getKey())
                                        && wait.getValue().contains(access.getName())
                                        && (wait.getKey() != Object.class
                                                || access.getTargetOwner()
                                                        .isEquivalentTo(Object.class)));
    }

    private static String place(JavaAccess<?> access) {
        String type = access.getOriginOwner().getName().replaceFirst("\\$.*", "");
        String method = access.getOrigin().getName().replaceFirst("^lambda\\$(\\w+)\\$.*", "$1");
        return type.substring("org.feuerprobe.".length()) + "." + method;
    }
}
