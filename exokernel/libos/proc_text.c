/* SPDX-License-Identifier: MIT
 * The texts of /proc. They are collected in LIBOS_BUFFER, behind the words of a request to
 * write. */
#include "proc.h"

#define REQUEST_OF ((uint64_t *)LIBOS_BUFFER)
#define TEXT ((char *)(LIBOS_BUFFER + 32))
#define MEMORY (256ul << 20) /* as sysinfo tells */
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

static void byte(char c)
{
    if (out->n == ROOM)
        flush();
    TEXT[out->n++] = c;
}

static void text(const char *s)
{
    while (*s)
        byte(*s++);
}

/* A number of at least so many digits, filled with `fill`. */
static void number(uint64_t value, uint64_t base, int digits, char fill)
{
    char reversed[24];
    int n = 0;

    do
        reversed[n++] = "0123456789abcdef"[value % base];
    while (value /= base);
    for (int i = n; i < digits; i++)
        byte(fill);
    while (n)
        byte(reversed[--n]);
}

static void decimal(uint64_t value) { number(value, 10, 1, '0'); }

static void row(const char *name, uint64_t kilobytes)
{
    text(name);
    number(kilobytes, 10, 8, ' ');
    text(" kB\n");
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
        byte(c);
}

static void write_maps(void)
{
    for (uint32_t i = 0; i < P->areas; i++) {
        const struct area *a = &AREA[i];
        number(a->start, 16, 8, '0');
        byte('-');
        number(a->end, 16, 8, '0');
        byte(' ');
        byte(a->rights & PROT_READ ? 'r' : '-');
        byte(a->rights & PROT_WRITE ? 'w' : '-');
        byte(a->rights & PROT_EXEC ? 'x' : '-');
        byte(a->shared ? 's' : 'p');
        byte(' ');
        number(a->offset, 16, 8, '0');
        text(" 00:00 ");
        decimal(a->file);
        if (a->start <= P->break_start && a->end > P->break_start && !a->file)
            text("                          [heap]");
        else if (a->end == STACK_TOP)
            text("                          [stack]");
        byte('\n');
    }
}

static void write_cmdline(void) { bytes_of_program(P->strings[0], P->strings[1]); }
static void write_environ(void) { bytes_of_program(P->strings[1], P->strings[2]); }
static void write_comm(void)
{
    text(P->name);
    byte('\n');
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

    decimal(P->pid);
    text(" (");
    text(P->name);
    text(") R");
    for (uint64_t i = 0; i < sizeof a / sizeof *a; i++) {
        byte(' ');
        decimal(a[i]);
    }
    byte('\n');
}

static void field(const char *name, uint64_t value)
{
    text(name);
    byte('\t');
    decimal(value);
    byte('\n');
}

static void set(const char *name, uint64_t value)
{
    text(name);
    byte('\t');
    number(value, 16, 16, '0');
    byte('\n');
}

static void four(const char *name, const uint32_t id[3])
{
    text(name);
    for (int i = 0; i < 4; i++) {
        byte('\t');
        decimal(id[i < 3 ? i : 1]);
    }
    byte('\n');
}

static void write_status(void)
{
    text("Name:\t");
    write_comm();
    text("Umask:\t");
    const uint64_t mask = (uint64_t)ask(OP_UMASK, 0, -1ul, 0, 0);
    number(mask, 8, 4, '0');
    text("\nState:\tR (running)\n");
    field("Tgid:", P->pid);
    text("Ngid:\t0\n");
    field("Pid:", P->pid);
    field("PPid:", P->parent);
    text("TracerPid:\t0\n");
    four("Uid:", P->user);
    four("Gid:", P->group);
    field("FDSize:", P->highest < 64 ? 64 : DESCRIPTORS);
    text("Groups:\t");
    for (uint32_t i = 0; i < P->group_count; i++) {
        decimal(P->groups[i]);
        byte(' ');
    }
    byte('\n');
    row("VmPeak:\t", mapped_pages() * 4);
    row("VmSize:\t", mapped_pages() * 4);
    row("VmHWM:\t", P->pages * 4);
    row("VmRSS:\t", P->pages * 4);
    field("Threads:", P->threads > 1 ? P->threads : 1);
    set("SigPnd:", P->own);
    set("ShdPnd:", P->waiting);
    set("SigBlk:", P->mask);
    set("SigIgn:", actions(1, 1));
    set("SigCgt:", actions(2, -1ul));
    text("Cpus_allowed:\t1\nCpus_allowed_list:\t0\n");
}

static void write_statm(void)
{
    decimal(mapped_pages());
    byte(' ');
    decimal(P->pages);
    text(" 0 0 0 0 0\n");
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

    text("Limit                     Soft Limit           Hard Limit           Units     \n");
    for (uint32_t i = 0; i < LIMITS; i++) {
        text(names[i]);
        for (int k = 0; k < 2; k++) {
            const uint64_t value = ~P->limit[i][k];
            if (value == -1ul)
                text("unlimited            ");
            else
                decimal(value), byte(' ');
        }
        byte('\n');
    }
}

static void write_mounts(void)
{
    text("tmpfs / tmpfs rw,relatime 0 0\nproc /proc proc rw,relatime 0 0\n");
}

static void write_meminfo(void)
{
    const uint64_t free = (uint64_t)own_info(EXO_INFO_FREE) * 4;

    row("MemTotal:       ", MEMORY / 1024);
    row("MemFree:        ", free);
    row("MemAvailable:   ", free);
    row("Buffers:        ", 0);
    row("Cached:         ", 0);
    row("SwapCached:     ", 0);
    row("Active:         ", 0);
    row("Inactive:       ", 0);
    row("SwapTotal:      ", 0);
    row("SwapFree:       ", 0);
    row("Shmem:          ", 0);
}

static void write_cpuinfo(void)
{
    static const struct {
        uint8_t bit;
        char name[8];
    } flags[] = { { 0, "fpu" },  { 4, "tsc" },   { 5, "msr" },  { 8, "cx8" },  { 15, "cmov" },
                  { 23, "mmx" }, { 24, "fxsr" }, { 25, "sse" }, { 26, "sse2" } };
    uint32_t a, d, word[3];

    __asm__("cpuid" : "=a"(a), "=b"(word[0]), "=c"(word[2]), "=d"(word[1]) : "a"(0), "c"(0));
    text("processor\t: 0\nvendor_id\t: ");
    for (uint32_t i = 0; i < 12; i++)
        byte((char)(word[i / 4] >> (i % 4 * 8)));
    __asm__("cpuid" : "=a"(a), "=b"(word[0]), "=c"(word[1]), "=d"(d) : "a"(1), "c"(0));
    text("\ncpu family\t: ");
    decimal(a >> 8 & 15);
    text("\nmodel\t\t: ");
    decimal((a >> 4 & 15) | (a >> 12 & 0xf0));
    text("\nmodel name\t: the emulator's\nstepping\t: ");
    decimal(a & 15);
    text("\ncpu MHz\t\t: 1000.000\nphysical id\t: 0\nsiblings\t: 1\ncore id\t\t: 0\n"
         "cpu cores\t: 1\nfpu\t\t: yes\ncpuid level\t: 1\nflags\t\t:");
    for (uint32_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (!(d >> flags[i].bit & 1))
            continue;
        byte(' ');
        text(flags[i].name);
    }
    text("\nbogomips\t: 2000.00\n\n");
}

static void hundredths(uint64_t t)
{
    decimal(t / SECOND_TICKS / 100);
    byte('.');
    number(t / SECOND_TICKS % 100, 10, 2, '0');
}

static void write_uptime(void)
{
    hundredths(ticks());
    text(" 0.00\n");
}

static void write_loadavg(void)
{
    text("0.00 0.00 0.00 1/1 ");
    decimal(P->pid);
    byte('\n');
}

static void write_system_stat(void)
{
    const uint64_t t = ticks() / SECOND_TICKS;

    for (int i = 0; i < 2; i++) {
        text(i ? "cpu0 " : "cpu  ");
        decimal(t);
        text(" 0 0 0 0 0 0 0 0 0\n");
    }
    text("intr 0\nctxt 0\nbtime 1767225600\nprocesses 1\nprocs_running 1\nprocs_blocked 0\n");
}

static void write_version(void)
{
    text("Linux version 6.1.0-libos (feuerprobe) #1 Feuerprobe LibOS\n");
}

static void write_filesystems(void) { text("nodev\ttmpfs\nnodev\tproc\n"); }
static void write_ostype(void) { text("Linux\n"); }
static void write_osrelease(void) { text("6.1.0-libos\n"); }
static void write_hostname(void) { text("feuerprobe\n"); }
static void write_pid_max(void) { text("4194304\n"); }

const struct proc_name proc_names[PROC_NAMES] = {
    { "maps", true, write_maps },
    { "cmdline", true, write_cmdline },
    { "environ", true, write_environ },
    { "comm", true, write_comm },
    { "stat", true, write_stat },
    { "status", true, write_status },
    { "statm", true, write_statm },
    { "limits", true, write_limits },
    { "mounts", true, write_mounts },
    { "mounts", false, write_mounts },
    { "meminfo", false, write_meminfo },
    { "cpuinfo", false, write_cpuinfo },
    { "uptime", false, write_uptime },
    { "loadavg", false, write_loadavg },
    { "stat", false, write_system_stat },
    { "version", false, write_version },
    { "filesystems", false, write_filesystems },
    { "sys/kernel/ostype", false, write_ostype },
    { "sys/kernel/osrelease", false, write_osrelease },
    { "sys/kernel/hostname", false, write_hostname },
    { "sys/kernel/pid_max", false, write_pid_max },
};
