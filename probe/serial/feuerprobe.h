/* SPDX-License-Identifier: MIT
 * Feuerprobe for any kernel with a serial line. Copy this file and feuerprobe.c into it; they need
 * nothing else. docs/measure-your-kernel.md shows how; docs/probe.md section 6 is the contract. */
#ifndef FEUERPROBE_H
#define FEUERPROBE_H

#include <stdbool.h>
#include <stdint.h>

enum { FP_SAMPLES = 32, FP_WARMUP = 2 };

/* One benchmark at one value of its parameter. The operation and its overhead twin take turns. */
struct fp_run {
    uint64_t n;      /* the parameter's value */
    bool twin;       /* this repetition leaves the operation out */
    uint64_t random; /* state of fp_random */
    uint64_t repetition, checks, failures;
    uint64_t values[2][FP_SAMPLES];
    const char *missing;
};

/* A row of your table. It is run at the powers of two from `min` to `max`. Names have at most 47
 * bytes, the parameter's at most 15. Without a parameter, leave `parameter`, `min`, `max` out. */
struct fp_benchmark {
    const char *name, *operation, *effect;
    const char *parameter;
    uint64_t min, max;
    void (*run)(struct fp_run *run);
    uint8_t ring, cpus; /* where the operation is called; CPUs that it needs (0: one) */
};

/* Run the whole table and report on the serial line, one byte at a time through `put`. */
void fp_report(const char *kernel, const char *version, const struct fp_benchmark *table,
               uint32_t count, void (*put)(char c));
/* A second clock, if the machine has one; set it before fp_report. It lets *ticks of fp_clock pass,
 * stores how many did, and returns what the second clock counted meanwhile. */
extern uint64_t (*fp_other_clock)(uint64_t *ticks);
/* Report a panic; the kernel then stops. Harmless before fp_report. */
void fp_panic(uint64_t code, uint64_t pc, uint64_t address, const char *message);

/* The next repetition; false when there are enough, or an effect was missing. */
bool fp_next(struct fp_run *run);
/* Record whether the operation took effect: at least once. The twin's is ignored. */
void fp_check(struct fp_run *run, bool happened, const char *missing);
/* A pseudo-random number below `limit`; the same in every boot. */
uint64_t fp_random(struct fp_run *run, uint64_t limit);
void fp_keep(struct fp_run *run, uint64_t ticks); /* FP_TIMED does it */

static inline __attribute__((always_inline)) uint64_t fp_clock(void)
{
    uint64_t t;
#if defined(__x86_64__)
    __asm__ volatile("lfence; rdtsc; shl $32, %%rdx; or %%rdx, %%rax; lfence"
                     : "=a"(t)
                     :
                     : "rdx", "memory", "cc");
#elif defined(__aarch64__)
    __asm__ volatile("isb; mrs %0, cntvct_el0; isb" : "=r"(t) : : "memory");
#elif defined(__riscv)
    __asm__ volatile("fence; rdtime %0; fence" : "=r"(t) : : "memory");
#else
#error "say how to read a clock here"
#endif
    return t;
}

/* A mark that the emulator's plugin recognises; a no-operation everywhere else. */
#if defined(__x86_64__)
#define FP_MARK(kind) __asm__ volatile(".byte 0x0f, 0x1f, 0x80; .long %c0" : : "i"(kind) : "memory")
#else
#define FP_MARK(kind) ((void)0)
#endif

/* Time a statement, or its absence in the twin, and keep the ticks. Use it once a repetition. */
#define FP_TIMED(run, statement)                                                                   \
    do {                                                                                           \
        const volatile bool *fp_twin = &(run)->twin;                                               \
        FP_MARK(0x46500002);                                                                       \
        const uint64_t fp_from = fp_clock();                                                       \
        if (!*fp_twin) {                                                                           \
            statement;                                                                             \
        }                                                                                          \
        const uint64_t fp_to = fp_clock();                                                         \
        FP_MARK(0x46500003);                                                                       \
        fp_keep(run, fp_to - fp_from);                                                             \
    } while (0)

#endif
