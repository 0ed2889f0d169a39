/* SPDX-License-Identifier: MIT
 * Environments come and go. Environment 0 is the kernel's own: it never runs and holds the first
 * capability for each of the others. The kernel lock is held. */
#include "account.h"
#include "memory.h"
#include "offsets.h"
#include "paging.h"
#include "trace.h"
#include "x86.h"

#include <loopbound.h>

#define AT(type, field, offset) _Static_assert(offsetof(struct type, field) == (offset), #field)
AT(cpu, current, CPU_CURRENT);
AT(cpu, stack, CPU_STACK);
AT(cpu, scratch, CPU_SCRATCH);
AT(cpu, call, CPU_CALL);
AT(cpu, receiver, CPU_RECEIVER);
AT(cpu, runner, CPU_RUNNER);
AT(cpu, calls, CPU_CALLS);
AT(cpu, outside, CPU_OUTSIDE);
AT(cpu, ring, CPU_RING);
AT(cpu, attend, CPU_ATTEND);
AT(cpu, fresh, CPU_FRESH);
AT(cpu, tss.rsp[0], CPU_RSP0);
#ifdef TRACE_on
AT(cpu, trace, CPU_TRACE);
#endif
AT(env, frame.r15, FRAME_R15);
AT(env, frame.rbx, FRAME_RBX);
AT(env, frame.rbp, FRAME_RBP);
AT(env, frame.r12, FRAME_R12);
AT(env, frame.r13, FRAME_R13);
AT(env, frame.r14, FRAME_R14);
AT(env, frame.rax, FRAME_RAX);
AT(env, frame.rdx, FRAME_RDX);
AT(env, frame.rsi, FRAME_RSI);
AT(env, frame.rdi, FRAME_RDI);
AT(env, frame.r10, FRAME_R10);
AT(env, frame.r8, FRAME_R8);
AT(env, frame.r9, FRAME_R9);
AT(env, frame.rip, FRAME_RIP);
AT(env, frame.cs, FRAME_CS);
AT(env, frame.rflags, FRAME_RFLAGS);
AT(env, frame.rsp, FRAME_RSP);
AT(foreign, shown.back, FOREIGN_BACK);
AT(foreign, entry, FOREIGN_ENTRY);
AT(env, mail, ENV_MAIL);
AT(env, head, ENV_HEAD);
AT(env, blocked, ENV_BLOCKED);
AT(env, foreign, ENV_MAIL_WORD + 7);
AT(env, pending, ENV_STATE_WORD);
AT(env, state, ENV_STATE);
AT(env, queued, ENV_QUEUED);
AT(env, by_syscall, ENV_BY_SYSCALL);
AT(env, processor, ENV_STATE_WORD + 5);
AT(env, timed, ENV_STATE_WORD + 6);
AT(env, doomed, ENV_STATE_WORD + 7);
AT(env, zeros, ENV_ZEROS);
AT(env, cr3, ENV_CR3);
AT(env, number, ENV_NUMBER);
AT(env, next, ENV_NEXT);
AT(env, prev, ENV_PREV);
AT(env, recv_buffer, ENV_BUFFER);
AT(env, recv_capacity, ENV_ROOM);
AT(env, caps.slots, ENV_SLOTS);
AT(env, caps.capacity, ENV_CAPACITY);
AT(env, waiting, ENV_WAITING);
AT(cap_slot, entry.type, SLOT_TYPE);
AT(cap_slot, entry.resource, SLOT_RESOURCE);
AT(cap_slot, entry.rights, SLOT_RIGHTS);
AT(message, length, MESSAGE_LENGTH);
AT(message, sender, MESSAGE_SENDER);
AT(message, word, MESSAGE_WORD);
_Static_assert(sizeof(struct cap_slot) == 1 << SLOT_SHIFT && sizeof(struct message) == 48
                   && ENV_READY == STATE_READY && ENV_RECEIVING == STATE_RECEIVING
                   && CAP_PROCESS == TYPE_PROCESS && EXO_RIGHT_W == RIGHT_W
                   && EXO_REGISTER_BYTES == REGISTER_BYTES && EXO_MAILBOX_SLOTS == MAILBOX_SLOTS
                   && EXO_USER_END == USER_END && EXO_MEMORY == 1ul << MEMORY_BIT
                   && FB_ESTALE == ERROR_STALE && FB_EINVALID == ERROR_INVALID
                   && FB_EDENIED == ERROR_DENIED && EXO_OWN == 1ul << OWN_BIT,
               "what message.S takes for granted");
_Static_assert(sizeof(struct trap_frame) == FRAME_END, "trap frame");

enum {
    SLOTS_A_PAGE = FB_PAGE_SIZE / sizeof(struct cap_slot),
    USER_CODE = 32 | 3,
    USER_DATA = 24 | 3,
    FLAGS = 0x202
};
_Static_assert(sizeof(struct cap_slot) == sizeof(struct cap_node), "as many nodes to a page");
_Static_assert(CAP_MAX / SLOTS_A_PAGE * PAGE_SIZE <= LARGE_SIZE
                   && CAP_SPACE + ENV_LIMIT * CAP_SPACE_SIZE == CAP_SPACE_END,
               "slots and nodes of an environment have a page table each");

struct env *env_table[ENV_LIMIT];
static uint16_t spare[ENV_LIMIT]; /* places in env_table that were given back */
static uint32_t spares, places;   /* how many; and how many were ever used */
static uint64_t numbers;

/* What each thing takes of a step of work: cpu.h; the bounds of loops follow from it. */
_Static_assert(STEP <= 1500, "bounds of loops");
enum { TABLE = 600, ROOT_TABLE = 900, REACH = 1200, SLOTS = 1500, NODES = 700 };
enum { LOOK = 8, DROP = 380, UNMAP = 170, LAST = 300 }; /* LAST: giving back the environment */
enum { TABLES = 3 }; /* pages that an environment begins with, before those of its capabilities */

static uint64_t cap_space(uint32_t index) { return CAP_SPACE + index * CAP_SPACE_SIZE; }

/* Where the kernel maps this page of the capability table, or of its nodes. */
static uint64_t cap_page(const struct env *env, uint32_t number)
{
    const uint64_t at = cap_space(env->index), nodes = at + CAP_SPACE_SIZE / 2;

    return number < env->pages ? at + number * PAGE_SIZE
                               : nodes + (number - env->pages) * PAGE_SIZE;
}

/* Map the next page for the capability table or its nodes. O(page). */
static void add_cap_page(struct env *env)
{
    const uint32_t number = env->made - TABLES;
    const uint64_t at = cap_page(env, number);

    paging_map_kernel(at, page_promised(), false);
    if (number < env->pages)
        cap_table_extend(&env->caps, (struct cap_slot *)at, SLOTS_A_PAGE, env->index);
}

/* Begin to make an environment, which the account pays for from now on. 0 and *out, which env_make
 * completes; or an error. O(page). */
int64_t env_begin(struct account *account, struct cpu *cpu, uint32_t capacity, struct env **out)
{
    if (!spares && places == ENV_LIMIT)
        return FB_EFULL;
    const int64_t error = account_open(account, ENV_PAGES(capacity));
    if (error)
        return error;
    struct env *env = direct(page_promised());
    env->account = account;
    env->index = spares ? spare[--spares] : places++;
    env->pages = ENV_PAGES(capacity);
    env->cpu = cpu;
    env->processor = (uint8_t)cpu->number;
    env->state = ENV_MAKING;
    env->number = ++numbers;
    token_key(env);
    label_init(env_label(env), LEVEL_KERNEL, ENV_CATEGORIES);
    label_set_top(env_label(env));
    env->frame.cs = USER_CODE, env->frame.ss = USER_DATA, env->frame.rflags = FLAGS;
    env_table[env->index] = env;
    *out = env;
    return FB_OK;
}

/* Go on making an environment, as far as a step allows. FB_EAGAIN: there is more to do. FB_OK: it
 * is complete, has not started, and has EXO_SELF. env_begin promised it its pages. O(1). */
int64_t env_make(struct env *env)
{
    const uint32_t all = TABLES + 2 * env->pages;

    for (int left = STEP; env->made < all;) {
        const uint32_t number = env->made - TABLES;
        const bool space = env->made < TABLES,
                   reach = !space && !paging_covers(cap_page(env, number));
        left -= reach                 ? REACH
                : env->made == 0      ? ROOT_TABLE
                : space               ? TABLE
                : number < env->pages ? SLOTS
                                      : NODES;
        if (left < 0)
            return FB_EAGAIN;
        if (reach)
            paging_reach(cap_page(env, number));
        else if (space)
            space_make(env, env->made);
        else
            add_cap_page(env);
        env->made += !reach;
    }
    env->nodes = (struct cap_node *)cap_page(env, env->pages);
    env->state = ENV_NEW;
    trace(env_new, env, trace_number(current_env()), 0);
    if (env->index == 0)
        return FB_OK;
    env->root = (cap_id_t)cap_create(env_table[0], CAP_PROCESS, env->index, EXO_RIGHTS_ALL, 0);
    cap_create(env, CAP_PROCESS, env->index, EXO_RIGHTS_ALL,
               env_reference(env_table[0], env->root));
    return FB_OK;
}

/* Give up what an ending environment holds, as far as `left` allows. False: there is more. */
static bool drop_held(struct env *env, int *left)
{
    FB_LOOP_INSIDE("188", for (; env->caps.used; env->looked++)) {
        if ((*left -= LOOK) <= 0)
            return false;
        const uint32_t i = env->looked + 1, reference = env->index << 16 | i;
        if ((env->caps.slots[i].id & CAP_INDEX_MASK) != i)
            continue;
        if (!cap_delete_derived(reference, false, left))
            return false;
        *left -= DROP;
        cap_delete(reference);
    }
    return true;
}

/* Unmap and free pages of the capability table and its nodes, as far as `left` allows. We hold the
 * lock, so nobody takes them before all processors have flushed their TLBs. */
static bool free_cap_space(struct env *env, int *left)
{
    const uint32_t before = env->made;

    FB_LOOP_INSIDE("8", for (; env->made > TABLES && *left > LAST; *left -= UNMAP))
        page_free(paging_unmap_kernel(cap_page(env, --env->made - TABLES)));
    const bool all = env->made <= TABLES;
    if (all)
        paging_free_table(cap_page(env, 0)), paging_free_table(cap_page(env, env->pages));
    if (all || env->made != before)
        tlb_flush_all();
    return all;
}

/* Go on ending an environment: first its names, so that nobody reaches it any more; then those that
 * end with its account; then what it holds, senders to it, and its memory. */
static bool end_some(struct work *work)
{
    struct env *env = (struct env *)((char *)work - offsetof(struct env, ending));
    const uint32_t root = env->root ? env_reference(env_table[0], env->root) : 0;
    int left = STEP;

    if ((root && !cap_delete_derived(root, false, &left)) || !account_end_members(env, &left))
        return false;
    if (account_is_used(env))
        return true; /* env_went goes on */
    if (!drop_held(env, &left) || !ipc_forget(env, &left) || !space_free(env, &left)
        || !free_cap_space(env, &left))
        return false;
    if (root)
        cap_delete(root);
    account_leave(env);
    user_ended(env);
    env_table[env->index] = NULL;
    spare[spares++] = (uint16_t)env->index;
    page_free((uint64_t)env - DIRECT);
    return true;
}

/* One of those that end with the account of this environment has gone. If it is ending and waits
 * for that, let it go on. */
void env_went(struct env *env)
{
    if (env->state == ENV_DYING && !env->ending.link)
        work_add(this_cpu(), &env->ending, end_some);
}

/* End an environment that no processor runs. It is not to be run any more; what it had is freed in
 * steps, by this CPU's work. Nobody derives from its tokens. O(1). */
void env_end(struct env *env)
{
    struct cpu *cpu = this_cpu();

    FB_LOOP_INSIDE("2", for (; env; env = env->making)) { /* what it makes makes nothing */
        trace(env_end, env, trace_number(current_env()), 0);
        env->state = ENV_DYING;
        env->doomed = true;
        env->key.word[0] = ~env->key.word[0];
        if (cpu->current == env)
            leave(cpu);
        unqueue(env);
        timer_cancel(&env->timer);
        revoke_cancel(env);
        ipc_step_back(env);
        line_forget(env, 0);
        if (env->foreign)
            foreign_end(env);
        work_add(cpu, &env->ending, end_some);
    }
}

/* End any environment but the caller's. One that runs elsewhere ends at its next trap; else true,
 * and work_step is to be called until it has gone. */
bool env_destroy(struct env *env)
{
    if (env->state == ENV_DYING)
        return true;
    if (env->cpu->current == env && env->state == ENV_READY) { /* else it has just blocked here */
        env->doomed = env->pending = true;
        apic_send(env->cpu, VECTOR_WAKE);
        return false;
    }
    env_end(env);
    return true;
}

/* What tells an environment from all that ever were, and finds it. */
uint64_t env_ticket(const struct env *env) { return env->number * ENV_LIMIT + env->index; }

/* The environment with this ticket, if it is ending; NULL: it has ended. */
bool env_is_ending(uint64_t ticket)
{
    const struct env *env = env_table[ticket % ENV_LIMIT];

    return env && env->state == ENV_DYING && env_ticket(env) == ticket;
}

/* Bytes in use: by all (0), or by environment what - 1: itself, its capabilities, its page tables
 * and the pages mapped there. A shared page counts in each. O(1), or O(what it has). */
uint64_t memory_in_use(uint32_t what)
{
    const struct env *env = what ? env_table[what - 1] : NULL;

    if (!what)
        return pages_used() * PAGE_SIZE;
    return env ? (1 + 2 * env->pages + space_pages(env)) * PAGE_SIZE : 0;
}
