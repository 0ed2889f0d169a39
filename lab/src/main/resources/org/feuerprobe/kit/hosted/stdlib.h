/* SPDX-License-Identifier: MIT */
#ifndef KIT_STDLIB_H
#define KIT_STDLIB_H
#include <stddef.h>
#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1
void *malloc(size_t bytes);
void *calloc(size_t count, size_t bytes);
void *realloc(void *block, size_t bytes);
void free(void *block);
_Noreturn void abort(void);
_Noreturn void exit(int status);
#endif
