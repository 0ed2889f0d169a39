/* SPDX-License-Identifier: MIT
 * The probe on the host: refusals, records, effects and both carriers, without a kernel around it.
 * CRC is computed bit by bit here, apart from the probe's table. */
#include "check.h"
#include "feuerprobe.h"

#include <string.h>

enum { REGION = 1 << 20, BASE = 0x4000000 };

static _Alignas(4096) uint8_t region[REGION];
static uint64_t scratch[1 << 13];
static char line[1 << 20];
static uint32_t sent, steps, sabotaged_call, evaluated;
static struct {
    struct fp_plan plan;
    struct fp_entry entry[4];
} plan;

static void *map(uint64_t base, uint64_t size)
{
    return base == BASE && size <= REGION ? region : NULL;
}

static void put(char c) { line[sent++ % sizeof line] = c; }
static void step(uint32_t entry, uint64_t repetition) { steps += entry == 0 && repetition < 9; }

static struct fp_platform platform = {
    .name = "host",
    .version = "1",
    .build = "test",
    .cpus = 1,
    .map = map,
    .scratch = scratch,
    .scratch_size = sizeof scratch,
    .put = put,
    .step = step,
};

static volatile uint64_t cell;
static int store(uint64_t value)
{
    cell = value;
    return 0;
}

static int64_t add(uint64_t value) { return 7 + (int64_t)value; }

static void run_store(struct fp_run *run)
{
    int status = 0;
    while (fp_next(run)) {
        const uint64_t value = fp_random(run, 1000) + 1;
        cell = 0;
        FP_TIMED(run, i, status, store, value);
        CHECK(!run->twin || cell == 0);
        const bool sabotaged = run->repetition == sabotaged_call;
        fp_check(run, status == 0 && cell == value && !sabotaged, "not stored");
    }
}

/* In the twin every result is zero, and the condition of the check is not evaluated. */
static void run_batch(struct fp_run *run)
{
    int64_t status[4];
    while (fp_next(run)) {
        for (uint32_t i = 0; i < run->batch; i++)
            status[i] = 99;
        FP_TIMED(run, i, status[i], add, i);
        for (uint32_t i = 0; i < run->batch; i++) {
            CHECK(status[i] == (run->twin ? 0 : 7 + i));
            fp_check(run, (++evaluated, status[i] == 7 + i), "not added");
        }
    }
}
static void run_nothing(struct fp_run *run) { (void)run; }
static void run_leaver(struct fp_run *run)
{
    fp_next(run);
    fp_check(run, true, "none");
}
static void run_unchecked(struct fp_run *run)
{
    while (fp_next(run))
        fp_keep(run, 5);
}

static void run_counter(struct fp_run *run)
{
    while (fp_next(run)) {
        fp_keep(run, run->repetition);
        fp_check(run, true, "none");
    }
}

static const struct fp_benchmark table[] = {
    { "store", "store", "the cell has the value", 0, 0, 1, 1, { { "n", 3, 20 } }, run_store, 0 },
    { "nothing", "nothing", "none", 0, 0, 1, 0, { { "", 0, 0 } }, run_nothing, 0 },
    { "leaver", "leaver", "none", 0, 0, 1, 0, { { "", 0, 0 } }, run_leaver, 0 },
    { "unchecked", "unchecked", "none", 0, 0, 1, 0, { { "", 0, 0 } }, run_unchecked, 0 },
    { "counter", "counter", "none", 0, 0, 1, 0, { { "", 0, 0 } }, run_counter, 8 },
    { "batch", "batch", "seven more", 0, 0, 1, 0, { { "", 0, 0 } }, run_batch, 0 },
    { "pair", "pair", "none", 0, 0, 2, 0, { { "", 0, 0 } }, run_counter, 0 },
};

enum { BENCHMARKS = sizeof table / sizeof *table, FIRST_ENTRY = 3 + BENCHMARKS };

static uint32_t slow_crc(const uint8_t *p, size_t size, size_t hole)
{
    uint32_t c = ~0u;
    for (size_t i = 0; i < size; i++) {
        c ^= i >= hole && i < hole + 4 ? 0 : p[i];
        for (int b = 0; b < 8; b++)
            c = c & 1 ? c >> 1 ^ 0x82F63B78u : c >> 1;
    }
    return ~c;
}

static const struct fp_header *page(void) { return (const void *)region; }

static void new_plan(uint32_t entries)
{
    memset(&plan, 0, sizeof plan);
    memset(region, 0xee, sizeof region);
    plan.plan = (struct fp_plan){ .magic = "FPPLAN1",
                                  .major = 1,
                                  .entries = entries,
                                  .seed = 7,
                                  .length = 64 + 128 * entries,
                                  .output_base = BASE,
                                  .output_size = REGION,
                                  .boot = 3 };
    plan.plan.magic[7] = '\n';
    for (int i = 0; i < 4; i++)
        plan.entry[i] = (struct fp_entry){ "store",  { 5 },      10,         2, 1,
                                           FP_CLOCK, FP_ANY_CPU, FP_ANY_CPU, 0, { 0 } };
    platform.omit_first = false;
    sabotaged_call = sent = steps = 0;
}

static uint32_t open_plan(void)
{
    plan.plan.crc = slow_crc((void *)&plan, 64 + 128 * plan.plan.entries, 12);
    return fp_open(&platform, &plan, 64 + 128 * plan.plan.entries);
}

/* Record number `n` in the region, all before and including it checked; NULL past the end. */
static const void *record(uint32_t n)
{
    uint64_t at = 0;
    for (uint32_t i = 0; at < page()->written; i++) {
        const struct fp_record *r = (const void *)(region + 4096 + at);
        CHECK(r->version == 1 && r->length >= 16 && r->length % 8 == 0 && r->sequence == i);
        CHECK(r->crc == slow_crc((const void *)r, r->length, 8));
        at += r->length;
        if (i == n)
            return r;
    }
    CHECK(at == page()->written);
    return NULL;
}

static void knows_crc32c(void)
{
    CHECK(slow_crc((const uint8_t *)"123456789", 9, 99) == 0xE3069283);
}

static void writes_all_records(void)
{
    new_plan(1);
    CHECK(open_plan() == 0 && page()->state == FP_BOOTING);
    CHECK(!memcmp(page()->magic, "FPROBE1\n", 8));
    CHECK(fp_carry_out(table, BENCHMARKS) == FP_COMPLETE && page()->state == FP_COMPLETE);
    CHECK(page()->done == 1 && page()->total == 1 && page()->boot == 3 && steps == 18);
    CHECK(page()->plan_crc == plan.plan.crc && page()->heartbeat == 24);
    const struct fp_kernel *k = record(0);
    CHECK(k->record.type == FP_RECORD_KERNEL && !strcmp(k->name, "host") && k->clock == 1);
    const struct fp_catalogue *c = record(1);
    CHECK(c->record.type == FP_RECORD_BENCHMARK && !strcmp(c->params[0].name, "n"));
    CHECK(c->params[0].max == 20 && c->nparams == 1);
    const struct fp_samples *calibration = record(FIRST_ENTRY - 2);
    const struct fp_samples *operation = record(FIRST_ENTRY), *twin = record(FIRST_ENTRY + 1);
    CHECK(calibration->entry == UINT32_MAX && calibration->count == 64);
    CHECK(operation->stream == 0 && operation->count == 10 && operation->first == 0);
    CHECK(twin->stream == 1 && twin->count == 10 && twin->batch == 1 && twin->metric == FP_CLOCK);
    const struct fp_result *r = record(FIRST_ENTRY + 2);
    CHECK(r->status == FP_VERIFIED && r->checks == 12 && r->failures == 0);
    const struct fp_end *end = record(FIRST_ENTRY + 3);
    CHECK(end->record.type == FP_RECORD_END && end->entries == 1);
    CHECK(end->records == FIRST_ENTRY + 4);
    CHECK(record(FIRST_ENTRY + 4) == NULL);
}

/* Repetitions count from 1 and take turns: two of each stream are for warming up. */
static void keeps_what_follows_the_warm_up(void)
{
    new_plan(1), strcpy(plan.entry[0].benchmark, "counter");
    CHECK(open_plan() == 0 && fp_carry_out(table, BENCHMARKS) == FP_COMPLETE);
    for (uint32_t stream = 0; stream < 2; stream++) {
        const struct fp_samples *s = record(FIRST_ENTRY + stream);
        for (uint32_t i = 0; i < 10; i++)
            CHECK(s->values[i] == 5 + 2 * i + stream);
    }
}

static void refuses(uint32_t error)
{
    CHECK(open_plan() == error && page()->state == FP_REFUSED && page()->error == error);
    CHECK(page()->written == 0 && page()->total == 0);
}

static void refuses_bad_plans(void)
{
    new_plan(2), plan.plan.magic[3] ^= 1, refuses(FP_BAD_MAGIC);
    new_plan(2), plan.plan.major = 2, refuses(FP_BAD_VERSION);
    new_plan(2), plan.plan.length -= 128, refuses(FP_BAD_LENGTH);
    new_plan(2), plan.plan.entries = 0x2000001, plan.plan.length = 64 + 128;
    CHECK(fp_open(&platform, &plan, sizeof plan) == FP_BAD_LENGTH);
    new_plan(2), plan.entry[1].samples = 0, refuses(FP_BAD_ENTRY);
    new_plan(2), plan.entry[1].batch = 0, refuses(FP_BAD_ENTRY);
    new_plan(2), plan.entry[0].flags = 2, refuses(FP_BAD_ENTRY);
    new_plan(2), memset(plan.entry[0].benchmark, 'x', 48), refuses(FP_BAD_ENTRY);
    new_plan(2), open_plan(), plan.entry[1].warmup++;
    CHECK(fp_open(&platform, &plan, 64 + 256) == FP_BAD_CRC);
    CHECK(fp_open(&platform, &plan, 10) == FP_BAD_MAGIC);
    new_plan(2), plan.plan.minor = 5;
    CHECK(open_plan() == 0);
    const uint64_t bad[][2] = {
        { BASE + 8, REGION }, { BASE, 4096 }, { BASE, REGION - 8 }, { BASE + 4096, REGION }
    };
    for (int i = 0; i < 4; i++) {
        new_plan(1), plan.plan.output_base = bad[i][0], plan.plan.output_size = bad[i][1];
        CHECK(open_plan() == FP_BAD_REGION && region[0] == 0xee);
    }
}

/* The RESULT of entry 0, which must be the record right after the calibration. */
static const struct fp_result *only_result(void)
{
    const struct fp_result *r = record(FIRST_ENTRY);
    CHECK(r->record.type == FP_RECORD_RESULT && r->entry == 0);
    return r;
}

static void gives_no_sample_without_effect(void)
{
    new_plan(1), platform.omit_first = true, open_plan();
    CHECK(fp_carry_out(table, BENCHMARKS) == FP_COMPLETE);
    CHECK(only_result()->status == FP_EFFECT_FAILED && only_result()->failures == 1);
    CHECK(!strcmp(only_result()->message, "not stored"));
    new_plan(1), sabotaged_call = 21, open_plan(); /* late in the entry */
    CHECK(fp_carry_out(table, BENCHMARKS) == FP_COMPLETE);
    CHECK(only_result()->status == FP_EFFECT_FAILED);
    for (uint32_t i = 1; i < 4; i++) { /* runs nothing, leaves early, checks nothing */
        new_plan(1), strcpy(plan.entry[0].benchmark, table[i].name), open_plan();
        CHECK(fp_carry_out(table, BENCHMARKS) == FP_COMPLETE);
        CHECK(only_result()->status == FP_EFFECT_FAILED);
    }
}

static void evaluates_no_check_in_the_twin(void)
{
    new_plan(1), strcpy(plan.entry[0].benchmark, "batch"), plan.entry[0].batch = 4;
    evaluated = 0;
    CHECK(open_plan() == 0 && fp_carry_out(table, BENCHMARKS) == FP_COMPLETE);
    CHECK(evaluated == 4 * (2 + 10)); /* warm-up and samples of the operation alone */
    CHECK(page()->done == 1);
}

static void expects(uint32_t status)
{
    CHECK(open_plan() == 0 && fp_carry_out(table, BENCHMARKS) == FP_COMPLETE);
    CHECK(only_result()->status == status && only_result()->checks == 0);
}

static void says_why_an_entry_cannot_be_measured(void)
{
    new_plan(1), strcpy(plan.entry[0].benchmark, "stor"), expects(FP_UNKNOWN);
    new_plan(1), plan.entry[0].params[0] = 2, expects(FP_OUT_OF_RANGE);
    new_plan(1), plan.entry[0].params[0] = 21, expects(FP_OUT_OF_RANGE);
    new_plan(1), plan.entry[0].cpu = 1, expects(FP_IMPOSSIBLE);
    new_plan(1), plan.entry[0].flags = FP_COLD, expects(FP_IMPOSSIBLE);
    new_plan(1), plan.entry[0].metric = FP_BYTES, expects(FP_NO_METRIC);
}

/* Bytes in use in the clock's place, and the most with each environment's share. */
static uint64_t in_use(uint32_t what)
{
    static uint64_t asked;

    if (what == FP_MOST) /* 32 bytes more within each repetition, as it were */
        return asked++ % 2 ? 4096 + 8 * cell + 32 : 0;
    return what ? 100 * what : 4096 + 8 * cell;
}

static void tells_the_memory_in_use(void)
{
    platform.memory = in_use;
    new_plan(1), plan.entry[0].metric = FP_BYTES;
    CHECK(open_plan() == 0 && fp_carry_out(table, BENCHMARKS) == FP_COMPLETE);
    const struct fp_samples *operation = record(FIRST_ENTRY), *twin = record(FIRST_ENTRY + 1);
    const struct fp_samples *peak = record(FIRST_ENTRY + 2);
    uint64_t most = 0;
    for (int i = 0; i < 10; i++) {
        CHECK(operation->values[i] > 4096 && twin->values[i] == 4096);
        most = operation->values[i] > most ? operation->values[i] : most;
    }
    CHECK(operation->metric == FP_BYTES && peak->metric == FP_BYTES && peak->stream == 2);
    CHECK(peak->count == 9 && peak->values[0] == most + 32 && peak->values[1] == 100);
    CHECK(peak->values[8] == 800);
    platform.memory = NULL;
}

/* A processor that counts instructions alone, in eight bits. */
static uint32_t counted;
static uint64_t count(uint32_t metric)
{
    counted = metric;
    return metric == FP_INSTRUCTIONS ? 0xff : 0;
}

static void counts_in_the_clocks_place(void)
{
    platform.count = count;
    new_plan(1), plan.entry[0].metric = FP_INSTRUCTIONS, plan.entry[0].samples = 200;
    strcpy(plan.entry[0].benchmark, "counter");
    CHECK(open_plan() == 0 && fp_carry_out(table, BENCHMARKS) == FP_COMPLETE);
    const struct fp_kernel *k = record(0);
    const struct fp_samples *empty = record(FIRST_ENTRY - 2), *spans = record(FIRST_ENTRY - 1);
    const struct fp_samples *operation = record(FIRST_ENTRY);
    CHECK(k->clock == 0 && empty->metric == FP_INSTRUCTIONS && spans->metric == FP_INSTRUCTIONS);
    CHECK(operation->metric == FP_INSTRUCTIONS && operation->count == 200);
    for (uint64_t i = 0; i < 200; i++)
        CHECK(operation->values[i] == ((5 + 2 * i) & 0xff));
    platform.count = NULL;
}

/* Neither clock nor memory then, no other event, and nothing that takes two processors. */
static void refuses_what_it_cannot_count(void)
{
    static const uint32_t others[] = { FP_CLOCK, FP_BYTES, FP_EVENTS, FP_CACHE_MISSES, 99 };

    platform.count = count, platform.memory = in_use, platform.cpus = 2;
    for (int i = 0; i < 5; i++) {
        new_plan(1), plan.entry[0].metric = others[i];
        CHECK(open_plan() == 0 && fp_carry_out(table, BENCHMARKS) == FP_COMPLETE);
        const struct fp_result *r = record(FIRST_ENTRY - 2); /* nothing was calibrated */
        CHECK(r->record.type == FP_RECORD_RESULT && r->status == FP_NO_METRIC);
        CHECK(counted == others[i] && !strcmp(r->message, "this kernel does not tell it"));
    }
    new_plan(1), plan.entry[0].metric = FP_INSTRUCTIONS, strcpy(plan.entry[0].benchmark, "pair");
    expects(FP_NO_METRIC);
    CHECK(!strcmp(only_result()->message, "two processors count apart"));
    platform.count = NULL, platform.memory = NULL;
    new_plan(1), strcpy(plan.entry[0].benchmark, "pair");
    CHECK(open_plan() == 0 && fp_carry_out(table, BENCHMARKS) == FP_COMPLETE);
    CHECK(((const struct fp_result *)record(FIRST_ENTRY + 2))->status == FP_VERIFIED);
    platform.cpus = 1;
    const uint32_t mine[] = { FP_INSTRUCTIONS, FP_BRANCH_MISSES };
    for (int i = 0; i < 2; i++) /* a kernel that does not count */
        new_plan(1), plan.entry[0].metric = mine[i], expects(FP_NO_METRIC);
}

static void stops_when_out_of_room(void)
{
    new_plan(4), plan.plan.output_size = 3 * 4096; /* one entry fits, two do not */
    plan.entry[0].samples = plan.entry[1].samples = 180, open_plan();
    CHECK(fp_carry_out(table, BENCHMARKS) == FP_OUT_OF_ROOM && page()->state == FP_OUT_OF_ROOM);
    CHECK(page()->done == 1 && record(FIRST_ENTRY + 2) && !record(FIRST_ENTRY + 3));
    CHECK(region[3 * 4096] == 0xee);
    new_plan(1), plan.entry[0].samples = UINT32_MAX, open_plan();
    CHECK(fp_carry_out(table, BENCHMARKS) == FP_OUT_OF_ROOM && page()->done == 0);
}

static void tells_a_panic(void)
{
    new_plan(1), open_plan();
    fp_panic(1, 14, 2, 0x1234, 0x5678, "page fault");
    CHECK(page()->state == FP_PANIC && page()->panic.magic == 0x21505046 && page()->panic.cpu == 1);
    CHECK(page()->panic.code == 14 && page()->panic.detail == 2 && page()->panic.pc == 0x1234);
    CHECK(page()->panic.address == 0x5678 && !strcmp(page()->panic.message, "page fault"));
}

static void speaks_over_a_serial_line_without_plan(void)
{
    new_plan(0);
    CHECK(fp_open(&platform, NULL, 0) == 0 && fp_carry_out(table, 1) == FP_COMPLETE);
    line[sent] = 0;
    CHECK(!strncmp(line, "#fp-state 1 0 0 0 0 0\n#fp-state 2 0 0 0 0 4\n#fp 01000100", 56));
    uint32_t records = 0;
    for (const char *p = line; (p = strstr(p, "\n#fp ")); p++)
        records++;
    CHECK(records == 1 + 1 + 2 + 4 * 3 + 1); /* n = 4, 8, 16 and 20 */
    CHECK(strstr(line, "\n#fp-state 3 0 0 0 4 4\n") && region[0] == 0xee);
}

int main(int argc, char **argv)
{
    check_begin("feuerprobe", argc, argv);
    RUN(knows_crc32c);
    RUN(writes_all_records);
    RUN(keeps_what_follows_the_warm_up);
    RUN(refuses_bad_plans);
    RUN(gives_no_sample_without_effect);
    RUN(evaluates_no_check_in_the_twin);
    RUN(says_why_an_entry_cannot_be_measured);
    RUN(tells_the_memory_in_use);
    RUN(counts_in_the_clocks_place);
    RUN(refuses_what_it_cannot_count);
    RUN(stops_when_out_of_room);
    RUN(tells_a_panic);
    RUN(speaks_over_a_serial_line_without_plan);
    return check_end("feuerprobe");
}
