/* SPDX-License-Identifier: MIT
 * Consistency checks for tests and fuzzer: derivations, mappings, rings and mailboxes of all
 * environments, accounts, timers, and the kernel's own page tables. The kernel lock is held. */
#include "account.h"
#include "memory.h"
#include "paging.h"
#include "pci.h"

/* The live slot that a reference names, and its node; NULL if there is none. */
static const struct cap_slot *slot_at(uint32_t reference, const struct cap_node **node)
{
    const uint32_t index = reference & CAP_INDEX_MASK;
    const struct env *env = reference >> 16 < ENV_LIMIT ? env_table[reference >> 16] : NULL;

    if (!env || index >= env->caps.capacity
        || (env->caps.slots[index].id & CAP_INDEX_MASK) != index)
        return NULL;
    *node = &env->nodes[index];
    return &env->caps.slots[index];
}

static uint32_t mapped[EXO_PCI_MAX]; /* pages that functions reach, by capabilities */

/* Check that the neighbours link back, the parent has all rights, and the mapping is right. */
static const char *audit_slot(uint32_t reference)
{
    const struct cap_node *node, *other;
    const struct cap_slot *slot = slot_at(reference, &node), *near;

    if (node->parent) {
        near = slot_at(node->parent, &other);
        const bool registers = slot->entry.type == CAP_REGISTERS && near
                               && near->entry.type == CAP_PCI;
        const bool mapping = slot->entry.type == CAP_MAPPING && near
                             && near->entry.type == CAP_PAGE;
        if (!near || (near->entry.type != slot->entry.type && !registers && !mapping)
            || (near->entry.resource != slot->entry.resource && !registers)
            || !cap_has_rights(near->entry.rights, slot->entry.rights))
            return "a capability exceeds what it was derived from";
        if (!node->prev && other->child != reference)
            return "a parent does not know its first child";
    }
    if (node->child && (!slot_at(node->child, &other) || other->parent != reference))
        return "a child has another parent";
    if (node->next && (!slot_at(node->next, &other) || other->prev != reference))
        return "a list of siblings is broken";
    if (node->entry
        && ((slot->entry.type != CAP_PAGE
             && (slot->entry.type != CAP_REGISTERS || !(*node->entry & UNCACHED)))
            || (*node->entry & ADDRESS) != slot->entry.resource * PAGE_SIZE
            || (*node->entry & WRITE && !(slot->entry.rights & EXO_RIGHT_W))))
        return "a mapping is not what its capability says";
    if (slot->entry.type == CAP_MAPPING && !pci_audit_mapping(node, &slot->entry, mapped))
        return "a device does not reach what a capability says";
    return NULL;
}

/* What an account is charged for, and for how many environments. */
static struct sum {
    uint64_t cost[EXO_ACCOUNT_KINDS];
    uint32_t users;
} sums[ENV_LIMIT];

static struct sum *sum_of(const struct account *account) { return &sums[account - accounts]; }

/* The account that an environment has of its own, or NULL. */
static const struct account *account_of(uint32_t index)
{
    const struct env *env = env_table[index];

    return env && env->account == &accounts[index] ? env->account : NULL;
}

/* Whether its table of capabilities is all there. An environment that ends gives the pages back in
 * steps, after what it held. */
static bool has_table(const struct env *env)
{
    return env->state != ENV_DYING || env->made == 3 + 2 * env->pages;
}

/* Add what the environment costs, and what its own account was given out of another. */
static void add_costs(const struct env *env)
{
    const struct account *own = account_of(env->index);
    struct sum *sum = sum_of(env->account), *above = own && own->above ? sum_of(own->above) : sum;
    uint64_t cost[EXO_ACCOUNT_KINDS];

    account_cost(env, cost);
    cost[EXO_ACCOUNT_PAGES] += (env->foreign && env->state != ENV_DYING) + pci_tables(env);
    for (uint32_t i = 1; has_table(env) && i < env->caps.capacity; i++)
        cost[EXO_ACCOUNT_PAGES] += (env->caps.slots[i].id & CAP_INDEX_MASK) == i
                                   && env->caps.slots[i].entry.type == CAP_PAGE
                                   && !env->nodes[i].parent;
    for (int kind = 0; kind < EXO_ACCOUNT_KINDS; kind++) {
        sum->cost[kind] += cost[kind];
        above->cost[kind] += above == sum ? 0 : own->given[kind];
    }
    above->users++;
}

/* Check that each account adds up, that each line and device belongs to one, and that all free
 * pages are theirs, unless some environment is between two steps. */
/* Whether those that end with this account know each other. */
static bool has_members(const struct account *account)
{
    uint32_t before = 0, members = 0;

    for (uint32_t i = account->first; i; before = i, i = env_table[i]->after) {
        const struct env *env = env_table[i];
        if (!env || ++members > ENV_LIMIT || env->before != before
            || (env->account == account_of(i) ? env->account->above : env->account) != account)
            return false;
    }
    return true;
}

static const char *audit_accounts(void)
{
    uint64_t named = 0, free = 0;
    bool steps = false;

    __builtin_memset(sums, 0, sizeof sums);
    for (uint32_t i = 0; i < ENV_LIMIT; i++) {
        if (!env_table[i])
            continue;
        add_costs(env_table[i]);
        for (uint32_t line = 0; line < EXO_LINES; line++)
            if (line_total(env_table[i], line) >= 0
                && !(env_table[i]->account->named & ACCOUNT_LINE(line)))
                return "a line has an owner whose account does not have it";
        steps |= env_table[i]->state == ENV_MAKING || env_table[i]->state == ENV_DYING;
    }
    for (uint32_t i = 0; i < ENV_LIMIT; i++) {
        const struct account *account = account_of(i);
        if (!account)
            continue;
        for (int kind = 0; kind < EXO_ACCOUNT_KINDS; kind++)
            if (account->given[kind] != account->free[kind] + sums[i].cost[kind])
                return "an account does not add up";
        if (!has_members(account))
            return "the environments that end with an account are not linked";
        if (account->users != sums[i].users)
            return "an account does not know how many environments it has";
        if (named & account->named)
            return "a line or device belongs to two accounts";
        named |= account->named;
        free += account->free[EXO_ACCOUNT_PAGES];
    }
    if (~named)
        return "a line or device belongs to no account";
    return !steps && free != pages_free() ? "the free pages are not those of the accounts" : NULL;
}

static const char *audit_env(const struct env *env)
{
    const bool whole = env->state != ENV_MAKING && env->state != ENV_DYING; /* it has all nodes */
    uint32_t used = 0, senders = 0;

    for (uint32_t i = 1; has_table(env) && i < env->caps.capacity; i++) {
        const struct cap_node *node = &env->nodes[i];
        if (env->caps.slots[i].entry.owner != env->index)
            return "a slot has another owner";
        if ((env->caps.slots[i].id & CAP_INDEX_MASK) != i) {
            if (whole && (node->child || node->prev || node->entry))
                return "a free slot has relations";
            continue;
        }
        used++;
        const char *broken = audit_slot(env->index << 16 | i);
        if (broken)
            return broken;
    }
    if (used != env->caps.used)
        return "a table does not know how many capabilities it has";
    for (const struct env *s = env->senders.first; s; s = s->out.next, senders++)
        if (s->state != ENV_SENDING || s->out.to != env || senders > ENV_LIMIT)
            return "a mailbox has a sender that does not wait";
    if (env->blocked != (senders != 0) || env->mail > EXO_MAILBOX_SLOTS
        || env->head >= EXO_MAILBOX_SLOTS || (!env->mail && env->head))
        return "a mailbox does not know how much mail it has";
    if (env->state == ENV_RECEIVING && (env->mail || env->blocked))
        return "a receiver sleeps over its mail";
    if (env->state == ENV_READY && !env->queued)
        return "a ready environment is in no ring";
    if (env->state != ENV_RECEIVING && env->timed)
        return "who does not receive has a deadline for it";
    if (env->queued && (env->next->prev != env || env->prev->next != env))
        return "a ring is broken";
    return NULL;
}

/* Whether what the timer belongs to is there. But for lines and slices, that is an environment. */
static bool has_owner(const struct timer *timer)
{
    const struct env *env = (const struct env *)((uint64_t)timer & -PAGE_SIZE);

    if (timer == &timer->cpu->slice || line_has(timer))
        return true;
    return (uint64_t)env < CAP_SPACE && env->index < ENV_LIMIT && env_table[env->index] == env
           && env->state != ENV_DYING;
}

static const char *audit_timers(const struct cpu *cpu)
{
    for (uint64_t i = 1; i <= cpu->timer_count; i++) {
        const struct timer *timer = cpu->timers[i];
        if (timer->place != i || timer->cpu != cpu
            || cpu->timers[i / 2 ? i / 2 : 1]->when > timer->when)
            return "a heap of timers is out of order";
        if (!has_owner(timer))
            return "a timer is set for what has gone";
    }
    return cpu->timers[cpu->timer_count + 1] ? "a heap of timers does not know its end" : NULL;
}

/* The first inconsistency, in words, or NULL. O(everything). */
const char *audit(void)
{
    const char *tables = paging_audit();

    if (tables)
        return tables;
    __builtin_memset(mapped, 0, sizeof mapped);
    for (uint32_t i = 0; i < ENV_LIMIT; i++) {
        const char *broken = env_table[i] ? audit_env(env_table[i]) : NULL;
        if (broken)
            return broken;
    }
    for (uint32_t i = 0; i < cpu_count; i++) {
        const char *broken = audit_timers(&cpus[i]);
        if (broken)
            return broken;
    }
    if (!pci_audit(mapped))
        return "a device reaches pages that no capability names";
    return audit_accounts();
}
