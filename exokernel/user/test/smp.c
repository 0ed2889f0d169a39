/* SPDX-License-Identifier: MIT
 * Two CPUs at once. */
#include "test.h"

enum { CROSSED = 30000, HELD = 16 };

/* Messages from the other CPU come in order, with back-pressure, and none is lost. */
void test_cross_messages(struct test *t)
{
    uint64_t word[4];

    for (int round = 0; round < 10; round++) {
        const cap_id_t env = test_spawn(1, PROGRAM_test_child, CHILD_SEND_MANY, EXO_RIGHT_W);
        for (uint64_t i = 0; i < 200; i++)
            CHECK(t, exo_recv(0, word, 32) == 32 && word[0] == i);
        CHECK(t, env && test_ended(env));
    }
}

/* Two senders on two CPUs fill a mailbox while it is emptied. All messages of each come, in
 * order. */
void test_cross_senders(struct test *t)
{
    const cap_id_t env[2] = { test_spawn(0, PROGRAM_test_child, CHILD_SEND_ON, EXO_RIGHT_W),
                              test_spawn(1, PROGRAM_test_child, CHILD_SEND_ON, EXO_RIGHT_W) };
    uint64_t word[4], next[2] = { 0 };
    bool good = true;

    while (good && (next[0] < CROSSED || next[1] < CROSSED)) {
        good = exo_recv(0, word, 32) == 16 && word[1] < 2 && word[0] == next[word[1]];
        next[word[1] & 1]++;
    }
    CHECK(t, good);
    for (int i = 0; i < 2; i++)
        CHECK(t, exo_env_destroy(env[i]) == FB_OK && test_ended(env[i]));
    while (exo_recv_timed(0, word, 32, 0) >= 0)
        ; /* what they sent last */
}

/* A page is taken away while the other CPU writes to it: no write comes afterwards. */
void test_shootdown(struct test *t)
{
    volatile uint64_t *word = (uint64_t *)SHARED;

    for (int round = 0; round < 20; round++) {
        const cap_id_t page = lib_page(SHARED, RW), env = (cap_id_t)lib_create(1);
        lib_share(env, page, SHARED, RW);
        CHECK(t, lib_start(env, PROGRAM_test_child, CHILD_WRITE, 0) == FB_OK);
        while (word[400] == 0)
            __builtin_ia32_pause();
        CHECK(t, exo_revoke(page, 0) == FB_OK);
        uint64_t before = 0, after = 0;
        for (int i = 0; i < 512; i++)
            before += word[i];
        for (int i = 0; i < 1000; i++)
            __builtin_ia32_pause();
        for (int i = 0; i < 512; i++)
            after += word[i];
        CHECK(t, before == after && test_ended(env));
        exo_unbind_page(page);
    }
}

void test_remote_end(struct test *t)
{
    for (int round = 0; round < 20; round++) {
        const uint64_t what = round & 1 ? CHILD_SPIN : CHILD_COUNT;
        const cap_id_t page = lib_page(SHARED, RW), env = (cap_id_t)lib_create(1);
        lib_share(env, page, SHARED, RW);
        lib_start(env, PROGRAM_test_child, what, 0);
        CHECK(t, exo_yield_to(env) == FB_EINVALID); /* not on this CPU */
        for (int i = 0; i < 100; i++)
            __builtin_ia32_pause();
        CHECK(t, exo_env_destroy(env) == FB_OK && test_ended(env));
        exo_unbind_page(page);
    }
}

void test_remote_pages(struct test *t)
{
    volatile uint64_t *shared = (uint64_t *)SHARED;
    const cap_id_t page = lib_page(SHARED, RW), env = (cap_id_t)lib_create(1);

    lib_share(env, page, SHARED, RW);
    lib_start(env, PROGRAM_test_child, CHILD_PAGES, 0);
    for (int i = 0; i < 2000; i++) {
        const int64_t mine = exo_alloc_page(EXO_ANY);
        CHECK(t, mine > 0 && exo_map(0, (cap_id_t)mine, AREA, RW) == FB_OK);
        CHECK(t, *(volatile uint64_t *)AREA == 0);
        *(volatile uint64_t *)AREA = 1;
        exo_unbind_page((cap_id_t)mine);
    }
    CHECK(t, test_ended(env) && shared[1] == 1);
    exo_unbind_page(page);
}

static void ignore(uint64_t cause, uint64_t value, uint64_t detail)
{
    (void)cause, (void)value, (void)detail;
}

static bool is_gone(cap_id_t id)
{
    for (const uint64_t from = fp_time(); fp_time() - from < PATIENCE;)
        if (exo_unmap(0, id) == FB_ESTALE)
            return true;
    return false;
}

/* Make no call, since who waits for the lock flushes its TLB anyway. */
static void compute_until(uint64_t time)
{
    while (fp_time() < time)
        __builtin_ia32_pause();
}

/* An environment that holds this in the second page of its table. */
static cap_id_t with_capability(cap_id_t id, cap_id_t *theirs)
{
    const cap_id_t env = (cap_id_t)exo_env_alloc(0, 2 * EXO_ACCOUNT_ROOM);

    for (int i = 0; i < EXO_ACCOUNT_ROOM; i++)
        lib_give(env, EXO_SELF, 0);
    *theirs = lib_give(env, id, RW);
    return env;
}

/* The other CPU idles, and takes back by its own work what two environments hold, one after the
 * other in the same place. The second one was made in between, when that CPU still knew where the
 * tables of the first one were. False: a busy host let the second deadline pass before. */
static bool two_in_one_place(struct test *t, cap_id_t owner, uint64_t far)
{
    struct exo_cap *const token = (struct exo_cap *)SHARED;
    const cap_id_t mine[] = { (cap_id_t)exo_cap_import(token + 1),
                              (cap_id_t)exo_cap_import(token) };
    const uint64_t now = fp_time(), time[] = { now + far / 100, now + far };
    cap_id_t theirs, env = with_capability(mine[0], &theirs);
    cap_id_t page[HELD];

    CHECK(t, (int64_t)mine[0] > 0 && (int64_t)mine[1] > 0 && theirs);
    CHECK(t, exo_send(owner, time, sizeof time) == FB_OK && is_gone(mine[0]));
    compute_until(now + far / 4);
    CHECK(t, exo_unmap(env, theirs) == FB_ESTALE && exo_env_destroy(env) == FB_OK);
    for (int i = 0; i < HELD; i++) /* the pages of its tables */
        page[i] = (cap_id_t)exo_alloc_page(EXO_ANY);
    env = with_capability(mine[1], &theirs);
    const bool in_time = theirs && fp_time() < time[1];
    compute_until(time[1] + far / 10);
    CHECK(t, is_gone(mine[1]));
    CHECK(t, !in_time || exo_unmap(env, theirs) == FB_ESTALE);
    CHECK(t, exo_env_destroy(env) == FB_OK);
    for (int i = 0; i < HELD; i++)
        exo_unbind_page(page[i]);
    return in_time;
}

void test_idle_translations(struct test *t)
{
    const cap_id_t board = lib_page(SHARED, RW), stack = lib_page(STACK, RW);
    const cap_id_t page = (cap_id_t)exo_alloc_page(EXO_ANY), env = (cap_id_t)lib_create(1);
    const uint64_t from = fp_time();

    lib_upcall(STACK, ignore);
    lib_share(env, board, SHARED, RW);
    const cap_id_t first = lib_give(env, page, EXO_RIGHTS_ALL);
    lib_start(env, PROGRAM_test_sealer, first, lib_give(env, page, EXO_RIGHTS_ALL));
    while (exo_cap_verify((struct exo_cap *)SHARED) != EXO_RIGHTS_ALL
           && fp_time() - from < PATIENCE)
        __builtin_ia32_pause();
    uint64_t far = A_WHILE;
    while (!two_in_one_place(t, env, far) && far < PATIENCE && !t->failed)
        far *= 4;
    CHECK(t, far < PATIENCE);
    CHECK(t, exo_env_destroy(env) == FB_OK);
    exo_set_upcall(NULL, 0, 0);
    exo_unbind_page(page), exo_unbind_page(stack), exo_unbind_page(board);
}
