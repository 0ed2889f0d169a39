/* SPDX-License-Identifier: MIT
 * Names of sockets: paths in folders, names outside of folders, and ports of the loopback
 * interface. */
#include "socket.h"

enum { EADDRINUSE = 98, EADDRNOTAVAIL = 99, ENETUNREACH = 101, ECONNREFUSED = 111 };
enum { PORTS_FREE = 32768, PORT_LAST = 60999, LOOPBACK = 127 };

/* An internet address in a word: address | port << 32 | INTERNET_NONE. */
static uint32_t ip_of(uint64_t word) { return (uint32_t)word; }
static uint32_t port_of(uint64_t word) { return (uint16_t)(word >> 32); }

static uint32_t ip_in(const struct address *a)
{
    const unsigned char *b = (const unsigned char *)a->bytes;

    return a->length < 16
               ? 0
               : (uint32_t)b[4] << 24 | (uint32_t)b[5] << 16 | (uint32_t)b[6] << 8 | b[7];
}

static uint32_t port_in(const struct address *a)
{
    const unsigned char *b = (const unsigned char *)a->bytes;

    return a->length < 16 ? 0 : (uint32_t)b[2] << 8 | b[3];
}

static void set_internet(struct address *a, uint32_t ip, uint32_t port)
{
    *a = (struct address){ .length = 16, .bytes = { SOCKET_INTERNET } };
    a->bytes[2] = (char)(port >> 8), a->bytes[3] = (char)port;
    for (int i = 0; i < 4; i++)
        a->bytes[4 + i] = (char)(ip >> (24 - 8 * i));
}

/* The socket of a request whose words may be behind a path, which then are those that say more. */
int64_t address_begin(struct request *r, struct socket **s)
{
    const bool path = (r->w[0] & 0xff) == OP_BIND || (r->w[0] & 0xff) == OP_CONNECT
                      || (r->w[0] & 0xff) == OP_REACH;
    const uint32_t handle = (uint32_t)(path ? r->w[1] : r->w[0] >> 32);
    const struct open *o = open_of(r->from, handle);

    if (!o || o->kind != OPEN_SOCKET)
        return -EBADF;
    *s = &SOCKET[o->offset];
    return 0;
}

static bool is_path(const struct request *r)
{
    const uint32_t op = r->w[0] & 0xff;

    return op == OP_BIND || op == OP_CONNECT || op == OP_REACH;
}

bool address_is_none(const struct request *r) { return !is_path(r) && r->w[1] & INTERNET_NONE; }

/* A name outside of folders lies behind the words. */
static bool is_abstract(const struct request *r, const struct address *a)
{
    const uint64_t n = r->data_size;

    return n > 2 && n == a->length && !__builtin_memcmp(a->bytes, r->data, n);
}

static bool on_this_port(const struct socket *x, const struct socket *s, uint32_t ip, uint32_t port)
{
    const uint32_t mine = ip_in(&x->own);

    return x->used && x->bound && x->domain == SOCKET_INTERNET && x->type == s->type
           && port_in(&x->own) == port && (!mine || !ip || mine == ip);
}

/* The socket that the address of a request names; 0: a port that nobody has. */
int64_t address_find(struct request *r, const struct socket *s, uint32_t *found)
{
    *found = 0;
    if (is_path(r)) {
        struct walk w;
        const int64_t error = walk_request(r, false, true, &w);
        if (error || !w.node)
            return error ? error : -ENOENT;
        if ((NODE[w.node].mode & S_IFMT) != S_IFSOCK || !NODE[w.node].listener)
            return -ECONNREFUSED;
        *found = NODE[w.node].listener;
        return s->domain == SOCKET_UNIX ? 0 : -EINVAL;
    }
    if (s->domain == SOCKET_UNIX) {
        for (uint32_t i = 1; i <= S->socket_top && !*found; i++)
            if (SOCKET[i].used && SOCKET[i].domain == SOCKET_UNIX && is_abstract(r, &SOCKET[i].own))
                *found = i;
        return *found ? 0 : -ECONNREFUSED;
    }
    const uint32_t ip = ip_of(r->w[1]), port = port_of(r->w[1]);
    if (ip >> 24 != LOOPBACK && ip)
        return -ENETUNREACH;
    for (uint32_t i = 1; i <= S->socket_top && !*found; i++) {
        const struct socket *x = &SOCKET[i];
        if (!on_this_port(x, s, ip, port) || (s->type == STREAM && x->state != SOCKET_LISTENS))
            continue;
        if (x->type == DATAGRAM && x->state == SOCKET_CONNECTED && x != s
            && (port_in(&x->peer) != port_in(&s->own)))
            continue; /* it takes messages of its peer alone */
        *found = i;
    }
    return 0;
}

/* Let an internet socket have a port, if it has none. */
void address_need(struct socket *s)
{
    if (s->domain != SOCKET_INTERNET || s->bound)
        return;
    address_bind_internet(s, 0, 0);
}

int64_t address_bind_internet(struct socket *s, uint32_t ip, uint32_t port)
{
    bool taken = true;

    if (ip >> 24 != LOOPBACK && ip)
        return -EADDRNOTAVAIL;
    for (uint32_t tries = 0; taken && tries <= PORT_LAST - PORTS_FREE; tries++) {
        const uint32_t n = port ? port : PORTS_FREE + S->port_next++ % (PORT_LAST - PORTS_FREE);
        taken = false;
        for (uint32_t i = 1; i <= S->socket_top && !taken; i++)
            taken = &SOCKET[i] != s && on_this_port(&SOCKET[i], s, ip, n)
                    && !(SOCKET[i].option[SOCKET_REUSE] && s->option[SOCKET_REUSE]
                         && SOCKET[i].state != SOCKET_LISTENS);
        if (taken && port)
            return -EADDRINUSE;
        if (!taken)
            set_internet(&s->own, ip, n);
    }
    s->bound = !taken;
    return taken ? -EADDRINUSE : 0;
}

/* Both sides of a connection over the loopback interface have addresses of it. */
void address_local(struct socket *to, struct socket *from)
{
    const uint32_t ip = ip_in(&to->own) ? ip_in(&to->own) : (uint32_t)LOOPBACK << 24 | 1;

    set_internet(&to->own, ip, port_in(&to->own));
    if (!ip_in(&from->own))
        set_internet(&from->own, (uint32_t)LOOPBACK << 24 | 1, port_in(&from->own));
}

/* Where a message comes from. */
struct address address_source(const struct socket *s)
{
    struct address a = s->own;

    if (s->domain == SOCKET_INTERNET && !ip_in(&a))
        set_internet(&a, (uint32_t)LOOPBACK << 24 | 1, port_in(&a));
    return a;
}

/* Whom messages go to. */
void address_of_peer(struct request *r, struct socket *s, uint32_t to)
{
    if (s->domain == SOCKET_UNIX) {
        s->peer = SOCKET[to].own;
        return;
    }
    const uint32_t ip = ip_of(r->w[1]);
    set_internet(&s->peer, ip ? ip : (uint32_t)LOOPBACK << 24 | 1, port_of(r->w[1]));
    if (!ip_in(&s->own))
        set_internet(&s->own, (uint32_t)LOOPBACK << 24 | 1, port_in(&s->own));
}

static int64_t bind_path(struct request *r, struct socket *s)
{
    const struct named *n = (const struct named *)(r->data - 32);
    struct walk w;
    int64_t error = walk_request(r, false, false, &w);

    if (!error && (w.node || !w.last))
        error = -EADDRINUSE;
    const uint32_t node = error ? 0 : node_new(S_IFSOCK | (0777 & ~r->from->umask));
    if (!error)
        error = node ? name_add(w.folder, w.last, w.last_length, node) : -ENOSPC;
    if (error)
        return error;
    NODE[node].listener = (uint32_t)(s - SOCKET);
    s->node = node;
    const uint32_t length = n->length < sizeof s->own.bytes - 3 ? n->length
                                                                : sizeof s->own.bytes - 3;
    s->own = (struct address){ .length = (uint16_t)(length + 3), .bytes = { SOCKET_UNIX } };
    __builtin_memcpy(s->own.bytes + 2, n->path, length);
    s->bound = true;
    return 0;
}

static int64_t bind_abstract(struct request *r, struct socket *s)
{
    if (r->data_size <= 2) { /* any name will do */
        static const char hex[] = "0123456789abcdef";
        s->own = (struct address){ .length = 8, .bytes = { SOCKET_UNIX } };
        for (int i = 0; i < 5; i++)
            s->own.bytes[3 + i] = hex[S->names_given >> (16 - 4 * i) & 15];
        S->names_given++;
        s->bound = true;
        return 0;
    }
    if (r->data_size > sizeof s->own.bytes)
        return -EINVAL;
    for (uint32_t i = 1; i <= S->socket_top; i++)
        if (SOCKET[i].used && SOCKET[i].domain == SOCKET_UNIX && is_abstract(r, &SOCKET[i].own))
            return -EADDRINUSE;
    s->own = (struct address){ .length = (uint16_t)r->data_size };
    __builtin_memcpy(s->own.bytes, r->data, r->data_size);
    s->bound = true;
    return 0;
}

void do_bind(struct request *r)
{
    struct socket *s = NULL;
    int64_t error = address_begin(r, &s);

    if (!error && s->bound)
        error = -EINVAL;
    if (!error)
        error = is_path(r) ? bind_path(r, s)
                : s->domain == SOCKET_UNIX
                    ? bind_abstract(r, s)
                    : address_bind_internet(s, ip_of(r->w[1]), port_of(r->w[1]));
    r->w[0] = (uint64_t)error;
}

/* Where the next message of this process goes. */
void do_reach(struct request *r)
{
    struct socket *s = NULL;
    int64_t error = address_begin(r, &s);
    uint32_t to = 0;

    if (!error)
        error = address_find(r, s, &to);
    if (!error && to && SOCKET[to].type != s->type)
        error = -91; /* EPROTOTYPE */
    r->from->reached = error ? 0 : to;
    r->w[0] = (uint64_t)error;
}

/* w1: the other's. The reply is a struct address. */
void do_address(struct request *r)
{
    enum { ENOTCONN = 107 };
    const struct socket *s = asked_socket(r);

    if (!s
        || (r->w[1]
            && (s->state != SOCKET_CONNECTED
                && !(s->state == SOCKET_GONE && s->type != DATAGRAM)))) {
        r->w[0] = -(uint64_t)(s ? ENOTCONN : EBADF);
        return;
    }
    struct address *a = (struct address *)S->buffer;
    *a = r->w[1] ? s->peer : s->own;
    if (s->domain == SOCKET_INTERNET && a->length < 16)
        set_internet(a, 0, 0);
    r->reply = a, r->reply_size = sizeof *a;
}
