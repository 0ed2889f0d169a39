package org.feuerprobe.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.feuerprobe.guest.BootOutcome;
import org.feuerprobe.guest.Target;
import org.feuerprobe.plan.Plan;

/** Runs boots, at most {@code parallel} at the same time. The first failed boot ends all. */
public record BootPool(int parallel) {
    /**
     * A boot to run.
     *
     * @param number the boot's number in its campaign
     */
    public record Boot(Target target, Plan plan, int number) {}

    /** Receives each completed boot, in the thread that booted it. */
    @FunctionalInterface
    public interface Receiver {
        /** Boot {@code index} of the list is complete. */
        void completed(int index, BootOutcome.Completed outcome);
    }

    /** Receives each boot that ended. It throws if the boot failed and that ends all others. */
    @FunctionalInterface
    interface Ended {
        void ended(int index, Boot boot, BootOutcome outcome) throws CampaignException;
    }

    /** Runs all boots and returns when the last one has ended. */
    public void run(List<Boot> all, CampaignProgress progress, Receiver receiver)
            throws CampaignException, InterruptedException {
        each(
                all,
                progress,
                (index, boot, outcome) ->
                        receiver.completed(index, completedOr(boot.number(), outcome)));
    }

    /** As {@link #run}, and the receiver decides about failed boots. */
    void each(List<Boot> all, CampaignProgress progress, Ended receiver)
            throws CampaignException, InterruptedException {
        if (all.isEmpty()) {
            return;
        }
        // Platform threads: Linux kills the emulator when the thread that started it ends.
        try (ExecutorService pool = Executors.newFixedThreadPool(Math.min(parallel, all.size()))) {
            CompletionService<Boot> boots = new ExecutorCompletionService<>(pool);
            List<Future<Boot>> futures = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                int index = i;
                futures.add(
                        boots.submit(() -> {
                            Boot boot = all.get(index);
                            BootOutcome outcome =
                                    boot.target()
                                            .boot(
                                                    boot.plan(),
                                                    boot.number(),
                                                    (done, _) -> progress.entries(index, done));
                            receiver.ended(index, boot, outcome);
                            return boot;
                        }));
            }
            try {
                for (int i = 0; i < all.size(); i++) {
                    boots.take().get();
                    progress.bootDone();
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof CampaignException failure) {
                    throw failure;
                }
                throw new IllegalStateException(
                        "a boot ended with an unexpected exception", e.getCause());
            } catch (CancellationException e) {
                throw new IllegalStateException("a boot was cancelled although none had failed", e);
            } finally {
                pool.shutdownNow();
                futures.forEach(future -> future.cancel(true));
            }
        }
    }

    static BootOutcome.Completed completedOr(int number, BootOutcome outcome)
            throws CampaignException {
        return switch (outcome) {
            case BootOutcome.Completed completed -> completed;
            case BootOutcome.Failed failed -> throw new CampaignException(number, failed);
        };
    }
}
