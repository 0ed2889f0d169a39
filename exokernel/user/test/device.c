/* SPDX-License-Identifier: MIT
 * A real device with its driver in ring 3: the real-time clock's ports and periodic interrupt. */
#include "rtc.h"
#include "test.h"

enum { HAPPENED = 0xc0, EVENTS = 20 };

/* A second owner gets neither line nor ports, and nothing is possible with weaker rights. */
int64_t test_second_owner(uint64_t a, uint64_t b)
{
    volatile int64_t *shared = (int64_t *)SHARED;

    (void)a, (void)b;
    shared[0] = exo_irq_alloc(RTC_LINE, EXO_RIGHTS_ALL);
    shared[1] = exo_ioport_alloc(RTC);
    shared[2] = exo_info(EXO_INFO_LINE + RTC_LINE);
    return 0;
}

static void check_misuse(struct test *t, cap_id_t line, cap_id_t ports)
{
    const cap_id_t reader = (cap_id_t)exo_derive(ports, EXO_RIGHT_R);
    const cap_id_t page = lib_page(SHARED, RW), env = (cap_id_t)lib_create(0);
    volatile int64_t *shared = (int64_t *)SHARED;

    CHECK(t, exo_ioport_alloc(RTC) == FB_EBUSY && exo_irq_alloc(RTC_LINE, RW) == FB_EBUSY);
    CHECK(t, exo_ioport_alloc(0x3f8) == FB_EINVALID); /* the kernel uses it */
    CHECK(t, exo_ioport_alloc(0xf4) == FB_EINVALID && exo_ioport_alloc(-1ul) == FB_EINVALID);
    CHECK(t, exo_ioport_out(reader, RTC, REGISTER_C) == FB_EDENIED);
    CHECK(t, exo_ioport_in(reader, RTC + 1) >= 0);
    CHECK(t, exo_ioport_in(ports, RTC - 1) == FB_EINVALID);
    CHECK(t, exo_ioport_in(ports, RTC + 2) == FB_EINVALID);
    CHECK(t, exo_ioport_in(ports, 1ul << 32 | RTC) == FB_EINVALID);
    CHECK(t, exo_ioport_out(ports, 0xf4, 0x10) == FB_EINVALID);
    CHECK(t, exo_ioport_out(ports, RTC, 256) == FB_EINVALID);
    CHECK(t, exo_ioport_in(line, RTC) == FB_EINVALID && exo_ioport_in(0, RTC) == FB_ESTALE);
    CHECK(t, exo_irq_trigger(line) == FB_EINVALID); /* software cannot fire a device's line */
    lib_share(env, page, SHARED, RW);
    lib_start(env, PROGRAM_test_second_owner, 0, 0);
    CHECK(t, test_ended(env));
    CHECK(t, shared[0] == FB_EBUSY && shared[1] == FB_EBUSY && shared[2] == FB_EDENIED);
    exo_unbind_page(page);
    exo_cap_drop(reader);
}

/* The line first, then the device: an event in between is a new interrupt, and none is lost. */
void test_device(struct test *t)
{
    const cap_id_t ports = (cap_id_t)exo_ioport_alloc(RTC);
    const cap_id_t line = (cap_id_t)exo_irq_alloc(RTC_LINE, EXO_RIGHTS_ALL);
    int64_t total = 0, served = 0;

    CHECK(t, (int64_t)ports > 0 && (int64_t)line > 0);
    const uint8_t a = rtc_read(ports, REGISTER_A), b = rtc_read(ports, REGISTER_B);
    check_misuse(t, line, ports);
    CHECK(t, exo_irq_wait(line, 0) == FB_ETIMEOUT); /* no event before the device is set up */
    rtc_write(ports, REGISTER_A, FASTEST);
    rtc_read(ports, REGISTER_C);
    rtc_write(ports, REGISTER_B, b | PERIODIC);
    for (int i = 0; i < EVENTS; i++) {
        const int64_t events = exo_irq_wait(line, fp_time() + PATIENCE);
        CHECK(t, events == 1); /* masked until the next line */
        CHECK(t, exo_irq_ack(line) == FB_OK);
        served += (rtc_read(ports, REGISTER_C) & HAPPENED) == HAPPENED;
        total += events;
    }
    /* The emulator makes an edge of a raise while the line is high: that event is served with the
     * one before it, and comes alone then. */
    CHECK(t, served >= EVENTS / 2);
    CHECK(t, exo_irq_wait(line, fp_time() + PATIENCE) == 1); /* not acknowledged */
    rtc_read(ports, REGISTER_C);
    CHECK(t, exo_irq_wait(line, fp_time() + A_WHILE) == FB_ETIMEOUT);
    CHECK(t, exo_info(EXO_INFO_LINE + RTC_LINE) == total + 1);
    rtc_write(ports, REGISTER_B, b);
    rtc_write(ports, REGISTER_A, a);
    CHECK(t, exo_cap_drop(line) == FB_OK && exo_irq_ack(line) == FB_ESTALE);
    CHECK(t, exo_cap_drop(ports) == FB_OK && exo_ioport_in(ports, RTC) == FB_ESTALE);
    const int64_t again = exo_ioport_alloc(RTC); /* free again */
    CHECK(t, again > 0);
    exo_cap_drop((cap_id_t)again);
}

enum {
    PIT = 0x40,
    COMMAND = PIT + 3,
    EVERY = 0x34 /* channel 0, both bytes, every so often */,
    LATCH = 0x00,
    STATUS = 0xe2,
    MODE = 0x3f
};

/* Channel 0's count at this moment. */
static int64_t count_now(cap_id_t ports)
{
    exo_ioport_out(ports, COMMAND, LATCH);
    const int64_t low = exo_ioport_in(ports, PIT);

    return low | exo_ioport_in(ports, PIT) << 8;
}

/* The interval timer's ports beside the clock's: each capability reaches only its own device. */
void test_ports(struct test *t)
{
    const cap_id_t timer = (cap_id_t)exo_ioport_alloc(PIT), clock = (cap_id_t)exo_ioport_alloc(RTC);
    const cap_id_t reader = (cap_id_t)exo_derive(timer, EXO_RIGHT_R);

    CHECK(t, (int64_t)timer > 0 && (int64_t)clock > 0 && exo_ioport_alloc(PIT) == FB_EBUSY);
    CHECK(t, exo_ioport_alloc(PIT + 1) == FB_EINVALID && exo_ioport_alloc(COMMAND) == FB_EINVALID);
    CHECK(t, exo_ioport_out(timer, COMMAND, EVERY) == FB_OK);
    CHECK(t,
          exo_ioport_out(timer, PIT, 0xff) == FB_OK && exo_ioport_out(timer, PIT, 0xff) == FB_OK);
    exo_ioport_out(timer, COMMAND, STATUS);
    CHECK(t, (exo_ioport_in(timer, PIT) & MODE) == EVERY); /* the mode was set */
    const int64_t first = count_now(timer);
    int64_t later = first;
    for (const uint64_t from = fp_time(); later == first && fp_time() - from < PATIENCE;)
        later = count_now(timer);
    CHECK(t, first >= 0 && later >= 0 && later != first); /* and counts */
    for (uint64_t port = PIT - 2; port < PIT + 6; port++) {
        const bool own = port >= PIT && port <= COMMAND;
        CHECK(t, own == (exo_ioport_in(timer, port) >= 0));
        CHECK(t, exo_ioport_in(clock, port) == FB_EINVALID);
        CHECK(t, own ? exo_ioport_out(reader, port, 0) == FB_EDENIED
                     : exo_ioport_out(timer, port, 0) == FB_EINVALID);
    }
    CHECK(t, exo_ioport_in(timer, RTC) == FB_EINVALID && exo_ioport_in(clock, RTC + 1) >= 0);
    CHECK(t, exo_cap_drop(timer) == FB_OK && exo_ioport_in(reader, PIT) == FB_ESTALE);
    CHECK(t, exo_ioport_alloc(RTC) == FB_EBUSY && exo_cap_drop(clock) == FB_OK);
    for (uint64_t i = 0; i < 2; i++) { /* what was given up can be taken again */
        const int64_t again = exo_ioport_alloc(i ? RTC : PIT);
        CHECK(t, again > 0 && exo_cap_drop((cap_id_t)again) == FB_OK);
    }
}
