/* SPDX-License-Identifier: MIT
 * Real-time scheduling in ring 3: fixed priorities and earliest deadline first, over one timer line
 * with upcalls. Jobs are threads of one environment, so a switch needs no crossing; the kernel only
 * delivers the timer. A job that has used its budget is ended. */
#ifndef FEUERBIRD_RT_H
#define FEUERBIRD_RT_H

#include "exo.h"
#include "layout.h"

enum { RT_TASKS = 32, RT_SECTIONS = 4, RT_WAITING = 64 };

/* The plan, which is the boot's module. All words are 64 bits.
 *
 *   head | task … | (count of jobs | job …) for each run */
struct rt_head {
    char magic[8];                         /* RT_MAGIC */
    uint64_t policy, tasks, runs, results; /* results: jobs of the longest run */
    uint64_t allowance, adversary;
};
#define RT_MAGIC "FBRT0001"

enum rt_policy { RT_FIXED, RT_DEADLINE };

struct rt_section {
    uint64_t at, length, ceiling; /* the ceiling is a level */
};

struct rt_task {
    uint64_t priority; /* larger is more urgent */
    uint64_t level;    /* may start only above the ceiling of all sections that others are in */
    uint64_t deadline, budget, sections;
    struct rt_section section[RT_SECTIONS];
};

struct rt_job {
    uint64_t task, arrival, release, cost; /* times from the beginning of the run */
};

enum rt_status { RT_UNFINISHED, RT_DONE, RT_OVERRUN };

struct rt_result {
    uint64_t start, end, status;
};

struct rt_registers {
    uint64_t word[18];
};

/* A task's thread. Its jobs run one after the other, each from the top of its stack. */
struct rt_thread {
    struct rt_registers registers;
    const struct rt_task *task;
    uint64_t first, count; /* the jobs that wait, in a ring; the first may have started */
    uint64_t waiting[RT_WAITING];
    uint64_t key;        /* of the first job; the smallest runs */
    uint64_t left;       /* of its budget */
    uint64_t ceiling;    /* of the section that it is in; 0: none */
    bool started, ended; /* the first job: it began to run; it has nothing more to do */
};

struct rt {
    uint64_t inside, again;
    struct rt_registers *current;
    uint64_t main;
    struct rt_thread *running;
    uint64_t since;    /* when it began to run */
    uint64_t withheld; /* a ready job may not start before a section ends */
    uint64_t armed;    /* when the timer fires; 0: it has fired */
    bool for_budget;   /* it fires when the running job has used its budget */
    uint64_t base;     /* when the run began */
    uint64_t next;     /* the first job that is not released */
    uint64_t policy, count, jobs, failed;
    uint64_t allowance; /* what an interrupt takes from the budget of a job, and is given back */
    cap_id_t line;
    const struct rt_job *job;
    struct rt_result *result;
    struct rt_thread thread[RT_TASKS];
};

_Static_assert(offsetof(struct rt, inside) == RT_INSIDE && offsetof(struct rt, again) == RT_AGAIN
                   && offsetof(struct rt, current) == RT_CURRENT
                   && offsetof(struct rt, main) == RT_MAIN,
               "user/rt/enter.S");
_Static_assert(RT_RIP == 16 * 8 && sizeof(struct rt_registers) == RT_FLAGS + 8, "user/rt/enter.S");

#define RT ((struct rt *)RT_STATE)

/* user/rt/enter.S */
void rt_upcall(void);
void rt_begin(void);               /* runs the scheduler; returns when all jobs have ended */
_Noreturn void rt_finish(void);    /* lets rt_begin return */
_Noreturn void rt_resume(void);    /* continues with RT->current */
_Noreturn void rt_done(void);      /* a job has ended */
void rt_yield(void);               /* a section has ended that withheld a job */
void rt_burn(uint64_t iterations); /* two instructions each */
/* user/rt/schedule.c */
_Noreturn void rt_schedule(void);
/* user/rt/job.c */
_Noreturn void rt_job(struct rt_thread *thread, uint64_t number);
/* user/rt/run.c */
bool rt_wanted(void);
int64_t rt_run(uint64_t a, uint64_t b);

#endif
