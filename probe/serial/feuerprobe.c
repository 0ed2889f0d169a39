/* SPDX-License-Identifier: MIT
 * Feuerprobe on a serial line: runs every benchmark at every power of two of its parameter, and
 * sends records in hexadecimal. Needs only a way to send a byte. */
#include "feuerprobe.h"

enum { KERNEL = 1, BENCHMARK, SAMPLES, RESULT, END };
enum { RUNNING = 2, COMPLETE, PANIC };

uint64_t (*fp_other_clock)(uint64_t *ticks);
static void (*send)(char c);
static uint8_t record[640];
static uint32_t length, sequence;
static uint64_t done, total;

static void text(const char *s)
{
    while (*s)
        send(*s++);
}

static void decimal(uint64_t value)
{
    char digits[21], *p = digits + 20;

    *p = 0;
    do
        *--p = (char)('0' + value % 10);
    while (value /= 10);
    text(" "), text(p);
}

static void state(uint64_t now)
{
    text("#fp-state");
    decimal(now), decimal(0), decimal(0), decimal(0), decimal(done), decimal(total);
    text("\n");
}

static void hex(const char *head, const uint8_t *bytes, uint32_t size)
{
    text(head);
    for (uint32_t i = 0; i < size; i++) {
        send("0123456789abcdef"[bytes[i] >> 4]);
        send("0123456789abcdef"[bytes[i] & 15]);
    }
    text("\n");
}

/* Append to the record: a little-endian number, or text padded with NUL, of `size` bytes. */
static void number(uint64_t value, uint32_t size)
{
    for (; size; size--, value >>= 8)
        record[length++] = (uint8_t)value;
}

static void padded(const char *s, uint32_t size)
{
    for (uint32_t i = 0; i < size; i++)
        record[length++] = (uint8_t)(s && *s && i + 1 < size ? *s++ : 0);
}

/* Begin a record: type, version, length, CRC, sequence. finish() fills in length and CRC. */
static void begin(uint64_t type)
{
    length = 0;
    number(type, 2), number(1, 2), number(0, 8), number(sequence++, 4);
}

static void finish(void)
{
    const uint32_t size = length;
    uint32_t crc = ~0u;

    length = 4, number(size, 4);
    for (uint32_t i = 0; i < size; i++) {
        crc ^= record[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0x82f63b78u : 0);
    }
    length = 8, number(~crc, 4);
    hex("#fp ", record, size);
}

static void samples(uint32_t entry, uint32_t stream, const uint64_t *values)
{
    begin(SAMPLES);
    number(entry, 4), number(stream, 2), number(1, 2), number(0, 8), number(FP_SAMPLES, 4);
    number(1, 4);
    for (int i = 0; i < FP_SAMPLES; i++)
        number(values[i], 8);
    finish();
}

bool fp_next(struct fp_run *run)
{
    if (run->failures || run->repetition == 2 * (FP_WARMUP + FP_SAMPLES))
        return false;
    run->twin = run->repetition++ & 1;
    return true;
}

void fp_keep(struct fp_run *run, uint64_t ticks)
{
    const uint64_t number = (run->repetition - 1) / 2;

    if (number >= FP_WARMUP)
        run->values[run->twin][number - FP_WARMUP] = ticks;
}

void fp_check(struct fp_run *run, bool happened, const char *missing)
{
    if (run->twin)
        return;
    run->checks++;
    if (!happened)
        run->failures++, run->missing = missing;
}

uint64_t fp_random(struct fp_run *run, uint64_t limit)
{
    uint64_t z = run->random += 0x9e3779b97f4a7c15u;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return (z ^ z >> 31) % limit;
}

void fp_panic(uint64_t code, uint64_t pc, uint64_t address, const char *message)
{
    if (!send)
        return;
    length = 0;
    number(0x21505046, 4), number(0, 4), number(code, 8), number(0, 8), number(pc, 8);
    number(address, 8), padded(message, 472);
    hex("\n#fp-panic ", record, length);
    state(PANIC);
}

static void introduce(const char *kernel, const char *version, const struct fp_benchmark *table,
                      uint32_t count)
{
    uint64_t values[FP_SAMPLES];

    begin(KERNEL);
    padded(kernel, 32), padded(version, 32), padded("", 192), number(1, 4), number(1, 4);
    number(0, 8), number(0, 8), number(0, 8);
    finish();
    for (const struct fp_benchmark *b = table; b < table + count; b++) {
        begin(BENCHMARK);
        padded(b->name, 48), padded(b->operation, 48), number(b->ring, 1), number(0, 1);
        number(b->cpus ? b->cpus : 1, 1), number(b->parameter != 0, 1), number(0, 4);
        padded(b->parameter, 16), number(b->min, 8), number(b->max, 8), padded("", 96);
        padded(b->effect, 104), padded("", 48);
        finish();
    }
    for (int i = 0; i < FP_SAMPLES; i++) {
        const uint64_t from = fp_clock();
        values[i] = fp_clock() - from;
    }
    samples(~0u, 0, values);
    for (int i = 0; fp_other_clock && i < FP_SAMPLES; i += 2)
        values[i] = 100000, values[i + 1] = fp_other_clock(&values[i]);
    if (fp_other_clock)
        samples(~0u, 2, values);
}

/* Measure one point: two streams of samples, unless the effect was missing, and the result. */
static void measure(const struct fp_benchmark *b, uint64_t n)
{
    struct fp_run run = { .n = n, .random = 1 };

    FP_MARK(0x46500001);
    b->run(&run);
    const bool good = !run.failures && run.checks && !fp_next(&run);
    if (good)
        samples((uint32_t)done, 0, run.values[0]), samples((uint32_t)done, 1, run.values[1]);
    begin(RESULT);
    number(done, 4), number(!good, 4), number(run.checks, 8), number(run.failures, 8);
    number(0, 8), padded(good ? "" : run.missing ? run.missing : "ended too early", 128);
    finish();
    done++;
    state(RUNNING);
}

/* Measure at the powers of two from `min` and at `max`, or only count these points. */
static uint64_t walk(const struct fp_benchmark *b, bool count_only)
{
    uint64_t points = 0, v = 1;

    while (v < b->min)
        v *= 2;
    for (bool last = false; !last; v = v > b->max / 2 ? b->max : v * 2, points++) {
        last = v >= b->max;
        if (!count_only)
            measure(b, last ? b->max : v);
    }
    return points;
}

void fp_report(const char *kernel, const char *version, const struct fp_benchmark *table,
               uint32_t count, void (*put)(char c))
{
    send = put;
    done = total = sequence = 0;
    for (uint32_t i = 0; i < count; i++)
        total += walk(&table[i], true);
    const uint64_t started = fp_clock();
    state(RUNNING);
    introduce(kernel, version, table, count);
    for (uint32_t i = 0; i < count; i++)
        walk(&table[i], false);
    begin(END);
    number(sequence, 4), number(total, 4), number(fp_clock() - started, 8);
    finish();
    state(COMPLETE);
}
