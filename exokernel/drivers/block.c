/* SPDX-License-Identifier: MIT
 * The block device: block.h. A request is one descriptor of the queue, which names a table of
 * three; all tables are in a page that the device only reads. Their statuses lie in the queue's. */
#include "block.h"

enum { RING, REQUESTS, BUFFERS }; /* in page[] */
enum { TABLE = 4, TABLE_SIZE = 3 * sizeof(struct virtio_descriptor) };
enum { CAN_SYNC = 1 << 9, CAN_TABLE = 1 << 28 };

/* Make the tables of all slots, as far as they are always the same. */
static int64_t make_requests(struct block *block, uint64_t at, uint64_t ring)
{
    const int64_t table = virtio_page(&block->device, at, EXO_RIGHT_R, &block->page[REQUESTS]);

    if (table < 0)
        return table;
    block->request = (volatile struct block_request *)at;
    for (uint32_t i = 0; i < BLOCK_DEPTH; i++) {
        const int64_t buffer = virtio_page(&block->device, (uint64_t)block_buffer(block, i), RW,
                                           &block->page[BUFFERS + i]);
        if (buffer < 0)
            return buffer;
        volatile struct virtio_descriptor *part = block->request[i].part;
        const uint64_t here = (uint64_t)table + i * sizeof *block->request;
        part[BLOCK_ASKED].address = here + offsetof(struct block_request, kind);
        part[BLOCK_ASKED].length = 16, part[BLOCK_ASKED].flags = BLOCK_MORE;
        part[BLOCK_DATA].address = (uint64_t)buffer, part[BLOCK_DATA].next = BLOCK_STATUS;
        part[BLOCK_STATUS].address = ring + offsetof(struct virtio_ring, unused) + i;
        part[BLOCK_STATUS].length = 1, part[BLOCK_STATUS].flags = BLOCK_WRITTEN;
        volatile struct virtio_descriptor *d = &block->queue.ring->descriptor[i];
        d->address = here, d->length = TABLE_SIZE, d->flags = TABLE;
    }
    return FB_OK;
}

int64_t block_open(struct block *block, cap_id_t function, uint64_t at)
{
    const uint64_t ring = at + 4 * FB_PAGE_SIZE, requests = ring + FB_PAGE_SIZE;

    *block = (struct block){ .buffers = requests + FB_PAGE_SIZE };
    int64_t error = virtio_open(&block->device, function, at, CAN_SYNC | CAN_TABLE);
    if (!error && block->device.features != (CAN_SYNC | CAN_TABLE))
        error = FB_EUNSUPPORTED;
    const uint64_t first = block->device.next;
    if (!error)
        error = virtio_queue(&block->device, &block->queue, 0, ring, &block->page[RING]);
    if (!error)
        error = make_requests(block, requests, first);
    if (!error)
        block->sectors = *(volatile uint64_t *)block->device.config;
    if (!error)
        error = virtio_start(&block->device, true);
    if (error)
        block_close(block);
    return error;
}

void block_close(struct block *block)
{
    exo_cap_drop(block->device.function);
    for (uint32_t i = 0; i < BLOCK_PAGES; i++)
        if (block->page[i])
            exo_unbind_page(block->page[i]);
}

void block_listen(struct block *block, bool on) { block->queue.ring->quiet = on ? 0 : 1; }
