/* SPDX-License-Identifier: MIT
 * Sending and receiving on sockets. The bytes of a stream go through its pipe; a message goes to
 * the server, in parts if it is long. */
#include "socket.h"

enum { VECTORS_MAX = 1024, PART = 4096 - 32, UNIX_LONGEST = 65535, UDP_LONGEST = 65507 };

/* A part of the program's buffers, or of the one that the LibOS has put together. */
static int64_t vector_at(const struct linux_message *m, uint64_t i, struct linux_vector *v)
{
    if (!m->pad)
        return user_get(v, m->vectors + i * sizeof *v, sizeof *v);
    *v = *(const struct linux_vector *)m->vectors;
    return 0;
}

/* How many bytes the buffers have; or an error. */
static int64_t total(const struct linux_message *m)
{
    struct linux_vector v;
    uint64_t n = 0;

    if (m->count > VECTORS_MAX)
        return -EMSGSIZE;
    for (uint64_t i = 0; i < m->count; i++) {
        if (vector_at(m, i, &v))
            return -EFAULT;
        if ((int64_t)v.length < 0)
            return -EINVAL;
        n += v.length;
        n = n < 0x7ffff000 ? n : 0x7ffff000;
    }
    return (int64_t)n;
}

/* Copy n bytes between `own` and the buffers, from position `at` of these on. */
static int64_t copy(const struct linux_message *m, uint64_t at, void *own, uint64_t n, bool out)
{
    struct linux_vector v;
    uint64_t done = 0;

    for (uint64_t i = 0; done < n && i < m->count; i++) {
        if (vector_at(m, i, &v))
            return -EFAULT;
        if (at >= v.length) {
            at -= v.length;
            continue;
        }
        const uint64_t part = v.length - at < n - done ? v.length - at : n - done;
        char *mine = (char *)own + done;
        if (out ? user_get(mine, v.base + at, part) : user_put(v.base + at, mine, part))
            return -EFAULT;
        done += part, at = 0;
    }
    return 0;
}

static uint64_t deadline_of(const struct file *f, int way)
{
    return f->timeout[way] ? ticks() + f->timeout[way] : EXO_FOREVER;
}

/* Wait until a socket may have changed. 0: look again. */
static int64_t wait(const struct file *f, uint64_t flags, uint64_t deadline)
{
    if (f->flags & O_NONBLOCK || flags & MSG_DONTWAIT)
        return -EAGAIN;
    if (signal_due())
        return -AGAIN;
    return await_notice(deadline) ? 0 : -EAGAIN;
}

/* The head of a request: words, credentials, rights. How many bytes behind the words. */
struct head {
    uint64_t w[4];
    struct credentials from;
    struct right right[RIGHTS];
};

static int64_t send_message(struct file *f, const struct linux_message *m, uint64_t size,
                            uint64_t what)
{
    struct head *h = (struct head *)LIBOS_BUFFER;
    const uint64_t heads = sizeof h->from + h->from.rights * sizeof *h->right;

    if (heads + size > PART) { /* in parts, before */
        uint64_t *w = (uint64_t *)LIBOS_COPY;
        for (uint64_t at = 0; at < size; at += PART) {
            const uint64_t part = size - at < PART ? size - at : PART;
            w[0] = OP_STAGE, w[1] = at, w[2] = w[3] = 0;
            int64_t error = copy(m, at, w + 4, part, true);
            error = error ? error : ask_memory(w, 32 + part, PAGE);
            if (error)
                return error;
        }
        what |= SEND_STAGED;
    } else if (copy(m, 0, (char *)&h->from + heads, size, true)) {
        return -EFAULT;
    }
    const uint64_t behind = what & SEND_STAGED ? heads : heads + size;
    h->w[0] = REQUEST(OP_SEND, f->handle), h->w[1] = size, h->w[2] = what, h->w[3] = 0;
    return ask_memory(h, 32 + behind, PAGE);
}

/* Send the bytes of a stream; what goes with them goes with the first of them. */
static int64_t send_stream(struct file *f, const struct linux_message *m, uint64_t flags,
                           uint64_t what)
{
    const struct head *h = (const struct head *)LIBOS_BUFFER;
    int64_t done = 0;

    if (!socket_ends(f))
        return f->domain == SOCKET_UNIX ? -ENOTCONN : -EPIPE;
    struct file *out = &FILE_OF[f->out];
    out->flags = O_WRONLY | (f->flags & O_NONBLOCK) | (flags & MSG_DONTWAIT ? O_NONBLOCK : 0);
    out->deadline = deadline_of(f, 1);
    if (f->domain == SOCKET_INTERNET && !f->refused && pipe_ready(out, false) & 8
        && !(pipe_flags(out) & PIPE_NO_WRITER)) {
        f->refused = true; /* the other end only now learns that there is nobody */
        return total(m);
    }
    P->quiet = flags & MSG_NOSIGNAL;
    P->mark_size = h->from.rights || what & SEND_CREDENTIALS
                       ? sizeof h->from + h->from.rights * sizeof *h->right
                       : 0;
    P->mark_what = what;
    if (P->mark_size) /* message_send waits: another thread may use the buffer meanwhile */
        out->flags |= O_NONBLOCK;
    for (uint64_t i = 0; i < m->count; i++) {
        struct linux_vector v;
        int64_t put = vector_at(m, i, &v);
        if (!put && v.length)
            put = pipe_write(out, v.base, v.length);
        if (put < 0) {
            done = done ? done : put;
            break;
        }
        done += put;
        if ((uint64_t)put < v.length)
            break;
    }
    P->quiet = false, P->mark_size = 0;
    return done;
}

/* pipe.c is about to write these bytes of a stream, with what goes with them. */
int64_t mark_write(struct file *f, uint32_t from, uint32_t to)
{
    struct head *h = (struct head *)LIBOS_BUFFER;

    if (!P->mark_size) {
        h->from = (struct credentials){ 0, P->user[1], P->group[1], 0 };
        P->mark_size = sizeof h->from, P->mark_what = 0;
    }
    h->w[0] = REQUEST(OP_MARK, f->handle), h->w[1] = from | (uint64_t)to << 32;
    h->w[2] = P->mark_what, h->w[3] = 0;
    const int64_t error = ask_memory(h, 32 + P->mark_size, PAGE);
    P->mark_size = 0;
    return error;
}

/* Put the request together and send it, without waiting if something goes with the bytes. */
static int64_t try_to_send(struct file *f, const struct linux_message *m, uint64_t flags,
                           uint64_t size)
{
    struct head *h = (struct head *)LIBOS_BUFFER;
    const bool named = m->name && m->name_length;
    uint64_t what = 0;
    int64_t error = 0;

    if (f->type == STREAM && f->domain == SOCKET_UNIX && named)
        error = socket_ends(f) ? -EISCONN : -EOPNOTSUPP;
    if (!error && f->type == DATAGRAM && named) {
        error = address_ask(f, OP_REACH, OP_REACH_TO, m->name, m->name_length, true);
        what = SEND_TO_REACHED;
    }
    h->from = (struct credentials){ 0, P->user[1], P->group[1], 0 };
    if (!error && f->domain == SOCKET_UNIX)
        error = rights_read(m, &h->from, h->right, &what);
    if (error)
        return error;
    return f->type == STREAM ? send_stream(f, m, flags, what) : send_message(f, m, size, what);
}

int64_t message_send(struct file *f, const struct linux_message *m, uint64_t flags)
{
    const int64_t size = total(m);
    const uint64_t deadline = deadline_of(f, 1);

    if (size < 0 || flags & MSG_OOB)
        return size < 0 ? size : -EOPNOTSUPP;
    if (f->type != STREAM && size > (f->domain == SOCKET_UNIX ? UNIX_LONGEST : UDP_LONGEST))
        return -EMSGSIZE;
    for (;;) {
        int64_t sent = try_to_send(f, m, flags, (uint64_t)size);
        if (sent != -EAGAIN)
            return sent;
        if (f->type == STREAM)
            pipe_ready(&FILE_OF[f->out], true);
        sent = wait(f, flags, deadline);
        if (sent)
            return sent;
    }
}

/* What goes with the bytes of a stream that were just read. */
static void take_mark(struct file *f, struct linux_message *m, uint64_t flags)
{
    uint64_t *w = (uint64_t *)LIBOS_BUFFER;
    struct received *r = (struct received *)w;

    if (!P->mark_due && !f->credentials)
        return;
    int64_t got = 0;
    if (P->mark_due) {
        w[0] = REQUEST(OP_UNMARK, FILE_OF[f->in].handle), w[2] = w[3] = 0;
        w[1] = (m->control ? RECEIVE_RIGHTS : 0) | (flags & MSG_PEEK ? RECEIVE_PEEK : 0);
        got = ask_memory(w, 32, PAGE);
    }
    P->mark_due = false;
    if (got <= EXO_REGISTER_BYTES) {
        *r = (struct received){ 0 };
        const int64_t pid = ask(OP_SOCKET_OPTION, f->handle, SOCKET_PEER | SOCKET_GET, 0, 0);
        r->from = (struct credentials){ (uint32_t)pid, (uint32_t)P->reply[0], (uint32_t)P->reply[1],
                                        0 };
    }
    rights_write(f, m, r, flags);
}

static int64_t receive_stream(struct file *f, struct linux_message *m, uint64_t flags)
{
    int64_t done = 0;

    if (!socket_ends(f))
        return f->domain == SOCKET_UNIX ? -EINVAL : -ENOTCONN;
    struct file *in = &FILE_OF[f->in];
    in->flags = (f->flags & O_NONBLOCK) | (flags & MSG_DONTWAIT ? O_NONBLOCK : 0);
    in->deadline = deadline_of(f, 0), in->peek = flags & MSG_PEEK;
    P->mark_due = false;
    for (uint64_t i = 0; i < m->count && !P->mark_due; i++) {
        struct linux_vector v;
        int64_t got = vector_at(m, i, &v);
        if (!got && v.length)
            got = pipe_read(in, v.base, v.length);
        while (got > 0 && (uint64_t)got < v.length && flags & MSG_WAITALL && !(flags & MSG_PEEK)
               && !P->mark_due) {
            const int64_t more = pipe_read(in, v.base + (uint64_t)got, v.length - (uint64_t)got);
            if (more <= 0)
                break;
            got += more;
        }
        if (got < 0) {
            done = done ? done : got;
            break;
        }
        done += got;
        if ((uint64_t)got < v.length || flags & MSG_PEEK)
            break;
        in->flags |= flags & MSG_WAITALL ? 0 : O_NONBLOCK; /* what is there, after the first */
    }
    in->peek = false;
    m->flags = flags & MSG_CMSG_CLOEXEC;
    m->name_length = 0;
    if (done > 0)
        take_mark(f, m, flags);
    else if (f->credentials && !done)
        take_mark(f, m, flags);
    return done;
}

/* Copy a message's bytes to the program: those that came with its head, or in parts. */
static int64_t deliver(struct file *f, struct linux_message *m, const struct received *r,
                       uint64_t n, uint64_t flags)
{
    const char *here = (const char *)(r + 1) + r->from.rights * sizeof(struct right);
    uint64_t *w = (uint64_t *)LIBOS_COPY;

    if (r->here >= n)
        return copy(m, 0, (void *)here, n, false);
    for (uint64_t at = 0; at < n; at += PAGE) {
        const uint64_t part = n - at < PAGE ? n - at : PAGE;
        w[0] = REQUEST(OP_STAGED, f->handle), w[1] = at, w[2] = part, w[3] = flags & MSG_PEEK;
        if (ask_memory(w, 32, PAGE) <= EXO_REGISTER_BYTES)
            return -EFAULT;
        if (copy(m, at, w, part, false))
            return -EFAULT;
    }
    return 0;
}

static int64_t receive_message(struct file *f, struct linux_message *m, uint64_t flags)
{
    uint64_t *w = (uint64_t *)LIBOS_BUFFER;
    struct received *r = (struct received *)w;
    const int64_t room = total(m);
    const uint64_t deadline = deadline_of(f, 0);
    int64_t error = room < 0 ? room : 0;

    while (!error) {
        w[0] = REQUEST(OP_RECEIVE, f->handle), w[2] = (uint64_t)room, w[3] = 0;
        w[1] = (m->control ? RECEIVE_RIGHTS : 0) | (flags & MSG_PEEK ? RECEIVE_PEEK : 0);
        const int64_t got = ask_memory(w, 32, PAGE);
        if (got > EXO_REGISTER_BYTES)
            break;
        if (got != -EAGAIN) {
            m->flags = 0, m->name_length = 0, m->control_length = got ? m->control_length : 0;
            return got;
        }
        error = wait(f, flags, deadline);
    }
    if (error)
        return error;
    const uint64_t size = r->size, n = size < (uint64_t)room ? size : (uint64_t)room;
    const struct address from = r->address;
    error = deliver(f, m, r, n, flags);
    m->flags = (size > n ? MSG_TRUNC : 0) | (flags & MSG_CMSG_CLOEXEC);
    if (m->name) {
        const uint32_t whole = from.length > 2 ? from.length : 0;
        if (user_put(m->name, from.bytes, m->name_length < whole ? m->name_length : whole))
            error = -EFAULT;
        m->name_length = f->type == PACKETS ? 0 : whole;
    }
    rights_write(f, m, r, flags);
    return error ? error : (int64_t)(flags & MSG_TRUNC ? size : n);
}

int64_t message_receive(struct file *f, struct linux_message *m, uint64_t flags)
{
    if (flags & MSG_OOB)
        return f->domain == SOCKET_UNIX ? -EOPNOTSUPP : -EINVAL;
    return f->type == STREAM ? receive_stream(f, m, flags) : receive_message(f, m, flags);
}
