/* SPDX-License-Identifier: MIT
 * Messages: order, size, blocking, time-outs, and every misuse of a mailbox. */
#include "test.h"

enum { MANY = 200, LARGE = 4096 };
#define BUFFER 0x10000000ul

static void count_event(uint64_t cause, uint64_t value, uint64_t detail)
{
    ((volatile uint64_t *)SHARED)[1] += cause == EXO_UPCALL_EVENT && value ? detail : 0;
}

/* What the children of the tests do; b: their capability for the parent. */
int64_t test_child(uint64_t what, uint64_t b)
{
    uint64_t word[4] = { 0 };
    volatile uint64_t *shared = (uint64_t *)SHARED;

    switch (what) {
    case CHILD_SEND_MANY:
        for (word[0] = 0; word[0] < MANY; word[0]++)
            if (exo_send(b, word, 32) != FB_OK)
                return 1;
        break;
    case CHILD_SEND_ON:
        for (word[1] = (uint64_t)exo_info(EXO_INFO_CPU);; word[0]++)
            if (exo_send(b, word, 16) != FB_OK)
                return 1;
    case CHILD_SEND_LARGE:
        return exo_send(b, (void *)SHARED, LARGE);
    case CHILD_COUNT:
        for (;;)
            if (++shared[0] % 64 == 0)
                __builtin_ia32_pause();
    case CHILD_COUNT_OR_YIELD: /* once, when asked */
        for (;;) {
            shared[0]++;
            if (shared[1])
                shared[1] = 0, exo_yield_to(0);
        }
    case CHILD_WRITE: /* until the page is taken away */
        for (uint64_t i = 0;; i++) {
            shared[1 + i % 500] = i;
            if (i % 64 == 0)
                __builtin_ia32_pause();
        }
    case CHILD_HOLD:
        shared[0] = (uint64_t)exo_send(b, word, 8);
        shared[1] = (uint64_t)exo_recv(0, word, 32);
        shared[2] = word[0];
        return 0;
    case CHILD_SMALL:
        for (uint64_t i = 0; i < 4; i++) {
            shared[2 * i] = (uint64_t)exo_recv(0, word, i % 2 ? 32 : 8);
            shared[2 * i + 1] = word[0];
        }
        return exo_send(b, word, 0);
    case CHILD_ECHO:
        for (int64_t n = exo_recv(0, (void *)SHARED, LARGE);;) {
            (*(uint64_t *)SHARED)++;
            if (n % 2) {
                n = exo_call(b, (void *)SHARED, (uint64_t)n, LARGE);
                continue;
            }
            exo_send(b, (void *)SHARED, (uint64_t)n);
            n = exo_recv(0, (void *)SHARED, LARGE);
        }
    case CHILD_PAGES:
        for (shared[0] = 0; shared[0] < 2000; shared[0]++) {
            const int64_t page = exo_alloc_page(EXO_ANY);
            if (page < 0 || exo_map(0, (cap_id_t)page, AREA, RW) != FB_OK)
                return 1;
            *(volatile uint64_t *)AREA = 1;
            exo_unbind_page((cap_id_t)page);
        }
        shared[1] = 1;
        return 0;
    case CHILD_GRANT: { /* before and after it may, and once more */
        cap_id_t id[3] = { (cap_id_t)exo_alloc_page(EXO_ANY), 0, 0 };
        id[1] = id[2] = id[0];
        shared[0] = (uint64_t)exo_grant(b, id, 1, RW);
        exo_send(b, word, 8);
        exo_recv(0, word, 32);
        shared[1] = (uint64_t)exo_grant(b, id, 3, RW);
        shared[2] = (uint64_t)exo_grant(b, id, 2, RW);
        shared[3] = (uint64_t)exo_grant(b, id + 2, 1, RW);
        return 0;
    }
    case CHILD_EVENTS: /* of the timer, which has one owner */
        lib_page(STACK, RW);
        lib_upcall(STACK, count_event);
        b = (cap_id_t)exo_irq_alloc(EXO_LINE_TIMER, EXO_RIGHTS_ALL);
        exo_irq_upcall(b, true);
        exo_timer_set(b, fp_time() + A_WHILE / 30);
        shared[0] = 1;
        shared[2] = (uint64_t)exo_recv(0, word, 32);
        return 0;
    case CHILD_SPIN:
        for (;; __builtin_ia32_pause())
            exo_yield_to(0);
    }
    return 0;
}

void test_messages(struct test *t)
{
    uint64_t out[4] = { 1, 2, 3, 4 }, in[4];
    struct exo_from from;

    for (uint64_t bytes = 0; bytes <= 32; bytes++) {
        in[0] = in[1] = in[2] = in[3] = 99;
        CHECK(t, exo_send(EXO_SELF, out, bytes) == FB_OK);
        CHECK(t, exo_recv_from(EXO_SELF, in, 32, EXO_FOREVER, &from) == (int64_t)bytes);
        CHECK(t, from.number == (uint64_t)exo_info(EXO_INFO_NUMBER) && from.capability == 0);
        for (uint64_t w = 0; w < 4; w++)
            CHECK(t, in[w] == (w * 8 < bytes ? out[w] : 99));
    }
    CHECK(t, exo_send(EXO_SELF, out, 24) == FB_OK);
    CHECK(t, exo_recv(0, in, 16) == FB_ESIZE && exo_recv(0, in, 24) == 24); /* it waited */
    CHECK(t, exo_send(EXO_SELF, out, 8) == FB_OK && exo_send(EXO_SELF, out, 24) == FB_OK);
    CHECK(t,
          exo_recv(0, in, 8) == 8 && exo_recv(0, in, 8) == FB_ESIZE && exo_recv(0, in, 24) == 24);
    for (uint64_t sent = 0, received = 0; received < 3 * EXO_MAILBOX_SLOTS;) { /* round its end */
        for (; sent < received + EXO_MAILBOX_SLOTS - 3; sent++)
            CHECK(t, exo_send(EXO_SELF, &sent, 8) == FB_OK);
        for (uint64_t i = 0; i < 25; i++)
            CHECK(t, exo_recv(0, in, 32) == 8 && in[0] == received++);
        if (received >= 3 * EXO_MAILBOX_SLOTS)
            while (exo_recv_timed(0, in, 32, 0) == 8)
                CHECK(t, in[0] == received++);
    }
    CHECK(t, exo_send(EXO_SELF, out, 8) == FB_OK && exo_send(EXO_SELF, out, 16) == FB_OK);
    CHECK(t, exo_recv(0, in, 32) == 8 && exo_recv(0, in, 32) == 16);
}

/* A message too large for a waiting receiver ends its wait, and is kept until there is room. */
void test_small_rooms(struct test *t)
{
    const cap_id_t page = lib_page(SHARED, RW), env = (cap_id_t)lib_create(0);
    volatile int64_t *shared = (int64_t *)SHARED;
    uint64_t word[4] = { 5, 6, 7, 8 };

    lib_share(env, page, SHARED, RW);
    lib_start(env, PROGRAM_test_child, CHILD_SMALL, lib_give(env, EXO_SELF, EXO_RIGHT_W));
    exo_yield_to(0); /* until it waits */
    CHECK(t, exo_send(env, word, 24) == FB_OK);
    for (int i = 0; i < 3; i++)
        exo_yield_to(0);
    CHECK(t, shared[0] == FB_ESIZE && shared[2] == 24 && shared[3] == 5);
    word[0] = 9;
    CHECK(t, exo_call(env, word, 32, 32) == 0);
    CHECK(t, shared[4] == FB_ESIZE && shared[6] == 32 && shared[7] == 9);
    CHECK(t, test_ended(env));
    exo_unbind_page(page);
}

/* Answers by send and by call, of all lengths. Mail that waits comes before the answer. */
void test_calls(struct test *t)
{
    uint64_t *word = (uint64_t *)BUFFER, other = 7;
    const cap_id_t mine = lib_page(BUFFER, RW), env = (cap_id_t)lib_create(0);
    const cap_id_t page = (cap_id_t)exo_alloc_page_for(env, EXO_ANY);

    CHECK(t, exo_map(env, page, SHARED, RW) == FB_OK);
    lib_start(env, PROGRAM_test_child, CHILD_ECHO, lib_give(env, EXO_SELF, EXO_RIGHT_W));
    for (uint64_t bytes = 8; bytes <= LARGE; bytes += bytes < 70 ? 1 : 503) {
        word[0] = bytes, word[bytes / 8 - 1] += 3;
        const uint64_t last = word[bytes / 8 - 1] + (bytes < 16);
        CHECK(t, exo_call(env, word, bytes, LARGE) == (int64_t)bytes);
        CHECK(t, word[0] == bytes + 1 + (bytes < 16 ? 3 : 0) && word[bytes / 8 - 1] == last);
    }
    exo_yield_to(0); /* until it waits */
    CHECK(t, exo_send(EXO_SELF, &other, 8) == FB_OK);
    word[0] = 1;
    CHECK(t, exo_call(env, word, 24, 32) == 8 && word[0] == 7);
    CHECK(t, exo_recv(0, word, 32) == 24 && word[0] == 2);
    exo_yield_to(0);
    CHECK(t, exo_send(EXO_SELF, &other, 8) == FB_OK);
    word[0] = 1;
    CHECK(t, exo_call(env, word, 800, LARGE) == 8 && word[0] == 7);
    CHECK(t, exo_recv(0, word, LARGE) == 800 && word[0] == 2);
    CHECK(t, exo_call(env, word, 64, 1ul << 50) == FB_EADDRESS);
    CHECK(t, exo_env_destroy(env) == FB_OK);
    exo_unbind_page(mine);
}

void test_message_misuse(struct test *t)
{
    const cap_id_t deaf = (cap_id_t)exo_derive(EXO_SELF, EXO_RIGHT_W | EXO_RIGHT_DELEGATE);
    const cap_id_t mute = (cap_id_t)exo_derive(EXO_SELF, EXO_RIGHT_R);
    const cap_id_t page = lib_page(AREA, EXO_RIGHT_R);
    const cap_id_t env = (cap_id_t)lib_create(0);
    const cap_id_t other = test_spawn(0, PROGRAM_test_child, CHILD_SPIN, EXO_RIGHT_X);
    uint64_t word[4] = { 0 };

    CHECK(t, exo_send(mute, word, 8) == FB_EDENIED && exo_call(mute, word, 8, 32) == FB_EDENIED);
    CHECK(t, exo_recv(deaf, word, 32) == FB_EDENIED);
    CHECK(t, exo_recv(env, word, 32) == FB_EDENIED); /* not our mailbox */
    CHECK(t, exo_recv(page, word, 32) == FB_EINVALID && exo_send(page, word, 8) == FB_EINVALID);
    CHECK(t, exo_send(0, word, 8) == FB_ESTALE && exo_send(deaf + (1 << 16), word, 8) == FB_ESTALE);
    CHECK(t, exo_send(0x1fff0, word, 8) == FB_ESTALE); /* no such slot */
    CHECK(t, exo_send(deaf, word, EXO_MESSAGE_MAX + 1) == FB_EINVALID);
    CHECK(t, exo_send(deaf, word, 1ul << 40) == FB_EINVALID);
    CHECK(t, exo_send(deaf, (void *)0xffff800000000000, 64 | EXO_NOWAIT) == FB_EADDRESS);
    CHECK(t, exo_send(deaf, (void *)(EXO_USER_END - 8), 64 | EXO_NOWAIT) == FB_EADDRESS);
    CHECK(t, exo_recv_timed(0, (void *)0xffff800000000000, 4096, 0) == FB_EADDRESS);
    CHECK(t, exo_recv_timed(0, (void *)AREA, -1ul, 0) == FB_EADDRESS);
    exo_yield_to(0); /* while somebody else could run, too */
    CHECK(t, exo_recv(0, (void *)0xffff800000000000, 4096) == FB_EADDRESS);
    CHECK(t, exo_recv(0, (void *)(EXO_USER_END - 8), 33) == FB_EADDRESS);
    CHECK(t, exo_recv(0, (void *)AREA, -1ul) == FB_EADDRESS);
    for (int timed = 0; timed < 2; timed++) { /* words that wait need no buffer */
        CHECK(t, exo_send(deaf, word, 0) == FB_OK);
        CHECK(t,
              (timed ? exo_recv_timed(0, (void *)AREA, -1ul, 0) : exo_recv(0, (void *)AREA, -1ul))
                  == 0);
    }
    CHECK(t, exo_send(deaf, word, 64) == FB_EFULL); /* to oneself it would block forever */
    CHECK(t, exo_recv_timed(0, word, 32, 0) == FB_ETIMEOUT);
    exo_cap_drop(deaf);
    exo_cap_drop(mute);
    exo_unbind_page(page);
    exo_env_destroy(env);
    exo_env_destroy(other);
}

/* A full mailbox refuses EXO_NOWAIT, blocks other senders, and loses or reorders nothing. */
void test_back_pressure(struct test *t)
{
    uint64_t word[4] = { 0 };

    for (uint64_t i = 0; i < EXO_MAILBOX_SLOTS; i++)
        CHECK(t, exo_send(EXO_SELF, word, 8 | EXO_NOWAIT) == FB_OK);
    CHECK(t, exo_send(EXO_SELF, word, 8 | EXO_NOWAIT) == FB_EFULL);
    CHECK(t, exo_send(EXO_SELF, word, 8) == FB_EFULL);
    for (uint64_t i = 0; i < EXO_MAILBOX_SLOTS; i++)
        CHECK(t, exo_recv(0, word, 32) == 8);
    CHECK(t, exo_recv_timed(0, word, 32, 0) == FB_ETIMEOUT);
    const cap_id_t env = test_spawn(0, PROGRAM_test_child, CHILD_SEND_MANY, EXO_RIGHT_W);
    exo_yield_to(0);
    for (uint64_t i = 0; i < MANY; i++)
        CHECK(t, exo_recv(0, word, 32) == 32 && word[0] == i);
    CHECK(t, test_ended(env) && exo_recv_timed(0, word, 32, 0) == FB_ETIMEOUT);
}

void test_large_messages(struct test *t)
{
    uint64_t *out = (uint64_t *)SHARED, *in = (uint64_t *)BUFFER;
    const cap_id_t page = lib_page(SHARED, RW), mine = lib_page(BUFFER, RW);
    const cap_id_t next = lib_page(BUFFER + FB_PAGE_SIZE, RW);

    for (int round = 0; round < 3; round++) { /* aligned, across pages, into a hole */
        const cap_id_t env = (cap_id_t)lib_create(0);
        const cap_id_t back = lib_give(env, EXO_SELF, EXO_RIGHT_W);
        uint64_t *to = round == 1 ? in + 100 : in;
        for (uint64_t i = 0; i < 512; i++)
            out[i] = i * i + 1, in[i] = in[512 + i] = 0;
        CHECK(t, lib_share(env, page, SHARED, RW) == FB_OK);
        CHECK(t, lib_start(env, PROGRAM_test_child, CHILD_SEND_LARGE, back) == FB_OK);
        if (round == 2) {
            exo_yield_to(0); /* the sender waits first */
            CHECK(t, exo_recv(0, (void *)AREA, LARGE) == FB_EADDRESS);
            CHECK(t, exo_recv(0, in, 100) == FB_ESIZE);
        }
        CHECK(t, exo_recv(0, to, LARGE) == LARGE);
        for (uint64_t i = 0; i < 512; i++)
            CHECK(t, to[i] == i * i + 1);
        CHECK(t, test_ended(env));
    }
    const cap_id_t env = test_spawn(0, PROGRAM_test_child, CHILD_SEND_LARGE, EXO_RIGHT_W);
    exo_yield_to(0); /* its buffer is not mapped: its error, and our mailbox stays empty */
    CHECK(t, exo_recv_timed(0, in, LARGE, 0) == FB_ETIMEOUT);
    CHECK(t, test_ended(env));
    exo_unbind_page(page);
    exo_unbind_page(mine);
    exo_unbind_page(next);
}

void test_message_capability(struct test *t)
{
    const cap_id_t page = (cap_id_t)exo_alloc_page(EXO_ANY), weak = (cap_id_t)exo_derive(page, RW);
    struct exo_from from = { 0 };
    uint64_t word[4] = { 5 };
    const cap_id_t env = (cap_id_t)lib_create(0);
    const cap_id_t shared = lib_page(SHARED, RW);

    CHECK(t, lib_share(env, shared, SHARED, RW) == FB_OK);
    const cap_id_t back = lib_give(env, EXO_SELF, EXO_RIGHT_W);
    lib_start(env, PROGRAM_test_child, CHILD_HOLD, back);
    CHECK(t, exo_recv_from(0, word, 32, EXO_FOREVER, &from) == 8 && from.capability == 0);
    while (exo_send_cap(env, word, 8 | EXO_NOWAIT, weak) == FB_EFULL)
        exo_yield_to(0);
    CHECK(t, exo_send_cap(env, word, 8 | EXO_NOWAIT, weak) == FB_EDENIED); /* no DELEGATE */
    CHECK(t, exo_send_cap(env, word, 8 | EXO_NOWAIT, 999) == FB_ESTALE);
    word[0] = 77;
    CHECK(t, exo_send_cap(env, word, 8 | EXO_NOWAIT, page) == FB_OK);
    CHECK(t, test_ended(env));
    CHECK(t, ((uint64_t *)SHARED)[1] == 8 && ((uint64_t *)SHARED)[2] == 77);
    CHECK(t, exo_unbind_page(page) == FB_OK);
    exo_unbind_page(shared);
}

/* A blocked send fails when the receiver ends. */
void test_receiver_ends(struct test *t)
{
    const cap_id_t env = (cap_id_t)lib_create(0), child = (cap_id_t)lib_create(0);
    const cap_id_t page = lib_page(SHARED, RW);
    volatile int64_t *shared = (int64_t *)SHARED;
    uint64_t word[4] = { 0 };

    for (int i = 0; i < EXO_MAILBOX_SLOTS; i++)
        CHECK(t, exo_send(env, word, 8 | EXO_NOWAIT) == FB_OK);
    CHECK(t, exo_send(env, word, 8 | EXO_NOWAIT) == FB_EFULL);
    lib_share(child, page, SHARED, RW);
    shared[0] = 1;
    lib_start(child, PROGRAM_test_child, CHILD_HOLD, lib_give(child, env, EXO_RIGHT_W));
    exo_yield_to(0);
    CHECK(t, shared[0] == 1); /* it waits */
    exo_env_destroy(env);
    exo_yield_to(0);
    CHECK(t, shared[0] == FB_ESTALE);
    CHECK(t, exo_env_destroy(child) == FB_OK);
    exo_unbind_page(page);
}

void test_timeouts(struct test *t)
{
    uint64_t word[4];

    for (uint64_t wait = 1000; wait <= 1000000; wait *= 10) {
        const uint64_t deadline = fp_time() + wait;
        CHECK(t, exo_recv_timed(0, word, 32, deadline) == FB_ETIMEOUT && fp_time() >= deadline);
    }
    exo_send(EXO_SELF, word, 8);
    CHECK(t, exo_recv_timed(0, word, 32, 0) == 8); /* a message that waits needs no time */
}
