/* SPDX-License-Identifier: MIT
 * The texts of /proc about the process; proc_system.c has the others. They are collected in
 * LIBOS_BUFFER, behind the words of a request to write. */
#include "proc.h"

#define REQUEST_OF ((uint64_t *)LIBOS_BUFFER)
#define TEXT ((char *)(LIBOS_BUFFER + 32))
enum { ROOM = 4096 - 32, SECOND_TICKS = 10000000 };

static struct {
    uint32_t handle;
    uint64_t n;
} *const out = (void *)LIBOS_COPY;

static void flush(void)
{
    uint64_t *w = REQUEST_OF;

    w[0] = REQUEST(OP_WRITE, out->handle), w[1] = out->n, w[2] = -1ul, w[3] = 0;
    if (out->n)
        ask_memory(w, 32 + out->n, PAGE);
    out->n = 0;
}

void proc_byte(char c)
{
    if (out->n == ROOM)
        flush();
    TEXT[out->n++] = c;
}

void proc_text(const char *s)
{
    while (*s)
        proc_byte(*s++);
}

/* A number of at least so many digits, filled with `fill`. */
void proc_number(uint64_t value, uint64_t base, int digits, char fill)
{
    char reversed[24];
    int n = 0;

    do
        reversed[n++] = "0123456789abcdef"[value % base];
    while (value /= base);
    for (int i = n; i < digits; i++)
        proc_byte(fill);
    while (n)
        proc_byte(reversed[--n]);
}

void proc_decimal(uint64_t value) { proc_number(value, 10, 1, '0'); }

void proc_row(const char *name, uint64_t kilobytes)
{
    proc_text(name);
    proc_number(kilobytes, 10, 8, ' ');
    proc_text(" kB\n");
}

void proc_write(uint32_t handle, void (*write)(void))
{
    *(volatile uint64_t *)out = 0; /* resident from now on */
    out->handle = handle, out->n = 0;
    write();
    flush();
}

static uint64_t mapped_pages(void)
{
    uint64_t n = 0;

    for (uint32_t i = 0; i < P->areas; i++)
        n += (AREA[i].end - AREA[i].start) / PAGE;
    return n;
}

/* Bytes of the program's own memory, such as its arguments. */
static void bytes_of_program(uint64_t from, uint64_t to)
{
    char c;

    for (; from < to && !user_get(&c, from, 1); from++)
        proc_byte(c);
}

static void write_maps(void)
{
    for (uint32_t i = 0; i < P->areas; i++) {
        const struct area *a = &AREA[i];
        proc_number(a->start, 16, 8, '0');
        proc_byte('-');
        proc_number(a->end, 16, 8, '0');
        proc_byte(' ');
        proc_byte(a->rights & PROT_READ ? 'r' : '-');
        proc_byte(a->rights & PROT_WRITE ? 'w' : '-');
        proc_byte(a->rights & PROT_EXEC ? 'x' : '-');
        proc_byte(a->shared ? 's' : 'p');
        proc_byte(' ');
        proc_number(a->offset, 16, 8, '0');
        proc_text(" 00:00 ");
        proc_decimal(a->file);
        if (a->start <= P->break_start && a->end > P->break_start && !a->file)
            proc_text("                          [heap]");
        else if (a->end == STACK_TOP)
            proc_text("                          [stack]");
        proc_byte('\n');
    }
}

static void write_cmdline(void) { bytes_of_program(P->strings[0], P->strings[1]); }
static void write_environ(void) { bytes_of_program(P->strings[1], P->strings[2]); }
static void write_comm(void)
{
    proc_text(P->name);
    proc_byte('\n');
}

static uint64_t group(void) { return (uint64_t)ask(OP_GROUP, 0, 0, 0, 0); }
static uint64_t session(void) { return (uint64_t)ask(OP_GROUP, 0, 0, 0, 2); }

static uint64_t actions(uint64_t least, uint64_t most)
{
    uint64_t set = 0;

    for (uint32_t i = 1; i <= SIGNALS; i++)
        if (P->action[i].handler >= least && P->action[i].handler <= most)
            set |= 1ul << (i - 1);
    return set;
}

/* 52 numbers. */
static void write_stat(void)
{
    const uint64_t threads = P->threads > 1 ? P->threads : 1, t = ticks() / SECOND_TICKS;
    const uint64_t a[] = { P->parent,
                           group(),
                           session(),
                           0,
                           0,
                           0,
                           0,
                           0,
                           0,
                           0,
                           t,
                           0,
                           0,
                           0,
                           20,
                           (uint64_t)P->nice,
                           threads,
                           0,
                           0,
                           mapped_pages() * PAGE,
                           P->pages,
                           -1ul,
                           0,
                           0,
                           0,
                           0,
                           0,
                           P->waiting & 0x7fffffff,
                           P->mask & 0x7fffffff,
                           actions(1, 1) & 0x7fffffff,
                           actions(2, -1ul) & 0x7fffffff,
                           0,
                           0,
                           0,
                           17,
                           0,
                           0,
                           0,
                           0,
                           0,
                           0,
                           0,
                           0,
                           P->break_start,
                           P->strings[0],
                           P->strings[1],
                           P->strings[1],
                           P->strings[2],
                           0 };

    proc_decimal(P->pid);
    proc_text(" (");
    proc_text(P->name);
    proc_text(") R");
    for (uint64_t i = 0; i < sizeof a / sizeof *a; i++) {
        proc_byte(' ');
        proc_decimal(a[i]);
    }
    proc_byte('\n');
}

static void field(const char *name, uint64_t value)
{
    proc_text(name);
    proc_byte('\t');
    proc_decimal(value);
    proc_byte('\n');
}

static void set(const char *name, uint64_t value)
{
    proc_text(name);
    proc_byte('\t');
    proc_number(value, 16, 16, '0');
    proc_byte('\n');
}

static void four(const char *name, const uint32_t id[3])
{
    proc_text(name);
    for (int i = 0; i < 4; i++) {
        proc_byte('\t');
        proc_decimal(id[i < 3 ? i : 1]);
    }
    proc_byte('\n');
}

static void write_status(void)
{
    proc_text("Name:\t");
    write_comm();
    proc_text("Umask:\t");
    const uint64_t mask = (uint64_t)ask(OP_UMASK, 0, -1ul, 0, 0);
    proc_number(mask, 8, 4, '0');
    proc_text("\nState:\tR (running)\n");
    field("Tgid:", P->pid);
    proc_text("Ngid:\t0\n");
    field("Pid:", P->pid);
    field("PPid:", P->parent);
    proc_text("TracerPid:\t0\n");
    four("Uid:", P->user);
    four("Gid:", P->group);
    field("FDSize:", P->highest < 64 ? 64 : DESCRIPTORS);
    proc_text("Groups:\t");
    for (uint32_t i = 0; i < P->group_count; i++) {
        proc_decimal(P->groups[i]);
        proc_byte(' ');
    }
    proc_byte('\n');
    proc_row("VmPeak:\t", mapped_pages() * 4);
    proc_row("VmSize:\t", mapped_pages() * 4);
    proc_row("VmHWM:\t", P->pages * 4);
    proc_row("VmRSS:\t", P->pages * 4);
    field("Threads:", P->threads > 1 ? P->threads : 1);
    set("SigPnd:", P->own);
    set("ShdPnd:", P->waiting);
    set("SigBlk:", P->mask);
    set("SigIgn:", actions(1, 1));
    set("SigCgt:", actions(2, -1ul));
    proc_text("Cpus_allowed:\t1\nCpus_allowed_list:\t0\n");
}

static void write_statm(void)
{
    proc_decimal(mapped_pages());
    proc_byte(' ');
    proc_decimal(P->pages);
    proc_text(" 0 0 0 0 0\n");
}

static void write_limits(void)
{
    static const char *const names[LIMITS] = {
        "Max cpu time              ", "Max file size             ", "Max data size             ",
        "Max stack size            ", "Max core file size        ", "Max resident set          ",
        "Max processes             ", "Max open files            ", "Max locked memory         ",
        "Max address space         ", "Max file locks            ", "Max pending signals       ",
        "Max msgqueue size         ", "Max nice priority         ", "Max realtime priority     ",
        "Max realtime timeout      "
    };

    proc_text("Limit                     Soft Limit           Hard Limit           Units     \n");
    for (uint32_t i = 0; i < LIMITS; i++) {
        proc_text(names[i]);
        for (int k = 0; k < 2; k++) {
            const uint64_t value = ~P->limit[i][k];
            if (value == -1ul)
                proc_text("unlimited            ");
            else
                proc_decimal(value), proc_byte(' ');
        }
        proc_byte('\n');
    }
}

const struct proc_name proc_names[PROC_NAMES] = {
    { "maps", true, write_maps },
    { "cmdline", true, write_cmdline },
    { "environ", true, write_environ },
    { "comm", true, write_comm },
    { "stat", true, write_stat },
    { "status", true, write_status },
    { "statm", true, write_statm },
    { "limits", true, write_limits },
    { "mounts", true, proc_mounts },
    { "mounts", false, proc_mounts },
    { "meminfo", false, proc_meminfo },
    { "cpuinfo", false, proc_cpuinfo },
    { "uptime", false, proc_uptime },
    { "loadavg", false, proc_loadavg },
    { "stat", false, proc_system_stat },
    { "version", false, proc_version },
    { "filesystems", false, proc_filesystems },
    { "sys/kernel/ostype", false, proc_ostype },
    { "sys/kernel/osrelease", false, proc_osrelease },
    { "sys/kernel/hostname", false, proc_hostname },
    { "sys/kernel/pid_max", false, proc_pid_max },
};
