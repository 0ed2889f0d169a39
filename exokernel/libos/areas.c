/* SPDX-License-Identifier: MIT
 * The areas of the program's address space, ordered by address. Areas of the same kind that touch
 * are one. What they say is made true page by page: at once where pages are resident, else when the
 * program uses them (fault.c). */
#include "libos.h"

/* The first area that ends above the address. O(log areas). */
static uint32_t first_above(uint64_t address)
{
    uint32_t low = 0, high = P->areas;

    while (low < high) {
        const uint32_t middle = (low + high) / 2;
        if (AREA[middle].end > address)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* The area that contains the address, or NULL. */
struct area *area_find(uint64_t address)
{
    const uint32_t i = first_above(address);

    return i < P->areas && AREA[i].start <= address ? &AREA[i] : NULL;
}

/* Whether the program may have this range. */
bool area_may(uint64_t start, uint64_t size)
{
    const uint64_t end = start + size;

    return start >= USER_LOW && end > start && end <= USER_TOP
           && (end <= EXO_IMAGE || start >= EXO_IMAGE_END)
           && (end <= LIBOS_AREA || start >= LIBOS_END);
}

static void move(uint32_t to, uint32_t from, uint32_t count)
{
    if (to < from)
        for (uint32_t i = 0; i < count; i++)
            AREA[to + i] = AREA[from + i];
    else
        for (uint32_t i = count; i--;)
            AREA[to + i] = AREA[from + i];
}

/* Split the area that contains the address, so that one begins there. False: there are too many. */
static bool cut(uint64_t address)
{
    const uint32_t i = first_above(address);

    if (i == P->areas || AREA[i].start >= address)
        return true;
    if (P->areas == AREAS)
        return false;
    move(i + 1, i, P->areas++ - i);
    AREA[i].end = AREA[i + 1].start = address;
    if (AREA[i].file) {
        AREA[i + 1].offset += address - AREA[i].start;
        FILE_OF[AREA[i].file].references++;
    }
    return true;
}

static bool joins(const struct area *a, const struct area *b)
{
    return a->end == b->start && a->rights == b->rights && a->shared == b->shared
           && a->file == b->file && (!a->file || a->offset + (a->end - a->start) == b->offset);
}

/* Make one of the areas i - 1 and i, if they join. */
static void join(uint32_t i)
{
    if (!i || i >= P->areas || !joins(&AREA[i - 1], &AREA[i]))
        return;
    AREA[i - 1].end = AREA[i].end;
    const uint16_t file = AREA[i].file;
    move(i, i + 1, --P->areas - i);
    if (file)
        file_release(file);
}

/* Add an area where none is. It takes over the reference to the file. */
int64_t area_add(uint64_t start, uint64_t end, uint8_t rights, bool shared, uint16_t file,
                 uint64_t offset)
{
    const uint32_t i = first_above(start);

    if (P->areas == AREAS)
        return -ENOMEM;
    move(i + 1, i, P->areas++ - i);
    AREA[i] = (struct area){ start, end, offset, file, rights, shared, 0 };
    join(i + 1);
    join(i);
    return 0;
}

/* Give up the resident pages of a range. O(the smaller of the range's and all resident pages). */
static void drop_pages(uint64_t start, uint64_t end)
{
    uint64_t places;
    struct page *pages = page_table(&places);

    if ((end - start) / PAGE <= places) {
        for (uint64_t at = start; at < end; at += PAGE) {
            struct page *page = page_find(at);
            if (page)
                page_drop(page);
        }
        return;
    }
    for (bool again = true; again;) { /* dropping one moves others */
        again = false;
        for (uint64_t i = 0; i < places; i++) {
            while (pages[i].number && pages[i].number * PAGE >= start
                   && pages[i].number * PAGE < end) {
                page_drop(&pages[i]);
                again = true;
            }
        }
    }
}

/* Remove all areas of a range, with their pages. */
int64_t area_remove(uint64_t start, uint64_t end)
{
    if (!cut(start) || !cut(end))
        return -ENOMEM;
    uint32_t i = first_above(start), n = i;
    for (; n < P->areas && AREA[n].start < end; n++) {
        drop_pages(AREA[n].start, AREA[n].end);
        if (AREA[n].file)
            file_release(AREA[n].file);
    }
    move(i, n, P->areas - n);
    P->areas -= n - i;
    return 0;
}

/* The highest gap of this size below the stack, or 0. O(areas). */
uint64_t area_gap(uint64_t size)
{
    uint64_t top = STACK_TOP - STACK_SIZE - 0x100000;

    for (uint32_t i = first_above(top);; i--) {
        const uint64_t below = i ? AREA[i - 1].end : LIBOS_END;
        if (i < P->areas && AREA[i].start < top)
            top = AREA[i].start;
        if (top > below && top - below >= size)
            return top - size;
        if (!i)
            return 0;
    }
}

/* Remove everything: another program comes. */
void area_clear(void) { area_remove(0, USER_TOP); }

/* What happens to the page that is resident, as its area now says. */
static void change_page(struct page *page, const struct area *a)
{
    const uint64_t id = PAGE_ID(page->capability), at = page->number * PAGE;
    uint64_t rights = a->rights & EXO_RIGHT_W ? a->rights & ~(uint64_t)EXO_RIGHT_X : a->rights;

    if (P->borrowed && rights & EXO_RIGHT_W)
        page->capability |= PAGE_CHANGED;

    if (a->rights & EXO_RIGHT_W && !a->shared && page->capability & PAGE_BORROWED) {
        page_drop(page); /* it gets a copy of its own */
        return;
    }
    if (!rights && !(page->capability & PAGE_HIDDEN)) {
        own_unmap(0, id);
        page->capability |= PAGE_HIDDEN;
    } else if (rights && page->capability & PAGE_HIDDEN) {
        page->capability &= ~PAGE_HIDDEN;
        own_map(0, id, at, rights | EXO_RIGHT_R);
    } else if (rights && own_protect(0, id, rights | EXO_RIGHT_R)) {
        page_drop(page); /* lent with fewer rights: the next use asks again */
    }
}

static int64_t protect(uint64_t start, uint64_t end, uint8_t rights)
{
    for (uint64_t at = start; at < end;) {
        const struct area *a = area_find(at);
        if (!a)
            return -ENOMEM;
        if (a->shared && rights & EXO_RIGHT_W && a->file
            && (FILE_OF[a->file].flags & O_ACCMODE) != O_RDWR)
            return -EACCES;
        at = a->end;
    }
    if (!cut(start) || !cut(end))
        return -ENOMEM;
    for (uint32_t i = first_above(start); i < P->areas && AREA[i].start < end; i++) {
        AREA[i].rights = rights;
        for (uint64_t at = AREA[i].start; at < AREA[i].end; at += PAGE) {
            struct page *page = page_find(at);
            if (page)
                change_page(page, &AREA[i]);
        }
    }
    for (uint32_t i = first_above(start); i < P->areas && AREA[i].start <= end;) {
        const uint32_t before = P->areas;
        join(i);
        i += P->areas == before;
    }
    return 0;
}

int64_t linux_mprotect(uint64_t start, uint64_t size, uint64_t rights)
{
    const uint64_t end = start + PAGE_UP(size);

    if (start % PAGE || rights & ~7ul)
        return -EINVAL;
    if (end < start || (size && !area_may(start, PAGE_UP(size))))
        return -ENOMEM;
    return size ? protect(start, end, (uint8_t)rights) : 0;
}

int64_t linux_munmap(uint64_t start, uint64_t size)
{
    if (start % PAGE || !size || start > USER_TOP || size > USER_TOP - start)
        return -EINVAL;
    return area_remove(start, start + PAGE_UP(size));
}
