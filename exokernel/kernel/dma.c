/* SPDX-License-Identifier: MIT
 * Pages that PCI functions reach. A mapping for a device is a capability below that of the page, so
 * it goes with the page. It ends with the function's domain, too:
 *
 *   page -> mapping: domain, device address        function -> domain -> tables of the IOMMU
 *
 * docs/drivers.md is the guide; the kernel lock is held. */
#include "pci.h"

#include "account.h"
#include "memory.h"
#include "syscalls.h"

#include <loopbound.h>

/* What a mapping's node remembers of it: the domain, its function, and the page there. */
#define PLACE_BITS 12
#define FUNCTION_BITS 8
_Static_assert(EXO_DMA_WINDOW / FB_PAGE_SIZE == 1 << PLACE_BITS && EXO_PCI_MAX < 1 << FUNCTION_BITS,
               "a mapping's place in one word");

static uint64_t place_of(const struct function *f, uint64_t address)
{
    return f->domain.serial << (PLACE_BITS + FUNCTION_BITS)
           | (uint64_t)(f - pci_functions) << PLACE_BITS | address / PAGE_SIZE;
}

/* The function that a mapping is for; NULL: its domain has gone, and the mapping with it. */
static struct function *function_of(const struct cap_node *node)
{
    struct function *f = &pci_functions[node->address >> PLACE_BITS & ((1 << FUNCTION_BITS) - 1)];

    return f->domain.serial == node->address >> (PLACE_BITS + FUNCTION_BITS) ? f : NULL;
}

static uint64_t address_of(const struct cap_node *node)
{
    return (node->address & ((1 << PLACE_BITS) - 1)) * PAGE_SIZE;
}

/* Let a function reach a page of the caller's at this device address, to read it, write it, or
 * both. The capability that it returns is the mapping. O(1), or O(page). */
int64_t sys_dma_map(cap_id_t id, cap_id_t page, uint64_t address, uint64_t rights)
{
    struct env *me = current_env();
    struct function *f;
    uint64_t *entry;

    kernel_lock();
    const struct cap_slot *slot = env_open(me, page);
    int64_t result = pci_named(me, id, EXO_RIGHT_W, &f);
    if (!result && (!rights || rights & ~(uint64_t)(EXO_RIGHT_R | EXO_RIGHT_W)))
        result = FB_EINVALID;
    if (!result)
        result = !slot                                                   ? FB_ESTALE
                 : slot->entry.type != CAP_PAGE                          ? FB_EINVALID
                 : !cap_has_rights(slot->entry.rights, (uint32_t)rights) ? FB_EDENIED
                 : address % PAGE_SIZE || address >= EXO_DMA_WINDOW      ? FB_EADDRESS
                 : !iommu_covers(f->name)                                ? FB_EUNSUPPORTED
                                          : iommu_reach(&f->domain, f->owner, address, &entry);
    if (result == FB_EAGAIN) {
        result = call_again(SYS_dma_map, id, page, address, rights, 0);
    } else if (!result && *entry) {
        result = FB_EEXISTS;
    } else if (!result) {
        result = cap_create(me, CAP_MAPPING, slot->entry.resource, (uint32_t)rights,
                            env_reference(me, page));
        if (result > 0) {
            me->nodes[result & CAP_INDEX_MASK].address = place_of(f, address);
            f->domain.mapped++;
            iommu_map(&f->domain, entry, address, slot->entry.resource * PAGE_SIZE, rights);
        }
    }
    kernel_unlock();
    return result;
}

/* A mapping for a device goes: from here on the device does not reach the page. O(1). */
void dma_forget(const struct cap_node *node)
{
    struct function *f = function_of(node);

    if (f)
        iommu_unmap(&f->domain, address_of(node));
}

/* The IOMMU refused an access. The owner hears of it once; what follows is refused, but not
 * recorded, until the owner has asked: a device cannot flood the kernel. O(functions). */
void pci_refused(uint16_t name, uint64_t address, bool write)
{
    const int64_t i = pci_of(name);

    if (i < 0)
        return;
    struct function *f = &pci_functions[i];
    if (!f->refused)
        f->refused = address | EXO_DMA_REFUSED | (write ? EXO_DMA_WRITE : 0);
    iommu_report(&f->domain, false);
    if (f->listener)
        line_fire((uint32_t)f->line, f->listener);
    f->listener = 0;
}

/* A function sent an interrupt that is not its own, which was refused. Since no setting keeps the
 * IOMMU from recording the next ones, it is kept off the bus until its owner lets it back.
 * O(functions). */
void pci_forged(uint16_t name)
{
    const int64_t i = pci_of(name);

    if (i < 0)
        return;
    pci_stop_master(&pci_functions[i]);
    pci_refused(name, EXO_DMA_INTERRUPT, true);
}

/* The access of a function that was refused first since the last call; 0: none. `line`, which
 * software fires, is fired at the next one. O(1). */
int64_t sys_dma_refused(cap_id_t id, cap_id_t line)
{
    struct env *me = current_env();
    struct function *f;

    kernel_lock();
    int64_t result = pci_named(me, id, EXO_RIGHT_R, &f);
    const int64_t number = result || !line ? 0 : line_for_software(me, line);
    if (number < 0)
        result = number;
    if (!result && line && !account_event(me->account))
        result = FB_EQUOTA;
    if (!result) {
        iommu_drain();
        result = (int64_t)f->refused;
        f->refused = 0;
        f->line = (uint64_t)number, f->listener = line ? line_owner(f->line) : 0;
        iommu_report(&f->domain, true);
    }
    kernel_unlock();
    return result;
}

/* The pages that an environment is charged for by its functions. */
uint64_t pci_tables(const struct env *env)
{
    uint64_t pages = 0;

    for (uint32_t i = 0; i < pci_count; i++)
        pages += pci_functions[i].owner == env ? pci_functions[i].domain.made : 0;
    return pages;
}

/* Whether a mapping is what its capability says. Counts it in mapped[] of its function. */
bool pci_audit_mapping(const struct cap_node *node, const struct cap_entry *entry,
                       uint32_t mapped[EXO_PCI_MAX])
{
    const struct function *f = function_of(node);

    if (f)
        mapped[f - pci_functions]++;
    return !f
           || iommu_entry(&f->domain, address_of(node))
                  == (entry->resource * PAGE_SIZE | entry->rights);
}

/* Whether these are all the pages that functions reach, and none without an owner reaches one. */
bool pci_audit(const uint32_t mapped[EXO_PCI_MAX])
{
    for (uint32_t i = 0; i < pci_count; i++) {
        const struct function *f = &pci_functions[i];
        if (f->domain.mapped != mapped[i] || (!f->owner && f->domain.serial)
            || iommu_pages(&f->domain) != mapped[i])
            return false;
    }
    return true;
}
