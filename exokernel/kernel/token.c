/* SPDX-License-Identifier: MIT
 * Capabilities outside of the kernel. A token names a capability and its rights, can be passed on
 * by any means, and is valid as long as the capability lives. Each environment has a key for its
 * tokens, so a token of one that ended is never valid again. The system calls take the lock; the
 * other functions expect it held. */
#include "env.h"
#include "syscalls.h"
#include "token.h"
#include "x86.h"

#include <loopbound.h>

enum { RANDOM_TRIES = 10 };

static struct siphash_key master;
static bool can_seal; /* the processor has random numbers */

/* Draw the key from which all others are made. Once. */
void token_init(void)
{
    can_seal = x86_cpuid(1, 0).c >> 30 & 1;
    for (int i = 0; i < 2; i++) {
        bool drawn = false;
        for (int tries = 0; can_seal && !drawn && tries < RANDOM_TRIES; tries++)
            drawn = x86_random(&master.word[i]);
        can_seal = can_seal && drawn;
    }
}

/* Make the key of a new environment, which no other environment ever has. O(1). */
void token_key(struct env *env)
{
    FB_LOOP("2", for (uint64_t i = 0; i < 2; i++))
        env->key.word[i] = siphash24(&master, (uint64_t[2]){ env->number, i }, 16);
}

/* Make a token for one of the caller's capabilities, with at most these rights. */
int64_t sys_cap_export(cap_id_t id, uint64_t rights, uint64_t to)
{
    struct env *me = current_env();
    int64_t error = FB_EDENIED;

    if (rights & ~(uint64_t)EXO_RIGHTS_ALL)
        return FB_EINVALID;
    if (!in_user(to, sizeof(struct exo_cap)))
        return FB_EADDRESS;
    if (!can_seal)
        return FB_EUNSUPPORTED;
    kernel_lock();
    const struct cap_slot *slot = env_open(me, id);
    if (!slot) {
        error = FB_ESTALE;
    } else if (cap_has_rights(slot->entry.rights, EXO_RIGHT_DELEGATE)) {
        struct cap_entry told = slot->entry;
        told.rights &= (uint32_t)rights;
        told.owner = me->index;
        const struct exo_cap token = cap_token_make(&me->key, id, &told);
        error = user_copy((void *)to, &token, sizeof token);
    }
    kernel_unlock();
    return error;
}

/* Read the token at this address and find its owner. FB_EFORGED: no environment sealed it. */
static int64_t genuine(uint64_t from, struct exo_cap *token, struct env **owner)
{
    if (!in_user(from, sizeof *token) || user_copy(token, (const void *)from, sizeof *token))
        return FB_EADDRESS;
    *owner = token->owner < ENV_LIMIT ? env_table[token->owner] : NULL;
    if (!*owner || !can_seal || cap_verify(&(*owner)->key, token))
        return FB_EFORGED;
    return env_open(*owner, token->id) ? FB_OK : FB_ESTALE;
}

int64_t sys_cap_verify(uint64_t from)
{
    struct exo_cap token;
    struct env *owner;

    kernel_lock();
    const int64_t error = genuine(from, &token, &owner);
    kernel_unlock();
    return error ? error : (int64_t)token.rights;
}

/* Derive from the exported capability, if the flow from its owner to the caller is allowed. */
int64_t sys_cap_import(uint64_t from)
{
    struct exo_cap token;
    struct env *owner;

    kernel_lock();
    int64_t result = genuine(from, &token, &owner);
    if (!result)
        result = cap_grant(owner, token.id, current_env(), token.rights);
    kernel_unlock();
    return result;
}
