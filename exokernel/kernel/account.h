/* SPDX-License-Identifier: MIT
 * Accounts: what environments may still take. An environment is charged to its maker's account, or
 * to one of its own, which it was given out of its maker's before it started. When an environment
 * with an account of its own ends, all that are charged to it end too, and what it was given goes
 * back. So the accounts are a tree, and each has at any time
 *
 *    given = free + what its environments cost + what was given to the accounts below
 *
 * The first account has all that there was at the end of the boot. As many pages are free as all
 * accounts have left: who may take one gets one. */
#ifndef FEUERBIRD_ACCOUNT_H
#define FEUERBIRD_ACCOUNT_H

#include "env.h"

struct account {
    uint64_t free[EXO_ACCOUNT_KINDS], given[EXO_ACCOUNT_KINDS];
    struct account *above; /* out of which it was given; NULL: the first, or none */
    uint64_t named;        /* lines and devices that may be taken, a bit each */
    uint64_t spent, since; /* events in this period, which began then */
    uint32_t users;        /* environments that cost something here, or have an account below */
    uint16_t first;        /* of them, in the list of those that are to end with it; 0: none */
};

/* The account that an environment may have of its own; that of environment 0 is the first. */
extern struct account accounts[ENV_LIMIT];

/* The bits in `named`. */
#define ACCOUNT_LINE(number) (1ul << (number))
#define ACCOUNT_PORTS(device) (1ul << (EXO_LINES + (device)))
#define ACCOUNT_PCI(place) (1ul << (64 - EXO_PCI_MAX + (place)))

/* Charge `n` of this kind. False: the account has less. */
static inline bool account_take(struct account *account, enum exo_account kind, uint64_t n)
{
    uint64_t left;

    if (__builtin_sub_overflow(account->free[kind], n, &left))
        return false;
    account->free[kind] = left;
    return true;
}

static inline void account_give_back(struct account *account, enum exo_account kind, uint64_t n)
{
    account->free[kind] += n;
}

/* Why the account does not pay. The first one has all memory. */
static inline int64_t account_error(const struct account *account)
{
    return account->above ? FB_EQUOTA : FB_ENO_MEMORY;
}

/* A cleared page that the environment is charged for; 0: account_error. */
static inline uint64_t account_page(struct env *env)
{
    return account_take(env->account, EXO_ACCOUNT_PAGES, 1) ? page_promised() : 0;
}

/* Free a page that the environment was charged for. */
static inline void account_free_page(struct env *env, uint64_t physical)
{
    account_give_back(env->account, EXO_ACCOUNT_PAGES, 1);
    page_free(physical);
}

/* kernel/account.c */
void account_init(void);
uint64_t account_keep(void);
int64_t account_open(struct account *account, uint32_t pages);
void account_join(struct env *env);
bool account_end_members(struct env *env, int *left);
bool account_is_used(const struct env *env);
void account_leave(struct env *env);
void account_cost(const struct env *env, uint64_t cost[EXO_ACCOUNT_KINDS]);
bool account_new_period(struct account *account);

/* Charge an event. False: there were enough in this period. */
static inline bool account_event(struct account *account)
{
    if (account->spent >= account->free[EXO_ACCOUNT_EVENTS] && !account_new_period(account))
        return false;
    account->spent++;
    return true;
}

#endif
