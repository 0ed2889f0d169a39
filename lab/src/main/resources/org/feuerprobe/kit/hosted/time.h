/* SPDX-License-Identifier: MIT
 * Declared only: stubs.c stops the kernel at those that your benchmarks call. */
#ifndef KIT_TIME_H
#define KIT_TIME_H
#include <stddef.h>
typedef long time_t;
typedef long clock_t;
struct timespec {
    time_t tv_sec;
    long tv_nsec;
};
#define CLOCK_REALTIME 0
#define CLOCK_MONOTONIC 1
#define CLOCKS_PER_SEC 1000000
time_t time(time_t *to);
clock_t clock(void);
int clock_gettime(int clock, struct timespec *to);
#endif
