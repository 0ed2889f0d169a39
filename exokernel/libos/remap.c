/* SPDX-License-Identifier: MIT
 * mremap: areas grow, shrink and move, with their pages. And calls about resident pages. */
#include "libos.h"

enum { MAY_MOVE = 1, FIXED = 2, DONT_UNMAP = 4 };

/* Move the resident pages themselves. Those of files are asked for again where they are used. */
static void move_pages(const struct area *a, uint64_t from, uint64_t to, uint64_t size)
{
    const uint8_t rights = a->rights;

    for (uint64_t i = 0; i < size; i += PAGE) {
        struct page *page = page_find(from + i);
        if (!page)
            continue;
        if (page->capability & PAGE_BORROWED) {
            page_drop(page);
            continue;
        }
        const uint64_t capability = page->capability;
        if (!(capability & PAGE_HIDDEN))
            own_unmap(0, PAGE_ID(capability));
        page_forget(page);
        page_add(to + i, capability);
        if (!(capability & PAGE_HIDDEN))
            own_map(0, PAGE_ID(capability), to + i,
                    rights & PROT_WRITE ? RIGHT_RW : rights | EXO_RIGHT_R);
    }
}

/* Add an area like that at `old`, which begins there. */
static int64_t add_like(uint64_t old, uint64_t to, uint64_t size)
{
    const struct area a = *area_find(old);

    if (a.file)
        FILE_OF[a.file].references++;
    const int64_t error = area_add(to, to + size, a.rights, a.shared, a.file,
                                   a.offset + (old - a.start));
    if (error && a.file)
        file_release(a.file);
    return error;
}

static int64_t move_to(uint64_t old, uint64_t old_size, uint64_t to, uint64_t size, uint64_t flags)
{
    const uint64_t kept = old_size < size ? old_size : size;

    if (add_like(old, to, size))
        return -ENOMEM;
    move_pages(area_find(to), old, to, kept);
    if (flags & DONT_UNMAP)
        return (int64_t)to;
    return area_remove(old, old + old_size) ? -ENOMEM : (int64_t)to;
}

int64_t linux_mremap(uint64_t old, uint64_t old_size, uint64_t size, uint64_t flags, uint64_t to)
{
    old_size = PAGE_UP(old_size), size = PAGE_UP(size);
    if (old % PAGE || !size || flags & ~7ul
        || (flags & (FIXED | DONT_UNMAP) && !(flags & MAY_MOVE)))
        return -EINVAL;
    if (flags & FIXED
        && (to % PAGE || (to < old + old_size && old < to + size) || !area_may(to, size)))
        return -EINVAL;
    if (flags & DONT_UNMAP && size != old_size)
        return -EINVAL;
    const struct area *a = area_find(old);
    if (!a || (old_size && a->end - old < old_size))
        return -EFAULT;
    if (!old_size && !a->shared)
        return -EINVAL;
    if (flags & FIXED) {
        if (area_remove(to, to + size))
            return -ENOMEM;
        return move_to(old, old_size, to, size, flags);
    }
    if (size <= old_size && !(flags & DONT_UNMAP))
        return size == old_size                          ? (int64_t)old
               : area_remove(old + size, old + old_size) ? -ENOMEM
                                                         : (int64_t)old;
    bool room = a->end == old + old_size && area_may(old, size) && old_size
                && !(flags & DONT_UNMAP);
    for (uint64_t at = old + old_size; room && at < old + size; at += PAGE)
        room = !area_find(at);
    if (room) {
        const struct area b = *a;
        if (b.file)
            FILE_OF[b.file].references++;
        const int64_t error = area_add(old + old_size, old + size, b.rights, b.shared, b.file,
                                       b.offset + (old + old_size - b.start));
        if (error && b.file)
            file_release(b.file);
        return error ? -ENOMEM : (int64_t)old;
    }
    const uint64_t gap = flags & MAY_MOVE ? area_gap(size) : 0;
    return gap ? move_to(old, old_size, gap, size, flags) : -ENOMEM;
}

/* 0 if the whole range is mapped. */
static int64_t mapped(uint64_t start, uint64_t size)
{
    if (start + PAGE_UP(size) < start)
        return -EINVAL;
    for (uint64_t at = start & -PAGE; at < start + size; at += PAGE)
        if (!area_find(at))
            return -ENOMEM;
    return 0;
}

int64_t linux_mincore(uint64_t start, uint64_t size, uint64_t to)
{
    if (start % PAGE)
        return -EINVAL;
    const int64_t error = mapped(start, size);
    if (error)
        return error;
    for (uint64_t i = 0; i * PAGE < size; i++) {
        const uint8_t resident = page_find(start + i * PAGE) != NULL;
        if (user_put(to + i, &resident, 1))
            return -EFAULT;
    }
    return 0;
}

/* Nothing is ever taken out of memory, so all is locked once it is used. */
int64_t linux_mlock(uint64_t start, uint64_t size) { return mapped(start, size); }
int64_t linux_munlock(uint64_t start, uint64_t size) { return mapped(start, size); }
int64_t linux_mlock2(uint64_t start, uint64_t size, uint64_t flags)
{
    return flags > 1 ? -EINVAL : mapped(start, size);
}
int64_t linux_mlockall(uint64_t flags)
{
    return !(uint32_t)flags || (uint32_t)flags > 7 || (uint32_t)flags == 4 ? -EINVAL : 0;
}
int64_t linux_munlockall(void) { return 0; }
