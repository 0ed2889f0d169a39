/* SPDX-License-Identifier: MIT
 * Benchmarks of vector time: local event, send, receive and comparison over the number of
 * domains N_dom. Hot caches, ring 0. Each repetition draws new counts, and computes the
 * expected result before.
 *
 * Expected: constant for a local event, a + b N_dom for the others. */
#include "bench.h"

#include "vtime.h"

#include <feuerbird/errors.h>

enum { COUNTS = 1000 };

static struct vector_time *ours, *theirs;
static uint64_t *expected;
static uint32_t n;

static bool set_up(struct fp_run *run)
{
    n = (uint32_t)run->entry->params[0];
    arena_reset();
    ours = arena_take(run, vt_bytes(n));
    theirs = arena_take(run, vt_bytes(n));
    expected = arena_take(run, n * sizeof *expected);
    if (!ours || !theirs || !expected)
        return false;
    vt_init(ours, n, (uint32_t)fp_random(run, n));
    vt_init(theirs, n, (uint32_t)fp_random(run, n));
    return true;
}

static void draw(struct fp_run *run, struct vector_time *time)
{
    for (uint32_t i = 0; i < n; i++)
        time->count[i] = bench_bits(run) % COUNTS;
}

static bool as_expected(const struct vector_time *time)
{
    for (uint32_t i = 0; i < n; i++)
        if (time->count[i] != expected[i])
            return false;
    return true;
}

void bench_vt_local_event(struct fp_run *run)
{
    int status = 0;

    if (!set_up(run))
        return;
    while (fp_next(run)) {
        draw(run, ours);
        for (uint32_t i = 0; i < n; i++)
            expected[i] = ours->count[i] + (i == ours->self ? run->batch : 0);
        FP_TIMED(run, i, status, vt_local_event, ours);
        fp_check(run, status == FB_OK && as_expected(ours),
                 "not one event more of our own and nothing else");
    }
}

void bench_vt_send(struct fp_run *run)
{
    int status = 0;

    if (!set_up(run))
        return;
    while (fp_next(run)) {
        draw(run, ours), draw(run, theirs);
        for (uint32_t i = 0; i < n; i++)
            expected[i] = ours->count[i] + (i == ours->self ? run->batch : 0);
        FP_TIMED(run, i, status, vt_send, ours, theirs);
        fp_check(run,
                 status == FB_OK && as_expected(ours) && as_expected(theirs)
                     && theirs->self == ours->self,
                 "the stamp is not the sender's time");
    }
}

void bench_vt_receive(struct fp_run *run)
{
    int status = 0;

    if (!set_up(run))
        return;
    while (fp_next(run)) {
        draw(run, ours), draw(run, theirs);
        ours->count[ours->self] = COUNTS + fp_random(run, COUNTS);
        for (uint32_t i = 0; i < n; i++) {
            expected[i] = ours->count[i];
            if (expected[i] < theirs->count[i])
                expected[i] = theirs->count[i];
        }
        expected[ours->self] += run->batch;
        FP_TIMED(run, i, status, vt_receive, ours, theirs);
        fp_check(run, status == FB_OK && as_expected(ours),
                 "not the maximum of both and one event more");
    }
}

static bool slow_lt(void)
{
    bool less = false;

    for (uint32_t i = 0; i < n; i++) {
        if (ours->count[i] > theirs->count[i])
            return false;
        less = less || ours->count[i] < theirs->count[i];
    }
    return less;
}

/* Draw ours below theirs, equal, or above in one place: each in a third of the cases. */
static void draw_pair(struct fp_run *run)
{
    const uint64_t kind = fp_random(run, 3);

    draw(run, theirs);
    for (uint32_t i = 0; i < n; i++)
        ours->count[i] = kind == 1 ? theirs->count[i] : bench_bits(run) % (theirs->count[i] + 1);
    if (kind == 2)
        ours->count[fp_random(run, n)] = COUNTS;
}

void bench_vt_lt(struct fp_run *run)
{
    uint8_t before = 0;

    if (!set_up(run))
        return;
    while (fp_next(run)) {
        draw_pair(run);
        FP_TIMED(run, i, before, vt_lt, ours, theirs);
        fp_check(run, before == slow_lt(), "the order of the two is wrong");
    }
}
