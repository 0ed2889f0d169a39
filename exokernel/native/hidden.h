/* SPDX-License-Identifier: MIT
 * Included before every file of the library: what follows the C library's declarations is not
 * visible from outside, so that the compiler knows each timed call's target to be near. */
#include <errno.h>
#include <sched.h>
#include <time.h>

#pragma GCC visibility push(hidden)
