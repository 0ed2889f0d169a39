/* SPDX-License-Identifier: MIT
 * Foreign environments: FS base and the registers of x87 and SSE stay each environment's own, and
 * native ones have none. */
#include "test.h"

enum { IMAGE = 512, IMAGE_USED = 416, XMM = 160 }; /* as fxsave stores them */

static inline void load(const uint8_t *image)
{
    __asm__ volatile("fxrstor64 (%0)" : : "r"(image) : "memory");
}

static inline void save(uint8_t *image)
{
    __asm__ volatile("fxsave64 (%0)" : : "r"(image) : "memory");
}

static uint64_t fs_word(void)
{
    uint64_t word;

    __asm__ volatile("mov %%fs:0, %0" : "=r"(word));
    return word;
}

/* An image of registers that all depend on the seed: control words, x87, SSE. */
static void fill(uint8_t *image, uint64_t seed)
{
    for (int i = 0; i < IMAGE; i++)
        image[i] = i < 32 || i >= IMAGE_USED ? 0 : (uint8_t)(seed * 0x9e3779b97f4a7c15u >> i % 57);
    for (int i = 32; i < XMM; i++) /* an x87 register has ten bytes of sixteen */
        if (i % 16 >= 10)
            image[i] = 0;
    *(uint16_t *)image = (uint16_t)(0x37f | (seed & 3) << 10);
    image[4] = 0xff;
    *(uint32_t *)(image + 24) = (uint32_t)(0x1f80 | (seed & 3) << 13);
    *(uint32_t *)(image + 28) = 0xffff;
}

/* Whether the registers are those of the image. */
static bool same(const uint8_t *image)
{
    uint8_t now[IMAGE] __attribute__((aligned(16)));

    save(now);
    for (int i = 0; i < IMAGE_USED; i++)
        if (now[i] != image[i] && !(i >= 6 && i < 24) && i / 4 != 7)
            return false; /* 6 .. 23: the last x87 instruction; 28: bits of mxcsr that exist */
    return true;
}

/* Keep values in all registers over many turns. b: the other side. shared[0] errors, [3] turns. */
int64_t test_foreign_keeper(uint64_t what, uint64_t b)
{
    volatile uint64_t *shared = (uint64_t *)SHARED;
    const uint64_t seed = (uint64_t)exo_info(EXO_INFO_NUMBER);
    uint8_t image[IMAGE] __attribute__((aligned(16))) = { 0 };
    uint64_t base[2] = { seed, 0 };

    *(uint16_t *)image = 0x37f, *(uint32_t *)(image + 24) = 0x1f80;
    shared[0] += !same(image); /* nothing of others */
    fill(image, seed);
    load(image);
    shared[0] += exo_fs_base((uint64_t)base) != FB_OK;
    for (;; shared[3]++) {
        shared[0] += !same(image) || fs_word() != seed;
        test_leave_by(what, b, shared);
    }
}

/* Two foreign environments and this one take turns by each way: each keeps its registers, and this
 * one has none. */
void test_foreign_registers(struct test *t)
{
    volatile uint64_t *shared = (uint64_t *)SHARED;
    const cap_id_t page = lib_page(SHARED, RW);
    uint64_t word = 0;

    for (uint64_t way = 0; way < BY_WAYS; way++) {
        const cap_id_t env = test_foreign(0, page), other = test_foreign(0, page);
        const cap_id_t back = lib_give(env, EXO_SELF, EXO_RIGHT_W | EXO_RIGHT_X);
        exo_probe(EXO_PROBE_SLICE, way == BY_INTERRUPT ? 100000 : 0, 0);
        shared[0] = shared[3] = 0;
        CHECK(t, lib_start(env, PROGRAM_test_foreign_keeper, way, back) == FB_OK);
        CHECK(t, lib_start(other, PROGRAM_test_foreign_keeper, BY_YIELD, 0) == FB_OK);
        for (int round = 0; round < 8; round++) {
            switch (way) {
            case BY_SEND:
                exo_recv(0, &word, 8);
                break;
            case BY_CALL:
                round ? exo_call(env, &word, 8, 32) : exo_recv(0, &word, 8);
                break;
            case BY_RECEIVE:
                round ? exo_send(env, &word, 8) : exo_yield_to(0);
                break;
            case BY_YIELD_TO:
                exo_yield_to(env);
                break;
            case BY_INTERRUPT:
                test_count_until(shared + 2, shared + 1);
                break;
            default:
                exo_yield_to(0);
            }
            CHECK(t, exo_probe(EXO_PROBE_AUDIT, 0, 0) == FB_OK);
            exo_yield_to(other);
        }
        const cap_id_t native = test_spawn(0, PROGRAM_test_bad, BAD_SSE, 0);
        CHECK(t, native && test_ended(native)); /* others have no such registers meanwhile */
        exo_probe(EXO_PROBE_SLICE, 0, 0);
        CHECK(t, shared[0] == 0 && shared[3] >= 8);
        CHECK(t, exo_env_destroy(env) == FB_OK && exo_env_destroy(other) == FB_OK);
        while (exo_recv_timed(0, &word, 8, 0) >= 0)
            ; /* what it sent last */
    }
    exo_unbind_page(page);
}
