/* SPDX-License-Identifier: MIT
 * On the command line, instead of a plan: run=tests, run=tests@CASE, run=tests@0@PART (a part of
 * them: user/test/test.c), run=fuzz@SEED@CALLS, or run=libos@WORD@TRACE with an archive of Linux
 * programs in place of the plan. The kernel runs a ring-3 program; its result is the exit code of
 * the boot. */
#include "kernel.h"
#include "memory.h"

#include "exo.h"

static const char *find(const char *text, const char *what)
{
    for (; *text; text++) {
        size_t n = 0;
        while (what[n] && text[n] == what[n])
            n++;
        if (!what[n])
            return text + n;
    }
    return NULL;
}

static uint64_t number_after(const char **text)
{
    uint64_t n = 0;

    if (**text == '@')
        for (++*text; **text >= '0' && **text <= '9'; ++*text)
            n = n * 10 + (uint64_t)(**text - '0');
    return n;
}

/* A checksum of the image's text and constants, which never change. O(image). */
uint64_t guest_checksum(void)
{
    uint64_t sum = 0;

    for (const uint64_t *p = (const uint64_t *)text_start; p < (const uint64_t *)data_start; p++)
        sum = (sum << 1 | sum >> 63) ^ *p;
    return sum;
}

/* Whether the module of the boot is an archive, and no plan. */
bool guest_has_archive(const char *command_line) { return find(command_line, "run=libos"); }

/* Run what the command line asks for and end the boot, or return if it asks for nothing. */
void guest_run(const char *command_line, struct range module)
{
    const char *fuzz = find(command_line, "run=fuzz"), *tests = find(command_line, "run=tests");
    const char *libos = find(command_line, "run=libos");
    struct fp_entry entry = { .samples = 1, .batch = 1 };
    struct fp_run run = { .entry = &entry, .batch = 1 };

    if (!fuzz && !tests && !libos)
        return;
    const uint64_t program = fuzz ? PROGRAM_fuzz : tests ? PROGRAM_test : PROGRAM_libos_server;
    const char **options = fuzz ? &fuzz : tests ? &tests : &libos;
    for (int i = 0; i < 2; i++)
        entry.params[i] = number_after(options);
    if (libos)
        user_show(module);
    const uint64_t sum = guest_checksum();
    user_run(&run, program, 0);
    if (guest_checksum() != sum)
        fp_give_up(&run, FP_EFFECT_FAILED, "the kernel's text changed");
    const bool good = !run.status && run.checks && !run.failures;
    if (!good)
        print("guest: %s\n", run.message ? run.message : "ended too early");
    machine_exit(good ? EXIT_COMPLETE : EXIT_FAILED);
}
