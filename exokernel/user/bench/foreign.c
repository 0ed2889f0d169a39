/* SPDX-License-Identifier: MIT
 * Benchmarks of foreign environments: a program's system call, which its LibOS answers; a switch
 * between two of them. */
#include "exo.h"

#define OUTSIDE 0x16000000ul /* where the kernel shows its page */
#define NOTE 0x11000000ul
enum { ANSWER = 0x2a };

/* The LibOS: it answers its program's numbers, from 0x1000 on, and makes all others its own calls,
 * since the library makes them like a program. */
void bench_foreign_entry(void);
int64_t bench_foreign_call(uint64_t ignored);
int64_t bench_foreign_yield_to(cap_id_t target);
__asm__("bench_foreign_entry:\n"
        "cmp $0x1000, %rax; jb 1f\n"
        "mov $0x2a, %eax; jmp *0x16000000\n"
        "1: bts $16, %rax; syscall; jmp *0x16000000\n"
        "bench_foreign_call: mov $0x1000, %eax; syscall; ret\n"
        "bench_foreign_yield_to: mov $0x10012, %eax; syscall; ret\n");
_Static_assert((SYS_yield_to | EXO_OWN) == 0x10012, "the number of an own yield");

/* A program's call: into the kernel, to the LibOS, and back to the program by a jump. */
int64_t bench_foreign(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    int64_t status = -1;

    (void)b;
    exo_foreign(0, bench_foreign_entry, OUTSIDE);
    while (fp_next(run)) {
        FP_TIMED(run, i, status, bench_foreign_call, 0);
        fp_check(run, status == ANSWER, "the LibOS did not answer");
        status = -1;
    }
    return 0;
}

/* Counts and comes back. */
int64_t foreign_back(uint64_t a, uint64_t b)
{
    (void)b;
    for (;; ++*(volatile uint64_t *)NOTE)
        bench_foreign_yield_to(a);
}

/* To another foreign environment and back, each with its registers of x87 and SSE. */
int64_t bench_foreign_switch(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    const cap_id_t note = lib_page(NOTE, RW), env = (cap_id_t)lib_create(0);
    int64_t status = -1;

    (void)b;
    lib_single(run);
    const cap_id_t back = lib_give(env, EXO_SELF, EXO_RIGHT_X);
    if (exo_foreign(0, bench_foreign_entry, OUTSIDE) || lib_share(env, note, NOTE, RW)
        || exo_foreign(env, bench_foreign_entry, OUTSIDE)
        || lib_start(env, PROGRAM_foreign_back, back, 0))
        fp_give_up(run, FP_NO_MEMORY, "the other side did not start");
    bench_foreign_yield_to(env);
    while (fp_next(run)) {
        const uint64_t before = *(volatile uint64_t *)NOTE;
        FP_TIMED(run, i, status, bench_foreign_yield_to, env);
        fp_check(run, status == FB_OK && *(volatile uint64_t *)NOTE == before + 1,
                 "the other environment did not run once");
        status = -1;
    }
    return 0;
}
