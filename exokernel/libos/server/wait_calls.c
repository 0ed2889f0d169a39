/* SPDX-License-Identifier: MIT
 * What parents are told of their children: that they ended, stopped, or go on. */
#include "server.h"

void proc_forget(struct proc *p) { p->state = PROC_FREE; }

/* Whether wait or kill means this process, by its pid or group. */
bool proc_meant(const struct proc *p, int64_t pid, uint32_t group)
{
    return pid == -1 || (pid > 0 && p->pid == (uint64_t)pid) || (pid == 0 && p->group == group)
           || (pid < -1 && p->group == (uint64_t)-pid);
}

enum { NOHANG = 1, STOPPED = 2, EXITED = 4, CONTINUED = 8, NOWAIT = 0x1000000 };
enum { REPORT_STOPPED = 1, REPORT_CONTINUED };

/* The status to report of a child, if the options ask for it; else -1. */
static int64_t status_of(const struct proc *p, uint64_t options)
{
    if (p->state == PROC_ENDED)
        return options & EXITED ? (int64_t)p->status : -1;
    if (p->report == REPORT_STOPPED && options & STOPPED)
        return (int64_t)(p->stopped << 8 | 0x7f);
    return p->report == REPORT_CONTINUED && options & CONTINUED ? 0xffff : -1;
}

void do_wait(struct request *r)
{
    const uint64_t options = r->w[2];
    bool any = false;

    for (uint32_t i = 0; i < S->proc_top; i++) {
        struct proc *p = &PROC[i];
        if (p->state == PROC_FREE || p->parent != r->from->pid
            || !proc_meant(p, (int64_t)r->w[1], r->from->group))
            continue;
        any = true;
        const int64_t status = status_of(p, options);
        if (status < 0)
            continue;
        r->w[0] = p->pid, r->w[1] = (uint64_t)status, r->w[2] = p->used;
        if (!(options & NOWAIT) && p->state == PROC_ENDED) {
            r->from->children += p->used;
            proc_forget(p);
        } else if (!(options & NOWAIT)) {
            p->report = 0;
        }
        return;
    }
    r->w[0] = any ? (options & NOHANG ? 0 : -(uint64_t)AGAIN) : -(uint64_t)ECHILD;
}

/* The group that the terminal belongs to. */
void do_foreground(struct request *r)
{
    const uint32_t group = (uint32_t)r->w[1];
    bool there = !group;

    for (uint32_t i = 0; i < S->proc_top; i++)
        there |= PROC[i].state != PROC_FREE && PROC[i].group == group;
    if (group && there)
        S->foreground = group;
    r->w[0] = !there ? -(uint64_t)EPERM : group ? 0 : S->foreground;
}

void do_children(struct request *r)
{
    r->from->reaps = (uint32_t)r->w[1];
    r->w[0] = 0;
}

void do_stopped(struct request *r)
{
    enum { CLD_STOPPED = 5, CLD_CONTINUED };
    struct proc *p = r->from, *parent = proc_by_pid(p->parent);
    const uint64_t signal = r->w[1] & 0x7f;

    p->report = signal ? REPORT_STOPPED : REPORT_CONTINUED;
    p->stopped = (uint32_t)signal;
    r->w[0] = 0;
    if (!parent)
        return;
    const uint64_t code = signal ? CLD_STOPPED : CLD_CONTINUED, detail = signal ? signal : SIGCONT;
    proc_notify(parent, NOTICE_WAKE, 0);
    if (!(parent->reaps & CHILDREN_STOP_UNTOLD))
        proc_notify(parent, NOTICE_SIGNAL, SIGCHLD | (code | p->pid << 8 | detail << 40) << 8);
}
