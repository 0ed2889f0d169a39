/* SPDX-License-Identifier: MIT
 * The zone allocator against a list of what is live and what each object was filled with; and the
 * pages against what the page source knows to be out. */
#include <stdlib.h>
#include <string.h>

#include <feuerbird/errors.h>

#include "check.h"
#include "zone.h"

#define OPERATIONS 1000000
#define ZONES 3
#define PAGES 64 /* what the page source has */
#define LIVE_MAX 16384

struct object {
    uint8_t *at;
    uint32_t zone;
    uint8_t fill;
};

static uint8_t *pages; /* PAGES of them, aligned */
static uint8_t *out[PAGES];
static uint32_t pages_out, taken, given;
static struct zone zones[ZONES];
static uint32_t sizes[ZONES];
static struct object live[LIVE_MAX];
static uint32_t lives, live_in[ZONES];

/* Pages in random order and with junk in them, so that nothing is taken for granted. */
static void *take(void *context)
{
    uint32_t free_pages[PAGES], count = 0, chosen;

    CHECK(context == &pages_out);
    for (uint32_t i = 0; i < PAGES; i++)
        if (!out[i])
            free_pages[count++] = i;
    if (count == 0)
        return NULL;
    chosen = free_pages[check_below(count)];
    out[chosen] = pages + chosen * FB_PAGE_SIZE;
    memset(out[chosen], check_below(2) ? 0xff : 0xa5, FB_PAGE_SIZE);
    pages_out++, taken++;
    return out[chosen];
}

static void give(void *context, void *page)
{
    const size_t number = (size_t)((uint8_t *)page - pages) / FB_PAGE_SIZE;

    CHECK(context == &pages_out && number < PAGES && out[number] == page);
    out[number] = NULL;
    pages_out--, given++;
}

static const struct page_source source = { take, give, &pages_out };

static void start(void)
{
    pages = aligned_alloc(FB_PAGE_SIZE, PAGES * FB_PAGE_SIZE);
    memset(pages, 0, PAGES * FB_PAGE_SIZE);
    memset(out, 0, sizeof out);
    memset(live_in, 0, sizeof live_in);
    pages_out = lives = taken = given = 0;
}

static uint32_t per_page(uint32_t zone) { return zones[zone].objects; }

static void check_content(const struct object *object)
{
    bool same = true;

    for (uint32_t i = 0; i < sizes[object->zone]; i++)
        same = same && object->at[i] == object->fill;
    CHECK(same);
}

static void allocate(uint32_t zone)
{
    struct object object = { .at = zalloc(&zones[zone]),
                             .zone = zone,
                             .fill = (uint8_t)check_random() };

    if (!object.at) { /* only when no page is left, and all those of this zone are full */
        CHECK(pages_out == PAGES && live_in[zone] == zones[zone].slabs * per_page(zone));
        return;
    }
    CHECK((uintptr_t)object.at % ZONE_ALIGNMENT == 0);
    CHECK((uintptr_t)object.at % FB_PAGE_SIZE + sizes[zone] <= FB_PAGE_SIZE);
    CHECK(out[(size_t)(object.at - pages) / FB_PAGE_SIZE] != NULL);
    memset(object.at, object.fill, sizes[zone]);
    CHECK(lives < LIVE_MAX);
    live[lives++] = object;
    live_in[zone]++;
}

static void release(uint32_t number)
{
    const struct object object = live[number];
    const uint32_t page = (uint32_t)((size_t)(object.at - pages) / FB_PAGE_SIZE);

    check_content(&object);
    CHECK(zfree(&zones[(object.zone + 1) % ZONES], object.at) == FB_EWRONG_ZONE);
    CHECK(zfree(&zones[object.zone], object.at + 16) == FB_EADDRESS); /* sizes are above 16 */
    CHECK(zfree(&zones[object.zone], object.at) == FB_OK);
    live[number] = live[--lives];
    live_in[object.zone]--;
    /* Freed twice: known as long as the page is a slab, no object at all when it is not. */
    CHECK(zfree(&zones[object.zone], object.at) == (out[page] ? FB_EFREED : FB_EADDRESS));
}

/* No page is held without need: at most the one empty slab, and none that could be merged away. */
static void check_pages(void)
{
    uint32_t held = 0;

    for (uint32_t z = 0; z < ZONES; z++) {
        uint8_t used[PAGES] = { 0 };
        uint32_t pages_used = 0;

        for (uint32_t i = 0; i < lives; i++)
            if (live[i].zone == z)
                used[(size_t)(live[i].at - pages) / FB_PAGE_SIZE] = 1;
        for (uint32_t i = 0; i < PAGES; i++)
            pages_used += used[i];
        CHECK(zones[z].slabs == pages_used + (zones[z].empty != NULL));
        held += zones[z].slabs;
    }
    CHECK(held == pages_out);
    CHECK(taken - given == pages_out);
}

/* Tides: a while mostly allocations, a while mostly releases, so that slabs come and go. */
static void random_steps(uint32_t count)
{
    bool rising = true;

    for (uint32_t i = 0; i < count; i++) {
        const uint32_t zone = check_below(ZONES);

        if (check_below(2000) == 0)
            rising = !rising;
        if (lives == 0 || check_below(10) < (rising ? 7u : 3u))
            allocate(zone);
        else
            release(check_below(lives));
        if (i % 1000 == 0)
            check_pages();
    }
}

static void agrees_with_model(void)
{
    for (uint32_t round = 0; round < 10; round++) {
        start();
        for (uint32_t z = 0; z < ZONES; z++) {
            sizes[z] = 17 + check_below(1 + (100u << check_below(5)));
            CHECK(zone_init(&zones[z], sizes[z], &source) == FB_OK);
        }
        random_steps(OPERATIONS / 10);
        if (lives)
            CHECK(zone_destroy(&zones[live[0].zone]) == FB_EBUSY);
        while (lives)
            release(lives - 1);
        check_pages();
        for (uint32_t z = 0; z < ZONES; z++)
            CHECK(zone_destroy(&zones[z]) == FB_OK && zone_destroy(&zones[z]) == FB_OK);
        CHECK(pages_out == 0 && taken == given);
        free(pages);
    }
}

/* For every size: as many objects as a page can hold, none overlapping, each free to the number. */
static void cuts_pages_of_every_size(void)
{
    start();
    for (uint32_t size = 1; size <= ZONE_MAX_OBJECT; size += size < 64 ? 1 : 13) {
        const uint32_t rounded = (size + 15) / 16 * 16;
        uint8_t *objects[256];
        uint32_t count = 0;

        CHECK(zone_init(&zones[0], size, &source) == FB_OK);
        CHECK(zones[0].size == rounded && zones[0].objects >= 2 && zones[0].objects <= 254);
        CHECK(zones[0].first % 16 == 0
              && zones[0].first >= offsetof(struct slab, link) + zones[0].objects);
        CHECK(zones[0].first + zones[0].objects * rounded <= FB_PAGE_SIZE);
        CHECK((zones[0].objects + 1) * (rounded + 1) + 37 + 15 > FB_PAGE_SIZE);
        for (; count < zones[0].objects; count++)
            memset(objects[count] = zalloc(&zones[0]), (int)count, size);
        CHECK(zones[0].slabs == 1);
        for (uint32_t i = 0; i < count; i++)
            for (uint32_t k = 0; k < size; k++)
                CHECK(objects[i][k] == (uint8_t)i);
        for (uint32_t offset = 0; offset < FB_PAGE_SIZE; offset++) { /* all that is no object */
            uint8_t *at = (uint8_t *)((uintptr_t)objects[0] / FB_PAGE_SIZE * FB_PAGE_SIZE) + offset;
            const uint32_t into = offset - zones[0].first;

            if (offset < zones[0].first || into % rounded || into / rounded >= count)
                CHECK(zfree(&zones[0], at) == FB_EADDRESS);
        }
        for (uint32_t i = 0; i < count; i++)
            CHECK(zfree(&zones[0], objects[i]) == FB_OK);
        CHECK(zone_destroy(&zones[0]) == FB_OK && pages_out == 0);
    }
    free(pages);
}

static void does_not_thrash_at_the_edge(void)
{
    uint32_t objects, before;

    start();
    sizes[0] = 1000;
    CHECK(zone_init(&zones[0], sizes[0], &source) == FB_OK);
    objects = per_page(0);
    for (uint32_t i = 0; i < objects; i++)
        allocate(0);
    before = taken;
    for (uint32_t i = 0; i < 1000; i++) {
        void *object = zalloc(&zones[0]);

        CHECK(object && zfree(&zones[0], object) == FB_OK);
    }
    CHECK(taken == before + 1 && given == 0);
    while (lives)
        CHECK(zfree(&zones[0], live[--lives].at) == FB_OK);
    CHECK(pages_out == 1 && given == 1);
    CHECK(zone_destroy(&zones[0]) == FB_OK && pages_out == 0);
    free(pages);
}

static void refuses_what_is_not_its_own(void)
{
    uint8_t *page = aligned_alloc(FB_PAGE_SIZE, FB_PAGE_SIZE), *object;

    start();
    memset(page, 0, FB_PAGE_SIZE);
    CHECK(zone_init(&zones[0], 0, &source) == FB_EINVALID);
    CHECK(zone_init(&zones[0], ZONE_MAX_OBJECT + 1, &source) == FB_EINVALID);
    CHECK(zone_init(&zones[0], 64, &source) == FB_OK && zone_init(&zones[1], 64, &source) == FB_OK);
    CHECK(zfree(&zones[0], NULL) == FB_EADDRESS);
    CHECK(zfree(&zones[0], page + 512) == FB_EADDRESS);
    object = zalloc(&zones[0]);
    memcpy(page, object - (uintptr_t)object % FB_PAGE_SIZE, FB_PAGE_SIZE);
    CHECK(zfree(&zones[0], page + (uintptr_t)object % FB_PAGE_SIZE) == FB_EADDRESS); /* a copy */
    CHECK(zfree(&zones[1], object) == FB_EWRONG_ZONE);
    CHECK(zfree(&zones[0], object + 64) == FB_EFREED); /* never given out */
    CHECK(zfree(&zones[0], object + 1) == FB_EADDRESS);
    CHECK(zfree(&zones[0], object) == FB_OK && zfree(&zones[0], object) == FB_EFREED);
    CHECK(zone_destroy(&zones[0]) == FB_OK && zfree(&zones[0], object) == FB_EADDRESS);
    free(pages), free(page);
}

int main(int argc, char **argv)
{
    check_begin("zone", argc, argv);
    RUN(agrees_with_model);
    RUN(cuts_pages_of_every_size);
    RUN(does_not_thrash_at_the_edge);
    RUN(refuses_what_is_not_its_own);
    return check_end("zone");
}
