/* SPDX-License-Identifier: MIT
 * A hash table from keys to small numbers 0, 1, 2, ... in the order in which the keys came. */
#ifndef FEUERPROBE_TABLE_H
#define FEUERPROBE_TABLE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

struct table {
    uint64_t *keys;    /* by number */
    uint32_t *buckets; /* number + 1; 0: free */
    uint32_t count, size;
};

#define TABLE_FULL (~0u)

static inline uint64_t table_hash(uint64_t key)
{
    const uint64_t h = key * 0x9e3779b97f4a7c15u;

    return h ^ h >> 29;
}

/* Twice the buckets. O(keys). False: no memory. */
static inline bool table_grow(struct table *t)
{
    const uint32_t size = t->size ? 2 * t->size : 1 << 12;
    uint32_t *fresh = calloc(size, sizeof *fresh);
    uint64_t *more = realloc(t->keys, size / 2 * sizeof *more);

    t->keys = more ? more : t->keys;
    if (!fresh || !more)
        return free(fresh), false;
    for (uint32_t i = 0; i < t->count; i++) {
        uint64_t at = table_hash(more[i]);
        while (fresh[at % size])
            at++;
        fresh[at % size] = i + 1;
    }
    free(t->buckets);
    t->buckets = fresh, t->size = size;
    return true;
}

/* The number of a key; *fresh tells whether it is new. TABLE_FULL: no memory. */
static inline uint32_t table_number(struct table *t, uint64_t key, bool *fresh)
{
    uint64_t at = table_hash(key);

    *fresh = false;
    for (; t->size && t->buckets[at % t->size]; at++) {
        const uint32_t i = t->buckets[at % t->size] - 1;
        if (t->keys[i] == key)
            return i;
    }
    if (2 * t->count >= t->size) {
        if (!table_grow(t))
            return TABLE_FULL;
        for (at = table_hash(key); t->buckets[at % t->size]; at++)
            ;
    }
    *fresh = true;
    t->keys[t->count] = key;
    t->buckets[at % t->size] = t->count + 1;
    return t->count++;
}

#endif
