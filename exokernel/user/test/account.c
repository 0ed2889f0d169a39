/* SPDX-License-Identifier: MIT
 * Accounts: what an environment takes is charged, exactly; beyond the limit nothing happens; what
 * ends gives all back, with all that is below it. */
#include "test.h"

enum { ROOM = 100, OWN_PAGES = 8, NAMED = 0x2000000, FAR_MORE = 10000, ATTEMPTS = 3000000 };
/* What a child does (test_account_child): its first word in the shared page is an argument. */
enum { MAKES, NAMES, FIRES, SETS, TREE, SPINS, ENDS, SHOWS };
/* How a tree ends. */
enum { BY_PARENT, BY_ITSELF, BY_CHILD, ENDINGS };
/* Words of the shared page. */
enum { ARGUMENT, RESULT, ERROR = RESULT + 4, LATER, TOOK, DONE };

static volatile uint64_t *const word = (uint64_t *)SHARED;

static uint64_t left(uint64_t kind) { return (uint64_t)exo_info(EXO_INFO_ACCOUNT + kind); }

static void look(uint64_t is[EXO_ACCOUNT_KINDS + 1])
{
    for (uint64_t kind = 0; kind < EXO_ACCOUNT_KINDS; kind++)
        is[kind] = left(kind);
    is[EXO_ACCOUNT_KINDS] = (uint64_t)exo_info(EXO_INFO_FREE);
}

static bool as_before(const uint64_t was[EXO_ACCOUNT_KINDS + 1])
{
    uint64_t is[EXO_ACCOUNT_KINDS + 1];
    bool same = true;

    look(is);
    for (uint64_t kind = 0; kind <= EXO_ACCOUNT_KINDS; kind++)
        same &= is[kind] == was[kind];
    return same;
}

/* What nobody waits for is the CPU's work. */
static bool as_before_soon(const uint64_t was[EXO_ACCOUNT_KINDS + 1])
{
    for (const uint64_t from = fp_time(); !as_before(was) && fp_time() - from < PATIENCE;)
        exo_recv_timed(0, NULL, 0, fp_time() + 10000);
    return as_before(was);
}

static cap_id_t with_account(uint64_t cpu, const uint64_t give[EXO_ACCOUNT_KINDS])
{
    const cap_id_t env = (cap_id_t)exo_env_alloc(cpu, ROOM);

    for (uint64_t kind = 0; kind < EXO_ACCOUNT_KINDS; kind++)
        if (exo_account(env, kind, give[kind]))
            return 0;
    return env;
}

static void start(cap_id_t env, cap_id_t shared, uint64_t what, uint64_t b)
{
    word[DONE] = 0;
    lib_stack(env);
    lib_share(env, shared, SHARED, RW);
    lib_start(env, PROGRAM_test_account_child, what, b);
}

static bool done(void)
{
    for (const uint64_t from = fp_time(); !word[DONE] && fp_time() - from < PATIENCE;)
        exo_yield_to(0), __builtin_ia32_pause();
    return word[DONE];
}

/* Fire a line or set a timer until that was done so often, and was refused, and done again; or,
 * with 0, was refused. How often it was refused; 0: never, or for ever, which is many periods. */
static uint64_t use_events(uint64_t what, cap_id_t line, uint64_t wanted)
{
    const uint64_t from = fp_time();
    uint64_t refused = 0;

    while (!refused || (wanted && (word[RESULT] < wanted || !word[LATER]))) {
        const int64_t result = what == FIRES ? exo_irq_trigger(line)
                                             : exo_timer_set(line, EXO_FOREVER - 1);
        word[RESULT] += result == FB_OK;
        refused += result == FB_EQUOTA;
        word[LATER] |= refused && result == FB_OK;
        if ((result && result != FB_EQUOTA) || word[RESULT] > FAR_MORE || refused > ATTEMPTS)
            return 0;
    }
    word[TOOK] = fp_time() - from;
    for (const uint64_t now = fp_time(); !wanted && fp_time() - now <= EXO_ACCOUNT_PERIOD;)
        ;
    if (!wanted && exo_irq_trigger(line) != FB_EQUOTA && exo_timer_set(line, 1) != FB_EQUOTA)
        return 0; /* the next period has none either */
    return what == SETS && exo_timer_set(line, 0) ? 0 : refused; /* to cancel one is none */
}

/* An environment with an account, and below it one with an account of that and one without. */
static void make_tree(uint64_t ending)
{
    const uint64_t give[] = { 40, 2, 2 * EXO_ACCOUNT_ROOM, 1 };
    const uint64_t other = exo_info(EXO_INFO_CPUS) > 1;
    const cap_id_t one = with_account(other, give), two = (cap_id_t)exo_env_alloc(0, ROOM);
    const cap_id_t three = (cap_id_t)exo_env_alloc(0, ROOM);

    lib_stack(one), lib_stack(two);
    exo_alloc_page_for(one, EXO_ANY);
    exo_alloc_page_for(three, EXO_ANY); /* it never starts */
    lib_start(one, PROGRAM_test_account_child, SPINS, 0);
    if (ending == BY_CHILD)
        lib_start(two, PROGRAM_test_account_child, ENDS,
                  lib_give(two, EXO_SELF, EXO_RIGHT_CTL | EXO_RIGHT_W));
    else
        lib_start(two, PROGRAM_test_account_child, SPINS, 0);
    word[RESULT] = one && two && three;
    word[DONE] = 1;
    if (ending == BY_ITSELF)
        exo_exit(0);
}

int64_t test_account_child(uint64_t what, uint64_t b)
{
    int64_t made;

    switch (what) {
    case MAKES:
        while ((made = exo_env_alloc(0, word[ARGUMENT])) > 0)
            word[RESULT]++;
        word[ERROR] = (uint64_t)made;
        break;
    case NAMES:
        word[RESULT] = (uint64_t)exo_irq_alloc(EXO_LINE_SOFT, EXO_RIGHTS_ALL);
        word[RESULT + 1] = (uint64_t)exo_irq_alloc(EXO_LINE_SOFT + 1, EXO_RIGHTS_ALL);
        word[RESULT + 2] = (uint64_t)exo_ioport_alloc(0x40);
        word[RESULT + 3] = (uint64_t)exo_ioport_alloc(0x70);
        word[ERROR] = (uint64_t)exo_alloc_page(NAMED);
        break;
    case FIRES:
    case SETS:
        made = exo_irq_alloc(what == FIRES ? EXO_LINE_SOFT : EXO_LINE_TIMER, EXO_RIGHTS_ALL);
        word[ERROR] = use_events(what, (cap_id_t)made, word[ARGUMENT]);
        break;
    case TREE:
        make_tree(b);
        break;
    case SHOWS: { /* an environment whose account is out of this one's */
        cap_id_t id = with_account(0, (const uint64_t[EXO_ACCOUNT_KINDS]){ 1 });
        exo_grant(b, &id, 1, EXO_RIGHTS_ALL);
        word[RESULT] = id;
        break;
    }
    case SPINS:
        for (;;) /* the pause lets the other CPU run where the emulator counts instructions */
            exo_yield_to(0), __builtin_ia32_pause();
    case ENDS:
        exo_env_destroy(b);
        return 0;
    }
    word[DONE] = 1;
    for (;;)
        exo_recv(0, NULL, 0);
}

/* Pages and tables: as many as there are, and not one more. */
void test_accounts(struct test *t)
{
    const uint64_t pages = 10;
    uint64_t before[EXO_ACCOUNT_KINDS + 1], after[EXO_ACCOUNT_KINDS + 1];
    int64_t page = 0;

    look(before);
    const cap_id_t env = (cap_id_t)exo_env_alloc(0, EXO_ACCOUNT_ROOM);
    look(after);
    CHECK(t, before[EXO_ACCOUNT_PAGES] - after[EXO_ACCOUNT_PAGES] == OWN_PAGES);
    CHECK(t, before[EXO_ACCOUNT_KINDS] - after[EXO_ACCOUNT_KINDS] == OWN_PAGES);
    CHECK(t, before[EXO_ACCOUNT_ENVIRONMENTS] - after[EXO_ACCOUNT_ENVIRONMENTS] == 1);
    CHECK(t,
          before[EXO_ACCOUNT_CAPABILITIES] - after[EXO_ACCOUNT_CAPABILITIES] == EXO_ACCOUNT_ROOM);
    CHECK(t, exo_account(env, EXO_ACCOUNT_PAGES, pages) == FB_OK);
    look(after);
    CHECK(t, before[EXO_ACCOUNT_PAGES] - after[EXO_ACCOUNT_PAGES] == OWN_PAGES + pages);
    for (uint64_t i = 0; i < pages; i++)
        CHECK(t, (page = exo_alloc_page_for(env, EXO_ANY)) > 0);
    look(after);
    CHECK(t, exo_alloc_page_for(env, EXO_ANY) == FB_EQUOTA);
    CHECK(t, exo_alloc_page_for(env, NAMED) == FB_EQUOTA);
    CHECK(t, exo_map(env, (cap_id_t)page, AREA, RW) == FB_EQUOTA); /* two tables */
    CHECK(t, exo_account(env, EXO_ACCOUNT_PAGES, 1) == FB_OK);
    CHECK(t, exo_map(env, (cap_id_t)page, AREA, RW) == FB_EQUOTA);
    CHECK(t, exo_alloc_page_for(env, EXO_ANY) > 0); /* no table took it */
    CHECK(t, exo_account(env, EXO_ACCOUNT_PAGES, 2) == FB_OK);
    CHECK(t, exo_map(env, (cap_id_t)page, AREA, RW) == FB_OK);
    CHECK(t, exo_alloc_page_for(env, EXO_ANY) == FB_EQUOTA);
    CHECK(t, exo_unmap(env, (cap_id_t)page) == FB_OK);
    CHECK(t, exo_map(env, (cap_id_t)page, 1ul << 40, RW) == FB_EQUOTA); /* three */
    CHECK(t, exo_account(env, EXO_ACCOUNT_PAGES, 3) == FB_OK);
    CHECK(t, exo_map(env, (cap_id_t)page, 1ul << 40, RW) == FB_OK);
    CHECK(t, exo_foreign(env, (const void *)EXO_IMAGE, AREA + FB_PAGE_SIZE) == FB_EQUOTA);
    CHECK(t, exo_account(env, EXO_ACCOUNT_PAGES, 2) == FB_OK);
    CHECK(t, exo_foreign(env, (const void *)EXO_IMAGE, AREA + FB_PAGE_SIZE) == FB_OK);
    CHECK(t, exo_alloc_page_for(env, NAMED) > 0); /* we may name it */
    CHECK(t, exo_alloc_page_for(env, EXO_ANY) == FB_EQUOTA);
    CHECK(t, exo_probe(EXO_PROBE_AUDIT, 0, 0) == FB_OK);
    CHECK(t, exo_env_destroy(env) == FB_OK && as_before(before));
}

/* How many environments of one page of capabilities an account makes, and which kind ends it. */
void test_account_environments(struct test *t)
{
    static const struct {
        uint64_t give[EXO_ACCOUNT_KINDS], room, made;
    } rows[] = {
        { { 400, 3, 4096, 0 }, 1, 3 },       { { 400, 9, 3 * 128, 0 }, 1, 3 },
        { { 400, 9, 511, 0 }, 129, 1 },      { { 5 + 8 * 3 + 7, 9, 4096, 0 }, 1, 3 },
        { { 1000, 9, 65535, 0 }, 65536, 0 },
    };
    const cap_id_t shared = lib_page(SHARED, RW);
    uint64_t before[EXO_ACCOUNT_KINDS + 1];

    for (uint64_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        look(before);
        word[ARGUMENT] = rows[i].room, word[RESULT] = 0;
        const cap_id_t env = with_account(0, rows[i].give);
        start(env, shared, MAKES, 0); /* five pages: a stack, and four tables */
        CHECK(t, done() && word[RESULT] == rows[i].made && (int64_t)word[ERROR] == FB_EQUOTA);
        CHECK(t, exo_probe(EXO_PROBE_AUDIT, 0, 0) == FB_OK);
        CHECK(t, exo_env_destroy(env) == FB_OK && as_before_soon(before));
    }
    exo_unbind_page(shared);
}

/* However it ends, an environment with an account takes with it all that is below. */
void test_account_trees(struct test *t)
{
    const uint64_t give[] = { 200, 8, 8 * EXO_ACCOUNT_ROOM, 10 };
    const cap_id_t shared = lib_page(SHARED, RW);
    uint64_t before[EXO_ACCOUNT_KINDS + 1];

    for (uint64_t ending = 0; ending < ENDINGS; ending++) {
        for (int round = 0; round < 5 && !t->failed; round++) {
            look(before);
            const cap_id_t env = with_account(0, give);
            word[RESULT] = 0;
            start(env, shared, TREE, ending);
            CHECK(t, done() && word[RESULT]);
            if (ending == BY_PARENT)
                CHECK(t, exo_env_destroy(env) == FB_OK);
            else
                CHECK(t, test_ended(env));
            CHECK(t, as_before_soon(before));
            CHECK(t, exo_probe(EXO_PROBE_AUDIT, 0, 0) == FB_OK);
        }
    }
    exo_unbind_page(shared);
}

/* Lines, ports and pages with an address: only who was given them takes them. */
void test_account_names(struct test *t)
{
    const uint64_t give[] = { 40, 0, 0, 0 };
    const cap_id_t shared = lib_page(SHARED, RW), env = with_account(0, give);
    const cap_id_t ports = (cap_id_t)exo_ioport_alloc(0x40);
    const cap_id_t line = (cap_id_t)exo_irq_alloc(EXO_LINE_SOFT, EXO_RIGHTS_ALL);

    CHECK(t, exo_account(env, EXO_ACCOUNT_LINE, EXO_LINE_SOFT) == FB_EBUSY);
    CHECK(t, exo_account(env, EXO_ACCOUNT_PORTS, 0x40) == FB_EBUSY);
    exo_cap_drop(line), exo_cap_drop(ports);
    CHECK(t, exo_account(env, EXO_ACCOUNT_LINE, EXO_LINE_SOFT) == FB_OK);
    CHECK(t, exo_account(env, EXO_ACCOUNT_PORTS, 0x40) == FB_OK);
    CHECK(t, exo_account(env, EXO_ACCOUNT_LINE, EXO_LINE_SOFT) == FB_EQUOTA);
    CHECK(t, exo_account(env, EXO_ACCOUNT_PORTS, 0x40) == FB_EQUOTA);
    CHECK(t, exo_irq_alloc(EXO_LINE_SOFT, EXO_RIGHTS_ALL) == FB_EDENIED);
    CHECK(t, exo_ioport_alloc(0x40) == FB_EDENIED);
    start(env, shared, NAMES, 0);
    CHECK(t, done() && (int64_t)word[RESULT] > 0 && (int64_t)word[RESULT + 1] == FB_EDENIED);
    CHECK(t, (int64_t)word[RESULT + 2] > 0 && (int64_t)word[RESULT + 3] == FB_EDENIED);
    CHECK(t, (int64_t)word[ERROR] == FB_EDENIED);
    CHECK(t, exo_probe(EXO_PROBE_AUDIT, 0, 0) == FB_OK);
    CHECK(t, exo_env_destroy(env) == FB_OK);
    const cap_id_t again = (cap_id_t)exo_irq_alloc(EXO_LINE_SOFT, EXO_RIGHTS_ALL);
    const cap_id_t ports_again = (cap_id_t)exo_ioport_alloc(0x40);
    CHECK(t, (int64_t)again > 0 && (int64_t)ports_again > 0);
    exo_cap_drop(again), exo_cap_drop(ports_again);
    exo_unbind_page(shared);
}

/* Events: so many in each period, so at most twice as many at a stretch; then again. */
void test_account_events(struct test *t)
{
    const uint64_t give[] = { 40, 0, 0, 5 }, none[] = { 40, 0, 0, 0 };
    const cap_id_t shared = lib_page(SHARED, RW);

    for (uint64_t what = FIRES; what <= SETS; what++) {
        for (uint64_t some = 0; some < 2; some++) {
            const cap_id_t env = with_account(0, some ? give : none);
            const uint64_t line = what == FIRES ? EXO_LINE_SOFT : EXO_LINE_TIMER;
            CHECK(t, exo_account(env, EXO_ACCOUNT_LINE, line) == FB_OK);
            word[ARGUMENT] = some * 4 * give[EXO_ACCOUNT_EVENTS];
            word[RESULT] = word[LATER] = 0;
            start(env, shared, what, 0);
            CHECK(t, done() && word[ERROR] > 0);
            const uint64_t periods = word[TOOK] / EXO_ACCOUNT_PERIOD + 2;
            CHECK(t, word[RESULT] >= word[ARGUMENT]
                         && word[RESULT] <= some * periods * give[EXO_ACCOUNT_EVENTS]);
            exo_env_destroy(env);
        }
    }
    exo_unbind_page(shared);
}

/* Every wrong kind of thing and amount; and environments that cannot get an account any more. */
void test_account_misuse(struct test *t)
{
    const uint64_t have = left(EXO_ACCOUNT_PAGES),
                   wrong[] = { EXO_ACCOUNT_PORTS + 1, 1ul << 32, 1ul << 63, -1ul };
    const cap_id_t env = (cap_id_t)exo_env_alloc(0, ROOM);
    cap_id_t busy[] = { EXO_SELF, 0, 0, 0, 0 };
    uint64_t before[EXO_ACCOUNT_KINDS + 1];

    for (uint64_t i = 1; i < sizeof busy / sizeof *busy; i++)
        busy[i] = (cap_id_t)exo_env_alloc(0, ROOM);
    exo_alloc_page_for(busy[2], EXO_ANY);
    lib_give(busy[3], EXO_SELF, RW);
    exo_foreign(busy[4], (const void *)EXO_IMAGE, AREA);
    exo_env_start(busy[1], EXO_ENTRY, 0, PROGRAM_fuzz_listener, 0, 0); /* it has not run yet */
    for (uint64_t i = 0; i < sizeof busy / sizeof *busy; i++) {
        look(before);
        for (uint64_t what = 0; what < EXO_ACCOUNT_KINDS; what++)
            CHECK(t, exo_account(busy[i], what, 0) == FB_EBUSY);
        CHECK(t, exo_account(busy[i], EXO_ACCOUNT_LINE, EXO_LINE_SOFT) == FB_EBUSY);
        CHECK(t, as_before(before));
    }
    look(before);
    for (uint64_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        CHECK(t, exo_account(env, wrong[i], 0x70) == FB_EINVALID);
        CHECK(t, exo_account(env, EXO_ACCOUNT_LINE, wrong[i] | 32) == FB_EINVALID);
        CHECK(t, exo_account(env, EXO_ACCOUNT_PORTS, wrong[i]) == FB_EINVALID);
    }
    CHECK(t, exo_account(env, EXO_ACCOUNT_LINE, EXO_LINES) == FB_EINVALID);
    CHECK(t, exo_account(env, EXO_ACCOUNT_PORTS, 0x71) == FB_EINVALID);
    for (uint64_t kind = 0; kind < EXO_ACCOUNT_KINDS; kind++) {
        CHECK(t, exo_account(env, kind, before[kind] + 1) == FB_EQUOTA);
        CHECK(t, exo_account(env, kind, -1ul) == FB_EQUOTA);
        CHECK(t, exo_account(env, kind, -before[kind]) == FB_EQUOTA);
    }
    CHECK(t, as_before(before));
    CHECK(t, exo_alloc_page_for(env, EXO_ANY) > 0); /* it still has no account of its own */
    CHECK(t, left(EXO_ACCOUNT_PAGES) == before[EXO_ACCOUNT_PAGES] - 1);
    CHECK(t, exo_account(env, EXO_ACCOUNT_PAGES, 0) == FB_EBUSY);
    for (uint64_t i = 1; i < sizeof busy / sizeof *busy; i++)
        exo_env_destroy(busy[i]);
    exo_env_destroy(env);
    CHECK(t, left(EXO_ACCOUNT_PAGES) == have);
}

/* Only who made an environment gives to its account. */
void test_account_of_others(struct test *t)
{
    const uint64_t give[] = { 60, 2, 2 * EXO_ACCOUNT_ROOM, 0 };
    const cap_id_t shared = lib_page(SHARED, RW), env = with_account(0, give);
    uint64_t before[EXO_ACCOUNT_KINDS + 1];

    exo_accept(1);
    start(env, shared, SHOWS, lib_give(env, EXO_SELF, EXO_RIGHT_W));
    CHECK(t, done());
    const cap_id_t other = word[RESULT];
    look(before);
    for (uint64_t kind = 0; kind < EXO_ACCOUNT_KINDS; kind++)
        CHECK(t, exo_account(other, kind, 0) == FB_EDENIED);
    CHECK(t, exo_account(other, EXO_ACCOUNT_LINE, EXO_LINE_SOFT) == FB_EDENIED);
    CHECK(t, as_before(before) && exo_alloc_page_for(other, EXO_ANY) > 0);
    CHECK(t, left(EXO_ACCOUNT_PAGES) == before[EXO_ACCOUNT_PAGES]);
    CHECK(t, exo_alloc_page_for(other, EXO_ANY) == FB_EQUOTA); /* its maker gave it one */
    exo_accept(0);
    exo_env_destroy(env);
    CHECK(t, exo_env_destroy(other) == FB_ESTALE);
    exo_unbind_page(shared);
}
