/* SPDX-License-Identifier: MIT
 * The console as a terminal: what programs ask to find out whether a person is there. Its input is
 * a file, which is read as it is, so that a change of modes is kept and does nothing. */
#include "libos.h"

struct linux_termios {
    uint32_t input, output, control, local;
    uint8_t line, characters[19];
};
_Static_assert(sizeof(struct linux_termios) == 36, "as the kernel has it");

static const struct linux_termios usual = {
    .input = 0x500,
    .output = 5,
    .control = 0xbf,
    .local = 0x8a3b,
    .characters = { 3, 28, 127, 21, 4, 0, 1, 0, 17, 19, 26, 0, 18, 15, 23, 22, 0, 0, 0 },
};

int64_t terminal_control(uint32_t request, uint64_t argument)
{
    enum {
        TCGETS = 0x5401,
        TCSETS,
        TCSETSW,
        TCSETSF,
        TCSBRK = 0x5409,
        TCXONC,
        TCFLSH,
        TIOCSCTTY = 0x540e,
        TIOCGPGRP,
        TIOCSPGRP,
        TIOCGWINSZ = 0x5413,
        TIOCSWINSZ,
        TCSBRKP = 0x5425,
        TIOCGSID = 0x5429
    };
    struct linux_termios t;
    uint16_t size[4] = { 24, 80, 0, 0 };
    int32_t group;

    switch (request) {
    case TCGETS:
        return user_put(argument, P->terminal_set ? P->terminal : (const void *)&usual, sizeof t)
                   ? -EFAULT
                   : 0;
    case TCSETS:
    case TCSETSW:
    case TCSETSF:
        if (user_get(&t, argument, sizeof t))
            return -EFAULT;
        __builtin_memcpy(P->terminal, &t, sizeof t);
        P->terminal_set = true;
        return 0;
    case TIOCGPGRP:
        group = (int32_t)ask(OP_FOREGROUND, 0, 0, 0, 0);
        return user_put(argument, &group, sizeof group) ? -EFAULT : 0;
    case TIOCSPGRP:
        if (user_get(&group, argument, sizeof group))
            return -EFAULT;
        return group <= 0 ? -EINVAL : ask(OP_FOREGROUND, 0, (uint64_t)group, 0, 0);
    case TIOCGSID:
        group = (int32_t)ask(OP_GROUP, 0, 0, 0, 2);
        return user_put(argument, &group, sizeof group) ? -EFAULT : 0;
    case TIOCGWINSZ:
        return user_put(argument, size, sizeof size) ? -EFAULT : 0;
    case TIOCSWINSZ:
    case TCSBRK:
    case TCSBRKP:
    case TCXONC:
    case TCFLSH:
    case TIOCSCTTY:
        return 0;
    default:
        return -ENOTTY;
    }
}
