/* SPDX-License-Identifier: MIT
 * Pipes. Bytes go through pages that only the holders of the ends have; who waits puts its number
 * into the first page, and who makes room or data wakes it. What is read there may be anything, so
 * positions are masked. The server tells of ends that are gone: readers, writers. */
#include "pipe.h"

#define PIPE_STEP (32 * PAGE) /* the pages of a pipe, from LIBOS_PIPES on, by number of the file */
enum { ATOMIC = 4096, POLL_IN = 1, POLL_OUT = 4, POLL_ERR = 8, POLL_HUP = 16 };

struct pipe *pipe_head(const struct file *f)
{
    return (struct pipe *)(LIBOS_PIPES + (uint64_t)(f - FILE_OF) * PIPE_STEP);
}

/* Have page `n` of the pipe. False: no memory. */
bool pipe_attach(struct file *f, uint64_t n)
{
    if (f->attached >> n & 1)
        return true;
    if (ask(OP_ATTACH, f->handle, n, 0, 0)
        || own_map(0, P->reply[0], (uint64_t)pipe_head(f) + n * PAGE, RIGHT_RW))
        return false;
    f->page[n] = P->reply[0];
    f->attached |= 1u << n;
    return true;
}

void pipe_release(struct file *f)
{
    for (int i = 0; i <= PIPE_PAGES; i++)
        if (f->attached >> i & 1)
            own_unbind_page(f->page[i]);
    f->attached = 0;
}

void pipe_lock(struct pipe *p)
{
    uint32_t free = 0;

    while (!__atomic_compare_exchange_n(&p->lock, &free, (uint32_t)P->pid, false, __ATOMIC_ACQUIRE,
                                        __ATOMIC_RELAXED)) {
        free = 0;
        own_yield_to(0);
    }
}

void pipe_unlock(struct pipe *p) { __atomic_store_n(&p->lock, 0, __ATOMIC_RELEASE); }

/* How many bytes are in the ring. */
uint32_t pipe_filled(const struct pipe *p)
{
    const uint32_t n = p->head - p->tail;

    return n <= PIPE_SIZE ? n : 0;
}

/* How many places of sleepers may be in use. */
static uint32_t asleep(const struct pipe *p)
{
    return p->asleep < PIPE_SLEEPERS ? p->asleep : PIPE_SLEEPERS;
}

/* Let others wake us. */
void pipe_sleep_on(struct pipe *p)
{
    const uint32_t n = asleep(p);

    for (uint32_t i = 0; i < n; i++)
        if (p->sleeper[i] == P->pid)
            return;
    if (n == PIPE_SLEEPERS)
        return; /* more processes than there can be */
    p->sleeper[n] = (uint32_t)P->pid;
    p->asleep = n + 1;
}

static void wake_one(const struct file *f, uint32_t pid)
{
    static const struct words wake = { { NOTICE_WAKE }, 0, 0 };
    struct peer *peer = &P->peer[pid % PEERS];

    for (int tries = 0; tries < 2; tries++) {
        if (peer->pid != pid) {
            if (peer->pid)
                own_cap_drop(peer->capability);
            peer->pid = 0;
            if (ask(OP_RESEND, f->handle, pid, 0, 0))
                return;
            peer->pid = pid, peer->capability = P->reply[0];
        }
        if (own_send_words(peer->capability, &wake, 16 | EXO_NOWAIT) != FB_ESTALE)
            return;
        peer->pid = 0;
    }
}

/* Release the lock and wake those who wait. */
void pipe_unlock_and_wake(const struct file *f, struct pipe *p)
{
    uint32_t n = asleep(p), pid[16];

    while (n) { /* a few at a time: waking is not for who has the lock */
        const uint32_t some = n < 16 ? n : 16;
        for (uint32_t i = 0; i < some; i++)
            pid[i] = p->sleeper[n - some + i];
        p->asleep = n -= some;
        pipe_unlock(p);
        for (uint32_t i = 0; i < some; i++) {
            if (pid[i] == P->pid)
                threads_wake();
            else if (pid[i])
                wake_one(f, pid[i]);
        }
        if (!n)
            return;
        pipe_lock(p);
        n = asleep(p);
    }
    pipe_unlock(p);
}

/* Copy between the program and the ring, from position `at` on. How many bytes, or an error. */
static int64_t transfer(struct file *f, uint32_t at, uint64_t buffer, uint64_t n, bool read)
{
    uint64_t done = 0;

    while (done < n) {
        const uint64_t place = (at + done) % PIPE_SIZE, rest = PAGE - place % PAGE;
        const uint64_t part = n - done < rest ? n - done : rest;
        if (!pipe_attach(f, 1 + place / PAGE))
            return done ? (int64_t)done : -ENOMEM;
        char *ring = (char *)pipe_head(f) + PAGE + place;
        const uint64_t mine = buffer + done;
        if (read ? user_put(mine, ring, part) : user_get(ring, mine, part))
            return done ? (int64_t)done : -EFAULT;
        done += part;
    }
    return (int64_t)done;
}

/* Wait for others, after sleep_on. 0: look again. */
int64_t pipe_wait_until(const struct file *f, struct pipe *p, uint64_t deadline)
{
    if (f->flags & O_NONBLOCK) {
        pipe_unlock(p);
        return -EAGAIN;
    }
    pipe_sleep_on(p);
    pipe_unlock(p);
    if (signal_due())
        return -AGAIN;
    await_notice(deadline);
    return signal_due() ? -AGAIN : 0;
}

int64_t pipe_wait(const struct file *f, struct pipe *p)
{
    return pipe_wait_until(f, p, EXO_FOREVER);
}

int64_t pipe_read(struct file *f, uint64_t buffer, uint64_t n)
{
    struct pipe *p = pipe_head(f);

    if (!n)
        return 0;
    if (!pipe_attach(f, 0))
        return -ENOMEM;
    for (;;) {
        pipe_lock(p);
        const uint32_t there = pipe_filled(p);
        if (there) {
            int64_t got = transfer(f, p->tail, buffer, n < there ? n : there, true);
            if (got > 0)
                p->tail += (uint32_t)got;
            if (p->tail == p->head)
                p->tail = p->head = 0;
            pipe_unlock_and_wake(f, p);
            return got;
        }
        if (!p->writers) {
            pipe_unlock(p);
            return 0;
        }
        const int64_t error = pipe_wait(f, p);
        if (error)
            return error;
    }
}

int64_t pipe_write(struct file *f, uint64_t buffer, uint64_t n)
{
    struct pipe *p = pipe_head(f);
    uint64_t done = 0;

    if (!n)
        return 0;
    if (!pipe_attach(f, 0))
        return -ENOMEM;
    for (;;) {
        pipe_lock(p);
        if (!p->readers) {
            pipe_unlock(p);
            if (done)
                return (int64_t)done;
            if (!P->quiet)
                signal_raise(SIGPIPE, P->pid << 8, 0);
            return -EPIPE;
        }
        const uint64_t room = PIPE_SIZE - pipe_filled(p), rest = n - done;
        if (room >= (n <= ATOMIC ? n : 1)) {
            int64_t put = transfer(f, p->head, buffer + done, rest < room ? rest : room, false);
            if (put > 0)
                p->head += (uint32_t)put, done += (uint64_t)put;
            pipe_unlock_and_wake(f, p);
            if (put < 0 || done == n)
                return done ? (int64_t)done : put;
            continue;
        }
        const int64_t error = pipe_wait(f, p);
        if (error)
            return done ? (int64_t)done : error;
    }
}

/* What poll would report. If `watch`, the process is woken when that changes. */
uint32_t pipe_ready(struct file *f, bool watch)
{
    struct pipe *p = pipe_head(f);
    uint32_t events = 0;

    if (!pipe_attach(f, 0))
        return POLL_ERR;
    pipe_lock(p);
    if (f->kind == FILE_READ_END) {
        events = pipe_filled(p) ? POLL_IN : 0;
        events |= p->writers ? 0 : POLL_HUP;
    } else {
        events = PIPE_SIZE - pipe_filled(p) >= ATOMIC ? POLL_OUT : 0;
        events |= p->readers ? 0 : POLL_ERR;
    }
    if (watch)
        pipe_sleep_on(p);
    pipe_unlock(p);
    return events;
}

/* How many bytes wait to be read. */
int64_t pipe_bytes(struct file *f) { return pipe_attach(f, 0) ? pipe_filled(pipe_head(f)) : 0; }

/* An eventfd's count lies where the ring of a pipe would be. */
static uint64_t *count_of(const struct file *f)
{
    return (uint64_t *)((char *)pipe_head(f) + PAGE);
}

bool event_add(struct file *f, uint64_t value)
{
    struct pipe *p = pipe_head(f);

    if (!pipe_attach(f, 0) || !pipe_attach(f, 1))
        return false;
    pipe_lock(p);
    *count_of(f) += value;
    pipe_unlock_and_wake(f, p);
    return true;
}

int64_t event_read(struct file *f, uint64_t buffer, uint64_t n)
{
    struct pipe *p = pipe_head(f);

    if (n < 8)
        return -EINVAL;
    if (!pipe_attach(f, 0) || !pipe_attach(f, 1))
        return -ENOMEM;
    for (;;) {
        pipe_lock(p);
        const uint64_t count = *count_of(f), taken = f->semaphore ? 1 : count;
        if (count) {
            *count_of(f) -= taken;
            pipe_unlock_and_wake(f, p);
            return user_put(buffer, &taken, 8) ? -EFAULT : 8;
        }
        const int64_t error = pipe_wait(f, p);
        if (error)
            return error;
    }
}

int64_t event_write(struct file *f, uint64_t buffer, uint64_t n)
{
    struct pipe *p = pipe_head(f);
    uint64_t value;

    if (n < 8)
        return -EINVAL;
    if (user_get(&value, buffer, 8))
        return -EFAULT;
    if (value == ~0ul)
        return -EINVAL;
    if (!pipe_attach(f, 0) || !pipe_attach(f, 1))
        return -ENOMEM;
    for (;;) {
        pipe_lock(p);
        if (value < ~0ul - *count_of(f)) {
            *count_of(f) += value;
            pipe_unlock_and_wake(f, p);
            return 8;
        }
        const int64_t error = pipe_wait(f, p);
        if (error)
            return error;
    }
}

uint32_t event_ready(struct file *f, bool watch)
{
    struct pipe *p = pipe_head(f);

    if (!pipe_attach(f, 0) || !pipe_attach(f, 1))
        return POLL_ERR;
    pipe_lock(p);
    const uint64_t count = *count_of(f);
    if (watch)
        pipe_sleep_on(p);
    pipe_unlock(p);
    return (count ? POLL_IN : 0) | (count < ~0ul - 1 ? POLL_OUT : 0);
}

int64_t linux_pipe2(uint64_t to, uint64_t flags)
{
    int32_t pair[2];

    if (flags & ~(uint64_t)(O_NONBLOCK | O_CLOEXEC))
        return -EINVAL;
    const int64_t error = ask(OP_PIPE, 0, 0, 0, 0);
    if (error)
        return error;
    const uint32_t handle[2] = { (uint32_t)P->reply[0], (uint32_t)P->reply[1] };
    const uint32_t kept = (uint32_t)flags & O_NONBLOCK;
    for (int i = 0; i < 2; i++) {
        const int64_t file = file_new(i ? FILE_WRITE_END : FILE_READ_END, handle[i],
                                      kept | (i ? O_WRONLY : 0));
        pair[i] = file < 0 ? -EMFILE
                           : (int32_t)descriptor_new((uint16_t)file, 0, flags & O_CLOEXEC);
    }
    if (pair[0] >= 0 && pair[1] >= 0 && !user_put(to, pair, sizeof pair))
        return 0;
    for (int i = 0; i < 2; i++)
        if (pair[i] >= 0)
            linux_close((uint64_t)pair[i]);
    return pair[0] < 0 || pair[1] < 0 ? -EMFILE : -EFAULT;
}

int64_t linux_pipe(uint64_t to) { return linux_pipe2(to, 0); }
