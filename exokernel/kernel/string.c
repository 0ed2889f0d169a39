/* SPDX-License-Identifier: MIT
 * The four functions of the C library that the compiler may call by itself. O(n). */
#include <stddef.h>
#include <stdint.h>
#include <loopbound.h>

/* Eight bytes of anything, at any address. */
typedef uint64_t __attribute__((may_alias, aligned(1))) word;

void *memcpy(void *restrict to, const void *restrict from, size_t n);
void *memmove(void *to, const void *from, size_t n);
void *memset(void *to, int value, size_t n);
int memcmp(const void *a, const void *b, size_t n);

void *memcpy(void *restrict to, const void *restrict from, size_t n)
{
    char *t = to;
    const char *f = from;

    FB_LOOP("floor(bytes/8)", for (; n >= 8; n -= 8, t += 8, f += 8))
        *(word *)t = *(const word *)f;
    FB_LOOP("7", while (n--))
        *t++ = *f++;
    return to;
}

void *memmove(void *to, const void *from, size_t n)
{
    char *t = to;
    const char *f = from;

    if (t <= f || t >= f + n)
        return memcpy(to, from, n);
    FB_LOOP("bytes", while (n--))
        t[n] = f[n];
    return to;
}

void *memset(void *to, int value, size_t n)
{
    char *t = to;
    const uint64_t eight = 0x0101010101010101u * (uint8_t)value;

    FB_LOOP("floor(bytes/8)", for (; n >= 8; n -= 8, t += 8))
        *(word *)t = eight;
    FB_LOOP("7", while (n--))
        *t++ = (char)value;
    return to;
}

int memcmp(const void *a, const void *b, size_t n)
{
    const uint8_t *x = a, *y = b;

    FB_LOOP("bytes", for (; n; n--, x++, y++))
        if (*x != *y)
            return *x - *y;
    return 0;
}
