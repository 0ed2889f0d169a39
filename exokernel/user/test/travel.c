/* SPDX-License-Identifier: MIT
 * Every way by which a capability travels, with every set of rights and with labels of all kinds:
 * the new one has the rights that both sides allow and no other, and nothing flows up or sideways.
 */
#include "test.h"

enum { VIA_DERIVE, VIA_GRANT, VIA_TOKEN, VIA_MESSAGE, VIA_CALL, WAYS };
#define ALL EXO_RIGHTS_ALL
#define TOKEN ((struct exo_cap *)(SHARED + 1024))
#define RESULT ((volatile int64_t *)SHARED)
#define LIST ((cap_id_t *)(SHARED + 2048))

/* The rights that a capability for an interrupt line has, as far as calls ask for them. */
static uint64_t rights_of_line(cap_id_t id)
{
    uint64_t rights = 0;

    rights |= exo_irq_wait(id, 0) != FB_EDENIED ? EXO_RIGHT_R : 0;
    rights |= exo_irq_trigger(id) != FB_EDENIED ? EXO_RIGHT_W : 0;
    rights |= exo_revoke(id, 0) != FB_EDENIED ? EXO_RIGHT_CTL : 0;
    const int64_t child = exo_derive(id, 0);
    if (child != FB_EDENIED)
        rights |= EXO_RIGHT_DELEGATE, exo_cap_drop((cap_id_t)child);
    return rights;
}

/* The same for an environment that has not started; R of another's mailbox means nothing. */
static uint64_t rights_of_env(cap_id_t id)
{
    cap_id_t none = 0;
    uint64_t rights = 0;

    rights |= exo_grant(id, &none, 1, 0) != FB_EDENIED ? EXO_RIGHT_W : 0;
    rights |= exo_yield_to(id) != FB_EDENIED ? EXO_RIGHT_X : 0;
    rights |= exo_unmap(id, 0) != FB_EDENIED ? EXO_RIGHT_CTL : 0;
    const int64_t child = exo_derive(id, 0);
    if (child != FB_EDENIED)
        rights |= EXO_RIGHT_DELEGATE, exo_cap_drop((cap_id_t)child);
    return rights;
}

/* Send `id` in a message, by send or call. */
static int64_t send_by(uint64_t way, cap_id_t to, cap_id_t id)
{
    const uint64_t a[6] = { to, SHARED, EXO_MEMORY | 8, id, 8 };

    return test_raw(way == VIA_CALL ? SYS_call : SYS_send, a);
}

/* Sends each of the capabilities in the list, and then what became of it. */
int64_t test_sender(uint64_t way, uint64_t to)
{
    for (uint64_t i = 0; LIST[i]; i++) {
        uint64_t result = (uint64_t)send_by(way, to, LIST[i]);
        exo_send(to, &result, 8);
    }
    return 0;
}

/* One capability by one way, to this environment. Its identifier, or an error. */
static int64_t by(uint64_t way, cap_id_t from, uint64_t asked)
{
    cap_id_t id = from;
    int64_t error = FB_OK;

    switch (way) {
    case VIA_DERIVE:
        return exo_derive(from, asked);
    case VIA_GRANT:
        error = exo_grant(EXO_SELF, &id, 1, asked);
        return error ? error : (int64_t)id;
    default:
        error = exo_cap_export(from, asked, TOKEN);
        return error ? error : exo_cap_import(TOKEN);
    }
}

static void check_rights(struct test *t, int64_t id, uint64_t has, uint64_t asked, bool line)
{
    const uint64_t seen = line ? ALL & ~EXO_RIGHT_X : ALL & ~EXO_RIGHT_R;

    if (!(has & EXO_RIGHT_DELEGATE)) {
        CHECK(t, id == FB_EDENIED);
        return;
    }
    CHECK(t, id > 0);
    const uint64_t got = line ? rights_of_line((cap_id_t)id) : rights_of_env((cap_id_t)id);
    CHECK(t, got == (has & asked & seen));
    exo_cap_drop((cap_id_t)id);
}

/* Every set of rights that it has, times every set that is asked for. A message asks for all. */
void test_travel(struct test *t)
{
    const cap_id_t page = lib_page(SHARED, RW), env = (cap_id_t)exo_env_alloc(0, 8);
    const cap_id_t line = (cap_id_t)exo_irq_alloc(EXO_LINE_SOFT, ALL);

    for (uint64_t n = 0; n < 2 * (ALL + 1); n++) {
        const uint64_t has = n / 2;
        const cap_id_t from = (cap_id_t)exo_derive(n % 2 ? line : env, has);
        for (uint64_t way = VIA_DERIVE; way <= VIA_TOKEN; way++)
            for (uint64_t asked = 0; asked <= ALL; asked++)
                check_rights(t, by(way, from, asked), has, asked, n % 2);
        for (uint64_t way = VIA_DERIVE; way <= VIA_TOKEN; way++)
            CHECK(t, by(way, from, ALL + 1) == FB_EINVALID && by(way, from, -1ul) == FB_EINVALID);
        exo_cap_drop(from);
    }
    for (uint64_t way = VIA_MESSAGE; way <= VIA_CALL; way++) {
        const cap_id_t sender = (cap_id_t)lib_create(0);
        lib_share(sender, page, SHARED, RW);
        const cap_id_t back = lib_give(sender, EXO_SELF, EXO_RIGHT_W);
        const cap_id_t there = lib_give(sender, line, ALL);
        CHECK(t, there);
        for (uint64_t has = 0; has <= ALL; has++)
            LIST[has] = lib_give(sender, line, has);
        LIST[ALL + 1] = 0;
        lib_start(sender, PROGRAM_test_sender, way, back);
        for (uint64_t has = 0; has <= ALL; has++) {
            struct exo_from from = { 0 };
            uint64_t word = 0;
            if (has % 2) /* it blocks; else we wait */
                exo_yield_to(0);
            if (has & EXO_RIGHT_DELEGATE) {
                CHECK(t, exo_recv_from(0, &word, 8, EXO_FOREVER, &from) == 8);
                check_rights(t, (int64_t)from.capability, has, ALL, true);
                if (way == VIA_CALL)
                    exo_send(sender, &word, 8);
            }
            CHECK(t, exo_recv(0, &word, 8) == 8);
            const int64_t told = way == VIA_CALL ? 8 : FB_OK;
            CHECK(t, (int64_t)word == (has & EXO_RIGHT_DELEGATE ? told : FB_EDENIED));
        }
        CHECK(t, test_ended(sender));
    }
    exo_cap_drop(line);
    exo_env_destroy(env);
    exo_unbind_page(page);
}

/* Labels that are equal, above, below, and not comparable, by level, by category, and by both. */
static const struct {
    uint64_t level, categories;
} labels[] = {
    { LEVEL_KERNEL, -1ul },          { LEVEL_STANDARD, 1 },   { LEVEL_STANDARD, 2 },
    { LEVEL_STANDARD, 3 },           { LEVEL_PRIVILEGED, 1 }, { LEVEL_UNTRUSTED, 1ul << 63 },
    { LEVEL_SUPERVISOR, 1ul << 63 },
};
enum { LABELS = sizeof labels / sizeof *labels };

static bool may_flow(uint64_t from, uint64_t to)
{
    return labels[to].level <= labels[from].level
           && !(labels[to].categories & ~labels[from].categories);
}

/* Gives a page away by every way; b names the target. */
int64_t test_flow_source(uint64_t a, uint64_t b)
{
    cap_id_t id[3] = { 0 };
    const cap_id_t page = (cap_id_t)exo_alloc_page(EXO_ANY);
    const cap_id_t child = (cap_id_t)exo_env_alloc(0, 8); /* has our label */

    (void)a;
    RESULT[0] = exo_cap_export(page, RW, TOKEN);
    RESULT[1] = exo_derive(page, RW);
    id[0] = page;
    RESULT[2] = exo_grant(child, id, 1, RW);
    RESULT[3] = exo_env_label(child, LEVEL_KERNEL, -1ul);
    id[0] = id[1] = id[2] = page;
    RESULT[4] = exo_grant(b, id, 3, RW);
    RESULT[5] = send_by(VIA_MESSAGE, b, page);
    RESULT[6] = send_by(VIA_MESSAGE, b, page);
    exo_recv(0, id, 8);
    return 0;
}

int64_t test_flow_target(uint64_t a, uint64_t b)
{
    struct exo_from from;
    uint64_t word;

    (void)a, (void)b;
    exo_accept(3);
    exo_recv_from(0, &word, 8, EXO_FOREVER, &from);
    RESULT[8] = (int64_t)from.capability;
    exo_recv_from(0, &word, 8, EXO_FOREVER, &from);
    RESULT[9] = (int64_t)from.capability;
    return 0;
}

void test_flow(struct test *t)
{
    const cap_id_t page = lib_page(SHARED, RW);

    for (uint64_t pair = 0; pair < LABELS * LABELS; pair++) {
        const uint64_t from = pair / LABELS, to = pair % LABELS;
        const bool flows = may_flow(from, to);
        const cap_id_t source = (cap_id_t)lib_create(0), target = (cap_id_t)lib_create(0);
        CHECK(t, exo_env_label(source, labels[from].level, labels[from].categories) == FB_OK);
        CHECK(t, exo_env_label(target, labels[to].level, labels[to].categories) == FB_OK);
        lib_share(source, page, SHARED, RW), lib_share(target, page, SHARED, RW);
        const cap_id_t at_source = lib_give(source, target, EXO_RIGHT_W);
        for (int i = 0; i < 10; i++)
            RESULT[i] = 0;
        lib_start(target, PROGRAM_test_flow_target, 0, 0);
        exo_yield_to(0); /* it accepts, and waits */
        lib_start(source, PROGRAM_test_flow_source, 0, at_source);
        for (int i = 0; i < 6; i++)
            exo_yield_to(0);
        CHECK(t, RESULT[0] == FB_OK && RESULT[1] > 0 && RESULT[2] == FB_OK);
        CHECK(t, RESULT[3] == FB_EBUSY); /* it was granted something */
        CHECK(t, RESULT[4] == (flows ? FB_OK : FB_EFLOW));
        CHECK(t, RESULT[5] == (flows ? FB_OK : FB_EFLOW) && RESULT[6] == RESULT[5]);
        CHECK(t, flows == (RESULT[8] > 0) && flows == (RESULT[9] > 0));
        exo_env_destroy(source), exo_env_destroy(target);
    }
    exo_unbind_page(page);
}
