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
void proc_byte(char c);
void proc_text(const char *s);
void proc_number(uint64_t value, uint64_t base, int digits, char fill);
void proc_decimal(uint64_t value);
void proc_row(const char *name, uint64_t kilobytes);
/* proc_system.c */
void proc_mounts(void);
void proc_meminfo(void);
void proc_cpuinfo(void);
void proc_uptime(void);
void proc_loadavg(void);
void proc_system_stat(void);
void proc_version(void);
void proc_filesystems(void);
void proc_ostype(void);
void proc_osrelease(void);
void proc_hostname(void);
void proc_pid_max(void);

#endif
