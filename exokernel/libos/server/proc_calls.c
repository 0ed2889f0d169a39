/* SPDX-License-Identifier: MIT
 * Processes begin and end, and wait for their children. */
#include "server.h"

#define THREAD_SLICE 2000000ul /* instructions */

struct proc *proc_of(uint64_t number)
{
    for (uint32_t i = 0; i < S->proc_top; i++)
        if (PROC[i].state == PROC_RUNS && PROC[i].number == number)
            return &PROC[i];
    return NULL;
}

struct proc *proc_by_pid(uint64_t pid)
{
    for (uint32_t i = 0; i < S->proc_top; i++)
        if (PROC[i].state != PROC_FREE && PROC[i].pid == pid)
            return &PROC[i];
    return NULL;
}

/* Map a new page in a process that has not started. */
static bool give_page(cap_id_t env, uint64_t address)
{
    const int64_t page = exo_alloc_page_for(env, EXO_ANY);

    return page > 0 && exo_map(env, (cap_id_t)page, address, RW) == FB_OK;
}

/* Prepare an environment: what it is started with has to be unknown to others, because with it the
 * process tells who it is. */
static int64_t set_up(struct proc *p)
{
    cap_id_t us = EXO_SELF;
    struct exo_cap token;
    int64_t error = exo_cap_export(p->env, EXO_RIGHT_W, &token);

    p->number = 0, p->word = token.seal;
    if (!error)
        error = exo_foreign(p->env,
                            S->trace ? (const void *)libos_entry_traced : (const void *)libos_entry,
                            LIBOS_OUTSIDE);
    if (!error)
        error = give_page(p->env, LIBOS_STACK_TOP - PAGE) ? 0 : FB_ENO_MEMORY;
    if (!error)
        error = exo_grant(p->env, &us, 1, EXO_RIGHT_W);
    if (!error)
        error = exo_env_start(p->env, (uint64_t)libos_start, LIBOS_STACK_TOP - 8, us,
                              (uint64_t)exo_info(EXO_INFO_NUMBER), p->word);
    return error;
}

/* Make a process and let it begin. NULL: no memory, or too many. */
struct proc *proc_new(uint64_t capabilities, struct proc *parent)
{
    struct proc *p = PROC;

    while (p < PROC + S->proc_top && p->state != PROC_FREE)
        p++;
    const int64_t env = p < PROC + PROCS ? exo_env_alloc(0, capabilities) : FB_EFULL;
    if (env < 0)
        return NULL;
    if (p == PROC + S->proc_top)
        S->proc_top++;
    __builtin_memset(p, 0, offsetof(struct proc, handle));
    p->env = (cap_id_t)env, p->handles = 1, p->umask = 022, p->cwd = 1, p->parent = 1;
    if (set_up(p)) {
        exo_env_destroy(p->env);
        return NULL;
    }
    p->state = PROC_RUNS, p->pid = ++S->last_pid, p->group = p->session = p->pid;
    p->started = fp_time();
    if (parent) {
        p->parent = parent->pid, p->group = parent->group, p->session = parent->session;
        p->umask = parent->umask, p->cwd = parent->cwd, p->handles = parent->handles;
        p->reaps = parent->reaps;
        for (uint32_t i = 0; i < p->handles; i++) {
            p->handle[i] = parent->handle[i];
            if (p->handle[i])
                open_inherited(p->handle[i]);
        }
    }
    NODE[p->cwd].opens++;
    return p;
}

/* A new process reports. What its parent asked for is answered now, since it can receive now. */
void do_hello(struct request *r)
{
    struct proc *p = NULL;

    for (uint32_t i = 0; i < S->proc_top; i++)
        if (PROC[i].state == PROC_RUNS && !PROC[i].number && PROC[i].word == r->w[1])
            p = &PROC[i];
    if (!p || r->from) {
        r->silent = true;
        return;
    }
    p->number = r->sender;
    struct proc *parent = p->forked_by ? proc_by_pid(p->forked_by) : NULL;
    r->from = p;
    r->w[0] = p->pid, r->w[1] = p->parent;
    r->w[2] = (S->trace ? START_TRACED : 0) | (p->forked_by ? START_FORKED : 0);
    r->w[3] = parent ? parent->number : 0;
    if (!parent || parent->state != PROC_RUNS)
        return;
    cap_id_t id = p->env;
    int64_t error = exo_grant(parent->env, &id, 1, EXO_RIGHT_W);
    const struct words w = { { error ? -(uint64_t)EAGAIN : p->pid, id, p->number, 0 }, 0, 0 };
    r->then = parent->env;
    r->then_words = w;
}

/* Send a signal, or only wake. A program that computes is interrupted for a signal: the bell is
 * under revocation for ever, so what is derived from it is asked back at once, by an upcall. */
static void notify(struct proc *p, uint64_t kind, uint64_t about, uint64_t value)
{
    const struct words w = { { kind, about, value, 0 }, 0, 0 };

    if (p->state != PROC_RUNS)
        return;
    server_send_words(p->env, &w, (value ? NOTICE_BYTES : 16) | EXO_NOWAIT);
    if (kind != NOTICE_WAKE && kind != NOTICE_BACK) {
        cap_id_t bell = S->bell;
        exo_grant(p->env, &bell, 1, EXO_RIGHT_R);
    }
}

void proc_notify(struct proc *p, uint64_t kind, uint64_t about) { notify(p, kind, about, 0); }

void proc_signal(struct proc *p, uint64_t about, uint64_t value)
{
    notify(p, NOTICE_SIGNAL, about, value);
}

void do_fork(struct request *r)
{
    struct proc *p = proc_new(r->w[1], r->from);

    r->silent = p;
    if (p)
        p->forked_by = r->from->pid, p->borrows = r->w[2];
    r->w[0] = -(uint64_t)EAGAIN;
}

static void give_back(struct proc *p)
{
    struct proc *parent = p->borrows ? proc_by_pid(p->forked_by) : NULL;

    p->borrows = false;
    if (parent)
        proc_notify(parent, NOTICE_BACK, 0);
}

void do_executed(struct request *r)
{
    give_back(r->from);
    r->w[0] = 0;
}

void do_parent(struct request *r)
{
    const struct proc *parent = r->from->borrows ? proc_by_pid(r->from->forked_by) : NULL;
    cap_id_t id = parent && parent->state == PROC_RUNS ? parent->env : 0;

    r->w[0] = id && !exo_grant(r->from->env, &id, 1, EXO_RIGHT_W) ? 0 : -(uint64_t)ESRCH;
    r->w[1] = id;
}

/* A process has ended, or is about to. */
void proc_gone(struct proc *p, uint64_t status)
{
    enum { CLD_EXITED = 1, CLD_KILLED };
    const uint64_t lasted = fp_time() - p->started;

    give_back(p);
    for (uint32_t i = 1; i < p->handles; i++) {
        if (p->handle[i] && OPEN[p->handle[i]].pipe)
            pipe_unlock_for(&OPEN[p->handle[i]], p->pid);
        if (p->handle[i])
            open_release(p->handle[i]);
        p->handle[i] = 0;
    }
    if (p->staged)
        message_free(p->staged);
    p->staged = 0;
    locks_of_process_gone(p, 0);
    semaphores_of_process_gone(p->pid);
    NODE[p->cwd].opens--;
    node_release(p->cwd);
    p->state = PROC_ENDED, p->status = status, p->timer = p->slice = 0, p->used += lasted;
    for (uint32_t i = 0; i < S->proc_top; i++) {
        if (PROC[i].state == PROC_FREE || PROC[i].parent != p->pid)
            continue;
        PROC[i].parent = 1;
        if (PROC[i].state == PROC_ENDED)
            proc_forget(&PROC[i]);
    }
    struct proc *parent = proc_by_pid(p->parent);
    if (parent && parent->state == PROC_RUNS) {
        const uint64_t code = status & 0x7f ? CLD_KILLED : CLD_EXITED;
        const uint64_t detail = status & 0x7f ? status & 0x7f : status >> 8;
        if (parent->reaps & CHILDREN_FORGOTTEN) { /* wait may have nobody left to wait for */
            proc_forget(p);
            proc_notify(parent, NOTICE_WAKE, 0);
        }
        proc_notify(parent, NOTICE_SIGNAL, SIGCHLD | (code | p->pid << 8 | detail << 40) << 8);
    } else {
        proc_forget(p);
    }
    if (p->pid == S->first)
        S->done = true;
}

void do_exit(struct request *r)
{
    r->silent = true;
    exo_cap_drop(r->from->env);
    proc_gone(r->from, r->w[1] & 0xffff);
}

void do_kill(struct request *r)
{
    const int64_t pid = (int64_t)r->w[1];
    const uint64_t signal = (uint32_t)r->w[2], code = (r->w[3] & 0xff) | r->from->pid << 8;
    const uint64_t value = r->w[0] >> 32 | r->w[2] >> 32 << 32;
    struct proc *from = r->from;
    bool any = false;

    for (uint32_t i = 0; i < S->proc_top; i++) {
        struct proc *p = &PROC[i];
        if (p->state == PROC_FREE || !proc_meant(p, pid, from->group)
            || (pid == -1 && (p == from || p->pid == S->first)))
            continue;
        any = true;
        if (p->state != PROC_RUNS || !signal)
            continue;
        if (signal == SIGKILL) {
            if (p == from)
                r->silent = true;
            exo_env_destroy(p->env);
            proc_gone(p, SIGKILL);
        } else {
            notify(p, NOTICE_SIGNAL, signal | code << 8, value);
        }
    }
    r->w[0] = any ? 0 : -(uint64_t)ESRCH;
}

static bool group_exists(uint32_t group, uint32_t session)
{
    for (uint32_t i = 0; i < S->proc_top; i++)
        if (PROC[i].state != PROC_FREE && PROC[i].group == group && PROC[i].session == session)
            return true;
    return false;
}

/* Groups and sessions. */
void do_group(struct request *r)
{
    enum { GET_GROUP, SET_GROUP, GET_SESSION, NEW_SESSION };
    struct proc *p = r->w[1] ? proc_by_pid(r->w[1]) : r->from;
    const uint32_t group = (uint32_t)r->w[2];

    if (!p || (r->w[3] == SET_GROUP && p != r->from && p->parent != r->from->pid)) {
        r->w[0] = -(uint64_t)ESRCH;
        return;
    }
    switch (r->w[3]) {
    case GET_GROUP:
        r->w[0] = p->group;
        return;
    case GET_SESSION:
        r->w[0] = p->session;
        return;
    case SET_GROUP:
        if (p->session == p->pid) {
            r->w[0] = -(uint64_t)EPERM;
            return;
        }
        if (group && group != p->pid && !group_exists(group, p->session)) {
            r->w[0] = -(uint64_t)EPERM;
            return;
        }
        p->group = group ? group : (uint32_t)p->pid;
        r->w[0] = 0;
        return;
    default:
        if (p->group == p->pid) {
            r->w[0] = -(uint64_t)EPERM;
            return;
        }
        p->group = p->session = p->pid;
        r->w[0] = p->pid;
    }
}

/* When one of its timers is due. */
void do_timer(struct request *r)
{
    r->from->timer = r->w[1];
    r->w[0] = 0;
}

void do_times(struct request *r) { r->w[0] = r->from->children; }

/* A number for a thread. As long as there are several, the process is interrupted now and then. */
void do_thread(struct request *r)
{
    r->from->slice = r->w[1] ? fp_time() + THREAD_SLICE : 0;
    r->w[0] = r->w[1] ? ++S->last_pid : 0;
}

/* When the process is due for a timer or a slice. */
static uint64_t due(const struct proc *p)
{
    const uint64_t never = EXO_FOREVER, a = p->timer ? p->timer : never;
    const uint64_t b = p->slice ? p->slice : never;

    return p->state != PROC_RUNS ? never : a < b ? a : b;
}

uint64_t timers_next(void)
{
    uint64_t next = EXO_FOREVER;

    for (uint32_t i = 0; i < S->proc_top; i++)
        if (due(&PROC[i]) < next)
            next = due(&PROC[i]);
    return next;
}

void timers_run(void)
{
    const uint64_t t = fp_time();

    for (uint32_t i = 0; i < S->proc_top; i++) {
        struct proc *p = &PROC[i];
        if (due(p) > t)
            continue;
        if (p->slice && p->slice <= t) {
            p->slice = t + THREAD_SLICE;
            proc_notify(p, NOTICE_SLICE, 0);
        }
        if (!p->timer || p->timer > t)
            continue;
        p->timer = 0;
        proc_notify(p, NOTICE_TIMER, 0);
    }
}
