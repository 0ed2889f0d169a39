/* SPDX-License-Identifier: MIT
 * The system-call fuzzer. An environment on each of two CPUs makes random calls with hostile
 * arguments, under an account of its own. They must not affect a third environment, which shares
 * nothing with them: neither its memory, nor that it goes on, nor that it gets what it asks for.
 *
 *   main (CPU 0)      starts them, watches their progress, replaces those that died or hang, audits
 *   fuzz_one (CPU 0)  calls ─┐ each with a share of the other's rights, lines, pages, one page
 *   fuzz_one (CPU 1)  calls ─┘ in common; what it breaks is its own
 *   fuzz_listener     waits for messages of whatever length; both may send to it
 *   fuzz_victim       takes pages and environments, and counts; main maps its page, too, and
 *                     compares every word
 *
 * Both store tokens of their capabilities in the common page, and import each other's: unchanged,
 * and then with one bit changed, which must be refused.
 *
 * Everything random comes from the seed that is printed first. */
#include "test.h"

enum {
    PROGRESS_WORDS = 8,
    VICTIM_WORDS = 510, /* then the next two */
    VICTIM_GOES_ON = VICTIM_WORDS,
    VICTIM_LACKS,
    PAGES = 4,
    QUIET_ROUNDS = 4,
    TOKENS = 16,
    FIRST = 3,
    MANY = 100000
};
/* What each counts in the shared page. */
enum { CALLS, GENUINE, IMPORTED, REFUSED, BELIEVED };
#define VICTIM 0x13000000ul
#define PROGRESS 0x14000000ul
#define TOKEN(n) ((struct exo_cap *)(PROGRESS + 1024) + (n))

static uint64_t next(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

/* A hostile argument: a capability, an address, a length, a limit, or noise. */
static uint64_t hostile(uint64_t *state)
{
    /* clang-format off */
    static const uint64_t limits[] = {
        0, 1, 2, 7, 8, 31, 32, 33, 64, 4095, 4096, 4097, 65535, 65536, 1ul << 31, 1ul << 32,
        1ul << 33, 1ul << 47, 1ul << 63, -1ul, -8ul, -4096ul, EXO_USER_END - 1, EXO_USER_END,
        0x800000000000, 0xffff800000000000, 0xffffc00000000000, 0xffffd00000000000,
        0xffffffff80100000, EXO_IMAGE, EXO_IMAGE_END, EXO_MEMORY | 64, EXO_MEMORY | 8,
        EXO_NOWAIT | 8, EXO_NOWAIT | 64, EXO_NOWAIT | EXO_MEMORY | 16,
    };
    /* clang-format on */
    const uint64_t r = next(state);

    switch (r % 8) {
    case 0:
    case 1:
    case 2:
        return (r >> 8) % 24 | (1 + (r >> 16) % 3) << 16; /* a slot's identifier */
    case 3:
        return AREA + (r >> 8) % 64 * FB_PAGE_SIZE; /* room for pages */
    case 4:
        return AREA + (r >> 8) % (4 * FB_PAGE_SIZE); /* memory, perhaps */
    case 5:
        return limits[(r >> 8) % (sizeof limits / sizeof *limits)];
    case 6:
        return (r >> 8) % 128;
    default:
        return next(state) >> (r >> 8) % 64;
    }
}

static int64_t raw(uint64_t number, const uint64_t a[6])
{
    int64_t result;
    uint64_t rdi = a[0], rsi = a[1], rdx = a[2];
    register uint64_t r10 __asm__("r10") = a[3];
    register uint64_t r8 __asm__("r8") = a[4];
    register uint64_t r9 __asm__("r9") = a[5];

    __asm__ volatile("syscall"
                     : "=a"(result), "+D"(rdi), "+S"(rsi), "+d"(rdx), "+r"(r10), "+r"(r8), "+r"(r9)
                     : "a"(number)
                     : "rcx", "r11", "memory");
    return result;
}

/* Make calls that only end or delay the caller rare or short, so that most calls do something. */
static void soften(uint64_t *number, uint64_t a[6], uint64_t *state)
{
    const uint64_t r = next(state);

    if (*number == SYS_exit && r % 4096)
        *number = SYS_null;
    if (*number == SYS_recv && r % 32)
        *number = SYS_recv_timed;
    if (*number == SYS_recv_timed)
        a[3] = r % 128 ? 0 : fp_time() + r % 500;
    if (*number == SYS_irq_wait && r % 1024)
        a[1] = r % 128 ? 0 : fp_time() + r % 500;
    if ((*number == SYS_send || *number == SYS_call) && r % 2) {
        a[0] = 0x10000 | (r >> 8) % 16; /* words, to an environment that may exist */
        a[2] = (r >> 16) % (EXO_REGISTER_BYTES + 8);
    }
    if ((*number == SYS_send || *number == SYS_call) && r % 4 > 1)
        a[2] |= EXO_NOWAIT;
    if (*number == SYS_env_alloc && r % 8)
        a[1] = 1 + r % 200;
}

/* The handler of all upcalls: maps a page for a fault in AREA; any other fault ends the program. */
static void upcall(uint64_t cause, uint64_t value, uint64_t detail)
{
    (void)detail;
    if (cause == EXO_UPCALL_FAULT && value - AREA < 64 * FB_PAGE_SIZE
        && lib_page(value & -(uint64_t)FB_PAGE_SIZE, RW))
        return;
    if (cause == EXO_UPCALL_FAULT || cause == EXO_UPCALL_EXCEPTION)
        exo_exit(0);
}

/* Use tokens on purpose, since random calls never make one: store a token of one's own capability,
 * or import a stored one and then a forgery of it. */
static void use_tokens(volatile uint64_t *counts, uint64_t *state)
{
    const uint64_t r = next(state), word = (r >> 32) % (sizeof(struct exo_cap) / 8);
    struct exo_cap token = *TOKEN(r >> 16 & (TOKENS - 1));

    if (r % 4 == 0) {
        exo_cap_export(FIRST + (r >> 40) % 21 + ((1 + (r >> 48) % 3) << 16),
                       r >> 56 & EXO_RIGHTS_ALL, TOKEN(r >> 16 & (TOKENS - 1)));
        return;
    }
    counts[GENUINE] += exo_cap_verify(&token) >= 0;
    if (r % 16 == 1)
        counts[IMPORTED] += exo_cap_import(&token) > 0;
    ((uint64_t *)&token)[word] ^= 1ul << (r >> 24 & 63);
    const bool believed = exo_cap_verify(&token) != FB_EFORGED
                          || exo_cap_import(&token) != FB_EFORGED;
    counts[believed ? BELIEVED : REFUSED]++;
}

/* a: seed; b: which of the two. Counts its calls where main sees them. */
int64_t fuzz_one(uint64_t a, uint64_t b)
{
    volatile uint64_t *counts = (uint64_t *)PROGRESS + b * PROGRESS_WORDS;
    uint64_t state = a, argument[6];

    lib_page(STACK, RW);
    lib_upcall(STACK, upcall);
    for (uint64_t i = 0; i < PAGES; i++)
        lib_page(AREA + i * FB_PAGE_SIZE, RW);
    exo_irq_alloc(EXO_LINE_TIMER + b, EXO_RIGHTS_ALL);
    exo_irq_alloc(EXO_LINE_SOFT + b, EXO_RIGHTS_ALL);
    exo_accept(64);
    for (;;) {
        uint64_t number = next(&state) % (FB_SYSCALL_LIMIT + 4);
        for (int i = 0; i < 6; i++)
            argument[i] = hostile(&state);
        soften(&number, argument, &state);
        raw(number, argument);
        if (++counts[CALLS] % 1024 == 0)
            __builtin_ia32_pause();
        if (counts[CALLS] % 16 == 0)
            use_tokens(counts, &state);
    }
}

int64_t fuzz_victim(uint64_t a, uint64_t b)
{
    volatile uint64_t *mine = (uint64_t *)VICTIM;

    (void)a, (void)b;
    for (;; mine[VICTIM_GOES_ON]++) {
        const cap_id_t page = lib_page(AREA, RW);
        const int64_t env = mine[VICTIM_GOES_ON] % 64 ? 0 : exo_env_alloc(0, 1);
        if (!page || env < 0 || *(uint64_t *)AREA)
            mine[VICTIM_LACKS]++;
        else
            *(uint64_t *)AREA = 1;
        if (env)
            exo_env_destroy((cap_id_t)env);
        exo_unbind_page(page);
        exo_yield_to(0);
    }
}

int64_t fuzz_listener(uint64_t a, uint64_t b)
{
    uint64_t word[4];

    (void)b;
    while (exo_recv(0, word, 8 * a) <= 8 * (int64_t)a)
        a = (a + 1) % 5;
    return 0; /* a message larger than the buffer */
}

/* Give each a capability for the other and one for the listener, to send and yield to, and
 * sometimes to control. */
static void introduce(const cap_id_t env[2], cap_id_t listener, uint64_t seed)
{
    for (int i = 0; i < 2; i++)
        if (env[i])
            lib_give(env[i], listener, EXO_RIGHT_W | EXO_RIGHT_X | EXO_RIGHT_DELEGATE);
    for (int i = 0; i < 2; i++)
        if (env[0] && env[1])
            lib_give(env[i], env[!i],
                     EXO_RIGHT_W | EXO_RIGHT_X | EXO_RIGHT_DELEGATE
                         | (seed % 4 ? 0 : EXO_RIGHT_CTL));
}

static cap_id_t start(uint64_t which, uint64_t seed, cap_id_t progress, cap_id_t common)
{
    static const uint64_t give[EXO_ACCOUNT_KINDS] = { 4000, 24, 32 * EXO_ACCOUNT_ROOM, 1000 };
    const int64_t env = exo_env_alloc(exo_info(EXO_INFO_CPUS) > 1 ? which : 0, EXO_ACCOUNT_ROOM);
    bool poor = env < 0;

    for (uint64_t kind = 0; kind < EXO_ACCOUNT_KINDS; kind++)
        poor |= exo_account((cap_id_t)env, kind, give[kind]) != FB_OK;
    exo_account((cap_id_t)env, EXO_ACCOUNT_LINE,
                EXO_LINE_TIMER + which); /* if the last one gave it */
    exo_account((cap_id_t)env, EXO_ACCOUNT_LINE, EXO_LINE_SOFT + which); /* back already */
    if (poor || lib_stack((cap_id_t)env) || lib_share((cap_id_t)env, progress, PROGRESS, RW)
        || !lib_give((cap_id_t)env, common, EXO_RIGHTS_ALL)
        || lib_start((cap_id_t)env, PROGRAM_fuzz_one, seed, which)) {
        exo_env_destroy((cap_id_t)env);
        return 0;
    }
    return (cap_id_t)env;
}

static bool victim_is_whole(uint64_t seed)
{
    const volatile uint64_t *word = (uint64_t *)VICTIM;
    uint64_t state = seed;

    for (int i = 0; i < VICTIM_WORDS; i++)
        if (word[i] != next(&state))
            return false;
    return true;
}

/* Whether it goes on, and has lacked nothing so far. */
static bool victim_is_well(uint64_t *seen)
{
    const volatile uint64_t *word = (uint64_t *)VICTIM;
    const uint64_t before = *seen;

    for (const uint64_t from = fp_time();
         word[VICTIM_GOES_ON] == before && fp_time() - from < PATIENCE;)
        exo_recv_timed(0, NULL, 0, fp_time() + 300000);
    *seen = word[VICTIM_GOES_ON];
    return *seen != before && !word[VICTIM_LACKS];
}

static uint64_t total(int what)
{
    const volatile uint64_t *counts = (uint64_t *)PROGRESS + what;

    return counts[0] + counts[PROGRESS_WORDS];
}

static void report(const char *text, uint64_t number)
{
    lib_print(text);
    lib_number(number);
}

int64_t fuzz(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    const uint64_t seed = run->entry->params[0], wanted = run->entry->params[1];
    volatile uint64_t *progress = (uint64_t *)PROGRESS;
    const cap_id_t shared = lib_page(PROGRESS, RW), page = lib_page(VICTIM, RW);
    const cap_id_t common = (cap_id_t)exo_alloc_page(EXO_ANY);
    const cap_id_t victim = (cap_id_t)lib_create(0), listener = (cap_id_t)lib_create(0);
    uint64_t state = seed, starts = 0, audits = 0, seen[2] = { 0 }, quiet[2] = { 0 };
    cap_id_t env[2] = { 0 };
    uint64_t tenth = wanted / 10 + 1, shown = 0, done = 0;
    bool good = true;

    (void)b;
    report("fuzz: seed ", seed);
    report(", calls ", wanted);
    lib_print("\n");
    for (int i = 0; i < VICTIM_WORDS; i++)
        ((uint64_t *)VICTIM)[i] = next(&state);
    lib_share(victim, page, VICTIM, RW);
    lib_start(victim, PROGRAM_fuzz_victim, 0, 0);
    lib_start(listener, PROGRAM_fuzz_listener, 0, 0);
    exo_probe(EXO_PROBE_SLICE, 200000, 0);
    for (uint64_t round = 0; good && total(CALLS) < wanted; round++) {
        for (uint64_t i = 0; i < 2; i++) {
            const uint64_t calls = progress[i * PROGRESS_WORDS];
            quiet[i] = calls == seen[i] ? quiet[i] + 1 : 0;
            seen[i] = calls;
            exo_send(env[i], (void *)PROGRESS, 8 | EXO_NOWAIT); /* in case it waits for a message */
            if (env[i] && quiet[i] > QUIET_ROUNDS)
                exo_env_destroy(env[i]), quiet[i] = 0;
            if (exo_env_start(env[i], EXO_ENTRY, 0, 0, 0, 0) != FB_ESTALE)
                continue;
            env[i] = start(i, seed + ++starts, shared, common);
            introduce(env, listener, seed + starts);
        }
        if ((total(CALLS)) / tenth > shown) {
            report("fuzz: ", total(CALLS));
            lib_print(" calls\n");
            shown = (total(CALLS)) / tenth;
        }
        exo_recv_timed(0, NULL, 0, fp_time() + 300000);
        if (round % 64 == 0) {
            good = exo_probe(EXO_PROBE_AUDIT, 0, 0) == FB_OK && victim_is_whole(seed)
                   && victim_is_well(&done);
            audits++;
        }
    }
    good = good && victim_is_well(&done);
    exo_probe(EXO_PROBE_SLICE, 0, 0);
    good = good && victim_is_whole(seed) && exo_env_start(victim, 0, 0, 0, 0, 0) == FB_EBUSY
           && exo_env_start(listener, 0, 0, 0, 0, 0) == FB_EBUSY
           && exo_probe(EXO_PROBE_AUDIT, 0, 0) == FB_OK;
    good = good && !total(BELIEVED)
           && (wanted < MANY || (total(GENUINE) && total(IMPORTED) && total(REFUSED)));
    report("fuzz: tokens: ", total(GENUINE));
    report(" genuine, ", total(IMPORTED));
    report(" taken, ", total(REFUSED));
    report(" forged and refused, ", total(BELIEVED));
    lib_print(" believed\n");
    report("fuzz: ", total(CALLS));
    report(" calls, ", starts);
    report(" environments, ", audits);
    lib_print(good ? " audits, nothing broken\n" : " audits, BROKEN\n");
    fp_check(run, good, "the kernel or the neighbour was damaged");
    return 0;
}
