/* SPDX-License-Identifier: MIT
 * signalfd: signals that wait are read, instead of delivered. */
#include "signal.h"

enum { IN = 1 };

/* struct signalfd_siginfo */
struct linux_told {
    uint32_t signal;
    int32_t error, code;
    uint32_t pid, user;
    int32_t descriptor;
    uint32_t timer, band, overrun, trap;
    int32_t status, value;
    uint64_t pointer, user_time, system_time, address;
    uint16_t address_bits, pad2;
    int32_t call;
    uint64_t call_address;
    uint32_t architecture;
    uint8_t pad[28];
};
_Static_assert(sizeof(struct linux_told) == 128, "as Linux has it");

int64_t linux_signalfd4(uint64_t descriptor, uint64_t set, uint64_t size, uint64_t flags)
{
    uint64_t mask;

    if (size != 8)
        return -EINVAL;
    if (user_get(&mask, set, sizeof mask))
        return -EFAULT;
    if (flags & ~(uint64_t)(O_NONBLOCK | O_CLOEXEC))
        return -EINVAL;
    mask &= ~UNBLOCKABLE;
    if ((int32_t)descriptor != -1) {
        struct file *f = file_of(descriptor);
        if (!f || f->kind != FILE_SIGNALS)
            return f ? -EINVAL : -EBADF;
        f->mask = mask;
        threads_wake();
        return (int64_t)(uint32_t)descriptor;
    }
    const int64_t file = file_new(FILE_SIGNALS, 0, O_RDWR | (uint32_t)(flags & O_NONBLOCK));
    if (file < 0)
        return file;
    FILE_OF[file].mask = mask;
    return descriptor_new((uint16_t)file, 0, flags & O_CLOEXEC);
}

int64_t linux_signalfd(uint64_t descriptor, uint64_t set, uint64_t size)
{
    return linux_signalfd4(descriptor, set, size, 0);
}

/* What is told of one signal. Behind a child's comes its status, behind others' a value. */
static struct linux_told told_of(uint32_t signal, uint64_t code, uint64_t value)
{
    enum { SI_TIMER = 0xfe };
    struct linux_told t = { .signal = signal, .code = (int8_t)(code & 0xff) };

    if ((code & 0xff) == SI_TIMER)
        t.timer = (uint32_t)cause_of(code);
    else
        t.pid = (uint32_t)cause_of(code);
    if (signal == SIGCHLD)
        t.status = (int32_t)(code >> 40);
    else if (t.code < 0)
        t.value = (int32_t)value, t.pointer = value;
    return t;
}

int64_t signals_read(struct file *f, uint64_t buffer, uint64_t n)
{
    uint64_t done = 0, code, value;

    if (n < sizeof(struct linux_told))
        return -EINVAL;
    for (;;) {
        const uint64_t found = (P->waiting | P->own) & f->mask;
        if (found && n - done >= sizeof(struct linux_told)) {
            const uint32_t signal = signal_take(found, &code, &value);
            const struct linux_told t = told_of(signal, code, value);
            signal_flag();
            if (user_put(buffer + done, &t, sizeof t))
                return done ? (int64_t)done : -EFAULT;
            done += sizeof t;
            continue;
        }
        if (done)
            return (int64_t)done;
        if (f->flags & O_NONBLOCK)
            return -EAGAIN;
        if (signal_due())
            return -AGAIN;
        await_notice(EXO_FOREVER);
    }
}

uint32_t signals_ready(const struct file *f)
{
    take_notices();
    return (P->waiting | P->own) & f->mask ? IN : 0;
}
