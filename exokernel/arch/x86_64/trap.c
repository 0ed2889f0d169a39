/* SPDX-License-Identifier: MIT
 * Exceptions and interrupts. In ring 0 only copies from and to ring 3 may fault; any other fault
 * there ends the boot with a report. Faults in ring 3 become upcalls. */
#include "cpu.h"
#include "env.h"
#include "iommu.h"
#include "memory.h"
#include "trace.h"
#include "x86.h"

/* The gate of a vector: where it enters, and on which stack. */
static struct gate {
    uint16_t offset0, selector;
    uint8_t stack, type;
    uint16_t offset1;
    uint32_t offset2, reserved;
} idt[VECTORS];
_Static_assert(sizeof(struct gate) == 16, "interrupt gate");

static const char *const names[32] = {
    "divide error",
    "debug",
    "non-maskable interrupt",
    "breakpoint",
    "overflow",
    "bound range",
    "invalid opcode",
    "device not available",
    "double fault",
    "coprocessor overrun",
    "invalid TSS",
    "segment not present",
    "stack fault",
    "general protection",
    "page fault",
    "reserved 15",
    "x87 error",
    "alignment check",
    "machine check",
    "SIMD error",
    "virtualisation",
    "control protection",
    "reserved 22",
    "reserved 23",
    "reserved 24",
    "reserved 25",
    "reserved 26",
    "reserved 27",
    "hypervisor injection",
    "VMM communication",
    "security",
    "reserved 31",
};

extern const uint64_t trap_entries[VECTORS];
extern const char user_copy_end[], user_copy_fault[];

/* Double fault, NMI and machine check have their own stacks, since the current one may be bad. */
static uint8_t stack_of(int vector)
{
    return vector == 8 ? 1 : vector == 2 ? 2 : vector == 18 ? 3 : 0;
}

/* Point all vectors at trap.S. After gdt_init; once per CPU. */
void trap_init(void)
{
    for (int i = 0; i < VECTORS; i++)
        idt[i] = (struct gate){ .offset0 = (uint16_t)trap_entries[i],
                                .selector = 8,
                                .stack = stack_of(i),
                                .type = 0x8e,
                                .offset1 = (uint16_t)(trap_entries[i] >> 16),
                                .offset2 = (uint32_t)(trap_entries[i] >> 32) };
    x86_load_idt(&(struct x86_table){ sizeof idt - 1, (uint64_t)idt });
}

static void print_registers(const struct trap_frame *f)
{
    static const char *const labels[] = { "r15", "r14", "r13", "r12", "r11", "r10", "r9 ", "r8 ",
                                          "rdi", "rsi", "rbp", "rbx", "rdx", "rcx", "rax", "vec",
                                          "err", "rip", "cs ", "rfl", "rsp", "ss " };
    const uint64_t *value = (const uint64_t *)f;

    for (int i = 0; i < 22; i++)
        print("  %s %lx%s", labels[i], value[i], i % 4 == 3 ? "\n" : "");
    print("  cr0 %lx  cr2 %lx\n  cr3 %lx  cr4 %lx\n", x86_read_cr0(), x86_read_cr2(),
          x86_read_cr3(), x86_read_cr4());
}

/* End the boot: a fault in ring 0, or one that no environment can cause. */
static _Noreturn void fatal(const struct trap_frame *frame)
{
    const uint64_t fault = frame->vector == 8 || frame->vector == 14 ? x86_read_cr2() : 0;
    const char *name = fault && paging_is_guard(fault) ? "kernel stack overflow"
                                                       : names[frame->vector & 31];

    print("\nPANIC: %s (vector %lu)\n", name, frame->vector);
    print_registers(frame);
    panic_at(name, frame->vector, frame->error, frame->rip, fault);
}

/* Serve an interrupt from ring 0 or 3. The lock is held, except for VECTOR_SHOOT. */
static void interrupt(uint64_t vector)
{
    struct cpu *cpu = this_cpu();

    if (vector < VECTOR_SPURIOUS)
        apic_end();
    else if (vector == VECTOR_REFUSED)
        iommu_interrupt();
    else if (apic_serves(vector)) /* a device made it up: it is nobody's */
        apic_end();
    if (vector == VECTOR_TIMER)
        timer_interrupt();
    else if (vector == VECTOR_ECHO)
        cpu->echoes++;
    else if (vector >= VECTOR_LINE && vector < VECTOR_LINE + EXO_LINES)
        line_event((uint32_t)vector - VECTOR_LINE);
}

#ifdef TRACE_on
static void note(const struct trap_frame *frame)
{
    if (frame->vector >= 32)
        trace(interrupt, current_env(), frame->vector, frame->rip);
    else
        trace(fault, current_env(), frame->vector,
              frame->vector == 14 ? x86_read_cr2() : frame->error);
}
#else
#define note(frame) ((void)0)
#endif

/* A trap from ring 3, whose registers are in its frame: serve it, then run the next environment. */
_Noreturn void trap_user(const struct trap_frame *frame)
{
    struct env *me = current_env();
    const uint64_t vector = frame->vector;

    note(frame);
    me->by_syscall = 0;
    if (vector == VECTOR_TIMER) {
        kernel_lock();
        apic_end();
        timer_interrupt();
        preempt(me);
    }
    if (vector == 2 || vector == 8 || vector == 18)
        fatal(frame);
    if (vector == VECTOR_SHOOT) {
        apic_end();
        tlb_answer();
        env_resume(me);
    }
    kernel_lock();
    if (vector < 32) {
        const bool page = vector == 14;
        if (!page)
            this_cpu()->flags |= (uint32_t)x86_flags();
        if (upcall_send(me, page ? EXO_UPCALL_FAULT : EXO_UPCALL_EXCEPTION,
                        page ? x86_read_cr2() : vector, frame->error))
            resume(me);
        env_end(me);
        schedule();
    }
    interrupt(vector);
    preempt(me);
}

/* A fault of the kernel. It ends the boot, unless the kernel copies for an environment to or from
 * the registers of a device, which are not in the direct map. */
static __attribute__((noinline)) void fault(struct trap_frame *frame)
{
    if (frame->vector != 14 || !pci_has(x86_read_cr2() - DIRECT)
        || frame->rip < (uint64_t)user_frame || frame->rip >= (uint64_t)user_copy_end)
        fatal(frame);
    frame->rip = (uint64_t)user_copy_fault;
}

/* A trap in ring 0: an interrupt while idle, a copy that faults, or a fatal fault. */
void trap_kernel(struct trap_frame *frame)
{
    note(frame);
    if (frame->vector == VECTOR_SHOOT) {
        apic_end();
        tlb_answer();
    } else if (frame->vector >= 32) {
        kernel_lock();
        interrupt(frame->vector);
        kernel_unlock();
    } else if (frame->vector == 14 && x86_read_cr2() < EXO_USER_END
               && frame->rip >= (uint64_t)user_frame && frame->rip < (uint64_t)user_copy_end) {
        frame->rip = (uint64_t)user_copy_fault;
    } else {
        fault(frame);
    }
}
