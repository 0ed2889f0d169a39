/* SPDX-License-Identifier: MIT
 * Nobody takes what belongs to others: the processor by timers, interrupts or yields, or memory by
 * environments that have ended. */
#include "test.h"

enum { SLICE = 2000000, MOST = SLICE / 100 * 97, SOON = 2000, TIME = 20 * SLICE, TRIES = 40 };
enum { AT_VICTIM, AT_HOG, AT_WAKES, COUNTS };

/* How a hog gives up the CPU at the end of its slice, and comes back. */
enum {
    YIELDS,   /* it does nothing else */
    WAKES,    /* a timer wakes another, which interrupts the victim */
    FIRES,    /* the same, by a line that software fires */
    WAITS,    /* a timer wakes itself */
    HANDLES,  /* a timer enters its handler */
    AT_END,   /* software wakes another, again and again about when the slice ends */
    IN_TURNS, /* it gives the CPU to another, which yields */
    WAYS,
    SECOND /* what that other one does */
};

/* Count for so long. All count by the same steps. */
static void count_for(uint64_t ticks, uint64_t at)
{
    volatile uint64_t *count = (uint64_t *)SHARED + at;

    for (const uint64_t from = fp_time(); fp_time() - from < ticks;)
        ++*count;
}

int64_t share_victim(uint64_t a, uint64_t b)
{
    (void)a, (void)b;
    for (;;)
        count_for(PATIENCE, AT_VICTIM);
}

int64_t share_waiter(uint64_t line, uint64_t b)
{
    volatile uint64_t *count = (uint64_t *)SHARED;

    (void)b;
    for (;; count[AT_WAKES]++)
        exo_irq_wait(line, EXO_FOREVER);
}

/* The hog's own line, whose capability is the first word of its upcall stack. */
static void spin_and_set(uint64_t cause, uint64_t value, uint64_t detail)
{
    (void)cause, (void)value, (void)detail;
    ++*(volatile uint64_t *)(SHARED + 8 * AT_WAKES);
    count_for(MOST, AT_HOG);
    exo_timer_set(*(cap_id_t *)STACK, fp_time() + SOON);
}

int64_t share_hog(uint64_t way, uint64_t id)
{
    cap_id_t line = id;
    uint64_t word;

    if (way == WAITS || way == HANDLES)
        line = (cap_id_t)exo_irq_alloc(EXO_LINE_TIMER, EXO_RIGHTS_ALL);
    if (way == HANDLES) {
        lib_page(STACK, RW);
        *(cap_id_t *)STACK = line;
        lib_upcall(STACK, spin_and_set);
        exo_irq_upcall(line, true);
        exo_timer_set(line, fp_time() + SOON);
        exo_recv(0, &word, 8); /* nothing comes */
    }
    for (;;) {
        count_for(way >= IN_TURNS ? SLICE / 10 : MOST, AT_HOG);
        if (way == WAKES)
            exo_timer_set(line, fp_time() + SOON);
        else if (way == FIRES)
            exo_irq_trigger(line);
        else if (way == WAITS)
            exo_timer_set(line, fp_time() + SOON);
        else if (way == AT_END)
            for (const uint64_t from = fp_time(); fp_time() - from < SLICE / 25;)
                exo_irq_trigger(line);
        if (way == AT_END)
            continue;
        if (way == WAITS)
            ++*(volatile uint64_t *)(SHARED + 8 * AT_WAKES), exo_irq_wait(line, EXO_FOREVER);
        else
            exo_yield_to(way == IN_TURNS ? id : 0);
    }
}

/* Add what victim and hogs count in a while. */
static void share(uint64_t way, uint64_t sum[COUNTS])
{
    volatile uint64_t *count = (uint64_t *)SHARED;
    const cap_id_t page = lib_page(SHARED, RW), victim = (cap_id_t)lib_create(0);
    const cap_id_t hog = (cap_id_t)lib_create(0), other = (cap_id_t)lib_create(0);
    cap_id_t line = 0, at_hog = 0;

    lib_share(victim, page, SHARED, RW);
    lib_share(hog, page, SHARED, RW);
    lib_share(other, page, SHARED, RW);
    exo_probe(EXO_PROBE_SLICE, SLICE, 0);
    lib_start(victim, PROGRAM_share_victim, 0, 0); /* in the ring before the others */
    if (way == WAKES || way == FIRES || way == AT_END) {
        line = (cap_id_t)exo_irq_alloc(way == WAKES ? EXO_LINE_TIMER : EXO_LINE_SOFT,
                                       EXO_RIGHTS_ALL);
        at_hog = lib_give(hog, line, EXO_RIGHT_W);
        lib_start(other, PROGRAM_share_waiter, lib_give(other, line, EXO_RIGHT_R), 0);
    } else if (way == IN_TURNS) {
        at_hog = lib_give(hog, other, EXO_RIGHT_X);
        lib_start(other, PROGRAM_share_hog, SECOND, 0);
    }
    lib_start(hog, PROGRAM_share_hog, way, at_hog);
    exo_recv_timed(0, NULL, 0, fp_time() + TIME);
    for (int i = 0; i < COUNTS; i++)
        sum[i] += count[i];
    exo_env_destroy(victim), exo_env_destroy(hog), exo_env_destroy(other);
    exo_probe(EXO_PROBE_SLICE, 0, 0); /* earlier, what wakes could leave the CPU to the victim */
    if (line)
        exo_cap_drop(line);
    exo_unbind_page(page);
}

/* The victim gets as much as a hog. A busy host takes time from all of them, so only the sum of
 * some tries counts, and half of that share is enough; or two thirds, where less is stolen. Where
 * the clock counts instructions, it must be all. */
void test_shares(struct test *t)
{
    const bool exact = test_clock_is_exact();

    for (uint64_t way = YIELDS; way < WAYS; way++) {
        const uint64_t hogs = way == IN_TURNS ? 2 : 1, wakes = way == YIELDS || way == IN_TURNS;
        const uint64_t halves = exact ? 2 : way == AT_END ? 3 : 4;
        uint64_t sum[COUNTS] = { 0 };
        bool kept = false;
        for (int i = 1; i <= TRIES && !kept; i++) {
            share(way, sum);
            kept = i >= 3 && sum[AT_VICTIM] * hogs * halves >= sum[AT_HOG] * 2 && sum[AT_HOG]
                   && (sum[AT_WAKES] || wakes);
        }
        CHECK(t, kept);
        if (!kept) {
            lib_print("  way ");
            lib_number(way);
            for (int i = 0; i < COUNTS; i++)
                lib_print(" "), lib_number(sum[i]);
            lib_print("\n");
        }
    }
}

/* As many environments as there can be, with small and large tables; then all they took is free. */
void test_tables_return(struct test *t)
{
    const uint64_t sizes[] = { 1, 129, 65536 };
    cap_id_t *const env = (cap_id_t *)AREA, page[ENVIRONMENTS * sizeof *env / FB_PAGE_SIZE];
    const uint64_t pages = sizeof page / sizeof *page;

    for (uint64_t i = 0; i < pages; i++)
        page[i] = lib_page(AREA + i * FB_PAGE_SIZE, RW);
    const int64_t free = exo_info(EXO_INFO_FREE);
    for (uint64_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        uint64_t made = 0;
        int64_t made_or_error = 1;
        while (made < ENVIRONMENTS && made_or_error > 0) {
            made_or_error = exo_env_alloc(0, sizes[s]);
            env[made] = (cap_id_t)made_or_error;
            made += made_or_error > 0;
        }
        CHECK(t, made > 10 && made_or_error == (sizes[s] < 65536 ? FB_EFULL : FB_ENO_MEMORY));
        CHECK(t, exo_info(EXO_INFO_FREE) < free);
        for (uint64_t i = 0; i < made; i++)
            CHECK(t, exo_env_destroy(env[i]) == FB_OK);
        CHECK(t, exo_info(EXO_INFO_FREE) == free);
    }
    for (uint64_t i = 0; i < pages; i++)
        exo_unbind_page(page[i]);
}
