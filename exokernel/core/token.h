/* SPDX-License-Identifier: MIT
 * How does a capability leave the kernel and come back unchanged?
 *
 * A token is the capability's facts in clear and a seal over all of them that only the holder of
 * the key can make: SipHash-2-4, 64 bits. Guessing a seal succeeds once in 2^64 tries.
 *
 * A good seal says that this kernel made the token, not that the capability is alive still: look
 * its identifier up after cap_verify. The key is drawn once per boot from a good random source,
 * is used for nothing else and never leaves the kernel. */
#ifndef CORE_TOKEN_H
#define CORE_TOKEN_H

#include <feuerbird/types.h>

#include "captable.h"
#include "siphash.h"

struct exo_cap cap_token_make(const struct siphash_key *key, cap_id_t id,
                              const struct cap_entry *entry);
int cap_verify(const struct siphash_key *key, const struct exo_cap *token);

#endif
