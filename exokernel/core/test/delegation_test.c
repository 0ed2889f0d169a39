/* SPDX-License-Identifier: MIT
 * Delegation and revocation against a model: one parent per slot, looked at by walking upwards. */
#include <stdlib.h>
#include <string.h>

#include <feuerbird/errors.h>
#include <feuerbird/rights.h>

#include "check.h"
#include "delegation.h"

#define OPERATIONS 1000000
#define CAPACITY_MAX 300
#define OWNERS 6
#define CATEGORIES 70
#define GRAVES 64

/* What must be true of each slot. parent: a slot, 0 when none. */
struct model {
    cap_id_t id;
    uint32_t parent, resource, rights, owner, level;
    bool in_derivation;
};

static struct cap_slot *cap_slots;
static struct cap_table table;
static struct bracket *links; /* two for each slot */
static struct delegation delegation;
static struct model model[CAPACITY_MAX];
static uint32_t alive, told;
static cap_id_t graves[GRAVES];
static struct domain_label *labels[OWNERS];
static uint64_t label_memory[OWNERS][3];

static void on_revoked(void *context, cap_id_t id, const struct cap_entry *entry)
{
    struct cap_entry gone;

    CHECK(context == &told);
    CHECK(cap_table_lookup(&table, id, &gone) == FB_ESTALE);
    if ((id & CAP_INDEX_MASK) < CAPACITY_MAX && model[id & CAP_INDEX_MASK].id == id)
        CHECK(entry->owner == model[id & CAP_INDEX_MASK].owner);
    told++;
}

static void start(uint32_t capacity)
{
    cap_slots = malloc(capacity * sizeof *cap_slots);
    links = malloc(2 * capacity * sizeof *links);
    memset(links, 0xa5, 2 * capacity * sizeof *links);
    CHECK(cap_table_init(&table, cap_slots, capacity) == FB_OK);
    delegation_init(&delegation, &table, links, on_revoked, &told);
    memset(model, 0, sizeof model);
    alive = told = 0;
    for (uint32_t i = 0; i < OWNERS; i++) {
        labels[i] = (struct domain_label *)label_memory[i];
        label_init(labels[i], check_below(DOMAIN_LEVELS), CATEGORIES);
        for (uint32_t c = 0; c < CATEGORIES; c++)
            if (i < 2 || check_below(4)) /* mostly comparable */
                label_add(labels[i], c);
    }
}

static void stop(void)
{
    free(cap_slots);
    free(links);
}

static bool model_below(uint32_t slot, uint32_t ancestor)
{
    for (slot = model[slot].parent; slot != 0; slot = model[slot].parent)
        if (slot == ancestor)
            return true;
    return false;
}

static void model_bury(uint32_t slot)
{
    for (uint32_t i = 1; i < table.capacity; i++)
        if (model[i].parent == slot)
            model[i].parent = model[slot].parent;
    graves[check_below(GRAVES)] = model[slot].id;
    model[slot] = (struct model){ .id = 0 };
    alive--;
}

static void model_born(cap_id_t id, const struct model *like)
{
    const uint32_t slot = id & CAP_INDEX_MASK;

    CHECK(slot > 0 && slot < table.capacity && model[slot].id == 0);
    model[slot] = *like;
    model[slot].id = id;
    alive++;
}

/* Mostly a live capability, sometimes a dead or invented one. */
static cap_id_t any_id(void)
{
    switch (check_below(10)) {
    case 0:
        return graves[check_below(GRAVES)];
    case 1:
        return check_below(2) ? check_random() : check_below(CAPACITY_MAX);
    }
    for (uint32_t try = 0; try < 8; try++) {
        const cap_id_t id = model[1 + check_below(table.capacity - 1)].id;

        if (id != 0)
            return id;
    }
    return 0;
}

static struct model *model_of(cap_id_t id)
{
    const uint32_t slot = id & CAP_INDEX_MASK;

    return slot > 0 && slot < table.capacity && model[slot].id == id ? &model[slot] : NULL;
}

static bool model_leq(const struct domain_label *a, const struct domain_label *b)
{
    bool below = a->level <= b->level;

    for (uint32_t c = 0; c < CATEGORIES; c++)
        below = below && (!label_has(a, c) || label_has(b, c));
    return below;
}

static void random_delegation(void)
{
    struct delegation_request request = {
        .parent = any_id(),
        .source = check_below(OWNERS),
        .target = check_below(OWNERS),
        .mask = (uint32_t)check_random() | (check_below(3) ? EXO_RIGHT_DELEGATE : 0),
    };
    struct model *parent = model_of(request.parent), expected_child;
    cap_id_t child = 0;
    int expected = FB_OK;

    if (parent && check_below(8))
        request.source = parent->owner;
    request.source_label = labels[request.source];
    request.target_label = labels[request.target];
    if (!parent)
        expected = FB_ESTALE;
    else if (parent->owner != request.source || !(parent->rights & EXO_RIGHT_DELEGATE))
        expected = FB_EDENIED;
    else if (!model_leq(request.target_label, request.source_label))
        expected = FB_EFLOW;
    else if (alive == table.capacity - 1)
        expected = FB_EFULL;
    CHECK(delegate_capability(&delegation, &request, &child) == expected);
    CHECK((child != 0) == (expected == FB_OK));
    if (expected != FB_OK)
        return;
    if (!parent->in_derivation)
        parent->level = request.source_label->level;
    parent->in_derivation = true;
    expected_child = (struct model){
        .parent = request.parent & CAP_INDEX_MASK,
        .resource = parent->resource,
        .rights = parent->rights & request.mask,
        .owner = request.target,
        .in_derivation = true,
        .level = parent->level < request.target_label->level ? parent->level
                                                             : request.target_label->level,
    };
    model_born(child, &expected_child);
}

/* Every slot as the model says: descendants gone, all others untouched. */
static void compare_all(void)
{
    CHECK(table.used == alive);
    for (uint32_t i = 1; i < table.capacity; i++) {
        struct cap_entry entry;
        uint32_t level = 0;
        const struct model *m = &model[i];

        if (m->id == 0)
            continue;
        CHECK(cap_table_lookup(&table, m->id, &entry) == FB_OK);
        CHECK(entry.rights == m->rights && entry.owner == m->owner);
        CHECK(entry.resource == m->resource && entry.type == CAP_PAGE);
        CHECK(delegation_level(&delegation, m->id, &level)
              == (m->in_derivation ? FB_OK : FB_EINVALID));
        CHECK(!m->in_derivation || level == m->level);
    }
}

static void random_revocation(bool itself)
{
    const cap_id_t id = any_id();
    const uint32_t slot = id & CAP_INDEX_MASK, told_before = told;
    const bool known = model_of(id) != NULL;
    uint32_t revoked = 0, expected = 0, limit = check_below(3) ? DELEGATION_NO_LIMIT : 2;
    int status;

    do {
        status = (itself ? delegation_revoke_tree : delegation_revoke_derived)(&delegation, id,
                                                                               limit, &revoked);
    } while (status == FB_EAGAIN && known && limit != DELEGATION_NO_LIMIT);
    CHECK(status == (known ? FB_OK : FB_ESTALE));
    if (known) {
        bool falls[CAPACITY_MAX];

        for (uint32_t i = 1; i < table.capacity; i++) {
            falls[i] = model[i].id && (model_below(i, slot) || (itself && i == slot));
            expected += falls[i];
        }
        for (uint32_t i = 1; i < table.capacity; i++)
            if (falls[i])
                model_bury(i);
    }
    CHECK(revoked == expected && told - told_before == expected);
    compare_all();
}

/* The brackets between a pair, walked with a stack: nested, and exactly the model's descendants. */
static void check_brackets(uint32_t slot)
{
    uint32_t stack[CAPACITY_MAX], depth = 0, found = 0, expected = 0;
    uint32_t at = 2 * slot;

    for (uint32_t i = 1; i < table.capacity; i++)
        expected += model[i].id && model_below(i, slot);
    if (links[2 * slot].id != model[slot].id) {
        CHECK(expected == 0);
        return;
    }
    do {
        const uint32_t next = links[at].next;

        CHECK(next / 2 < table.capacity && links[next].prev == at);
        if (at % 2 == 0)
            stack[depth++] = at / 2;
        else
            CHECK(stack[--depth] == at / 2);
        if (at % 2 == 0 && at / 2 != slot && model_of(links[at].id)) {
            found++;
            CHECK(model_below(at / 2, slot));
        }
        at = next;
    } while (depth > 0 && depth < CAPACITY_MAX);
    CHECK(depth == 0 && found == expected);
}

static void random_step(void)
{
    const uint32_t kind = check_below(100);
    cap_id_t id;
    struct model fresh = { .resource = (uint32_t)check_random(),
                           .owner = check_below(OWNERS),
                           .rights = (uint32_t)check_random() | EXO_RIGHT_DELEGATE };

    if (kind < 20) {
        id = cap_table_alloc(&table, CAP_PAGE, fresh.resource, fresh.rights, fresh.owner);
        CHECK((id != 0) == (alive < table.capacity - 1));
        if (id != 0)
            model_born(id, &fresh);
    } else if (kind < 75) {
        random_delegation();
    } else if (kind < 98) {
        id = any_id();
        if (kind < 90) /* O(1), through us; or behind our back */
            CHECK(delegation_revoke(&delegation, id) == (model_of(id) ? FB_OK : FB_ESTALE));
        else
            CHECK(cap_table_remove(&table, id) == (model_of(id) ? FB_OK : FB_ESTALE));
        if (model_of(id))
            model_bury(id & CAP_INDEX_MASK);
    } else {
        random_revocation(check_below(2) == 0);
    }
}

static void agrees_with_model(void)
{
    static const uint32_t capacities[] = { 5, 40, CAPACITY_MAX };

    for (uint32_t c = 0; c < 3; c++) {
        start(capacities[c]);
        for (uint32_t i = 0; i < OPERATIONS / 3; i++) {
            random_step();
            if (i % 500 == 0)
                for (uint32_t slot = 1; slot < table.capacity; slot++)
                    if (model[slot].id)
                        check_brackets(slot);
        }
        compare_all();
        stop();
    }
}

/* Derives `count` capabilities from one, as a chain or as a fan; returns the first. */
static cap_id_t grow(uint32_t count, bool chain)
{
    struct delegation_request request = { .mask = UINT32_MAX,
                                          .source_label = labels[0],
                                          .target_label = labels[0] };
    const cap_id_t root = cap_table_alloc(&table, CAP_PAGE, 7, EXO_RIGHTS_ALL, 0);
    cap_id_t child = root;

    for (uint32_t i = 0; i < count; i++) {
        request.parent = chain ? child : root;
        CHECK(delegate_capability(&delegation, &request, &child) == FB_OK);
    }
    return root;
}

static void revokes_the_deepest_and_the_widest(void)
{
    for (int chain = 0; chain < 2; chain++) {
        uint32_t revoked = 0;
        cap_id_t root, other;

        start(CAP_MAX);
        other = grow(10, !chain);
        root = grow(CAP_MAX - 13, chain);
        CHECK(table.used == CAP_MAX - 1);
        CHECK(delegation_revoke_derived(&delegation, root, 1000, &revoked) == FB_EAGAIN);
        CHECK(revoked == 1000 && table.used == CAP_MAX - 1001);
        CHECK(delegation_revoke_tree(&delegation, root, DELEGATION_NO_LIMIT, &revoked) == FB_OK);
        CHECK(revoked == CAP_MAX - 12 && told == revoked && table.used == 11);
        CHECK(delegation_revoke_tree(&delegation, other, 10, &revoked) == FB_OK);
        CHECK(table.used == 0);
        stop();
    }
}

static void orphans_fall_with_their_grandparent(void)
{
    struct delegation_request request = { .mask = UINT32_MAX };
    cap_id_t root, middle, leaf, sibling;
    struct cap_entry entry;
    uint32_t revoked = 0;

    start(10);
    request.source_label = request.target_label = labels[0];
    request.parent = root = cap_table_alloc(&table, CAP_PAGE, 7, EXO_RIGHTS_ALL, 0);
    CHECK(delegate_capability(&delegation, &request, &sibling) == FB_OK);
    CHECK(delegate_capability(&delegation, &request, &middle) == FB_OK);
    request.parent = middle;
    CHECK(delegate_capability(&delegation, &request, &leaf) == FB_OK);
    CHECK(delegation_revoke(&delegation, middle) == FB_OK);
    CHECK(cap_table_lookup(&table, leaf, &entry) == FB_OK);
    CHECK(delegation_revoke_tree(&delegation, sibling, 9, &revoked) == FB_OK && revoked == 1);
    CHECK(cap_table_lookup(&table, leaf, &entry) == FB_OK); /* the sibling's fall is not its own */
    CHECK(delegation_revoke_derived(&delegation, root, 9, &revoked) == FB_OK && revoked == 2);
    CHECK(cap_table_lookup(&table, leaf, &entry) == FB_ESTALE);
    CHECK(cap_table_lookup(&table, root, &entry) == FB_OK);
    stop();
}

int main(int argc, char **argv)
{
    check_begin("delegation", argc, argv);
    RUN(agrees_with_model);
    RUN(revokes_the_deepest_and_the_widest);
    RUN(orphans_fall_with_their_grandparent);
    return check_end("delegation");
}
