/* SPDX-License-Identifier: MIT
 * Which environment runs. Each CPU has a ring of those that want to run. A blocked one may stay in
 * it until the scheduler meets it, so a message and its answer do not touch the ring. After a
 * directed switch the target runs on what is left of the slice.
 *
 * Each round of the ring gives an environment one slice. One that an interrupt wakes runs at once,
 * on what it has left of its last turn. Whoever it interrupts is first in the ring, and goes on
 * with the rest of its slice. So nobody takes another's share by timers. */
#include "env.h"
#include "memory.h"
#include "paging.h"
#include "trace.h"
#include "x86.h"

#include <loopbound.h>

enum { IDLE_POLLS = 256 };

struct cpu cpus[CPU_LIMIT];
uint32_t cpu_count = 1;
volatile uint32_t kernel_lock_word;
uint64_t slice_ticks; /* 0: no preemption */

/* On one line, so that FB_AGAIN finds the loop. */
#define LOCK_IS_TAKEN()                                                                            \
    (__atomic_load_n(&kernel_lock_word, __ATOMIC_RELAXED)                                          \
     || __atomic_exchange_n(&kernel_lock_word, 1, __ATOMIC_ACQUIRE))

/* Wait for the lock. Its holder may wait for us to flush our TLB, so answer that meanwhile. */
void kernel_lock_slow(void)
{
#ifdef TRACE_on
    const uint64_t from = time_now();
#endif
    do {
        tlb_answer();
        x86_pause();
    } while (FB_AGAIN("lock_waits", LOCK_IS_TAKEN()));
    trace(lock, current_env(), time_now() - from, 0);
}

#undef LOCK_IS_TAKEN

/* The slice is over. But if the current environment began to run after the slice did, by a switch
 * of message.S, which sets no timer, its own slice begins here: it gets up to twice as long. */
static void slice_over(struct timer *timer)
{
    struct cpu *cpu = timer->cpu;

    cpu->preempt |= cpu->fresh ? 0 : PREEMPT_SLICE;
    if (cpu->fresh)
        timer_set(&cpu->slice, cpu, time_now() + slice_ticks, slice_over);
    cpu->fresh = false;
}

/* Begin a slice, if another environment wants this CPU too. */
static void slice_start(struct cpu *cpu)
{
    cpu->preempt = cpu->fresh = false;
    if (slice_ticks && cpu->ring && cpu->ring->next != cpu->ring)
        timer_set(&cpu->slice, cpu, time_now() + slice_ticks, slice_over);
}

/* Set the length of slices, those under way included; 0: no preemption. */
void slice_set(uint64_t ticks)
{
    slice_ticks = ticks;
    for (uint32_t i = 0; i < cpu_count; i++) {
        timer_cancel(&cpus[i].slice);
        cpus[i].preempt = false;
        if (ticks && &cpus[i] != this_cpu())
            apic_send(&cpus[i], VECTOR_WAKE);
    }
    slice_start(this_cpu());
}

/* Let an environment run when its turn comes. O(1). */
void make_ready(struct env *env)
{
    struct cpu *cpu = env->cpu;

    trace(wake, env, trace_number(current_env()), env->state);
    env->state = ENV_READY;
    if (!env->queued)
        ring_add(env);
    if (cpu != this_cpu())
        apic_send(cpu, VECTOR_WAKE);
    else if (slice_ticks && !cpu->slice.place)
        slice_start(cpu);
}

/* Take an environment out of its ring, if it is there. O(1). */
void unqueue(struct env *env)
{
    struct cpu *cpu = env->cpu;

    if (cpu->urgent == env)
        cpu->urgent = NULL;
    if (!env->queued)
        return;
    env->queued = false;
    env->prev->next = env->next, env->next->prev = env->prev;
    if (cpu->ring == env)
        cpu->ring = env->next == env ? NULL : env->next;
}

/* Before a special environment goes on: send the upcalls that are due. It may have to end. If it is
 * foreign, load its other registers. */
static __attribute__((noinline)) void attend(struct env *env)
{
    if (env->pending && upcall_pending(env) < 0) {
        env_end(env);
        schedule();
    }
    if (env->foreign && !this_cpu()->foreign)
        foreign_resume(env);
}

static inline __attribute__((always_inline)) void tell(struct env *env)
{
    if (__builtin_expect(env->special, 0))
        attend(env);
    kernel_unlock();
}

/* Return to ring 3, to the current environment, which was there before. Releases the lock. */
_Noreturn void resume(struct env *env)
{
    tell(env);
    env_resume(env);
}

/* Make an environment and its address space current, and run it. Releases the lock. */
_Noreturn void switch_to(struct env *env)
{
    struct cpu *cpu = this_cpu();

    trace_switch(cpu, env);
    cpu->current = env;
    cpu->tss.rsp[0] = (uint64_t)(&env->frame + 1);
    x86_write_cr3(env->cr3);
    tell(env);
    env_enter(env);
}

/* Let no environment be current on this CPU, and load the kernel's own address space. */
void leave(struct cpu *cpu)
{
    trace_switch(cpu, NULL);
    cpu->current = NULL;
    x86_write_cr3((uint64_t)paging_root - DIRECT);
}

/* End a switching system call of the current environment with a plain result. */
_Noreturn void answer(struct env *env, int64_t result)
{
    struct trap_frame *f = &env->frame;

    f->rax = (uint64_t)result;
    f->rdi = f->rsi = f->rdx = f->r10 = f->r8 = f->r9 = 0;
    resume(env);
}

/* Let this CPU do this work before it runs an environment that is not urgent. O(1). */
void work_add(struct cpu *cpu, struct work *work, bool (*step)(struct work *))
{
    *work = (struct work){ .next = cpu->work, .link = &cpu->work, .step = step };
    if (cpu->work)
        cpu->work->link = &work->next;
    cpu->work = work;
    cpu->attend = true;
}

/* Take back work that may be there. O(1). */
void work_cancel(struct work *work)
{
    if (!work->link)
        return;
    *work->link = work->next;
    if (work->next)
        work->next->link = work->link;
    work->link = NULL;
}

/* Do a step of this CPU's work, if there is any. O(1). */
void work_step(struct cpu *cpu)
{
    struct work *work = cpu->work;

    cpu->preempt &= PREEMPT_SLICE;
    if (work) {
        work_cancel(work);
        FB_CALLS("end_some, force_some");
        const bool done = work->step(work);
        if (!done) /* else it may be gone */
            work_add(cpu, work, work->step);
    }
    cpu->attend = cpu->work || cpu->finished;
}

/* No environment wants this CPU: poll for a while, then sleep until an interrupt. */
static inline __attribute__((always_inline)) void idle(struct cpu *cpu, uint32_t *polls)
{
    const bool busy = ++*polls < IDLE_POLLS || cpu->attend || cpu->ring;

    if (cpu->current)
        leave(cpu);
    kernel_unlock();
    if (busy)
        x86_window();
    else
        x86_halt();
    kernel_lock();
}

/* With slices: note what the current environment has used of its turn. Without a slice under way
 * nobody else wanted the CPU. */
static void note_used(struct cpu *cpu)
{
    const uint64_t now = time_now();
    uint64_t left = cpu->preempt & PREEMPT_SLICE ? 0 : slice_ticks;

    if (cpu->slice.place)
        left = (cpu->slice.when > now ? cpu->slice.when - now : 0) + (cpu->fresh ? slice_ticks : 0);
    if (cpu->current)
        cpu->current->used = left < slice_ticks ? slice_ticks - left : 0;
}

/* With slices: run an environment for so long. Until that is noted, it counts as if it used all. */
static _Noreturn void run_for(struct cpu *cpu, struct env *env, uint64_t ticks)
{
    note_used(cpu);
    env->used = slice_ticks;
    cpu->preempt = cpu->fresh = env->interrupted = false;
    timer_cancel(&cpu->slice);
    if (cpu->ring->next != cpu->ring)
        timer_set(&cpu->slice, cpu, time_now() + ticks, slice_over);
    switch_to(env);
}

/* With slices: run one that an interrupt woke, for as long as it has left. If that is nothing, it
 * waits for its turn. */
static __attribute__((noinline)) void run_urgent(struct cpu *cpu, struct env *env)
{
    if (env->used < slice_ticks)
        run_for(cpu, env, slice_ticks - env->used);
}

/* With slices: the ring has come to this environment. */
static __attribute__((noinline)) _Noreturn void run_next(struct cpu *cpu, struct env *env)
{
    const bool rest = env->interrupted && env->used < slice_ticks;

    run_for(cpu, env, rest ? slice_ticks - env->used : slice_ticks);
}

/* Run the first environment in the ring, or let it leave the ring if it is not ready. */
static inline __attribute__((always_inline)) void run_first(struct cpu *cpu, struct env *env)
{
    if (env->state == ENV_READY) {
        cpu->ring = env->next;
        if (slice_ticks)
            run_next(cpu, env);
        switch_to(env);
    }
    unqueue(env);
    env->used = 0; /* its turn passes */
}

/* Run what an interrupt woke, if it may run now. */
static inline __attribute__((always_inline)) void run_woken(struct cpu *cpu)
{
    struct env *env = cpu->urgent;

    cpu->urgent = NULL;
    if (env->state != ENV_READY)
        return;
    if (!slice_ticks)
        switch_to(env);
    run_urgent(cpu, env);
}

/* The CPU is special: park a foreign environment, return to the benchmark's caller, or do a step of
 * work, if there is nothing urgent to run. Work uses tables of others: before it, flush the TLB if
 * another CPU took back translations while this one idled. */
static __attribute__((noinline)) void step_out(struct cpu *cpu)
{
    if (cpu->foreign)
        foreign_park(cpu);
    if (cpu->finished && !cpu->work)
        user_leave(cpu);
    if (cpu->attend && cpu->urgent)
        run_woken(cpu);
    if (cpu->attend) {
        tlb_answer();
        work_step(cpu);
    }
}

/* Run the next environment of this CPU, or wait until there is one. Each turn of the loop is O(1),
 * and interrupts come between two of them. The lock is held. */
_Noreturn void schedule(void)
{
    struct cpu *cpu = this_cpu();

    for (uint32_t polls = 0;; idle(cpu, &polls)) {
        if (__builtin_expect(cpu->special, 0)) {
            step_out(cpu);
            cpu = this_cpu(), polls = 0; /* so that no register is kept for them */
            if (cpu->attend)
                continue;
        }
        if (cpu->urgent) {
            run_woken(cpu);
            cpu = this_cpu(), polls = 0;
        }
#pragma GCC unroll 4
        for (int i = 0; i < 4; i++) {
            if (!cpu->ring)
                break;
            run_first(cpu, cpu->ring);
        }
    }
}

/* An urgent environment (with slices) or work interrupts this one, which is then the first in the
 * ring; unless its slice has just ended, and the timer's interrupt is still to come. */
static __attribute__((noinline)) void interrupt(struct cpu *cpu, struct env *env)
{
    note_used(cpu);
    if (slice_ticks && env->used >= slice_ticks)
        return;
    if (cpu->ring->prev != env) /* it runs because another gave it the CPU */
        unqueue(env), ring_add(env);
    cpu->ring = env;
    env->interrupted = true;
}

/* After an interrupt: run what it woke, the next one if the slice is over, or `env` again. */
_Noreturn void preempt(struct env *env)
{
    struct cpu *cpu = this_cpu();

    if (cpu->urgent || cpu->preempt) {
        if (!(cpu->preempt & PREEMPT_SLICE) && (slice_ticks || cpu->preempt))
            interrupt(cpu, env);
        schedule();
    }
    if (slice_ticks && !cpu->slice.place)
        slice_start(cpu);
    resume(env);
}

/* The turn of an environment passes, also if another gave it the CPU before that. Without a branch,
 * a yield costs the same in both cases. */
static __attribute__((noinline)) void pass_turn(struct cpu *cpu, const struct env *env)
{
    struct env *const turn = cpu->ring, *const next = env->next;

    cpu->ring = turn == env ? next : turn;
}

/* Run another environment: the target, or the next in the ring (0). The caller stays in the
 * ring. */
_Noreturn void sys_yield_to(cap_id_t target)
{
    struct env *me = current_env(), *to;

    kernel_lock();
    me->frame.rax = FB_OK;
    if (!target) {
        pass_turn(me->cpu, me);
        schedule();
    }
    const int64_t error = env_named(me, target, EXO_RIGHT_X, &to);
    if (error)
        answer(me, error);
    if (to->cpu != me->cpu)
        answer(me, FB_EINVALID);
    if (to->state != ENV_READY)
        answer(me, FB_EBUSY);
    if (to->by_syscall)
        switch_back(to);
    switch_to(to);
}
