/* SPDX-License-Identifier: MIT
 * How a core test speaks: CHECK what must hold, count it, end with one line and an exit status.
 * Random tests draw from a seed that is printed and can be given: argv[1] or FEUERPROBE_SEED. */
#ifndef CORE_TEST_CHECK_H
#define CORE_TEST_CHECK_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static unsigned long check_failed_here, check_shown, check_cases_failed, check_cases_passed;
static uint64_t check_seed;
static uint64_t check_state;

/* Counts a failure unless `held`; shows the first ten with their place. */
#define CHECK(held)                                                                                \
    do {                                                                                           \
        if (!(held)) {                                                                             \
            check_failed_here++;                                                                   \
            if (check_shown++ < 10)                                                                \
                fprintf(stderr, "%s:%d: failed: %s\n", __FILE__, __LINE__, #held);                 \
        }                                                                                          \
    } while (0)

/* Runs one test case, a function without arguments, and counts it as passed or failed. */
#define RUN(test)                                                                                  \
    do {                                                                                           \
        check_failed_here = 0;                                                                     \
        test();                                                                                    \
        if (check_failed_here) {                                                                   \
            check_cases_failed++;                                                                  \
            fprintf(stderr, "%s: %lu failures, seed %llu\n", #test, check_failed_here,             \
                    (unsigned long long)check_seed);                                               \
        } else {                                                                                   \
            check_cases_passed++;                                                                  \
        }                                                                                          \
    } while (0)

/* A random 64-bit number (splitmix64). O(1). */
static inline uint64_t check_random(void)
{
    uint64_t z = (check_state += 0x9e3779b97f4a7c15u);

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* A random number below `limit`, which must not be 0. O(1). */
static inline uint32_t check_below(uint32_t limit)
{
    return (uint32_t)(((check_random() >> 32) * limit) >> 32);
}

/* Sets the seed from the command line, the environment or a constant, and prints it. */
static inline void check_begin(const char *module, int argc, char **argv)
{
    const char *given = argc > 1 ? argv[1] : getenv("FEUERPROBE_SEED");

    check_seed = given ? strtoull(given, NULL, 0) : 20260109u;
    check_state = check_seed;
    printf("%s: seed %llu\n", module, (unsigned long long)check_seed);
}

/* Prints the final line; returns the exit status. */
static inline int check_end(const char *module)
{
    printf("%s: %lu passed, %lu failed\n", module, check_cases_passed, check_cases_failed);
    return check_cases_failed != 0;
}

#endif
