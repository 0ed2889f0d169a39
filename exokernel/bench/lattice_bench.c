/* SPDX-License-Identifier: MIT
 * Benchmarks of the domain lattice: comparison and bounds of two labels and of a set, over the
 * number of categories K_max and the size |S|. Hot caches, ring 0. Each repetition
 * draws new labels, and compares the result with one that is computed category by category.
 *
 * Expected: a + b W for a pair, a + S (b + c W) for a set, with W = ceil(K_max / 64) words. */
#include "bench.h"

#include "lattice.h"

#include <feuerbird/errors.h>

enum { SET_MAX = 64, CHECKED = 256 };

static struct domain_label *a, *b, *out;
static const struct domain_label *set[SET_MAX];
static struct domain_label *members[SET_MAX];

static struct domain_label *new_label(struct fp_run *run, uint64_t categories)
{
    struct domain_label *label = arena_take(run, label_bytes((uint32_t)categories));

    if (label)
        label_init(label, 0, (uint32_t)categories);
    return label;
}

/* Store `bits` in word `i`, without those past the last category. */
static void set_word(struct domain_label *label, uint32_t i, uint64_t bits)
{
    const uint32_t rest = label->categories - 64 * i;

    label->word[i] = rest < 64 ? bits & ((1ull << rest) - 1) : bits;
}

/* Draw a level, and categories of those that `within` holds (NULL: of all). */
static void draw(struct fp_run *run, struct domain_label *label, const struct domain_label *within)
{
    label->level = (uint32_t)fp_random(run, within ? within->level + 1 : DOMAIN_LEVELS);
    for (uint32_t i = 0; i < label->words; i++)
        set_word(label, i, bench_bits(run) & (within ? within->word[i] : UINT64_MAX));
}

/* Store what no result can be: an invalid level, and all bits wrong. */
static void spoil(struct domain_label *label, bool full)
{
    label->level = DOMAIN_LEVELS;
    for (uint32_t i = 0; i < label->words; i++)
        set_word(label, i, full ? UINT64_MAX : 0);
}

static bool no_bit_past_the_end(const struct domain_label *label)
{
    const uint32_t rest = label->categories % 64;

    return rest == 0 || label->word[label->words - 1] >> rest == 0;
}

static bool slow_leq(const struct domain_label *x, const struct domain_label *y)
{
    for (uint32_t c = 0; c < x->categories; c++)
        if (label_has(x, c) && !label_has(y, c))
            return false;
    return x->level <= y->level;
}

static bool set_up_pair(struct fp_run *run)
{
    const uint64_t k = run->entry->params[0];

    arena_reset();
    a = new_label(run, k), b = new_label(run, k), out = new_label(run, k);
    return a && b && out;
}

/* Draw a pair: in order; in order except for one category; or except for the level. */
static void draw_pair(struct fp_run *run)
{
    const uint64_t kind = fp_random(run, 3);

    draw(run, b, NULL);
    draw(run, a, b);
    if (kind == 1) {
        const uint32_t c = (uint32_t)fp_random(run, a->categories);
        label_add(a, c);
        label_remove(b, c);
    } else if (kind == 2) {
        a->level = 1 + (uint32_t)fp_random(run, DOMAIN_LEVELS - 1);
        b->level = a->level - 1;
    }
}

void bench_lattice_leq(struct fp_run *run)
{
    uint8_t below = 0;

    if (!set_up_pair(run))
        return;
    while (fp_next(run)) {
        draw_pair(run);
        FP_TIMED(run, i, below, lattice_leq, a, b);
        fp_check(run, below == slow_leq(a, b), "the comparison is wrong");
    }
}

/* Whether `out` is the bound of the two: `join` the least upper one, else the greatest lower. */
static bool is_bound(bool join)
{
    const uint32_t low = a->level < b->level ? a->level : b->level;
    const uint32_t high = a->level + b->level - low;

    for (uint32_t c = 0; c < out->categories; c++) {
        const bool x = label_has(a, c), y = label_has(b, c);
        if (label_has(out, c) != (join ? x || y : x && y))
            return false;
    }
    return out->level == (join ? high : low) && no_bit_past_the_end(out);
}

void bench_lattice_lub(struct fp_run *run)
{
    int status = 0;

    if (!set_up_pair(run))
        return;
    while (fp_next(run)) {
        draw(run, a, NULL), draw(run, b, NULL), spoil(out, false);
        FP_TIMED(run, i, status, lattice_lub, out, a, b);
        fp_check(run, status == FB_OK && is_bound(true), "not the least upper bound");
    }
}

void bench_lattice_glb(struct fp_run *run)
{
    int status = 0;

    if (!set_up_pair(run))
        return;
    while (fp_next(run)) {
        draw(run, a, NULL), draw(run, b, NULL), spoil(out, true);
        FP_TIMED(run, i, status, lattice_glb, out, a, b);
        fp_check(run, status == FB_OK && is_bound(false), "not the greatest lower bound");
    }
}

static bool set_up_set(struct fp_run *run)
{
    arena_reset();
    out = new_label(run, run->entry->params[1]);
    for (uint64_t s = 0; s < run->entry->params[0]; s++)
        set[s] = members[s] = new_label(run, run->entry->params[1]);
    return run->status == 0;
}

/* One category a word, or all but one, so that the bound of many labels is not trivial. */
static void draw_set(struct fp_run *run, bool join)
{
    for (uint64_t s = 0; s < run->entry->params[0]; s++) {
        members[s]->level = (uint32_t)fp_random(run, DOMAIN_LEVELS);
        for (uint32_t i = 0; i < members[s]->words; i++) {
            const uint64_t bit = 1ull << bench_bits(run) % 64;
            set_word(members[s], i, join ? bit : ~bit);
        }
    }
}

/* As is_bound for the set, at up to 256 categories from a random one on. */
static bool is_bound_of_set(struct fp_run *run, bool join)
{
    const uint32_t k = out->categories, n = k < CHECKED ? k : CHECKED;
    const uint32_t from = (uint32_t)fp_random(run, k);
    uint32_t level = set[0]->level;

    for (uint64_t s = 1; s < run->entry->params[0]; s++)
        if (join ? set[s]->level > level : set[s]->level < level)
            level = set[s]->level;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t c = (from + i) % k;
        uint64_t holders = 0;
        for (uint64_t s = 0; s < run->entry->params[0]; s++)
            holders += label_has(set[s], c);
        if (label_has(out, c) != (join ? holders > 0 : holders == run->entry->params[0]))
            return false;
    }
    return out->level == level && no_bit_past_the_end(out);
}

void bench_lattice_lub_set(struct fp_run *run)
{
    const uint32_t size = (uint32_t)run->entry->params[0];
    int status = 0;

    if (!set_up_set(run))
        return;
    while (fp_next(run)) {
        draw_set(run, true), spoil(out, false);
        FP_TIMED(run, i, status, lattice_lub_set, out, set, size);
        fp_check(run, status == FB_OK && is_bound_of_set(run, true),
                 "not the least upper bound of the set");
    }
}

void bench_lattice_glb_set(struct fp_run *run)
{
    const uint32_t size = (uint32_t)run->entry->params[0];
    int status = 0;

    if (!set_up_set(run))
        return;
    while (fp_next(run)) {
        draw_set(run, false), spoil(out, true);
        FP_TIMED(run, i, status, lattice_glb_set, out, set, size);
        fp_check(run, status == FB_OK && is_bound_of_set(run, false),
                 "not the greatest lower bound of the set");
    }
}
