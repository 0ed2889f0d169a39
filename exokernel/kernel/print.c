/* SPDX-License-Identifier: MIT
 * Formatted text to the serial line. */
#include "kernel.h"

#include <stdarg.h>

static void print_number(uint64_t value, uint32_t base, int width)
{
    char digits[20];
    int n = 0;

    do
        digits[n++] = "0123456789abcdef"[value % base];
    while ((value /= base) || n < width);
    while (n)
        serial_put(digits[--n]);
}

/* Print text with %s, %lu and %lx (16 digits). Any other directive is printed unchanged. */
void print(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    for (const char *p = format; *p; p++) {
        if (p[0] == '%' && p[1] == 's') {
            for (const char *s = va_arg(arguments, const char *); *s; s++)
                serial_put(*s);
            p += 1;
        } else if (p[0] == '%' && p[1] == 'l' && (p[2] == 'u' || p[2] == 'x')) {
            print_number(va_arg(arguments, uint64_t), p[2] == 'x' ? 16 : 10, p[2] == 'x' ? 16 : 1);
            p += 2;
        } else {
            serial_put(*p);
        }
    }
    va_end(arguments);
}
