/* SPDX-License-Identifier: MIT
 * Accounts: account.h. The kernel lock is held. */
#include "account.h"

#include "memory.h"
#include "pci.h"
#include "syscalls.h"

#include <loopbound.h>

_Static_assert(STEP <= 1500, "account_end_members: three");
enum { END = 700 };        /* what ending an environment takes of a step of work: cpu.h */
enum { OVERHEAD = 6 };     /* pages: struct env, three page tables, two tables of the kernel's */
#define EVENTS (1ul << 40) /* of the first account: more than there can be */

_Static_assert(EXO_ACCOUNT_ROOM * sizeof(struct cap_slot) == PAGE_SIZE, "room comes in pages");

struct account accounts[ENV_LIMIT];

static struct account *own_account(const struct env *env) { return &accounts[env->index]; }

/* The account with whose owner the environment ends. */
static struct account *above(const struct env *env)
{
    return env->account == own_account(env) ? env->account->above : env->account;
}

/* Let the first account have all that there is. Once. */
void account_init(void)
{
    accounts[0] = (struct account){
        .given = { pages_free(), ENV_LIMIT, (uint64_t)ENV_LIMIT * CAP_MAX, EVENTS },
        .named = ~0ul,
    };
    __builtin_memcpy(accounts[0].free, accounts[0].given, sizeof accounts[0].free);
}

/* Take a cleared page for the kernel, out of the first account for ever. 0: there is none. */
uint64_t account_keep(void)
{
    const uint64_t page = page_alloc_clean();

    accounts[0].free[EXO_ACCOUNT_PAGES] -= page != 0;
    accounts[0].given[EXO_ACCOUNT_PAGES] -= page != 0;
    return page;
}

/* What an environment costs as long as it is there, without the pages that it allocated. */
void account_cost(const struct env *env, uint64_t cost[EXO_ACCOUNT_KINDS])
{
    cost[EXO_ACCOUNT_PAGES] = OVERHEAD + 2 * env->pages + env->reached;
    cost[EXO_ACCOUNT_ENVIRONMENTS] = 1;
    cost[EXO_ACCOUNT_CAPABILITIES] = env->pages * EXO_ACCOUNT_ROOM;
    cost[EXO_ACCOUNT_EVENTS] = 0;
}

/* Charge a new environment with room for so many pages of capabilities to an account.
 * O(1). */
int64_t account_open(struct account *account, uint32_t pages)
{
    const uint64_t cost[EXO_ACCOUNT_KINDS] = { OVERHEAD + 2 * pages, 1, pages * EXO_ACCOUNT_ROOM };

    FB_LOOP("4", for (int kind = 0; kind < EXO_ACCOUNT_KINDS; kind++))
        if (account->free[kind] < cost[kind])
            return account_error(account);
    FB_LOOP("4", for (int kind = 0; kind < EXO_ACCOUNT_KINDS; kind++))
        account->free[kind] -= cost[kind];
    account->users++;
    return FB_OK;
}

/* Let a complete environment end with the account. O(1). */
void account_join(struct env *env)
{
    struct account *account = env->account;

    env->before = 0, env->after = account->first;
    if (account->first)
        env_table[account->first]->before = (uint16_t)env->index;
    account->first = (uint16_t)env->index;
}

/* Take it out of the list again, if it is there. O(1). */
static void part(struct env *env)
{
    struct account *account = above(env);

    if (account->first == env->index)
        account->first = env->after;
    else if (env->before)
        env_table[env->before]->after = env->after;
    if (env->after)
        env_table[env->after]->before = env->before;
    env->before = env->after = 0;
}

/* An environment with an account of its own ends: end the others that are charged to it, as far as
 * `left` allows. False: there are more. */
bool account_end_members(struct env *env, int *left)
{
    const struct account *account = own_account(env);

    FB_LOOP_INSIDE("3", for (; account->first && *left > 0; *left -= END)) {
        struct env *member = env_table[account->first];
        part(member);
        env_destroy(member);
    }
    return !account->first;
}

/* Whether some of them are still ending. Each one lets env_end go on when it has gone. */
bool account_is_used(const struct env *env) { return own_account(env)->users; }

/* An environment has ended. What it cost is given back, and what its own account had. O(1). */
void account_leave(struct env *env)
{
    struct account *account = env->account, *const to = above(env);
    uint64_t cost[EXO_ACCOUNT_KINDS];

    part(env);
    account_cost(env, cost);
    FB_LOOP("4", for (int kind = 0; kind < EXO_ACCOUNT_KINDS; kind++)) {
        account->free[kind] += cost[kind];
        if (account != to)
            to->free[kind] += account->free[kind];
    }
    if (account != to) {
        to->named |= account->named;
        *account = (struct account){ 0 };
    }
    to->users--;
    env_went(env_table[to - accounts]);
}

/* Begin another period, if this one is over. */
bool account_new_period(struct account *account)
{
    const uint64_t now = time_now();

    if (!account->free[EXO_ACCOUNT_EVENTS] || now - account->since < EXO_ACCOUNT_PERIOD)
        return false;
    account->since = now, account->spent = 0;
    return true;
}

/* The bit of a line, of a device's ports or of a PCI function; 0: there is no such thing. */
static uint64_t bit_of(uint64_t what, uint64_t amount)
{
    if (what == EXO_ACCOUNT_LINE)
        return amount < EXO_LINES ? ACCOUNT_LINE(amount) : 0;
    const int64_t place = what == EXO_ACCOUNT_PCI ? pci_of(amount) : ports_of(amount);
    return place < 0 ? 0 : what == EXO_ACCOUNT_PCI ? ACCOUNT_PCI(place) : ACCOUNT_PORTS(place);
}

/* Whether the account could give that away. */
static int64_t can_give(const struct account *account, uint64_t what, uint64_t amount)
{
    if (what < EXO_ACCOUNT_KINDS)
        return account->free[what] < amount ? FB_EQUOTA : FB_OK;
    const uint64_t bit = bit_of(what, amount);
    if (!bit)
        return FB_EINVALID;
    if (!(account->named & bit))
        return FB_EQUOTA;
    return what == EXO_ACCOUNT_LINE  ? line_is_owned(amount)
           : what == EXO_ACCOUNT_PCI ? pci_is_owned(amount)
                                     : ports_are_owned(amount);
}

/* Let an environment that has nothing yet have an account of its own. O(1). */
static void begin(struct account *from, struct env *env)
{
    struct account *account = own_account(env);

    *account = (struct account){ .above = from, .since = time_now() };
    account_cost(env, account->given);
    env->account = account;
}

/* Give an environment's own account something out of the caller's. The first time, this begins its
 * account: then it must not have started and must hold nothing. O(1). */
int64_t sys_account(cap_id_t id, uint64_t what, uint64_t amount)
{
    struct env *me = current_env(), *env;

    if (what > EXO_ACCOUNT_PCI)
        return FB_EINVALID;
    kernel_lock();
    struct account *from = me->account;
    int64_t error = env_named(me, id, EXO_RIGHT_CTL, &env);
    if (!error && env->doomed)
        error = FB_ESTALE;
    if (!error && above(env) != from)
        error = FB_EDENIED;
    const bool begins = !error && env->account == from;
    if (begins && (env->state != ENV_NEW || env->caps.used > 1 || env->reached || env->foreign))
        error = FB_EBUSY;
    if (!error)
        error = can_give(from, what, amount);
    if (!error) {
        if (begins)
            begin(from, env);
        if (what < EXO_ACCOUNT_KINDS) {
            from->free[what] -= amount;
            env->account->free[what] += amount, env->account->given[what] += amount;
        } else {
            from->named ^= bit_of(what, amount);
            env->account->named |= bit_of(what, amount);
        }
    }
    kernel_unlock();
    return error;
}
