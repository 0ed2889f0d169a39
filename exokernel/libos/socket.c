/* SPDX-License-Identifier: MIT
 * Stream sockets between processes of this boot: two pipes, one for each direction. The server
 * brings together who connects and who accepts; then it is not needed. A socket is a file with two
 * others that no descriptor refers to: `in` and `out`. */
#include "socket.h"

enum { AF_UNIX = 1, STREAM = 1, DATAGRAM = 2, PACKETS = 5, PATH_MAX_UNIX = 108 };
enum { MSG_PEEK = 2, MSG_DONTWAIT = 0x40, MSG_WAITALL = 0x100, MSG_NOSIGNAL = 0x4000 };

struct file *socket_of(uint64_t descriptor, int64_t *error)
{
    struct file *f = file_of(descriptor);

    *error = !f ? -EBADF : f->kind != FILE_SOCKET || f->fifo ? -ENOTSOCK : 0;
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

static int64_t new_socket(uint64_t flags, struct file **f)
{
    const int64_t file = file_new(FILE_SOCKET, 0, O_RDWR | (uint32_t)(flags & O_NONBLOCK));

    if (file > 0) {
        *f = &FILE_OF[file];
        (*f)->in = (*f)->out = 0;
    }
    return file;
}

/* Something that is read and written through two ends of pipes. Takes over the handles. */
int64_t socket_of_ends(uint32_t in, uint32_t out, uint64_t flags)
{
    struct file *f = NULL;
    const int64_t file = new_socket(flags, &f);
    const int64_t error = file < 0 ? file : join(f, in, out);

    if (error)
        return error;
    f->fifo = true;
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

static int64_t check_kind(uint64_t family, uint64_t type, uint64_t protocol)
{
    if (family != AF_UNIX)
        return -EAFNOSUPPORT;
    if (type & ~(uint64_t)(O_NONBLOCK | O_CLOEXEC | 15) || !(type & 15) || (type & 15) > PACKETS)
        return -EINVAL;
    if (protocol > 1)
        return -EPROTONOSUPPORT;
    return (type & 15) == STREAM ? 0 : -EPROTONOSUPPORT;
}

int64_t linux_socket(uint64_t family, uint64_t type, uint64_t protocol)
{
    struct file *f;
    int64_t error = check_kind(family, (uint32_t)type, (uint32_t)protocol);
    const int64_t file = error ? error : new_socket(type, &f);

    return file < 0 ? file : descriptor_new((uint16_t)file, 0, type & O_CLOEXEC);
}

int64_t linux_socketpair(uint64_t family, uint64_t type, uint64_t protocol, uint64_t to)
{
    int64_t error = check_kind(family, (uint32_t)type, (uint32_t)protocol), file[2], d[2];
    uint32_t handle[4];
    struct file *f[2];

    for (int i = 0; !error && i < 2; i++) {
        error = ask(OP_PIPE, 0, 0, 0, 0);
        handle[2 * i] = (uint32_t)P->reply[0], handle[2 * i + 1] = (uint32_t)P->reply[1];
    }
    for (int i = 0; !error && i < 2; i++) {
        file[i] = new_socket(type, &f[i]);
        error = file[i] < 0 ? file[i] : join(f[i], handle[2 * i], handle[3 - 2 * i]);
        if (error)
            break;
        d[i] = descriptor_new((uint16_t)file[i], 0, type & O_CLOEXEC);
        error = d[i] < 0 ? d[i] : 0;
    }
    if (error)
        return error;
    const int32_t pair[2] = { (int32_t)d[0], (int32_t)d[1] };
    if (!user_put(to, pair, sizeof pair))
        return 0;
    linux_close((uint64_t)d[0]);
    linux_close((uint64_t)d[1]);
    return -EFAULT;
}

/* The path of a struct sockaddr_un, in the LibOS's memory. */
static int64_t path_of(uint64_t address, uint64_t length, char path[PATH_MAX_UNIX + 1])
{
    struct {
        uint16_t family;
        char path[PATH_MAX_UNIX];
    } a = { 0 };

    if (length < 3 || length > sizeof a)
        return -EINVAL;
    if (user_get(&a, address, length))
        return -EFAULT;
    if (a.family != AF_UNIX)
        return -EAFNOSUPPORT;
    if (!a.path[0])
        return -EOPNOTSUPP; /* names outside of folders */
    for (int i = 0; i < PATH_MAX_UNIX; i++)
        path[i] = a.path[i];
    path[PATH_MAX_UNIX] = 0;
    return 0;
}

int64_t linux_bind(uint64_t descriptor, uint64_t address, uint64_t length)
{
    char path[PATH_MAX_UNIX + 1];
    int64_t error;
    struct file *f = socket_of(descriptor, &error);

    if (!error && (f->handle || f->in))
        error = -EINVAL;
    if (!error)
        error = path_of(address, (uint32_t)length, path);
    if (error)
        return error;
    const int64_t handle = ask_named(OP_BIND, AT_FDCWD, (uint64_t)path, 0, 0, 0);
    if (handle < 0)
        return handle == -EEXIST ? -EADDRINUSE : handle;
    f->handle = (uint32_t)handle;
    return 0;
}

int64_t linux_listen(uint64_t descriptor)
{
    int64_t error;
    const struct file *f = socket_of(descriptor, &error);

    if (error)
        return error;
    return f->in ? -EINVAL : f->handle ? ask(OP_LISTEN, f->handle, 0, 0, 0) : -EDESTADDRREQ;
}

int64_t linux_connect(uint64_t descriptor, uint64_t address, uint64_t length)
{
    char path[PATH_MAX_UNIX + 1];
    int64_t error;
    struct file *f = socket_of(descriptor, &error);

    if (!error && f->in)
        error = -EISCONN;
    if (!error)
        error = path_of(address, (uint32_t)length, path);
    if (!error)
        error = ask_named(OP_CONNECT, AT_FDCWD, (uint64_t)path, 0, 0, 0);
    return error ? error : join(f, (uint32_t)P->reply[0], (uint32_t)P->reply[1]);
}

int64_t linux_accept4(uint64_t descriptor, uint64_t address, uint64_t length, uint64_t flags)
{
    const uint16_t family = AF_UNIX;
    const uint32_t size = sizeof family;
    int64_t error;
    struct file *f = socket_of(descriptor, &error), *new = NULL;

    if (!error && flags & ~(uint64_t)(O_NONBLOCK | O_CLOEXEC))
        error = -EINVAL;
    if (error)
        return error;
    if (!f->handle)
        return -EINVAL;
    while ((error = ask(OP_ACCEPT, f->handle, 0, 0, 0)) == -EAGAIN) {
        if (f->flags & O_NONBLOCK)
            return -EAGAIN;
        if (signal_due())
            return -AGAIN;
        await_notice(EXO_FOREVER);
    }
    if (error)
        return error;
    const uint32_t in = (uint32_t)P->reply[0], out = (uint32_t)P->reply[1];
    const int64_t file = new_socket(flags, &new);
    if (file < 0 || (error = join(new, in, out)))
        return file < 0 ? file : error;
    if (address
        && (user_put(address, &family, sizeof family) || user_put(length, &size, sizeof size)))
        return -EFAULT;
    return descriptor_new((uint16_t)file, 0, flags & O_CLOEXEC);
}

int64_t linux_accept(uint64_t descriptor, uint64_t address, uint64_t length)
{
    return linux_accept4(descriptor, address, length, 0);
}

/* Reading and writing, with the socket's own O_NONBLOCK. */
int64_t socket_read(struct file *f, uint64_t buffer, uint64_t n)
{
    if (!f->in)
        return -EINVAL;
    FILE_OF[f->in].flags = f->flags & O_NONBLOCK;
    return pipe_read(&FILE_OF[f->in], buffer, n);
}

int64_t socket_write(struct file *f, uint64_t buffer, uint64_t n)
{
    if (!f->out)
        return f->in ? -EPIPE : -ENOTCONN;
    FILE_OF[f->out].flags = O_WRONLY | (f->flags & O_NONBLOCK);
    return pipe_write(&FILE_OF[f->out], buffer, n);
}

uint32_t socket_ready(struct file *f, bool watch)
{
    enum { IN = 1, OUT = 4, ERR = 8, HUP = 16 };

    if (!f->in)
        return f->handle && ask(OP_ACCEPT, f->handle, 1, 0, 0) == 0 ? IN
               : f->handle                                          ? 0
                                                                    : OUT | HUP;
    const uint32_t in = pipe_ready(&FILE_OF[f->in], watch);
    const uint32_t out = f->out ? pipe_ready(&FILE_OF[f->out], watch) : 0;
    return (in & IN) | (out & OUT) | (in & HUP ? IN | (out & ERR ? HUP : 0) : 0);
}

int64_t linux_shutdown(uint64_t descriptor, uint64_t how)
{
    int64_t error;
    struct file *f = socket_of(descriptor, &error);

    if (error)
        return error;
    if ((uint32_t)how > 2)
        return -EINVAL;
    if (!f->in)
        return -ENOTCONN;
    if (how != 0 && f->out) {
        file_release(f->out);
        f->out = 0;
    }
    return 0;
}

/* One transfer with flags. */
static int64_t move(struct file *f, uint64_t buffer, uint64_t n, uint64_t flags, bool send)
{
    const uint32_t before = f->flags;

    if (flags & ~(uint64_t)(MSG_DONTWAIT | MSG_NOSIGNAL | MSG_WAITALL))
        return -EOPNOTSUPP;
    if (flags & MSG_DONTWAIT)
        f->flags |= O_NONBLOCK;
    P->quiet = flags & MSG_NOSIGNAL;
    int64_t done = send ? socket_write(f, buffer, n) : socket_read(f, buffer, n);
    while (!send && flags & MSG_WAITALL && done > 0 && (uint64_t)done < n) {
        const int64_t more = socket_read(f, buffer + (uint64_t)done, n - (uint64_t)done);
        if (more <= 0)
            break;
        done += more;
    }
    P->quiet = false;
    f->flags = before;
    return done;
}

int64_t linux_sendto(uint64_t descriptor, uint64_t buffer, uint64_t n, uint64_t flags,
                     uint64_t address)
{
    int64_t error;
    struct file *f = socket_of(descriptor, &error);

    return error ? error : address ? -EISCONN : move(f, buffer, n, flags, true);
}

int64_t linux_recvfrom(uint64_t descriptor, uint64_t buffer, uint64_t n, uint64_t flags,
                       uint64_t address, uint64_t length)
{
    const uint32_t none = 0;
    int64_t error;
    struct file *f = socket_of(descriptor, &error);

    if (error)
        return error;
    if (address && length && user_put(length, &none, sizeof none))
        return -EFAULT;
    return move(f, buffer, n, flags, false);
}

struct linux_message {
    uint64_t name, name_length, vectors, count, control, control_length, flags;
};

static int64_t each(uint64_t descriptor, uint64_t at, uint64_t flags, bool send)
{
    struct linux_message m;
    int64_t error, done = 0;
    struct file *f = socket_of(descriptor, &error);

    if (error)
        return error;
    if (user_get(&m, at, sizeof m))
        return -EFAULT;
    if (send && m.control && m.control_length)
        return -EOPNOTSUPP; /* descriptors in messages */
    for (uint64_t i = 0; i < m.count; i++) {
        struct linux_vector v;
        if (user_get(&v, m.vectors + i * sizeof v, sizeof v))
            return done ? done : -EFAULT;
        const int64_t got = v.length ? move(f, v.base, v.length, flags, send) : 0;
        if (got < 0)
            return done ? done : got;
        done += got;
        if ((uint64_t)got < v.length)
            break;
    }
    if (!send) {
        m.name_length = m.control_length = m.flags = 0;
        if (user_put(at, &m, sizeof m))
            return -EFAULT;
    }
    return done;
}

int64_t linux_sendmsg(uint64_t descriptor, uint64_t message, uint64_t flags)
{
    return each(descriptor, message, flags, true);
}

int64_t linux_recvmsg(uint64_t descriptor, uint64_t message, uint64_t flags)
{
    return each(descriptor, message, flags, false);
}

static int64_t give_name(uint64_t descriptor, uint64_t to, uint64_t length, bool peer)
{
    const uint16_t family = AF_UNIX;
    const uint32_t size = sizeof family;
    int64_t error;
    const struct file *f = socket_of(descriptor, &error);

    if (error)
        return error;
    if (peer && !f->in)
        return -ENOTCONN;
    return user_put(to, &family, sizeof family) || user_put(length, &size, 4) ? -EFAULT : 0;
}

int64_t linux_getsockname(uint64_t descriptor, uint64_t to, uint64_t length)
{
    return give_name(descriptor, to, length, false);
}

int64_t linux_getpeername(uint64_t descriptor, uint64_t to, uint64_t length)
{
    return give_name(descriptor, to, length, true);
}
