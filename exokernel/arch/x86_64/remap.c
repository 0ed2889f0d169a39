/* SPDX-License-Identifier: MIT
 * Interrupt remapping (VT-d, revision 3.3, chapter 5). A device's write to the interrupt
 * controllers names an entry of a table, which says the vector and who may use it:
 *
 *   a pin of the I/O APIC -> its entry -> vector of its line, first CPU
 *   a device              -> no entry, or that of a pin: refused
 *
 * The table is complete before it is used, and never changes. */
#include "cpu.h"
#include "vtd.h"

enum { HAS_QUEUE = 1 << 1, HAS_REMAPPING = 1 << 3 }; /* EXTENDED */
enum { ENTRIES_256 = 7, PRESENT = 1, LEVEL = 1 << 4, CHECK_SOURCE = 1 << 18 };
enum { FLUSH_ENTRIES = 4, WAIT = 5 | 1 << 5, SLOT = 16, STATUS_AT = 2048 };

/* Have the unit forget entries that it may hold since the firmware ran. The queue is used for this
 * alone: with it on, the registers that flush would be off. */
static void forget(void)
{
    const uint64_t page = page_alloc_clean();
    uint64_t *queue = direct(page);
    volatile uint64_t *done = queue + STATUS_AT / sizeof *queue;

    if (!page)
        panic(PANIC_MEMORY, "no page for the IOMMU's queue");
    store(queue, FLUSH_ENTRIES);
    store(queue + 3, page + STATUS_AT);
    store(queue + 2, WAIT | 1ul << 32);
    write64(QUEUE_TAIL, 0);
    write64(QUEUE, page);
    vtd_command(QUEUED, true);
    write64(QUEUE_TAIL, 2 * SLOT);
    while (!*done)
        x86_pause();
    vtd_command(QUEUED, false);
    page_free(page);
}

/* Let the I/O APIC's pins raise their lines, and refuse all other interrupts of devices. Without
 * remapping, nothing changes. Once, at the boot, when the pins' triggers are known. */
void remap_init(const struct iommu_place *place)
{
    const uint64_t extended = read64(EXTENDED);

    if (!place->remaps || !(extended & HAS_QUEUE) || !(extended & HAS_REMAPPING))
        return;
    const uint64_t page = page_alloc_clean();
    uint64_t *table = direct(page);
    if (!page)
        panic(PANIC_MEMORY, "no page for the interrupts' table");
    for (uint32_t pin = 0; pin < APIC_PINS; pin++) {
        store(table + 2 * pin + 1, place->controller | CHECK_SOURCE);
        store(table + 2 * pin, PRESENT | (apic_is_level(pin) ? LEVEL : 0)
                                   | (VECTOR_LINE + pin) << 16 | (uint64_t)apic_id() << 40);
    }
    write64(REMAPPING, page | ENTRIES_256);
    vtd_command(SET_REMAPPING, true);
    forget();
    vtd_command(OLD_FORMAT, false);
    vtd_command(REMAP, true);
    apic_by_entries();
}
