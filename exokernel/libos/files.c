/* SPDX-License-Identifier: MIT
 * Descriptors and open files. Descriptors refer to files of this process; a file has a handle of
 * the server's. Devices that need nobody are answered here. */
#include "libos.h"

struct file *file_of(uint64_t descriptor)
{
    descriptor &= 0xffffffff;
    if (descriptor >= DESCRIPTORS)
        return NULL;
    const uint16_t file = P->descriptor[descriptor].file;
    return file ? &FILE_OF[file] : NULL;
}

/* A new open file without references. Takes over the handle. Its number, or an error. O(files). */
int64_t file_new(uint8_t kind, uint32_t handle, uint32_t flags)
{
    for (uint32_t i = 1; i < FILES; i++) {
        if (FILE_OF[i].references || FILE_OF[i].kind)
            continue;
        libos_zero(&FILE_OF[i], offsetof(struct file, page));
        FILE_OF[i].kind = kind, FILE_OF[i].handle = handle, FILE_OF[i].flags = flags;
        if (i >= P->files)
            P->files = i + 1;
        return i;
    }
    if (handle)
        ask(OP_CLOSE, handle, 0, 0, 0);
    return -EMFILE;
}

/* Give up a reference. The last one closes the file. */
void file_release(uint16_t file)
{
    struct file *f = &FILE_OF[file];

    if (--f->references)
        return;
    if (f->kind == FILE_READ_END || f->kind == FILE_WRITE_END)
        pipe_release(f);
    if (f->kind == FILE_SOCKET)
        socket_release(f);
    if (f->kind == FILE_EVENT || f->kind == FILE_TIMER)
        pipe_release(f);
    if (f->handle)
        ask(OP_CLOSE, f->handle, 0, 0, 0);
    f->kind = FILE_NONE;
}

/* Let the lowest free descriptor, from `least` on, refer to the file. O(descriptors). */
int64_t descriptor_new(uint16_t file, uint64_t least, bool close)
{
    for (uint64_t i = least; i < P->limit_files && i < DESCRIPTORS; i++) {
        if (P->descriptor[i].file)
            continue;
        P->descriptor[i].file = file, P->descriptor[i].close = close;
        FILE_OF[file].references++;
        if (i >= P->highest)
            P->highest = (uint32_t)i + 1;
        return (int64_t)i;
    }
    if (!FILE_OF[file].references) {
        FILE_OF[file].references = 1;
        file_release(file);
    }
    return -EMFILE;
}

/* Close what is marked, because another program comes. */
void files_at_exec(void)
{
    for (uint64_t i = 0; i < P->highest; i++)
        if (P->descriptor[i].file && P->descriptor[i].close)
            linux_close(i);
}

int64_t linux_close(uint64_t descriptor)
{
    if (!file_of(descriptor))
        return -EBADF;
    const uint16_t file = P->descriptor[(uint32_t)descriptor].file;
    P->descriptor[(uint32_t)descriptor].file = 0;
    if (P->locks && FILE_OF[file].kind == FILE_PLAIN) /* any close gives up the records */
        ask(OP_UNLOCK, FILE_OF[file].handle, 0, 0, 0);
    file_release(file);
    return 0;
}

int64_t linux_close_range(uint64_t first, uint64_t last, uint64_t flags)
{
    enum { CLOEXEC = 4 };

    if ((uint32_t)first > (uint32_t)last || flags & ~6ul)
        return -EINVAL;
    for (uint64_t i = (uint32_t)first; i <= (uint32_t)last && i < P->highest; i++) {
        if (flags & CLOEXEC)
            P->descriptor[i].close = 1;
        else
            linux_close(i);
    }
    return 0;
}

/* The kind of a file that the server opened. */
static uint8_t kind_of(uint64_t mode, uint64_t device, uint64_t flags)
{
    static const uint8_t devices[] = {
        [3] = FILE_NULL, [5] = FILE_ZERO, [7] = FILE_FULL, [8] = FILE_RANDOM, [9] = FILE_RANDOM
    };

    if (flags & O_PATH)
        return FILE_PATH;
    if ((mode & S_IFMT) == S_IFDIR)
        return FILE_FOLDER;
    if ((mode & S_IFMT) == S_IFCHR && device >> 8 == 1 && (device & 0xff) < sizeof devices
        && devices[device & 0xff])
        return devices[device & 0xff];
    if ((mode & S_IFMT) == S_IFCHR && device >> 8 == 5)
        return FILE_CONSOLE;
    return FILE_PLAIN;
}

int64_t file_open(int64_t folder, uint64_t path, uint64_t flags, uint64_t mode)
{
    const int64_t same = special_descriptor(path);

    if (same >= 0 && !file_of((uint64_t)same))
        return -ENOENT;
    if (same >= 0)
        return descriptor_new(P->descriptor[same].file, 0, flags & O_CLOEXEC);
    if (proc_has(path))
        return proc_open(path, flags);
    if (special_program(path))
        path = (uint64_t)P->executable;
    const int64_t handle = ask_named(OP_OPEN, folder, path, flags, mode, 0);
    if (handle < 0)
        return handle;
    if ((P->reply[0] & S_IFMT) == S_IFIFO && !(flags & O_PATH))
        return fifo_opened((uint32_t)P->reply[1], (uint32_t)P->reply[2], P->reply[0] >> 32, flags);
    const int64_t file = file_new(kind_of(P->reply[0], P->reply[1], flags), (uint32_t)handle,
                                  (uint32_t)flags & ~(O_CREAT | O_EXCL | O_TRUNC | O_CLOEXEC));
    return file < 0 ? file : descriptor_new((uint16_t)file, 0, flags & O_CLOEXEC);
}

int64_t linux_open(uint64_t path, uint64_t flags, uint64_t mode)
{
    return path ? file_open(AT_FDCWD, path, flags, mode) : -EFAULT;
}

int64_t linux_openat(uint64_t folder, uint64_t path, uint64_t flags, uint64_t mode)
{
    return path ? file_open((int64_t)folder, path, flags, mode) : -EFAULT;
}

int64_t linux_creat(uint64_t path, uint64_t mode)
{
    return linux_open(path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

/* From a file of the server: page by page, into the program's memory without another copy. */
static int64_t read_plain(struct file *f, uint64_t buffer, uint64_t n, uint64_t offset)
{
    uint64_t done = 0, kept[4];

    if (n && !user_writes(buffer, n < PAGE ? n : PAGE))
        return -EFAULT;
    while (done < n) {
        uint64_t *w = (uint64_t *)(buffer + done);
        const uint64_t part = n - done < PAGE ? n - done : PAGE;
        int64_t got;
        if (done && !user_writes(buffer + done, part))
            break;
        if (part > EXO_REGISTER_BYTES) { /* the request lies where the reply will */
            for (int i = 0; i < 4; i++)
                kept[i] = w[i];
            w[0] = REQUEST(OP_READ, f->handle), w[1] = part;
            w[2] = offset == -1ul ? offset : offset + done, w[3] = 0;
            got = ask_memory(w, 32, part);
            if (got <= EXO_REGISTER_BYTES)
                for (int i = 0; i < 4; i++)
                    w[i] = kept[i];
        } else {
            got = ask(OP_READ, f->handle, part < SHORT_READ ? part : SHORT_READ,
                      offset == -1ul ? offset : offset + done, 0);
        }
        if (got > 0 && got <= EXO_REGISTER_BYTES && libos_copy(w, P->reply, (uint64_t)got))
            got = -EFAULT;
        if (got < 0)
            return done ? (int64_t)done : got;
        done += (uint64_t)got;
        if (!got || f->kind == FILE_CONSOLE)
            break;
    }
    return (int64_t)done;
}

static int64_t write_plain(struct file *f, uint64_t buffer, uint64_t n, uint64_t offset)
{
    uint64_t done = 0, *w = (uint64_t *)LIBOS_BUFFER;

    while (done < n) {
        const uint64_t part = n - done < WRITE_MAX ? n - done : WRITE_MAX;
        w[0] = REQUEST(OP_WRITE, f->handle), w[1] = part;
        w[2] = offset == -1ul ? offset : offset + done, w[3] = f->flags & O_APPEND;
        int64_t got = user_get(w + 4, buffer + done, part);
        if (!got)
            got = ask_memory(w, 32 + part, PAGE);
        if (got <= 0)
            return done || !got ? (int64_t)done : got;
        done += (uint64_t)got;
    }
    return (int64_t)done;
}

static int64_t random_bytes(uint64_t buffer, uint64_t n)
{
    for (uint64_t i = 0; i < n; i += 8) {
        uint64_t x = P->random += 0x9e3779b97f4a7c15ul;
        x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9ul, x = (x ^ x >> 27) * 0x94d049bb133111ebul;
        x ^= x >> 31;
        if (user_put(buffer + i, &x, n - i < 8 ? n - i : 8))
            return i ? (int64_t)i : -EFAULT;
    }
    return (int64_t)n;
}

/* Read n bytes, at most what a signed result can tell. offset -1: where the file is. */
int64_t file_read(struct file *f, uint64_t buffer, uint64_t n, uint64_t offset)
{
    if ((f->flags & O_ACCMODE) == O_WRONLY || f->kind == FILE_PATH)
        return -EBADF;
    n = n < 0x7ffff000 ? n : 0x7ffff000;
    switch (f->kind) {
    case FILE_NULL:
        return 0;
    case FILE_ZERO:
    case FILE_FULL:
        return user_zero(buffer, n) ? -EFAULT : (int64_t)n;
    case FILE_RANDOM:
        return random_bytes(buffer, n);
    case FILE_FOLDER:
        return -EISDIR;
    case FILE_READ_END:
        return offset == -1ul ? pipe_read(f, buffer, n) : -ESPIPE;
    case FILE_SOCKET:
        return offset == -1ul ? socket_read(f, buffer, n) : -ESPIPE;
    case FILE_EVENT:
        return offset == -1ul ? event_read(f, buffer, n) : -ESPIPE;
    case FILE_TIMER:
        return offset == -1ul ? timer_read(f, buffer, n) : -ESPIPE;
    case FILE_SIGNALS:
        return offset == -1ul ? signals_read(f, buffer, n) : -ESPIPE;
    case FILE_EPOLL:
    case FILE_MAILBOX:
        return -EINVAL;
    default:
        return read_plain(f, buffer, n, offset);
    }
}

int64_t file_write(struct file *f, uint64_t buffer, uint64_t n, uint64_t offset)
{
    if ((f->flags & O_ACCMODE) == 0 || f->kind == FILE_PATH)
        return -EBADF;
    n = n < 0x7ffff000 ? n : 0x7ffff000;
    switch (f->kind) {
    case FILE_NULL:
    case FILE_ZERO:
    case FILE_RANDOM:
        return (int64_t)n;
    case FILE_FULL:
        return n ? -ENOSPC : 0;
    case FILE_WRITE_END:
        return offset == -1ul ? pipe_write(f, buffer, n) : -ESPIPE;
    case FILE_SOCKET:
        return offset == -1ul ? socket_write(f, buffer, n) : -ESPIPE;
    case FILE_EVENT:
        return offset == -1ul ? event_write(f, buffer, n) : -ESPIPE;
    case FILE_EPOLL:
    case FILE_TIMER:
    case FILE_SIGNALS:
    case FILE_MAILBOX:
        return -EINVAL;
    default:
        return write_plain(f, buffer, n, offset);
    }
}

int64_t linux_read(uint64_t descriptor, uint64_t buffer, uint64_t n)
{
    struct file *f = file_of(descriptor);

    return f ? file_read(f, buffer, n, -1ul) : -EBADF;
}

int64_t linux_write(uint64_t descriptor, uint64_t buffer, uint64_t n)
{
    struct file *f = file_of(descriptor);

    return f ? file_write(f, buffer, n, -1ul) : -EBADF;
}

int64_t linux_pread64(uint64_t descriptor, uint64_t buffer, uint64_t n, uint64_t offset)
{
    struct file *f = file_of(descriptor);

    return (int64_t)offset < 0 ? -EINVAL : f ? file_read(f, buffer, n, offset) : -EBADF;
}

int64_t linux_pwrite64(uint64_t descriptor, uint64_t buffer, uint64_t n, uint64_t offset)
{
    struct file *f = file_of(descriptor);

    return (int64_t)offset < 0 ? -EINVAL : f ? file_write(f, buffer, n, offset) : -EBADF;
}
