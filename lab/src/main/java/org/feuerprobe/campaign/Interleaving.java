package org.feuerprobe.campaign;

import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.feuerprobe.guest.BootOutcome;
import org.feuerprobe.guest.Target;
import org.feuerprobe.plan.Plan;

/**
 * Makes two campaigns on two targets take turns: boots begin in the order A B B A A B B A …, so
 * that whatever drifts with time meets both alike. Each campaign runs as it would alone, in a
 * thread of its own, on the target that it is handed here.
 */
public final class Interleaving {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Semaphore running;
    private final boolean[] ended = new boolean[2];
    private int turn;
    private boolean taken;

    /** {@code parallel} boots run at the same time: one, where they are timed. */
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

    /** The campaign on A has ended, well or not: B needs not wait for it any more. */
    public void firstEnded() {
        end(0);
    }

    /** The same for B. */
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

    /** A B B A, again and again. */
    private static int sideOf(int turn) {
        return turn % 4 == 0 || turn % 4 == 3 ? 0 : 1;
    }

    /** Waits for this side's turn and for room to run; whoever returns may boot. */
    private void begin(int side) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (taken || (sideOf(turn) != side && !ended[1 - side])) {
                changed.await();
            }
            taken = true; // nobody overtakes while there is no room
        } finally {
            lock.unlock();
        }
        boolean begun = false;
        try {
            running.acquire();
            begun = true;
        } finally {
            granted(begun);
        }
    }

    private void granted(boolean begun) {
        lock.lock();
        try {
            taken = false;
            turn += begun ? 1 : 0;
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
