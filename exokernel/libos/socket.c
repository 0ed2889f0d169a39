/* SPDX-License-Identifier: MIT
 * Sockets between processes of this boot. The server has what they are called and who is connected
 * with whom. A stream is two pipes, one for each direction, which need no server: the file of a
 * socket has two others that no descriptor refers to, `in` and `out`. */
#include "socket.h"

struct file *socket_of(uint64_t descriptor, int64_t *error)
{
    struct file *f = file_of(descriptor);

    *error = !f || f->kind == FILE_PATH          ? -EBADF
             : f->kind != FILE_SOCKET || f->fifo ? -ENOTSOCK
                                                 : 0;
    return *error ? NULL : f;
}

/* Make files of the two pipe ends. Takes over the handles. */
static int64_t join(struct file *f, uint32_t in, uint32_t out)
{
    const int64_t a = file_new(FILE_READ_END, in, 0);
    if (a > 0)
        FILE_OF[a].references = 1;
    const int64_t b = file_new(FILE_WRITE_END, out, O_WRONLY);
    if (b > 0)
        FILE_OF[b].references = 1;
    if (a < 0 || b < 0) {
        if (a > 0)
            file_release((uint16_t)a);
        if (b > 0)
            file_release((uint16_t)b);
        return -EMFILE;
    }
    f->in = (uint16_t)a, f->out = (uint16_t)b;
    return 0;
}

/* Have the pipes of a stream. False: it is not connected. */
bool socket_ends(struct file *f)
{
    if (f->in)
        return true;
    return f->type == STREAM && !ask(OP_ENDS, f->handle, 0, 0, 0)
           && !join(f, (uint32_t)P->reply[0], (uint32_t)P->reply[1]);
}

/* Something that is read and written through two ends of pipes. Takes over the handles. */
int64_t socket_of_ends(uint32_t in, uint32_t out, uint64_t flags)
{
    const int64_t file = file_new(FILE_SOCKET, 0, O_RDWR | (uint32_t)(flags & O_NONBLOCK));
    const int64_t error = file < 0 ? file : join(&FILE_OF[file], in, out);

    if (error)
        return error;
    FILE_OF[file].fifo = true;
    return descriptor_new((uint16_t)file, 0, flags & O_CLOEXEC);
}

void socket_release(struct file *f)
{
    if (f->in)
        file_release(f->in);
    if (f->out)
        file_release(f->out);
    f->in = f->out = 0;
}

/* A file of a socket that the server has made. Takes over the handle. */
static int64_t new_descriptor(uint32_t handle, uint8_t domain, uint64_t type)
{
    const int64_t file = file_new(FILE_SOCKET, handle, O_RDWR | (uint32_t)(type & O_NONBLOCK));

    if (file < 0)
        return file;
    FILE_OF[file].domain = domain, FILE_OF[file].type = type & 15;
    return descriptor_new((uint16_t)file, 0, type & O_CLOEXEC);
}

static int64_t check_kind(uint64_t family, uint64_t type, uint64_t protocol)
{
    enum { TYPES = 11, TCP = 6, UDP = 17, IPV6 = 10, UNKNOWN = 46 };
    const uint64_t kind = type & 15;

    if (type & ~(uint64_t)(O_NONBLOCK | O_CLOEXEC | 15) || (int32_t)family < 0 || kind >= TYPES)
        return family >= UNKNOWN ? -EAFNOSUPPORT : -EINVAL;
    if (family == SOCKET_INTERNET) {
        if (kind != STREAM && kind != DATAGRAM)
            return -ESOCKTNOSUPPORT;
        return !protocol || protocol == (kind == STREAM ? TCP : UDP) ? 0 : -EPROTONOSUPPORT;
    }
    if (family != SOCKET_UNIX)
        return -EAFNOSUPPORT;
    if (protocol > 1)
        return -EPROTONOSUPPORT;
    return kind == STREAM || kind == DATAGRAM || kind == RAW || kind == PACKETS ? 0
                                                                                : -ESOCKTNOSUPPORT;
}

/* The word about a new socket's kind, for the server. */
static uint64_t kind_word(uint64_t family, uint64_t *type, uint64_t protocol)
{
    enum { TCP = 6, UDP = 17 };
    const uint64_t internet = (*type & 15) == STREAM ? TCP : UDP;

    if ((*type & 15) == RAW) /* of AF_UNIX: another name */
        *type = (*type & ~15ul) | DATAGRAM;
    return family | (*type & 15) << 8 | (family == SOCKET_INTERNET ? internet : protocol) << 16;
}

static uint64_t owner_word(void) { return P->user[1] | (uint64_t)P->group[1] << 32; }

int64_t linux_socket(uint64_t family, uint64_t type, uint64_t protocol)
{
    int64_t error = check_kind((uint32_t)family, (uint32_t)type, (uint32_t)protocol);

    if (error)
        return error;
    const uint64_t kind = kind_word(family, &type, protocol);
    const int64_t handle = ask(OP_SOCKET, 0, kind, owner_word(), 0);
    return handle < 0 ? handle : new_descriptor((uint32_t)handle, (uint8_t)family, type);
}

int64_t linux_socketpair(uint64_t family, uint64_t type, uint64_t protocol, uint64_t to)
{
    int64_t error = check_kind((uint32_t)family, (uint32_t)type, (uint32_t)protocol);
    int32_t pair[2];

    if (!error && family != SOCKET_UNIX)
        error = -EOPNOTSUPP;
    if (error)
        return error;
    const uint64_t kind = kind_word(family, &type, 0);
    error = ask(OP_SOCKET_PAIR, 0, kind, owner_word(), 0);
    if (error)
        return error;
    const uint32_t handle[2] = { (uint32_t)P->reply[0], (uint32_t)P->reply[1] };
    for (int i = 0; i < 2; i++)
        pair[i] = (int32_t)new_descriptor(handle[i], SOCKET_UNIX, type);
    error = pair[0] < 0 ? pair[0] : pair[1];
    if (error >= 0 && !user_put(to, pair, sizeof pair))
        return 0;
    for (int i = 0; i < 2; i++)
        if (pair[i] >= 0)
            linux_close((uint64_t)pair[i]);
    return error < 0 ? error : -EFAULT;
}

int64_t linux_bind(uint64_t descriptor, uint64_t address, uint64_t length)
{
    int64_t error;
    struct file *f = socket_of(descriptor, &error);

    return error ? error : address_ask(f, OP_BIND, OP_BIND_TO, address, (uint32_t)length, true);
}

int64_t linux_listen(uint64_t descriptor, uint64_t most)
{
    int64_t error;
    const struct file *f = socket_of(descriptor, &error);
    const int32_t wanted = (int32_t)most;

    return error ? error : ask(OP_LISTEN, f->handle, wanted < 0 ? 4096 : (uint64_t)wanted, 0, 0);
}

int64_t linux_connect(uint64_t descriptor, uint64_t address, uint64_t length)
{
    int64_t error;
    struct file *f = socket_of(descriptor, &error);
    const bool wait = f && !(f->flags & O_NONBLOCK);

    while (!error) {
        const int64_t result = address_ask(f, OP_CONNECT, OP_CONNECT_TO, address, (uint32_t)length,
                                           wait);
        if (result != -EAGAIN || !wait)
            return result;
        if (signal_due())
            return -AGAIN;
        await_notice(EXO_FOREVER);
    }
    return error;
}

int64_t linux_accept4(uint64_t descriptor, uint64_t address, uint64_t length, uint64_t flags)
{
    int64_t error, handle = 0;
    struct file *f = socket_of(descriptor, &error);

    if (flags & ~(uint64_t)(O_NONBLOCK | O_CLOEXEC))
        return -EINVAL;
    if (error)
        return error;
    const uint64_t deadline = f->timeout[0] ? ticks() + f->timeout[0] : EXO_FOREVER;
    while ((handle = ask(OP_ACCEPT, f->handle, 0, 0, 0)) == -EAGAIN) {
        if (f->flags & O_NONBLOCK)
            return -EAGAIN;
        if (signal_due())
            return -AGAIN;
        if (!await_notice(deadline))
            return -EAGAIN;
    }
    if (handle < 0)
        return handle;
    const int64_t new = new_descriptor((uint32_t)handle, f->domain, f->type | flags);
    if (new < 0 || !address)
        return new;
    error = linux_getpeername((uint64_t) new, address, length);
    if (error == -ENOTCONN) /* the other has gone meanwhile */
        error = 0;
    if (error)
        linux_close((uint64_t) new);
    return error ? error : new;
}

int64_t linux_accept(uint64_t descriptor, uint64_t address, uint64_t length)
{
    return linux_accept4(descriptor, address, length, 0);
}

/* Reading and writing, with the socket's own O_NONBLOCK and time. */
int64_t socket_read(struct file *f, uint64_t buffer, uint64_t n)
{
    if (f->fifo) {
        FILE_OF[f->in].flags = f->flags & O_NONBLOCK;
        return pipe_read(&FILE_OF[f->in], buffer, n);
    }
    const struct linux_vector one = { buffer, n };
    struct linux_message m = { .vectors = (uint64_t)&one, .count = 1, .pad = true };
    return message_receive(f, &m, 0);
}

int64_t socket_write(struct file *f, uint64_t buffer, uint64_t n)
{
    if (f->fifo) {
        FILE_OF[f->out].flags = O_WRONLY | (f->flags & O_NONBLOCK);
        return pipe_write(&FILE_OF[f->out], buffer, n);
    }
    const struct linux_vector one = { buffer, n };
    const struct linux_message m = { .vectors = (uint64_t)&one, .count = 1, .pad = true };
    return message_send(f, &m, 0);
}

/* What poll tells of a stream between two: of both its pipes. */
static uint32_t stream_ready(struct file *f, bool watch)
{
    enum { IN = 1, OUT = 4, ERR = 8, HUP = 16, RDHUP = 0x2000 };
    const uint32_t in = pipe_ready(&FILE_OF[f->in], watch);
    const uint32_t out = pipe_ready(&FILE_OF[f->out], watch);
    const uint32_t flags = pipe_flags(&FILE_OF[f->out]);
    uint32_t is = (in & IN) | (out & OUT);

    if (in & HUP)
        is |= IN | RDHUP;
    if (f->fifo)
        return is | (in & HUP && out & ERR ? HUP : 0);
    if (in & HUP && (f->domain == SOCKET_UNIX ? out & ERR : flags & PIPE_NO_WRITER))
        is |= HUP;
    if (flags & PIPE_NO_WRITER || out & ERR)
        is |= OUT;
    return is | (pipe_flags(&FILE_OF[f->in]) & PIPE_RESET ? ERR : 0);
}

/* How many bytes can be read at once, or an error. */
int64_t socket_bytes(struct file *f)
{
    if (f->fifo || socket_ends(f))
        return pipe_bytes(&FILE_OF[f->in]);
    const int64_t is = ask(OP_SOCKET_STATE, f->handle, 0, 0, 0);
    return is < 0 ? is : f->type == STREAM ? -EINVAL : (int64_t)P->reply[0];
}

uint32_t socket_ready(struct file *f, bool watch)
{
    if (f->fifo || socket_ends(f))
        return stream_ready(f, watch);
    const int64_t is = ask(OP_SOCKET_STATE, f->handle, watch, 0, 0);
    return is < 0 ? 0 : (uint32_t)is;
}

int64_t linux_shutdown(uint64_t descriptor, uint64_t how)
{
    int64_t error;
    const struct file *f = socket_of(descriptor, &error);

    if (error)
        return error;
    return (uint32_t)how > 2 ? -EINVAL : ask(OP_SHUTDOWN, f->handle, (uint32_t)how, 0, 0);
}

static int64_t give_name(uint64_t descriptor, uint64_t to, uint64_t length, bool peer)
{
    int64_t error;
    const struct file *f = socket_of(descriptor, &error);
    uint64_t *w = (uint64_t *)LIBOS_BUFFER;

    if (error)
        return error;
    w[0] = REQUEST(OP_ADDRESS, f->handle), w[1] = peer, w[2] = w[3] = 0;
    const int64_t got = ask_memory(w, 32, PAGE);
    if (got <= EXO_REGISTER_BYTES)
        return got;
    const struct address a = *(const struct address *)w;
    return address_give(&a, to, length);
}

int64_t linux_getsockname(uint64_t descriptor, uint64_t to, uint64_t length)
{
    return give_name(descriptor, to, length, false);
}

int64_t linux_getpeername(uint64_t descriptor, uint64_t to, uint64_t length)
{
    return give_name(descriptor, to, length, true);
}
