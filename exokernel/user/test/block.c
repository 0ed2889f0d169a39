/* SPDX-License-Identifier: MIT
 * A driver in ring 3: a block device. Blocks are written, and read back in another order and other
 * sizes: each sector tells its number, a generation and a checksum. One place of the disk is broken
 * (the Makefile says which), which must be reported, and nothing else with it. */
#include "block.h"
#include "test.h"

enum { BLOCKS = 2000, WORDS = BLOCK_SECTOR / 8, PER_PAGE = FB_PAGE_SIZE / BLOCK_SECTOR };
enum { BROKEN = 16000, STRIDE = 1237, PLACES = 1999 }; /* sector; STRIDE and PLACES are prime */
#define DISK 0x52000000ul

static uint64_t word_of(uint64_t sector, uint64_t generation, uint64_t i)
{
    return (sector * 8191 + generation + i) * 0x9e3779b97f4a7c15u;
}

static void fill(uint8_t *buffer, uint64_t sector, uint64_t sectors, uint64_t generation)
{
    uint64_t *word = (uint64_t *)buffer;

    for (uint64_t s = 0; s < sectors; s++)
        for (uint64_t i = 0; i < WORDS; i++)
            *word++ = word_of(sector + s, generation, i);
}

static bool holds(const uint8_t *buffer, uint64_t sector, uint64_t sectors, uint64_t generation)
{
    const uint64_t *word = (const uint64_t *)buffer;

    for (uint64_t s = 0; s < sectors; s++)
        for (uint64_t i = 0; i < WORDS; i++)
            if (*word++ != word_of(sector + s, generation, i))
                return false;
    return true;
}

/* Wait for one request: polled, or with a line for its interrupt. Its slot, or an error. */
static int64_t take(struct block *disk, cap_id_t line, enum block_status *status)
{
    const uint64_t from = fp_time();
    int64_t slot;

    while ((slot = block_take(disk, status)) == FB_EAGAIN && fp_time() - from < PATIENCE) {
        if (!line) {
            __builtin_ia32_pause();
        } else if (exo_irq_wait(line, fp_time() + PATIENCE) > 0) {
            block_heard(disk);
            exo_irq_ack(line);
        }
    }
    return slot;
}

/* One request, alone. Its status; -1: none came. */
static int64_t single(struct block *disk, enum block_kind kind, uint64_t sector, uint32_t bytes)
{
    enum block_status status;

    if (block_ask(disk, 0, kind, sector, bytes))
        return -1;
    block_flush(disk);
    return take(disk, 0, &status) == 0 ? (int64_t)status : -1;
}

/* Where the n-th block of so many sectors lies, below the broken place. */
static uint64_t place_of(uint64_t n, uint64_t sectors)
{
    return n * STRIDE % PLACES * PER_PAGE + n % (PER_PAGE / sectors) * sectors;
}

/* Write or read blocks, so many at once. How many came as they had to. */
static uint64_t transfer(struct block *disk, cap_id_t line, enum block_kind kind, uint64_t sectors,
                         uint64_t batch, uint64_t generation)
{
    uint64_t good = 0, n = 0;
    enum block_status status;

    while (n < BLOCKS) {
        const uint64_t many = BLOCKS - n < batch ? BLOCKS - n : batch;
        for (uint32_t i = 0; i < many; i++) {
            uint8_t *buffer = block_buffer(disk, i);
            if (kind == BLOCK_WRITE)
                fill(buffer, place_of(n + i, sectors), sectors, generation);
            else
                buffer[0] = 1; /* what the last one left there does not pass for this one's */
            if (block_ask(disk, i, kind, place_of(n + i, sectors),
                          (uint32_t)sectors * BLOCK_SECTOR))
                return good;
        }
        block_flush(disk);
        for (uint64_t i = 0; i < many; i++) {
            const int64_t slot = take(disk, line, &status);
            if (slot < 0)
                return good;
            good += status == BLOCK_DONE
                    && (kind == BLOCK_WRITE
                        || holds(block_buffer(disk, (uint32_t)slot),
                                 place_of(n + (uint64_t)slot, sectors), sectors, generation));
        }
        n += many;
    }
    return good;
}

void test_block(struct test *t)
{
    static const uint64_t batches[] = { 1, 8, BLOCK_DEPTH };
    struct block disk;
    const cap_id_t f = test_function(TEST_BLOCK, 0);
    const cap_id_t line = (cap_id_t)exo_irq_alloc(exo_pci_read(f, 0x3c) & 0xff, EXO_RIGHTS_ALL);

    CHECK(t, block_open(&disk, f, DISK) == FB_OK);
    CHECK(t, disk.sectors > BROKEN);
    for (uint64_t i = 0; i < 3; i++) {
        CHECK(t, transfer(&disk, 0, BLOCK_WRITE, PER_PAGE, batches[i], i) == BLOCKS);
        CHECK(t, transfer(&disk, 0, BLOCK_READ, PER_PAGE, batches[2 - i], i) == BLOCKS);
        CHECK(t, transfer(&disk, 0, BLOCK_READ, 1, batches[i], i) == BLOCKS);
    }
    block_listen(&disk, true);
    CHECK(t, transfer(&disk, line, BLOCK_WRITE, 1, 8, 3) == BLOCKS);
    CHECK(t, transfer(&disk, line, BLOCK_READ, 1, 1, 3) == BLOCKS);
    block_listen(&disk, false);
    CHECK(t, single(&disk, BLOCK_SYNC, 0, 0) == BLOCK_DONE);
    CHECK(t, exo_dma_refused(f, 0) == 0);
    block_close(&disk);
    exo_cap_drop(line);
}

/* What is wrong is told: a broken place, places that are none, and a slot in use. */
void test_block_errors(struct test *t)
{
    struct block disk;
    enum block_status status;

    CHECK(t, block_open(&disk, test_function(TEST_BLOCK, 0), DISK) == FB_OK);
    fill(block_buffer(&disk, 0), 8, PER_PAGE, 9);
    CHECK(t, single(&disk, BLOCK_WRITE, 8, FB_PAGE_SIZE) == BLOCK_DONE);
    CHECK(t, single(&disk, BLOCK_READ, BROKEN, FB_PAGE_SIZE) == BLOCK_FAILED);
    CHECK(t, single(&disk, BLOCK_READ, 8, FB_PAGE_SIZE) == BLOCK_DONE);
    CHECK(t, holds(block_buffer(&disk, 0), 8, PER_PAGE, 9));
    CHECK(t, block_ask(&disk, 0, BLOCK_READ, disk.sectors, 512) == FB_EINVALID);
    CHECK(t, block_ask(&disk, 0, BLOCK_READ, disk.sectors - 1, 1024) == FB_EINVALID);
    CHECK(t, block_ask(&disk, 0, BLOCK_READ, -1ul, 512) == FB_EINVALID);
    CHECK(t, block_ask(&disk, 0, BLOCK_READ, 0, 8192) == FB_EINVALID);
    CHECK(t, block_ask(&disk, 0, BLOCK_READ, 0, 100) == FB_EINVALID);
    CHECK(t, block_ask(&disk, 0, BLOCK_READ, 0, 0) == FB_EINVALID);
    CHECK(t, block_ask(&disk, 0, BLOCK_SYNC, 0, 512) == FB_EINVALID);
    CHECK(t, block_ask(&disk, BLOCK_DEPTH, BLOCK_READ, 0, 512) == FB_EINVALID);
    CHECK(t, single(&disk, BLOCK_READ, disk.sectors - 1, 512) == BLOCK_DONE);
    CHECK(t, single(&disk, (enum block_kind)77, 0, 512) == BLOCK_UNKNOWN);
    CHECK(t, block_ask(&disk, 3, BLOCK_READ, 8, 512) == FB_OK);
    CHECK(t, block_ask(&disk, 3, BLOCK_READ, 8, 512) == FB_EBUSY);
    CHECK(t, block_take(&disk, &status) == FB_EAGAIN);
    block_flush(&disk);
    CHECK(t, take(&disk, 0, &status) == 3 && status == BLOCK_DONE);
    CHECK(t, block_take(&disk, &status) == FB_EAGAIN);
    block_close(&disk);
}

/* A device that lies, without the device: rings and tables in plain memory. */
void test_block_lies(struct test *t)
{
    const cap_id_t ring = lib_page(DISK, RW), tables = lib_page(DISK + FB_PAGE_SIZE, RW);
    struct block disk = { .queue.ring = (volatile struct virtio_ring *)DISK,
                          .request = (volatile struct block_request *)(DISK + FB_PAGE_SIZE),
                          .sectors = 100 };
    static const struct {
        uint8_t status;
        uint32_t written;
        bool read;
    } lies[] = {
        { 0xff, 513, true }, { 3, 513, true },  { 0, 512, true }, { 0, 514, true },
        { 0, 0, true },      { 0, 513, false }, { 0, 0, false },  { 0, UINT32_MAX, true }
    };
    uint16_t bell;
    enum block_status status;

    disk.queue.bell = &bell;
    for (uint16_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        CHECK(t, !block_ask(&disk, i, lies[i].read ? BLOCK_READ : BLOCK_WRITE, i, 512));
        disk.queue.ring->used[i].descriptor = i;
        disk.queue.ring->used[i].length = lies[i].written;
        disk.queue.ring->unused[i] = lies[i].status;
        disk.queue.ring->done++;
        CHECK(t, block_take(&disk, &status) == FB_EINVALID);
    }
    exo_unbind_page(ring);
    exo_unbind_page(tables);
}

/* What of a measurement was least and most. */
struct range {
    uint64_t least, most;
};

static void note(struct range *range, uint64_t ticks)
{
    range->least = ticks < range->least ? ticks : range->least;
    range->most = ticks > range->most ? ticks : range->most;
}

static void print_cost(uint64_t batch, uint64_t bytes, const char *how, struct range cost)
{
    lib_print("  "), lib_number(batch), lib_print(" of "), lib_number(bytes), lib_print(how);
    lib_number(cost.least), lib_print(" to "), lib_number(cost.most), lib_print(" ticks\n");
}

/* What requests cost the driver, without the wait for the device: asking and telling, and taking
 * what is done. */
static struct range polled(struct test *t, struct block *disk, uint32_t batch, uint32_t bytes)
{
    struct range cost = { UINT64_MAX, 0 };
    enum block_status status;

    for (int round = 0; round < 16; round++) {
        const uint16_t wanted = (uint16_t)(disk->queue.seen + batch);
        uint64_t good = 0;
        const uint64_t from = fp_time();
        for (uint32_t i = 0; i < batch; i++)
            block_ask(disk, i, BLOCK_READ, 8 * i, bytes);
        block_flush(disk);
        const uint64_t told = fp_time();
        while (disk->queue.ring->done != wanted)
            __builtin_ia32_pause();
        const uint64_t done = fp_time();
        for (uint32_t i = 0; i < batch; i++)
            good += block_take(disk, &status) >= 0 && status == BLOCK_DONE;
        note(&cost, told - from + fp_time() - done);
        CHECK(t, good == batch);
    }
    return cost;
}

/* From the request to its data, by interrupt, with the wait for the device as far as the clock
 * notices it. */
static struct range interrupted(struct test *t, struct block *disk, cap_id_t line, uint32_t bytes)
{
    struct range cost = { UINT64_MAX, 0 };
    enum block_status status;

    block_listen(disk, true);
    for (int round = 0; round < 16; round++) {
        const uint64_t from = fp_time();
        block_ask(disk, 0, BLOCK_READ, 8, bytes);
        block_flush(disk);
        const int64_t events = exo_irq_wait(line, EXO_FOREVER);
        const bool heard = block_heard(disk);
        const int64_t slot = block_take(disk, &status);
        exo_irq_ack(line);
        note(&cost, fp_time() - from);
        CHECK(t, events == 1 && heard && !slot && status == BLOCK_DONE);
    }
    block_listen(disk, false);
    return cost;
}

void test_block_cost(struct test *t)
{
    static const uint32_t batches[] = { 1, 2, 8, 32 }, sizes[] = { 512, 4096 };
    const cap_id_t f = test_function(TEST_BLOCK, 0);
    const cap_id_t line = (cap_id_t)exo_irq_alloc(exo_pci_read(f, 0x3c) & 0xff, EXO_RIGHTS_ALL);
    struct block disk;

    CHECK(t, block_open(&disk, f, DISK) == FB_OK);
    for (uint64_t s = 0; s < 2; s++) {
        for (uint64_t b = 0; b < 4; b++)
            print_cost(batches[b], sizes[s], " bytes, polled, without the wait: ",
                       polled(t, &disk, batches[b], sizes[s]));
        print_cost(1, sizes[s], " bytes, by interrupt: ", interrupted(t, &disk, line, sizes[s]));
    }
    block_close(&disk);
    exo_cap_drop(line);
}
