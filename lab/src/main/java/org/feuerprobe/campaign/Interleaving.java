package org.feuerprobe.campaign;

import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.feuerprobe.guest.BootOutcome;
import org.feuerprobe.guest.Target;
import org.feuerprobe.plan.Plan;

/**
 * Interleaves the boots of two campaigns on two targets. Boots start in the order A B B A A B B A
 * …, so that drift affects both targets alike. Each campaign runs in a thread of its own, on a
 * target from {@link #first} or {@link #second}, and needs to know nothing of the other one.
 */
public final class Interleaving {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Semaphore running;
    private final boolean[] ended = new boolean[2];
    private int turn;
    private boolean taken;

    /** Allows {@code parallel} boots at the same time; use 1 if boots are timed. */
    public Interleaving(int parallel) {
        this.running = new Semaphore(parallel, true);
    }

    /** The first target, A. */
    public Target first(Target target) {
        return new InTurn(target, 0);
    }

    /** The second target, B. */
    public Target second(Target target) {
        return new InTurn(target, 1);
    }

    /** Reports that the campaign on A has ended, so that B no longer waits for it. */
    public void firstEnded() {
        end(0);
    }

    /** Reports that the campaign on B has ended, so that A no longer waits for it. */
    public void secondEnded() {
        end(1);
    }

    private void end(int side) {
        lock.lock();
        try {
            ended[side] = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The side whose turn it is: A B B A, repeated. */
    private static int sideOf(int turn) {
        return turn % 4 == 0 || turn % 4 == 3 ? 0 : 1;
    }

    /** Waits until this side may boot: for its turn, and for a free place. */
    private void begin(int side) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (taken || (sideOf(turn) != side && !ended[1 - side])) {
                changed.await();
            }
            taken = true; // the other side must not overtake while this one waits for a place
        } finally {
            lock.unlock();
        }
        boolean granted = false;
        try {
            running.acquire();
            granted = true;
        } finally {
            release(granted);
        }
    }

    private void release(boolean granted) {
        lock.lock();
        try {
            taken = false;
            turn += granted ? 1 : 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private final class InTurn implements Target {
        private final Target target;
        private final int side;

        InTurn(Target target, int side) {
            this.target = target;
            this.side = side;
        }

        @Override
        public String name() {
            return target.name();
        }

        @Override
        public String metric() {
            return target.metric();
        }

        @Override
        public boolean exact() {
            return target.exact();
        }

        @Override
        public Plan adapt(Plan plan) throws InterruptedException {
            running.acquire();
            try {
                return target.adapt(plan);
            } finally {
                running.release();
            }
        }

        @Override
        public BootOutcome boot(Plan plan, int number, Progress progress)
                throws InterruptedException {
            begin(side);
            try {
                return target.boot(plan, number, progress);
            } finally {
                running.release();
            }
        }
    }
}
