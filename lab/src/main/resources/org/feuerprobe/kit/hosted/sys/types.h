/* SPDX-License-Identifier: MIT */
#ifndef KIT_SYS_TYPES_H
#define KIT_SYS_TYPES_H
#include <stddef.h>
typedef __INTPTR_TYPE__ ssize_t;
typedef long off_t;
typedef int pid_t;
#endif
