/* SPDX-License-Identifier: MIT
 * The network device: net.h. Two buffers lie in a page. Each begins with virtio's header. */
#include "net.h"

enum { BUFFER = FB_PAGE_SIZE / 2, HEADER = 12, WRITTEN = 2, HAS_ADDRESS = 1 << 5 };
enum { IN, OUT };

static uint64_t buffer(const struct net *net, uint32_t queue, uint32_t descriptor)
{
    return net->buffers + (uint64_t)(queue * NET_DEPTH + descriptor) * BUFFER;
}

/* Make a queue's buffers, which the device writes (IN) or reads. */
static int64_t make_buffers(struct net *net, uint32_t which, struct virtio_queue *queue)
{
    for (uint32_t i = 0; i < NET_DEPTH; i += 2) {
        const int64_t address = virtio_page(&net->device, buffer(net, which, i),
                                            which == IN ? EXO_RIGHT_W : EXO_RIGHT_R,
                                            &net->page[2 + (which * NET_DEPTH + i) / 2]);
        if (address < 0)
            return address;
        for (uint32_t k = 0; k < 2; k++) {
            volatile struct virtio_descriptor *d = &queue->ring->descriptor[i + k];
            d->address = (uint64_t)address + k * BUFFER;
            d->length = BUFFER;
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

uint8_t *net_frame(struct net *net)
{
    uint32_t length;

    if (net->out.with_device == UINT32_MAX)
        while (virtio_take(&net->out, &length) >= 0)
            ;
    if (net->out.with_device == UINT32_MAX)
        return NULL;
    return (uint8_t *)buffer(net, OUT, (uint32_t)__builtin_ctz(~net->out.with_device)) + HEADER;
}

void net_send(struct net *net, uint64_t length)
{
    const uint32_t descriptor = (uint32_t)__builtin_ctz(~net->out.with_device);

    net->out.ring->descriptor[descriptor].length = (uint32_t)length + HEADER;
    virtio_give(&net->out, descriptor);
    net->sent++;
}

uint8_t *net_receive(struct net *net, uint64_t *length, int64_t *error)
{
    uint32_t written;
    const int64_t descriptor = virtio_take(&net->in, &written);

    *error = descriptor == FB_EINVALID
                     || (descriptor >= 0 && (written < HEADER || written > BUFFER))
                 ? FB_EINVALID
                 : FB_OK;
    if (descriptor < 0 || *error)
        return NULL;
    *length = written - HEADER;
    return (uint8_t *)buffer(net, IN, (uint32_t)descriptor) + HEADER;
}

void net_return(struct net *net, const uint8_t *frame)
{
    virtio_give(&net->in, (uint32_t)(((uint64_t)frame - net->buffers) / BUFFER));
    net->given++;
}

void net_flush(struct net *net)
{
    if (net->given)
        virtio_ring_bell(&net->in);
    if (net->sent)
        virtio_ring_bell(&net->out);
    net->given = net->sent = 0;
}
