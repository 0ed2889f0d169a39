/* SPDX-License-Identifier: MIT
 * x86: the serial line, and the table of faults. */
#include "kit.h"

enum { FAULTS = 32, CODE = 8, TASK = 24 };

void kit_machine(void);
const char *kit_fault_name(unsigned long code);

extern const char kit_faults[]; /* 16 bytes of code a fault */
extern fp_u64 kit_gdt[];

struct __attribute__((packed)) table {
    unsigned short limit;
    void *base;
};

void kit_put(char c) { __asm__ volatile("outb %0, %1" : : "a"(c), "Nd"((unsigned short)0x3f8)); }

#ifdef __x86_64__
static struct {
    fp_u64 low, high;
} idt[FAULTS];
static fp_u32 task[26];
static char stack[16384] __attribute__((aligned(16)));

/* A fault may come because the stack has overflowed, so all of them use a stack of their own. */
void kit_machine(void)
{
    const fp_u64 top = (fp_u64)(stack + sizeof stack), base = (fp_u64)task;

    for (fp_u64 i = 0; i < FAULTS; i++) {
        const fp_u64 to = (fp_u64)kit_faults + 16 * i;
        idt[i].low = (to & 0xffff) | CODE << 16 | 0x8e01ull << 32 | (to >> 16 & 0xffff) << 48;
        idt[i].high = to >> 32;
    }
    task[9] = (fp_u32)top;
    kit_gdt[TASK / 8] = (sizeof task - 1) | (base & 0xffffff) << 16 | 0x89ull << 40;
    __asm__ volatile("ltr %0" : : "r"((unsigned short)TASK));
    const struct table all = { sizeof idt - 1, idt };
    __asm__ volatile("lidt %0" : : "m"(all));
}
#else
static fp_u64 idt[FAULTS];

void kit_machine(void)
{
    for (fp_u32 i = 0; i < FAULTS; i++) {
        const fp_u32 to = (fp_u32)kit_faults + 16 * i;
        idt[i] = (to & 0xffff) | CODE << 16 | (fp_u64)((to & 0xffff0000) | 0x8e00) << 32;
    }
    const struct table all = { sizeof idt - 1, idt };
    __asm__ volatile("lidt %0" : : "m"(all));
}
#endif

const char *kit_fault_name(unsigned long code)
{
    static const char *const names[] = {
        [0] = "divide error",
        [1] = "debug exception",
        [3] = "breakpoint",
        [4] = "overflow",
        [5] = "bound range exceeded",
        [6] = "invalid opcode",
        [7] = "floating point is not available",
        [8] = "double fault: the stack has overflowed",
        [10] = "invalid task",
        [11] = "segment not present",
        [12] = "stack segment fault",
        [13] = "general protection fault",
        [14] = "page fault",
        [16] = "floating point error",
        [17] = "unaligned access",
        [19] = "SIMD floating point error",
    };
    const char *name = code < sizeof names / sizeof *names ? names[code] : 0;

    return name ? name : "unknown fault";
}
