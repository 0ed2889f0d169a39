/* SPDX-License-Identifier: MIT
 * What a device reaches: the pages that were mapped for it, and nothing else. A hostile driver has
 * QEMU's edu copy from and to the kernel, a neighbour's page, and pages that were taken back. */
#include "edu.h"
#include "test.h"

enum { COPY = EDU_MOST, WORDS = COPY / 8 };
#define MINE (AREA + 64 * FB_PAGE_SIZE)
#define THEIRS (AREA + 65 * FB_PAGE_SIZE)
#define MASTER (EXO_PCI_MEMORY | EXO_PCI_MASTER)

static void fill(uint64_t at, uint64_t seed)
{
    for (uint64_t i = 0; i < WORDS; i++)
        ((volatile uint64_t *)at)[i] = (seed + i) * 0x9e3779b97f4a7c15u;
}

static bool holds(uint64_t at, uint64_t seed)
{
    for (uint64_t i = 0; i < WORDS; i++)
        if (((volatile uint64_t *)at)[i] != (seed + i) * 0x9e3779b97f4a7c15u)
            return false;
    return true;
}

/* Have the device try to write and to read a page. Whether both were refused and reported. */
static bool refused(struct test *t, cap_id_t f, uint64_t address)
{
    CHECK(t, exo_dma_refused(f, 0) == 0);
    CHECK(t, edu_copy(address, COPY, true));
    const int64_t write = exo_dma_refused(f, 0);
    CHECK(t, edu_copy(address, COPY, false));
    const int64_t read = exo_dma_refused(f, 0);
    return write == (int64_t)(address | EXO_DMA_REFUSED | EXO_DMA_WRITE)
           && read == (int64_t)(address | EXO_DMA_REFUSED);
}

/* Have the device copy one page of ours to another. */
static bool copied(uint64_t from, uint64_t to)
{
    return edu_copy(from, COPY, false) && edu_copy(to, COPY, true);
}

void test_dma(struct test *t)
{
    const cap_id_t f = edu_open(), a = lib_page(MINE, RW), b = lib_page(THEIRS, RW);
    const int64_t from = exo_dma_map(f, a, 0x5000, EXO_RIGHT_R);
    const int64_t to = exo_dma_map(f, b, EXO_DMA_WINDOW - FB_PAGE_SIZE, RW);

    CHECK(t, from > 0 && to > 0 && exo_pci_command(f, MASTER) == FB_OK);
    fill(MINE, 1), fill(THEIRS, 2);
    CHECK(t, edu_copy(EXO_DMA_WINDOW - FB_PAGE_SIZE, COPY, false)); /* it may only read MINE */
    CHECK(t, edu_copy(0x5000, COPY, true) && holds(MINE, 1));
    CHECK(t, exo_dma_refused(f, 0) == (0x5000 | EXO_DMA_REFUSED | EXO_DMA_WRITE));
    CHECK(t, copied(0x5000, EXO_DMA_WINDOW - FB_PAGE_SIZE));
    CHECK(t, holds(MINE, 1) && holds(THEIRS, 1) && exo_dma_refused(f, 0) == 0);
    CHECK(t, exo_dma_map(f, a, 0x5000, EXO_RIGHT_R) == FB_EEXISTS);
    CHECK(t, exo_dma_map(f, a, 0x5008, EXO_RIGHT_R) == FB_EADDRESS);
    CHECK(t, exo_dma_map(f, a, EXO_DMA_WINDOW, EXO_RIGHT_R) == FB_EADDRESS);
    CHECK(t, exo_dma_map(f, a, -4096ul, EXO_RIGHT_R) == FB_EADDRESS);
    CHECK(t, exo_dma_map(f, a, 0, 0) == FB_EINVALID && exo_dma_map(f, a, 0, 4) == FB_EINVALID);
    CHECK(t, exo_dma_map(f, (cap_id_t)from, 0, EXO_RIGHT_R) == FB_EINVALID);
    CHECK(t, exo_derive((cap_id_t)from, EXO_RIGHT_R) == FB_EDENIED);
    CHECK(t, exo_map(0, (cap_id_t)from, AREA, EXO_RIGHT_R) == FB_EINVALID);
    CHECK(t, exo_cap_drop((cap_id_t)from) == FB_OK && refused(t, f, 0x5000));
    CHECK(t, holds(MINE, 1));

    const cap_id_t line = (cap_id_t)exo_irq_alloc(EXO_LINE_SOFT, EXO_RIGHTS_ALL);
    CHECK(t, exo_dma_refused(f, line) == 0 && edu_copy(0x7000, 8, true));
    CHECK(t, exo_irq_wait(line, fp_time() + PATIENCE) == 1);
    CHECK(t, edu_copy(0x8000, 8, true)); /* not recorded: the first was not asked for yet */
    CHECK(t, exo_irq_wait(line, fp_time() + A_WHILE) == FB_ETIMEOUT);
    CHECK(t, exo_dma_refused(f, 0) == (0x7000 | EXO_DMA_REFUSED | EXO_DMA_WRITE));
    CHECK(t, exo_dma_refused(f, 0) == 0);
    exo_cap_drop(line);
    exo_unbind_page(a);
    exo_unbind_page(b);
    exo_cap_drop(f);
}

/* To the kernel, whose image begins at 1 MiB; and to a neighbour's page, whose address is known. */
void test_dma_hostile(struct test *t)
{
    const cap_id_t f = edu_open(), bait = lib_page(MINE, RW);
    int64_t page = FB_EBUSY;
    uint64_t physical = 0;

    while (page < 0 && physical < 1ul << 28)
        page = exo_alloc_page(physical += FB_PAGE_SIZE);
    CHECK(t, page > 0 && exo_map(0, (cap_id_t)page, THEIRS, RW) == FB_OK);
    CHECK(t, exo_dma_map(f, bait, 0, RW) > 0 && exo_pci_command(f, MASTER) == FB_OK);
    fill(MINE, 3), fill(THEIRS, 4);
    CHECK(t, edu_copy(0, COPY, false)); /* what it would write */
    for (uint64_t at = 0x100000; at < 0x500000; at += 0x80000)
        CHECK(t, refused(t, f, at));
    CHECK(t, refused(t, f, physical) && holds(THEIRS, 4));
    CHECK(t, refused(t, f, EXO_DMA_WINDOW) && refused(t, f, 0xfff000));
    CHECK(t, edu_copy(0xff8, 16, true)); /* half in a page of ours */
    CHECK(t, exo_dma_refused(f, 0) == (0x1000 | EXO_DMA_REFUSED | EXO_DMA_WRITE));
    exo_unbind_page(bait);
    exo_unbind_page((cap_id_t)page);
    exo_cap_drop(f);
}

/* A driver that has a page by grace: maps it for its device and tells where its capability is. */
int64_t test_dma_driver(uint64_t a, uint64_t b)
{
    volatile int64_t *shared = (int64_t *)SHARED;

    shared[1] = exo_dma_map(a, b, 0x3000, RW);
    shared[2] = exo_dma_map(a, b, 0x9000, EXO_RIGHT_R);
    shared[0] = 1;
    for (;;)
        exo_recv(0, NULL, 0);
}

/* Start the driver with a page that it was granted. */
static cap_id_t drive(struct test *t, cap_id_t f, cap_id_t page, cap_id_t shared)
{
    const cap_id_t env = (cap_id_t)lib_create(0);
    volatile int64_t *told = (int64_t *)SHARED;

    told[0] = 0;
    lib_share(env, shared, SHARED, RW);
    lib_start(env, PROGRAM_test_dma_driver, lib_give(env, f, RW), lib_give(env, page, RW));
    for (const uint64_t from = fp_time(); !told[0] && fp_time() - from < PATIENCE;)
        exo_yield_to(env);
    CHECK(t, told[0] && told[1] > 0 && told[2] > 0);
    return env;
}

/* A page is taken back: by revocation, by dropping it, at the end of the driver. Then it is another
 * one's, and the device does not reach it. */
void test_dma_revoked(struct test *t)
{
    const cap_id_t f = edu_open(), shared = lib_page(SHARED, RW);
    const cap_id_t bait = lib_page(MINE, RW);

    CHECK(t, exo_dma_map(f, bait, 0, RW) > 0 && exo_pci_command(f, MASTER) == FB_OK);
    for (int way = 0; way < 4; way++) {
        const cap_id_t page = lib_page(THEIRS, RW), env = drive(t, f, page, shared);
        fill(MINE, 5), fill(THEIRS, 6);
        CHECK(t, copied(0, 0x3000) && holds(THEIRS, 5) && edu_copy(0x9000, 8, false));
        CHECK(t, exo_dma_refused(f, 0) == 0);
        fill(THEIRS, 7);
        if (way == 0)
            CHECK(t, exo_revoke(page, 0) == FB_OK);
        else if (way == 1)
            CHECK(t, exo_env_destroy(env) == FB_OK);
        else if (way == 2)
            CHECK(t, exo_revoke(page, fp_time() + 1000000) == FB_OK
                         && exo_recv_timed(0, NULL, 0, fp_time() + A_WHILE) == FB_ETIMEOUT);
        cap_id_t next = page;
        if (way == 3) { /* the page is freed, and likely given out again at once */
            CHECK(t, exo_unbind_page(page) == FB_OK);
            next = lib_page(THEIRS, RW);
            fill(THEIRS, 7);
        }
        CHECK(t, refused(t, f, 0x3000) && refused(t, f, 0x9000) && holds(THEIRS, 7));
        exo_env_destroy(env);
        CHECK(t, exo_unbind_page(next) == FB_OK);
        CHECK(t, exo_probe(EXO_PROBE_AUDIT, 0, 0) == FB_OK);
    }
    exo_cap_drop(f); /* its domain goes, and all that it reached */
    const cap_id_t again = edu_open();
    CHECK(t, exo_pci_command(again, MASTER) == FB_OK && refused(t, again, 0));
    exo_cap_drop(again);
    exo_unbind_page(bait);
    exo_unbind_page(shared);
}

/* Maps pages for its device until its account is empty. */
int64_t test_dma_poor(uint64_t a, uint64_t b)
{
    volatile int64_t *shared = (int64_t *)SHARED;
    const int64_t f = exo_pci_alloc(a);

    (void)b;
    shared[1] = f;
    shared[2] = exo_dma_map((cap_id_t)f, EXO_SELF + 2 * 0x10000, 0, RW);
    int64_t page = 0;
    for (int64_t next; (next = exo_alloc_page(EXO_ANY)) > 0;)
        page = next;
    shared[3] = exo_dma_map((cap_id_t)f, (cap_id_t)page, 0, RW);
    shared[4] = exo_pci_command((cap_id_t)f, MASTER);
    shared[0] = 1;
    return 0;
}

/* The tables of a device are the owner's to pay for, and are given back with the device. */
void test_dma_account(struct test *t)
{
    const cap_id_t page = lib_page(MINE, RW), shared = lib_page(SHARED, RW);
    volatile int64_t *told = (int64_t *)SHARED;
    const cap_id_t f = edu_open();
    const int64_t before = exo_info(EXO_INFO_ACCOUNT + EXO_ACCOUNT_PAGES);
    const int64_t name = exo_pci_list(0) & 0xffff;

    CHECK(t, exo_dma_map(f, page, 0, RW) > 0 && exo_dma_map(f, page, 0x1000, RW) > 0);
    CHECK(t, exo_info(EXO_INFO_ACCOUNT + EXO_ACCOUNT_PAGES) == before - 3);
    const int64_t far = exo_dma_map(f, page, 0x200000, RW);
    CHECK(t, far > 0 && exo_info(EXO_INFO_ACCOUNT + EXO_ACCOUNT_PAGES) == before - 4);
    CHECK(t, exo_probe(EXO_PROBE_AUDIT, 0, 0) == FB_OK);
    exo_cap_drop((cap_id_t)far);
    CHECK(t, exo_info(EXO_INFO_ACCOUNT + EXO_ACCOUNT_PAGES) == before - 4);
    exo_cap_drop(f);
    CHECK(t, exo_info(EXO_INFO_ACCOUNT + EXO_ACCOUNT_PAGES) >= before);
    CHECK(t, exo_probe(EXO_PROBE_AUDIT, 0, 0) == FB_OK);

    const cap_id_t env = (cap_id_t)exo_env_alloc(0, EXO_ACCOUNT_ROOM);
    CHECK(t, exo_account(env, EXO_ACCOUNT_PCI, 0x10000) == FB_EINVALID);
    CHECK(t, exo_account(env, EXO_ACCOUNT_PAGES, 9) == FB_OK);
    CHECK(t, exo_account(env, EXO_ACCOUNT_PCI, (uint64_t)name) == FB_OK);
    CHECK(t, exo_account(env, EXO_ACCOUNT_PCI, (uint64_t)name) == FB_EQUOTA);
    CHECK(t, exo_pci_alloc((uint64_t)name) == FB_EDENIED);
    CHECK(t, lib_stack(env) == FB_OK && lib_share(env, shared, SHARED, RW) == FB_OK);
    told[0] = 0;
    lib_start(env, PROGRAM_test_dma_poor, (uint64_t)name, 0);
    CHECK(t, test_ended(env) && told[0] == 1);
    CHECK(t, told[1] > 0 && told[2] == FB_ESTALE);
    CHECK(t, told[3] == FB_EQUOTA && told[4] == FB_EQUOTA);
    CHECK(t, exo_cap_drop((cap_id_t)exo_pci_alloc((uint64_t)name)) == FB_OK);
    exo_unbind_page(page);
    exo_unbind_page(shared);
}
