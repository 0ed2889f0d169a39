/* SPDX-License-Identifier: MIT
 * Long calls go in steps. A handler that runs between two of them must find the kernel consistent,
 * and what is half done closed. Each test tries later and later interrupts until one comes in the
 * middle, which a call that masks interrupts throughout never allows. */
#include "test.h"

enum { LATEST = 2300 }; /* 2,000 with interrupts masked, and the way to who waits */
enum { TREE = 1500, HELD = 60 * EXO_GRANT_MAX, LARGE_ROOM = 60000, WAITERS = 24, TRIES = 4000 };
#define SEEN 0x15000000ul
#define LONG_STACK 0x7ffe00000000ul

/* What the handler is to try, and what it found. */
struct seen {
    cap_id_t root, inner, env;
    int64_t most_caps, least_caps; /* the middle is where neither all nor none are there */
    uint64_t middle;
    int64_t derived, from_inner, started, destroyed, made, verified, imported;
};

static struct seen *const seen = (struct seen *)SEEN;

static void look_at_tree(uint64_t cause, uint64_t value, uint64_t detail)
{
    const int64_t caps = exo_info(EXO_INFO_CAPS);

    (void)value, (void)detail;
    if (cause != EXO_UPCALL_EVENT || !seen->root || caps >= seen->most_caps
        || caps <= seen->least_caps)
        return;
    seen->middle++;
    seen->derived = exo_derive(seen->root, RW);
    seen->from_inner = exo_derive(seen->inner, RW);
}

static cap_id_t listen(cap_id_t page[2], void (*handler)(uint64_t, uint64_t, uint64_t))
{
    const cap_id_t line = (cap_id_t)exo_irq_alloc(EXO_LINE_TIMER, EXO_RIGHTS_ALL);

    page[0] = lib_page(STACK, RW);
    page[1] = lib_page(SEEN, RW);
    lib_upcall(STACK, handler);
    exo_irq_upcall(line, 1);
    return line;
}

static void listen_no_more(const cap_id_t page[2], cap_id_t line)
{
    exo_timer_set(line, 0);
    exo_set_upcall(NULL, 0, 0);
    exo_cap_drop(line);
    exo_unbind_page(page[0]);
    exo_unbind_page(page[1]);
}

/* A revocation that is interrupted: nothing can be derived from its root, nor from what is going,
 * and in the end all is gone. */
static void half_revoked(struct test *t, bool chain)
{
    cap_id_t mine[2];
    const cap_id_t line = listen(mine, look_at_tree);
    const cap_id_t page = (cap_id_t)exo_alloc_page(EXO_ANY);

    for (uint64_t try = 0, after = 1000; try < TRIES && !seen->middle; try++, after += after / 8) {
        cap_id_t last = page;
        seen->least_caps = exo_info(EXO_INFO_CAPS);
        for (int i = 0; i < TREE; i++) {
            last = (cap_id_t)exo_derive(chain ? last : page, EXO_RIGHTS_ALL);
            seen->inner = i ? seen->inner : last;
        }
        seen->most_caps = seen->least_caps + TREE;
        seen->root = page;
        exo_timer_set(line, fp_time() + after);
        CHECK(t, exo_revoke(page, 0) == FB_OK);
        seen->root = 0; /* the handler may come later, when the next tree is being made */
        CHECK(t, exo_info(EXO_INFO_CAPS) == seen->least_caps);
        after = after > 1ul << 40 ? 1000 : after;
    }
    CHECK(t, seen->middle && seen->derived == FB_EBUSY);
    CHECK(t, chain ? seen->from_inner == FB_ESTALE : seen->from_inner > 0);
    const cap_id_t again = (cap_id_t)exo_derive(page, RW);
    CHECK(t, (int64_t)again > 0 && exo_unbind_page(page) == FB_OK);
    listen_no_more(mine, line);
}

void test_half_revoked(struct test *t)
{
    half_revoked(t, true);
    half_revoked(t, false);
}

static void look_at_ending(uint64_t cause, uint64_t value, uint64_t detail)
{
    (void)value, (void)detail;
    if (cause != EXO_UPCALL_EVENT || seen->middle || !seen->env
        || exo_yield_to(seen->env) != FB_ESTALE) /* it has not begun */
        return;
    seen->started = exo_env_start(seen->env, EXO_ENTRY, 0, 0, 0, 0);
    seen->destroyed = exo_env_destroy(seen->env);
    seen->middle = seen->started == FB_ESTALE && exo_info(EXO_INFO_FREE) < seen->most_caps;
    seen->verified = exo_cap_verify((struct exo_cap *)SHARED);
    seen->imported = exo_cap_import((struct exo_cap *)SHARED);
}

/* Seals tokens of its capabilities a and b where others see them, and takes back what was derived
 * from each at a time that a message says. */
int64_t test_sealer(uint64_t a, uint64_t b)
{
    uint64_t time[2];

    exo_cap_export(a, EXO_RIGHTS_ALL, (struct exo_cap *)SHARED + 1);
    exo_cap_export(b, EXO_RIGHTS_ALL, (struct exo_cap *)SHARED);
    while (exo_recv(0, time, sizeof time) == sizeof time)
        exo_revoke(a, time[0]), exo_revoke(b, time[1]);
    return 0;
}

/* Let an environment hold `page` so often, and seal a token of the last one. */
static cap_id_t large_sealer(struct test *t, cap_id_t page, cap_id_t board)
{
    const cap_id_t env = (cap_id_t)exo_env_alloc(0, 2 * HELD);
    cap_id_t id[EXO_GRANT_MAX];

    exo_map(env, (cap_id_t)exo_alloc_page_for(env, EXO_ANY), LONG_STACK - FB_PAGE_SIZE, RW);
    lib_share(env, board, SHARED, RW);
    for (int n = 0; n < HELD; n += EXO_GRANT_MAX) {
        for (int i = 0; i < EXO_GRANT_MAX; i++)
            id[i] = page;
        CHECK(t, exo_grant(env, id, EXO_GRANT_MAX, EXO_RIGHTS_ALL) == FB_OK);
    }
    exo_env_start(env, EXO_ENTRY, LONG_STACK, PROGRAM_test_sealer, 0, id[EXO_GRANT_MAX - 1]);
    exo_yield_to(0);
    CHECK(t, exo_cap_verify((struct exo_cap *)SHARED) == EXO_RIGHTS_ALL);
    return env;
}

/* An environment that is half ended has no name any more, its tokens are void, and all of its
 * memory comes back. */
void test_half_ended(struct test *t)
{
    cap_id_t mine[2];
    const cap_id_t line = listen(mine, look_at_ending);
    const cap_id_t page = (cap_id_t)exo_alloc_page(EXO_ANY), board = lib_page(SHARED, RW);

    for (uint64_t try = 0, after = 1000; try < TRIES && !seen->middle; try++, after += after / 8) {
        seen->most_caps = exo_info(EXO_INFO_FREE);
        const cap_id_t env = large_sealer(t, page, board);
        seen->env = env;
        exo_timer_set(line, fp_time() + after);
        CHECK(t, exo_env_destroy(env) == FB_OK);
        seen->env = 0;
        CHECK(t, exo_info(EXO_INFO_FREE) == seen->most_caps);
        after = after > 1ul << 40 ? 1000 : after;
    }
    CHECK(t, seen->middle && seen->destroyed == FB_ESTALE);
    CHECK(t, seen->verified == FB_EFORGED && seen->imported == FB_EFORGED);
    exo_unbind_page(page), exo_unbind_page(board);
    listen_no_more(mine, line);
}

static void make_another(uint64_t cause, uint64_t value, uint64_t detail)
{
    (void)value, (void)detail;
    if (cause != EXO_UPCALL_EVENT || !seen->env || seen->middle)
        return;
    seen->middle = exo_info(EXO_INFO_FREE) < seen->most_caps;
    if (seen->middle)
        seen->made = exo_env_alloc(0, 100);
}

/* Makes large environments until it is ended. */
int64_t test_maker(uint64_t a, uint64_t b)
{
    (void)a, (void)b;
    for (;;) {
        const int64_t env = exo_env_alloc(0, LARGE_ROOM);
        if (env > 0)
            exo_env_destroy((cap_id_t)env);
    }
}

/* Wait until so many pages are free: what nobody waits for is the CPU's work. */
static void all_free(int64_t pages)
{
    for (const uint64_t from = fp_time();
         exo_info(EXO_INFO_FREE) != pages && fp_time() - from < PATIENCE;)
        exo_recv_timed(0, NULL, 0, fp_time() + 10000);
}

/* Two environments in the making, one in a handler, are both made. Whoever ends in the middle takes
 * what is half made with it. */
void test_half_made(struct test *t)
{
    cap_id_t mine[2];
    const cap_id_t line = listen(mine, make_another);

    for (uint64_t try = 0, after = 1000; try < TRIES && !seen->middle; try++, after += after / 8) {
        seen->most_caps = exo_info(EXO_INFO_FREE);
        seen->env = 1;
        exo_timer_set(line, fp_time() + after);
        const int64_t env = exo_env_alloc(0, LARGE_ROOM);
        seen->env = 0;
        CHECK(t, env > 0 && exo_env_destroy((cap_id_t)env) == FB_OK);
        CHECK(t, !seen->middle || (seen->made > 0 && exo_env_destroy((cap_id_t)seen->made) == 0));
        all_free(seen->most_caps);
        CHECK(t, exo_info(EXO_INFO_FREE) == seen->most_caps);
        after = after > 1ul << 40 ? 1000 : after;
    }
    CHECK(t, seen->middle);
    listen_no_more(mine, line);
    const int64_t free = exo_info(EXO_INFO_FREE);
    exo_probe(EXO_PROBE_SLICE, 200000, 0);
    for (int round = 0; round < 10; round++) {
        const cap_id_t env = (cap_id_t)lib_create(0);
        CHECK(t, lib_start(env, PROGRAM_test_maker, 0, 0) == FB_OK);
        exo_yield_to(0);
        CHECK(t, exo_env_destroy(env) == FB_OK);
        all_free(free);
        CHECK(t, exo_info(EXO_INFO_FREE) == free);
    }
    exo_probe(EXO_PROBE_SLICE, 0, 0);
}

/* Waits until a time, then writes its number into the list. */
int64_t test_waiter(uint64_t number, uint64_t time)
{
    volatile uint64_t *list = (uint64_t *)SHARED;

    list[0]++;
    exo_recv_timed(0, NULL, 0, time);
    list[2 + list[1]++] = number;
    return 0;
}

/* Let all wait, each for another deadline, the first so far away. False: a busy host let that come
 * before all had left the ring: who is still in it keeps its place there, whenever it is due. They
 * leave it when we block, since we are behind them. */
static bool wait_for(uint64_t far, cap_id_t page, cap_id_t env[WAITERS])
{
    volatile uint64_t *list = (uint64_t *)SHARED;
    const uint64_t from = fp_time(), first = from + far;

    list[0] = list[1] = 0;
    for (uint64_t i = 0; i < WAITERS; i++) {
        env[i] = (cap_id_t)lib_create(0);
        lib_share(env[i], page, SHARED, RW);
        lib_start(env[i], PROGRAM_test_waiter, i, first + i * 7 % WAITERS * 100000);
    }
    while (list[0] < WAITERS && fp_time() - from < PATIENCE)
        exo_yield_to(0);
    exo_recv_timed(0, NULL, 0, fp_time() + 10000);
    const bool all = fp_time() < first;
    while (list[1] < WAITERS && fp_time() - from < PATIENCE)
        exo_recv_timed(0, NULL, 0, fp_time() + A_WHILE / 30);
    return all || far > PATIENCE / 4;
}

/* Deadlines in any order are met in the order of time. */
void test_many_timers(struct test *t)
{
    volatile uint64_t *list = (uint64_t *)SHARED;
    const cap_id_t page = lib_page(SHARED, RW);
    cap_id_t env[WAITERS];

    for (uint64_t far = A_WHILE / 30; !wait_for(far, page, env); far *= 2)
        for (uint64_t i = 0; i < WAITERS; i++)
            CHECK(t, test_ended(env[i]));
    CHECK(t, list[1] == WAITERS);
    for (uint64_t i = 1; i < WAITERS; i++) /* a busy host may have let some be due at once */
        CHECK(t, list[1 + i] * 7 % WAITERS < list[2 + i] * 7 % WAITERS);
    for (uint64_t i = 0; i < WAITERS; i++)
        CHECK(t, test_ended(env[i]));
    exo_unbind_page(page);
}

/* Makes the longest calls there are, again and again: b is a page. */
int64_t test_long_calls(uint64_t a, uint64_t b)
{
    cap_id_t id[EXO_GRANT_MAX];

    (void)a;
    for (;;) {
        for (int i = 0; i < 400; i++)
            exo_derive(b, EXO_RIGHTS_ALL);
        exo_revoke(b, 0);
        const int64_t env = exo_env_alloc(0, 4096);
        for (int i = 0; i < EXO_GRANT_MAX; i++)
            id[i] = b;
        exo_grant((cap_id_t)env, id, EXO_GRANT_MAX, RW);
        exo_env_destroy((cap_id_t)env);
        exo_scrub(64);
    }
}

/* Who waits for a timer runs soon after it, whatever another environment calls. How soon, only an
 * exact clock can tell. */
void test_interrupts_meanwhile(struct test *t)
{
    const cap_id_t line = (cap_id_t)exo_irq_alloc(EXO_LINE_TIMER, EXO_RIGHTS_ALL);
    const cap_id_t env = (cap_id_t)exo_env_alloc(0, 1024);
    const cap_id_t page = (cap_id_t)exo_alloc_page(EXO_ANY);
    uint64_t latest = 0;

    exo_map(env, (cap_id_t)exo_alloc_page_for(env, EXO_ANY), LONG_STACK - FB_PAGE_SIZE, RW);
    exo_env_start(env, EXO_ENTRY, LONG_STACK, PROGRAM_test_long_calls, 0,
                  lib_give(env, page, EXO_RIGHTS_ALL));
    for (uint64_t i = 0; i < 1000; i++) {
        const uint64_t when = fp_time() + 3000 + i * 977 % 50000;
        CHECK(t, exo_timer_set(line, when) == FB_OK);
        CHECK(t, exo_irq_wait(line, EXO_FOREVER) == 1);
        const uint64_t late = fp_time() - when;
        latest = late > latest ? late : latest;
    }
    CHECK(t, latest <= LATEST || !test_clock_is_exact());
    CHECK(t, exo_env_destroy(env) == FB_OK);
    exo_unbind_page(page);
    exo_cap_drop(line);
}
