/* SPDX-License-Identifier: MIT
 * Where an x86-64 instruction goes, and what it accesses. It decodes just enough to know what may
 * follow, and whether the instruction must load or store: if it must and did not, it faulted. AVX
 * is not decoded. */
#ifndef FEUERPROBE_OPCODE_H
#define FEUERPROBE_OPCODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The opcode without prefixes, its second byte after 0f, the ModRM byte; wide: prefix 66. */
struct opcode {
    uint8_t first, second, modrm;
    bool wide;
};

/* What it does when it completes. ANYWHERE: its bytes do not say where it goes. */
enum kind {
    PLAIN,
    LOADS_ONE,
    STORES_ONE,
    ANYWHERE,
    ANYWHERE_LOADS,
    ANYWHERE_STORES,
    IS_SYSRET,
    IS_SYSCALL
};

static inline struct opcode read_opcode(const uint8_t *b, size_t size)
{
    bool wide = false;

    while (size > 1
           && ((*b & 0xe7) == 0x26 || (*b & 0xfc) == 0x64 || *b == 0xf0 || *b == 0xf2 || *b == 0xf3
               || (*b & 0xf0) == 0x40))
        wide |= *b == 0x66, b++, size--;
    const bool two = *b == 0x0f && size > 1;
    const size_t modrm = 1u + two + (two && (b[1] == 0x38 || b[1] == 0x3a));

    return (struct opcode){ b[0], two ? b[1] : 0, size > modrm ? b[modrm] : 0, wide };
}

static inline int middle(struct opcode o) { return o.modrm >> 3 & 7; }

/* clang-format off */
/* Whether it has a ModRM byte. */
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

/* Whether it only computes an address: lea, invlpg, prefetch, long nop, clflush, clwb. */
static inline bool only_names(struct opcode o)
{
    if (o.first == 0x8d)
        return true;
    return o.first == 0x0f
        && ((o.second == 0x01 && middle(o) == 7) || o.second == 0x0d
            || (o.second >= 0x18 && o.second <= 0x1f)
            || (o.second == 0xae && (middle(o) == 7 || (middle(o) == 6 && o.wide))));
}

/* Whether an instruction with an operand in memory writes it. */
static inline bool writes_operand(struct opcode o)
{
    switch (o.first) {
    case 0x00 ... 0x0e: case 0x10 ... 0x37: /* add, or, adc, sbb, and, sub, xor; cmp does not */
        return (o.first & 7) < 2;
    case 0x80 ... 0x83:
        return middle(o) != 7;
    case 0x86 ... 0x89: case 0x8c: case 0x8f: case 0xc0: case 0xc1: case 0xc6: case 0xc7:
    case 0xd0 ... 0xd3: /* xchg, mov, pop, shifts */
        return true;
    case 0xf6: case 0xf7: /* not, neg */
        return middle(o) == 2 || middle(o) == 3;
    case 0xfe: case 0xff: /* inc, dec; what is pushed was in memory */
        return middle(o) < 2 || middle(o) == 6;
    case 0x0f: /* setcc, bts, shld, shrd, cmpxchg, btr, btc, xadd, movnti */
        return (o.second & 0xf0) == 0x90 || o.second == 0xa4 || o.second == 0xa5 || o.second == 0xab
            || o.second == 0xac || o.second == 0xad || o.second == 0xb0 || o.second == 0xb1
            || o.second == 0xb3 || o.second == 0xbb || o.second == 0xc0 || o.second == 0xc1
            || o.second == 0xc3 || (o.second == 0xba && middle(o) >= 5);
    default:
        return false;
    }
}

/* Bytes of the displacement of a direct jump or call; 0: it is no such, or a 16-bit one. */
static inline size_t displacement(struct opcode o, size_t size)
{
    if ((o.first & 0xf0) == 0x70 || (o.first & 0xfc) == 0xe0 || o.first == 0xeb)
        return 1;
    const bool is_long = o.first == 0xe8 || o.first == 0xe9
                      || (o.first == 0x0f && (o.second & 0xf0) == 0x80);
    return is_long && size >= 5 ? 4 : 0;
}

/* The kind of an instruction. Known error: a repeated string instruction with a count of 0 accesses
 * nothing; if an interrupt comes right after it, that counts as a fault. */
static inline enum kind kind_of(struct opcode o, size_t size)
{
    const bool operand = has_modrm(o) && o.modrm < 0xc0 && !only_names(o);

    switch (o.first) {
    case 0x0f:
        if (o.second == 0x05 || o.second == 0x34)
            return IS_SYSCALL;
        if (o.second == 0x07)
            return IS_SYSRET;
        if (o.second == 0xa0 || o.second == 0xa8) /* push, pop of fs and gs */
            return STORES_ONE;
        if (o.second == 0xa1 || o.second == 0xa9)
            return LOADS_ONE;
        if (o.second == 0x35 || o.second == 0x0b
            || ((o.second & 0xf0) == 0x80 && !displacement(o, size)))
            return ANYWHERE; /* sysexit, ud2 */
        break;
    case 0xe8:
        return displacement(o, size) ? STORES_ONE : ANYWHERE_STORES;
    case 0xe9:
        return displacement(o, size) ? PLAIN : ANYWHERE;
    case 0xc2: case 0xc3: case 0xca: case 0xcb: case 0xcf: /* ret, iret */
        return ANYWHERE_LOADS;
    case 0x9a: case 0xea: case 0xcc ... 0xce: case 0xf1: /* far, int */
        return ANYWHERE;
    case 0xff:
        if (middle(o) == 2 || middle(o) == 3)
            return ANYWHERE_STORES;
        if (middle(o) == 4 || middle(o) == 5)
            return operand ? ANYWHERE_LOADS : ANYWHERE;
        break;
    case 0x50 ... 0x57: case 0x68: case 0x6a: case 0x9c: case 0xc8: /* push, enter */
    case 0xa2 ... 0xa5: case 0xaa: case 0xab: case 0x6c: case 0x6d: /* mov, movs, stos, ins */
        return STORES_ONE;
    case 0x58 ... 0x5f: case 0x9d: case 0xc9: case 0xd7: /* pop, leave, xlat */
    case 0xa0: case 0xa1: case 0xa6: case 0xa7: case 0xac ... 0xaf: case 0x6e: case 0x6f:
        return LOADS_ONE; /* mov, cmps, lods, scas, outs */
    }
    return !operand ? PLAIN : writes_operand(o) ? STORES_ONE : LOADS_ONE;
}

/* clang-format on */

#endif
