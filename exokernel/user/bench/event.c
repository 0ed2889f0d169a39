/* SPDX-License-Identifier: MIT
 * Benchmarks of interrupts: from the deadline to ring 3's handler, from a trigger to the
 * environment that waits; and of lines, timers and ports. */
#include "exo.h"
#include "rtc.h"

enum { AHEAD = 5000, SHORTLY = 1000 };
#define STACK 0x12000000ul
#define NOTE ((volatile uint64_t *)STACK) /* at the bottom of the handler's stack */
#define SHARED 0x11000000ul

static void note_time(uint64_t cause, uint64_t value, uint64_t detail)
{
    NOTE[0] = FP_CLOCK_AND_MARK(FP_MARK_END);
    NOTE[1] += cause == EXO_UPCALL_EVENT && value >= EXO_LINE_TIMER ? detail : 0;
}

/* A one-shot deadline while this environment computes: how late its handler begins. */
int64_t bench_timer(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    const uint64_t cpu = (uint64_t)exo_info(EXO_INFO_CPU);
    const int64_t line = exo_irq_alloc(EXO_LINE_TIMER + cpu, EXO_RIGHTS_ALL);

    (void)b;
    lib_page(STACK, RW);
    lib_upcall(STACK, note_time);
    exo_irq_upcall((cap_id_t)line, true);
    fp_wants_clock(run);
    lib_single(run);
    while (fp_next(run)) {
        if (run->leave_out) {
            fp_keep_unreached(run);
            continue;
        }
        const uint64_t events = NOTE[1], deadline = fp_clock() + AHEAD;
        NOTE[0] = 0;
        exo_timer_set((cap_id_t)line, deadline);
        while (!NOTE[0])
            FP_MARK(FP_MARK_BEGIN); /* counting begins in the interrupted turn */
        fp_keep(run, NOTE[0] - deadline);
        fp_check(run, NOTE[1] == events + 1, "not one event");
    }
    return 0;
}

/* Allocate a free line. It is given up outside of the timed region. */
int64_t bench_irq_alloc(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    int64_t line = -1;

    (void)b;
    lib_single(run);
    while (fp_next(run)) {
        FP_TIMED(run, i, line, exo_irq_alloc, EXO_LINE_SOFT, EXO_RIGHTS_ALL);
        fp_check(run,
                 exo_info(EXO_INFO_LINE + EXO_LINE_SOFT) == 0
                     && exo_cap_drop((cap_id_t)line) == FB_OK,
                 "the line is not one's own");
    }
    return 0;
}

#define PATIENCE 20000000000ul

/* Acknowledge a device's line right after an interrupt, long before the next. */
int64_t bench_irq_ack(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    const cap_id_t ports = (cap_id_t)exo_ioport_alloc(RTC);
    const cap_id_t line = (cap_id_t)exo_irq_alloc(RTC_LINE, EXO_RIGHTS_ALL);
    const uint8_t was_a = rtc_read(ports, REGISTER_A), was_b = rtc_read(ports, REGISTER_B);
    int64_t status = -1;

    (void)b;
    lib_single(run);
    rtc_write(ports, REGISTER_A, FASTEST);
    rtc_read(ports, REGISTER_C);
    rtc_write(ports, REGISTER_B, was_b | PERIODIC);
    exo_irq_wait(line, fp_time() + PATIENCE);
    while (fp_next(run)) {
        rtc_read(ports, REGISTER_C);
        FP_TIMED(run, i, status, exo_irq_ack, line);
        if (run->twin)
            exo_irq_ack(line);
        const bool another = exo_irq_wait(line, fp_time() + PATIENCE) == 1;
        fp_check(run, another && status == FB_OK, "no other interrupt came");
    }
    rtc_write(ports, REGISTER_B, was_b);
    rtc_write(ports, REGISTER_A, was_a);
    return 0;
}

/* Wait for an event that has come already. */
int64_t bench_irq_wait(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    const int64_t line = exo_irq_alloc(EXO_LINE_SOFT, EXO_RIGHTS_ALL);
    int64_t events = 0;

    (void)b;
    lib_single(run);
    while (fp_next(run)) {
        exo_irq_trigger((cap_id_t)line);
        FP_TIMED(run, i, events, exo_irq_wait, (cap_id_t)line, EXO_FOREVER);
        fp_check(run, events == 1, "not the one event");
        if (run->twin)
            exo_irq_wait((cap_id_t)line, EXO_FOREVER);
    }
    return 0;
}

/* Waits for events and notes the time of each; a: its capability for the line. */
int64_t irq_sink(uint64_t a, uint64_t b)
{
    volatile uint64_t *note = (uint64_t *)b;

    for (;;) {
        const int64_t events = exo_irq_wait(a, EXO_FOREVER);
        note[0] = FP_CLOCK_AND_MARK(FP_MARK_ARRIVE);
        note[1] += (uint64_t)events;
    }
}

/* From the trigger of an interrupt on this CPU to the environment that waited for it. */
int64_t bench_irq_wake(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    volatile uint64_t *note = (uint64_t *)SHARED;
    const cap_id_t page = lib_page(SHARED, RW);
    const int64_t line = exo_irq_alloc(EXO_LINE_SOFT, EXO_RIGHTS_ALL), env = lib_create(b);
    const cap_id_t there = lib_give((cap_id_t)env, (cap_id_t)line, EXO_RIGHT_R);

    if (!there || lib_share((cap_id_t)env, page, SHARED, RW)
        || lib_start((cap_id_t)env, PROGRAM_irq_sink, there, SHARED))
        fp_give_up(run, FP_NO_MEMORY, "the other side did not start");
    lib_single(run);
    for (int i = 0; i < 1000; i++)
        exo_yield_to(0); /* until it waits */
    while (fp_next(run)) {
        const bool skip = run->leave_out;
        const uint64_t events = note[1];
        exo_yield_to(0); /* an environment that waits leaves the ring */
        note[0] = 0;
        fp_keep(run, LIB_ONE_WAY(skip, note, exo_irq_trigger, (cap_id_t)line));
        fp_check(run, note[1] == events + 1, "the waiting environment did not see one event");
    }
    return 0;
}

/* From a deadline to the environment that waited for it, which takes the CPU from us. */
int64_t bench_preemption(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    volatile uint64_t *note = (uint64_t *)SHARED;
    const cap_id_t page = lib_page(SHARED, RW), env = (cap_id_t)lib_create(0);
    const int64_t line = exo_irq_alloc(EXO_LINE_TIMER, EXO_RIGHTS_ALL);
    const cap_id_t there = lib_give(env, (cap_id_t)line, EXO_RIGHT_R);

    (void)b;
    if (!there || lib_share(env, page, SHARED, RW)
        || lib_start(env, PROGRAM_irq_sink, there, SHARED) || run->batch != 1)
        fp_give_up(run, FP_NO_MEMORY, "the other side did not start, or a batch");
    exo_yield_to(0); /* until it waits */
    fp_wants_clock(run);
    while (fp_next(run)) {
        exo_yield_to(0);
        const uint64_t events = note[1];
        note[0] = 0;
        if (run->leave_out) {
            fp_keep_unreached(run);
            continue;
        }
        const uint64_t deadline = fp_clock() + AHEAD;
        exo_timer_set((cap_id_t)line, deadline);
        while (!note[0]) {
            FP_MARK(FP_MARK_DEPART);
            FP_MARK(FP_MARK_BEGIN);
        }
        fp_keep(run, note[0] - deadline);
        fp_check(run, note[1] == events + 1, "the waiting environment did not see one event");
    }
    return 0;
}

/* Waits until a far deadline. */
int64_t wait_long(uint64_t a, uint64_t b)
{
    (void)b;
    for (;;)
        exo_recv_timed(0, NULL, 0, a);
}

/* Set a deadline on a CPU where params[0] - 1 environments wait with earlier ones. Then check that
 * a deadline comes, and not too early. */
int64_t bench_timer_set(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    const cap_id_t line = (cap_id_t)exo_irq_alloc(EXO_LINE_TIMER, EXO_RIGHTS_ALL);
    const uint64_t far = fp_time() + (1ul << 50);
    int64_t status = -1;

    (void)b;
    lib_single(run);
    for (uint64_t i = 1; i < run->entry->params[0]; i++) {
        const int64_t env = lib_create(0);
        if (env < 0 || lib_start((cap_id_t)env, PROGRAM_wait_long, far, 0))
            fp_give_up(run, FP_NO_MEMORY, "not so many environments");
        exo_yield_to(0); /* until it waits */
    }
    while (fp_next(run)) {
        FP_TIMED(run, i, status, exo_timer_set, line, far + 1);
        const bool silent = exo_irq_wait(line, fp_time()) == FB_ETIMEOUT;
        exo_timer_set(line, fp_time());
        const bool came = exo_irq_wait(line, fp_time() + PATIENCE) == 1;
        fp_check(run, status == FB_OK && silent && came, "the timer was not set, or too early");
    }
    return 0;
}

/* A receive that ends by its deadline: from the deadline to the return. The kernel idles before. */
int64_t bench_recv_expired(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;

    (void)b;
    fp_wants_clock(run);
    lib_single(run);
    while (fp_next(run)) {
        if (run->leave_out) {
            fp_keep_unreached(run);
            continue;
        }
        const uint64_t deadline = fp_clock() + SHORTLY;
        const int64_t result = exo_recv_timed(0, NULL, 0, deadline);
        const uint64_t now = fp_clock();
        fp_keep(run, now - deadline);
        fp_check(run, result == FB_ETIMEOUT && now >= deadline,
                 "the receive did not end as it should");
    }
    return 0;
}

/* Turn on upcalls for a line: the next event enters the handler. */
int64_t bench_irq_upcall(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    const cap_id_t line = (cap_id_t)exo_irq_alloc(EXO_LINE_SOFT, EXO_RIGHTS_ALL);
    int64_t status = -1;

    (void)b;
    lib_page(STACK, RW);
    lib_upcall(STACK, note_time);
    while (fp_next(run)) {
        const uint64_t events = NOTE[1];
        FP_TIMED(run, i, status, exo_irq_upcall, line, true);
        exo_irq_trigger(line);
        fp_check(run, status == FB_OK && NOTE[1] == events + 1, "the handler was not entered");
        exo_irq_upcall(line, false);
        exo_irq_wait(line, fp_time());
    }
    return 0;
}

/* Allocate the free ports of a device. They are given up outside of the timed region. */
int64_t bench_ioport_alloc(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    int64_t ports = -1;

    (void)b;
    lib_single(run);
    while (fp_next(run)) {
        FP_TIMED(run, i, ports, exo_ioport_alloc, RTC);
        fp_check(run,
                 ports > 0 && exo_ioport_alloc(RTC) == FB_EBUSY
                     && exo_cap_drop((cap_id_t)ports) == FB_OK,
                 "the ports are not one's own");
    }
    return 0;
}

/* Read or write a byte of the clock's memory. */
static int64_t port(struct fp_run *run, bool in)
{
    const cap_id_t ports = (cap_id_t)exo_ioport_alloc(RTC);
    const uint8_t was = rtc_read(ports, CELL);
    int64_t result = -1;

    while (fp_next(run)) {
        const uint8_t byte = (uint8_t)(run->repetition + 1);
        rtc_write(ports, CELL, (uint8_t)(in ? byte : ~byte));
        if (in)
            FP_TIMED(run, i, result, exo_ioport_in, ports, RTC + 1);
        else
            FP_TIMED(run, i, result, exo_ioport_out, ports, RTC + 1, byte);
        fp_check(run, result == (in ? byte : FB_OK) && rtc_read(ports, CELL) == byte,
                 "the byte is another one");
    }
    rtc_write(ports, CELL, was);
    return 0;
}

int64_t bench_ioport_in(uint64_t a, uint64_t b)
{
    (void)b;
    return port((struct fp_run *)a, true);
}

int64_t bench_ioport_out(uint64_t a, uint64_t b)
{
    (void)b;
    return port((struct fp_run *)a, false);
}
