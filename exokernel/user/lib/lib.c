/* SPDX-License-Identifier: MIT
 * Library: pages, children, upcalls, and the probe's functions for programs in ring 3. */
#include "exo.h"

enum { CHILD_CAPS = 128 };
#define CHILD_STACK 0x7ffe00000000ul

/* By how much our stack is shifted within a KiB. The kernel shifts it differently in each boot, and
 * we shift those of children and upcalls alike, so that no stack always has the same place in
 * caches. */
static uint64_t stack_shift(void) { return (uint64_t)__builtin_frame_address(0) & 0x3f0; }

/* Allocate a page and map it at `address`. Its capability, or 0. */
cap_id_t lib_page(uint64_t address, uint64_t rights)
{
    const int64_t page = exo_alloc_page(EXO_ANY);

    if (page < 0)
        return 0;
    if (exo_map(0, (cap_id_t)page, address, rights) == FB_OK)
        return (cap_id_t)page;
    exo_unbind_page((cap_id_t)page);
    return 0;
}

/* Derive a capability for an environment. Its identifier there, or 0. */
cap_id_t lib_give(cap_id_t environment, cap_id_t id, uint64_t rights)
{
    return exo_grant(environment, &id, 1, rights) == FB_OK ? id : 0;
}

/* Map a page of ours in another environment too. */
int64_t lib_share(cap_id_t environment, cap_id_t page, uint64_t address, uint64_t rights)
{
    const cap_id_t there = lib_give(environment, page, rights);

    return there ? exo_map(environment, there, address, rights) : FB_ESTALE;
}

/* Give an environment its page of stack. */
int64_t lib_stack(cap_id_t environment)
{
    const int64_t page = exo_alloc_page_for(environment, EXO_ANY);

    return page < 0 ? page : exo_map(environment, (cap_id_t)page, CHILD_STACK - FB_PAGE_SIZE, RW);
}

/* Make an environment with a page of stack. Its capability, or an error. */
int64_t lib_create(uint64_t cpu)
{
    const int64_t env = exo_env_alloc(cpu, CHILD_CAPS);

    if (env < 0)
        return env;
    const int64_t error = lib_stack((cap_id_t)env);
    return error ? error : env;
}

/* Start program(a, b) in an environment. */
int64_t lib_start(cap_id_t environment, uint64_t program, uint64_t a, uint64_t b)
{
    return exo_env_start(environment, EXO_ENTRY, CHILD_STACK - stack_shift(), program, a, b);
}

/* Send upcalls to `handler`, on a stack of this one page. The last word of the page points to
 * it. */
int64_t lib_upcall(uint64_t page, void (*handler)(uint64_t cause, uint64_t value, uint64_t detail))
{
    *(uint64_t *)(page + FB_PAGE_SIZE - 8) = (uint64_t)handler;
    return exo_set_upcall((const void *)upcall_entry, page, FB_PAGE_SIZE - 16 - stack_shift());
}

/* Clear so many pages, or all that are free. */
void lib_scrub(uint64_t pages)
{
    for (int64_t done; pages && (done = exo_scrub(pages)) > 0;)
        pages -= (uint64_t)done;
}

/* Give up unless batch is 1: for an operation whose second call would do something else. */
void lib_single(struct fp_run *run)
{
    if (run->batch != 1)
        fp_give_up(run, FP_OUT_OF_RANGE, "batch: 1");
}

static uint64_t length_of(const char *text)
{
    uint64_t n = 0;

    while (text[n])
        n++;
    return n;
}

void lib_print(const char *text) { exo_probe(EXO_PROBE_PRINT, (uint64_t)text, length_of(text)); }

void lib_number(uint64_t number)
{
    char text[24], *p = text + sizeof text - 1;

    *p = 0;
    do
        *--p = (char)('0' + number % 10);
    while (number /= 10);
    lib_print(p);
}

/* The functions of feuerprobe.h, which ring 0 carries out. */
bool fp_next(struct fp_run *run)
{
    const int64_t state = exo_probe(EXO_PROBE_NEXT, 0, 0);

    run->repetition++;
    run->twin = state & 1;
    run->leave_out = state >> 1 & 1;
    return state >= 0;
}

void fp_keep(struct fp_run *run, uint64_t value)
{
    (void)run;
    exo_probe(EXO_PROBE_KEEP, value, 0);
}

void fp_checked(struct fp_run *run, bool happened, const char *missing)
{
    (void)run;
    exo_probe(EXO_PROBE_CHECK, happened, (uint64_t)missing);
}

void fp_give_up(struct fp_run *run, uint32_t status, const char *why)
{
    run->status = status;
    exo_probe(EXO_PROBE_GIVE_UP, status, (uint64_t)why);
}
