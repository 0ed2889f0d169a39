/* SPDX-License-Identifier: MIT
 * What names stand for: files, folders, links, devices; and the pages of files. A file has a number
 * for each of its pages; holes have 0, and read as zeros. */
#include "server.h"

/* A cleared page, or 0. */
uint32_t page_take(void)
{
    uint32_t page = S->page_free;

    if (page) {
        S->page_free = *(uint32_t *)page_at(page);
        __builtin_memset(page_at(page), 0, PAGE);
        return page;
    }
    page = S->page_top + 1;
    const int64_t id = exo_alloc_page(EXO_ANY);
    if (id < 0)
        return 0;
    if (exo_map(0, (cap_id_t)id, (uint64_t)page_at(page), RW)) {
        exo_unbind_page((cap_id_t)id);
        return 0;
    }
    CAPS[page] = (cap_id_t)id;
    S->page_top = page;
    return page;
}

/* Give back a page. Processes that have it mapped lose it, as at the end of a file cut short. */
void page_give(uint32_t page)
{
    if (LENT[page])
        exo_revoke(CAPS[page], 0);
    LENT[page] = false;
    *(uint32_t *)page_at(page) = S->page_free;
    S->page_free = page;
}

uint32_t node_new(uint32_t mode)
{
    uint32_t i = S->node_free;

    if (i)
        S->node_free = NODE[i].next_free;
    else if (S->node_top + 1 < NODES)
        i = ++S->node_top;
    else
        return 0;
    const uint64_t t = server_time();
    NODE[i] = (struct node){ .mode = mode, .atime = t, .mtime = t, .ctime = t, .next_place = 3 };
    return i;
}

static uint32_t *map_of(uint32_t node) { return (uint32_t *)(MAPS_AT + node * 0x100000ul); }

/* The number of a page of the file; 0: a hole, or no memory. */
uint32_t node_page(uint32_t node, uint64_t index, bool make)
{
    struct node *n = &NODE[node];

    if (index >= FILE_PAGES || (!make && index >= n->pages))
        return 0;
    uint32_t *at = index < FEW ? &n->page[index] : &map_of(node)[index];
    if (index >= n->pages) {
        for (uint64_t i = n->pages; i < index; i++)
            *(i < FEW ? &n->page[i] : &map_of(node)[i]) = 0;
        *at = 0;
        n->pages = (uint32_t)index + 1;
    }
    if (!*at && make)
        *at = page_take();
    return *at;
}

/* Change the size. What lies behind the end is zero when the file grows again. */
int64_t node_resize(uint32_t node, uint64_t size)
{
    struct node *n = &NODE[node];
    const uint64_t pages = (size + PAGE - 1) / PAGE;

    if (pages > FILE_PAGES)
        return -EFBIG;
    for (uint64_t i = pages; i < n->pages; i++) {
        const uint32_t page = node_page(node, i, false);
        if (page)
            page_give(page);
    }
    if (pages < n->pages)
        n->pages = (uint32_t)pages;
    if (size < n->size && size % PAGE) {
        const uint32_t page = node_page(node, size / PAGE, false);
        if (page)
            __builtin_memset(page_at(page) + size % PAGE, 0, PAGE - size % PAGE);
    }
    n->size = size;
    return 0;
}

/* No name and no open file refers to it any more: forget it. */
void node_release(uint32_t node)
{
    struct node *n = &NODE[node];

    if (n->links || n->opens || node == 1)
        return;
    if ((n->mode & S_IFMT) == S_IFREG || (n->mode & S_IFMT) == S_IFLNK)
        node_resize(node, 0);
    n->mode = 0;
    n->next_free = S->node_free;
    S->node_free = node;
}

int64_t node_read(uint32_t node, uint64_t offset, char *to, uint64_t n)
{
    const struct node *f = &NODE[node];
    uint64_t done = 0;

    n = offset >= f->size ? 0 : n < f->size - offset ? n : f->size - offset;
    while (done < n) {
        const uint64_t at = (offset + done) % PAGE;
        const uint64_t part = n - done < PAGE - at ? n - done : PAGE - at;
        const uint32_t page = node_page(node, (offset + done) / PAGE, false);
        if (page)
            __builtin_memcpy(to + done, page_at(page) + at, part);
        else
            __builtin_memset(to + done, 0, part);
        done += part;
    }
    return (int64_t)done;
}

int64_t node_write(uint32_t node, uint64_t offset, const char *from, uint64_t n)
{
    struct node *f = &NODE[node];
    uint64_t done = 0;

    if (offset >= FILE_PAGES * PAGE)
        return -EFBIG;
    while (done < n) {
        const uint64_t at = (offset + done) % PAGE;
        const uint64_t part = n - done < PAGE - at ? n - done : PAGE - at;
        const uint32_t page = node_page(node, (offset + done) / PAGE, true);
        if (!page)
            break;
        __builtin_memcpy(page_at(page) + at, from + done, part);
        done += part;
    }
    if (!done && n)
        return -ENOSPC;
    if (offset + done > f->size)
        f->size = offset + done;
    f->mtime = f->ctime = server_time();
    return (int64_t)done;
}

void node_stat(uint32_t node, struct linux_stat *s)
{
    const struct node *n = &NODE[node];
    const uint64_t second = 1000000000;

    *s = (struct linux_stat){
        .dev = 1,
        .ino = node,
        .nlink = n->links,
        .mode = n->mode,
        .uid = n->uid,
        .gid = n->gid,
        .rdev = n->device,
        .size = (int64_t)n->size,
        .blksize = (int64_t)PAGE,
        .blocks = (int64_t)((n->mode & S_IFMT) == S_IFREG ? (n->size + 511) / 512 : 0),
        .atime = n->atime / second,
        .atime_ns = n->atime % second,
        .mtime = n->mtime / second,
        .mtime_ns = n->mtime % second,
        .ctime = n->ctime / second,
        .ctime_ns = n->ctime % second,
    };
}
