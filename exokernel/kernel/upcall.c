/* SPDX-License-Identifier: MIT
 * Upcalls: the kernel calls ring 3. It saves on the upcall stack where the environment was, and
 * continues at the entry that the environment named. All registers keep their values, and so do the
 * flags, except that TF and DF are clear. The handler returns by itself, without the kernel. The
 * environment is current and the lock is held. */
#include "env.h"
#include "syscalls.h"
#include "trace.h"

#include <loopbound.h>

enum {
    FRAME_WORDS = 8,
    AT_ONCE = 8,
    FLAGS_OFF = 0x500 /* single step, direction: clear in a handler */
};

/* Enter the environment's handler. False: it has none, or no room for one more. Upcalls that can
 * wait leave half of the stack free, so that many notices at once do not exhaust it. O(1). */
bool upcall_send(struct env *env, uint64_t cause, uint64_t value, uint64_t detail)
{
    struct trap_frame *f = &env->frame;
    const uint64_t size = env->upcall.top - env->upcall.stack;
    const bool nested = f->rsp - env->upcall.stack <= size;
    const uint64_t kept = cause < EXO_UPCALL_EVENT ? 0 : size / 2;
    const uint64_t at = ((nested ? f->rsp : env->upcall.top) & -16ul) - FRAME_WORDS * 8;

    if (!env->upcall.entry || at - env->upcall.stack - kept >= size - kept
        || user_frame((uint64_t *)at, &f->rip, cause, value, detail))
        return false;
    trace(upcall, env, cause, value);
    f->rip = env->upcall.entry;
    f->rsp = at;
    f->rflags &= ~(uint64_t)FLAGS_OFF;
    return true;
}

/* Send the upcalls that are due, as far as the handler has room, and only a few, since each may
 * walk up the derivations. The rest stays pending; without a handler, it waits for one. Returns how
 * many were sent; negative: the environment must end. */
int upcall_pending(struct env *env)
{
    int sent = 0;

    if (env->doomed)
        return -1;
    env->pending = false;
    if (!env->upcall.entry)
        return 0;
    FB_LOOP_INSIDE("notices + 1", while (revoke_waits(env) || env->events)) {
        if (sent == AT_ONCE) {
            env->pending = true;
            break;
        }
        const uint64_t before = env->frame.rsp;
        if (revoke_waits(env)) {
            env->pending = !revoke_upcall(env);
        } else {
            const uint32_t line = (uint32_t)__builtin_ctz(env->events);
            env->pending = !line_upcall(env, line);
            if (!env->pending)
                env->events &= env->events - 1;
        }
        if (env->pending)
            break;
        sent += env->frame.rsp != before;
    }
    return sent;
}

/* The current environment is about to block, with the arguments of the call in its frame. If an
 * upcall is due and there is room, enter the handler; afterwards the call is executed again. */
void upcall_first(struct env *env, uint64_t call)
{
    env->frame.rax = number_again(env, call), env->frame.rip -= 2;
    if (upcall_pending(env))
        resume(env);
    env->frame.rip += 2;
}

/* An upcall is due. If the environment is blocked, let it run its handler, and then execute its
 * call again. */
void upcall_wanted(struct env *env)
{
    env->pending = true;
    if (env->upcall.entry && env->state == ENV_RECEIVING)
        ipc_again(env);
    else if (env->upcall.entry && env->state == ENV_WAITING)
        line_again(env);
    else if (env->upcall.entry && env->state == ENV_SENDING)
        ipc_send_again(env);
    else if (env->cpu != this_cpu())
        apic_send(env->cpu, VECTOR_WAKE);
}

/* Set where upcalls enter and their stack, [stack, stack + size). entry 0: no handler. */
int64_t sys_set_upcall(uint64_t entry, uint64_t stack, uint64_t size)
{
    struct env *me = current_env();

    if (entry >= EXO_USER_END || stack > EXO_USER_END || size > EXO_USER_END - stack)
        return FB_EADDRESS;
    if (entry && size < 1024)
        return FB_EINVALID;
    kernel_lock();
    me->upcall.entry = entry;
    me->upcall.stack = stack & -16ul;
    me->upcall.top = (stack + size) & -16ul;
    me->pending |= revoke_waits(me) || me->events;
    kernel_unlock();
    return FB_OK;
}
