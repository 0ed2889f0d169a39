/* SPDX-License-Identifier: MIT
 * Benchmarks whose program runs in ring 3 (user/bench/). Each starts it in an environment. */
#include "bench.h"

#include "kernel.h"

#include "exo.h"

#define RING3(function, program)                                                                   \
    void function(struct fp_run *run) { user_run(run, PROGRAM_##program, 0); }
#define OTHER_CPU(function, program)                                                               \
    void function(struct fp_run *run) { user_run(run, PROGRAM_##program, 1); }
#include "ring3.def"
