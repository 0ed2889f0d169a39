/* SPDX-License-Identifier: MIT
 * brk, mmap and their relatives. Memory is promised here, and given when it is used (fault.c). */
#include "libos.h"

int64_t linux_brk(uint64_t wanted)
{
    const uint64_t old = PAGE_UP(P->break_now), end = PAGE_UP(wanted);

    if (wanted < P->break_start || wanted > USER_TOP)
        return (int64_t)P->break_now;
    if (end > old) {
        const struct area *there = area_find(old);
        for (uint64_t at = old; at < end && !there; at += 64 * PAGE)
            there = area_find(at);
        if (there || area_find(end - 1) || !area_may(P->break_start, end - P->break_start)
            || area_add(old, end, RIGHT_RW, false, 0, 0))
            return (int64_t)P->break_now;
    } else if (end < old && area_remove(end, old)) {
        return (int64_t)P->break_now;
    }
    P->break_now = wanted;
    return (int64_t)wanted;
}

/* Whether the file may be mapped so; notes its own reference. 0: no file. Negative: an error. */
static int64_t mapped_file(uint64_t descriptor, uint64_t rights, bool shared)
{
    const struct file *f = file_of(descriptor);

    if (!f)
        return -EBADF;
    if (f->kind == FILE_ZERO)
        return 0;
    if (f->kind != FILE_PLAIN)
        return -ENODEV;
    if ((f->flags & O_ACCMODE) == O_WRONLY
        || (shared && rights & PROT_WRITE && (f->flags & O_ACCMODE) != O_RDWR))
        return -EACCES;
    return f - FILE_OF;
}

/* What processes share without a name is a file of the server's. It has no reference yet. */
static int64_t shared_memory(uint64_t size)
{
    const int64_t handle = ask(OP_MEMORY, 0, size, 0, 0);

    return handle < 0 ? -ENOMEM : file_new(FILE_PLAIN, (uint32_t)handle, O_RDWR);
}

int64_t linux_mmap(uint64_t address, uint64_t size, uint64_t rights, uint64_t flags,
                   uint64_t descriptor, uint64_t offset)
{
    const bool shared = (flags & 3) != MAP_PRIVATE,
               fixed = flags & (MAP_FIXED | MAP_FIXED_NOREPLACE);
    int64_t file = 0;

    if (!size || offset % PAGE || !(flags & 3) || (fixed && address % PAGE))
        return -EINVAL;
    size = PAGE_UP(size);
    if (!size || size > USER_TOP)
        return -ENOMEM;
    if (!(flags & MAP_ANONYMOUS))
        file = mapped_file(descriptor & 0xffffffff, rights, shared);
    if (file < 0)
        return file;
    if (!fixed) {
        address &= -PAGE;
        if (!address || !area_may(address, size) || area_find(address)
            || area_find(address + size - 1))
            address = 0;
        for (uint64_t at = address; address && at < address + size; at += PAGE)
            if (area_find(at))
                address = 0;
        if (!address)
            address = area_gap(size);
        if (!address)
            return -ENOMEM;
    } else if (!area_may(address, size)) {
        return address < USER_LOW ? -EPERM : -ENOMEM;
    } else if (flags & MAP_FIXED_NOREPLACE) {
        for (uint64_t at = address; at < address + size; at += PAGE)
            if (area_find(at))
                return -EEXIST;
    } else if (area_remove(address, address + size)) {
        return -ENOMEM;
    }
    if (shared && !file) {
        file = shared_memory(size);
        offset = 0;
    }
    if (file < 0)
        return file;
    if (file)
        FILE_OF[file].references++;
    const int64_t error = area_add(address, address + size, rights & 7, shared, (uint16_t)file,
                                   offset);
    if (error && file)
        file_release((uint16_t)file);
    return error ? error : (int64_t)address;
}

int64_t linux_mremap(uint64_t old, uint64_t old_size, uint64_t size, uint64_t flags)
{
    struct area *a = area_find(old);
    enum { MAY_MOVE = 1 };

    old_size = PAGE_UP(old_size), size = PAGE_UP(size);
    if (old % PAGE || !size || flags & ~1ul)
        return -EINVAL;
    if (!a || !old_size || a->end - old < old_size)
        return -EFAULT;
    if (size <= old_size)
        return size == old_size                          ? (int64_t)old
               : area_remove(old + size, old + old_size) ? -ENOMEM
                                                         : (int64_t)old;
    if (a->file)
        return -ENOSYS;
    bool room = a->end == old + old_size && area_may(old, size);
    for (uint64_t at = old + old_size; room && at < old + size; at += PAGE)
        room = !area_find(at);
    const uint8_t rights = a->rights;
    if (room)
        return area_add(old + old_size, old + size, rights, false, 0, 0) ? -ENOMEM : (int64_t)old;
    const uint64_t to = flags & MAY_MOVE ? area_gap(size) : 0;
    if (!to || area_add(to, to + size, rights, false, 0, 0))
        return -ENOMEM;
    for (uint64_t i = 0; i < old_size; i += PAGE) { /* the pages themselves move */
        struct page *page = page_find(old + i);
        if (!page)
            continue;
        const uint64_t capability = page->capability;
        if (!(capability & PAGE_HIDDEN))
            own_unmap(0, PAGE_ID(capability));
        page_forget(page);
        page_add(to + i, capability);
        if (!(capability & PAGE_HIDDEN))
            own_map(0, PAGE_ID(capability), to + i,
                    rights & PROT_WRITE ? RIGHT_RW : rights | EXO_RIGHT_R);
    }
    return area_remove(old, old + old_size) ? -ENOMEM : (int64_t)to;
}

int64_t linux_madvise(uint64_t start, uint64_t size, uint64_t advice)
{
    enum { DONTNEED = 4, FREE = 8 };
    const uint64_t end = start + PAGE_UP(size);

    if (start % PAGE || end < start)
        return -EINVAL;
    for (uint64_t at = start; at < end; at += PAGE) {
        const struct area *a = area_find(at);
        if (!a)
            return -ENOMEM;
        struct page *page = advice == DONTNEED || advice == FREE ? page_find(at) : NULL;
        if (page)
            page_drop(page);
    }
    return 0;
}

int64_t linux_msync(uint64_t start, uint64_t size, uint64_t flags)
{
    if (start % PAGE || flags & ~7ul)
        return -EINVAL;
    for (uint64_t at = start; at < start + PAGE_UP(size); at += PAGE)
        if (!area_find(at))
            return -ENOMEM;
    return 0;
}
