/* SPDX-License-Identifier: MIT
 * Sockets with names. Who connects gets one end of two new pipes; the other ends wait in the queue
 * of the listener until a process accepts them. */
#include "server.h"

enum { QUEUE = 64, ECONNREFUSED = 111, EADDRINUSE = 98 };

struct queue {
    uint32_t first, count, next_free;
    uint32_t in[QUEUE], out[QUEUE]; /* open files that the server holds */
};
#define QUEUES ((struct queue *)QUEUES_AT)

void do_bind(struct request *r)
{
    struct walk w;
    int64_t error = walk_request(r, false, false, &w);

    if (!error && (w.node || !w.last))
        error = -EEXIST;
    const uint32_t node = error ? 0 : node_new(S_IFSOCK | (0777 & ~r->from->umask));
    uint32_t queue = S->queue_free;
    if (!error && queue)
        S->queue_free = QUEUES[queue].next_free;
    else if (!error)
        queue = ++S->queue_top;
    const uint32_t open = node ? open_new(OPEN_LISTENER, node, 0) : 0;
    if (!error && !open)
        error = -ENFILE;
    if (!error)
        error = name_add(w.folder, w.last, w.last_length, node);
    if (!error) {
        QUEUES[queue] = (struct queue){ 0 };
        OPEN[open].offset = queue;
        NODE[node].listener = open;
        error = handle_new(r->from, open);
    }
    r->w[0] = (uint64_t)error;
}

/* Nobody can accept any more. */
void listener_gone(struct open *o)
{
    struct queue *q = &QUEUES[o->offset];

    for (uint32_t i = 0; i < q->count; i++) {
        open_release(q->in[(q->first + i) % QUEUE]);
        open_release(q->out[(q->first + i) % QUEUE]);
    }
    q->next_free = S->queue_free;
    S->queue_free = (uint32_t)o->offset;
    NODE[o->node].listener = 0;
}

static struct open *listener_of(struct request *r)
{
    struct open *o = open_of(r->from, (uint32_t)(r->w[0] >> 32));

    return o && o->kind == OPEN_LISTENER ? o : NULL;
}

void do_listen(struct request *r)
{
    struct open *o = listener_of(r);

    if (o)
        o->flags = 1;
    r->w[0] = o ? 0 : -(uint64_t)EBADF;
}

void do_connect(struct request *r)
{
    struct walk w;
    int64_t error = walk_request(r, false, true, &w);
    uint32_t there[2], back[2];

    if (!error && !w.node)
        error = -ENOENT;
    const uint32_t listener = error ? 0 : NODE[w.node].listener;
    if (!error && ((NODE[w.node].mode & S_IFMT) != S_IFSOCK || !listener || !OPEN[listener].flags))
        error = -ECONNREFUSED;
    struct queue *q = error ? NULL : &QUEUES[OPEN[listener].offset];
    if (!error && q->count == QUEUE)
        error = -EAGAIN;
    if (!error && (!pipe_make(there) || !pipe_make(back)))
        error = -ENFILE;
    if (!error) {
        const int64_t in = handle_new(r->from, back[0]), out = handle_new(r->from, there[1]);
        if (in < 0 || out < 0)
            error = -EMFILE;
        r->w[1] = (uint64_t)in, r->w[2] = (uint64_t)out;
    }
    if (!error) {
        const uint32_t place = (q->first + q->count++) % QUEUE;
        q->in[place] = there[0], q->out[place] = back[1];
        open_inherited(there[0]);
        open_inherited(back[1]);
        for (uint32_t i = 0; i < S->proc_top; i++)
            for (uint32_t h = 1; PROC[i].state == PROC_RUNS && h < PROC[i].handles; h++)
                if (PROC[i].handle[h] == listener)
                    proc_notify(&PROC[i], NOTICE_WAKE, 0);
    }
    r->w[0] = (uint64_t)error;
}

/* The ends of the next connection; w1: only whether there is one. */
void do_accept(struct request *r)
{
    struct open *o = listener_of(r);
    struct queue *q = o ? &QUEUES[o->offset] : NULL;
    int64_t error = !o ? -EBADF : !o->flags ? -EINVAL : q->count ? 0 : -EAGAIN;

    if (!error && !r->w[1]) {
        const uint32_t a = q->in[q->first], b = q->out[q->first];
        const int64_t in = handle_new(r->from, a), out = handle_new(r->from, b);
        q->first = (q->first + 1) % QUEUE, q->count--;
        open_release(a); /* the process holds them now */
        open_release(b);
        error = in < 0 || out < 0 ? -EMFILE : 0;
        r->w[1] = (uint64_t)in, r->w[2] = (uint64_t)out;
    }
    r->w[0] = (uint64_t)error;
}
