/* SPDX-License-Identifier: MIT
 * Switching, preemption, interrupt lines and timers. */
#include "test.h"

enum { SLICE = 20000000 };

void test_yield(struct test *t)
{
    const cap_id_t env = test_spawn(0, PROGRAM_test_child, CHILD_SPIN, EXO_RIGHT_X);
    const cap_id_t idle = (cap_id_t)lib_create(0);
    const cap_id_t fixed = (cap_id_t)exo_derive(env, RW);

    CHECK(t, exo_yield_to(env) == FB_OK && exo_yield_to(EXO_SELF) == FB_OK);
    CHECK(t, exo_yield_to(fixed) == FB_EDENIED);
    CHECK(t, exo_yield_to(idle) == FB_EBUSY); /* not started */
    CHECK(t, exo_yield_to(12345) == FB_ESTALE);
    exo_env_destroy(env);
    exo_env_destroy(idle);
    CHECK(t, exo_yield_to(env) == FB_ESTALE && exo_yield_to(0) == FB_OK);
}

/* Two that never yield share the CPU, and one that yields gets it back. */
void test_preemption(struct test *t)
{
    volatile uint64_t *shared = (uint64_t *)SHARED;
    const cap_id_t page = lib_page(SHARED, RW), env = (cap_id_t)lib_create(0);

    lib_share(env, page, SHARED, RW);
    exo_probe(EXO_PROBE_SLICE, 100000, 0);
    lib_start(env, PROGRAM_test_child, CHILD_COUNT, 0);
    for (int i = 0; i < 5; i++) {
        const uint64_t before = shared[0], from = fp_time();
        while (shared[0] == before && fp_time() - from < PATIENCE)
            ;
        CHECK(t, shared[0] != before);
    }
    exo_probe(EXO_PROBE_SLICE, 0, 0);
    CHECK(t, exo_env_destroy(env) == FB_OK);
    exo_unbind_page(page);
}

/* The target of a yield gets the rest of our slice, a quarter, and then its own slice. If it got a
 * slice at once it would run for two, and without a donation for one. A busy host makes us wait
 * longer, or ends our slice before we yield, but not in every try. */
void test_donation(struct test *t)
{
    const cap_id_t page = lib_page(SHARED, RW), env = (cap_id_t)lib_create(0);
    bool donated = false;

    lib_share(env, page, SHARED, RW);
    lib_start(env, PROGRAM_test_child, CHILD_COUNT, 0);
    exo_probe(EXO_PROBE_SLICE, SLICE, 0);
    for (int i = 0; i < 500 && !donated; i++) {
        exo_yield_to(0); /* its slice, then a new one of ours */
        for (const uint64_t from = fp_time(); fp_time() - from < SLICE / 4 * 3;)
            ;
        const uint64_t from = fp_time();
        exo_yield_to(env);
        const uint64_t away = fp_time() - from;
        donated = away <= SLICE / 2 * 3 && away > SLICE / 50;
    }
    CHECK(t, donated);
    exo_probe(EXO_PROBE_SLICE, 0, 0);
    CHECK(t, exo_env_destroy(env) == FB_OK);
    exo_unbind_page(page);
}

enum { TURNS = 25, WHOLE = 4, TRIES = 600, SHORT = SLICE / 4 };

static uint64_t median(uint64_t *x, uint64_t n)
{
    for (uint64_t i = 1; i < n; i++)
        for (uint64_t k = i; k && x[k - 1] > x[k]; k--) {
            const uint64_t larger = x[k - 1];
            x[k - 1] = x[k], x[k] = larger;
        }
    return x[n / 2];
}

/* An environment that runs because another blocks in a receive gets a whole slice. Three quarters
 * of ours are gone when the echo takes our message, answers it and blocks. What a child counts
 * until we run again is compared with what it counts in a slice from the scheduler. A busy host
 * takes time from both, but not in every try. If it ends our slice too early, the try does not
 * count. */
void test_fresh_slices(struct test *t)
{
    const cap_id_t mine = lib_page(SHARED, RW);
    const cap_id_t echo = (cap_id_t)lib_create(0), child = (cap_id_t)lib_create(0);
    const cap_id_t page = (cap_id_t)exo_alloc_page_for(echo, EXO_ANY);
    volatile uint64_t *count = (uint64_t *)SHARED;
    uint64_t word[1] = { 0 }, turn[TURNS], slice[TURNS], turns = 0, whole = 0;

    CHECK(t, exo_map(echo, page, SHARED, RW) == FB_OK);
    lib_share(child, mine, SHARED, RW);
    lib_start(echo, PROGRAM_test_child, CHILD_ECHO, lib_give(echo, EXO_SELF, EXO_RIGHT_W));
    lib_start(child, PROGRAM_test_child, CHILD_COUNT_OR_YIELD, 0);
    exo_probe(EXO_PROBE_SLICE, SHORT, 0);
    for (int i = 0; i < TRIES && turns < TURNS; i++) {
        uint64_t before = count[0];
        exo_yield_to(0); /* its slice, then a new one of ours */
        slice[turns] = count[0] - before;
        count[1] = 1; /* it yields: message.S continues only with an environment in a system call */
        exo_yield_to(0);
        before = count[0];
        for (const uint64_t from = fp_time(); fp_time() - from < SHORT / 4 * 3;)
            ;
        const bool ours = count[0] == before;
        CHECK(t, exo_send(echo, word, 8) == FB_OK && exo_recv(0, word, 8) == 8);
        turn[turns] = count[0] - before;
        turns += ours && turn[turns] && slice[turns];
    }
    for (uint64_t i = 0, full = turns ? median(slice, turns) : 0; i < turns; i++)
        whole += turn[i] > full / 5 * 3;
    CHECK(t, turns < TURNS || whole >= WHOLE);
    exo_probe(EXO_PROBE_SLICE, 0, 0);
    CHECK(t, exo_env_destroy(echo) == FB_OK && exo_env_destroy(child) == FB_OK);
    exo_unbind_page(mine);
}

void test_lines(struct test *t)
{
    const int64_t line = exo_irq_alloc(EXO_LINE_SOFT + 1, EXO_RIGHTS_ALL);
    const int64_t reader = exo_derive((cap_id_t)line, EXO_RIGHT_R);

    CHECK(t, line > 0 && exo_irq_alloc(EXO_LINE_SOFT + 1, EXO_RIGHTS_ALL) == FB_EBUSY);
    CHECK(t, exo_irq_alloc(EXO_LINES, RW) == FB_EINVALID && exo_irq_alloc(-1ul, RW) == FB_EINVALID);
    CHECK(t, exo_irq_alloc(EXO_LINE_TIMER + 3, RW) == FB_EINVALID); /* no fourth CPU */
    for (int i = 0; i < 5; i++)
        CHECK(t, exo_irq_trigger((cap_id_t)line) == FB_OK);
    CHECK(t, exo_irq_wait((cap_id_t)reader, EXO_FOREVER) == 5); /* none lost */
    CHECK(t, exo_irq_wait((cap_id_t)line, 0) == FB_ETIMEOUT);
    CHECK(t, exo_irq_wait((cap_id_t)line, fp_time() + 10000) == FB_ETIMEOUT);
    CHECK(t, exo_irq_trigger((cap_id_t)reader) == FB_EDENIED);
    CHECK(t, exo_irq_upcall((cap_id_t)reader, 1) == FB_EDENIED);
    CHECK(t, exo_irq_ack((cap_id_t)reader) == FB_OK && exo_irq_ack(EXO_SELF) == FB_EINVALID);
    CHECK(t, exo_timer_set((cap_id_t)line, 1) == FB_EINVALID); /* not a timer */
    CHECK(t, exo_info(EXO_INFO_LINE + EXO_LINE_SOFT + 1) == 5);
    CHECK(t, exo_info(EXO_INFO_LINE + EXO_LINE_SOFT) == FB_EDENIED);
    exo_cap_drop((cap_id_t)line);
    CHECK(t, exo_irq_wait((cap_id_t)reader, 0) == FB_ESTALE);
    const int64_t again = exo_irq_alloc(EXO_LINE_SOFT + 1, EXO_RIGHT_R);
    CHECK(t, again > 0 && exo_irq_trigger((cap_id_t)again) == FB_EDENIED);
    exo_cap_drop((cap_id_t)again);
    for (uint64_t n = EXO_LINE_SOFT; n < EXO_LINES; n++) { /* time goes on after each of them */
        const cap_id_t soft = (cap_id_t)exo_irq_alloc(n, EXO_RIGHTS_ALL);
        CHECK(t, exo_irq_trigger(soft) == FB_OK && exo_irq_wait(soft, EXO_FOREVER) == 1);
        CHECK(t, exo_recv_timed(0, NULL, 0, fp_time() + 10000) == FB_ETIMEOUT);
        exo_cap_drop(soft);
    }
}

/* An environment that waits through one capability for a line loses another one: it waits on. */
void test_line_rights(struct test *t)
{
    volatile uint64_t *shared = (uint64_t *)SHARED;
    const cap_id_t line = (cap_id_t)exo_irq_alloc(EXO_LINE_SOFT + 1, EXO_RIGHTS_ALL);
    const cap_id_t second = (cap_id_t)exo_derive(line, EXO_RIGHTS_ALL);
    const cap_id_t page = lib_page(SHARED, RW), env = (cap_id_t)lib_create(0);

    lib_share(env, page, SHARED, RW);
    const cap_id_t held = lib_give(env, line, EXO_RIGHT_R);
    CHECK(t, held && lib_give(env, second, EXO_RIGHT_R));
    lib_start(env, PROGRAM_irq_sink, held, SHARED);
    exo_recv_timed(0, NULL, 0, fp_time() + A_WHILE / 30); /* until it waits */
    CHECK(t, exo_cap_drop(second) == FB_OK);
    exo_yield_to(0);
    CHECK(t, shared[0] == 0); /* undisturbed */
    CHECK(t, exo_irq_trigger(line) == FB_OK);
    for (const uint64_t from = fp_time(); !shared[0] && fp_time() - from < PATIENCE;)
        exo_yield_to(0);
    CHECK(t, shared[1] == 1 && exo_env_destroy(env) == FB_OK);
    exo_cap_drop(line);
    exo_unbind_page(page);
}

/* An event for the handler of an environment that is blocked, while another one computes. */
void test_blocked_owner(struct test *t)
{
    volatile uint64_t *shared = (uint64_t *)SHARED;
    const cap_id_t page = lib_page(SHARED, RW), env = (cap_id_t)lib_create(0);
    uint64_t word[4] = { 0 };

    lib_share(env, page, SHARED, RW);
    lib_start(env, PROGRAM_test_child, CHILD_EVENTS, 0);
    for (const uint64_t from = fp_time(); shared[1] != 1 && fp_time() - from < PATIENCE;)
        if (!shared[0])
            exo_yield_to(0);
    CHECK(t, shared[0] == 1 && shared[1] == 1 && shared[2] == 0);
    CHECK(t, exo_send(env, word, 16) == FB_OK && test_ended(env) && shared[2] == 16);
    exo_unbind_page(page);
}

void test_timer(struct test *t)
{
    const int64_t line = exo_irq_alloc(EXO_LINE_TIMER, EXO_RIGHTS_ALL);

    for (uint64_t ahead = 0; ahead <= 100000; ahead += 20000) {
        const uint64_t time = fp_time() + ahead;
        CHECK(t, exo_timer_set((cap_id_t)line, time) == FB_OK);
        CHECK(t, exo_irq_wait((cap_id_t)line, EXO_FOREVER) == 1 && fp_time() >= time);
    }
    exo_timer_set((cap_id_t)line, fp_time() + A_WHILE);
    exo_timer_set((cap_id_t)line, 0); /* cancelled */
    exo_irq_wait((cap_id_t)line, 0);  /* a slow host may have let it fire before */
    CHECK(t, exo_irq_wait((cap_id_t)line, fp_time() + 2 * A_WHILE) == FB_ETIMEOUT);
    exo_timer_set((cap_id_t)line, fp_time() + A_WHILE);
    exo_cap_drop((cap_id_t)line); /* and its timer with it */
    CHECK(t, exo_recv_timed(0, NULL, 0, fp_time() + 2 * A_WHILE) == FB_ETIMEOUT);
}

void test_unknown_calls(struct test *t)
{
    const uint64_t numbers[] = { 1,    11,        15,        61,        FB_SYSCALL_LIMIT,
                                 1000, 1ul << 31, 1ul << 32, 1ul << 63, -1ul };

    for (uint64_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        int64_t result = 0;
        __asm__ volatile("syscall"
                         : "=a"(result)
                         : "a"(numbers[i])
                         : "rcx", "r11", "rdi", "rsi", "rdx", "r8", "r9", "r10", "memory");
        CHECK(t, result == FB_ESYSCALL);
    }
    CHECK(t, exo_probe(99, 0, 0) == FB_EINVALID && exo_info(99) == FB_EINVALID);
    CHECK(t, exo_probe(EXO_PROBE_PRINT, 0xffff800000000000, 8) == FB_EADDRESS);
}
