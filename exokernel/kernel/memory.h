/* SPDX-License-Identifier: MIT
 * Where everything is.
 *
 *   virtual                 size      what                              rights
 *   0x0000000000000000      128 TiB   the environment (abi.h)           its own
 *   0xffff800000000000      RAM       direct map: physical + DIRECT     rw, text and rodata r
 *   0xffffc00000000000      8 MiB     capabilities of each environment  rw
 *   0xffffd00000000000      -         device registers                  rw
 *   0xffffffff80100000      4 MiB     image: physical + KERNEL          see below
 *
 *   image, from 1 MiB:  start | tables | text | rodata | data | bss | guard, stack, guard, ...
 *   rights:             given to the allocator rx     r        rw     rw    -      rw */
#ifndef FEUERBIRD_MEMORY_H
#define FEUERBIRD_MEMORY_H

#include <stdint.h>

#define DIRECT 0xffff800000000000ul
#define CAP_SPACE 0xffffc00000000000ul
#define CAP_SPACE_SIZE 0x800000ul
#define CAP_SPACE_END 0xffffc00400000000ul
#define DEVICES 0xffffd00000000000ul
#define KERNEL 0xffffffff80000000ul
#define PAGE_SIZE 4096ul
#define LARGE_SIZE 0x200000ul
#define LOW_END 0x100000ul      /* below: firmware; later the start code of other processors */
#define BOOT_MAPPED (4ul << 30) /* what the start tables reach */

/* Ends of the image's parts, from link.ld; start_end and image_start are physical. */
extern char image_start[], start_end[], text_start[], rodata_start[], data_start[], bss_start[];
extern char image_end[], stacks_start[];

static inline void *direct(uint64_t physical) { return (void *)(physical + DIRECT); }
static inline uint64_t image_physical(const void *p) { return (uint64_t)p - KERNEL; }

#endif
