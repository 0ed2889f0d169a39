/* SPDX-License-Identifier: MIT
 * Threads. One environment runs all threads of a process, one at a time. A thread that waits lets
 * the others run; a program that computes is interrupted by the server's bell. Each has
 * a stack in the LibOS; what is in struct process belongs to the one that runs.
 *
 *   READY -> it may look again at what it waited for
 *   WAITING -> until a message, a deadline, or another thread wakes it */
#include "libos.h"

enum state { FREE, READY, WAITING };

struct thread {
    uint8_t state;
    bool expired, suspended;
    uint64_t context; /* stack pointer in the LibOS */
    uint64_t rsp, back, number, mask, saved_mask, own, fs_base, clear_tid, tid, robust, stack;
    uint64_t alternate, alternate_size, deadline;
    uint64_t futex, bits; /* the word that it waits for, and which wakes are meant */
    struct regs regs;     /* of one that has not begun or was preempted */
    uint8_t fpu[512] __attribute__((aligned(16)));
};
#define THREAD ((struct thread *)(uint64_t)LIBOS_THREADS)

/* clang-format off */
#define SAVED(X)                                                                      \
    X(rsp) X(number) X(mask) X(saved_mask) X(suspended) X(own) X(fs_base) X(clear_tid) \
    X(tid) X(robust) X(stack) X(alternate) X(alternate_size)
/* clang-format on */

/* Where the call of the program that runs goes back to. */
uint64_t back_address(void) { return P->back ? P->back : *(const uint64_t *)LIBOS_OUTSIDE; }

static void save(struct thread *t)
{
#define SAVE(field) t->field = P->field;
    SAVED(SAVE)
    t->back = back_address();
    __asm__ volatile("fxsave64 %0" : "=m"(t->fpu));
}

static void load_thread(const struct thread *t)
{
#define LOAD(field) P->field = t->field;
    SAVED(LOAD)
    P->back = t->back;
    P->pending = 1; /* so that its way back reads all of that */
    own_fs_base(t->fs_base);
    __asm__ volatile("fxrstor64 %0" : : "m"(t->fpu));
}

/* Let another thread run. Returns when this one runs again. */
static void switch_thread(uint32_t to)
{
    struct thread *me = &THREAD[P->thread];

    if (to == P->thread)
        return;
    save(me);
    P->thread = to;
    load_thread(&THREAD[to]);
    libos_change_stack(&me->context, THREAD[to].context);
}

/* The next thread that can run, after this one; this one if there is no other. */
static uint32_t next_ready(void)
{
    for (uint32_t i = 1; i <= P->thread_top; i++) {
        const uint32_t t = (P->thread + i) % P->thread_top;
        if (THREAD[t].state == READY)
            return t;
    }
    return P->thread;
}

/* All that wait look again. */
void threads_wake(void)
{
    for (uint32_t i = 0; i < P->thread_top; i++)
        if (THREAD[i].state == WAITING)
            THREAD[i].state = READY, THREAD[i].expired = false;
}

/* No thread can run: wait until one can look again. */
static void wait_for_all(void)
{
    uint64_t first = EXO_FOREVER;

    for (uint32_t i = 0; i < P->thread_top; i++)
        if (THREAD[i].state == WAITING && THREAD[i].deadline < first)
            first = THREAD[i].deadline;
    if (receive_notice(first)) {
        threads_wake();
        return;
    }
    for (uint32_t i = 0; i < P->thread_top; i++)
        if (THREAD[i].state == WAITING && THREAD[i].deadline <= first)
            THREAD[i].state = READY, THREAD[i].expired = true;
}

/* Wait, with other threads: for a notice, a wake or the time. False: the time passed. */
bool threads_await(uint64_t deadline)
{
    struct thread *me = &THREAD[P->thread];

    if (deadline <= ticks())
        return false;
    me->state = WAITING, me->deadline = deadline, me->expired = false;
    for (;;) {
        const uint32_t next = next_ready();
        if (THREAD[next].state == READY) {
            switch_thread(next);
            return !me->expired;
        }
        wait_for_all();
    }
}

void threads_yield(void)
{
    if (P->threads > 1)
        switch_thread(next_ready());
}

/* The slice is over: the others run. The program's registers are in P->regs. */
void threads_pass(void)
{
    struct thread *me = &THREAD[P->thread];

    me->regs = P->regs;
    switch_thread(next_ready());
    P->regs = me->regs;
    P->back = 0;
}

/* Where a new thread begins, on its own stack in the LibOS. */
static void begin_thread(void)
{
    P->regs = THREAD[P->thread].regs;
    P->back = 0;
    signal_refresh();
}

/* clone with CLONE_THREAD. The program's registers are in P->regs. */
int64_t thread_new(uint64_t flags, uint64_t stack, uint64_t parent_tid, uint64_t child_tid,
                   uint64_t tls)
{
    enum {
        SETTLS = 0x80000,
        PARENT_SETTID = 0x100000,
        CHILD_CLEARTID = 0x200000,
        CHILD_SETTID = 0x1000000
    };
    uint32_t i = 0;

    if (!P->threads) {
        P->threads = P->thread_top = 1, P->thread = 0;
        THREAD[0].state = READY;
    }
    while (i < P->thread_top && THREAD[i].state != FREE)
        i++;
    if (i == THREADS)
        return -EAGAIN;
    const int64_t tid = ask(OP_THREAD, 0, 1, 0, 0);
    if (tid < 0)
        return tid;
    const uint32_t value = (uint32_t)tid;
    if (flags & PARENT_SETTID && user_put(parent_tid, &value, 4))
        return -EFAULT;
    if (flags & CHILD_SETTID && user_put(child_tid, &value, 4))
        return -EFAULT;
    if (i == P->thread_top)
        P->thread_top++;
    struct thread *t = &THREAD[i];
    *t = (struct thread){ .state = READY,
                          .mask = P->mask,
                          .tid = (uint64_t)tid,
                          .fs_base = flags & SETTLS ? tls : P->fs_base,
                          .clear_tid = flags & CHILD_CLEARTID ? child_tid : 0,
                          .regs = P->regs,
                          .stack = LIBOS_STACKS + (i + 1) * LIBOS_STACKS_STEP };
    __asm__ volatile("fxsave64 %0" : "=m"(t->fpu));
    t->regs.rsp = stack, t->regs.rax = 0;
    uint64_t *top = (uint64_t *)t->stack;
    top[-1] = 0, top[-2] = (uint64_t)begin_thread; /* then six registers */
    t->context = (uint64_t)(top - 8);
    P->threads++;
    return tid;
}

/* The thread ends. The last one ends the process. */
_Noreturn void thread_end(uint64_t status)
{
    const uint32_t zero = 0;

    robust_release();
    if (P->threads <= 1)
        process_end((status & 0xff) << 8);
    if (P->clear_tid && !user_put(P->clear_tid, &zero, 4))
        futex_wake(P->clear_tid, 1, ~0u);
    THREAD[P->thread].state = FREE;
    if (--P->threads == 1)
        ask(OP_THREAD, 0, 0, 0, 0); /* no slices any more */
    for (;;) {
        const uint32_t next = next_ready();
        if (next != P->thread)
            switch_thread(next);
        wait_for_all();
    }
}

/* Only this thread stays: a new program, or a child. */
void threads_forget(void)
{
    for (uint32_t i = 0; i < P->thread_top; i++)
        THREAD[i].state = FREE;
    P->threads = P->thread_top = P->thread = 0;
    P->back = 0;
    P->tid = P->pid;
}

/* A signal for one thread. */
int64_t thread_signal(uint64_t tid, uint32_t signal)
{
    for (uint32_t i = 0; i < P->thread_top; i++) {
        if (THREAD[i].state == FREE || i == P->thread || THREAD[i].tid != tid)
            continue;
        if (signal)
            THREAD[i].own |= 1ul << (signal - 1);
        if (THREAD[i].state == WAITING)
            THREAD[i].state = READY, THREAD[i].expired = false;
        return 0;
    }
    return -ESRCH;
}

/* Wake threads that wait for this word, the longest waiting first. How many. */
int64_t futex_wake(uint64_t address, uint32_t most, uint32_t bits)
{
    int64_t woken = 0;

    while (woken < most) {
        struct thread *first = NULL;
        for (uint32_t i = 0; i < P->thread_top; i++)
            if (THREAD[i].state != FREE && THREAD[i].futex == address && THREAD[i].bits & bits
                && (!first || THREAD[i].number < first->number))
                first = &THREAD[i];
        if (!first)
            break;
        first->futex = 0;
        if (first->state == WAITING)
            first->state = READY, first->expired = false;
        woken++;
    }
    return woken;
}

/* Let threads that wait for one word wait for another. */
int64_t futex_move(uint64_t from, uint64_t to, uint32_t most)
{
    int64_t moved = 0;

    for (uint32_t i = 0; i < P->thread_top && moved < most; i++)
        if (THREAD[i].state != FREE && THREAD[i].futex == from)
            THREAD[i].futex = to, moved++;
    return moved;
}

/* Wait for a wake of this word. 0, or -ETIMEDOUT or -EINTR. */
int64_t futex_await(uint64_t address, uint32_t bits, uint64_t deadline)
{
    struct thread *me = &THREAD[P->thread]; /* the first one, if there never were others */

    me->futex = address, me->bits = bits;
    while (me->futex) {
        if (signal_due() || !await_notice(deadline)) {
            const bool due = signal_due();
            if (!me->futex)
                break;
            me->futex = 0;
            return due ? -AGAIN : -ETIMEDOUT;
        }
    }
    return 0;
}
