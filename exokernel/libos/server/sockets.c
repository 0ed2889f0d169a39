/* SPDX-License-Identifier: MIT
 * Sockets begin and end, are connected and accepted. */
#include "socket.h"

enum { EPROTOTYPE = 91, EISCONN = 106, ENOTCONN = 107, ECONNREFUSED = 111, EINPROGRESS = 115 };
enum { ECONNRESET = 104 };

/* A new socket that nobody holds, or 0. */
uint32_t socket_new(uint32_t domain, uint32_t type, uint32_t protocol)
{
    uint32_t i = S->socket_free;

    if (i)
        S->socket_free = SOCKET[i].next_free;
    else if (S->socket_top + 1 < SOCKETS)
        i = ++S->socket_top;
    else
        return 0;
    SOCKET[i] = (struct socket){ .used = true,
                                 .domain = (uint8_t)domain,
                                 .type = (uint8_t)type,
                                 .protocol = (uint8_t)protocol,
                                 .own = { 2, { (char)domain } } };
    return i;
}

/* Let a process hold the socket. Its handle, or an error; then the socket is gone. */
int64_t socket_hold(struct proc *p, uint32_t socket)
{
    const uint32_t open = open_new(OPEN_SOCKET, 0, O_RDWR);
    const int64_t handle = open ? handle_new(p, open) : -ENFILE;

    if (open)
        OPEN[open].offset = socket;
    if (handle < 0 && open)
        open_release(open);
    else if (handle < 0)
        socket_gone(socket);
    return handle;
}

struct socket *asked_socket(struct request *r)
{
    const struct open *o = open_of(r->from, (uint32_t)(r->w[0] >> 32));

    return o && o->kind == OPEN_SOCKET ? &SOCKET[o->offset] : NULL;
}

/* Something changed: who waits looks again. */
void socket_wake(struct socket *s)
{
    for (uint32_t i = 0; i < s->watchers && i < WATCHERS; i++) {
        struct proc *p = proc_by_pid(s->watcher[i]);
        if (p)
            proc_notify(p, NOTICE_WAKE, 0);
    }
    for (uint32_t i = 0; s->watchers > WATCHERS && i < S->proc_top; i++)
        proc_notify(&PROC[i], NOTICE_WAKE, 0);
    s->watchers = 0;
}

/* The process wants to know when something changes. */
void socket_watch(struct socket *s, const struct proc *p)
{
    for (uint32_t i = 0; i < s->watchers && i < WATCHERS; i++)
        if (s->watcher[i] == p->pid)
            return;
    if (s->watchers < WATCHERS)
        s->watcher[s->watchers] = (uint32_t)p->pid;
    s->watchers++;
}

/* Nobody holds it any more. */
void socket_gone(uint32_t socket)
{
    struct socket *s = &SOCKET[socket];

    if (!s->used)
        return;
    s->used = false;
    if (s->node)
        NODE[s->node].listener = 0;
    for (uint32_t i = 0; i < s->queue_count; i++)
        socket_gone(s->queue[(s->queue_first + i) % BACKLOG]);
    for (uint32_t m = s->first, next; m; m = next) {
        next = MESSAGE[m].next;
        message_free(m);
    }
    if (s->end[0] && pipe_has_bytes(s->end[0])) /* the other end learns that nobody read it */
        pipe_mark(s->end[1], PIPE_RESET);
    for (int i = 0; i < 2; i++)
        if (s->end[i])
            open_release(s->end[i]);
    for (uint32_t i = 1; i <= S->socket_top; i++) {
        if (!SOCKET[i].used || SOCKET[i].to != socket)
            continue;
        SOCKET[i].to = 0;
        SOCKET[i].state = SOCKET_GONE;
        if (s->first && s->type == PACKETS)
            SOCKET[i].error = ECONNRESET;
        socket_wake(&SOCKET[i]);
    }
    socket_wake(s);
    s->next_free = S->socket_free;
    S->socket_free = socket;
}

static void note_maker(struct socket *s, const struct request *r)
{
    s->user = (uint32_t)r->w[2], s->group = (uint32_t)(r->w[2] >> 32);
    s->pid = (uint32_t)r->from->pid;
}

/* w1 domain | type << 8 | protocol << 16, w2 user | group << 32. */
void do_socket(struct request *r)
{
    const uint32_t i = socket_new(r->w[1] & 0xff, r->w[1] >> 8 & 0xff, r->w[1] >> 16 & 0xff);

    if (i)
        note_maker(&SOCKET[i], r);
    r->w[0] = (uint64_t)(i ? socket_hold(r->from, i) : -ENFILE);
}

/* Connect two sockets. False: no memory. */
static bool join(uint32_t a, uint32_t b)
{
    struct socket *one = &SOCKET[a], *two = &SOCKET[b];
    uint32_t there[2], back[2];

    if (one->type == STREAM) {
        if (!pipe_make(there))
            return false;
        if (!pipe_make(back)) {
            open_release(there[0]);
            open_release(there[1]);
            return false;
        }
        one->end[0] = back[0], one->end[1] = there[1];
        two->end[0] = there[0], two->end[1] = back[1];
        for (int i = 0; i < 2; i++) {
            open_inherited(one->end[i]);
            open_inherited(two->end[i]);
        }
    } else {
        one->to = b, two->to = a;
    }
    one->state = two->state = SOCKET_CONNECTED;
    one->peer = two->own, two->peer = one->own;
    one->peer_pid = two->pid, one->peer_user = two->user, one->peer_group = two->group;
    two->peer_pid = one->pid, two->peer_user = one->user, two->peer_group = one->group;
    return true;
}

/* The same words; the reply has two handles. */
void do_socket_pair(struct request *r)
{
    uint32_t s[2];
    int64_t handle[2] = { 0, 0 };

    for (int i = 0; i < 2; i++) {
        s[i] = socket_new(r->w[1] & 0xff, r->w[1] >> 8 & 0xff, 0);
        if (s[i])
            note_maker(&SOCKET[s[i]], r);
    }
    bool good = s[0] && s[1] && join(s[0], s[1]);
    for (int i = 0; i < 2; i++) {
        if (!good && s[i])
            socket_gone(s[i]);
        handle[i] = good ? socket_hold(r->from, s[i]) : -ENFILE;
    }
    r->w[0] = handle[0] < 0 || handle[1] < 0 ? -(uint64_t)ENFILE : 0;
    r->w[1] = (uint64_t)handle[0], r->w[2] = (uint64_t)handle[1];
}

/* w1: how many may wait. */
void do_listen(struct request *r)
{
    struct socket *s = asked_socket(r);
    const uint32_t wanted = (uint32_t)r->w[1];

    if (!s || s->type == DATAGRAM) {
        r->w[0] = -(uint64_t)(s ? EOPNOTSUPP : EBADF);
        return;
    }
    if (s->state == SOCKET_CONNECTED || (!s->bound && s->domain == SOCKET_UNIX)) {
        r->w[0] = -(uint64_t)EINVAL;
        return;
    }
    address_need(s);
    s->state = SOCKET_LISTENS, s->pid = (uint32_t)r->from->pid;
    s->backlog = wanted < BACKLOG - 1 ? wanted + 1 : BACKLOG;
    r->w[0] = 0;
}

/* Forget whom messages go to. */
static void disconnect(struct socket *s)
{
    s->to = 0, s->peer.length = 0;
    s->state = SOCKET_NEW;
}

static int64_t connect_stream(struct request *r, struct socket *s, struct socket *l)
{
    if (l->state != SOCKET_LISTENS || l->type != s->type)
        return l->type != s->type ? -EPROTOTYPE : -ECONNREFUSED;
    if (l->queue_count >= l->backlog) {
        socket_watch(l, r->from);
        return -EAGAIN;
    }
    const uint32_t new = socket_new(l->domain, l->type, l->protocol);
    if (!new)
        return -ENOMEM;
    struct socket *n = &SOCKET[new];
    address_need(s);
    n->own = l->own, n->bound = true;
    n->pid = l->pid, n->user = l->user, n->group = l->group;
    __builtin_memcpy(n->option, l->option, sizeof n->option);
    s->pid = (uint32_t)r->from->pid;
    if (n->own.length > 4 && s->domain == SOCKET_INTERNET)
        address_local(n, s);
    if (!join((uint32_t)(s - SOCKET), new)) {
        socket_gone(new);
        return -ENOMEM;
    }
    l->queue[(l->queue_first + l->queue_count++) % BACKLOG] = new;
    socket_wake(l);
    return 0;
}

/* Named, or w1 handle and an address in the words: see address_find. `b`: do not wait. */
void do_connect(struct request *r)
{
    struct socket *s = NULL;
    uint32_t to = 0;
    int64_t error = address_begin(r, &s);
    const bool wait = !(r->w[3] >> 63);

    if (!error && s->connecting) {
        s->connecting = false;
        r->w[0] = -(uint64_t)(s->error ? s->error : 0);
        s->error = 0;
        return;
    }
    if (!error && s->type != DATAGRAM && s->state != SOCKET_NEW)
        error = s->state == SOCKET_LISTENS && s->domain == SOCKET_UNIX ? -EINVAL : -EISCONN;
    if (!error && s->type == DATAGRAM && address_is_none(r)) {
        disconnect(s);
        r->w[0] = 0;
        return;
    }
    if (!error)
        error = address_find(r, s, &to);
    if (!error && s->type != DATAGRAM) {
        error = to ? connect_stream(r, s, &SOCKET[to]) : -ECONNREFUSED;
    } else if (!error && to && SOCKET[to].type != s->type) {
        error = -EPROTOTYPE;
    } else if (!error) {
        address_need(s);
        s->to = to, s->state = SOCKET_CONNECTED;
        address_of_peer(r, s, to);
    }
    if (!wait && s && s->domain == SOCKET_INTERNET && s->type == STREAM
        && (!error || error == -ECONNREFUSED)) {
        s->connecting = true, s->error = (uint32_t)-error;
        error = -EINPROGRESS;
    }
    r->w[0] = (uint64_t)error;
}

/* The next connection; w1: only whether there is one. */
void do_accept(struct request *r)
{
    struct socket *s = asked_socket(r);
    int64_t error = !s                           ? -EBADF
                    : s->type == DATAGRAM        ? -EOPNOTSUPP
                    : s->state != SOCKET_LISTENS ? -EINVAL
                    : s->queue_count             ? 0
                                                 : -EAGAIN;

    if (error == -EAGAIN)
        socket_watch(s, r->from);
    if (!error && !r->w[1]) {
        const uint32_t new = s->queue[s->queue_first];
        s->queue_first = (s->queue_first + 1) % BACKLOG, s->queue_count--;
        error = socket_hold(r->from, new);
        socket_wake(s);
    }
    r->w[0] = (uint64_t)error;
}

/* Handles of the pipes of a stream: to read, to write. */
void do_ends(struct request *r)
{
    const struct socket *s = asked_socket(r);
    int64_t handle[2] = { 0, 0 };

    if (!s || !s->end[0] || s->state == SOCKET_LISTENS) {
        r->w[0] = -(uint64_t)(s ? ENOTCONN : EBADF);
        return;
    }
    for (int i = 0; i < 2; i++)
        handle[i] = handle_new(r->from, s->end[i]);
    r->w[0] = handle[0] < 0 || handle[1] < 0 ? -(uint64_t)EMFILE : 0;
    r->w[1] = (uint64_t)handle[0], r->w[2] = (uint64_t)handle[1];
}

/* w1: 0 no more reading, 1 no more writing, 2 both. */
void do_shutdown(struct request *r)
{
    struct socket *s = asked_socket(r);
    const bool read = r->w[1] != 1, write = r->w[1] != 0;

    if (!s
        || (s->state != SOCKET_CONNECTED && s->state != SOCKET_GONE
            && (s->state != SOCKET_LISTENS || s->domain == SOCKET_INTERNET)
            && s->domain != SOCKET_UNIX)) {
        r->w[0] = -(uint64_t)(s ? ENOTCONN : EBADF);
        return;
    }
    s->no_read |= read, s->no_write |= write;
    if (s->end[0] && read)
        pipe_mark(s->end[0], s->domain == SOCKET_UNIX ? PIPE_NO_READER : PIPE_END);
    if (s->end[1] && write)
        pipe_mark(s->end[1], PIPE_NO_WRITER);
    if (s->type == PACKETS && s->to) {
        SOCKET[s->to].no_read |= write, SOCKET[s->to].no_write |= read;
        socket_wake(&SOCKET[s->to]);
    }
    socket_wake(s);
    r->w[0] = 0;
}

/* What poll tells of a socket that is no stream between two. The process is woken when that changes
 * if w1 says so. */
void do_socket_state(struct request *r)
{
    enum { IN = 1, OUT = 4, ERR = 8, HUP = 16, RDHUP = 0x2000 };
    struct socket *s = asked_socket(r);
    uint32_t is = 0;

    if (!s) {
        r->w[0] = -(uint64_t)EBADF;
        return;
    }
    if (r->w[1])
        socket_watch(s, r->from);
    if (s->state == SOCKET_LISTENS) {
        r->w[0] = s->queue_count ? IN : 0;
        return;
    }
    const bool packets = s->type == PACKETS;
    const bool gone = packets && s->state == SOCKET_GONE;
    is |= s->first ? IN : 0;
    is |= s->error ? ERR : 0;
    is |= gone || s->no_read ? IN | RDHUP : 0;
    is |= gone || (s->no_read && s->no_write) ? HUP : 0;
    is |= s->type != DATAGRAM && s->state == SOCKET_NEW ? HUP | (s->error ? IN | RDHUP : 0) : 0;
    is |= s->to && s->domain == SOCKET_UNIX && socket_is_full(&SOCKET[s->to]) ? 0 : OUT;
    if (r->w[1] && s->to)
        socket_watch(&SOCKET[s->to], r->from);
    r->w[0] = is, r->w[1] = s->first ? MESSAGE[s->first].size : 0;
}

/* w1 which option, w2 its value; SOCKET_GET: tell it. The reply: value, and facts. */
void do_socket_option(struct request *r)
{
    struct socket *s = asked_socket(r);
    const uint64_t option = r->w[1] & 0xff;

    if (!s || option >= SOCKET_OPTIONS) {
        r->w[0] = -(uint64_t)EBADF;
        return;
    }
    if (!(r->w[1] & SOCKET_GET))
        s->option[option] = r->w[2];
    if (option == SOCKET_CREDENTIALS && s->end[0])
        pipe_mark(s->end[0], s->option[option] ? PIPE_CREDENTIALS : 0);
    r->w[0] = 0, r->w[1] = s->option[option];
    r->w[2] = s->state == SOCKET_LISTENS;
    if (option == SOCKET_ERROR) {
        r->w[1] = s->error;
        s->error = 0, s->connecting = false;
    } else if (option == SOCKET_PEER) {
        r->w[0] = s->peer_pid, r->w[1] = s->peer_user, r->w[2] = s->peer_group;
    }
}
