/* SPDX-License-Identifier: MIT
 * The zone allocator. Slab and lists are drawn in zone.h. */
#include "zone.h"

#include <feuerbird/errors.h>
#include <loopbound.h>

/* Either spelling selects the variant: the build system's, or the plain one. */
#if defined(ZONE_ALLOC_firstfit) || defined(ZONE_ALLOC_FIRSTFIT)
#define FIRSTFIT 1
#else
#define FIRSTFIT 0
#endif

#define SLAB_LIVE 0xffu
#define SLAB_END 0xfeu
#define SLAB_MARK 0x7a6f6e65736c6162u
#define INVERSE_SHIFT 16

_Static_assert(offsetof(struct slab, ring) == 0, "a ring on a list is its slab");
_Static_assert(FB_PAGE_SIZE / ZONE_ALIGNMENT - 2 <= SLAB_END, "an object's number fits a link");

static inline void ring_init(struct slab_ring *ring) { ring->next = ring->prev = ring; }

static inline void ring_remove(struct slab_ring *ring)
{
    ring->prev->next = ring->next;
    ring->next->prev = ring->prev;
}

static inline void ring_insert_after(struct slab_ring *place, struct slab_ring *ring)
{
    ring->next = place->next;
    ring->prev = place;
    place->next->prev = ring;
    place->next = ring;
}

static inline uint64_t mark_of(const struct slab *slab) { return (uintptr_t)slab ^ SLAB_MARK; }

/* Offset of the first object behind the bookkeeping for `objects` of them. O(1). */
static uint32_t first_offset(uint32_t objects)
{
    return (uint32_t)(offsetof(struct slab, link) + objects + ZONE_ALIGNMENT - 1)
           & ~(ZONE_ALIGNMENT - 1);
}

/* Makes a zone of objects of `size` bytes, rounded up to 16; takes no page yet. FB_EINVALID when
 * the size is 0 or more than ZONE_MAX_OBJECT. O(1). */
int zone_init(struct zone *zone, uint32_t size, const struct page_source *pages)
{
    uint32_t objects;

    if (size == 0 || size > ZONE_MAX_OBJECT)
        return FB_EINVALID;
    size = (size + ZONE_ALIGNMENT - 1) & ~(ZONE_ALIGNMENT - 1);
    /* Page and size are multiples of 16, so aligning the first object never costs the last. */
    objects = (FB_PAGE_SIZE - (uint32_t)offsetof(struct slab, link)) / (size + 1);
    *zone = (struct zone){ .size = size,
                           .first = first_offset(objects),
                           .objects = objects,
                           .inverse = ((1u << INVERSE_SHIFT) + size / ZONE_ALIGNMENT - 1)
                                      / (size / ZONE_ALIGNMENT),
                           .pages = *pages };
    ring_init(&zone->partial);
    ring_init(&zone->full);
    return FB_OK;
}

/* Gives the kept page back; FB_EBUSY, with nothing changed, while an object is live. O(1). */
int zone_destroy(struct zone *zone)
{
    if (zone->partial.next != &zone->partial || zone->full.next != &zone->full)
        return FB_EBUSY;
    if (zone->empty) {
        zone->empty->mark = 0;
        zone->pages.give(zone->pages.context, zone->empty);
        zone->empty = NULL;
        zone->slabs--;
    }
    return FB_OK;
}

/* Makes a slab with free objects only from a new page; NULL when there is none.
 * O(objects of a page). */
static struct slab *slab_new(struct zone *zone)
{
    struct slab *slab = zone->pages.take(zone->pages.context);

    if (!slab)
        return NULL;
    slab->mark = mark_of(slab);
    slab->zone = zone;
    slab->free = 0;
    slab->used = 0;
    FB_LOOP("objects", for (uint32_t i = 0; i < zone->objects; i++))
        slab->link[i] = (uint8_t)(i + 1);
    slab->link[zone->objects - 1] = SLAB_END;
    zone->slabs++;
    return slab;
}

/* Puts the kept slab, or a new one, last on the partial list and returns it; or NULL. O(1). */
static __attribute__((noinline)) struct slab *slab_add(struct zone *zone)
{
    struct slab *slab = zone->empty ? zone->empty : slab_new(zone);

    zone->empty = NULL;
    if (slab)
        ring_insert_after(zone->partial.prev, &slab->ring);
    return slab;
}

/* A slab with a free object, on the partial list; or NULL. O(1); firstfit: O(slabs). */
static inline struct slab *slab_find(struct zone *zone)
{
    struct slab_ring *at = zone->partial.next;

    FB_LOOP("slabs",
            while (FIRSTFIT && at != &zone->partial && ((struct slab *)at)->free == SLAB_END))
        at = at->next;
    return __builtin_expect(at != &zone->partial, 1) ? (struct slab *)at : slab_add(zone);
}

/* An object, aligned to 16, with any content; NULL when the page source has no more. O(1), and
 * O(objects of a page) when it takes one; firstfit: O(slabs). */
void *zalloc(struct zone *zone)
{
    struct slab *slab = slab_find(zone);
    uint32_t number;

    if (!slab)
        return NULL;
    number = slab->free;
    slab->free = slab->link[number];
    slab->link[number] = SLAB_LIVE;
    slab->used++;
    if (!FIRSTFIT && slab->free == SLAB_END) {
        ring_remove(&slab->ring);
        ring_insert_after(&zone->full, &slab->ring);
    }
    return (uint8_t *)slab + zone->first + number * zone->size;
}

/* Keeps a slab that lost its last object, or gives its page back if one is kept already. O(1). */
static __attribute__((noinline)) void slab_retire(struct zone *zone, struct slab *slab)
{
    ring_remove(&slab->ring);
    if (!zone->empty) {
        zone->empty = slab;
        return;
    }
    slab->mark = 0;
    zone->slabs--;
    zone->pages.give(zone->pages.context, slab);
}

/* Gives an object back. With nothing changed: FB_EADDRESS when it is not an object of any zone
 * (its page must be readable, though), FB_EWRONG_ZONE when it is of another zone, FB_EFREED when
 * it is free already. O(1). */
int zfree(struct zone *zone, void *object)
{
    struct slab *slab = (struct slab *)((uintptr_t)object & ~(uintptr_t)(FB_PAGE_SIZE - 1));
    uint64_t offset, number;
    uint32_t next;

    if (!slab || slab->mark != mark_of(slab))
        return FB_EADDRESS;
    if (slab->zone != zone)
        return FB_EWRONG_ZONE;
    offset = (uint32_t)((uintptr_t)object - (uintptr_t)slab - zone->first);
    number = (offset / ZONE_ALIGNMENT * zone->inverse) >> INVERSE_SHIFT;
    if (number >= zone->objects || number * zone->size != offset)
        return FB_EADDRESS;
    if (slab->link[number] != SLAB_LIVE)
        return FB_EFREED;
    next = slab->free;
    slab->link[number] = (uint8_t)next;
    slab->free = (uint8_t)number;
    if (--slab->used == 0) {
        slab_retire(zone, slab);
    } else if (!FIRSTFIT && next == SLAB_END) {
        ring_remove(&slab->ring);
        ring_insert_after(&zone->partial, &slab->ring);
    }
    return FB_OK;
}
