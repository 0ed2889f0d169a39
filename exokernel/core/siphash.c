/* SPDX-License-Identifier: MIT */
#include "siphash.h"

#include <loopbound.h>

struct sip {
    uint64_t v0, v1, v2, v3;
};

static inline uint64_t rotate(uint64_t x, int bits) { return x << bits | x >> (64 - bits); }

/* `count` bytes, at most 8, as a little-endian number. */
static inline uint64_t load(const uint8_t *bytes, size_t count)
{
    uint64_t word = 0;

    FB_LOOP("7", for (size_t i = 0; i < count; i++))
        word |= (uint64_t)bytes[i] << (8 * i);
    return word;
}

/* Eight of them: the compiler makes one load of this where the machine allows. */
static inline uint64_t load8(const uint8_t *b)
{
    return (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24
           | (uint64_t)b[4] << 32 | (uint64_t)b[5] << 40 | (uint64_t)b[6] << 48
           | (uint64_t)b[7] << 56;
}

static inline void sip_round(struct sip *s)
{
    s->v0 += s->v1;
    s->v1 = rotate(s->v1, 13) ^ s->v0;
    s->v0 = rotate(s->v0, 32);
    s->v2 += s->v3;
    s->v3 = rotate(s->v3, 16) ^ s->v2;
    s->v0 += s->v3;
    s->v3 = rotate(s->v3, 21) ^ s->v0;
    s->v2 += s->v1;
    s->v1 = rotate(s->v1, 17) ^ s->v2;
    s->v2 = rotate(s->v2, 32);
}

static inline void compress(struct sip *s, uint64_t word)
{
    s->v3 ^= word;
    sip_round(s);
    sip_round(s);
    s->v0 ^= word;
}

struct siphash_key siphash_key_from(const uint8_t bytes[16])
{
    return (struct siphash_key){ { load8(bytes), load8(bytes + 8) } };
}

uint64_t siphash24(const struct siphash_key *key, const void *bytes, size_t length)
{
    const uint8_t *at = bytes, *end = at + (length & ~(size_t)7);
    struct sip s = { key->word[0] ^ 0x736f6d6570736575u, key->word[1] ^ 0x646f72616e646f6du,
                     key->word[0] ^ 0x6c7967656e657261u, key->word[1] ^ 0x7465646279746573u };

    FB_LOOP("floor(length/8)", for (; at != end; at += 8))
        compress(&s, load8(at));
    compress(&s, load(at, length & 7) | (uint64_t)(length & 0xff) << 56);
    s.v2 ^= 0xff;
    sip_round(&s);
    sip_round(&s);
    sip_round(&s);
    sip_round(&s);
    return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}
