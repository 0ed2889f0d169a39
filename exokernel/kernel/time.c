/* SPDX-License-Identifier: MIT
 * Timers. Time is the time-stamp counter; the local APIC counts down to the next timer. */
#include "env.h"
#include "trace.h"
#include "x86.h"

#include <loopbound.h>

enum { MEASUREMENTS = 8, MEASURED = 1000000 }; /* ticks */

static uint64_t ratio = 1ul << 32; /* APIC ticks to a tick of the time-stamp counter, 32.32 */

uint64_t time_now(void) { return x86_clock(); }

/* Let *ticks pass, store how many did, return what the APIC counted. No timer may be set. */
uint64_t time_by_apic(uint64_t *ticks)
{
    const uint64_t from = time_now();

    apic_count(UINT32_MAX);
    const uint32_t first = apic_left();
    while (time_now() - from < *ticks)
        ;
    *ticks = time_now() - from;
    const uint32_t counted = first - apic_left();
    apic_count(0);
    return counted;
}

/* Measure how fast the APIC counts. The emulator's host may stop us between readings of the two
 * clocks: then every timer would be late, or need many interrupts. So a measurement that took
 * longer than its ticks is repeated. If none does not, the lowest ratio counts: after an interrupt
 * that comes early, the APIC counts the rest. Once, before interrupts. */
void time_init(void)
{
    bool calm = false;

    ratio = UINT64_MAX;
    for (int i = 0; i < MEASUREMENTS && !calm; i++) {
        uint64_t ticks = MEASURED;
        const uint64_t from = time_now();
        const uint64_t counted = time_by_apic(&ticks), measured = (counted << 32) / ticks;
        calm = time_now() - from < MEASURED + MEASURED / 64;
        if (calm || measured < ratio)
            ratio = measured;
    }
    if (!ratio)
        panic(PANIC_BOOT, "the local APIC does not count");
}

/* The timers of each CPU are in a heap: none is before its parent, that at half its place. So the
 * first is at place 1, and setting or cancelling one takes a step for each of at most 14 levels.
 * The place behind the last is NULL. */
enum { AT_ONCE = 4 };
_Static_assert(CPU_TIMERS < 1 << 14, "LEVELS");
#define LEVELS "13" /* from one place down to another, or up */
_Static_assert(CPU_TIMERS == ENV_LIMIT * (1 + ENV_REQUESTS) + EXO_LINES + CPU_LIMIT,
               "each environment, revocation, line and CPU has a timer");

static inline void put(struct cpu *cpu, uint64_t place, struct timer *timer)
{
    cpu->timers[place] = timer;
    timer->place = place;
}

/* Put a timer into the free place, or where those above have to make room. O(log timers). */
static inline __attribute__((always_inline)) void rise(struct cpu *cpu, uint64_t place,
                                                       struct timer *timer)
{
    struct timer *above;

    FB_LOOP_INSIDE(LEVELS, for (; place > 1 && (above = cpu->timers[place / 2])->when > timer->when;
                                place /= 2))
        put(cpu, place, above);
    put(cpu, place, timer);
}

/* The same, or where those below have to. O(log timers). */
static __attribute__((noinline)) void settle(struct cpu *cpu, uint64_t place, struct timer *timer)
{
    uint64_t below;

    FB_LOOP_INSIDE(LEVELS, for (; (below = 2 * place) <= cpu->timer_count; place = below)) {
        below += below < cpu->timer_count
                 && cpu->timers[below + 1]->when < cpu->timers[below]->when;
        if (cpu->timers[below]->when >= timer->when)
            break;
        put(cpu, place, cpu->timers[below]);
    }
    rise(cpu, place, timer);
}

/* Let the APIC count down to the first timer of this CPU, unless it does already. */
static void arm(struct cpu *cpu)
{
    const uint64_t when = cpu->timers[1] ? cpu->timers[1]->when : 0;

    if (when == cpu->armed || cpu != this_cpu())
        return;
    cpu->armed = when;
    if (!when) {
        apic_count(0);
        return;
    }
    const uint64_t now = time_now();
    const unsigned __int128 ticks = when > now ? (unsigned __int128)(when - now) * ratio >> 32 : 0;
    apic_count(ticks >= UINT32_MAX ? UINT32_MAX : (uint64_t)ticks + 1);
}

/* Take a timer that is set out of the heap. O(log timers). */
static inline __attribute__((always_inline)) void take_out(struct cpu *cpu, struct timer *timer)
{
    const uint64_t count = cpu->timer_count, place = timer->place;
    struct timer *last = cpu->timers[count];

    cpu->timers[count] = NULL;
    cpu->timer_count = count - 1;
    timer->place = 0;
    if (last != timer)
        settle(cpu, place, last);
}

static inline __attribute__((always_inline)) void set(struct timer *timer, struct cpu *cpu,
                                                      uint64_t when, void (*f)(struct timer *))
{
    trace(timer_set, current_env(), when, 0);
    timer->when = when, timer->expire = f, timer->cpu = cpu;
    rise(cpu, ++cpu->timer_count, timer);
    arm(cpu);
}

/* Set a timer again that is set. */
static __attribute__((noinline)) void set_again(struct timer *timer, struct cpu *cpu, uint64_t when,
                                                void (*f)(struct timer *))
{
    take_out(timer->cpu, timer);
    set(timer, cpu, when, f);
}

/* Call `f` on this CPU at that time. O(log timers). */
void timer_set(struct timer *timer, struct cpu *cpu, uint64_t when, void (*f)(struct timer *))
{
    if (timer->place) {
        set_again(timer, cpu, when, f);
        return;
    }
    set(timer, cpu, when, f);
}

/* Cancel a timer that may be set. The APIC's interrupt may still come, and finds nothing. O(log
 * timers). */
void timer_cancel(struct timer *timer)
{
    if (timer->place)
        take_out(timer->cpu, timer);
}

/* Call the functions of timers that are due. If these are many, the next interrupt comes soon. */
void timer_interrupt(void)
{
    struct cpu *cpu = this_cpu();

    cpu->armed = 0;
#pragma GCC unroll 4
    for (int i = 0; i < AT_ONCE; i++) {
        struct timer *timer = cpu->timers[1];
        if (!timer || timer->when > time_now())
            break;
        take_out(cpu, timer);
        trace(timer_expire, current_env(), timer->when, 0);
        timer->expire(timer);
    }
    arm(cpu);
}
