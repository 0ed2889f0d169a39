/* SPDX-License-Identifier: MIT
 * A stranger's kernel that takes a plan and shares memory: docs/probe.md. A ring of numbers. */
#include "feuerprobe.h"

enum { MOST = 1024 };

static uint64_t ring[MOST], head, count;

static void out8(uint16_t port, uint8_t value)
{
    __asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port));
}

static void put(char c) { out8(0x3f8, (uint8_t)c); }

/* The first GiB is mapped one to one, and this kernel lies far below 256 MiB. */
static void *map(uint64_t base, uint64_t size)
{
    return base >= 256ul << 20 && size <= (1ul << 30) - base ? (void *)base : NULL;
}

static __attribute__((noinline)) uint64_t ring_add(uint64_t value)
{
    ring[(head + count++) % MOST] = value;
    return count;
}

static __attribute__((noinline)) uint64_t ring_sum(void)
{
    uint64_t sum = 0;

    for (uint64_t i = 0; i < count; i++)
        sum += ring[(head + i) % MOST];
    return sum;
}

static void bench_add(struct fp_run *run)
{
    uint64_t left = 0;

    while (fp_next(run)) {
        head = count = 0;
        FP_TIMED(run, i, left, ring_add, i + 1);
        fp_check(run, left == run->entry->batch && ring[0] == 1, "nothing was added");
    }
}

static uint64_t sum_of(uint64_t unused)
{
    (void)unused;
    return ring_sum();
}

static void bench_sum(struct fp_run *run)
{
    const uint64_t n = run->entry->params[0];
    uint64_t sum = 0;

    for (head = count = 0; count < n;)
        ring_add(count + 1);
    while (fp_next(run)) {
        FP_TIMED(run, i, sum, sum_of, i);
        fp_check(run, sum == n * (n + 1) / 2, "the sum is wrong");
    }
}

static const struct fp_benchmark table[] = {
    { .name = "sum",
      .operation = "ring_sum",
      .effect = "the sum of all",
      .nparams = 1,
      .params = { { "n", 1, MOST } },
      .run = bench_sum },
    { .name = "add", .operation = "ring_add", .effect = "one more, stored", .run = bench_add },
};

static const struct fp_platform platform = {
    .name = "ring",
    .version = "1",
    .build = "",
    .cpus = 1,
    .map = map,
    .put = put,
};

void tiny_main(const uint8_t *start)
{
    const uint32_t modules = *(const uint32_t *)(start + 12);
    const uint64_t *module = *(const uint64_t *const *)(start + 16);

    if (modules && !fp_open(&platform, (const void *)module[0], module[1]))
        fp_carry_out(table, sizeof table / sizeof *table);
#ifndef ENDLESS
    out8(0xf4, 0x10);
#endif
}
