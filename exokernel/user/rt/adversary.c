/* SPDX-License-Identifier: MIT
 * Runs while no job is ready, and makes system calls that mask interrupts for long. */
#include "rt.h"

#define PAGES 0x15000000ul

/* Maps, protects and unmaps as many pages as one call can, and makes and gives up capabilities. */
int64_t rt_adversary(uint64_t a, uint64_t b)
{
    cap_id_t page[EXO_BATCH_MAX];

    (void)a, (void)b;
    for (uint64_t i = 0; i < EXO_BATCH_MAX; i++)
        page[i] = (cap_id_t)exo_alloc_page(EXO_ANY);
    for (;;) {
        exo_map_pages(0, page, EXO_BATCH_MAX, PAGES, RW);
        exo_protect_pages(0, page, EXO_BATCH_MAX, EXO_RIGHT_R);
        exo_unmap_pages(0, page, EXO_BATCH_MAX);
        const int64_t more = exo_alloc_page(EXO_ANY);
        exo_cap_drop((cap_id_t)exo_derive((cap_id_t)more, RW));
        exo_unbind_page((cap_id_t)more);
    }
}
