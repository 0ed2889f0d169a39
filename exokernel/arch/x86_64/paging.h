/* SPDX-License-Identifier: MIT
 * The format of page tables, for the kernel's own and those of environments. */
#ifndef FEUERBIRD_PAGING_H
#define FEUERBIRD_PAGING_H

/* A table entry:
 *
 *   63    62   52 51                        12 11  8 7     6 5 4 3 2    1     0
 *  +----+--------+----------------------------+-----+-----+-------+----+-----+-------+
 *  | NX |        | physical page              |     |large|       |user|write|present|
 *  +----+--------+----------------------------+-----+-----+-------+----+-----+-------+ */
#define PRESENT 0x001ul
#define WRITE 0x002ul
#define USER 0x004ul
#define UNCACHED 0x010ul
#define LARGE 0x080ul
#define NO_EXEC (1ul << 63)
#define ADDRESS 0x000ffffffffff000ul

/* Level 3, in the direct map; its upper half is in every address space. */
extern uint64_t *paging_root;

#endif
