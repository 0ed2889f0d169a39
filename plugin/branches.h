/* SPDX-License-Identifier: MIT
 * Conditional branches: how often they are taken, change their mind, and escape two textbook
 * predictors, which have a counter of two bits for each branch, and for each branch with the last
 * twelve outcomes (gshare). Their tables are as large as the program, so nothing aliases in the
 * first. A model, exact and repeatable; no processor is meant. */
#ifndef FEUERPROBE_BRANCHES_H
#define FEUERPROBE_BRANCHES_H

#include <stdbool.h>
#include <stdint.h>

enum { HISTORY_BITS = 12 };

struct branches {
    uint64_t executed, taken, changed, simple_misses, history_misses, unknown;
    uint32_t history;
    uint8_t counters[1 << HISTORY_BITS];
};

/* What is kept of one branch. */
struct branch {
    uint8_t counter;
    bool seen, last;
};

static inline bool branch_predict(uint8_t *counter, bool taken)
{
    const bool said = *counter >= 2;

    if (taken && *counter < 3)
        ++*counter;
    if (!taken && *counter)
        --*counter;
    return said == taken;
}

static inline void branch_executed(struct branches *b, struct branch *one, uint64_t at, bool taken)
{
    const uint32_t index = (uint32_t)(at ^ at >> HISTORY_BITS ^ b->history)
                           & ((1 << HISTORY_BITS) - 1);

    b->executed++;
    b->taken += taken;
    b->changed += one->seen && one->last != taken;
    b->simple_misses += !branch_predict(&one->counter, taken);
    b->history_misses += !branch_predict(&b->counters[index], taken);
    b->history = b->history << 1 | taken;
    one->seen = true, one->last = taken;
}

#endif
