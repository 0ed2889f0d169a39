/* SPDX-License-Identifier: MIT
 * What a job does: it computes, and holds resources. */
#include "rt.h"

static void burn(uint64_t instructions) { rt_burn(instructions / 2); }

/* No task below the ceiling starts a job from here on. O(1), no crossing. */
static void enter(struct rt_thread *thread, uint64_t ceiling)
{
    __atomic_store_n(&thread->ceiling, ceiling, __ATOMIC_SEQ_CST);
}

/* If a job was withheld meanwhile, it may run now. */
static void leave(struct rt_thread *thread)
{
    __atomic_store_n(&thread->ceiling, 0, __ATOMIC_SEQ_CST);
    if (__atomic_load_n(&RT->withheld, __ATOMIC_SEQ_CST))
        rt_yield();
}

/* The first function of each job. */
_Noreturn void rt_job(struct rt_thread *thread, uint64_t number)
{
    const struct rt_task *task = thread->task;
    const uint64_t cost = RT->job[number].cost;
    struct rt_result *result = &RT->result[number];
    uint64_t done = 0;

    result->start = fp_time() - RT->base;
    for (uint64_t i = 0; i < task->sections && task->section[i].at < cost; i++) {
        const struct rt_section *section = &task->section[i];
        const uint64_t end = section->at + section->length;
        burn(section->at - done);
        enter(thread, section->ceiling);
        done = end < cost ? end : cost;
        burn(done - section->at);
        leave(thread);
    }
    burn(cost - done);
    result->end = fp_time() - RT->base;
    result->status = RT_DONE;
    __atomic_store_n(&thread->ended, true, __ATOMIC_SEQ_CST);
    rt_done();
}
