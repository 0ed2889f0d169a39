/* SPDX-License-Identifier: MIT
 * Feuerprobe on a serial line: runs every benchmark at every power of two of its parameter, and
 * sends records in hexadecimal. Needs only a way to send a byte. No loop or initializer here lets
 * a compiler call memset, and no 64-bit division lets it call a library of its own. */
#include "feuerprobe.h"

enum { KERNEL = 1, BENCHMARK, SAMPLES, RESULT, END };
enum { RUNNING = 2, COMPLETE, PANIC };
#define MASK (~(fp_u64)0 >> (64 - FP_CLOCK_BITS))

fp_u64 (*fp_other_clock)(fp_u64 *ticks);
static void (*send)(char c);
static fp_u8 record[640];
static fp_u32 length, sequence;
static fp_u64 done, total;

/* The remainder of a division; the quotient is stored in *value. */
static fp_u64 divide(fp_u64 *value, fp_u64 by)
{
    fp_u64 quotient = 0, rest = 0;

    for (int bit = 0; bit < 64; bit++) {
        const fp_bool above = rest >> 63;
        rest = rest << 1 | *value >> 63, *value <<= 1, quotient <<= 1;
        if (above || rest >= by)
            rest -= by, quotient |= 1;
    }
    *value = quotient;
    return rest;
}

static void text(const char *s)
{
    while (*s)
        send(*s++);
}

static void decimal(fp_u64 value)
{
    char digits[21], *p = digits + 20;

    *p = 0;
    do
        *--p = (char)('0' + divide(&value, 10));
    while (value);
    text(" "), text(p);
}

static void state(fp_u64 now)
{
    text("#fp-state");
    decimal(now), decimal(0), decimal(0), decimal(0), decimal(done), decimal(total);
    text("\n");
}

static void hex(const char *head, const fp_u8 *bytes, fp_u32 size)
{
    text(head);
    for (fp_u32 i = 0; i < size; i++) {
        send("0123456789abcdef"[bytes[i] >> 4]);
        send("0123456789abcdef"[bytes[i] & 15]);
    }
    text("\n");
}

static void byte(fp_u64 value)
{
    record[length++] = (fp_u8)value;
    __asm__ volatile("" : : : "memory");
}

/* Append to the record: a little-endian number, or text padded with NUL, of `size` bytes. */
static void number(fp_u64 value, fp_u32 size)
{
    for (; size; size--, value >>= 8)
        byte(value);
}

static void padded(const char *s, fp_u32 size)
{
    for (fp_u32 i = 0; i < size; i++)
        byte(s && *s && i + 1 < size ? (fp_u8)*s++ : 0);
}

/* Begin a record: type, version, length, CRC, sequence. finish() fills in length and CRC. */
static void begin(fp_u64 type)
{
    length = 0;
    number(type, 2), number(1, 2), number(0, 8), number(sequence++, 4);
}

static void finish(void)
{
    const fp_u32 size = length;
    fp_u32 crc = ~0u;

    length = 4, number(size, 4);
    for (fp_u32 i = 0; i < size; i++) {
        crc ^= record[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0x82f63b78u : 0);
    }
    length = 8, number(~crc, 4);
    hex("#fp ", record, size);
}

static void samples(fp_u32 entry, fp_u32 stream, const fp_u64 *values)
{
    begin(SAMPLES);
    number(entry, 4), number(stream, 2), number(1, 2), number(0, 8), number(FP_SAMPLES, 4);
    number(1, 4);
    for (int i = 0; i < FP_SAMPLES; i++)
        number(values[i], 8);
    finish();
}

fp_bool fp_next(struct fp_run *run)
{
    if (run->failures || run->repetition == 2 * (FP_WARMUP + FP_SAMPLES))
        return 0;
    run->twin = run->repetition++ & 1;
    return 1;
}

void fp_keep(struct fp_run *run, fp_u64 ticks)
{
    const fp_u64 number = (run->repetition - 1) / 2;

    if (number >= FP_WARMUP)
        run->values[run->twin][number - FP_WARMUP] = ticks & MASK;
    run->kept++;
}

void fp_checked(struct fp_run *run, fp_bool happened, const char *missing)
{
    run->checks++;
    if (!happened)
        run->failures++, run->missing = missing;
}

fp_u64 fp_random(struct fp_run *run, fp_u64 limit)
{
    fp_u64 z = run->random += 0x9e3779b97f4a7c15u;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    z ^= z >> 31;
    return divide(&z, limit);
}

void fp_panic(fp_u64 code, fp_u64 pc, fp_u64 address, const char *message)
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
                      fp_u32 count)
{
    fp_u64 values[FP_SAMPLES];

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
        const fp_u64 from = fp_clock();
        values[i] = (fp_clock() - from) & MASK;
    }
    samples(~0u, 0, values);
    for (int i = 0; fp_other_clock && i < FP_SAMPLES; i += 2)
        values[i] = 100000, values[i + 1] = fp_other_clock(&values[i]);
    if (fp_other_clock)
        samples(~0u, 2, values);
}

/* Measure one point: two streams of samples, unless the effect was missing, and the result. */
static void measure(const struct fp_benchmark *b, fp_u64 n)
{
    static struct fp_run run;

    run.n = n, run.random = 1, run.twin = 0, run.missing = 0;
    run.repetition = run.kept = run.checks = run.failures = 0;
    FP_MARK(FP_MARK_ENTRY);
    b->run(&run);
    const char *wrong = run.failures                 ? run.missing
                        : fp_next(&run)              ? "ended too early"
                        : run.kept != run.repetition ? "not timed once in each repetition"
                        : !run.checks                ? "checked no effect"
                                                     : 0;
    if (!wrong)
        samples((fp_u32)done, 0, run.values[0]), samples((fp_u32)done, 1, run.values[1]);
    begin(RESULT);
    number(done, 4), number(wrong != 0, 4), number(run.checks, 8), number(run.failures, 8);
    number(0, 8), padded(wrong, 128);
    finish();
    done++;
    state(RUNNING);
}

/* Arm's cycle counter stands still until it is enabled. */
static void enable_clock(void)
{
#if defined(FP_CLOCK_READ) || !defined(FP_COUNT_INSTRUCTIONS)
#elif defined(__aarch64__)
    __asm__ volatile("msr pmcr_el0, %0; msr pmcntenset_el0, %1; isb"
                     :
                     : "r"((fp_u64)0x41), "r"((fp_u64)1 << 31)
                     : "memory");
#elif defined(__arm__)
    __asm__ volatile("mcr p15, 0, %0, c9, c12, 0; mcr p15, 0, %1, c9, c12, 1; isb"
                     :
                     : "r"(1), "r"(1u << 31)
                     : "memory");
#endif
}

/* Measure at the powers of two from `min` and at `max`, or only count these points. */
static fp_u64 walk(const struct fp_benchmark *b, fp_bool count_only)
{
    fp_u64 points = 0, v = 1;

    while (v < b->min)
        v *= 2;
    for (fp_bool last = 0; !last; v = v > b->max / 2 ? b->max : v * 2, points++) {
        last = v >= b->max;
        if (!count_only)
            measure(b, last ? b->max : v);
    }
    return points;
}

void fp_report(const char *kernel, const char *version, const struct fp_benchmark *table,
               fp_u32 count, void (*put)(char c))
{
    send = put;
    done = total = sequence = 0;
    for (fp_u32 i = 0; i < count; i++)
        total += walk(&table[i], 1);
    enable_clock();
    const fp_u64 started = fp_clock();
    state(RUNNING);
    introduce(kernel, version, table, count);
    for (fp_u32 i = 0; i < count; i++)
        walk(&table[i], 0);
    begin(END);
    number(sequence, 4), number(total, 4), number((fp_clock() - started) & MASK, 8);
    finish();
    state(COMPLETE);
}
