/* SPDX-License-Identifier: MIT
 * See model.h. Written from the manuals, not from program.c, so it repeats program.c's numbers. */
#include "model.h"

/* How the kinds differ. list: length of the events that leaf 0xA names; missing: bits of them. */
static const struct {
    uint8_t version, general, fixed, list, missing;
    bool amd, shared;
} traits[MODEL_KIND_COUNT] = {
    [MODEL_none] = { 0, 0, 0, 0, 0, false, false },
    [MODEL_intel1] = { 1, 2, 0, 7, 1 << 4, false, false }, /* no misses of the last cache */
    [MODEL_intel2] = { 2, 4, 3, 7, 0, false, false },
    [MODEL_intel5] = { 5, 4, 4, 6, 0, false, false }, /* the list ends before branch misses */
    [MODEL_amd] = { 1, 6, 0, 0, 0, true, false },
    [MODEL_amd2] = { 2, 6, 0, 0, 0, true, false },
    [MODEL_shared] = { 2, 4, 3, 7, 0, false, true },
};

enum model_kind model_named(const char *name, uint64_t length)
{
#define MODEL_NAME(name) #name,
    static const char *const names[] = { MODEL_KINDS(MODEL_NAME) };

    for (int i = 0; i < MODEL_KIND_COUNT; i++) {
        uint64_t n = 0;
        while (n < length && names[i][n] == name[n])
            n++;
        if (n == length && !names[i][n])
            return (enum model_kind)i;
    }
    return MODEL_KIND_COUNT;
}

void model_cpuid(const struct model *model, uint32_t leaf, struct x86_cpuid *answer)
{
    const bool amd = traits[model->kind].amd;
    const uint32_t version = traits[model->kind].version, general = traits[model->kind].general;

    switch (leaf) {
    case 0:
        answer->a = answer->a < 0xa ? 0xa : answer->a;
        break;
    case 1: /* Zen 4 */
        answer->a = amd ? 0x00a10f11 : answer->a;
        break;
    case 0xa:
        *answer = (struct x86_cpuid){ 0 };
        if (!amd && version) {
            answer->a = (uint32_t)traits[model->kind].list << 24 | MODEL_BITS << 16 | general << 8
                        | version;
            answer->b = traits[model->kind].missing;
            answer->d = MODEL_BITS << 5 | traits[model->kind].fixed;
        }
        break;
    case 0x80000000:
        answer->a = amd && version > 1 ? 0x80000022 : 0x80000021;
        break;
    case 0x80000001:
        answer->c = (answer->c & ~(1u << 23)) | (uint32_t)amd << 23;
        break;
    case 0x80000022:
        *answer = (struct x86_cpuid){ .a = amd && version > 1, .b = general };
        break;
    }
}

/* How much an instruction adds to a counter; 0: the counter is stopped. */
static uint64_t rate(const struct model *model, int i)
{
    static const struct {
        uint16_t intel, amd;
        uint8_t rate;
    } known[] = {
        { 0x00c0, 0x00c0, 1 },
        { 0x003c, 0x0076, 2 },
        { 0x412e, 0x0964, 3 },
        { 0x00c5, 0x00c3, 5 },
    };
    const uint64_t select = model->select[i], both_rings = 3ul << 16, enabled = 1ul << 22;

    if ((select & (both_rings | enabled)) != (both_rings | enabled)
        || (traits[model->kind].version > 1 && !(model->global >> i & 1)))
        return 0;
    for (unsigned k = 0; k < sizeof known / sizeof *known; k++)
        if ((select & 0xffff) == (traits[model->kind].amd ? known[k].amd : known[k].intel))
            return known[k].rate;
    return 0;
}

/* How many of the instructions from 0 to `now` the counters see. */
static uint64_t seen(const struct model *model, uint64_t now)
{
    return traits[model->kind].shared ? now / 8192 * 4096 + (now % 8192 < 4096 ? now % 8192 : 4096)
                                      : now;
}

static void settle(struct model *model, uint64_t now)
{
    const uint64_t passed = seen(model, now) - seen(model, model->since);

    for (int i = 0; i < traits[model->kind].general; i++)
        model->counter[i] = (model->counter[i] + passed * rate(model, i))
                            & ((1ul << MODEL_BITS) - 1);
    model->since = now;
}

bool model_write(struct model *model, uint32_t msr, uint64_t value, uint64_t now)
{
    const bool amd = traits[model->kind].amd;
    const uint32_t general = traits[model->kind].general;
    const uint32_t select = amd ? 0xc0010200 : 0x186, counter = amd ? 0xc0010201 : 0xc1;
    const uint32_t step = amd ? 2 : 1;

    settle(model, now);
    for (uint32_t i = 0; i < general; i++) {
        if (msr == select + i * step) {
            if (rate(model, (int)i) && value & 1ul << 22)
                return false; /* stricter than hardware: stop it before you change its event */
            model->select[i] = value;
            return true;
        }
        if (msr == counter + i * step) {
            model->counter[i] = value & ((1ul << MODEL_BITS) - 1);
            return true;
        }
    }
    if (traits[model->kind].version < 2 || msr != (amd ? 0xc0000301 : 0x38f)
        || value & ~(((uint64_t)1 << general) - 1) & ~((uint64_t)traits[model->kind].fixed << 32))
        return false;
    model->global = value;
    return true;
}

bool model_rdpmc(struct model *model, uint32_t index, uint64_t now, uint64_t *value)
{
    if (index >= traits[model->kind].general)
        return false;
    settle(model, now);
    *value = model->counter[index];
    return true;
}
