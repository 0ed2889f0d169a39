/* SPDX-License-Identifier: MIT
 * Pipes. Bytes go through pages that only the holders of the ends have; who waits puts its number
 * into the first page, and who makes room or data wakes it. What is read there may be anything, so
 * positions are masked. The server tells of ends that are gone: readers, writers. */
#include "pipe.h"

#define PIPE_STEP (32 * PAGE) /* the pages of a pipe, from LIBOS_PIPES on, by number of the file */
enum {
    ATOMIC = 4096,
    POLL_IN = 1,
    POLL_OUT = 4,
    POLL_ERR = 8,
    POLL_HUP = 16,
    ECONNRESET_PIPE = 104
};

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

/* What sockets say about their pipes. */
uint32_t pipe_flags(struct file *f) { return pipe_attach(f, 0) ? pipe_head(f)->flags : 0; }

/* Whether no more bytes will come; whether none are taken. */
static bool ended(const struct pipe *p)
{
    return !p->writers || p->flags & (PIPE_NO_WRITER | PIPE_NO_READER | PIPE_END);
}
static bool refused(const struct pipe *p)
{
    return !p->readers || p->flags & (PIPE_NO_WRITER | PIPE_NO_READER);
}

/* How many bytes to read at once: at most those that the first mark is about. */
static uint64_t until_mark(struct file *f, const struct pipe *p, uint64_t n)
{
    struct received *r = (struct received *)LIBOS_BUFFER2;
    uint64_t *w = (uint64_t *)r;

    w[0] = REQUEST(OP_UNMARK, f->handle), w[1] = RECEIVE_PEEK, w[2] = w[3] = 0;
    if (ask_memory(w, 32, PAGE) <= EXO_REGISTER_BYTES)
        return n;
    const uint32_t start = r->size - p->tail, end = r->here - p->tail;
    if ((int32_t)start >= 0 && start >= n)
        return n;
    P->mark_due = true;
    return end && end < n ? end : n;
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
    const bool came = await_notice(deadline);
    if (signal_due())
        return -AGAIN;
    return !came && deadline == f->deadline ? -EAGAIN : 0;
}

int64_t pipe_wait(const struct file *f, struct pipe *p)
{
    return pipe_wait_until(f, p, f->deadline ? f->deadline : EXO_FOREVER);
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
            uint64_t most = n < there ? n : there;
            if (p->flags & PIPE_MARKED)
                most = until_mark(f, p, most);
            int64_t got = transfer(f, p->tail, buffer, most, true);
            if (f->peek) {
                pipe_unlock(p);
                return got;
            }
            if (got > 0)
                p->tail += (uint32_t)got;
            if (p->tail == p->head)
                p->tail = p->head = 0;
            pipe_unlock_and_wake(f, p);
            return got;
        }
        if (ended(p)) {
            const bool reset = p->flags & PIPE_RESET;
            p->flags &= ~(uint32_t)PIPE_RESET;
            pipe_unlock(p);
            return reset ? -ECONNRESET_PIPE : 0;
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
        if (refused(p)) {
            pipe_unlock(p);
            if (done)
                return (int64_t)done;
            if (!P->quiet)
                signal_raise(SIGPIPE, P->pid << 8, 0);
            return -EPIPE;
        }
        const uint64_t room = PIPE_SIZE - pipe_filled(p), rest = n - done;
        if (room >= (n <= ATOMIC ? n : 1)) {
            const uint64_t part = rest < room ? rest : room;
            int64_t put = P->mark_size || p->flags & PIPE_CREDENTIALS
                              ? mark_write(f, p->head, p->head + (uint32_t)part)
                              : 0;
            if (!put)
                put = transfer(f, p->head, buffer + done, part, false);
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
        events |= ended(p) ? POLL_HUP : 0;
    } else {
        events = PIPE_SIZE - pipe_filled(p) >= ATOMIC ? POLL_OUT : 0;
        events |= refused(p) ? POLL_ERR : 0;
    }
    if (watch)
        pipe_sleep_on(p);
    pipe_unlock(p);
    return events;
}

/* How many bytes wait to be read. */
int64_t pipe_bytes(struct file *f) { return pipe_attach(f, 0) ? pipe_filled(pipe_head(f)) : 0; }

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
