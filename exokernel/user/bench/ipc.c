/* SPDX-License-Identifier: MIT
 * Benchmarks of crossings and messages: to another environment, with its own address space, and
 * back. */
#include "exo.h"

enum { MAX_WORDS = 512 };
#define BUFFER 0x10000000ul

int64_t bench_null(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    int64_t status = -1;

    (void)b;
    while (fp_next(run)) {
        FP_TIMED(run, i, status, exo_null, 0);
        fp_check(run, status == FB_OK, "the call did not return 0");
    }
    return 0;
}

/* Receive the first message. It carries the capability for the answers. */
static cap_id_t first(uint64_t *buffer, uint64_t bytes, struct exo_from *from)
{
    (void)bytes;
    exo_recv_from(0, buffer, EXO_MESSAGE_MAX, EXO_FOREVER, from);
    return from->capability;
}

/* Add one to the first and the last word. The length does not change the instruction count. */
static void bump(uint64_t *buffer, uint64_t bytes)
{
    const uint64_t last = (bytes + 7) / 8 - (bytes != 0);

    buffer[0]++;
    buffer[last] += last != 0;
}

/* The capacity for messages of that many bytes. */
static inline uint64_t room(uint64_t bytes)
{
    return bytes > EXO_REGISTER_BYTES ? EXO_MESSAGE_MAX : EXO_REGISTER_BYTES;
}

/* Whether a word of a message of that many bytes is the expected one, up to the message's end. */
static inline bool same_word(uint64_t word, uint64_t expected, uint64_t w, uint64_t bytes)
{
    const uint64_t left = bytes - 8 * w;

    return left >= 8 ? word == expected : ((word ^ expected) & ((1ul << 8 * left) - 1)) == 0;
}

/* Answers each message with the same words. */
int64_t echo_send(uint64_t a, uint64_t b)
{
    uint64_t *buffer = (uint64_t *)BUFFER;
    struct exo_from from;
    const cap_id_t peer = first(buffer, a, &from);
    const uint64_t capacity = room(a);

    (void)b;
    for (int64_t n = 0;; n = exo_recv(0, buffer, capacity))
        exo_send(peer, buffer, (uint64_t)n);
}

/* Answers in one crossing, with first and last word plus one. */
int64_t echo_call(uint64_t a, uint64_t b)
{
    uint64_t *buffer = (uint64_t *)BUFFER;
    struct exo_from from;
    const cap_id_t peer = first(buffer, a, &from);
    int64_t n = 0;

    (void)b;
    for (;;) {
        n = exo_call(peer, buffer, (uint64_t)n, room(a));
        bump(buffer, (uint64_t)n);
    }
}

#define PAGES 0x20000000ul

/* Memory to read, twice the size of an L2 cache of 2 MiB. Afterwards caches and TLB hold nothing of
 * the caller, the kernel or the other side. */
#define COLD 0x50000000ul
enum { COLD_PAGES = 1024, LINE = 64 };

static uint64_t cool(void)
{
    uint64_t sum = 0;

    for (uint64_t at = COLD; at < COLD + COLD_PAGES * FB_PAGE_SIZE; at += LINE)
        sum += *(volatile uint64_t *)at;
    return sum;
}

/* Send whole pages by granting them. A message of constant length then names the receiver's new
 * capabilities. */
static int64_t send_pages(cap_id_t peer, const cap_id_t *pages, uint64_t bytes)
{
    const uint64_t n = (bytes + FB_PAGE_SIZE - 1) / FB_PAGE_SIZE;
    cap_id_t theirs[EXO_GRANT_MAX] = { 0 };

    for (uint64_t i = 0; i < n; i++)
        theirs[i] = pages[i];
    const int64_t error = exo_grant(peer, theirs, n, RW);
    return error ? error : exo_send(peer, theirs, sizeof theirs);
}

/* The other side: map the pages, note when they can be read, give them up. */
static void sink_pages(const cap_id_t *pages, uint64_t bytes, uint64_t *note)
{
    const uint64_t n = (bytes + FB_PAGE_SIZE - 1) / FB_PAGE_SIZE;

    for (uint64_t i = 0; i < n; i++)
        exo_map(0, pages[i], PAGES + i * FB_PAGE_SIZE, RW);
    note[0] = FP_CLOCK_AND_MARK(FP_MARK_ARRIVE);
    note[1] = bytes;
    note[2] = ((uint64_t *)PAGES)[(bytes - 1) / 8];
    for (uint64_t i = 0; i < n; i++)
        exo_unbind_page(pages[i]);
}

/* Receives messages and notes the time of each, in page b, which it shares with the sender. */
int64_t sink(uint64_t a, uint64_t b)
{
    uint64_t *buffer = (uint64_t *)BUFFER, *note = (uint64_t *)b;
    struct exo_from from;
    const cap_id_t peer = first(buffer, a, &from);

    exo_send(peer, buffer, 0);
    for (;;) {
        const int64_t n = exo_recv(0, buffer, EXO_MESSAGE_MAX);
        if (a > EXO_MESSAGE_MAX) {
            sink_pages(buffer, a, note);
            continue;
        }
        note[0] = FP_CLOCK_AND_MARK(FP_MARK_ARRIVE);
        note[1] = (uint64_t)n;
        note[2] = n > 0 ? buffer[(n - 1) / 8] : 0;
        note[3]++;
    }
}

/* The page where a receiver notes what came and when; the sender has it, too. */
#define NOTE ((volatile uint64_t *)(BUFFER + FB_PAGE_SIZE))

/* Start the other side on that CPU, with a buffer, a page for notes and a capability for answers.
 * Its capability, or 0. */
static cap_id_t start(struct fp_run *run, uint64_t program, uint64_t cpu)
{
    const int64_t peer = lib_create(cpu);
    const int64_t page = exo_alloc_page(EXO_ANY),
                  answer = exo_derive(EXO_SELF, EXO_RIGHT_W | EXO_RIGHT_DELEGATE);

    if (peer < 0 || page < 0 || answer < 0 || !lib_page(BUFFER, RW)
        || lib_share((cap_id_t)peer, (cap_id_t)page, BUFFER, RW) < 0
        || lib_share((cap_id_t)peer, lib_page((uint64_t)NOTE, RW), (uint64_t)NOTE, RW) < 0
        || lib_start((cap_id_t)peer, program, run->entry->params[0], (uint64_t)NOTE) < 0
        || exo_send_cap((cap_id_t)peer, (void *)BUFFER, 0, (cap_id_t)answer) < 0
        || exo_recv(0, (void *)BUFFER, 32) != 0) {
        fp_give_up(run, FP_NO_MEMORY, "the other side did not start");
        return 0;
    }
    return (cap_id_t)peer;
}

/* Messages leave from the first page of the buffer, and come back into the third. */
#define IN (BUFFER + 2ul * FB_PAGE_SIZE)

static int64_t send_recv(cap_id_t peer, uint64_t bytes, uint64_t capacity)
{
    exo_send(peer, (void *)BUFFER, bytes);
    return exo_recv(0, (void *)IN, capacity);
}

/* Send and receive. Every word that comes back is checked. */
static int64_t round_trip(struct fp_run *run, uint64_t cpu, uint64_t slice, bool cold)
{
    uint64_t *out = (uint64_t *)BUFFER, *in = (uint64_t *)IN;
    const uint64_t bytes = run->entry->params[0], words = (bytes + 7) / 8;
    const uint64_t capacity = room(bytes);
    const cap_id_t peer = start(run, PROGRAM_echo_send, cpu);
    int64_t n = 0;

    if (!peer || !lib_page(IN, RW))
        return 0;
    for (uint64_t i = 0; cold && i < COLD_PAGES; i++)
        lib_page(COLD + i * FB_PAGE_SIZE, RW);
    exo_probe(EXO_PROBE_SLICE, slice, 0);
    while (fp_next(run)) {
        for (uint64_t w = 0; w < words; w++)
            out[w] = w + run->repetition, in[w] = ~0ul;
        if (cold)
            cool();
        FP_TIMED(run, i, n, send_recv, peer, bytes, capacity);
        bool same = n == (int64_t)bytes;
        for (uint64_t w = 0; w < words; w++)
            same &= same_word(in[w], out[w], w, bytes);
        fp_check(run, same, "what came back is not what was sent");
    }
    return 0;
}

/* The same in one crossing each way. */
static int64_t call_round_trip(struct fp_run *run, uint64_t slice)
{
    uint64_t *buffer = (uint64_t *)BUFFER;
    const uint64_t bytes = run->entry->params[0], words = (bytes + 7) / 8;
    const uint64_t capacity = room(bytes);
    const cap_id_t peer = start(run, PROGRAM_echo_call, 0);
    int64_t n = 0;

    if (!peer)
        return 0;
    exo_probe(EXO_PROBE_SLICE, slice, 0);
    while (fp_next(run)) {
        for (uint64_t w = 0; w < words; w++)
            buffer[w] = w + run->repetition;
        FP_TIMED(run, i, n, exo_call, peer, buffer, bytes, capacity);
        bool same = n == (int64_t)bytes;
        for (uint64_t w = 0; w < words; w++) {
            const bool bumped = w == 0 || w == (bytes - 1) / 8;
            const uint64_t answer = w + run->repetition + (bumped ? run->batch : 0);
            same &= same_word(buffer[w], answer, w, bytes);
        }
        fp_check(run, same, "what came back is not what was sent, answered");
    }
    return 0;
}

/* A slice: ten milliseconds, if the clock ticks every nanosecond. */
enum { SLICE = 10000000 };

int64_t bench_round_trip(uint64_t a, uint64_t b)
{
    return round_trip((struct fp_run *)a, b, 0, false);
}

int64_t bench_round_trip_sliced(uint64_t a, uint64_t b)
{
    return round_trip((struct fp_run *)a, b, SLICE, false);
}

int64_t bench_round_trip_cold(uint64_t a, uint64_t b)
{
    return round_trip((struct fp_run *)a, b, 0, true);
}

int64_t bench_call(uint64_t a, uint64_t b)
{
    (void)b;
    return call_round_trip((struct fp_run *)a, 0);
}

int64_t bench_call_sliced(uint64_t a, uint64_t b)
{
    (void)b;
    return call_round_trip((struct fp_run *)a, SLICE);
}

/* One direction: from before the send to after the other side's receive. */
int64_t bench_one_way(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    uint64_t *buffer = (uint64_t *)BUFFER;
    volatile uint64_t *note = NOTE;
    const uint64_t bytes = run->entry->params[0];
    const cap_id_t peer = start(run, PROGRAM_sink, b);

    if (!peer)
        return 0;
    while (fp_next(run)) {
        const bool skip = run->leave_out;
        uint64_t total = 0;
        for (uint32_t i = 0; i < run->batch; i++) {
            exo_yield_to(0); /* the receiver leaves the ring: always the longer way */
            if (bytes)
                buffer[(bytes - 1) / 8] = run->repetition + i;
            note[0] = 0;
            total += LIB_ONE_WAY(skip, note, exo_send, peer, buffer, bytes);
        }
        fp_keep(run, total);
        fp_check(run, note[1] == bytes && (!bytes || note[2] == run->repetition + run->batch - 1),
                 "the message did not arrive as it was");
    }
    return 0;
}

/* A batch of messages, from the first send to the last receive: what a stream costs, and so its
 * throughput. */
int64_t bench_stream(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    uint64_t *buffer = (uint64_t *)BUFFER;
    volatile uint64_t *note = NOTE;
    const uint64_t bytes = run->entry->params[0];
    const cap_id_t peer = start(run, PROGRAM_sink, b);

    if (!peer)
        return 0;
    while (fp_next(run)) {
        const bool skip = run->leave_out;
        const uint64_t before = note[3], all = before + (skip ? 0 : run->batch);
        exo_yield_to(0);
        if (run->batch > 1)
            FP_MARK(FP_MARK_VOID); /* the first message that arrives would end the region */
        else if (!skip)
            FP_MARK(FP_MARK_DEPART);
        FP_MARK(FP_MARK_BEGIN);
        const uint64_t from = fp_clock();
        for (uint32_t i = 0; i < run->batch; i++) {
            if (bytes)
                buffer[(bytes - 1) / 8] = run->repetition + i;
            FP_CALL(skip, exo_send, peer, buffer, bytes);
        }
        const uint64_t back = FP_CLOCK_AND_MARK(FP_MARK_END);
        for (; note[3] != all; __builtin_ia32_pause())
            if (!b)
                exo_yield_to(0);
        fp_keep(run, (skip ? back : note[0]) - from);
        fp_check(run,
                 note[3] == before + run->batch && note[1] == bytes
                     && (!bytes || note[2] == run->repetition + run->batch - 1),
                 "the messages did not arrive, or not in order");
    }
    return 0;
}

/* Receive a message that waits in the mailbox. We sent it to ourselves before. */
static int64_t receive(struct fp_run *run, bool timed)
{
    const uint64_t bytes = run->entry->params[0];
    uint64_t out[4] = { 1, 2, 3, 4 }, in[4];
    int64_t n = 0;

    if (run->batch > EXO_MAILBOX_SLOTS)
        fp_give_up(run, FP_OUT_OF_RANGE, "batch: at most what a mailbox holds");
    while (fp_next(run)) {
        out[0] = run->repetition;
        in[0] = 0;
        for (uint32_t i = 0; i < run->batch; i++)
            exo_send(EXO_SELF, out, bytes);
        if (timed)
            FP_TIMED(run, i, n, exo_recv_timed, 0, in, sizeof in, 0);
        else
            FP_TIMED(run, i, n, exo_recv, 0, in, sizeof in);
        fp_check(run, n == (int64_t)bytes && (!bytes || in[0] == run->repetition),
                 "the message received is not the one sent");
        while (exo_recv_timed(0, in, sizeof in, 0) >= 0)
            ; /* the twin's */
    }
    return 0;
}

int64_t bench_recv(uint64_t a, uint64_t b)
{
    (void)b;
    return receive((struct fp_run *)a, false);
}

int64_t bench_recv_timed(uint64_t a, uint64_t b)
{
    (void)b;
    return receive((struct fp_run *)a, true);
}

/* One direction, with pages that are granted instead of copied. */
int64_t bench_pages(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    volatile uint64_t *note = NOTE;
    const uint64_t bytes = run->entry->params[0];
    const cap_id_t peer = start(run, PROGRAM_sink, b);
    cap_id_t pages[EXO_GRANT_MAX];

    for (uint64_t i = 0; i < EXO_GRANT_MAX; i++)
        pages[i] = lib_page(PAGES + i * FB_PAGE_SIZE, RW);
    lib_single(run);
    while (fp_next(run)) {
        const bool skip = run->leave_out;
        exo_yield_to(0);
        ((uint64_t *)PAGES)[(bytes - 1) / 8] = run->repetition;
        note[0] = 0;
        fp_keep(run, LIB_ONE_WAY(skip, note, send_pages, peer, pages, bytes));
        fp_check(run, note[1] == bytes && note[2] == run->repetition,
                 "the pages did not arrive as they were");
    }
    return 0;
}
