/* SPDX-License-Identifier: MIT
 * Notes what happens, in a kernel that was built with TRACE=on: include/feuerbird/trace.h. In any
 * other, there is no instruction of it. Interrupts are off. */
#ifndef FEUERBIRD_KERNEL_TRACE_H
#define FEUERBIRD_KERNEL_TRACE_H

#include "env.h"

#include <feuerbird/trace.h>

#ifdef TRACE_on
/* kernel/trace/trace.c */
void trace_init(const char *command_line);
void trace_cpus(uint32_t count);
uint64_t trace_size(void);
void trace_event(enum fb_event_kind kind, const struct env *env, uint64_t a, uint64_t b);
uint64_t trace_number(const struct env *env);

#define trace(kind, env, a, b) trace_event(FB_EVENT_##kind, env, a, b)
#else
#define trace(kind, env, a, b) ((void)0)
#define trace_init(command_line) ((void)0)
#define trace_cpus(count) ((void)0)
#define trace_switch(cpu, to) ((void)0)
#endif

#endif
