/* SPDX-License-Identifier: MIT
 * Messages between sockets, and what goes with them: descriptors and who sent it. A message is a
 * few pages; one that is longer than a request is staged first. */
#include "socket.h"

enum { EPROTOTYPE = 91, EMSGSIZE = 90, EISCONN = 106, ENOTCONN = 107, ECONNREFUSED = 111 };
enum { EDESTADDRREQ = 89, ECONNRESET = 104, ENOBUFS = 105 };

/* A message without data, or 0. */
uint32_t message_new(void)
{
    uint32_t i = S->message_free;

    if (i)
        S->message_free = MESSAGE[i].next;
    else if (S->message_top + 1 < MESSAGES)
        i = ++S->message_top;
    else
        return 0;
    MESSAGE[i] = (struct message){ 0 };
    return i;
}

static struct held *held_in(const struct message *m)
{
    return (struct held *)page_at(m->rights_page);
}

static void drop_rights(struct message *m)
{
    for (uint32_t i = 0; i < m->rights; i++)
        for (int k = 0; k < 2; k++)
            if (held_in(m)[i].open[k])
                open_release(held_in(m)[i].open[k]);
    if (m->rights_page)
        page_give(m->rights_page);
    m->rights = m->rights_page = 0;
}

void message_free(uint32_t message)
{
    struct message *m = &MESSAGE[message];

    drop_rights(m);
    for (int i = 0; i < MESSAGE_PAGES; i++)
        if (m->page[i])
            page_give(m->page[i]);
    m->next = S->message_free;
    S->message_free = message;
}

/* Let a message hold what the sender's handles are. */
int64_t rights_take(struct request *r, const struct right *right, uint32_t n, uint32_t message)
{
    struct message *m = &MESSAGE[message];

    if (n && !(m->rights_page = page_take()))
        return -ENOMEM;
    for (uint32_t i = 0; i < n; i++) {
        struct held *h = &held_in(m)[m->rights++];
        *h = (struct held){ .right = right[i] };
        for (int k = 0; k < 2; k++) {
            if (!right[i].handle[k])
                continue;
            if (!open_of(r->from, right[i].handle[k]))
                return -EBADF;
            h->open[k] = r->from->handle[right[i].handle[k]];
            open_inherited(h->open[k]);
        }
    }
    return 0;
}

/* Give the receiver handles. False: it has too many; it has none of these then. */
bool rights_give(struct request *r, const struct message *m, struct right *right)
{
    S->given_count = 0;
    r->undo = rights_undo;
    for (uint32_t i = 0; i < m->rights; i++) {
        right[i] = held_in(m)[i].right;
        for (int k = 0; k < 2; k++) {
            const uint32_t open = held_in(m)[i].open[k];
            const int64_t handle = open ? handle_new(r->from, open) : 0;
            if (handle < 0) {
                rights_undo(r);
                return false;
            }
            right[i].handle[k] = (uint16_t)handle;
            if (handle)
                S->given[S->given_count++] = (uint16_t)handle;
        }
    }
    return true;
}

void rights_undo(struct request *r)
{
    while (S->given_count) {
        const uint32_t handle = S->given[--S->given_count];
        const uint32_t open = r->from->handle[handle];
        r->from->handle[handle] = 0;
        open_release(open);
    }
}

bool socket_is_full(const struct socket *s)
{
    return s->count >= (s->type == DATAGRAM && s->domain == SOCKET_UNIX ? QUEUE_OF_DATAGRAMS
                                                                        : QUEUE_LONGEST);
}

static int64_t put(struct message *m, uint64_t at, const char *from, uint64_t n)
{
    for (uint64_t done = 0, part; done < n; done += part) {
        const uint64_t in = (at + done) % PAGE;
        uint32_t *page = &m->page[(at + done) / PAGE];
        part = n - done < PAGE - in ? n - done : PAGE - in;
        if (!*page && !(*page = page_take()))
            return -ENOBUFS;
        __builtin_memcpy(page_at(*page) + in, from + done, part);
    }
    return 0;
}

/* The bytes of a new message. */
int64_t message_put(uint32_t message, const char *from, uint64_t n)
{
    return put(&MESSAGE[message], 0, from, n);
}

/* Part of a long message. w1: where it belongs. */
void do_stage(struct request *r)
{
    int64_t error = 0;

    if (!r->w[1] && r->from->staged) {
        message_free(r->from->staged);
        r->from->staged = 0;
    }
    if (!r->from->staged && !(r->from->staged = message_new()))
        error = -ENOBUFS;
    if (!error && (r->w[1] > MESSAGE_PAGES * PAGE || r->data_size > MESSAGE_PAGES * PAGE - r->w[1]))
        error = -EMSGSIZE;
    r->w[0] = (uint64_t)(error ? error
                               : put(&MESSAGE[r->from->staged], r->w[1], r->data, r->data_size));
}

/* Part of the message that was received last. w1 from where, w2 how many bytes. */
void do_staged(struct request *r)
{
    const struct socket *s = r->w[3] ? asked_socket(r) : NULL; /* one that was looked at stays */
    const uint32_t i = s ? s->first : r->from->staged;
    const struct message *m = i ? &MESSAGE[i] : NULL;
    const uint64_t at = r->w[1], n = r->w[2] < PAGE ? r->w[2] : PAGE;

    if (!m || at % PAGE || at >= m->size || !m->page[at / PAGE]) {
        r->w[0] = -(uint64_t)EINVAL;
        return;
    }
    r->reply = page_at(m->page[at / PAGE]);
    r->reply_size = n > EXO_REGISTER_BYTES ? n : EXO_REGISTER_BYTES + 8;
}

/* Where the message goes; or an error. */
static int64_t target_of(const struct request *r, const struct socket *s, uint32_t *to)
{
    const bool named = r->w[2] & SEND_TO_REACHED;

    if (s->no_write)
        return -EPIPE;
    if (s->type == PACKETS) {
        *to = s->to;
        return s->to ? 0 : s->state == SOCKET_GONE ? -EPIPE : -ENOTCONN;
    }
    *to = named ? r->from->reached : s->to;
    if (named)
        return 0;
    if (s->state == SOCKET_GONE)
        return -ECONNREFUSED;
    if (s->state != SOCKET_CONNECTED)
        return s->domain == SOCKET_UNIX ? -ENOTCONN : -EDESTADDRREQ;
    return 0;
}

/* Who may send to a socket that is connected: its peer alone. */
static bool accepts(const struct socket *to, const struct socket *s)
{
    return to->type != DATAGRAM || to->state != SOCKET_CONNECTED
           || to->to == (uint32_t)(s - SOCKET);
}

/* w1 bytes, w2 enum send; behind the words a struct credentials, rights, and the bytes, unless they
 * were staged. */
void do_send(struct request *r)
{
    struct socket *s = asked_socket(r);
    const struct credentials *c = (const struct credentials *)r->data;
    uint32_t to = 0;
    int64_t error = s && r->data_size >= sizeof *c ? target_of(r, s, &to) : -EBADF;
    const uint64_t size = r->w[1], heads = error ? 0 : sizeof *c + c->rights * sizeof(struct right);

    if (!error && (c->rights > RIGHTS || heads > r->data_size))
        error = -EINVAL;
    if (!error && size > MESSAGE_PAGES * PAGE - 1)
        error = -EMSGSIZE;
    if (!error && s->error) {
        error = -(int64_t)s->error;
        s->error = 0;
    }
    if (s)
        address_need(s);
    if (!error && !to) { /* nobody has this port */
        s->error = s->state == SOCKET_CONNECTED && !(r->w[2] & SEND_TO_REACHED) ? ECONNREFUSED : 0;
        r->w[0] = size;
        return;
    }
    struct socket *t = &SOCKET[to];
    if (!error && !accepts(t, s))
        error = s->domain == SOCKET_UNIX ? -EPERM : (int64_t)size;
    if (!error && (t->no_read || !t->used))
        error = s->domain == SOCKET_UNIX ? (t->used ? -EPIPE : -ECONNREFUSED) : (int64_t)size;
    if (!error && socket_is_full(t)) {
        error = s->domain == SOCKET_UNIX ? -EAGAIN : (int64_t)size;
        socket_watch(t, r->from);
    }
    const bool staged = r->w[2] & SEND_STAGED;
    const uint32_t i = error ? 0 : staged ? r->from->staged : message_new();
    if (!error && !i)
        error = -ENOBUFS;
    if (!error) {
        struct message *m = &MESSAGE[i];
        r->from->staged = staged ? 0 : r->from->staged;
        m->size = (uint32_t)size, m->from = *c, m->address = address_source(s), m->next = 0;
        if (!(r->w[2] & SEND_CREDENTIALS))
            m->from.pid = (uint32_t)r->from->pid;
        error = rights_take(r, (const struct right *)(c + 1), c->rights, i);
        if (!error && !staged)
            error = r->data_size - heads < size ? -EINVAL : put(m, 0, r->data + heads, size);
        if (error)
            message_free(i);
    }
    if (!error) {
        if (t->last)
            MESSAGE[t->last].next = i;
        else
            t->first = i;
        t->last = i, t->count++;
        socket_wake(t);
        error = (int64_t)size;
    }
    r->w[0] = (uint64_t)error;
}

/* The message is with the receiver, who may ask for the rest of it. */
static void received(struct request *r)
{
    struct socket *s = &SOCKET[r->undo_value[0]];
    const uint32_t i = s->first;

    s->first = MESSAGE[i].next, s->count--;
    s->last = s->first ? s->last : 0;
    drop_rights(&MESSAGE[i]);
    if (r->from->staged)
        message_free(r->from->staged);
    r->from->staged = i;
    socket_wake(s);
}

/* The first message, as a struct received. w1: RECEIVE_PEEK, RECEIVE_RIGHTS. w2: how many bytes
 * of it are wanted at once. */
void do_receive(struct request *r)
{
    struct socket *s = asked_socket(r);
    struct received *reply = (struct received *)S->buffer;
    const uint64_t flags = r->w[1];

    if (!s || !s->first) {
        int64_t error = !s                                              ? -EBADF
                        : s->error                                      ? -(int64_t)s->error
                        : s->no_read                                    ? 0
                        : s->type == PACKETS && s->state == SOCKET_GONE ? 0
                        : s->type == PACKETS && s->state == SOCKET_NEW  ? -ENOTCONN
                                                                        : -EAGAIN;
        if (s && error == -(int64_t)s->error)
            s->error = 0;
        if (error == -EAGAIN)
            socket_watch(s, r->from);
        r->w[0] = (uint64_t)error, r->w[1] = 0;
        return;
    }
    const struct message *m = &MESSAGE[s->first];
    *reply = (struct received){ .size = m->size, .from = m->from, .address = m->address };
    reply->from.rights = 0;
    if (flags & RECEIVE_RIGHTS && rights_give(r, m, (struct right *)(reply + 1)))
        reply->from.rights = m->rights;
    reply->lost = m->rights && !reply->from.rights;
    const uint64_t heads = sizeof *reply + reply->from.rights * sizeof(struct right);
    uint64_t n = m->size < r->w[2] ? m->size : r->w[2];
    n = n <= PAGE - heads ? n : 0;
    if (n)
        __builtin_memcpy((char *)reply + heads, page_at(m->page[0]), n);
    reply->here = (uint32_t)n;
    r->reply = reply, r->reply_size = heads + n;
    r->undo_value[0] = (uint64_t)(s - SOCKET);
    if (!(flags & RECEIVE_PEEK))
        r->commit = received;
}
