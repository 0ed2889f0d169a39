/* SPDX-License-Identifier: MIT
 * The longest stretch of instructions that a processor executes with interrupts masked. An
 * instruction is in it if it begins masked: all after a cli, a syscall or a delivery, to the sti,
 * sysret or iret that ends it, and the one in the shadow of that sti.
 *
 *   nop | cli | nop | sti | nop | nop        an interrupt is served before each instruction, except
 *               '---- 3 -----'               where a stretch is drawn
 *
 * Assumed: gates and syscall mask, ring 3 does not. popf is not looked at. */
#ifndef FEUERPROBE_MASKED_H
#define FEUERPROBE_MASKED_H

#include <stdbool.h>
#include <stdint.h>

/* What the previous instruction did to the interrupt flag. */
enum effect { KEEPS, MASKS, UNMASKS, RETURNS, ENTERS };

enum { MASKED_VIA = 32, MASKED_EACH = 128 };

struct masked {
    bool now;       /* the instruction that begins is masked */
    bool shadow;    /* a sti came before it */
    bool own;       /* the stretch does not count: mark 0x46500007 */
    uint64_t outer; /* deliveries within the kernel under way, a bit each: it was masked before */
    uint64_t from;  /* instructions before the stretch began */
    uint64_t cut;   /* the same, but not before the region began */
    uint64_t longest, ever; /* of the region; of the run, once ring 3 has run */
    uint64_t at;            /* where the longest one of the run ended */
    uint64_t via[MASKED_VIA], longest_via[MASKED_VIA]; /* every 128th instruction of a stretch */
};

/* The part of the present stretch that is in the region. */
static inline uint64_t masked_so_far(const struct masked *m, uint64_t instructions)
{
    return m->now && !m->own ? instructions - m->cut : 0;
}

static inline void masked_begin(struct masked *m, uint64_t instructions)
{
    m->now = true, m->shadow = m->own = false;
    m->from = m->cut = instructions;
}

/* This stretch is the longest of the run so far. */
static inline void masked_longest(struct masked *m, uint64_t instructions, uint64_t at)
{
    m->ever = instructions - m->from;
    m->at = at;
    for (uint64_t i = 0; i < MASKED_VIA; i++)
        m->longest_via[i] = (i + 1) * MASKED_EACH <= m->ever ? m->via[i] : 0;
}

/* The last instruction of the stretch was executed. */
static inline void masked_end(struct masked *m, uint64_t instructions, uint64_t at)
{
    const uint64_t part = masked_so_far(m, instructions);

    if (part > m->longest)
        m->longest = part;
    if (m->now && !m->own && instructions - m->from > m->ever)
        masked_longest(m, instructions, at);
    m->now = m->shadow = false;
}

/* A region begins: what ran before it does not count. */
static inline void masked_region(struct masked *m, uint64_t instructions)
{
    m->longest = 0;
    m->cut = instructions;
}

/* An interrupt or a fault was delivered before the instruction that begins, or an int executed. */
static inline void masked_deliver(struct masked *m, bool within, uint64_t instructions)
{
    if (within)
        m->outer = m->outer << 1 | m->now;
    if (!m->now)
        masked_begin(m, instructions);
}

/* Note where a long stretch is. */
static inline void masked_note(struct masked *m, uint64_t instructions, uint64_t at)
{
    const uint64_t length = instructions - m->from;

    if (m->now && length % MASKED_EACH == 0 && length && length / MASKED_EACH <= MASKED_VIA)
        m->via[length / MASKED_EACH - 1] = at;
}

/* An instruction begins, after one with this effect and `instructions` in all. within: the kernel
 * was not left. */
static inline void masked_step(struct masked *m, enum effect effect, bool within,
                               uint64_t instructions, uint64_t at)
{
    const bool shadow = m->shadow;

    m->shadow = false;
    switch (effect) {
    case KEEPS:
        if (shadow)
            masked_end(m, instructions, at);
        break;
    case MASKS:
        if (!m->now)
            masked_begin(m, instructions);
        break;
    case UNMASKS:
        m->shadow = m->now;
        break;
    case RETURNS:
        if (!within || !(m->outer & 1))
            masked_end(m, instructions, at);
        if (within)
            m->outer >>= 1;
        break;
    case ENTERS:
        masked_deliver(m, within, instructions);
        break;
    }
}

#endif
