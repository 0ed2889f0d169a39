/* SPDX-License-Identifier: MIT
 * Names that mean something of the process itself: its descriptors and its program. */
#include "libos.h"

/* What follows `prefix` in the program's path, of at most `room` bytes; or NULL. */
static const char *behind(const char *path, const char *prefix)
{
    while (*prefix)
        if (*path++ != *prefix++)
            return NULL;
    return path;
}

/* A decimal number that is all of the text; or -1. */
static int64_t number(const char *text)
{
    int64_t n = 0;

    if (!*text)
        return -1;
    for (; *text; text++) {
        if (*text < '0' || *text > '9' || n > DESCRIPTORS)
            return -1;
        n = n * 10 + (*text - '0');
    }
    return n;
}

/* The descriptor that a path such as /dev/fd/3 names; or -1. The path is the program's. */
int64_t special_descriptor(uint64_t path)
{
    static const char *const standard[] = { "/dev/stdin", "/dev/stdout", "/dev/stderr" };
    char text[32];
    const char *rest;
    const int64_t length = libos_string(text, path, sizeof text);

    if (length < 0 || length == sizeof text)
        return -1;
    for (int i = 0; i < 3; i++)
        if ((rest = behind(text, standard[i])) && !*rest)
            return i;
    rest = behind(text, "/dev/fd/");
    return number(rest ? rest : (rest = behind(text, "/proc/self/fd/")) ? rest : "");
}

/* Whether the path is /proc/self/exe. */
bool special_program(uint64_t path)
{
    char text[16];
    const int64_t length = libos_string(text, path, sizeof text);
    const char *rest = length < 0 || length == sizeof text ? NULL : behind(text, "/proc/self/exe");

    return rest && !*rest;
}
