/* SPDX-License-Identifier: MIT
 * From a program's number to its function. */
#include "exo.h"

#define DECLARE(name) int64_t name(uint64_t a, uint64_t b);
USER_PROGRAMS(DECLARE)

/* What start.S calls: the program's result is the environment's status. */
int64_t user_main(uint64_t program, uint64_t a, uint64_t b)
{
#define CASE(name)                                                                                 \
    case PROGRAM_##name:                                                                           \
        return name(a, b);
    switch (program) {
        USER_PROGRAMS(CASE)
    }
    return FB_EINVALID;
}
