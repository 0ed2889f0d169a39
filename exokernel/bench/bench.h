/* SPDX-License-Identifier: MIT
 * The benchmarks, by file. table.c gives each its name, operation, parameters and effect. */
#ifndef FEUERBIRD_BENCH_H
#define FEUERBIRD_BENCH_H

#include "feuerprobe.h"

/* bench/table.c */
extern const struct fp_benchmark bench_table[];
extern const uint32_t bench_count;
/* bench/arena.c */
void arena_init(void);
void arena_reset(void);
uint64_t bench_shift(void); /* by how many bytes, in whole cache lines, this boot shifts data */
void *arena_take(struct fp_run *run, uint64_t bytes);
const void *arena_bottom(struct fp_run *run, uint64_t bytes);
/* bench/cold.c */
void bench_cool(struct fp_run *run, const void *where, uint64_t bytes);
/* bench/captable_bench.c */
void bench_alloc_sequential(struct fp_run *run);
void bench_alloc_random(struct fp_run *run);
void bench_lookup_sequential(struct fp_run *run);
void bench_lookup_random(struct fp_run *run);
void bench_lookup_cold(struct fp_run *run);
void bench_revoke_sequential(struct fp_run *run);
void bench_revoke_random(struct fp_run *run);
/* bench/delegation_bench.c */
void bench_delegate_first(struct fp_run *run);
void bench_delegate_again(struct fp_run *run);
void bench_delegate_stale(struct fp_run *run);
void bench_revoke_derived(struct fp_run *run);
/* bench/revocation_bench.c */
void bench_revoke_chain(struct fp_run *run);
void bench_revoke_random_tree(struct fp_run *run);
/* bench/lattice_bench.c */
void bench_lattice_leq(struct fp_run *run);
void bench_lattice_lub(struct fp_run *run);
void bench_lattice_glb(struct fp_run *run);
void bench_lattice_lub_set(struct fp_run *run);
void bench_lattice_glb_set(struct fp_run *run);
/* bench/vtime_bench.c */
void bench_vt_local_event(struct fp_run *run);
void bench_vt_send(struct fp_run *run);
void bench_vt_receive(struct fp_run *run);
void bench_vt_lt(struct fp_run *run);
/* bench/epoch_bench.c */
void bench_epoch_sync(struct fp_run *run);
void bench_epoch_cascade(struct fp_run *run);
/* bench/zone_bench.c */
void bench_zalloc_last(struct fp_run *run);
void bench_zalloc_random(struct fp_run *run);
void bench_zalloc_roomy(struct fp_run *run);
void bench_zalloc_kept(struct fp_run *run);
void bench_zalloc_cold(struct fp_run *run);
void bench_zalloc_grow(struct fp_run *run);
void bench_zfree_last(struct fp_run *run);
void bench_zfree_random(struct fp_run *run);
void bench_zfree_roomy(struct fp_run *run);
void bench_zfree_kept(struct fp_run *run);
void bench_zfree_give_back(struct fp_run *run);
/* bench/token_bench.c */
void bench_token_new(struct fp_run *run);
void bench_verify_genuine(struct fp_run *run);
void bench_verify_cold(struct fp_run *run);
void bench_verify_forged(struct fp_run *run);

/* 64 pseudo-random bits for content, in a few instructions. */
static inline uint64_t bench_bits(struct fp_run *run)
{
    run->random = run->random * 6364136223846793005u + 1442695040888963407u;
    return run->random ^ run->random >> 32;
}

/* Give up unless batch is 1: for an operation whose second call would do something else. */
static inline bool bench_is_single(struct fp_run *run)
{
    if (run->batch != 1)
        fp_give_up(run, FP_OUT_OF_RANGE, "batch: 1");
    return run->batch == 1;
}
/* bench/machine_bench.c */
void bench_timer_ring0(struct fp_run *run);
void bench_ipi(struct fp_run *run);
void bench_spinlock(struct fp_run *run);
/* bench/ring3.c */
#define RING3(function, program) void function(struct fp_run *run);
#define OTHER_CPU(function, program) void function(struct fp_run *run);
#include "ring3.def"
#undef RING3
#undef OTHER_CPU

#endif
