/* SPDX-License-Identifier: MIT
 * The texts of /proc about the system. */
#include "proc.h"

#define MEMORY (256ul << 20) /* as sysinfo tells */
enum { SECOND_TICKS = 10000000 };

void proc_mounts(void)
{
    proc_text("tmpfs / tmpfs rw,relatime 0 0\nproc /proc proc rw,relatime 0 0\n");
}

void proc_meminfo(void)
{
    const uint64_t free = (uint64_t)own_info(EXO_INFO_FREE) * 4;

    proc_row("MemTotal:       ", MEMORY / 1024);
    proc_row("MemFree:        ", free);
    proc_row("MemAvailable:   ", free);
    proc_row("Buffers:        ", 0);
    proc_row("Cached:         ", 0);
    proc_row("SwapCached:     ", 0);
    proc_row("Active:         ", 0);
    proc_row("Inactive:       ", 0);
    proc_row("SwapTotal:      ", 0);
    proc_row("SwapFree:       ", 0);
    proc_row("Shmem:          ", 0);
}

void proc_cpuinfo(void)
{
    static const struct {
        uint8_t bit;
        char name[8];
    } flags[] = { { 0, "fpu" },  { 4, "tsc" },   { 5, "msr" },  { 8, "cx8" },  { 15, "cmov" },
                  { 23, "mmx" }, { 24, "fxsr" }, { 25, "sse" }, { 26, "sse2" } };
    uint32_t a, d, word[3];

    __asm__("cpuid" : "=a"(a), "=b"(word[0]), "=c"(word[2]), "=d"(word[1]) : "a"(0), "c"(0));
    proc_text("processor\t: 0\nvendor_id\t: ");
    for (uint32_t i = 0; i < 12; i++)
        proc_byte((char)(word[i / 4] >> (i % 4 * 8)));
    __asm__("cpuid" : "=a"(a), "=b"(word[0]), "=c"(word[1]), "=d"(d) : "a"(1), "c"(0));
    proc_text("\ncpu family\t: ");
    proc_decimal(a >> 8 & 15);
    proc_text("\nmodel\t\t: ");
    proc_decimal((a >> 4 & 15) | (a >> 12 & 0xf0));
    proc_text("\nmodel name\t: the emulator's\nstepping\t: ");
    proc_decimal(a & 15);
    proc_text("\ncpu MHz\t\t: 1000.000\nphysical id\t: 0\nsiblings\t: 1\ncore id\t\t: 0\n"
              "cpu cores\t: 1\nfpu\t\t: yes\ncpuid level\t: 1\nflags\t\t:");
    for (uint32_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (!(d >> flags[i].bit & 1))
            continue;
        proc_byte(' ');
        proc_text(flags[i].name);
    }
    proc_text("\nbogomips\t: 2000.00\n\n");
}

static void hundredths(uint64_t t)
{
    proc_decimal(t / SECOND_TICKS / 100);
    proc_byte('.');
    proc_number(t / SECOND_TICKS % 100, 10, 2, '0');
}

void proc_uptime(void)
{
    hundredths(ticks());
    proc_text(" 0.00\n");
}

void proc_loadavg(void)
{
    proc_text("0.00 0.00 0.00 1/1 ");
    proc_decimal(P->pid);
    proc_byte('\n');
}

void proc_system_stat(void)
{
    const uint64_t t = ticks() / SECOND_TICKS;

    for (int i = 0; i < 2; i++) {
        proc_text(i ? "cpu0 " : "cpu  ");
        proc_decimal(t);
        proc_text(" 0 0 0 0 0 0 0 0 0\n");
    }
    proc_text("intr 0\nctxt 0\nbtime 1767225600\nprocesses 1\nprocs_running 1\nprocs_blocked 0\n");
}

void proc_version(void)
{
    proc_text("Linux version 6.1.0-libos (feuerprobe) #1 Feuerprobe LibOS\n");
}

void proc_filesystems(void) { proc_text("nodev\ttmpfs\nnodev\tproc\n"); }
void proc_ostype(void) { proc_text("Linux\n"); }
void proc_osrelease(void) { proc_text("6.1.0-libos\n"); }
void proc_hostname(void) { proc_text("feuerprobe\n"); }
void proc_pid_max(void) { proc_text("4194304\n"); }
