/* SPDX-License-Identifier: MIT
 * Benchmarks of environments: making and ending them, and switches, directed and by scheduler. */
#include "exo.h"

#define NOTE 0x11000000ul

/* Notes the time and yields back at once; a: its capability for the first environment. */
int64_t yield_back(uint64_t a, uint64_t b)
{
    volatile uint64_t *note = (uint64_t *)b;

    for (;;) {
        const uint64_t now = fp_clock();
        FP_MARK(FP_MARK_END);
        note[0] = now;
        note[1]++;
        exo_yield_to(a);
    }
}

/* Start `count` environments that yield back to us and share the page at NOTE. The capability of
 * the last one, or 0. */
static cap_id_t crowd(struct fp_run *run, uint64_t count, cap_id_t note)
{
    int64_t env = 0;

    for (uint64_t i = 0; i < count; i++) {
        env = lib_create(0);
        const cap_id_t back = env > 0 ? lib_give((cap_id_t)env, EXO_SELF, EXO_RIGHT_X) : 0;
        if (!back || lib_share((cap_id_t)env, note, NOTE, RW)
            || lib_start((cap_id_t)env, PROGRAM_yield_back, back, NOTE)) {
            fp_give_up(run, FP_NO_MEMORY, "not so many environments");
            return 0;
        }
    }
    return (cap_id_t)env;
}

/* One switch: from before our call to the first instruction of the other after its call. */
static int64_t one_switch(struct fp_run *run, bool directed)
{
    volatile uint64_t *note = (uint64_t *)NOTE;
    const cap_id_t page = lib_page(NOTE, RW);
    const uint64_t others = run->entry->params[0] - 1;
    const cap_id_t last = crowd(run, others, page);
    const cap_id_t target = directed ? last : 0;

    if (!last)
        return 0;
    for (uint64_t i = 0; i <= others; i++)
        exo_yield_to(0);
    exo_yield_to(last);
    while (fp_next(run)) {
        const bool skip = run->leave_out;
        const uint64_t before = note[1];
        uint64_t total = 0;
        for (uint32_t i = 0; i < run->batch; i++) {
            FP_MARK(FP_MARK_BEGIN);
            const uint64_t from = fp_clock();
            FP_CALL(skip, exo_yield_to, target);
            const uint64_t back = fp_clock();
            FP_MARK(FP_MARK_END); /* of the twin: the other environment ended the region before */
            total += (skip ? back : note[0]) - from;
        }
        fp_keep(run, total);
        fp_check(run, note[1] == before + run->batch, "the other environment did not run once");
    }
    return 0;
}

int64_t bench_yield(uint64_t a, uint64_t b)
{
    (void)b;
    return one_switch((struct fp_run *)a, true);
}

/* The scheduler chooses an environment, which comes back by a directed yield. */
int64_t bench_schedule(uint64_t a, uint64_t b)
{
    (void)b;
    return one_switch((struct fp_run *)a, false);
}

/* Notes the time when it runs, and sends to us, who are blocked. */
int64_t wake_back(uint64_t a, uint64_t b)
{
    volatile uint64_t *note = (uint64_t *)NOTE;

    (void)b;
    for (;;) {
        const uint64_t now = fp_clock();
        FP_MARK(FP_MARK_END);
        note[0] = now;
        note[1]++;
        exo_send(a, NULL, 0);
    }
}

/* A switch because the running environment blocks: from before its receive to the other. */
int64_t bench_blocked(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    volatile uint64_t *note = (uint64_t *)NOTE;
    const cap_id_t page = lib_page(NOTE, RW), env = (cap_id_t)lib_create(0);
    const cap_id_t back = lib_give(env, EXO_SELF, EXO_RIGHT_W);

    (void)b;
    if (!back || lib_share(env, page, NOTE, RW) || lib_start(env, PROGRAM_wake_back, back, 0))
        fp_give_up(run, FP_NO_MEMORY, "the other side did not start");
    for (int i = 0; i < 4; i++)
        exo_recv(0, NULL, 0);
    while (fp_next(run)) {
        const bool skip = run->leave_out;
        const uint64_t before = note[1];
        uint64_t total = 0;
        for (uint32_t i = 0; i < run->batch; i++) {
            FP_MARK(FP_MARK_BEGIN);
            const uint64_t from = fp_clock();
            FP_CALL(skip, exo_recv, 0, NULL, 0);
            const uint64_t back = fp_clock();
            FP_MARK(FP_MARK_END); /* of the twin: the other environment ended the region before */
            total += (skip ? back : note[0]) - from;
        }
        fp_keep(run, total);
        fp_check(run, note[1] == before + run->batch, "the other environment did not run once");
    }
    return 0;
}

/* Make an environment with room for params[0] capabilities, or end it. */
static int64_t make_or_end(struct fp_run *run, bool make)
{
    const uint64_t capabilities = run->entry->params[0];
    int64_t env = exo_env_alloc(0, capabilities), status = -1;

    lib_single(run);
    exo_env_destroy((cap_id_t)env); /* now the kernel's page tables exist, and stay */
    while (fp_next(run)) {
        const int64_t caps = exo_info(EXO_INFO_CAPS), pages = exo_info(EXO_INFO_FREE);
        if (make) {
            env = 0;
            FP_TIMED(run, i, env, exo_env_alloc, 0, capabilities);
        } else {
            env = exo_env_alloc(0, capabilities);
            FP_TIMED(run, i, status, exo_env_destroy, (cap_id_t)env);
        }
        if (run->twin) {
            exo_env_destroy((cap_id_t)(make ? 0 : env));
        } else if (make) {
            fp_check(run,
                     env > 0 && exo_info(EXO_INFO_CAPS) == caps + 1
                         && exo_env_destroy((cap_id_t)env) == FB_OK,
                     "there is no environment");
        } else {
            fp_check(run,
                     status == FB_OK && exo_info(EXO_INFO_CAPS) == caps
                         && exo_info(EXO_INFO_FREE) == pages,
                     "the environment is still there");
        }
    }
    return 0;
}

/* Give a page to the account of another environment. */
int64_t bench_account(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    const cap_id_t env = (cap_id_t)exo_env_alloc(0, 1);
    const uint64_t pages = EXO_INFO_ACCOUNT + EXO_ACCOUNT_PAGES;
    int64_t status = exo_account(env, EXO_ACCOUNT_PAGES, 0);

    (void)b;
    while (fp_next(run)) {
        const int64_t before = exo_info(pages);
        FP_TIMED(run, i, status, exo_account, env, EXO_ACCOUNT_PAGES, 1);
        fp_check(run, status == FB_OK && exo_info(pages) == before - run->batch,
                 "the page did not leave one's own account");
    }
    return 0;
}

int64_t bench_env_alloc(uint64_t a, uint64_t b)
{
    (void)b;
    return make_or_end((struct fp_run *)a, true);
}

int64_t bench_env_destroy(uint64_t a, uint64_t b)
{
    (void)b;
    return make_or_end((struct fp_run *)a, false);
}
