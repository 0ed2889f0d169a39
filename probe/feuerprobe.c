/* SPDX-License-Identifier: MIT
 * Feuerprobe: check the plan, measure its entries, write the records. feuerprobe.h says how to use
 * this; docs/probe.md is the contract. */
#include "feuerprobe.h"

/* Records follow the header page. The validator does not read past `committed`:
 *
 *   page | record | record | record being built ...         |
 *   0  4096                ^ committed          ^ used      ^ size */
static struct {
    const struct fp_platform *platform;
    struct fp_plan plan; /* all zero if none was loaded: docs/probe.md section 6 */
    const struct fp_entry *entries;
    struct fp_header *page;
    uint8_t *region;
    uint64_t used, committed, size, started;
    uint64_t mask; /* the bits that fp_clock has */
    uint32_t sequence, crc[256];
    bool serial;
} fp;
enum { FP_PEAKS = 9 };               /* of the whole kernel, and of eight environments */
static struct fp_header fp_own_page; /* used if there is no region */

static void fp_clear(void *to, uint64_t size)
{
    for (volatile uint64_t *p = to; size; size -= 8)
        *p++ = 0;
}

static void fp_copy(char *to, const char *from, size_t size)
{
    for (size_t i = 0; from && from[i] && i + 1 < size; i++)
        to[i] = from[i];
}

static bool fp_same(const char *a, const char *b)
{
    while (*a && *a == *b)
        a++, b++;
    return *a == *b;
}

/* CRC-32C over `size` bytes; the four bytes at `hole` count as zero. O(size). */
static uint32_t fp_crc(const uint8_t *bytes, uint64_t size, uint64_t hole)
{
    uint32_t crc = ~0u;

    for (uint64_t i = 0; i < size; i++)
        crc = crc >> 8 ^ fp.crc[(crc ^ (i - hole < 4 ? 0 : bytes[i])) & 255];
    return ~crc;
}

static void fp_text(const char *text)
{
    while (*text)
        fp.platform->put(*text++);
}

static void fp_line(const char *head, const void *data, uint64_t size)
{
    fp_text(head);
    for (const uint8_t *p = data, *end = p + size; p < end; p++) {
        fp.platform->put("0123456789abcdef"[*p >> 4]);
        fp.platform->put("0123456789abcdef"[*p & 15]);
    }
    fp_text("\n");
}

/* Publish state and progress: in the header page, and as a line on the serial carrier. */
static void fp_state(uint32_t state)
{
    const struct fp_header *h = fp.page;
    uint64_t facts[] = { state, h->error, h->plan_crc, h->boot, h->done, h->total };

    __atomic_store_n(&fp.page->state, state, __ATOMIC_RELEASE);
    if (!fp.serial)
        return;
    fp_text("#fp-state");
    for (int i = 0; i < 6; i++) {
        char text[22] = "", *p = text + 21;
        do
            *--p = (char)('0' + facts[i] % 10);
        while (facts[i] /= 10);
        *--p = ' ';
        fp_text(p);
    }
    fp_text("\n");
}

static bool fp_room(uint64_t bytes) { return bytes <= fp.size - fp.used; }

/* Begin a record of `length` bytes and clear the first `head`. The caller has checked the room. */
static void *fp_add(uint16_t type, uint64_t length, uint64_t head)
{
    struct fp_record *record = (void *)(fp.region + fp.used);

    fp_clear(record, head);
    *record = (struct fp_record){ .type = type, .version = 1, .length = (uint32_t)length };
    fp.used += length;
    return record;
}

/* Begin a SAMPLES record. Its values are written in place. */
static struct fp_samples *fp_stream(uint32_t entry, uint16_t stream, uint32_t metric,
                                    uint32_t count, uint32_t batch)
{
    struct fp_samples *s = fp_add(FP_RECORD_SAMPLES, sizeof *s + 8ul * count, sizeof *s);

    s->entry = entry, s->stream = stream, s->metric = (uint16_t)metric;
    s->count = count, s->batch = batch;
    return s;
}

/* Finish a record: number it and compute its CRC. */
static void fp_seal(struct fp_record *record)
{
    record->sequence = fp.sequence++;
    record->crc = fp_crc((const uint8_t *)record, record->length, offsetof(struct fp_record, crc));
}

/* Publish the sealed records. The serial carrier sends them and reuses their room. */
static void fp_commit(void)
{
    if (!fp.serial) {
        fp.committed = fp.used;
        __atomic_store_n(&fp.page->written, fp.committed - FP_PAGE, __ATOMIC_RELEASE);
        return;
    }
    for (uint64_t at = 0; at < fp.used;) {
        const struct fp_record *record = (void *)(fp.region + at);
        fp_line("#fp ", record, record->length);
        at += record->length;
    }
    fp.used = 0;
}

/* Why the plan cannot be carried out, or 0. */
static uint32_t fp_refusal(const void *bytes, uint64_t size)
{
    const struct fp_plan *p = &fp.plan;
    static const char magic[] = "FPPLAN1\n";

    for (int i = 0; i < 8; i++)
        if (p->magic[i] != magic[i])
            return FP_BAD_MAGIC;
    if (p->major != 1)
        return FP_BAD_VERSION;
    if (p->length > size || p->length != sizeof *p + (uint64_t)p->entries * sizeof *fp.entries)
        return FP_BAD_LENGTH;
    if (p->crc != fp_crc(bytes, p->length, offsetof(struct fp_plan, crc)))
        return FP_BAD_CRC;
    if (p->output_base && fp.serial)
        return FP_BAD_REGION;
    for (const struct fp_entry *e = fp.entries; e < fp.entries + p->entries; e++)
        if (!e->benchmark[0] || e->benchmark[47] || !e->samples || !e->batch || e->flags & ~FP_COLD)
            return FP_BAD_ENTRY;
    return 0;
}

uint32_t fp_open(const struct fp_platform *platform, const void *plan, uint64_t size)
{
    fp_clear(&fp, sizeof fp);
    fp.platform = platform;
    fp.started = fp_time();
    fp.mask = ~0ul;
    for (uint32_t i = 0; i < 256; i++) {
        fp.crc[i] = i;
        for (int bit = 0; bit < 8; bit++)
            fp.crc[i] = fp.crc[i] >> 1 ^ (fp.crc[i] & 1 ? 0x82F63B78u : 0);
    }
    if (plan && size >= sizeof fp.plan)
        fp.plan = *(const struct fp_plan *)plan;
    const uint64_t base = fp.plan.output_base, bytes = fp.plan.output_size;
    if (base && base % FP_PAGE == 0 && bytes % FP_PAGE == 0 && bytes >= 2 * FP_PAGE)
        fp.region = platform->map(base, bytes);
    fp.serial = !fp.region;
    fp.region = fp.serial ? platform->scratch : fp.region;
    fp.size = fp.serial ? platform->scratch_size : bytes;
    fp.used = fp.committed = fp.serial ? 0 : FP_PAGE;
    fp.page = fp.serial ? &fp_own_page : (void *)fp.region;
    fp.entries = plan ? (const void *)((const struct fp_plan *)plan + 1) : NULL;
    fp_clear(fp.page, FP_PAGE);
    fp.page->major = 1;
    fp.page->minor = 2;
    for (int i = 0; i < FP_CPUS; i++)
        fp.page->calls[i] = FP_NO_CALL;
    fp.page->header_size = FP_PAGE;
    fp.page->plan_crc = fp.plan.crc;
    fp.page->boot = fp.plan.boot;
    fp.page->error = plan ? fp_refusal(plan, size) : 0;
    fp.page->total = fp.page->error ? 0 : fp.plan.entries;
    fp_state(fp.page->error ? FP_REFUSED : FP_BOOTING);
    __atomic_store_n((uint64_t *)fp.page->magic, 0x0a3145424f525046u, __ATOMIC_RELEASE);
    return fp.page->error;
}

uint32_t *fp_calls(void) { return fp.page->calls; }

void fp_panic(uint32_t cpu, uint64_t code, uint64_t detail, uint64_t pc, uint64_t address,
              const char *message)
{
    if (!fp.page)
        return;
    struct fp_panic *p = &fp.page->panic;
    *p = (struct fp_panic){ .magic = 0x21505046,
                            .cpu = cpu,
                            .code = code,
                            .detail = detail,
                            .pc = pc,
                            .address = address };
    fp_copy(p->message, message, sizeof p->message);
    if (fp.serial)
        fp_line("\n#fp-panic ", p, sizeof *p);
    fp_state(FP_PANIC);
}

uint64_t fp_seed(void) { return fp.plan.seed; }

void fp_heartbeat(void) { __atomic_fetch_add(&fp.page->heartbeat, 1, __ATOMIC_RELAXED); }

bool fp_next(struct fp_run *run)
{
    const struct fp_entry *e = run->entry;

    if (run->status || run->failures || run->repetition == 2 * ((uint64_t)e->warmup + e->samples))
        return false;
    fp_heartbeat();
    if (fp.platform->step)
        fp.platform->step(run->index, run->repetition / 2);
    run->twin = run->repetition++ & 1;
    run->leave_out = run->twin || run->sabotage;
    if (run->peak)
        fp.platform->memory(FP_MOST); /* the most since now */
    return true;
}

/* Returns the bytes in use. Notes the most that were in use at any moment of a repetition, and the
 * most that each environment had at the end of one. */
static uint64_t fp_memory(struct fp_run *run)
{
    const uint64_t most = fp.platform->memory(FP_MOST);

    if (most > run->peak[0])
        run->peak[0] = most;
    for (uint32_t i = 1; i < FP_PEAKS; i++) {
        const uint64_t has = fp.platform->memory(i);
        if (has > run->peak[i])
            run->peak[i] = has;
    }
    return fp.platform->memory(0);
}

void fp_keep(struct fp_run *run, uint64_t value)
{
    const uint64_t number = (run->repetition - 1) / 2;

    value = run->peak ? fp_memory(run) : value & fp.mask;
    if (number >= run->entry->warmup)
        run->values[run->twin][number - run->entry->warmup] = value;
}

void fp_checked(struct fp_run *run, bool happened, const char *missing)
{
    run->checks += !run->twin;
    if (run->twin || happened)
        return;
    run->failures++, run->message = missing;
}

void fp_give_up(struct fp_run *run, uint32_t status, const char *why)
{
    run->status = status, run->message = why;
}

/* Can this kernel measure that metric? If it counts, it counts that metric from here on. */
static bool fp_reads(uint32_t metric)
{
    if (!fp.platform->count)
        return metric == FP_CLOCK || (metric == FP_BYTES && fp.platform->memory);
    const uint64_t mask = fp.platform->count(metric);
    fp.mask = mask ? mask : fp.mask;
    return mask;
}

/* Refuse what the table, the machine or the benchmark's ranges do not allow. */
static void fp_admit(struct fp_run *run, const struct fp_benchmark *b)
{
    const struct fp_entry *e = run->entry;

    if (!b)
        return fp_give_up(run, FP_UNKNOWN, "no benchmark of this name");
    if (!fp_reads(e->metric))
        return fp_give_up(run, FP_NO_METRIC, "this kernel does not tell it");
    if (b->cpus > 1 && fp.platform->count)
        return fp_give_up(run, FP_NO_METRIC, "two processors count apart");
    if (b->cpus > fp.platform->cpus || (e->cpu != FP_ANY_CPU && e->cpu >= fp.platform->cpus))
        return fp_give_up(run, FP_IMPOSSIBLE, "no such processor");
    if (e->flags & FP_COLD && !b->cache)
        return fp_give_up(run, FP_IMPOSSIBLE, "this benchmark has hot caches only");
    for (int i = 0; i < b->nparams; i++)
        if (e->params[i] < b->params[i].min || e->params[i] > b->params[i].max)
            return fp_give_up(run, FP_OUT_OF_RANGE, b->params[i].name);
}

/* Measure an entry and write its records. False: there is no room, and nothing was written. */
static bool fp_measure(const struct fp_entry *e, uint32_t index, const struct fp_benchmark *table,
                       uint32_t count)
{
    struct fp_run run = { .entry = e, .index = index, .batch = e->batch, .random = fp.plan.seed };
    const struct fp_benchmark *b = table;
    const uint64_t mark = fp.used;

    FP_MARK(FP_MARK_ENTRY);
    while (b < table + count && !fp_same(b->name, e->benchmark))
        b++;
    fp_admit(&run, b < table + count ? b : NULL);
    if (!fp_room(sizeof(struct fp_result) + 40 + 8 * FP_PEAKS
                 + (run.status ? 0 : 2 * (40 + 8ul * e->samples))))
        return false;
    if (!run.status) {
        struct fp_samples *s[3];
        const uint16_t streams = e->metric == FP_BYTES ? 3 : 2;
        for (uint16_t i = 0; i < 2; i++) {
            s[i] = fp_stream(index, i, e->metric, e->samples, e->batch);
            run.values[i] = s[i]->values;
        }
        if (streams == 3) {
            s[2] = fp_stream(index, 2, FP_BYTES, FP_PEAKS, e->batch);
            fp_clear(run.peak = s[2]->values, 8 * FP_PEAKS);
        }
        run.sabotage = fp.platform->omit_first && b == table;
        b->run(&run);
        if (!run.status && (run.failures || !run.checks || fp_next(&run)))
            fp_give_up(&run, FP_EFFECT_FAILED, run.message ? run.message : "ended too early");
        for (uint16_t i = 0; !run.status && i < streams; i++)
            fp_seal(&s[i]->record);
        fp.used = run.status ? mark : fp.used;
    }
    struct fp_result *r = fp_add(FP_RECORD_RESULT, sizeof *r, sizeof *r);
    r->entry = index, r->status = run.status, r->checks = run.checks, r->failures = run.failures;
    fp_copy(r->message, run.message, sizeof r->message);
    fp_seal(&r->record);
    return true;
}

/* Measure the clock itself: the empty measurement, spans of many lengths, and another clock. A
 * counter has only the first two. */
static void fp_calibrate(uint32_t metric)
{
    struct fp_samples *s = fp_stream(~0u, 0, metric, 64, 1);

    for (int i = 0; i < 64; i++) {
        const uint64_t from = fp_clock(), to = fp_clock();
        s->values[i] = (to - from) & fp.mask;
    }
    fp_seal(&s->record);
    s = fp_stream(~0u, 1, metric, 64, 1);
    for (int i = 0; i < 64; i++) {
        const uint64_t from = fp_clock();
        for (volatile int spin = i; spin; spin--)
            ;
        s->values[i] = (fp_clock() - from) & fp.mask;
    }
    fp_seal(&s->record);
    if (!fp.platform->other_clock || fp.platform->count)
        return;
    s = fp_stream(~0u, 2, FP_CLOCK, 16, 1);
    for (int i = 0; i < 16; i += 2) {
        s->values[i] = 100000;
        s->values[i + 1] = fp.platform->other_clock(&s->values[i]);
    }
    fp_seal(&s->record);
}

/* Write KERNEL, the catalogue and, if there are entries, the calibration. */
static bool fp_introduce(const struct fp_benchmark *table, uint32_t count)
{
    const struct fp_platform *p = fp.platform;

    if (!fp_room(sizeof(struct fp_kernel) + (uint64_t)count * sizeof(struct fp_catalogue)
                 + 2 * (40 + 64 * 8) + 40 + 16 * 8))
        return false;
    struct fp_kernel *k = fp_add(FP_RECORD_KERNEL, sizeof *k, sizeof *k);
    fp_copy(k->name, p->name, sizeof k->name);
    fp_copy(k->version, p->version, sizeof k->version);
    fp_copy(k->build, p->build, sizeof k->build);
    k->cpus = p->cpus, k->clock = !p->count, k->features = p->features;
    fp_seal(&k->record);
    for (const struct fp_benchmark *b = table; b < table + count; b++) {
        struct fp_catalogue *c = fp_add(FP_RECORD_BENCHMARK, sizeof *c, sizeof *c);
        fp_copy(c->name, b->name, sizeof c->name);
        fp_copy(c->operation, b->operation, sizeof c->operation);
        fp_copy(c->effect, b->effect, sizeof c->effect);
        c->ring = b->ring, c->cache = b->cache, c->cpus = b->cpus, c->nparams = b->nparams;
        for (int i = 0; i < 4; i++)
            c->params[i] = b->params[i];
        c->each = b->each;
        fp_seal(&c->record);
    }
    const uint32_t metric = !p->count    ? FP_CLOCK
                            : fp.entries ? fp.entries->metric
                                         : FP_INSTRUCTIONS;
    if (fp.page->total && fp_reads(metric))
        fp_calibrate(metric);
    fp_commit();
    return true;
}

/* The entries to measure if no plan was loaded (docs/probe.md section 6). Returns how many there
 * are; stores number `wanted` in *e. */
static uint32_t fp_unplanned(const struct fp_benchmark *table, uint32_t count, uint32_t wanted,
                             struct fp_entry *e)
{
    uint32_t n = 0;

    for (const struct fp_benchmark *b = table; b < table + count; b++) {
        const uint64_t min = b->params[0].min, max = b->params[0].max;
        uint64_t v = 1;
        while (v < min)
            v *= 2;
        for (bool last = false; !last; v = v > max / 2 ? max : v * 2) {
            last = v >= max;
            if (n++ != wanted)
                continue;
            *e = (struct fp_entry){ .params = { last ? max : v },
                                    .samples = 32,
                                    .warmup = 2,
                                    .batch = 1,
                                    .cpu = FP_ANY_CPU,
                                    .peer = FP_ANY_CPU,
                                    .metric = fp.platform->count ? FP_INSTRUCTIONS : FP_CLOCK };
            for (int i = 1; i < b->nparams; i++)
                e->params[i] = b->params[i].min;
            fp_copy(e->benchmark, b->name, sizeof e->benchmark);
        }
    }
    return n;
}

uint32_t fp_carry_out(const struct fp_benchmark *table, uint32_t count)
{
    struct fp_entry entry;

    if (!fp.entries) {
        fp.plan.seed = 1;
        fp.page->total = fp_unplanned(table, count, ~0u, &entry);
    }
    fp_state(FP_RUNNING);
    bool room = fp_introduce(table, count);
    for (uint32_t i = 0; room && i < fp.page->total; i++) {
        if (!fp.entries)
            fp_unplanned(table, count, i, &entry);
        room = fp_measure(fp.entries ? fp.entries + i : &entry, i, table, count);
        fp_commit();
        fp.page->done = i + room;
        fp_state(FP_RUNNING);
    }
    if (room && fp_room(sizeof(struct fp_end))) {
        struct fp_end *end = fp_add(FP_RECORD_END, sizeof *end, sizeof *end);
        end->records = fp.sequence + 1, end->entries = (uint32_t)fp.page->total;
        end->ticks = fp_time() - fp.started;
        fp_seal(&end->record);
        fp_commit();
        fp_state(FP_COMPLETE);
        return FP_COMPLETE;
    }
    fp_state(FP_OUT_OF_ROOM);
    return FP_OUT_OF_ROOM;
}
