/* SPDX-License-Identifier: MIT
 * Instructions that C cannot express. Each function is one or two of them, and has no state. */
#ifndef FEUERBIRD_X86_H
#define FEUERBIRD_X86_H

#include <stdbool.h>
#include <stdint.h>

#define CR0_WP (1ul << 16)
#define CR4_UMIP (1ul << 11)
#define CR4_SMEP (1ul << 20)
#define CR4_SMAP (1ul << 21)
#define CR0_EM (1ul << 2)
#define CR0_NE (1ul << 5)
#define CR4_OSFXSR (1ul << 9)
#define CR4_OSXMMEXCPT (1ul << 10)
#define CR4_OSXSAVE (1ul << 18)
#define CR4_PGE (1ul << 7)
#define CR4_PCE (1ul << 8)
#define FLAGS_RING3 0x47500ul /* AC, NT, IOPL, DF, TF: off in the kernel */
#define MSR_EFER 0xc0000080u
#define EFER_SCE (1ul << 0)
#define EFER_NXE (1ul << 11)
#define MSR_STAR 0xc0000081u
#define MSR_LSTAR 0xc0000082u
#define MSR_FMASK 0xc0000084u
#define MSR_FS_BASE 0xc0000100u
#define MSR_GS_BASE 0xc0000101u
#define MSR_KERNEL_GS_BASE 0xc0000102u

static inline void x86_out8(uint16_t port, uint8_t value)
{
    __asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port));
}

static inline uint8_t x86_in8(uint16_t port)
{
    uint8_t value;
    __asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
    return value;
}

static inline void x86_out32(uint16_t port, uint32_t value)
{
    __asm__ volatile("outl %0, %1" : : "a"(value), "Nd"(port));
}

static inline uint32_t x86_in32(uint16_t port)
{
    uint32_t value;
    __asm__ volatile("inl %1, %0" : "=a"(value) : "Nd"(port));
    return value;
}

static inline uint64_t x86_read_msr(uint32_t msr)
{
    uint32_t low, high;
    __asm__ volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(msr));
    return (uint64_t)high << 32 | low;
}

static inline void x86_write_msr(uint32_t msr, uint64_t value)
{
    __asm__ volatile("wrmsr" : : "c"(msr), "a"((uint32_t)value), "d"((uint32_t)(value >> 32)));
}

#define X86_CONTROL(n)                                                                             \
    static inline uint64_t x86_read_cr##n(void)                                                    \
    {                                                                                              \
        uint64_t value;                                                                            \
        __asm__ volatile("mov %%cr" #n ", %0" : "=r"(value));                                      \
        return value;                                                                              \
    }                                                                                              \
    static inline void x86_write_cr##n(uint64_t value)                                             \
    {                                                                                              \
        __asm__ volatile("mov %0, %%cr" #n : : "r"(value) : "memory");                             \
    }
X86_CONTROL(0)
X86_CONTROL(2)
X86_CONTROL(3)
X86_CONTROL(4)

struct x86_cpuid {
    uint32_t a, b, c, d;
};

static inline struct x86_cpuid x86_cpuid(uint32_t leaf, uint32_t subleaf)
{
    struct x86_cpuid r;
    __asm__ volatile("cpuid"
                     : "=a"(r.a), "=b"(r.b), "=c"(r.c), "=d"(r.d)
                     : "a"(leaf), "c"(subleaf));
    return r;
}

/* Save and load the registers of x87 and SSE: 512 bytes. CR0.EM is clear. fninit: some processors
 * do not load the places of the last instruction and operand, so those of others must not stay. */
static inline void x86_save_fpu(uint8_t *to)
{
    __asm__ volatile("fxsave64 (%0)" : : "r"(to) : "memory");
}

static inline void x86_load_fpu(const uint8_t *from)
{
    __asm__ volatile("fninit; fxrstor64 (%0)" : : "r"(from) : "memory");
}

/* Load null into all selectors but gs, whose base is the kernel's now. */
static inline void x86_forget_selectors(void)
{
    __asm__ volatile("mov %0, %%ds; mov %0, %%es; mov %0, %%fs" : : "r"(0));
}

/* Operand of lgdt and lidt. */
struct x86_table {
    uint16_t limit;
    uint64_t base;
} __attribute__((packed));

static inline void x86_load_idt(const struct x86_table *table)
{
    __asm__ volatile("lidt %0" : : "m"(*table) : "memory");
}

static inline uint64_t x86_flags(void)
{
    uint64_t flags;
    __asm__ volatile("pushfq; popq %0" : "=r"(flags));
    return flags;
}

static inline void x86_invlpg(uint64_t address)
{
    __asm__ volatile("invlpg (%0)" : : "r"(address) : "memory");
}

/* Write a cache line back to memory, before what follows. */
static inline void x86_write_back(const void *at)
{
    __asm__ volatile("clflush (%0); mfence" : : "r"(at) : "memory");
}

/* One moment with interrupts on, asleep or not; the nop ends the shadow of sti. */
static inline void x86_halt(void) { __asm__ volatile("sti; hlt; cli" : : : "memory"); }
static inline void x86_window(void) { __asm__ volatile("sti; nop; pause; cli" : : : "memory"); }

static inline uint64_t x86_clock(void)
{
    uint64_t low, high;
    __asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
    return high << 32 | low;
}

/* 64 random bits; false: none are ready. */
static inline bool x86_random(uint64_t *bits)
{
    bool ready;
    __asm__ volatile("rdrand %0; setc %1" : "=r"(*bits), "=qm"(ready) : : "cc");
    return ready;
}

static inline void x86_pause(void) { __asm__ volatile("pause"); }

#endif
