/* SPDX-License-Identifier: MIT
 * Queues of POSIX: they have names of their own, outside of all folders, and messages in the order
 * of their priorities. */
#include "socket.h"

enum { MAILBOXES = 256, NAME_LONGEST = 255, DEFAULT_MESSAGES = 10, DEFAULT_SIZE = 8192 };
enum { MOST_MESSAGES = 64, MOST_SIZE = 65536, NOBODY = 0, SI_MESGQ = 0xfd };

struct mailbox {
    uint32_t opens; /* open files of it, and its name: 0: free place */
    uint32_t length, messages, size, first, count, watchers, watcher[WATCHERS];
    uint64_t told; /* the process to tell of a message, or NOBODY */
    uint64_t signal, value;
    char name[NAME_LONGEST + 1]; /* empty: it was unlinked */
};
#define MAILBOX ((struct mailbox *)MAILBOXES_AT)

static struct mailbox *mailbox_of(struct request *r, struct open **open)
{
    struct open *o = open_of(r->from, (uint32_t)(r->w[0] >> 32));

    if (open)
        *open = o;
    return o && o->kind == OPEN_MAILBOX ? &MAILBOX[o->offset] : NULL;
}

static void watch(struct mailbox *m, const struct proc *p)
{
    for (uint32_t i = 0; i < m->watchers && i < WATCHERS; i++)
        if (m->watcher[i] == p->pid)
            return;
    if (m->watchers < WATCHERS)
        m->watcher[m->watchers] = (uint32_t)p->pid;
    m->watchers++;
}

static void wake(struct mailbox *m)
{
    for (uint32_t i = 0; i < m->watchers && i < WATCHERS; i++) {
        struct proc *p = proc_by_pid(m->watcher[i]);
        if (p)
            proc_notify(p, NOTICE_WAKE, 0);
    }
    for (uint32_t i = 0; m->watchers > WATCHERS && i < S->proc_top; i++)
        proc_notify(&PROC[i], NOTICE_WAKE, 0);
    m->watchers = 0;
}

/* An open file or the name has gone. */
void mailbox_gone(uint32_t mailbox)
{
    struct mailbox *m = &MAILBOX[mailbox];

    if (--m->opens)
        return;
    for (uint32_t i = m->first, next; i; i = next) {
        next = MESSAGE[i].next;
        message_free(i);
    }
    m->first = m->count = 0;
}

/* The place of a name, or that of the first free one, or MAILBOXES. */
static uint32_t find(const char *name, uint32_t length, bool free)
{
    for (uint32_t i = 0; i < MAILBOXES; i++) {
        const struct mailbox *m = &MAILBOX[i];
        if (free ? !m->opens
                 : m->opens && m->length == length && !__builtin_memcmp(m->name, name, length))
            return i;
    }
    return MAILBOXES;
}

/* What is wrong with a name, or 0. */
static int64_t check(const struct request *r, const char **name, uint32_t *length)
{
    const struct named *n = (const struct named *)(r->data - 32);
    const uint64_t head = offsetof(struct named, path) - 32;

    if (r->data_size < head || n->length > r->data_size - head || !n->length)
        return -EINVAL;
    if (n->length > NAME_LONGEST)
        return -ENAMETOOLONG;
    for (uint32_t i = 0; i < n->length; i++)
        if (n->path[i] == '/')
            return -EACCES;
    *name = n->path, *length = n->length;
    return 0;
}

/* Named; a flags, b most messages | size << 32, 0: as usual. The result is a handle. */
void do_mailbox_open(struct request *r)
{
    const uint64_t flags = r->w[1];
    const char *name = NULL;
    uint32_t length = 0;
    int64_t error = check(r, &name, &length);
    uint32_t i = error ? MAILBOXES : find(name, length, false);

    if (!error && i < MAILBOXES && flags & O_CREAT && flags & O_EXCL)
        error = -EEXIST;
    if (!error && i == MAILBOXES && !(flags & O_CREAT))
        error = -ENOENT;
    if (!error && i == MAILBOXES) {
        const uint32_t messages = r->w[2] ? (uint32_t)r->w[2] : DEFAULT_MESSAGES;
        const uint32_t size = r->w[2] ? (uint32_t)(r->w[2] >> 32) : DEFAULT_SIZE;
        i = find(NULL, 0, true);
        error = i == MAILBOXES                                                           ? -ENOSPC
                : !messages || messages > MOST_MESSAGES || !size || size > MOST_SIZE - 1 ? -EINVAL
                                                                                         : 0;
        if (!error) {
            MAILBOX[i] = (struct mailbox){
                .opens = 1, .length = length, .messages = messages, .size = size
            };
            __builtin_memcpy(MAILBOX[i].name, name, length);
        }
    }
    const uint32_t open = error ? 0 : open_new(OPEN_MAILBOX, 0, (uint32_t)flags);
    if (!error && !open)
        error = -ENFILE;
    if (!error) {
        OPEN[open].offset = i;
        MAILBOX[i].opens++;
        error = handle_new(r->from, open);
        if (error < 0)
            open_release(open);
    }
    r->w[0] = (uint64_t)error;
}

void do_mailbox_unlink(struct request *r)
{
    const char *name = NULL;
    uint32_t length = 0;
    int64_t error = check(r, &name, &length);
    const uint32_t i = error ? MAILBOXES : find(name, length, false);

    if (!error && i == MAILBOXES)
        error = -ENOENT;
    if (!error) {
        MAILBOX[i].length = 0;
        mailbox_gone(i);
    }
    r->w[0] = (uint64_t)error;
}

/* w1: wake me when it changes. The reply: what poll tells, most messages | size << 32, how many. */
void do_mailbox_state(struct request *r)
{
    enum { IN = 1, OUT = 4 };
    struct mailbox *m = mailbox_of(r, NULL);

    if (!m) {
        r->w[0] = -(uint64_t)EBADF;
        return;
    }
    if (r->w[1])
        watch(m, r->from);
    r->w[0] = (m->count ? IN : 0) | (m->count < m->messages ? OUT : 0);
    r->w[1] = m->messages | (uint64_t)m->size << 32, r->w[2] = m->count;
}

/* w1 priority, w2 bytes, w3: they were staged; else they are behind the words. */
void do_mailbox_send(struct request *r)
{
    enum { EMSGSIZE = 90 };
    struct open *o = NULL;
    struct mailbox *m = mailbox_of(r, &o);
    int64_t error = !m || !(o->flags & O_ACCMODE) ? -EBADF
                    : r->w[2] > m->size           ? -EMSGSIZE
                    : m->count >= m->messages     ? -EAGAIN
                                                  : 0;
    const uint32_t i = error ? 0 : r->w[3] ? r->from->staged : message_new();

    if (error == -EAGAIN)
        watch(m, r->from);
    if (!error && !i)
        error = -ENOMEM;
    if (!error && !r->w[3])
        error = message_put(i, r->data, r->w[2] < r->data_size ? r->w[2] : r->data_size);
    if (error) {
        r->w[0] = (uint64_t)error;
        return;
    }
    if (r->w[3])
        r->from->staged = 0;
    MESSAGE[i].size = (uint32_t)r->w[2], MESSAGE[i].start = (uint32_t)r->w[1];
    uint32_t *at = &m->first;
    while (*at && MESSAGE[*at].start >= MESSAGE[i].start)
        at = &MESSAGE[*at].next;
    MESSAGE[i].next = *at;
    *at = i;
    struct proc *told = !m->count && !m->watchers && m->told ? proc_by_pid(m->told) : NULL;
    m->count++;
    if (told) { /* once, of a message to an empty queue that nobody waits for */
        m->told = NOBODY;
        if (m->signal)
            proc_signal(told, m->signal | (SI_MESGQ | r->from->pid << 8) << 8, m->value);
    }
    wake(m);
    r->w[0] = 0;
}

static void taken(struct request *r)
{
    struct mailbox *m = &MAILBOX[r->undo_value[0]];
    const uint32_t i = m->first;

    m->first = MESSAGE[i].next, m->count--;
    if (r->from->staged)
        message_free(r->from->staged);
    r->from->staged = i;
    wake(m);
}

/* w1 how much room there is. The reply: struct received, whose pid is the priority. */
void do_mailbox_receive(struct request *r)
{
    enum { EMSGSIZE = 90 };
    struct open *o = NULL;
    struct mailbox *m = mailbox_of(r, &o);
    struct received *reply = (struct received *)S->buffer;

    if (!m || (o->flags & O_ACCMODE) == O_WRONLY || r->w[1] < m->size || !m->count) {
        if (m && !m->count)
            watch(m, r->from);
        r->w[0] = -(uint64_t)(!m || (o->flags & O_ACCMODE) == O_WRONLY ? EBADF
                              : r->w[1] < m->size                      ? EMSGSIZE
                                                                       : EAGAIN);
        return;
    }
    const struct message *first = &MESSAGE[m->first];
    *reply = (struct received){ .size = first->size, .from = { .pid = first->start } };
    const uint64_t n = first->size <= PAGE - sizeof *reply ? first->size : 0;
    if (n)
        __builtin_memcpy(reply + 1, page_at(first->page[0]), n);
    reply->here = (uint32_t)n;
    r->reply = reply, r->reply_size = sizeof *reply + n;
    r->undo_value[0] = (uint64_t)(m - MAILBOX);
    r->commit = taken;
}

/* w1 0: tell me no more, 1: tell me; w2 the signal or 0, w3 its value. */
void do_mailbox_notify(struct request *r)
{
    struct mailbox *m = mailbox_of(r, NULL);
    const struct proc *told = m && m->told ? proc_by_pid(m->told) : NULL;

    r->w[0] = m ? 0 : -(uint64_t)EBADF;
    if (!m)
        return;
    if (!r->w[1]) {
        m->told = m->told == r->from->pid ? NOBODY : m->told;
        return;
    }
    if (told && told->state == PROC_RUNS) {
        r->w[0] = -(uint64_t)EBUSY;
        return;
    }
    m->told = r->from->pid, m->signal = r->w[2], m->value = r->w[3];
}
