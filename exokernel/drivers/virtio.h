/* SPDX-License-Identifier: MIT
 * Virtio devices on PCI (OASIS, version 1.2, chapters 2 and 4.1), for drivers in ring 3: modern
 * devices behind an IOMMU, with one split queue in each page.
 *
 * A device is not trusted: what it answers is checked before it is used. */
#ifndef FEUERBIRD_VIRTIO_H
#define FEUERBIRD_VIRTIO_H

#include "exo.h"

enum { VIRTIO_DEPTH = 32 }; /* descriptors of a queue */

struct virtio_descriptor {
    uint64_t address; /* a device address */
    uint32_t length;
    uint16_t flags, next;
};

/* A queue's page. The device reads the first two parts, and writes the third. */
struct virtio_ring {
    struct virtio_descriptor descriptor[VIRTIO_DEPTH];
    uint16_t quiet, made, available[VIRTIO_DEPTH];
    uint8_t unused[1024];
    uint16_t flags, done;
    struct {
        uint32_t descriptor, length;
    } used[VIRTIO_DEPTH];
};
_Static_assert(sizeof(struct virtio_ring) <= FB_PAGE_SIZE, "a queue has one page");

struct virtio_queue {
    volatile struct virtio_ring *ring;
    volatile uint16_t *bell;
    uint16_t number, made, seen; /* what `made` is to be, and the device's `done` so far */
    uint32_t with_device;        /* descriptors, a bit each */
};

struct virtio {
    cap_id_t function;
    uint64_t common, notify, cause, config; /* where its registers are mapped */
    uint32_t features;                      /* of the lower 32, those that were agreed on */
    uint32_t step;                          /* between the bells of two queues */
    uint64_t next;                          /* device address of the next page */
};

/* Stop a device, whoever drove it: map its registers from `at` on and reset it. Once this returns
 * 0, the device is done with all memory that it was given. */
int64_t virtio_reset(struct virtio *device, cap_id_t function, uint64_t at);
/* Own nothing yet: map the registers of a function from `at` on, reset the device and agree on
 * `features` (of the lower 32) and on the IOMMU. 0, or an error. */
int64_t virtio_open(struct virtio *device, cap_id_t function, uint64_t at, uint32_t features);
/* Allocate a page, map it at `at`, and let the device reach it. Its device address, or an error. */
int64_t virtio_page(struct virtio *device, uint64_t at, uint64_t rights, cap_id_t *page);
/* Set up a queue whose ring is in a new page, mapped at `at`. 0, or an error. */
int64_t virtio_queue(struct virtio *device, struct virtio_queue *queue, uint16_t number,
                     uint64_t at, cap_id_t *page);
/* Let the device begin, and raise its interrupt line if `line` says so. 0, or an error. */
int64_t virtio_start(struct virtio *device, bool line);

/* Have the device lower its line: whether it had raised it for a queue. */
static inline bool virtio_heard(const struct virtio *device)
{
    return *(volatile uint8_t *)device->cause & 1;
}

/* Pass a descriptor to the device with the next virtio_ring_bell. */
static inline void virtio_give(struct virtio_queue *queue, uint32_t descriptor)
{
    queue->ring->available[queue->made++ % VIRTIO_DEPTH] = (uint16_t)descriptor;
    queue->with_device |= 1u << descriptor;
}

/* Tell the device that there is more to do. */
static inline void virtio_ring_bell(const struct virtio_queue *queue)
{
    __atomic_thread_fence(__ATOMIC_RELEASE);
    queue->ring->made = queue->made;
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    *queue->bell = queue->number;
}

/* The next descriptor that the device is done with, and how many bytes it wrote. FB_EAGAIN: none
 * is. FB_EINVALID: it was not with the device, which lies. */
static inline int64_t virtio_take(struct virtio_queue *queue, uint32_t *length)
{
    volatile struct virtio_ring *ring = queue->ring;

    if (ring->done == queue->seen)
        return FB_EAGAIN;
    __atomic_thread_fence(__ATOMIC_ACQUIRE);
    const uint32_t descriptor = ring->used[queue->seen % VIRTIO_DEPTH].descriptor;
    *length = ring->used[queue->seen % VIRTIO_DEPTH].length;
    if (descriptor >= VIRTIO_DEPTH || !(queue->with_device >> descriptor & 1))
        return FB_EINVALID;
    queue->with_device &= ~(1u << descriptor);
    queue->seen++;
    return descriptor;
}

#endif
