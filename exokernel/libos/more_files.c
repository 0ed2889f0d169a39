/* SPDX-License-Identifier: MIT
 * Calls on files that few programs make: fallocate, splice and its relatives, statx, extended
 * attributes, memfd. Bytes pass through a page of the LibOS. */
#include "libos.h"

int64_t linux_fallocate(uint64_t descriptor, uint64_t mode, uint64_t offset, uint64_t length)
{
    enum { KEEP_SIZE = 1, PUNCH_HOLE = 2, ZERO_RANGE = 16 };
    struct file *f = file_of(descriptor);

    if (!f || f->kind == FILE_PATH)
        return -EBADF;
    if (mode & ~(uint64_t)(KEEP_SIZE | PUNCH_HOLE | ZERO_RANGE)
        || (mode & PUNCH_HOLE && !(mode & KEEP_SIZE)))
        return -EOPNOTSUPP;
    if ((int64_t)offset < 0 || (int64_t)length <= 0)
        return -EINVAL;
    if ((f->flags & O_ACCMODE) == 0)
        return -EBADF;
    if (f->kind == FILE_READ_END || f->kind == FILE_WRITE_END)
        return -ESPIPE;
    if (f->kind != FILE_PLAIN)
        return f->kind == FILE_FOLDER ? -EISDIR : -ENODEV;
    const int64_t got = ask_named(OP_STAT, (int32_t)descriptor, NO_PATH, AT_EMPTY_PATH, 0, 0);
    if (got < 0)
        return got;
    const uint64_t size = (uint64_t)((const struct linux_stat *)LIBOS_BUFFER)->size;
    if (offset + length > size && !(mode & KEEP_SIZE)) {
        const int64_t error = ask_named(OP_CHANGE, (int32_t)descriptor, NO_PATH, CHANGE_SIZE,
                                        offset + length, 0);
        if (error)
            return error;
    }
    if (!(mode & (PUNCH_HOLE | ZERO_RANGE)) || offset >= size)
        return 0;
    libos_zero((void *)LIBOS_COPY, PAGE);
    const uint64_t end = offset + length < size ? offset + length : size;
    const uint32_t flags = f->flags;
    f->flags &= ~(uint32_t)O_APPEND;
    int64_t put = 0;
    for (uint64_t at = offset; at < end && put >= 0; at += PAGE)
        put = file_write(f, LIBOS_COPY, end - at < PAGE ? end - at : PAGE, at);
    f->flags = flags;
    return put < 0 ? put : 0;
}

/* From one file to another. What was read and cannot be written is lost for pipes; so pipes are
 * asked for no more than fits. */
static int64_t move(struct file *to, uint64_t out, struct file *from, uint64_t in, uint64_t n)
{
    uint64_t done = 0;

    *(volatile char *)LIBOS_COPY = 0; /* resident from now on */
    while (done < n) {
        const uint64_t part = n - done < PAGE ? n - done : PAGE;
        const int64_t got = file_read(from, LIBOS_COPY, part, in == -1ul ? in : in + done);
        if (got <= 0)
            return done ? (int64_t)done : got;
        const int64_t put = file_write(to, LIBOS_COPY, (uint64_t)got,
                                       out == -1ul ? out : out + done);
        if (put < 0)
            return done ? (int64_t)done : put;
        done += (uint64_t)put;
        if (put < got || from->kind == FILE_READ_END)
            break;
    }
    return (int64_t)done;
}

static int64_t take_offset(uint64_t at, uint64_t *offset)
{
    *offset = -1ul;
    if (at && user_get(offset, at, 8))
        return -EFAULT;
    return at && (int64_t)*offset < 0 ? -EINVAL : 0;
}

static int64_t moved(struct file *to, uint64_t out_at, struct file *from, uint64_t in_at,
                     uint64_t n)
{
    uint64_t in, out;
    int64_t error = take_offset(in_at, &in);

    if (!error)
        error = take_offset(out_at, &out);
    const int64_t done = error ? error : move(to, out, from, in, n);
    if (done > 0) {
        in += (uint64_t)done, out += (uint64_t)done;
        if ((in_at && user_put(in_at, &in, 8)) || (out_at && user_put(out_at, &out, 8)))
            return -EFAULT;
    }
    return done;
}

static bool is_pipe(const struct file *f)
{
    return f->kind == FILE_READ_END || f->kind == FILE_WRITE_END;
}

int64_t linux_splice(uint64_t from, uint64_t in_at, uint64_t to, uint64_t out_at, uint64_t n,
                     uint64_t flags)
{
    struct file *f = file_of(from), *t = file_of(to);

    if (flags & ~15ul)
        return -EINVAL;
    if (!n)
        return 0;
    if (!f || !t)
        return -EBADF;
    if ((is_pipe(f) && in_at) || (is_pipe(t) && out_at))
        return -ESPIPE;
    if ((f->flags & O_ACCMODE) == O_WRONLY || (t->flags & O_ACCMODE) == 0)
        return -EBADF;
    if ((!is_pipe(f) && !is_pipe(t)) || t->flags & O_APPEND)
        return -EINVAL;
    return moved(t, out_at, f, in_at, n);
}

int64_t linux_copy_file_range(uint64_t from, uint64_t in_at, uint64_t to, uint64_t out_at,
                              uint64_t n, uint64_t flags)
{
    struct file *f = file_of(from), *t = file_of(to);

    if (!f || !t)
        return -EBADF;
    if (f->kind == FILE_FOLDER || t->kind == FILE_FOLDER)
        return -EISDIR;
    if (flags || f->kind != FILE_PLAIN || t->kind != FILE_PLAIN)
        return -EINVAL;
    if ((f->flags & O_ACCMODE) == O_WRONLY || (t->flags & O_ACCMODE) == 0 || t->flags & O_APPEND)
        return -EBADF;
    return moved(t, out_at, f, in_at, n);
}

int64_t linux_vmsplice(uint64_t descriptor, uint64_t vectors, uint64_t count)
{
    const struct file *f = file_of(descriptor);

    if (!f || !is_pipe(f))
        return -EBADF;
    return f->kind == FILE_WRITE_END ? linux_writev(descriptor, vectors, count)
                                     : linux_readv(descriptor, vectors, count);
}

struct linux_statx {
    uint32_t mask, block_size;
    uint64_t attributes;
    uint32_t links, uid, gid;
    uint16_t mode, pad;
    uint64_t ino, size, blocks, attributes_mask;
    struct {
        int64_t seconds;
        uint32_t nanoseconds, pad;
    } atime, btime, ctime, mtime;
    uint32_t rdev_major, rdev_minor, dev_major, dev_minor;
    uint64_t rest[14];
};
_Static_assert(sizeof(struct linux_statx) == 256, "as Linux has it");

int64_t linux_statx(uint64_t folder, uint64_t path, uint64_t flags, uint64_t mask, uint64_t to)
{
    enum { SYNC = 0x6000, BASIC = 0x7ff, RESERVED = 0x80000000 };
    const struct linux_stat *s = (const struct linux_stat *)(LIBOS_COPY + PAGE / 2);

    if (mask & RESERVED || (flags & SYNC) == SYNC)
        return -EINVAL;
    *(volatile char *)LIBOS_COPY = 0; /* resident from now on */
    const int64_t error = linux_newfstatat(folder, path, (uint64_t)s, flags & ~(uint64_t)SYNC);
    if (error)
        return error;
    const struct linux_statx x = { .mask = BASIC,
                                   .block_size = (uint32_t)s->blksize,
                                   .links = (uint32_t)s->nlink,
                                   .uid = s->uid,
                                   .gid = s->gid,
                                   .mode = (uint16_t)s->mode,
                                   .ino = s->ino,
                                   .size = (uint64_t)s->size,
                                   .blocks = (uint64_t)s->blocks,
                                   .atime = { (int64_t)s->atime, (uint32_t)s->atime_ns, 0 },
                                   .ctime = { (int64_t)s->ctime, (uint32_t)s->ctime_ns, 0 },
                                   .mtime = { (int64_t)s->mtime, (uint32_t)s->mtime_ns, 0 },
                                   .rdev_major = (uint32_t)s->rdev >> 8,
                                   .rdev_minor = (uint32_t)s->rdev & 0xff,
                                   .dev_minor = (uint32_t)s->dev };
    return user_put(to, &x, sizeof x) ? -EFAULT : 0;
}

/* Files of memory are files without a name. */
int64_t linux_memfd_create(uint64_t name, uint64_t flags)
{
    enum { CLOEXEC = 1, ALLOW_SEALING, NOEXEC_SEAL = 8, EXEC = 16, NAME_LONGEST = 250 };
    char text[NAME_LONGEST];

    if (flags & ~(uint64_t)(CLOEXEC | ALLOW_SEALING | NOEXEC_SEAL | EXEC))
        return -EINVAL;
    const int64_t n = libos_string(text, name, sizeof text);
    if (n < 0 || n == sizeof text)
        return n < 0 ? n : -EINVAL;
    const int64_t handle = ask(OP_MEMORY, 0, 0, 0, 0);
    const int64_t file = handle < 0 ? handle : file_new(FILE_PLAIN, (uint32_t)handle, O_RDWR);
    return file < 0 ? file : descriptor_new((uint16_t)file, 0, flags & CLOEXEC);
}

int64_t linux_preadv2(uint64_t descriptor, uint64_t vectors, uint64_t count, uint64_t offset,
                      uint64_t unused, uint64_t flags)
{
    (void)unused;
    if (flags & ~0x1ful)
        return -EOPNOTSUPP;
    return offset == -1ul ? linux_readv(descriptor, vectors, count)
                          : linux_preadv(descriptor, vectors, count, offset);
}

int64_t linux_pwritev2(uint64_t descriptor, uint64_t vectors, uint64_t count, uint64_t offset,
                       uint64_t unused, uint64_t flags)
{
    (void)unused;
    if (flags & ~0x1ful)
        return -EOPNOTSUPP;
    return offset == -1ul ? linux_writev(descriptor, vectors, count)
                          : linux_pwritev(descriptor, vectors, count, offset);
}

static int64_t only_exists(uint64_t descriptor) { return file_of(descriptor) ? 0 : -EBADF; }
int64_t linux_readahead(uint64_t descriptor) { return only_exists(descriptor); }
int64_t linux_syncfs(uint64_t descriptor) { return only_exists(descriptor); }
int64_t linux_sync_file_range(uint64_t descriptor)
{
    const struct file *f = file_of(descriptor);

    return !f ? -EBADF : is_pipe(f) ? -ESPIPE : 0;
}

int64_t linux_fadvise64(uint64_t descriptor, uint64_t offset, uint64_t length, uint64_t advice)
{
    const struct file *f = file_of(descriptor);

    (void)offset;
    if (!f || f->kind == FILE_PATH)
        return -EBADF;
    return is_pipe(f) ? -ESPIPE : (int64_t)length < 0 || advice > 5 ? -EINVAL : 0;
}
