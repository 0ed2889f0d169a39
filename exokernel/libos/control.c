/* SPDX-License-Identifier: MIT
 * fcntl, flock and ioctl. The server has the locks. */
#include "libos.h"

struct linux_lock {
    int16_t type, whence, pad[2];
    int64_t start, length;
    int32_t pid, pad2;
};

/* The first and last byte that a struct flock means; or an error. */
static int64_t range_of(uint64_t descriptor, const struct file *f, const struct linux_lock *l,
                        uint64_t range[2])
{
    enum { SET, CURRENT, END };
    int64_t from = l->start;

    if ((uint16_t)l->type > LOCK_NONE || (uint16_t)l->whence > END)
        return -EINVAL;
    if (l->whence == CURRENT) {
        const int64_t at = ask(OP_SEEK, f->handle, 0, CURRENT, 0);
        from += at < 0 ? 0 : at;
    } else if (l->whence == END) {
        if (ask_named(OP_STAT, (int32_t)descriptor, NO_PATH, AT_EMPTY_PATH, 0, 0) < 0)
            return -EBADF;
        from += ((const struct linux_stat *)LIBOS_BUFFER)->size;
    }
    int64_t last = l->length > 0 ? from + l->length - 1 : INT64_MAX;
    if (l->length < 0)
        last = from - 1, from += l->length;
    if (from < 0 || last < from)
        return -EINVAL;
    range[0] = (uint64_t)from, range[1] = (uint64_t)last;
    return 0;
}

/* Ask for a lock, and wait for it if `flags` say so. */
static int64_t acquire(const struct file *f, uint64_t type, uint64_t flags, const uint64_t range[2])
{
    for (;;) {
        const int64_t error = ask(OP_LOCK, f->handle, type | flags << 8, range[0], range[1]);
        if (error != -EAGAIN || !(flags & LOCK_WAIT))
            return error;
        if (signal_due())
            return -AGAIN;
        await_notice(EXO_FOREVER);
    }
}

/* Answer F_GETLK. */
static int64_t tell(const struct file *f, struct linux_lock *l, uint64_t flags,
                    const uint64_t range[2], uint64_t to)
{
    if (l->type == LOCK_NONE)
        return -EINVAL;
    const int64_t type = ask(OP_LOCK, f->handle, (uint64_t)l->type | flags << 8, range[0],
                             range[1]);
    if (type < 0)
        return type;
    l->type = (int16_t)type;
    if (type != LOCK_NONE) {
        l->whence = 0, l->pid = (int32_t)P->reply[0];
        l->start = (int64_t)P->reply[1];
        l->length = P->reply[2] == INT64_MAX ? 0 : (int64_t)(P->reply[2] - P->reply[1] + 1);
    }
    return user_put(to, l, sizeof *l) ? -EFAULT : 0;
}

static int64_t record_lock(uint64_t descriptor, const struct file *f, uint64_t flags, uint64_t at)
{
    const uint32_t mode = f->flags & O_ACCMODE;
    struct linux_lock l;
    uint64_t range[2];

    if (user_get(&l, at, sizeof l))
        return -EFAULT;
    if (flags & LOCK_OPEN && l.pid)
        return -EINVAL;
    int64_t error = range_of(descriptor, f, &l, range);
    if (error)
        return error;
    if (f->kind != FILE_PLAIN)
        return flags & LOCK_ASK ? -EINVAL : 0;
    if (flags & LOCK_ASK)
        return tell(f, &l, flags, range, at);
    if ((l.type == LOCK_READ && mode == O_WRONLY) || (l.type == LOCK_WRITE && !mode))
        return -EBADF;
    P->locks |= !(flags & LOCK_OPEN);
    return acquire(f, (uint64_t)l.type, flags, range);
}

int64_t linux_flock(uint64_t descriptor, uint64_t operation)
{
    enum { SHARED = 1, EXCLUSIVE = 2, AT_ONCE = 4, UNLOCK = 8 };
    static const uint64_t all[2] = { 0, INT64_MAX };
    const struct file *f = file_of(descriptor);
    const uint32_t what = (uint32_t)operation & ~(uint32_t)AT_ONCE;

    if (!f || f->kind == FILE_PATH)
        return -EBADF;
    if (what != SHARED && what != EXCLUSIVE && what != UNLOCK)
        return -EINVAL;
    if (f->kind != FILE_PLAIN && f->kind != FILE_FOLDER)
        return 0;
    return acquire(f,
                   what == SHARED      ? LOCK_READ
                   : what == EXCLUSIVE ? LOCK_WRITE
                                       : LOCK_NONE,
                   LOCK_WHOLE | (operation & AT_ONCE ? 0 : LOCK_WAIT), all);
}

int64_t linux_fcntl(uint64_t descriptor, uint64_t command, uint64_t argument)
{
    enum {
        DUPFD,
        GETFD,
        SETFD,
        GETFL,
        SETFL,
        GETLK,
        SETLK,
        SETLKW,
        SETOWN,
        GETOWN,
        SETSIG,
        GETSIG,
        SETOWN_EX = 15,
        GETOWN_EX,
        OFD_GETLK = 36,
        OFD_SETLK,
        OFD_SETLKW,
        LARGE = 0100000,
        GETLEASE = 1025,
        DUPFD_CLOEXEC = 1030,
        SETPIPE_SZ,
        GETPIPE_SZ
    };
    const uint32_t settable = O_APPEND | O_NONBLOCK;
    struct file *f = file_of(descriptor);

    if (!f)
        return -EBADF;
    if (f->kind == FILE_PATH && command > GETFL && command != DUPFD_CLOEXEC)
        return -EBADF;
    switch ((uint32_t)command) {
    case DUPFD:
    case DUPFD_CLOEXEC:
        if ((uint32_t)argument >= P->limit_files)
            return -EINVAL;
        return descriptor_new(P->descriptor[(uint32_t)descriptor].file, (uint32_t)argument,
                              command == DUPFD_CLOEXEC);
    case GETFD:
        return P->descriptor[(uint32_t)descriptor].close;
    case SETFD:
        P->descriptor[(uint32_t)descriptor].close = argument & 1;
        return 0;
    case GETFL:
        return f->flags | (f->kind == FILE_PLAIN || f->kind == FILE_FOLDER ? LARGE : 0);
    case SETFL:
        f->flags = (f->flags & ~settable) | ((uint32_t)argument & settable);
        return 0;
    case GETLK:
        return record_lock(descriptor, f, LOCK_ASK, argument);
    case SETLK:
        return record_lock(descriptor, f, 0, argument);
    case SETLKW:
        return record_lock(descriptor, f, LOCK_WAIT, argument);
    case OFD_GETLK:
        return record_lock(descriptor, f, LOCK_OPEN | LOCK_ASK, argument);
    case OFD_SETLK:
        return record_lock(descriptor, f, LOCK_OPEN, argument);
    case OFD_SETLKW:
        return record_lock(descriptor, f, LOCK_OPEN | LOCK_WAIT, argument);
    case SETOWN:
        f->owner = (int32_t)argument;
        return 0;
    case GETOWN:
        return f->owner;
    case GETOWN_EX:
    case SETOWN_EX: {
        int32_t owner[2] = { f->owner < 0 ? 2 : 1, f->owner < 0 ? -f->owner : f->owner };
        if (command == GETOWN_EX)
            return user_put(argument, owner, sizeof owner) ? -EFAULT : 0;
        if (user_get(owner, argument, sizeof owner))
            return -EFAULT;
        if ((uint32_t)owner[0] > 2)
            return -EINVAL;
        f->owner = owner[0] == 2 ? -owner[1] : owner[1];
        return 0;
    }
    case SETSIG:
        if (argument > SIGNALS)
            return -EINVAL;
        f->signal = (uint8_t)argument;
        return 0;
    case GETSIG:
        return f->signal;
    case GETLEASE:
        return LOCK_NONE;
    case SETPIPE_SZ:
        if (f->kind != FILE_READ_END && f->kind != FILE_WRITE_END)
            return -EBADF;
        return (uint32_t)argument > PIPE_SIZE ? -EPERM : PIPE_SIZE;
    case GETPIPE_SZ:
        return f->kind == FILE_READ_END || f->kind == FILE_WRITE_END ? PIPE_SIZE : -EBADF;
    default:
        return -EINVAL;
    }
}

/* How many bytes can be read at once; or an error. */
static int64_t readable(struct file *f)
{
    if (f->kind == FILE_READ_END || f->kind == FILE_WRITE_END)
        return pipe_bytes(f);
    if (f->kind == FILE_SOCKET)
        return socket_bytes(f);
    if (f->kind != FILE_PLAIN)
        return -ENOTTY;
    const int64_t at = ask(OP_SEEK, f->handle, 0, 1, 0), end = ask(OP_SEEK, f->handle, 0, 2, 0);
    ask(OP_SEEK, f->handle, (uint64_t)at, 0, 0);
    return end - at;
}

int64_t linux_ioctl(uint64_t descriptor, uint64_t request, uint64_t argument)
{
    enum { FIONREAD = 0x541b, FIONBIO = 0x5421, FIOCLEX = 0x5451, FIONCLEX = 0x5450 };
    struct file *f = file_of(descriptor);
    int32_t value;

    if (!f || f->kind == FILE_PATH)
        return -EBADF;
    switch ((uint32_t)request) {
    case FIONREAD: {
        const int64_t n = readable(f);
        value = (int32_t)n;
        return n < 0 ? n : user_put(argument, &value, sizeof value) ? -EFAULT : 0;
    }
    case FIONBIO:
        if (user_get(&value, argument, sizeof value))
            return -EFAULT;
        f->flags = value ? f->flags | O_NONBLOCK : f->flags & ~(uint32_t)O_NONBLOCK;
        return 0;
    case FIOCLEX:
    case FIONCLEX:
        P->descriptor[(uint32_t)descriptor].close = (uint32_t)request == FIOCLEX;
        return 0;
    default:
        return f->kind == FILE_CONSOLE ? terminal_control((uint32_t)request, argument) : -ENOTTY;
    }
}
