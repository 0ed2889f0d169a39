/* SPDX-License-Identifier: MIT
 * Queues of System V: messages of a type. A message's type is in its positions. */
#include "ipc.h"
#include "socket.h"

enum { NOWAIT = 04000, NOERROR = 010000, EXCEPT = 020000 };

uint32_t message_next(uint32_t message) { return MESSAGE[message].next; }

static int64_t type_of(uint32_t i)
{
    return (int64_t)(MESSAGE[i].start | (uint64_t)MESSAGE[i].end << 32);
}

/* w1 queue | flags << 32, w2 type, w3 bytes | staged << 32; the bytes behind the words. */
void do_queue_send(struct request *r)
{
    struct ipc *o = ipc_of(IPC_QUEUE, (uint32_t)r->w[1]);
    const uint64_t size = (uint32_t)r->w[3];
    const bool staged = r->w[3] >> 32;

    r->w[0] = -(uint64_t)EINVAL;
    if (!o)
        return;
    if (o->bytes + size > o->size || o->count >= o->size) {
        ipc_watch(o, r->from, 0, false);
        r->w[0] = -(uint64_t)EAGAIN;
        return;
    }
    const uint32_t i = staged ? r->from->staged : message_new();
    if (!i || (!staged && message_put(i, r->data, size < r->data_size ? size : r->data_size))) {
        r->w[0] = -(uint64_t)ENOMEM;
        return;
    }
    if (staged)
        r->from->staged = 0;
    struct message *m = &MESSAGE[i];
    m->size = (uint32_t)size, m->next = 0;
    m->start = (uint32_t)r->w[2], m->end = (uint32_t)(r->w[2] >> 32);
    if (o->last)
        MESSAGE[o->last].next = i;
    else
        o->first = i;
    o->last = i, o->count++, o->bytes += (uint32_t)size;
    o->last_pid = (uint32_t)r->from->pid, o->first_time = server_time() / 1000000000;
    ipc_unwatch(o, r->from->pid);
    ipc_wake(o);
    r->w[0] = 0;
}

/* The message that is wanted: the first; the first of a type, or not of it; or that of the least
 * type up to one. *before: the one in front of it. */
static uint32_t find(const struct ipc *o, int64_t type, uint64_t flags, uint32_t *before)
{
    uint32_t found = 0, previous = 0;

    for (uint32_t i = o->first; i; previous = i, i = MESSAGE[i].next) {
        const int64_t t = type_of(i);
        const bool fits = !type               ? true
                          : type > 0          ? (t == type) != !!(flags & EXCEPT)
                          : type == INT64_MIN ? true
                                              : t <= -type;
        if (!fits || (found && (type >= 0 || t >= type_of(found))))
            continue;
        found = i, *before = previous;
    }
    return found;
}

static void taken(struct request *r)
{
    struct ipc *o = &IPC[r->undo_value[0] >> 32];
    const uint32_t i = (uint32_t)r->undo_value[0], before = (uint32_t)r->undo_value[1];

    if (before)
        MESSAGE[before].next = MESSAGE[i].next;
    else
        o->first = MESSAGE[i].next;
    if (o->last == i)
        o->last = before;
    o->count--, o->bytes -= MESSAGE[i].size;
    o->other_pid = (uint32_t)r->from->pid, o->second_time = server_time() / 1000000000;
    if (r->from->staged)
        message_free(r->from->staged);
    r->from->staged = i;
    ipc_wake(o);
}

/* w1 queue | flags << 32, w2 type, w3 most bytes. The reply: struct received, whose pid and user
 * are the type. */
void do_queue_receive(struct request *r)
{
    struct ipc *o = ipc_of(IPC_QUEUE, (uint32_t)r->w[1]);
    const uint64_t flags = r->w[1] >> 32;
    struct received *reply = (struct received *)S->buffer;
    uint32_t before = 0;

    if (!o) {
        r->w[0] = -(uint64_t)EINVAL;
        return;
    }
    ipc_unwatch(o, r->from->pid);
    const uint32_t i = find(o, (int64_t)r->w[2], flags, &before);
    if (!i) {
        if (!(flags & NOWAIT))
            ipc_watch(o, r->from, 0, false);
        r->w[0] = -(uint64_t)EAGAIN;
        return;
    }
    const struct message *m = &MESSAGE[i];
    if (m->size > r->w[3] && !(flags & NOERROR)) {
        r->w[0] = -(uint64_t)E2BIG;
        return;
    }
    uint64_t n = m->size < r->w[3] ? m->size : r->w[3];
    *reply = (struct received){ .size = (uint32_t)n, .from = { .pid = m->start, .user = m->end } };
    n = n <= PAGE - sizeof *reply ? n : 0;
    if (n)
        __builtin_memcpy(reply + 1, page_at(m->page[0]), n);
    reply->here = (uint32_t)n;
    r->reply = reply, r->reply_size = sizeof *reply + n;
    r->undo_value[0] = i | (uint64_t)(o - IPC) << 32, r->undo_value[1] = before;
    r->commit = taken;
}
