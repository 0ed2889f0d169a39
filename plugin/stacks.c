/* SPDX-License-Identifier: MIT
 * Shadow stacks: stacks.h says what they are.
 *
 *   stack of an environment in a system call           a return goes to
 *   start | main | exo_call | [syscall] | sys_call     ret: the frame with that place of memory
 *     C      C        C           S           C        sysret: below the S that waits for it */
#include "stacks.h"

#include <stdlib.h>
#include <string.h>

#define ANYWHERE_BACK (~0ull)

enum { MOST_NODES = 1 << 22, MOST_STACKS = 4096, MOST_FRAMES = 4096, MOST_STARTS = 64 };

/* back, other: addresses that the frame's caller may continue at. place: of the return address. */
struct frame {
    uint64_t place, back, other, site;
    uint32_t node;
    enum entered kind;
};

struct stack {
    struct frame *frames; /* the first is the root */
    uint32_t top, room;
    uint64_t space, used; /* its address space, and when it ran last */
};

static struct {
    struct stack *stack;
    uint64_t space, load, store; /* places of the last accesses */
} cpus[STACK_CPUS];

static struct stack *stacks[MOST_STACKS];
static uint32_t stack_count, start_count, node_count, bucket_count;
static uint64_t starts[MOST_STARTS], turns, begun; /* begun: environments, since the entry began */
static struct node *nodes;
static uint32_t *buckets;

const struct node *stacks_node(uint32_t id) { return &nodes[id]; }

static uint64_t hash(const struct node *n)
{
    uint64_t h = n->site * 0x9e3779b97f4a7c15u ^ n->target ^ (uint64_t)n->parent << 32 ^ n->kind;

    h = (h ^ h >> 30) * 0xbf58476d1ce4e5b9u;
    return h ^ h >> 31;
}

/* Twice as many nodes and buckets. False: there is no room. */
static bool grow(void)
{
    const uint32_t count = bucket_count ? 2 * bucket_count : 1 << 14;
    uint32_t *fresh = calloc(count, sizeof *fresh);
    struct node *more = count / 2 <= MOST_NODES ? realloc(nodes, count / 2 * sizeof *more) : NULL;

    nodes = more ? more : nodes;
    if (!fresh || !more)
        return free(fresh), false;
    for (uint32_t id = 1; id < node_count; id++) {
        uint64_t at = hash(&nodes[id]);
        while (fresh[at % count])
            at++;
        fresh[at % count] = id;
    }
    free(buckets);
    buckets = fresh, bucket_count = count;
    node_count = node_count ? node_count : 1;
    return true;
}

/* The node of that path, which is made if it is new. 0: there is no room. O(1). */
static uint32_t node_of(uint32_t parent, enum entered kind, uint64_t site, uint64_t target)
{
    const struct node want = { site, target, parent, kind };

    if (2 * node_count >= bucket_count && !grow())
        return 0;
    uint64_t at = hash(&want);
    for (; buckets[at % bucket_count]; at++) {
        const struct node *n = &nodes[buckets[at % bucket_count]];
        if (n->site == site && n->target == target && n->parent == parent && n->kind == kind)
            return buckets[at % bucket_count];
    }
    nodes[node_count] = want;
    buckets[at % bucket_count] = node_count;
    return node_count++;
}

static struct frame *top(const struct stack *s) { return &s->frames[s->top]; }

static void push(struct stack *s, struct frame f, uint64_t target)
{
    if (s->top + 1 == s->room) {
        struct frame *more = realloc(s->frames, 2ul * s->room * sizeof *more);
        if (!more || s->room >= MOST_FRAMES) {
            s->frames = more ? more : s->frames;
            return; /* an endless recursion: its deepest frames are taken for one */
        }
        s->frames = more, s->room *= 2;
    }
    f.node = node_of(top(s)->node, f.kind, f.site, target);
    s->frames[++s->top] = f;
}

/* A slot for one more stack: a free one, or that of the stack which did not run for longest. */
static struct stack *vacant(void)
{
    struct stack *oldest = NULL;

    if (stack_count < MOST_STACKS) {
        struct stack *s = calloc(1, sizeof *s);
        struct frame *frames = s ? calloc(16, sizeof *frames) : NULL;
        if (frames) {
            s->frames = frames, s->room = 16;
            return stacks[stack_count++] = s;
        }
        free(s);
    }
    for (uint32_t i = 0; i < stack_count; i++) {
        bool runs = false;
        for (int cpu = 0; cpu < STACK_CPUS; cpu++)
            runs |= cpus[cpu].stack == stacks[i];
        if (!runs && (!oldest || stacks[i]->used < oldest->used))
            oldest = stacks[i];
    }
    return oldest;
}

static struct stack *begin(enum entered kind, uint64_t site, uint64_t target, uint64_t space)
{
    struct stack *s = vacant();

    if (!s)
        return NULL;
    s->top = 0, s->space = space, s->used = ++turns;
    s->frames[0] = (struct frame){ .kind = kind, .node = node_of(0, kind, site, target) };
    return s;
}

static bool waits_for(const struct frame *f, uint64_t at)
{
    return f->back == at || f->other == at
           || (f->back == ANYWHERE_BACK && at >> 63 == f->site >> 63);
}

/* Index of the highest frame that the kernel was entered by and that waits for this address, or
 * 0. */
static uint32_t entry_before(const struct stack *s, uint64_t at)
{
    for (uint32_t i = s->top; i; i--)
        if ((s->frames[i].kind == BY_SYSCALL || s->frames[i].kind == BY_INTERRUPT)
            && waits_for(&s->frames[i], at))
            return i;
    return 0;
}

/* Index of the frame by which ring 3 entered the kernel. 0: it did not. */
static uint32_t left_ring3(const struct stack *s)
{
    for (uint32_t i = s->top; i; i--)
        if ((s->frames[i].kind == BY_SYSCALL || s->frames[i].kind == BY_INTERRUPT)
            && !(s->frames[i].site >> 63))
            return i;
    return 0;
}

static bool is_start(uint64_t at)
{
    for (uint32_t i = 0; i < start_count; i++)
        if (starts[i] == at)
            return true;
    return false;
}

/* The kernel continues ring 3 where it was not: a handler. It returns to where the stack was. */
static void upcall(struct stack *s, uint64_t at)
{
    uint32_t i = left_ring3(s);
    struct frame f = s->frames[i];

    for (uint32_t j = 1; j < i; j++) /* an earlier one never returned */
        if (s->frames[j].kind == BY_UPCALL && stacks_node(s->frames[j].node)->target == at)
            i = j, f.back = s->frames[j].back, f.other = s->frames[j].other;
    f.kind = BY_UPCALL, f.place = 0;
    s->top = i - 1;
    push(s, f, at);
}

/* The most recent of the other stacks that wait for this address; in this address space, or any. */
static struct stack *waiting(const struct stack *own, uint64_t at, uint64_t space, bool any)
{
    struct stack *best = NULL;

    for (uint32_t i = 0; i < stack_count; i++)
        if (stacks[i] != own && (any || stacks[i]->space == space)
            && (!best || stacks[i]->used > best->used) && entry_before(stacks[i], at))
            best = stacks[i];
    return best;
}

/* The stack of ring 3 in this address space that ran last; this one, if it is such. */
static struct stack *in_space(struct stack *own, uint64_t space)
{
    struct stack *best = NULL;

    for (uint32_t i = 0; i < stack_count; i++) {
        struct stack *s = stacks[i];
        if (s->space == space && s->frames[0].kind == BY_START && left_ring3(s)
            && (s == own || !best || (best != own && s->used > best->used)))
            best = s;
    }
    return best;
}

/* sysret or iret to this address. */
static void leave(unsigned int cpu, uint64_t at)
{
    struct stack *own = cpus[cpu].stack, *s = own;
    const uint64_t space = cpus[cpu].space;
    const bool same = own->space == space || at >> 63;

    if (!same || !entry_before(own, at)) {
        s = waiting(own, at, space, false);
        if (!s)
            s = waiting(NULL, at, space, true);
    }
    if (s) {
        s->top = entry_before(s, at) - 1;
        s->space = at >> 63 ? s->space : space;
    } else if (at >> 63) {
        return;
    } else if (!is_start(at) && (s = in_space(own, space))) {
        upcall(s, at);
    } else {
        if (!is_start(at) && start_count < MOST_STARTS)
            starts[start_count++] = at;
        s = begin(BY_START, begun++, at, space);
    }
    if (s) {
        s->used = ++turns;
        cpus[cpu].stack = s;
    }
}

/* ret to this address. */
static void return_to(unsigned int cpu, uint64_t at)
{
    struct stack *s = cpus[cpu].stack;
    const uint64_t place = cpus[cpu].load;

    for (uint32_t i = s->top; i; i--) {
        const struct frame f = s->frames[i];
        if (f.kind != BY_CALL || f.place != place)
            continue;
        s->top = i - 1;
        if (f.back != at) /* an interrupt that nothing else shows */
            push(s,
                 (struct frame){
                     .kind = BY_INTERRUPT, .back = f.back, .other = f.back, .site = f.back },
                 at);
        return;
    }
    for (uint32_t i = s->top; i; i--)
        if ((s->frames[i].kind == BY_CALL && s->frames[i].back == at)
            || (s->frames[i].kind == BY_UPCALL && waits_for(&s->frames[i], at))) {
            s->top = i - 1;
            return;
        }
    for (uint32_t i = 0; i < stack_count; i++) /* the kernel changed its stack */
        for (uint32_t j = stacks[i]->top; j; j--) {
            const struct frame *f = &stacks[i]->frames[j];
            if (f->kind == BY_CALL && f->place == place && f->back == at) {
                stacks[i]->top = j - 1, stacks[i]->used = ++turns;
                cpus[cpu].stack = stacks[i];
                return;
            }
        }
}

static void interrupt(unsigned int cpu, const struct insn *last, uint64_t at, bool faulted)
{
    const uint64_t after = last->at + last->size;
    const bool unknown = goes_anywhere(last->kind) && !faulted;
    struct stack *s = cpus[cpu].stack;

    if (s->frames[0].kind == BY_BOOT && at >> 63 && !(last->at >> 63)) {
        s->top = 0; /* the kernel leaves its start code, or the firmware */
        s->frames[0].node = node_of(0, BY_BOOT, cpu, at);
        return;
    }
    push(s,
         (struct frame){ .kind = BY_INTERRUPT,
                         .back = faulted   ? last->at
                                 : unknown ? ANYWHERE_BACK
                                           : after,
                         .other = faulted        ? after
                                  : last->target ? last->target
                                                 : last->at,
                         .site = last->at },
         at);
}

/* An interrupt came before ring 3 executed anything: it waits where it was to continue. */
static uint32_t interrupted_at_once(struct stack *s, uint64_t at)
{
    const uint32_t i = left_ring3(s);
    struct frame f = s->frames[i];

    f.kind = BY_INTERRUPT, f.site = f.back;
    s->top = i - 1;
    push(s, f, at);
    return top(s)->node;
}

uint32_t stacks_step(unsigned int cpu, const struct insn *last, const struct insn *now,
                     enum flow flow, bool delivered, bool faulted)
{
    const uint64_t after = last->at + last->size;
    struct stack *s = cpus[cpu].stack;

    if (!s && !(s = cpus[cpu].stack = begin(BY_BOOT, cpu, now->at, 0)))
        return 0;
    if (faulted)
        flow = GOES_ON;
    switch (flow) {
    case CALLS:
        push(s,
             (struct frame){
                 .kind = BY_CALL, .place = cpus[cpu].store, .back = after, .site = last->at },
             delivered && last->target ? last->target : now->at);
        break;
    case RETURNS_NEAR:
        if (!delivered)
            return_to(cpu, now->at);
        else if (top(s)->kind == BY_CALL && s->top)
            s->top--;
        break;
    case JUMPS:
        for (uint32_t i = s->top; i && !delivered; i--)
            if (s->frames[i].kind == BY_UPCALL) {
                s->top = s->frames[i].back == now->at ? i - 1 : s->top;
                break;
            }
        break;
    case ENTERS_KERNEL:
        s->space = cpus[cpu].space, s->used = ++turns;
        push(s,
             (struct frame){
                 .kind = BY_SYSCALL, .back = after, .other = last->at, .site = last->at },
             now->at);
        break;
    case LEAVES_KERNEL:
        if (!delivered)
            leave(cpu, now->at);
        else if (left_ring3(s))
            return interrupted_at_once(s, now->at);
        break;
    case GOES_ON:
    case READS_CLOCK:
        break;
    }
    if (delivered && last->size)
        interrupt(cpu, last, now->at, faulted);
    return top(cpus[cpu].stack)->node;
}

void stacks_access(unsigned int cpu, uint64_t physical, bool store)
{
    *(store ? &cpus[cpu].store : &cpus[cpu].load) = physical;
}

void stacks_entry(void) { begun = 0; }

void stacks_switch(unsigned int cpu) { cpus[cpu].space = cpus[cpu].load; }
