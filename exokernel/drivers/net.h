/* SPDX-License-Identifier: MIT
 * A driver for virtio's network device. Frames are passed where they lie: nothing is copied.
 *
 *   net_frame, fill it, net_send, ... net_flush: in batches of up to NET_DEPTH
 *   net_receive, read it, net_return, ... net_flush: likewise */
#ifndef FEUERBIRD_NET_H
#define FEUERBIRD_NET_H

#include "virtio.h"

enum { NET_DEPTH = VIRTIO_DEPTH, NET_MOST = 1514, NET_PAGES = NET_DEPTH + 2 };
enum { NET_BUFFER = FB_PAGE_SIZE / 2, NET_HEADER = 12 }; /* which each buffer begins with */
#define NET_ROOM ((4ul + NET_PAGES) * FB_PAGE_SIZE)      /* address space that a device takes */

struct net {
    struct virtio device;
    struct virtio_queue in, out;
    uint64_t buffers;           /* those of `in`, then those of `out` */
    uint32_t given, sent, next; /* next: the descriptor of the frame that net_frame returned last */
    uint8_t address[6];
    cap_id_t page[NET_PAGES];
};

/* Drive a function, with all that it takes mapped from `at` on. 0, or an error. */
int64_t net_open(struct net *net, cap_id_t function, uint64_t at);
/* Stop it: give up the function, and then its pages. */
void net_close(struct net *net);
/* A free buffer for a frame of up to NET_MOST bytes; NULL: all are with the device. */
static inline uint8_t *net_frame(struct net *net)
{
    uint32_t length;

    if (net->out.with_device == UINT32_MAX)
        while (virtio_take(&net->out, &length) >= 0)
            ;
    if (net->out.with_device == UINT32_MAX)
        return NULL;
    net->next = (uint32_t)__builtin_ctz(~net->out.with_device);
    return (uint8_t *)net->buffers + (NET_DEPTH + net->next) * NET_BUFFER + NET_HEADER;
}

/* Send the frame in the buffer that net_frame returned last. */
static inline void net_send(struct net *net, uint64_t length)
{
    net->out.ring->descriptor[net->next].length = (uint32_t)length + NET_HEADER;
    virtio_give(&net->out, net->next);
    net->sent++;
}

/* The next frame that came, and its length. NULL: none has. A device that lies ends it: FB_EINVALID
 * in *error, else 0. */
static inline uint8_t *net_receive(struct net *net, uint64_t *length, int64_t *error)
{
    uint32_t written;
    const int64_t descriptor = virtio_take(&net->in, &written);

    *error = FB_OK;
    if (descriptor >= 0 && written - NET_HEADER <= NET_BUFFER - NET_HEADER) {
        *length = written - NET_HEADER;
        return (uint8_t *)net->buffers + descriptor * NET_BUFFER + NET_HEADER;
    }
    if (descriptor != FB_EAGAIN)
        *error = FB_EINVALID;
    return NULL;
}

/* Give a received frame's buffer back to the device. */
static inline void net_return(struct net *net, const uint8_t *frame)
{
    virtio_give(&net->in, (uint32_t)(((uint64_t)frame - net->buffers) / NET_BUFFER));
    net->given++;
}

/* Tell the device of what was sent and returned, once for a batch. */
static inline void net_flush(struct net *net)
{
    if (net->given)
        virtio_ring_bell(&net->in);
    if (net->sent)
        virtio_ring_bell(&net->out);
    net->given = net->sent = 0;
}

#endif
