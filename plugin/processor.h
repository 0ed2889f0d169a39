/* SPDX-License-Identifier: MIT
 * What a processor executed: its instructions and accesses, its crossings into the kernel, and the
 * misses of its modelled caches and TLB. */
#ifndef FEUERPROBE_PROCESSOR_H
#define FEUERPROBE_PROCESSOR_H

#include "cache.h"
#include "insn.h"

#include <string.h>

/* In the order of the file's rows. */
enum {
    INSTRUCTIONS,
    LOADS,
    STORES,
    L1I,
    L1D,
    L2,
    TLB,
    CROSSINGS,
    AS_SWITCHES,
    INTERRUPTS,
    IPIS,
    LONGEST_MASKED, /* not a sum: the longest of all CPUs */
    COUNTERS
};

/* What a processor executed, and its modelled caches. */
struct cpu {
    uint64_t counts[COUNTERS], since[COUNTERS], code_line, code_page, data_page;
    struct insn last;
    struct masked masked;
    uint64_t delivered; /* interrupts and faults seen that return into the same half */
    bool alike;         /* a system call returns by the instruction that ends an interrupt, too */
    struct cache l1i, l1d, l2, tlb;
};

/* What came before an instruction: an interrupt or a fault, the fault of the last one, ring 3. */
struct event {
    bool delivered, faulted, to_ring3;
};

static inline void forget(struct cpu *cpu)
{
    memset(cpu->tlb.tags, 0, 8ul * cpu->tlb.sets * cpu->tlb.ways);
    cpu->code_page = cpu->data_page = ~0ull;
}

static inline void translate(struct cpu *cpu, uint64_t address, uint64_t *last)
{
    if (address >> PAGE_BITS == *last)
        return;
    *last = address >> PAGE_BITS;
    cpu->counts[TLB] += !touch(&cpu->tlb, address);
}

static inline void interrupted(struct cpu *cpu)
{
    cpu->counts[CROSSINGS]++;
    cpu->counts[INTERRUPTS]++;
}

/* Count an instruction that begins. If it faults, it begins again later, so it is taken back.
 *
 * An interrupt or fault was delivered if the next instruction is not the one that must follow, or
 * if the kernel's half of the addresses is entered without a system call. After a return or an
 * indirect jump within the same half, a delivery cannot be seen; an IRET that stays in its half
 * shows it. */
static inline struct event count(struct cpu *cpu, struct insn now)
{
    const struct insn last = cpu->last;
    const bool next = now.at == last.at + last.size, high = now.at >> 63, was_high = last.at >> 63;
    const bool faulted = has_faulted(&last) && !next;
    const bool follows = next || goes_anywhere(last.kind) || now.at == last.target
                         || now.at == last.at;                /* a repeated string instruction */
    const bool back_at_once = last.kind == IS_SYSRET && high; /* no ring 3 is there */
    const bool entered = high && !was_high && last.kind != IS_SYSCALL;

    cpu->delivered += cpu->alike && last.kind == IS_SYSCALL && high == was_high;
    cpu->counts[INSTRUCTIONS] -= faulted;
    const uint64_t before = cpu->counts[INSTRUCTIONS]++;
    const bool delivered = faulted || !follows || entered || back_at_once;
    masked_step(&cpu->masked, last.kind == IS_SYSRET ? RETURNS : last.effect,
                last.kind != IS_SYSRET && (high || !was_high) && !entered, before, last.at);
    if (delivered) {
        interrupted(cpu);
        cpu->delivered += high == was_high && !back_at_once;
        masked_deliver(&cpu->masked, high == was_high && !back_at_once, before);
    } else if (last.iret && high == was_high) {
        if (cpu->delivered)
            cpu->delivered--;
        else
            interrupted(cpu);
    }
    masked_note(&cpu->masked, before, now.at);
    cpu->last = now;
    return (struct event){ delivered, faulted, was_high && !high };
}

/* Its code passes through the modelled caches. */
static inline void fetch(struct cpu *cpu, uint64_t address)
{
    const uint64_t line = address >> cpu->l1i.shift;

    if (line == cpu->code_line)
        return;
    cpu->code_line = line;
    translate(cpu, address, &cpu->code_page);
    if (touch(&cpu->l1i, address))
        return;
    cpu->counts[L1I]++;
    cpu->counts[L2] += !touch(&cpu->l2, address);
}

/* And so do its data, of `size` bytes. */
static inline void access_data(struct cpu *cpu, uint64_t address, uint64_t physical, uint64_t size)
{
    const uint64_t line = 1ull << cpu->l1d.shift;

    translate(cpu, address, &cpu->data_page);
    for (uint64_t p = physical & -line; p < physical + size; p += line) {
        if (touch(&cpu->l1d, p))
            continue;
        cpu->counts[L1D]++;
        cpu->counts[L2] += !touch(&cpu->l2, p);
    }
}

#endif
