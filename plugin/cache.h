/* SPDX-License-Identifier: MIT
 * A modelled cache or TLB: set-associative, LRU, write-allocate, without prefetcher. */
#ifndef FEUERPROBE_CACHE_H
#define FEUERPROBE_CACHE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { PAGE_BITS = 12 };

/* `sets` rows of `ways` tags; the most recently used first. */
struct cache {
    uint32_t sets, ways, shift;
    uint64_t *tags;
};
struct geometry {
    uint32_t sets, ways, shift;
};

/* Look `address` up and load it. True: it was there. O(ways). */
static inline bool touch(struct cache *c, uint64_t address)
{
    const uint64_t tag = address >> c->shift | 1ull << 63; /* never 0, which marks an empty way */
    uint64_t *set = c->tags + (tag & (c->sets - 1)) * c->ways, held = tag;

    for (uint32_t i = 0; i < c->ways; i++) {
        const uint64_t next = set[i];
        set[i] = held;
        if (next == tag)
            return true;
        held = next;
    }
    return false;
}

static inline struct cache make(struct geometry g)
{
    return (struct cache){ g.sets, g.ways, g.shift, calloc(8ul * g.sets * g.ways, 1) };
}

static inline bool power_of_two(uint32_t n) { return n && !(n & (n - 1)); }

/* KiB/ways/line, or entries/ways for the TLB. False: no such cache. */
static inline bool read_geometry(const char *text, struct geometry *g, bool is_tlb)
{
    unsigned int size, ways, line = 1u << PAGE_BITS;

    if (is_tlb ? sscanf(text, "%u/%u", &size, &ways) != 2
               : sscanf(text, "%u/%u/%u", &size, &ways, &line) != 3)
        return false;
    if (!ways || !power_of_two(line) || size > 1u << 20)
        return false;
    const uint64_t lines = is_tlb ? size : size * 1024ull / line;
    *g = (struct geometry){ (uint32_t)(lines / ways), ways, (uint32_t)__builtin_ctz(line) };
    return lines % ways == 0 && power_of_two(g->sets);
}

#endif
