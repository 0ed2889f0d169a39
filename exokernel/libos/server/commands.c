/* SPDX-License-Identifier: MIT
 * What the boot runs, one program after the other: .feuerprobe/commands. It has strings that end
 * with 0:
 *
 *   how many variables | variables ... | how many arguments | arguments ... | how many ... */
#include "server.h"

/* Read a decimal number that ends with 0. */
static bool read_number(uint64_t *at, uint64_t *number)
{
    char c;

    *number = 0;
    for (;;) {
        if (node_read(S->commands, (*at)++, &c, 1) != 1)
            return false;
        if (!c)
            return true;
        if (c < '0' || c > '9')
            return false;
        *number = *number * 10 + (uint64_t)(c - '0');
    }
}

/* How long so many strings are; 0 if they are not there. */
static uint64_t length_of(uint64_t at, uint64_t strings)
{
    const uint64_t from = at;
    char c;

    while (strings) {
        if (node_read(S->commands, at++, &c, 1) != 1)
            return 0;
        strings -= !c;
    }
    return at - from;
}

static uint32_t hidden(const char *path, uint32_t length)
{
    struct walk w;

    if (walk(1, path, length, false, S->space[0], &w) || !w.node)
        return 0;
    NODE[w.node].opens++; /* it stays without its name */
    const uint32_t node = w.node;
    name_remove(w.name);
    return node;
}

bool commands_read(void)
{
    struct walk w;

    S->commands = hidden(".feuerprobe/commands", 20);
    S->input = hidden(".feuerprobe/input", 17);
    if (!walk(1, ".feuerprobe", 11, false, S->space[0], &w) && w.node && !NODE[w.node].first) {
        NODE[w.node].links--;
        name_remove(w.name);
    }
    S->command_at = 0;
    if (!S->commands || !read_number(&S->command_at, &S->variables))
        return false;
    S->variables_at = S->command_at;
    S->variables_size = length_of(S->command_at, S->variables);
    S->command_at += S->variables_size;
    return S->variables_size || !S->variables;
}

/* Say how the last command ended, and begin the next. False: there is none. */
bool next_command(void)
{
    if (S->first) {
        const struct proc *p = NULL;
        for (uint32_t i = 0; i < S->proc_top; i++)
            if (PROC[i].pid == S->first)
                p = &PROC[i];
        const uint64_t status = p ? p->status : SIGKILL;
        report(status & 0x7f ? "signal" : "exit", status & 0x7f ? status & 0x7f : status >> 8,
               fp_time() - S->started, 0, 2);
        for (uint32_t i = 0; i < S->proc_top; i++)
            if (PROC[i].state == PROC_RUNS) {
                exo_env_destroy(PROC[i].env);
                proc_gone(&PROC[i], SIGKILL);
            }
        for (uint64_t i = 0; i < LIBOS_CALLS; i++)
            if (S->count[i])
                report("call", i, S->count[i], S->ticks[i], 3);
        __builtin_memset(S->count, 0, sizeof S->count);
        __builtin_memset(S->ticks, 0, sizeof S->ticks);
    }
    S->done = false;
    S->command_at += S->arguments_size;
    if (!read_number(&S->command_at, &S->arguments) || !S->arguments)
        return false;
    S->arguments_size = length_of(S->command_at, S->arguments);
    if (!S->arguments_size)
        return false;
    report("begin", 0, 0, 0, 0);
    S->started = fp_time();
    S->input_offset = 0;
    struct proc *p = proc_new(CAPS_FIRST, NULL);
    S->first = p ? p->pid : 0;
    S->foreground = (uint32_t)S->first;
    for (uint32_t i = 0; p && i < 3; i++)
        handle_new(p, open_new(OPEN_CONSOLE, 0, i ? O_WRONLY : 0));
    return p;
}

/* What the program gets: arguments, then variables. */
void do_start(struct request *r)
{
    const uint64_t size = S->arguments_size + S->variables_size;
    uint64_t from = r->w[2], n = from < size ? size - from : 0;

    if (!r->w[1] || r->from->pid != S->first || !n) {
        r->w[0] = 0, r->w[1] = S->arguments, r->w[2] = S->variables, r->w[3] = size;
        return;
    }
    n = n < PAGE ? n : PAGE;
    if (n < 40)
        n = 40; /* fewer than 33 bytes would come as words */
    __builtin_memset(S->buffer, 0, n);
    for (uint64_t i = 0; i < n && from < size; i++, from++) {
        const uint64_t at = from < S->arguments_size ? S->command_at + from
                                                     : S->variables_at + (from - S->arguments_size);
        node_read(S->commands, at, &S->buffer[i], 1);
    }
    r->reply = S->buffer, r->reply_size = n;
}

void do_trace(struct request *r)
{
    const struct trace_row *row = (const struct trace_row *)r->data;

    for (uint64_t i = 0; i < r->w[1] && (i + 1) * sizeof *row <= r->data_size; i++) {
        if (row[i].number >= LIBOS_CALLS)
            continue;
        S->count[row[i].number] += row[i].count;
        S->ticks[row[i].number] += row[i].ticks;
    }
    r->w[0] = 0;
}
