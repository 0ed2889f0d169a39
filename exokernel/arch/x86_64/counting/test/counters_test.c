/* SPDX-License-Identifier: MIT
 * Finding and programming counters against the model, processor by processor: what is told, what
 * counts, what is refused; and that the model tells right from nearly right. */
#include "check.h"
#include "counters.h"
#include "feuerprobe.h"
#include "kernel.h"
#include "model.h"

#include <string.h>

static struct model model;
static uint64_t now;
static uint32_t faults, family; /* family: in place of the model's, if not 0 */

struct x86_cpuid counter_cpuid(uint32_t leaf)
{
    struct x86_cpuid answer = { 0 };

    model_cpuid(&model, leaf, &answer);
    answer.a = leaf == 1 && family ? family : answer.a;
    return answer;
}

void counter_write(uint32_t msr, uint64_t value)
{
    faults += !model_write(&model, msr, value, now);
}

static void reset(enum model_kind kind)
{
    memset(&model, 0, sizeof model);
    model.kind = kind, now = 1000000, faults = family = 0;
}

static uint64_t read_counter(uint32_t index)
{
    uint64_t value = 0;

    faults += !model_rdpmc(&model, index, now, &value);
    return value;
}

/* How much counter 0 grows in 1,000 instructions. */
static uint64_t growth(void)
{
    const uint64_t from = read_counter(0);

    now += 1000;
    return read_counter(0) - from;
}

#define TOLD(version, general, bits, fixed, kind, events)                                          \
    (1ul << 63 | (uint64_t)(events) << 40 | (uint64_t)(kind) << 32 | (uint64_t)(fixed) << 24       \
     | (bits) << 16 | (general) << 8 | (version))

static void tells_what_there_is(void)
{
    reset(MODEL_none);
    CHECK(counters_found() == TOLD(0, 0, 0, 0, 0, 0));
    reset(MODEL_intel1);
    CHECK(counters_found() == TOLD(1, 2, 48, 0, 0, 0xb));
    reset(MODEL_intel2);
    CHECK(counters_found() == TOLD(2, 4, 48, 3, 0, 0xf));
    reset(MODEL_intel5);
    CHECK(counters_found() == TOLD(5, 4, 48, 4, 0, 0x7));
    reset(MODEL_amd);
    CHECK(counters_found() == TOLD(1, 6, 48, 0, 1, 0xf));
    reset(MODEL_amd2);
    CHECK(counters_found() == TOLD(2, 6, 48, 0, 1, 0xf));
    reset(MODEL_amd), family = 0x00660f01; /* family 15h: its event 0x64 is another */
    CHECK(counters_found() == TOLD(1, 6, 48, 0, 1, 0xb));
}

/* Growth in 1,000 instructions by metric; 0: refused. */
static void counts(enum model_kind kind, const uint64_t expected[4])
{
    for (int i = 0; i < 4; i++) {
        reset(kind);
        const uint64_t mask = counters_select(FP_INSTRUCTIONS + (uint32_t)i);
        CHECK(mask == (expected[i] ? (1ul << 48) - 1 : 0));
        CHECK(!mask || (read_counter(0) == 0 && growth() == expected[i]));
        CHECK(faults == 0);
    }
}

static void counts_each_event(void)
{
    counts(MODEL_none, (const uint64_t[]){ 0, 0, 0, 0 });
    counts(MODEL_intel1, (const uint64_t[]){ 1000, 2000, 0, 5000 });
    counts(MODEL_intel2, (const uint64_t[]){ 1000, 2000, 3000, 5000 });
    counts(MODEL_intel5, (const uint64_t[]){ 1000, 2000, 3000, 0 });
    counts(MODEL_amd, (const uint64_t[]){ 1000, 2000, 3000, 5000 });
    counts(MODEL_amd2, (const uint64_t[]){ 1000, 2000, 3000, 5000 });
}

/* One after the other, as the entries of a plan, each from 0 on. */
static void counts_another_event_afresh(void)
{
    for (int kind = MODEL_intel2; kind <= MODEL_amd2; kind++) {
        reset((enum model_kind)kind);
        for (uint32_t i = 0; i < 6; i++) {
            const uint32_t metric = FP_INSTRUCTIONS + i % 3;
            CHECK(counters_select(metric) && read_counter(0) == 0
                  && growth() == 1000 * (i % 3 + 1));
        }
        CHECK(faults == 0);
    }
}

static void knows_no_other_metric(void)
{
    const uint32_t others[] = {
        0, FP_CLOCK, FP_BYTES, FP_EVENTS, FP_BRANCH_MISSES + 1, UINT32_MAX
    };

    reset(MODEL_intel2);
    for (int i = 0; i < 6; i++)
        CHECK(counters_select(others[i]) == 0);
    CHECK(model.select[0] == 0 && model.global == 0);
}

/* The model: each bit that has a say, left out. */
static void stands_unless_all_agree(void)
{
    const uint64_t all = 0xc0 | 1ul << 16 | 1ul << 17 | 1ul << 22;
    const uint64_t wrong[] = { all & ~(1ul << 16), all & ~(1ul << 17), all & ~(1ul << 22),
                               all + 1 };

    for (int i = 0; i < 4; i++) {
        reset(MODEL_intel2);
        counter_write(0x38f, 1), counter_write(0x186, wrong[i]);
        CHECK(growth() == 0 && faults == 0);
    }
    reset(MODEL_intel2), counter_write(0x186, all);
    CHECK(growth() == 0); /* nobody let it */
    counter_write(0x38f, 2);
    CHECK(growth() == 0); /* but number 1 */
    counter_write(0x38f, 1);
    CHECK(growth() == 1000 && faults == 0);
    counter_write(0x186, all);
    CHECK(faults == 1); /* while it counts */
}

static void refuses_registers_of_others(void)
{
    uint64_t value;

    reset(MODEL_intel1), counter_write(0x38f, 1);
    CHECK(faults == 1);
    reset(MODEL_amd), counter_write(0xc0000301, 1);
    CHECK(faults == 1);
    reset(MODEL_amd2), counter_write(0x186, 0);
    CHECK(faults == 1);
    reset(MODEL_intel2), counter_write(0xc0010200, 0);
    CHECK(faults == 1);
    reset(MODEL_intel2), counter_write(0x38f, 1ul << 4);
    CHECK(faults == 1);
    reset(MODEL_intel1);
    CHECK(!model_rdpmc(&model, 2, now, &value));
    reset(MODEL_none);
    CHECK(!model_rdpmc(&model, 0, now, &value));
}

static void has_as_many_bits_as_it_says(void)
{
    reset(MODEL_intel2);
    const uint64_t mask = counters_select(FP_INSTRUCTIONS);
    counter_write(0xc1, mask - 9); /* 10 before its end */
    const uint64_t from = read_counter(0);
    now += 1000;
    const uint64_t to = read_counter(0);
    CHECK(to == 990 && ((to - from) & mask) == 1000);
}

static void finds_models_by_name(void)
{
    CHECK(model_named("none", 4) == MODEL_none && model_named("amd2", 4) == MODEL_amd2);
    CHECK(model_named("amd2", 3) == MODEL_amd && model_named("intel", 5) == MODEL_KIND_COUNT);
    CHECK(model_named("intel25", 7) == MODEL_KIND_COUNT && model_named("", 0) == MODEL_KIND_COUNT);
}

int main(int argc, char **argv)
{
    check_begin("counters", argc, argv);
    RUN(tells_what_there_is);
    RUN(counts_each_event);
    RUN(counts_another_event_afresh);
    RUN(knows_no_other_metric);
    RUN(stands_unless_all_agree);
    RUN(refuses_registers_of_others);
    RUN(has_as_many_bits_as_it_says);
    RUN(finds_models_by_name);
    return check_end("counters");
}
