/* SPDX-License-Identifier: MIT
 * The capability table. Slot and identifier layouts are drawn in captable.h. */
#include "captable.h"

#include <feuerbird/errors.h>
#include <loopbound.h>

_Static_assert(sizeof(struct cap_entry) == 16, "lookup copies two words");
_Static_assert(sizeof(struct cap_slot) == 32, "two slots a cache line, index by shift");

/* The slot that `id` opens, or NULL. Every operation needs this check alone: a live slot holds its
 * whole identifier, and the id of a free, retired or unused slot equals no identifier. */
static inline struct cap_slot *cap_open(const struct cap_table *table, cap_id_t id)
{
    const uint32_t index = id & CAP_INDEX_MASK;

    if (index >= table->capacity)
        return 0;
    struct cap_slot *slot = &table->slots[index];
    return slot->id == id ? slot : 0;
}

/* Take a slot back; cap_take of captable.h finds it again. O(1). */
static inline void cap_give(struct cap_table *table, struct cap_slot *slot, uint32_t index)
{
#ifdef CAP_ALLOC_scan
    (void)table, (void)slot, (void)index;
#else
    slot->next = table->free_head;
    table->free_head = index;
#endif
}

/* Free the slot. Its next identifier has a new generation; a slot without one left is retired.
 * O(1). */
static inline void cap_free(struct cap_table *table, struct cap_slot *slot)
{
    const cap_id_t id = slot->id;

    table->used--;
    slot->id = (id | CAP_INDEX_MASK) + 1;
    if (__builtin_expect(slot->id == 0, 0)) {
        table->retired++;
        return;
    }
    cap_give(table, slot, id & CAP_INDEX_MASK);
}

static inline cap_id_t cap_occupy(struct cap_table *table, uint32_t index, uint16_t type,
                                  uint32_t resource, uint32_t rights, uint32_t owner)
{
    struct cap_slot *slot = &table->slots[index];

    table->used++;
    slot->id |= index;
    slot->entry = (struct cap_entry){ type, 1, resource, rights, owner };
    return slot->id;
}

void cap_table_extend(struct cap_table *table, struct cap_slot *slots, uint32_t count,
                      uint32_t owner)
{
    const uint32_t from = table->capacity;

#pragma GCC unroll 8
    for (uint32_t i = 0; i < count; i++)
        slots[i] = (struct cap_slot){ CAP_GENERATION_ONE, { .owner = owner }, from + i + 1, 0 };
    slots[count - 1].next = 0;
    table->capacity = from + count;
    if (from) {
        table->slots[from - 1].next = from;
        return;
    }
    *table = (struct cap_table){ .slots = slots, .capacity = count, .free_head = 1 };
    slots[0] = (struct cap_slot){ .id = 1 }; /* index 0 is not 1: nothing opens it */
}

int cap_table_init(struct cap_table *table, struct cap_slot *slots, uint32_t capacity)
{
    if (capacity < 2 || capacity > CAP_MAX)
        return FB_EINVALID;
    *table = (struct cap_table){ 0 };
    cap_table_extend(table, slots, capacity, 0);
    return FB_OK;
}

cap_id_t cap_table_alloc(struct cap_table *table, uint16_t type, uint32_t resource, uint32_t rights,
                         uint32_t owner)
{
    if (type == CAP_NONE)
        return 0;
    const uint32_t index = cap_take(table, 1);
    return index ? cap_occupy(table, index, type, resource, rights, owner) : 0;
}

int cap_table_lookup(const struct cap_table *table, cap_id_t id, struct cap_entry *out)
{
    const struct cap_slot *slot = cap_open(table, id);

    if (!slot)
        return FB_ESTALE;
    *out = slot->entry;
    return FB_OK;
}

int cap_table_inc(struct cap_table *table, cap_id_t id)
{
    struct cap_slot *slot = cap_open(table, id);

    if (!slot)
        return FB_ESTALE;
    if (slot->entry.refs == UINT16_MAX)
        return FB_EOVERFLOW;
    slot->entry.refs++;
    return FB_OK;
}

int cap_table_dec(struct cap_table *table, cap_id_t id)
{
    struct cap_slot *slot = cap_open(table, id);

    if (!slot)
        return FB_ESTALE;
    if (--slot->entry.refs == 0)
        cap_free(table, slot);
    return FB_OK;
}

int cap_table_revoke(struct cap_table *table, cap_id_t id)
{
    struct cap_slot *slot = cap_open(table, id);

    if (!slot)
        return FB_ESTALE;
    cap_free(table, slot);
    return FB_OK;
}

/* Without descendants, giving up and taking back leave the same table. */
int cap_table_remove(struct cap_table *table, cap_id_t id) { return cap_table_revoke(table, id); }

uint32_t cap_table_fill(struct cap_table *table, uint32_t count, uint16_t type, uint32_t resource,
                        uint32_t rights, uint32_t owner, cap_id_t *ids)
{
    uint32_t index = 0, done = 0;

    if (type == CAP_NONE)
        return 0;
    FB_LOOP("count", for (; done < count; done++)) {
        index = cap_take(table, index + 1);
        if (!index)
            break;
        ids[done] = cap_occupy(table, index, type, resource + done, rights, owner);
    }
    return done;
}
