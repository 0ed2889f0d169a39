/* SPDX-License-Identifier: MIT
 * Which of two events happened first, when no clock is shared?
 *
 * Each of n domains counts its own events and remembers the highest count that it heard of from
 * each other one. An event's vector is less than another's exactly when it could have caused it.
 *
 *    domain 0   [1 0 0] local     [2 0 0] send ----.
 *    domain 1                                       '--> [2 1 0] receive = maximum, then own + 1
 *    domain 2   [0 0 1] local: concurrent with all of them
 *
 *    0   4      8
 *    | n | self | count 0 | count 1 | ... | count n-1 |
 *
 * A count never wraps: the operation that would pass 2^64 - 1 fails and changes nothing.
 * Comparison and maximum take one step of constant length for each domain, whatever the counts. */
#ifndef CORE_VTIME_H
#define CORE_VTIME_H

#include <feuerbird/types.h>

#define VT_MAX_DOMAINS 4096u

struct vector_time {
    uint32_t n;
    uint32_t self; /* whose vector this is; in a stamp: the sender */
    uint64_t count[];
};

int vt_init(struct vector_time *time, uint32_t n, uint32_t self);
int vt_local_event(struct vector_time *time);
int vt_send(struct vector_time *time, struct vector_time *stamp);
int vt_receive(struct vector_time *time, const struct vector_time *stamp);
bool vt_lt(const struct vector_time *a, const struct vector_time *b);
bool vt_concurrent(const struct vector_time *a, const struct vector_time *b);

/* The bytes of a vector of n domains: what the caller of vt_init provides. O(1). */
static inline size_t vt_bytes(uint32_t n)
{
    return sizeof(struct vector_time) + (size_t)n * sizeof(uint64_t);
}

#endif
