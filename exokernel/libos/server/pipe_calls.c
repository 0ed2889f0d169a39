/* SPDX-License-Identifier: MIT
 * Pipes. The server owns their pages and counts who holds their ends; bytes pass from process to
 * process without it. */
#include "server.h"

struct pipe_pages {
    uint32_t page[1 + PIPE_PAGES], ends, next_free;
};
#define PIPES ((struct pipe_pages *)PIPES_AT)

static struct pipe *head(uint32_t pipe) { return (struct pipe *)page_at(PIPES[pipe].page[0]); }

/* A new pipe: open files of its ends, without holders. */
bool pipe_make(uint32_t open[2])
{
    uint32_t pipe = S->pipe_free;

    if (pipe)
        S->pipe_free = PIPES[pipe].next_free;
    else if (S->pipe_top + 1 < PIPE_MAX)
        pipe = ++S->pipe_top;
    const uint32_t page = pipe ? page_take() : 0;
    open[0] = page ? open_new(OPEN_READ_END, 0, 0) : 0;
    open[1] = open[0] ? open_new(OPEN_WRITE_END, 0, O_WRONLY) : 0;
    if (!open[1]) {
        if (open[0])
            open_release(open[0]);
        if (page)
            page_give(page);
        return false;
    }
    PIPES[pipe] = (struct pipe_pages){ .page = { page }, .ends = 2 };
    OPEN[open[0]].pipe = OPEN[open[1]].pipe = pipe;
    head(pipe)->readers = head(pipe)->writers = 1;
    return true;
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
void pipe_changed(struct open *o)
{
    struct pipe *p = head(o->pipe);

    if (o->kind == OPEN_READ_END)
        p->readers = o->holders;
    else
        p->writers = o->holders;
    if (o->holders)
        return;
    const uint32_t asleep = p->asleep < PIPE_SLEEPERS ? p->asleep : PIPE_SLEEPERS;
    p->asleep = 0;
    for (uint32_t i = 0; i < asleep; i++) {
        struct proc *sleeper = p->sleeper[i] ? proc_by_pid(p->sleeper[i]) : NULL;
        p->sleeper[i] = 0;
        if (sleeper)
            proc_notify(sleeper, NOTICE_WAKE, 0);
    }
    if (--PIPES[o->pipe].ends)
        return;
    for (int i = 0; i <= PIPE_PAGES; i++)
        if (PIPES[o->pipe].page[i])
            page_give(PIPES[o->pipe].page[i]);
    PIPES[o->pipe].next_free = S->pipe_free;
    S->pipe_free = o->pipe;
}

/* A process that ended cannot give the lock back itself. */
void pipe_unlock(const struct open *o, uint64_t pid)
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
