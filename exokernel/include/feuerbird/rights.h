/* SPDX-License-Identifier: MIT
 * What a capability allows its holder: a set of bits. */
#ifndef FEUERBIRD_RIGHTS_H
#define FEUERBIRD_RIGHTS_H

#include <stdbool.h>
#include <stdint.h>

/* clang-format off */
#define FB_RIGHTS(EACH)                                             \
    EACH(R,        0x01u, "read, or receive from")                    \
    EACH(W,        0x02u, "write, or send to")                        \
    EACH(X,        0x04u, "execute, or yield to")                     \
    EACH(CTL,      0x08u, "change what it stands for, or revoke it")  \
    EACH(DELEGATE, 0x10u, "derive capabilities from it for others")
/* clang-format on */

#define FB_RIGHT_ENUM(name, value, text) EXO_RIGHT_##name = (value),
enum exo_right { FB_RIGHTS(FB_RIGHT_ENUM) };
#undef FB_RIGHT_ENUM

#define EXO_RIGHTS_ALL 0x1fu

/* Whether `rights` holds every right of `need`. O(1). */
static inline bool cap_has_rights(uint32_t rights, uint32_t need)
{
    return (rights & need) == need;
}

#endif
