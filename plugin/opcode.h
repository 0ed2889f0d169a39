/* SPDX-License-Identifier: MIT
 * Where does an x86-64 instruction go, and what does it access? Just enough of its bytes to tell what
 * may follow it, and whether it must touch memory: one that has to and did not has faulted. */
#ifndef FEUERPROBE_OPCODE_H
#define FEUERPROBE_OPCODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An instruction without its prefixes: opcode, after 0f the second byte, and the ModRM byte. */
struct opcode { uint8_t first, second, modrm; };

static inline struct opcode read_opcode(const uint8_t *b, size_t size)
{
    while (size > 1 && ((*b & 0xe7) == 0x26 || (*b & 0xfc) == 0x64 || *b == 0xf0 || *b == 0xf2
                        || *b == 0xf3 || (*b & 0xf0) == 0x40))
        b++, size--;
    const bool two = *b == 0x0f;

    return (struct opcode){ b[0], two && size > 1 ? b[1] : 0, size > 1u + two ? b[1 + two] : 0 };
}

/* Whether it has a ModRM byte; AVX is left out. */
static inline bool has_modrm(struct opcode o)
{
    switch (o.first) {
    case 0x0f:
        switch (o.second) {
        case 0x05 ... 0x0b: case 0x30 ... 0x37: case 0x77: case 0x80 ... 0x8f:
        case 0xa0 ... 0xa2: case 0xa8 ... 0xaa: case 0xc8 ... 0xcf:
            return false;
        default:
            return true;
        }
    case 0x00 ... 0x0e: case 0x10 ... 0x3f:
        return (o.first & 7) < 4;
    case 0x63: case 0x69: case 0x6b: case 0x80 ... 0x8f: case 0xc0: case 0xc1: case 0xc6: case 0xc7:
    case 0xd0 ... 0xd3: case 0xd8 ... 0xdf: case 0xf6: case 0xf7: case 0xfe: case 0xff:
        return true;
    default:
        return false;
    }
}

/* Names an address, but does not access it: lea, invlpg, prefetch, long nop, clflush. */
static inline bool only_names(struct opcode o)
{
    const int reg = o.modrm >> 3 & 7;

    return o.first == 0x8d
        || (o.first == 0x0f
            && ((o.second == 0x01 && reg == 7) || o.second == 0x0d
                || (o.second >= 0x18 && o.second <= 0x1f) || (o.second == 0xae && reg >= 6)));
}

/* Whether it accesses memory whenever it completes; a repeated string may have no turn to do. */
static inline bool accesses_memory(struct opcode o)
{
    switch (o.first) {
    case 0x50 ... 0x5f: case 0x68: case 0x6a: case 0x9c: case 0x9d: /* push, pop */
    case 0xa0 ... 0xa7: case 0xaa ... 0xaf: case 0xc2: case 0xc3: case 0xcf: case 0xe8:
        return true;
    default:
        return (has_modrm(o) && o.modrm < 0xc0 && !only_names(o))
            || (o.first == 0xff && (o.modrm & 0xf8) == 0xd0); /* call by a register */
    }
}

/* Bytes of the displacement at the end of a direct jump or call; 0: it is none, or a 16-bit one. */
static inline size_t displacement(struct opcode o, size_t size)
{
    if ((o.first & 0xf0) == 0x70 || (o.first & 0xfc) == 0xe0 || o.first == 0xeb)
        return 1;
    const bool is_long = o.first == 0xe8 || o.first == 0xe9
                      || (o.first == 0x0f && (o.second & 0xf0) == 0x80);
    return is_long && size >= 5 ? 4 : 0;
}

/* Whether what comes after it cannot be told from its bytes. */
static inline bool goes_anywhere(struct opcode o, size_t size)
{
    const int reg = o.modrm >> 3 & 7;

    switch (o.first) {
    case 0x0f: /* jcc with 16 bits, syscall, sysret, sysenter, sysexit, ud2 */
        return ((o.second & 0xf0) == 0x80 && !displacement(o, size)) || o.second == 0x05
            || o.second == 0x07 || o.second == 0x34 || o.second == 0x35 || o.second == 0x0b;
    case 0xe8: case 0xe9:
        return !displacement(o, size);
    case 0x9a: case 0xea: case 0xc2: case 0xc3: case 0xca ... 0xcf: case 0xf1: /* far, ret, int, iret */
        return true;
    case 0xff: /* call or jump through a register or memory */
        return reg >= 2 && reg <= 5;
    default:
        return false;
    }
}

#endif
