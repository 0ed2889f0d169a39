/* SPDX-License-Identifier: MIT
 * Pipes. The server owns their pages and counts who holds their ends; bytes pass from process to
 * process without it. */
#include "server.h"

struct pipe_pages {
    uint32_t page[1 + PIPE_PAGES], next_free;
    uint32_t opens, holders[2]; /* open files of it; processes that hold ends to read, to write */
    uint32_t node;              /* of a fifo */
    uint32_t marks;             /* first message that goes with its bytes */
};
#define PIPES ((struct pipe_pages *)PIPES_AT)

static struct pipe *head(uint32_t pipe) { return (struct pipe *)page_at(PIPES[pipe].page[0]); }

/* A new pipe, or 0. */
static uint32_t pipe_new(uint32_t node)
{
    uint32_t pipe = S->pipe_free;

    if (pipe)
        S->pipe_free = PIPES[pipe].next_free;
    else if (S->pipe_top + 1 < PIPE_MAX)
        pipe = ++S->pipe_top;
    const uint32_t page = pipe ? page_take() : 0;
    if (pipe)
        PIPES[pipe] = (struct pipe_pages){ .page = { page }, .node = node };
    if (pipe && !page) {
        PIPES[pipe].next_free = S->pipe_free;
        S->pipe_free = pipe;
    }
    return page ? pipe : 0;
}

/* An open file of one end, without holders; or 0. */
static uint32_t pipe_open(uint32_t pipe, uint32_t kind, uint32_t flags)
{
    const uint32_t open = open_new(kind, PIPES[pipe].node, flags);

    if (open) {
        OPEN[open].pipe = pipe;
        PIPES[pipe].opens++;
    }
    return open;
}

/* An open file has gone. The last one takes the pipe with it. */
void pipe_closed(uint32_t pipe)
{
    if (--PIPES[pipe].opens)
        return;
    marks_gone(PIPES[pipe].marks);
    if (PIPES[pipe].node)
        NODE[PIPES[pipe].node].listener = 0;
    for (int i = 0; i <= PIPE_PAGES; i++)
        if (PIPES[pipe].page[i])
            page_give(PIPES[pipe].page[i]);
    PIPES[pipe].next_free = S->pipe_free;
    S->pipe_free = pipe;
}

/* A new pipe: open files of its ends, without holders. */
bool pipe_make(uint32_t open[2])
{
    const uint32_t pipe = pipe_new(0);

    open[0] = pipe ? pipe_open(pipe, OPEN_READ_END, 0) : 0;
    open[1] = open[0] ? pipe_open(pipe, OPEN_WRITE_END, O_WRONLY) : 0;
    if (open[1])
        return true;
    if (open[0])
        open_release(open[0]);
    return false;
}

static void wake_all(struct pipe *p)
{
    const uint32_t asleep = p->asleep < PIPE_SLEEPERS ? p->asleep : PIPE_SLEEPERS;

    p->asleep = 0;
    for (uint32_t i = 0; i < asleep; i++) {
        struct proc *sleeper = p->sleeper[i] ? proc_by_pid(p->sleeper[i]) : NULL;
        p->sleeper[i] = 0;
        if (sleeper)
            proc_notify(sleeper, NOTICE_WAKE, 0);
    }
}

uint32_t *pipe_marks(uint32_t open) { return &PIPES[OPEN[open].pipe].marks; }

/* Say something about a pipe to all who have it. */
void pipe_mark(uint32_t open, uint32_t flags)
{
    struct pipe *p = head(OPEN[open].pipe);

    p->flags |= flags;
    wake_all(p);
}

void pipe_unmark(uint32_t open, uint32_t flags) { head(OPEN[open].pipe)->flags &= ~flags; }

bool pipe_has_bytes(uint32_t open)
{
    const struct pipe *p = head(OPEN[open].pipe);

    return p->head != p->tail;
}

/* Open a fifo: handles for reading and for writing, 0 for what was not asked; and how often the
 * other end has been opened, or FIFO_READY: it is open. */
int64_t fifo_open(struct proc *p, uint32_t node, uint32_t flags, uint64_t handle[2], uint64_t *seen)
{
    const uint32_t mode = flags & O_ACCMODE;
    uint32_t pipe = NODE[node].listener;

    if (mode == O_WRONLY && flags & O_NONBLOCK && (!pipe || !PIPES[pipe].holders[0]))
        return -ENXIO;
    if (!pipe)
        pipe = NODE[node].listener = pipe_new(node);
    if (!pipe)
        return -ENOMEM;
    PIPES[pipe].opens++; /* it stays while this goes on */
    int64_t error = 0;
    for (uint32_t end = 0; end < 2; end++) {
        handle[end] = 0;
        if (error || mode == (end ? 0 : O_WRONLY))
            continue;
        const uint32_t open = pipe_open(pipe, end ? OPEN_WRITE_END : OPEN_READ_END, flags);
        const int64_t got = open ? handle_new(p, open) : -ENFILE;
        if (got < 0)
            error = got;
        else
            handle[end] = (uint64_t)got;
        if (got < 0 && open)
            open_release(open);
        if (got > 0)
            head(pipe)->opened[end]++;
    }
    const uint32_t other = mode == O_WRONLY ? 0 : 1;
    *seen = PIPES[pipe].holders[other] ? FIFO_READY : head(pipe)->opened[other] % FIFO_READY;
    wake_all(head(pipe));
    pipe_closed(pipe);
    return error;
}

void do_pipe(struct request *r)
{
    uint32_t open[2];

    if (!pipe_make(open)) {
        r->w[0] = -(uint64_t)ENFILE;
        return;
    }
    const int64_t a = handle_new(r->from, open[0]), b = handle_new(r->from, open[1]);
    if (a < 0 || b < 0) {
        if (a > 0)
            r->from->handle[a] = 0;
        open_release(open[0]);
        open_release(open[1]);
        r->w[0] = -(uint64_t)EMFILE;
        return;
    }
    r->w[0] = 0, r->w[1] = (uint64_t)a, r->w[2] = (uint64_t)b;
}

/* The holders of an end have become more or fewer: tell those who wait. */
void pipe_changed(struct open *o, int by)
{
    struct pipe *p = head(o->pipe);
    uint32_t *holders = &PIPES[o->pipe].holders[o->kind == OPEN_WRITE_END];

    *holders += (uint32_t)by;
    if (o->kind == OPEN_READ_END)
        p->readers = *holders;
    else
        p->writers = *holders;
    if (!*holders)
        wake_all(p);
}

/* A process that ended cannot give the lock back itself. */
void pipe_unlock_for(const struct open *o, uint64_t pid)
{
    struct pipe *p = head(o->pipe);

    if (p->lock == pid)
        p->lock = 0;
}

static struct open *pipe_of(struct request *r)
{
    struct open *o = open_of(r->from, (uint32_t)(r->w[0] >> 32));

    return o && (o->kind == OPEN_READ_END || o->kind == OPEN_WRITE_END) ? o : NULL;
}

void do_attach(struct request *r)
{
    struct open *o = pipe_of(r);
    int64_t error = -EBADF;

    if (o && r->w[1] <= PIPE_PAGES) {
        uint32_t *page = &PIPES[o->pipe].page[r->w[1]];
        if (!*page)
            *page = page_take();
        error = -ENOMEM;
        if (*page) {
            cap_id_t id = CAPS[*page];
            LENT[*page] = true;
            error = exo_grant(r->from->env, &id, 1, RW) ? -ENOMEM : 0;
            r->w[1] = id;
        }
    }
    r->w[0] = (uint64_t)error;
}

static bool holds(const struct proc *p, uint32_t pipe)
{
    for (uint32_t i = 1; i < p->handles; i++)
        if (p->handle[i] && OPEN[p->handle[i]].pipe == pipe)
            return true;
    return false;
}

/* Only who has the pipe, too, can be woken. */
void do_resend(struct request *r)
{
    const struct open *o = pipe_of(r);
    struct proc *p = o ? proc_by_pid(r->w[1]) : NULL;

    r->w[0] = -(uint64_t)ESRCH;
    if (!p || p->state != PROC_RUNS || !holds(p, o->pipe))
        return;
    cap_id_t id = p->env;
    if (exo_grant(r->from->env, &id, 1, EXO_RIGHT_W))
        return;
    r->w[0] = 0, r->w[1] = id;
}
