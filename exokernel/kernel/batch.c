/* SPDX-License-Identifier: MIT
 * Many pages in one crossing: map, unmap, protect; and what the processor notes in page tables. A
 * batch stops at the first page that cannot be served. Its result is how many were, or the error if
 * that was the first. The identifiers are copied before anything is done. */
#include "env.h"
#include "memory.h"
#include "paging.h"
#include "syscalls.h"

struct batch {
    struct env *env;
    uint64_t count, id[EXO_BATCH_MAX];
};

/* Take the lock and read the identifiers. The lock stays held, whatever the result. */
static int64_t begin(struct batch *b, cap_id_t env, uint64_t ids, uint64_t count)
{
    kernel_lock();
    if (!count || count > EXO_BATCH_MAX)
        return FB_EINVALID;
    if (!in_user(ids, 8 * count))
        return FB_EADDRESS;
    b->count = count;
    const int64_t error = env_about(current_env(), env, &b->env);
    return error ? error : user_copy(b->id, (const void *)ids, 8 * count);
}

static int64_t end(uint64_t done, int64_t error)
{
    kernel_unlock();
    return done ? (int64_t)done : error;
}

/* Map the pages one behind the other from `address` on. Outside of user space none is. O(count). */
int64_t sys_map_pages(cap_id_t env, uint64_t ids, uint64_t count, uint64_t address, uint64_t rights)
{
    struct batch b;
    uint64_t done = 0;
    int64_t error = begin(&b, env, ids, count);

    if (!error)
        error = space_map_all(b.env, b.id, count, address, rights, &done);
    if (!done && error == FB_EAGAIN)
        error = call_again(SYS_map_pages, env, ids, count, address, rights);
    return end(done, error);
}

/* Remove the mappings of these capabilities. O(count). */
int64_t sys_unmap_pages(cap_id_t env, uint64_t ids, uint64_t count)
{
    struct batch b;
    uint64_t done = 0;
    int64_t error = begin(&b, env, ids, count);

    if (!error)
        error = space_change_all(b.env, b.id, count, 0, &done);
    return end(done, error);
}

/* Change the rights of these mappings, and forget that the pages were used. O(count). */
int64_t sys_protect_pages(cap_id_t env, uint64_t ids, uint64_t count, uint64_t rights)
{
    struct batch b;
    uint64_t done = 0;
    int64_t error = begin(&b, env, ids, count);

    if (!error)
        error = space_may_have(rights) ? space_change_all(b.env, b.id, count, rights, &done)
                                       : FB_EINVALID;
    return end(done, error);
}

int64_t sys_protect(cap_id_t env, cap_id_t page, uint64_t rights)
{
    struct env *of;
    uint64_t done;

    kernel_lock();
    int64_t error = env_about(current_env(), env, &of);
    if (!error)
        error = space_may_have(rights) ? space_change_all(of, &page, 1, rights, &done)
                                       : FB_EINVALID;
    kernel_unlock();
    return error;
}

/* Copy the caller's page-table entries of `count` pages from `address` on. O(count). */
int64_t sys_entries(uint64_t address, uint64_t count, uint64_t buffer)
{
    if (!count || count > EXO_ENTRIES_MAX || address % PAGE_SIZE)
        return FB_EINVALID;
    if (!in_user(address, count * PAGE_SIZE) || !in_user(buffer, count * 8))
        return FB_EADDRESS;
    kernel_lock();
    const int64_t error = space_read(current_env(), address, count, (uint64_t *)buffer);
    kernel_unlock();
    return error;
}
