/* SPDX-License-Identifier: MIT
 * Several at once, and those that end in the middle: waiters for a line, blocked senders, deadlines
 * that lie close together, handlers in handlers, and pages with a name. */
#include "test.h"

enum { SENDERS = 4, ROUNDS = 4000 };

/* A page is empty whichever way it is taken: any page, this page, for another, after scrubbing. */
void test_named_pages(struct test *t)
{
    const cap_id_t env = (cap_id_t)exo_env_alloc(0, 8);

    for (uint64_t way = 0; way < 4; way++) {
        const cap_id_t page = lib_page(AREA, RW);
        struct exo_cap token;
        uint64_t sum = 0;
        CHECK(t, exo_cap_export(page, 0, &token) == FB_OK);
        const uint64_t physical = token.resource * FB_PAGE_SIZE;
        for (uint64_t i = 0; i < FB_PAGE_SIZE / 8; i++)
            ((uint64_t *)AREA)[i] = -1ul;
        CHECK(t, exo_alloc_page(physical) == FB_EBUSY && exo_alloc_page(physical + 8) == FB_EBUSY);
        exo_unbind_page(page);
        if (way == 2)
            exo_scrub(1);
        int64_t again = way == 1 ? exo_alloc_page_for(EXO_SELF, physical)
                        : way    ? exo_alloc_page(physical)
                                 : exo_alloc_page(EXO_ANY);
        CHECK(t, again > 0 && exo_map(0, (cap_id_t)again, AREA, RW) == FB_OK);
        CHECK(t, exo_cap_export((cap_id_t)again, 0, &token) == FB_OK);
        CHECK(t, token.resource * FB_PAGE_SIZE == physical); /* the same one */
        for (uint64_t i = 0; i < FB_PAGE_SIZE / 8; i++)
            sum |= ((uint64_t *)AREA)[i];
        CHECK(t, sum == 0);
        exo_unbind_page((cap_id_t)again);
    }
    exo_env_destroy(env);
}

/* No deadline passes early because another one, close before it, has passed. */
void test_close_deadlines(struct test *t)
{
    const cap_id_t timer = (cap_id_t)exo_irq_alloc(EXO_LINE_TIMER, EXO_RIGHTS_ALL);
    const cap_id_t soft = (cap_id_t)exo_irq_alloc(EXO_LINE_SOFT, EXO_RIGHTS_ALL);
    uint64_t word;

    for (uint64_t gap = 500; gap <= 8000; gap += 500) {
        uint64_t time = fp_time() + 20000;
        exo_timer_set(timer, time);
        CHECK(t, exo_irq_wait(soft, time + gap) == FB_ETIMEOUT && fp_time() >= time + gap);
        CHECK(t, exo_irq_wait(timer, EXO_FOREVER) == 1);
        time = fp_time() + 20000;
        exo_timer_set(timer, time);
        CHECK(t, exo_recv_timed(0, &word, 8, time + gap) == FB_ETIMEOUT);
        CHECK(t, fp_time() >= time + gap && exo_irq_wait(timer, EXO_FOREVER) == 1);
    }
    exo_cap_drop(timer), exo_cap_drop(soft);
}

/* One waits for a line at a time; one that ends, by force or by its own, waits no longer. */
void test_waiters(struct test *t)
{
    const cap_id_t page = lib_page(SHARED, RW);
    const cap_id_t line = (cap_id_t)exo_irq_alloc(EXO_LINE_SOFT + 1, EXO_RIGHTS_ALL);

    for (uint64_t deadline = 0; deadline < 2; deadline++) {
        const cap_id_t env = (cap_id_t)lib_create(0);
        lib_share(env, page, SHARED, RW);
        lib_start(env, PROGRAM_share_waiter, lib_give(env, line, EXO_RIGHT_R), 0);
        exo_recv_timed(0, NULL, 0, fp_time() + A_WHILE / 30); /* until it waits */
        const bool busy = exo_irq_wait(line, 0) == FB_EBUSY;
        const uint64_t time = deadline ? fp_time() + A_WHILE : EXO_FOREVER;
        CHECK(t, busy && exo_irq_wait(line, time) == FB_EBUSY);
        CHECK(t, exo_env_destroy(env) == FB_OK);
        CHECK(t, exo_irq_wait(line, 0) == FB_ETIMEOUT);
        CHECK(t, exo_irq_trigger(line) == FB_OK && exo_irq_wait(line, EXO_FOREVER) == 1);
        CHECK(t, exo_probe(EXO_PROBE_AUDIT, 0, 0) == FB_OK);
    }
    exo_cap_drop(line);
    exo_unbind_page(page);
}

/* Sends one message from memory with its number, and ends. */
int64_t test_one_sender(uint64_t n, uint64_t to)
{
    uint64_t word[5] = { n, n, n, n, n };

    return exo_send(to, word, sizeof word);
}

/* Of several blocked senders, each set of them ends. One more comes. All others arrive in order. */
void test_broken_senders(struct test *t)
{
    for (uint64_t end = 0; end < 1u << SENDERS; end++) {
        cap_id_t env[SENDERS + 1];
        for (uint64_t i = 0; i < SENDERS; i++) {
            env[i] = test_spawn(0, PROGRAM_test_one_sender, i, EXO_RIGHT_W);
            exo_yield_to(0); /* until it is blocked */
        }
        for (uint64_t i = SENDERS; i--;)
            if (end >> i & 1)
                CHECK(t, exo_env_destroy(env[i]) == FB_OK);
        env[SENDERS] = test_spawn(0, PROGRAM_test_one_sender, SENDERS, EXO_RIGHT_W);
        exo_yield_to(0);
        for (uint64_t i = 0; i <= SENDERS; i++) {
            uint64_t word[5] = { 99 };
            if (end >> i & 1)
                continue;
            CHECK(t, exo_recv_timed(0, word, sizeof word, fp_time() + A_WHILE) == sizeof word);
            CHECK(t, word[0] == i && test_ended(env[i]));
        }
        CHECK(t, exo_recv_timed(0, NULL, 0, 0) == FB_ETIMEOUT);
    }
}

/* A handler that is interrupted in its turn begins right below the one before. The first begins at
 * the top of the stack. Both addresses are multiples of 16. */
void test_nested_handlers(struct test *t)
{
    const cap_id_t stack = lib_page(STACK, RW);

    for (uint64_t size = 2048; size < 2048 + 32; size++) {
        uint64_t number = SYS_set_upcall, base = STACK, length = size, first = 0, second = 0;
        __asm__ volatile("lea 1f(%%rip), %%rdi; syscall; mov %%rsp, %%rbx; xor %%r12d, %%r12d\n"
                         "ud2\n"
                         "1: test %%r12, %%r12; jnz 2f\n"
                         "mov %%rsp, %%r12; ud2\n"
                         "2: mov %%r12, %[first]; mov %%rsp, %[second]; mov %%rbx, %%rsp"
                         : "+a"(number), "+S"(base),
                           "+d"(length), [first] "=&r"(first), [second] "=&r"(second)
                         :
                         : "rbx", "rcx", "rdi", "r8", "r9", "r10", "r11", "r12", "memory");
        CHECK(t, first == ((STACK + size) & -16ul) - 64 && second == first - 64);
    }
    exo_set_upcall(NULL, 0, 0);
    exo_unbind_page(stack);
}

/* Derives and drops in its own table, until it is told to stop. */
int64_t test_deriver(uint64_t id, uint64_t b)
{
    volatile uint64_t *shared = (uint64_t *)SHARED;

    (void)b;
    while (!shared[0]) {
        const int64_t made = exo_derive(id, EXO_RIGHTS_ALL);
        shared[1] += made <= 0 || exo_cap_drop((cap_id_t)made) != FB_OK;
        shared[2]++;
    }
    return 0;
}

/* On two CPUs at once: one derives in its own table, the other grants into that table. */
void test_derivations_on_two_cpus(struct test *t)
{
    volatile uint64_t *shared = (uint64_t *)SHARED;
    const cap_id_t page = lib_page(SHARED, RW), env = (cap_id_t)lib_create(1);
    const cap_id_t line = (cap_id_t)exo_irq_alloc(EXO_LINE_SOFT + 1, EXO_RIGHTS_ALL);
    bool good = true;

    lib_share(env, page, SHARED, RW);
    lib_start(env, PROGRAM_test_deriver, lib_give(env, line, EXO_RIGHTS_ALL), 0);
    for (const uint64_t from = fp_time(); !shared[2] && fp_time() - from < PATIENCE;)
        exo_yield_to(0);
    for (uint64_t i = 0; i < ROUNDS && good; i++) {
        const cap_id_t mine = (cap_id_t)exo_derive(line, EXO_RIGHTS_ALL);
        good = lib_give(env, mine, EXO_RIGHTS_ALL) && exo_cap_drop(mine) == FB_OK
               && (i % 64 || exo_probe(EXO_PROBE_AUDIT, 0, 0) == FB_OK);
    }
    CHECK(t, good);
    shared[0] = 1;
    CHECK(t, test_ended(env) && shared[1] == 0 && shared[2] > 0);
    exo_cap_drop(line);
    exo_unbind_page(page);
}
