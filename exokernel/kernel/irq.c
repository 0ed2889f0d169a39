/* SPDX-License-Identifier: MIT
 * Interrupt lines. Each has one owner and counts its events. A wait returns how many came since the
 * last one, so none is lost. A device line is masked from its interrupt to its acknowledgement. */
#include "account.h"
#include "syscalls.h"

static struct line {
    struct env *owner, *waiter;
    uint64_t count, taken;
    struct timer timer;
    uint32_t number;
    bool upcall;
    bool masked; /* a device's, until it is acknowledged */
} lines[EXO_LINES];

_Static_assert(VECTOR_LINE + EXO_LINES <= VECTOR_SPURIOUS, "lines end their interrupts");

static inline bool is_device(uint32_t number) { return number < EXO_LINE_TIMER; }
static inline bool is_timer(uint32_t n) { return n >= EXO_LINE_TIMER && n < EXO_LINE_SOFT; }

/* Find the line that `id` names, if it has these rights. Its number, or an error. */
static int64_t line_named(struct env *me, cap_id_t id, uint32_t rights)
{
    const struct cap_slot *slot = env_open(me, id);

    if (!slot)
        return FB_ESTALE;
    if (slot->entry.type != CAP_IRQ)
        return FB_EINVALID;
    return cap_has_rights(slot->entry.rights, rights) ? (int64_t)slot->entry.resource : FB_EDENIED;
}

static uint64_t take(struct line *line)
{
    const uint64_t n = line->count - line->taken;

    line->taken = line->count;
    return n;
}

/* Wake the owner, which waits: it runs next on its CPU. */
static void wake(struct line *line)
{
    struct env *env = line->waiter;

    line->waiter = NULL, env->line = NULL;
    env->frame.rax = take(line);
    timer_cancel(&env->timer);
    make_ready(env);
    env->cpu->urgent = env;
}

/* The owner's handler cannot be entered now. The events stay counted and pending; if the owner was
 * blocked, it runs next. */
static __attribute__((noinline)) void keep(struct line *line)
{
    struct env *owner = line->owner;
    const uint32_t before = owner->state;

    owner->events |= 1u << line->number;
    upcall_wanted(owner);
    if (owner->state != before)
        owner->cpu->urgent = owner;
}

/* Deliver events: to the owner's wait; or to its handler, at once if the owner was running here and
 * has room for an upcall. */
static inline void announce(struct line *line)
{
    if (line->waiter)
        wake(line);
    else if (line->upcall && line->owner == current_env()
             && upcall_send(line->owner, EXO_UPCALL_EVENT, line->number, line->count - line->taken))
        line->taken = line->count;
    else if (line->upcall)
        keep(line);
}

/* Serve an interrupt on this CPU. Software lines were counted when they were fired. A device may
 * fire again before its line is masked; the driver, which has not run yet, finds that in the
 * device. */
void line_event(uint32_t number)
{
    struct line *line = &lines[number];

    if (is_device(number)) {
        if (line->masked)
            return;
        line->masked = true;
        apic_route(number, false);
    }
    if (number < EXO_LINE_SOFT)
        line->count++;
    if (line->count != line->taken)
        announce(line);
}

static void timer_event(struct timer *timer)
{
    struct line *line = (struct line *)((char *)timer - offsetof(struct line, timer));

    line->count++;
    announce(line);
}

/* Send the line's events to the owner's handler. False: it has no room, and they stay counted. */
bool line_upcall(struct env *env, uint32_t number)
{
    struct line *line = &lines[number];

    if (line->owner != env || line->count == line->taken)
        return true;
    if (!upcall_send(env, EXO_UPCALL_EVENT, number, line->count - line->taken))
        return false;
    take(line);
    return true;
}

/* The last capability for the line has gone: it has no owner. */
void line_release(uint32_t number)
{
    struct line *line = &lines[number];

    if (is_device(number))
        apic_route(number, false);
    timer_cancel(&line->timer);
    *line = (struct line){ 0 };
}

/* The environment loses this capability (0: all of them): end a wait that goes through it. O(1). */
void line_forget(struct env *env, cap_id_t id)
{
    if (!env->line || (id && env->frame.rdi != id))
        return;
    env->line->waiter = NULL, env->line = NULL;
    timer_cancel(&env->timer);
    env->frame.rax = (uint64_t)FB_ESTALE;
    if (env->state == ENV_WAITING)
        make_ready(env);
}

/* Interrupt its wait for an upcall. Afterwards it executes the call again, with the arguments that
 * sys_irq_wait kept. Events in between are counted. */
void line_again(struct env *env)
{
    struct trap_frame *f = &env->frame;

    env->line->waiter = NULL, env->line = NULL;
    timer_cancel(&env->timer);
    f->rax = number_again(env, SYS_irq_wait), f->rip -= 2;
    make_ready(env);
}

static void expired(struct timer *timer)
{
    struct env *env = (struct env *)((char *)timer - offsetof(struct env, timer));

    env->line->waiter = NULL, env->line = NULL;
    env->frame.rax = (uint64_t)FB_ETIMEOUT;
    make_ready(env);
}

/* FB_EBUSY if somebody owns the line. */
int64_t line_is_owned(uint64_t number) { return lines[number].owner ? FB_EBUSY : FB_OK; }

int64_t sys_irq_alloc(uint64_t number, uint64_t rights)
{
    struct env *me = current_env();

    if (number >= EXO_LINES || rights & ~(uint64_t)EXO_RIGHTS_ALL
        || (is_timer((uint32_t)number) && number - EXO_LINE_TIMER >= cpu_count))
        return FB_EINVALID;
    kernel_lock();
    int64_t id = me->account->named & ACCOUNT_LINE(number) ? FB_EBUSY : FB_EDENIED;
    if (id == FB_EBUSY && !lines[number].owner) {
        id = cap_create(me, CAP_IRQ, (uint32_t)number, (uint32_t)rights, 0);
        if (id > 0) {
            lines[number] = (struct line){ .owner = me, .number = (uint32_t)number };
            if (is_device((uint32_t)number))
                apic_route((uint32_t)number, true);
        }
    }
    kernel_unlock();
    return id;
}

_Noreturn void sys_irq_wait(cap_id_t id, uint64_t deadline)
{
    struct env *me = current_env();

    kernel_lock();
    const int64_t number = line_named(me, id, EXO_RIGHT_R);
    if (number < 0)
        answer(me, number);
    struct line *line = &lines[number];
    if (line->waiter)
        answer(me, FB_EBUSY);
    if (line->count != line->taken)
        answer(me, (int64_t)take(line));
    if (deadline != EXO_FOREVER && deadline <= time_now())
        answer(me, FB_ETIMEOUT);
    me->frame.rdi = id, me->frame.rsi = deadline;
    if (me->pending)
        upcall_first(me, SYS_irq_wait);
    if (deadline != EXO_FOREVER)
        timer_set(&me->timer, me->cpu, deadline, expired);
    line->waiter = me, me->line = line;
    me->state = ENV_WAITING;
    schedule();
}

int64_t sys_irq_ack(cap_id_t id)
{
    kernel_lock();
    const int64_t number = line_named(current_env(), id, EXO_RIGHT_R);
    if (number >= 0 && is_device((uint32_t)number)) {
        lines[number].masked = false;
        apic_route((uint32_t)number, true);
    }
    kernel_unlock();
    return number < 0 ? number : FB_OK;
}

int64_t sys_irq_upcall(cap_id_t id, uint64_t on)
{
    struct env *me = current_env();

    kernel_lock();
    int64_t number = line_named(me, id, EXO_RIGHT_R | EXO_RIGHT_CTL);
    if (number >= 0 && lines[number].owner != me)
        number = FB_EDENIED;
    if (number >= 0)
        lines[number].upcall = on;
    kernel_unlock();
    return number < 0 ? number : FB_OK;
}

/* Fire the timer line of this CPU once at `when`; 0: cancel. */
int64_t sys_timer_set(cap_id_t id, uint64_t when)
{
    struct env *me = current_env();

    kernel_lock();
    int64_t number = line_named(me, id, EXO_RIGHT_W);
    if (number >= 0
        && (!is_timer((uint32_t)number) || (uint64_t)number != EXO_LINE_TIMER + me->cpu->number))
        number = FB_EINVALID;
    if (number >= 0 && when && !account_event(me->account))
        number = FB_EQUOTA;
    if (number >= 0 && when)
        timer_set(&lines[number].timer, me->cpu, when, timer_event);
    else if (number >= 0)
        timer_cancel(&lines[number].timer);
    kernel_unlock();
    return number < 0 ? number : FB_OK;
}

/* Count an event, and interrupt the CPU of the line's owner. */
int64_t sys_irq_trigger(cap_id_t id)
{
    kernel_lock();
    int64_t number = line_named(current_env(), id, EXO_RIGHT_W);
    if (number >= 0 && number < EXO_LINE_SOFT)
        number = FB_EINVALID;
    if (number >= 0 && !account_event(current_env()->account))
        number = FB_EQUOTA;
    if (number >= 0) {
        const struct env *to = lines[number].waiter ? lines[number].waiter : lines[number].owner;
        lines[number].count++;
        apic_send(to->cpu, (uint8_t)(VECTOR_LINE + number));
    }
    kernel_unlock();
    return number < 0 ? number : FB_OK;
}

/* The number of a line that software fires, if `id` may fire it; or an error. */
int64_t line_for_software(struct env *env, cap_id_t id)
{
    const int64_t number = line_named(env, id, EXO_RIGHT_W);

    return number >= 0 && number < EXO_LINE_SOFT ? FB_EINVALID : number;
}

/* Whether the timer is that of a line with an owner. */
bool line_has(const struct timer *timer)
{
    for (uint32_t i = 0; i < EXO_LINES; i++)
        if (timer == &lines[i].timer)
            return lines[i].owner;
    return false;
}

/* The number of the environment that owns a line, which has an owner. */
uint64_t line_owner(uint64_t number) { return lines[number].owner->number; }

/* Count an event of a line, if it still has this owner, and interrupt the owner's CPU. */
void line_fire(uint32_t number, uint64_t owner)
{
    struct line *line = &lines[number];

    if (!line->owner || line->owner->number != owner)
        return;
    line->count++;
    apic_send(line->waiter ? line->waiter->cpu : line->owner->cpu, (uint8_t)(VECTOR_LINE + number));
}

/* How many events a line of the environment has had, or an error. */
int64_t line_total(const struct env *env, uint64_t number)
{
    return number < EXO_LINES && lines[number].owner == env ? (int64_t)lines[number].count
                                                            : FB_EDENIED;
}
