/* SPDX-License-Identifier: MIT
 * Two CPUs at once. */
#include "test.h"

enum { CROSSED = 30000 };

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
