/* SPDX-License-Identifier: MIT
 * Timers. Time is the time-stamp counter; the local APIC counts down to the next timer. */
#include "env.h"
#include "x86.h"

#include <loopbound.h>

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

/* Measure how fast the APIC counts. Once, before interrupts. */
void time_init(void)
{
    uint64_t ticks = 1000000;
    const uint64_t counted = time_by_apic(&ticks);

    ratio = (counted << 32) / ticks;
    if (!ratio)
        panic(PANIC_BOOT, "the local APIC does not count");
}

/* Let the APIC count down to the first timer of this CPU, unless it does already. */
static void arm(struct cpu *cpu)
{
    const uint64_t when = cpu->timers ? cpu->timers->when : 0;

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

/* Call `f` on this CPU at that time. O(timers before it). */
void timer_set(struct timer *timer, struct cpu *cpu, uint64_t when, void (*f)(struct timer *))
{
    struct timer **link = &cpu->timers;

    timer_cancel(timer);
    FB_LOOP("timers", while (*link && (*link)->when <= when))
        link = &(*link)->next;
    *timer = (struct timer){ .next = *link, .link = link, .when = when, .expire = f, .cpu = cpu };
    if (timer->next)
        timer->next->link = &timer->next;
    *link = timer;
    arm(cpu);
}

/* Cancel a timer that may be set. The APIC's interrupt may still come, and finds nothing. O(1). */
void timer_cancel(struct timer *timer)
{
    if (!timer->link)
        return;
    *timer->link = timer->next;
    if (timer->next)
        timer->next->link = timer->link;
    timer->link = NULL;
}

/* Call the functions of all timers that are due. */
void timer_interrupt(void)
{
    struct cpu *cpu = this_cpu();

    cpu->armed = 0;
    FB_LOOP("timers", while (cpu->timers && cpu->timers->when <= time_now())) {
        struct timer *timer = cpu->timers;
        timer_cancel(timer);
        timer->expire(timer);
    }
    arm(cpu);
}
