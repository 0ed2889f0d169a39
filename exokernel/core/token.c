/* SPDX-License-Identifier: MIT */
#include "token.h"

#include <feuerbird/errors.h>
#include <loopbound.h>

_Static_assert(offsetof(struct exo_cap, seal) == 32 && offsetof(struct exo_cap, reserved) == 28,
               "the seal covers everything before it, and no padding");

static inline uint64_t seal(const struct siphash_key *key, const struct exo_cap *token)
{
    FB_LET("length", "32");
    return siphash24(key, token, offsetof(struct exo_cap, seal));
}

/* The token of a capability as it stands in the table (FeuerBird's cap_new). O(1). */
struct exo_cap cap_token_make(const struct siphash_key *key, cap_id_t id,
                              const struct cap_entry *entry)
{
    struct exo_cap token = { .id = id,
                             .resource = entry->resource,
                             .rights = entry->rights,
                             .owner = entry->owner,
                             .type = entry->type };

    token.seal = seal(key, &token);
    return token;
}

/* FB_OK when this kernel sealed the token, FB_EFORGED when it did not or anything was changed.
 * The token must be the kernel's own copy: one in the caller's memory can change after the check.
 * O(1), and the same instructions whatever differs: whole seals are compared, at once. */
int cap_verify(const struct siphash_key *key, const struct exo_cap *token)
{
    const uint64_t difference = seal(key, token) ^ token->seal;

    /* All ones if any bit differs: no branch for the secret to steer. */
    return (int)-((difference | -difference) >> 63) & FB_EFORGED;
}
