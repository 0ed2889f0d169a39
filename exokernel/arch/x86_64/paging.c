/* SPDX-License-Identifier: MIT
 * The kernel's own page tables. The map is drawn in kernel/memory.h; no page is both writable and
 * executable, in neither of its two places. */
#include "kernel.h"
#include "memory.h"
#include "x86.h"

/* A table entry:
 *
 *   63    62   52 51                        12 11  8 7     6 5 4 3 2    1     0
 *  +----+--------+----------------------------+-----+-----+-------+----+-----+-------+
 *  | NX |        | physical page              |     |large|       |user|write|present|
 *  +----+--------+----------------------------+-----+-----+-------+----+-----+-------+ */
#define PRESENT  0x001ul
#define WRITE    0x002ul
#define LARGE    0x080ul
#define NO_EXEC  (1ul << 63)
#define ADDRESS  0x000ffffffffff000ul

static uint64_t *root; /* level 3, in the direct map */

extern char stack_boot_top[], stack_fault_top[], stack_nmi_top[], stack_check_top[];
static const struct { char *top; uint64_t size; } stacks[] = { /* sizes as in boot.S */
    { stack_boot_top, 16384 }, { stack_fault_top, 8192 }, { stack_nmi_top, 8192 },
    { stack_check_top, 8192 },
};

/* Whether the address lies in the page below a kernel stack. */
bool paging_is_guard(uint64_t address)
{
    for (size_t i = 0; i < sizeof stacks / sizeof *stacks; i++) {
        const uint64_t bottom = (uint64_t)stacks[i].top - stacks[i].size;
        if (address < bottom && address >= bottom - PAGE_SIZE)
            return true;
    }
    return false;
}

static uint64_t *new_table(void)
{
    const uint64_t physical = page_alloc();

    if (!physical || physical >= BOOT_MAPPED)
        panic(PANIC_MEMORY, "no page for the page tables");
    uint64_t *table = direct(physical);
    for (int i = 0; i < 512; i++)
        table[i] = 0;
    return table;
}

/* The entry for `address` at `level` (0: 4 KiB, 1: 2 MiB); makes the tables above it. */
static uint64_t *entry_of(uint64_t address, int level)
{
    uint64_t *table = root;

    for (int l = 3; l > level; l--) {
        uint64_t *entry = &table[address >> (12 + 9 * l) & 511];
        if (!*entry)
            *entry = ((uint64_t)new_table() - DIRECT) | PRESENT | WRITE;
        table = direct(*entry & ADDRESS);
    }
    return &table[address >> (12 + 9 * level) & 511];
}

/* Rights of a page of the image, by its address in the image; 0: not mapped. */
static uint64_t image_rights(uint64_t address)
{
    if (paging_is_guard(address))
        return 0;
    if (address < (uint64_t)rodata_start)
        return PRESENT;
    return address < (uint64_t)data_start ? PRESENT | NO_EXEC : PRESENT | WRITE | NO_EXEC;
}

/* Map one piece of RAM at DIRECT: large pages where the piece and one set of rights fill them. */
static void map_direct(struct range ram)
{
    const struct range image = { image_physical(text_start), image_physical(image_end) };

    for (uint64_t p = ram.start; p < ram.end;) {
        const struct range large = { p, p + LARGE_SIZE };
        if (p % LARGE_SIZE == 0 && large.end <= ram.end && !range_overlaps(large, image)) {
            *entry_of(p + DIRECT, 1) = p | PRESENT | WRITE | LARGE | NO_EXEC;
            p = large.end;
            continue;
        }
        const bool inside = p >= image.start && p < image.end;
        const uint64_t rights = inside ? image_rights(p + KERNEL) : PRESENT | WRITE;
        *entry_of(p + DIRECT, 0) = rights ? p | rights | NO_EXEC : 0;
        p += PAGE_SIZE;
    }
}

/* Turn on what the processor has against the kernel's own mistakes. */
static void protect(void)
{
    const struct x86_cpuid features = x86_cpuid(7, 0);
    uint64_t cr4 = x86_read_cr4();

    cr4 |= features.b & 1u << 7 ? CR4_SMEP : 0;
    cr4 |= features.b & 1u << 20 ? CR4_SMAP : 0;
    x86_write_cr4(cr4);
    x86_write_cr0(x86_read_cr0() | CR0_WP);
}

/* Build the lasting tables and leave the start tables, whose pages become free. O(RAM / 2 MiB). */
void paging_init(const struct boot_info *boot)
{
    if (!(x86_cpuid(0x80000001, 0).d & 1u << 20))
        panic(PANIC_BOOT, "the processor has no NX");
    x86_write_msr(MSR_EFER, x86_read_msr(MSR_EFER) | EFER_NXE);
    root = new_table();
    for (uint32_t i = 0; i < boot->ram_count; i++)
        map_direct(boot->ram[i]);
    for (uint64_t a = (uint64_t)text_start; a < (uint64_t)image_end; a += PAGE_SIZE)
        *entry_of(a, 0) = image_rights(a) ? (a - KERNEL) | image_rights(a) : 0;
    x86_write_cr3((uint64_t)root - DIRECT);
    protect();
    for (uint64_t p = (uint64_t)image_start; p < (uint64_t)start_end; p += PAGE_SIZE)
        page_free(p);
}
