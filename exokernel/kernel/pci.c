/* SPDX-License-Identifier: MIT
 * PCI functions. A function has one owner. The kernel alone writes its configuration. Pages of its
 * registers are capabilities below that of the function, which are mapped as pages are.
 *
 * docs/drivers.md is the guide; the kernel lock is held, except at the boot. */
#include "pci.h"

#include "account.h"
#include "memory.h"
#include "paging.h"
#include "syscalls.h"
#include "x86.h"

#include <loopbound.h>

enum { CONFIG_ADDRESS = 0xcf8, CONFIG_DATA = 0xcfc };
enum { IDENTITY = 0, COMMAND = 4, CLASS = 8, HEADER = 0xc, BAR = 0x10, LINE = 0x3c };
enum { BRIDGE = 6, SEVERAL = 0x80, BAR_PORTS = 1, BAR_KIND = 6, BAR_WIDE = 4 };
#define CHIPSET 0xfec00000ul /* interrupt controllers, IOMMU, firmware: up to 4 GiB */

struct function pci_functions[EXO_PCI_MAX];
uint32_t pci_count;

static uint32_t config_read(uint32_t name, uint32_t offset)
{
    x86_out32(CONFIG_ADDRESS, 1u << 31 | name << 8 | offset);
    return x86_in32(CONFIG_DATA);
}

static void config_write(uint32_t name, uint32_t offset, uint32_t value)
{
    x86_out32(CONFIG_ADDRESS, 1u << 31 | name << 8 | offset);
    x86_out32(CONFIG_DATA, value);
}

/* Set the bits that EXO_PCI_... name in the command register; a 0 in the status half keeps it. */
static void set_command(const struct function *f, uint64_t bits)
{
    config_write(f->name, COMMAND,
                 (config_read(f->name, COMMAND) & 0xffff & ~(uint32_t)EXO_PCI_COMMAND)
                     | (uint32_t)bits);
}

/* Keep a function from using the bus by itself. O(1). */
void pci_stop_master(const struct function *f)
{
    set_command(f, config_read(f->name, COMMAND) & EXO_PCI_COMMAND & ~(uint32_t)EXO_PCI_MASTER);
}

/* The memory behind a BAR, as pages; empty: there is none. *next: the BAR after it. */
static struct range size_bar(uint32_t name, uint32_t i, uint32_t *next)
{
    const uint32_t at = BAR + 4 * i, low = config_read(name, at);
    const bool wide = !(low & BAR_PORTS) && (low & BAR_KIND) == BAR_WIDE && i + 1 < PCI_BARS;
    const uint32_t high = wide ? config_read(name, at + 4) : 0;

    config_write(name, at, UINT32_MAX);
    uint64_t mask = config_read(name, at) & ~15u;
    config_write(name, at, low);
    if (wide) {
        config_write(name, at + 4, UINT32_MAX);
        mask |= (uint64_t)config_read(name, at + 4) << 32;
        config_write(name, at + 4, high);
    } else {
        mask |= (uint64_t)UINT32_MAX << 32;
    }
    const uint64_t start = ((uint64_t)high << 32 | low) & ~15ul, size = -mask;
    *next = i + 1 + wide;
    if (low & BAR_PORTS || !mask || mask == (uint64_t)UINT32_MAX << 32 || start % PAGE_SIZE)
        return (struct range){ 0, 0 };
    return (struct range){ start, start + ((size + PAGE_SIZE - 1) & -PAGE_SIZE) };
}

/* Whether these pages can be given away: neither memory nor the chipset's. */
static bool is_free(const struct boot_info *boot, struct range pages)
{
    bool free = pages.start >= LOW_END && pages.end > pages.start
                && !range_overlaps(pages, (struct range){ CHIPSET, BOOT_MAPPED })
                && pages.end / PAGE_SIZE <= UINT32_MAX;

    for (uint32_t i = 0; i < boot->ram_count; i++)
        free = free && !range_overlaps(pages, boot->ram[i]);
    return free;
}

/* Note a function, switched off: it decodes no address, reaches no memory and raises no line. */
static void add(const struct boot_info *boot, uint32_t name)
{
    struct function *f = &pci_functions[pci_count];
    const uint32_t line = config_read(name, LINE);

    *f = (struct function){ .name = (uint16_t)name, .identity = config_read(name, IDENTITY) };
    f->domain.function = (uint16_t)name, f->domain.number = (uint16_t)++pci_count;
    set_command(f, EXO_PCI_NO_LINE);
    for (uint32_t i = 0, next; i < PCI_BARS; i = next) {
        const struct range pages = size_bar(name, i, &next);
        if (is_free(boot, pages))
            f->bar[i] = pages;
    }
    if (line >> 8 & 0xff)
        apic_level(line & 0xff);
}

/* No page of registers may be that of two functions. */
static void separate(void)
{
    for (uint32_t i = 0; i < pci_count * PCI_BARS; i++)
        for (uint32_t j = 0; j < i / PCI_BARS * PCI_BARS; j++) {
            struct range *a = &pci_functions[i / PCI_BARS].bar[i % PCI_BARS],
                         *b = &pci_functions[j / PCI_BARS].bar[j % PCI_BARS];
            if (range_overlaps(*a, *b))
                *a = *b = (struct range){ 0, 0 };
        }
}

/* Find the functions of bus 0, but for bridges; turn the IOMMU on. Once, before environments. */
void pci_init(const struct boot_info *boot)
{
    x86_out32(CONFIG_ADDRESS, 1u << 31);
    if (x86_in32(CONFIG_ADDRESS) != 1u << 31)
        return;
    for (uint32_t name = 0; name < 256 && pci_count < EXO_PCI_MAX; name++) {
        const uint32_t identity = config_read(name, IDENTITY),
                       header = config_read(name, HEADER) >> 16;
        if (identity != UINT32_MAX && !(header & 0x7f) && config_read(name, CLASS) >> 24 != BRIDGE)
            add(boot, name);
        if (name % 8 == 0 && (identity == UINT32_MAX || !(header & SEVERAL)))
            name += 7;
    }
    separate();
    const bool iommu = iommu_init(&boot->iommu);
    print("%lu PCI functions, %s\n", (uint64_t)pci_count, iommu ? "an IOMMU" : "no IOMMU");
}

/* Whether an address is that of a function's register. O(functions). */
bool pci_has(uint64_t physical)
{
    for (uint32_t i = 0; i < pci_count * PCI_BARS; i++)
        if (physical - pci_functions[i / PCI_BARS].bar[i % PCI_BARS].start
            < pci_functions[i / PCI_BARS].bar[i % PCI_BARS].end
                  - pci_functions[i / PCI_BARS].bar[i % PCI_BARS].start)
            return true;
    return false;
}

/* The place of a function in the list, or FB_EINVALID. O(functions). */
int64_t pci_of(uint64_t name)
{
    FB_LOOP("24", for (uint32_t i = 0; i < pci_count; i++))
        if (pci_functions[i].name == name)
            return i;
    return FB_EINVALID;
}

/* FB_EBUSY if somebody owns the function of that name, which exists. */
int64_t pci_is_owned(uint64_t name) { return pci_functions[pci_of(name)].owner ? FB_EBUSY : FB_OK; }

/* The last capability for the function has gone: switch it off. O(1). */
void pci_release(uint32_t place)
{
    struct function *f = &pci_functions[place];

    set_command(f, EXO_PCI_NO_LINE);
    iommu_close(&f->domain, f->owner);
    f->owner = NULL;
    f->refused = f->listener = f->line = 0;
}

/* Find the function that `id` names, if it has these rights. */
int64_t pci_named(struct env *me, cap_id_t id, uint32_t rights, struct function **out)
{
    const struct cap_slot *slot = env_open(me, id);

    if (!slot)
        return FB_ESTALE;
    if (slot->entry.type != CAP_PCI)
        return FB_EINVALID;
    *out = &pci_functions[slot->entry.resource];
    return cap_has_rights(slot->entry.rights, rights) ? FB_OK : FB_EDENIED;
}

/* The function at this place in the list: its name, and maker and device << 16. O(1). */
int64_t sys_pci_list(uint64_t place)
{
    return place < pci_count ? (int64_t)((uint64_t)pci_functions[place].identity << 16
                                         | pci_functions[place].name)
                             : FB_EINVALID;
}

/* Make the caller own a function. O(functions). */
int64_t sys_pci_alloc(uint64_t name)
{
    struct env *me = current_env();
    const int64_t i = pci_of(name);

    if (i < 0)
        return i;
    kernel_lock();
    int64_t id = me->account->named & ACCOUNT_PCI(i) ? FB_EBUSY : FB_EDENIED;
    if (id == FB_EBUSY && !pci_functions[i].owner) {
        id = cap_create(me, CAP_PCI, (uint32_t)i, EXO_RIGHTS_ALL, 0);
        pci_functions[i].owner = id > 0 ? me : NULL;
    }
    kernel_unlock();
    return id;
}

/* Read 32 bits of a function's configuration. O(1). */
int64_t sys_pci_read(cap_id_t id, uint64_t offset)
{
    struct function *f;

    kernel_lock();
    int64_t result = pci_named(current_env(), id, EXO_RIGHT_R, &f);
    if (!result && (offset > 252 || offset % 4))
        result = FB_EINVALID;
    if (!result)
        result = config_read(f->name, (uint32_t)offset);
    kernel_unlock();
    return result;
}

/* Set the bits EXO_PCI_... of a function's command register. It may use the bus by itself only
 * behind an IOMMU, and then reaches what exo_dma_map names. O(1), or O(page). */
int64_t sys_pci_command(cap_id_t id, uint64_t bits)
{
    struct function *f;
    uint64_t *entry;

    kernel_lock();
    int64_t error = pci_named(current_env(), id, EXO_RIGHT_CTL, &f);
    if (!error && bits & ~(uint64_t)EXO_PCI_COMMAND)
        error = FB_EINVALID;
    if (!error && bits & EXO_PCI_MASTER)
        error = iommu_covers(f->name) ? iommu_reach(&f->domain, f->owner, 0, &entry)
                                      : FB_EUNSUPPORTED;
    if (!error)
        set_command(f, bits);
    else if (error == FB_EAGAIN)
        error = call_again(SYS_pci_command, id, bits, 0, 0, 0);
    kernel_unlock();
    return error;
}

/* Derive a capability for a page of a function's registers. exo_map maps it to be read and
 * written: a load may change a device, too. O(1). */
int64_t sys_pci_page(cap_id_t id, uint64_t bar, uint64_t page)
{
    struct env *me = current_env();
    struct function *f;

    kernel_lock();
    int64_t result = pci_named(me, id, EXO_RIGHT_W, &f);
    if (!result && (bar >= PCI_BARS || page >= (f->bar[bar].end - f->bar[bar].start) / PAGE_SIZE))
        result = FB_EINVALID;
    if (!result)
        result = cap_create(me, CAP_REGISTERS, (uint32_t)(f->bar[bar].start / PAGE_SIZE + page),
                            env_open(me, id)->entry.rights & REGISTER_RIGHTS,
                            env_reference(me, id));
    kernel_unlock();
    return result;
}
