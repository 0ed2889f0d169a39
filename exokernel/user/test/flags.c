/* SPDX-License-Identifier: MIT
 * Ring 3's flags in every way into ring 0 and into a handler: none stays on in the kernel, which
 * the audit reads back, and a handler begins with TF and DF clear. */
#include "test.h"

enum { TF = 0x100, DF = 0x400, NT = 0x4000, AC = 0x40000, ID = 0x200000 };
#define NOTE ((volatile uint64_t *)STACK)

static const uint64_t sets[] = { 0, DF, NT, AC, ID, DF | AC, NT | AC, DF | NT | AC | ID };

static uint64_t flags(void)
{
    uint64_t now;

    __asm__ volatile("pushfq; popq %0" : "=r"(now));
    return now;
}

static void set_flags(uint64_t now) { __asm__ volatile("pushq %0; popfq" : : "r"(now) : "cc"); }

/* Where the interrupted address is in the frame of a handler that is not nested. */
#define TOP (STACK + FB_PAGE_SIZE - 16)
#define RIP (*(volatile uint64_t *)(TOP - 64 + 24))

/* The handler: notes the flags that it has, maps the page that is missing, and skips ud2. */
static void note_flags(uint64_t cause, uint64_t value, uint64_t detail)
{
    (void)value, (void)detail;
    NOTE[1] = flags();
    NOTE[2]++;
    NOTE[3] |= (uint64_t)(exo_probe(EXO_PROBE_AUDIT, 0, 0) != FB_OK);
    if (cause == EXO_UPCALL_FAULT)
        NOTE[0] = lib_page(AREA, RW);
    if (cause == EXO_UPCALL_EXCEPTION)
        RIP += 2;
}

/* Make a page fault and an exception with these flags. The flags after both. */
static uint64_t fault_with(uint64_t set)
{
    const uint64_t before = flags();
    uint64_t after;

    __asm__ volatile("pushq %[set]; popfq; mov (%[at]), %%rax; ud2; pushfq; popq %[after]\n"
                     "pushq %[before]; popfq"
                     : [after] "=&r"(after)
                     : [set] "r"(before | set), [at] "r"(AREA), [before] "r"(before)
                     : "rax", "memory");
    return after;
}

void test_flags_everywhere(struct test *t)
{
    const cap_id_t stack = lib_page(STACK, RW);
    const cap_id_t soft = (cap_id_t)exo_irq_alloc(EXO_LINE_SOFT, EXO_RIGHTS_ALL);

    *(uint64_t *)(STACK + FB_PAGE_SIZE - 8) = (uint64_t)note_flags;
    exo_set_upcall((const void *)upcall_entry, STACK, TOP - STACK);
    exo_irq_upcall(soft, true);
    for (uint64_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        const uint64_t set = sets[i], before = flags();
        NOTE[1] = NOTE[2] = NOTE[3] = 0;
        const uint64_t after = fault_with(set);
        CHECK(t, NOTE[2] == 2 && !(NOTE[1] & (TF | DF)) && !NOTE[3]);
        CHECK(t, (NOTE[1] & (AC | NT | ID)) == (set & (AC | NT | ID)));
        CHECK(t, (after & set) == set);
        exo_unbind_page(NOTE[0]);
        set_flags(before | set); /* system calls of each class, and an interrupt */
        const int64_t audit = exo_probe(EXO_PROBE_AUDIT, 0, 0);
        const uint64_t plain = flags();
        exo_yield_to(0);
        const uint64_t yielded = flags();
        exo_irq_trigger(soft);
        for (const uint64_t from = fp_time(); NOTE[2] < 3 && fp_time() - from < PATIENCE;)
            __builtin_ia32_pause();
        set_flags(before);
        CHECK(t, audit == FB_OK && (plain & set) == set && (yielded & set) == set);
        CHECK(t, NOTE[2] == 3 && !(NOTE[1] & (TF | DF)) && !NOTE[3]);
        CHECK(t, exo_probe(EXO_PROBE_AUDIT, 0, 0) == FB_OK);
    }
    exo_set_upcall(NULL, 0, 0);
    exo_cap_drop(soft);
    exo_unbind_page(stack);
}
