/* SPDX-License-Identifier: MIT
 * Benchmarks of exported capabilities: making a token, and verifying a genuine one and one with a
 * changed bit in its seal. Ring 0; caches are hot except in verify_cold. Each repetition has a new
 * key and contents.
 *
 * Expected: constant, whichever capability it is and wherever the forgery is. */
#include "bench.h"

#include "token.h"

#include <feuerbird/errors.h>

/* cap_token_make as its machine code: a pointer to the result is the first argument (x86-64 C ABI).
 * So the call is timed without a wrapper. */
void *token_make_in_place(struct exo_cap *token, const struct siphash_key *key, cap_id_t id,
                          const struct cap_entry *entry) __asm__("cap_token_make");

static struct siphash_key key;
static struct cap_entry entry;
static struct exo_cap token;
static cap_id_t id;

/* Draw a key, and a capability in slot `slot` with any content. */
static void draw(struct fp_run *run, uint64_t slot)
{
    key = (struct siphash_key){ { bench_bits(run), bench_bits(run) } };
    id = CAP_GENERATION_ONE * (1 + fp_random(run, 1000)) + slot;
    entry = (struct cap_entry){ .type = (uint16_t)(1 + fp_random(run, 7)),
                                .refs = 1,
                                .resource = (uint32_t)bench_bits(run),
                                .rights = (uint32_t)bench_bits(run),
                                .owner = (uint32_t)bench_bits(run) };
}

static void flip(uint64_t byte, uint64_t bit) { ((uint8_t *)&token)[byte] ^= (uint8_t)(1u << bit); }

void bench_token_new(struct fp_run *run)
{
    void *made = 0;

    while (fp_next(run)) {
        draw(run, run->entry->params[0]);
        token = (struct exo_cap){ 0 };
        FP_TIMED(run, i, made, token_make_in_place, &token, &key, id, &entry);
        if (run->twin)
            continue;
        fp_check(run,
                 made == &token && token.id == id && token.resource == entry.resource
                     && token.rights == entry.rights && token.owner == entry.owner
                     && token.type == entry.type,
                 "the token tells something else");
        fp_check(run, cap_verify(&key, &token) == FB_OK, "the token is not sealed");
        flip(fp_random(run, sizeof token), fp_random(run, 8));
        fp_check(run, cap_verify(&key, &token) == FB_EFORGED, "the seal does not cover all");
    }
}

static void verify_genuine(struct fp_run *run, bool cold)
{
    int status = 0;

    while (fp_next(run)) {
        draw(run, run->entry->params[0]);
        token = cap_token_make(&key, id, &entry);
        if (cold) {
            bench_cool(run, &key, sizeof key);
            bench_cool(run, &token, sizeof token);
        }
        FP_TIMED(run, i, status, cap_verify, &key, &token);
        fp_check(run, status == FB_OK, "a genuine token was refused");
    }
}

void bench_verify_genuine(struct fp_run *run) { verify_genuine(run, false); }

void bench_verify_cold(struct fp_run *run)
{
    if (bench_is_single(run))
        verify_genuine(run, true);
}

void bench_verify_forged(struct fp_run *run)
{
    const uint64_t bit = run->entry->params[0] - 1;
    int status = 0;

    while (fp_next(run)) {
        draw(run, 1 + fp_random(run, CAP_INDEX_MASK));
        token = cap_token_make(&key, id, &entry);
        flip(offsetof(struct exo_cap, seal) + bit / 8, bit % 8);
        FP_TIMED(run, i, status, cap_verify, &key, &token);
        fp_check(run, status == FB_EFORGED, "a forged token was accepted");
    }
}
