/* SPDX-License-Identifier: MIT
 * A stranger's kernel, part two: a list that is searched from its head, and a stack. It shares no
 * code with the exokernel; of Feuerprobe it has the two files that anybody may copy. */
#include <stdbool.h>
#include <stdint.h>

#include "feuerprobe.h"

enum { MOST = 1024 };

static struct item {
    uint64_t key;
    struct item *next;
} items[MOST];
static uint64_t depth, stack[MOST];

#if defined(__x86_64__) || defined(__i386__)
static void out(uint16_t port, uint8_t value)
{
    __asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port));
}

static void put(char c) { out(0x3f8, (uint8_t)c); }
#else
#ifdef __riscv
#define UART 0x10000000 /* of QEMU's virt machines */
#else
#define UART 0x09000000
#endif
static void put(char c) { *(volatile char *)UART = c; }
#endif

static __attribute__((noinline)) struct item *find(uint64_t key)
{
    struct item *i = items;

    while (i && i->key != key)
        i = i->next;
    return i;
}

static __attribute__((noinline)) void push(uint64_t value)
{
    stack[depth++] = value;
    __asm__ volatile("" : : : "memory");
}

static void bench_find(struct fp_run *run)
{
#ifdef TRAP
    if (run->n == TRAP)
        fp_panic(14, 0x1234, 0xdead, "what happened");
#endif
#ifdef HANG
    while (run->n == HANG)
        ;
#endif
#if defined(RESET) && (defined(__x86_64__) || defined(__i386__))
    if (run->n == RESET) /* the keyboard controller's reset line */
        for (;;)
            out(0x64, 0xfe);
#endif
    for (uint64_t i = 0; i < run->n; i++)
        items[i] = (struct item){ i, i + 1 < run->n ? &items[i + 1] : 0 };
    while (fp_next(run)) {
        struct item *found = 0;
        FP_TIMED(run, found = find(run->n - 1));
        fp_check(run, found == &items[run->n - 1], "find did not return the last item");
    }
}

static void bench_push(struct fp_run *run)
{
    while (fp_next(run)) {
        depth = 7;
        FP_TIMED(run, push(42));
        fp_check(run, depth == 8 && stack[7] == 42, "push did not store");
    }
}

#ifndef BREAK
#define BREAK false
#endif

static void bench_broken(struct fp_run *run)
{
    while (fp_next(run)) {
        FP_TIMED(run, push(1));
        fp_check(run, !BREAK, "the effect is missing");
        depth = 0;
    }
}

#ifdef SLOTS
/* A table whose size the build fixes. */
static uint64_t slots[SLOTS];

static __attribute__((noinline)) void sweep(void)
{
    for (unsigned i = 0; i < SLOTS; i++) {
        slots[i] = 0;
        __asm__ volatile("" : : : "memory");
    }
}

static void bench_sweep(struct fp_run *run)
{
    while (fp_next(run)) {
        slots[SLOTS - 1] = 1;
        FP_TIMED(run, sweep());
        fp_check(run, slots[SLOTS - 1] == 0, "the last slot is not empty");
    }
}
#endif

#ifdef TRAPS
/* Two system calls, a fault and two switches of the address space, from kernel to kernel. */
void traps(void);
#if defined(__riscv)
__asm__(".option push; .option norvc; .align 2; trapped: csrr t0, mepc; addi t0, t0, 4;"
        "csrw mepc, t0; mret; .globl traps; traps: la t0, trapped; csrw mtvec, t0;"
        "ecall; ebreak; ecall; csrr t1, satp; csrw satp, t1; csrw satp, t1; ret; .option pop");
#elif defined(__aarch64__)
__asm__(".balign 2048; trapped: .skip 512; mrs x9, esr_el1; lsr x9, x9, #26; cmp x9, #0x15;"
        "b.eq 1f; mrs x9, elr_el1; add x9, x9, #4; msr elr_el1, x9; 1: eret;"
        ".globl traps; traps: adr x9, trapped; msr vbar_el1, x9; isb;"
        "svc #0; brk #0; svc #0; mrs x10, ttbr0_el1; msr ttbr0_el1, x10; msr ttbr0_el1, x10; ret");
#endif

static void bench_traps(struct fp_run *run)
{
    while (fp_next(run)) {
        depth = 0;
        FP_TIMED(run, (traps(), depth = 1));
        fp_check(run, depth == 1, "it did not come back");
    }
    depth = 0;
}
#endif

static const struct fp_benchmark table[] = {
#ifdef TRAPS
    { "traps", "traps", "it came back", .run = bench_traps },
#endif
#ifdef SLOTS
    { "sweep", "sweep", "the last slot is empty", .run = bench_sweep },
#endif
    { "find/last", "list_find", "the last item is found", "n", 4, MOST, bench_find, 0, 1 },
    { "push", "stack_push", "the value is on top", .run = bench_push },
    { "maybe", "stack_maybe", "none", .run = bench_broken },
};

void tiny_main(void)
{
    fp_report("tiny", "1", table, sizeof table / sizeof *table, put);
#ifdef EXIT
    out(0xf4, 0x10);
#endif
}
