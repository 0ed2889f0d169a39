/* SPDX-License-Identifier: MIT
 * The character of a workload: workload.h says what it is. */
#include "workload.h"

#include "branches.h"
#include "mix.h"
#include "phases.h"
#include "reuse.h"

#include <inttypes.h>
#include <stdio.h>

enum place { PROGRAM, LIBOS, KERNEL, PLACES };
enum {
    CPUS = 16,
    STRIDES = 6, /* 0; to 8, 64, 512, 4096 bytes; more */
    LINE_BITS = 6
};
#define IMAGE 0x200000ull
#define IMAGE_END 0x400000ull

/* A static instruction. */
struct site {
    uint64_t at, data, target; /* data: the address it accessed before */
    uint32_t block;            /* number of the basic block that begins here, plus one */
    uint8_t size, mix, kind, place;
    bool accessed, executed;
    uint32_t epoch;
    uint64_t count, since; /* of the kernel's instructions: executions, and those of this epoch */
    struct branch branch;
};

/* What a processor executes now; it is counted when the next instruction begins. */
struct pending {
    struct site *site, *branch; /* branch: its outcome is not known yet */
    uint64_t next;              /* where the program goes on */
    uint32_t block;
    bool leaves;
    struct {
        uint64_t at, size;
        bool store;
    } access[4];
    unsigned int accesses;
};

static struct {
    FILE *file;
    bool failed;
    bool by_regions, begun, active;
    uint64_t skip, regions;
    struct table sites, code_lines, code_pages, data_pages;
    uint64_t data_page; /* the last one, plus one */
    struct site **by_number;
    uint32_t room;
    uint64_t mix[PLACES][MIX_CLASSES], loads[PLACES], stores[PLACES], halts, seen_halts;
    uint64_t strides[STRIDES];
    uint64_t seen[PLACES][MIX_CLASSES], seen_loads[PLACES], seen_stores[PLACES];
    struct reuse data;
    struct branches branches;
    uint64_t first[COUNTERS], last[COUNTERS];
    uint32_t epoch; /* number of the snapshot */
    void (*totals)(uint64_t sums[COUNTERS]);
} w;

static struct pending pending[CPUS];

static const char *const mixes[MIX_CLASSES] = {
    "move", "arithmetic", "logic", "compare", "multiply", "divide", "branch", "jump",
    "call", "return",     "stack", "string",  "vector",   "system", "other",
};
static const char *const places[PLACES] = { "program", "libos", "kernel" };

static void fail(void) { w.failed = true; }

bool workload_open(const char *path)
{
    w.file = fopen(path, "r+");
    if (w.file)
        fprintf(w.file, "feuerprobe-workload 1\n");
    return w.file;
}

bool workload_regions(const char *skip)
{
    w.by_regions = true;
    return sscanf(skip, "%" SCNu64, &w.skip) == 1;
}

void workload_totals(void (*totals)(uint64_t sums[COUNTERS])) { w.totals = totals; }

static enum place place_of(uint64_t at)
{
    return at >> 63 ? KERNEL : at >= IMAGE && at < IMAGE_END ? LIBOS : PROGRAM;
}

void *workload_site(uint64_t at, const uint8_t *bytes, size_t size, struct opcode o)
{
    uint64_t key = at;
    bool fresh;

    for (size_t i = 0; i < size; i++) /* other programs may have other code there */
        key = (key ^ (uint64_t)bytes[i] << 48) * 0x100000001b3u;
    const uint32_t number = table_number(&w.sites, key, &fresh);
    if (number == TABLE_FULL)
        return fail(), NULL;
    if (number >= w.room) {
        const uint32_t room = 2 * number + 1024;
        struct site **more = realloc(w.by_number, room * sizeof *more);
        if (!more)
            return fail(), NULL;
        w.by_number = more, w.room = room;
    }
    if (fresh) {
        w.by_number[number] = calloc(1, sizeof **w.by_number);
        if (!w.by_number[number])
            return fail(), NULL;
        *w.by_number[number] = (struct site){ .at = at,
                                              .target = target_of(at, bytes, size, o),
                                              .size = (uint8_t)size,
                                              .mix = (uint8_t)mix_of(o),
                                              .kind = (uint8_t)kind_of(o, size),
                                              .place = (uint8_t)place_of(at) };
    }
    return w.by_number[number];
}

uint64_t workload_address(const void *site) { return ((const struct site *)site)->at; }
size_t workload_size(const void *site) { return ((const struct site *)site)->size; }
enum kind workload_kind(const void *site) { return ((const struct site *)site)->kind; }

static unsigned int stride_class(uint64_t from, uint64_t to)
{
    const uint64_t apart = from > to ? from - to : to - from;

    return apart == 0      ? 0
           : apart <= 8    ? 1
           : apart <= 64   ? 2
           : apart <= 512  ? 3
           : apart <= 4096 ? 4
                           : 5;
}

static void note(struct table *set, uint64_t key)
{
    bool fresh;

    if (table_number(set, key, &fresh) == TABLE_FULL)
        fail();
}

static void count_access(struct site *site, uint64_t at, uint64_t size)
{
    for (uint64_t line = at >> LINE_BITS; line <= (at + size - 1) >> LINE_BITS; line++)
        reuse_access(&w.data, line);
    for (uint64_t page = at >> PAGE_BITS; page <= (at + size - 1) >> PAGE_BITS; page++) {
        if (page + 1 != w.data_page)
            note(&w.data_pages, page);
        w.data_page = page + 1;
    }
    if (site->accessed)
        w.strides[stride_class(site->data, at)]++;
    site->accessed = true, site->data = at;
}

/* The program's instruction was executed. */
static void count_program(struct pending *p, struct site *site)
{
    if (p->leaves || site->at != p->next || !p->block)
        p->block = site->block ? site->block : (site->block = phases_block(site->at));
    p->leaves = mix_leaves(site->mix) || site->kind == IS_SYSCALL;
    p->next = site->at + site->size;
    if (site->mix == MIX_BRANCH)
        p->branch = site;
    phases_step(p->block);
    if (!site->executed) {
        const uint64_t end = site->at + site->size - 1;
        site->executed = true;
        note(&w.code_lines, site->at >> LINE_BITS), note(&w.code_lines, end >> LINE_BITS);
        note(&w.code_pages, site->at >> PAGE_BITS), note(&w.code_pages, end >> PAGE_BITS);
    }
}

/* The program goes on here: now the outcome of its last branch is known. */
static void resolve(struct pending *p, const struct site *now)
{
    struct site *branch = p->branch;

    p->branch = NULL;
    if (now->at == branch->at + branch->size)
        branch_executed(&w.branches, &branch->branch, branch->at, false);
    else if (now->at == branch->target)
        branch_executed(&w.branches, &branch->branch, branch->at, true);
    else
        w.branches.unknown++; /* another thread goes on */
}

static enum place counted_as(const struct site *site)
{
    return w.by_regions ? PROGRAM : (enum place)site->place;
}

/* The pending instruction was executed, and did not fault. */
static void commit(struct pending *p)
{
    struct site *site = p->site;
    const enum place place = counted_as(site);

    w.mix[place][site->mix]++;
    if (site->place == KERNEL) {
        if (site->epoch != w.epoch)
            site->count += site->since, site->since = 0, site->epoch = w.epoch;
        site->since++;
    }
    if (place == PROGRAM)
        count_program(p, site);
    for (unsigned int i = 0; i < p->accesses; i++) {
        (p->access[i].store ? w.stores : w.loads)[place]++;
        if (place == PROGRAM)
            count_access(site, p->access[i].at, p->access[i].size);
    }
}

/* What LibOS and kernel did until now was for the program, which goes on. */
static void snapshot(void)
{
    memcpy(w.seen, w.mix, sizeof w.seen);
    memcpy(w.seen_loads, w.loads, sizeof w.seen_loads);
    memcpy(w.seen_stores, w.stores, sizeof w.seen_stores);
    w.seen_halts = w.halts;
    w.epoch++;
    w.totals(w.last);
}

static void begin(void)
{
    w.active = true;
    if (!w.begun)
        w.totals(w.first);
    w.begun = true;
}

void workload_step(unsigned int cpu, void *data, bool faulted, bool ready)
{
    struct pending *p = &pending[cpu];
    struct site *site = data;

    if (!site)
        return;
    if (p->site && !faulted && w.active)
        commit(p);
    const bool program = counted_as(site) == PROGRAM;
    if (!w.by_regions && !w.active && ready && program)
        begin();
    if (w.active && p->site && program != (counted_as(p->site) == PROGRAM))
        snapshot();
    if (w.active && program && p->branch)
        resolve(p, site);
    p->site = site;
    p->accesses = 0;
}

void workload_access(unsigned int cpu, uint64_t address, uint64_t size, bool store)
{
    struct pending *p = &pending[cpu];

    if (p->accesses == sizeof p->access / sizeof *p->access)
        return;
    p->access[p->accesses].at = address, p->access[p->accesses].size = size;
    p->access[p->accesses++].store = store;
}

void workload_halt(unsigned int cpu)
{
    (void)cpu;
    w.halts += w.active;
}

void workload_entry(void) { w.regions = 0, w.active = false; }

void workload_begin(void)
{
    if (w.by_regions && w.regions >= w.skip && !(w.regions & 1)) {
        for (struct pending *p = pending; p < pending + CPUS; p++)
            p->site = p->branch = NULL, p->block = 0;
        begin();
    }
}

void workload_end(void)
{
    if (w.by_regions && w.active)
        snapshot();
    if (w.by_regions)
        w.active = false;
    w.regions++;
}

static void write_counts(const char *name, const uint64_t *counts, unsigned int n)
{
    fprintf(w.file, "%s", name);
    for (unsigned int i = 0; i < n; i++)
        fprintf(w.file, " %" PRIu64, counts[i]);
    fprintf(w.file, "\n");
}

static uint64_t executions(const struct site *site)
{
    return site->count + (site->epoch != w.epoch ? site->since : 0);
}

/* How often the kernel executed each of its instructions. */
static void write_kernel(void)
{
    for (uint32_t i = 0; i < w.sites.count; i++) {
        const struct site *site = w.by_number[i];
        if (site && site->place == KERNEL && executions(site))
            fprintf(w.file, "kernel %" PRIx64 " %" PRIu64 "\n", site->at, executions(site));
    }
}

static void write_mix(void)
{
    for (int place = 0; place < PLACES; place++) {
        const bool own = place == PROGRAM;
        for (int i = 0; i < MIX_CLASSES; i++)
            fprintf(w.file, "mix %s %s %" PRIu64 "\n", places[place], mixes[i],
                    (own ? w.mix : w.seen)[place][i]);
        fprintf(w.file, "access %s %" PRIu64 " %" PRIu64 "\n", places[place],
                (own ? w.loads : w.seen_loads)[place], (own ? w.stores : w.seen_stores)[place]);
    }
}

void workload_write(void)
{
    const struct branches *b = &w.branches;
    uint64_t gained[COUNTERS];

    write_mix();
    write_kernel();
    for (int i = 0; i < COUNTERS; i++)
        gained[i] = w.last[i] - w.first[i];
    write_counts("counters", gained, COUNTERS);
    write_counts("halts", &w.seen_halts, 1);
    write_counts("data", (const uint64_t[]){ w.data.lines.count, w.data_pages.count }, 2);
    write_counts("code", (const uint64_t[]){ w.code_lines.count, w.code_pages.count }, 2);
    write_counts("reuse", w.data.buckets, REUSE_BUCKETS);
    write_counts("strides", w.strides, STRIDES);
    write_counts("branches",
                 (const uint64_t[]){ b->executed, b->taken, b->changed, b->simple_misses,
                                     b->history_misses, b->unknown },
                 6);
    const bool whole = phases_write(w.file);
    if (w.failed || w.data.failed || !whole)
        fprintf(w.file, "failed no memory\n");
    else
        fprintf(w.file, "complete\n");
    fclose(w.file);
}
