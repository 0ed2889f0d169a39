/* SPDX-License-Identifier: MIT
 * The capability table against its promises, and against a model that is too simple to be wrong. */
#include "captable.h"
#include "check.h"

#include <feuerbird/errors.h>
#include <string.h>

enum { SMALL = 200, OPERATIONS = 1000000, DEAD = 4096 };

static struct cap_slot slots[CAP_MAX], other_slots[CAP_MAX];
static struct cap_table table, other;
static cap_id_t ids[CAP_MAX], other_ids[CAP_MAX];

static cap_id_t alloc_one(void) { return cap_table_alloc(&table, CAP_PAGE, 7, 3, 42); }

/* Every operation must refuse the identifier as stale, and lookup must leave *out alone. */
static bool is_stale(cap_id_t id)
{
    struct cap_entry out, before;

    memset(&out, 0x5a, sizeof out);
    before = out;
    return cap_table_lookup(&table, id, &out) == FB_ESTALE && !memcmp(&out, &before, sizeof out)
           && cap_table_inc(&table, id) == FB_ESTALE && cap_table_dec(&table, id) == FB_ESTALE
           && cap_table_remove(&table, id) == FB_ESTALE
           && cap_table_revoke(&table, id) == FB_ESTALE;
}

static void refuses_bad_capacity(void)
{
    CHECK(cap_table_init(&table, slots, 0) == FB_EINVALID);
    CHECK(cap_table_init(&table, slots, 1) == FB_EINVALID);
    CHECK(cap_table_init(&table, slots, CAP_MAX + 1) == FB_EINVALID);
    CHECK(cap_table_init(&table, slots, 2) == FB_OK);
    CHECK(cap_table_init(&table, slots, CAP_MAX) == FB_OK);
}

static void returns_what_was_stored(void)
{
    struct cap_entry out;

    cap_table_init(&table, slots, SMALL);
    const cap_id_t id = cap_table_alloc(&table, CAP_IRQ, 0xdeadbeef, 0xffffffff, 0x80000001);
    CHECK(id != 0 && table.used == 1);
    CHECK(cap_table_lookup(&table, id, &out) == FB_OK);
    CHECK(out.type == CAP_IRQ && out.refs == 1 && out.resource == 0xdeadbeef);
    CHECK(out.rights == 0xffffffff && out.owner == 0x80000001);
    CHECK(cap_table_alloc(&table, CAP_NONE, 1, 2, 3) == 0 && table.used == 1);
}

static void refuses_identifiers_never_issued(void)
{
    cap_table_init(&table, slots, CAP_MAX); /* leaves good-looking slots past the small table */
    cap_table_fill(&table, CAP_MAX - 1, CAP_PAGE, 0, 1, 2, ids);
    cap_table_init(&table, slots, SMALL);
    const cap_id_t id = alloc_one();
    CHECK(is_stale(0));
    for (int bit = 0; bit < 64; bit++)
        CHECK(is_stale(id ^ 1ull << bit) && is_stale(1ull << bit));
    for (cap_id_t index = 0; index < CAP_MAX; index++)
        CHECK(index == 1 || is_stale(CAP_GENERATION_ONE | index));
    CHECK(is_stale(slots[0].id) && is_stale(slots[5].id)); /* what unused and free slots hold */
    CHECK(!is_stale(id));
}

static void kills_an_identifier_for_ever(void)
{
    int (*const ends[])(struct cap_table *, cap_id_t) = { cap_table_revoke, cap_table_remove,
                                                          cap_table_dec };
    for (int i = 0; i < 3; i++) {
        cap_table_init(&table, slots, 2);
        const cap_id_t first = alloc_one();
        CHECK(ends[i](&table, first) == FB_OK && table.used == 0 && is_stale(first));
        const cap_id_t second = alloc_one();
        CHECK(second && second != first && (second & CAP_INDEX_MASK) == (first & CAP_INDEX_MASK));
        CHECK(is_stale(first));
    }
}

static void counts_references(void)
{
    struct cap_entry out;

    cap_table_init(&table, slots, SMALL);
    const cap_id_t id = alloc_one();
    for (uint32_t refs = 1; refs < UINT16_MAX; refs++)
        CHECK(cap_table_inc(&table, id) == FB_OK);
    CHECK(cap_table_inc(&table, id) == FB_EOVERFLOW);
    CHECK(cap_table_lookup(&table, id, &out) == FB_OK && out.refs == UINT16_MAX);
    for (uint32_t refs = UINT16_MAX; refs > 1; refs--)
        CHECK(cap_table_dec(&table, id) == FB_OK);
    CHECK(cap_table_lookup(&table, id, &out) == FB_OK && out.refs == 1);
    CHECK(cap_table_dec(&table, id) == FB_OK && is_stale(id));
    const cap_id_t shared = alloc_one();
    CHECK(cap_table_inc(&table, shared) == FB_OK);
    CHECK(cap_table_revoke(&table, shared) == FB_OK && is_stale(shared)); /* references or not */
}

static void holds_65535_and_not_one_more(void)
{
    cap_table_init(&table, slots, CAP_MAX);
    CHECK(cap_table_fill(&table, CAP_MAX - 2, CAP_PAGE, 0, 1, 2, ids) == CAP_MAX - 2);
    ids[CAP_MAX - 2] = alloc_one();
    CHECK(ids[CAP_MAX - 2] != 0 && table.used == CAP_MAX - 1);
    CHECK(alloc_one() == 0 && alloc_one() == 0 && table.used == CAP_MAX - 1);
    static bool seen[CAP_MAX];
    for (uint32_t i = 0; i < CAP_MAX - 1; i++) {
        CHECK((ids[i] & CAP_INDEX_MASK) && !seen[ids[i] & CAP_INDEX_MASK]);
        seen[ids[i] & CAP_INDEX_MASK] = true;
    }
    CHECK(cap_table_revoke(&table, ids[12345]) == FB_OK);
    CHECK(alloc_one() > ids[12345] && alloc_one() == 0);
}

/* FeuerBird's public code stops after 32,767 of these, and 16-bit epochs would wrap at 65,536. */
static void revokes_for_ever(void)
{
    cap_id_t last = 0;

    cap_table_init(&table, slots, 2);
    for (int i = 0; i < 100000; i++) {
        const cap_id_t id = alloc_one();
        CHECK(id > last && (id & CAP_INDEX_MASK) == 1);
        CHECK(cap_table_revoke(&table, id) == FB_OK);
        last = id;
    }
    CHECK(is_stale(last) && is_stale(CAP_GENERATION_ONE | 1));
}

static void retires_a_slot_without_generations(void)
{
    cap_table_init(&table, slots, 3);
    slots[1].id = CAP_GENERATION_MAX << CAP_INDEX_BITS; /* the last one is to come */
    const cap_id_t last = alloc_one(), second = alloc_one();
    CHECK(last == (CAP_GENERATION_MAX << CAP_INDEX_BITS | 1) && (second & CAP_INDEX_MASK) == 2);
    CHECK(cap_table_revoke(&table, last) == FB_OK && table.retired == 1 && table.used == 1);
    CHECK(is_stale(last) && is_stale(1) && is_stale(0) && is_stale(CAP_GENERATION_ONE | 1));
    CHECK(alloc_one() == 0);
    CHECK(cap_table_revoke(&table, second) == FB_OK);
    const cap_id_t next = alloc_one();
    CHECK((next & CAP_INDEX_MASK) == 2 && next > second && alloc_one() == 0);
}

/* The same random past in both tables, then fill in one and single calls in the other. */
static void fills_as_single_calls_would(void)
{
    for (int round = 0; round < 300; round++) {
        cap_table_init(&table, slots, SMALL);
        cap_table_init(&other, other_slots, SMALL);
        for (int i = 0; i < 500; i++) {
            const uint32_t k = check_below(SMALL);
            if (check_below(5) < 2) {
                CHECK(cap_table_revoke(&table, ids[k]) == cap_table_revoke(&other, ids[k]));
            } else {
                ids[k] = cap_table_alloc(&table, CAP_DMA, k, 1, 2);
                CHECK(cap_table_alloc(&other, CAP_DMA, k, 1, 2) == ids[k]);
            }
        }
        if (round % 3 == 0)
            slots[9].id = other_slots[9].id = 0; /* retired or not, alike */
        const uint32_t count = check_below(SMALL + 20), base = (uint32_t)check_random();
        const uint32_t done = cap_table_fill(&table, count, CAP_PAGE, base, 5, 6, ids);
        uint32_t single = 0;
        while (single < count
               && (other_ids[single] = cap_table_alloc(&other, CAP_PAGE, base + single, 5, 6)))
            single++;
        CHECK(done == single && !memcmp(ids, other_ids, done * sizeof *ids));
        CHECK(!memcmp(slots, other_slots, SMALL * sizeof *slots));
        CHECK(table.used == other.used && table.free_head == other.free_head);
    }
    cap_table_init(&table, slots, SMALL);
    CHECK(cap_table_fill(&table, 3, CAP_NONE, 0, 0, 0, ids) == 0 && table.used == 0);
}

/* The model: for each slot what it holds, and the free slots in the order they will be used. */
static struct {
    bool live;
    uint64_t generation;
    struct cap_entry entry;
} model[SMALL];
static uint32_t stack[SMALL], depth;

static void model_init(void)
{
    memset(model, 0, sizeof model);
    for (uint32_t i = SMALL - 1, n = 0; i >= 1; i--)
        stack[n++] = i;
    depth = SMALL - 1;
}

static cap_id_t model_alloc(struct cap_entry entry)
{
    if (!depth)
        return 0;
    uint32_t at = depth - 1;
#ifdef CAP_ALLOC_scan
    for (uint32_t i = 0; i < depth; i++)
        at = stack[i] < stack[at] ? i : at;
#endif
    const uint32_t slot = stack[at];
    memmove(&stack[at], &stack[at + 1], (--depth - at) * sizeof *stack);
    model[slot].live = true;
    model[slot].generation++;
    model[slot].entry = entry;
    return model[slot].generation << 16 | slot;
}

static uint32_t model_find(cap_id_t id)
{
    const uint64_t slot = id & 0xffff;

    return slot && slot < SMALL && model[slot].live && model[slot].generation == id >> 16
               ? (uint32_t)slot
               : 0;
}

static void model_free(uint32_t slot)
{
    model[slot].live = false;
    stack[depth++] = slot;
}

/* An identifier to try: mostly one that was issued, dead or alive, sometimes a forged one. */
static cap_id_t some_id(const cap_id_t *issued, uint32_t count)
{
    const uint32_t kind = check_below(16);

    if (kind == 0)
        return check_random();
    if (kind == 1)
        return check_below(4) << 16 | check_below(SMALL + 10);
    const uint32_t recent = count < DEAD ? count : DEAD;
    const uint32_t window = kind < 10 && recent > SMALL ? SMALL : recent;
    return recent ? issued[(count - 1 - check_below(window)) % DEAD] : 0;
}

static void agrees_with_the_model(void)
{
    static cap_id_t issued[DEAD];
    uint32_t count = 0, found = 0, full = 0;

    cap_table_init(&table, slots, SMALL);
    model_init();
    for (int i = 0; i < OPERATIONS; i++) {
        const cap_id_t id = some_id(issued, count);
        const uint32_t slot = model_find(id), phase = i / 5000 % 2; /* grows, then shrinks */
        struct cap_entry out, e = { (uint16_t)check_below(8), 1, (uint32_t)check_random(),
                                    (uint32_t)check_random(), (uint32_t)check_random() };
        switch (check_below(phase ? 8 : 12)) {
        default: {
            const cap_id_t expected = e.type == CAP_NONE ? 0 : model_alloc(e);
            CHECK(cap_table_alloc(&table, e.type, e.resource, e.rights, e.owner) == expected);
            if (expected)
                issued[count++ % DEAD] = expected;
            full += !expected;
            break;
        }
        case 0:
        case 1:
            CHECK(cap_table_lookup(&table, id, &out) == (slot ? FB_OK : FB_ESTALE));
            CHECK(!slot || !memcmp(&out, &model[slot].entry, sizeof out));
            found += slot != 0;
            break;
        case 2:
            CHECK(cap_table_inc(&table, id) == (slot ? FB_OK : FB_ESTALE));
            model[slot].entry.refs++;
            break;
        case 3:
        case 4:
            CHECK(cap_table_dec(&table, id) == (slot ? FB_OK : FB_ESTALE));
            if (slot && --model[slot].entry.refs == 0)
                model_free(slot);
            break;
        case 5:
            CHECK(cap_table_remove(&table, id) == (slot ? FB_OK : FB_ESTALE));
            if (slot)
                model_free(slot);
            break;
        case 6:
            CHECK(cap_table_revoke(&table, id) == (slot ? FB_OK : FB_ESTALE));
            if (slot)
                model_free(slot);
            break;
        }
        CHECK(table.used == SMALL - 1 - depth);
    }
    CHECK(found > OPERATIONS / 50 && full > OPERATIONS / 1000); /* it did meet both worlds */
}

int main(int argc, char **argv)
{
    check_begin("captable", argc, argv);
    RUN(refuses_bad_capacity);
    RUN(returns_what_was_stored);
    RUN(refuses_identifiers_never_issued);
    RUN(kills_an_identifier_for_ever);
    RUN(counts_references);
    RUN(holds_65535_and_not_one_more);
    RUN(revokes_for_ever);
    RUN(retires_a_slot_without_generations);
    RUN(fills_as_single_calls_would);
    RUN(agrees_with_the_model);
    return check_end("captable");
}
