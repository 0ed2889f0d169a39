/* SPDX-License-Identifier: MIT
 * Counts the instructions of task() on random inputs, one step of the processor at a time: with the
 * trap flag set, each instruction ends in a signal. Prints "n count" for each run.
 * Arguments: the first seed, the number of runs. */
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "task.h"

#define TRAP_FLAG "0x100"

static volatile uint64_t steps;
static int32_t input[MOST + 1], work[MOST * MOST + MOST + 8];

/* One instruction. */
int32_t nothing(const int32_t *in, int32_t n, int32_t *out);
__asm__(".text; .globl nothing; .type nothing, @function; nothing: ret; .size nothing, 1");

static void on_trap(int signal)
{
    (void)signal;
    steps++;
}

typedef int32_t function(const int32_t *in, int32_t n, int32_t *out);

static uint64_t stepped(function *f, int32_t n)
{
    steps = 0;
    __asm__ __volatile__("pushfq; orq $" TRAP_FLAG ", (%%rsp); popfq" ::: "memory", "cc");
    f(input, n, work);
    __asm__ __volatile__("pushfq; andq $~" TRAP_FLAG ", (%%rsp); popfq" ::: "memory", "cc");
    return steps;
}

static uint64_t state;

static uint32_t next(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 16);
}

int main(int count, char **arguments)
{
    struct sigaction action = { .sa_handler = on_trap };

    if (count != 3 || sigaction(SIGTRAP, &action, NULL) != 0)
        return 2;
    const uint64_t seed = strtoull(arguments[1], NULL, 10);
    const int runs = atoi(arguments[2]);
    /* Less the one of nothing, this is the way there and back. */
    const uint64_t empty = stepped(nothing, 1);

    for (int run = 0; run < runs; run++) {
        state = (seed + (uint64_t)run) * 0x9e3779b97f4a7c15u | 1;
        const int32_t n = (int32_t)(next() % (MOST + 1)), shape = (int32_t)(next() % 4);
        const uint32_t range = shape == 0 ? 2 : shape == 1 ? 100 : UINT32_MAX;

        for (int32_t i = 0; i <= MOST; i++)
            input[i] = shape == 3 ? (run & 1 ? i : MOST - i) : (int32_t)(next() % range);
        for (uint32_t i = 0; i < sizeof work / sizeof *work; i++)
            work[i] = (int32_t)(next() % range);
        printf("%d %llu\n", n, (unsigned long long)(stepped(task, n) - empty + 1));
    }
    return 0;
}
