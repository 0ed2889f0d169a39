/* SPDX-License-Identifier: MIT
 * The trace of a kernel that was built with TRACE=on: what happened when. Also read by the
 * assembler. docs/trace.md explains it.
 *
 *   page 0: struct fb_trace | a ring for each CPU: struct fb_event, struct fb_event, ...
 *
 * Each CPU writes into its own ring. A full ring overwrites its oldest events; `written` tells how
 * many were. The first environment of a boot can read all of it at FB_TRACE_AT, and the validator
 * reads it in the guest's memory from FB_TRACE_PHYSICAL on. */
#ifndef FEUERBIRD_TRACE_H
#define FEUERBIRD_TRACE_H

#define FB_TRACE_AT 0x610000000000ul
#define FB_TRACE_PHYSICAL 0x4000000ul
#define FB_TRACE_MAGIC 0x3145434152544246ul /* "FBTRACE1" */
#define FB_TRACE_HEAD 4096                  /* bytes before the first ring */

/*  X(number, name, a, b, when) */
#define FB_EVENTS(X)                                                                               \
    X(1, syscall, "number", "argument", "a system call enters the kernel")                         \
    X(2, result, "result", "again", "a system call returns to ring 3; again: it is made again")    \
    X(3, program_call, "number", "argument", "a foreign program's system call goes to its LibOS")  \
    X(4, resume, "rip", "", "ring 3 goes on after an interrupt, a fault or at its start")          \
    X(5, switch, "to", "state", "a CPU leaves an environment, which is in that state")             \
    X(6, wake, "by", "state", "an environment gets ready; what it was before")                     \
    X(7, send, "to", "length", "a message is sent, or its sender blocks")                          \
    X(8, receive, "from", "length", "a message reaches its receiver")                              \
    X(9, withdraw, "to", "result", "a blocked sender gives up its turn or fails")                  \
    X(10, page_alloc, "physical", "capability", "an environment gets a page")                      \
    X(11, page_free, "physical", "", "the page of an environment is free again")                   \
    X(12, map, "address", "rights", "a page is mapped")                                            \
    X(13, unmap, "address", "", "a page is unmapped")                                              \
    X(14, fault, "vector", "detail", "an exception; the address of a page fault, or error code")   \
    X(15, interrupt, "vector", "rip", "an interrupt")                                              \
    X(16, upcall, "cause", "value", "the kernel enters a handler of ring 3")                       \
    X(17, timer_set, "when", "", "a timer is set")                                                 \
    X(18, timer_expire, "when", "", "a timer expires that was set for then")                       \
    X(19, cap_new, "id", "type", "a capability is made")                                           \
    X(20, cap_end, "id", "type", "a capability goes")                                              \
    X(21, lock, "waited", "", "a CPU has waited so many ticks for the kernel lock")                \
    X(22, env_new, "by", "", "an environment is complete")                                         \
    X(23, env_end, "by", "", "an environment begins to end")                                       \
    X(24, step, "entry", "repetition", "the probe begins a repetition of a plan entry, or its twin")

#ifndef __ASSEMBLER__
#include <stdint.h>

#define FB_EVENT_ENUM(number, name, a, b, when) FB_EVENT_##name = (number),
enum fb_event_kind { FB_EVENTS(FB_EVENT_ENUM) };
#undef FB_EVENT_ENUM

struct fb_event {
    uint64_t time;        /*  0 the time-stamp counter */
    uint32_t environment; /*  8 its number; 0: none */
    uint32_t kind;        /* 12 enum fb_event_kind */
    uint64_t a, b;        /* 16, 24 */
};

/* The first page. Size 128. */
struct fb_trace {
    uint64_t magic;      /*  0 FB_TRACE_MAGIC */
    uint32_t event_size; /*  8 */
    uint32_t cpus;       /* 12 rings */
    uint64_t ring_size;  /* 16 bytes of each ring: a power of two */
    uint64_t reserved[5];
    uint64_t written[8]; /* 64 bytes of events so far, by CPU: also those overwritten */
};
#endif

#endif
