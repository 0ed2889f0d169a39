/* SPDX-License-Identifier: MIT
 * The data of each processor; %gs points to them while the kernel runs. */
#ifndef FEUERBIRD_CPU_H
#define FEUERBIRD_CPU_H

#include "kernel.h"

#define CPU_LIMIT 4

/* Interrupt vectors past the exceptions. */
enum {
    VECTOR_TIMER = 32,
    VECTOR_WAKE,
    VECTOR_SHOOT,
    VECTOR_ECHO,
    VECTOR_LINE = 48,
    VECTOR_SPURIOUS = 95,
    VECTOR_REFUSED, /* the IOMMU refused a device's access */
    VECTORS = 256   /* the rest is nobody's, but a device may forge it */
};

struct tss {
    uint32_t reserved0;
    uint64_t rsp[3], reserved1, ist[7], reserved2;
    uint16_t reserved3, io_map;
} __attribute__((packed));
_Static_assert(sizeof(struct tss) == 104, "task state segment");

enum { CPU_TIMERS = 10276 }; /* as many as there can be: time.c */

/* A function to call at some time; in the heap of one CPU. */
struct timer {
    uint64_t place; /* in the heap, from 1; 0: not set */
    uint64_t when;
    void (*expire)(struct timer *timer);
    struct cpu *cpu;
};

/* The most that is done without a moment for interrupts, in instructions: the part of it that each
 * thing takes is an estimate, and leaves room for the way in and out. */
enum { STEP = 1500 };

/* Work that no system call waits for, in the list of one CPU, which does it in steps before it runs
 * an environment that is not urgent. */
struct work {
    struct work *next, **link;       /* link: the pointer to this work; NULL: none */
    bool (*step)(struct work *work); /* true: it is done */
};

/* Why another environment is to run: the slice is over; or this one first goes on after work. */
enum { PREEMPT_SLICE = 1, PREEMPT_WORK = 2 };

struct cpu {
    struct cpu *self;    /* offsets.h has the offsets up to tss */
    struct env *current; /* that runs or ran last here; NULL: idle or booting */
    uint64_t stack;      /* top of the kernel stack */
    uint64_t scratch;
    uint32_t *call;            /* in the probe's header: the system call entered last */
    uint64_t receiver, runner; /* env_state_word() of one that receives, or is ready, here */
    uint64_t calls;            /* numbers from here on are no calls: 0 in a foreign environment */
    struct foreign *outside;   /* of the foreign environment that runs here, or NULL */

    /* under the kernel lock */
    struct env *ring;   /* environments to run, in a ring; the first is next */
    struct env *urgent; /* woken by an interrupt: runs before the ring */
    union {
        struct {
            bool attend;  /* there is work, or `finished`, or `shoot` while it idled */
            bool foreign; /* a foreign environment runs here: foreign_park before a switch */
        };
        uint16_t special; /* schedule() has more to do: search() */
    };
    bool fresh;      /* current began to run after the slice did: it gets its own slice */
    uint8_t preempt; /* PREEMPT_... */

    uint32_t number, apic;
    struct tss tss;
    volatile uint32_t started;
    uint32_t flags;      /* those that were set in exceptions of ring 3 */
    uint64_t boot_stack; /* the stack that boot_leave saved */
    uint64_t cr0, cr4;   /* as read back, for paging_audit */
#ifdef TRACE_on
    struct {
        uint64_t *written, mask;
        char *ring;
        uint64_t rax, rdx, rcx; /* of the assembler's paths, while it notes an event */
    } trace;
#endif

    /* the rest: under the kernel lock */
    struct work *work;
    bool finished;  /* return from boot_leave, after the work */
    bool runs;      /* it runs environments, or idles; else it boots or drives a benchmark */
    uint64_t armed; /* the time that the LAPIC counts to; 0: none */
    uint64_t timer_count;
    struct timer slice;
    volatile uint32_t shoot;  /* another processor waits for our TLB flush */
    volatile uint64_t echoes; /* VECTOR_ECHO received */

    uint64_t gdt[7];
    struct timer *timers[CPU_TIMERS + 1]; /* a heap: time.c */
};

extern struct cpu cpus[CPU_LIMIT];
extern uint32_t cpu_count;

static inline struct cpu *this_cpu(void)
{
    struct cpu *cpu;
    __asm__ volatile("mov %%gs:0, %0" : "=r"(cpu));
    return cpu;
}

static inline struct env *current_env(void)
{
    struct env *env;
    __asm__ volatile("mov %%gs:8, %0" : "=r"(env));
    return env;
}

/* Take the kernel lock, which guards all that processors share. Interrupts are off. Waiting for it
 * preserves all registers, so the usual case saves none. */
extern volatile uint32_t kernel_lock_word;
void kernel_lock_slow(void);

static inline __attribute__((always_inline)) void kernel_lock(void)
{
    __asm__ volatile("lock btsl $0, kernel_lock_word; jc 1f; 2:\n"
                     ".subsection 1; 1: call kernel_lock_wait; jmp 2b; .previous"
                     :
                     :
                     : "memory", "cc");
}

static inline __attribute__((always_inline)) void kernel_unlock(void)
{
    __asm__ volatile("movl $0, kernel_lock_word" : : : "memory");
}

#endif
