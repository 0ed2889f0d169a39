/* SPDX-License-Identifier: MIT
 * A message shows its receiver nothing beyond its length: neither words nor single bytes of what
 * the sender's registers held. Every length, by every way that words travel. */
#include "test.h"

enum { LENGTHS = EXO_REGISTER_BYTES + 1, ROUNDS = 3, SECRETS = LENGTHS * ROUNDS };
enum { TO_WAITING, TO_MAILBOX, TO_MAILBOX_OF_OTHER_CPU, SLICED, AGAIN, WAYS };
#define SECRET 0xffffffffffffffffu

struct words {
    uint64_t w[4];
};

/* Make the call with these words in the registers of a message, or of its buffer and capacity. */
static int64_t cross(uint64_t number, uint64_t id, uint64_t length, struct words *words)
{
    register uint64_t r10 __asm__("r10") = words->w[1];
    register uint64_t r8 __asm__("r8") = words->w[2], r9 __asm__("r9") = words->w[3];
    uint64_t rdi = id, rsi = words->w[0], rdx = length, rax = number;

    __asm__ volatile("syscall"
                     : "+a"(rax), "+D"(rdi), "+S"(rsi), "+d"(rdx), "+r"(r10), "+r"(r8), "+r"(r9)
                     :
                     : "rcx", "r11", "memory");
    *words = (struct words){ { rsi, r10, r8, r9 } };
    return (int64_t)rax;
}

/* Whether a message of `length` bytes came, and nothing else. */
static bool exact(int64_t result, uint64_t length, const struct words *words)
{
    bool same = result == (int64_t)length;

    for (uint64_t i = 0; i < 32; i++)
        same = same && (words->w[i / 8] >> i % 8 * 8 & 0xff) == (i < length ? 0xff : 0);
    return same;
}

/* Send messages of each length, with secrets in all words. */
int64_t test_words_child(uint64_t n, uint64_t to)
{
    for (uint64_t i = 0; i < n; i++) {
        struct words words = { { SECRET, SECRET, SECRET, SECRET } };
        cross(SYS_send, to, i % LENGTHS, &words);
    }
    return 0;
}

/* Call with each length. The answers have the same length. */
int64_t test_words_caller(uint64_t n, uint64_t to)
{
    volatile uint64_t *shared = (uint64_t *)SHARED;

    for (uint64_t i = 0; i < n; i++) {
        struct words words = { { SECRET, SECRET, SECRET, SECRET } };
        const int64_t result = cross(SYS_call, to, i % LENGTHS, &words);
        shared[0] += !exact(result, i % LENGTHS, &words);
        shared[1]++;
    }
    return 0;
}

static int64_t receive(uint64_t i, struct words *words)
{
    *words = (struct words){ { 0, EXO_FOREVER, 0, 0 } };
    return cross(i / LENGTHS % 2 ? SYS_recv_timed : SYS_recv, 0, EXO_REGISTER_BYTES, words);
}

void test_words_beyond(struct test *t)
{
    const cap_id_t page = lib_page(SHARED, RW);
    volatile uint64_t *shared = (uint64_t *)SHARED;
    struct words words;

    for (uint64_t way = 0; way < WAYS; way++) {
        const uint64_t cpu = way == TO_MAILBOX_OF_OTHER_CPU ? (uint64_t)exo_info(EXO_INFO_CPUS) - 1
                                                            : 0;
        const cap_id_t env = test_spawn(cpu, PROGRAM_test_words_child, SECRETS, EXO_RIGHT_W);
        exo_probe(EXO_PROBE_SLICE, way == SLICED ? 20000000 : 0, 0);
        if (way == TO_MAILBOX) /* it fills the mailbox, and blocks */
            exo_yield_to(0);
        uint64_t wrong = 0;
        for (uint64_t i = 0; i < SECRETS; i++) {
            if (way == AGAIN)
                exo_yield_to(0); /* one message waits */
            const int64_t result = receive(i, &words);
            wrong += !exact(result, i % LENGTHS, &words);
        }
        CHECK(t, wrong == 0);
        exo_probe(EXO_PROBE_SLICE, 0, 0);
        CHECK(t, test_ended(env));
    }
    const cap_id_t env = (cap_id_t)lib_create(0);
    lib_share(env, page, SHARED, RW);
    lib_start(env, PROGRAM_test_words_caller, LENGTHS, lib_give(env, EXO_SELF, EXO_RIGHT_W));
    uint64_t wrong = 0;
    for (uint64_t i = 0; i < LENGTHS; i++) {
        const int64_t result = receive(i, &words);
        wrong += !exact(result, i, &words);
        words = (struct words){ { SECRET, SECRET, SECRET, SECRET } };
        CHECK(t, cross(SYS_send, env, i, &words) == FB_OK);
    }
    CHECK(t, wrong == 0 && test_ended(env) && shared[0] == 0 && shared[1] == LENGTHS);
    exo_unbind_page(page);
}
