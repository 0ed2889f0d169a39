/* SPDX-License-Identifier: MIT
 * Vector time against the truth: in random histories, the set of events that each event could have
 * been caused by is kept as a bit mask, and "happened before" must say the same. */
#include <stdlib.h>
#include <string.h>

#include <feuerbird/errors.h>

#include "check.h"
#include "vtime.h"

#define OPERATIONS 1000000
#define EVENTS 64 /* in a history: one bit each */
#define DOMAINS 7
#define FLYING 8
#define COMPARED 12

struct event {
    struct vector_time *time;
    uint64_t past; /* all events that could have caused it, itself included */
};

struct message {
    struct vector_time *stamp;
    uint64_t past;
    bool used;
};

static struct vector_time *new_vector(uint32_t n, uint32_t self)
{
    struct vector_time *time = malloc(vt_bytes(n));

    CHECK(vt_init(time, n, self) == FB_OK);
    return time;
}

static void copy(struct vector_time *to, const struct vector_time *from)
{
    memcpy(to, from, vt_bytes(from->n));
}

/* One random event of a history, with the model's view of it; returns the causal past. */
static uint64_t happen(struct vector_time **domains, uint64_t *known, struct message *flying,
                       uint32_t self, uint64_t bit)
{
    struct message *message = &flying[check_below(FLYING)];
    struct vector_time *time = domains[self];

    known[self] |= bit;
    if (message->used && check_below(3)) { /* delivered once or more often, in any order */
        uint64_t expected[DOMAINS];

        for (uint32_t i = 0; i < time->n; i++)
            expected[i] =
                (time->count[i] > message->stamp->count[i] ? time : message->stamp)->count[i];
        expected[self]++;
        CHECK(vt_receive(time, message->stamp) == FB_OK);
        CHECK(memcmp(expected, time->count, time->n * sizeof *expected) == 0);
        CHECK(vt_lt(message->stamp, time)); /* sent before received */
        known[self] |= message->past;
    } else if (check_below(2)) {
        const uint64_t before = time->count[self];

        CHECK(vt_send(time, message->stamp) == FB_OK);
        CHECK(time->count[self] == before + 1 && message->stamp->self == self);
        CHECK(memcmp(message->stamp, time, vt_bytes(time->n)) == 0);
        message->past = known[self];
        message->used = true;
    } else {
        const uint64_t before = time->count[self];

        CHECK(vt_local_event(time) == FB_OK && time->count[self] == before + 1);
    }
    return known[self];
}

static void history(uint32_t n)
{
    struct vector_time *domains[DOMAINS];
    struct message flying[FLYING];
    struct event events[EVENTS];
    uint64_t known[DOMAINS] = { 0 };

    for (uint32_t i = 0; i < n; i++)
        domains[i] = new_vector(n, i);
    for (uint32_t i = 0; i < FLYING; i++)
        flying[i] = (struct message){ .stamp = new_vector(n, 0) };
    for (uint32_t e = 0; e < EVENTS; e++) {
        const uint32_t self = check_below(n);

        events[e].past = happen(domains, known, flying, self, (uint64_t)1 << e);
        events[e].time = new_vector(n, self);
        copy(events[e].time, domains[self]);
        for (uint32_t i = 0; i < COMPARED; i++) {
            const uint32_t f = check_below(e + 1);
            const bool before = f != e && (events[e].past >> f & 1);

            CHECK(vt_lt(events[f].time, events[e].time) == before);
            CHECK(!vt_lt(events[e].time, events[f].time));
            CHECK(vt_concurrent(events[e].time, events[f].time) == (f != e && !before));
        }
    }
    for (uint32_t i = 0; i < n; i++)
        free(domains[i]);
    for (uint32_t i = 0; i < FLYING; i++)
        free(flying[i].stamp);
    for (uint32_t e = 0; e < EVENTS; e++)
        free(events[e].time);
}

static void knows_what_happened_before(void)
{
    for (uint32_t i = 0; i < OPERATIONS / EVENTS; i++)
        history(1 + i % DOMAINS);
}

/* The laws of a strict order, on small random vectors: many of them equal or in order. */
static void obeys_the_laws(void)
{
    for (uint32_t round = 0; round < 100000; round++) {
        const uint32_t n = 1 + round % 4;
        struct vector_time *v[3];

        for (int i = 0; i < 3; i++) {
            v[i] = new_vector(n, 0);
            for (uint32_t k = 0; k < n; k++) /* small, or next to the largest, or either */
                v[i]->count[k] = check_below(3) - (round % 3 ? 0 : (uint64_t)check_below(2));
        }
        CHECK(!vt_lt(v[0], v[0]) && !vt_concurrent(v[0], v[0]));
        CHECK(!(vt_lt(v[0], v[1]) && vt_lt(v[1], v[0])));
        CHECK(!(vt_lt(v[0], v[1]) && vt_lt(v[1], v[2])) || vt_lt(v[0], v[2]));
        CHECK(vt_concurrent(v[0], v[1]) == vt_concurrent(v[1], v[0]));
        CHECK(vt_lt(v[0], v[1]) + vt_lt(v[1], v[0]) + vt_concurrent(v[0], v[1])
                  + (memcmp(v[0]->count, v[1]->count, n * sizeof(uint64_t)) == 0)
              == 1);
        for (int i = 0; i < 3; i++)
            free(v[i]);
    }
}

static void sees_each_single_domain(void)
{
    struct vector_time *a = new_vector(VT_MAX_DOMAINS, 0), *b = new_vector(VT_MAX_DOMAINS, 0);

    for (uint32_t i = 0; i < VT_MAX_DOMAINS; i++) {
        a->count[i] = UINT64_MAX;
        CHECK(vt_lt(b, a) && !vt_lt(a, b) && !vt_concurrent(a, b));
        b->count[(i + 1) % VT_MAX_DOMAINS] = 1;
        CHECK(!vt_lt(b, a) && !vt_lt(a, b) && vt_concurrent(a, b));
        a->count[i] = b->count[(i + 1) % VT_MAX_DOMAINS] = 0;
    }
    free(a), free(b);
}

static void never_wraps(void)
{
    struct vector_time *time = new_vector(3, 1), *stamp = new_vector(3, 2), *old = new_vector(3, 0);

    time->count[1] = UINT64_MAX - 1;
    stamp->count[0] = UINT64_MAX; /* the largest count of another is no reason to fail */
    CHECK(vt_receive(time, stamp) == FB_OK);
    CHECK(time->count[0] == UINT64_MAX && time->count[1] == UINT64_MAX);
    copy(old, time);
    stamp->count[2] = 5;
    CHECK(vt_local_event(time) == FB_EOVERFLOW);
    CHECK(vt_receive(time, stamp) == FB_EOVERFLOW);
    CHECK(vt_send(time, stamp) == FB_EOVERFLOW);
    CHECK(memcmp(time, old, vt_bytes(3)) == 0 && stamp->self == 2 && stamp->count[2] == 5);
    free(time), free(stamp), free(old);
}

static void refuses_what_does_not_fit(void)
{
    struct vector_time *time = new_vector(3, 1), *other = new_vector(4, 2), *old = new_vector(3, 0);
    struct vector_time *liar = new_vector(3, 0);

    CHECK(vt_init(old, 0, 0) == FB_EINVALID && vt_init(old, 3, 3) == FB_EINVALID);
    CHECK(vt_init(old, VT_MAX_DOMAINS + 1, 0) == FB_EINVALID);
    other->count[3] = 9;
    copy(old, time);
    CHECK(vt_receive(time, other) == FB_EINVALID && vt_send(time, other) == FB_EINVALID);
    CHECK(!vt_lt(time, other) && !vt_lt(other, time) && !vt_concurrent(time, other));
    liar->count[1] = 1; /* an event of ours that never happened */
    CHECK(vt_receive(time, liar) == FB_EINVALID);
    CHECK(memcmp(time, old, vt_bytes(3)) == 0);
    free(time), free(other), free(old), free(liar);
}

int main(int argc, char **argv)
{
    check_begin("vtime", argc, argv);
    RUN(knows_what_happened_before);
    RUN(obeys_the_laws);
    RUN(sees_each_single_domain);
    RUN(never_wraps);
    RUN(refuses_what_does_not_fit);
    return check_end("vtime");
}
