/* SPDX-License-Identifier: MIT
 * The benchmarks, by file. table.c gives each its name, operation, parameters and effect. */
#ifndef FEUERBIRD_BENCH_H
#define FEUERBIRD_BENCH_H

#include "feuerprobe.h"

/* bench/table.c */
extern const struct fp_benchmark bench_table[];
extern const uint32_t bench_count;
/* bench/captable_bench.c */
void bench_alloc_sequential(struct fp_run *run);
void bench_alloc_random(struct fp_run *run);
void bench_lookup_sequential(struct fp_run *run);
void bench_lookup_random(struct fp_run *run);
void bench_revoke_sequential(struct fp_run *run);
void bench_revoke_random(struct fp_run *run);
/* bench/machine_bench.c */
void bench_timer_ring0(struct fp_run *run);
void bench_ipi(struct fp_run *run);
/* bench/ring3.c */
#define RING3(function, program) void function(struct fp_run *run);
#define OTHER_CPU(function, program) void function(struct fp_run *run);
#include "ring3.def"
#undef RING3
#undef OTHER_CPU

#endif
