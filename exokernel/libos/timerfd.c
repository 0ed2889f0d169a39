/* SPDX-License-Identifier: MIT
 * timerfd. The timer lies where the ring of a pipe would be, so that all who have the file share
 * it. Nobody rings: who reads or polls looks at the clock, and waits no longer than until then. */
#include "pipe.h"

#define SECOND 1000000000ul
enum { ABSOLUTE = 1, CANCEL_ON_SET = 2, IN = 1, ERR = 8 };

struct shared_timer {
    uint64_t when, interval, count; /* when 0: it does not run; how often it was due, unread */
};

static struct shared_timer *timer_in(const struct file *f)
{
    return (struct shared_timer *)((char *)pipe_head(f) + PAGE);
}

static bool attach(struct file *f) { return pipe_attach(f, 0) && pipe_attach(f, 1); }

static void advance(struct shared_timer *timer)
{
    const uint64_t t = ticks(), when = timer->when, interval = timer->interval;

    if (!when || when > t)
        return;
    const uint64_t n = interval ? 1 + (t - when) / interval : 1;
    timer->count += n;
    timer->when = interval ? when + n * interval : 0;
}

int64_t linux_timerfd_create(uint64_t clock, uint64_t flags)
{
    enum { REALTIME, MONOTONIC, BOOTTIME = 7, REALTIME_ALARM, BOOTTIME_ALARM };

    if (flags & ~(uint64_t)(O_NONBLOCK | O_CLOEXEC)
        || (clock > MONOTONIC && (clock < BOOTTIME || clock > BOOTTIME_ALARM)))
        return -EINVAL;
    const int64_t error = ask(OP_PIPE, 0, 0, 0, 0);
    if (error)
        return error;
    const uint32_t handle = (uint32_t)P->reply[0], other = (uint32_t)P->reply[1];
    ask(OP_CLOSE, other, 0, 0, 0);
    const int64_t file = file_new(FILE_TIMER, handle, O_RDWR | (uint32_t)(flags & O_NONBLOCK));
    if (file < 0)
        return file;
    FILE_OF[file].clock = (uint8_t)clock;
    return descriptor_new((uint16_t)file, 0, flags & O_CLOEXEC);
}

static int64_t timer_of(uint64_t descriptor, struct file **f)
{
    *f = file_of(descriptor);
    return !*f ? -EBADF : (*f)->kind != FILE_TIMER ? -EINVAL : attach(*f) ? 0 : -ENOMEM;
}

static int64_t give(uint64_t to, uint64_t when, uint64_t interval)
{
    const uint64_t t = ticks(), rest = !when ? 0 : when > t ? when - t : 1;
    const struct linux_timespec value[2] = {
        { (int64_t)(interval / SECOND), (int64_t)(interval % SECOND) },
        { (int64_t)(rest / SECOND), (int64_t)(rest % SECOND) }
    };

    return user_put(to, value, sizeof value) ? -EFAULT : 0;
}

int64_t linux_timerfd_settime(uint64_t descriptor, uint64_t flags, uint64_t wanted, uint64_t old)
{
    struct linux_timespec t[2];
    uint64_t when, ignored;
    struct file *f;

    if (user_get(t, wanted, sizeof t))
        return -EFAULT;
    if (flags & ~(uint64_t)(ABSOLUTE | CANCEL_ON_SET) || timer_moment(&t[0], 1, false, &ignored)
        || timer_moment(&t[1], 1, false, &ignored))
        return -EINVAL;
    const int64_t error = timer_of(descriptor, &f);
    if (error)
        return error;
    timer_moment(&t[1], f->clock, flags & ABSOLUTE, &when);
    struct pipe *p = pipe_head(f);
    struct shared_timer *timer = timer_in(f);
    pipe_lock(p);
    advance(timer);
    const struct shared_timer before = *timer;
    *timer = (struct shared_timer){
        .when = when,
        .interval = when ? (uint64_t)t[0].seconds * SECOND + (uint64_t)t[0].nanoseconds : 0
    };
    pipe_unlock_and_wake(f, p);
    return old ? give(old, before.when, before.interval) : 0;
}

int64_t linux_timerfd_gettime(uint64_t descriptor, uint64_t to)
{
    struct file *f;
    const int64_t error = timer_of(descriptor, &f);

    if (error)
        return error;
    struct pipe *p = pipe_head(f);
    pipe_lock(p);
    advance(timer_in(f));
    const struct shared_timer is = *timer_in(f);
    pipe_unlock(p);
    return give(to, is.when, is.interval);
}

int64_t timer_read(struct file *f, uint64_t buffer, uint64_t n)
{
    struct pipe *p = pipe_head(f);

    if (n < 8)
        return -EINVAL;
    if (!attach(f))
        return -ENOMEM;
    for (;;) {
        pipe_lock(p);
        struct shared_timer *timer = timer_in(f);
        advance(timer);
        const uint64_t count = timer->count, when = timer->when;
        if (count) {
            timer->count = 0;
            pipe_unlock(p);
            return user_put(buffer, &count, 8) ? -EFAULT : 8;
        }
        const int64_t error = pipe_wait_until(f, p, when ? when : EXO_FOREVER);
        if (error)
            return error;
    }
}

uint32_t timer_ready(struct file *f, bool watch)
{
    struct pipe *p = pipe_head(f);

    if (!attach(f))
        return ERR;
    pipe_lock(p);
    struct shared_timer *timer = timer_in(f);
    advance(timer);
    const uint64_t count = timer->count, when = timer->when;
    if (watch)
        pipe_sleep_on(p);
    pipe_unlock(p);
    if (watch && when && when < P->look_again)
        P->look_again = when;
    return count ? IN : 0;
}
