/* SPDX-License-Identifier: MIT
 * Runs the plan of jobs that is the boot's module, and prints when each job began and ended. */
#include "rt.h"

#define PLAN ((const char *)EXO_MODULE + FB_PAGE_SIZE)

enum { AHEAD = 50000, LINE = 128 };

static const struct rt_head *head(void)
{
    return (const struct rt_head *)(PLAN + ((const uint64_t *)EXO_MODULE)[1]);
}

/* Whether the module is a plan of jobs. O(1). */
bool rt_wanted(void)
{
    const uint64_t length = ((const uint64_t *)EXO_MODULE)[0];

    return length >= sizeof(struct rt_head)
           && *(const uint64_t *)head()->magic == *(const uint64_t *)RT_MAGIC;
}

/* Write a number and a character behind it. Returns the end. */
static char *number(char *at, uint64_t value, char behind)
{
    char digits[24], *p = digits + sizeof digits;

    do
        *--p = (char)('0' + value % 10);
    while (value /= 10);
    while (p < digits + sizeof digits)
        *at++ = *p++;
    *at++ = behind;
    return at;
}

static void print_results(uint64_t run, uint64_t jobs)
{
    char line[LINE];

    for (uint64_t i = 0; i < jobs; i++) {
        const struct rt_result *result = &RT->result[i];
        char *at = line;
        *at++ = 'r', *at++ = 't', *at++ = ' ';
        at = number(at, run, ' ');
        at = number(at, i, ' ');
        at = number(at, result->start, ' ');
        at = number(at, result->end, ' ');
        at = number(at, result->status, '\n');
        exo_probe(EXO_PROBE_PRINT, (uint64_t)line, (uint64_t)(at - line));
    }
}

/* Map so much memory. */
static bool memory(uint64_t address, uint64_t bytes)
{
    for (uint64_t at = 0; at < bytes; at += FB_PAGE_SIZE)
        if (!lib_page(address + at, RW))
            return false;
    return true;
}

static bool prepare(const struct rt_head *plan)
{
    if (plan->tasks > RT_TASKS || !memory(RT_STATE, sizeof(struct rt))
        || !memory(RT_STACK, RT_STACK_SIZE)
        || !memory(RT_RESULTS, plan->results * sizeof(struct rt_result)))
        return false;
    for (uint64_t i = 0; i < plan->tasks; i++)
        if (!memory(RT_STACKS + i * 2 * FB_PAGE_SIZE, FB_PAGE_SIZE))
            return false;
    const int64_t line = exo_irq_alloc(EXO_LINE_TIMER + (uint64_t)exo_info(EXO_INFO_CPU),
                                       EXO_RIGHTS_ALL);
    RT->line = (cap_id_t)line;
    return line > 0 && exo_set_upcall((const void *)rt_upcall, RT_STACK, RT_STACK_SIZE) == FB_OK
           && exo_irq_upcall(RT->line, true) == FB_OK;
}

/* Run the jobs of one run. Whether the scheduler had room for all of them. */
static bool run_jobs(const struct rt_head *plan, const struct rt_job *job, uint64_t jobs)
{
    struct rt *rt = RT;
    const struct rt_task *task = (const struct rt_task *)(plan + 1);

    for (uint64_t i = 0; i < jobs; i++)
        ((struct rt_result *)RT_RESULTS)[i] = (struct rt_result){ 0 };
    for (uint64_t i = 0; i < plan->tasks; i++) {
        rt->thread[i].task = &task[i];
        rt->thread[i].first = rt->thread[i].count = rt->thread[i].ceiling = 0;
        rt->thread[i].started = rt->thread[i].ended = false;
    }
    rt->policy = plan->policy, rt->count = plan->tasks, rt->allowance = plan->allowance;
    rt->job = job, rt->jobs = jobs, rt->result = (struct rt_result *)RT_RESULTS;
    rt->next = rt->failed = rt->again = rt->withheld = rt->armed = 0;
    rt->running = NULL;
    rt->base = fp_time() + AHEAD;
    rt_begin();
    exo_timer_set(rt->line, 0);
    return !rt->failed;
}

/* In place of the LibOS's server; `a` points to the probe's run. */
int64_t rt_run(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    const struct rt_head *plan = head();
    const uint64_t *at = (const uint64_t *)((const struct rt_task *)(plan + 1) + plan->tasks);

    (void)b;
    if (!prepare(plan)) {
        fp_give_up(run, FP_NO_MEMORY, "real time: too many tasks or jobs for the memory");
        return 0;
    }
    if (plan->adversary) {
        const cap_id_t env = (cap_id_t)lib_create(0);
        lib_start(env, PROGRAM_rt_adversary, 0, 0);
    }
    for (uint64_t i = 0; i < plan->runs; i++) {
        const uint64_t jobs = *at++;
        const bool whole = run_jobs(plan, (const struct rt_job *)at, jobs);
        print_results(i, jobs);
        fp_check(run, whole, "real time: too many jobs of a task wait");
        at += jobs * sizeof(struct rt_job) / sizeof *at;
    }
    return 0;
}
