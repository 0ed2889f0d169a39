/* SPDX-License-Identifier: MIT
 * QEMU's edu (docs/specs/edu.txt there), whose registers are mapped at EDU. */
#ifndef FEUERBIRD_EDU_H
#define FEUERBIRD_EDU_H

#include "test.h"

#define EDU 0x15000000ul

enum {
    EDU_IDENTITY = 0x00,
    EDU_CHECK = 0x04,
    EDU_FACTORIAL = 0x08,
    EDU_STATUS = 0x20,
    EDU_RAISE = 0x60,
    EDU_LOWER = 0x64,
    EDU_FROM = 0x80,
    EDU_TO = 0x88,
    EDU_COUNT = 0x90,
    EDU_COMMAND = 0x98,
    EDU_BUFFER = 0x40000, /* the device's own memory, as its copies name it */
    EDU_MOST = 4088,      /* bytes that one copies */
};
enum { EDU_START = 1, EDU_TO_MEMORY = 2 };

static inline uint32_t edu_read(uint64_t at) { return *(volatile uint32_t *)(EDU + at); }
static inline void edu_write(uint64_t at, uint32_t v) { *(volatile uint32_t *)(EDU + at) = v; }

/* Own the device, let it answer, and map its registers. */
static inline cap_id_t edu_open(void)
{
    const cap_id_t f = test_function(TEST_EDU, 0);

    exo_map(0, (cap_id_t)exo_pci_page(f, 0, 0), EDU, RW);
    exo_pci_command(f, EXO_PCI_MEMORY);
    return f;
}

/* Let it copy. One side is its buffer, the other a device address. False: it does not end. */
static inline bool edu_transfer(uint64_t from_where, uint64_t to, uint64_t bytes, bool to_memory)
{
    *(volatile uint64_t *)(EDU + EDU_FROM) = from_where;
    *(volatile uint64_t *)(EDU + EDU_TO) = to;
    *(volatile uint64_t *)(EDU + EDU_COUNT) = bytes;
    *(volatile uint64_t *)(EDU + EDU_COMMAND) = EDU_START | (to_memory ? EDU_TO_MEMORY : 0);
    for (const uint64_t from = fp_time(); fp_time() - from < PATIENCE;) {
        if (!(*(volatile uint64_t *)(EDU + EDU_COMMAND) & EDU_START))
            return true;
        exo_recv_timed(0, NULL, 0, fp_time() + 10000000);
    }
    return false;
}

/* Let it write a part of its buffer to a device address. */
static inline bool edu_write_from(uint64_t part, uint64_t address, uint64_t bytes)
{
    return edu_transfer(part, address, bytes, true);
}

/* Let it copy between the start of its buffer and a device address. */
static inline bool edu_copy(uint64_t address, uint64_t bytes, bool to_memory)
{
    return to_memory ? edu_write_from(EDU_BUFFER, address, bytes)
                     : edu_transfer(address, EDU_BUFFER, bytes, false);
}

#endif
