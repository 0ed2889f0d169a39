/* SPDX-License-Identifier: MIT
 * Message queues of POSIX. The server has them; a descriptor is a file of the process. */
#include "socket.h"

enum { PRIORITIES = 32768, PART = 4096 - 32, LONGEST = 65535 };

int64_t linux_mq_open(uint64_t name, uint64_t flags, uint64_t mode, uint64_t attributes)
{
    int64_t a[8] = { 0 };
    uint64_t wanted = 0;

    (void)mode;
    if (flags & O_CREAT && attributes) {
        if (user_get(a, attributes, sizeof a))
            return -EFAULT;
        if (a[1] <= 0 || a[2] <= 0 || a[1] > UINT32_MAX || a[2] > UINT32_MAX)
            return -EINVAL;
        wanted = (uint64_t)a[1] | (uint64_t)a[2] << 32;
    }
    const int64_t handle = ask_named(OP_MAILBOX_OPEN, AT_FDCWD, name, flags, wanted, 0);
    if (handle < 0)
        return handle;
    const int64_t file = file_new(FILE_MAILBOX, (uint32_t)handle,
                                  (uint32_t)flags & (O_ACCMODE | O_NONBLOCK));
    return file < 0 ? file : descriptor_new((uint16_t)file, 0, flags & O_CLOEXEC);
}

int64_t linux_mq_unlink(uint64_t name)
{
    return ask_named(OP_MAILBOX_UNLINK, AT_FDCWD, name, 0, 0, 0);
}

static struct file *mailbox_of(uint64_t descriptor)
{
    struct file *f = file_of(descriptor);

    return f && f->kind == FILE_MAILBOX ? f : NULL;
}

/* The moment of a time to wait; or an error. */
static int64_t deadline_of(uint64_t time, uint64_t *deadline)
{
    struct linux_timespec t;

    *deadline = EXO_FOREVER;
    if (!time)
        return 0;
    if (user_get(&t, time, sizeof t))
        return -EFAULT;
    return timer_moment(&t, 0, true, deadline);
}

static int64_t wait(const struct file *f, uint64_t deadline)
{
    if (f->flags & O_NONBLOCK)
        return -EAGAIN;
    if (signal_due())
        return -EINTR;
    return ticks() >= deadline || !await_notice(deadline) ? -ETIMEDOUT : 0;
}

int64_t linux_mq_timedsend(uint64_t descriptor, uint64_t from, uint64_t size, uint64_t priority,
                           uint64_t time)
{
    uint64_t *w = (uint64_t *)LIBOS_BUFFER, deadline;
    const bool staged = size > PART;
    int64_t error = deadline_of(time, &deadline);
    const struct file *f = mailbox_of(descriptor);

    if (!error && (uint32_t)priority >= PRIORITIES)
        error = -EINVAL;
    if (!error && !f)
        error = -EBADF;
    if (!error && size > LONGEST)
        error = -EMSGSIZE;
    while (!error) {
        for (uint64_t done = 0; staged && !error && done < size; done += PART) {
            const uint64_t part = size - done < PART ? size - done : PART;
            w[0] = OP_STAGE, w[1] = done, w[2] = w[3] = 0;
            error = user_get(w + 4, from + done, part) ? -EFAULT : ask_memory(w, 32 + part, PAGE);
        }
        if (!error && !staged && user_get(w + 4, from, size))
            error = -EFAULT;
        w[0] = REQUEST(OP_MAILBOX_SEND, f->handle), w[1] = (uint32_t)priority;
        w[2] = size, w[3] = staged;
        if (!error)
            error = ask_memory(w, 32 + (staged ? 0 : size), PAGE);
        if (error != -EAGAIN)
            return error;
        error = wait(f, deadline);
    }
    return error;
}

int64_t linux_mq_timedreceive(uint64_t descriptor, uint64_t to, uint64_t room, uint64_t priority,
                              uint64_t time)
{
    uint64_t *w = (uint64_t *)LIBOS_BUFFER, *part_of = (uint64_t *)LIBOS_COPY, deadline;
    const struct received *r = (const struct received *)w;
    int64_t error = deadline_of(time, &deadline);
    const struct file *f = mailbox_of(descriptor);

    if (!error && !f)
        error = -EBADF;
    while (!error) {
        w[0] = REQUEST(OP_MAILBOX_RECEIVE, f->handle), w[1] = room, w[2] = w[3] = 0;
        error = ask_memory(w, 32, PAGE);
        if (error > EXO_REGISTER_BYTES)
            break;
        error = error == -EAGAIN ? wait(f, deadline) : error;
    }
    if (error < 0)
        return error;
    const uint64_t n = r->size;
    const uint32_t has = r->from.pid;
    if (r->here && user_put(to, r + 1, r->here))
        return -EFAULT;
    for (uint64_t at = 0; !r->here && at < n; at += PAGE) {
        const uint64_t part = n - at < PAGE ? n - at : PAGE;
        part_of[0] = OP_STAGED, part_of[1] = at, part_of[2] = part, part_of[3] = 0;
        if (ask_memory(part_of, 32, PAGE) <= EXO_REGISTER_BYTES || user_put(to + at, part_of, part))
            return -EFAULT;
    }
    return priority && user_put(priority, &has, sizeof has) ? -EFAULT : (int64_t)n;
}

int64_t linux_mq_notify(uint64_t descriptor, uint64_t event)
{
    enum { ON_SIGNAL, ON_NOTHING, ON_THREAD };
    struct {
        uint64_t value;
        int32_t signal, notify, rest[12];
    } e = { 0 };
    const struct file *f = mailbox_of(descriptor);

    if (event && user_get(&e, event, sizeof e))
        return -EFAULT;
    if (event
        && (e.notify < ON_SIGNAL || e.notify > ON_THREAD
            || (e.notify == ON_SIGNAL && (e.signal < 0 || e.signal > SIGNALS))))
        return -EINVAL;
    if (event && e.notify == ON_THREAD)
        return -ENOSYS;
    if (!f)
        return -EBADF;
    return ask(OP_MAILBOX_NOTIFY, f->handle, event != 0,
               e.notify == ON_SIGNAL ? (uint32_t)e.signal : 0, e.value);
}

int64_t linux_mq_getsetattr(uint64_t descriptor, uint64_t wanted, uint64_t old)
{
    int64_t a[8] = { 0 }, is[8] = { 0 };
    struct file *f = mailbox_of(descriptor);

    if (wanted && user_get(a, wanted, sizeof a))
        return -EFAULT;
    if (wanted && a[0] & ~(int64_t)O_NONBLOCK)
        return -EINVAL;
    if (!f)
        return -EBADF;
    ask(OP_MAILBOX_STATE, f->handle, 0, 0, 0);
    is[0] = f->flags & O_NONBLOCK, is[1] = (uint32_t)P->reply[0];
    is[2] = (int64_t)(P->reply[0] >> 32), is[3] = (int64_t)P->reply[1];
    if (wanted)
        f->flags = (f->flags & ~(uint32_t)O_NONBLOCK) | (uint32_t)a[0];
    return old && user_put(old, is, sizeof is) ? -EFAULT : 0;
}

uint32_t mailbox_ready(const struct file *f, bool watch)
{
    const int64_t is = ask(OP_MAILBOX_STATE, f->handle, watch, 0, 0);

    return is < 0 ? 0 : (uint32_t)is;
}
