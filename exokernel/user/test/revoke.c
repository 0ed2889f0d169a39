/* SPDX-License-Identifier: MIT
 * Visible revocation: no notice is lost, however much a holder has, however deep the derivation,
 * and whatever the holder is doing. */
#include "test.h"

enum { NOTICES = 140, MANY = 100, BY_NAME = 8, REQUESTS = 4, OWNERS = 40 };
#define LOG 0x15000000ul

/* The upcalls, in order. deep: get the next REVOKE while the handler is deep in its stack. */
struct log {
    volatile uint64_t count, deep, unheard,
        board; /* board: the count goes to the shared page too */
    struct {
        uint64_t cause, value, detail;
    } at[NOTICES];
};

static struct log *const notices = (struct log *)LOG;

static void note(uint64_t cause, uint64_t value, uint64_t detail)
{
    const uint64_t n = notices->count++, again = notices->deep;

    if (n < NOTICES)
        notices->at[n].cause = cause, notices->at[n].value = value, notices->at[n].detail = detail;
    if (notices->board)
        ((volatile uint64_t *)SHARED)[7] = notices->count;
    if (again) {
        volatile char room[2200];
        notices->deep = room[0] = 0;
        exo_revoke(again, fp_time() + PATIENCE);
        exo_yield_to(0);
        notices->unheard = notices->count == n + 1;
    }
}

/* How often this upcall came for that value. */
static uint64_t told(uint64_t cause, uint64_t value)
{
    uint64_t times = 0;

    for (uint64_t i = 0; i < notices->count && i < NOTICES; i++)
        times += notices->at[i].cause == cause && notices->at[i].value == value;
    return times;
}

static void listen(cap_id_t page[2])
{
    page[0] = lib_page(STACK, RW);
    page[1] = lib_page(LOG, RW);
    lib_upcall(STACK, note);
}

static void listen_no_more(const cap_id_t page[2])
{
    exo_set_upcall(NULL, 0, 0);
    exo_unbind_page(page[0]);
    exo_unbind_page(page[1]);
}

/* Two revocations, two children of one of them and a grandchild, before one return to ring 3. */
void test_notices(struct test *t)
{
    const uint64_t deadline = fp_time() + PATIENCE;
    cap_id_t mine[2];

    listen(mine);
    const cap_id_t page = (cap_id_t)exo_alloc_page(EXO_ANY);
    const cap_id_t other = (cap_id_t)exo_alloc_page(EXO_ANY);
    const cap_id_t child[3] = { (cap_id_t)exo_derive(page, EXO_RIGHTS_ALL),
                                (cap_id_t)exo_derive(page, EXO_RIGHTS_ALL),
                                (cap_id_t)exo_derive(other, RW) };
    const cap_id_t grandchild = (cap_id_t)exo_derive(child[0], RW);
    CHECK(t, exo_revoke(page, deadline) == FB_OK && exo_revoke(other, deadline - 1) == FB_OK);
    exo_yield_to(0);
    CHECK(t, notices->count == 4 && told(EXO_UPCALL_REVOKE, grandchild) == 1);
    for (int i = 0; i < 3; i++)
        CHECK(t, told(EXO_UPCALL_REVOKE, child[i]) == 1);
    for (int i = 0; i < 4; i++)
        CHECK(t, notices->at[i].detail == deadline - (notices->at[i].value == child[2]));
    notices->count = 0; /* given up before the notice, its slot used again: no notice */
    exo_revoke(page, deadline);
    exo_cap_drop(child[1]);
    const cap_id_t later = (cap_id_t)exo_alloc_page(EXO_ANY);
    CHECK(t, later % 65536 == child[1] % 65536);
    exo_yield_to(0);
    CHECK(t, notices->count == 2 && !told(EXO_UPCALL_REVOKE, later));
    exo_unbind_page(later);
    exo_unbind_page(page);
    exo_unbind_page(other);
    listen_no_more(mine);
}

/* Without a handler, without a stack, or deep in the stack: the notice comes afterwards. */
void test_notices_wait(struct test *t)
{
    cap_id_t mine[2];

    listen(mine);
    const cap_id_t page = (cap_id_t)exo_alloc_page(EXO_ANY);
    const cap_id_t other = (cap_id_t)exo_alloc_page(EXO_ANY);
    const cap_id_t child = (cap_id_t)exo_derive(page, RW), deep = (cap_id_t)exo_derive(other, RW);
    for (int round = 0; round < 2; round++) {
        exo_set_upcall(round ? (const void *)upcall_entry : NULL, AREA, FB_PAGE_SIZE - 16);
        CHECK(t, exo_revoke(page, fp_time() + PATIENCE) == FB_OK);
        exo_yield_to(0);
        exo_recv_timed(0, NULL, 0, fp_time() + 10000);
        CHECK(t, notices->count == (uint64_t)round);
        lib_upcall(STACK, note);
        exo_yield_to(0);
        CHECK(t, told(EXO_UPCALL_REVOKE, child) == (uint64_t)round + 1);
    }
    notices->count = 0;
    notices->deep = other;
    exo_revoke(page, fp_time() + PATIENCE);
    exo_yield_to(0);
    exo_yield_to(0);
    CHECK(t, notices->count == 2 && notices->unheard && told(EXO_UPCALL_REVOKE, deep) == 1);
    exo_unbind_page(page);
    exo_unbind_page(other);
    listen_no_more(mine);
}

static void note_and_wake(uint64_t cause, uint64_t value, uint64_t detail)
{
    note(cause, value, detail);
    exo_send(EXO_SELF, NULL, 0);
}

/* An environment with a notice to come does not block first, even if another could run. */
void test_notice_first(struct test *t)
{
    const cap_id_t page = (cap_id_t)exo_alloc_page(EXO_ANY);
    const cap_id_t env = test_spawn(0, PROGRAM_test_child, CHILD_SPIN, EXO_RIGHT_X);
    const cap_id_t mute = test_spawn(0, PROGRAM_fuzz_listener, 0, EXO_RIGHT_X); /* never answers */
    cap_id_t mine[2];

    listen(mine);
    lib_upcall(STACK, note_and_wake);
    exo_yield_to(0);
    exo_yield_to(mute);
    for (uint64_t i = 1; i <= 4; i++) {
        exo_derive(page, RW);
        CHECK(t, exo_revoke(page, fp_time() + PATIENCE) == FB_OK);
        CHECK(t, (i % 2 ? exo_recv(0, NULL, 0) : exo_call(mute, NULL, 0, 0)) == 0);
        CHECK(t, notices->count >= i);
        for (uint64_t n = 0; n < notices->count && n < NOTICES; n++) /* before the deadline */
            CHECK(t, notices->at[n].cause == EXO_UPCALL_REVOKE);
        while (exo_recv_timed(0, NULL, 0, 0) == 0)
            ;
    }
    CHECK(t, exo_env_destroy(env) == FB_OK && exo_env_destroy(mute) == FB_OK);
    exo_unbind_page(page);
    listen_no_more(mine);
}

/* More notices than the stack has room for. Then force: the first are named, the rest counted. */
void test_many_notices(struct test *t)
{
    cap_id_t mine[2], child[MANY];
    uint64_t named = 0, counted = 0;

    listen(mine);
    const cap_id_t page = (cap_id_t)exo_alloc_page(EXO_ANY);
    for (int i = 0; i < MANY; i++)
        child[i] = (cap_id_t)exo_derive(page, RW);
    CHECK(t, exo_revoke(page, fp_time() + PATIENCE) == FB_OK);
    exo_yield_to(0);
    /* The kernel sends a bounded number at once; an interrupt lets it send as many again. */
    CHECK(t, notices->count == 8 || notices->count == 16);
    for (int i = 0; i < MANY && notices->count < MANY; i++)
        exo_yield_to(0);
    CHECK(t, notices->count == MANY);
    for (int i = 0; i < MANY; i++)
        CHECK(t, told(EXO_UPCALL_REVOKE, child[i]) == 1);
    notices->count = 0;
    CHECK(t, exo_revoke(page, fp_time() + 1) == FB_OK); /* replaces the first deadline */
    for (const uint64_t from = fp_time(); named + counted < MANY && fp_time() - from < PATIENCE;) {
        exo_yield_to(0);
        named = counted = 0;
        for (uint64_t i = 0; i < notices->count && i < NOTICES; i++) {
            if (notices->at[i].cause != EXO_UPCALL_ABORT)
                continue;
            named += notices->at[i].value != 0;
            counted += notices->at[i].value ? 0 : notices->at[i].detail;
        }
    }
    CHECK(t, named == BY_NAME && counted == MANY - BY_NAME);
    for (int i = 0; i < MANY; i++)
        CHECK(t, exo_cap_drop(child[i]) == FB_ESTALE);
    exo_unbind_page(page);
    listen_no_more(mine);
}

/* Children: they wait for a message (b: 0), for line b, or to send to b, and store in the shared
 * page what came; or ask for more revocations than allowed. */
int64_t test_holder(uint64_t what, uint64_t b)
{
    volatile uint64_t *shared = (uint64_t *)SHARED;
    uint64_t word[4] = { 0 };
    cap_id_t mine[2];

    if (what == HOLDER_ASKS) {
        for (int i = 0; i <= REQUESTS; i++) {
            const cap_id_t page = (cap_id_t)exo_alloc_page(EXO_ANY);
            exo_derive(page, RW);
            shared[i] = (uint64_t)exo_revoke(page, EXO_FOREVER - 1);
        }
        return 0;
    }
    listen(mine);
    notices->board = 1;
    shared[0] = 1;
    word[0] = 99;
    if (what == HOLDER_SENDS)
        shared[2] = (uint64_t)exo_send(b, word, 8);
    else if (what == HOLDER_SENDS_MEMORY)
        shared[2] = (uint64_t)exo_send_cap(b, word, 8, 0);
    else if (what == HOLDER_CALLS)
        shared[2] = (uint64_t)exo_call(b, word, 8, 32), shared[3] = word[0];
    else if (what == HOLDER_COMPUTES)
        while (notices->count < 2)
            __builtin_ia32_pause();
    else if (b)
        shared[2] = (uint64_t)exo_irq_wait(b, EXO_FOREVER);
    else
        shared[2] = (uint64_t)exo_recv(0, word, 32), shared[3] = word[0];
    shared[4] = notices->count;
    shared[5] = notices->at[0].cause, shared[6] = notices->at[0].value;
    shared[8] = notices->at[1].cause, shared[9] = notices->at[1].value;
    shared[1] = 1;
    return 0;
}

static bool becomes(volatile uint64_t *word, uint64_t value)
{
    for (const uint64_t from = fp_time(); *word != value; exo_yield_to(0))
        if (fp_time() - from > PATIENCE)
            return false;
    return true;
}

/* A blocked holder gets its notice at once, on either CPU, and then what it waited for. */
static void blocked_holder(struct test *t, uint64_t cpu, bool line_too)
{
    volatile uint64_t *shared = (uint64_t *)SHARED;
    const cap_id_t board = lib_page(SHARED, RW), env = (cap_id_t)lib_create(cpu);
    const cap_id_t page = (cap_id_t)exo_alloc_page(EXO_ANY);
    const cap_id_t line = (cap_id_t)exo_irq_alloc(EXO_LINE_SOFT + 2, EXO_RIGHTS_ALL);
    const uint64_t word[4] = { 77 };

    lib_share(env, board, SHARED, RW);
    const cap_id_t held = lib_give(env, page, RW);
    lib_start(env, PROGRAM_test_holder, HOLDER_WAITS, line_too ? lib_give(env, line, RW) : 0);
    CHECK(t, becomes(shared, 1));
    exo_recv_timed(0, NULL, 0, fp_time() + A_WHILE / 30); /* until it waits */
    CHECK(t, exo_revoke(page, fp_time() + PATIENCE) == FB_OK);
    exo_recv_timed(0, NULL, 0, fp_time() + A_WHILE / 30);
    CHECK(t, becomes(shared + 7, 1) && shared[1] == 0); /* it got the notice, and waits */
    CHECK(t, line_too ? exo_irq_trigger(line) == FB_OK : exo_send(env, word, 8) == FB_OK);
    CHECK(t, becomes(shared + 1, 1));
    CHECK(t, shared[2] == (line_too ? 1 : 8) && (line_too || shared[3] == 77));
    CHECK(t, shared[4] == 1 && shared[5] == EXO_UPCALL_REVOKE && shared[6] == held);
    CHECK(t, test_ended(env));
    exo_cap_drop(line);
    exo_unbind_page(page);
    exo_unbind_page(board);
}

/* The same for a holder that is blocked in a send, of either kind, or in a call. */
static void blocked_sender(struct test *t, uint64_t cpu, uint64_t what)
{
    volatile uint64_t *shared = (uint64_t *)SHARED;
    const cap_id_t board = lib_page(SHARED, RW), env = (cap_id_t)lib_create(cpu);
    const cap_id_t page = (cap_id_t)exo_alloc_page(EXO_ANY);
    uint64_t word[4] = { 1 };

    for (int i = 0; i < EXO_MAILBOX_SLOTS; i++)
        CHECK(t, exo_send(EXO_SELF, word, 8) == FB_OK);
    lib_share(env, board, SHARED, RW);
    const cap_id_t held = lib_give(env, page, RW);
    lib_start(env, PROGRAM_test_holder, what, lib_give(env, EXO_SELF, EXO_RIGHT_W));
    CHECK(t, becomes(shared, 1));
    for (const uint64_t from = fp_time(); fp_time() - from < A_WHILE / 30;)
        exo_yield_to(0); /* until it waits */
    CHECK(t, shared[1] == 0 && exo_revoke(page, fp_time() + PATIENCE) == FB_OK);
    CHECK(t, becomes(shared + 7, 1) && shared[1] == 0);
    for (int i = 0; i < EXO_MAILBOX_SLOTS; i++)
        CHECK(t, exo_recv(0, word, 32) == 8 && word[0] == 1);
    CHECK(t, exo_recv_timed(0, word, 32, fp_time() + PATIENCE) == 8 && word[0] == 99);
    word[0] = 77;
    CHECK(t, what != HOLDER_CALLS || exo_send(env, word, 8) == FB_OK);
    CHECK(t, becomes(shared + 1, 1) && exo_recv_timed(0, word, 32, 0) == FB_ETIMEOUT); /* once */
    CHECK(t, what == HOLDER_CALLS ? shared[2] == 8 && shared[3] == 77 : shared[2] == FB_OK);
    CHECK(t, shared[4] == 1 && shared[5] == EXO_UPCALL_REVOKE && shared[6] == held);
    CHECK(t, test_ended(env));
    exo_unbind_page(page);
    exo_unbind_page(board);
}

void test_blocked_holders(struct test *t)
{
    const uint64_t cpus = (uint64_t)exo_info(EXO_INFO_CPUS);

    for (uint64_t i = 0; i < 4; i++)
        blocked_holder(t, i / 2 % cpus, i % 2);
    for (uint64_t i = 0; i < 6; i++)
        blocked_sender(t, i / 3 % cpus, HOLDER_SENDS + i % 3);
}

/* A holder on another CPU that makes no system call is interrupted: for a capability that it holds,
 * and for one that it is granted during the revocation. */
void test_computing_holder(struct test *t)
{
    volatile uint64_t *shared = (uint64_t *)SHARED;
    const cap_id_t board = lib_page(SHARED, RW), env = (cap_id_t)lib_create(1);
    const cap_id_t page = (cap_id_t)exo_alloc_page(EXO_ANY);

    lib_share(env, board, SHARED, RW);
    const cap_id_t held = lib_give(env, page, RW);
    lib_start(env, PROGRAM_test_holder, HOLDER_COMPUTES, 0);
    CHECK(t, becomes(shared, 1) && shared[7] == 0);
    CHECK(t, exo_revoke(page, fp_time() + 2 * PATIENCE) == FB_OK && becomes(shared + 7, 1));
    const cap_id_t joined = lib_give(env, page, RW);
    CHECK(t, becomes(shared + 1, 1) && shared[4] == 2);
    CHECK(t, shared[5] == EXO_UPCALL_REVOKE && shared[6] == held);
    CHECK(t, shared[8] == EXO_UPCALL_REVOKE && shared[9] == joined);
    exo_env_destroy(env);
    CHECK(t, test_ended(env));
    exo_unbind_page(page);
    exo_unbind_page(board);
}

/* Each environment can have few revocations at a time, and they end with it. */
void test_requests(struct test *t)
{
    const cap_id_t board = lib_page(SHARED, RW);
    cap_id_t page[REQUESTS + 1];

    for (int i = 0; i < OWNERS; i++) {
        const cap_id_t env = (cap_id_t)lib_create(0);
        lib_share(env, board, SHARED, RW);
        lib_start(env, PROGRAM_test_holder, HOLDER_ASKS, 0);
        CHECK(t, test_ended(env));
        for (int k = 0; k <= REQUESTS; k++) {
            volatile int64_t *result = (int64_t *)SHARED + k;
            CHECK(t, *result == (k < REQUESTS ? FB_OK : FB_EFULL));
            *result = 1;
        }
    }
    for (int i = 0; i <= REQUESTS; i++) {
        page[i] = (cap_id_t)exo_alloc_page(EXO_ANY);
        const int64_t result = exo_revoke(page[i], fp_time() + PATIENCE);
        CHECK(t, result == (i < REQUESTS ? FB_OK : FB_EFULL));
        CHECK(t, exo_revoke(page[0], fp_time() + PATIENCE) == FB_OK); /* the same again */
    }
    CHECK(t, exo_revoke(page[0], 0) == FB_OK); /* at once: the revocation is over */
    CHECK(t, exo_revoke(page[REQUESTS], fp_time() + PATIENCE) == FB_OK);
    exo_unbind_page(page[1]); /* gone, and its revocation, too */
    CHECK(t, exo_revoke(page[0], fp_time() + PATIENCE) == FB_OK);
    for (int i = 0; i <= REQUESTS; i++)
        exo_unbind_page(page[i]);
    exo_unbind_page(board);
}

/* During a revocation, each new derivation below the capability is asked back, too; afterwards,
 * none is. */
void test_joined(struct test *t)
{
    cap_id_t mine[2];

    listen(mine);
    const cap_id_t page = (cap_id_t)exo_alloc_page(EXO_ANY);
    const cap_id_t child = (cap_id_t)exo_derive(page, EXO_RIGHTS_ALL);
    CHECK(t, exo_revoke(page, fp_time() + PATIENCE) == FB_OK);
    exo_yield_to(0);
    CHECK(t, notices->count == 1 && told(EXO_UPCALL_REVOKE, child) == 1);
    const cap_id_t second = (cap_id_t)exo_derive(page, EXO_RIGHTS_ALL);
    const cap_id_t grandchild = (cap_id_t)exo_derive(child, RW);
    exo_yield_to(0);
    CHECK(t, notices->count == 3 && told(EXO_UPCALL_REVOKE, second) == 1
                 && told(EXO_UPCALL_REVOKE, grandchild) == 1);
    const cap_id_t third = lib_give(EXO_SELF, second, RW); /* by way of another call */
    exo_yield_to(0);
    CHECK(t, notices->count == 4 && told(EXO_UPCALL_REVOKE, third) == 1);
    CHECK(t, exo_revoke(page, 0) == FB_OK && exo_cap_drop(third) == FB_ESTALE);
    notices->count = 0;
    const cap_id_t free = (cap_id_t)exo_derive(page, RW);
    exo_yield_to(0);
    CHECK(t, free && notices->count == 0);
    CHECK(t, exo_revoke(page, fp_time() + 1000) == FB_OK); /* over at its deadline */
    for (const uint64_t from = fp_time();
         exo_unmap(0, free) != FB_ESTALE && fp_time() - from < PATIENCE;)
        exo_yield_to(0);
    const uint64_t heard = notices->count;
    exo_derive(page, RW);
    exo_yield_to(0);
    CHECK(t, notices->count <= 2 && notices->count == heard);
    exo_unbind_page(page);
    listen_no_more(mine);
}
