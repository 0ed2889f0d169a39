package org.feuerprobe.harness;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.feuerprobe.campaign.Interleaving;
import org.feuerprobe.guest.Target;

/** The results of two campaigns whose boots took turns: A B B A A B B A …. */
public record Interleaved<R>(R base, R now) {
    /** One of the campaigns, which runs on the given target. */
    @FunctionalInterface
    public interface Half<R> {
        R run(Target booted) throws LabException, InterruptedException;
    }

    /** Runs both; {@code parallel} boots at the same time. */
    public static <R> Interleaved<R> run(
            Target base, Half<R> onBase, Target now, Half<R> onNow, int parallel)
            throws LabException, InterruptedException {
        Interleaving turns = new Interleaving(parallel);
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            Future<R> before =
                    pool.submit(() -> {
                        try {
                            return onBase.run(turns.first(base));
                        } finally {
                            turns.firstEnded();
                        }
                    });
            Future<R> after =
                    pool.submit(() -> {
                        try {
                            return onNow.run(turns.second(now));
                        } finally {
                            turns.secondEnded();
                        }
                    });
            try {
                return new Interleaved<>(result(before), result(after));
            } finally {
                pool.shutdownNow();
            }
        }
    }

    private static <R> R result(Future<R> campaign) throws LabException, InterruptedException {
        try {
            return campaign.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LabException known) {
                throw known;
            }
            if (e.getCause() instanceof InterruptedException) {
                throw new InterruptedException();
            }
            throw new IllegalStateException("a campaign ended in an unforeseen way", e.getCause());
        }
    }
}
