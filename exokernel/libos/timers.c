/* SPDX-License-Identifier: MIT
 * The timers of a process that end in signals: alarm, setitimer, timer_create. They lie here; the
 * server knows the earliest moment, and rings then. The time of the processor is the real time. */
#include "signal.h"

#define SECOND 1000000000ul
#define LONGEST (1ul << 62)
enum { ABSOLUTE = 1, SI_TIMER = 0xfe, SI_KERNEL = 0x80 };
enum { ON_SIGNAL, ON_NOTHING, ON_THREAD_OF_LIBRARY, ON_THREAD = 4 };

static uint64_t code_of(uint32_t i)
{
    return i < FIRST_TIMER ? SI_KERNEL : SI_TIMER | (uint64_t)(i - FIRST_TIMER) << 8;
}

/* Tell the server when to ring. */
static void arm(void)
{
    uint64_t first = 0;

    for (uint32_t i = 0; i < TIMERS; i++)
        if (P->timer[i].when && P->timer[i].notify != ON_NOTHING
            && (!first || P->timer[i].when < first))
            first = P->timer[i].when;
    if (first == P->rings_at)
        return;
    P->rings_at = first;
    ask(OP_TIMER, 0, first, 0, 0);
}

/* Move a timer past the moment t. How often it was due. */
static uint64_t advance(struct timer *timer, uint64_t t)
{
    if (!timer->when || timer->when > t)
        return 0;
    const uint64_t n = timer->interval ? 1 + (t - timer->when) / timer->interval : 1;
    timer->when = timer->interval ? timer->when + n * timer->interval : 0;
    return n;
}

/* Whether the signal of a timer still waits. */
static bool undelivered(uint32_t i)
{
    const uint32_t signal = P->timer[i].signal;
    bool found = P->waiting & BIT(signal) && P->sender_code[signal] == code_of(i);

    for (uint32_t k = 0; k < P->queued; k++)
        found |= P->queue[k].signal == signal && P->queue[k].code == code_of(i);
    return found;
}

static void ring(uint32_t i, uint64_t times)
{
    struct timer *timer = &P->timer[i];

    if (undelivered(i)) {
        timer->overrun += (uint32_t)times;
        return;
    }
    timer->overrun = (uint32_t)times - 1;
    if (timer->notify != ON_THREAD || timer->thread == P->tid
        || thread_signal(timer->thread, timer->signal))
        signal_raise(timer->signal, code_of(i), timer->value);
    else
        P->sender_code[timer->signal] = code_of(i), P->sender_value[timer->signal] = timer->value;
}

/* The server rang: raise what is due. Not while a request waits for its reply. */
void timers_ring(void)
{
    const uint64_t t = ticks();

    P->rang = false;
    P->rings_at = 0;
    for (uint32_t i = 0; i < TIMERS; i++) {
        const uint64_t times = P->timer[i].notify == ON_NOTHING ? 0 : advance(&P->timer[i], t);
        if (times)
            ring(i, times);
    }
    arm();
}

/* Another program keeps only those of setitimer; a child has none. */
void timers_forget(bool all)
{
    for (uint32_t i = all ? 0 : FIRST_TIMER; i < TIMERS; i++)
        P->timer[i] = (struct timer){ 0 };
    if (all)
        P->rings_at = 0, P->rang = false;
    else
        arm();
}

/* How long until the timer is due, and its interval. */
static void left(struct timer *timer, uint64_t value[2])
{
    const uint64_t t = ticks();

    if (timer->notify == ON_NOTHING)
        advance(timer, t);
    value[0] = timer->interval;
    value[1] = !timer->when ? 0 : timer->when > t ? timer->when - t : 1;
}

static void set(struct timer *timer, uint64_t when, uint64_t interval)
{
    timer->when = when, timer->interval = interval;
    arm();
}

int64_t linux_alarm(uint64_t seconds)
{
    struct timer *timer = &P->timer[0];
    uint64_t value[2];

    left(timer, value);
    timer->signal = SIGALRM;
    set(timer, (uint32_t)seconds ? ticks() + (uint32_t)seconds * SECOND : 0, 0);
    return (int64_t)((value[1] + SECOND / 2) / SECOND + (value[1] && value[1] < SECOND / 2));
}

static int64_t give_interval(uint64_t to, const uint64_t value[2])
{
    struct linux_timeval t[2];

    for (int i = 0; i < 2; i++) /* what is left is never told as nothing */
        t[i] = (struct linux_timeval){ (int64_t)(value[i] / SECOND),
                                       (int64_t)(value[i] % SECOND / 1000) };
    if (value[1] && !t[1].seconds && !t[1].microseconds)
        t[1].microseconds = 1;
    return user_put(to, t, sizeof t) ? -EFAULT : 0;
}

int64_t linux_setitimer(uint64_t which, uint64_t wanted, uint64_t old)
{
    static const uint8_t signals[] = { SIGALRM, SIGVTALRM, SIGPROF };
    struct linux_timeval t[2] = { { 0, 0 }, { 0, 0 } };
    uint64_t value[2];

    if (wanted && user_get(t, wanted, sizeof t))
        return -EFAULT;
    if ((uint32_t)which >= FIRST_TIMER)
        return -EINVAL;
    for (int i = 0; i < 2; i++)
        if (t[i].seconds < 0 || t[i].microseconds < 0 || t[i].microseconds >= 1000000)
            return -EINVAL;
    struct timer *timer = &P->timer[(uint32_t)which];
    left(timer, value);
    timer->signal = signals[(uint32_t)which];
    const uint64_t first = (uint64_t)t[1].seconds * SECOND + (uint64_t)t[1].microseconds * 1000;
    set(timer, first ? ticks() + (first < LONGEST ? first : LONGEST) : 0,
        first ? (uint64_t)t[0].seconds * SECOND + (uint64_t)t[0].microseconds * 1000 : 0);
    return old ? give_interval(old, value) : 0;
}

int64_t linux_getitimer(uint64_t which, uint64_t to)
{
    uint64_t value[2];

    if ((uint32_t)which >= FIRST_TIMER)
        return -EINVAL;
    left(&P->timer[(uint32_t)which], value);
    return give_interval(to, value);
}

/* A moment of the monotonic clock from a struct timespec; -EINVAL if it is none. */
int64_t timer_moment(const struct linux_timespec *t, uint64_t clock, bool absolute, uint64_t *when)
{
    if (t->seconds < 0 || t->nanoseconds < 0 || t->nanoseconds >= (int64_t)SECOND)
        return -EINVAL;
    const uint64_t length = t->seconds > 1l << 32
                                ? LONGEST
                                : (uint64_t)t->seconds * SECOND + (uint64_t)t->nanoseconds;
    const uint64_t epoch = clock_is_real(clock) ? now() - ticks() : 0;
    *when = !length ? 0 : absolute ? (length > epoch ? length - epoch : 1) : ticks() + length;
    return 0;
}

static struct timer *timer_of(uint64_t number)
{
    const uint32_t i = (uint32_t)number;

    return i < TIMERS - FIRST_TIMER && P->timer[FIRST_TIMER + i].used ? &P->timer[FIRST_TIMER + i]
                                                                      : NULL;
}

int64_t linux_timer_create(uint64_t clock, uint64_t event, uint64_t to)
{
    struct {
        uint64_t value;
        int32_t signal, notify, thread, pad[11];
    } e = { 0, SIGALRM, ON_SIGNAL, 0, { 0 } };
    enum { RAW = 4, REALTIME_COARSE, MONOTONIC_COARSE };
    uint32_t i = FIRST_TIMER;

    if (event && user_get(&e, event, sizeof e))
        return -EFAULT;
    if (!clock_exists(clock))
        return -EINVAL;
    if (clock >= RAW && clock <= MONOTONIC_COARSE)
        return -EOPNOTSUPP;
    const bool thread = e.notify == ON_THREAD;
    if (e.notify != ON_SIGNAL && e.notify != ON_NOTHING && e.notify != ON_THREAD_OF_LIBRARY
        && !thread)
        return -EINVAL;
    if (e.notify != ON_NOTHING && (e.signal < 1 || e.signal > SIGNALS))
        return -EINVAL;
    if (thread && (uint32_t)e.thread != P->tid && thread_signal((uint32_t)e.thread, 0))
        return -EINVAL;
    while (i < TIMERS && P->timer[i].used)
        i++;
    if (i == TIMERS)
        return -EAGAIN;
    const uint32_t number = i - FIRST_TIMER;
    if (user_put(to, &number, sizeof number))
        return -EFAULT;
    P->timer[i] = (struct timer){ .used = true,
                                  .value = event ? e.value : number,
                                  .signal = (uint8_t)e.signal,
                                  .notify = (uint8_t)e.notify,
                                  .clock = (uint8_t)clock,
                                  .thread = (uint32_t)e.thread };
    return 0;
}

static int64_t give_spec(uint64_t to, const uint64_t value[2])
{
    struct linux_timespec t[2];

    for (int i = 0; i < 2; i++)
        t[i] = (struct linux_timespec){ (int64_t)(value[i] / SECOND),
                                        (int64_t)(value[i] % SECOND) };
    return user_put(to, t, sizeof t) ? -EFAULT : 0;
}

int64_t linux_timer_settime(uint64_t number, uint64_t flags, uint64_t wanted, uint64_t old)
{
    struct linux_timespec t[2];
    uint64_t value[2], when, interval;
    struct timer *timer = timer_of(number);

    if (!wanted)
        return -EINVAL;
    if (user_get(t, wanted, sizeof t))
        return -EFAULT;
    if (t[0].seconds < 0 || t[0].nanoseconds < 0 || t[0].nanoseconds >= (int64_t)SECOND)
        return -EINVAL;
    int64_t error = timer_moment(&t[1], timer ? timer->clock : 0, flags & ABSOLUTE, &when);
    if (error || !timer)
        return -EINVAL;
    interval = (uint64_t)t[0].seconds * SECOND + (uint64_t)t[0].nanoseconds;
    left(timer, value);
    timer->overrun = 0;
    set(timer, when, when ? interval : 0);
    return old ? give_spec(old, value) : 0;
}

int64_t linux_timer_gettime(uint64_t number, uint64_t to)
{
    struct timer *timer = timer_of(number);
    uint64_t value[2];

    if (!timer)
        return -EINVAL;
    left(timer, value);
    return give_spec(to, value);
}

int64_t linux_timer_getoverrun(uint64_t number)
{
    const struct timer *timer = timer_of(number);

    return timer ? (int64_t)timer->overrun : -EINVAL;
}

int64_t linux_timer_delete(uint64_t number)
{
    struct timer *timer = timer_of(number);

    if (!timer)
        return -EINVAL;
    *timer = (struct timer){ 0 };
    arm();
    return 0;
}
