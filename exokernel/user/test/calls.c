/* SPDX-License-Identifier: MIT
 * Every system call with every wrong identifier. The table is made from the list of system calls: a
 * call without a row here does not compile. For each argument that is an identifier, the test tries
 * each of its 64 bits turned, 0, each other type, and each needed right missing; and then exactly
 * the rights that the call needs. */
#include "test.h"

enum { ARGUMENTS = 6, GENERATIONS = 37 };

/* What an identifier names in a row. */
enum what { NONE, PAGE, CHILD, MYSELF, SOFT, TIMER, PORTS, FUNCTION, THINGS, ANY_TYPE = 16 };

struct argument {
    uint8_t what, rights; /* NONE: the value */
    uint8_t more;         /* rights that it also has */
    bool listed;          /* the value is the address of a list with the identifier */
    uint64_t value;
};

struct row {
    uint64_t number;
    int64_t result; /* with the right arguments; SOME: an identifier */
    struct argument argument[ARGUMENTS];
};

#define R EXO_RIGHT_R
#define W EXO_RIGHT_W
#define X EXO_RIGHT_X
#define CTL EXO_RIGHT_CTL
#define DELEGATE EXO_RIGHT_DELEGATE
#define ALL EXO_RIGHTS_ALL
#define SOME INT64_MAX
#define CAP(what, rights)                                                                          \
    {                                                                                              \
        what, rights, 0, false, 0                                                                  \
    }
#define CAP_AND(what, rights, more)                                                                \
    {                                                                                              \
        what, rights, more, false, 0                                                               \
    }
#define LISTED(what, rights)                                                                       \
    {                                                                                              \
        what, rights, 0, true, 0                                                                   \
    }
#define V(value)                                                                                   \
    {                                                                                              \
        NONE, 0, 0, false, value                                                                   \
    }
#define PLACE (AREA + 5 * FB_PAGE_SIZE)
#define BUFFER AREA /* a page that is mapped */
#define NOWHERE 0x99990000ul

/* clang-format off */
#define CALL_null           FB_OK, { V(0) }
#define CALL_set_upcall     FB_OK, { V(0), V(0), V(0) }
#define CALL_alloc_page     SOME, { V(EXO_ANY) }
#define CALL_unbind_page    FB_OK, { CAP(PAGE, 0) }
#define CALL_yield_to       FB_EBUSY, { CAP(CHILD, X) } /* it has not started */
#define CALL_send           FB_OK, { CAP(MYSELF, W), V(1), V(8) }
#define CALL_recv           8, { CAP(MYSELF, R), V(0), V(32) }
#define CALL_recv_timed     8, { CAP(MYSELF, R), V(0), V(32), V(0) }
#define CALL_env_alloc      SOME, { V(0), V(1) }
#define CALL_irq_alloc      SOME, { V(EXO_LINE_SOFT + 3), V(ALL) }
#define CALL_irq_wait       FB_ETIMEOUT, { CAP(SOFT, R), V(0) }
#define CALL_irq_ack        FB_OK, { CAP(SOFT, R) }
#define CALL_ioport_alloc   SOME, { V(0x40) }
#define CALL_finish         7, { V(0), V(7) } /* nobody ends: the result */
#define CALL_alloc_page_for SOME, { CAP(CHILD, CTL), V(EXO_ANY) }
#define CALL_exit           SOME, { V(0) } /* not made: it has no wrong argument */
#define CALL_map            FB_OK, { V(0), CAP(PAGE, R | W), V(PLACE), V(R | W) }
#define CALL_unmap          FB_EINVALID, { V(0), CAP(PAGE, 0) } /* it is not mapped */
#define CALL_call           8, { CAP(MYSELF, W), V(1), V(8) }
#define CALL_grant                                                                         \
    FB_OK, { CAP_AND(CHILD, W, CTL), LISTED(PAGE | ANY_TYPE, DELEGATE), V(1), V(R) }
#define CALL_revoke         FB_OK, { CAP(PAGE | ANY_TYPE, CTL), V(0) }
#define CALL_derive         SOME, { CAP(PAGE | ANY_TYPE, DELEGATE), V(R) }
#define CALL_env_start      FB_OK, { CAP(CHILD, CTL), V(EXO_ENTRY), V(0), V(0), V(0), V(0) }
#define CALL_env_destroy    FB_OK, { CAP(CHILD, CTL) }
#define CALL_timer_set      FB_OK, { CAP(TIMER, W), V(0) }
#define CALL_irq_upcall     FB_OK, { CAP(SOFT, R | CTL), V(0) }
#define CALL_irq_trigger    FB_OK, { CAP(SOFT, W) }
#define CALL_scrub          0, { V(0) }
#define CALL_cap_drop       FB_OK, { CAP(PAGE | ANY_TYPE, 0) }
#define CALL_info           0, { V(EXO_INFO_CPU) }
#define CALL_probe          FB_EINVALID, { V(99) }
#define CALL_cap_export     FB_OK, { CAP(PAGE | ANY_TYPE, DELEGATE), V(R), V(BUFFER) }
#define CALL_cap_verify     FB_EADDRESS, { V(NOWHERE) } /* tokens: domain.c turns each bit */
#define CALL_cap_import     FB_EADDRESS, { V(NOWHERE) }
#define CALL_env_label      FB_OK, { CAP(CHILD, CTL), V(0), V(0) }
#define CALL_ioport_in      SOME, { CAP(PORTS, R), V(0x71) }
#define CALL_ioport_out     FB_OK, { CAP(PORTS, W), V(0x70), V(0) }
#define CALL_accept         FB_OK, { V(0) }
#define CALL_foreign        FB_EADDRESS, { CAP(CHILD, CTL), V(EXO_USER_END), V(0) }
#define CALL_fs_base        FB_EUNSUPPORTED, { V(0) }
#define CALL_protect        FB_EINVALID, { V(0), CAP(PAGE, 0), V(R) } /* it is not mapped */
#define CALL_map_pages      1, { V(0), LISTED(PAGE, R | W), V(1), V(PLACE), V(R | W) }
#define CALL_unmap_pages    FB_EINVALID, { V(0), LISTED(PAGE, 0), V(1) }
#define CALL_protect_pages  FB_EINVALID, { V(0), LISTED(PAGE, 0), V(1), V(R) }
#define CALL_account        FB_OK, { CAP(CHILD, CTL), V(EXO_ACCOUNT_PAGES), V(1) }
#define CALL_pci_list       FB_EINVALID, { V(EXO_PCI_MAX) }
#define CALL_pci_alloc      FB_EINVALID, { V(0x10000) }
#define CALL_pci_read       SOME, { CAP(FUNCTION, R), V(0) }
#define CALL_pci_command    FB_OK, { CAP(FUNCTION, CTL), V(0) }
#define CALL_pci_page       SOME, { CAP(FUNCTION, W), V(0), V(0) }
#define CALL_dma_map        SOME, { CAP(FUNCTION, W), CAP(PAGE, R | W), V(0), V(R | W) }
#define CALL_dma_refused    0, { CAP(FUNCTION, R), V(0) }
#define CALL_entries        FB_OK, { V(PLACE), V(1), V(BUFFER) }
/* clang-format on */

#define ROW(number, name, class, arguments, text) { number, CALL_##name },
static const struct row rows[] = {
    FB_SYSCALLS(ROW)
    /* other ways through the same calls */
    { SYS_map, FB_OK, { V(0), CAP(PAGE, R), V(PLACE), V(R) } },
    { SYS_map, FB_OK, { V(0), CAP(PAGE, R | X), V(PLACE), V(R | X) } },
    { SYS_map, FB_ESTALE, { CAP(CHILD, CTL), V(0), V(PLACE), V(R) } },
    { SYS_unmap, FB_ESTALE, { CAP(CHILD, CTL), V(0) } },
    { SYS_protect, FB_ESTALE, { CAP(CHILD, CTL), V(0), V(R) } },
    { SYS_map_pages, FB_ESTALE, { CAP(CHILD, CTL), V(BUFFER), V(1), V(PLACE), V(R) } },
    { SYS_unmap_pages, FB_ESTALE, { CAP(CHILD, CTL), V(BUFFER), V(1) } },
    { SYS_protect_pages, FB_ESTALE, { CAP(CHILD, CTL), V(BUFFER), V(1), V(R) } },
    { SYS_send, FB_EFULL, { CAP(MYSELF, W), V(BUFFER), V(EXO_MEMORY | 8) } },
    { SYS_send, FB_EFULL, { CAP(MYSELF, W), V(BUFFER), V(40) } },
    { SYS_call, FB_EFULL, { CAP(MYSELF, W), V(BUFFER), V(40), V(0), V(40) } },
    { SYS_send, FB_EINVALID, { CAP(MYSELF, W), V(BUFFER), V(EXO_MESSAGE_MAX + 1) } },
    { SYS_dma_map, SOME, { CAP(FUNCTION, W), CAP(PAGE, R), V(0), V(R) } },
    { SYS_dma_map, SOME, { CAP(FUNCTION, W), CAP(PAGE, W), V(0), V(W) } },
    { SYS_dma_refused, 0, { CAP(FUNCTION, R), CAP(SOFT, W) } },
};

int64_t test_raw(uint64_t number, const uint64_t a[6])
{
    int64_t result;
    uint64_t rdi = a[0], rsi = a[1], rdx = a[2];
    register uint64_t r10 __asm__("r10") = a[3], r8 __asm__("r8") = a[4], r9 __asm__("r9") = a[5];

    __asm__ volatile("syscall"
                     : "=a"(result), "+D"(rdi), "+S"(rsi), "+d"(rdx), "+r"(r10), "+r"(r8), "+r"(r9)
                     : "a"(number)
                     : "rcx", "r11", "memory");
    return result;
}

/* A first capability for each thing. */
static void make(cap_id_t thing[THINGS])
{
    thing[PAGE] = (cap_id_t)exo_alloc_page(EXO_ANY);
    thing[CHILD] = (cap_id_t)exo_env_alloc(0, 8);
    thing[MYSELF] = EXO_SELF;
    thing[SOFT] = (cap_id_t)exo_irq_alloc(EXO_LINE_SOFT, ALL);
    thing[TIMER] = (cap_id_t)exo_irq_alloc(EXO_LINE_TIMER, ALL);
    thing[PORTS] = (cap_id_t)exo_ioport_alloc(0x70);
    thing[FUNCTION] = test_has_device() ? test_function(TEST_EDU, 0) : 0;
}

static void drop(cap_id_t thing[THINGS])
{
    for (int i = PAGE; i < THINGS; i++)
        if (i == CHILD)
            exo_env_destroy(thing[i]);
        else if (i != MYSELF)
            exo_cap_drop(thing[i]);
}

/* A capability with these rights, of a generation that no other capability has. */
static cap_id_t fresh(cap_id_t from, uint64_t rights)
{
    for (int i = 0; i < GENERATIONS; i++)
        exo_cap_drop((cap_id_t)exo_derive(from, rights));
    return (cap_id_t)exo_derive(from, rights);
}

/* Whether this machine has all that a row names. */
static bool is_here(const struct row *row, const cap_id_t thing[THINGS])
{
    for (int i = 0; i < ARGUMENTS; i++)
        if (row->argument[i].what && !thing[row->argument[i].what & (ANY_TYPE - 1)])
            return false;
    return true;
}

static int64_t attempt(const struct row *row, const cap_id_t id[ARGUMENTS])
{
    uint64_t a[ARGUMENTS], list[EXO_GRANT_MAX] = { 0 };

    for (int i = 0; i < ARGUMENTS; i++) {
        const struct argument *argument = &row->argument[i];
        a[i] = argument->what ? id[i] : argument->value;
        if (argument->listed)
            list[0] = id[i], a[i] = (uint64_t)list;
    }
    return test_raw(row->number, a);
}

static void report(uint64_t row, uint64_t argument, const char *what, uint64_t which)
{
    lib_print("  call ");
    lib_number(rows[row].number);
    lib_print(", argument "), lib_number(argument), lib_print(": "), lib_print(what);
    lib_number(which), lib_print("\n");
}

/* Whether 0 is an identifier, too: the caller, its own mailbox, or the next in the ring. */
static bool zero_is_mine(uint64_t number)
{
    static const uint16_t numbers[] = {
        SYS_dma_refused,    SYS_recv,        SYS_recv_timed,    SYS_yield_to,
        SYS_alloc_page_for, SYS_map,         SYS_unmap,         SYS_foreign,
        SYS_map_pages,      SYS_unmap_pages, SYS_protect_pages, SYS_protect,
    };

    for (uint64_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (numbers[i] == number)
            return true;
    return false;
}

/* All wrong identifiers for one argument; the others are right. */
static uint64_t wrong(uint64_t n, uint64_t k, cap_id_t id[ARGUMENTS], const cap_id_t thing[THINGS])
{
    const struct row *row = &rows[n];
    const struct argument *argument = &row->argument[k];
    const uint64_t what = argument->what & (ANY_TYPE - 1);
    const cap_id_t good = id[k];
    uint64_t failed = 0;

    for (uint64_t bit = 0; bit < 64; bit++) {
        id[k] = good ^ 1ul << bit;
        if (attempt(row, id) != FB_ESTALE)
            failed++, report(n, k, "bit turned: ", bit);
    }
    id[k] = 0;
    if (!(zero_is_mine(row->number) && argument->what != FUNCTION) && attempt(row, id) != FB_ESTALE)
        failed++, report(n, k, "0 instead of it", 0);
    for (uint64_t other = PAGE; other < THINGS && !(argument->what & ANY_TYPE); other++) {
        if (!thing[other])
            continue; /* this machine has none */
        const bool alike = other == what || (other + what == CHILD + MYSELF)
                           || (other + what == SOFT + TIMER);
        id[k] = thing[other];
        if (!alike && attempt(row, id) != FB_EINVALID)
            failed++, report(n, k, "another type: ", other);
    }
    for (uint64_t right = 1; right < ALL; right <<= 1) {
        if (!(argument->rights & right))
            continue;
        id[k] = (cap_id_t)exo_derive(thing[what], ALL & ~right);
        if (attempt(row, id) != FB_EDENIED)
            failed++, report(n, k, "without the right ", right);
        exo_cap_drop(id[k]);
    }
    id[k] = good;
    return failed;
}

void test_identifiers(struct test *t)
{
    const cap_id_t buffer = lib_page(BUFFER, RW);
    uint64_t word[4] = { 0 }, left_out = 0;

    for (uint64_t n = 0; n < sizeof rows / sizeof *rows; n++) {
        const struct row *row = &rows[n];
        cap_id_t thing[THINGS] = { 0 }, id[ARGUMENTS] = { 0 };
        uint64_t failed = 0;
        if (row->number == SYS_exit)
            continue;
        make(thing);
        if (!is_here(row, thing)) {
            left_out++;
            drop(thing);
            continue;
        }
        if (row->number == SYS_recv || row->number == SYS_recv_timed)
            exo_send(EXO_SELF, word, 8);
        for (int i = 0; i < ARGUMENTS; i++)
            if (row->argument[i].what)
                id[i] = fresh(thing[row->argument[i].what & (ANY_TYPE - 1)],
                              row->argument[i].rights | row->argument[i].more);
        for (uint64_t k = 0; k < ARGUMENTS; k++)
            if (row->argument[k].what)
                failed += wrong(n, k, id, thing);
        const int64_t result = attempt(row, id);
        if (row->result == SOME ? result < 0 : result != row->result)
            failed++, report(n, 0, "right, but the result is -", -(uint64_t)result);
        CHECK(t, failed == 0);
        if (row->result == SOME && result > 255 && row->number != SYS_alloc_page_for)
            exo_cap_drop((cap_id_t)result);
        for (int i = 0; i < ARGUMENTS; i++)
            exo_cap_drop(id[i]);
        drop(thing);
        while (exo_recv_timed(0, word, 32, 0) >= 0)
            ;
    }
    exo_unbind_page(buffer);
    if (left_out)
        lib_print("  "), lib_number(left_out), lib_print(" rows left out: need " TEST_NEEDS "\n");
}
