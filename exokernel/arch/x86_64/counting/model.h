/* SPDX-License-Identifier: MIT
 * A model of one processor's performance counters, for where there are none: the registers that
 * counters.c and program.c use, as the manuals describe them, and nothing else. It counts only while
 * it is told to by every register that has a say, so a wrong bit or order shows as a wrong count. */
#ifndef FEUERBIRD_MODEL_H
#define FEUERBIRD_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "x86.h"

enum { MODEL_COUNTERS = 6, MODEL_BITS = 48 };

/* What is modelled. "shared": version 2, but somebody else has the counters half of the time. */
#define MODEL_KINDS(X) X(none) X(intel1) X(intel2) X(intel5) X(amd) X(amd2) X(shared)
#define MODEL_ENUM(name) MODEL_##name,
enum model_kind { MODEL_KINDS(MODEL_ENUM) MODEL_KIND_COUNT };
#undef MODEL_ENUM

/* All zero after a reset. `now` of the functions below: how many instructions there were so far. */
struct model {
    enum model_kind kind;
    uint64_t select[MODEL_COUNTERS], counter[MODEL_COUNTERS], global;
    uint64_t since; /* the counters are as of then */
};

/* The kind's name; MODEL_KIND_COUNT: no such. */
enum model_kind model_named(const char *name, uint64_t length);
/* What CPUID says of counters: changes *answer, which is the processor's own. */
void model_cpuid(const struct model *model, uint32_t leaf, struct x86_cpuid *answer);
/* wrmsr. false: general protection. */
bool model_write(struct model *model, uint32_t msr, uint64_t value, uint64_t now);
/* rdpmc. false: general protection. Instructions count 1, cycles 2, misses of a cache 3 and of a
 * branch 5 for each instruction, so that none is taken for another. */
bool model_rdpmc(struct model *model, uint32_t index, uint64_t now, uint64_t *value);

#endif
