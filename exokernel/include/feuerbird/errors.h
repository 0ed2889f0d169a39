/* SPDX-License-Identifier: MIT
 * Every error that the exokernel returns: negative, from this one list. 0 is success. */
#ifndef FEUERBIRD_ERRORS_H
#define FEUERBIRD_ERRORS_H

/* clang-format off */
#define FB_ERRORS(X)                                                        \
    X(INVALID,      -1, "an argument is outside of its range")              \
    X(STALE,        -2, "the identifier names nothing, or no longer")       \
    X(DENIED,       -3, "the capability lacks the right")                   \
    X(FULL,         -4, "the table or queue has no free place")             \
    X(NO_MEMORY,    -5, "no memory is left")                                \
    X(OVERFLOW,     -6, "a counter would pass its largest value")           \
    X(BUSY,         -7, "the thing is in use by somebody else")             \
    X(TIMEOUT,      -8, "the deadline passed first")                        \
    X(ADDRESS,      -9, "the memory is not the caller's")                   \
    X(EXISTS,      -10, "it is there already")                              \
    X(UNSUPPORTED, -11, "this machine or kernel cannot do it")              \
    X(FLOW,        -12, "the target's domain is not below the source's")    \
    X(FORGED,      -13, "the token's seal is not ours")                     \
    X(AGAIN,       -14, "the limit was reached first: call again")          \
    X(FREED,       -15, "the object is free already")                       \
    X(WRONG_ZONE,  -16, "the object belongs to another zone")           \
    X(SIZE,        -17, "the message is longer than the buffer")            \
    X(SYSCALL,     -18, "there is no such system call")                 \
    X(QUOTA,       -19, "the account does not have that")
/* clang-format on */

#define FB_ERROR_ENUM(name, value, text) FB_E##name = (value),
enum fb_error { FB_OK = 0, FB_ERRORS(FB_ERROR_ENUM) };
#undef FB_ERROR_ENUM

#endif
