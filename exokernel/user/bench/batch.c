/* SPDX-License-Identifier: MIT
 * Benchmarks of many pages in one crossing, of new rights in place, of page-table entries, and of
 * the way from a fault to its handler. */
#include "exo.h"

#define AREA 0x20000000ul
#define IDS ((cap_id_t *)0x30000000ul)
#define FAULT_STACK 0x12000000ul

/* Allocate as many pages as the entry says, and make the tables that map them. */
static uint64_t pages_of(struct fp_run *run)
{
    const uint64_t pages = run->entry->params[0];

    lib_single(run);
    lib_page((uint64_t)IDS, RW);
    for (uint64_t i = 0; i < pages; i++)
        IDS[i] = (cap_id_t)exo_alloc_page(EXO_ANY);
    exo_map_pages(0, IDS, pages, AREA, RW);
    return pages;
}

static uint64_t entry(uint64_t address)
{
    uint64_t value = 0;

    exo_entries(address, 1, &value);
    return value;
}

int64_t bench_map_pages(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    const uint64_t pages = pages_of(run), last = AREA + (pages - 1) * FB_PAGE_SIZE;
    int64_t status = 0;

    (void)b;
    while (fp_next(run)) {
        exo_unmap_pages(0, IDS, pages);
        FP_TIMED(run, i, status, exo_map_pages, 0, IDS, pages, AREA, RW);
        fp_check(run, status == (int64_t)pages && entry(AREA) && entry(last),
                 "not all pages are there");
        status = 0;
    }
    return 0;
}

int64_t bench_unmap_pages(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    const uint64_t pages = pages_of(run), last = AREA + (pages - 1) * FB_PAGE_SIZE;
    int64_t status = 0;

    (void)b;
    while (fp_next(run)) {
        FP_TIMED(run, i, status, exo_unmap_pages, 0, IDS, pages);
        fp_check(run, status == (int64_t)pages && !entry(AREA) && !entry(last),
                 "a page is still mapped");
        exo_map_pages(0, IDS, pages, AREA, RW);
    }
    return 0;
}

int64_t bench_protect_pages(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    const uint64_t pages = pages_of(run), last = AREA + (pages - 1) * FB_PAGE_SIZE;
    int64_t status = 0;

    (void)b;
    while (fp_next(run)) {
        FP_TIMED(run, i, status, exo_protect_pages, 0, IDS, pages, EXO_RIGHT_R);
        fp_check(run, status == (int64_t)pages && !((entry(AREA) | entry(last)) & EXO_ENTRY_WRITE),
                 "a page can still be written");
        exo_protect_pages(0, IDS, pages, RW);
    }
    return 0;
}

int64_t bench_protect(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    const cap_id_t page = lib_page(AREA, RW);
    int64_t status = -1;

    (void)b;
    while (fp_next(run)) {
        FP_TIMED(run, i, status, exo_protect, 0, page, EXO_RIGHT_R);
        fp_check(run, status == FB_OK && !(entry(AREA) & EXO_ENTRY_WRITE),
                 "the page can still be written");
        exo_protect(0, page, RW);
    }
    return 0;
}

int64_t bench_entries(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    uint64_t *value = (uint64_t *)IDS;
    const uint64_t count = run->entry->params[0], last = AREA + (count - 1) * FB_PAGE_SIZE;
    int64_t status = -1;

    (void)b;
    lib_page((uint64_t)IDS, RW);
    lib_page(last, RW);
    while (fp_next(run)) {
        value[count - 1] = 0;
        FP_TIMED(run, i, status, exo_entries, AREA, count, value);
        fp_check(run, status == FB_OK && value[count - 1] & EXO_ENTRY_PRESENT,
                 "the last entry is missing");
    }
    return 0;
}

/* Notes the time of its first instruction, and goes on behind the store, at the address that the
 * program left in rbx. */
void bench_note_fault(void);
__asm__("bench_note_fault: rdtsc; shl $32, %rdx; or %rdx, %rax; mov 48(%rsp), %rsp; jmp *%rbx");

/* A store that faults, to the first instruction of the handler. The twin's store does not. After
 * the clock it executes as many instructions as the handler does, so the plugin counts the same. */
int64_t bench_fault_handler(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;

    (void)b;
    lib_single(run);
    lib_page(FAULT_STACK, RW);
    lib_page(AREA, RW);
    exo_set_upcall(bench_note_fault, FAULT_STACK, FB_PAGE_SIZE);
    while (fp_next(run)) {
        const bool skip = run->leave_out;
        uint64_t at = skip || run->twin ? AREA : AREA + FB_PAGE_SIZE, now, low, high;
        const uint64_t *mark = (uint64_t *)(FAULT_STACK + FB_PAGE_SIZE - 64);
        *(volatile uint64_t *)mark = 0;
        FP_MARK(FP_MARK_BEGIN);
        const uint64_t from = fp_clock();
        __asm__ volatile("lea 1f(%%rip), %%rbx; mov %%rax, (%%rcx); rdtsc\n"
                         "shl $32, %%rdx; or %%rdx, %%rax; nop; nop; 1:"
                         : "=a"(now), "=d"(high), "=&b"(low), "+c"(at)
                         :
                         : "memory");
        FP_MARK(FP_MARK_END);
        fp_keep(run, now - from);
        fp_check(run, *mark == EXO_UPCALL_FAULT && mark[1] == AREA + FB_PAGE_SIZE,
                 "the handler was not entered");
    }
    return 0;
}
