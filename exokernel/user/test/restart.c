/* SPDX-License-Identifier: MIT
 * A driver ends in the middle of transfers, and a supervisor starts another. The supervisor owns
 * the device and lends it. It asks the driver for a sign of life, and when none comes: resets the
 * device, so that it is done with the driver's memory; ends the driver; starts the next.
 *
 * What was answered stays on the disk. What was not answered is there whole or not at all, sector
 * by sector, and its client, who hears that the driver is gone, asks again. */
#include "block.h"
#include "test.h"

enum { ROUNDS = 6, MOST_RESTARTS = 2 * ROUNDS, FIRST = 4096, BYTES = FB_PAGE_SIZE };
enum { PER_BLOCK = BYTES / BLOCK_SECTOR, WORDS = BLOCK_SECTOR / 8 };
#define DISK 0x52000000ul
#define NEIGHBOUR (AREA + 64 * FB_PAGE_SIZE)

/* How a driver ends: it stops answering with requests under way, or faults when they are done. */
enum way { SERVES, HANGS, FAULTS };

/* The client's and the supervisor's page, which the driver has, too. */
struct shared {
    uint64_t signs;             /* of life, counted by the driver */
    uint64_t asked, answered;   /* requests; one at a time */
    uint64_t kind, from, count; /* of blocks of BYTES, all at once */
    uint64_t generation, way;
    int64_t result; /* how many were done and, if read, right; or an error */
};
#define AT ((volatile struct shared *)SHARED)

static uint64_t word_of(uint64_t sector, uint64_t generation, uint64_t i)
{
    return (sector * 4099 + generation * 3 + i) * 0x9e3779b97f4a7c15u;
}

/* Whether a sector is as it was written, in one generation or the one before. */
static bool whole(const uint64_t *word, uint64_t sector, uint64_t generation, bool exactly)
{
    uint64_t of = generation;

    if (!exactly && generation && word[0] == word_of(sector, generation - 1, 0))
        of = generation - 1;
    for (uint64_t i = 0; i < WORDS; i++)
        if (word[i] != word_of(sector, of, i))
            return false;
    return true;
}

static uint64_t sector_of(uint64_t i) { return FIRST + (AT->from + i) * PER_BLOCK; }

/* Ask the device for all blocks of the request. */
static void ask_all(struct block *disk)
{
    for (uint32_t i = 0; i < AT->count; i++) {
        uint64_t *word = (uint64_t *)block_buffer(disk, i);
        for (uint64_t s = 0; s < PER_BLOCK && AT->kind == BLOCK_WRITE; s++)
            for (uint64_t k = 0; k < WORDS; k++)
                *word++ = word_of(sector_of(i) + s, AT->generation, k);
        block_ask(disk, i, (enum block_kind)AT->kind, sector_of(i), BYTES);
    }
    block_flush(disk);
}

/* Take what is done. Of what was read, all of this generation must be there; after a driver's end
 * (`way` is HANGS, for a read) each sector may be of the one before. */
static int64_t take_all(struct block *disk)
{
    enum block_status status;
    int64_t good = 0, slot;

    for (uint64_t i = 0; i < AT->count; i++) {
        while ((slot = block_take(disk, &status)) == FB_EAGAIN)
            exo_yield_to(0);
        if (slot < 0)
            return slot;
        bool right = status == BLOCK_DONE;
        for (uint64_t s = 0; s < PER_BLOCK && AT->kind == BLOCK_READ; s++)
            right = right
                    && whole((uint64_t *)block_buffer(disk, (uint32_t)slot) + s * WORDS,
                             sector_of((uint64_t)slot) + s, AT->generation, AT->way == SERVES);
        good += right;
    }
    return good;
}

/* The driver; a: the device. */
int64_t test_disk_driver(uint64_t a, uint64_t b)
{
    struct block disk;

    (void)b;
    if (block_open(&disk, a, DISK))
        return 1;
    for (;; exo_yield_to(0)) {
        AT->signs++;
        if (AT->asked == AT->answered)
            continue;
        ask_all(&disk);
        if (AT->kind == BLOCK_WRITE && AT->way == HANGS)
            for (;;)
                exo_yield_to(0);
        const int64_t result = take_all(&disk);
        if (AT->kind == BLOCK_WRITE && AT->way == FAULTS)
            __builtin_trap();
        AT->result = result;
        AT->answered = AT->asked;
    }
}

struct supervisor {
    cap_id_t device, driver, shared;
    uint64_t restarts;
};

static void start(struct supervisor *s)
{
    s->driver = (cap_id_t)lib_create(0);
    lib_share(s->driver, s->shared, SHARED, RW);
    lib_start(s->driver, PROGRAM_test_disk_driver, lib_give(s->driver, s->device, EXO_RIGHTS_ALL),
              0);
}

/* Whether the driver gives a sign of life. */
static bool lives(const struct supervisor *s)
{
    const uint64_t before = AT->signs;

    for (uint64_t turns = 0; turns < 1000; turns++) {
        if (exo_yield_to(s->driver) == FB_ESTALE)
            return false;
        if (AT->signs != before)
            return true;
    }
    return false;
}

/* Reset the device, end the driver, and start another. */
static int64_t restart(struct supervisor *s)
{
    struct virtio device;
    const cap_id_t lent = (cap_id_t)exo_derive(s->device, EXO_RIGHTS_ALL);
    const int64_t error = virtio_reset(&device, lent, DISK);

    exo_cap_drop(lent); /* with the registers */
    exo_pci_command(s->device, EXO_PCI_NO_LINE);
    exo_env_destroy(s->driver);
    if (error || s->restarts++ >= MOST_RESTARTS)
        return error ? error : FB_EQUOTA;
    start(s);
    return FB_OK;
}

/* A client's request. FB_ESTALE: the driver ended before it answered, and there is another now. */
static int64_t request(struct supervisor *s, enum block_kind kind, uint64_t from, uint64_t count,
                       uint64_t generation, enum way way)
{
    AT->kind = kind, AT->from = from, AT->count = count, AT->generation = generation, AT->way = way;
    AT->asked = AT->answered + 1;
    while (AT->asked != AT->answered) {
        if (lives(s) || AT->asked == AT->answered)
            continue;
        const int64_t error = restart(s);
        AT->asked = AT->answered; /* the next driver is not to find it */
        return error ? error : FB_ESTALE;
    }
    return AT->result;
}

void test_restart(struct test *t)
{
    struct supervisor s = { .device = test_function(TEST_BLOCK, 0),
                            .shared = lib_page(SHARED, RW) };
    const cap_id_t neighbour = lib_page(NEIGHBOUR, RW);
    static const uint64_t counts[] = { 1, 5, BLOCK_DEPTH };

    for (uint64_t i = 0; i < FB_PAGE_SIZE / 8; i++)
        ((volatile uint64_t *)NEIGHBOUR)[i] = word_of(77, 77, i);
    *AT = (struct shared){ 0 };
    start(&s);
    for (uint64_t round = 0; round < ROUNDS; round++) {
        const uint64_t n = counts[round % 3], here = 100 * round, there = here + 50, g = 3 * round;
        const enum way way = round % 2 ? FAULTS : HANGS;
        CHECK(t, request(&s, BLOCK_WRITE, here, n, g, SERVES) == (int64_t)n);
        CHECK(t, request(&s, BLOCK_WRITE, there, n, g, SERVES) == (int64_t)n);
        const int64_t pages = exo_info(EXO_INFO_ACCOUNT + EXO_ACCOUNT_PAGES);
        CHECK(t, request(&s, BLOCK_WRITE, here, n, g + 1, way) == FB_ESTALE);
        CHECK(t, s.restarts == round + 1 && lives(&s));
        CHECK(t, exo_info(EXO_INFO_ACCOUNT + EXO_ACCOUNT_PAGES) == pages);
        CHECK(t, request(&s, BLOCK_READ, there, n, g, SERVES) == (int64_t)n);
        CHECK(t,
              request(&s, BLOCK_READ, here, n, g + 1, way == HANGS ? HANGS : SERVES) == (int64_t)n);
        CHECK(t, request(&s, BLOCK_WRITE, here, n, g + 2, SERVES) == (int64_t)n); /* again */
        CHECK(t, request(&s, BLOCK_READ, here, n, g + 2, SERVES) == (int64_t)n);
        CHECK(t, exo_probe(EXO_PROBE_AUDIT, 0, 0) == FB_OK);
    }
    for (uint64_t i = 0; i < FB_PAGE_SIZE / 8; i++)
        CHECK(t, ((volatile uint64_t *)NEIGHBOUR)[i] == word_of(77, 77, i));
    restart(&s); /* so that the device is done with its memory, and then the end */
    exo_pci_command(s.device, EXO_PCI_NO_LINE);
    exo_env_destroy(s.driver);
    exo_cap_drop(s.device);
    exo_unbind_page(s.shared);
    exo_unbind_page(neighbour);
}
