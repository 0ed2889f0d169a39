/* SPDX-License-Identifier: MIT
 * The benchmark table: the catalogue that the validator reads. Names are part of that interface.
 * Ranges of categories and domains end at the core's limit of 4,096. Others end where a plan would
 * take more than seconds: M at 64, and earlier for variants that search (quadratic set-up). */
#include "bench.h"

#include "captable.h"

#ifdef CAP_ALLOC_scan
enum { DELEGATED = 4096, DESCENDED = 1024 };
#else
enum { DELEGATED = 65535, DESCENDED = 16384 };
#endif
#ifdef ZONE_ALLOC_firstfit
enum { SLABS_MOST = 1024 };
#else
enum { SLABS_MOST = 4096 };
#endif

#define RING0_HOT .ring = 0, .cache = 0, .cpus = 1
#define RING0_COLD .ring = 0, .cache = 1, .cpus = 1
#define ONE(p, from, to) .nparams = 1, .params = { { p, from, to } }
#define TWO(p, from, to, q, from2, to2)                                                            \
    .nparams = 2, .params = { { p, from, to }, { q, from2, to2 } }

#define CAP_SLOT sizeof(struct cap_slot)

#define N_CAPS ONE("N_caps", 16, 65535)
#define N_CAPS_K TWO("N_caps", 16, DELEGATED, "K_max", 1, 4096)
#define N_DERIVED ONE("N_caps", 16, DELEGATED)
#define K_MAX ONE("K_max", 1, 4096)
#define K_WORD ONE("K_max", 1, 64)
#define SET TWO("S", 1, 64, "K_max", 1, 4096)
#define N_DOM ONE("N_dom", 2, 4096)
#define CASCADE TWO("M", 1, 64, "N_dom", 128, 4096)
#define SLABS ONE("slabs", 1, SLABS_MOST)
#define DESCENDANTS ONE("descendants", 1, DESCENDED)
#define SLOT ONE("slot", 1, 65535)
#define BIT ONE("bit", 1, 64)

#define ALLOC "the new identifier looks up to what was stored and the slot never had it before"
/* A benchmark that picks its place at random shows the mean; one that forces the dear place decides
 * the worst case. */
#define MEAN_OF(effect) effect "; random, shows the mean"
#define LOOKUP "the entry found is the one that was stored"
#define REVOKE "the revoked identifier is stale and the table has one entry less"
#define DERIVED "the identifier is stale, what was derived from it lives and falls with the parent"
#define TREE "all descendants are stale, ancestor and sibling are not"
#define DELEGATE "the child has the rights and level it may have; three wrong askers are refused"
#define LEQ "the answer is that of a comparison category by category"
#define BOUND "the label is the one that is computed category by category"
#define EVENT "the own count is one more, all others are as before"
#define SEND "own count one more, and the stamp equals the sender's vector"
#define RECEIVE "every count is the higher of both, the own one more"
#define LT "the answer is that of a comparison count by count"
#define SYNC "the receiver has the higher epoch of both everywhere, its own at least the giver's"
#define SPREAD "everyone below has seen what the giver has, the outsider has not"
#define ZALLOC "the object is a free one of the open slab and overlaps with no other"
#define GROW "the zone has one page more, and the object overlaps with no other"
#define ZFREE "freeing again is refused, and the object's place is given out again"
#define BACK "the page source has one page more, the zone one slab less"
#define TOKEN "the token tells the capability, verifies, and with any bit changed does not"
#define GENUINE "the token is accepted"
#define FORGED "the token with that bit of its seal changed is refused"

const struct fp_benchmark bench_table[] = {
    { "cap_table_alloc/sequential", "cap_table_alloc", ALLOC, RING0_HOT, N_CAPS,
      .run = bench_alloc_sequential },
    { "cap_table_alloc/random", "cap_table_alloc", MEAN_OF(ALLOC), RING0_HOT, N_CAPS,
      .run = bench_alloc_random },
    { "cap_table_lookup/sequential", "cap_table_lookup", LOOKUP, RING0_HOT, N_CAPS,
      .run = bench_lookup_sequential, .each = CAP_SLOT },
    { "cap_table_lookup/random", "cap_table_lookup", MEAN_OF(LOOKUP), RING0_HOT, N_CAPS,
      .run = bench_lookup_random, .each = CAP_SLOT },
    { "cap_table_lookup_cold", "cap_table_lookup_cold", LOOKUP, RING0_COLD,
      ONE("N_caps", 64, 65535), .run = bench_lookup_cold },
    { "cap_revoke/sequential", "cap_revoke", REVOKE, RING0_HOT, N_CAPS,
      .run = bench_revoke_sequential, .each = CAP_SLOT },
    { "cap_revoke/random", "cap_revoke", MEAN_OF(REVOKE), RING0_HOT, N_CAPS,
      .run = bench_revoke_random, .each = CAP_SLOT },
    { "cap_revoke_derived", "cap_revoke_derived", DERIVED, RING0_HOT, N_DERIVED,
      .run = bench_revoke_derived },

    { "cap_revoke_tree/chain", "cap_revoke_tree", TREE, RING0_HOT, DESCENDANTS,
      .run = bench_revoke_chain },
    { "cap_revoke_tree/random", "cap_revoke_tree", MEAN_OF(TREE), RING0_HOT, DESCENDANTS,
      .run = bench_revoke_random_tree },
    { "DelegateCapability/first", "DelegateCapability", DELEGATE, RING0_HOT, N_CAPS_K,
      .run = bench_delegate_first },
    { "DelegateCapability/again", "DelegateCapability", DELEGATE, RING0_HOT, N_CAPS_K,
      .run = bench_delegate_again },
    { "DelegateCapability/stale", "DelegateCapability", DELEGATE, RING0_HOT, N_CAPS_K,
      .run = bench_delegate_stale },

    { "LatticeLeq", "LatticeLeq", LEQ, RING0_HOT, K_MAX, .run = bench_lattice_leq },
    { "LatticeLub", "LatticeLub", BOUND, RING0_HOT, K_MAX, .run = bench_lattice_lub },
    { "LatticeGlb", "LatticeGlb", BOUND, RING0_HOT, K_MAX, .run = bench_lattice_glb },
    { "LatticeLeqWord", "LatticeLeqWord", LEQ, RING0_HOT, K_WORD, .run = bench_lattice_leq },
    { "LatticeLubWord", "LatticeLubWord", BOUND, RING0_HOT, K_WORD, .run = bench_lattice_lub },
    { "LatticeGlbWord", "LatticeGlbWord", BOUND, RING0_HOT, K_WORD, .run = bench_lattice_glb },
    { "LatticeLubSet", "LatticeLubSet", BOUND, RING0_HOT, SET, .run = bench_lattice_lub_set },
    { "LatticeGlbSet", "LatticeGlbSet", BOUND, RING0_HOT, SET, .run = bench_lattice_glb_set },

    { "VTLocalEvent", "VTLocalEvent", EVENT, RING0_HOT, N_DOM, .run = bench_vt_local_event },
    { "VTSend", "VTSend", SEND, RING0_HOT, N_DOM, .run = bench_vt_send },
    { "VTReceive", "VTReceive", RECEIVE, RING0_HOT, N_DOM, .run = bench_vt_receive },
    { "VTLt", "VTLt", LT, RING0_HOT, N_DOM, .run = bench_vt_lt },
    { "EpochSync", "EpochSync", SYNC, RING0_HOT, N_DOM, .run = bench_epoch_sync },
    { "EpochCascade", "EpochCascade", SPREAD, RING0_HOT, CASCADE, .run = bench_epoch_cascade },

    { "zalloc/last", "zalloc", ZALLOC, RING0_HOT, SLABS, .run = bench_zalloc_last },
    { "zalloc/random", "zalloc", MEAN_OF(ZALLOC), RING0_HOT, SLABS, .run = bench_zalloc_random },
    { "zalloc/roomy", "zalloc", ZALLOC, RING0_HOT, SLABS, .run = bench_zalloc_roomy },
    { "zalloc/kept", "zalloc", ZALLOC, RING0_HOT, SLABS, .run = bench_zalloc_kept },
    { "zalloc_cold", "zalloc_cold", ZALLOC, RING0_COLD, ONE("slabs", 16, 1024),
      .run = bench_zalloc_cold },
    { "zalloc_grow", "zalloc_grow", GROW, RING0_HOT, SLABS, .run = bench_zalloc_grow },
    { "zfree/last", "zfree", ZFREE, RING0_HOT, SLABS, .run = bench_zfree_last },
    { "zfree/random", "zfree", MEAN_OF(ZFREE), RING0_HOT, SLABS, .run = bench_zfree_random },
    { "zfree/roomy", "zfree", ZFREE, RING0_HOT, SLABS, .run = bench_zfree_roomy },
    { "zfree/kept", "zfree", ZFREE, RING0_HOT, SLABS, .run = bench_zfree_kept },
    { "zfree/give_back", "zfree", BACK, RING0_HOT, SLABS, .run = bench_zfree_give_back },

    { "cap_token_new", "cap_token_new", TOKEN, RING0_HOT, SLOT, .run = bench_token_new },
    { "cap_verify/genuine", "cap_verify", GENUINE, RING0_HOT, SLOT, .run = bench_verify_genuine },
    { "cap_verify_cold", "cap_verify_cold", GENUINE, RING0_COLD, ONE("slot", 64, 65535),
      .run = bench_verify_cold },
    { "cap_verify/forged", "cap_verify", FORGED, RING0_HOT, BIT, .run = bench_verify_forged },
#ifndef FP_NATIVE /* the library of the host has no ring 3 and no interrupts */
#include "ring3_rows.h"
#endif
};
const uint32_t bench_count = sizeof bench_table / sizeof *bench_table;
