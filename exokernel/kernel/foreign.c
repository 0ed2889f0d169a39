/* SPDX-License-Identifier: MIT
 * Foreign environments: programs that were not written for this kernel, with a LibOS in the same
 * address space. What they need beyond others lies in a page of the kernel's, which they can read:
 * where their system calls go, the FS base, and the registers of x87 and SSE.
 *
 *   the program's syscall -> syscall.S -> the LibOS, which finds the return address in that page
 *   the LibOS's own calls have EXO_OWN set in their number
 *
 * All of it is in the processor only while a foreign environment runs there: cpu->foreign. Each way
 * to another environment passes foreign_park. So native environments find a processor without x87
 * and SSE, and no path of theirs is longer. */
#include "account.h"
#include "memory.h"
#include "paging.h"
#include "syscalls.h"
#include "x86.h"

enum { X87_CONTROL = 0x37f, SSE_CONTROL = 0x1f80 }; /* as after a reset of the unit */

_Static_assert(sizeof(struct foreign) <= FB_PAGE_SIZE && offsetof(struct foreign, fpu) % 16 == 0,
               "what fxsave wants");

/* Make this processor a native one again. What is in the registers of x87 and SSE cannot be read
 * until foreign_resume overwrites it. */
static void clear(struct cpu *cpu)
{
    if (cpu->outside->fs_base)
        x86_write_msr(MSR_FS_BASE, 0);
    cpu->outside = NULL, cpu->foreign = false;
    cpu->calls = FB_SYSCALL_LIMIT;
    x86_write_cr0(cpu->cr0 |= CR0_EM);
}

/* Another environment may run next: keep the current one's registers. O(1). */
void foreign_park(struct cpu *cpu)
{
    x86_save_fpu(cpu->outside->fpu);
    clear(cpu);
}

/* Return to ring 3, to the current environment, which is foreign and was parked. */
_Noreturn void foreign_resume(struct env *env)
{
    struct cpu *cpu = this_cpu();

    cpu->outside = env->outside, cpu->foreign = true;
    cpu->calls = 0;
    x86_write_cr0(cpu->cr0 &= ~CR0_EM);
    x86_load_fpu(env->outside->fpu);
    x86_forget_selectors();
    if (env->outside->fs_base)
        x86_write_msr(MSR_FS_BASE, env->outside->fs_base);
    kernel_unlock();
    foreign_enter(env);
}

/* A foreign environment makes a call of its own that may switch; frame.rax is the number. */
_Noreturn void foreign_call(uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e, uint64_t f)
{
    struct cpu *cpu = this_cpu();
    const uint64_t number = cpu->current->frame.rax;

    *cpu->call = (uint32_t)number; /* for the report of a panic or hang */
    foreign_park(cpu);
    ((switching_call *)switch_table[number])(a, b, c, d, e, f);
    __builtin_unreachable();
}

/* exo_recv, which message.S handles for others. */
_Noreturn void sys_recv(cap_id_t mailbox, uint64_t buffer, uint64_t capacity)
{
    sys_recv_timed(mailbox, buffer, capacity, EXO_FOREVER);
}

/* The environment ends. */
void foreign_end(struct env *env)
{
    struct cpu *cpu = this_cpu();

    if (cpu->outside == env->outside)
        clear(cpu);
    account_free_page(env, (uint64_t)env->outside - DIRECT);
}

/* FB_EAGAIN: there is more to do. */
static int64_t mark(struct env *env, uint64_t entry, uint64_t address)
{
    int64_t error = space_reach(env, address);

    if (error)
        return error;
    const uint64_t page = account_page(env);
    if (!page)
        return account_error(env->account);
    error = space_place(env, address, page | PRESENT | USER | NO_EXEC);
    if (error) {
        account_free_page(env, page);
        return error;
    }
    env->outside = direct(page);
    env->outside->entry = entry;
    *(uint16_t *)env->outside->fpu = X87_CONTROL;
    *(uint32_t *)(env->outside->fpu + 24) = SSE_CONTROL;
    env->foreign = true;
    return FB_OK;
}

/* Make the caller (0), or an environment that has not started, foreign, until it ends. The system
 * calls of its program enter at `entry`. The page appears at `address`. */
_Noreturn void sys_foreign(cap_id_t id, uint64_t entry, uint64_t address)
{
    struct env *me = current_env(), *env;

    kernel_lock();
    int64_t error = env_about(me, id, &env);
    if (!error && entry >= EXO_USER_END)
        error = FB_EADDRESS;
    if (!error && env != me && env->state != ENV_NEW)
        error = FB_EBUSY;
    if (!error)
        error = env->foreign ? FB_EEXISTS : mark(env, entry, address);
    if (error == FB_EAGAIN) {
        struct trap_frame *f = &me->frame;
        f->rdi = id, f->rsi = entry, f->rdx = address;
        f->rax = number_again(me, SYS_foreign), f->rip -= 2;
        resume(me);
    }
    answer(me, error);
}

/* Set the FS base of the caller, which must be foreign. */
int64_t sys_fs_base(uint64_t base)
{
    struct env *me = current_env();

    if (!me->foreign)
        return FB_EUNSUPPORTED;
    if (base >= EXO_USER_END)
        return FB_EADDRESS;
    me->outside->fs_base = base;
    x86_write_msr(MSR_FS_BASE, base);
    return FB_OK;
}
