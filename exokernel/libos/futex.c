/* SPDX-License-Identifier: MIT
 * futex. Threads of a process wait and wake here. Words that processes share have no queue: who
 * waits for one looks at it again after a while. */
#include "libos.h"

#define LOOK_AGAIN 20000ul /* instructions */

enum {
    WAIT,
    WAKE,
    FD,
    REQUEUE,
    CMP_REQUEUE,
    WAKE_OP,
    WAIT_BITSET = 9,
    WAKE_BITSET,
    PRIVATE = 128,
    REALTIME = 256
};

static int64_t wait(uint64_t address, uint32_t value, uint32_t bits, uint64_t deadline,
                    bool private)
{
    uint32_t now_there;

    if (!bits)
        return -EINVAL;
    if (libos_copy(&now_there, (const void *)address, 4))
        return -EFAULT;
    if (now_there != value)
        return -EAGAIN;
    if (deadline && deadline <= ticks())
        return -ETIMEDOUT;
    for (;;) { /* another process may change a shared word without a wake of ours */
        const uint64_t soon = ticks() + LOOK_AGAIN;
        const uint64_t next = private || deadline < soon ? deadline : soon;
        const int64_t result = futex_await(address, bits, next);
        if (result != -ETIMEDOUT || ticks() >= deadline)
            return result;
        if (libos_copy(&now_there, (const void *)address, 4) || now_there != value)
            return 0;
    }
}

/* Change the second word, and tell whether the second wake is due. */
static int64_t change(uint64_t address, uint32_t operation)
{
    const uint32_t kind = operation >> 28, compare = operation >> 24 & 15;
    int32_t argument = (int32_t)(operation << 8) >> 20;
    const int32_t with = (int32_t)(operation << 20) >> 20;
    int32_t old;

    if (kind & 8)
        argument = (int32_t)(1u << (argument & 31));
    if (libos_copy(&old, (const void *)address, 4))
        return -EFAULT;
    const int32_t new[] = { argument, old + argument, old | argument, old & ~argument,
                            old ^ argument };
    if ((kind & 7) > 4 || compare > 5)
        return -ENOSYS;
    if (libos_copy((void *)address, &new[kind & 7], 4))
        return -EFAULT;
    const bool is[] = { old == with, old != with, old<with, old <= with, old> with, old >= with };
    return is[compare];
}

int64_t linux_futex(uint64_t address, uint64_t operation, uint64_t value, uint64_t time,
                    uint64_t second, uint64_t bits)
{
    const uint32_t what = (uint32_t)operation & ~(uint32_t)(PRIVATE | REALTIME);
    const bool private = operation & PRIVATE;
    uint64_t deadline = EXO_FOREVER;
    struct linux_timespec t;

    if (address % 4)
        return -EINVAL;
    if ((what == WAIT || what == WAIT_BITSET) && time) {
        if (libos_copy(&t, (const void *)time, sizeof t))
            return -EFAULT;
        if (t.seconds < 0 || t.nanoseconds < 0 || t.nanoseconds >= 1000000000)
            return -EINVAL;
        const uint64_t length = (uint64_t)t.seconds * 1000000000 + (uint64_t)t.nanoseconds;
        const uint64_t epoch = now() - ticks();
        deadline = what == WAIT           ? ticks() + length
                   : operation & REALTIME ? (length > epoch ? length - epoch : 1)
                                          : (length ? length : 1);
    }
    switch (what) {
    case WAIT:
        return wait(address, (uint32_t)value, ~0u, deadline, private);
    case WAIT_BITSET:
        return wait(address, (uint32_t)value, (uint32_t)bits, deadline, private);
    case WAKE:
        return libos_peek(address) ? -EFAULT : futex_wake(address, (uint32_t)value, ~0u);
    case WAKE_BITSET:
        return bits ? futex_wake(address, (uint32_t)value, (uint32_t)bits) : -EINVAL;
    case CMP_REQUEUE: {
        uint32_t there;
        if (libos_copy(&there, (const void *)address, 4))
            return -EFAULT;
        if (there != (uint32_t)bits)
            return -EAGAIN;
    } /* fallthrough */
    case REQUEUE: {
        const int64_t woken = futex_wake(address, (uint32_t)value, ~0u);
        const int64_t moved = futex_move(address, second, (uint32_t)time);
        return what == REQUEUE ? woken : woken + moved;
    }
    case WAKE_OP: {
        const int64_t also = change(second, (uint32_t)bits);
        if (also < 0)
            return also;
        const int64_t woken = futex_wake(address, (uint32_t)value, ~0u);
        return woken + (also ? futex_wake(second, (uint32_t)time, ~0u) : 0);
    }
    default:
        return -ENOSYS;
    }
}
