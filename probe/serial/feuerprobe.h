/* SPDX-License-Identifier: MIT
 * Feuerprobe for any kernel or program that can send a byte. Copy this file and feuerprobe.c into
 * it; they include nothing and call no library. docs/measure-your-kernel.md shows how;
 * docs/probe.md section 6 is the contract. x86, Arm and RISC-V, 32 and 64 bits. */
#ifndef FEUERPROBE_H
#define FEUERPROBE_H

/* The compiler's own types, so that they clash with no kernel's. fp_u64 is your uint64_t. */
typedef __UINT8_TYPE__ fp_u8;
typedef __UINT32_TYPE__ fp_u32;
typedef __UINT64_TYPE__ fp_u64;
typedef _Bool fp_bool;

enum { FP_SAMPLES = 32, FP_WARMUP = 2 };

/* One benchmark at one value of its parameter. The operation and its overhead twin take turns. */
struct fp_run {
    fp_u64 n;      /* the parameter's value */
    fp_bool twin;  /* this repetition leaves the operation out */
    fp_u64 random; /* state of fp_random */
    fp_u64 repetition, kept, checks, failures;
    fp_u64 values[2][FP_SAMPLES];
    const char *missing;
};

/* A row of your table. It is run at the powers of two from `min` to `max`. Names have at most 47
 * bytes, the parameter's at most 15. Without a parameter, leave `parameter`, `min`, `max` out. */
struct fp_benchmark {
    const char *name, *operation, *effect;
    const char *parameter;
    fp_u64 min, max;
    void (*run)(struct fp_run *run);
    fp_u8 ring, cpus; /* where the operation is called; CPUs that it needs (0: one) */
};

/* Run the whole table and report, one byte at a time through `put`: a serial line, or write(1). */
void fp_report(const char *kernel, const char *version, const struct fp_benchmark *table,
               fp_u32 count, void (*put)(char c));
/* A second clock, if the machine has one; set it before fp_report. It lets *ticks of fp_clock pass,
 * stores how many did, and returns what the second clock counted meanwhile. */
extern fp_u64 (*fp_other_clock)(fp_u64 *ticks);
/* Report a panic; the kernel then stops. Harmless before fp_report. */
void fp_panic(fp_u64 code, fp_u64 pc, fp_u64 address, const char *message);

/* The next repetition; false when there are enough, or an effect was missing. */
fp_bool fp_next(struct fp_run *run);
/* Record whether the operation took effect: at least once. Not evaluated in the twin. */
#define fp_check(run, happened, missing)                                                           \
    ((run)->twin ? (void)0 : fp_checked((run), (happened), (missing)))
/* A pseudo-random number below `limit`; the same in every boot. */
fp_u64 fp_random(struct fp_run *run, fp_u64 limit);

void fp_checked(struct fp_run *run, fp_bool happened, const char *missing); /* fp_check calls it */
void fp_keep(struct fp_run *run, fp_u64 ticks);                             /* FP_TIMED calls it */

/* The clock. Arm and RISC-V read the machine's time, which every mode may read. Built with
 * -DFP_COUNT_INSTRUCTIONS they read a counter of cycles or instructions instead. Where QEMU runs
 * with -icount shift=0, that counter counts instructions, and so does rdtsc:
 *
 *     x86              rdtsc
 *     AArch64, ARMv7   the cycle counter. fp_report enables it, which takes EL1 (PL1)
 *     RISC-V           instret. M mode allows S mode to read it: mcounteren = 7
 *
 * FP_CLOCK_READ names a function to read instead, FP_CLOCK_BITS how many bits it counts in. */
#if defined(__arm__) && defined(FP_COUNT_INSTRUCTIONS) && !defined(FP_CLOCK_READ)
#define FP_CLOCK_BITS 32
#elif !defined(FP_CLOCK_BITS)
#define FP_CLOCK_BITS 64
#endif
#ifdef FP_CLOCK_READ
fp_u64 FP_CLOCK_READ(void);
#endif

static inline __attribute__((always_inline)) fp_u64 fp_clock(void)
{
#if defined(FP_CLOCK_READ)
    return FP_CLOCK_READ();
#elif defined(__x86_64__)
    fp_u64 t;
    __asm__ volatile("lfence; rdtsc; shl $32, %%rdx; or %%rdx, %%rax; lfence"
                     : "=a"(t)
                     :
                     : "rdx", "memory", "cc");
    return t;
#elif defined(__i386__)
    fp_u64 t;
    __asm__ volatile("lfence; rdtsc; lfence" : "=A"(t) : : "memory");
    return t;
#elif defined(__aarch64__)
    fp_u64 t;
#ifdef FP_COUNT_INSTRUCTIONS
    __asm__ volatile("isb; mrs %0, pmccntr_el0; isb" : "=r"(t) : : "memory");
#else
    __asm__ volatile("isb; mrs %0, cntvct_el0; isb" : "=r"(t) : : "memory");
#endif
    return t;
#elif defined(__arm__) && defined(FP_COUNT_INSTRUCTIONS)
    fp_u32 t;
    __asm__ volatile("isb; mrc p15, 0, %0, c9, c13, 0; isb" : "=r"(t) : : "memory");
    return t;
#elif defined(__arm__)
    fp_u32 low, high;
    __asm__ volatile("isb; mrrc p15, 1, %0, %1, c14; isb" : "=r"(low), "=r"(high) : : "memory");
    return (fp_u64)high << 32 | low;
#elif defined(__riscv) && __riscv_xlen == 64
    fp_u64 t;
#ifdef FP_COUNT_INSTRUCTIONS
    __asm__ volatile("fence; rdinstret %0; fence" : "=r"(t) : : "memory");
#else
    __asm__ volatile("fence; rdtime %0; fence" : "=r"(t) : : "memory");
#endif
    return t;
#elif defined(__riscv)
    fp_u32 low, high, again; /* again, if the low half overflowed between the reads */
    do {
#ifdef FP_COUNT_INSTRUCTIONS
        __asm__ volatile("fence; rdinstreth %0; rdinstret %1; rdinstreth %2; fence"
                         : "=&r"(high), "=&r"(low), "=&r"(again)
                         :
                         : "memory");
#else
        __asm__ volatile("fence; rdtimeh %0; rdtime %1; rdtimeh %2; fence"
                         : "=&r"(high), "=&r"(low), "=&r"(again)
                         :
                         : "memory");
#endif
    } while (high != again);
    return (fp_u64)high << 32 | low;
#else
#error "say how to read a clock here, or name a function: -DFP_CLOCK_READ=my_clock"
#endif
}

/* A mark that the emulator's plugin recognises; it changes no register that is in use. */
#if defined(__x86_64__) || defined(__i386__)
#define FP_MARK(kind)                                                                              \
    __asm__ volatile(".byte 0x0f, 0x1f, 0x80; .long %c0" : : "i"(0x46500000 + (kind)) : "memory")
#elif defined(__aarch64__)
#define FP_MARK(kind) __asm__ volatile("movz xzr, %0" : : "i"(0x4650 + (kind)) : "memory")
#elif defined(__riscv)
#define FP_MARK(kind) __asm__ volatile("lui x0, %0" : : "i"(0x46500 + (kind)) : "memory")
#else
#define FP_MARK(kind) ((void)0)
#endif
enum { FP_MARK_ENTRY = 1, FP_MARK_BEGIN = 2, FP_MARK_END = 3 };

/* Time a statement, or its absence in the twin, and keep the ticks. Use it once a repetition. */
#define FP_TIMED(run, statement)                                                                   \
    do {                                                                                           \
        const volatile fp_bool *fp_twin = &(run)->twin;                                            \
        FP_MARK(FP_MARK_BEGIN);                                                                    \
        const fp_u64 fp_from = fp_clock();                                                         \
        if (!*fp_twin) {                                                                           \
            statement;                                                                             \
        }                                                                                          \
        const fp_u64 fp_to = fp_clock();                                                           \
        FP_MARK(FP_MARK_END);                                                                      \
        fp_keep(run, fp_to - fp_from);                                                             \
    } while (0)

#endif
