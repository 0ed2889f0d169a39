/* SPDX-License-Identifier: MIT
 * May information flow from one security domain to another?
 *
 * A domain's label is a level and a set of categories. Labels form a lattice: one is below another
 * when its level is not higher and its categories are among the other's.
 *
 *    least upper bound   (max of the levels, union of the categories)
 *    greatest lower bound (min of the levels, intersection)
 *
 * A label in memory; K is the number of categories in use, the same in all labels of a system:
 *
 *    0       4            6       8
 *    | level | categories | words | word 0: categories 0..63 | word 1: 64..127 | ... |
 *              K            ceil(K/64)     bits from K on are always 0
 *
 * Cost: every operation takes one step of constant length for each word, whatever the labels hold.
 * None stops early, so each case is the worst case, and time reveals nothing about a label except K
 * and the size of a set, which are no secrets. */
#ifndef CORE_LATTICE_H
#define CORE_LATTICE_H

#include <feuerbird/types.h>

#define LATTICE_MAX_CATEGORIES 4096u

/* The categories that FeuerBird's documents name; a system may use any others, up to its K. */
enum lattice_category {
    CATEGORY_FS_READ = 0,
    CATEGORY_FS_WRITE = 1,
    CATEGORY_NET_ACCESS = 2,
    CATEGORY_IPC_SEND = 3,
    CATEGORY_IPC_RECEIVE = 4,
    CATEGORY_CRYPTO_KEY_ACCESS = 5,
    CATEGORY_HW_ACCESS_X = 6,
};

struct domain_label {
    uint32_t level;
    uint16_t categories;
    uint16_t words;
    uint64_t word[];
};

int label_init(struct domain_label *label, uint32_t level, uint32_t categories);
int label_add(struct domain_label *label, uint32_t category);
int label_remove(struct domain_label *label, uint32_t category);
bool label_has(const struct domain_label *label, uint32_t category);
void label_set_bottom(struct domain_label *label);
void label_set_top(struct domain_label *label);

bool lattice_leq(const struct domain_label *a, const struct domain_label *b);
int lattice_lub(struct domain_label *out, const struct domain_label *a,
                const struct domain_label *b);
int lattice_glb(struct domain_label *out, const struct domain_label *a,
                const struct domain_label *b);
int lattice_lub_set(struct domain_label *out, const struct domain_label *const *set, uint32_t size);
int lattice_glb_set(struct domain_label *out, const struct domain_label *const *set, uint32_t size);

/* The bytes of a label for so many categories: what the caller of label_init provides. O(1). */
static inline size_t label_bytes(uint32_t categories)
{
    return sizeof(struct domain_label) + (size_t)((categories + 63) / 64) * sizeof(uint64_t);
}

#endif
