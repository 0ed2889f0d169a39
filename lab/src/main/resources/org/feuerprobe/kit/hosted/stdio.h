/* SPDX-License-Identifier: MIT */
#ifndef KIT_STDIO_H
#define KIT_STDIO_H
#include <stdarg.h>
#include <stddef.h>
#define EOF (-1)
typedef struct kit_file FILE;
extern FILE *stdin, *stdout, *stderr;
int fprintf(FILE *file, const char *format, ...);
int vfprintf(FILE *file, const char *format, va_list arguments);
int vprintf(const char *format, va_list arguments);
int vsnprintf(char *to, size_t room, const char *format, va_list arguments);
int sprintf(char *to, const char *format, ...);
int fputs(const char *text, FILE *file);
int fputc(int c, FILE *file);
int putc(int c, FILE *file);
int fflush(FILE *file);
void perror(const char *text);
size_t fwrite(const void *from, size_t bytes, size_t count, FILE *file);
int printf(const char *format, ...);
int puts(const char *text);
int putchar(int c);
int snprintf(char *to, size_t room, const char *format, ...);
#endif
