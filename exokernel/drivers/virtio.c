/* SPDX-License-Identifier: MIT
 * Finding, resetting and starting a virtio device: virtio.h. */
#include "virtio.h"

enum { CAPABILITIES = 0x34, VENDOR = 9 };
enum { COMMON = 1, NOTIFY = 2, CAUSE = 3, CONFIG = 4 };
enum { /* registers of the common part */
       FEATURES_OFFERED_FROM = 0,
       FEATURES_OFFERED = 4,
       FEATURES_FROM = 8,
       FEATURES = 12,
       STATUS = 20,
       SELECT = 22,
       SIZE = 24,
       ENABLE = 28,
       BELL = 30,
       RING = 32,
       AVAILABLE = 40,
       USED = 48
};
enum { FOUND = 1, DRIVEN = 2, RUNS = 4, AGREED = 8 };
enum { VERSION_1 = 1, BEHIND_IOMMU = 2 }; /* features 32 and 33 */
enum { NO_INTERRUPT = 1 };
#define PATIENCE 1000000000ul

#define REGISTER(type, at) (*(volatile type *)(at))

/* A byte of the configuration. */
static uint32_t byte_at(cap_id_t function, uint32_t offset)
{
    return (uint32_t)exo_pci_read(function, offset & 0xfc) >> offset % 4 * 8 & 0xff;
}

/* Map the page with the structure that a capability in the configuration describes. Its address. */
static uint64_t map_structure(cap_id_t function, uint32_t capability, uint64_t at)
{
    const uint32_t bar = byte_at(function, capability + 4);
    const uint32_t offset = (uint32_t)exo_pci_read(function, capability + 8);
    const int64_t page = exo_pci_page(function, bar, offset / FB_PAGE_SIZE);

    if (page < 0 || exo_map(0, (cap_id_t)page, at, RW))
        return 0;
    return at + offset % FB_PAGE_SIZE;
}

/* Find the device's structures, each in a page of its own. */
static int64_t find_structures(struct virtio *device, uint64_t at)
{
    const cap_id_t f = device->function;
    uint32_t left = 48; /* more do not fit */

    for (uint32_t c = byte_at(f, CAPABILITIES) & 0xfc; c && left--; c = byte_at(f, c + 1) & 0xfc) {
        const uint32_t kind = byte_at(f, c + 3);
        uint64_t *where = kind == COMMON   ? &device->common
                          : kind == NOTIFY ? &device->notify
                          : kind == CAUSE  ? &device->cause
                          : kind == CONFIG ? &device->config
                                           : NULL;
        if (byte_at(f, c) != VENDOR || !where || *where)
            continue;
        *where = map_structure(f, c, at);
        at += FB_PAGE_SIZE;
        if (kind == NOTIFY)
            device->step = (uint32_t)exo_pci_read(f, c + 16);
    }
    return device->common && device->notify && device->cause && device->config ? FB_OK
                                                                               : FB_EUNSUPPORTED;
}

static uint32_t offered(const struct virtio *device, uint32_t from)
{
    REGISTER(uint32_t, device->common + FEATURES_OFFERED_FROM) = from;
    return REGISTER(uint32_t, device->common + FEATURES_OFFERED);
}

static void accept(const struct virtio *device, uint32_t from, uint32_t features)
{
    REGISTER(uint32_t, device->common + FEATURES_FROM) = from;
    REGISTER(uint32_t, device->common + FEATURES) = features;
}

int64_t virtio_reset(struct virtio *device, cap_id_t function, uint64_t at)
{
    *device = (struct virtio){ .function = function,
                               .next = FB_PAGE_SIZE }; /* QEMU: 0 is no ring */
    int64_t error = exo_pci_command(function, EXO_PCI_MEMORY | EXO_PCI_NO_LINE);
    if (!error)
        error = find_structures(device, at);
    if (error)
        return error;
    volatile uint8_t *status = &REGISTER(uint8_t, device->common + STATUS);
    *status = 0;
    for (const uint64_t from = fp_time(); *status;)
        if (fp_time() - from > PATIENCE)
            return FB_ETIMEOUT;
    return FB_OK;
}

int64_t virtio_open(struct virtio *device, cap_id_t function, uint64_t at, uint32_t features)
{
    const int64_t error = virtio_reset(device, function, at);

    if (error)
        return error;
    volatile uint8_t *status = &REGISTER(uint8_t, device->common + STATUS);
    *status = FOUND;
    *status = FOUND | DRIVEN;
    const uint32_t needed = VERSION_1 | BEHIND_IOMMU;
    if ((offered(device, 1) & needed) != needed)
        return FB_EUNSUPPORTED;
    device->features = offered(device, 0) & features;
    accept(device, 0, device->features);
    accept(device, 1, needed);
    *status = FOUND | DRIVEN | AGREED;
    return *status & AGREED ? FB_OK : FB_EUNSUPPORTED;
}

int64_t virtio_page(struct virtio *device, uint64_t at, uint64_t rights, cap_id_t *page)
{
    *page = lib_page(at, RW);
    if (!*page)
        return FB_ENO_MEMORY;
    const int64_t mapping = exo_dma_map(device->function, *page, device->next, rights);
    if (mapping < 0)
        return mapping;
    device->next += FB_PAGE_SIZE;
    return (int64_t)(device->next - FB_PAGE_SIZE);
}

int64_t virtio_queue(struct virtio *device, struct virtio_queue *queue, uint16_t number,
                     uint64_t at, cap_id_t *page)
{
    const uint64_t common = device->common;
    const int64_t address = virtio_page(device, at, RW, page);

    if (address < 0)
        return address;
    REGISTER(uint16_t, common + SELECT) = number;
    if (REGISTER(uint16_t, common + SIZE) < VIRTIO_DEPTH)
        return FB_EUNSUPPORTED;
    const uint64_t ring = (uint64_t)address;
    const uint64_t bell = (uint64_t)REGISTER(uint16_t, common + BELL) * device->step;
    if (device->notify % FB_PAGE_SIZE + bell + 2 > FB_PAGE_SIZE)
        return FB_EUNSUPPORTED;
    *queue = (struct virtio_queue){ .ring = (volatile struct virtio_ring *)at,
                                    .bell = &REGISTER(uint16_t, device->notify + bell),
                                    .number = number };
    queue->ring->quiet = NO_INTERRUPT;
    REGISTER(uint16_t, common + SIZE) = VIRTIO_DEPTH;
    REGISTER(uint64_t, common + RING) = ring;
    REGISTER(uint64_t, common + AVAILABLE) = ring + offsetof(struct virtio_ring, quiet);
    REGISTER(uint64_t, common + USED) = ring + offsetof(struct virtio_ring, flags);
    REGISTER(uint16_t, common + ENABLE) = 1;
    return FB_OK;
}

int64_t virtio_start(struct virtio *device, bool line)
{
    const int64_t error = exo_pci_command(device->function, EXO_PCI_MEMORY | EXO_PCI_MASTER
                                                                | (line ? 0 : EXO_PCI_NO_LINE));

    if (!error)
        REGISTER(uint8_t, device->common + STATUS) = FOUND | DRIVEN | AGREED | RUNS;
    return error;
}
