/* SPDX-License-Identifier: MIT
 * poll and select. Files and devices are always ready; pipes wake who waits. */
#include "libos.h"

enum { IN = 1, OUT = 4, ERR = 8, HUP = 16, INVALID = 32, WORDS = 16 };

struct linux_poll {
    int32_t descriptor;
    int16_t wanted, found;
};

/* What is true of a descriptor now. */
uint32_t poll_ready(uint64_t descriptor, bool watch)
{
    struct file *f = file_of(descriptor);

    if (!f)
        return INVALID;
    if (f->kind == FILE_READ_END || f->kind == FILE_WRITE_END)
        return pipe_ready(f, watch);
    if (f->kind == FILE_SOCKET)
        return socket_ready(f, watch);
    if (f->kind == FILE_EVENT)
        return event_ready(f, watch);
    if (f->kind == FILE_TIMER)
        return timer_ready(f, watch);
    if (f->kind == FILE_SIGNALS)
        return signals_ready(f);
    if (f->kind == FILE_MAILBOX)
        return mailbox_ready(f, watch);
    return f->kind == FILE_EPOLL ? 0 : IN | OUT;
}

/* Wait after a pass: for a notice, or until something that it saw is due. False: it is late. */
bool poll_await(uint64_t deadline)
{
    const uint64_t soon = P->look_again;

    P->look_again = EXO_FOREVER;
    return await_notice(soon < deadline ? soon : deadline) || soon < deadline;
}

/* One pass over the vector. How many are ready, or an error. */
static int64_t look(uint64_t vector, uint64_t count, bool watch)
{
    int64_t found = 0;

    for (uint64_t i = 0; i < count; i++) {
        struct linux_poll p;
        struct linux_poll *at = (struct linux_poll *)vector + i;
        if (user_get(&p, (uint64_t)at, sizeof p))
            return -EFAULT;
        p.found = 0;
        if (p.descriptor >= 0)
            p.found = (int16_t)(poll_ready((uint64_t)p.descriptor, watch)
                                & ((uint32_t)p.wanted | ERR | HUP | INVALID));
        if (user_put((uint64_t)&at->found, &p.found, sizeof p.found))
            return -EFAULT;
        found += p.found != 0;
    }
    return found;
}

/* Look until something is ready, a signal comes or the time passes. */
static int64_t poll_until(uint64_t vector, uint64_t count, uint64_t deadline)
{
    if (count > P->limit_files)
        return -EINVAL;
    for (;;) {
        const int64_t found = look(vector, count, deadline != 0);
        if (found || !deadline)
            return found;
        if (signal_due())
            return deadline == EXO_FOREVER ? -UNHANDLED : -EINTR;
        if (!poll_await(deadline))
            return look(vector, count, false);
    }
}

int64_t linux_poll(uint64_t vector, uint64_t count, uint64_t milliseconds)
{
    const int32_t time = (int32_t)milliseconds;

    return poll_until(vector, count,
                      time < 0 ? EXO_FOREVER
                      : time   ? ticks() + (uint64_t)time * 1000000
                               : 0);
}

/* The deadline of a struct timespec, or an error. */
static int64_t deadline_of(uint64_t time, uint64_t *deadline)
{
    struct linux_timespec t;

    *deadline = EXO_FOREVER;
    if (!time)
        return 0;
    if (user_get(&t, time, sizeof t))
        return -EFAULT;
    if (t.seconds < 0 || t.nanoseconds < 0 || t.nanoseconds >= 1000000000)
        return -EINVAL;
    const uint64_t length = (uint64_t)t.seconds * 1000000000 + (uint64_t)t.nanoseconds;
    *deadline = length ? ticks() + length : 0;
    return 0;
}

/* Another mask while it waits: signal.c puts the old one back. */
int64_t poll_mask(uint64_t mask, uint64_t size)
{
    uint64_t set;

    if (!mask)
        return 0;
    if (size != 8)
        return -EINVAL;
    if (user_get(&set, mask, sizeof set))
        return -EFAULT;
    P->saved_mask = P->mask, P->suspended = true;
    P->mask = set & ~(1ul << (SIGKILL - 1) | 1ul << (SIGSTOP - 1));
    P->pending = 1; /* so that the way back passes signal.c */
    return 0;
}

int64_t linux_ppoll(uint64_t vector, uint64_t count, uint64_t time, uint64_t mask, uint64_t size)
{
    uint64_t deadline;
    int64_t error = deadline_of(time, &deadline);

    if (!error)
        error = poll_mask(mask, size);
    return error ? error : poll_until(vector, count, deadline);
}

struct sets {
    uint64_t bits[3][WORDS];
};

/* One pass. How many bits are set in `found`, or -EBADF. */
static int64_t look_at_sets(const struct sets *wanted, struct sets *found, uint64_t count,
                            bool watch)
{
    static const uint32_t meaning[3] = { IN | HUP | ERR, OUT | ERR, 0 };
    int64_t n = 0;

    *found = (struct sets){ 0 };
    for (uint64_t word = 0; word * 64 < count; word++) {
        uint64_t any = wanted->bits[0][word] | wanted->bits[1][word] | wanted->bits[2][word];
        while (any) {
            const uint64_t bit = (uint64_t)__builtin_ctzl(any);
            any &= any - 1;
            const uint32_t is = poll_ready(word * 64 + bit, watch);
            if (is & INVALID)
                return -EBADF;
            for (int i = 0; i < 3; i++) {
                if (!(wanted->bits[i][word] >> bit & 1) || !(is & meaning[i]))
                    continue;
                found->bits[i][word] |= 1ul << bit;
                n++;
            }
        }
    }
    return n;
}

static int64_t select_until(uint64_t count, const uint64_t at[3], uint64_t deadline)
{
    struct sets wanted = { 0 }, found;
    int64_t n;

    if (count > WORDS * 64)
        return -EINVAL;
    const uint64_t bytes = (count + 63) / 64 * 8;
    for (int i = 0; i < 3; i++)
        if (at[i] && user_get(wanted.bits[i], at[i], bytes))
            return -EFAULT;
    for (int i = 0; i < 3 && count % 64; i++)
        wanted.bits[i][count / 64] &= (1ul << count % 64) - 1;
    for (bool last = !deadline;;) {
        n = look_at_sets(&wanted, &found, count, !last);
        if (n || last)
            break;
        if (signal_due())
            return deadline == EXO_FOREVER ? -UNHANDLED : -EINTR;
        last = !poll_await(deadline);
    }
    for (int i = 0; i < 3 && n >= 0; i++)
        if (at[i] && user_put(at[i], found.bits[i], bytes))
            return -EFAULT;
    return n;
}

int64_t linux_select(uint64_t count, uint64_t in, uint64_t out, uint64_t other, uint64_t time)
{
    const uint64_t at[3] = { in, out, other };
    struct linux_timeval t = { 0, 0 };
    uint64_t deadline = EXO_FOREVER;

    if ((int32_t)count < 0)
        return -EINVAL;
    if (time) {
        if (user_get(&t, time, sizeof t))
            return -EFAULT;
        if (t.seconds < 0 || t.microseconds < 0)
            return -EINVAL;
        const uint64_t length = (uint64_t)t.seconds * 1000000000 + (uint64_t)t.microseconds * 1000;
        deadline = length ? ticks() + length : 0;
    }
    const int64_t n = select_until((uint32_t)count, at, deadline);
    if (time && deadline) { /* Linux tells what is left */
        const uint64_t now = ticks(), left = deadline > now ? deadline - now : 0;
        t = (struct linux_timeval){ (int64_t)(left / 1000000000),
                                    (int64_t)(left % 1000000000 / 1000) };
        user_put(time, &t, sizeof t);
    }
    return n;
}

int64_t linux_pselect6(uint64_t count, uint64_t in, uint64_t out, uint64_t other, uint64_t time,
                       uint64_t mask)
{
    const uint64_t at[3] = { in, out, other };
    uint64_t deadline, pair[2] = { 0, 0 };
    int64_t error = (int32_t)count < 0 ? -EINVAL : deadline_of(time, &deadline);

    if (!error && mask && user_get(pair, mask, sizeof pair))
        error = -EFAULT;
    if (!error)
        error = poll_mask(pair[0], pair[1]);
    return error ? error : select_until((uint32_t)count, at, deadline);
}
