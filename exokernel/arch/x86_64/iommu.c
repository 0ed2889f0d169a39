/* SPDX-License-Identifier: MIT
 * VT-d by its registers (Intel's specification, revision 3.3, chapters 3, 9 and 11):
 *
 *   root table  -> context table of bus 0 -> a domain's tables: 3 or 4 levels
 *   256 x 16 B     256 x 16 B                512 x 8 B each; the last level names pages
 *
 * A device without a context entry reaches nothing. Tables are written before their entry, and an
 * entry that goes is out of the IOMMU's cache before its page can have another owner. */
#include "iommu.h"

#include "account.h"
#include "vtd.h"

#include <loopbound.h>

static struct {
    bool exists, flush_new, by_page;
    uint32_t levels, records; /* of tables; for faults */
    uint64_t cache, faults;   /* where these registers begin */
    uint64_t *contexts;       /* of bus 0 */
    uint64_t serials, covers[4];
} iommu;

/* Whether the IOMMU translates for this function of bus 0. */
bool iommu_covers(uint16_t function)
{
    return iommu.exists && iommu.covers[function / 64 & 3] >> function % 64 & 1;
}

static void begin_and_wait(uint64_t at, uint64_t what)
{
    write64(at, BEGIN | what);
    FB_LOOP("iommu_waits", while (read64(at) & BEGIN))
        x86_pause();
}

void vtd_command(uint32_t bit, bool on)
{
    write32(COMMAND, (read32(STATUS) & KEPT & ~bit) | (on ? bit : 0));
    while (!(read32(STATUS) & bit) == on)
        x86_pause();
}

/* Take what a domain has out of the cache: one page, or with EXO_ANY all. Accesses under way end
 * first, if the IOMMU can wait for them. O(1). */
static void flush(const struct domain *domain, uint64_t address)
{
    const bool page = address != EXO_ANY && iommu.by_page;

    if (page)
        write64(iommu.cache, address);
    begin_and_wait(iommu.cache + 8,
                   (page ? FLUSH_PAGE : FLUSH_DOMAIN) | DRAIN | (uint64_t)domain->number << 32);
}

/* Set the first word of a device's context entry. O(1). */
static void set_context(const struct domain *domain, uint64_t low)
{
    store(&iommu.contexts[2 * (domain->function & 0xff)], low);
    begin_and_wait(CONTEXT, CONTEXT_DEVICE | (uint64_t)domain->function << 16 | domain->number);
}

/* Whether the IOMMU has what this driver needs: all registers in one page, tables of 3 or 4 levels,
 * and no write buffer that would have to be flushed. */
static bool suits(uint64_t capability, uint64_t extended)
{
    iommu.levels = capability & 1ul << 9 ? 3 : capability & 1ul << 10 ? 4 : 0;
    iommu.flush_new = capability & 1ul << 7;
    iommu.by_page = capability & 1ul << 39;
    iommu.faults = (capability >> 24 & 0x3ff) * 16;
    iommu.records = (capability >> 40 & 0xff) + 1;
    iommu.cache = (extended >> 8 & 0x3ff) * 16;
    return iommu.levels && !(capability & 1ul << 4)
           && 1u << (4 + 2 * (capability & 7)) > EXO_PCI_MAX
           && iommu.faults + 16 * iommu.records <= PAGE_SIZE && iommu.cache + 16 <= PAGE_SIZE;
}

/* Turn the IOMMU on, so that no device reaches anything. False: there is none. Once, at the
 * boot. */
bool iommu_init(const struct iommu_place *place)
{
    if (!place->registers)
        return false;
    paging_map_kernel(REGISTERS, place->registers, true);
    if (!suits(read64(CAPABILITY), read64(EXTENDED))) {
        print("an IOMMU that this kernel cannot use\n");
        return false;
    }
    const uint64_t root = page_alloc_clean(), contexts = page_alloc_clean();
    if (!root || !contexts)
        panic(PANIC_MEMORY, "no page for the IOMMU's tables");
    iommu.contexts = direct(contexts);
    store(direct(root), contexts | CONTEXT_PRESENT);
    write64(ROOT, root);
    vtd_command(SET_ROOT, true);
    begin_and_wait(CONTEXT, CONTEXT_ALL);
    begin_and_wait(iommu.cache + 8, FLUSH_ALL | DRAIN);
    write32(FAULT_DATA, VECTOR_REFUSED);
    write32(FAULT_ADDRESS, INTERRUPTS | apic_id() << 12);
    write32(FAULT_ADDRESS_HIGH, 0);
    write32(FAULT_CONTROL, 0);
    vtd_command(ENABLE, true);
    remap_init(place);
    __builtin_memcpy(iommu.covers, place->covers, sizeof iommu.covers);
    return iommu.exists = true;
}

static uint64_t *table_entry(uint64_t table, uint64_t address, uint32_t level)
{
    return (uint64_t *)direct(table) + (address >> (3 + 9 * level) & 511);
}

/* Make a table, which the payer is charged for. 0: its account has none left. O(page). */
static uint64_t new_table(struct domain *domain, struct env *payer)
{
    const uint64_t page = account_page(payer);

    if (page) {
        page_chain(&domain->tables, page);
        domain->made++;
    }
    return page;
}

/* Find the entry of a page in a domain, which begins with the first one; make tables that are
 * missing. FB_EAGAIN: there are more to make. O(page). */
int64_t iommu_reach(struct domain *domain, struct env *payer, uint64_t address, uint64_t **entry)
{
    int left = AT_ONCE;

    if (!domain->serial) {
        domain->root = new_table(domain, payer);
        if (!domain->root)
            return account_error(payer->account);
        left--;
        domain->serial = ++iommu.serials;
        uint64_t *context = &iommu.contexts[2 * (domain->function & 0xff)];
        store(context + 1, (iommu.levels - 2) | (uint64_t)domain->number << 8);
        set_context(domain, domain->root | CONTEXT_PRESENT);
    }
    uint64_t table = domain->root;
    FB_LOOP("3", for (uint32_t level = iommu.levels; level > 1; level--)) {
        uint64_t *at = table_entry(table, address, level);
        if (!*at) {
            if (!left--)
                return FB_EAGAIN;
            const uint64_t page = new_table(domain, payer);
            if (!page)
                return account_error(payer->account);
            store(at, page | TABLE_RIGHTS);
        }
        table = *at & TABLE_ADDRESS;
    }
    *entry = table_entry(table, address, 1);
    return left < AT_ONCE - 1 ? FB_EAGAIN : FB_OK;
}

/* The entry of a page that iommu_reach has reached. O(levels). */
static uint64_t *walk(const struct domain *domain, uint64_t address)
{
    uint64_t table = domain->root;

    FB_LOOP("3", for (uint32_t level = iommu.levels; level > 1; level--))
        table = *table_entry(table, address, level) & TABLE_ADDRESS;
    return table_entry(table, address, 1);
}

/* What a device reaches at an address that iommu_reach has reached: page | rights. */
uint64_t iommu_entry(const struct domain *domain, uint64_t address)
{
    return *walk(domain, address);
}

/* Let the device reach a page: to read it (EXO_RIGHT_R), to write it, or both. O(1). */
void iommu_map(const struct domain *domain, uint64_t *entry, uint64_t address, uint64_t page,
               uint64_t rights)
{
    store(entry, page | (rights & (EXO_RIGHT_R | EXO_RIGHT_W)));
    if (iommu.flush_new)
        flush(domain, address);
}
_Static_assert(EXO_RIGHT_R == 1 && EXO_RIGHT_W == 2, "an entry's rights");

/* From the end of this call on, the device does not reach the page. O(1). */
void iommu_unmap(struct domain *domain, uint64_t address)
{
    store(walk(domain, address), 0);
    domain->mapped--;
    flush(domain, address);
}

/* Let the device reach nothing, and free the domain's tables. O(tables). */
void iommu_close(struct domain *domain, struct env *payer)
{
    if (!domain->serial)
        return;
    set_context(domain, 0);
    flush(domain, EXO_ANY);
    FB_LOOP("11", while (domain->made)) {
        account_give_back(payer->account, EXO_ACCOUNT_PAGES, 1);
        page_free_chained(&domain->tables);
        domain->made--;
    }
    domain->serial = domain->mapped = 0;
}

/* Have accesses that are refused recorded, or not. */
void iommu_report(const struct domain *domain, bool on)
{
    if (domain->serial)
        set_context(domain, domain->root | CONTEXT_PRESENT | (on ? 0 : CONTEXT_SILENT));
}

/* Read the first accesses that were refused. O(1). */
void iommu_drain(void)
{
    if (!iommu.exists || !(read32(FAULT_STATUS) & (PENDING | OVERFLOW)))
        return;
    uint32_t record = read32(FAULT_STATUS) >> 8 & 0xff;
    FB_LOOP("8", for (uint32_t i = 0; i < FAULTS_AT_ONCE; i++)) {
        const uint64_t at = iommu.faults + 16 * record, high = read64(at + 8);
        record = record + 1 < iommu.records ? record + 1 : 0;
        if (high & BEGIN) {
            const uint32_t reason = high >> 32 & 0xff;
            if (reason >= FORGED && reason <= FORGED_LAST)
                pci_forged((uint16_t)high);
            else
                pci_refused((uint16_t)high, read64(at) & TABLE_ADDRESS, !(high & 1ul << 62));
            write32(at + 12, 1u << 31);
        }
    }
    write32(FAULT_STATUS, OVERFLOW);
}

void iommu_interrupt(void)
{
    apic_end();
    iommu_drain();
}

/* How many pages a device reaches, by its tables. O(window). */
uint32_t iommu_pages(const struct domain *domain)
{
    uint32_t pages = 0;

    if (!domain->serial)
        return 0;
    uint64_t table = domain->root;
    for (uint32_t level = iommu.levels; level > 2 && table; level--)
        table = *table_entry(table, 0, level) & TABLE_ADDRESS;
    for (uint64_t i = 0; table && i < EXO_DMA_WINDOW; i += FB_PAGE_SIZE) {
        const uint64_t last = *table_entry(table, i, 2) & TABLE_ADDRESS;
        pages += last && *table_entry(last, i, 1);
    }
    return pages;
}
