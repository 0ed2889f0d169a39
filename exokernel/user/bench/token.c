/* SPDX-License-Identifier: MIT
 * Benchmarks of passing capabilities on: to another environment, and as tokens. */
#include "exo.h"

enum { BITS = 64 };
#define SHARED 0x11000000ul

/* Derive params[0] capabilities for one page. The page's own capability, or 0. */
static cap_id_t hold(struct fp_run *run)
{
    const int64_t page = exo_alloc_page(EXO_ANY);

    for (uint64_t i = 1; i < run->entry->params[0]; i++) {
        if (exo_derive((cap_id_t)page, EXO_RIGHTS_ALL) < 0) {
            fp_give_up(run, FP_NO_MEMORY, "not so many capabilities");
            return 0;
        }
    }
    return (cap_id_t)page;
}

/* Check that there is one capability more than before, and that it can be given up. */
static void check_gained(struct fp_run *run, int64_t before, int64_t id)
{
    fp_check(run,
             id > 0 && exo_info(EXO_INFO_CAPS) == before + 1 && exo_cap_drop((cap_id_t)id) == FB_OK,
             "no capability came of it");
}

int64_t bench_export(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    const cap_id_t page = hold(run);
    struct exo_cap token;
    int64_t status = -1;

    (void)b;
    while (fp_next(run)) {
        token = (struct exo_cap){ 0 };
        FP_TIMED(run, i, status, exo_cap_export, page, RW, &token);
        fp_check(run, status == FB_OK && token.id == page && exo_cap_verify(&token) == RW,
                 "no genuine token came out");
    }
    return 0;
}

int64_t bench_verify(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    const cap_id_t page = hold(run);
    struct exo_cap token;
    int64_t rights = -1;

    (void)b;
    exo_cap_export(page, RW, &token);
    while (fp_next(run)) {
        FP_TIMED(run, i, rights, exo_cap_verify, &token);
        fp_check(run, rights == RW, "a genuine token was refused");
    }
    return 0;
}

int64_t bench_verify_forged(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    const cap_id_t page = (cap_id_t)exo_alloc_page(EXO_ANY);
    struct exo_cap token;
    int64_t rights = 0;

    (void)b;
    exo_cap_export(page, RW, &token);
    token.seal ^= 1ul << (run->entry->params[0] - 1) % BITS;
    while (fp_next(run)) {
        FP_TIMED(run, i, rights, exo_cap_verify, &token);
        fp_check(run, rights == FB_EFORGED, "a forged token was accepted");
    }
    return 0;
}

int64_t bench_import(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    const cap_id_t page = hold(run);
    struct exo_cap token;
    int64_t id = -1;

    (void)b;
    lib_single(run);
    exo_cap_export(page, RW, &token);
    while (fp_next(run)) {
        const int64_t caps = exo_info(EXO_INFO_CAPS);
        FP_TIMED(run, i, id, exo_cap_import, &token);
        check_gained(run, caps, id);
    }
    return 0;
}

int64_t bench_derive(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    const cap_id_t page = hold(run);
    int64_t id = -1;

    (void)b;
    lib_single(run);
    while (fp_next(run)) {
        const int64_t caps = exo_info(EXO_INFO_CAPS);
        FP_TIMED(run, i, id, exo_derive, page, RW);
        check_gained(run, caps, id);
    }
    return 0;
}

int64_t bench_drop(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    const cap_id_t page = hold(run);
    int64_t status = -1;

    (void)b;
    lib_single(run);
    while (fp_next(run)) {
        const cap_id_t id = (cap_id_t)exo_derive(page, RW);
        const int64_t caps = exo_info(EXO_INFO_CAPS);
        FP_TIMED(run, i, status, exo_cap_drop, id);
        fp_check(run,
                 status == FB_OK && exo_info(EXO_INFO_CAPS) == caps - 1
                     && exo_cap_drop(id) == FB_ESTALE,
                 "the capability is still there");
        if (run->twin)
            exo_cap_drop(id);
    }
    return 0;
}

/* Derive capabilities for another environment, whose label differs from ours. */
int64_t bench_grant(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    const uint64_t count = run->entry->params[0];
    const cap_id_t env = (cap_id_t)lib_create(0);
    cap_id_t page[EXO_GRANT_MAX], ids[EXO_GRANT_MAX];
    int64_t status = -1;

    (void)b;
    lib_single(run);
    exo_env_label(env, LEVEL_STANDARD, 1);
    for (uint64_t i = 0; i < count; i++)
        page[i] = (cap_id_t)exo_alloc_page(EXO_ANY);
    while (fp_next(run)) {
        for (uint64_t i = 0; i < count; i++)
            ids[i] = page[i];
        FP_TIMED(run, i, status, exo_grant, env, ids, count, RW);
        fp_check(run, status == FB_OK && exo_unmap(env, ids[count - 1]) == FB_EINVALID,
                 "the other environment does not have it, not mapped");
        for (uint64_t i = 0; i < count; i++)
            exo_revoke(page[i], 0);
    }
    return 0;
}

/* Receives capabilities, notes the time of each, and gives it up; b: the page for notes. */
int64_t sink_capability(uint64_t a, uint64_t b)
{
    volatile uint64_t *note = (uint64_t *)b;
    struct exo_from from;
    uint64_t word[4];

    (void)a;
    for (;;) {
        const int64_t n = exo_recv_from(0, word, sizeof word, EXO_FOREVER, &from);
        note[0] = FP_CLOCK_AND_MARK(FP_MARK_ARRIVE);
        note[1] = n == sizeof *word ? word[0] : 0;
        note[2] = exo_cap_drop(from.capability) == FB_OK;
        note[3] = 1;
    }
}

/* One direction, for a word and a capability: from before the send to after the receive. */
int64_t bench_send_cap(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    volatile uint64_t *note = (uint64_t *)SHARED;
    const cap_id_t shared = lib_page(SHARED, RW), page = hold(run), env = (cap_id_t)lib_create(b);
    uint64_t word = 0;

    if (lib_share(env, shared, SHARED, RW) || lib_start(env, PROGRAM_sink_capability, 0, SHARED)
        || run->batch != 1)
        fp_give_up(run, FP_NO_MEMORY, "the other side did not start, or a batch");
    exo_yield_to(0); /* until it waits */
    while (fp_next(run)) {
        const bool skip = run->leave_out;
        exo_yield_to(0);
        word = run->repetition;
        note[0] = note[1] = note[2] = note[3] = 0;
        fp_keep(run, LIB_ONE_WAY(skip, note, exo_send_cap, env, &word, sizeof word, page));
        for (; !skip && !note[3]; __builtin_ia32_pause())
            exo_yield_to(0);
        fp_check(run, note[1] == word && note[2], "word and capability did not arrive");
    }
    return 0;
}

/* Take back at once params[0] capabilities that were derived from one. */
int64_t bench_revoke(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    const cap_id_t page = (cap_id_t)exo_alloc_page(EXO_ANY);
    const int64_t caps = exo_info(EXO_INFO_CAPS), many = (int64_t)run->entry->params[0];
    int64_t status = -1;

    (void)b;
    lib_single(run);
    while (fp_next(run)) {
        while (exo_info(EXO_INFO_CAPS) < caps + many)
            if (exo_derive(page, RW) < 0)
                fp_give_up(run, FP_NO_MEMORY, "not so many capabilities");
        FP_TIMED(run, i, status, exo_revoke, page, 0);
        fp_check(run, status == FB_OK && exo_info(EXO_INFO_CAPS) == caps + (run->twin ? many : 0),
                 "what was derived is still there");
    }
    return 0;
}

/* Accept one capability from an environment that may only send: one comes, another does not. */
int64_t bench_accept(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    const cap_id_t page = (cap_id_t)exo_alloc_page(EXO_ANY);
    const cap_id_t sender = (cap_id_t)exo_derive(EXO_SELF, EXO_RIGHT_W);
    int64_t status = -1;

    (void)b;
    while (fp_next(run)) {
        cap_id_t id[2] = { page, page };
        FP_TIMED(run, i, status, exo_accept, 1);
        fp_check(run,
                 status == FB_OK && exo_grant(sender, id, 1, RW) == FB_OK
                     && exo_grant(sender, id + 1, 1, RW) == FB_EFULL
                     && exo_cap_drop(id[0]) == FB_OK,
                 "there was no room, or for more");
    }
    return 0;
}

/* Makes short system calls forever and counts them in page b. Each takes the kernel's lock. */
int64_t contend(uint64_t a, uint64_t b)
{
    volatile uint64_t *count = (uint64_t *)b;

    (void)a;
    for (;; ++*count)
        if (exo_accept(0) == FB_OK)
            __builtin_ia32_pause();
}

/* The same call while another processor makes it, too. */
int64_t bench_contended(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    volatile uint64_t *count = (uint64_t *)SHARED;
    const cap_id_t shared = lib_page(SHARED, RW), env = (cap_id_t)lib_create(b);
    int64_t status = -1;

    if (lib_share(env, shared, SHARED, RW) || lib_start(env, PROGRAM_contend, 0, SHARED))
        fp_give_up(run, FP_NO_MEMORY, "the other side did not start");
    while (fp_next(run)) {
        const uint64_t before = *count;
        while (*count == before)
            __builtin_ia32_pause();
        const uint64_t during = *count;
        FP_TIMED(run, i, status, exo_accept, 0);
        while (*count == during)
            __builtin_ia32_pause();
        fp_check(run, status == FB_OK, "the call did not return 0");
    }
    return 0;
}
