/* SPDX-License-Identifier: MIT
 * What kind of work an x86-64 instruction does, for the mix of a workload. Each instruction has one
 * class; its loads and stores are counted apart. */
#ifndef FEUERPROBE_MIX_H
#define FEUERPROBE_MIX_H

#include "opcode.h"

enum mix {
    MIX_MOVE,       /* mov, movzx, cmov, setcc, xchg */
    MIX_ARITHMETIC, /* add, sub, inc, neg, lea, xadd, cmpxchg */
    MIX_LOGIC,      /* and, or, xor, shifts, bits */
    MIX_COMPARE,    /* cmp, test */
    MIX_MULTIPLY,
    MIX_DIVIDE,
    MIX_BRANCH, /* conditional jumps, loop */
    MIX_JUMP,
    MIX_CALL,
    MIX_RETURN,
    MIX_STACK,  /* push, pop, leave */
    MIX_STRING, /* each repetition counts */
    MIX_VECTOR, /* x87, SSE, AVX */
    MIX_SYSTEM, /* syscall, in, out, cli, hlt, and others of the kernel; rdtsc, cpuid */
    MIX_OTHER,  /* nop, prefetch, flags */
    MIX_CLASSES
};

/* clang-format off */
static inline enum mix mix_of_group(int operation) /* of 00 to 3f, and of 80 to 83 */
{
    return operation == 7                                       ? MIX_COMPARE
         : operation == 1 || operation == 4 || operation == 6 ? MIX_LOGIC
                                                              : MIX_ARITHMETIC;
}

static inline enum mix mix_of_two(struct opcode o) /* after 0f */
{
    switch (o.second) {
    case 0x00 ... 0x0c: case 0x20 ... 0x23: case 0x30 ... 0x37: case 0xa2: case 0xaa:
        return MIX_SYSTEM;
    case 0x0d: case 0x18 ... 0x1f: case 0xae:
        return MIX_OTHER;
    case 0x40 ... 0x4f: case 0x90 ... 0x9f: case 0xb6: case 0xb7: case 0xbe: case 0xbf: case 0xc3:
        return MIX_MOVE;
    case 0x80 ... 0x8f:
        return MIX_BRANCH;
    case 0xa0: case 0xa1: case 0xa8: case 0xa9:
        return MIX_STACK;
    case 0xa3 ... 0xa5: case 0xab ... 0xad: case 0xb3: case 0xb8: case 0xba ... 0xbd:
    case 0xc8 ... 0xcf:
        return MIX_LOGIC;
    case 0xaf:
        return MIX_MULTIPLY;
    case 0xb0: case 0xb1: case 0xc0: case 0xc1: case 0xc7:
        return MIX_ARITHMETIC;
    default:
        return MIX_VECTOR;
    }
}

static inline enum mix mix_of(struct opcode o)
{
    switch (o.first) {
    case 0x0f:
        return mix_of_two(o);
    case 0x00 ... 0x05: case 0x08 ... 0x0d: case 0x10 ... 0x15: case 0x18 ... 0x1d:
    case 0x20 ... 0x25: case 0x28 ... 0x2d: case 0x30 ... 0x35: case 0x38 ... 0x3d:
        return mix_of_group(o.first >> 3);
    case 0x80 ... 0x83:
        return mix_of_group(middle(o));
    case 0x84: case 0x85: case 0xa8: case 0xa9:
        return MIX_COMPARE;
    case 0x63: case 0x86 ... 0x8c: case 0x8e: case 0x91 ... 0x99: case 0xa0 ... 0xa3:
    case 0xb0 ... 0xbf: case 0xc6: case 0xc7: case 0xd7:
        return MIX_MOVE;
    case 0x8d:
        return MIX_ARITHMETIC;
    case 0x50 ... 0x5f: case 0x68: case 0x6a: case 0x8f: case 0x9c: case 0x9d: case 0xc8: case 0xc9:
        return MIX_STACK;
    case 0x69: case 0x6b:
        return MIX_MULTIPLY;
    case 0xc0: case 0xc1: case 0xd0 ... 0xd3:
        return MIX_LOGIC;
    case 0xf6: case 0xf7:
        return middle(o) < 2 ? MIX_COMPARE : middle(o) == 2 ? MIX_LOGIC
             : middle(o) == 3 ? MIX_ARITHMETIC : middle(o) < 6 ? MIX_MULTIPLY : MIX_DIVIDE;
    case 0xfe: case 0xff:
        return middle(o) < 2 ? MIX_ARITHMETIC : middle(o) < 4 ? MIX_CALL
             : middle(o) < 6 ? MIX_JUMP : MIX_STACK;
    case 0x70 ... 0x7f: case 0xe0 ... 0xe3:
        return MIX_BRANCH;
    case 0xe8: case 0x9a:
        return MIX_CALL;
    case 0xe9 ... 0xeb:
        return MIX_JUMP;
    case 0xc2: case 0xc3: case 0xca: case 0xcb:
        return MIX_RETURN;
    case 0xa4 ... 0xa7: case 0xaa ... 0xaf: case 0x6c ... 0x6f:
        return MIX_STRING;
    case 0x62: case 0x9b: case 0xc4: case 0xc5: case 0xd8 ... 0xdf:
        return MIX_VECTOR;
    case 0xcc ... 0xcf: case 0xe4 ... 0xe7: case 0xec ... 0xef: case 0xf1: case 0xf4: case 0xfa:
    case 0xfb:
        return MIX_SYSTEM;
    default:
        return MIX_OTHER;
    }
}
/* clang-format on */

/* Whether the next instruction need not be the next in memory. */
static inline bool mix_leaves(enum mix mix)
{
    return mix == MIX_BRANCH || mix == MIX_JUMP || mix == MIX_CALL || mix == MIX_RETURN;
}

#endif
