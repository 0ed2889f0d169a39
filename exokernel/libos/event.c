/* SPDX-License-Identifier: MIT
 * eventfd. Its count lies in a page of a pipe, which its holders share. */
#include "pipe.h"

enum { SEMAPHORE = 1, POLL_IN = 1, POLL_OUT = 4, POLL_ERR = 8 };

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

int64_t linux_eventfd2(uint64_t value, uint64_t flags)
{
    if (flags & ~(uint64_t)(SEMAPHORE | O_NONBLOCK | O_CLOEXEC))
        return -EINVAL;
    const int64_t error = ask(OP_PIPE, 0, 0, 0, 0);
    if (error)
        return error;
    const uint32_t handle = (uint32_t)P->reply[0], other = (uint32_t)P->reply[1];
    ask(OP_CLOSE, other, 0, 0, 0);
    const int64_t file = file_new(FILE_EVENT, handle, O_RDWR | (uint32_t)(flags & O_NONBLOCK));
    if (file < 0)
        return file;
    FILE_OF[file].semaphore = flags & SEMAPHORE;
    if (!event_add(&FILE_OF[file], (uint32_t)value))
        return -ENOMEM;
    return descriptor_new((uint16_t)file, 0, flags & O_CLOEXEC);
}

int64_t linux_eventfd(uint64_t value) { return linux_eventfd2(value, 0); }
