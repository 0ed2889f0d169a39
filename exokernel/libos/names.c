/* SPDX-License-Identifier: MIT
 * Calls about names. The server has the folders; here are the many ways to name a file. */
#include "libos.h"

/* Answer a request for a struct linux_stat with what came into LIBOS_BUFFER. */
static int64_t give_stat(int64_t got, uint64_t to)
{
    if (got < 0)
        return got;
    return user_put(to, (const void *)LIBOS_BUFFER, sizeof(struct linux_stat)) ? -EFAULT : 0;
}

/* What no folder has: pipes. */
static int64_t stat_of_file(const struct file *f, uint64_t to)
{
    const struct linux_stat s = { .dev = 13,
                                  .ino = f->handle,
                                  .nlink = 1,
                                  .mode = f->kind == FILE_SOCKET && !f->fifo ? S_IFSOCK | 0777
                                          : f->kind < FILE_SOCKET || f->fifo ? S_IFIFO | 0600
                                                                             : 0600,
                                  .blksize = (int64_t)PAGE };

    return user_put(to, &s, sizeof s) ? -EFAULT : 0;
}

int64_t linux_fstat(uint64_t descriptor, uint64_t to)
{
    const struct file *f = file_of(descriptor);

    if (!f)
        return -EBADF;
    int64_t got = -ENOENT;
    if (f->handle)
        got = ask_named(OP_STAT, (int64_t)descriptor, NO_PATH, AT_EMPTY_PATH, 0, 0);
    return got == -ENOENT ? stat_of_file(f, to) : give_stat(got, to);
}

int64_t linux_newfstatat(uint64_t folder, uint64_t path, uint64_t to, uint64_t flags)
{
    char first = 0;

    if (flags & ~0x7900ul)
        return -EINVAL;
    if (!path || user_get(&first, path, 1))
        return -EFAULT;
    if (!first && flags & AT_EMPTY_PATH && (int32_t)folder != AT_FDCWD)
        return linux_fstat(folder, to);
    if (!first && !(flags & AT_EMPTY_PATH))
        return -ENOENT;
    if (first == '/') {
        const int64_t descriptor = special_descriptor(path);
        if (descriptor >= 0 && !(flags & AT_SYMLINK_NOFOLLOW))
            return file_of((uint64_t)descriptor) ? linux_fstat((uint64_t)descriptor, to) : -ENOENT;
        if (proc_has(path))
            return proc_stat(path, to);
        if (special_program(path))
            path = (uint64_t)P->executable;
    }
    return give_stat(ask_named(OP_STAT, (int64_t)folder, first ? path : NO_PATH, flags, 0, 0), to);
}

int64_t linux_stat(uint64_t path, uint64_t to)
{
    return linux_newfstatat((uint64_t)AT_FDCWD, path, to, 0);
}

int64_t linux_lstat(uint64_t path, uint64_t to)
{
    return linux_newfstatat((uint64_t)AT_FDCWD, path, to, AT_SYMLINK_NOFOLLOW);
}

/* The superuser may do everything, except run what is no program. */
static int64_t may(uint64_t folder, uint64_t path, uint64_t mode, uint64_t flags)
{
    if (path != NO_PATH && proc_has(path))
        return proc_access(path, mode);
    const int64_t got = ask_named(OP_STAT, (int64_t)folder, path, flags, 0, 0);
    const struct linux_stat *s = (const struct linux_stat *)LIBOS_BUFFER;

    if (mode & ~7ul)
        return -EINVAL;
    if (got < 0)
        return got;
    return mode & 1 && (s->mode & S_IFMT) == S_IFREG && !(s->mode & 0111) ? -EACCES : 0;
}

int64_t linux_faccessat(uint64_t folder, uint64_t path, uint64_t mode)
{
    return may(folder, path, mode, 0);
}

int64_t linux_access(uint64_t path, uint64_t mode)
{
    return linux_faccessat((uint64_t)AT_FDCWD, path, mode);
}

int64_t linux_faccessat2(uint64_t folder, uint64_t path, uint64_t mode, uint64_t flags)
{
    enum { AT_EACCESS = 0x200 };

    if (flags & ~(uint64_t)(AT_EACCESS | AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
        return -EINVAL;
    return may(folder, path, mode, flags & AT_SYMLINK_NOFOLLOW);
}

int64_t linux_mkdirat(uint64_t folder, uint64_t path, uint64_t mode)
{
    return ask_named(OP_MAKE, (int64_t)folder, path, S_IFDIR | (mode & 07777), 0, 0);
}

int64_t linux_mkdir(uint64_t path, uint64_t mode)
{
    return linux_mkdirat((uint64_t)AT_FDCWD, path, mode);
}

int64_t linux_mknodat(uint64_t folder, uint64_t path, uint64_t mode, uint64_t device)
{
    const uint64_t kind = mode & S_IFMT ? mode & S_IFMT : S_IFREG;

    if (kind == S_IFDIR)
        return -EPERM;
    if (kind != S_IFREG && kind != S_IFCHR && kind != S_IFBLK && kind != S_IFIFO
        && kind != S_IFSOCK)
        return -EINVAL;
    mode |= kind;
    return ask_named(OP_MAKE, (int64_t)folder, path, mode & (S_IFMT | 07777), device, 0);
}

int64_t linux_mknod(uint64_t path, uint64_t mode, uint64_t device)
{
    return linux_mknodat((uint64_t)AT_FDCWD, path, mode, device);
}

int64_t linux_unlinkat(uint64_t folder, uint64_t path, uint64_t flags)
{
    if (flags & ~(uint64_t)AT_REMOVEDIR)
        return -EINVAL;
    return ask_named(OP_UNLINK, (int64_t)folder, path, flags, 0, 0);
}

int64_t linux_unlink(uint64_t path) { return linux_unlinkat((uint64_t)AT_FDCWD, path, 0); }

int64_t linux_rmdir(uint64_t path)
{
    return linux_unlinkat((uint64_t)AT_FDCWD, path, AT_REMOVEDIR);
}

int64_t linux_renameat2(uint64_t folder, uint64_t path, uint64_t folder2, uint64_t path2,
                        uint64_t flags)
{
    enum { NOREPLACE = 1, EXCHANGE };

    if (flags & ~3ul || flags == (NOREPLACE | EXCHANGE))
        return -EINVAL;
    return ask_two(OP_RENAME, (int64_t)folder, path, (int64_t)folder2, path2, flags);
}

int64_t linux_renameat(uint64_t folder, uint64_t path, uint64_t folder2, uint64_t path2)
{
    return linux_renameat2(folder, path, folder2, path2, 0);
}

int64_t linux_rename(uint64_t path, uint64_t path2)
{
    return linux_renameat2((uint64_t)AT_FDCWD, path, (uint64_t)AT_FDCWD, path2, 0);
}

int64_t linux_linkat(uint64_t folder, uint64_t path, uint64_t folder2, uint64_t path2,
                     uint64_t flags)
{
    if (flags & ~(uint64_t)(AT_SYMLINK_FOLLOW | AT_EMPTY_PATH))
        return -EINVAL;
    return ask_two(OP_LINK, (int64_t)folder, path, (int64_t)folder2, path2, flags);
}

int64_t linux_link(uint64_t path, uint64_t path2)
{
    return linux_linkat((uint64_t)AT_FDCWD, path, (uint64_t)AT_FDCWD, path2, 0);
}

int64_t linux_symlinkat(uint64_t target, uint64_t folder, uint64_t path)
{
    return ask_two(OP_SYMLINK, AT_FDCWD, target, (int64_t)folder, path, 0);
}

int64_t linux_symlink(uint64_t target, uint64_t path)
{
    return linux_symlinkat(target, (uint64_t)AT_FDCWD, path);
}

int64_t linux_readlinkat(uint64_t folder, uint64_t path, uint64_t to, uint64_t room)
{
    char first = 1;

    if ((int32_t)room <= 0)
        return -EINVAL;
    if (special_program(path)) {
        uint64_t n = 0;
        while (n < room && P->executable[n])
            n++;
        return user_put(to, P->executable, n) ? -EFAULT : (int64_t)n;
    }
    const struct file *f = file_of(folder);
    if (f && f->kind == FILE_PATH && user_get(&first, path, 1))
        return -EFAULT;
    int64_t got = ask_named(OP_READLINK, (int64_t)folder, first ? path : NO_PATH, 0, 0, 0);
    if (got < 0)
        return got;
    const uint64_t n = *(const uint64_t *)LIBOS_BUFFER;
    const uint64_t fits = n < room ? n : room;
    return user_put(to, (const char *)LIBOS_BUFFER + 8, fits) ? -EFAULT : (int64_t)fits;
}

int64_t linux_readlink(uint64_t path, uint64_t to, uint64_t room)
{
    return linux_readlinkat((uint64_t)AT_FDCWD, path, to, room);
}

int64_t linux_fchmodat(uint64_t folder, uint64_t path, uint64_t mode)
{
    return ask_named(OP_CHANGE, (int64_t)folder, path, CHANGE_MODE, mode & 07777, 0);
}

int64_t linux_chmod(uint64_t path, uint64_t mode)
{
    return linux_fchmodat((uint64_t)AT_FDCWD, path, mode);
}

int64_t linux_fchmod(uint64_t descriptor, uint64_t mode)
{
    const struct file *f = file_of(descriptor);

    if (!f || f->kind == FILE_PATH)
        return -EBADF;
    return ask_named(OP_CHANGE, (int64_t)descriptor, NO_PATH, CHANGE_MODE, mode & 07777, 0);
}

int64_t linux_fchownat(uint64_t folder, uint64_t path, uint64_t user, uint64_t group,
                       uint64_t flags)
{
    char first = 1;

    if (flags & ~(uint64_t)(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
        return -EINVAL;
    if (flags & AT_EMPTY_PATH && path != NO_PATH && user_get(&first, path, 1))
        return -EFAULT;
    return ask_named(OP_CHANGE, (int64_t)folder, first ? path : NO_PATH, CHANGE_OWNER,
                     (user & 0xffffffff) | group << 32, flags);
}

int64_t linux_chown(uint64_t path, uint64_t user, uint64_t group)
{
    return linux_fchownat((uint64_t)AT_FDCWD, path, user, group, 0);
}

int64_t linux_lchown(uint64_t path, uint64_t user, uint64_t group)
{
    return linux_fchownat((uint64_t)AT_FDCWD, path, user, group, AT_SYMLINK_NOFOLLOW);
}

int64_t linux_fchown(uint64_t descriptor, uint64_t user, uint64_t group)
{
    return file_of(descriptor) ? linux_fchownat(descriptor, NO_PATH, user, group, AT_EMPTY_PATH)
                               : -EBADF;
}

int64_t linux_truncate(uint64_t path, uint64_t size)
{
    return (int64_t)size < 0 ? -EINVAL : ask_named(OP_CHANGE, AT_FDCWD, path, CHANGE_SIZE, size, 0);
}

int64_t linux_ftruncate(uint64_t descriptor, uint64_t size)
{
    const struct file *f = file_of(descriptor);

    if (!f || f->kind == FILE_PATH)
        return -EBADF;
    if ((int64_t)size < 0 || (f->flags & O_ACCMODE) == 0 || f->kind != FILE_PLAIN)
        return -EINVAL;
    return ask_named(OP_CHANGE, (int64_t)descriptor, NO_PATH, CHANGE_SIZE, size, 0);
}

/* Times in nanoseconds; UTIME_NOW and UTIME_OMIT in the place of nanoseconds. */
int64_t linux_utimensat(uint64_t folder, uint64_t path, uint64_t times, uint64_t flags)
{
    enum { UTIME_NOW = 0x3fffffff, UTIME_OMIT = 0x3ffffffe };
    struct linux_timespec t[2] = { { 0, UTIME_NOW }, { 0, UTIME_NOW } };
    uint64_t value[2];

    if (times && user_get(t, times, sizeof t))
        return -EFAULT;
    for (int i = 0; i < 2; i++) {
        if (t[i].nanoseconds == UTIME_NOW)
            value[i] = now();
        else if (t[i].nanoseconds == UTIME_OMIT)
            value[i] = -1ul;
        else if (t[i].nanoseconds < 0 || t[i].nanoseconds >= 1000000000)
            return -EINVAL;
        else
            value[i] = (uint64_t)(t[i].seconds * 1000000000 + t[i].nanoseconds);
    }
    if (value[0] == -1ul && value[1] == -1ul)
        return 0;
    if (!path && (int32_t)folder == AT_FDCWD)
        return -EFAULT;
    if (flags & ~(uint64_t)(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
        return -EINVAL;
    return ask_named(flags & AT_SYMLINK_NOFOLLOW ? OP_CHANGE_LINK : OP_CHANGE, (int64_t)folder,
                     path ? path : NO_PATH, CHANGE_TIMES, value[0], value[1]);
}

int64_t linux_chdir(uint64_t path) { return ask_named(OP_CHDIR, AT_FDCWD, path, 0, 0, 0); }

int64_t linux_fchdir(uint64_t descriptor)
{
    return file_of(descriptor) ? ask_named(OP_CHDIR, (int64_t)descriptor, NO_PATH, 0, 0, 0)
                               : -EBADF;
}

int64_t linux_getcwd(uint64_t to, uint64_t room)
{
    uint64_t *w = (uint64_t *)LIBOS_BUFFER;

    w[0] = OP_GETCWD;
    const int64_t got = ask_memory(w, 32, PAGE);
    if (got < 0)
        return got;
    const uint64_t n = w[0] + 1;
    if (n > room)
        return -ERANGE;
    return user_put(to, w + 1, n) ? -EFAULT : (int64_t)n;
}

int64_t linux_getdents64(uint64_t descriptor, uint64_t to, uint64_t room)
{
    const struct file *f = file_of(descriptor);
    uint64_t *w = (uint64_t *)LIBOS_BUFFER;

    if (!f)
        return -EBADF;
    if (f->kind != FILE_FOLDER)
        return -ENOTDIR;
    w[0] = REQUEST(OP_ENTRIES, f->handle), w[1] = room < PAGE ? room : PAGE;
    const int64_t got = ask_memory(w, 32, PAGE);
    if (got <= 0)
        return got;
    if (got <= EXO_REGISTER_BYTES) /* one short entry */
        return user_put(to, P->reply, (uint64_t)got) ? -EFAULT : got;
    return user_put(to, w, (uint64_t)got) ? -EFAULT : got;
}

int64_t linux_umask(uint64_t mask) { return ask(OP_UMASK, 0, mask & 0777, 0, 0); }
