/* SPDX-License-Identifier: MIT
 * A driver in ring 3: two network devices on one wire. Frames go from one to the other, and come
 * back: each has a number, a length of its own and a checksum. None is lost, doubled or changed. */
#include "net.h"
#include "test.h"

enum { FRAMES = 4000, SHORT = 64, TYPE = 0x88b5 };
#define ONE 0x50000000ul
#define OTHER 0x51000000ul
_Static_assert(NET_ROOM <= OTHER - ONE, "room for a device");

/* Drive both devices; or neither, and then their `buffers` are 0. */
static bool open_both(struct net *one, struct net *other)
{
    const bool first = net_open(one, test_function(TEST_NET, 0), ONE) == FB_OK;
    const bool second = net_open(other, test_function(TEST_NET, 1), OTHER) == FB_OK;

    if (first && second)
        return true;
    if (first)
        net_close(one);
    if (second)
        net_close(other);
    one->buffers = other->buffers = 0;
    return false;
}

static uint64_t length_of(uint64_t number) { return 60 + number * 37 % (NET_MOST - 60); }

static uint64_t checksum(const uint8_t *bytes, uint64_t n)
{
    uint64_t sum = 14695981039346656037u;

    for (uint64_t i = 0; i < n; i++)
        sum = (sum ^ bytes[i]) * 1099511628211u;
    return sum;
}

/* to | from | type | number | checksum of what follows | ... */
static void write_frame(uint8_t *frame, const uint8_t *to, const uint8_t *from, uint64_t number)
{
    const uint64_t n = length_of(number);

    for (int i = 0; i < 6; i++)
        frame[i] = to[i], frame[6 + i] = from[i];
    frame[12] = TYPE >> 8, frame[13] = TYPE & 0xff;
    for (uint64_t i = 30; i < n; i++)
        frame[i] = (uint8_t)(number * 31 + i);
    __builtin_memcpy(frame + 14, &number, 8);
    const uint64_t sum = checksum(frame + 30, n - 30) ^ number;
    __builtin_memcpy(frame + 22, &sum, 8);
}

/* The number of a frame that is whole; -1. */
static int64_t number_of(const uint8_t *frame, uint64_t length)
{
    uint64_t number, sum;

    if (length < 60)
        return -1;
    __builtin_memcpy(&number, frame + 14, 8);
    __builtin_memcpy(&sum, frame + 22, 8);
    return length == length_of(number) && sum == (checksum(frame + 30, length - 30) ^ number)
               ? (int64_t)number
               : -1;
}

/* Send frames, as many as go, in batches. */
static uint64_t send(struct net *from, const struct net *to, uint64_t number, uint64_t batch)
{
    uint64_t sent = 0;

    for (uint8_t *frame; sent < batch && (frame = net_frame(from)); sent++) {
        write_frame(frame, to->address, from->address, number + sent);
        net_send(from, length_of(number + sent));
    }
    net_flush(from);
    return sent;
}

/* Receive `wanted` frames, beginning with this number. Those that came as they were sent. */
static uint64_t receive(struct net *net, uint64_t number, uint64_t wanted, int64_t *error)
{
    uint64_t good = 0, got = 0, length;

    for (const uint64_t from = fp_time(); got < wanted && fp_time() - from < PATIENCE;) {
        const uint8_t *frame = net_receive(net, &length, error);
        if (*error)
            return good;
        if (!frame) {
            __builtin_ia32_pause();
            continue;
        }
        good += number_of(frame, length) == (int64_t)(number + got++);
        net_return(net, frame);
    }
    net_flush(net);
    return good;
}

/* Ticks that it takes to send back a batch of short frames that have come, from the first look at
 * the device to the last bell. */
static uint64_t forward(struct net *net)
{
    uint64_t length;
    int64_t error;

    while ((uint16_t)(net->in.ring->done - net->in.seen) < NET_DEPTH)
        __builtin_ia32_pause();
    const uint64_t from = fp_time();
    for (uint32_t i = 0; i < NET_DEPTH; i++) {
        const uint8_t *in = net_receive(net, &length, &error);
        uint8_t *out = net_frame(net);
        if (!in || !out)
            return 0;
        __builtin_memcpy(out, in, SHORT);
        net_send(net, SHORT);
        net_return(net, in);
    }
    net_flush(net);
    return fp_time() - from;
}

/* What a frame costs a driver that forwards it: printed, since it is exact only where the clock
 * counts instructions. Whether as many came back as were sent. */
static bool measure(struct net *one, struct net *other)
{
    uint64_t least = UINT64_MAX, most = 0, back = 0, length;
    int64_t error = 0;

    for (int round = 0; round < 16; round++) {
        for (uint32_t i = 0; i < NET_DEPTH; i++) {
            uint8_t *frame = net_frame(one);
            __builtin_memcpy(frame, other->address, 6);
            net_send(one, SHORT);
        }
        net_flush(one);
        const uint64_t ticks = forward(other);
        least = ticks < least ? ticks : least, most = ticks > most ? ticks : most;
        for (uint32_t got = 0; got < NET_DEPTH && !error;) {
            const uint8_t *frame = net_receive(one, &length, &error);
            if (frame)
                net_return(one, frame), got++, back++;
        }
        net_flush(one);
    }
    lib_print("  32 frames of 64 bytes received and sent back: "), lib_number(least);
    lib_print(" to "), lib_number(most), lib_print(" ticks\n");
    return back == 16 * NET_DEPTH;
}

void test_network(struct test *t)
{
    static const uint64_t batches[] = { 1, 8, NET_DEPTH };
    struct net one, other;
    int64_t error = 0;

    CHECK(t, open_both(&one, &other));
    if (!one.buffers || !other.buffers)
        return;
    for (uint64_t i = 0; i < 3; i++) {
        uint64_t there = 0, back = 0, n = 0;
        for (uint64_t sent; n < FRAMES && !error; n += sent) {
            sent = send(&one, &other, n, batches[i]);
            there += receive(&other, n, sent, &error);
            back += send(&other, &one, n, sent) == sent ? receive(&one, n, sent, &error) : 0;
        }
        CHECK(t, !error && there == n && back == n && n >= FRAMES);
    }
    CHECK(t, measure(&one, &other));
    uint64_t length;
    CHECK(t, !net_receive(&one, &length, &error) && !net_receive(&other, &length, &error));
    CHECK(t, exo_dma_refused(one.device.function, 0) == 0);
    CHECK(t, exo_dma_refused(other.device.function, 0) == 0);
    CHECK(t, exo_probe(EXO_PROBE_AUDIT, 0, 0) == FB_OK);
    net_close(&other);
    net_close(&one);
}

/* A driver gives its device buffers that it was not to have: the kernel's text, by its address. No
 * frame gets there, the driver hears of it, and the system goes on; a new driver has it work. */
void test_network_hostile(struct test *t)
{
    struct net one, other;
    uint64_t length;
    int64_t error = 0;

    CHECK(t, open_both(&one, &other));
    if (!one.buffers || !other.buffers)
        return;
    for (uint32_t i = 0; i < NET_DEPTH; i++)
        other.in.ring->descriptor[i].address = 0x100000 + i * FB_PAGE_SIZE;
    CHECK(t, send(&one, &other, 0, 1) == 1);
    exo_recv_timed(0, NULL, 0, fp_time() + A_WHILE);
    const uint8_t *frame = net_receive(&other, &length, &error); /* QEMU calls it done */
    CHECK(t, !frame || number_of(frame, length) != 0);
    const int64_t refused = exo_dma_refused(other.device.function, 0);
    CHECK(t, (refused & ~0xffful) == 0x100000 && refused & EXO_DMA_WRITE);
    net_close(&other);
    CHECK(t, net_open(&other, test_function(TEST_NET, 1), OTHER) == FB_OK);
    CHECK(t, send(&one, &other, 7, 4) == 4 && receive(&other, 7, 4, &error) == 4);
    net_close(&other);
    net_close(&one);
}

/* What a device may answer, without the device: a queue in plain memory. */
void test_network_lies(struct test *t)
{
    const cap_id_t page = lib_page(ONE, RW);
    struct virtio_queue queue = { .ring = (volatile struct virtio_ring *)ONE };
    uint32_t length;

    virtio_give(&queue, 5);
    CHECK(t, virtio_take(&queue, &length) == FB_EAGAIN);
    queue.ring->done = 1;
    static const uint32_t lies[] = { 0, 4, 6, 31, 32, 33, 37, 64, 1u << 31, UINT32_MAX };
    for (uint64_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        queue.ring->used[0].descriptor = lies[i];
        CHECK(t, virtio_take(&queue, &length) == FB_EINVALID);
    }
    queue.ring->used[0].descriptor = 5, queue.ring->used[0].length = 77;
    CHECK(t, virtio_take(&queue, &length) == 5 && length == 77);
    queue.ring->done = 2, queue.ring->used[1].descriptor = 5;
    CHECK(t, virtio_take(&queue, &length) == FB_EINVALID); /* twice */
    exo_unbind_page(page);
}
