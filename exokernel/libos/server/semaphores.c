/* SPDX-License-Identifier: MIT
 * Semaphores of System V: all operations of a call happen, or none. */
#include "ipc.h"

enum { MOST = 32767, UNDO = 0x1000, NOWAIT = 04000 };

struct step {
    uint16_t number;
    int16_t by, flags;
};

/* What is to be added to a semaphore when the process ends. */
struct undo {
    uint32_t pid, object, number;
    int32_t by;
};
#define UNDO_OF ((struct undo *)UNDOS_AT)

static void note_undo(uint32_t pid, const struct ipc *o, uint32_t number, int32_t by)
{
    struct undo *free = NULL;

    for (struct undo *u = UNDO_OF; u < UNDO_OF + UNDOS; u++) {
        if (u->pid == pid && u->object == (uint32_t)(o - IPC) && u->number == number) {
            u->by += by;
            return;
        }
        if (!u->pid && !free)
            free = u;
    }
    if (free)
        *free = (struct undo){ pid, (uint32_t)(o - IPC), number, by };
}

void undo_forget(const struct ipc *o)
{
    for (struct undo *u = UNDO_OF; u < UNDO_OF + UNDOS; u++)
        if (u->pid && u->object == (uint32_t)(o - IPC))
            u->pid = 0;
}

/* A process ended: nobody waits for it, and what it did is undone. */
void semaphores_of_process_gone(uint64_t pid)
{
    for (struct ipc *o = IPC; S->ipc_used && o < IPC + IPC_OBJECTS; o++)
        if (o->kind)
            ipc_unwatch(o, pid);
    for (struct undo *u = UNDO_OF; S->ipc_used && u < UNDO_OF + UNDOS; u++) {
        if (!u->pid || u->pid != pid)
            continue;
        struct ipc *o = &IPC[u->object];
        struct semaphore *s = &semaphores_of(o)[u->number];
        const int32_t value = s->value + u->by;
        s->value = (uint16_t)(value < 0 ? 0 : value > MOST ? MOST : value);
        s->pid = (uint32_t)pid;
        u->pid = 0;
        ipc_wake(o);
    }
}

/* Do all, or tell which one cannot be done now. 0, or an error; -EAGAIN with its place. */
static int64_t try_all(struct ipc *o, const struct step *op, uint64_t n, uint64_t *place,
                       uint32_t pid)
{
    struct semaphore *s = semaphores_of(o);
    int64_t error = 0;
    uint64_t i = 0;

    for (; !error && i < n; i++) {
        const int32_t value = s[op[i].number].value + op[i].by;
        if (op[i].by ? value < 0 : value != 0)
            error = -EAGAIN;
        else if (value > MOST)
            error = -ERANGE;
        else
            s[op[i].number].value = (uint16_t)value;
    }
    if (error) { /* take back */
        *place = --i;
        while (i--)
            s[op[i].number].value = (uint16_t)(s[op[i].number].value - op[i].by);
        return error;
    }
    for (i = 0; i < n; i++) {
        s[op[i].number].pid = pid;
        if (op[i].flags & UNDO)
            note_undo(pid, o, op[i].number, -op[i].by);
    }
    return 0;
}

/* w1 number of the set, w2 how many operations, behind the words; 0: the process waits no more. */
void do_semaphores(struct request *r)
{
    struct ipc *o = ipc_of(IPC_SEMAPHORES, r->w[1]);
    const struct step *op = (const struct step *)r->data;
    const uint64_t n = r->w[2];
    uint64_t place = 0;
    int64_t error = !o || n * sizeof *op > r->data_size ? -EINVAL : 0;

    if (o)
        ipc_unwatch(o, r->from->pid);
    for (uint64_t i = 0; !error && i < n; i++)
        if (op[i].number >= o->size)
            error = -EFBIG;
    if (!error && n)
        error = try_all(o, op, n, &place, (uint32_t)r->from->pid);
    if (!error && n) {
        o->first_time = server_time() / 1000000000;
        ipc_wake(o);
    } else if (error == -EAGAIN) {
        r->w[1] = op[place].flags & NOWAIT;
        if (!r->w[1])
            ipc_watch(o, r->from, op[place].number, !op[place].by);
    }
    r->w[0] = (uint64_t)error;
}

static uint64_t waiting(const struct ipc *o, uint32_t number, bool for_zero)
{
    uint64_t n = 0;

    for (uint32_t i = 0; i < o->waiters; i++)
        n += o->waiter[i].number == number && o->waiter[i].for_zero == for_zero;
    return n;
}

/* w1 number of the set, w2 enum semaphore_command | which << 32, w3 a value. */
void do_semaphore_control(struct request *r)
{
    struct ipc *o = ipc_of(IPC_SEMAPHORES, r->w[1]);
    const uint32_t command = (uint32_t)r->w[2], number = (uint32_t)(r->w[2] >> 32);
    struct semaphore *s = o ? semaphores_of(o) : NULL;
    uint16_t *all = (uint16_t *)S->buffer;

    r->w[0] = -(uint64_t)EINVAL;
    if (!o || (number >= o->size && command < SEMAPHORE_GET_ALL))
        return;
    switch (command) {
    case SEMAPHORE_GET:
        r->w[0] = s[number].value;
        return;
    case SEMAPHORE_PID:
        r->w[0] = s[number].pid;
        return;
    case SEMAPHORE_WAIT_MORE:
    case SEMAPHORE_WAIT_ZERO:
        r->w[0] = waiting(o, number, command == SEMAPHORE_WAIT_ZERO);
        return;
    case SEMAPHORE_SET:
        if (r->w[3] > MOST) {
            r->w[0] = -(uint64_t)ERANGE;
            return;
        }
        s[number].value = (uint16_t)r->w[3], s[number].pid = (uint32_t)r->from->pid;
        break;
    case SEMAPHORE_GET_ALL:
        for (uint64_t i = 0; i < o->size; i++)
            all[i] = s[i].value;
        r->reply = all, r->reply_size = o->size * 2 < 40 ? 40 : o->size * 2;
        return;
    case SEMAPHORE_SET_ALL:
        for (uint64_t i = 0; i < o->size; i++)
            if (i * 2 + 2 > r->data_size || ((const uint16_t *)r->data)[i] > MOST) {
                r->w[0] = -(uint64_t)ERANGE;
                return;
            }
        for (uint64_t i = 0; i < o->size; i++)
            s[i] = (struct semaphore){ ((const uint16_t *)r->data)[i], (uint32_t)r->from->pid };
        break;
    default:
        return;
    }
    o->changed = server_time() / 1000000000;
    r->w[0] = 0;
    ipc_wake(o);
}
