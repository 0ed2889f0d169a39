/* SPDX-License-Identifier: MIT
 * The network device: net.h. Two buffers lie in a page. Each begins with virtio's header. */
#include "net.h"

enum { WRITTEN = 2, HAS_ADDRESS = 1 << 5 };
enum { IN, OUT };

/* Make a queue's buffers, which the device writes (IN) or reads. */
static int64_t make_buffers(struct net *net, uint32_t which, struct virtio_queue *queue)
{
    for (uint32_t i = 0; i < NET_DEPTH; i += 2) {
        const uint64_t at = net->buffers + (uint64_t)(which * NET_DEPTH + i) * NET_BUFFER;
        const int64_t address = virtio_page(&net->device, at,
                                            which == IN ? EXO_RIGHT_W : EXO_RIGHT_R,
                                            &net->page[2 + (which * NET_DEPTH + i) / 2]);
        if (address < 0)
            return address;
        for (uint32_t k = 0; k < 2; k++) {
            volatile struct virtio_descriptor *d = &queue->ring->descriptor[i + k];
            d->address = (uint64_t)address + k * NET_BUFFER;
            d->length = NET_BUFFER;
            d->flags = which == IN ? WRITTEN : 0;
            if (which == IN)
                virtio_give(queue, i + k);
        }
    }
    return FB_OK;
}

int64_t net_open(struct net *net, cap_id_t function, uint64_t at)
{
    *net = (struct net){ .buffers = at + 6 * FB_PAGE_SIZE };
    int64_t error = virtio_open(&net->device, function, at, HAS_ADDRESS);
    if (!error)
        error = virtio_queue(&net->device, &net->in, IN, at + 4 * FB_PAGE_SIZE, &net->page[IN]);
    if (!error)
        error = virtio_queue(&net->device, &net->out, OUT, at + 5 * FB_PAGE_SIZE, &net->page[OUT]);
    if (!error)
        error = make_buffers(net, IN, &net->in);
    if (!error)
        error = make_buffers(net, OUT, &net->out);
    for (uint32_t i = 0; !error && i < sizeof net->address; i++)
        net->address[i] = *(volatile uint8_t *)(net->device.config + i);
    if (!error)
        error = virtio_start(&net->device, false);
    if (error)
        net_close(net);
    else
        virtio_ring_bell(&net->in);
    return error;
}

void net_close(struct net *net)
{
    exo_cap_drop(net->device.function);
    for (uint32_t i = 0; i < NET_PAGES; i++)
        if (net->page[i])
            exo_unbind_page(net->page[i]);
}
