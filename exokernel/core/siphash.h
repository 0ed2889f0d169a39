/* SPDX-License-Identifier: MIT
 * SipHash-2-4: a short keyed checksum that nobody without the key can make or predict.
 * Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF", Indocrypt 2012. */
#ifndef CORE_SIPHASH_H
#define CORE_SIPHASH_H

#include <stddef.h>
#include <stdint.h>

/* 128 random bits. */
struct siphash_key {
    uint64_t word[2];
};

/* The key of 16 bytes in their order, as the paper writes it. O(1). */
struct siphash_key siphash_key_from(const uint8_t bytes[16]);
/* The checksum of `length` bytes. Its time depends on the length alone. O(length). */
uint64_t siphash24(const struct siphash_key *key, const void *bytes, size_t length);

#endif
