/* SPDX-License-Identifier: MIT
 * The system-call table, and the short calls. Every identifier is looked up in the caller's own
 * table, and every address is checked to lie in user space. */
#include "syscalls.h"

#include "account.h"
#include "trace.h"

#include <loopbound.h>

_Static_assert(EXO_GRANT_MAX == 16, "loops of sys_grant");
enum { SCRUB_MAX = 2, GRANT_STEP = 4 };

/* way_plain calls a PLAIN call; each other call has a way of its own. */
#define PLAIN_CALL(name) sys_##name
#define SWITCH_CALL(name) sys_unknown
#define MESSAGE_CALL(name) sys_unknown
#define PLAIN_WAY(name) way_plain
#define SWITCH_WAY(name) way_##name
#define MESSAGE_WAY(name) way_##name
#define CALL(number, name, class, arguments, text) [number] = (const void *)class##_CALL(name),
#define WAY(number, name, class, arguments, text) [number] = class##_WAY(name),
#define DECLARE(number, name, class, arguments, text) extern const char class##_WAY(name)[];

FB_SYSCALLS(DECLARE)

#pragma GCC diagnostic ignored "-Woverride-init"
const void *const syscall_table[FB_SYSCALL_LIMIT + 1] = {
    [0 ... FB_SYSCALL_LIMIT] = (const void *)sys_unknown, FB_SYSCALLS(CALL)
};
const void *const syscall_ways[FB_SYSCALL_LIMIT] = { [0 ... FB_SYSCALL_LIMIT - 1] = way_plain,
                                                     FB_SYSCALLS(WAY) };

/* A PLAIN call has work left. Let its caller execute a system call with these arguments instead of
 * getting a result. Meanwhile interrupts are served, and the caller may be preempted or ended; all
 * that the kernel remembers is what it has done so far. The value is for the handler to return. */
int64_t call_again(uint64_t call, uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e)
{
    struct trap_frame *f = &current_env()->frame;
    extern const char way_again[];

    f->rax = number_again(current_env(), call);
    f->rdi = a, f->rsi = b, f->rdx = c, f->r10 = d, f->r8 = e;
    ((uint64_t *)this_cpu()->stack)[-3] = (uint64_t)way_again; /* below way_plain's two words */
    return FB_OK;
}
/* The same for the own calls of foreign environments: foreign_call calls those that may switch. */
#define PLAIN_OWN(name) way_plain
#define SWITCH_OWN(name) way_own
#define MESSAGE_OWN(name) way_own
#define PLAIN_BY_C(name) NULL
#define SWITCH_BY_C(name) (const void *)sys_##name
#define MESSAGE_BY_C(name) (const void *)sys_##name
#define OWN(number, name, class, arguments, text) [number] = class##_OWN(name),
#define BY_C(number, name, class, arguments, text) [number] = class##_BY_C(name),
extern const char way_own[];
const void *const own_ways[FB_SYSCALL_LIMIT] = { [0 ... FB_SYSCALL_LIMIT - 1] = way_plain,
                                                 FB_SYSCALLS(OWN) };
const void *const switch_table[FB_SYSCALL_LIMIT] = { FB_SYSCALLS(BY_C) };

int64_t sys_null(void) { return FB_OK; }
int64_t sys_unknown(void) { return FB_ESYSCALL; }

/* Check that `id` is a capability of the caller, of this type and with these rights. */
static int64_t check(struct env *me, cap_id_t id, uint16_t type, uint32_t rights)
{
    const struct cap_slot *slot = env_open(me, id);

    if (!slot)
        return FB_ESTALE;
    if (type != CAP_NONE && slot->entry.type != type)
        return FB_EINVALID;
    return cap_has_rights(slot->entry.rights, rights) ? FB_OK : FB_EDENIED;
}

/* Take this page for the environment. Only who is charged to the first account takes pages by
 * address, since a device may reach some pages only. */
static __attribute__((noinline)) int64_t take_named(struct env *env, uint64_t physical)
{
    if (current_env()->account->above)
        return FB_EDENIED;
    if (!account_take(env->account, EXO_ACCOUNT_PAGES, 1))
        return account_error(env->account);
    if (page_take(physical))
        return FB_OK;
    account_give_back(env->account, EXO_ACCOUNT_PAGES, 1);
    return FB_EBUSY;
}

/* Give the environment a page. O(1), except for clearing, which exo_scrub can do ahead. */
static inline int64_t alloc_page(struct env *env, uint64_t physical)
{
    if (__builtin_expect(physical != EXO_ANY, 0)) {
        const int64_t error = take_named(env, physical);
        if (error)
            return error;
    } else {
        if (!account_take(env->account, EXO_ACCOUNT_PAGES, 1))
            return account_error(env->account);
        physical = page_promised();
    }
    const int64_t id = cap_create(env, CAP_PAGE, (uint32_t)(physical / FB_PAGE_SIZE),
                                  EXO_RIGHTS_ALL, 0);
    if (id < 0)
        account_free_page(env, physical);
    else
        trace(page_alloc, env, physical, (uint64_t)id);
    return id;
}

int64_t sys_alloc_page(uint64_t physical)
{
    struct env *me = current_env();

    kernel_lock();
    const int64_t id = alloc_page(me, physical);
    kernel_unlock();
    return id;
}

int64_t sys_alloc_page_for(cap_id_t id, uint64_t physical)
{
    struct env *env;

    kernel_lock();
    int64_t result = env_about(current_env(), id, &env);
    if (!result)
        result = alloc_page(env, physical);
    kernel_unlock();
    return result;
}

/* Do a step of this CPU's work. While an environment is still ending, let the caller do the next
 * one by exo_finish; then the result. */
static __attribute__((noinline)) int64_t finish(uint64_t ticket, int64_t result)
{
    work_step(this_cpu());
    return env_is_ending(ticket) ? call_again(SYS_finish, ticket, (uint64_t)result, 0, 0, 0)
                                 : result;
}

int64_t sys_finish(uint64_t ticket, uint64_t result)
{
    kernel_lock();
    const int64_t error = finish(ticket, (int64_t)result);
    kernel_unlock();
    return error;
}

/* Take back what was derived from a capability, then give it up. Both go in steps: with `call`, the
 * caller's next one. The environment that nobody can start any more ends first. */
static inline __attribute__((always_inline)) int64_t drop(struct env *me, cap_id_t id,
                                                          uint64_t call)
{
    const uint32_t index = id & CAP_INDEX_MASK;
    int left = STEP;

    if (__builtin_expect(me->nodes[index].child, 0)
        && !cap_delete_derived(env_reference(me, id), false, &left))
        return call_again(call, id, 0, 0, 0, 0);
    const struct cap_entry entry = me->caps.slots[index].entry;
    cap_delete(env_reference(me, id));
    if (__builtin_expect(entry.type == CAP_PROCESS, 0) && env_table[entry.resource])
        return finish(env_ticket(env_table[entry.resource]), FB_OK);
    return FB_OK;
}

/* Unmap the page, revoke all derived from it, give it up. O(1 + descendants). */
int64_t sys_unbind_page(cap_id_t page)
{
    struct env *me = current_env();

    kernel_lock();
    int64_t error = check(me, page, CAP_PAGE, 0);
    if (!error)
        error = drop(me, page, SYS_unbind_page);
    kernel_unlock();
    return error;
}

int64_t sys_cap_drop(cap_id_t id)
{
    struct env *me = current_env();

    kernel_lock();
    int64_t error = check(me, id, CAP_NONE, 0);
    if (!error)
        error = drop(me, id, SYS_cap_drop);
    kernel_unlock();
    return error;
}

int64_t sys_map(cap_id_t env, cap_id_t page, uint64_t address, uint64_t rights)
{
    struct env *to;

    kernel_lock();
    int64_t error = env_about(current_env(), env, &to);
    current_env()->about = env;
    if (!error)
        error = space_map(to, page, address, rights > UINT32_MAX ? UINT32_MAX : (uint32_t)rights);
    kernel_unlock();
    return error;
}

int64_t sys_unmap(cap_id_t env, cap_id_t page)
{
    struct env *of;

    kernel_lock();
    int64_t error = env_about(current_env(), env, &of);
    if (!error)
        error = check(of, page, CAP_PAGE, 0);
    if (!error && !of->nodes[page & CAP_INDEX_MASK].entry)
        error = FB_EINVALID;
    if (!error)
        space_unmap(of, page & CAP_INDEX_MASK);
    kernel_unlock();
    return error;
}

/* Derive each of the identifiers at `ids` for an environment, and store the new ones in their
 * place. A step ends at the fifth that is being revoked. At an error the ones before it stay
 * derived, unless the memory cannot be written: then none of the step does. Each step copies the
 * whole list, so the first one notices that. A caller without CTL, which may only send to it, gives
 * no more than it accepts. O(count). */
int64_t sys_grant(cap_id_t env, uint64_t ids, uint64_t count, uint64_t rights)
{
    struct env *me = current_env(), *to;
    uint64_t id[EXO_GRANT_MAX];
    uint64_t done = 0;
    int left = GRANT_STEP;

    if (!count || count > EXO_GRANT_MAX || rights & ~(uint64_t)EXO_RIGHTS_ALL)
        return FB_EINVALID;
    if (ids > EXO_USER_END - 8 * count)
        return FB_EADDRESS;
    kernel_lock();
    int64_t error = env_named(me, env, EXO_RIGHT_W, &to);
    if (error) {
        kernel_unlock();
        return error;
    }
    const bool asks = !cap_has_rights(env_open(me, env)->entry.rights, EXO_RIGHT_CTL);
    if (asks && to->accepts < count)
        error = lattice_leq(env_label(to), env_label(me)) ? FB_EFULL : FB_EFLOW;
    else
        error = user_copy(id, (const void *)ids, 8 * count);
    FB_LOOP_INSIDE("5", while (!error)) {
        done += cap_grant_plain(me, id + done, count - done, to, (uint32_t)rights);
        if (done == count || !left--)
            break;
        const int64_t child = cap_grant(me, id[done], to, (uint32_t)rights);
        if (child < 0)
            error = child;
        else
            id[done++] = (uint64_t)child;
    }
    if (done && user_copy((void *)ids, id, 8 * count)) {
        error = FB_EADDRESS;
        FB_LOOP_INSIDE("16", while (done))
            cap_delete(env_reference(to, id[--done]));
    }
    to->accepts -= asks ? done : 0;
    to->granted |= (uint8_t)done;
    if (to->pending)
        upcall_wanted(to);
    kernel_unlock();
    return error || done == count
               ? error
               : call_again(SYS_grant, env, ids + 8 * done, count - done, rights, 0);
}

/* Accept `count` capabilities from environments that may send to the caller but not control it. */
int64_t sys_accept(uint64_t count)
{
    if (count > CAP_MAX)
        return FB_EINVALID;
    kernel_lock();
    current_env()->accepts = count;
    kernel_unlock();
    return FB_OK;
}

int64_t sys_derive(cap_id_t id, uint64_t rights)
{
    struct env *me = current_env();

    if (rights & ~(uint64_t)EXO_RIGHTS_ALL)
        return FB_EINVALID;
    kernel_lock();
    const int64_t child = cap_grant(me, id, me, (uint32_t)rights);
    kernel_unlock();
    return child;
}

/* Make an environment, in steps. The caller has one in the making at a time: whoever asks for
 * another in between, in a handler, gives that one up. O(capacity). */
int64_t sys_env_alloc(uint64_t cpu, uint64_t capacity)
{
    struct env *me = current_env();
    int64_t id = FB_EAGAIN;

    if (cpu >= cpu_count || !capacity || capacity > CAP_MAX)
        return FB_EINVALID;
    kernel_lock();
    struct env *env = me->making;
    if (env && (env->cpu != &cpus[cpu] || env->pages != ENV_PAGES(capacity)))
        env_end(env), env = NULL;
    if (!env) {
        id = env_begin(me->account, &cpus[cpu], (uint32_t)capacity, &me->making);
        id = id ? id : FB_EAGAIN;
    } else if (!(id = env_make(env))) {
        __builtin_memcpy(env->label, me->label, sizeof env->label);
        id = cap_create(me, CAP_PROCESS, env->index, EXO_RIGHTS_ALL,
                        env_reference(env_table[0], env->root));
        account_join(env);
    }
    if (id == FB_EAGAIN) {
        id = call_again(SYS_env_alloc, cpu, capacity, 0, 0, 0);
    } else {
        me->making = NULL;
        if (id < 0 && env) {
            env_end(env);
            id = finish(env_ticket(env), id);
        }
    }
    kernel_unlock();
    return id;
}

int64_t sys_env_start(cap_id_t id, uint64_t pc, uint64_t sp, uint64_t a, uint64_t b, uint64_t c)
{
    struct env *env;

    if (pc >= EXO_USER_END || sp > EXO_USER_END)
        return FB_EADDRESS;
    kernel_lock();
    int64_t error = env_named(current_env(), id, EXO_RIGHT_CTL, &env);
    if (!error && env->state != ENV_NEW)
        error = FB_EBUSY;
    if (!error) {
        env->frame.rip = pc, env->frame.rsp = sp;
        env->frame.rdi = a, env->frame.rsi = b, env->frame.rdx = c;
        make_ready(env);
    }
    kernel_unlock();
    return error;
}

/* Set the domain of an environment that has not started and was granted nothing, to at most the
 * caller's own. O(1). */
int64_t sys_env_label(cap_id_t id, uint64_t level, uint64_t categories)
{
    struct env *me = current_env(), *env;
    uint64_t wanted[2];
    struct domain_label *label = (struct domain_label *)wanted;

    if (level > UINT32_MAX || label_init(label, (uint32_t)level, ENV_CATEGORIES))
        return FB_EINVALID;
    label->word[0] = categories;
    kernel_lock();
    int64_t error = env_named(me, id, EXO_RIGHT_CTL, &env);
    if (!error && (env->state != ENV_NEW || env->granted))
        error = FB_EBUSY;
    if (!error && !lattice_leq(label, env_label(me)))
        error = FB_EFLOW;
    if (!error)
        lattice_lub(env_label(env), label, label);
    kernel_unlock();
    return error;
}

int64_t sys_env_destroy(cap_id_t id)
{
    struct env *me = current_env(), *env;

    kernel_lock();
    int64_t error = env_named(me, id, EXO_RIGHT_CTL, &env);
    if (!error && env == me)
        error = FB_EINVALID;
    if (!error && env->state == ENV_DYING)
        error = FB_ESTALE;
    if (!error && env_destroy(env))
        error = finish(env_ticket(env), FB_OK);
    kernel_unlock();
    return error;
}

_Noreturn void sys_exit(int64_t status)
{
    (void)status;
    kernel_lock();
    env_end(current_env());
    schedule();
}

int64_t sys_scrub(uint64_t pages)
{
    kernel_lock();
    const uint64_t done = pages_scrub(pages < SCRUB_MAX ? pages : SCRUB_MAX);
    kernel_unlock();
    return (int64_t)done;
}

int64_t sys_info(uint64_t what)
{
    const struct env *me = current_env();

    switch (what) {
    case EXO_INFO_CPU:
        return me->cpu->number;
    case EXO_INFO_CPUS:
        return cpu_count;
    case EXO_INFO_FREE:
        return (int64_t)pages_free();
    case EXO_INFO_CAPS:
        return me->caps.used;
    case EXO_INFO_NUMBER:
        return (int64_t)me->number;
    }
    if (what - EXO_INFO_ACCOUNT < EXO_ACCOUNT_KINDS)
        return (int64_t)me->account->free[what - EXO_INFO_ACCOUNT];
    return what >= EXO_INFO_LINE ? line_total(me, what - EXO_INFO_LINE) : FB_EINVALID;
}
