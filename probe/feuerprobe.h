/* SPDX-License-Identifier: MIT
 * Feuerprobe: make a kernel measurable. Copy this file and feuerprobe.c into it; they need nothing
 * else. docs/measure-your-kernel.md shows the way, docs/probe.md is the contract.
 *
 * Write a benchmark. It prepares its subject, then loops over fp_next, which alternates between the
 * operation and its overhead twin. FP_TIMED performs the operation, or leaves it out in the twin.
 * fp_check says whether the operation took effect:
 *
 *     static void bench_insert(struct fp_run *run)
 *     {
 *         const uint64_t n = run->entry->params[0];
 *         int status = 0;
 *
 *         fill(n);
 *         while (fp_next(run)) {
 *             const uint64_t key = fp_random(run, n);
 *             remove(key);
 *             FP_TIMED(run, i, status, insert, key);
 *             fp_check(run, status == 0 && contains(key), "the key is not in the set");
 *         }
 *     }
 *     static const struct fp_benchmark table[] = {
 *         { .name = "insert/random", .operation = "set_insert", .effect = "the key is in the set",
 *           .cpus = 1, .nparams = 1, .params = { { "n", 4, 1024 } }, .run = bench_insert },
 *     };
 *
 * Then, once the kernel is up, with the module that the boot loader left in memory:
 *
 *     if (fp_open(&platform, module, module_size) == 0)
 *         fp_carry_out(table, 1);
 *     outb(0xf4, 0x10); // ends the boot in order
 *
 * Parts of this file: 1 benchmarks, 2 the platform, 3 running the plan, 4 clocks and marks,
 * 5 timing, 6 the wire format. */
#ifndef FEUERPROBE_H
#define FEUERPROBE_H

#ifndef __x86_64__
#error "a plan comes by PVH, on x86-64 only: copy the two files of probe/serial instead"
#endif

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- 1. Benchmarks --------------------------------------------------------------------------- */

/* A parameter of a benchmark, and the range of values that it accepts. */
struct fp_param {
    char name[16];
    uint64_t min;
    uint64_t max;
}; /* also on the wire: 32 bytes */

/* A plan entry while it is measured. Operation and twin take turns, so that both meet the same slow
 * drift. Their samples go straight into the output region. */
struct fp_run {
    const struct fp_entry *entry; /* what to measure; parameters: entry->params[0..3] */
    uint64_t random;              /* state of fp_random; begins with the plan's seed */
    uint64_t *values[2];          /* the samples of the operation, and of its twin */
    uint64_t repetition;          /* counts both, so the next twin has an odd number */
    uint64_t checks;              /* effects that were checked */
    uint64_t failures;            /* effects that were missing */
    uint32_t index;               /* of the entry in the plan */
    uint32_t batch;               /* operations in one sample */
    uint32_t status;              /* FP_VERIFIED, or why there are no samples */
    bool twin;                    /* this repetition is the twin's */
    bool leave_out;               /* FP_TIMED leaves the operation out; true in the twin */
    bool sabotage;                /* self-test: leave it out always */
    uint64_t *peak;               /* metric FP_BYTES: the most in use, of all and by environment */
    const char *message;          /* what was missing, or why the benchmark gave up */
};

/* A row of the kernel's benchmark table. */
struct fp_benchmark {
    const char *name;      /* at most 47 bytes */
    const char *operation; /* what bounds speak of; at most 47 bytes */
    const char *effect;    /* in words, what fp_check checks; at most 103 bytes */
    uint8_t ring;          /* where the operation is called */
    uint8_t cache;         /* 1: can be measured with cold caches */
    uint8_t cpus;          /* processors that it needs */
    uint8_t nparams;
    struct fp_param params[4];
    void (*run)(struct fp_run *run);
    uint32_t each; /* bytes that the operation may touch for each of params[0]; 0: unknown */
};

/* How an entry can end. Only the first has samples. */
enum {
    FP_VERIFIED = 0,
    FP_EFFECT_FAILED = 1,
    FP_UNKNOWN = 2,      /* no benchmark of this name */
    FP_OUT_OF_RANGE = 3, /* a parameter's value */
    FP_NO_MEMORY = 4,
    FP_IMPOSSIBLE = 5, /* on this machine */
    FP_NO_METRIC = 6,  /* this kernel does not measure it */
};

/* Begin the next repetition. False: there are enough, an effect was missing, or it gave up. */
bool fp_next(struct fp_run *run);
/* Keep the repetition's value, unless it is warm-up. FP_TIMED calls this. */
void fp_keep(struct fp_run *run, uint64_t value);
/* Record whether the operation took effect. In the twin, `happened` is not evaluated: put what both
 * must do outside of it. */
#define fp_check(run, happened, missing)                                                           \
    ((run)->twin ? (void)0 : fp_checked((run), (happened), (missing)))
void fp_checked(struct fp_run *run, bool happened, const char *missing); /* fp_check calls it */
/* End without samples, for one of the reasons above. */
void fp_give_up(struct fp_run *run, uint32_t status, const char *why);
/* Report progress within a long preparation, so that it is not taken for a hang. */
void fp_heartbeat(void);
/* The plan's seed. */
uint64_t fp_seed(void);

/* The next pseudo-random number below `limit` (splitmix64). The same seed repeats the numbers. */
static inline uint64_t fp_random(struct fp_run *run, uint64_t limit)
{
    uint64_t z = run->random += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return (z ^ z >> 31) % limit;
}

/* ---- 2. The platform ------------------------------------------------------------------------- */

#define FP_MOST UINT32_MAX

/* What the kernel provides. A pointer may be NULL where that is said. */
struct fp_platform {
    const char *name;
    const char *version;
    const char *build; /* the switches that it was built with */
    uint32_t cpus;
    uint64_t features; /* for the KERNEL record: 0, or its performance counters */

    /* Map the output region. NULL refuses: it overlaps memory that the kernel uses. */
    void *(*map)(uint64_t base, uint64_t size);
    /* Memory to build records in when there is no region: the serial carrier. */
    void *scratch;
    uint64_t scratch_size;
    /* Send a byte to the serial line. */
    void (*put)(char c);

    /* Called before each repetition. May be NULL. */
    void (*step)(uint32_t entry, uint64_t repetition);
    /* Bytes of memory in use: 0 of all, i of environment i - 1, FP_MOST the most that were in use
     * since the last call with FP_MOST. May be NULL: then FP_BYTES is refused. */
    uint64_t (*memory)(uint32_t what);
    /* Only for a kernel built with FP_COUNTER: make that counter count this metric. Returns the
     * counter's bits as a mask, or 0 if this machine cannot count it. NULL: fp_clock is a clock. */
    uint64_t (*count)(uint32_t metric);
    /* Let *ticks of fp_clock pass; store how many did, return what another clock counted
     * meanwhile. May be NULL. */
    uint64_t (*other_clock)(uint64_t *ticks);
    bool omit_first; /* self-test: never perform the first benchmark's operation */
};

/* ---- 3. Running the plan ------------------------------------------------------------------------
 * These functions, and those of part 1, are for one processor at a time: hold a lock. */

/* Check the plan (NULL: none was loaded) and open the output. Returns 0, or why it is refused. */
uint32_t fp_open(const struct fp_platform *platform, const void *plan, uint64_t size);
enum {
    FP_BAD_MAGIC = 1,
    FP_BAD_VERSION = 2,
    FP_BAD_LENGTH = 3,
    FP_BAD_CRC = 4,
    FP_BAD_REGION = 5,
    FP_BAD_ENTRY = 6,
};

/* Carry out the plan over the table. Returns FP_COMPLETE or FP_OUT_OF_ROOM. */
uint32_t fp_carry_out(const struct fp_benchmark *table, uint32_t count);

/* Write the panic record; the caller then ends the boot. Does nothing before fp_open. */
void fp_panic(uint32_t cpu, uint64_t code, uint64_t detail, uint64_t pc, uint64_t address,
              const char *message);

/* FP_CPUS words: each processor may store here which system call it enters, for the report of a
 * panic or hang. */
uint32_t *fp_calls(void);
enum { FP_CPUS = 16 };
#define FP_NO_CALL UINT32_MAX

/* ---- 4. Clocks and marks --------------------------------------------------------------------- */

/* Read the time-stamp counter. The asm joins its halves, so that the compiler puts no instruction
 * between two readings. */
static inline __attribute__((always_inline)) uint64_t fp_time(void)
{
    uint64_t t;
    __asm__ volatile("lfence; rdtsc; shl $32, %%rdx; or %%rdx, %%rax; lfence"
                     : "=a"(t)
                     :
                     : "rdx", "memory", "cc");
    return t;
}

/* Read what stands around an operation: fp_time; or, if built with FP_CLOCK_READ, that function;
 * or, with FP_COUNTER, the performance counter of that number, which ring 3 must be allowed to
 * read. */
static inline __attribute__((always_inline)) uint64_t fp_clock(void)
{
#if defined FP_CLOCK_READ
    extern uint64_t FP_CLOCK_READ(void);
    return FP_CLOCK_READ();
#elif defined FP_COUNTER
    uint64_t n;
    __asm__ volatile("mov %[counter], %%ecx; lfence; rdpmc; shl $32, %%rdx; or %%rdx, %%rax; lfence"
                     : "=a"(n)
                     : [counter] "i"(FP_COUNTER)
                     : "rcx", "rdx", "memory", "cc");
    return n;
#else
    return fp_time();
#endif
}

/* For a benchmark that waits for a deadline. Deadlines are in ticks of the clock, so a kernel that
 * counts something else gives up. */
static inline void fp_wants_clock(struct fp_run *run)
{
    (void)run;
#ifdef FP_COUNTER
    fp_give_up(run, FP_NO_METRIC, "a deadline is of the clock, which this kernel does not read");
#endif
}

/* A mark for the emulator's plugin: a long no-operation, which does not trap and touches nothing.
 * BEGIN and END stand outside of the clock readings, so they change no measurement. */
#define FP_MARK(kind) __asm__ volatile(".byte 0x0f, 0x1f, 0x80; .long %c0" : : "i"(kind) : "memory")
enum {
    FP_MARK_ENTRY = 0x46500001,  /* a plan entry begins */
    FP_MARK_BEGIN = 0x46500002,  /* a timed region begins */
    FP_MARK_END = 0x46500003,    /* ... and ends */
    FP_MARK_DEPART = 0x46500004, /* the next region ends on the other side, at ARRIVE */
    FP_MARK_ARRIVE = 0x46500005,
    FP_MARK_VOID = 0x46500006, /* the next region does not count */
    FP_MARK_OWN = 0x46500007,  /* this stretch with interrupts masked does not count */
};

/* Read the clock and mark the place. Use it where a region ends elsewhere than its twin's: the time
 * stays in its register, so that both have the same instructions between clock and mark. */
#define FP_CLOCK_AND_MARK(kind)                                                                    \
    __extension__({                                                                                \
        uint64_t fp_now = fp_clock();                                                              \
        __asm__ volatile(".byte 0x0f, 0x1f, 0x80; .long %c1"                                       \
                         : "+a"(fp_now)                                                            \
                         : "i"(kind)                                                               \
                         : "memory");                                                              \
        fp_now;                                                                                    \
    })

/* ---- 5. Timing ------------------------------------------------------------------------------- */

/* Time `result = function(arguments)` for i = 0 .. batch-1, or its twin, and keep the sample. The
 * sizeof lets the compiler check the types. After a twin, `result` is zero. */
#define FP_TIMED(run, i, result, function, ...)                                                    \
    do {                                                                                           \
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
        for (uint32_t i = 0; (run)->twin && i < fp_count; i++)                                     \
            (result) = (__typeof__(result))0;                                                      \
        fp_keep(run, fp_to - fp_from);                                                             \
    } while (0)

/* The twin of a region that begins at a deadline and ends at FP_CLOCK_AND_MARK(FP_MARK_END): here
 * the deadline never comes. */
static inline void fp_keep_unreached(struct fp_run *run)
{
    const uint64_t from = fp_clock(), to = fp_clock();

    FP_MARK(FP_MARK_BEGIN);
    (void)FP_CLOCK_AND_MARK(FP_MARK_END);
    fp_keep(run, to - from);
    fp_check(run, false, "nothing came");
}

/* Call `function` with one to six scalar arguments (x86-64 C ABI, no red zone), or, if `skip`, put
 * the arguments into their registers and leave out only the call. Operation and twin share this
 * code, so they differ by the call and nothing else. */
#define FP_CALL(skip, function, ...)                                                               \
    FP_PICK(__VA_ARGS__, FP_CALL6, FP_CALL5, FP_CALL4, FP_CALL3, FP_CALL2, FP_CALL1, 0)            \
    (skip, function, __VA_ARGS__)
#define FP_PICK(a, b, c, d, e, g, macro, ...) macro
#define FP_CALL1(s, f, a) FP_ASM(s, f, "=", "=", "=", "=", "=", a, 0, 0, 0, 0, 0)
#define FP_CALL2(s, f, a, b) FP_ASM(s, f, "+", "=", "=", "=", "=", a, b, 0, 0, 0, 0)
#define FP_CALL3(s, f, a, b, c) FP_ASM(s, f, "+", "+", "=", "=", "=", a, b, c, 0, 0, 0)
#define FP_CALL4(s, f, a, b, c, d) FP_ASM(s, f, "+", "+", "+", "=", "=", a, b, c, d, 0, 0)
#define FP_CALL5(s, f, a, b, c, d, e) FP_ASM(s, f, "+", "+", "+", "+", "=", a, b, c, d, e, 0)
#define FP_CALL6(s, f, a, b, c, d, e, g) FP_ASM(s, f, "+", "+", "+", "+", "+", a, b, c, d, e, g)

/* kb to kg: "+" passes the argument of that letter, "=" only lets the call change the register. */
#define FP_ASM(skip, f, kb, kc, kd, ke, kg, a, b, c, d, e, g)                                      \
    __extension__({                                                                                \
        uint64_t fp_r, fp_a = (uint64_t)(a), fp_b = (uint64_t)(b), fp_c = (uint64_t)(c);           \
        uint64_t fp_d = (uint64_t)(d);                                                             \
        register uint64_t fp_e __asm__("r8") = (uint64_t)(e), fp_g __asm__("r9") = (uint64_t)(g);  \
        __asm__ volatile("testb %b[left_out], %b[left_out]; jnz 1f; call %P[call]; 1:"             \
                         : "=a"(fp_r), "+D"(fp_a), kb "S"(fp_b), kc "d"(fp_c), kd "c"(fp_d),       \
                           ke "r"(fp_e), kg "r"(fp_g)                                              \
                         : [call] "i"(f), [left_out] "r"(skip)                                     \
                         : "r10", "r11", "memory", "cc");                                          \
        fp_r;                                                                                      \
    })

/* ---- 6. The wire format -------------------------------------------------------------------------
 * docs/probe.md describes every field. Numbers are little-endian. A field's comment begins with its
 * offset; layout.c checks them all. */

enum { FP_PAGE = 4096 };

/* The plan: this header, then its entries. Size 64. */
struct fp_plan {
    char magic[8];        /*  0 "FPPLAN1\n" */
    uint16_t major;       /*  8 */
    uint16_t minor;       /* 10 */
    uint32_t crc;         /* 12 of the whole plan, this field taken as zero */
    uint32_t length;      /* 16 bytes, entries included */
    uint32_t entries;     /* 20 */
    uint64_t seed;        /* 24 */
    uint64_t output_base; /* 32 physical address; 0: use the serial carrier */
    uint64_t output_size; /* 40 */
    uint32_t boot;        /* 48 number of this boot in the campaign */
    uint32_t flags;       /* 52 */
    uint64_t reserved;    /* 56 */
};

/* Which benchmark to measure, where and how often. Size 128. */
struct fp_entry {
    char benchmark[48];   /*   0 its name */
    uint64_t params[4];   /*  48 */
    uint32_t samples;     /*  80 values to keep, in each stream */
    uint32_t warmup;      /*  84 repetitions to discard first */
    uint32_t batch;       /*  88 operations in one sample */
    uint32_t metric;      /*  92 FP_CLOCK ... */
    uint16_t cpu;         /*  96 processor, or FP_ANY_CPU */
    uint16_t peer;        /*  98 the other processor, or FP_ANY_CPU */
    uint32_t flags;       /* 100 FP_COLD */
    uint8_t reserved[24]; /* 104 */
};
enum {
    FP_CLOCK = 1,
    FP_BYTES = 2,
    FP_EVENTS = 3,
    FP_INSTRUCTIONS = 4,
    FP_COUNTED_CYCLES = 5,
    FP_CACHE_MISSES = 6,
    FP_BRANCH_MISSES = 7,
};
enum { FP_ANY_CPU = 0xffff, FP_COLD = 1 };

/* Where the kernel ended. Size 512. */
struct fp_panic {
    uint32_t magic;    /*  0 "FPP!" */
    uint32_t cpu;      /*  4 */
    uint64_t code;     /*  8 vector, or the kernel's own code */
    uint64_t detail;   /* 16 error code of the trap */
    uint64_t pc;       /* 24 */
    uint64_t address;  /* 32 that faulted, or 0 */
    char message[472]; /* 40 */
};

/* The first page of the output region; records follow. Size 4096. */
struct fp_header {
    char magic[8];           /*    0 "FPROBE1\n", written last */
    uint16_t major;          /*    8 */
    uint16_t minor;          /*   10 */
    uint32_t header_size;    /*   12 */
    uint64_t heartbeat;      /*   16 grows while the kernel makes progress */
    uint64_t done;           /*   24 entries finished */
    uint64_t total;          /*   32 entries of the plan */
    uint64_t written;        /*   40 bytes of whole records behind this page */
    uint32_t state;          /*   48 FP_BOOTING ... */
    uint32_t error;          /*   52 FP_BAD_MAGIC ..., if refused */
    uint32_t plan_crc;       /*   56 */
    uint32_t boot;           /*   60 */
    uint32_t calls[FP_CPUS]; /*   64 the last system call of each processor, or FP_NO_CALL */
    uint8_t reserved0[896];  /*  128 */
    struct fp_panic panic;   /* 1024 */
    uint8_t reserved1[2560]; /* 1536 */
};
enum {
    FP_BOOTING = 1,
    FP_RUNNING = 2,
    FP_COMPLETE = 3,
    FP_PANIC = 4,
    FP_REFUSED = 5,
    FP_OUT_OF_ROOM = 6,
};

/* Every record begins with this. Size 16. */
struct fp_record {
    uint16_t type;     /*  0 FP_RECORD_KERNEL ... */
    uint16_t version;  /*  2 */
    uint32_t length;   /*  4 bytes, this header included; a multiple of 8 */
    uint32_t crc;      /*  8 of the whole record, this field taken as zero */
    uint32_t sequence; /* 12 from 0 */
};
enum {
    FP_RECORD_KERNEL = 1,
    FP_RECORD_BENCHMARK = 2,
    FP_RECORD_SAMPLES = 3,
    FP_RECORD_RESULT = 4,
    FP_RECORD_END = 5,
    FP_RECORD_LOG = 6,
};

/* KERNEL, the first record. Size 304. */
struct fp_kernel {
    struct fp_record record; /*   0 */
    char name[32];           /*  16 */
    char version[32];        /*  48 */
    char build[192];         /*  80 */
    uint32_t cpus;           /* 272 */
    uint32_t clock;          /* 276 1: the time-stamp counter; 0: a performance counter */
    uint64_t clock_hz;       /* 280 0: unknown */
    uint64_t features;       /* 288 */
    uint64_t reserved;       /* 296 */
};

/* BENCHMARK, one for each row of the table. Size 400. */
struct fp_catalogue {
    struct fp_record record;   /*   0 */
    char name[48];             /*  16 */
    char operation[48];        /*  64 */
    uint8_t ring;              /* 112 */
    uint8_t cache;             /* 113 */
    uint8_t cpus;              /* 114 */
    uint8_t nparams;           /* 115 */
    uint32_t flags;            /* 116 */
    struct fp_param params[4]; /* 120 */
    char effect[104];          /* 248 */
    uint32_t each;             /* 352 */
    uint8_t reserved[44];      /* 356 */
};

/* SAMPLES, a stretch of one stream. Size 40, and the values. */
struct fp_samples {
    struct fp_record record; /*  0 */
    uint32_t entry;          /* 16 index in the plan; all ones: calibration */
    uint16_t stream;         /* 20 0 the operation, 1 its twin, 2 and more: the benchmark's own */
    uint16_t metric;         /* 22 */
    uint32_t cpu;            /* 24 */
    uint32_t first;          /* 28 index in the stream of the first value */
    uint32_t count;          /* 32 */
    uint32_t batch;          /* 36 */
    uint64_t values[];       /* 40 */
};

/* RESULT, one for each entry, behind its samples. Size 176. */
struct fp_result {
    struct fp_record record; /*  0 */
    uint32_t entry;          /* 16 */
    uint32_t status;         /* 20 FP_VERIFIED ... */
    uint64_t checks;         /* 24 */
    uint64_t failures;       /* 32 */
    uint64_t reserved;       /* 40 */
    char message[128];       /* 48 */
};

/* END, the last record. Size 32. */
struct fp_end {
    struct fp_record record; /*  0 */
    uint32_t records;        /* 16 this one included */
    uint32_t entries;        /* 20 */
    uint64_t ticks;          /* 24 from boot to here; 0: unknown */
};

#endif
