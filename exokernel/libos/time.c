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

bool clock_is_real(uint64_t clock)
{
    return clock == REALTIME || clock == REALTIME_COARSE || clock == 8 || clock == 11;
}

/* Negative numbers are clocks of the processor time of this process or one of its threads. */
bool clock_exists(uint64_t clock)
{
    enum { NO_CLOCK = 3 };
    const int32_t c = (int32_t)clock;
    const uint64_t pid = (uint32_t) ~(c >> 3);

    if (c >= 0)
        return c < CLOCKS && c != 10;
    return (c & 3) != NO_CLOCK && (!pid || pid == P->pid || pid == P->tid);
}

static int64_t give_time(uint64_t to, uint64_t t)
{
    const struct linux_timespec value = { (int64_t)(t / SECOND), (int64_t)(t % SECOND) };

    return user_put(to, &value, sizeof value) ? -EFAULT : 0;
}

int64_t linux_clock_gettime(uint64_t clock, uint64_t to)
{
    const uint64_t t = ticks();

    if (!clock_exists(clock))
        return -EINVAL;
    return give_time(to, clock_is_real(clock) ? EPOCH + t : t);
}

int64_t linux_clock_getres(uint64_t clock, uint64_t to)
{
    if (!clock_exists(clock))
        return -EINVAL;
    return to ? give_time(to, 1) : 0;
}

int64_t linux_clock_settime(uint64_t clock, uint64_t from)
{
    struct linux_timespec t;

    if (clock != REALTIME)
        return clock_exists(clock) && (int32_t)clock < 0 ? -EPERM : -EINVAL;
    if (user_get(&t, from, sizeof t))
        return -EFAULT;
    if (t.seconds < 0 || t.nanoseconds < 0 || t.nanoseconds >= (int64_t)SECOND)
        return -EINVAL;
    return -EPERM;
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

    if (user_get(&t, wanted, sizeof t))
        return -EFAULT;
    if (t.seconds < 0 || t.nanoseconds < 0 || t.nanoseconds >= (int64_t)SECOND)
        return -EINVAL;
    const uint64_t length = t.seconds > 1l << 33
                                ? 1ul << 63
                                : (uint64_t)t.seconds * SECOND + (uint64_t)t.nanoseconds;
    uint64_t until = ticks() + length;
    if (flags & ABSOLUTE)
        until = clock_is_real(clock) ? (length > EPOCH ? length - EPOCH : 0) : length;
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
    if (!clock_exists(clock) || clock == THREAD)
        return -EINVAL;
    return sleep_for(clock, flags, wanted, rest);
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
