/* SPDX-License-Identifier: MIT
 * Basic-block vectors: phases.h says what they are. */
#include "phases.h"

#include "table.h"

#include <inttypes.h>
#include <string.h>

enum { FIRST_INTERVAL = 10000, MOST_INTERVALS = 1024 };

/* Instructions of one basic block in one interval. */
struct cell {
    uint32_t block;
    uint64_t instructions;
};

struct interval {
    struct cell *cells;
    uint32_t count;
    uint64_t instructions;
};

static struct {
    struct table blocks;
    struct interval *intervals;
    uint64_t length, inside; /* of an interval, in instructions; so far */
    uint32_t interval_count;
    uint64_t *by_block; /* instructions of this interval, by block */
    uint32_t *touched, touched_count, room;
    bool failed;
} p = { .length = FIRST_INTERVAL };

/* Add an interval to the one before. O(cells). */
static bool merge(struct interval *to, struct interval *from)
{
    struct cell *cells = realloc(to->cells, (to->count + from->count) * sizeof *cells);
    const uint32_t count = to->count;

    if (!cells)
        return false;
    for (uint32_t i = 0; i < count; i++)
        p.by_block[cells[i].block] = i + 1;
    for (uint32_t i = 0; i < from->count; i++) {
        const uint64_t at = p.by_block[from->cells[i].block];
        if (at)
            cells[at - 1].instructions += from->cells[i].instructions;
        else
            cells[to->count++] = from->cells[i];
    }
    for (uint32_t i = 0; i < count; i++)
        p.by_block[cells[i].block] = 0;
    to->cells = cells;
    to->instructions += from->instructions;
    free(from->cells);
    return true;
}

/* Intervals become twice as long, and half as many. O(cells). */
static void halve(void)
{
    for (uint32_t i = 0; i < MOST_INTERVALS / 2; i++) {
        p.intervals[i] = p.intervals[2 * i];
        p.failed |= !merge(&p.intervals[i], &p.intervals[2 * i + 1]);
    }
    p.interval_count = MOST_INTERVALS / 2;
    p.length *= 2;
}

static void close_interval(void)
{
    if (!p.intervals)
        p.intervals = calloc(MOST_INTERVALS, sizeof *p.intervals);
    struct cell *cells = malloc((p.touched_count + 1ul) * sizeof *cells);
    if (!p.intervals || !cells) {
        free(cells);
        p.failed = true;
        return;
    }
    for (uint32_t i = 0; i < p.touched_count; i++) {
        const uint32_t block = p.touched[i];
        cells[i] = (struct cell){ block, p.by_block[block] };
        p.by_block[block] = 0;
    }
    p.intervals[p.interval_count++] = (struct interval){ cells, p.touched_count, p.inside };
    p.touched_count = 0, p.inside = 0;
    if (p.interval_count == MOST_INTERVALS)
        halve();
}

uint32_t phases_block(uint64_t at)
{
    bool fresh;
    const uint32_t number = table_number(&p.blocks, at, &fresh);

    if (number != TABLE_FULL && number >= p.room) {
        const uint32_t room = 2 * number + 1024;
        uint64_t *counts = realloc(p.by_block, room * sizeof *counts);
        uint32_t *touched = realloc(p.touched, room * sizeof *touched);
        p.by_block = counts ? counts : p.by_block;
        p.touched = touched ? touched : p.touched;
        if (counts && touched) {
            memset(counts + p.room, 0, (room - p.room) * sizeof *counts);
            p.room = room;
        }
    }
    p.failed |= number == TABLE_FULL || number >= p.room;
    return p.failed ? 0 : number + 1;
}

void phases_step(uint32_t block)
{
    if (!block)
        return;
    if (!p.by_block[block - 1]++)
        p.touched[p.touched_count++] = block - 1;
    if (++p.inside == p.length)
        close_interval();
}

bool phases_write(FILE *file)
{
    if (p.inside)
        close_interval();
    fprintf(file, "interval %" PRIu64 "\n", p.length);
    for (uint32_t i = 0; i < p.blocks.count; i++)
        fprintf(file, "block %u %" PRIx64 "\n", i, p.blocks.keys[i]);
    for (uint32_t i = 0; i < p.interval_count; i++) {
        fprintf(file, "vector %" PRIu64, p.intervals[i].instructions);
        for (uint32_t c = 0; c < p.intervals[i].count; c++)
            fprintf(file, " %u:%" PRIu64, p.intervals[i].cells[c].block,
                    p.intervals[i].cells[c].instructions);
        fprintf(file, "\n");
    }
    return !p.failed;
}
