/* SPDX-License-Identifier: MIT
 * An executed instruction: where it is, where it may go, and what it did. */
#ifndef FEUERPROBE_INSN_H
#define FEUERPROBE_INSN_H

#include "masked.h"
#include "opcode.h"

#include <string.h>

struct insn {
    uint64_t at, target;
    uint32_t size;
    enum kind kind;
    enum effect effect;
    bool loaded, stored, iret;
};

/* The one word that the callback of an instruction gets: the address, which has 57 bits, the kind,
 * and the size, which is at most 15. */
enum { ABOVE = 7, KIND_AT = 57, SIZE_AT = 60 };

static inline uint64_t pack(uint64_t address, size_t size, enum kind kind)
{
    return (address << ABOVE >> ABOVE) | (uint64_t)kind << KIND_AT | (uint64_t)size << SIZE_AT;
}

static inline struct insn unpack(uint64_t word)
{
    return (struct insn){ .at = (uint64_t)((int64_t)(word << ABOVE) >> ABOVE),
                          .size = (uint32_t)(word >> SIZE_AT),
                          .kind = word >> KIND_AT & 7 };
}

static inline bool has_faulted(const struct insn *i)
{
    switch (i->kind) {
    case LOADS_ONE:
    case ANYWHERE_LOADS:
        return !i->loaded && !i->stored;
    case STORES_ONE:
    case ANYWHERE_STORES:
        return !i->stored;
    default:
        return false;
    }
}

static inline bool goes_anywhere(enum kind kind)
{
    return kind == ANYWHERE || kind == ANYWHERE_LOADS || kind == ANYWHERE_STORES
           || kind == IS_SYSRET || kind == IS_SYSCALL;
}

/* What it does to the interrupt flag: cli, sti, iret, int. on_syscall knows the rest. */
static inline enum effect effect_of(struct opcode o)
{
    return o.first == 0xfa                                         ? MASKS
           : o.first == 0xfb                                       ? UNMASKS
           : o.first == 0xcf                                       ? RETURNS
           : o.first == 0xcc || o.first == 0xcd || o.first == 0xf1 ? ENTERS
                                                                   : KEEPS;
}

/* The target of a direct jump or call, the `size` bytes at `b`. */
static inline uint64_t target_of(uint64_t at, const uint8_t *b, size_t size, struct opcode o)
{
    const size_t width = displacement(o, size);
    int32_t reach = (int8_t)b[size - 1];

    if (width == sizeof reach)
        memcpy(&reach, b + size - width, width);
    return at + size + (uint64_t)(int64_t)reach;
}

/* What the shadow stacks of a profile must know of it: stacks.h. READS_CLOCK: rdtsc, rdtscp. */
enum flow { GOES_ON, CALLS, RETURNS_NEAR, JUMPS, ENTERS_KERNEL, LEAVES_KERNEL, READS_CLOCK };

static inline enum flow flow_of(struct opcode o)
{
    switch (o.first) {
    case 0xe8:
        return CALLS;
    case 0xc2:
    case 0xc3:
        return RETURNS_NEAR;
    case 0xcf:
        return LEAVES_KERNEL;
    case 0xff:
        return middle(o) == 2 ? CALLS : middle(o) == 4 ? JUMPS : GOES_ON;
    case 0x0f:
        return o.second == 0x05 || o.second == 0x34                        ? ENTERS_KERNEL
               : o.second == 0x07 || o.second == 0x35                      ? LEAVES_KERNEL
               : o.second == 0x31 || (o.second == 0x01 && o.modrm == 0xf9) ? READS_CLOCK
                                                                           : GOES_ON;
    default:
        return GOES_ON;
    }
}

#endif
