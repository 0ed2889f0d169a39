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
    LOCK_PI,
    UNLOCK_PI,
    TRYLOCK_PI,
    WAIT_BITSET,
    WAKE_BITSET,
    LOCK_PI2 = 13,
    PRIVATE = 128,
    REALTIME = 256
};

static int64_t wait(uint64_t address, uint32_t value, uint32_t bits, uint64_t deadline,
                    bool private)
{
    uint32_t now_there;

    if (!bits)
        return -EINVAL;
    if (user_get(&now_there, address, 4))
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
        if (user_get(&now_there, address, 4) || now_there != value)
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
    if (user_get(&old, address, 4))
        return -EFAULT;
    const int32_t new[] = { argument, old + argument, old | argument, old & ~argument,
                            old ^ argument };
    if ((kind & 7) > 4 || compare > 5)
        return -ENOSYS;
    if (user_put(address, &new[kind & 7], 4))
        return -EFAULT;
    const bool is[] = { old == with, old != with, old<with, old <= with, old> with, old >= with };
    return is[compare];
}

enum { WAITERS = 1u << 31, OWNER_DIED = 1 << 30, OWNER = OWNER_DIED - 1 };

/* The thread ends: who waits for a lock of its robust list learns that. */
void robust_release(void)
{
    enum { LONGEST = 2048 };
    uint64_t head[3], entry;

    if (!P->robust || user_get(head, P->robust, sizeof head))
        return;
    entry = head[0];
    for (int steps = 0; steps < LONGEST && (entry & -2ul) != P->robust; steps++) {
        const uint64_t at = (entry & -2ul) + head[1];
        uint32_t word;
        if (user_get(&entry, entry & -2ul, 8) || user_get(&word, at, 4))
            break;
        if ((word & OWNER) != (uint32_t)P->tid)
            continue;
        word = (word & WAITERS) | OWNER_DIED;
        if (user_put(at, &word, 4))
            break;
        futex_wake(at, 1, ~0u);
    }
    P->robust = 0;
}

/* Locks that the kernel hands over. There is one processor and one priority: who waits longest is
 * next. */
static int64_t lock_inherited(uint64_t address, uint64_t deadline, bool try)
{
    uint32_t waiters = 0, word;

    for (;;) {
        if (user_get(&word, address, 4) || user_touch(address))
            return -EFAULT;
        if (!(word & OWNER)) {
            word = (uint32_t)P->tid | waiters | (word & (OWNER_DIED | WAITERS));
            return user_put(address, &word, 4) ? -EFAULT : 0;
        }
        if ((word & OWNER) == (uint32_t)P->tid)
            return -EDEADLK;
        if (try)
            return -EAGAIN;
        word |= waiters = WAITERS;
        if (user_put(address, &word, 4))
            return -EFAULT;
        const uint64_t soon = ticks() + LOOK_AGAIN;
        const int64_t result = futex_await(address, ~0u, deadline < soon ? deadline : soon);
        if (result == -AGAIN || (result && ticks() >= deadline))
            return result;
    }
}

static int64_t unlock_inherited(uint64_t address)
{
    uint32_t word;

    if (user_get(&word, address, 4))
        return -EFAULT;
    if ((word & OWNER) != (uint32_t)P->tid)
        return -EPERM;
    word = 0;
    if (user_put(address, &word, 4))
        return -EFAULT;
    futex_wake(address, 1, ~0u);
    return 0;
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
    if ((what == WAIT || what == WAIT_BITSET || what == LOCK_PI || what == LOCK_PI2) && time) {
        if (user_get(&t, time, sizeof t))
            return -EFAULT;
        if (t.seconds < 0 || t.nanoseconds < 0 || t.nanoseconds >= 1000000000)
            return -EINVAL;
        const uint64_t length = (uint64_t)t.seconds * 1000000000 + (uint64_t)t.nanoseconds;
        const uint64_t epoch = now() - ticks();
        deadline = what == WAIT                              ? ticks() + length
                   : operation & REALTIME || what == LOCK_PI ? (length > epoch ? length - epoch : 1)
                                                             : (length ? length : 1);
    }
    switch (what) {
    case WAIT:
        return wait(address, (uint32_t)value, ~0u, deadline, private);
    case WAIT_BITSET:
        return wait(address, (uint32_t)value, (uint32_t)bits, deadline, private);
    case WAKE:
        return libos_peek(address) ? -EFAULT : futex_wake(address, (uint32_t)value, ~0u);
    case LOCK_PI:
    case LOCK_PI2:
        return lock_inherited(address, deadline, false);
    case TRYLOCK_PI:
        return lock_inherited(address, deadline, true);
    case UNLOCK_PI:
        return unlock_inherited(address);
    case WAKE_BITSET:
        return bits ? futex_wake(address, (uint32_t)value, (uint32_t)bits) : -EINVAL;
    case CMP_REQUEUE: {
        uint32_t there;
        if (user_get(&there, address, 4))
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
