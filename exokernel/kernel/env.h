/* SPDX-License-Identifier: MIT
 * Environments: what runs in ring 3, with its address space, its capabilities and its mailbox. */
#ifndef FEUERBIRD_ENV_H
#define FEUERBIRD_ENV_H

#include "captable.h"
#include "cpu.h"
#include "lattice.h"
#include "siphash.h"

#include <feuerbird/abi.h>
#include <feuerbird/errors.h>
#include <feuerbird/rights.h>
#include <loopbound.h>

#define ENV_LIMIT 2048
#define ENV_CATEGORIES 64
#define ENV_PAGES(capacity)                                                                        \
    (((capacity) * sizeof(struct cap_slot) + FB_PAGE_SIZE - 1) / FB_PAGE_SIZE)
#define ENV_REQUESTS 4 /* revocations with a deadline that can be under way at a time */
#define ENV_ABORTED 8  /* capabilities taken by force that are reported one by one */

enum env_state {
    ENV_MAKING,
    ENV_NEW,
    ENV_READY,
    ENV_RECEIVING,
    ENV_SENDING,
    ENV_WAITING,
    ENV_DYING
};

/* A capability's place in the tree of derivations, which spans all environments:
 *
 *   reference: environment << 16 | slot; 0: none. The parent points to a list of its children. */
struct cap_node {
    uint32_t parent, child, next, prev;
    uint64_t *entry; /* the page-table entry that maps the page, or NULL */
    uint64_t address;
};

/* An environment's nodes are so far behind its slots, and as large: env.c. */
#define NODE_OF(slot) ((struct cap_node *)((char *)(slot) + CAP_SPACE_SIZE / 2))

/* The mark of a slot, for revoke.c. ROOT: a revocation of its descendants is under way. BELOW: it
 * descends from such a capability, so it is asked back, and so is what will be derived from it.
 * CLOSED: what was derived from it is being taken back, and nothing can be derived from it.
 * GOING: so is it itself. */
enum {
    MARK_NEXT = 0xffff,
    MARK_LINKED = 1 << 16,
    MARK_ASKED = 1 << 17,
    MARK_ROOT = 1 << 18,
    MARK_BELOW = 1 << 19,
    MARK_CLOSED = 1 << 20,
    MARK_GOING = 1 << 21,
    MARK_ANY = MARK_ROOT | MARK_BELOW | MARK_CLOSED | MARK_GOING
};

struct message {
    uint64_t length, sender, word[4];
};

/* Clear what the length does not reach, so that the receiver sees nothing else of the sender's
 * registers. Returns the message. */
static __attribute__((noinline, unused)) const struct message *clear_rest(struct message *m)
{
    FB_LOOP("4", for (uint64_t i = 0; i < 4; i++)) {
        if (m->length <= 8 * i)
            m->word[i] = 0;
        else if (m->length < 8 * i + 8)
            m->word[i] &= (1ul << (8 * m->length & 63)) - 1;
    }
    return m;
}

/* A visible revocation under way: what was derived from `id` goes when the timer expires. */
struct request {
    struct timer timer;
    struct work work; /* once it has expired */
    cap_id_t id;
    bool asking, up; /* holders are being asked; up: `at` has no more children to ask for */
    uint32_t at;     /* the capability reached, its identifier, and its environment's number */
    cap_id_t at_id;
    uint64_t number;
};

/* What the kernel keeps of a foreign environment, which can read it: one page. foreign.c */
struct foreign {
    struct exo_foreign shown;
    uint64_t entry, fs_base, unused;
    uint8_t fpu[512]; /* as fxsave stores them */
};

struct env {
    struct trap_frame frame; /* its registers while it does not run */
    /* Under the kernel lock, as all that follows. offsets.h has the offsets up to `waiting`.
     * message.S compares the eight bytes from here, and the eight from `pending`, at once. */
    uint16_t mail, head; /* messages in waiting[], and index of the first; 0 if none */
    bool blocked;        /* there are blocked senders */
    uint8_t zero;
    union {
        struct {
            bool pending; /* an upcall or its end is due: upcall_pending */
            bool foreign; /* `outside` has more of its registers */
        };
        uint16_t special; /* it cannot just go on: attend() */
    };
    uint8_t state;     /* enum env_state */
    bool queued;       /* in its CPU's ring, even if it is not ready any more */
    bool by_syscall;   /* left in a system call: the frame has only what a call preserves */
    uint8_t processor; /* the number of its CPU */
    bool timed;        /* its receive has a deadline */
    bool doomed;
    uint8_t zeros[2];
    uint64_t cr3;
    uint64_t number;         /* never used twice */
    struct env *next, *prev; /* ring */
    uint64_t recv_buffer, recv_capacity;
    struct cap_table caps;
    struct message waiting[EXO_MAILBOX_SLOTS]; /* the mailbox */

    struct cpu *cpu;
    uint32_t index;  /* place in env_table */
    uint16_t pages;  /* of its capability table, and again of its nodes */
    uint16_t made;   /* pages that it has of tables, capability table and nodes */
    uint32_t looked; /* slots looked at when it ends */
    uint8_t granted; /* not 0: a capability was granted to it */
    uint16_t before; /* in the list of environments that end with an account; 0: the first */
    uint64_t tables; /* its page tables, in a chain */
    struct work ending;
    cap_id_t about;         /* whom its exo_map is about, for map_far */
    struct env *making;     /* that it has begun to make, not complete */
    struct cap_node *nodes; /* by slot */
    cap_id_t root;          /* the first capability for it, in environment 0 */
    struct siphash_key key; /* of its tokens */
    uint64_t label[2];      /* its security domain: env_label() */

    struct {
        struct env *first, *last;
    } senders; /* blocked */
    struct {
        struct env *to, *next, *prev;
        uint64_t dest, buffer, length, capability, capacity;
        bool call;
    } out;
    uint64_t used;      /* ticks of its last turn */
    bool interrupted;   /* first in the ring, to use the rest */
    uint16_t after;     /* in the list of environments that end with an account; 0: the last */
    uint32_t reached;   /* page tables made since it was */
    struct timer timer; /* of the blocking call */
    struct line *line;  /* that it waits for, through the capability in frame.rdi */
    uint64_t accepts;   /* capabilities that may still be granted to it without CTL */

    struct {
        uint64_t entry, stack, top;
    } upcall;
    uint32_t events; /* lines with upcalls to deliver, a bit each */
    struct {
        uint16_t first, last;
    } asked; /* slots to ask back, linked by their marks */
    struct {
        uint32_t head, count;
        uint64_t lost;
        cap_id_t id[ENV_ABORTED];
    } aborted;                             /* to report */
    struct request requests[ENV_REQUESTS]; /* revocations that it asked for */
    struct foreign *outside;               /* if it is foreign */
    struct fp_run *run;                    /* the benchmark that this environment drives, or NULL */
    struct account *account;               /* that pays for it: account.h */
};
_Static_assert(sizeof(struct env) <= 4096, "one page");

extern struct env *env_table[ENV_LIMIT];

/* Put an environment last in its CPU's ring. O(1). */
static inline void ring_add(struct env *env)
{
    struct cpu *cpu = env->cpu;

    env->queued = true;
    if (cpu->ring) {
        env->next = cpu->ring, env->prev = cpu->ring->prev;
        env->prev->next = env->next->prev = env;
    } else {
        cpu->ring = env->next = env->prev = env;
    }
}

/* The eight bytes from `pending` of an environment that is in the ring of this CPU, was left in a
 * system call, is not foreign, and has no upcall due: it is ready or receives, as `state` says. */
static inline uint64_t env_state_word(enum env_state state, uint32_t processor)
{
    return (uint64_t)processor << 40 | 1ul << 32 | 1ul << 24 | (uint64_t)state << 16;
}

/* Make an environment that was left in a system call current and run it; the fast half of
 * switch_to. Releases the lock. */
static inline __attribute__((always_inline, noreturn)) void switch_back(struct env *env)
{
    struct cpu *cpu = this_cpu();

    if (__builtin_expect(env->special, 0))
        switch_to(env);
#ifdef TRACE_on
    trace_switch(cpu, env);
#endif
    cpu->current = env;
    cpu->tss.rsp[0] = (uint64_t)(&env->frame + 1);
    __asm__ volatile("mov %0, %%cr3" : : "r"(env->cr3) : "memory");
    kernel_unlock();
    env_return(env);
}

/* Whether the whole range lies in user space. */
static inline bool in_user(uint64_t address, uint64_t size)
{
    return address <= EXO_USER_END && size <= EXO_USER_END - address;
}

/* The environment's domain: a level and 64 categories. */
static inline struct domain_label *env_label(struct env *env)
{
    return (struct domain_label *)env->label;
}

/* The slot that `id` opens in this environment's table, or NULL. */
static inline __attribute__((always_inline)) struct cap_slot *env_open(struct env *env, cap_id_t id)
{
    const uint32_t index = id & CAP_INDEX_MASK;

    if (index >= env->caps.capacity)
        return NULL;
    struct cap_slot *slot = &env->caps.slots[index];
    return slot->id == id ? slot : NULL;
}

/* Find the environment that `id` names, if it has these rights. 0 and *out, or an error. */
static inline __attribute__((always_inline)) int64_t env_named(struct env *me, cap_id_t id,
                                                               uint32_t rights, struct env **out)
{
    const uint32_t index = id & CAP_INDEX_MASK;
    const struct cap_slot *slot = &me->caps.slots[index];

    if (__builtin_expect(index >= me->caps.capacity || slot->id != id, 0))
        return FB_ESTALE;
    if (__builtin_expect(slot->entry.type != CAP_PROCESS, 0))
        return FB_EINVALID;
    if (__builtin_expect(!cap_has_rights(slot->entry.rights, rights), 0))
        return FB_EDENIED;
    *out = env_table[slot->entry.resource];
    return FB_OK;
}

/* Find the environment that a call is about: 0 is the caller, any other needs CTL. */
static inline int64_t env_about(struct env *me, cap_id_t id, struct env **out)
{
    *out = me;
    return id ? env_named(me, id, EXO_RIGHT_CTL, out) : FB_OK;
}

/* The number with which an environment makes this call again. */
static inline uint64_t number_again(const struct env *env, uint64_t number)
{
    return env->foreign ? number | EXO_OWN : number;
}

static inline uint32_t env_reference(const struct env *env, cap_id_t id)
{
    return env->index << 16 | (id & CAP_INDEX_MASK);
}

#endif
