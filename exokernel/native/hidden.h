/* SPDX-License-Identifier: MIT
 * Included before every file of the library. It hides all symbols that are declared afterwards, so
 * that each timed call is a near call, as in the kernel. */
#include <errno.h>
#include <sched.h>
#include <time.h>

#pragma GCC visibility push(hidden)
