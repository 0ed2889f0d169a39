/* SPDX-License-Identifier: MIT
 * Calls on descriptors beyond read and write: vectors, copies, duplicates, positions, flags. */
#include "libos.h"

enum { VECTORS_MAX = 1024 };
typedef int64_t transfer(struct file *f, uint64_t buffer, uint64_t n, uint64_t offset);

/* Transfer each part, until one is not whole. */
static int64_t each(uint64_t descriptor, uint64_t vectors, uint64_t count, uint64_t offset,
                    transfer *f)
{
    struct file *file = file_of(descriptor);
    uint64_t done = 0;

    if (!file)
        return -EBADF;
    if (count > VECTORS_MAX)
        return -EINVAL;
    for (uint64_t i = 0; i < count; i++) {
        struct linux_vector v;
        if (user_get(&v, vectors + i * sizeof v, sizeof v))
            return done ? (int64_t)done : -EFAULT;
        if ((int64_t)v.length < 0)
            return -EINVAL;
        if (!v.length)
            continue;
        int64_t got = f(file, v.base, v.length, offset == -1ul ? offset : offset + done);
        if (got < 0)
            return done ? (int64_t)done : got;
        done += (uint64_t)got;
        if ((uint64_t)got < v.length)
            break;
    }
    return (int64_t)done;
}

int64_t linux_readv(uint64_t descriptor, uint64_t vectors, uint64_t count)
{
    return each(descriptor, vectors, count, -1ul, file_read);
}

int64_t linux_writev(uint64_t descriptor, uint64_t vectors, uint64_t count)
{
    return each(descriptor, vectors, count, -1ul, file_write);
}

int64_t linux_preadv(uint64_t descriptor, uint64_t vectors, uint64_t count, uint64_t offset)
{
    return (int64_t)offset < 0 ? -EINVAL : each(descriptor, vectors, count, offset, file_read);
}

int64_t linux_pwritev(uint64_t descriptor, uint64_t vectors, uint64_t count, uint64_t offset)
{
    return (int64_t)offset < 0 ? -EINVAL : each(descriptor, vectors, count, offset, file_write);
}

int64_t linux_lseek(uint64_t descriptor, uint64_t offset, uint64_t whence)
{
    struct file *f = file_of(descriptor);

    if (!f || f->kind == FILE_PATH)
        return -EBADF;
    switch (f->kind) {
    case FILE_PLAIN:
    case FILE_FOLDER:
        return ask(OP_SEEK, f->handle, offset, whence, 0);
    case FILE_READ_END:
    case FILE_WRITE_END:
    case FILE_CONSOLE:
    case FILE_SOCKET:
        return -ESPIPE;
    case FILE_EVENT:
    case FILE_EPOLL:
    case FILE_TIMER:
    case FILE_SIGNALS:
        return 0;
    default:
        return whence > 4 ? -EINVAL : 0;
    }
}

static int64_t duplicate(uint64_t from, uint64_t to, bool close)
{
    if (!file_of(from))
        return -EBADF;
    to &= 0xffffffff;
    if (to >= P->limit_files || to >= DESCRIPTORS)
        return -EBADF;
    const uint16_t file = P->descriptor[(uint32_t)from].file;
    FILE_OF[file].references++;
    linux_close(to);
    P->descriptor[to].file = file, P->descriptor[to].close = close;
    if (to >= P->highest)
        P->highest = (uint32_t)to + 1;
    return (int64_t)to;
}

int64_t linux_dup(uint64_t from)
{
    return file_of(from) ? descriptor_new(P->descriptor[(uint32_t)from].file, 0, false) : -EBADF;
}

int64_t linux_dup2(uint64_t from, uint64_t to)
{
    if ((uint32_t)from == (uint32_t)to)
        return file_of(from) ? (int64_t)(uint32_t)to : -EBADF;
    return duplicate(from, to, false);
}

int64_t linux_dup3(uint64_t from, uint64_t to, uint64_t flags)
{
    if (flags & ~(uint64_t)O_CLOEXEC || (uint32_t)from == (uint32_t)to)
        return -EINVAL;
    return duplicate(from, to, flags & O_CLOEXEC);
}

int64_t linux_fsync(uint64_t descriptor)
{
    const struct file *f = file_of(descriptor);

    return !f ? -EBADF : f->kind == FILE_PLAIN || f->kind == FILE_FOLDER ? 0 : -EINVAL;
}
int64_t linux_sync(void) { return 0; }

/* sendfile and copies: through a piece of the LibOS's memory. */
static int64_t copy_between(struct file *to, struct file *from, uint64_t in, uint64_t n)
{
    uint64_t done = 0;

    while (done < n) {
        const uint64_t part = n - done < PAGE ? n - done : PAGE;
        int64_t got = file_read(from, LIBOS_COPY, part, in == -1ul ? in : in + done);
        if (got <= 0)
            return done || !got ? (int64_t)done : got;
        int64_t put = file_write(to, LIBOS_COPY, (uint64_t)got, -1ul);
        if (put < 0)
            return done ? (int64_t)done : put;
        done += (uint64_t)put;
        if (put < got)
            break;
    }
    return (int64_t)done;
}

int64_t linux_sendfile(uint64_t to, uint64_t from, uint64_t offset, uint64_t n)
{
    struct file *t = file_of(to), *f = file_of(from);
    uint64_t in = -1ul;

    if (!t || !f)
        return -EBADF;
    if (f->kind != FILE_PLAIN)
        return -EINVAL;
    if (t->flags & O_APPEND)
        return -EINVAL;
    if (offset && user_get(&in, offset, sizeof in))
        return -EFAULT;
    if (offset && (int64_t)in < 0)
        return -EINVAL;
    *(volatile char *)LIBOS_COPY = 0; /* resident from now on */
    const int64_t done = copy_between(t, f, in, n < 0x7ffff000 ? n : 0x7ffff000);
    if (offset && done > 0) {
        in += (uint64_t)done;
        if (user_put(offset, &in, sizeof in))
            return -EFAULT;
    }
    return done;
}
