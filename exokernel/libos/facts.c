/* SPDX-License-Identifier: MIT
 * Calls that tell facts of process and system, and those that need no more than an answer. */
#include "libos.h"

int64_t linux_getpid(void) { return (int64_t)P->pid; }
int64_t linux_gettid(void) { return (int64_t)P->tid; }
int64_t linux_getppid(void) { return (int64_t)P->parent; }
int64_t linux_sched_yield(void)
{
    threads_yield();
    own_yield_to(0);
    return 0;
}

int64_t linux_uname(uint64_t to)
{
    static const char text[6][65] = { "Linux",  "feuerprobe", "6.1.0-libos", "#1 Feuerprobe LibOS",
                                      "x86_64", "(none)" };

    return user_put(to, text, sizeof text) ? -EFAULT : 0;
}

int64_t linux_arch_prctl(uint64_t what, uint64_t value)
{
    enum { SET_GS = 0x1001, SET_FS, GET_FS, GET_GS };

    switch (what) {
    case SET_FS:
        if (own_fs_base(value))
            return -EPERM;
        P->fs_base = value;
        return 0;
    case GET_FS:
        return user_put(value, &P->fs_base, 8) ? -EFAULT : 0;
    default:
        return -EINVAL;
    }
}

int64_t linux_set_tid_address(uint64_t address)
{
    P->clear_tid = address;
    return (int64_t)P->tid;
}

int64_t linux_set_robust_list(uint64_t head, uint64_t size)
{
    P->robust = head;
    return size == 24 ? 0 : -EINVAL;
}

int64_t linux_getrandom(uint64_t to, uint64_t n, uint64_t flags)
{
    struct file source = { .kind = FILE_RANDOM };

    return flags & ~7ul ? -EINVAL : file_read(&source, to, n, -1ul);
}

/* Limits are kept. Only those of descriptors have an effect. */
int64_t linux_prlimit64(uint64_t pid, uint64_t what, uint64_t wanted, uint64_t old)
{
    uint64_t limit[2], new[2];

    if ((uint32_t)pid && (uint32_t)pid != P->pid)
        return ask(OP_GROUP, 0, (uint32_t)pid, 0, 0) < 0 ? -ESRCH : -EPERM;
    what = (uint32_t)what;
    if (what >= LIMITS)
        return -EINVAL;
    limit[0] = ~P->limit[what][0], limit[1] = ~P->limit[what][1];
    if (what == LIMIT_FILES)
        limit[0] = P->limit_files;
    if (wanted) {
        if (user_get(new, wanted, sizeof new))
            return -EFAULT;
        if (new[0] > new[1])
            return -EINVAL;
        if (new[1] > limit[1] && P->user[1])
            return -EPERM;
        if (what == LIMIT_FILES && new[1] > DESCRIPTORS)
            return -EPERM;
        P->limit[what][0] = ~new[0], P->limit[what][1] = ~new[1];
        if (what == LIMIT_FILES)
            P->limit_files = new[0];
    }
    return old && user_put(old, limit, sizeof limit) ? -EFAULT : 0;
}

int64_t linux_getrlimit(uint64_t what, uint64_t to) { return linux_prlimit64(0, what, 0, to); }
int64_t linux_setrlimit(uint64_t what, uint64_t from) { return linux_prlimit64(0, what, from, 0); }

int64_t linux_prctl(uint64_t what, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
    enum {
        SET_PDEATHSIG = 1,
        GET_PDEATHSIG,
        GET_DUMPABLE,
        SET_DUMPABLE,
        GET_KEEPCAPS = 7,
        SET_KEEPCAPS,
        SET_NAME = 15,
        GET_NAME,
        CAPBSET_READ = 23,
        GET_SECUREBITS = 27,
        SET_TIMERSLACK = 29,
        GET_TIMERSLACK,
        SET_CHILD_SUBREAPER = 36,
        GET_CHILD_SUBREAPER,
        SET_NO_NEW_PRIVS,
        GET_NO_NEW_PRIVS
    };
    char name[16] = { 0 };
    uint32_t value;

    switch ((uint32_t)what) {
    case SET_NAME: {
        const int64_t n = libos_string(name, a, 15);
        if (n < 0)
            return n;
        name[15] = 0;
        __builtin_memcpy(P->name, name, 16);
        return 0;
    }
    case GET_NAME:
        return user_put(a, P->name, 16) ? -EFAULT : 0;
    case GET_DUMPABLE:
        return !P->not_dumpable;
    case SET_DUMPABLE:
        if (a > 1)
            return -EINVAL;
        P->not_dumpable = !a;
        return 0;
    case SET_PDEATHSIG:
        if (a > SIGNALS)
            return -EINVAL;
        P->parent_signal = (uint32_t)a;
        return 0;
    case GET_PDEATHSIG:
        return user_put(a, &P->parent_signal, 4) ? -EFAULT : 0;
    case GET_KEEPCAPS:
    case GET_SECUREBITS:
        return 0;
    case SET_KEEPCAPS:
        return a > 1 ? -EINVAL : 0;
    case CAPBSET_READ:
        return a > 40 ? -EINVAL : 1;
    case SET_TIMERSLACK:
        return 0;
    case GET_TIMERSLACK:
        return 50000;
    case SET_NO_NEW_PRIVS:
        if (a != 1 || b || c || d)
            return -EINVAL;
        P->no_new_rights = true;
        return 0;
    case GET_NO_NEW_PRIVS:
        return a || b || c || d ? -EINVAL : P->no_new_rights;
    case SET_CHILD_SUBREAPER:
        P->subreaper = a != 0;
        return 0;
    case GET_CHILD_SUBREAPER:
        value = P->subreaper;
        return user_put(a, &value, 4) ? -EFAULT : 0;
    default:
        return -EINVAL;
    }
}

int64_t linux_sysinfo(uint64_t to)
{
    struct {
        int64_t uptime;
        uint64_t loads[3], total, free, shared, buffers, swap, free_swap;
        uint16_t processes, pad;
        uint32_t pad2;
        uint64_t high, free_high;
        uint32_t unit;
        char rest[4];
    } s = { .uptime = (int64_t)(now() / 1000000000 - 1767225600), .processes = 1, .unit = 1 };
    _Static_assert(sizeof s == 112, "as Linux has it");

    s.free = (uint64_t)own_info(EXO_INFO_FREE) * PAGE, s.total = 256ul << 20;
    return user_put(to, &s, sizeof s) ? -EFAULT : 0;
}

int64_t linux_getcpu(uint64_t cpu, uint64_t node)
{
    const uint32_t none = 0;

    if (cpu && user_put(cpu, &none, 4))
        return -EFAULT;
    return node && user_put(node, &none, 4) ? -EFAULT : 0;
}

static int64_t give_stat_of_system(uint64_t to)
{
    const uint64_t free = (uint64_t)own_info(EXO_INFO_FREE);
    const uint64_t s[15] = {
        0x01021994, PAGE, 65536, free, free, 16384, 8192, 0, 255, PAGE, 0x1020
    };

    return user_put(to, s, sizeof s) ? -EFAULT : 0;
}

int64_t linux_statfs(uint64_t path, uint64_t to)
{
    const int64_t got = ask_named(OP_STAT, AT_FDCWD, path, 0, 0, 0);

    return got < 0 ? got : give_stat_of_system(to);
}

int64_t linux_fstatfs(uint64_t descriptor, uint64_t to)
{
    return file_of(descriptor) ? give_stat_of_system(to) : -EBADF;
}
