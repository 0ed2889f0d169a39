/* SPDX-License-Identifier: MIT
 * Physical pages: a stack of free ones, linked through one word a page outside of the pages, so
 * that memory which nobody uses is never touched. */
#include "kernel.h"
#include "memory.h"

#define PAGE_TAKEN UINT32_MAX /* what the link of a page says that is not free */
#define PAGE_LAST  (UINT32_MAX - 1)

static struct {
    uint32_t *link; /* by page number */
    uint32_t count; /* pages that have a link */
    uint32_t head;
    uint64_t free;
} pages;

bool range_overlaps(struct range a, struct range b)
{
    return a.start < b.end && b.start < a.end;
}

/* Give a page back; it must have been taken. O(1). */
void page_free(uint64_t physical)
{
    const uint64_t number = physical / PAGE_SIZE;

    if (physical % PAGE_SIZE || number >= pages.count || pages.link[number] != PAGE_TAKEN)
        panic(PANIC_PAGES, "freed a page that was not taken");
    pages.link[number] = pages.head;
    pages.head = (uint32_t)number;
    pages.free++;
}

/* A free page's physical address, its content unknown, or 0. O(1). */
uint64_t page_alloc(void)
{
    const uint32_t number = pages.head;

    if (number == PAGE_LAST)
        return 0;
    pages.head = pages.link[number];
    pages.link[number] = PAGE_TAKEN;
    pages.free--;
    return number * PAGE_SIZE;
}

uint64_t pages_free(void) { return pages.free; }

/* The reserved range that `wanted` runs into, or NULL. */
static const struct range *collision(struct range wanted, const struct range *reserved, int n)
{
    for (int i = 0; i < n; i++)
        if (range_overlaps(wanted, reserved[i]))
            return &reserved[i];
    return NULL;
}

/* A place for the links in memory that the start tables reach. */
static struct range place_links(const struct boot_info *boot, const struct range *reserved, int n,
                                uint64_t size)
{
    for (uint32_t i = 0; i < boot->ram_count; i++) {
        struct range r = { boot->ram[i].start, boot->ram[i].start + size };
        for (const struct range *hit; (hit = collision(r, reserved, n));)
            r = (struct range){ hit->end, hit->end + size };
        if (r.end <= boot->ram[i].end && r.end <= BOOT_MAPPED)
            return r;
    }
    panic(PANIC_MEMORY, "no room for the page links");
}

/* Make all RAM free but firmware's, the image, the plan and the output region. O(pages). Lowest
 * pages come out first: the real page tables are built while only those are mapped. */
void pages_init(const struct boot_info *boot, struct range output)
{
    struct range reserved[5] = {
        { 0, LOW_END },
        { (uint64_t)image_start, image_physical(image_end) },
        { boot->plan.start & -PAGE_SIZE, (boot->plan.end + PAGE_SIZE - 1) & -PAGE_SIZE },
        output,
    };
    uint64_t end = 0;

    for (uint32_t i = 0; i < boot->ram_count; i++)
        end = boot->ram[i].end > end ? boot->ram[i].end : end;
    pages.count = (uint32_t)(end / PAGE_SIZE);
    pages.head = PAGE_LAST;
    reserved[4] = place_links(boot, reserved, 4,
                              (pages.count * sizeof *pages.link + PAGE_SIZE - 1) & -PAGE_SIZE);
    pages.link = direct(reserved[4].start);
    for (uint32_t i = 0; i < pages.count; i++)
        pages.link[i] = PAGE_TAKEN;
    for (uint32_t i = boot->ram_count; i--;) {
        for (uint64_t p = boot->ram[i].end; p > boot->ram[i].start;) {
            const struct range *hit = collision((struct range){ p - PAGE_SIZE, p }, reserved, 5);
            p = hit ? hit->start : p - PAGE_SIZE;
            if (!hit)
                page_free(p);
        }
    }
}
