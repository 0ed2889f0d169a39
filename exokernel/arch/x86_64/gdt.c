/* SPDX-License-Identifier: MIT
 * Segments and the task state: long mode uses them for the privilege level and for the stacks of
 * faults that cannot trust the current one. */
#include "kernel.h"
#include "x86.h"

/* ist[0..2]: double fault, NMI, machine check (trap.c names them 1..3). */
static struct tss {
    uint32_t reserved0;
    uint64_t rsp[3], reserved1, ist[7], reserved2;
    uint16_t reserved3, io_map;
} __attribute__((packed)) tss;
_Static_assert(sizeof(struct tss) == 104, "task state segment");

/* null | kernel code | kernel data | task state (two entries) */
static uint64_t gdt[5] = { 0, 0x00209a0000000000, 0x0000920000000000, 0, 0 };

extern char stack_boot_top[], stack_fault_top[], stack_nmi_top[], stack_check_top[];

/* Load the kernel's own segments and the task register. Once per CPU. */
void gdt_init(void)
{
    const uint64_t base = (uint64_t)&tss, limit = sizeof tss - 1;

    tss.rsp[0] = (uint64_t)stack_boot_top;
    tss.ist[0] = (uint64_t)stack_fault_top;
    tss.ist[1] = (uint64_t)stack_nmi_top;
    tss.ist[2] = (uint64_t)stack_check_top;
    tss.io_map = sizeof tss;
    gdt[3] = limit | (base & 0xffffff) << 16 | 0x89ull << 40 | (base >> 24 & 0xff) << 56;
    gdt[4] = base >> 32;

    const struct x86_table table = { sizeof gdt - 1, (uint64_t)gdt };
    __asm__ volatile("lgdt %0\n\t"
                     "pushq $8\n\t"
                     "lea 1f(%%rip), %%rax\n\t"
                     "pushq %%rax\n\t"
                     "lretq\n"
                     "1:\n\t"
                     "mov $16, %%eax\n\t"
                     "mov %%eax, %%ds\n\t"
                     "mov %%eax, %%es\n\t"
                     "mov %%eax, %%ss\n\t"
                     "mov $24, %%eax\n\t"
                     "ltr %%ax"
                     : : "m"(table) : "rax", "memory");
}
