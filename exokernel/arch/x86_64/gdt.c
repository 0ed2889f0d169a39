/* SPDX-License-Identifier: MIT
 * Segments and the task state. Long mode uses them for the privilege level, and for the stacks of
 * faults that cannot use the current stack. */
#include "cpu.h"
#include "env.h"
#include "x86.h"

extern char stack_fault_top[], stack_nmi_top[], stack_check_top[];

/* Load this processor's segments and task register:
 *
 *   null | kernel code | kernel data | user data | user code | task state (two entries)
 *
 * in the order that sysret wants. Faults that end the boot share their stacks among processors. */
void gdt_init(struct cpu *cpu)
{
    struct tss *tss = &cpu->tss;
    const uint64_t base = (uint64_t)tss, limit = sizeof *tss - 1;
    const uint64_t segments[5] = { 0, 0x00209a0000000000, 0x0000920000000000, 0x0000f20000000000,
                                   0x0020fa0000000000 };

    tss->rsp[0] = cpu->stack;
    tss->ist[0] = (uint64_t)stack_fault_top;
    tss->ist[1] = (uint64_t)stack_nmi_top;
    tss->ist[2] = (uint64_t)stack_check_top;
    tss->io_map = sizeof *tss;
    for (int i = 0; i < 5; i++)
        cpu->gdt[i] = segments[i];
    cpu->gdt[5] = limit | (base & 0xffffff) << 16 | 0x89ull << 40 | (base >> 24 & 0xff) << 56;
    cpu->gdt[6] = base >> 32;

    const struct x86_table table = { sizeof cpu->gdt - 1, (uint64_t)cpu->gdt };
    __asm__ volatile("lgdt %0\n\t"
                     "pushq $8\n\t"
                     "lea 1f(%%rip), %%rax\n\t"
                     "pushq %%rax\n\t"
                     "lretq\n"
                     "1:\n\t"
                     "mov $16, %%eax\n\t"
                     "mov %%eax, %%ss\n\t"
                     "xor %%eax, %%eax\n\t"
                     "mov %%eax, %%ds\n\t"
                     "mov %%eax, %%es\n\t"
                     "mov %%eax, %%fs\n\t"
                     "mov %%eax, %%gs\n\t"
                     "mov $40, %%eax\n\t"
                     "ltr %%ax\n\t"
                     "xor %%eax, %%eax\n\t"
                     "lldt %%ax" /* no LDT: the one from reset may lie in ring 3's memory */
                     :
                     : "m"(table)
                     : "rax", "memory");
}
