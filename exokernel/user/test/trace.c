/* SPDX-License-Identifier: MIT
 * The trace of kernels with TRACE=on: each kind of event with its fields, a full ring, what an
 * event costs, and who can read it. In any other kernel, that there is none. */
#include "test.h"

#include <feuerbird/trace.h>

enum { MARK = 0x5150, WORD = 8, COST = 30 };
enum { LOOK, MARKS, SEND, CONTEND };

/* LOOK: whether the trace is mapped here. b: the parent. */
int64_t test_trace_child(uint64_t what, uint64_t b)
{
    uint64_t entry[4] = { 0 };

    switch (what) {
    case LOOK:
        exo_entries(FB_TRACE_AT, 1, entry);
        return exo_send(b, entry, WORD);
    case MARKS:
        exo_null(MARK);
        return 0;
    case SEND: /* more than the mailbox takes */
        for (int i = 0; i <= EXO_MAILBOX_SLOTS; i++)
            exo_send(b, entry, WORD);
        return 0;
    case CONTEND:
        for (;;)
            exo_unbind_page((cap_id_t)exo_alloc_page(EXO_ANY));
    }
    return 0;
}

/* The one that can read the trace does not share it by being there. */
static void check_others(struct test *t)
{
    const cap_id_t env = test_spawn(0, PROGRAM_test_trace_child, LOOK, EXO_RIGHT_W);
    uint64_t entry = 1;

    CHECK(t, exo_recv(0, &entry, WORD) == WORD && entry == 0);
    CHECK(t, test_ended(env));
}

#ifdef TRACE_on
enum { SENDING = 4, RECEIVING = 3, WAITING = 5 }; /* enum env_state */

static const struct fb_trace *const head = (const struct fb_trace *)FB_TRACE_AT;

static uint64_t ring_events(void) { return head->ring_size / sizeof(struct fb_event); }

/* How many events a CPU has noted. */
static uint64_t noted(uint64_t cpu)
{
    return *(const volatile uint64_t *)&head->written[cpu] / sizeof(struct fb_event);
}

static const struct fb_event *event_at(uint64_t cpu, uint64_t number)
{
    const char *rings = (const char *)head + FB_TRACE_HEAD;

    return (const struct fb_event *)(rings + cpu * head->ring_size) + number % ring_events();
}

/* The next event of CPU 0 of this kind and environment (0: any), from *at on, which then is behind
 * it. An empty one if there is none. */
static struct fb_event next(uint64_t *at, enum fb_event_kind kind, uint64_t environment)
{
    for (const uint64_t end = noted(0); *at < end;) {
        const struct fb_event *event = event_at(0, (*at)++);
        if (event->kind == kind && (!environment || event->environment == environment))
            return *event;
    }
    return (struct fb_event){ 0 };
}

static bool is(struct fb_event event, uint64_t a, uint64_t b)
{
    return event.kind && event.a == a && event.b == b;
}

#define NEXT(kind, environment) next(&at, FB_EVENT_##kind, environment)

static void check_calls(struct test *t, uint64_t me)
{
    uint64_t at = noted(0);

    exo_null(MARK);
    test_raw(11, (const uint64_t[6]){ 7 });
    const struct fb_event in = NEXT(syscall, me), out = NEXT(result, me);
    CHECK(t, is(in, SYS_null, MARK) && is(out, FB_OK, 0) && in.time < out.time);
    CHECK(t, is(NEXT(syscall, me), 11, 7) && is(NEXT(result, me), (uint64_t)FB_ESYSCALL, 0));
}

static void check_pages(struct test *t, uint64_t me)
{
    uint64_t at = noted(0);
    const cap_id_t page = (cap_id_t)exo_alloc_page(EXO_ANY);

    const struct fb_event cap = NEXT(cap_new, me), taken = NEXT(page_alloc, me);
    CHECK(t, cap.a == page && taken.b == page && taken.a % FB_PAGE_SIZE == 0 && taken.a);
    CHECK(t, cap.b == ((uint64_t)CAP_PAGE << 32 | taken.a / FB_PAGE_SIZE));
    exo_map(0, page, AREA, RW);
    CHECK(t, is(NEXT(map, me), AREA, RW));
    exo_protect(0, page, EXO_RIGHT_R);
    CHECK(t, is(NEXT(map, me), AREA, EXO_RIGHT_R));
    exo_unmap(0, page);
    CHECK(t, is(NEXT(unmap, me), AREA, 0));
    exo_map_pages(0, &page, 1, AREA, EXO_RIGHT_R);
    CHECK(t, is(NEXT(map, me), AREA, EXO_RIGHT_R));
    exo_unbind_page(page);
    CHECK(t, is(NEXT(cap_end, me), page, cap.b) && is(NEXT(unmap, me), AREA, 0));
    CHECK(t, is(NEXT(page_free, me), taken.a, 0));
}

/* It maps a page where one is missing. */
static void handle(uint64_t cause, uint64_t value, uint64_t detail)
{
    (void)cause, (void)detail;
    *(cap_id_t *)STACK = lib_page(value & -FB_PAGE_SIZE, RW);
}

static void check_faults(struct test *t, uint64_t me)
{
    const cap_id_t stack = lib_page(STACK, RW);

    lib_upcall(STACK, handle);
    uint64_t at = noted(0);
    *(volatile uint64_t *)(AREA + 64) = 1;
    const struct fb_event fault = NEXT(fault, me), upcall = NEXT(upcall, me);
    CHECK(t, is(fault, 14, AREA + 64) && is(upcall, EXO_UPCALL_FAULT, AREA + 64));
    CHECK(t, is(NEXT(resume, me), (uint64_t)upcall_entry, 0));
    exo_unbind_page(*(cap_id_t *)STACK);
    exo_set_upcall(NULL, 0, 0);
    exo_unbind_page(stack);
}

static void check_messages(struct test *t, uint64_t me)
{
    uint64_t at = noted(0), word = 0;
    const cap_id_t env = test_spawn(0, PROGRAM_test_trace_child, SEND, EXO_RIGHT_W);
    const uint64_t child = NEXT(env_new, 0).environment;

    for (int i = 0; i <= EXO_MAILBOX_SLOTS; i++)
        CHECK(t, exo_recv(0, &word, WORD) == WORD);
    CHECK(t, test_ended(env));
    const uint64_t from = at;
    /* We wait, and the child's first message comes through message.S. */
    CHECK(t, is(NEXT(switch, me), child, RECEIVING) && is(NEXT(send, child), me, WORD));
    CHECK(t, is(NEXT(receive, me), child, WORD) && is(NEXT(switch, child), me, 2));
    CHECK(t, is(NEXT(result, me), WORD, 0));
    CHECK(t, NEXT(env_end, child).a == child);
    uint64_t sent = 0, received = 0;
    for (at = from; NEXT(send, child).kind;)
        sent++;
    for (at = from; is(NEXT(receive, me), child, WORD);)
        received++;
    CHECK(t, sent == EXO_MAILBOX_SLOTS + 1 && received == sent);
}

/* A sender beyond the mailbox blocks, and gives up when the receiver is gone. */
static void check_withdrawal(struct test *t)
{
    uint64_t at = noted(0);
    const cap_id_t deaf = test_spawn(0, PROGRAM_test_child, CHILD_SPIN, EXO_RIGHT_W);
    const uint64_t spinner = NEXT(env_new, 0).environment;
    const cap_id_t env = (cap_id_t)lib_create(0);
    const uint64_t sender = NEXT(env_new, 0).environment;

    lib_start(env, PROGRAM_test_trace_child, SEND, lib_give(env, deaf, EXO_RIGHT_W));
    for (int i = 0; i < 4; i++)
        exo_yield_to(env);
    CHECK(t, is(NEXT(switch, sender), exo_info(EXO_INFO_NUMBER), SENDING)
                 || is(NEXT(switch, sender), spinner, SENDING));
    exo_env_destroy(deaf);
    CHECK(t, is(NEXT(withdraw, sender), spinner, (uint64_t)FB_ESTALE));
    CHECK(t, NEXT(wake, sender).b == SENDING);
    exo_env_destroy(env);
}

static void check_timer(struct test *t, uint64_t me)
{
    const cap_id_t line = (cap_id_t)exo_irq_alloc(EXO_LINE_TIMER, EXO_RIGHTS_ALL);
    const cap_id_t soft = (cap_id_t)exo_irq_alloc(EXO_LINE_SOFT, EXO_RIGHTS_ALL);
    const uint64_t when = fp_time() + 20000;
    uint64_t at = noted(0);

    exo_timer_set(line, when);
    exo_irq_wait(line, EXO_FOREVER);
    CHECK(t, is(NEXT(timer_set, me), when, 0));
    const uint64_t from = at;
    CHECK(t, NEXT(interrupt, 0).a == 32);
    const struct fb_event expiry = NEXT(timer_expire, 0);
    CHECK(t, is(expiry, when, 0) && expiry.time >= when);
    at = from; /* on a busy host it expires before we wait */
    if (is(NEXT(switch, me), 0, WAITING))
        CHECK(t, is(NEXT(wake, me), 0, WAITING));
    at = noted(0);
    exo_irq_trigger(soft);
    exo_irq_wait(soft, EXO_FOREVER);
    CHECK(t, NEXT(interrupt, 0).a == 48 + EXO_LINE_SOFT);
    exo_cap_drop(line), exo_cap_drop(soft);
}

static void check_program_calls(struct test *t)
{
    const cap_id_t page = lib_page(SHARED, RW);
    uint64_t at = noted(0);
    const cap_id_t env = test_foreign(0, page);
    const uint64_t child = NEXT(env_new, 0).environment;

    lib_start(env, PROGRAM_test_trace_child, MARKS, 0);
    CHECK(t, test_ended(env));
    CHECK(t, is(NEXT(program_call, child), SYS_null, MARK));
    CHECK(t, is(NEXT(syscall, child), SYS_null, MARK) && is(NEXT(result, child), FB_OK, 0));
    exo_unbind_page(page);
}

/* All events of a full ring are the newest, in order, and those before are counted. */
static void check_wrap(struct test *t, uint64_t me)
{
    const uint64_t before = noted(0), events = ring_events();

    for (uint64_t i = 0; i < events; i++)
        exo_null(i);
    const uint64_t end = noted(0);
    uint64_t unordered = 0, at = end - events, calls = 0;
    CHECK(t, end - before >= 2 * events && end > events);
    for (uint64_t i = end - events + 1; i < end; i++)
        unordered += event_at(0, i)->time < event_at(0, i - 1)->time;
    CHECK(t, !unordered);
    while (NEXT(syscall, me).kind)
        calls++;
    CHECK(t, calls >= events / 2 - 100 && calls <= events / 2);
}

/* Two processors wait for each other. */
static void check_lock(struct test *t)
{
    const cap_id_t env = (cap_id_t)lib_create(1);
    uint64_t at = noted(0);
    struct fb_event lock = { 0 };

    lib_start(env, PROGRAM_test_trace_child, CONTEND, 0);
    for (const uint64_t from = fp_time(); !lock.kind && fp_time() - from < PATIENCE;) {
        exo_unbind_page((cap_id_t)exo_alloc_page(EXO_ANY));
        at = at + ring_events() / 2 < noted(0) ? noted(0) : at;
        lock = NEXT(lock, 0);
    }
    CHECK(t, lock.kind && lock.a > 0 && lock.a < PATIENCE);
    exo_env_destroy(env);
    CHECK(t, test_ended(env));
}

void test_trace(struct test *t)
{
    const uint64_t me = (uint64_t)exo_info(EXO_INFO_NUMBER);

    CHECK(t, head->magic == FB_TRACE_MAGIC && head->event_size == sizeof(struct fb_event));
    CHECK(t, head->cpus == (uint64_t)exo_info(EXO_INFO_CPUS));
    check_others(t);
    check_calls(t, me);
    check_pages(t, me);
    check_faults(t, me);
    check_messages(t, me);
    check_withdrawal(t);
    check_timer(t, me);
    check_program_calls(t);
    check_wrap(t, me);
}

void test_trace_lock(struct test *t) { check_lock(t); }

/* Time in instructions: a crossing notes two events. 30 are its own. */
void test_trace_cost(struct test *t)
{
    uint64_t least = -1ul;

    if (exo_info(EXO_INFO_CPUS) > 1)
        return; /* the clock counts something else */
    for (int i = 0; i < 100; i++) {
        const uint64_t from = fp_time();
        exo_null(0);
        const uint64_t to = fp_time();
        const uint64_t empty = fp_time() - to;
        least = to - from - empty < least ? to - from - empty : least;
    }
    CHECK(t, least > COST && (least - COST) / 2 <= COST);
    lib_print("  an event: "), lib_number((least - COST) / 2), lib_print(" instructions\n");
}
#else
void test_trace(struct test *t)
{
    uint64_t entry = 1;

    CHECK(t, exo_entries(FB_TRACE_AT, 1, &entry) == FB_OK && entry == 0);
    check_others(t);
}

void test_trace_lock(struct test *t) { (void)t; }
void test_trace_cost(struct test *t) { (void)t; }
#endif
