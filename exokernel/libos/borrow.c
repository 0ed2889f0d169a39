/* SPDX-License-Identifier: MIT
 * vfork: the parent waits, and has all that the child wrote when it goes on. The child has a copy
 * of the memory. Before it runs another program or ends, it sends back the pages that it changed.
 */
#include "libos.h"

enum { HEAD = 5 }; /* words: the page's address, and nothing; more than a reply has */

/* The child: a page of its parent. Until it is written, it may only be read. */
void borrow_page(struct page *page) { own_protect(0, PAGE_ID(page->capability), EXO_RIGHT_R); }

/* The child: another program comes, or the end. */
void borrow_back(void)
{
    uint64_t places, head[HEAD] = { 0 };
    const struct page *pages = page_table(&places);

    if (!P->borrowed)
        return;
    P->borrowed = false;
    if (ask(OP_PARENT, 0, 0, 0, 0))
        return;
    const cap_id_t parent = P->reply[0];
    for (uint64_t i = 0; i < places; i++) {
        if (!pages[i].number || !(pages[i].capability & PAGE_CHANGED)
            || pages[i].capability & (PAGE_BORROWED | PAGE_HIDDEN))
            continue;
        head[0] = pages[i].number * PAGE;
        if (own_send_memory(parent, head, sizeof head)
            || own_send_memory(parent, (const void *)head[0], PAGE))
            break;
    }
    own_cap_drop(parent);
}

/* The parent: receive a message of the child; false: the server told that there will be none. */
static bool receive(void *to, uint64_t child)
{
    struct words w;

    while (!P->came_back) {
        const int64_t got = own_receive(to, PAGE, EXO_FOREVER, &w);
        if (got >= 0 && w.sender == child)
            return true;
        notice_taken(got, &w);
    }
    return false;
}

/* The parent waits. `child` is the number of its environment. */
void borrow_wait(uint64_t child)
{
    uint64_t *head = (uint64_t *)LIBOS_BUFFER;

    *(volatile char *)LIBOS_COPY = 0; /* resident from now on */
    *(volatile uint64_t *)head = 0;
    while (receive(head, child)) {
        const uint64_t at = head[0];
        const struct area *a = at % PAGE ? NULL : area_find(at);
        const bool mine = a && a->rights & EXO_RIGHT_W && !a->shared && user_writes(at, PAGE);
        if (!receive(mine ? (void *)at : (void *)LIBOS_COPY, child))
            return;
    }
}
