/* SPDX-License-Identifier: MIT
 * The serial line. The bytes of the console go there as they are; between them are the server's own
 * lines, which begin with a word that only the one who started the boot knows. */
#include "server.h"

enum { PRINT_MAX = 256 };

void console_put(const char *text, uint64_t n)
{
    for (uint64_t i = 0; i < n; i += PRINT_MAX)
        exo_probe(EXO_PROBE_PRINT, (uint64_t)text + i, n - i < PRINT_MAX ? n - i : PRINT_MAX);
}

static uint64_t put_number(char *to, uint64_t number)
{
    char digits[20];
    uint64_t n = 0, i = 0;

    do
        digits[n++] = (char)('0' + number % 10);
    while (number /= 10);
    while (n)
        to[i++] = digits[--n];
    return i;
}

/* A line: @WORD what numbers... */
void report(const char *what, uint64_t a, uint64_t b, uint64_t c, int numbers)
{
    const uint64_t value[3] = { a, b, c };
    char line[128];
    uint64_t n = 0;

    line[n++] = '@';
    n += put_number(line + n, S->nonce);
    line[n++] = ' ';
    while (*what)
        line[n++] = *what++;
    for (int i = 0; i < numbers; i++) {
        line[n++] = ' ';
        n += put_number(line + n, value[i]);
    }
    line[n++] = '\n';
    console_put(line, n);
}
