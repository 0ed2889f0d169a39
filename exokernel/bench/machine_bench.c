/* SPDX-License-Identifier: MIT
 * Benchmarks of the processor, in ring 0: from a deadline to its handler, and interrupts to a
 * CPU. */
#include "bench.h"

#include "cpu.h"
#include "x86.h"

enum { AHEAD = 5000 };

static volatile uint64_t noted;

static void note_time(struct timer *timer)
{
    (void)timer;
    noted = FP_CLOCK_AND_MARK(FP_MARK_END);
}

/* How late the kernel's handler begins while this CPU computes. */
void bench_timer_ring0(struct fp_run *run)
{
    static struct timer timer;

    if (run->batch != 1)
        fp_give_up(run, FP_OUT_OF_RANGE, "batch: 1");
    fp_wants_clock(run);
    while (fp_next(run)) {
        noted = 0;
        if (run->leave_out) {
            fp_keep_unreached(run);
            continue;
        }
        const uint64_t deadline = fp_clock() + AHEAD;
        timer_set(&timer, this_cpu(), deadline, note_time);
        __asm__ volatile("sti" : : : "memory");
        while (!noted)
            FP_MARK(FP_MARK_BEGIN); /* counting begins in the interrupted turn */
        __asm__ volatile("cli" : : : "memory");
        fp_keep(run, noted - deadline);
        fp_check(run, noted >= deadline, "the handler was too early");
    }
}

static uint64_t echo(struct cpu *cpu)
{
    const uint64_t before = cpu->echoes;

    apic_send(cpu, VECTOR_ECHO);
    while (cpu->echoes == before)
        x86_pause();
    return cpu->echoes - before;
}

/* An interrupt to an idle CPU, until its handler's answer is seen. */
void bench_ipi(struct fp_run *run)
{
    uint64_t seen = 0;

    while (fp_next(run)) {
        FP_TIMED(run, i, seen, echo, &cpus[1]);
        fp_check(run, seen == 1, "the other CPU did not answer once");
    }
}

/* Take the kernel's lock and release it. Returns the word as it was in between. */
static uint32_t lock_once(volatile uint32_t *word)
{
    kernel_lock();
    const uint32_t held = *word;
    kernel_unlock();
    return held;
}

void bench_spinlock(struct fp_run *run)
{
    uint32_t held = 0;

    while (fp_next(run)) {
        FP_TIMED(run, i, held, lock_once, &kernel_lock_word);
        fp_check(run, held == 1 && kernel_lock_word == 0, "the lock was not held, or is");
    }
}
