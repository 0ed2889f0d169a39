/* SPDX-License-Identifier: MIT
 * Address spaces. The lower half of an environment changes only by its page capabilities. Except
 * for the image's shared table, each present entry belongs to exactly one capability, which points
 * to it, so unmapping needs no search. The kernel lock is held. */
#include "account.h"
#include "memory.h"
#include "paging.h"
#include "syscalls.h"
#include "trace.h"
#include "x86.h"

#include <loopbound.h>

enum { FREE = 30 };   /* what freeing a table takes of a step of work: cpu.h */
enum { AT_ONCE = 2 }; /* tables that a step makes; one, if pages are mapped in it */

/* Make the next of an environment's first three tables: level 3 with the kernel's half, then the
 * two above the ring-3 image. O(page). */
void space_make(struct env *env, uint32_t number)
{
    const uint64_t page = page_promised();

    page_chain(&env->tables, page);
    if (number == 0) {
        env->cr3 = page;
        __builtin_memcpy((uint64_t *)direct(page) + 256, paging_root + 256, PAGE_SIZE / 2);
        return;
    }
    uint64_t *table = direct(env->cr3);
    if (number == 2)
        table = direct(table[EXO_IMAGE >> 39] & ADDRESS);
    table[EXO_IMAGE >> (number == 1 ? 39 : 30) & 511] = page | PRESENT | WRITE | USER;
    if (number == 2)
        ((uint64_t *)direct(page))[EXO_IMAGE >> 21 & 511] = user_table() | PRESENT | USER;
}

/* The entry of the page at `address`, or NULL if a table above it is missing. O(levels). */
static inline uint64_t *walk(const struct env *env, uint64_t address)
{
    uint64_t *table = direct(env->cr3);

#pragma GCC unroll 3
    for (int shift = 39; shift > 12; shift -= 9) {
        const uint64_t entry = table[address >> shift & 511];
        if (__builtin_expect(!entry, 0))
            return NULL;
        table = direct(entry & ADDRESS);
    }
    return &table[address >> 12 & 511];
}

/* The same, but make up to *most missing tables. NULL: they were not enough, or the account pays
 * for no more; *most is how many are left. O(levels). */
static __attribute__((noinline)) uint64_t *walk_and_make(struct env *env, uint64_t address,
                                                         uint32_t *most)
{
    uint64_t *table = direct(env->cr3);

    FB_LOOP("3", for (int shift = 39; shift > 12; shift -= 9)) {
        uint64_t *entry = &table[address >> shift & 511];
        if (!*entry) {
            const uint64_t missing = (uint64_t)(shift - 12) / 9; /* the account pays all or none */
            if (!*most || env->account->free[EXO_ACCOUNT_PAGES] < missing)
                return NULL;
            const uint64_t page = account_page(env);
            --*most;
            env->reached++;
            page_chain(&env->tables, page);
            *entry = page | PRESENT | WRITE | USER;
        }
        table = direct(*entry & ADDRESS);
    }
    return &table[address >> 12 & 511];
}

/* Make tables that are missing above the pages `first` and `last`. FB_OK: `first` has all, and one
 * at most was made. FB_EAGAIN: more were, so this was a step. */
static __attribute__((noinline)) int64_t make_tables(struct env *env, uint64_t first, uint64_t last)
{
    uint32_t most = AT_ONCE;

    if (!walk_and_make(env, first, &most))
        return most ? account_error(env->account) : FB_EAGAIN;
    walk_and_make(env, last, &most);
    return most ? FB_OK : FB_EAGAIN;
}

/* Whether no environment may map a page there. A macro: gcc makes more of a function. */
#define OFF_LIMITS(address)                                                                        \
    ((address) % PAGE_SIZE || (address)-PAGE_SIZE >= EXO_USER_END - PAGE_SIZE                      \
     || (address)-EXO_IMAGE < EXO_IMAGE_END - EXO_IMAGE)

/* Make tables for space_place, as far as a step allows. FB_EAGAIN: there is more to do. O(1). */
int64_t space_reach(struct env *env, uint64_t address)
{
    return OFF_LIMITS(address) ? FB_EADDRESS : make_tables(env, address, address);
}

/* Set an entry that belongs to no capability, after space_reach. It lasts as long as the
 * environment. O(1). */
int64_t space_place(struct env *env, uint64_t address, uint64_t value)
{
    uint64_t *entry = walk(env, address);

    if (*entry)
        return FB_EEXISTS;
    *entry = value;
    return FB_OK;
}

static inline __attribute__((always_inline)) int64_t map_at(uint64_t *entry,
                                                            const struct cap_slot *slot,
                                                            uint64_t address, uint32_t rights)
{
    if (*entry)
        return FB_EEXISTS;
    *entry = slot->entry.resource * PAGE_SIZE | PRESENT | USER | (rights & EXO_RIGHT_W ? WRITE : 0)
             | (rights & EXO_RIGHT_X ? 0 : NO_EXEC);
    struct cap_node *node = NODE_OF(slot);
    node->entry = entry;
    node->address = address;
    trace(map, env_table[slot->entry.owner], address, rights);
    return FB_OK;
}

/* Map a page where tables are missing: make two, and let the caller make its exo_map again. That
 * keeps nothing of exo_map in registers, so the usual case saves none. O(page). */
static __attribute__((noinline)) int64_t map_far(struct env *env, cap_id_t page, uint64_t address,
                                                 uint32_t rights)
{
    const int64_t error = make_tables(env, address, address);

    if (error == FB_EAGAIN)
        return call_again(SYS_map, current_env()->about, page, address, rights, 0);
    return error ? error
                 : map_at(walk(env, address), &env->caps.slots[page & CAP_INDEX_MASK], address,
                          rights);
}

/* Map registers of a device, which are not cached. O(1). */
static __attribute__((noinline)) int64_t map_registers(struct env *env, cap_id_t page,
                                                       uint64_t address, uint32_t rights)
{
    const struct cap_slot *slot = env_open(env, page);
    struct cap_node *node = &env->nodes[page & CAP_INDEX_MASK];

    if (slot->entry.type != CAP_REGISTERS || rights != (EXO_RIGHT_R | EXO_RIGHT_W))
        return FB_EINVALID;
    if (!cap_has_rights(slot->entry.rights, EXO_RIGHT_W))
        return FB_EDENIED;
    if (OFF_LIMITS(address))
        return FB_EADDRESS;
    const int64_t error = node->entry ? FB_EEXISTS : make_tables(env, address, address);
    if (error == FB_EAGAIN)
        return call_again(SYS_map, current_env()->about, page, address, rights, 0);
    if (error)
        return error;
    uint64_t *entry = walk(env, address);
    if (*entry)
        return FB_EEXISTS;
    *entry = slot->entry.resource * PAGE_SIZE | PRESENT | USER | WRITE | NO_EXEC | UNCACHED;
    node->entry = entry;
    node->address = address;
    return FB_OK;
}

/* Map a page that the environment has a capability for. O(1), or O(page). */
int64_t space_map(struct env *env, cap_id_t page, uint64_t address, uint32_t rights)
{
    const uint32_t index = page & CAP_INDEX_MASK;
    const struct cap_slot *slot = &env->caps.slots[index];

    if (index >= env->caps.capacity || slot->id != page)
        return FB_ESTALE;
    if (__builtin_expect(slot->entry.type != CAP_PAGE, 0))
        return map_registers(env, page, address, rights);
    if (rights & ~7u || !(rights & EXO_RIGHT_R)
        || cap_has_rights(rights, EXO_RIGHT_W | EXO_RIGHT_X))
        return FB_EINVALID;
    if (!cap_has_rights(slot->entry.rights, rights))
        return FB_EDENIED;
    if (OFF_LIMITS(address))
        return FB_EADDRESS;
    if (env->nodes[index].entry)
        return FB_EEXISTS;
    uint64_t *entry = walk(env, address);
    if (__builtin_expect(!entry, 0))
        return map_far(env, page, address, rights);
    return map_at(entry, slot, address, rights);
}

/* Remove the mapping of the capability in this slot; it must have one. O(1). */
void space_unmap(struct env *env, uint32_t slot)
{
    struct cap_node *node = &env->nodes[slot];

    *node->entry = 0;
    node->entry = NULL;
    trace(unmap, env, node->address, 0);
    tlb_flush(env, node->address);
}

/* Whether a mapping can have these rights: never to write and to execute. */
bool space_may_have(uint64_t rights)
{
    return rights <= 7 && rights & EXO_RIGHT_R
           && (rights & (EXO_RIGHT_W | EXO_RIGHT_X)) != (EXO_RIGHT_W | EXO_RIGHT_X);
}

static inline uint64_t bits_of(uint64_t rights)
{
    return PRESENT | USER | (rights & EXO_RIGHT_W ? WRITE : 0)
           | (rights & EXO_RIGHT_X ? 0 : NO_EXEC);
}

/* Map pages one behind the other, until one cannot be. *done: how many were. FB_EAGAIN: none was,
 * but there is more to do. O(count). */
int64_t space_map_all(struct env *env, const cap_id_t *page, uint64_t count, uint64_t address,
                      uint64_t rights, uint64_t *done)
{
    const uint64_t last = address + (count - 1) * PAGE_SIZE, bits = bits_of(rights);
    uint64_t *entry = NULL, i = 0;
    int64_t error = FB_OK;

    if (!space_may_have(rights))
        return FB_EINVALID;
    if (OFF_LIMITS(address) || OFF_LIMITS(last)) /* the image is larger than a batch */
        return FB_EADDRESS;
    FB_LOOP("pages", for (; i < count; i++, entry++, address += PAGE_SIZE)) {
        const struct cap_slot *slot = env_open(env, page[i]);
        struct cap_node *node = &env->nodes[page[i] & CAP_INDEX_MASK];
        error = !slot                                    ? FB_ESTALE
                : slot->entry.type != CAP_PAGE           ? FB_EINVALID
                : rights & ~(uint64_t)slot->entry.rights ? FB_EDENIED
                : node->entry                            ? FB_EEXISTS
                                                         : FB_OK;
        if (!error && (!i || address % LARGE_SIZE == 0)) {
            entry = walk(env, address);
            if (!i && (!entry || (address ^ last) >= LARGE_SIZE)) {
                error = make_tables(env, address, last);
                entry = walk(env, address);
            }
            error = error ? error : entry ? FB_OK : account_error(env->account);
        }
        if (!error && *entry)
            error = FB_EEXISTS;
        if (error)
            break;
        *entry = slot->entry.resource * PAGE_SIZE | bits;
        node->entry = entry;
        node->address = address;
        trace(map, env, address, rights);
    }
    *done = i;
    return error;
}

/* Give mappings other rights, or remove them (0), until one cannot be. O(count). */
int64_t space_change_all(struct env *env, const cap_id_t *page, uint64_t count, uint64_t rights,
                         uint64_t *done)
{
    const uint64_t bits = bits_of(rights);
    int64_t error = FB_OK;
    uint64_t i = 0;

    FB_LOOP("pages", for (; i < count; i++)) {
        const struct cap_slot *slot = env_open(env, page[i]);
        struct cap_node *node = &env->nodes[page[i] & CAP_INDEX_MASK];
        error = !slot                                    ? FB_ESTALE
                : !node->entry                           ? FB_EINVALID
                : rights & ~(uint64_t)slot->entry.rights ? FB_EDENIED
                                                         : FB_OK;
        if (error)
            break;
        *node->entry = rights ? slot->entry.resource * PAGE_SIZE | bits : 0;
        if (!rights)
            node->entry = NULL;
        if (rights)
            trace(map, env, node->address, rights);
        else
            trace(unmap, env, node->address, 0);
    }
    if (i == 1)
        tlb_flush(env, env->nodes[page[0] & CAP_INDEX_MASK].address);
    else if (i)
        tlb_flush_space(env);
    *done = i;
    return error;
}

/* Copy entries to the caller's memory: one table, or two. O(count). */
int64_t space_read(const struct env *env, uint64_t address, uint64_t count, uint64_t *to)
{
    static const uint64_t none[512];

    FB_LOOP("2", while (count)) {
        const uint64_t first = address >> 12 & 511, n = count < 512 - first ? count : 512 - first;
        const uint64_t *entry = walk(env, address);
        const int64_t error = user_copy(to, entry ? entry : none, n * 8);
        if (error)
            return error;
        to += n, count -= n, address += n * PAGE_SIZE;
    }
    return FB_OK;
}

/* Copy between the caller's memory and another environment's, page by page through the direct map.
 * Both ranges must be below EXO_USER_END. O(n). */
int64_t space_copy(struct env *env, uint64_t theirs, uint64_t mine, uint64_t n, bool to_them)
{
    FB_LOOP("pieces", while (n)) {
        const uint64_t offset = theirs % PAGE_SIZE;
        const uint64_t piece = n < PAGE_SIZE - offset ? n : PAGE_SIZE - offset;
        const uint64_t *entry = walk(env, theirs);
        if (!entry || !(*entry & PRESENT) || (to_them && !(*entry & WRITE)))
            return FB_EAGAIN;
        char *page = direct((*entry & ADDRESS) + offset);
        const int64_t error = to_them ? user_copy(page, (const void *)mine, piece)
                                      : user_copy((void *)mine, page, piece);
        if (error)
            return error;
        theirs += piece, mine += piece, n -= piece;
    }
    return FB_OK;
}

/* Free tables, as far as `left` allows. False: there are more. O(1). */
bool space_free(struct env *env, int *left)
{
    FB_LOOP_INSIDE("50", for (; env->tables && *left > 0; *left -= FREE))
        page_free_chained(&env->tables);
    return !env->tables;
}

/* Count the tables of the lower half except the shared one, and the pages mapped. O(tables). */
static uint64_t count_pages(const uint64_t *table, int level)
{
    uint64_t pages = 1;

    for (int i = 0; i < (level == 3 ? 256 : 512); i++)
        if (table[i] && (table[i] & ADDRESS) != user_table())
            pages += level ? count_pages(direct(table[i] & ADDRESS), level - 1) : 1;
    return pages;
}

uint64_t space_pages(const struct env *env)
{
    return env->cr3 ? count_pages(direct(env->cr3), 3) : 0;
}
