/* SPDX-License-Identifier: MIT
 * The scheduler. It runs on its own stack, and never returns: it continues with a job. Nothing
 * interrupts it but its own timer, which only notes itself then. Each pass is O(tasks). */
#include "rt.h"

/* A job has arrived: it waits behind those of its task. */
static void release(struct rt *rt, uint64_t number)
{
    struct rt_thread *thread = &rt->thread[rt->job[number].task];

    if (thread->count == RT_WAITING) {
        rt->failed = 1;
        return;
    }
    thread->waiting[(thread->first + thread->count++) % RT_WAITING] = number;
}

/* Let the first waiting job of a task be the one that runs next in its thread. */
static void prepare(struct rt *rt, struct rt_thread *thread)
{
    const struct rt_job *job = &rt->job[thread->waiting[thread->first]];

    thread->key = rt->policy == RT_FIXED ? ~thread->task->priority
                                         : job->arrival + thread->task->deadline;
}

/* The first job of the thread has ended. */
static void retire(struct rt_thread *thread)
{
    thread->first = (thread->first + 1) % RT_WAITING;
    thread->count--;
    thread->started = thread->ended = false;
    thread->ceiling = 0;
}

/* The job that ran has used its budget. */
static void end(struct rt *rt, struct rt_thread *thread, uint64_t now)
{
    struct rt_result *result = &rt->result[thread->waiting[thread->first]];

    result->end = now - rt->base;
    result->status = RT_OVERRUN;
    retire(thread);
}

/* Take away the job that ran if it has ended, and end it if its budget is used up. Else charge it;
 * what the interrupt took, other jobs have to bear. */
static void charge(struct rt *rt, uint64_t now, bool spent)
{
    struct rt_thread *thread = rt->running;
    const uint64_t used = now - rt->since;

    rt->running = NULL;
    if (!thread)
        return;
    if (thread->ended) {
        retire(thread);
    } else if (spent) {
        end(rt, thread, now);
    } else {
        const uint64_t charged = used > rt->allowance ? used - rt->allowance : 0;
        thread->left = charged < thread->left ? thread->left - charged : 1;
    }
}

/* The thread whose job is the most urgent of those that have started or may start; NULL: none. */
static struct rt_thread *choose(struct rt *rt)
{
    struct rt_thread *best = NULL;
    uint64_t ceiling = 0;

    for (uint64_t i = 0; i < rt->count; i++)
        if (rt->thread[i].ceiling > ceiling)
            ceiling = rt->thread[i].ceiling;
    rt->withheld = 0;
    for (uint64_t i = 0; i < rt->count; i++) {
        struct rt_thread *thread = &rt->thread[i];
        if (!thread->count)
            continue;
        if (!thread->started) {
            if (thread->task->level <= ceiling) {
                rt->withheld = 1;
                continue;
            }
            prepare(rt, thread);
        }
        if (!best || thread->key < best->key)
            best = thread;
    }
    return best;
}

/* Nothing is ready. Wait without upcalls, so that an event before the wait is not lost, and that
 * one that ends it interrupts who else runs here. */
static void idle(struct rt *rt)
{
    const uint64_t until = rt->base + rt->job[rt->next].release;

    exo_irq_upcall(rt->line, false);
    exo_timer_set(rt->line, until);
    while (fp_time() < until)
        exo_irq_wait(rt->line, EXO_FOREVER);
    rt->armed = 0;
    exo_irq_upcall(rt->line, true);
}

/* Let a job begin at the top of its thread's stack. */
static void begin(struct rt *rt, struct rt_thread *thread)
{
    const uint64_t place = (uint64_t)(thread - rt->thread);

    thread->started = true;
    thread->left = thread->task->budget;
    thread->registers.word[4] = RT_STACKS + place * 2 * FB_PAGE_SIZE + FB_PAGE_SIZE - 8;
    thread->registers.word[6] = thread->waiting[thread->first];
    thread->registers.word[7] = (uint64_t)thread;
    thread->registers.word[16] = (uint64_t)rt_job;
    thread->registers.word[17] = 0x202;
}

/* Let the timer fire at the next release, or when the job's budget ends. */
static void arm(struct rt *rt, const struct rt_thread *thread)
{
    const uint64_t next = rt->next < rt->jobs ? rt->base + rt->job[rt->next].release : ~0ul;
    const uint64_t end = fp_time() + thread->left;
    const uint64_t until = end < next ? end : next;

    rt->for_budget = end < next;
    if (until == rt->armed)
        return;
    rt->armed = until;
    exo_timer_set(rt->line, until);
}

_Noreturn void rt_schedule(void)
{
    struct rt *rt = RT;

    for (;;) {
        rt->again = 0;
        const uint64_t now = fp_time();
        const bool fired = rt->armed <= now;
        charge(rt, now, fired && rt->armed && rt->for_budget);
        rt->armed = fired ? 0 : rt->armed;
        while (rt->next < rt->jobs && rt->base + rt->job[rt->next].release <= now)
            release(rt, rt->next++);
        struct rt_thread *best = choose(rt);
        if (!best) {
            if (rt->next == rt->jobs || rt->failed)
                rt_finish();
            idle(rt);
            continue;
        }
        if (!best->started)
            begin(rt, best);
        arm(rt, best);
        rt->running = best;
        rt->current = &best->registers;
        rt->since = fp_time();
        rt_resume();
    }
}
