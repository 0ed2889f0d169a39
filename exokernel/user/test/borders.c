/* SPDX-License-Identifier: MIT
 * Numbers on both sides of each border: of lines, of the stack of upcalls, and of deadlines. */
#include "test.h"

/* Every line, and one more: who may take it, fire it and set its timer. */
void test_line_numbers(struct test *t)
{
    const uint64_t cpus = (uint64_t)exo_info(EXO_INFO_CPUS),
                   mine = (uint64_t)exo_info(EXO_INFO_CPU);

    for (uint64_t n = 0; n <= EXO_LINES; n++) {
        const bool timer = n >= EXO_LINE_TIMER && n < EXO_LINE_SOFT, soft = n >= EXO_LINE_SOFT;
        const bool there = n < EXO_LINES && (!timer || n - EXO_LINE_TIMER < cpus);
        const int64_t id = exo_irq_alloc(n, EXO_RIGHTS_ALL);
        CHECK(t, there ? id > 0 : id == FB_EINVALID);
        if (!there)
            continue;
        const cap_id_t line = (cap_id_t)id;
        CHECK(t, exo_irq_alloc(n, EXO_RIGHTS_ALL) == FB_EBUSY);
        CHECK(t, exo_info(EXO_INFO_LINE + n) == 0);
        CHECK(t, exo_irq_trigger(line) == (soft ? FB_OK : FB_EINVALID));
        CHECK(t, exo_irq_wait(line, 0) == (soft ? 1 : FB_ETIMEOUT));
        const bool ours = timer && n - EXO_LINE_TIMER == mine;
        CHECK(t, exo_timer_set(line, EXO_FOREVER - 1) == (ours ? FB_OK : FB_EINVALID));
        CHECK(t, exo_timer_set(line, 0) == (ours ? FB_OK : FB_EINVALID));
        CHECK(t, exo_cap_drop(line) == FB_OK && exo_info(EXO_INFO_LINE + n) == FB_EDENIED);
    }
}

/* Asks for upcalls at another's line. */
int64_t test_line_taker(uint64_t line, uint64_t b)
{
    (void)b;
    *(volatile int64_t *)SHARED = exo_irq_upcall(line, true);
    return 0;
}

/* Only the owner of a line gets its events by upcalls, whatever rights others have. */
void test_line_owner(struct test *t)
{
    const cap_id_t line = (cap_id_t)exo_irq_alloc(EXO_LINE_SOFT, EXO_RIGHTS_ALL);
    const cap_id_t page = lib_page(SHARED, RW), env = (cap_id_t)lib_create(0);

    CHECK(t, lib_share(env, page, SHARED, RW) == FB_OK);
    lib_start(env, PROGRAM_test_line_taker, lib_give(env, line, EXO_RIGHTS_ALL), 0);
    CHECK(t, test_ended(env) && *(volatile int64_t *)SHARED == FB_EDENIED);
    CHECK(t, exo_irq_trigger(line) == FB_OK && exo_irq_wait(line, 0) == 1);
    exo_cap_drop(line);
    exo_unbind_page(page);
}

/* The entry and the stack of upcalls. */
void test_upcall_numbers(struct test *t)
{
    static const struct {
        uint64_t entry, stack, size;
        int64_t result;
    } rows[] = {
        { EXO_USER_END - 1, STACK, 1024, FB_OK },
        { EXO_USER_END, STACK, 1024, FB_EADDRESS },
        { EXO_USER_END + 1, STACK, 1024, FB_EADDRESS },
        { 1ul << 63 | EXO_IMAGE, STACK, 1024, FB_EADDRESS },
        { EXO_IMAGE, STACK, 1023, FB_EINVALID },
        { EXO_IMAGE, STACK, 0, FB_EINVALID },
        { 0, STACK, 1023, FB_OK }, /* no handler */
        { EXO_IMAGE, EXO_USER_END - 1024, 1024, FB_OK },
        { EXO_IMAGE, EXO_USER_END - 1024, 1025, FB_EADDRESS },
        { EXO_IMAGE, EXO_USER_END - 1023, 1024, FB_EADDRESS },
        { EXO_IMAGE, EXO_USER_END, 1024, FB_EADDRESS },
        { 0, EXO_USER_END, 0, FB_OK },
        { 0, EXO_USER_END + 1, 0, FB_EADDRESS },
        { 0, EXO_USER_END + 1, -1ul, FB_EADDRESS },
        { EXO_IMAGE, STACK, -1ul, FB_EADDRESS },
        { EXO_IMAGE, STACK, 1ul << 63, FB_EADDRESS },
        { EXO_IMAGE, 1ul << 63 | STACK, 1024, FB_EADDRESS },
    };

    for (uint64_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const int64_t result = exo_set_upcall((const void *)rows[i].entry, rows[i].stack,
                                              rows[i].size);
        CHECK(t, result == rows[i].result);
        if (result != rows[i].result)
            lib_print("  row "), lib_number(i), lib_print("\n");
    }
    exo_set_upcall(NULL, 0, 0);
}

/* Count handlers that are interrupted at once, by faults or by events, until there is no room. */
int64_t test_nester(uint64_t size, uint64_t events)
{
    const cap_id_t line = (cap_id_t)exo_irq_alloc(EXO_LINE_SOFT + 2, EXO_RIGHTS_ALL);
    register uint64_t id __asm__("r13") = line;

    lib_page(STACK, RW);
    exo_irq_upcall(line, true);
    if (!events)
        __asm__ volatile("lea 1f(%%rip), %%rdi; syscall; ud2\n"
                         "1: incq %c[count]; ud2"
                         :
                         : "a"(SYS_set_upcall), "S"(STACK), "d"(size), [count] "i"(SHARED)
                         : "rcx", "rdi", "r8", "r9", "r10", "r11", "memory");
    else
        __asm__ volatile("lea 1f(%%rip), %%rdi; syscall; jmp 2f\n"
                         "1: incq %c[count]\n"
                         "2: mov %[trigger], %%eax; mov %%r13, %%rdi; syscall\n"
                         "mov $1000, %%ecx; 3: pause; loop 3b"
                         :
                         : "a"(SYS_set_upcall), "S"(STACK),
                           "d"(size), [count] "i"(SHARED), [trigger] "i"(SYS_irq_trigger), "r"(id)
                         : "rcx", "rdi", "r8", "r9", "r10", "r11", "memory");
    exo_exit(0);
}

/* Faults fill the stack to its last word. Events, which can wait, leave half of it free. */
void test_upcall_room(struct test *t)
{
    volatile uint64_t *count = (uint64_t *)SHARED;
    const cap_id_t page = lib_page(SHARED, RW);

    for (uint64_t size = 1024; size <= 1024 + 80; size += 16) {
        for (uint64_t events = 0; events < 2; events++) {
            const uint64_t room = (events ? size - size / 2 : size) / 64;
            const cap_id_t env = (cap_id_t)lib_create(0);
            *count = 0;
            CHECK(t, lib_share(env, page, SHARED, RW) == FB_OK);
            CHECK(t, lib_start(env, PROGRAM_test_nester, size, events) == FB_OK);
            CHECK(t, test_ended(env) && *count == room);
        }
    }
    exo_unbind_page(page);
}

/* Keep which capability is asked back, and by when. */
static void keep_asked(uint64_t cause, uint64_t id, uint64_t deadline)
{
    volatile uint64_t *asked = (uint64_t *)SHARED;

    asked[1 + 2 * asked[0]] = cause == EXO_UPCALL_REVOKE ? id : 0;
    asked[2 + 2 * asked[0]] = deadline;
    asked[0]++;
}

static uint64_t asked_by(cap_id_t id)
{
    volatile uint64_t *asked = (uint64_t *)SHARED;

    for (uint64_t i = 0; i < asked[0]; i++)
        if (asked[1 + 2 * i] == id)
            return asked[2 + 2 * i];
    return 0;
}

/* Two revocations, one of them below the other, of which each is the earlier one in turn. A notice
 * has the earliest deadline of those that reach the capability. */
void test_two_deadlines(struct test *t)
{
    const cap_id_t notes = lib_page(SHARED, RW), stack = lib_page(STACK, RW);
    volatile uint64_t *asked = (uint64_t *)SHARED;

    lib_upcall(STACK, keep_asked);
    for (uint64_t later = 0; later < 2; later++) {
        const uint64_t below = fp_time() + PATIENCE, above = later ? below + 1 : below - 1;
        const cap_id_t page = (cap_id_t)exo_alloc_page(EXO_ANY);
        const cap_id_t one = (cap_id_t)exo_derive(page, EXO_RIGHTS_ALL);
        const cap_id_t two = (cap_id_t)exo_derive(one, EXO_RIGHTS_ALL);
        asked[0] = 0;
        CHECK(t, exo_revoke(one, below) == FB_OK);
        exo_yield_to(0); /* notices come now */
        CHECK(t, asked[0] == 1 && asked_by(two) == below);
        asked[0] = 0;
        CHECK(t, exo_revoke(page, above) == FB_OK);
        exo_yield_to(0);
        CHECK(t, asked[0] == 2 && asked_by(one) == above);
        CHECK(t, asked_by(two) == (later ? below : above));
        CHECK(t, exo_revoke(one, 0) == FB_OK && exo_revoke(page, 0) == FB_OK);
        CHECK(t, exo_cap_drop(one) == FB_ESTALE && exo_unbind_page(page) == FB_OK);
    }
    exo_set_upcall(NULL, 0, 0);
    exo_unbind_page(stack), exo_unbind_page(notes);
}

/* Fill an environment's table with lists of this length: the last list fits as far as there is
 * room, and then nothing does. */
static void fill_table(struct test *t, cap_id_t page, uint64_t length)
{
    const cap_id_t env = (cap_id_t)lib_create(0); /* it has itself and a page of stack */
    cap_id_t id[EXO_GRANT_MAX];
    uint64_t made = 0;

    for (int64_t result = FB_OK; result == FB_OK && made <= EXO_ACCOUNT_ROOM;) {
        for (uint64_t i = 0; i < length; i++)
            id[i] = page;
        result = exo_grant(env, id, length, RW);
        made += result == FB_OK ? length : 0;
        for (uint64_t i = 0; result && i < length && id[i] != page; i++)
            made++;
        CHECK(t, result == FB_OK || result == FB_EFULL);
    }
    CHECK(t, made == EXO_ACCOUNT_ROOM - 3); /* nothing opens the first slot */
    id[0] = page;
    CHECK(t, exo_grant(env, id, 1, RW) == FB_EFULL && id[0] == page);
    CHECK(t, exo_probe(EXO_PROBE_AUDIT, 0, 0) == FB_OK);
    CHECK(t, exo_env_destroy(env) == FB_OK);
}

void test_full_tables(struct test *t)
{
    const cap_id_t page = lib_page(SHARED, RW);

    for (uint64_t length = 1; length <= EXO_GRANT_MAX; length++)
        fill_table(t, page, length);
    exo_unbind_page(page);
}
