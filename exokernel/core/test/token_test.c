/* SPDX-License-Identifier: MIT
 * SipHash-2-4 against its published vectors and a second, slower writing of it; tokens against
 * every single changed bit. */
#include <stdlib.h>
#include <string.h>

#include <feuerbird/errors.h>

#include "check.h"
#include "token.h"

#define OPERATIONS 1000000
#define POOL 64

/* The reference set of the authors: key 00 01 .. 0f, input 00 01 .. of 0 to 63 bytes; the checksum
 * read as a little-endian number. Made again with OpenSSL 3.0 (EVP_MAC SIPHASH, 8 bytes). The one
 * of 15 bytes is the worked example of the paper, appendix A. */
static const uint64_t published[64] = {
    0x726fdb47dd0e0e31, 0x74f839c593dc67fd, 0x0d6c8009d9a94f5a, 0x85676696d7fb7e2d,
    0xcf2794e0277187b7, 0x18765564cd99a68d, 0xcbc9466e58fee3ce, 0xab0200f58b01d137,
    0x93f5f5799a932462, 0x9e0082df0ba9e4b0, 0x7a5dbbc594ddb9f3, 0xf4b32f46226bada7,
    0x751e8fbc860ee5fb, 0x14ea5627c0843d90, 0xf723ca908e7af2ee, 0xa129ca6149be45e5,
    0x3f2acc7f57c29bdb, 0x699ae9f52cbe4794, 0x4bc1b3f0968dd39c, 0xbb6dc91da77961bd,
    0xbed65cf21aa2ee98, 0xd0f2cbb02e3b67c7, 0x93536795e3a33e88, 0xa80c038ccd5ccec8,
    0xb8ad50c6f649af94, 0xbce192de8a85b8ea, 0x17d835b85bbb15f3, 0x2f2e6163076bcfad,
    0xde4daaaca71dc9a5, 0xa6a2506687956571, 0xad87a3535c49ef28, 0x32d892fad841c342,
    0x7127512f72f27cce, 0xa7f32346f95978e3, 0x12e0b01abb051238, 0x15e034d40fa197ae,
    0x314dffbe0815a3b4, 0x027990f029623981, 0xcadcd4e59ef40c4d, 0x9abfd8766a33735c,
    0x0e3ea96b5304a7d0, 0xad0c42d6fc585992, 0x187306c89bc215a9, 0xd4a60abcf3792b95,
    0xf935451de4f21df2, 0xa9538f0419755787, 0xdb9acddff56ca510, 0xd06c98cd5c0975eb,
    0xe612a3cb9ecba951, 0xc766e62cfcadaf96, 0xee64435a9752fe72, 0xa192d576b245165a,
    0x0a8787bf8ecb74b2, 0x81b3e73d20b49b6f, 0x7fa8220ba3b2ecea, 0x245731c13ca42499,
    0xb78dbfaf3a8d83bd, 0xea1ad565322a1a0b, 0x60e61c23a3795013, 0x6606d7e446282b93,
    0x6ca4ecb15c5f91e1, 0x9f626da15c9625f3, 0xe51b38608ef25f57, 0x958a324ceb064572,
};

static void gives_the_published_vectors(void)
{
    uint8_t key_bytes[16];
    struct siphash_key key;

    for (uint8_t i = 0; i < 16; i++)
        key_bytes[i] = i;
    key = siphash_key_from(key_bytes);
    for (uint8_t length = 0; length < 64; length++) {
        uint8_t *input = malloc(length + 1u); /* exactly as long, at an odd address for ASan */

        for (uint8_t i = 0; i < length; i++)
            input[i + 1] = i;
        CHECK(siphash24(&key, input + 1, length) == published[length]);
        free(input);
    }
    CHECK(published[15] == 0xa129ca6149be45e5u);
}

/* The textbook: the message padded in a buffer, the state an array, each step a line of a table. */
static uint64_t slow_siphash(const struct siphash_key *key, const uint8_t *bytes, uint32_t length)
{
    static const struct {
        uint8_t add, to, turn;
    } steps[4] = {
        { 1, 0, 13 },
        { 3, 2, 16 },
        { 3, 0, 21 },
        { 1, 2, 17 },
    };
    static const char magic[] = "somepseudorandomlygeneratedbytes";
    uint8_t message[128] = { 0 };
    uint64_t v[4] = { 0 };
    const uint32_t words = length / 8 + 1;

    memcpy(message, bytes, length);
    message[words * 8 - 1] = (uint8_t)length;
    for (int i = 0; i < 4; i++) {
        for (int k = 0; k < 8; k++)
            v[i] = v[i] << 8 | (uint8_t)magic[8 * i + k];
        v[i] ^= key->word[i % 2];
    }
    for (uint32_t w = 0; w <= words; w++) { /* the last turn finishes */
        uint64_t word = 0;

        for (int k = 7; w < words && k >= 0; k--)
            word = word << 8 | message[8 * w + (uint32_t)k];
        if (w == words)
            v[2] ^= 0xff;
        v[3] ^= word;
        for (int r = 0; r < (w == words ? 4 : 2); r++)
            for (int s = 0; s < 4; s++) {
                uint64_t *sum = &v[steps[s].to], *mixed = &v[steps[s].add];

                *sum += *mixed;
                *mixed = (*mixed << steps[s].turn | *mixed >> (64 - steps[s].turn)) ^ *sum;
                if (steps[s].add == 1)
                    *sum = *sum << 32 | *sum >> 32;
            }
        v[0] ^= word;
    }
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

static struct cap_entry random_entry(void)
{
    return (struct cap_entry){ .type = (uint16_t)check_below(8),
                               .refs = 1,
                               .resource = (uint32_t)check_random(),
                               .rights = (uint32_t)check_random(),
                               .owner = check_below(1024) };
}

/* Tokens of two kernels in a pool: made, verified by either, changed in one bit and back. */
static void random_step(struct exo_cap *pool, uint8_t *maker, const struct siphash_key *keys)
{
    const uint32_t i = check_below(POOL), key = check_below(2);
    const uint32_t bit = check_below(8 * sizeof(struct exo_cap));
    const struct cap_entry entry = random_entry();
    const cap_id_t id = check_random();
    uint8_t bytes[72];
    uint32_t length = check_below(sizeof bytes + 1);
    uint8_t *changed = (uint8_t *)&pool[i] + bit / 8;

    switch (check_below(4)) {
    case 0:
        pool[i] = cap_token_make(&keys[key], id, &entry);
        maker[i] = (uint8_t)key;
        CHECK(pool[i].id == id && pool[i].rights == entry.rights && pool[i].owner == entry.owner);
        CHECK(pool[i].resource == entry.resource && pool[i].type == entry.type);
        CHECK(pool[i].reserved == 0);
        CHECK(pool[i].seal == slow_siphash(&keys[key], (const uint8_t *)&pool[i], 32));
        break;
    case 1:
        CHECK(cap_verify(&keys[key], &pool[i]) == (maker[i] == key ? FB_OK : FB_EFORGED));
        break;
    case 2:
        *changed ^= (uint8_t)(1u << bit % 8);
        CHECK(cap_verify(&keys[maker[i]], &pool[i]) == FB_EFORGED);
        *changed ^= (uint8_t)(1u << bit % 8);
        break;
    default:
        for (uint32_t k = 0; k < length; k++)
            bytes[k] = (uint8_t)check_random();
        CHECK(siphash24(&keys[key], bytes, length) == slow_siphash(&keys[key], bytes, length));
    }
}

static void agrees_with_the_textbook(void)
{
    const struct siphash_key keys[2] = { { { check_random(), check_random() } },
                                         { { check_random(), check_random() } } };
    struct exo_cap pool[POOL];
    uint8_t maker[POOL];

    for (uint32_t i = 0; i < POOL; i++) {
        const struct cap_entry entry = random_entry();

        pool[i] = cap_token_make(&keys[i % 2], i, &entry);
        maker[i] = i % 2;
    }
    for (uint32_t i = 0; i < OPERATIONS; i++)
        random_step(pool, maker, keys);
}

static void notices_each_changed_bit(void)
{
    const struct siphash_key key = { { check_random(), check_random() } };
    const struct cap_entry entry = random_entry();
    const struct exo_cap good = cap_token_make(&key, check_random(), &entry);

    CHECK(cap_verify(&key, &good) == FB_OK);
    for (uint32_t bit = 0; bit < 8 * sizeof good; bit++) {
        struct exo_cap bad = good;

        ((uint8_t *)&bad)[bit / 8] ^= (uint8_t)(1u << bit % 8);
        CHECK(cap_verify(&key, &bad) == FB_EFORGED);
    }
    for (uint32_t bit = 0; bit < 128; bit++) {
        struct siphash_key other = key;

        other.word[bit / 64] ^= (uint64_t)1 << bit % 64;
        CHECK(cap_verify(&other, &good) == FB_EFORGED);
    }
}

int main(int argc, char **argv)
{
    check_begin("token", argc, argv);
    RUN(gives_the_published_vectors);
    RUN(agrees_with_the_textbook);
    RUN(notices_each_changed_bit);
    return check_end("token");
}
