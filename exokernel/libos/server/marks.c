/* SPDX-License-Identifier: MIT
 * What goes with the bytes of a stream: descriptors and who sent them, from one position of the
 * pipe to another. The processes say which positions, so they can spoil it for each other alone. */
#include "socket.h"

/* The open file of a pipe's end that a request is about, or 0. */
static uint32_t end_of(struct request *r, uint32_t kind)
{
    const uint32_t handle = (uint32_t)(r->w[0] >> 32);
    const struct open *o = open_of(r->from, handle);

    return o && o->kind == kind ? r->from->handle[handle] : 0;
}

/* w1 first position | last << 32, w2 enum send; behind the words credentials and rights. */
void do_mark(struct request *r)
{
    const uint32_t open = end_of(r, OPEN_WRITE_END);
    const struct credentials *c = (const struct credentials *)r->data;
    int64_t error = open ? 0 : -EBADF;

    if (!error
        && (r->data_size < sizeof *c || c->rights > RIGHTS
            || r->data_size < sizeof *c + c->rights * sizeof(struct right)))
        error = -EINVAL;
    const uint32_t i = error ? 0 : message_new();
    if (!error && !i)
        error = -ENOMEM;
    if (!error) {
        struct message *m = &MESSAGE[i];
        m->start = (uint32_t)r->w[1], m->end = (uint32_t)(r->w[1] >> 32), m->from = *c;
        if (!(r->w[2] & SEND_CREDENTIALS))
            m->from.pid = (uint32_t)r->from->pid;
        error = rights_take(r, (const struct right *)(c + 1), c->rights, i);
        if (error)
            message_free(i);
    }
    if (!error) {
        uint32_t *last = pipe_marks(open);
        while (*last)
            last = &MESSAGE[*last].next;
        *last = i;
        pipe_mark(open, PIPE_MARKED);
    }
    r->w[0] = (uint64_t)error;
}

static void unmarked(struct request *r)
{
    uint32_t *first = pipe_marks((uint32_t)r->undo_value[0]);
    const uint32_t i = *first;

    *first = MESSAGE[i].next;
    message_free(i);
    if (!*first)
        pipe_unmark((uint32_t)r->undo_value[0], PIPE_MARKED);
}

/* The first mark, as a struct received whose address is empty; its positions are in size and here.
 * w1 RECEIVE_PEEK: it stays. RECEIVE_RIGHTS: with handles. */
void do_unmark(struct request *r)
{
    const uint32_t open = end_of(r, OPEN_READ_END), first = open ? *pipe_marks(open) : 0;
    struct received *reply = (struct received *)S->buffer;

    if (!first) {
        r->w[0] = -(uint64_t)ENOENT;
        return;
    }
    const struct message *m = &MESSAGE[first];
    *reply = (struct received){ .size = m->start, .here = m->end, .from = m->from };
    reply->from.rights = 0;
    if (r->w[1] & RECEIVE_RIGHTS && rights_give(r, m, (struct right *)(reply + 1)))
        reply->from.rights = m->rights;
    reply->lost = m->rights && !reply->from.rights;
    r->reply = reply;
    r->reply_size = sizeof *reply + reply->from.rights * sizeof(struct right);
    r->undo_value[0] = open;
    if (!(r->w[1] & RECEIVE_PEEK))
        r->commit = unmarked;
}

/* The pipe has gone. */
void marks_gone(uint32_t first)
{
    while (first) {
        const uint32_t next = MESSAGE[first].next;
        message_free(first);
        first = next;
    }
}
