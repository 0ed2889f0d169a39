/* SPDX-License-Identifier: MIT */
#ifndef KIT_STRINGS_H
#define KIT_STRINGS_H
#include <stddef.h>
void bzero(void *to, size_t count);
int strcasecmp(const char *a, const char *b);
int strncasecmp(const char *a, const char *b, size_t most);
#endif
