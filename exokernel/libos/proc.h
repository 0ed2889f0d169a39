/* SPDX-License-Identifier: MIT
 * What the files about /proc share. */
#ifndef LIBOS_PROC_H
#define LIBOS_PROC_H

#include "libos.h"

enum { PROC_OTHER = -1, PROC_NONE = -2, PROC_NAMES = 21 };

/* A file: its name behind /proc/, or behind /proc/self/; and who writes its text. */
struct proc_name {
    const char *name;
    bool self;
    void (*write)(void);
};
extern const struct proc_name proc_names[PROC_NAMES];

/* proc_text.c: write the text of one into a file of the server's. */
void proc_write(uint32_t handle, void (*write)(void));

#endif
