/* SPDX-License-Identifier: MIT
 * What the plugin must know of an instruction, for each processor that it counts on: x86, RISC-V
 * and AArch64. A load or store that accesses nothing has faulted; on RISC-V and AArch64 one kind
 * stands for both, because a failed exclusive store accesses nothing. */
#ifndef FEUERPROBE_DECODE_H
#define FEUERPROBE_DECODE_H

#include "insn.h"

enum {
    MARK_ENTRY = 0x46500001,
    MARK_BEGIN,
    MARK_END,
    MARK_DEPART,
    MARK_ARRIVE,
    MARK_VOID,
    MARK_OWN
};

/* direct: it may go to `target`. switches: it changes the address space. flushes: it empties the
 * TLB. mark: one of the above, or 0. */
struct decoded {
    enum kind kind;
    enum effect effect;
    bool direct, switches, flushes;
    uint64_t target;
    uint32_t mark;
};

static inline bool is_mark(uint32_t mark) { return mark >= MARK_ENTRY && mark <= MARK_OWN; }

static inline struct decoded decode_x86(const uint8_t *b, size_t size, uint64_t at)
{
    const struct opcode o = read_opcode(b, size);
    const bool two = o.first == 0x0f;
    struct decoded d = { .kind = kind_of(o, size), .effect = effect_of(o) };
    uint32_t mark = 0;

    if (size == 7 && b[0] == 0x0f && b[1] == 0x1f && b[2] == 0x80)
        memcpy(&mark, b + 3, 4);
    d.mark = is_mark(mark) ? mark : 0;
    d.direct = displacement(o, size) != 0;
    d.target = d.direct ? target_of(at, b, size, o) : 0;
    d.switches = two && o.second == 0x22 && (o.modrm >> 3 & 7) == 3; /* mov to cr3 */
    d.flushes = two && o.second == 0x01 && (o.modrm >> 3 & 7) == 7 && o.modrm < 0xc0; /* invlpg */
    return d;
}

/* The `width` lower bits of `value`, shifted right by `from` and left by `to`. */
static inline uint64_t bits(uint32_t value, int from, int width, int to)
{
    return (uint64_t)(value >> from & ((1u << width) - 1)) << to;
}

static inline uint64_t extended(uint64_t value, int width)
{
    return (uint64_t)((int64_t)(value << (64 - width)) >> (64 - width));
}

static inline struct decoded goes_to(uint64_t at, uint64_t offset, int width)
{
    return (struct decoded){ .direct = true, .target = at + extended(offset, width) };
}

/* A compressed instruction of RISC-V. c.jal is one of 32 bits only. */
static inline struct decoded decode_compressed(uint32_t w, uint64_t at, bool wide)
{
    const uint32_t quadrant = w & 3, f = w >> 13;

    if (quadrant == 1 && (f == 5 || (f == 1 && !wide)))
        return goes_to(at,
                       bits(w, 12, 1, 11) | bits(w, 11, 1, 4) | bits(w, 9, 2, 8) | bits(w, 8, 1, 10)
                           | bits(w, 7, 1, 6) | bits(w, 6, 1, 7) | bits(w, 3, 3, 1)
                           | bits(w, 2, 1, 5),
                       12);
    if (quadrant == 1 && f >= 6)
        return goes_to(at,
                       bits(w, 12, 1, 8) | bits(w, 10, 2, 3) | bits(w, 5, 2, 6) | bits(w, 3, 2, 1)
                           | bits(w, 2, 1, 5),
                       9);
    if (quadrant != 1 && f && f != 4)
        return (struct decoded){ .kind = LOADS_ONE };
    if (quadrant == 2 && f == 4 && !(w >> 2 & 31) && w >> 7 & 31)
        return (struct decoded){ .kind = ANYWHERE }; /* c.jr, c.jalr */
    return (struct decoded){ .kind = PLAIN };
}

static inline struct decoded decode_system(uint32_t w)
{
    const uint32_t f = w >> 12 & 7;

    if (w == 0x00000073)
        return (struct decoded){ .kind = IS_SYSCALL };
    if (w == 0x10200073 || w == 0x30200073) /* sret, mret */
        return (struct decoded){ .kind = ANYWHERE, .effect = RETURNS };
    if ((w & 0xfe007fff) == 0x12000073) /* sfence.vma */
        return (struct decoded){ .flushes = true };
    if (w >> 20 == 0x180 && f && ((f & 3) == 1 || w >> 15 & 31)) /* a write of satp */
        return (struct decoded){ .switches = true };
    return (struct decoded){ .kind = PLAIN };
}

static inline struct decoded decode_riscv(const uint8_t *b, size_t size, uint64_t at, bool wide)
{
    uint32_t w = 0;

    memcpy(&w, b, size < 4 ? 2 : 4);
    if (size < 4)
        return decode_compressed(w, at, wide);
    switch (w & 0x7f) {
    case 0x03: /* loads, stores, atomic operations */
    case 0x07:
    case 0x23:
    case 0x27:
    case 0x2f:
        return (struct decoded){ .kind = LOADS_ONE };
    case 0x63:
        return goes_to(
            at, bits(w, 31, 1, 12) | bits(w, 7, 1, 11) | bits(w, 25, 6, 5) | bits(w, 8, 4, 1), 13);
    case 0x6f:
        return goes_to(
            at, bits(w, 31, 1, 20) | bits(w, 12, 8, 12) | bits(w, 20, 1, 11) | bits(w, 21, 10, 1),
            21);
    case 0x67:
        return (struct decoded){ .kind = ANYWHERE };
    case 0x73:
        return decode_system(w);
    case 0x37: /* lui x0 */
        return (struct decoded){ .mark = !(w & 0xf80) && w >> 20 == 0x465
                                                 && is_mark(0x46500000 + (w >> 12 & 0xff))
                                             ? 0x46500000 + (w >> 12 & 0xff)
                                             : 0 };
    default:
        return (struct decoded){ .kind = PLAIN };
    }
}

static inline struct decoded decode_riscv32(const uint8_t *b, size_t size, uint64_t at)
{
    return decode_riscv(b, size, at, false);
}

static inline struct decoded decode_riscv64(const uint8_t *b, size_t size, uint64_t at)
{
    return decode_riscv(b, size, at, true);
}

static inline struct decoded decode_aarch64(const uint8_t *b, size_t size, uint64_t at)
{
    uint32_t w;

    (void)size;
    memcpy(&w, b, 4);
    if ((w & 0x7c000000) == 0x14000000) /* b, bl */
        return goes_to(at, bits(w, 0, 26, 2), 28);
    if ((w & 0xff000000) == 0x54000000 || (w & 0x7e000000) == 0x34000000) /* b.cond, cbz */
        return goes_to(at, bits(w, 5, 19, 2), 21);
    if ((w & 0x7e000000) == 0x36000000) /* tbz */
        return goes_to(at, bits(w, 5, 14, 2), 16);
    if ((w & 0xfffff3ff) == 0xd69f03e0) /* eret */
        return (struct decoded){ .kind = ANYWHERE, .effect = RETURNS };
    if ((w & 0xfe000000) == 0xd6000000) /* br, blr, ret */
        return (struct decoded){ .kind = ANYWHERE };
    if ((w & 0xffe0001f) == 0xd4000001) /* svc */
        return (struct decoded){ .kind = IS_SYSCALL };
    if ((w & 0xffe0001f) == 0xd280001f && is_mark(0x46500000 + (w >> 5 & 0xffff) - 0x4650))
        return (struct decoded){ .mark = 0x46500000 + (w >> 5 & 0xffff) - 0x4650 };
    if ((w & 0xffffffc0) == 0xd5182000) /* ttbr0_el1, ttbr1_el1 */
        return (struct decoded){ .switches = true };
    if ((w & 0xfff8f000) == 0xd5088000) /* tlbi */
        return (struct decoded){ .flushes = true };
    const bool prefetch = (w & 0xff800000) == 0xf9800000 || (w & 0xffe00000) == 0xf8800000
                          || (w & 0xffe00c00) == 0xf8a00800 || (w & 0xff000000) == 0xd8000000;
    return (struct decoded){ .kind = (w & 0x0a000000) == 0x08000000 && !prefetch ? LOADS_ONE
                                                                                 : PLAIN };
}

#endif
