/* SPDX-License-Identifier: MIT
 * A driver for virtio's block device (OASIS, version 1.2, chapter 5.2). Each request has a buffer
 * of a page, which the device reads or writes where it lies: nothing is copied.
 *
 *   block_ask, ... block_flush: in batches of up to BLOCK_DEPTH; block_take until all are done
 *   polled, or after block_listen by interrupt: wait for the line, block_heard, take, ack */
#ifndef FEUERBIRD_BLOCK_H
#define FEUERBIRD_BLOCK_H

#include "virtio.h"

enum { BLOCK_DEPTH = VIRTIO_DEPTH, BLOCK_SECTOR = 512, BLOCK_PAGES = BLOCK_DEPTH + 2 };
enum block_kind { BLOCK_READ = 0, BLOCK_WRITE = 1, BLOCK_SYNC = 4 };
enum block_status { BLOCK_DONE = 0, BLOCK_FAILED = 1, BLOCK_UNKNOWN = 2, BLOCK_NOT_YET = 0xff };
enum { BLOCK_ASKED, BLOCK_DATA, BLOCK_STATUS, BLOCK_MORE = 1, BLOCK_WRITTEN = 2 }; /* of tables */
#define BLOCK_ROOM ((4ul + BLOCK_PAGES) * FB_PAGE_SIZE) /* address space that a device takes */

/* A request: what the device follows, and what it is asked. */
struct block_request {
    struct virtio_descriptor part[3]; /* what is asked, the buffer, the status */
    uint32_t kind, reserved;
    uint64_t sector;
};

struct block {
    struct virtio device;
    struct virtio_queue queue;
    volatile struct block_request *request;
    uint64_t buffers, sectors;
    cap_id_t page[BLOCK_PAGES];
};

/* Drive a function, with all that it takes mapped from `at` on. 0, or an error. */
int64_t block_open(struct block *block, cap_id_t function, uint64_t at);
/* Stop it: give up the function, and then its pages. */
void block_close(struct block *block);
/* Have the device raise its line for what it is done with, or not. */
void block_listen(struct block *block, bool on);
static inline uint8_t *block_buffer(const struct block *block, uint32_t slot)
{
    return (uint8_t *)(block->buffers + (uint64_t)slot * FB_PAGE_SIZE);
}

/* Ask for bytes from a sector on, in a slot whose last request is done: from the slot's buffer, to
 * it, or with BLOCK_SYNC and no bytes, that what was written stays. 0; FB_EBUSY: the slot's request
 * is with the device; FB_EINVALID: the device has no such bytes, or a buffer does not hold them. */
static inline int64_t block_ask(struct block *block, uint32_t slot, enum block_kind kind,
                                uint64_t sector, uint32_t bytes)
{
    volatile struct block_request *request = &block->request[slot];

    if (slot >= BLOCK_DEPTH || bytes % BLOCK_SECTOR || bytes > FB_PAGE_SIZE
        || sector > block->sectors || bytes / BLOCK_SECTOR > block->sectors - sector
        || !bytes != (kind == BLOCK_SYNC))
        return FB_EINVALID;
    if (block->queue.with_device >> slot & 1)
        return FB_EBUSY;
    request->part[BLOCK_ASKED].next = bytes ? BLOCK_DATA : BLOCK_STATUS;
    request->part[BLOCK_DATA].length = bytes;
    request->part[BLOCK_DATA].flags = kind == BLOCK_READ ? BLOCK_MORE | BLOCK_WRITTEN : BLOCK_MORE;
    request->kind = kind;
    request->sector = sector;
    block->queue.ring->unused[slot] = BLOCK_NOT_YET;
    virtio_give(&block->queue, slot);
    return FB_OK;
}

/* Tell the device of what was asked, once for a batch. */
static inline void block_flush(const struct block *block) { virtio_ring_bell(&block->queue); }

/* The slot of a request that is done, and its status. FB_EAGAIN: none is. FB_EINVALID: the device
 * lies. */
static inline int64_t block_take(struct block *block, enum block_status *status)
{
    uint32_t written;
    const int64_t slot = virtio_take(&block->queue, &written);

    if (slot < 0)
        return slot;
    const volatile struct block_request *request = &block->request[slot];
    const uint8_t said = block->queue.ring->unused[slot];
    if (said > BLOCK_UNKNOWN
        || (!said && written != 1 + (request->kind ? 0 : request->part[BLOCK_DATA].length)))
        return FB_EINVALID;
    *status = said;
    return slot;
}
_Static_assert(BLOCK_READ == 0, "the one kind that writes memory");

/* Have the device lower its line: whether it had raised it. */
static inline bool block_heard(const struct block *block) { return virtio_heard(&block->device); }

#endif
