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
#define RAND_MAX 0x7fffffff
int rand(void);
void srand(unsigned seed);
int abs(int value);
long labs(long value);
int atoi(const char *text);
long strtol(const char *text, char **end, int base);
unsigned long strtoul(const char *text, char **end, int base);
void qsort(void *array, size_t count, size_t bytes, int (*compare)(const void *, const void *));
void *bsearch(const void *key, const void *array, size_t count, size_t bytes,
              int (*compare)(const void *, const void *));
char *getenv(const char *name);
_Noreturn void abort(void);
_Noreturn void exit(int status);
#endif
