/* SPDX-License-Identifier: MIT
 * The lattice against a model of one byte per category, and against the laws of lattices. */
#include <stdlib.h>
#include <string.h>

#include <feuerbird/errors.h>

#include "check.h"
#include "lattice.h"

#define OPERATIONS 1000000
#define POOL 12
#define MODEL_MAX 200
#define SET_MAX 6

struct model {
    uint32_t level;
    uint8_t has[MODEL_MAX];
};

static const uint32_t sizes[] = { 0, 1, 2, 63, 64, 65, 127, 128, 129, MODEL_MAX };
#define SIZES (sizeof sizes / sizeof sizes[0])

/* A label of K categories on the heap, exactly as large as promised, so that ASan sees beyond. */
static struct domain_label *new_label(uint32_t level, uint32_t categories)
{
    struct domain_label *label = malloc(label_bytes(categories));

    CHECK(label_init(label, level, categories) == FB_OK);
    return label;
}

static struct domain_label *random_label(uint32_t categories)
{
    struct domain_label *label = new_label(check_below(DOMAIN_LEVELS), categories);
    uint32_t density = check_below(5); /* from nothing to everything, to meet the edges too */

    for (uint32_t i = 0; i < categories; i++)
        if (check_below(4) < density)
            label_add(label, i);
    return label;
}

static bool same(const struct domain_label *a, const struct domain_label *b)
{
    return memcmp(a, b, label_bytes(a->categories)) == 0;
}

static bool like_model(const struct domain_label *label, const struct model *model)
{
    bool equal = label->level == model->level;

    for (uint32_t i = 0; i < label->categories; i++)
        equal = equal && label_has(label, i) == model->has[i];
    for (uint32_t i = label->categories; i < label->words * 64u; i++)
        equal = equal && !(label->word[i / 64] >> (i % 64) & 1);
    return equal;
}

static bool model_leq(const struct model *a, const struct model *b, uint32_t categories)
{
    if (a->level > b->level)
        return false;
    for (uint32_t i = 0; i < categories; i++)
        if (a->has[i] && !b->has[i])
            return false;
    return true;
}

static void model_bound(struct model *out, const struct model *b, uint32_t categories, bool least)
{
    if (least ? b->level > out->level : b->level < out->level)
        out->level = b->level;
    for (uint32_t i = 0; i < categories; i++)
        out->has[i] = least ? out->has[i] || b->has[i] : out->has[i] && b->has[i];
}

static void model_start(struct model *out, uint32_t categories, bool least)
{
    out->level = least ? LEVEL_UNTRUSTED : LEVEL_KERNEL;
    memset(out->has, least ? 0 : 1, categories);
}

/* One random operation on a pool of labels and on their models. */
static void random_step(struct domain_label **pool, struct model *models, uint32_t categories)
{
    uint32_t out = check_below(POOL), a = check_below(POOL), b = check_below(POOL);
    uint32_t category = check_below(categories + 2), size = check_below(SET_MAX + 1);
    bool least = check_below(2) == 0, fits = category < categories;
    struct model result = models[a];
    const struct domain_label *set[SET_MAX];

    switch (check_below(8)) {
    case 0:
    case 1:
        CHECK(label_add(pool[out], category) == (fits ? FB_OK : FB_EINVALID));
        if (fits)
            models[out].has[category] = 1;
        break;
    case 2:
    case 3:
        CHECK(label_remove(pool[out], category) == (fits ? FB_OK : FB_EINVALID));
        if (fits)
            models[out].has[category] = 0;
        break;
    case 4:
        models[out].level = check_below(DOMAIN_LEVELS);
        CHECK(label_init(pool[out], models[out].level, categories) == FB_OK);
        memset(models[out].has, 0, sizeof models[out].has);
        break;
    case 5:
        CHECK(lattice_leq(pool[a], pool[b]) == model_leq(&models[a], &models[b], categories));
        break;
    case 6:
        model_bound(&result, &models[b], categories, least);
        CHECK((least ? lattice_lub : lattice_glb)(pool[out], pool[a], pool[b]) == FB_OK);
        models[out] = result;
        break;
    default:
        model_start(&result, categories, least);
        for (uint32_t i = 0; i < size; i++) {
            uint32_t member = (out + 1 + check_below(POOL - 1)) % POOL;

            set[i] = pool[member];
            model_bound(&result, &models[member], categories, least);
        }
        CHECK((least ? lattice_lub_set : lattice_glb_set)(pool[out], set, size) == FB_OK);
        models[out] = result;
    }
    CHECK(like_model(pool[out], &models[out]));
}

static void agrees_with_model(void)
{
    for (uint32_t s = 0; s < SIZES; s++) {
        struct domain_label *pool[POOL];
        static struct model models[POOL];

        memset(models, 0, sizeof models);
        for (uint32_t i = 0; i < POOL; i++)
            pool[i] = new_label(0, sizes[s]);
        for (uint32_t i = 0; i < OPERATIONS / SIZES; i++)
            random_step(pool, models, sizes[s]);
        for (uint32_t i = 0; i < POOL; i++)
            free(pool[i]);
    }
}

/* The laws of a lattice for three labels; `r` holds four labels for results. */
static void laws_hold(struct domain_label *const *l, struct domain_label **r)
{
    const struct domain_label *a = l[0], *b = l[1], *c = l[2];
    const struct domain_label *pair[] = { a, b }, *triple[] = { c, a, b };
    int (*const bound[2])(struct domain_label *, const struct domain_label *,
                          const struct domain_label *) = { lattice_lub, lattice_glb };

    for (int up = 0; up < 2; up++) {
        bound[up](r[0], a, b), bound[up](r[1], b, a);
        CHECK(same(r[0], r[1])); /* commutative */
        bound[up](r[1], r[0], c), bound[up](r[2], b, c), bound[up](r[3], a, r[2]);
        CHECK(same(r[1], r[3])); /* associative */
        bound[up](r[2], a, a);
        CHECK(same(r[2], a)); /* idempotent */
        bound[!up](r[2], a, b), bound[up](r[2], a, r[2]);
        CHECK(same(r[2], a)); /* absorption */
        (up ? lattice_glb_set : lattice_lub_set)(r[2], pair, 2);
        CHECK(same(r[2], r[0])); /* the bound of a set of two */
        (up ? lattice_glb_set : lattice_lub_set)(r[2], triple, 3);
        CHECK(same(r[2], r[1])); /* and of three, in any order */
    }
    lattice_lub(r[0], a, b), lattice_glb(r[1], a, b);
    CHECK(lattice_leq(a, b) == same(r[0], b));
    CHECK(lattice_leq(a, b) == same(r[1], a));
    CHECK(lattice_leq(a, r[0]) && lattice_leq(b, r[0]));
    CHECK(lattice_leq(r[1], a) && lattice_leq(r[1], b));
    CHECK(lattice_leq(a, a));
    CHECK(!(lattice_leq(a, b) && lattice_leq(b, a)) || same(a, b));
    CHECK(!(lattice_leq(a, b) && lattice_leq(b, c)) || lattice_leq(a, c));
    if (lattice_leq(a, c) && lattice_leq(b, c))
        CHECK(lattice_leq(r[0], c)); /* the least of the upper bounds */
    if (lattice_leq(c, a) && lattice_leq(c, b))
        CHECK(lattice_leq(c, r[1]));
    lattice_lub(r[2], a, r[1]); /* r[1] <= b, so the bounds with a are in the same order */
    CHECK(lattice_leq(r[2], r[0]));
    label_set_top(r[2]), label_set_bottom(r[3]);
    CHECK(lattice_leq(a, r[2]) && lattice_leq(r[3], a));
    lattice_glb(r[2], a, r[2]), lattice_lub(r[3], a, r[3]);
    CHECK(same(r[2], a) && same(r[3], a));
}

static void obeys_the_laws(void)
{
    for (uint32_t round = 0; round < 20000; round++) {
        uint32_t categories = round % 100 == 0 ? LATTICE_MAX_CATEGORIES : sizes[check_below(SIZES)];
        struct domain_label *l[3], *r[4];

        for (int i = 0; i < 3; i++)
            l[i] = random_label(categories);
        if (check_below(2)) /* chains are rare among random labels: make some */
            lattice_lub(l[1], l[1], l[0]), lattice_lub(l[2], l[2], l[check_below(2)]);
        for (int i = 0; i < 4; i++)
            r[i] = new_label(0, categories);
        laws_hold(l, r);
        for (int i = 0; i < 3; i++)
            free(l[i]);
        for (int i = 0; i < 4; i++)
            free(r[i]);
    }
}

static void sees_each_single_category(void)
{
    struct domain_label *a = new_label(LEVEL_STANDARD, LATTICE_MAX_CATEGORIES);
    struct domain_label *b = new_label(LEVEL_STANDARD, LATTICE_MAX_CATEGORIES);

    label_set_top(b);
    b->level = LEVEL_STANDARD;
    for (uint32_t i = 0; i < LATTICE_MAX_CATEGORIES; i++) {
        label_add(a, i), label_remove(b, i);
        CHECK(!lattice_leq(a, b));
        label_add(b, i);
        CHECK(lattice_leq(a, b) && !lattice_leq(b, a));
        label_remove(a, i);
    }
    free(a), free(b);
}

static void refuses_what_does_not_fit(void)
{
    struct domain_label *a = new_label(LEVEL_UNTRUSTED, 64), *b = new_label(LEVEL_KERNEL, 65);
    struct domain_label *c = new_label(LEVEL_KERNEL, 64);
    struct domain_label *d = new_label(LEVEL_KERNEL, 66); /* as many words as b */
    const struct domain_label *mixed[] = { a, b }, *own[] = { a, c };

    CHECK(label_init(a, DOMAIN_LEVELS, 64) == FB_EINVALID);
    CHECK(label_init(a, 0, LATTICE_MAX_CATEGORIES + 1) == FB_EINVALID);
    CHECK(label_add(a, 64) == FB_EINVALID && label_remove(a, 64) == FB_EINVALID);
    CHECK(!label_has(a, 64));
    CHECK(!lattice_leq(a, b) && !lattice_leq(b, a) && lattice_leq(a, c));
    CHECK(!lattice_leq(b, d) && lattice_lub(d, b, b) == FB_EINVALID);
    CHECK(lattice_lub(c, a, b) == FB_EINVALID && lattice_glb(c, a, b) == FB_EINVALID);
    CHECK(lattice_lub(b, a, c) == FB_EINVALID && lattice_glb(b, a, c) == FB_EINVALID);
    CHECK(lattice_lub_set(c, mixed, 2) == FB_EINVALID);
    CHECK(lattice_glb_set(c, mixed, 2) == FB_EINVALID);
    CHECK(lattice_lub_set(c, own, 2) == FB_EINVALID && lattice_glb_set(c, own, 2) == FB_EINVALID);
    CHECK(c->level == LEVEL_KERNEL); /* nothing was changed by the refused ones */
    free(a), free(b), free(c), free(d);
}

static void bounds_of_nothing_are_the_extremes(void)
{
    struct domain_label *a = random_label(100), *extreme = new_label(0, 100);

    CHECK(lattice_lub_set(a, NULL, 0) == FB_OK);
    label_set_bottom(extreme);
    CHECK(same(a, extreme));
    CHECK(lattice_glb_set(a, NULL, 0) == FB_OK);
    label_set_top(extreme);
    CHECK(same(a, extreme));
    free(a), free(extreme);
}

int main(int argc, char **argv)
{
    check_begin("lattice", argc, argv);
    RUN(agrees_with_model);
    RUN(obeys_the_laws);
    RUN(sees_each_single_category);
    RUN(refuses_what_does_not_fit);
    RUN(bounds_of_nothing_are_the_extremes);
    return check_end("lattice");
}
