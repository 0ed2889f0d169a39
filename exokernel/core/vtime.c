/* SPDX-License-Identifier: MIT */
#include "vtime.h"

#include <feuerbird/errors.h>
#include <loopbound.h>

/* Makes the vector of domain `self` among n, all zero; FB_EINVALID when n or self is out of range.
 * The caller hands in vt_bytes(n) bytes, aligned to 8. A stamp is made the same way. O(N_dom). */
int vt_init(struct vector_time *time, uint32_t n, uint32_t self)
{
    if (n == 0 || n > VT_MAX_DOMAINS || self >= n)
        return FB_EINVALID;
    time->n = n;
    time->self = self;
    FB_LOOP("N_dom", for (uint32_t i = 0; i < n; i++))
        time->count[i] = 0;
    return FB_OK;
}

/* Counts an event of the vector's own domain; FB_EOVERFLOW, unchanged, after the last. O(1). */
int vt_local_event(struct vector_time *time)
{
    uint64_t *own = &time->count[time->self];

    if (*own == UINT64_MAX)
        return FB_EOVERFLOW;
    ++*own;
    return FB_OK;
}

/* Counts the sending and writes the stamp that travels with the message. FB_EINVALID when the
 * stamp is not for as many domains, FB_EOVERFLOW as vt_local_event. O(N_dom). */
int vt_send(struct vector_time *time, struct vector_time *stamp)
{
    int status;

    if (stamp->n != time->n)
        return FB_EINVALID;
    status = vt_local_event(time);
    if (status != FB_OK)
        return status;
    stamp->self = time->self;
    FB_LOOP("N_dom", for (uint32_t i = 0, n = time->n; i < n; i++))
        stamp->count[i] = time->count[i];
    return FB_OK;
}

/* Takes over what the stamp knows and counts the receipt. FB_EINVALID, unchanged, when the stamp
 * is not for as many domains or tells of events of ours that never happened; FB_EOVERFLOW as
 * vt_local_event. O(N_dom). */
int vt_receive(struct vector_time *time, const struct vector_time *stamp)
{
    if (stamp->n != time->n || stamp->count[time->self] > time->count[time->self])
        return FB_EINVALID;
    if (time->count[time->self] == UINT64_MAX)
        return FB_EOVERFLOW;
    FB_LOOP("N_dom", for (uint32_t i = 0, n = time->n; i < n; i++)) {
        const uint64_t ours = time->count[i], theirs = stamp->count[i];

        time->count[i] = ours > theirs ? ours : theirs;
    }
    time->count[time->self]++;
    return FB_OK;
}

/* Whether some count of `a` exceeds that of `b` (bit 0), and some of `b` that of `a` (bit 1).
 * Looks at all of them. O(N_dom). */
static uint32_t exceeds(const struct vector_time *a, const struct vector_time *b)
{
    uint32_t above = 0, below = 0;

    FB_LOOP("N_dom", for (uint32_t i = 0, n = a->n; i < n; i++)) {
        above |= a->count[i] > b->count[i];
        below |= a->count[i] < b->count[i];
    }
    return above | below << 1;
}

/* Whether `a` happened before `b`: nowhere more, somewhere less. Vectors of different n never
 * are in order. O(N_dom). */
bool vt_lt(const struct vector_time *a, const struct vector_time *b)
{
    return a->n == b->n && exceeds(a, b) == 2;
}

/* Whether neither could have caused the other: each knows more somewhere. O(N_dom). */
bool vt_concurrent(const struct vector_time *a, const struct vector_time *b)
{
    return a->n == b->n && exceeds(a, b) == 3;
}
