/* SPDX-License-Identifier: MIT
 * execve: the strings of the new program are copied out of the old one's memory first. */
#include "libos.h"

enum { LONGEST = 32 * 4096 }; /* string */
#define ROOM 0x80000ul        /* of all strings; what precedes them is for those of scripts */

/* Note all registers of the program, for a call that wants them; entry.S noted what C preserves. */
void regs_complete(void)
{
    const uint64_t *pushed = (const uint64_t *)P->stack;
    struct regs *r = &P->regs;

    r->rdi = pushed[-1], r->rsi = pushed[-2], r->rdx = pushed[-3], r->r10 = pushed[-4];
    r->r8 = pushed[-5], r->r9 = pushed[-6];
    r->rip = r->rcx = back_address();
    r->rsp = P->rsp, r->flags = r->r11 = 0x202;
}

/* Copy the strings of a vector. How many; or an error. */
static int64_t gather(uint64_t vector, uint64_t *to, uint64_t end)
{
    int64_t count = 0;

    for (; vector; count++) {
        uint64_t text;
        if (user_get(&text, vector + 8 * (uint64_t)count, 8))
            return -EFAULT;
        if (!text)
            break;
        const int64_t n = libos_string((char *)*to, text, end - *to);
        if (n < 0)
            return n;
        if ((uint64_t)n == end - *to || n >= LONGEST)
            return -E2BIG;
        *to += (uint64_t)n + 1;
    }
    return count;
}

static int64_t execute(int64_t folder, uint64_t path, uint64_t arguments, uint64_t variables)
{
    const uint64_t block = LIBOS_ARGUMENTS + 2 * PAGE, end = block + ROOM;
    char *name = (char *)LIBOS_ARGUMENTS + ROOM + 4 * PAGE;
    uint64_t to = block;

    const int64_t length = libos_string(name, path, PAGE);
    if (length < 0)
        return length;
    if (length == (int64_t)PAGE)
        return -ENAMETOOLONG;
    if (special_program(path))
        __builtin_memcpy(name, P->executable, sizeof P->executable);
    const int64_t n = gather(arguments, &to, end), m = n < 0 ? n : gather(variables, &to, end);
    if (m < 0)
        return m;
    return load(folder, name, block, (uint64_t)n, (uint64_t)m, to - block);
}

int64_t whole_execve(uint64_t path, uint64_t arguments, uint64_t variables)
{
    return execute(AT_FDCWD, path, arguments, variables);
}

int64_t whole_execveat(uint64_t folder, uint64_t path, uint64_t arguments, uint64_t variables,
                       uint64_t flags)
{
    char first;

    if (flags & ~(uint64_t)(AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW))
        return -EINVAL;
    if (user_get(&first, path, 1))
        return -EFAULT;
    if (!first && !(flags & AT_EMPTY_PATH))
        return -ENOENT;
    return execute((int32_t)folder, path, arguments, variables);
}
