/* SPDX-License-Identifier: MIT
 * Clocks and sleeping. The time-stamp counter counts nanoseconds: under -icount an instruction is
 * one. The real time begins at a fixed moment, so that every boot is the same. */
#include "libos.h"

#define SECOND 1000000000ul
#define EPOCH (1767225600ul * SECOND) /* 2026-01-01, when the boot begins */

uint64_t ticks(void)
{
    uint32_t low, high;

    __asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
    return (uint64_t)high << 32 | low;
}

/* The real time in nanoseconds. */
uint64_t now(void) { return EPOCH + ticks(); }

enum clock {
    REALTIME,
    MONOTONIC,
    PROCESS,
    THREAD,
    MONOTONIC_RAW,
    REALTIME_COARSE,
    MONOTONIC_COARSE,
    BOOTTIME,
    CLOCKS = 12
};

static bool is_real(uint64_t clock)
{
    return clock == REALTIME || clock == REALTIME_COARSE || clock == 8 || clock == 11;
}

static int64_t give_time(uint64_t to, uint64_t t)
{
    const struct linux_timespec value = { (int64_t)(t / SECOND), (int64_t)(t % SECOND) };

    return user_put(to, &value, sizeof value) ? -EFAULT : 0;
}

int64_t linux_clock_gettime(uint64_t clock, uint64_t to)
{
    const uint64_t t = ticks();

    if ((uint32_t)clock >= CLOCKS)
        return -EINVAL;
    return give_time(to, is_real(clock) ? EPOCH + t : t);
}

int64_t linux_clock_getres(uint64_t clock, uint64_t to)
{
    if ((uint32_t)clock >= CLOCKS)
        return -EINVAL;
    return to ? give_time(to, 1) : 0;
}

int64_t linux_gettimeofday(uint64_t to, uint64_t zone)
{
    const uint64_t t = now();
    const struct linux_timeval value = { (int64_t)(t / SECOND), (int64_t)(t % SECOND / 1000) };
    const uint64_t none = 0;

    if (to && user_put(to, &value, sizeof value))
        return -EFAULT;
    return zone && user_put(zone, &none, sizeof none) ? -EFAULT : 0;
}

int64_t linux_time(uint64_t to)
{
    const uint64_t t = now() / SECOND;

    return to && user_put(to, &t, sizeof t) ? -EFAULT : (int64_t)t;
}

/* Sleep until a time of the monotonic clock. -AGAIN: a signal came. */
static int64_t sleep_until(uint64_t until)
{
    while (ticks() < until) {
        if (signal_due())
            return -EINTR;
        await_notice(until);
    }
    return 0;
}

static int64_t sleep_for(uint64_t clock, uint64_t flags, uint64_t wanted, uint64_t rest)
{
    enum { ABSOLUTE = 1 };
    struct linux_timespec t;

    if (libos_copy(&t, (const void *)wanted, sizeof t))
        return -EFAULT;
    if (t.seconds < 0 || t.nanoseconds < 0 || t.nanoseconds >= (int64_t)SECOND)
        return -EINVAL;
    const uint64_t length = t.seconds > 1l << 33
                                ? 1ul << 63
                                : (uint64_t)t.seconds * SECOND + (uint64_t)t.nanoseconds;
    uint64_t until = ticks() + length;
    if (flags & ABSOLUTE)
        until = is_real(clock) ? (length > EPOCH ? length - EPOCH : 0) : length;
    const int64_t error = sleep_until(until);
    if (error && rest && !(flags & ABSOLUTE)) {
        const uint64_t at = ticks();
        if (give_time(rest, until > at ? until - at : 0))
            return -EFAULT;
    }
    return error;
}

int64_t linux_nanosleep(uint64_t wanted, uint64_t rest)
{
    return sleep_for(MONOTONIC, 0, wanted, rest);
}

int64_t linux_clock_nanosleep(uint64_t clock, uint64_t flags, uint64_t wanted, uint64_t rest)
{
    if ((uint32_t)clock >= CLOCKS || clock == THREAD)
        return -EINVAL;
    return sleep_for(clock, flags, wanted, rest);
}

/* ITIMER_REAL is the server's; it sends SIGALRM. */
static int64_t set_timer(uint64_t first, uint64_t interval, uint64_t *left)
{
    const int64_t old = ask(OP_TIMER, 0, first ? ticks() + first : 0, interval, 0);
    const uint64_t at = ticks();

    left[0] = P->reply[1];
    left[1] = old && (uint64_t)old > at ? (uint64_t)old - at : old ? 1000 : 0;
    return 0;
}

int64_t linux_alarm(uint64_t seconds)
{
    uint64_t left[2];

    set_timer((uint32_t)seconds * SECOND, 0, left);
    return (int64_t)((left[1] + SECOND / 2) / SECOND + (left[1] && left[1] < SECOND / 2));
}

int64_t linux_setitimer(uint64_t which, uint64_t wanted, uint64_t old)
{
    struct linux_timeval t[2] = { { 0, 0 }, { 0, 0 } };
    uint64_t left[2];

    if (which)
        return which > 2 ? -EINVAL : -ENOSYS;
    if (wanted && libos_copy(t, (const void *)wanted, sizeof t))
        return -EFAULT;
    for (int i = 0; i < 2; i++)
        if (t[i].seconds < 0 || t[i].microseconds < 0 || t[i].microseconds >= 1000000)
            return -EINVAL;
    set_timer((uint64_t)t[1].seconds * SECOND + (uint64_t)t[1].microseconds * 1000,
              (uint64_t)t[0].seconds * SECOND + (uint64_t)t[0].microseconds * 1000, left);
    for (int i = 0; i < 2; i++)
        t[i] = (struct linux_timeval){ (int64_t)(left[i] / SECOND),
                                       (int64_t)(left[i] % SECOND / 1000) };
    return old && user_put(old, t, sizeof t) ? -EFAULT : 0;
}

int64_t linux_times(uint64_t to)
{
    const int64_t children = ask(OP_TIMES, 0, 0, 0, 0);
    const uint64_t t = ticks() / (SECOND / 100);
    const uint64_t value[4] = { t, 0, (uint64_t)children / (SECOND / 100), 0 };

    return to && user_put(to, value, sizeof value) ? -EFAULT : (int64_t)t;
}

/* The time since the boot counts as the process's own. */
int64_t linux_getrusage(uint64_t who, uint64_t to)
{
    uint64_t value[18] = { 0 };
    enum { SELF = 0, CHILDREN = -1, OF_THREAD = 1 };

    if ((int32_t)who != SELF && (int32_t)who != CHILDREN && (int32_t)who != OF_THREAD)
        return -EINVAL;
    const uint64_t t = (int32_t)who == CHILDREN ? (uint64_t)ask(OP_TIMES, 0, 0, 0, 0) : ticks();
    value[0] = t / SECOND, value[1] = t % SECOND / 1000;
    value[4] = P->pages * 4;
    return user_put(to, value, sizeof value) ? -EFAULT : 0;
}
