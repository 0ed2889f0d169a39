/* SPDX-License-Identifier: MIT
 * A model of one processor's performance counters, for machines that have none. It has the
 * registers that counters.c and program.c use, as the manuals describe them. It counts only while
 * all of its registers agree, so a wrong bit or a wrong order shows as a wrong count. */
#ifndef FEUERBIRD_MODEL_H
#define FEUERBIRD_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "x86.h"

enum { MODEL_COUNTERS = 6, MODEL_BITS = 48 };

/* The kinds. "shared": version 2, but another program has the counters half of the time. */
#define MODEL_KINDS(X) X(none) X(intel1) X(intel2) X(intel5) X(amd) X(amd2) X(shared)
#define MODEL_ENUM(name) MODEL_##name,
enum model_kind { MODEL_KINDS(MODEL_ENUM) MODEL_KIND_COUNT };
#undef MODEL_ENUM

/* All zero after a reset. `now` below is the number of instructions so far. */
struct model {
    enum model_kind kind;
    uint64_t select[MODEL_COUNTERS], counter[MODEL_COUNTERS], global;
    uint64_t since; /* the counters are up to date at this `now` */
};

/* The kind of this name; MODEL_KIND_COUNT: there is none. */
enum model_kind model_named(const char *name, uint64_t length);
/* Change *answer, which the processor gave to CPUID, to what the model says of counters. */
void model_cpuid(const struct model *model, uint32_t leaf, struct x86_cpuid *answer);
/* wrmsr. False: it raises general protection. */
bool model_write(struct model *model, uint32_t msr, uint64_t value, uint64_t now);
/* rdpmc. False: it raises general protection. For each instruction, instructions count 1, cycles 2,
 * cache misses 3 and branch misses 5, so that a wrong event shows. */
bool model_rdpmc(struct model *model, uint32_t index, uint64_t now, uint64_t *value);

#endif
