/* SPDX-License-Identifier: MIT
 * The rings of a kernel that was built with TRACE=on. arch/x86_64/crossing.h writes the events of
 * the assembler's paths into them, with the same layout. */
#include "trace.h"

#include "memory.h"
#include "x86.h"

enum { LEAST = 8, USUAL = 16, MOST = 20 }; /* events in a ring, as powers of two */

_Static_assert(sizeof(struct fb_event) == 32 && sizeof(struct fb_trace) == 128, "trace.h");

static struct fb_trace *head(void) { return direct(FB_TRACE_PHYSICAL); }

/* What follows "trace=" on the command line: events in a ring, as a power of two. */
static uint64_t wanted(const char *command_line)
{
    const char *p = command_line;

    while (*p && __builtin_memcmp(p, "trace=", 6))
        p++;
    if (!*p)
        return USUAL;
    uint64_t n = 0;
    for (p += 6; *p >= '0' && *p <= '9' && n <= MOST; p++)
        n = n * 10 + (uint64_t)(*p - '0');
    if (n < LEAST || n > MOST)
        panic(PANIC_BOOT, "trace= wants 8 to 20: events in a ring, as a power of two");
    return n;
}

/* Take the memory of the rings and let all CPUs use them. Once, after the page tables are made and
 * before anything is noted. */
void trace_init(const char *command_line)
{
    const uint64_t size = sizeof(struct fb_event) << wanted(command_line);
    const uint64_t end = FB_TRACE_PHYSICAL + FB_TRACE_HEAD + CPU_LIMIT * size;

    for (uint64_t page = FB_TRACE_PHYSICAL; page < end; page += PAGE_SIZE)
        if (!page_take(page))
            panic(PANIC_MEMORY, "the memory of the trace is not free");
    *head() = (struct fb_trace){ .magic = FB_TRACE_MAGIC,
                                 .event_size = sizeof(struct fb_event),
                                 .cpus = CPU_LIMIT,
                                 .ring_size = size };
    for (uint32_t i = 0; i < CPU_LIMIT; i++) {
        cpus[i].trace.written = &head()->written[i];
        cpus[i].trace.mask = size - 1;
        cpus[i].trace.ring = direct(FB_TRACE_PHYSICAL + FB_TRACE_HEAD + i * size);
    }
}

/* So many CPUs have a ring. */
void trace_cpus(uint32_t count) { head()->cpus = count; }

/* Bytes from FB_TRACE_PHYSICAL on. */
uint64_t trace_size(void) { return FB_TRACE_HEAD + head()->cpus * head()->ring_size; }

uint64_t trace_number(const struct env *env) { return env ? env->number : 0; }

/* O(1), at most 30 instructions. */
void trace_event(enum fb_event_kind kind, const struct env *env, uint64_t a, uint64_t b)
{
    const struct cpu *cpu = this_cpu();
    uint64_t *const written = cpu->trace.written;
    struct fb_event *event = (struct fb_event *)(cpu->trace.ring + (*written & cpu->trace.mask));

    event->time = x86_clock();
    event->environment = env ? (uint32_t)env->number : 0;
    event->kind = kind;
    event->a = a, event->b = b;
    *written += sizeof *event;
}

/* This CPU is about to run another environment, or none. */
void trace_switch(struct cpu *cpu, const struct env *to)
{
    const struct env *from = cpu->current;

    if (from != to)
        trace(switch, from, trace_number(to), from ? from->state : 0);
}
