/* SPDX-License-Identifier: MIT
 * Locks of files: records, owned by processes or by open files, and whole files (flock), owned by
 * open files. A lock that has to wait is asked for again when one has gone. */
#include "server.h"

enum { LOCKS_MAX = 1024, ENOLCK = 37 };
enum { BY_PROCESS, BY_OPEN, WHOLE_FILE };

struct lock {
    uint32_t node, kind, type;
    uint64_t owner, start, end; /* end: the last byte */
};
#define LOCK ((struct lock *)LOCKS_AT)

static void wake_waiters(void)
{
    for (uint32_t i = 0; i < S->proc_top; i++) {
        if (PROC[i].state != PROC_RUNS || !PROC[i].awaits_lock)
            continue;
        PROC[i].awaits_lock = false;
        proc_notify(&PROC[i], NOTICE_WAKE, 0);
    }
}

static void remove(uint32_t i) { LOCK[i] = LOCK[--S->locks]; }

static bool is_owner(const struct lock *a, const struct lock *b)
{
    return a->owner == b->owner && a->kind == b->kind;
}

/* A lock of another that the wanted one has to wait for, or NULL. */
static const struct lock *conflict(const struct lock *wanted)
{
    const struct lock *first = NULL;

    for (uint32_t i = 0; i < S->locks; i++) {
        const struct lock *l = &LOCK[i];
        if (l->node == wanted->node && !is_owner(l, wanted)
            && (l->kind == WHOLE_FILE) == (wanted->kind == WHOLE_FILE)
            && (l->type == LOCK_WRITE || wanted->type == LOCK_WRITE) && l->start <= wanted->end
            && l->end >= wanted->start && (!first || l->start < first->start))
            first = l;
    }
    return first;
}

/* Take a range away from the owner's locks. False: there are too many. */
static bool cut_out(const struct lock *range)
{
    for (uint32_t i = 0; i < S->locks;) {
        struct lock *l = &LOCK[i];
        if (l->node != range->node || !is_owner(l, range) || l->start > range->end
            || l->end < range->start) {
            i++;
            continue;
        }
        const struct lock before = *l;
        if (before.start < range->start && before.end > range->end) {
            if (S->locks == LOCKS_MAX)
                return false;
            l->end = range->start - 1;
            LOCK[S->locks] = before;
            LOCK[S->locks++].start = range->end + 1;
            i++;
        } else if (before.start < range->start) {
            l->end = range->start - 1;
            i++;
        } else if (before.end > range->end) {
            l->start = range->end + 1;
            i++;
        } else {
            remove(i);
        }
    }
    return true;
}

/* Make one lock of this and what touches it. */
static void add(struct lock wanted)
{
    for (uint32_t i = 0; i < S->locks;) {
        const struct lock *l = &LOCK[i];
        if (l->node != wanted.node || !is_owner(l, &wanted) || l->type != wanted.type
            || l->start > wanted.end + 1 || wanted.start > l->end + 1) {
            i++;
            continue;
        }
        wanted.start = l->start < wanted.start ? l->start : wanted.start;
        wanted.end = l->end > wanted.end ? l->end : wanted.end;
        remove(i);
    }
    LOCK[S->locks++] = wanted;
}

/* Whether who holds this lock waits, in the end, for us. */
static bool would_wait_for_ever(const struct lock *held, const struct proc *us)
{
    for (int steps = 0; held && held->kind == BY_PROCESS && steps < 64; steps++) {
        const struct proc *holder = proc_by_pid(held->owner);
        if (holder == us)
            return true;
        if (!holder || !holder->awaits_lock)
            return false;
        const struct lock its = {
            holder->lock_node, BY_PROCESS,         holder->lock_type,
            holder->pid,       holder->lock_start, holder->lock_end,
        };
        held = conflict(&its);
    }
    return false;
}

static int64_t set(struct request *r, const struct lock *wanted, bool wait)
{
    const struct lock *held = wanted->type == LOCK_NONE ? NULL : conflict(wanted);
    struct proc *p = r->from;

    if (held && wait) {
        if (would_wait_for_ever(held, p))
            return -EDEADLK;
        p->awaits_lock = true;
        p->lock_node = wanted->node, p->lock_type = wanted->type;
        p->lock_start = wanted->start, p->lock_end = wanted->end;
    }
    if (held)
        return -EAGAIN;
    p->awaits_lock = false;
    if (S->locks + 2 >= LOCKS_MAX)
        return -ENOLCK;
    cut_out(wanted);
    if (wanted->type != LOCK_NONE)
        add(*wanted);
    wake_waiters();
    return 0;
}

void do_lock(struct request *r)
{
    struct open *o = open_of(r->from, (uint32_t)(r->w[0] >> 32));
    const uint64_t how = r->w[1] >> 8;

    if (!o || !o->node) {
        r->w[0] = -(uint64_t)EBADF;
        return;
    }
    const uint32_t kind = how & LOCK_WHOLE ? WHOLE_FILE : how & LOCK_OPEN ? BY_OPEN : BY_PROCESS;
    const struct lock wanted = { .node = o->node,
                                 .kind = kind,
                                 .type = (uint32_t)(r->w[1] & 0xff),
                                 .owner = kind == BY_PROCESS ? r->from->pid : (uint64_t)(o - OPEN),
                                 .start = r->w[2],
                                 .end = r->w[3] };
    if (how & LOCK_ASK) {
        const struct lock *held = conflict(&wanted);
        r->w[0] = held ? held->type : LOCK_NONE;
        r->w[1] = held && held->kind == BY_PROCESS ? held->owner : -1ul;
        r->w[2] = held ? held->start : 0, r->w[3] = held ? held->end : 0;
        return;
    }
    r->w[0] = (uint64_t)set(r, &wanted, how & LOCK_WAIT);
}

/* A process ended, or closed a file (`node`; 0: all): its records go. */
void locks_of_process_gone(struct proc *p, uint32_t node)
{
    bool any = false;

    for (uint32_t i = S->locks; i--;) {
        if (LOCK[i].kind != BY_PROCESS || LOCK[i].owner != p->pid || (node && LOCK[i].node != node))
            continue;
        remove(i);
        any = true;
    }
    if (any)
        wake_waiters();
}

void locks_of_open_gone(uint32_t open)
{
    bool any = false;

    for (uint32_t i = S->locks; i--;) {
        if (LOCK[i].kind == BY_PROCESS || LOCK[i].owner != open)
            continue;
        remove(i);
        any = true;
    }
    if (any)
        wake_waiters();
}

/* The process closed a descriptor of the file. */
void do_unlock(struct request *r)
{
    const struct open *o = open_of(r->from, (uint32_t)(r->w[0] >> 32));

    if (o && o->node)
        locks_of_process_gone(r->from, o->node);
    r->w[0] = 0;
}
