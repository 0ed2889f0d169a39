/* SPDX-License-Identifier: MIT
 * A driver for virtio's network device. Frames are passed where they lie: nothing is copied.
 *
 *   net_frame, fill it, net_send, ... net_flush: in batches of up to NET_DEPTH
 *   net_receive, read it, net_return, ... net_flush: likewise */
#ifndef FEUERBIRD_NET_H
#define FEUERBIRD_NET_H

#include "virtio.h"

enum { NET_DEPTH = VIRTIO_DEPTH, NET_MOST = 1514, NET_PAGES = NET_DEPTH + 2 };
#define NET_ROOM ((4ul + NET_PAGES) * FB_PAGE_SIZE) /* address space that a device takes */

struct net {
    struct virtio device;
    struct virtio_queue in, out;
    uint64_t buffers; /* those of `in`, then those of `out` */
    uint32_t given, sent;
    uint8_t address[6];
    cap_id_t page[NET_PAGES];
};

/* Drive a function, with all that it takes mapped from `at` on. 0, or an error. */
int64_t net_open(struct net *net, cap_id_t function, uint64_t at);
/* Stop it: give up the function, and then its pages. */
void net_close(struct net *net);
/* A free buffer for a frame of up to NET_MOST bytes; NULL: all are with the device. */
uint8_t *net_frame(struct net *net);
/* Send the frame in the buffer that net_frame returned last. */
void net_send(struct net *net, uint64_t length);
/* The next frame that came, and its length. NULL: none has. A device that lies ends it: FB_EINVALID
 * in *error, else 0. */
uint8_t *net_receive(struct net *net, uint64_t *length, int64_t *error);
/* Give a received frame's buffer back to the device. */
void net_return(struct net *net, const uint8_t *frame);
/* Tell the device of what was sent and returned, once for a batch. */
void net_flush(struct net *net);

#endif
