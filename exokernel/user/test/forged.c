/* SPDX-License-Identifier: MIT
 * Interrupts that a device makes up: a write to the interrupt controllers, which no table of pages
 * stops. The hostile driver has QEMU's edu write every vector, to several processors.
 *
 *   old format: the address names processors, the data a vector and how it is delivered
 *   new format: the address names an entry of the IOMMU's table
 *
 * Interrupt remapping refuses both. What this QEMU lets through is told from its answers and said;
 * of that, only what ordinary delivery can do is tried, and it must be harmless. */
#include "edu.h"
#include "test.h"

enum { SPARE = 5, PINS = 24, VECTOR_OF_LINES = 48, VECTORS = 256 };
enum { FIXED = 0, SMI = 2, EXTERNAL = 7, MODE = 1 << 8 }; /* delivery, in the data */
enum { ENTRY = 1 << 5, LAST_BIT = 1 << 2 };               /* in the address, of the entry */
#define NEW_FORMAT (EXO_DMA_INTERRUPT | 1 << 4)
#define FORGED_PAGE (AREA + 64 * FB_PAGE_SIZE)
#define MASTER (EXO_PCI_MEMORY | EXO_PCI_MASTER)
#define MADE_UP (EXO_DMA_INTERRUPT | EXO_DMA_REFUSED | EXO_DMA_WRITE)

/* Put the data of all vectors into the device's own buffer. */
static bool load(uint64_t page, uint32_t mode)
{
    for (uint32_t v = 0; v < VECTORS; v++)
        ((volatile uint32_t *)page)[v] = mode * MODE | v;
    return edu_copy(0, VECTORS * 4, false);
}

/* Have the device write a vector's data to an address, where writes are interrupts. */
static bool forge(uint64_t address, uint64_t vector)
{
    return edu_write_from(EDU_BUFFER + 4 * vector, address, 4);
}

/* Whether the device has been stopped and reported; then let it go on. */
static bool told(cap_id_t f)
{
    const bool stopped = !(exo_pci_read(f, 4) & EXO_PCI_MASTER);

    return exo_dma_refused(f, 0) == (int64_t)MADE_UP && stopped
           && exo_pci_command(f, MASTER) == FB_OK;
}

/* What the emulator does with interrupts that a device makes up. */
struct answers {
    bool refuses_old, checks_source, reports;
};

/* Whether the line does not fire; then it is as it was. */
static bool silent(cap_id_t line)
{
    const bool so = exo_irq_wait(line, fp_time() + A_WHILE) == FB_ETIMEOUT;

    exo_irq_ack(line);
    return so;
}

/* Old format: all vectors, to one processor, to all, and to one that is not there. */
static void old_format(struct test *t, cap_id_t f, const struct answers *qemu)
{
    static const uint64_t to[] = { 0, 0xff000, 0x7f000, 0xff004 };

    for (uint32_t mode = FIXED; mode <= (qemu->refuses_old ? EXTERNAL : SMI); mode++) {
        CHECK(t, load(FORGED_PAGE, mode));
        for (uint64_t i = 0; i < sizeof to / sizeof *to; i++)
            for (uint64_t vector = 0; vector < VECTORS; vector++) {
                CHECK(t, forge(EXO_DMA_INTERRUPT | to[i], vector));
                CHECK(t, !(qemu->refuses_old && qemu->reports) || told(f));
            }
    }
}

/* New format: entries that are none. */
static void no_entries(struct test *t, cap_id_t f, const struct answers *qemu)
{
    static const uint64_t entries[] = { PINS, PINS + 1, 47, 53, 96, 127, 255, 256, 4096, 0x7fff };

    for (uint64_t i = 0; i < sizeof entries / sizeof *entries; i++)
        for (uint64_t high = 0; high <= LAST_BIT; high += LAST_BIT) {
            CHECK(t, forge(NEW_FORMAT | entries[i] * ENTRY | high, VECTOR_OF_LINES + SPARE));
            CHECK(t, !qemu->reports || told(f));
        }
}

/* The owner hears of the first; the device is off the bus and makes up no more. */
static void heard(struct test *t, cap_id_t f)
{
    const cap_id_t soft = (cap_id_t)exo_irq_alloc(EXO_LINE_SOFT, EXO_RIGHTS_ALL);

    CHECK(t, exo_dma_refused(f, soft) == 0);
    CHECK(t, forge(NEW_FORMAT | PINS * ENTRY, 0));
    CHECK(t, exo_irq_wait(soft, fp_time() + PATIENCE) == 1);
    CHECK(t, forge(NEW_FORMAT | PINS * ENTRY, 0));
    CHECK(t, silent(soft) && told(f));
    exo_cap_drop(soft);
}

static void skip(const char *what) { lib_print("  skip   "), lib_print(what), lib_print("\n"); }

void test_dma_interrupt(struct test *t)
{
    const cap_id_t f = edu_open(), page = lib_page(FORGED_PAGE, RW);
    const cap_id_t line = (cap_id_t)exo_irq_alloc(SPARE, EXO_RIGHTS_ALL);
    const int64_t mapped = exo_dma_map(f, page, 0, RW);
    struct answers qemu;

    CHECK(t, mapped > 0 && exo_pci_command(f, MASTER) == FB_OK);
    CHECK(t, load(FORGED_PAGE, FIXED));
    CHECK(t, forge(NEW_FORMAT | PINS * ENTRY, VECTOR_OF_LINES + SPARE) && silent(line));
    qemu.reports = told(f);
    CHECK(t, forge(NEW_FORMAT | SPARE * ENTRY, VECTOR_OF_LINES + SPARE));
    qemu.checks_source = silent(line);
    CHECK(t, !(qemu.checks_source && qemu.reports) || told(f));
    CHECK(t, forge(EXO_DMA_INTERRUPT, VECTOR_OF_LINES + SPARE));
    qemu.refuses_old = silent(line);
    CHECK(t, !(qemu.refuses_old && qemu.reports) || told(f));

    if (!qemu.refuses_old)
        skip("NMI and INIT: this QEMU lets interrupts of the old format through");
    if (!qemu.checks_source)
        skip("entries of others: this QEMU does not check which device an interrupt is from");
    if (qemu.reports)
        heard(t, f);
    else
        skip("report of a made-up interrupt: this QEMU makes none");
    no_entries(t, f, &qemu);
    CHECK(t, silent(line));
    old_format(t, f, &qemu);
    CHECK(t, !qemu.refuses_old || silent(line));
    CHECK(t, exo_dma_refused(f, 0) == 0);
    exo_cap_drop(line);
    exo_unbind_page(page);
    exo_cap_drop(f);
    test_device_line(t); /* the device's own interrupt still arrives */
}
