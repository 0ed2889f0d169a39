/* SPDX-License-Identifier: MIT
 * Environments come and go. Environment 0 is the kernel's own: it never runs and holds the first
 * capability for each of the others. The kernel lock is held. */
#include "env.h"
#include "memory.h"
#include "offsets.h"
#include "paging.h"
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
AT(cpu, finished, CPU_FINISHED);
AT(cpu, fresh, CPU_FRESH);
AT(cpu, tss.rsp[0], CPU_RSP0);
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
static uint64_t numbers;

static uint64_t cap_space(uint32_t index) { return CAP_SPACE + index * CAP_SPACE_SIZE; }

/* Unmap and free the first pages of the capability table and its nodes, and their tables. We hold
 * the lock, so nobody takes the pages before all processors have flushed their TLBs. O(pages). */
static void free_cap_space(struct env *env, uint32_t slots, uint32_t nodes)
{
    const uint64_t at = cap_space(env->index);

    FB_LOOP("cap_pages", for (uint32_t i = 0; i < slots; i++))
        page_free(paging_unmap_kernel(at + i * PAGE_SIZE));
    FB_LOOP("cap_pages", for (uint32_t i = 0; i < nodes; i++))
        page_free(paging_unmap_kernel(at + CAP_SPACE_SIZE / 2 + i * PAGE_SIZE));
    paging_free_table(at);
    paging_free_table(at + CAP_SPACE_SIZE / 2);
    tlb_flush_all();
}

/* Map pages for the capability table and its nodes: all or none. O(capacity). */
static bool make_cap_space(struct env *env, uint32_t pages)
{
    const uint64_t slots = cap_space(env->index), nodes = slots + CAP_SPACE_SIZE / 2;

    for (uint32_t i = 0; i < 2 * pages; i++) {
        const uint64_t at = i < pages ? slots + i * PAGE_SIZE : nodes + (i - pages) * PAGE_SIZE;
        const uint64_t page = page_alloc_clean();
        if (page && paging_map_kernel(at, page, false))
            continue;
        if (page)
            page_free(page);
        free_cap_space(env, i < pages ? i : pages, i < pages ? 0 : i - pages);
        return false;
    }
    env->nodes = (struct cap_node *)nodes;
    cap_table_init(&env->caps, (struct cap_slot *)slots, pages * SLOTS_A_PAGE);
    return true;
}

/* Make an environment that has not started, with EXO_SELF. O(capacity + environments). */
int64_t env_create(struct cpu *cpu, uint32_t capacity, struct env **out)
{
    uint32_t index = 0;

    while (index < ENV_LIMIT && env_table[index])
        index++;
    if (index == ENV_LIMIT)
        return FB_EFULL;
    const uint64_t page = page_alloc_clean();
    if (!page)
        return FB_ENO_MEMORY;
    struct env *env = direct(page);
    env->index = index;
    env->cpu = cpu;
    env->processor = (uint8_t)cpu->number;
    env->state = ENV_NEW;
    env->number = ++numbers;
    token_key(env);
    label_init(env_label(env), LEVEL_KERNEL, ENV_CATEGORIES);
    label_set_top(env_label(env));
    env->frame.cs = USER_CODE, env->frame.ss = USER_DATA, env->frame.rflags = FLAGS;
    env->cr3 = space_create();
    if (!env->cr3 || !make_cap_space(env, (capacity + SLOTS_A_PAGE - 1) / SLOTS_A_PAGE)) {
        if (env->cr3)
            space_destroy(env);
        page_free(page);
        return FB_ENO_MEMORY;
    }
    env_table[index] = env;
    *out = env;
    if (index == 0)
        return FB_OK;
    const int64_t root = cap_create(env_table[0], CAP_PROCESS, index, EXO_RIGHTS_ALL, 0);
    if (root < 0) {
        env_end(env);
        return root;
    }
    env->root = (cap_id_t)root;
    cap_create(env, CAP_PROCESS, index, EXO_RIGHTS_ALL, env_reference(env_table[0], env->root));
    return FB_OK;
}

/* End an environment that no processor runs, and free all it had. O(what it had). */
void env_end(struct env *env)
{
    struct cpu *cpu = this_cpu();

    env->state = ENV_DYING;
    env->doomed = true;
    if (cpu->current == env)
        leave(cpu);
    unqueue(env);
    timer_cancel(&env->timer);
    revoke_cancel(env);
    ipc_forget(env);
    line_forget(env, 0);
    FB_LOOP("N_caps", for (uint32_t i = 1; i < env->caps.capacity; i++)) {
        if ((env->caps.slots[i].id & CAP_INDEX_MASK) != i)
            continue;
        cap_delete_derived(env->index << 16 | i);
        cap_delete(env->index << 16 | i);
    }
    if (env->root) {
        cap_delete_derived(env_reference(env_table[0], env->root));
        cap_delete(env_reference(env_table[0], env->root));
    }
    user_ended(env);
    if (env->foreign)
        foreign_end(env);
    space_destroy(env);
    free_cap_space(env, env->caps.capacity / SLOTS_A_PAGE, env->caps.capacity / SLOTS_A_PAGE);
    env_table[env->index] = NULL;
    page_free((uint64_t)env - DIRECT);
}

/* End any environment but the caller's. One that runs elsewhere ends at its next trap. */
void env_destroy(struct env *env)
{
    if (env->cpu->current == env) {
        env->doomed = env->pending = true;
        apic_send(env->cpu, VECTOR_WAKE);
        return;
    }
    env_end(env);
}

/* Bytes in use: by all (0), or by environment what - 1: itself, its capabilities, its page tables
 * and the pages mapped there. A shared page counts in each. O(1), or O(what it has). */
uint64_t memory_in_use(uint32_t what)
{
    const struct env *env = what ? env_table[what - 1] : NULL;

    if (!what)
        return pages_used() * PAGE_SIZE;
    return env ? (1 + 2 * (env->caps.capacity / SLOTS_A_PAGE) + space_pages(env)) * PAGE_SIZE : 0;
}
