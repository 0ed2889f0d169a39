/* SPDX-License-Identifier: MIT
 * Passing capabilities on, under the clock, from ring 3: to another environment, and as tokens. */
#include "exo.h"

enum { BITS = 64 };

/* As many capabilities for one page as the plan says, beside the page's own: that, or 0. */
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
    if (run->batch != 1)
        fp_give_up(run, FP_OUT_OF_RANGE, "batch: 1");
    exo_cap_export(page, RW, &token);
    while (fp_next(run)) {
        const int64_t caps = exo_info(EXO_INFO_CAPS);
        FP_TIMED(run, i, id, exo_cap_import, &token);
        fp_check(run, id > 0 && exo_info(EXO_INFO_CAPS) == caps + 1
                 && exo_cap_drop((cap_id_t)id) == FB_OK, "no capability came of it");
    }
    return 0;
}

int64_t bench_derive(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    const cap_id_t page = hold(run);
    int64_t id = -1;

    (void)b;
    if (run->batch != 1)
        fp_give_up(run, FP_OUT_OF_RANGE, "batch: 1");
    while (fp_next(run)) {
        const int64_t caps = exo_info(EXO_INFO_CAPS);
        FP_TIMED(run, i, id, exo_derive, page, RW);
        fp_check(run, id > 0 && exo_info(EXO_INFO_CAPS) == caps + 1
                 && exo_cap_drop((cap_id_t)id) == FB_OK, "no capability came of it");
    }
    return 0;
}

int64_t bench_drop(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    const cap_id_t page = hold(run);
    int64_t status = -1;

    (void)b;
    if (run->batch != 1)
        fp_give_up(run, FP_OUT_OF_RANGE, "batch: 1");
    while (fp_next(run)) {
        const cap_id_t id = (cap_id_t)exo_derive(page, RW);
        const int64_t caps = exo_info(EXO_INFO_CAPS);
        FP_TIMED(run, i, status, exo_cap_drop, id);
        fp_check(run, status == FB_OK && exo_info(EXO_INFO_CAPS) == caps - 1
                 && exo_cap_drop(id) == FB_ESTALE, "the capability is still there");
        if (run->twin)
            exo_cap_drop(id);
    }
    return 0;
}

/* Derive capabilities for another environment, which has a label of its own. */
int64_t bench_grant(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    const uint64_t count = run->entry->params[0];
    const cap_id_t page = (cap_id_t)exo_alloc_page(EXO_ANY), env = (cap_id_t)lib_create(0);
    cap_id_t ids[EXO_GRANT_MAX];
    int64_t status = -1;

    (void)b;
    if (run->batch != 1)
        fp_give_up(run, FP_OUT_OF_RANGE, "batch: 1");
    exo_env_label(env, LEVEL_STANDARD, 1);
    while (fp_next(run)) {
        for (uint64_t i = 0; i < count; i++)
            ids[i] = page;
        FP_TIMED(run, i, status, exo_grant, env, ids, count, RW);
        fp_check(run, status == FB_OK && exo_unmap(env, ids[count - 1]) == FB_EINVALID,
                 "the other environment does not have it, not mapped");
        exo_revoke(page, 0);
    }
    return 0;
}

/* Take back, at once, as many as the plan says that were derived from one. */
int64_t bench_revoke(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    const cap_id_t page = (cap_id_t)exo_alloc_page(EXO_ANY);
    const int64_t caps = exo_info(EXO_INFO_CAPS), many = (int64_t)run->entry->params[0];
    int64_t status = -1;

    (void)b;
    if (run->batch != 1)
        fp_give_up(run, FP_OUT_OF_RANGE, "batch: 1");
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
