/* SPDX-License-Identifier: MIT
 * What this kernel offers to your benchmarks. */
#ifndef KIT_H
#define KIT_H

#include "feuerprobe.h"

/* Your benchmarks: the table of bench.c. */
extern const struct fp_benchmark kit_table[];
extern const fp_u32 kit_rows;

/* Send one byte over the serial line. */
void kit_put(char c);
/* Report a panic over the serial line and stop. */
_Noreturn void kit_panic(const char *message);

/* Locks of shims.c that are held now. */
extern long kit_locks;

/* End a benchmark that is not written yet; it yields no value, but this reason. */
static inline void kit_todo(struct fp_run *run, const char *what) { fp_checked(run, 0, what); }

#endif
