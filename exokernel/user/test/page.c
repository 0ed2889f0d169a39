/* SPDX-License-Identifier: MIT
 * Pages and capabilities: what they allow, and every attempt to get more. */
#include "test.h"

#define LINUX 0x400000ul /* where static Linux programs are linked for */

void test_pages(struct test *t)
{
    volatile uint64_t *word = (uint64_t *)AREA;
    const int64_t free = exo_info(EXO_INFO_FREE);
    int64_t page = exo_alloc_page(EXO_ANY);

    CHECK(t, page > 0 && exo_map(0, (cap_id_t)page, AREA, RW) == FB_OK);
    CHECK(t, word[0] == 0 && word[511] == 0);
    word[0] = word[511] = 7;
    CHECK(t, exo_unmap(0, (cap_id_t)page) == FB_OK);
    CHECK(t, exo_map(0, (cap_id_t)page, AREA + FB_PAGE_SIZE, EXO_RIGHT_R) == FB_OK);
    CHECK(t, word[512] == 7 && word[1023] == 7);
    CHECK(t, exo_unbind_page((cap_id_t)page) == FB_OK);
    for (int i = 0; i < 100; i++) { /* a page that was dirty comes back clean */
        page = exo_alloc_page(EXO_ANY);
        exo_map(0, (cap_id_t)page, AREA, RW);
        CHECK(t, word[0] == 0 && word[511] == 0);
        word[0] = word[511] = 9;
        exo_unbind_page((cap_id_t)page);
    }
    CHECK(t, exo_info(EXO_INFO_FREE) <= free && exo_info(EXO_INFO_FREE) >= free - 3);
    page = exo_alloc_page(0x3000000); /* a named one */
    CHECK(t, page > 0 && exo_alloc_page(0x3000000) == FB_EBUSY);
    exo_unbind_page((cap_id_t)page);
    page = exo_alloc_page(0x3000000);
    CHECK(t, page > 0 && exo_unmap(0, (cap_id_t)page) == FB_EINVALID);
    for (int behind = 0; behind < 2; behind++) { /* the image's neighbours are free to use */
        const uint64_t address = behind ? EXO_IMAGE_END : EXO_IMAGE - FB_PAGE_SIZE;
        CHECK(t, exo_map(0, (cap_id_t)page, address, RW) == FB_OK);
        CHECK(t, *(volatile uint64_t *)address == 0 && exo_unmap(0, (cap_id_t)page) == FB_OK);
    }
    CHECK(t, exo_map(0, (cap_id_t)page, LINUX, EXO_RIGHT_R | EXO_RIGHT_X) == FB_OK);
    CHECK(t, exo_unbind_page((cap_id_t)page) == FB_OK);
}

void test_page_misuse(struct test *t)
{
    const cap_id_t page = (cap_id_t)exo_alloc_page(EXO_ANY);
    const cap_id_t other = (cap_id_t)exo_alloc_page(EXO_ANY);
    const cap_id_t weak = (cap_id_t)exo_derive(page, EXO_RIGHT_R);
    const cap_id_t line = (cap_id_t)exo_irq_alloc(EXO_LINE_SOFT, EXO_RIGHTS_ALL);
    const uint64_t bad[] = { 0,
                             1,
                             AREA + 1,
                             AREA + 8,
                             EXO_IMAGE,
                             EXO_IMAGE_END - FB_PAGE_SIZE,
                             EXO_USER_END,
                             0x7ffffffff000,
                             0x800000000000,
                             0xffff800000000000,
                             0xffffffff80000000,
                             -4096ul };
    const uint64_t named[] = { 0,          1,         0x100000, 0x200000, 0xfee00000,
                               0xfec00000, 0x3000001, -4096ul,  1ul << 52 };

    for (uint64_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(t, exo_map(0, page, bad[i], RW) == FB_EADDRESS);
    for (uint64_t i = 0; i < sizeof named / sizeof *named; i++)
        CHECK(t, exo_alloc_page(named[i]) == FB_EBUSY);
    CHECK(t, exo_map(0, page, AREA, RW | EXO_RIGHT_X) == FB_EINVALID);
    CHECK(t, exo_map(0, page, AREA, EXO_RIGHT_W) == FB_EINVALID);
    CHECK(t, exo_map(0, page, AREA, 0) == FB_EINVALID);
    CHECK(t, exo_map(0, page, AREA, -1ul) == FB_EINVALID);
    CHECK(t, exo_map(0, weak, AREA, RW) == FB_EDENIED);
    CHECK(t, exo_map(0, page, AREA, RW) == FB_OK);
    CHECK(t, exo_map(0, page, AREA + FB_PAGE_SIZE, RW) == FB_EEXISTS);
    CHECK(t, exo_map(0, other, AREA, RW) == FB_EEXISTS);
    CHECK(t, exo_map(0, EXO_SELF, AREA, RW) == FB_EINVALID);
    CHECK(t, exo_map(0, line, AREA, RW) == FB_EINVALID);
    CHECK(t, exo_map(page, other, AREA, RW) == FB_EINVALID);
    CHECK(t, exo_unmap(0, other) == FB_EINVALID);
    CHECK(t, exo_unbind_page(EXO_SELF) == FB_EINVALID && exo_unbind_page(line) == FB_EINVALID);
    for (int bit = 16; bit < 64; bit++) /* forged: the right slot, another generation */
        CHECK(t, exo_unbind_page(other ^ 1ul << bit) < 0);
    CHECK(t, exo_unbind_page(other) == FB_OK && exo_unbind_page(other) == FB_ESTALE);
    CHECK(t, exo_map(0, other, AREA, RW) == FB_ESTALE);
    CHECK(t, exo_unbind_page(page) == FB_OK);
    CHECK(t, exo_map(0, weak, AREA, EXO_RIGHT_R) == FB_ESTALE); /* revoked with it */
    CHECK(t, exo_cap_drop(line) == FB_OK && exo_cap_drop(line) == FB_ESTALE);
}

void test_capabilities(struct test *t)
{
    const cap_id_t page = (cap_id_t)exo_alloc_page(EXO_ANY);
    const cap_id_t fixed = (cap_id_t)exo_derive(page, RW);
    const cap_id_t env = (cap_id_t)lib_create(0);
    const cap_id_t blind = (cap_id_t)exo_derive(env, EXO_RIGHT_DELEGATE);
    cap_id_t many[EXO_GRANT_MAX + 1] = { page, page, 12345 };

    CHECK(t, exo_derive(fixed, EXO_RIGHT_R) == FB_EDENIED); /* no DELEGATE */
    CHECK(t, exo_derive(page, -1ul) == FB_EINVALID);
    CHECK(t, exo_derive(0, EXO_RIGHT_R) == FB_ESTALE);
    CHECK(t, exo_revoke(fixed, 0) == FB_EDENIED);           /* no CTL */
    CHECK(t, !lib_give(blind, page, RW));                   /* no W */
    CHECK(t, exo_map(blind, page, AREA, RW) == FB_EDENIED); /* no CTL */
    CHECK(t, exo_env_start(blind, 0, 0, 0, 0, 0) == FB_EDENIED);
    CHECK(t, exo_env_destroy(blind) == FB_EDENIED && exo_env_destroy(EXO_SELF) == FB_EINVALID);
    CHECK(t, exo_env_start(env, -1ul, 0, 0, 0, 0) == FB_EADDRESS);
    CHECK(t, exo_grant(env, many, 3, RW) == FB_ESTALE); /* the third is no capability */
    CHECK(t, exo_grant(env, many, 0, RW) == FB_EINVALID);
    CHECK(t, exo_grant(env, many, EXO_GRANT_MAX + 1, RW) == FB_EINVALID);
    CHECK(t, exo_grant(env, (cap_id_t *)0x100000, 1, RW) == FB_EADDRESS);
    CHECK(t, exo_grant(env, (cap_id_t *)-4096ul, 1, RW) == FB_EADDRESS);
    CHECK(t, exo_map(env, page, AREA, RW) == FB_ESTALE); /* our identifier, not one of its own */
    CHECK(t, exo_env_destroy(env) == FB_OK);
    CHECK(t, exo_env_destroy(env) == FB_ESTALE && exo_send(env, NULL, 0) == FB_ESTALE);
    CHECK(t, exo_env_destroy(blind) == FB_ESTALE);
    CHECK(t, exo_env_alloc(99, 10) == FB_EINVALID && exo_env_alloc(0, 0) == FB_EINVALID
                 && exo_env_alloc(0, 1ul << 40) == FB_EINVALID);
    CHECK(t, exo_unbind_page(page) == FB_OK && exo_unbind_page(fixed) == FB_ESTALE);
    exo_unbind_page((cap_id_t)exo_alloc_page(EXO_ANY));
}

/* The handler stores at the bottom of its stack: cause, value, and the number of upcalls. */
static void note(uint64_t cause, uint64_t value, uint64_t detail)
{
    volatile uint64_t *notes = (uint64_t *)STACK;

    (void)detail;
    notes[0] = cause, notes[1] = value, notes[2]++;
    if (notes[3] && cause == EXO_UPCALL_REVOKE)
        exo_unbind_page(value);
    if (notes[4] && cause == EXO_UPCALL_FAULT)
        notes[notes[4]++] = lib_page(value & -(uint64_t)FB_PAGE_SIZE, RW);
}

void test_revocation(struct test *t)
{
    volatile uint64_t *notes = (uint64_t *)STACK;
    const cap_id_t stack = lib_page(STACK, RW);
    const cap_id_t page = (cap_id_t)exo_alloc_page(EXO_ANY);
    cap_id_t child = (cap_id_t)exo_derive(page, EXO_RIGHTS_ALL), grandchild;

    lib_upcall(STACK, note);
    grandchild = (cap_id_t)exo_derive(child, RW);
    CHECK(t, exo_map(0, grandchild, AREA, RW) == FB_OK);
    CHECK(t, exo_revoke(page, 0) == FB_OK); /* at once, the whole tree and its mappings */
    CHECK(t, exo_unmap(0, grandchild) == FB_ESTALE && exo_unbind_page(child) == FB_ESTALE);
    CHECK(t, exo_map(0, page, AREA, RW) == FB_OK && exo_unmap(0, page) == FB_OK);
    notes[3] = 1; /* asked, and given up in the handler */
    child = (cap_id_t)exo_derive(page, EXO_RIGHTS_ALL);
    CHECK(t, exo_revoke(page, fp_time() + PATIENCE) == FB_OK);
    exo_yield_to(0);
    CHECK(t, notes[0] == EXO_UPCALL_REVOKE && notes[1] == child && notes[2] == 1);
    CHECK(t, exo_unbind_page(child) == FB_ESTALE);
    notes[3] = 0; /* asked, ignored, and taken by force */
    bool in_time = false;
    for (uint64_t notice = A_WHILE; !in_time && notice < PATIENCE; notice *= 4) {
        const uint64_t deadline = fp_time() + notice;
        child = (cap_id_t)exo_derive(page, EXO_RIGHTS_ALL);
        CHECK(t, exo_revoke(page, deadline) == FB_OK);
        exo_yield_to(0);
        const bool asked = notes[0] == EXO_UPCALL_REVOKE && notes[1] == child && notes[2] == 2;
        const bool held = exo_map(0, child, AREA, RW) == FB_OK;
        in_time = fp_time() < deadline; /* else the host took it: once more, with more notice */
        CHECK(t, !in_time || (asked && held));
        for (const uint64_t from = fp_time();
             notes[0] != EXO_UPCALL_ABORT && fp_time() - from < PATIENCE;)
            ;
        CHECK(t, notes[0] == EXO_UPCALL_ABORT && notes[1] == child);
        notes[2] = 1;
    }
    CHECK(t, in_time);
    CHECK(t, exo_unmap(0, child) == FB_ESTALE);
    for (int i = 0; i < 40; i++) /* one revocation; capabilities given up by then are skipped */
        CHECK(t, exo_revoke(page, fp_time() + A_WHILE) == FB_OK);
    CHECK(t, exo_unbind_page(page) == FB_OK);
    const uint64_t from = fp_time();
    exo_recv_timed(0, NULL, 0, from + 2 * A_WHILE);
    exo_set_upcall(NULL, 0, 0);
    exo_unbind_page(stack);
}

/* Siblings go in any order, derived one by one or granted together, and leave slots without
 * relations: the next ones use them. */
void test_siblings(struct test *t)
{
    static const uint8_t orders[][3] = { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 },
                                         { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 } };
    const cap_id_t page = (cap_id_t)exo_alloc_page(EXO_ANY);

    for (uint64_t way = 0; way < 2 * sizeof orders / sizeof *orders; way++) {
        cap_id_t child[] = { page, page, page };
        if (way % 2)
            CHECK(t, exo_grant(EXO_SELF, child, 3, EXO_RIGHTS_ALL) == FB_OK);
        for (int i = 0; i < 3 && way % 2 == 0; i++)
            child[i] = (cap_id_t)exo_derive(page, EXO_RIGHTS_ALL);
        CHECK(t, exo_probe(EXO_PROBE_AUDIT, 0, 0) == FB_OK);
        for (int i = 0; i < 3; i++) {
            CHECK(t, exo_cap_drop(child[orders[way / 2][i]]) == FB_OK);
            CHECK(t, exo_probe(EXO_PROBE_AUDIT, 0, 0) == FB_OK);
        }
    }
    CHECK(t, exo_unbind_page(page) == FB_OK);
}

/* An environment whose capability is dropped before it starts is freed, as nobody could end it. */
void test_orphans(struct test *t)
{
    const int64_t free = exo_info(EXO_INFO_FREE);
    int made = 0;

    while (made < ENVIRONMENTS + 100) {
        const int64_t env = exo_env_alloc(0, 1);
        if (env < 0 || exo_cap_drop((cap_id_t)env) != FB_OK)
            break;
        made++;
    }
    CHECK(t, made == ENVIRONMENTS + 100);
    CHECK(t, exo_info(EXO_INFO_FREE) == free);
    const cap_id_t env = (cap_id_t)lib_create(0); /* one that runs needs no capability of ours */
    uint64_t word[4];
    lib_start(env, PROGRAM_test_child, CHILD_SEND_MANY, lib_give(env, EXO_SELF, EXO_RIGHT_W));
    exo_cap_drop(env);
    for (uint64_t i = 0; i < 200; i++)
        CHECK(t, exo_recv_timed(0, word, 32, fp_time() + PATIENCE) == 32 && word[0] == i);
    exo_yield_to(0); /* it ends */
}

void test_isolation(struct test *t)
{
    for (uint64_t what = 0; what < BAD_COUNT; what++) {
        if (what == BAD_TABLE_REGISTER && !test_hides_tables())
            continue; /* test_exceptions says so */
        const cap_id_t env = test_spawn(0, PROGRAM_test_bad, what, EXO_RIGHT_W);
        uint64_t word;
        CHECK(t, env && test_ended(env));
        CHECK(t, exo_recv_timed(0, &word, 8, 0) == FB_ETIMEOUT); /* it did not survive that */
        exo_env_destroy(env);
    }
    CHECK(t, exo_set_upcall((void *)-1ul, STACK, 4096) == FB_EADDRESS);
    CHECK(t, exo_set_upcall((void *)EXO_IMAGE, -4096ul, 4096) == FB_EADDRESS);
    CHECK(t, exo_set_upcall((void *)EXO_IMAGE, STACK, 8) == FB_EINVALID);
}

/* A handler maps memory at first use. */
void test_lazy_mapping(struct test *t)
{
    volatile uint64_t *notes = (uint64_t *)STACK, *word = (uint64_t *)AREA;
    const cap_id_t stack = lib_page(STACK, RW);
    const int64_t caps = exo_info(EXO_INFO_CAPS);

    notes[4] = 5; /* where the handler keeps the first capability */
    lib_upcall(STACK, note);
    for (uint64_t i = 0; i < 20; i++)
        word[i * 512] = i;
    uint64_t sum = 0;
    for (uint64_t i = 0; i < 20; i++)
        sum += word[i * 512];
    CHECK(t, sum == 190 && notes[2] == 20 && exo_info(EXO_INFO_CAPS) == caps + 20);
    for (uint64_t i = 0; i < 20; i++)
        CHECK(t, exo_unbind_page(notes[5 + i]) == FB_OK);
    exo_set_upcall(NULL, 0, 0);
    exo_unbind_page(stack);
}

/* A receiver limits what it is granted, and a grant that cannot be reported is undone. */
void test_grants(struct test *t)
{
    volatile int64_t *shared = (int64_t *)SHARED;
    const cap_id_t page = lib_page(SHARED, RW), ids = lib_page(AREA, RW);
    const cap_id_t env = (cap_id_t)lib_create(0);
    uint64_t word[4] = { 0 };

    lib_share(env, page, SHARED, RW);
    const cap_id_t back = lib_give(env, EXO_SELF, EXO_RIGHT_W);
    const int64_t caps = exo_info(EXO_INFO_CAPS);
    CHECK(t, exo_accept(65537) == FB_EINVALID);
    CHECK(t, lib_start(env, PROGRAM_test_child, CHILD_GRANT, back) == FB_OK);
    CHECK(t, exo_recv(0, word, 32) == 8 && shared[0] == FB_EFULL);
    CHECK(t, exo_info(EXO_INFO_CAPS) == caps && exo_accept(2) == FB_OK);
    CHECK(t, exo_send(env, word, 8) == FB_OK && test_ended(env));
    CHECK(t, shared[1] == FB_EFULL && shared[2] == FB_OK && shared[3] == FB_EFULL);
    exo_accept(0);
    ((cap_id_t *)AREA)[0] = ((cap_id_t *)AREA)[1] = page;
    exo_unmap(0, ids);
    CHECK(t, exo_map(0, ids, AREA, EXO_RIGHT_R) == FB_OK);
    CHECK(t, exo_grant(EXO_SELF, (cap_id_t *)AREA, 2, RW) == FB_EADDRESS);
    CHECK(t, exo_info(EXO_INFO_CAPS) == caps - 1); /* without the child that ended */
    exo_unbind_page(ids);
    exo_unbind_page(page);
}

enum { BIG = 65536, BIG_MAX = 256, REST = 2048, SPARE = 24 };

/* If the kernel lacks a page, even for a table of its own, the call fails and takes nothing. */
void test_no_memory(struct test *t)
{
    const cap_id_t rest = (cap_id_t)exo_env_alloc(0, REST); /* holds what the big ones leave */
    int64_t big[BIG_MAX], spare[SPARE];
    int made = 0, refused = 0;

    while (made < BIG_MAX && (big[made] = exo_env_alloc(0, BIG)) > 0)
        made++;
    CHECK(t, made > 1 && made < BIG_MAX && big[made] == FB_ENO_MEMORY);
    exo_env_destroy((cap_id_t)big[made - 1]);
    big[made - 1] = exo_env_alloc(0, 1);
    big[made] = exo_env_alloc(0, 1);
    for (int i = 0; i < SPARE; i++)
        spare[i] = exo_alloc_page(EXO_ANY);
    while (exo_alloc_page_for(rest, EXO_ANY) > 0)
        ;
    CHECK(t, exo_info(EXO_INFO_FREE) == 0 && exo_alloc_page(EXO_ANY) == FB_ENO_MEMORY);
    CHECK(t, exo_map(0, (cap_id_t)spare[0], 1ul << 40, RW) == FB_ENO_MEMORY); /* no tables */
    for (int i = 0; i < SPARE; i++) { /* one page more each time, until it is enough */
        const int64_t env = exo_env_alloc(0, 1);
        CHECK(t, env > 0 || env == FB_ENO_MEMORY);
        refused += env == FB_ENO_MEMORY;
        exo_env_destroy((cap_id_t)env);
        exo_unbind_page((cap_id_t)spare[i]);
    }
    CHECK(t, refused == 8); /* six pages for itself, and two tables */
    for (; made >= 0; made--)
        exo_env_destroy((cap_id_t)big[made]);
    exo_env_destroy(rest);
}
