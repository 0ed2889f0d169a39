/* SPDX-License-Identifier: MIT
 * Deliberate failures, for the validator's tests: test=NAME or test=NAME@ENTRY on the command line.
 * They happen in the second repetition of that plan entry (0 if not given). */
#include "kernel.h"
#include "trace.h"
#include "x86.h"

static struct {
    void (*strike)(void);
    uint64_t entry;
    bool omit_first;
} hooks;

static void strike_panic(void)
{
    *(volatile uint64_t *)0x5eed000 = 1; /* nothing is mapped there */
}

static void strike_hang(void)
{
    for (;;)
        x86_pause();
}

static void strike_flood(void)
{
    for (;;)
        print("the quick brown fox jumps over the lazy dog and does not stop\n");
}

static void strike_reset(void) { machine_reset(); }

/* Recursion that the compiler cannot turn into a loop, deeper than any stack. */
static uint64_t overflow(volatile uint64_t *below)
{
    volatile uint64_t here = *below + 1;

    if (here == UINT32_MAX)
        return 0;
    return here + overflow(&here) + *below;
}

static void strike_overflow(void)
{
    volatile uint64_t zero = 0;

    overflow(&zero);
}

static const struct {
    const char *name;
    void (*strike)(void);
} table[] = {
    { "panic", strike_panic }, { "hang", strike_hang },         { "flood", strike_flood },
    { "reset", strike_reset }, { "overflow", strike_overflow }, { "effect", NULL },
};

/* What follows `head` in `text`, or NULL. */
static const char *after(const char *text, const char *head)
{
    while (*head)
        if (*text++ != *head++)
            return NULL;
    return text;
}

/* Arm the hook that the command line asks for. An unknown name is a panic. */
void hooks_read(const char *command_line)
{
    const char *p = command_line;

    while (*p && !after(p, "test="))
        p++;
    if (!*p)
        return;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const char *rest = after(p + 5, table[i].name);
        if (!rest || (*rest && *rest != '@' && *rest != ' '))
            continue;
        hooks.strike = table[i].strike;
        hooks.omit_first = !table[i].strike;
        for (rest += *rest == '@'; *rest >= '0' && *rest <= '9'; rest++)
            hooks.entry = hooks.entry * 10 + (uint64_t)(*rest - '0');
        return;
    }
    panic(PANIC_BOOT, "unknown test= on the command line");
}

void hooks_step(uint32_t entry, uint64_t repetition)
{
    trace(step, current_env(), entry, repetition);
    if (hooks.strike && entry == hooks.entry && repetition == 1)
        hooks.strike();
}

/* Whether to leave out the first benchmark's operation. */
bool hooks_omit_first(void) { return hooks.omit_first; }
