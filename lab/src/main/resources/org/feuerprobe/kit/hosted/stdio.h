/* SPDX-License-Identifier: MIT */
#ifndef KIT_STDIO_H
#define KIT_STDIO_H
#include <stdarg.h>
#include <stddef.h>
int printf(const char *format, ...);
int puts(const char *text);
int putchar(int c);
int snprintf(char *to, size_t room, const char *format, ...);
#endif
