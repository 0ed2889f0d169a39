/* SPDX-License-Identifier: MIT
 * Tokens and domains: which capabilities may flow to which environment. */
#include "test.h"

#include "epoch.h"
#include "vtime.h"

#define WORDS (sizeof(struct exo_cap) / 8)

void test_tokens(struct test *t)
{
    struct exo_cap token, bad;
    const cap_id_t page = (cap_id_t)exo_alloc_page(EXO_ANY);
    const cap_id_t fixed = (cap_id_t)exo_derive(page, RW);
    const int64_t caps = exo_info(EXO_INFO_CAPS);

    CHECK(t, exo_cap_export(page, RW, &token) == FB_OK);
    CHECK(t, token.id == page && token.type == CAP_PAGE && token.rights == RW);
    CHECK(t, exo_cap_verify(&token) == RW);
    const int64_t copy = exo_cap_import(&token), reader = exo_derive(page, EXO_RIGHT_R);
    CHECK(t, copy > 0 && exo_info(EXO_INFO_CAPS) == caps + 2);
    CHECK(t, exo_map(0, (cap_id_t)copy, AREA, RW) == FB_OK);
    CHECK(t, exo_derive((cap_id_t)copy, RW) == FB_EDENIED); /* no more rights than the token has */
    for (uint64_t bit = 0; bit < WORDS * 64; bit++) {       /* each bit is sealed */
        bad = token;
        ((uint64_t *)&bad)[bit / 64] ^= 1ul << bit % 64;
        CHECK(t, exo_cap_verify(&bad) == FB_EFORGED && exo_cap_import(&bad) == FB_EFORGED);
    }
    CHECK(t, exo_cap_export(fixed, RW, &bad) == FB_EDENIED); /* no DELEGATE */
    CHECK(t, exo_cap_export(0, RW, &bad) == FB_ESTALE);
    CHECK(t, exo_cap_export(page, -1ul, &bad) == FB_EINVALID);
    CHECK(t, exo_cap_export(page, RW, (struct exo_cap *)0xffff800000000000) == FB_EADDRESS);
    CHECK(t, exo_cap_export(page, RW, (struct exo_cap *)(AREA + FB_PAGE_SIZE)) == FB_EADDRESS);
    CHECK(t, exo_cap_verify((struct exo_cap *)(EXO_USER_END - 8)) == FB_EADDRESS);
    CHECK(t, exo_cap_import((struct exo_cap *)0xffffffff80100000) == FB_EADDRESS);
    exo_cap_drop((cap_id_t)copy);
    exo_cap_drop((cap_id_t)reader);
    CHECK(t, exo_unbind_page(page) == FB_OK);
    CHECK(t, exo_cap_verify(&token) == FB_ESTALE && exo_cap_import(&token) == FB_ESTALE);
    const cap_id_t again = (cap_id_t)exo_alloc_page(EXO_ANY); /* the same slot, perhaps */
    CHECK(t, exo_cap_verify(&token) == FB_ESTALE);
    exo_unbind_page(again);
}

/* What the children of the next tests do; b: their capability for the parent. */
int64_t test_domain_child(uint64_t what, uint64_t b)
{
    volatile int64_t *shared = (int64_t *)SHARED;
    struct exo_cap *token = (struct exo_cap *)(SHARED + 1024);
    cap_id_t id = (cap_id_t)exo_alloc_page(EXO_ANY);

    if (what == DOMAIN_EXPORT) {
        shared[0] = exo_cap_export(id, RW, token);
        exo_send(b, token, sizeof *token);
        for (;;)
            exo_recv(0, NULL, 0);
    }
    shared[0] = exo_send_cap(b, (void *)SHARED, 8, id); /* upwards */
    shared[1] = exo_grant(b, &id, 1, RW);
    shared[2] = exo_cap_import(token);
    return 0;
}

/* A token passes to another environment as plain bytes, and is invalid once its owner has ended. */
void test_token_travels(struct test *t)
{
    const cap_id_t page = lib_page(SHARED, RW), env = (cap_id_t)lib_create(0);
    struct exo_cap token;

    lib_share(env, page, SHARED, RW);
    const cap_id_t back = lib_give(env, EXO_SELF, EXO_RIGHT_W);
    lib_start(env, PROGRAM_test_domain_child, DOMAIN_EXPORT, back);
    CHECK(t, exo_recv(0, &token, sizeof token) == sizeof token);
    CHECK(t, ((int64_t *)SHARED)[0] == FB_OK && exo_cap_verify(&token) == RW);
    const int64_t theirs = exo_cap_import(&token);
    CHECK(t, theirs > 0 && exo_map(0, (cap_id_t)theirs, AREA, RW) == FB_OK);
    *(volatile uint64_t *)AREA = 1;
    exo_env_destroy(env);
    CHECK(t, exo_unmap(0, (cap_id_t)theirs) == FB_ESTALE); /* revoked with its ancestor */
    CHECK(t, exo_cap_verify(&token) == FB_EFORGED);
    const cap_id_t next = (cap_id_t)lib_create(0); /* reuses the index of the one that ended */
    CHECK(t, exo_cap_verify(&token) == FB_EFORGED);
    exo_env_destroy(next);
    exo_unbind_page(page);
}

/* No capability flows up: L(target) <= L(source) is required. */
void test_domains(struct test *t)
{
    const cap_id_t page = lib_page(SHARED, RW), low = (cap_id_t)lib_create(0);
    const cap_id_t other = (cap_id_t)lib_create(0);
    const cap_id_t weak = (cap_id_t)exo_derive(low, RW);
    struct exo_cap *token = (struct exo_cap *)(SHARED + 1024);
    volatile int64_t *shared = (int64_t *)SHARED;
    uint64_t word[4];

    CHECK(t, exo_env_label(low, LEVEL_STANDARD, 5) == FB_OK);
    CHECK(t, exo_env_label(other, LEVEL_STANDARD, 6) == FB_OK);
    CHECK(t, exo_env_label(low, DOMAIN_LEVELS, 0) == FB_EINVALID);
    CHECK(t, exo_env_label(low, -1ul, 0) == FB_EINVALID);
    CHECK(t, exo_env_label(weak, 0, 0) == FB_EDENIED && exo_env_label(0, 0, 0) == FB_ESTALE);
    CHECK(t, exo_env_label(page, 0, 0) == FB_EINVALID);
    CHECK(t, exo_env_label(EXO_SELF, 0, 0) == FB_EBUSY); /* it runs */
    CHECK(t, lib_share(low, page, SHARED, RW) == FB_OK && lib_give(other, page, RW));
    CHECK(t, exo_env_label(low, LEVEL_STANDARD, 5) == FB_EBUSY); /* it was granted something */
    CHECK(t, exo_env_label(other, 0, 0) == FB_EBUSY);
    CHECK(t, exo_cap_export(page, RW, token) == FB_OK);
    const cap_id_t back = lib_give(low, EXO_SELF, EXO_RIGHT_W);
    shared[0] = shared[1] = 1;
    lib_start(low, PROGRAM_test_domain_child, DOMAIN_UPWARDS, back);
    CHECK(t, exo_env_label(low, 0, 0) == FB_EBUSY);
    CHECK(t, exo_recv_timed(0, word, 32, fp_time() + A_WHILE) == FB_ETIMEOUT);
    CHECK(t, test_ended(low));
    CHECK(t, shared[0] == FB_EFLOW && shared[1] == FB_EFLOW); /* by message and by grant */
    CHECK(t, shared[2] > 0);                                  /* downwards, by token */
    exo_env_destroy(other);
    exo_cap_drop(weak);
    exo_unbind_page(page);
}

/* Nothing flows between labels that are not comparable, and no child is above its parent. */
int64_t test_low_parent(uint64_t a, uint64_t b)
{
    volatile int64_t *shared = (int64_t *)SHARED;
    const cap_id_t child = (cap_id_t)exo_env_alloc(0, 100);

    (void)a;
    shared[1] = exo_env_label(child, LEVEL_PRIVILEGED, 1);
    shared[2] = exo_env_label(child, LEVEL_STANDARD, 2);
    shared[3] = exo_env_label(child, LEVEL_UNTRUSTED, 1);
    cap_id_t id = (cap_id_t)exo_alloc_page(EXO_ANY);
    shared[4] = exo_grant(b, &id, 1, RW); /* a sibling with another category */
    shared[5] = exo_grant(child, &id, 1, RW);
    shared[0] = 1;
    return 0;
}

void test_domain_children(struct test *t)
{
    const cap_id_t page = lib_page(SHARED, RW), low = (cap_id_t)lib_create(0);
    const cap_id_t other = (cap_id_t)lib_create(0);
    volatile int64_t *shared = (int64_t *)SHARED;

    exo_env_label(low, LEVEL_STANDARD, 1);
    exo_env_label(other, LEVEL_STANDARD, 2);
    lib_share(low, page, SHARED, RW);
    shared[0] = 0;
    lib_start(low, PROGRAM_test_low_parent, 0, lib_give(low, other, EXO_RIGHT_W));
    CHECK(t, test_ended(low) && shared[0] == 1);
    CHECK(t, shared[1] == FB_EFLOW && shared[2] == FB_EFLOW && shared[3] == FB_OK);
    CHECK(t, shared[4] == FB_EFLOW && shared[5] == FB_OK);
    exo_env_destroy(other);
    exo_unbind_page(page);
}

/* Vector time needs no privilege: stamps travel in messages, and order the events of both sides. */
enum { DOMAINS = 2, STAMP = sizeof(struct vector_time) + DOMAINS * 8 };
union stamp {
    struct vector_time time;
    uint64_t word[STAMP / 8];
};

int64_t test_clock_child(uint64_t a, uint64_t b)
{
    union stamp mine = { 0 }, stamp = { 0 };

    (void)a;
    vt_init(&mine.time, DOMAINS, 1);
    while (exo_recv(0, &stamp, sizeof stamp) == STAMP) {
        vt_receive(&mine.time, &stamp.time);
        vt_local_event(&mine.time);
        vt_send(&mine.time, &stamp.time);
        exo_send(b, &stamp, STAMP);
    }
    return 0;
}

void test_vector_time(struct test *t)
{
    const cap_id_t env = test_spawn(0, PROGRAM_test_clock_child, 0, EXO_RIGHT_W);
    union stamp mine = { 0 }, sent = { 0 }, got = { 0 };

    CHECK(t, vt_init(&mine.time, DOMAINS, 0) == FB_OK && vt_bytes(DOMAINS) == STAMP);
    vt_init(&sent.time, DOMAINS, 0);
    for (uint64_t i = 1; i <= 10; i++) {
        vt_send(&mine.time, &sent.time);
        exo_send(env, &sent, STAMP);
        vt_local_event(&mine.time);
        CHECK(t, exo_recv(0, &got, sizeof got) == STAMP);
        CHECK(t, vt_lt(&sent.time, &got.time) && !vt_lt(&got.time, &sent.time));
        CHECK(t, vt_concurrent(&mine.time, &got.time));
        CHECK(t, vt_receive(&mine.time, &got.time) == FB_OK);
        CHECK(t, mine.time.count[0] == 3 * i && mine.time.count[1] == 3 * i);
    }
    exo_send(env, &sent, 0);
    CHECK(t, test_ended(env));
}

/* Epochs need no privilege: the owner of the memory of a tree of domains synchronises it. */
void test_epochs(struct test *t)
{
    struct epoch_domain domain[3];
    uint64_t seen[3][3] = { { 0 } }, epoch = 0;
    struct epoch_tree tree;
    uint32_t reached = 0;

    CHECK(t, epoch_init(&tree, domain, 3) == FB_OK);
    CHECK(t, epoch_add(&tree, 0, EPOCH_NONE, seen[0]) == FB_OK);
    CHECK(t, epoch_add(&tree, 1, 0, seen[1]) == FB_OK && epoch_add(&tree, 2, 1, seen[2]) == FB_OK);
    CHECK(t, epoch_advance(&tree, 0) == FB_OK && epoch_cascade(&tree, 0, &reached) == FB_OK);
    CHECK(t, reached == 2 && epoch_get(&tree, 0, &epoch) == FB_OK);
    const uint64_t root = epoch;
    CHECK(t, epoch_seen(&tree, 2, 0, &epoch) == FB_OK && epoch == root);
}
