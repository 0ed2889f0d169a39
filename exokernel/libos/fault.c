/* SPDX-License-Identifier: MIT
 * Pages when they are used: a page of zeros; a copy of a page of a file; or the file's own page,
 * which the server hands out. */
#include "libos.h"

enum { ERROR_PRESENT = 1, ERROR_WRITE = 2, ERROR_FETCH = 16 };

/* The rights of a mapping: never to write and to execute. */
static uint64_t rights_of(uint8_t rights, bool fetch)
{
    if (rights & EXO_RIGHT_W)
        return fetch && rights & EXO_RIGHT_X ? EXO_RIGHT_R | EXO_RIGHT_X : RIGHT_RW;
    return rights | EXO_RIGHT_R;
}

/* A new page there. 0 or a signal. */
static int fresh(uint64_t at, uint64_t rights)
{
    const int64_t id = own_alloc_page(EXO_ANY);

    if (id < 0)
        return SIGKILL; /* memory was promised that is not there */
    if (own_map(0, (cap_id_t)id, at, rights)
        || !page_add(at, (uint64_t)id | (P->borrowed ? PAGE_CHANGED : 0))) {
        own_unbind_page((cap_id_t)id);
        return SIGKILL;
    }
    return 0;
}

/* A copy of a page of a file. */
static int copied(const struct area *a, uint64_t at)
{
    const struct file *f = &FILE_OF[a->file];
    const uint64_t offset = a->offset + (at - a->start);
    uint64_t *request = (uint64_t *)at;
    int signal = fresh(at, RIGHT_RW);

    if (signal)
        return signal;
    request[0] = REQUEST(OP_READ, f->handle), request[1] = PAGE, request[2] = offset;
    request[3] = 0;
    int64_t got = ask_memory((void *)at, 32, PAGE);
    if (got >= 0 && got <= EXO_REGISTER_BYTES)
        libos_copy((void *)at, P->reply, (uint64_t)got);
    if (got <= 0) {
        page_drop(page_find(at));
        return SIGBUS;
    }
    libos_zero((void *)(at + (uint64_t)got), PAGE - (uint64_t)got);
    return 0;
}

/* Pages of a file itself: up to 16 that follow each other and are not resident. */
static int borrowed(const struct area *a, uint64_t at, uint64_t rights)
{
    const struct file *f = &FILE_OF[a->file];
    cap_id_t *ids = (cap_id_t *)LIBOS_BUFFER2;
    uint64_t count = 1;

    while (count < PAGES_AT_ONCE && at + count * PAGE < a->end && !page_find(at + count * PAGE))
        count++;
    ids[0] = REQUEST(OP_PAGES, f->handle);
    ids[1] = (a->offset + (at - a->start)) / PAGE, ids[2] = count, ids[3] = rights;
    int64_t got = ask_memory(ids, 32, PAGE);
    if (got > EXO_REGISTER_BYTES) {
        count = (uint64_t)got / sizeof *ids;
    } else {
        count = (uint64_t)(got < 0 ? 0 : got);
        for (uint64_t i = 0; i < count; i++)
            ids[i] = P->reply[i];
    }
    if (!count)
        return SIGBUS;
    if (own_map_pages(0, ids, count, at, rights) != (int64_t)count)
        return SIGKILL;
    for (uint64_t i = 0; i < count; i++)
        if (!page_add(at + i * PAGE, ids[i] | PAGE_BORROWED))
            return SIGKILL;
    return 0;
}

static int from_file(const struct area *a, uint64_t at, uint64_t rights)
{
    const uint64_t reply[3] = { P->reply[0], P->reply[1], P->reply[2] };
    const int signal = !a->shared && a->rights & EXO_RIGHT_W ? copied(a, at)
                                                             : borrowed(a, at, rights);

    for (int i = 0; i < 3; i++) /* which somebody may be copying into this page */
        P->reply[i] = reply[i];
    return signal;
}

/* Serve a fault of the program's memory. 0: go on. Otherwise the signal that it deserves. */
int page_in(uint64_t address, uint64_t error)
{
    const struct area *a = area_find(address);
    const uint64_t at = address & -PAGE;
    const uint8_t need = error & ERROR_WRITE   ? EXO_RIGHT_W
                         : error & ERROR_FETCH ? EXO_RIGHT_X
                                               : EXO_RIGHT_R;

    if (!a)
        return SIGSEGV;
    if (!(a->rights & need) && !(need == EXO_RIGHT_R && a->rights & (EXO_RIGHT_W | EXO_RIGHT_X)))
        return SIGSEGV;
    struct page *page = page_find(at);
    const uint64_t rights = rights_of(a->rights, error & ERROR_FETCH);
    if (page && !own_protect(0, PAGE_ID(page->capability), rights)) {
        if (P->borrowed && rights & EXO_RIGHT_W)
            page->capability |= PAGE_CHANGED;
        return 0; /* to write and to execute, one at a time */
    }
    if (page)
        page_drop(page);
    return a->file ? from_file(a, at, rights) : fresh(at, rights);
}

/* Whether the program may write this range. Makes all of it resident, so that the kernel can. */
bool user_writes(uint64_t address, uint64_t size)
{
    if (address > USER_TOP || size > USER_TOP - address || !user_may(address, size))
        return false;
    for (uint64_t at = address & -PAGE; size && at < address + size; at += PAGE)
        if (libos_touch(at < address ? address : at))
            return false;
    return true;
}
