/* SPDX-License-Identifier: MIT
 * Your benchmarks. Each gives no values until you have filled in its three places: PREPARE, EFFECT
 * and UNDO. Claims are in bounds.yaml. Names of static state are in foreign.mk. */
#include "kit.h"
#include "types.h"

/* Called before every point: bring the code's own state back to its beginning. */
static void reset(void) {}
