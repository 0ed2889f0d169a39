/* SPDX-License-Identifier: MIT
 * The calls about signals, except for rt_sigreturn. */
#include "signal.h"

int64_t linux_rt_sigaction(uint64_t signal, uint64_t wanted, uint64_t old, uint64_t size)
{
    struct linux_action a;

    if (size != 8 || !(uint32_t)signal || (uint32_t)signal > SIGNALS)
        return -EINVAL;
    struct linux_action *mine = &P->action[(uint32_t)signal];
    if (wanted) {
        if (user_get(&a, wanted, sizeof a))
            return -EFAULT;
        if (UNBLOCKABLE & BIT((uint32_t)signal))
            return -EINVAL;
    }
    if (old && user_put(old, mine, sizeof *mine))
        return -EFAULT;
    if (wanted) {
        *mine = a;
        mine->mask &= ~UNBLOCKABLE;
        if (signal_ignored((uint32_t)signal))
            P->waiting &= ~BIT((uint32_t)signal);
        if ((uint32_t)signal == SIGCHLD)
            children_tell();
    }
    return 0;
}

int64_t linux_rt_sigprocmask(uint64_t how, uint64_t wanted, uint64_t old, uint64_t size)
{
    const uint64_t before = P->mask;
    uint64_t set;

    if (size != 8)
        return -EINVAL;
    if (wanted) {
        if (user_get(&set, wanted, sizeof set))
            return -EFAULT;
        if ((uint32_t)how > 2)
            return -EINVAL;
        P->mask = (how == 0 ? before | set : how == 1 ? before & ~set : set) & ~UNBLOCKABLE;
        signal_flag();
    }
    return old && user_put(old, &before, sizeof before) ? -EFAULT : 0;
}

int64_t linux_rt_sigpending(uint64_t to, uint64_t size)
{
    const uint64_t set = (P->waiting | P->own) & P->mask;

    return size > 8 ? -EINVAL : user_put(to, &set, size) ? -EFAULT : 0;
}

int64_t linux_pause(void)
{
    while (!signal_due())
        await_notice(EXO_FOREVER);
    return -UNHANDLED;
}

int64_t linux_rt_sigsuspend(uint64_t wanted, uint64_t size)
{
    uint64_t set;

    if (size != 8)
        return -EINVAL;
    if (user_get(&set, wanted, sizeof set))
        return -EFAULT;
    P->saved_mask = P->mask, P->suspended = true;
    P->mask = set & ~UNBLOCKABLE;
    signal_flag();
    return linux_pause();
}

int64_t linux_rt_sigtimedwait(uint64_t wanted, uint64_t info, uint64_t time, uint64_t size)
{
    uint64_t set, until = EXO_FOREVER;
    struct linux_timespec t;

    if (size != 8)
        return -EINVAL;
    if (user_get(&set, wanted, sizeof set) || (time && user_get(&t, time, sizeof t)))
        return -EFAULT;
    if (time && (t.seconds < 0 || t.nanoseconds < 0 || t.nanoseconds >= 1000000000))
        return -EINVAL;
    if (time)
        until = ticks() + (uint64_t)(t.seconds * 1000000000 + t.nanoseconds);
    for (;;) {
        const uint64_t found = (P->waiting | P->own) & set;
        if (found) {
            uint64_t code, value;
            const uint32_t signal = signal_take(found, &code, &value);
            struct signal_frame f = { 0 };
            f.info.number = (int32_t)signal, f.info.code = (int8_t)(code & 0xff);
            f.info.value = cause_of(code), f.info.status = code >> 40 | value;
            signal_flag();
            return info && user_put(info, &f.info, sizeof f.info) ? -EFAULT : (int64_t)signal;
        }
        if (signal_due())
            return -EINTR;
        if (!await_notice(until))
            return -EAGAIN;
    }
}

int64_t linux_sigaltstack(uint64_t wanted, uint64_t old)
{
    struct {
        uint64_t base, flags, size;
    } s, is = { P->alternate, P->alternate_size ? 0 : NOT_ON, P->alternate_size };
    const bool on = P->rsp - P->alternate < P->alternate_size;

    is.flags = on ? ON : is.flags;
    if (wanted) {
        if (user_get(&s, wanted, sizeof s))
            return -EFAULT;
        if (on)
            return -EPERM;
        const uint32_t flags = (uint32_t)s.flags & 0x7fffffff;
        if (flags & ~(uint32_t)(NOT_ON | ON))
            return -EINVAL;
        if (!(flags & NOT_ON) && s.size < 2048)
            return -ENOMEM;
        P->alternate = flags & NOT_ON ? 0 : s.base;
        P->alternate_size = flags & NOT_ON ? 0 : s.size;
    }
    return old && user_put(old, &is, sizeof is) ? -EFAULT : 0;
}

enum { SI_USER = 0, SI_TKILL = 0xfa };

static int64_t send_value(uint64_t pid, uint64_t signal, uint64_t code, uint64_t value)
{
    if (signal > SIGNALS)
        return -EINVAL;
    if (pid == P->pid) {
        if (signal == SIGKILL)
            process_end(SIGKILL);
        signal_raise((uint32_t)signal, code | P->pid << 8, value);
        return 0;
    }
    return ask(OP_KILL, value & 0xffffffff, pid, signal | value >> 32 << 32, code);
}

static int64_t send_signal(uint64_t pid, uint64_t signal, uint64_t code)
{
    return send_value(pid, signal, code, 0);
}

/* sigqueue. A program may not tell that the kernel or kill sent it, except to itself. */
int64_t linux_rt_sigqueueinfo(uint64_t pid, uint64_t signal, uint64_t info)
{
    struct {
        int32_t number, error, code, pad, pid, user;
        uint64_t value;
    } f;

    if (user_get(&f, info, sizeof f))
        return -EFAULT;
    if ((uint32_t)signal > SIGNALS)
        return -EINVAL;
    if ((f.code >= 0 || f.code == -6) && (uint32_t)pid != P->pid)
        return -EPERM;
    if ((int32_t)pid <= 0)
        return -ESRCH;
    return send_value((uint32_t)pid, (uint32_t)signal, (uint8_t)f.code, f.value);
}

int64_t linux_kill(uint64_t pid, uint64_t signal)
{
    return send_signal((uint64_t)(int64_t)(int32_t)pid, (uint32_t)signal, SI_USER);
}

int64_t linux_tkill(uint64_t pid, uint64_t signal)
{
    if ((int32_t)pid <= 0 || (uint32_t)signal > SIGNALS)
        return -EINVAL;
    if ((uint32_t)pid == P->tid && signal && signal != SIGKILL) { /* this thread alone */
        if (!signal_ignored((uint32_t)signal) || P->mask & BIT((uint32_t)signal)) {
            P->own |= BIT((uint32_t)signal);
            P->sender_code[(uint32_t)signal] = SI_TKILL | P->pid << 8;
        }
        signal_flag();
        return 0;
    }
    if (!thread_signal((uint32_t)pid, (uint32_t)signal)) {
        P->sender_code[(uint32_t)signal] = SI_TKILL | P->pid << 8;
        return 0;
    }
    return send_signal((uint32_t)pid, (uint32_t)signal, SI_TKILL);
}

int64_t linux_tgkill(uint64_t group, uint64_t pid, uint64_t signal)
{
    if ((int32_t)group <= 0)
        return -EINVAL;
    if ((uint32_t)group != P->pid && group != pid)
        return -ESRCH;
    return linux_tkill(pid, signal);
}
