/* SPDX-License-Identifier: MIT
 * The one thing that the kernel asks ACPI: where the registers of the IOMMU are. While the start
 * tables are in use, since the tables of ACPI lie outside of RAM. */
#include "kernel.h"
#include "memory.h"

struct header {
    char signature[4];
    uint32_t length;
    uint8_t revision, checksum;
    char maker[26];
} __attribute__((packed));
_Static_assert(sizeof(struct header) == 36, "header of a table");

struct pointer {
    char signature[8];
    uint8_t checksum;
    char maker[6];
    uint8_t revision;
    uint32_t rsdt, length;
    uint64_t xsdt;
} __attribute__((packed));

struct remapping {
    struct header header;
    uint8_t width, flags, reserved[10];
} __attribute__((packed));

struct unit {
    uint16_t type, length;
    uint8_t flags, size;
    uint16_t segment;
    uint64_t registers;
} __attribute__((packed));

struct scope {
    uint8_t type, length, reserved[2], number, bus, device, function; /* and more, behind bridges */
} __attribute__((packed));

enum { UNIT = 0, ALL_DEVICES = 1, ENDPOINT = 1, IO_APIC = 3, REMAPS = 1, TABLE_MAX = 1 << 20 };

/* Whether a table lies in reach, is as long as it may be, and adds up to 0. O(length). */
static bool is_whole(uint64_t at, uint64_t least)
{
    const struct header *table = direct(at);
    uint8_t sum = 0;

    if (!at || at > BOOT_MAPPED - TABLE_MAX || table->length < least || table->length > TABLE_MAX)
        return false;
    for (uint32_t i = 0; i < table->length; i++)
        sum = (uint8_t)(sum + ((const uint8_t *)table)[i]);
    return sum == 0;
}

/* The table with this signature in a list whose entries have so many bytes; 0: none. */
static uint64_t find(uint64_t list, uint32_t size, const char *signature)
{
    if (!is_whole(list, sizeof(struct header)))
        return 0;
    const struct header *header = direct(list);
    for (uint32_t at = sizeof *header; at + size <= header->length; at += size) {
        uint64_t table = 0;
        __builtin_memcpy(&table, (const char *)header + at, size);
        if (is_whole(table, sizeof(struct header))
            && !__builtin_memcmp(direct(table), signature, sizeof header->signature))
            return table;
    }
    return 0;
}

/* Note the functions of bus 0 that a unit translates for: all, or those that it lists; and by which
 * name the I/O APIC sends its interrupts. */
static void read_scope(const struct unit *unit, struct iommu_place *place)
{
    const char *at = (const char *)(unit + 1), *end = (const char *)unit + unit->length;

    for (int i = 0; i < 4; i++)
        place->covers[i] = unit->flags & ALL_DEVICES ? ~0ul : 0;
    for (const struct scope *scope; at + sizeof *scope <= end; at += scope->length) {
        scope = (const void *)at;
        if (scope->length < sizeof *scope)
            return;
        const uint32_t name = (scope->device & 31u) << 3 | (scope->function & 7u);
        if (scope->type == ENDPOINT && scope->length == sizeof *scope && !scope->bus)
            place->covers[name / 64] |= 1ul << name % 64;
        if (scope->type == IO_APIC && scope->length == sizeof *scope)
            place->controller = (uint16_t)(scope->bus << 8 | name), place->controllers++;
    }
}

/* Find the one IOMMU of the machine. Without one, or with several, there is none to use. */
void acpi_iommu(uint64_t rsdp, struct iommu_place *place)
{
    const struct pointer *pointer = direct(rsdp);
    uint32_t units = 0;

    if (!rsdp || rsdp > BOOT_MAPPED - TABLE_MAX
        || __builtin_memcmp(pointer->signature, "RSD PTR ", sizeof pointer->signature))
        return;
    const uint64_t at = pointer->revision >= 2 && pointer->xsdt ? find(pointer->xsdt, 8, "DMAR")
                                                                : find(pointer->rsdt, 4, "DMAR");
    if (!at)
        return;
    const struct header *table = direct(at);
    for (uint32_t i = sizeof(struct remapping); i + sizeof(struct unit) <= table->length;) {
        const struct unit *unit = (const void *)((const char *)table + i);
        if (unit->length < 4 || i + unit->length > table->length)
            break;
        if (unit->type == UNIT && units++ == 0 && !unit->segment) {
            place->registers = unit->registers;
            read_scope(unit, place);
        }
        i += unit->length;
    }
    if (units > 1)
        place->registers = 0;
    place->remaps = ((const struct remapping *)table)->flags & REMAPS && place->controllers == 1;
}
