/* SPDX-License-Identifier: MIT
 * The table of Linux calls, by number. */
#include <stdint.h>

#include "calls.h"
#include "layout.h"

#define DECLARE(number, name, how, remark) extern const char linux_##name[];
#define ENTRY(number, name, how, remark) [number] = linux_##name,

extern const char linux_missing[];
LINUX_CALLS(DECLARE)

#pragma GCC diagnostic ignored "-Woverride-init"
const void *const libos_table[LIBOS_CALLS] = { [0 ... LIBOS_CALLS - 1] = linux_missing,
                                               LINUX_CALLS(ENTRY) };
