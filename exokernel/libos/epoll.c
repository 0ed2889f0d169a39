/* SPDX-License-Identifier: MIT
 * epoll: a list in the process. A child has a copy of it. */
#include "libos.h"

enum { ERR = 8, HUP = 16 };

enum { EPOLLS = 16, WATCHED = 64, ADD = 1, DELETE, MODIFY, ONE_SHOT = 1 << 30, EDGE = 1u << 31 };

struct watched {
    uint32_t events, seen; /* 0: free place; what the last wait told, for EPOLLET */
    uint16_t descriptor, file;
    uint64_t data;
};
struct epoll {
    struct watched watched[WATCHED];
};
#define EPOLL ((struct epoll *)(uint64_t)LIBOS_EPOLLS)

struct linux_epoll_event {
    uint32_t events;
    uint64_t data;
} __attribute__((packed));

int64_t linux_epoll_create1(uint64_t flags)
{
    uint32_t used = 0;

    if (flags & ~(uint64_t)O_CLOEXEC)
        return -EINVAL;
    for (uint32_t i = 1; i < P->files; i++)
        if (FILE_OF[i].kind == FILE_EPOLL)
            used |= 1u << FILE_OF[i].in;
    const uint32_t i = (uint32_t)__builtin_ctz(~used);
    if (i >= EPOLLS)
        return -EMFILE;
    const int64_t file = file_new(FILE_EPOLL, 0, O_RDWR);
    if (file < 0)
        return file;
    FILE_OF[file].in = (uint16_t)i;
    libos_zero(&EPOLL[i], sizeof *EPOLL);
    return descriptor_new((uint16_t)file, 0, flags & O_CLOEXEC);
}

int64_t linux_epoll_create(uint64_t size)
{
    return (int32_t)size > 0 ? linux_epoll_create1(0) : -EINVAL;
}

static struct epoll *epoll_of(uint64_t descriptor, int64_t *error)
{
    const struct file *f = file_of(descriptor);

    *error = !f ? -EBADF : f->kind != FILE_EPOLL ? -EINVAL : 0;
    return *error ? NULL : &EPOLL[f->in];
}

int64_t linux_epoll_ctl(uint64_t descriptor, uint64_t operation, uint64_t about, uint64_t event)
{
    struct linux_epoll_event e = { 0, 0 };
    int64_t error;
    struct epoll *p = epoll_of(descriptor, &error);
    const struct file *f = file_of(about);
    struct watched *found = NULL, *free = NULL;

    if (error)
        return error;
    if (!f)
        return -EBADF;
    if (f->kind != FILE_EPOLL && f->kind != FILE_SOCKET && f->kind != FILE_EVENT
        && f->kind != FILE_TIMER && f->kind != FILE_SIGNALS && f->kind != FILE_MAILBOX
        && f->kind != FILE_READ_END && f->kind != FILE_WRITE_END && f->kind != FILE_CONSOLE)
        return -EPERM;
    if ((uint32_t)descriptor == (uint32_t)about)
        return -EINVAL;
    if (operation != DELETE && user_get(&e, event, sizeof e))
        return -EFAULT;
    for (struct watched *w = p->watched; w < p->watched + WATCHED; w++) {
        if (w->file == f - FILE_OF && w->descriptor == about)
            found = w;
        if (!w->file || !FILE_OF[w->file].references)
            free = free ? free : w;
    }
    switch (operation) {
    case ADD:
        if (found || !free)
            return found ? -EEXIST : -ENOSPC;
        *free = (struct watched){ e.events | ERR | HUP, 0, (uint16_t)about, (uint16_t)(f - FILE_OF),
                                  e.data };
        return 0;
    case MODIFY:
        if (!found)
            return -ENOENT;
        found->events = e.events | ERR | HUP, found->data = e.data, found->seen = 0;
        return 0;
    case DELETE:
        if (!found)
            return -ENOENT;
        found->file = 0;
        return 0;
    default:
        return -EINVAL;
    }
}

/* One pass: tell what is ready. How many, or an error. */
static int64_t look(struct epoll *p, uint64_t to, uint64_t most, bool watch)
{
    uint64_t n = 0;

    for (struct watched *w = p->watched; w < p->watched + WATCHED && n < most; w++) {
        const uint16_t open = w->file ? P->descriptor[w->descriptor].file : 0;
        if (!w->file || open != w->file)
            continue; /* closed meanwhile */
        const uint32_t is = poll_ready(w->descriptor, watch) & w->events;
        const uint32_t new = w->events &EDGE ? is & ~w->seen : is;
        w->seen = is;
        if (!new)
            continue;
        const struct linux_epoll_event e = { is, w->data };
        if (user_put(to + n * sizeof e, &e, sizeof e))
            return -EFAULT;
        if (w->events & ONE_SHOT)
            w->events = 0;
        n++;
    }
    return (int64_t)n;
}

int64_t linux_epoll_pwait(uint64_t descriptor, uint64_t to, uint64_t most, uint64_t milliseconds,
                          uint64_t mask, uint64_t size)
{
    const int32_t time = (int32_t)milliseconds;
    const uint64_t deadline = time < 0 ? EXO_FOREVER
                              : time   ? ticks() + (uint64_t)time * 1000000
                                       : 0;
    int64_t error;
    struct epoll *p = epoll_of(descriptor, &error);

    if (!error && (int32_t)most <= 0)
        error = -EINVAL;
    if (!error)
        error = poll_mask(mask, size);
    if (error)
        return error;
    for (;;) {
        const int64_t n = look(p, to, (uint32_t)most, deadline != 0);
        if (n || !deadline)
            return n;
        if (signal_due())
            return -EINTR;
        if (!poll_await(deadline))
            return look(p, to, (uint32_t)most, false);
    }
}

int64_t linux_epoll_wait(uint64_t descriptor, uint64_t to, uint64_t most, uint64_t milliseconds)
{
    return linux_epoll_pwait(descriptor, to, most, milliseconds, 0, 8);
}
