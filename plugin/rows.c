/* SPDX-License-Identifier: MIT
 * The file of counts: rows.h says what it is. */
#include "rows.h"

#include <stdio.h>

struct header {
    char magic[8];
    uint32_t major, counters, reserved, complete;
    uint64_t rows;
};
struct row {
    uint32_t kind, cpu;
    uint64_t counts[COUNTERS];
};

static FILE *out, *longest;
static struct header header = { "FPCOUNT\n", 1, COUNTERS, 0, 0, 0 };

bool rows_opened(void) { return out; }

bool rows_open(const char *path)
{
    out = fopen(path, "r+b");
    if (!out)
        return false;
    setvbuf(out, NULL, _IOFBF, 1 << 20);
    return fwrite(&header, sizeof header, 1, out) == 1;
}

void rows_write(enum row_kind kind, unsigned int number, const struct cpu *cpus,
                unsigned int cpu_count)
{
    struct row row = { .kind = kind, .cpu = number };

    for (const struct cpu *cpu = cpus; cpu < cpus + cpu_count; cpu++)
        for (int i = 0; i < COUNTERS; i++)
            row.counts[i] += cpu->counts[i] - (kind == OF_REGION ? cpu->since[i] : 0);
    for (const struct cpu *cpu = cpus; cpu < cpus + cpu_count; cpu++) {
        const uint64_t now = masked_so_far(&cpu->masked, cpu->counts[INSTRUCTIONS]);
        const uint64_t most = now > cpu->masked.longest ? now : cpu->masked.longest;
        if (kind == OF_REGION && most > row.counts[LONGEST_MASKED])
            row.counts[LONGEST_MASKED] = most;
    }
    flockfile(out); /* several CPUs may run at once */
    header.rows += fwrite(&row, sizeof row, 1, out);
    funlockfile(out);
}

void rows_sums(uint64_t sums[COUNTERS], const struct cpu *cpus, unsigned int cpu_count)
{
    memset(sums, 0, COUNTERS * sizeof *sums);
    for (const struct cpu *cpu = cpus; cpu < cpus + cpu_count; cpu++)
        for (int i = 0; i < COUNTERS; i++)
            sums[i] += cpu->counts[i];
}

bool longest_open(const char *path)
{
    longest = fopen(path, "w");
    return longest;
}

void longest_write(const struct cpu *cpus, unsigned int cpu_count)
{
    const struct masked *most = &cpus[0].masked;

    if (!longest)
        return;
    for (unsigned int i = 1; i < cpu_count; i++)
        if (cpus[i].masked.ever > most->ever)
            most = &cpus[i].masked;
    fprintf(longest, "longest_masked %llu end 0x%llx via", (unsigned long long)most->ever,
            (unsigned long long)most->at);
    for (int i = 0; i < MASKED_VIA && most->longest_via[i]; i++)
        fprintf(longest, " 0x%llx", (unsigned long long)most->longest_via[i]);
    fprintf(longest, "\n");
}

void rows_close(void)
{
    header.complete = !ferror(out) && !fflush(out);
    rewind(out);
    fwrite(&header, sizeof header, 1, out);
    fclose(out);
}
