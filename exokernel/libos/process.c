/* SPDX-License-Identifier: MIT
 * fork, wait, and what belongs to them. The server makes the child's environment. The child then
 * receives from its parent, straight into its own memory:
 *
 *   struct process | areas | files | batches: addresses, then the pages themselves | an empty batch
 *
 * Pages are copied at once: a page that both had would end with the parent's capability for it. */
#include "libos.h"

enum { BATCH = 64, CHILD_CAPABILITIES = 512 };

struct batch {
    uint64_t count, pages[BATCH]; /* address | rights */
};

/* Receive exactly so many bytes from the parent. */
static void take(void *to, uint64_t n, uint64_t parent)
{
    struct words w;
    int64_t got;

    do
        got = own_receive(to, n, EXO_FOREVER, &w);
    while (got >= 0 && w.sender != parent);
    if (got >= 0 && got <= EXO_REGISTER_BYTES)
        libos_copy(to, w.w, (uint64_t)got);
    else if (got < 0)
        process_end(SIGKILL);
}

static void take_all(uint64_t to, uint64_t n, uint64_t parent)
{
    for (uint64_t done = 0; done < n; done += PAGE) {
        *(volatile char *)(to + done) = 0; /* resident from now on */
        take((void *)(to + done), n - done < PAGE ? n - done : PAGE, parent);
    }
}

static void take_pages(uint64_t parent)
{
    struct batch *b = (struct batch *)LIBOS_BUFFER;

    for (;;) {
        take_all((uint64_t)b, sizeof *b, parent);
        if (!b->count)
            return;
        for (uint64_t i = 0; i < b->count; i++) {
            const uint64_t at = b->pages[i] & -PAGE;
            const uint64_t rights = b->pages[i] & 7;
            const int64_t id = own_alloc_page(EXO_ANY);
            if (id < 0 || own_map(0, (cap_id_t)id, at, RIGHT_RW) || !page_add(at, (uint64_t)id))
                process_end(SIGKILL);
            take((void *)at, PAGE, parent);
            if (!rights) {
                own_unmap(0, (cap_id_t)id);
                page_find(at)->capability |= PAGE_HIDDEN;
            } else if (rights != RIGHT_RW) {
                own_protect(0, (cap_id_t)id, rights | EXO_RIGHT_R);
            } else if (P->borrowed) {
                borrow_page(page_find(at));
            }
        }
    }
}

/* The child's side. `parent` is the number of its environment. */
_Noreturn void child_begin(uint64_t parent)
{
    const cap_id_t server = P->server;
    const uint64_t server_number = P->server_number, pid = P->pid, before = P->parent;
    const bool traced = P->traced;

    take_all(LIBOS_DATA, sizeof(struct process), parent);
    P->server = server, P->server_number = server_number, P->traced = traced;
    P->pid = pid, P->parent = before;
    P->waiting = P->own = P->pending = P->queued = P->stopped = 0;
    P->locks = false;
    timers_forget(true);
    P->stack = LIBOS_STACK_TOP;
    P->thread_top = 0;
    threads_forget();
    page_forget_all();
    take_all(LIBOS_AREAS, P->areas * sizeof(struct area), parent);
    take_all(LIBOS_FILES, P->files * sizeof(struct file), parent);
    for (uint32_t i = 0; i < P->files; i++)
        FILE_OF[i].attached = 0;
    for (int i = 0; i < PEERS; i++)
        P->peer[i].pid = 0;
    take_pages(parent);
    own_fs_base(P->fs_base);
    if (P->child_tid && user_put(P->child_tid, &P->pid, 4))
        process_end(SIGSEGV);
    __asm__ volatile("fxrstor64 %0" : : "m"(P->fpu));
    P->regs.rax = 0;
    libos_resume();
}

static bool give(cap_id_t child, const void *from, uint64_t n)
{
    for (uint64_t done = 0; done < n; done += PAGE) {
        const uint64_t part = n - done < PAGE ? n - done : PAGE;
        const volatile char *at = (const volatile char *)from + done;
        (void)at[0], (void)at[part - 1]; /* resident, for the kernel */
        if (own_send_memory(child, (const char *)from + done, part))
            return false;
    }
    return true;
}

static bool give_batch(cap_id_t child, struct batch *b)
{
    bool good = give(child, b, sizeof *b);

    for (uint64_t i = 0; good && i < b->count; i++) {
        const uint64_t at = b->pages[i] & -PAGE;
        struct page *page = page_find(at);
        if (page->capability & PAGE_HIDDEN)
            own_map(0, PAGE_ID(page->capability), at, EXO_RIGHT_R);
        good = own_send_memory(child, (const void *)at, PAGE) == FB_OK;
        if (page->capability & PAGE_HIDDEN)
            own_unmap(0, PAGE_ID(page->capability));
    }
    b->count = 0;
    return good;
}

/* Send all pages that are the process's own. Those of files, the child gets from the server. */
static bool give_pages(cap_id_t child)
{
    struct batch b = { 0 };
    uint64_t places;
    const struct page *pages = page_table(&places);

    for (uint64_t i = 0; i < places; i++) {
        if (!pages[i].number || pages[i].capability & PAGE_BORROWED)
            continue;
        const struct area *a = area_find(pages[i].number * PAGE);
        uint64_t rights = a ? a->rights : RIGHT_RW;
        if (rights & EXO_RIGHT_W)
            rights = RIGHT_RW;
        b.pages[b.count++] = pages[i].number * PAGE | rights;
        if (b.count == BATCH && !give_batch(child, &b))
            return false;
    }
    return (!b.count || give_batch(child, &b)) && give(child, &b, sizeof b);
}

static int64_t fork(uint64_t stack, uint64_t child_tid, bool borrowed, uint64_t *number)
{
    regs_complete();
    __asm__ volatile("fxsave64 %0" : "=m"(P->fpu));
    P->child_tid = child_tid;
    const int64_t pid = ask(OP_FORK, 0, 2 * P->pages + CHILD_CAPABILITIES, borrowed, 0);
    if (pid < 0)
        return pid;
    const cap_id_t child = P->reply[0];
    *number = P->reply[1];
    const uint64_t rsp = P->regs.rsp;
    P->regs.rsp = stack ? stack : rsp;
    P->borrowed = borrowed;
    const bool good = give(child, P, sizeof *P) && give(child, AREA, P->areas * sizeof(struct area))
                      && give(child, FILE_OF, P->files * sizeof(struct file)) && give_pages(child);
    P->regs.rsp = rsp, P->borrowed = false;
    own_cap_drop(child);
    return good ? pid : -ENOMEM;
}

int64_t whole_fork(void)
{
    uint64_t number;

    return fork(0, 0, false, &number);
}

/* The parent waits until the child has another program or has ended. */
static int64_t fork_and_wait(uint64_t stack)
{
    uint64_t number;

    P->came_back = false;
    const int64_t pid = fork(stack, 0, true, &number);
    if (pid > 0)
        borrow_wait(number);
    return pid;
}

int64_t whole_vfork(void) { return fork_and_wait(0); }

int64_t whole_clone(uint64_t flags, uint64_t stack, uint64_t parent_tid, uint64_t child_tid,
                    uint64_t tls)
{
    enum {
        VM = 0x100,
        VFORK = 0x4000,
        THREAD = 0x10000,
        PARENT_SETTID = 0x100000,
        CHILD_CLEARTID = 0x200000,
        CHILD_SETTID = 0x1000000
    };

    if (flags & THREAD) {
        regs_complete();
        return thread_new(flags, stack, parent_tid, child_tid, tls);
    }
    if (flags & VM && !(flags & VFORK))
        return -ENOSYS;
    if (flags & VFORK)
        return fork_and_wait(stack);
    uint64_t number;
    const int64_t pid = fork(stack, flags & CHILD_SETTID ? child_tid : 0, false, &number);
    if (pid > 0 && flags & PARENT_SETTID && user_put(parent_tid, &pid, 4))
        return -EFAULT;
    return pid;
}

int64_t linux_wait4(uint64_t pid, uint64_t status, uint64_t options, uint64_t usage)
{
    const uint64_t nothing[18] = { 0 };

    enum { EXITED = 4 };

    if ((uint32_t)options & ~0xe000000bu)
        return -EINVAL;
    if ((int32_t)pid == INT32_MIN)
        return -ESRCH;
    for (;;) {
        const int64_t ended = ask(OP_WAIT, 0, (uint64_t)(int64_t)(int32_t)pid, options | EXITED, 0);
        if (ended != -AGAIN) {
            const uint32_t value = (uint32_t)P->reply[0];
            if (ended > 0 && status && user_put(status, &value, sizeof value))
                return -EFAULT;
            if (ended > 0 && usage && user_put(usage, nothing, sizeof nothing))
                return -EFAULT;
            return ended;
        }
        if (signal_due())
            return -AGAIN;
        await_notice(EXO_FOREVER);
    }
}

/* waitid: siginfo instead of a status. */
int64_t linux_waitid(uint64_t kind, uint64_t which, uint64_t info, uint64_t options)
{
    enum { ALL, PID, PGID, NOHANG = 1, STOPPED, EXITED = 4, CONTINUED = 8, NOWAIT = 0x1000000 };
    enum { CLD_EXITED = 1, CLD_KILLED, CLD_STOPPED = 5, CLD_CONTINUED };
    int32_t f[32] = { 0 };

    if (kind > PGID || !(options & (EXITED | STOPPED | CONTINUED))
        || (uint32_t)options & ~(0xe0000000u | NOHANG | STOPPED | EXITED | CONTINUED | NOWAIT)
        || (kind == PID && (int32_t)which <= 0))
        return -EINVAL;
    const int64_t pid = kind == ALL ? -1 : kind == PID ? (int32_t)which : -(int64_t)(int32_t)which;
    for (;;) {
        const int64_t ended = ask(OP_WAIT, 0, (uint64_t)pid, options, 0);
        if (ended == -AGAIN) {
            if (signal_due())
                return -AGAIN;
            await_notice(EXO_FOREVER);
            continue;
        }
        if (ended < 0)
            return ended;
        const uint32_t status = (uint32_t)P->reply[0];
        if (ended) {
            const bool stopped = (status & 0xff) == 0x7f, goes_on = status == 0xffff;
            f[0] = SIGCHLD, f[4] = (int32_t)ended;
            f[2] = goes_on         ? CLD_CONTINUED
                   : stopped       ? CLD_STOPPED
                   : status & 0x7f ? CLD_KILLED
                                   : CLD_EXITED;
            f[6] = (int32_t)(goes_on                     ? SIGCONT
                             : status & 0x7f && !stopped ? status & 0x7f
                                                         : status >> 8);
        }
        return info && user_put(info, f, sizeof f) ? -EFAULT : 0;
    }
}

int64_t linux_missing(void) { return -ENOSYS; }
int64_t linux_utime(uint64_t path, uint64_t times)
{
    return times ? -ENOSYS : linux_utimensat((uint64_t)AT_FDCWD, path, 0, 0);
}
int64_t linux_fdatasync(uint64_t descriptor) { return linux_fsync(descriptor); }

int64_t linux_getpgid(uint64_t pid) { return ask(OP_GROUP, 0, (uint32_t)pid, 0, 0); }
int64_t linux_getpgrp(void) { return ask(OP_GROUP, 0, 0, 0, 0); }
int64_t linux_setpgid(uint64_t pid, uint64_t group)
{
    return (int32_t)group < 0 || (int32_t)pid < 0
               ? -EINVAL
               : ask(OP_GROUP, 0, (uint32_t)pid, (uint32_t)group, 1);
}
int64_t linux_getsid(uint64_t pid) { return ask(OP_GROUP, 0, (uint32_t)pid, 0, 2); }
int64_t linux_setsid(void) { return ask(OP_GROUP, 0, 0, 0, 3); }
