/* SPDX-License-Identifier: MIT
 * Feuerprobe: how a kernel is measured. docs/probe.md is the contract, this file is its C side.
 * Copy feuerprobe.h and feuerprobe.c into a kernel; they need nothing else from it. */
#ifndef FEUERPROBE_H
#define FEUERPROBE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FP_RECORD_KERNEL = 1, FP_RECORD_BENCHMARK, FP_RECORD_SAMPLES, FP_RECORD_RESULT,
       FP_RECORD_END, FP_RECORD_LOG };
enum { FP_BOOTING = 1, FP_RUNNING, FP_COMPLETE, FP_PANIC, FP_REFUSED, FP_OUT_OF_ROOM };
enum { FP_BAD_MAGIC = 1, FP_BAD_VERSION, FP_BAD_LENGTH, FP_BAD_CRC, FP_BAD_REGION, FP_BAD_ENTRY };
enum { FP_VERIFIED, FP_EFFECT_FAILED, FP_UNKNOWN, FP_OUT_OF_RANGE, FP_NO_MEMORY, FP_IMPOSSIBLE,
       FP_NO_METRIC };
enum { FP_CLOCK = 1, FP_BYTES, FP_EVENTS, FP_INSTRUCTIONS, FP_COUNTED_CYCLES, FP_CACHE_MISSES,
       FP_BRANCH_MISSES };
enum { FP_COLD = 1, FP_ANY_CPU = 0xffff, FP_PAGE = 4096 };
#define FP_MOST UINT32_MAX

struct fp_plan { char magic[8]; uint16_t major, minor; uint32_t crc, length, entries;
                 uint64_t seed, output_base, output_size; uint32_t boot, flags;
                 uint64_t reserved; };
struct fp_entry { char benchmark[48]; uint64_t params[4]; uint32_t samples, warmup, batch, metric;
                  uint16_t cpu, peer; uint32_t flags; uint8_t reserved[24]; };
struct fp_panic { uint32_t magic, cpu; uint64_t code, detail, pc, address; char message[472]; };
enum { FP_CPUS = 16 };
#define FP_NO_CALL UINT32_MAX
struct fp_header { char magic[8]; uint16_t major, minor; uint32_t header_size;
                   uint64_t heartbeat, done, total, written;
                   uint32_t state, error, plan_crc, boot, calls[FP_CPUS];
                   uint8_t reserved0[896];
                   struct fp_panic panic; uint8_t reserved1[2560]; };
struct fp_record { uint16_t type, version; uint32_t length, crc, sequence; };
struct fp_kernel { struct fp_record record; char name[32], version[32], build[192];
                   uint32_t cpus, clock; uint64_t clock_hz, features, reserved; };
struct fp_param { char name[16]; uint64_t min, max; };
struct fp_catalogue { struct fp_record record; char name[48], operation[48];
                      uint8_t ring, cache, cpus, nparams; uint32_t flags;
                      struct fp_param params[4]; char effect[104]; uint32_t each;
                      uint8_t reserved[44]; };
struct fp_samples { struct fp_record record; uint32_t entry; uint16_t stream, metric;
                    uint32_t cpu, first, count, batch; uint64_t values[]; };
struct fp_result { struct fp_record record; uint32_t entry, status; uint64_t checks, failures,
                   reserved; char message[128]; };
struct fp_end { struct fp_record record; uint32_t records, entries; uint64_t ticks; };

/* The compiler holds us to the page: every offset, every size. */
#define FP_AT(s, field, at) _Static_assert(offsetof(struct s, field) == (at), #s "." #field)
#define FP_SIZE(s, bytes) _Static_assert(sizeof(struct s) == (bytes), #s)
FP_AT(fp_plan, magic, 0); FP_AT(fp_plan, major, 8); FP_AT(fp_plan, minor, 10);
FP_AT(fp_plan, crc, 12); FP_AT(fp_plan, length, 16); FP_AT(fp_plan, entries, 20);
FP_AT(fp_plan, seed, 24); FP_AT(fp_plan, output_base, 32); FP_AT(fp_plan, output_size, 40);
FP_AT(fp_plan, boot, 48); FP_AT(fp_plan, flags, 52); FP_AT(fp_plan, reserved, 56);
FP_SIZE(fp_plan, 64); FP_AT(fp_entry, benchmark, 0); FP_AT(fp_entry, params, 48);
FP_AT(fp_entry, samples, 80); FP_AT(fp_entry, warmup, 84); FP_AT(fp_entry, batch, 88);
FP_AT(fp_entry, metric, 92); FP_AT(fp_entry, cpu, 96); FP_AT(fp_entry, peer, 98);
FP_AT(fp_entry, flags, 100); FP_AT(fp_entry, reserved, 104); FP_SIZE(fp_entry, 128);
FP_AT(fp_panic, magic, 0); FP_AT(fp_panic, cpu, 4); FP_AT(fp_panic, code, 8);
FP_AT(fp_panic, detail, 16); FP_AT(fp_panic, pc, 24); FP_AT(fp_panic, address, 32);
FP_AT(fp_panic, message, 40); FP_SIZE(fp_panic, 512); FP_AT(fp_header, magic, 0);
FP_AT(fp_header, major, 8); FP_AT(fp_header, minor, 10); FP_AT(fp_header, header_size, 12);
FP_AT(fp_header, heartbeat, 16); FP_AT(fp_header, done, 24); FP_AT(fp_header, total, 32);
FP_AT(fp_header, written, 40); FP_AT(fp_header, state, 48); FP_AT(fp_header, error, 52);
FP_AT(fp_header, plan_crc, 56); FP_AT(fp_header, boot, 60); FP_AT(fp_header, panic, 1024);
FP_AT(fp_header, reserved1, 1536); FP_SIZE(fp_header, 4096); FP_AT(fp_record, type, 0);
FP_AT(fp_record, version, 2); FP_AT(fp_record, length, 4); FP_AT(fp_record, crc, 8);
FP_AT(fp_record, sequence, 12); FP_SIZE(fp_record, 16); FP_AT(fp_kernel, name, 16);
FP_AT(fp_kernel, version, 48); FP_AT(fp_kernel, build, 80); FP_AT(fp_kernel, cpus, 272);
FP_AT(fp_kernel, clock, 276); FP_AT(fp_kernel, clock_hz, 280); FP_AT(fp_kernel, features, 288);
FP_AT(fp_kernel, reserved, 296); FP_SIZE(fp_kernel, 304); FP_AT(fp_param, name, 0);
FP_AT(fp_param, min, 16); FP_AT(fp_param, max, 24); FP_SIZE(fp_param, 32);
FP_AT(fp_catalogue, name, 16); FP_AT(fp_catalogue, operation, 64); FP_AT(fp_catalogue, ring, 112);
FP_AT(fp_catalogue, cache, 113); FP_AT(fp_catalogue, cpus, 114); FP_AT(fp_catalogue, nparams, 115);
FP_AT(fp_catalogue, flags, 116); FP_AT(fp_catalogue, params, 120); FP_AT(fp_catalogue, effect, 248);
FP_AT(fp_catalogue, each, 352); FP_AT(fp_catalogue, reserved, 356); FP_SIZE(fp_catalogue, 400); FP_AT(fp_samples, entry, 16);
FP_AT(fp_samples, stream, 20); FP_AT(fp_samples, metric, 22); FP_AT(fp_samples, cpu, 24);
FP_AT(fp_samples, first, 28); FP_AT(fp_samples, count, 32); FP_AT(fp_samples, batch, 36);
FP_AT(fp_samples, values, 40); FP_SIZE(fp_samples, 40); FP_AT(fp_result, entry, 16);
FP_AT(fp_result, status, 20); FP_AT(fp_result, checks, 24); FP_AT(fp_result, failures, 32);
FP_AT(fp_result, reserved, 40); FP_AT(fp_result, message, 48); FP_SIZE(fp_result, 176);
FP_AT(fp_end, records, 16); FP_AT(fp_end, entries, 20); FP_AT(fp_end, ticks, 24);
FP_SIZE(fp_end, 32);

/* One plan entry under way. Repetitions alternate between the operation and its overhead twin, so
 * that a slow drift meets both; samples go straight into the output region. */
struct fp_run {
    const struct fp_entry *entry; /* parameters: entry->params[0..3] */
    uint64_t random;              /* state of fp_random, from the plan's seed */
    uint64_t *values[2];          /* stream 0 the operation, 1 its twin */
    uint64_t repetition, checks, failures;
    uint32_t index, batch, status;
    bool twin, leave_out;         /* the twin repetition; what FP_TIMED obeys */
    bool sabotage;                /* self-test: never perform the operation */
    uint64_t *peak;               /* metric bytes: most in use, and each environment's share then */
    const char *message;
};

/* A row of a kernel's benchmark table; `run` sets its subject up, then loops over fp_next. */
struct fp_benchmark {
    const char *name, *operation, *effect;
    uint8_t ring, cache, cpus, nparams;
    struct fp_param params[4];
    void (*run)(struct fp_run *run);
    uint32_t each; /* bytes that the operation may touch for each of params[0]; 0: not told */
};

/* What the kernel owes the probe. All functions below are for one CPU at a time: hold a lock. */
struct fp_platform {
    const char *name, *version, *build;
    uint32_t cpus;
    uint64_t features;                                 /* of the KERNEL record: 0, or its counters */
    void *(*map)(uint64_t base, uint64_t size);        /* the region; NULL where it must not be */
    void *scratch; uint64_t scratch_size;              /* in its place, for the serial carrier */
    void (*put)(char c);                               /* a byte to the serial line */
    void (*step)(uint32_t entry, uint64_t repetition); /* before each repetition; may be NULL */
    uint64_t (*memory)(uint32_t what);  /* bytes: 0 in use, i of environment i-1, FP_MOST: the most
                                           in use since that was asked last; may be NULL */
    uint64_t (*count)(uint32_t metric); /* a kernel built with FP_COUNTER: let that counter count
                                           this from now on; the bits that it has, as a mask, or 0:
                                           not here. NULL: fp_clock is the clock */
    uint64_t (*other_clock)(uint64_t *ticks); /* let *ticks pass: what passed, and what another
                                           clock, returned, counted meanwhile; may be NULL */
    bool omit_first;                                   /* self-test: do not perform benchmark 0 */
};

/* Check the plan (NULL: none was loaded) and open the output. Returns 0 or the FP_BAD_ refusal. */
uint32_t fp_open(const struct fp_platform *platform, const void *plan, uint64_t size);
/* Carry out the plan over the table. Returns FP_COMPLETE or FP_OUT_OF_ROOM. */
uint32_t fp_carry_out(const struct fp_benchmark *table, uint32_t count);
/* Write the panic record; the caller then ends the boot. Harmless before fp_open. */
void fp_panic(uint32_t cpu, uint64_t code, uint64_t detail, uint64_t pc, uint64_t address,
              const char *message);
/* Where each processor notes the number of the system call that it enters: FP_CPUS words. */
uint32_t *fp_calls(void);
void fp_heartbeat(void);                       /* a long preparation makes progress */
uint64_t fp_seed(void);                        /* the plan's */
bool fp_next(struct fp_run *run);              /* next repetition; false: done, or effect missing */
void fp_keep(struct fp_run *run, uint64_t value); /* the repetition's value, unless warm-up */
void fp_check(struct fp_run *run, bool happened, const char *missing); /* ignored for the twin */
void fp_give_up(struct fp_run *run, uint32_t status, const char *why); /* no samples then */

/* Next of the plan's pseudo-random numbers, 0 <= it < limit (splitmix64). */
static inline uint64_t fp_random(struct fp_run *run, uint64_t limit)
{
    uint64_t z = run->random += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return (z ^ z >> 31) % limit;
}

/* The time-stamp counter. The halves are joined in the asm: nothing drifts between two reads. */
static inline __attribute__((always_inline)) uint64_t fp_time(void)
{
    uint64_t t;
    __asm__ volatile("lfence; rdtsc; shl $32, %%rdx; or %%rdx, %%rax; lfence"
                     : "=a"(t) : : "rdx", "memory", "cc");
    return t;
}

/* What stands around an operation: fp_time. Built with FP_CLOCK_READ, that function; with
 * FP_COUNTER, the processor's counter of this number, which the kernel lets ring 3 read. */
static inline __attribute__((always_inline)) uint64_t fp_clock(void)
{
#if defined FP_CLOCK_READ
    extern uint64_t FP_CLOCK_READ(void);
    return FP_CLOCK_READ();
#elif defined FP_COUNTER
    uint64_t n;
    __asm__ volatile("mov %[counter], %%ecx; lfence; rdpmc; shl $32, %%rdx; or %%rdx, %%rax; lfence"
                     : "=a"(n) : [counter] "i"(FP_COUNTER) : "rcx", "rdx", "memory", "cc");
    return n;
#else
    return fp_time();
#endif
}

/* For a benchmark that waits for a deadline: it cannot be counted, for a deadline is of the clock. */
static inline void fp_wants_clock(struct fp_run *run)
{
    (void)run;
#ifdef FP_COUNTER
    fp_give_up(run, FP_NO_METRIC, "a deadline is of the clock, which this kernel does not read");
#endif
}

/* A long no-operation that the emulator's plugin recognises; it neither traps nor touches anything.
 * BEGIN and END stand outside of the clock reads, so what the clock counts stays the same. */
enum { FP_MARK_ENTRY = 0x46500001, FP_MARK_BEGIN, FP_MARK_END, FP_MARK_DEPART, FP_MARK_ARRIVE,
       FP_MARK_VOID };
#define FP_MARK(kind) __asm__ volatile(".byte 0x0f, 0x1f, 0x80; .long %c0" : : "i"(kind) : "memory")

/* The time, and a mark right behind its reading. Where a region ends elsewhere than that of its twin
 * nothing may come between them that the twin has not: the time stays in its register. */
#define FP_CLOCK_AND_MARK(kind) __extension__({                                                    \
        uint64_t fp_now = fp_clock();                                                              \
        __asm__ volatile(".byte 0x0f, 0x1f, 0x80; .long %c1" : "+a"(fp_now) : "i"(kind) : "memory"); \
        fp_now; })

/* The twin of what runs from a deadline to FP_CLOCK_AND_MARK(FP_MARK_END): it never comes. */
static inline void fp_keep_unreached(struct fp_run *run)
{
    const uint64_t from = fp_clock(), to = fp_clock();

    FP_MARK(FP_MARK_BEGIN);
    (void)FP_CLOCK_AND_MARK(FP_MARK_END);
    fp_keep(run, to - from);
    fp_check(run, false, "nothing came");
}

/* Call `f` with one to six scalar arguments (x86-64 C ABI, no red zone), or put the arguments where
 * they belong and leave out just the call: one piece of code for operation and overhead twin, so
 * that they differ by the call and nothing else. An argument is "+", an unused register "=". */
#define FP_ASM(skip, f, kb, kc, kd, ke, kg, a, b, c, d, e, g) __extension__({                      \
        uint64_t fp_r, fp_a = (uint64_t)(a), fp_b = (uint64_t)(b), fp_c = (uint64_t)(c);           \
        uint64_t fp_d = (uint64_t)(d);                                                             \
        register uint64_t fp_e __asm__("r8") = (uint64_t)(e), fp_g __asm__("r9") = (uint64_t)(g);  \
        __asm__ volatile("testb %b[left_out], %b[left_out]; jnz 1f; call %P[call]; 1:"             \
            : "=a"(fp_r), "+D"(fp_a), kb "S"(fp_b), kc "d"(fp_c), kd "c"(fp_d), ke "r"(fp_e),      \
              kg "r"(fp_g) : [call] "i"(f), [left_out] "r"(skip) : "r10", "r11", "memory", "cc");  \
        fp_r; })
#define FP_CALL1(s, f, a) FP_ASM(s, f, "=", "=", "=", "=", "=", a, 0, 0, 0, 0, 0)
#define FP_CALL2(s, f, a, b) FP_ASM(s, f, "+", "=", "=", "=", "=", a, b, 0, 0, 0, 0)
#define FP_CALL3(s, f, a, b, c) FP_ASM(s, f, "+", "+", "=", "=", "=", a, b, c, 0, 0, 0)
#define FP_CALL4(s, f, a, b, c, d) FP_ASM(s, f, "+", "+", "+", "=", "=", a, b, c, d, 0, 0)
#define FP_CALL5(s, f, a, b, c, d, e) FP_ASM(s, f, "+", "+", "+", "+", "=", a, b, c, d, e, 0)
#define FP_CALL6(s, f, a, b, c, d, e, g) FP_ASM(s, f, "+", "+", "+", "+", "+", a, b, c, d, e, g)
#define FP_PICK(a, b, c, d, e, g, macro, ...) macro
#define FP_CALL(skip, f, ...) FP_PICK(__VA_ARGS__, FP_CALL6, FP_CALL5, FP_CALL4, FP_CALL3, \
                                      FP_CALL2, FP_CALL1, 0)(skip, f, __VA_ARGS__)

/* Time `result = function(arguments)` for i = 0 .. batch-1, or its twin, and keep the sample. The
 * sizeof lets the compiler check the types. After a twin, result is meaningless. */
#define FP_TIMED(run, i, result, function, ...) do {                                               \
        const uint32_t fp_count = (run)->batch;                                                    \
        const bool fp_skip = (run)->leave_out;                                                     \
        FP_MARK(FP_MARK_BEGIN);                                                                    \
        const uint64_t fp_from = fp_clock();                                                       \
        for (uint32_t i = 0; i < fp_count; i++) {                                                  \
            (void)sizeof(function(__VA_ARGS__));                                                   \
            (result) = (__typeof__(result))FP_CALL(fp_skip, function, __VA_ARGS__);                \
        }                                                                                          \
        const uint64_t fp_to = fp_clock();                                                         \
        FP_MARK(FP_MARK_END);                                                                      \
        fp_keep(run, fp_to - fp_from);                                                             \
    } while (0)

#endif
