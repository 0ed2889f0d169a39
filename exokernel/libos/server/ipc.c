/* SPDX-License-Identifier: MIT
 * Objects of System V are made, found, described and removed. */
#include "ipc.h"

enum { PRIVATE = 0, CREATE = 01000, EXCLUSIVE = 02000, PLACES = 15 };

/* The object with this number, or NULL. */
struct ipc *ipc_of(uint64_t kind, uint64_t id)
{
    const uint32_t i = (uint32_t)id & ((1 << PLACES) - 1);
    struct ipc *o = &IPC[i < IPC_OBJECTS ? i : 0];

    return (int32_t)id >= 0 && i < IPC_OBJECTS && o->kind == kind
                   && o->sequence == (uint32_t)id >> PLACES
               ? o
               : NULL;
}

/* The process waits for a change. */
void ipc_watch(struct ipc *o, const struct proc *p, uint32_t number, bool for_zero)
{
    ipc_unwatch(o, p->pid);
    if (o->waiters < WAITERS)
        o->waiter[o->waiters].pid = (uint32_t)p->pid, o->waiter[o->waiters].number = number,
        o->waiter[o->waiters].for_zero = for_zero;
    o->waiters += o->waiters < WAITERS;
}

void ipc_unwatch(struct ipc *o, uint64_t pid)
{
    for (uint32_t i = 0; i < o->waiters; i++)
        if (o->waiter[i].pid == pid)
            o->waiter[i] = o->waiter[--o->waiters];
}

void ipc_wake(struct ipc *o)
{
    for (uint32_t i = 0; i < o->waiters; i++) {
        struct proc *p = proc_by_pid(o->waiter[i].pid);
        if (p)
            proc_notify(p, NOTICE_WAKE, 0);
    }
}

static int64_t id_of(const struct ipc *o)
{
    return (int64_t)(o->sequence << PLACES | (uint64_t)(o - IPC));
}

/* Take the object's place back. */
static void forget(struct ipc *o)
{
    ipc_wake(o);
    for (uint32_t m = o->first, next; m; m = next) {
        next = message_next(m);
        message_free(m);
    }
    if (o->kind == IPC_SEMAPHORES)
        undo_forget(o);
    o->kind = 0;
    o->sequence = (o->sequence + 1) & 0x7fff;
    if (o->open)
        open_release(o->open);
}

/* How often memory is attached: each time has a handle. */
static uint32_t attached(const struct ipc *o) { return OPEN[o->open].holders - 1; }

/* A handle was given up: memory that was removed goes with the last. */
void memory_detached(uint32_t open)
{
    for (struct ipc *o = IPC; o < IPC + IPC_OBJECTS; o++) {
        if (o->kind != IPC_MEMORY || o->open != open)
            continue;
        o->second_time = server_time() / 1000000000;
        if (o->removed && !attached(o))
            forget(o);
    }
}

static int64_t fill(struct ipc *o, uint64_t size)
{
    switch (o->kind) {
    case IPC_SEMAPHORES:
        __builtin_memset(semaphores_of(o), 0, size * sizeof(struct semaphore));
        return 0;
    case IPC_MEMORY: {
        const uint32_t node = node_new(S_IFREG | 0600);
        const int64_t error = node ? node_resize(node, size) : -ENOSPC;
        o->open = error ? 0 : open_new(OPEN_FILE, node, O_RDWR);
        if (o->open) {
            OPEN[o->open].holders = 1;
            OPEN[o->open].memory = true;
            return 0;
        }
        if (node)
            node_release(node);
        return error ? -ENOMEM : -ENFILE;
    }
    default:
        o->size = 16384;
        return 0;
    }
}

static int64_t make(const struct request *r, uint64_t kind, int32_t key, uint64_t size)
{
    const uint32_t owner = (uint32_t)(r->w[0] >> 32);
    struct ipc *o = IPC;

    while (o < IPC + IPC_OBJECTS && o->kind)
        o++;
    if (o == IPC + IPC_OBJECTS)
        return -ENOSPC;
    S->ipc_used = true;
    *o = (struct ipc){ .kind = (uint32_t)kind,
                       .key = key,
                       .sequence = o->sequence,
                       .mode = (uint32_t)(r->w[2] >> 32) & 0777,
                       .user = owner & 0xffff,
                       .group = owner >> 16,
                       .creator = owner & 0xffff,
                       .creator_group = owner >> 16,
                       .changed = server_time() / 1000000000,
                       .creator_pid = (uint32_t)r->from->pid,
                       .size = size };
    const int64_t error = fill(o, size);
    if (error)
        o->kind = 0;
    return error ? error : id_of(o);
}

/* w1 kind, w2 key | flags << 32, w3 size. The result is a number. */
void do_ipc_get(struct request *r)
{
    const uint64_t kind = r->w[1], size = r->w[3], flags = r->w[2] >> 32;
    const int32_t key = (int32_t)r->w[2];
    const bool bad = kind == IPC_SEMAPHORES ? size > SEMAPHORES
                                            : kind == IPC_MEMORY && size > 1ul << 28;
    const bool none = !size && kind != IPC_QUEUE;

    for (struct ipc *o = IPC; key != PRIVATE && o < IPC + IPC_OBJECTS; o++) {
        if (o->kind != kind || o->key != key)
            continue;
        r->w[0] = (uint64_t)((flags & CREATE && flags & EXCLUSIVE) ? -EEXIST
                             : kind != IPC_QUEUE && size > o->size ? -EINVAL
                                                                   : id_of(o));
        return;
    }
    if (key != PRIVATE && !(flags & CREATE))
        r->w[0] = -(uint64_t)ENOENT;
    else
        r->w[0] = (uint64_t)(bad || none ? -EINVAL : make(r, kind, key, size));
}

/* w1 kind, w2 number. */
void do_ipc_remove(struct request *r)
{
    struct ipc *o = ipc_of(r->w[1], r->w[2]);

    r->w[0] = o ? 0 : -(uint64_t)EINVAL;
    if (!o)
        return;
    if (o->kind == IPC_MEMORY && attached(o))
        o->removed = true, o->key = PRIVATE, o->mode |= CREATE;
    else
        forget(o);
}

/* w1 kind, w2 number; behind the words user, group, mode, and the most bytes of a queue. */
void do_ipc_set(struct request *r)
{
    struct ipc *o = ipc_of(r->w[1], r->w[2]);
    const uint32_t *v = (const uint32_t *)r->data;

    r->w[0] = o && r->data_size >= 16 ? 0 : -(uint64_t)EINVAL;
    if (r->w[0])
        return;
    o->user = v[0], o->group = v[1], o->mode = (o->mode & ~0777u) | (v[2] & 0777);
    o->changed = server_time() / 1000000000;
    if (o->kind == IPC_QUEUE)
        o->size = v[3];
}

/* w1 kind, w2 number. The reply is what Linux's IPC_STAT gives. */
void do_ipc_stat(struct request *r)
{
    const struct ipc *o = ipc_of(r->w[1], r->w[2]);
    struct {
        struct {
            int32_t key;
            uint32_t user, group, creator, creator_group, mode;
            uint16_t sequence, pad[3];
            uint64_t unused[2];
        } permissions;
        uint64_t rest[9];
    } *s = (void *)S->buffer;

    if (!o) {
        r->w[0] = -(uint64_t)EINVAL;
        return;
    }
    __builtin_memset(s, 0, sizeof *s);
    s->permissions.key = o->key, s->permissions.mode = o->mode;
    s->permissions.user = o->user, s->permissions.group = o->group;
    s->permissions.creator = o->creator, s->permissions.creator_group = o->creator_group;
    s->permissions.sequence = (uint16_t)o->sequence;
    if (o->kind == IPC_SEMAPHORES) {
        s->rest[0] = o->first_time, s->rest[2] = o->changed, s->rest[4] = o->size;
        r->reply_size = 104;
    } else if (o->kind == IPC_MEMORY) {
        s->rest[0] = o->size, s->rest[1] = o->first_time, s->rest[2] = o->second_time;
        s->rest[3] = o->changed, s->rest[4] = o->creator_pid | (uint64_t)o->last_pid << 32;
        s->rest[5] = attached(o);
        r->reply_size = 112;
    } else {
        s->rest[0] = o->first_time, s->rest[1] = o->second_time, s->rest[2] = o->changed;
        s->rest[3] = o->bytes, s->rest[4] = o->count, s->rest[5] = o->size;
        s->rest[6] = o->last_pid | (uint64_t)o->other_pid << 32;
        r->reply_size = 120;
    }
    r->reply = s;
}

/* w1 number. The reply: a handle of the file that the memory is, and its size. */
void do_memory_attach(struct request *r)
{
    struct ipc *o = ipc_of(IPC_MEMORY, r->w[1]);
    const int64_t handle = o ? handle_new(r->from, o->open) : -EINVAL;

    if (handle > 0)
        o->first_time = server_time() / 1000000000, o->last_pid = (uint32_t)r->from->pid;
    r->w[0] = (uint64_t)handle, r->w[1] = o ? o->size : 0;
}
