/* SPDX-License-Identifier: MIT
 * Reuse distances: how many other lines were accessed since a line was accessed before. A fully
 * associative LRU cache of n lines hits exactly where the distance is below n.
 *
 * Each line has a mark at the time of its last access; a Fenwick tree over time counts the marks
 * behind it. O(log lines) an access: when time is full, the marks move together. (Olken 1981;
 * Bennett and Kruskal 1975.) */
#ifndef FEUERPROBE_REUSE_H
#define FEUERPROBE_REUSE_H

#include "table.h"

#include <string.h>

enum { REUSE_BUCKETS = 34 }; /* 0: distance 0; b: 2^(b-1) to 2^b - 1; the last: never before */

struct reuse {
    struct table lines;
    uint32_t *last; /* time of the last access, by line; 0: none */
    uint32_t last_room;
    uint32_t *tree, room, now; /* times 1 to room */
    uint64_t buckets[REUSE_BUCKETS];
    bool failed;
};

static inline void reuse_add(struct reuse *r, uint32_t at, int32_t by)
{
    for (; at <= r->room; at += at & -at)
        r->tree[at] += (uint32_t)by;
}

static inline uint32_t reuse_sum(const struct reuse *r, uint32_t to)
{
    uint32_t sum = 0;

    for (; to; to -= to & -to)
        sum += r->tree[to];
    return sum;
}

/* Move all marks together, in their order, and have room for as many more. O(room). */
static inline bool reuse_pack(struct reuse *r)
{
    const uint32_t room = r->lines.count < 1 << 14 ? 1 << 16 : 4 * r->lines.count;
    uint32_t *by_time = calloc((uint64_t)r->room + 1, sizeof *by_time); /* line + 1 */
    uint32_t *tree = calloc((uint64_t)room + 1, sizeof *tree), now = 0;

    if (!by_time || !tree)
        return free(by_time), free(tree), false;
    for (uint32_t line = 0; line < r->lines.count && line < r->last_room; line++)
        if (r->last[line])
            by_time[r->last[line]] = line + 1;
    free(r->tree);
    r->tree = tree;
    for (uint32_t at = 1; at <= r->now; at++)
        if (by_time[at])
            r->last[by_time[at] - 1] = ++now;
    free(by_time);
    r->room = room, r->now = now;
    for (uint32_t at = 1; at <= now; at++)
        reuse_add(r, at, 1);
    return true;
}

/* The line is accessed. */
static inline void reuse_access(struct reuse *r, uint64_t line)
{
    bool fresh;
    const uint32_t number = table_number(&r->lines, line, &fresh);

    if (number != TABLE_FULL && number >= r->last_room) {
        const uint32_t more = number < 1 << 12 ? 1 << 13 : 2 * number;
        uint32_t *last = realloc(r->last, more * sizeof *last);
        if (last) {
            memset(last + r->last_room, 0, (more - r->last_room) * sizeof *last);
            r->last = last, r->last_room = more;
        }
    }
    if (number == TABLE_FULL || number >= r->last_room || (r->now >= r->room && !reuse_pack(r))) {
        r->failed = true;
        return;
    }
    const uint32_t before = r->last[number];
    uint32_t bucket = REUSE_BUCKETS - 1;
    if (before) {
        const uint32_t distance = reuse_sum(r, r->now) - reuse_sum(r, before);
        bucket = distance ? 32u - (uint32_t)__builtin_clz(distance) : 0;
        reuse_add(r, before, -1);
    }
    r->buckets[bucket]++;
    reuse_add(r, r->last[number] = ++r->now, 1);
}

#endif
