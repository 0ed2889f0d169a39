/* SPDX-License-Identifier: MIT
 * What C code expects around it. All of it is weak: your code's own function of the same name wins.
 * What these cost is part of what you measure: memcpy and its kind move one byte a turn. */
#include "kit.h"

typedef __SIZE_TYPE__ size;
#define WEAK(type, name, ...)                                                                      \
    type name(__VA_ARGS__);                                                                        \
    __attribute__((weak)) type name(__VA_ARGS__)

/* Memory and strings. */

WEAK(void *, memset, void *to, int value, size count)
{
    for (size i = 0; i < count; i++)
        ((char *)to)[i] = (char)value;
    return to;
}

WEAK(void *, memcpy, void *restrict to, const void *restrict from, size count)
{
    for (size i = 0; i < count; i++)
        ((char *)to)[i] = ((const char *)from)[i];
    return to;
}

WEAK(void *, memmove, void *to, const void *from, size count)
{
    if (to <= from)
        for (size i = 0; i < count; i++)
            ((char *)to)[i] = ((const char *)from)[i];
    else
        while (count--)
            ((char *)to)[count] = ((const char *)from)[count];
    return to;
}

WEAK(int, memcmp, const void *a, const void *b, size count)
{
    const unsigned char *x = a, *y = b;

    for (; count; count--, x++, y++)
        if (*x != *y)
            return *x - *y;
    return 0;
}

WEAK(void *, memchr, const void *in, int value, size count)
{
    for (const unsigned char *c = in; count; count--, c++)
        if (*c == (unsigned char)value)
            return (void *)c;
    return 0;
}

WEAK(void, bzero, void *to, size count) { memset(to, 0, count); }

WEAK(size, strlen, const char *s)
{
    size n = 0;

    while (s[n])
        n++;
    return n;
}

WEAK(size, strnlen, const char *s, size most)
{
    size n = 0;

    while (n < most && s[n])
        n++;
    return n;
}

WEAK(int, strncmp, const char *a, const char *b, size most)
{
    for (; most && *a && *a == *b; most--)
        a++, b++;
    return most ? (unsigned char)*a - (unsigned char)*b : 0;
}

WEAK(int, strcmp, const char *a, const char *b) { return strncmp(a, b, ~(size)0); }

WEAK(char *, strchr, const char *s, int c)
{
    for (;; s++) {
        if (*s == (char)c)
            return (char *)s;
        if (!*s)
            return 0;
    }
}

WEAK(char *, strrchr, const char *s, int c)
{
    const char *found = 0;

    for (;; s++) {
        if (*s == (char)c)
            found = s;
        if (!*s)
            return (char *)found;
    }
}

WEAK(char *, strstr, const char *in, const char *s)
{
    for (;; in++) {
        if (!strncmp(in, s, strlen(s)))
            return (char *)in;
        if (!*in)
            return 0;
    }
}

WEAK(char *, strncpy, char *to, const char *from, size most)
{
    for (size i = 0; i < most; i++)
        to[i] = *from ? *from++ : 0;
    return to;
}

WEAK(char *, strcpy, char *to, const char *from) { return memcpy(to, from, strlen(from) + 1); }

WEAK(char *, strcat, char *to, const char *from)
{
    strcpy(to + strlen(to), from);
    return to;
}

WEAK(size, strlcpy, char *to, const char *from, size room)
{
    const size n = strlen(from), part = n < room ? n : room - 1;

    if (room)
        memcpy(to, from, part), to[part] = 0;
    return n;
}

WEAK(char *, safestrcpy, char *to, const char *from, int room)
{
    if (room > 0)
        strlcpy(to, from, (size)room);
    return to;
}

/* As compilers call them where they check sizes. */

WEAK(void *, __memcpy_chk, void *to, const void *from, size n, size room)
{
    return n > room ? (kit_panic("memcpy past the end"), to) : memcpy(to, from, n);
}

WEAK(void *, __memmove_chk, void *to, const void *from, size n, size room)
{
    return n > room ? (kit_panic("memmove past the end"), to) : memmove(to, from, n);
}

WEAK(void *, __memset_chk, void *to, int value, size n, size room)
{
    return n > room ? (kit_panic("memset past the end"), to) : memset(to, value, n);
}

/* A pool of pages and of blocks. Blocks of one power of two are on one list: constant time. */

enum { PAGE = 4096, POOL = 48 << 20, HEAD = 16, CLASSES = 26 };
static char pool[POOL] __attribute__((aligned(4096)));
static size pool_used;
static void *free_pages, *free_blocks[CLASSES];

static void *take(void **list, size bytes)
{
    void *block = *list;

    if (block)
        *list = *(void **)block;
    else if (bytes > POOL - pool_used)
        return 0;
    else
        block = pool + pool_used, pool_used += bytes;
    return block;
}

WEAK(void *, kalloc, void)
{
    if (!free_pages)
        pool_used = (pool_used + PAGE - 1) & ~(size)(PAGE - 1);
    return pool_used > POOL ? 0 : take(&free_pages, PAGE);
}

/* A block has its class before it. So it never begins at a page, as pages do. */
WEAK(void *, malloc, size bytes)
{
    int kind = 5;

    while (kind < CLASSES && ((size)1 << kind) < bytes + HEAD)
        kind++;
    if (kind == CLASSES || bytes > POOL)
        return 0;
    char *block = take(&free_blocks[kind], (size)1 << kind);
    if (!block)
        return 0;
    *(size *)block = (size)kind;
    return block + HEAD;
}

WEAK(void, free, void *block)
{
    if (!block)
        return;
    const fp_bool page = !((size)block & (PAGE - 1));
    void **list = page ? &free_pages : &free_blocks[*(size *)((char *)block - HEAD)];
    void *from = page ? block : (char *)block - HEAD;
    *(void **)from = *list, *list = from;
}

WEAK(void *, calloc, size count, size bytes)
{
    void *block = bytes && count > POOL / bytes ? 0 : malloc(count * bytes);

    return block ? memset(block, 0, count * bytes) : 0;
}

WEAK(void *, realloc, void *old, size bytes)
{
    void *block = malloc(bytes);

    if (old && block) {
        const size had = ((size)1 << *(size *)((char *)old - HEAD)) - HEAD;
        memcpy(block, old, had < bytes ? had : bytes);
        free(old);
    }
    return block;
}

WEAK(void *, kmalloc, size bytes, unsigned flags)
{
    (void)flags;
    return malloc(bytes);
}

WEAK(void *, kzalloc, size bytes, unsigned flags)
{
    (void)flags;
    return calloc(1, bytes);
}

WEAK(void, kfree, void *block) { free(block); }

/* Locks of one processor that nothing interrupts: counted, so that a benchmark can see one left. */

long kit_locks;

#define LOCKS(name)                                                                                \
    WEAK(int, name, void *lock)                                                                    \
    {                                                                                              \
        (void)lock, kit_locks++;                                                                   \
        return 0;                                                                                  \
    }
#define UNLOCKS(name)                                                                              \
    WEAK(int, name, void *lock)                                                                    \
    {                                                                                              \
        (void)lock, kit_locks--;                                                                   \
        return 0;                                                                                  \
    }
#define NOTHING(name)                                                                              \
    WEAK(int, name, void) { return 0; }
LOCKS(acquire)
LOCKS(acquiresleep)
LOCKS(spin_lock)
LOCKS(mutex_lock)
LOCKS(pthread_mutex_lock)
UNLOCKS(release)
UNLOCKS(releasesleep)
UNLOCKS(spin_unlock)
UNLOCKS(mutex_unlock)
UNLOCKS(pthread_mutex_unlock)
NOTHING(initlock)
NOTHING(initsleeplock)
NOTHING(spin_lock_init)
NOTHING(mutex_init)
NOTHING(pthread_mutex_init)
NOTHING(pthread_mutex_destroy)
NOTHING(pushcli)
NOTHING(popcli)
NOTHING(push_off)
NOTHING(pop_off)

/* Messages are dropped: the serial line is the probe's. A panic is reported with its text. */

NOTHING(printf)
NOTHING(cprintf)
NOTHING(printk)
NOTHING(kprintf)
NOTHING(puts)
NOTHING(putchar)
NOTHING(perror)
NOTHING(vprintf)
NOTHING(fprintf)
NOTHING(vfprintf)
NOTHING(fputs)
NOTHING(fputc)
NOTHING(putc)
NOTHING(fflush)
NOTHING(wakeup)

__attribute__((weak)) void *stdin, *stdout, *stderr;

WEAK(void, panic, const char *message, ...) { kit_panic(message); }
WEAK(void, abort, void) { kit_panic("abort"); }
WEAK(void, exit, int status)
{
    (void)status;
    kit_panic("exit");
}
/* A compiler's own library calls it for a division by zero. */
WEAK(int, raise, int signal)
{
    (void)signal;
    kit_panic("raise");
}
WEAK(void, sleep, void) { kit_panic("sleep: nothing would wake it"); }
WEAK(void, __assert_fail, const char *text, const char *file, unsigned line, const char *in)
{
    (void)file, (void)line, (void)in;
    kit_panic(text);
}

__attribute__((weak)) __UINTPTR_TYPE__ __stack_chk_guard = 0x46500000;
WEAK(void, __stack_chk_fail, void) { kit_panic("a function wrote past its array"); }
WEAK(void, __stack_chk_fail_local, void) { __stack_chk_fail(); }

WEAK(int *, __errno_location, void)
{
    static int error;

    return &error;
}

/* Division of 64 bits, which compilers for 32 bits call. */

static fp_u64 divided(fp_u64 value, fp_u64 by, fp_u64 *rest)
{
    fp_u64 quotient = 0, left = 0;

    for (int bit = 63; bit >= 0; bit--) {
        const fp_bool above = left >> 63;
        left = left << 1 | (value >> bit & 1);
        if (above || left >= by)
            left -= by, quotient |= (fp_u64)1 << bit;
    }
    *rest = left;
    return quotient;
}

static fp_u64 size_of(long long value) { return value < 0 ? -(fp_u64)value : (fp_u64)value; }

WEAK(fp_u64, __udivdi3, fp_u64 a, fp_u64 b)
{
    fp_u64 rest;

    return divided(a, b, &rest);
}

WEAK(fp_u64, __umoddi3, fp_u64 a, fp_u64 b)
{
    fp_u64 rest;

    divided(a, b, &rest);
    return rest;
}

WEAK(long long, __divdi3, long long a, long long b)
{
    fp_u64 rest;
    const fp_u64 quotient = divided(size_of(a), size_of(b), &rest);

    return (long long)((a < 0) != (b < 0) ? -quotient : quotient);
}

WEAK(long long, __moddi3, long long a, long long b)
{
    fp_u64 rest;

    divided(size_of(a), size_of(b), &rest);
    return (long long)(a < 0 ? -rest : rest);
}
