/* SPDX-License-Identifier: MIT
 * Processors: prepares each for system calls and interrupts, starts the others one by one, and
 * flushes translations on all of them. */
#include "cpu.h"
#include "env.h"
#include "memory.h"
#include "paging.h"
#include "x86.h"

#include <feuerbird/syscalls.h>
#include <loopbound.h>

#define AP_BASE 0x8000ul
#define FLAGS_OFF 0x47700ul /* at syscall: AC, NT, IOPL, DF, IF, TF */

extern char syscall_entry[], ap_code[], ap_code_end[], ap_tables[], ap_stack[], ap_number[];
extern char stack_cpu0_top[], stack_cpu1_top[], stack_cpu2_top[], stack_cpu3_top[];

/* Set %gs, segments, traps and the system-call entry of this processor. */
void cpu_init(uint32_t number)
{
    char *const stacks[CPU_LIMIT] = { stack_cpu0_top, stack_cpu1_top, stack_cpu2_top,
                                      stack_cpu3_top };
    struct cpu *cpu = &cpus[number];

    cpu->self = cpu;
    cpu->number = number;
    cpu->stack = (uint64_t)stacks[number];
    cpu->receiver = env_state_word(ENV_RECEIVING, number);
    cpu->runner = env_state_word(ENV_READY, number);
    cpu->calls = FB_SYSCALL_LIMIT;
    gdt_init(cpu);
    trap_init();
    x86_write_msr(MSR_GS_BASE, (uint64_t)cpu);
    x86_write_msr(MSR_KERNEL_GS_BASE, 0);
    x86_write_msr(MSR_STAR, 8ul << 32 | 19ul << 48);
    x86_write_msr(MSR_LSTAR, (uint64_t)syscall_entry);
    x86_write_msr(MSR_FMASK, FLAGS_OFF);
    x86_write_msr(MSR_EFER, x86_read_msr(MSR_EFER) | EFER_SCE);
}

/* The first C function of another processor, on its kernel stack, with the start tables. */
_Noreturn void ap_main(uint32_t number)
{
    cpu_init(number);
    paging_enter();
    apic_enable();
    cpus[number].apic = apic_id();
    __atomic_store_n(&cpus[number].started, 1, __ATOMIC_RELEASE);
    kernel_lock();
    cpus[number].runs = true;
    schedule();
}

/* How many processors the package has, by CPUID. */
static uint32_t package_size(void)
{
    const uint32_t cores = x86_cpuid(0, 0).a >= 11 ? x86_cpuid(11, 1).b & 0xffff : 0;

    return cores ? cores : x86_cpuid(1, 0).b >> 16 & 0xff;
}

/* Make page tables for the start code: the kernel's, and the code at its physical address. */
static uint64_t start_tables(uint64_t page[4])
{
    for (int i = 0; i < 4; i++)
        if (!(page[i] = page_alloc_clean()) || page[0] > UINT32_MAX)
            panic(PANIC_SMP, "no page to start a processor with");
    uint64_t *level3 = direct(page[0]), *level2 = direct(page[1]), *level1 = direct(page[2]);
    for (int i = 256; i < 512; i++)
        level3[i] = paging_root[i];
    level3[0] = page[1] | PRESENT | WRITE;
    level2[0] = page[2] | PRESENT | WRITE;
    level1[0] = page[3] | PRESENT | WRITE;
    ((uint64_t *)direct(page[3]))[AP_BASE / PAGE_SIZE] = AP_BASE | PRESENT;
    return page[0];
}

/* Start the other processors of the package, one after the other. */
void smp_init(void)
{
    const uint32_t wanted = package_size() < CPU_LIMIT ? package_size() : CPU_LIMIT;
    uint64_t *const start = direct(AP_BASE);
    uint64_t page[4];

    cpus[0].apic = apic_id();
    if (wanted < 2)
        return;
    const uint64_t tables = start_tables(page);
    for (char *p = ap_code; p < ap_code_end; p++)
        ((char *)start)[p - ap_code] = *p;
    for (uint32_t number = 1; number < wanted; number++) {
        start[(ap_tables - ap_code) / 8] = tables;
        start[(ap_stack - ap_code) / 8] = number == 1   ? (uint64_t)stack_cpu1_top
                                          : number == 2 ? (uint64_t)stack_cpu2_top
                                                        : (uint64_t)stack_cpu3_top;
        start[(ap_number - ap_code) / 8] = number;
        apic_start(number, AP_BASE / PAGE_SIZE);
        const uint64_t until = time_now() + 5000000000;
        while (!__atomic_load_n(&cpus[number].started, __ATOMIC_ACQUIRE) && time_now() < until)
            x86_pause();
        if (!cpus[number].started)
            panic(PANIC_SMP, "a processor did not start");
        cpu_count++;
    }
    for (int i = 0; i < 4; i++)
        page_free(page[i]);
}

/* Flush one translation of an environment. If another CPU has loaded its address space, that CPU
 * answers at once: by the interrupt in ring 3 or idle, else while it waits for the lock we hold. */
void tlb_flush(struct env *env, uint64_t address)
{
    struct cpu *there = env->cpu;

    if (there == this_cpu()) {
        if (there->current == env)
            x86_invlpg(address);
        return;
    }
    if (there->current != env)
        return;
    there->shoot = 1;
    apic_send(there, VECTOR_SHOOT);
    FB_LOOP("tlb_waits", while (there->shoot)) {
        tlb_answer();
        x86_pause();
    }
}

/* Flush all translations of an environment, likewise. */
void tlb_flush_space(struct env *env)
{
    struct cpu *there = env->cpu;

    if (there->current != env)
        return;
    if (there == this_cpu()) {
        x86_write_cr3(x86_read_cr3());
        return;
    }
    there->shoot = 1;
    apic_send(there, VECTOR_SHOOT);
    FB_LOOP("tlb_waits", while (there->shoot)) {
        tlb_answer();
        x86_pause();
    }
}

/* Flush all translations on all processors, after the kernel's own half changed. Nobody waits for a
 * CPU that idles: it uses none of those that are taken back until it does work, and then step_out
 * flushes first. To run an environment flushes, too. */
void tlb_flush_all(void)
{
    x86_write_cr3(x86_read_cr3());
    FB_LOOP("processors", for (uint32_t i = 0; i < cpu_count; i++)) {
        if (&cpus[i] == this_cpu())
            continue;
        if (cpus[i].runs && !cpus[i].current) {
            cpus[i].shoot = cpus[i].attend = true;
            continue;
        }
        cpus[i].shoot = 1;
        apic_send(&cpus[i], VECTOR_SHOOT);
        FB_LOOP("tlb_waits", while (cpus[i].shoot)) {
            tlb_answer();
            x86_pause();
        }
    }
}

/* Flush if another processor waits for it. */
void tlb_answer(void)
{
    struct cpu *cpu = this_cpu();

    if (cpu->shoot) {
        x86_write_cr3(x86_read_cr3());
        cpu->shoot = 0;
    }
}
