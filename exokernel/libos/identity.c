/* SPDX-License-Identifier: MIT
 * Users and groups, priorities and scheduling: a process keeps what it sets. The server does not
 * check rights by users (docs/linux-abi.md). */
#include "libos.h"

enum { REAL, EFFECTIVE, SAVED, KEEP = -1 };

int64_t linux_getuid(void) { return P->user[REAL]; }
int64_t linux_getgid(void) { return P->group[REAL]; }
int64_t linux_geteuid(void) { return P->user[EFFECTIVE]; }
int64_t linux_getegid(void) { return P->group[EFFECTIVE]; }

static bool superuser(void) { return P->user[EFFECTIVE] == 0; }

static bool has(const uint32_t id[3], uint32_t wanted)
{
    return wanted == id[REAL] || wanted == id[EFFECTIVE] || wanted == id[SAVED];
}

/* Set all three, where -1 keeps what is. */
static int64_t set_three(uint32_t id[3], uint32_t real, uint32_t effective, uint32_t saved)
{
    const uint32_t wanted[3] = { real, effective, saved };

    for (int i = 0; i < 3; i++)
        if (wanted[i] != (uint32_t)KEEP && !superuser() && !has(id, wanted[i]))
            return -EPERM;
    for (int i = 0; i < 3; i++)
        if (wanted[i] != (uint32_t)KEEP)
            id[i] = wanted[i];
    return 0;
}

static int64_t set_one(uint32_t id[3], uint32_t wanted)
{
    if (wanted == (uint32_t)KEEP)
        return -EINVAL;
    if (superuser())
        return set_three(id, wanted, wanted, wanted);
    if (wanted != id[REAL] && wanted != id[SAVED])
        return -EPERM;
    id[EFFECTIVE] = wanted;
    return 0;
}

static int64_t set_two(uint32_t id[3], uint32_t real, uint32_t effective)
{
    const uint32_t before = id[REAL];

    if (real != (uint32_t)KEEP && !superuser() && real != id[REAL] && real != id[EFFECTIVE])
        return -EPERM;
    if (effective != (uint32_t)KEEP && !superuser() && !has(id, effective))
        return -EPERM;
    if (real != (uint32_t)KEEP)
        id[REAL] = real;
    if (effective != (uint32_t)KEEP)
        id[EFFECTIVE] = effective;
    if (real != (uint32_t)KEEP || (effective != (uint32_t)KEEP && effective != before))
        id[SAVED] = id[EFFECTIVE];
    return 0;
}

static int64_t give_three(const uint32_t id[3], const uint64_t to[3])
{
    for (int i = 0; i < 3; i++)
        if (user_put(to[i], &id[i], sizeof id[i]))
            return -EFAULT;
    return 0;
}

int64_t linux_setuid(uint64_t user) { return set_one(P->user, (uint32_t)user); }
int64_t linux_setreuid(uint64_t r, uint64_t e)
{
    return set_two(P->user, (uint32_t)r, (uint32_t)e);
}
int64_t linux_setresuid(uint64_t r, uint64_t e, uint64_t s)
{
    return set_three(P->user, (uint32_t)r, (uint32_t)e, (uint32_t)s);
}
int64_t linux_getresuid(uint64_t r, uint64_t e, uint64_t s)
{
    return give_three(P->user, (const uint64_t[]){ r, e, s });
}
int64_t linux_setgid(uint64_t group) { return set_one(P->group, (uint32_t)group); }
int64_t linux_setregid(uint64_t r, uint64_t e)
{
    return set_two(P->group, (uint32_t)r, (uint32_t)e);
}
int64_t linux_setresgid(uint64_t r, uint64_t e, uint64_t s)
{
    return set_three(P->group, (uint32_t)r, (uint32_t)e, (uint32_t)s);
}
int64_t linux_getresgid(uint64_t r, uint64_t e, uint64_t s)
{
    return give_three(P->group, (const uint64_t[]){ r, e, s });
}
int64_t linux_setfsuid(void) { return P->user[EFFECTIVE]; }
int64_t linux_setfsgid(void) { return P->group[EFFECTIVE]; }

int64_t linux_getgroups(uint64_t room, uint64_t to)
{
    if ((int32_t)room < 0 || ((uint32_t)room && (uint32_t)room < P->group_count))
        return -EINVAL;
    if ((uint32_t)room && user_put(to, P->groups, P->group_count * sizeof *P->groups))
        return -EFAULT;
    return P->group_count;
}

int64_t linux_setgroups(uint64_t count, uint64_t from)
{
    if (!superuser())
        return -EPERM;
    if ((uint32_t)count > GROUPS)
        return -EINVAL;
    if (user_get(P->groups, from, (uint32_t)count * sizeof *P->groups))
        return -EFAULT;
    P->group_count = (uint32_t)count;
    return 0;
}

/* Whether a number names this process or one of its threads. */
static bool is_me(uint64_t pid)
{
    return !(uint32_t)pid || (uint32_t)pid == P->pid || (uint32_t)pid == P->tid;
}

/* 0 if there is such a process; else -ESRCH. */
static int64_t exists(uint64_t pid)
{
    if ((int32_t)pid < 0)
        return -EINVAL;
    if (is_me(pid) || !thread_signal((uint32_t)pid, 0))
        return 0;
    return ask(OP_GROUP, 0, (uint32_t)pid, 0, 0) < 0 ? -ESRCH : 0;
}

/* The priority of others is not known; it is told as the usual one. */
int64_t linux_getpriority(uint64_t which, uint64_t who)
{
    enum { PROCESS, GROUP, USER };

    if ((uint32_t)which > USER)
        return -EINVAL;
    if ((uint32_t)which == PROCESS && exists(who) < 0)
        return -ESRCH;
    return 20 - (is_me(who) ? P->nice : 0);
}

int64_t linux_setpriority(uint64_t which, uint64_t who, uint64_t priority)
{
    int32_t wanted = (int32_t)priority;

    if ((uint32_t)which > 2)
        return -EINVAL;
    if (which == 0 && exists(who) < 0)
        return -ESRCH;
    wanted = wanted < -20 ? -20 : wanted > 19 ? 19 : wanted;
    if (is_me(who) && wanted < P->nice && !superuser())
        return -EACCES;
    if (is_me(who))
        P->nice = wanted;
    return 0;
}

enum { OTHER, FIFO, ROUND_ROBIN, BATCH, IDLE = 5, DEADLINE, RESET_ON_FORK = 0x40000000 };

static bool timed(uint32_t policy) { return policy == FIFO || policy == ROUND_ROBIN; }

int64_t linux_sched_get_priority_max(uint64_t policy)
{
    return (uint32_t)policy > DEADLINE || policy == 4 ? -EINVAL : timed((uint32_t)policy) ? 99 : 0;
}

int64_t linux_sched_get_priority_min(uint64_t policy)
{
    return (uint32_t)policy > DEADLINE || policy == 4 ? -EINVAL : timed((uint32_t)policy);
}

int64_t linux_sched_getscheduler(uint64_t pid)
{
    const int64_t error = exists(pid);

    return error ? error : is_me(pid) ? P->policy : OTHER;
}

int64_t linux_sched_getparam(uint64_t pid, uint64_t to)
{
    const int64_t error = to ? exists(pid) : -EINVAL;
    const int32_t none = 0;

    if (error)
        return error;
    return user_put(to, is_me(pid) ? &P->priority : &none, sizeof none) ? -EFAULT : 0;
}

int64_t linux_sched_setscheduler(uint64_t pid, uint64_t policy, uint64_t from)
{
    const uint32_t kind = (uint32_t)policy & ~(uint32_t)RESET_ON_FORK;
    int32_t priority;
    int64_t error = (int32_t)policy < 0 || !from ? -EINVAL : exists(pid);

    if (error)
        return error;
    if (user_get(&priority, from, sizeof priority))
        return -EFAULT;
    if (kind > IDLE || kind == 4 || (timed(kind) ? priority < 1 || priority > 99 : priority != 0))
        return -EINVAL;
    if (timed(kind) && !superuser())
        return -EPERM;
    if (is_me(pid))
        P->policy = (int32_t)policy, P->priority = priority;
    return 0;
}

int64_t linux_sched_setparam(uint64_t pid, uint64_t from)
{
    const int64_t error = exists(pid);

    return error ? error : linux_sched_setscheduler(pid, (uint32_t)P->policy, from);
}

int64_t linux_sched_rr_get_interval(uint64_t pid, uint64_t to)
{
    const int64_t error = exists(pid);
    const struct linux_timespec slice = { 0, P->policy == FIFO ? 0 : 2000000 };

    return error ? error : user_put(to, &slice, sizeof slice) ? -EFAULT : 0;
}

int64_t linux_sched_setaffinity(uint64_t pid, uint64_t size, uint64_t from)
{
    const int64_t error = exists(pid);
    uint64_t mask = 0;

    if (error)
        return error;
    if (user_get(&mask, from, size < 8 ? size : 8))
        return -EFAULT;
    return mask & 1 ? 0 : -EINVAL;
}

int64_t linux_sched_getaffinity(uint64_t pid, uint64_t size, uint64_t to)
{
    const uint64_t mask = 1;
    const int64_t error = exists(pid);

    if (error)
        return error;
    if ((uint32_t)size < 8 || size % 8)
        return -EINVAL;
    return user_put(to, &mask, 8) ? -EFAULT : 8;
}

/* Personalities other than Linux's change nothing. */
int64_t linux_personality(uint64_t wanted)
{
    const uint32_t before = P->personality;

    if ((uint32_t)wanted != ~0u)
        P->personality = (uint32_t)wanted;
    return before;
}
