/* SPDX-License-Identifier: MIT
 * Exceptions. Nothing in ring 0 may fault, so each of them ends the boot with all that is known. */
#include "kernel.h"
#include "x86.h"

/* A gate: where vector v enters, on which stack. */
static struct gate {
    uint16_t offset0, selector;
    uint8_t stack, type;
    uint16_t offset1;
    uint32_t offset2, reserved;
} idt[32];
_Static_assert(sizeof(struct gate) == 16, "interrupt gate");

static const char *const names[32] = {
    "divide error", "debug", "non-maskable interrupt", "breakpoint", "overflow", "bound range",
    "invalid opcode", "device not available", "double fault", "coprocessor overrun", "invalid TSS",
    "segment not present", "stack fault", "general protection", "page fault", "reserved 15",
    "x87 error", "alignment check", "machine check", "SIMD error", "virtualisation",
    "control protection", "reserved 22", "reserved 23", "reserved 24", "reserved 25", "reserved 26",
    "reserved 27", "hypervisor injection", "VMM communication", "security", "reserved 31",
};

extern const uint64_t trap_entries[32];

/* Own stacks for double fault, NMI and machine check: theirs may be the stack that is broken. */
static uint8_t stack_of(int vector)
{
    return vector == 8 ? 1 : vector == 2 ? 2 : vector == 18 ? 3 : 0;
}

/* Point all 32 exceptions at trap.S. After gdt_init. */
void trap_init(void)
{
    for (int i = 0; i < 32; i++)
        idt[i] = (struct gate){ .offset0 = (uint16_t)trap_entries[i], .selector = 8,
                                .stack = stack_of(i), .type = 0x8e,
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

/* Every exception arrives here with interrupts off. */
_Noreturn void trap(const struct trap_frame *frame)
{
    const uint64_t fault = frame->vector == 8 || frame->vector == 14 ? x86_read_cr2() : 0;
    const char *name = fault && paging_is_guard(fault) ? "kernel stack overflow"
                                                       : names[frame->vector & 31];

    print("\nPANIC: %s (vector %lu)\n", name, frame->vector);
    print_registers(frame);
    panic_at(name, frame->vector, frame->error, frame->rip, fault);
}
