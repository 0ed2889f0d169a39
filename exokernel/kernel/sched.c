/* SPDX-License-Identifier: MIT
 * Which environment runs. Each CPU has a ring of those that want to; a blocked one may stay in it
 * until the scheduler meets it, so a message and its answer do not touch the ring at all. A
 * directed switch leaves the slice as it is: who is switched to runs on what is left of it. */
#include "env.h"
#include "memory.h"
#include "paging.h"
#include "x86.h"

enum { IDLE_POLLS = 256 };

struct cpu cpus[CPU_LIMIT];
uint32_t cpu_count = 1;
volatile uint32_t kernel_lock_word;
uint64_t slice_ticks; /* 0: no preemption */

/* Another processor has the lock; it may be waiting for us to flush our TLB. */
void kernel_lock_slow(void)
{
    do {
        tlb_answer();
        x86_pause();
    } while (__atomic_load_n(&kernel_lock_word, __ATOMIC_RELAXED)
             || __atomic_exchange_n(&kernel_lock_word, 1, __ATOMIC_ACQUIRE));
}

/* A slice is over, unless who runs began after it did: a switch by message.S does not set the timer,
 * so that one's slice is counted from here, and is up to twice as long. */
static void slice_over(struct timer *timer)
{
    struct cpu *cpu = timer->cpu;

    cpu->preempt = !cpu->fresh;
    if (cpu->fresh)
        timer_set(&cpu->slice, cpu, time_now() + slice_ticks, slice_over);
    cpu->fresh = false;
}

/* Count a slice while somebody else wants this CPU too. */
static void slice_start(struct cpu *cpu)
{
    cpu->preempt = cpu->fresh = false;
    if (slice_ticks && cpu->ring && cpu->ring->next != cpu->ring)
        timer_set(&cpu->slice, cpu, time_now() + slice_ticks, slice_over);
}

/* How long a slice is from now on, those under way included; 0: until it is given up. */
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

/* Let it run when its turn comes. O(1). */
void make_ready(struct env *env)
{
    struct cpu *cpu = env->cpu;

    env->state = ENV_READY;
    if (!env->queued)
        ring_add(env);
    if (cpu != this_cpu())
        apic_send(cpu, VECTOR_WAKE);
    else if (slice_ticks && !cpu->slice.link)
        slice_start(cpu);
}

/* Take it out of its ring, if it is there. O(1). */
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

/* What waits for the current environment comes before it goes to ring 3. Releases the lock. */
static inline __attribute__((always_inline)) void tell(struct env *env)
{
    if (__builtin_expect(env->pending, 0) && upcall_pending(env) < 0) {
        env_end(env);
        schedule();
    }
    kernel_unlock();
}

/* Go to ring 3 with the environment that is current, and was in ring 3 before. Releases the lock. */
_Noreturn void resume(struct env *env)
{
    tell(env);
    env_resume(env);
}

/* Make an environment current, address space and all, and run it. Releases the lock. */
_Noreturn void switch_to(struct env *env)
{
    struct cpu *cpu = this_cpu();

    cpu->current = env;
    cpu->tss.rsp[0] = (uint64_t)(&env->frame + 1);
    x86_write_cr3(env->cr3);
    tell(env);
    env_enter(env);
}

/* Whoever was current leaves this CPU, and its address space with it. */
void leave(struct cpu *cpu)
{
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

/* Nobody wants this CPU: poll for a while, then sleep until an interrupt. */
static void idle(struct cpu *cpu, uint32_t *polls)
{
    if (cpu->current)
        leave(cpu);
    kernel_unlock();
    if (++*polls < IDLE_POLLS)
        x86_window();
    else
        x86_halt();
    kernel_lock();
}

/* Run the next environment of this CPU, or wait until there is one. The lock is held. */
_Noreturn void schedule(void)
{
    struct cpu *cpu = this_cpu();
    uint32_t polls = 0;

    for (;; idle(cpu, &polls)) {
        struct env *env = cpu->urgent;
        if (cpu->finished)
            user_leave(cpu);
        if (env) {
            cpu->urgent = NULL;
            if (env->state == ENV_READY)
                switch_to(env);
        }
        while ((env = cpu->ring)) {
            if (env->state != ENV_READY) {
                unqueue(env);
                continue;
            }
            cpu->ring = env->next;
            slice_start(cpu);
            switch_to(env);
        }
    }
}

/* After an interrupt: whoever it woke, or the next one if the slice is over, or `env` again. */
_Noreturn void preempt(struct env *env)
{
    struct cpu *cpu = this_cpu();

    if (cpu->urgent || cpu->preempt)
        schedule();
    if (slice_ticks && !cpu->slice.link)
        slice_start(cpu);
    resume(env);
}

/* The call's effects are done: another environment's turn, this one keeps its place. */
_Noreturn void sys_yield_to(cap_id_t target)
{
    struct env *me = current_env(), *to;

    kernel_lock();
    me->frame.rax = FB_OK;
    if (!target) {
        me->cpu->ring = me->next;
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
