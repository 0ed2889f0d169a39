/* SPDX-License-Identifier: MIT
 * Memory for many objects of one size, taken and given back in constant time.
 *
 * A zone cuts pages into objects. Each page is a slab with its bookkeeping in front, so the slab of
 * an object is found by masking the address:
 *
 *    0        16     24     32     36     37                      first               4096
 *    | ring   | mark | zone | used | free | link 0 .. link n-1 |  | object 0 | object 1 | .. |
 *                                                                16-byte aligned
 *    link[i]  SLAB_LIVE: object i is given out; else free, and the number of the next free one
 *
 *    zone --- partial: slabs with live and free objects; the next object comes from the first
 *        '--- full:    slabs without a free object
 *        '--- empty:   at most one slab without a live object
 *
 * The one empty slab is kept so that a pair of zalloc and zfree at the edge of a page does not take
 * and give back a page each time; all others go back at once. No list is ever searched, whatever
 * the number of slabs. The links are in front, not in the objects, so a write past an object or
 * after its end does not steer the allocator.
 *
 * Variant ZONE_ALLOC=firstfit: one list, full slabs among the others, searched from its head for
 * the first with a free object, as the public FeuerBird does: O(slabs).
 *
 * The caller holds a lock. A zone must not be moved: its lists point to it. */
#ifndef CORE_ZONE_H
#define CORE_ZONE_H

#include <feuerbird/types.h>

#define ZONE_ALIGNMENT 16u
#define ZONE_MAX_OBJECT 2016u /* two to a page */

/* Where pages come from and go to. */
struct page_source {
    void *(*take)(void *context); /* a page, aligned to FB_PAGE_SIZE, with any content; or NULL */
    void (*give)(void *context, void *page);
    void *context;
};

struct slab_ring {
    struct slab_ring *next, *prev;
};

struct slab {
    struct slab_ring ring; /* the list that the slab is on */
    uint64_t mark;         /* distinguishes a slab from any other page */
    struct zone *zone;
    uint32_t used; /* live objects */
    uint8_t free;  /* number of the first free object, or SLAB_END */
    uint8_t link[];
};

struct zone {
    struct slab_ring partial; /* firstfit: all slabs with a live object */
    struct slab_ring full;
    struct slab *empty;
    uint32_t size, first, objects; /* bytes of an object; offset of object 0; objects of a slab */
    uint32_t inverse;              /* of size, to find an object's number without dividing */
    uint32_t slabs;                /* pages held now */
    struct page_source pages;
};

int zone_init(struct zone *zone, uint32_t size, const struct page_source *pages);
int zone_destroy(struct zone *zone);
void *zalloc(struct zone *zone);
int zfree(struct zone *zone, void *object);

#endif
