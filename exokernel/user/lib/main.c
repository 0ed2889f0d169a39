/* SPDX-License-Identifier: MIT
 * Calls a program by its number. In a boot with a module, the module says which one: a plan of
 * real-time jobs, or an archive of Linux programs. */
#include "exo.h"

#include "../rt/rt.h"

#define DECLARE(name) int64_t name(uint64_t a, uint64_t b);
USER_PROGRAMS(DECLARE)

/* start.S calls this. The program's result is the exit status of the environment. */
int64_t user_main(uint64_t program, uint64_t a, uint64_t b)
{
#define CASE(name)                                                                                 \
    case PROGRAM_##name:                                                                           \
        return name(a, b);
    if (program == PROGRAM_libos_server && rt_wanted())
        return rt_run(a, b);
    switch (program) {
        USER_PROGRAMS(CASE)
    }
    return FB_EINVALID;
}
