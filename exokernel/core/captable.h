/* SPDX-License-Identifier: MIT
 * The capability table: finds what an identifier entitles its holder to. Portable, freestanding.
 *
 * The caller holds the lock. A table belongs to an environment or to the kernel, and every path to
 * it already holds that owner's lock; a second lock here would double the cost of a lookup. */
#ifndef FEUERBIRD_CAPTABLE_H
#define FEUERBIRD_CAPTABLE_H

#include <feuerbird/types.h>

#define CAP_MAX 65536u /* largest capacity; index 0 is never used, so 65,535 capabilities */

/* An identifier is never issued twice by one table, and never 0:
 *
 *   63                                16 15          0
 *  +------------------------------------+-------------+
 *  | generation of the slot, from 1     | slot, from 1|
 *  +------------------------------------+-------------+ */
#define CAP_INDEX_BITS 16
#define CAP_INDEX_MASK 0xffffu
#define CAP_GENERATION_ONE (1ull << CAP_INDEX_BITS)
#define CAP_GENERATION_MAX ((1ull << 48) - 1)

/* What a capability entitles its holder to. */
struct cap_entry {
    uint16_t type; /* enum cap_type, not CAP_NONE */
    uint16_t refs; /* 1 after alloc; the entry goes when it reaches 0 */
    uint32_t resource, rights, owner;
};

/* A slot, 32 bytes, so two to a cache line:
 *
 *   0          8                         24     28      32
 *  +----------+-------------------------+------+-------+
 *  | id       | struct cap_entry        | next | mark  |
 *  +----------+-------------------------+------+-------+
 *   live:    the identifier that opens it
 *   free:    generation to come, index 0: no identifier for this slot has index 0, so none matches
 *   retired: 0, generations used up */
struct cap_slot {
    cap_id_t id;
    struct cap_entry entry;
    uint32_t next; /* next free slot in the stack; 0: none */
    uint32_t mark; /* for the caller; 0 at first, and never touched here again */
};

/* The caller provides the slots: an environment's table may be small. */
struct cap_table {
    struct cap_slot *slots;
    uint32_t capacity;  /* slots, the unused slot 0 included */
    uint32_t free_head; /* stack of free slots (variant freelist) */
    uint32_t used, retired;
};

/* The index of a free slot, from `from` on, or 0. To be followed by cap_taken. */
static inline uint32_t cap_find(const struct cap_table *table, uint32_t from)
{
#ifdef CAP_ALLOC_scan /* the linear scan of the bounds document: O(capacity) */
    for (uint32_t index = from; index < table->capacity; index++) {
        const cap_id_t id = table->slots[index].id;
        if ((id & CAP_INDEX_MASK) == 0 && id != 0)
            return index;
    }
    return 0;
#else
    (void)from;
    return table->free_head;
#endif
}

/* The slot that cap_find returned is free no more. With the scan, its identifier says so. O(1). */
static inline void cap_taken(struct cap_table *table, const struct cap_slot *slot)
{
#ifdef CAP_ALLOC_scan
    (void)table, (void)slot;
#else /* slot 0 ends the stack and is its own successor, so an empty stack stays empty */
    table->free_head = slot->next;
#endif
}

/* Both. */
static inline uint32_t cap_take(struct cap_table *table, uint32_t from)
{
    const uint32_t index = cap_find(table, from);

    cap_taken(table, &table->slots[index]);
    return index;
}

/* Make all slots free; the lowest is given out first. 2 <= capacity <= CAP_MAX. O(capacity). */
int cap_table_init(struct cap_table *table, struct cap_slot *slots, uint32_t capacity);
/* Add `count` free slots to a table of which no capability has been given out yet; they follow the
 * ones before, and have this owner. The table may be all zero: then `count` is at least 2.
 * O(count). */
void cap_table_extend(struct cap_table *table, struct cap_slot *slots, uint32_t count,
                      uint32_t owner);
/* A new identifier; 0: the table is full, or type is CAP_NONE. O(1); variant scan: O(N_caps). */
cap_id_t cap_table_alloc(struct cap_table *table, uint16_t type, uint32_t resource, uint32_t rights,
                         uint32_t owner);
/* Copy the entry to *out. 0, or FB_ESTALE with *out untouched. O(1). */
int cap_table_lookup(const struct cap_table *table, cap_id_t id, struct cap_entry *out);
/* Add a reference. 0, FB_ESTALE, or FB_EOVERFLOW at 65,535. O(1). */
int cap_table_inc(struct cap_table *table, cap_id_t id);
/* Drop a reference; the last one frees the entry. 0 or FB_ESTALE. O(1). */
int cap_table_dec(struct cap_table *table, cap_id_t id);
/* The holder gives this entry up, whatever its references. 0 or FB_ESTALE. O(1). */
int cap_table_remove(struct cap_table *table, cap_id_t id);
/* The owner takes it back: the identifier is never valid again. 0 or FB_ESTALE. O(1). */
int cap_table_revoke(struct cap_table *table, cap_id_t id);
/* As `count` calls of alloc with resource, resource + 1, ...; ids to ids[]. Returns how many
 * succeeded. O(count); variant scan: O(capacity + count), not O(capacity * count). */
uint32_t cap_table_fill(struct cap_table *table, uint32_t count, uint16_t type, uint32_t resource,
                        uint32_t rights, uint32_t owner, cap_id_t *ids);

#endif
