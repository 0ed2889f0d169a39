/* SPDX-License-Identifier: MIT
 * The registers of VT-d, for the two files that drive it: iommu.c and remap.c. */
#ifndef FEUERBIRD_VTD_H
#define FEUERBIRD_VTD_H

#include "iommu.h"
#include "memory.h"
#include "x86.h"

#define REGISTERS (DEVICES + 2 * PAGE_SIZE)
#define TABLE_ADDRESS 0x000ffffffffff000ul
#define INTERRUPTS 0xfee00000u /* a device's write here is an interrupt */

enum { /* registers */
       CAPABILITY = 0x08,
       EXTENDED = 0x10,
       COMMAND = 0x18,
       STATUS = 0x1c,
       ROOT = 0x20,
       CONTEXT = 0x28,
       FAULT_STATUS = 0x34,
       FAULT_CONTROL = 0x38,
       FAULT_DATA = 0x3c,
       FAULT_ADDRESS = 0x40,
       FAULT_ADDRESS_HIGH = 0x44,
       QUEUE_TAIL = 0x88,
       QUEUE = 0x90,
       REMAPPING = 0xb8
};
enum { /* COMMAND, STATUS */
       ENABLE = 1u << 31,
       SET_ROOT = 1u << 30,
       QUEUED = 1 << 26,
       REMAP = 1 << 25,
       SET_REMAPPING = 1 << 24,
       OLD_FORMAT = 1 << 23,
       KEPT = 0x96ffffff
};
enum { OVERFLOW = 1, PENDING = 2, FAULTS_AT_ONCE = 8 };
enum { FORGED = 0x20, FORGED_LAST = 0x26 }; /* reasons of faults: of interrupts */
#define BEGIN (1ul << 63)
#define CONTEXT_ALL (1ul << 61)
#define CONTEXT_DEVICE (3ul << 61)
#define FLUSH_ALL (1ul << 60)
#define FLUSH_DOMAIN (2ul << 60)
#define FLUSH_PAGE (3ul << 60)
#define DRAIN (3ul << 48)
enum { CONTEXT_PRESENT = 1, CONTEXT_SILENT = 2 };
enum { TABLE_RIGHTS = 3, AT_ONCE = 2 };

static inline uint32_t read32(uint64_t at) { return *(volatile uint32_t *)(REGISTERS + at); }
static inline uint64_t read64(uint64_t at) { return *(volatile uint64_t *)(REGISTERS + at); }
static inline void write32(uint64_t at, uint32_t v) { *(volatile uint32_t *)(REGISTERS + at) = v; }
static inline void write64(uint64_t at, uint64_t v) { *(volatile uint64_t *)(REGISTERS + at) = v; }

/* Write a word of a table, as far as memory: the IOMMU may not look into the processor's cache. */
static inline void store(uint64_t *to, uint64_t value)
{
    *(volatile uint64_t *)to = value;
    x86_write_back(to);
}

/* Set or clear a bit of COMMAND, and wait until it is done. At the boot. */
void vtd_command(uint32_t bit, bool on);
/* arch/x86_64/remap.c */
void remap_init(const struct iommu_place *place);

#endif
