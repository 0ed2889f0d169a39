/* SPDX-License-Identifier: MIT
 * The benchmark table: the catalogue that the validator sees. Names are part of its interface. */
#include "bench.h"

#define N_CAPS .nparams = 1, .params = { { "N_caps", 16, 65535 } }
#define RING0_HOT .ring = 0, .cache = 0, .cpus = 1

#define ALLOC "the new identifier looks up to what was stored and the slot never had it before"
#define LOOKUP "the entry found is the one that was stored"
#define REVOKE "the revoked identifier is stale and the table has one entry less"

const struct fp_benchmark bench_table[] = {
    { "cap_table_alloc/sequential", "cap_table_alloc", ALLOC, RING0_HOT, N_CAPS,
      .run = bench_alloc_sequential },
    { "cap_table_alloc/random", "cap_table_alloc", ALLOC, RING0_HOT, N_CAPS,
      .run = bench_alloc_random },
    { "cap_table_lookup/sequential", "cap_table_lookup", LOOKUP, RING0_HOT, N_CAPS,
      .run = bench_lookup_sequential },
    { "cap_table_lookup/random", "cap_table_lookup", LOOKUP, RING0_HOT, N_CAPS,
      .run = bench_lookup_random },
    { "cap_revoke/sequential", "cap_revoke", REVOKE, RING0_HOT, N_CAPS,
      .run = bench_revoke_sequential },
    { "cap_revoke/random", "cap_revoke", REVOKE, RING0_HOT, N_CAPS,
      .run = bench_revoke_random },
#include "ring3_rows.h"
};
const uint32_t bench_count = sizeof bench_table / sizeof *bench_table;
