/* SPDX-License-Identifier: MIT
 * The kernel calls ring 3: it leaves where the environment was on the upcall stack and goes on at
 * the entry that the environment named. All registers are as they were; the handler goes back
 * by itself, without the kernel. The environment is current and the lock is held. */
#include "env.h"
#include "syscalls.h"

enum { FRAME_WORDS = 8 };

/* Enter the environment's handler; false: it has none, or no room for one more. O(1). */
bool upcall_send(struct env *env, uint64_t cause, uint64_t value, uint64_t detail)
{
    struct trap_frame *f = &env->frame;
    const bool nested = f->rsp - env->upcall.stack <= env->upcall.top - env->upcall.stack;
    const uint64_t at = ((nested ? f->rsp : env->upcall.top) & -16ul) - FRAME_WORDS * 8;

    if (!env->upcall.entry || at - env->upcall.stack >= env->upcall.top - env->upcall.stack
        || user_frame((uint64_t *)at, &f->rip, cause, value, detail))
        return false;
    f->rip = env->upcall.entry;
    f->rsp = at;
    return true;
}

/* Deliver one thing that waits, if its handler has room; false: the environment must end. */
bool upcall_pending(struct env *env)
{
    if (env->doomed)
        return false;
    if (env->asked) {
        upcall_send(env, EXO_UPCALL_REVOKE, env->asked, env->asked_until);
        env->asked = 0;
    } else if (env->aborted) {
        upcall_send(env, EXO_UPCALL_ABORT, env->aborted, 0);
        env->aborted = 0;
    } else if (env->events) {
        const uint32_t line = (uint32_t)__builtin_ctz(env->events);
        env->events &= env->events - 1;
        line_upcall(env, line);
    }
    env->pending = env->asked || env->aborted || env->events;
    return true;
}

/* Where upcalls enter, and the stack that they use: [stack, stack + size). entry 0: none. */
int64_t sys_set_upcall(uint64_t entry, uint64_t stack, uint64_t size)
{
    struct env *me = current_env();

    if (entry >= EXO_USER_END || stack > EXO_USER_END || size > EXO_USER_END - stack)
        return FB_EADDRESS;
    if (entry && size < 1024)
        return FB_EINVALID;
    me->upcall.entry = entry;
    me->upcall.stack = stack & -16ul;
    me->upcall.top = (stack + size) & -16ul;
    return FB_OK;
}
