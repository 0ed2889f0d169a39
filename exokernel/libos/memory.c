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

static bool is_advice(uint32_t advice)
{
    return advice <= 4 || (advice >= 8 && advice <= 25) || advice == 100 || advice == 101;
}

int64_t linux_madvise(uint64_t start, uint64_t size, uint64_t advice)
{
    enum { DONTNEED = 4, FREE = 8 };
    const uint64_t end = start + PAGE_UP(size);

    if (start % PAGE || end < start || !is_advice((uint32_t)advice))
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
    if (start % PAGE || flags & ~7ul || (flags & 5) == 5)
        return -EINVAL;
    for (uint64_t at = start; at < start + PAGE_UP(size); at += PAGE)
        if (!area_find(at))
            return -ENOMEM;
    return 0;
}
