/* SPDX-License-Identifier: MIT
 * /proc: files about the process itself, and a few about the system. Their text is made when one is
 * opened (proc_text.c), and is a file without a name from then on. */
#include "proc.h"

enum { LONGEST = 48 };

/* What follows a prefix, or NULL. */
static const char *behind(const char *path, const char *prefix)
{
    while (*prefix)
        if (*path++ != *prefix++)
            return NULL;
    return path;
}

static bool same(const char *a, const char *b)
{
    const char *rest = behind(a, b);

    return rest && !*rest;
}

/* The place of a path in the list of names; or PROC_OTHER: it is not in /proc; or PROC_NONE. */
static int64_t find(uint64_t path)
{
    char text[LONGEST] = { 0 };

    libos_string(text, path, 7); /* most paths are elsewhere */
    text[6] = 0;
    if (!same(text, "/proc/"))
        return PROC_OTHER;
    const int64_t length = libos_string(text, path, sizeof text);
    const char *rest = text + 6;
    if (length < 0 || length == sizeof text)
        return PROC_NONE;
    const char *self = behind(rest, "self/");
    if (!self)
        self = behind(rest, "thread-self/");
    uint64_t pid = 0;
    for (const char *digit = rest; !self && *digit >= '0' && *digit <= '9' && pid < 1ul << 32;) {
        pid = pid * 10 + (uint64_t)(*digit++ - '0');
        if (*digit == '/' && pid == P->pid)
            self = digit + 1;
    }
    for (uint32_t i = 0; i < PROC_NAMES; i++)
        if (same(self ? self : rest, proc_names[i].name) && proc_names[i].self == (self != NULL))
            return i;
    return PROC_NONE;
}

/* Whether a path is in /proc, other than what special.c knows. The answer is an error, or how to
 * ask for it. */
bool proc_has(uint64_t path)
{
    return find(path) != PROC_OTHER && special_descriptor(path) < 0 && !special_program(path);
}

int64_t proc_open(uint64_t path, uint64_t flags)
{
    const int64_t i = find(path);

    if (i < 0)
        return -ENOENT;
    if (flags & O_CREAT && flags & O_EXCL)
        return -EEXIST;
    if (flags & O_DIRECTORY)
        return -ENOTDIR;
    if (flags & O_ACCMODE)
        return -EACCES;
    const int64_t handle = ask(OP_MEMORY, 0, 0, 0, 0);
    if (handle < 0)
        return -ENOMEM;
    proc_write((uint32_t)handle, proc_names[i].write);
    const int64_t file = file_new(FILE_PLAIN, (uint32_t)handle, O_RDWR);
    if (file < 0)
        return file;
    ask(OP_SEEK, (uint32_t)handle, 0, 0, 0);
    FILE_OF[file].flags = (uint32_t)flags & O_NONBLOCK;
    return descriptor_new((uint16_t)file, 0, flags & O_CLOEXEC);
}

int64_t proc_stat(uint64_t path, uint64_t to)
{
    const int64_t i = find(path);
    const struct linux_stat s = { .dev = 20,
                                  .ino = (uint64_t)i + 1,
                                  .nlink = 1,
                                  .mode = S_IFREG | 0444,
                                  .blksize = 1024,
                                  .mtime = now() / 1000000000 };

    return i < 0 ? -ENOENT : user_put(to, &s, sizeof s) ? -EFAULT : 0;
}

int64_t proc_access(uint64_t path, uint64_t mode)
{
    return mode & ~7ul ? -EINVAL : find(path) < 0 ? -ENOENT : mode & 1 ? -EACCES : 0;
}
