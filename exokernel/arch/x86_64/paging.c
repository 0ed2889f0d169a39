/* SPDX-License-Identifier: MIT
 * The kernel's own page tables. kernel/memory.h draws the map. Each page of RAM is mapped up to
 * twice, and neither mapping is both writable and executable. */
#include "cpu.h"
#include "memory.h"
#include "paging.h"
#include "x86.h"

#include <loopbound.h>

#ifdef FP_COUNTER
enum { COUNTED = CR4_PCE }; /* ring 3 may read the counters, for its part of a benchmark */
#else
enum { COUNTED = 0 };
#endif

enum { FOR_SSE = CR4_OSFXSR | CR4_OSXMMEXCPT };

uint64_t *paging_root;
static bool lasting; /* the final tables are in use */

extern char stack_boot_top[], stack_fault_top[], stack_nmi_top[], stack_check_top[];
extern char stack_cpu0_top[], stack_cpu1_top[], stack_cpu2_top[], stack_cpu3_top[];
static const struct {
    char *top;
    uint64_t size;
} stacks[] = {
    /* sizes as in boot.S */
    { stack_boot_top, 16384 }, { stack_fault_top, 8192 }, { stack_nmi_top, 8192 },
    { stack_check_top, 8192 }, { stack_cpu0_top, 8192 },  { stack_cpu1_top, 8192 },
    { stack_cpu2_top, 8192 },  { stack_cpu3_top, 8192 },
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

/* Make an empty table. After the boot an account has promised its page. */
static uint64_t *new_table(void)
{
    const uint64_t physical = lasting ? page_alloc_clean() : page_alloc();

    if (!physical || (!lasting && physical >= BOOT_MAPPED))
        panic(PANIC_MEMORY, "no page for the page tables");
    uint64_t *table = direct(physical);
    FB_LOOP_INSIDE("512", for (int i = 0; !lasting && i < 512; i++))
        table[i] = 0;
    return table;
}

/* The entry for `address` at `level` (0: 4 KiB, 1: 2 MiB). Makes the tables above it. */
static uint64_t *entry_of(uint64_t address, int level)
{
    uint64_t *table = paging_root;

    FB_LOOP_INSIDE("3", for (int l = 3; l > level; l--)) {
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

/* Map a piece of RAM at DIRECT. Uses large pages where the rights are the same throughout. */
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

/* Turn on the processor's protections against ring 3 and mistakes of the kernel. Once per CPU. */
void paging_protect(void)
{
    const struct x86_cpuid features = x86_cpuid(7, 0);

    if (!(features.b & 1u << 7) || !(features.b & 1u << 20))
        panic(PANIC_BOOT, "the processor has no SMEP or no SMAP");
    const uint64_t hide = features.c & 1u << 2 ? CR4_UMIP : 0; /* hides the GDT's place */
    x86_write_cr4((x86_read_cr4() | CR4_SMEP | CR4_SMAP | FOR_SSE | COUNTED | hide)
                  & ~(CR4_PGE | CR4_OSXSAVE)); /* no AVX: CPUID hides it, fxsave is enough */
    x86_write_cr0(x86_read_cr0() | CR0_WP | CR0_NE | CR0_EM); /* no x87, no SSE: foreign.c */
    this_cpu()->cr0 = x86_read_cr0(), this_cpu()->cr4 = x86_read_cr4();
}

/* What this table of the upper half, or one below it, allows but must not; NULL: nothing. */
static const char *audit_table(const uint64_t *table, int level)
{
    for (int i = level == 3 ? 256 : 0; i < 512; i++) {
        const uint64_t entry = table[i];
        const bool leaf = level == 0 || entry & LARGE;
        if (entry & USER)
            return "ring 3 reaches the kernel's half";
        if (entry & PRESENT && leaf && entry & WRITE && !(entry & NO_EXEC))
            return "a page of the kernel is both writable and executable";
        const char *broken = entry && !leaf ? audit_table(direct(entry & ADDRESS), level - 1)
                                            : NULL;
        if (broken)
            return broken;
    }
    return NULL;
}

/* Check the protections of every processor, and the rights in the upper half. O(tables). */
const char *paging_audit(void)
{
    const uint64_t hide = x86_cpuid(7, 0).c & 1u << 2 ? CR4_UMIP : 0;
    uint64_t flags = x86_flags();

    for (uint32_t i = 0; i < cpu_count; i++) {
        flags |= cpus[i].flags;
        if ((cpus[i].cr0 & (CR0_WP | CR0_EM)) != (cpus[i].foreign ? CR0_WP : CR0_WP | CR0_EM)
            || (cpus[i].cr4 & (CR4_SMEP | CR4_SMAP | CR4_PGE | CR4_PCE | CR4_OSXSAVE | CR4_UMIP))
                   != (CR4_SMEP | CR4_SMAP | COUNTED | hide))
            return "a processor has no WP, SMEP, SMAP or UMIP, or has an FPU, AVX or open counters";
    }
    if (x86_read_cr0() != this_cpu()->cr0 || x86_read_cr4() != this_cpu()->cr4)
        return "a processor's control registers are not what was set";
    if (flags & FLAGS_RING3)
        return "flags of ring 3 stay on in the kernel";
    return audit_table(paging_root, 3);
}

/* Use the final tables on this CPU. */
void paging_enter(void)
{
    x86_write_msr(MSR_EFER, x86_read_msr(MSR_EFER) | EFER_NXE);
    x86_write_cr3((uint64_t)paging_root - DIRECT);
    paging_protect();
}

/* Map a page for the kernel alone, writable, in all address spaces; a device's registers
 * uncached. */
void paging_map_kernel(uint64_t address, uint64_t physical, bool device)
{
    *entry_of(address, 0) = physical | PRESENT | WRITE | NO_EXEC | (device ? UNCACHED : 0);
}

/* Make the tables above the page of a kernel's address. O(levels). */
void paging_reach(uint64_t address) { entry_of(address, 0); }

/* Whether they are there. O(levels). */
bool paging_covers(uint64_t address)
{
    const uint64_t *table = paging_root;

    for (int shift = 39; shift > 12; shift -= 9) {
        const uint64_t entry = table[address >> shift & 511];
        if (!entry)
            return false;
        table = direct(entry & ADDRESS);
    }
    return true;
}

/* Unmap a page. Returns its physical address. Flush with tlb_flush_all before it is used again. */
uint64_t paging_unmap_kernel(uint64_t address)
{
    uint64_t *entry = entry_of(address, 0);
    const uint64_t physical = *entry & ADDRESS;

    *entry = 0;
    return physical;
}

/* Free the table of the 2 MiB at this address of CAP_SPACE, whose pages are unmapped. Flush with
 * tlb_flush_all before its page is used again. O(1). */
void paging_free_table(uint64_t address)
{
    uint64_t *entry = entry_of(address, 1);

    if (!*entry)
        return;
    page_free(*entry & ADDRESS);
    *entry = 0;
}

/* Build the final tables and leave the start tables, whose pages become free. From here on all
 * level-2 tables of the upper half exist, since address spaces share them; so do those of CAP_SPACE
 * down to level 1. O(RAM / 2 MiB). */
void paging_init(const struct boot_info *boot)
{
    if (!(x86_cpuid(0x80000001, 0).d & 1u << 20))
        panic(PANIC_BOOT, "the processor has no NX");
    paging_root = new_table();
    for (uint32_t i = 0; i < boot->ram_count; i++)
        map_direct(boot->ram[i]);
    for (uint64_t a = (uint64_t)text_start; a < (uint64_t)image_end; a += PAGE_SIZE)
        *entry_of(a, 0) = image_rights(a) ? (a - KERNEL) | image_rights(a) : 0;
    for (uint64_t a = CAP_SPACE; a < CAP_SPACE_END; a += LARGE_SIZE * 512)
        entry_of(a, 1);
    entry_of(DEVICES, 2);
    paging_enter();
    lasting = true;
    for (uint64_t p = (uint64_t)image_start; p < (uint64_t)start_end; p += PAGE_SIZE)
        page_free(p);
}
