/* SPDX-License-Identifier: MIT
 * The profile of each entry: profile.h says what it is. */
#include "profile.h"

#include "stacks.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A region opens with the clock if this processor reads it so soon after BEGIN. */
enum { AT_ONCE = 4, STREAMS = 2 };

/* An instruction of a call path. */
struct cell {
    uint64_t at, sums[STREAMS][PROFILE_WEIGHTS];
    uint32_t node;
};

/* One executed instruction of the open region. */
struct step {
    uint32_t cell;
    uint16_t weights[PROFILE_WEIGHTS];
};

static struct {
    FILE *file;
    struct cell *cells;
    uint32_t *buckets, cell_count, bucket_count;
    struct step *steps;
    uint64_t count, room;  /* of steps */
    uint64_t opened, skip; /* index of the step that reads the clock first; NONE */
    uint64_t regions;      /* that ended, of this entry */
    uint64_t entries;
    uint32_t base;       /* the cell of the last BEGIN */
    unsigned int cpu;    /* that executed it */
    bool open, *written; /* by node */
    uint64_t written_count;
    const char *failed;
} profile;

#define NONE (~0ull)

static struct {
    enum flow flow;
    uint64_t step, clock; /* indices of its last step and its last reading of the clock, or NONE */
    uint64_t own;         /* its steps since BEGIN */
    uint32_t cell;
} cpus[STACK_CPUS];

bool profile_open(const char *path)
{
    profile.file = fopen(path, "r+");
    if (profile.file)
        fprintf(profile.file, "feuerprobe-profile 1\n");
    return profile.file;
}

bool profile_skip(const char *regions) { return sscanf(regions, "%" SCNu64, &profile.skip) == 1; }

static void fail(const char *why)
{
    if (!profile.failed)
        profile.failed = why;
}

static uint64_t hash(uint32_t node, uint64_t at)
{
    uint64_t h = (at ^ (uint64_t)node << 40) * 0x9e3779b97f4a7c15u;

    return h ^ h >> 29;
}

static bool grow(void)
{
    const uint32_t count = profile.bucket_count ? 2 * profile.bucket_count : 1 << 14;
    uint32_t *fresh = calloc(count, sizeof *fresh);
    struct cell *more = realloc(profile.cells, count / 2 * sizeof *more);

    profile.cells = more ? more : profile.cells;
    if (!fresh || !more)
        return free(fresh), false;
    for (uint32_t i = 1; i < profile.cell_count; i++) {
        uint64_t at = hash(more[i].node, more[i].at);
        while (fresh[at % count])
            at++;
        fresh[at % count] = i;
    }
    free(profile.buckets);
    profile.buckets = fresh, profile.bucket_count = count;
    profile.cell_count = profile.cell_count ? profile.cell_count : 1;
    return true;
}

static uint32_t cell_of(uint32_t node, uint64_t address)
{
    if (2 * profile.cell_count >= profile.bucket_count && !grow())
        return fail("no memory"), 0;
    uint64_t at = hash(node, address);
    for (; profile.buckets[at % profile.bucket_count]; at++) {
        const uint32_t i = profile.buckets[at % profile.bucket_count];
        if (profile.cells[i].at == address && profile.cells[i].node == node)
            return i;
    }
    profile.cells[profile.cell_count] = (struct cell){ .at = address, .node = node };
    profile.buckets[at % profile.bucket_count] = profile.cell_count;
    return profile.cell_count++;
}

static void record(unsigned int cpu, uint32_t cell)
{
    if (profile.count == profile.room) {
        const uint64_t room = profile.room ? 2 * profile.room : 1 << 16;
        struct step *more = realloc(profile.steps, room * sizeof *more);
        if (!more) {
            fail("no memory");
            return;
        }
        profile.steps = more, profile.room = room;
    }
    profile.steps[profile.count] = (struct step){ .cell = cell, .weights = { 1 } };
    cpus[cpu].step = profile.count++;
    cpus[cpu].own++;
}

void profile_step(unsigned int cpu, const struct insn *last, const struct insn *now, bool delivered,
                  bool faulted)
{
    const uint32_t node = stacks_step(cpu, last, now, cpus[cpu].flow, delivered, faulted);

    if (!node)
        fail("too many call paths");
    if (faulted && profile.open && cpus[cpu].step != NONE)
        profile.steps[cpus[cpu].step].weights[0] = 0; /* it begins again later */
    cpus[cpu].flow = GOES_ON;
    cpus[cpu].cell = cell_of(node, now->at);
    if (profile.open)
        record(cpu, cpus[cpu].cell);
}

void profile_flow(unsigned int cpu, enum flow flow)
{
    cpus[cpu].flow = flow;
    if (flow != READS_CLOCK || !profile.open)
        return;
    cpus[cpu].clock = cpus[cpu].step;
    if (cpu == profile.cpu && cpus[cpu].own <= AT_ONCE && profile.opened == NONE)
        profile.opened = cpus[cpu].step;
}

void profile_weigh(unsigned int cpu, unsigned int weight, uint64_t by)
{
    if (!profile.open || cpus[cpu].step == NONE)
        return;
    profile.steps[cpus[cpu].step].weights[weight] += (uint16_t)by;
}

/* The caller's nodes are written before. */
static void write_node(uint32_t id)
{
    if (id >= profile.written_count) {
        const uint64_t count = id < 1024 ? 2048 : 2ul * id;
        bool *more = realloc(profile.written, count);
        if (!more) {
            fail("no memory");
            return;
        }
        memset(more + profile.written_count, 0, count - profile.written_count);
        profile.written = more, profile.written_count = count;
    }
    if (!id || profile.written[id])
        return;
    const struct node *n = stacks_node(id);
    write_node(n->parent);
    profile.written[id] = true;
    fprintf(profile.file, "node %u %u %c %llx %llx\n", id, n->parent, n->kind,
            (unsigned long long)n->site, (unsigned long long)n->target);
}

/* Write the sums of the entry, and begin with zeroes. */
static void write_entry(void)
{
    for (struct cell *c = profile.cells + 1; c < profile.cells + profile.cell_count; c++) {
        for (unsigned int stream = 0; stream < STREAMS; stream++) {
            uint64_t any = 0;
            for (int i = 0; i < PROFILE_WEIGHTS; i++)
                any |= c->sums[stream][i];
            if (!any)
                continue;
            write_node(c->node);
            fprintf(profile.file, "cell %u %u %llx", stream, c->node, (unsigned long long)c->at);
            for (int i = 0; i < PROFILE_WEIGHTS; i++)
                fprintf(profile.file, " %llu", (unsigned long long)c->sums[stream][i]);
            fprintf(profile.file, "\n");
        }
        memset(c->sums, 0, sizeof c->sums);
    }
}

void profile_entry(void)
{
    write_entry();
    fprintf(profile.file, "entry %llu\n", (unsigned long long)profile.entries++);
    stacks_entry();
    profile.regions = 0;
    profile.open = false;
}

void profile_begin(unsigned int cpu)
{
    profile.open = true;
    profile.count = 0, profile.opened = NONE, profile.cpu = cpu;
    profile.base = cpus[cpu].cell;
    for (int i = 0; i < STACK_CPUS; i++)
        cpus[i].step = cpus[i].clock = NONE, cpus[i].own = 0;
}

void profile_end(unsigned int cpu)
{
    const unsigned int stream = profile.regions & 1;
    const bool closed = profile.opened != NONE, kept = profile.regions >= profile.skip;
    const uint64_t from = closed ? profile.opened : 0;
    uint64_t to = cpus[cpu].clock, instructions = 0;

    profile.open = false;
    profile.regions++;
    to = to == NONE ? profile.count : to;
    for (uint64_t i = from; i < to; i++) {
        struct cell *c = &profile.cells[profile.steps[i].cell];
        instructions += profile.steps[i].weights[0];
        for (int w = 0; w < PROFILE_WEIGHTS && kept; w++)
            c->sums[stream][w] += profile.steps[i].weights[w];
    }
    if (!kept)
        return;
    const struct cell *base = &profile.cells[profile.base];
    write_node(base->node);
    fprintf(profile.file, "region %u %llu %s %u %llx\n", stream, (unsigned long long)instructions,
            closed ? "clock" : "deadline", base->node, (unsigned long long)base->at);
}

void profile_write(void)
{
    write_entry();
    if (profile.failed)
        fprintf(profile.file, "failed %s\n", profile.failed);
    else
        fprintf(profile.file, "complete %llu\n", (unsigned long long)profile.entries);
    fclose(profile.file);
}
