/* SPDX-License-Identifier: MIT */
#include <feuerbird/errors.h>
#include <loopbound.h>

#include "lattice.h"

/* Whether two labels are of the same system: the same K. O(1). */
static bool same_shape(const struct domain_label *a, const struct domain_label *b)
{
    return a->categories == b->categories;
}

/* The larger or smaller of two levels, without a branch. O(1). */
static uint32_t level_max(uint32_t a, uint32_t b) { return a ^ ((a ^ b) & -(uint32_t)(a < b)); }

static uint32_t level_min(uint32_t a, uint32_t b) { return a ^ ((a ^ b) & -(uint32_t)(a > b)); }

/* Makes a label of `level` without categories; FB_EINVALID for a level or K out of range.
 * The caller hands in label_bytes(categories) bytes, aligned to 8. O(K). */
int label_init(struct domain_label *label, uint32_t level, uint32_t categories)
{
    if (level >= DOMAIN_LEVELS || categories > LATTICE_MAX_CATEGORIES)
        return FB_EINVALID;
    label->categories = (uint16_t)categories;
    label->words = (uint16_t)((categories + 63) / 64);
    label_set_bottom(label);
    label->level = level;
    return FB_OK;
}

/* Puts a category into the label; FB_EINVALID when the system has no such category. O(1). */
int label_add(struct domain_label *label, uint32_t category)
{
    if (category >= label->categories)
        return FB_EINVALID;
    label->word[category / 64] |= (uint64_t)1 << (category % 64);
    return FB_OK;
}

/* Takes a category out of the label; FB_EINVALID when the system has no such category. O(1). */
int label_remove(struct domain_label *label, uint32_t category)
{
    if (category >= label->categories)
        return FB_EINVALID;
    label->word[category / 64] &= ~((uint64_t)1 << (category % 64));
    return FB_OK;
}

/* Whether the label holds the category; never one that the system does not have. O(1). */
bool label_has(const struct domain_label *label, uint32_t category)
{
    return category < label->categories && (label->word[category / 64] >> (category % 64) & 1);
}

/* Makes the label the lowest of its lattice: untrusted, no categories. O(K). */
void label_set_bottom(struct domain_label *label)
{
    label->level = LEVEL_UNTRUSTED;
    FB_LOOP_INSIDE("ceil(K_max/64)", for (uint32_t i = 0; i < label->words; i++))
        label->word[i] = 0;
}

/* Makes the label the highest of its lattice: kernel, all categories. O(K), with the same step for
 * a last word that is full and one that is not. */
void label_set_top(struct domain_label *label)
{
    label->level = LEVEL_KERNEL;
    FB_LOOP("ceil(K_max/64)", for (uint32_t i = 0; i < label->words; i++))
        label->word[i] = UINT64_MAX;
    if (label->words != 0)
        label->word[label->words - 1] = UINT64_MAX >> (-(uint32_t)label->categories % 64);
}

/* Whether `a` is below or equal to `b`; labels of different shape never are.
 * O(K): all words are looked at, also after the answer is known. */
bool lattice_leq(const struct domain_label *a, const struct domain_label *b)
{
    uint64_t beyond = a->level > b->level;

    if (!same_shape(a, b))
        return false;
    FB_LOOP("ceil(K_max/64)", for (uint32_t i = 0, words = a->words; i < words; i++))
        beyond |= a->word[i] & ~b->word[i];
    return beyond == 0;
}

/* Sets `out` to the least upper bound; FB_EINVALID when the three shapes differ. `out` may be one
 * of the two, and is otherwise a label made by label_init. O(K). */
int lattice_lub(struct domain_label *out, const struct domain_label *a,
                const struct domain_label *b)
{
    if (!same_shape(a, b) || !same_shape(a, out))
        return FB_EINVALID;
    out->level = level_max(a->level, b->level);
    FB_LOOP("ceil(K_max/64)", for (uint32_t i = 0, words = out->words; i < words; i++))
        out->word[i] = a->word[i] | b->word[i];
    return FB_OK;
}

/* Sets `out` to the greatest lower bound; as lattice_lub. O(K). */
int lattice_glb(struct domain_label *out, const struct domain_label *a,
                const struct domain_label *b)
{
    if (!same_shape(a, b) || !same_shape(a, out))
        return FB_EINVALID;
    out->level = level_min(a->level, b->level);
    FB_LOOP("ceil(K_max/64)", for (uint32_t i = 0, words = out->words; i < words; i++))
        out->word[i] = a->word[i] & b->word[i];
    return FB_OK;
}

/* Whether every label of the set has the shape of `out` and is not `out` itself. O(|S|). */
static bool set_fits(const struct domain_label *out, const struct domain_label *const *set,
                     uint32_t size)
{
    FB_LOOP("S", for (uint32_t i = 0; i < size; i++))
        if (set[i] == out || !same_shape(set[i], out))
            return false;
    return true;
}

/* Sets `out` to the least upper bound of a set, the bottom when it is empty. FB_EINVALID, and
 * `out` as it was, when the shapes differ or `out` is a member. O(|S| K). */
int lattice_lub_set(struct domain_label *out, const struct domain_label *const *set, uint32_t size)
{
    if (!set_fits(out, set, size))
        return FB_EINVALID;
    label_set_bottom(out);
    FB_LOOP_INSIDE("S", for (uint32_t i = 0; i < size; i++))
        lattice_lub(out, out, set[i]);
    return FB_OK;
}

/* Sets `out` to the greatest lower bound of a set, the top when it is empty; as lattice_lub_set.
 * O(|S| K). */
int lattice_glb_set(struct domain_label *out, const struct domain_label *const *set, uint32_t size)
{
    if (!set_fits(out, set, size))
        return FB_EINVALID;
    label_set_top(out);
    FB_LOOP_INSIDE("S", for (uint32_t i = 0; i < size; i++))
        lattice_glb(out, out, set[i]);
    return FB_OK;
}
