/* SPDX-License-Identifier: MIT
 * Memory that calls read and write: ranges that end before, at and behind each border of what is
 * mapped, the last page of ring 3 included, by every call and of odd lengths; and buffers that may
 * only be read. What is copied is exact, and nothing beyond it changes. */
#include "test.h"

#define LAST (EXO_USER_END - FB_PAGE_SIZE)
#define FIXED (AREA + 16 * FB_PAGE_SIZE) /* may only be read */
#define EDIT (AREA + 32 * FB_PAGE_SIZE)  /* the same page, to be written */
enum { CANARY = 0x5a };

static uint8_t pattern(uint64_t i) { return (uint8_t)(i * 7 + 1); }

static void fill(uint64_t at, uint64_t n, bool canary)
{
    for (uint64_t i = 0; i < n; i++)
        *(volatile uint8_t *)(at + i) = canary ? CANARY : pattern(i);
}

/* Whether the first `n` bytes are the pattern, and the rest up to `room` is untouched. */
static bool holds(uint64_t at, uint64_t n, uint64_t room)
{
    for (uint64_t i = 0; i < room; i++)
        if (*(volatile uint8_t *)(at + i) != (i < n ? pattern(i) : CANARY))
            return false;
    return true;
}

/* Sends messages of the length that shared[0] tells, from an odd address. */
int64_t test_range_sender(uint64_t a, uint64_t to)
{
    volatile uint64_t *shared = (uint64_t *)SHARED;

    (void)a;
    lib_page(AREA, RW);
    fill(AREA + 1, FB_PAGE_SIZE - 1, false);
    for (;;) {
        const uint64_t v[6] = { to, AREA + 1, EXO_MEMORY | shared[0] };
        test_raw(SYS_send, v);
    }
}

/* Receives messages; shared[1] counts those that were whole. */
int64_t test_range_receiver(uint64_t a, uint64_t b)
{
    volatile uint64_t *shared = (uint64_t *)SHARED;

    (void)a, (void)b;
    lib_page(AREA, RW), lib_page(AREA + FB_PAGE_SIZE, RW);
    for (;;) {
        fill(AREA, FB_PAGE_SIZE, true);
        const uint64_t v[6] = { 0, AREA + 3, FB_PAGE_SIZE };
        const int64_t n = test_raw(SYS_recv, v);
        shared[1] += n > EXO_REGISTER_BYTES && holds(AREA + 3, (uint64_t)n, FB_PAGE_SIZE - 3);
        shared[2]++;
    }
}

/* Where a range lies: its first byte, and whether all of it may be read and written. */
struct range {
    uint64_t at;
    bool readable, writable;
};

/* All places for a range of `n` bytes, near each border. */
static uint64_t places(uint64_t n, struct range out[24])
{
    const uint64_t ends[] = { AREA + FB_PAGE_SIZE, EXO_USER_END, FIXED + FB_PAGE_SIZE };
    uint64_t k = 0;

    for (uint64_t i = 0; i < 3; i++)
        for (uint64_t end = ends[i] - 1; end <= ends[i] + 1; end++)
            out[k++] = (struct range){ end - n, end <= ends[i], end <= ends[i] && i < 2 };
    out[k++] = (struct range){ AREA, true, true };
    out[k++] = (struct range){ AREA - 1, false, false };
    out[k++] = (struct range){ EXO_USER_END, false, false };
    out[k++] = (struct range){ 0xffff800000000000, false, false };
    out[k++] = (struct range){ -n, false, false };
    out[k++] = (struct range){ -1ul, false, false };
    return k;
}

static bool prepared(const struct range *r, uint64_t n, bool canary)
{
    if (r->writable)
        fill(r->at, n, canary);
    else if (r->readable)
        fill(r->at - FIXED + EDIT, n, canary);
    return r->writable;
}

/* Receive into each place, while the sender is blocked and while it is not. */
static void receive_everywhere(struct test *t, uint64_t n, bool blocked)
{
    struct range place[24];
    const uint64_t count = places(n, place);

    for (uint64_t i = 0; i < count; i++) {
        const uint64_t v[6] = { 0, place[i].at, n, EXO_FOREVER };
        const bool good = prepared(&place[i], n, true);
        if (blocked)
            exo_yield_to(0);
        const int64_t result = test_raw(i % 2 ? SYS_recv_timed : SYS_recv, v);
        CHECK(t, result == (good ? (int64_t)n : FB_EADDRESS));
        CHECK(t, !good || holds(place[i].at, n, n));
    }
}

static void send_everywhere(struct test *t, cap_id_t to, uint64_t n)
{
    volatile uint64_t *shared = (uint64_t *)SHARED;
    struct range place[24];
    const uint64_t count = places(n, place);

    for (uint64_t i = 0; i < count; i++) {
        const uint64_t v[6] = { to, place[i].at, EXO_MEMORY | n }, got = shared[1];
        prepared(&place[i], n, false);
        CHECK(t, test_raw(SYS_send, v) == (place[i].readable ? FB_OK : FB_EADDRESS));
        exo_yield_to(0);
        CHECK(t, shared[1] == got + place[i].readable && shared[2] == shared[1]);
    }
}

/* Calls that copy a structure of `n` bytes in or out. */
static void structures_everywhere(struct test *t, cap_id_t page)
{
    struct range place[24];
    uint64_t count = places(sizeof(struct exo_cap), place);
    struct exo_cap token;

    CHECK(t, exo_cap_export(page, RW, &token) == FB_OK);
    for (uint64_t i = 0; i < count; i++) {
        struct exo_cap *at = (struct exo_cap *)place[i].at;
        const int64_t made = exo_cap_export(page, RW, at), known = exo_cap_verify(at);
        CHECK(t, made == (place[i].writable ? FB_OK : FB_EADDRESS));
        CHECK(t, known == (place[i].writable ? RW : place[i].readable ? FB_EFORGED : FB_EADDRESS));
        const int64_t copy = exo_cap_import(at);
        CHECK(t, place[i].writable ? copy > 0 : copy == known);
        exo_cap_drop((cap_id_t)(copy > 0 ? copy : 0));
    }
    for (uint64_t n = 1; n <= EXO_GRANT_MAX; n++) {
        count = places(8 * n, place);
        for (uint64_t i = 0; i < count; i++) {
            const uint64_t v[6] = { EXO_SELF, place[i].at, n, EXO_RIGHT_R };
            const int64_t caps = exo_info(EXO_INFO_CAPS);
            cap_id_t list[EXO_GRANT_MAX];
            for (uint64_t k = 0; k < n; k++)
                list[k] = page;
            for (uint64_t k = 0; k < 8 * n && place[i].writable; k++)
                *(uint8_t *)(place[i].at + k) = ((uint8_t *)list)[k];
            const int64_t result = test_raw(SYS_grant, v);
            /* what lies in the page that may only be read names nothing */
            CHECK(t, result
                         == (place[i].writable   ? FB_OK
                             : place[i].readable ? FB_ESTALE
                                                 : FB_EADDRESS));
            for (uint64_t k = 0; k < 8 * n && place[i].writable; k++)
                ((uint8_t *)list)[k] = *(uint8_t *)(place[i].at + k);
            CHECK(t, exo_info(EXO_INFO_CAPS) == caps + (place[i].writable ? (int64_t)n : 0));
            for (uint64_t k = 0; k < n && place[i].writable; k++)
                CHECK(t, exo_cap_drop(list[k]) == FB_OK);
        }
    }
}

void test_ranges(struct test *t)
{
    volatile uint64_t *shared = (uint64_t *)SHARED;
    const uint64_t lengths[] = { 33, 40, 41, 47, 100, 4089, FB_PAGE_SIZE - 1 };
    const cap_id_t page = lib_page(SHARED, RW), area = lib_page(AREA, RW),
                   last = lib_page(LAST, RW);
    const cap_id_t fixed = lib_page(FIXED, EXO_RIGHT_R);
    const cap_id_t edit = (cap_id_t)exo_derive(fixed, RW);

    CHECK(t, exo_map(0, edit, EDIT, RW) == FB_OK);
    for (uint64_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        const cap_id_t sender = (cap_id_t)lib_create(0), receiver = (cap_id_t)lib_create(0);
        shared[0] = lengths[i], shared[1] = shared[2] = 0;
        lib_share(sender, page, SHARED, RW), lib_share(receiver, page, SHARED, RW);
        lib_start(sender, PROGRAM_test_range_sender, 0, lib_give(sender, EXO_SELF, EXO_RIGHT_W));
        receive_everywhere(t, lengths[i], true);
        receive_everywhere(t, lengths[i], false);
        exo_env_destroy(sender);
        lib_start(receiver, PROGRAM_test_range_receiver, 0, 0);
        exo_yield_to(0); /* it waits */
        if (lengths[i] <= FB_PAGE_SIZE - 3)
            send_everywhere(t, receiver, lengths[i]);
        exo_env_destroy(receiver);
    }
    structures_everywhere(t, area);
    exo_unbind_page(page), exo_unbind_page(area), exo_unbind_page(last), exo_unbind_page(fixed);
}
