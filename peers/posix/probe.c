/* SPDX-License-Identifier: MIT
 * What Linux's calls cost, on whatever runs this static program: for each operation the smallest of
 * several counts of the time-stamp counter, less an empty loop, for one operation. Each effect is
 * checked; an operation without its effect has no number. In an emulator with -icount the counter
 * counts instructions.
 *
 *   probe [OPERATION]... */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROUNDS = 7 };

static int zero, null, file, to[2], from[2], selected;
static char *volatile page, *program;
static volatile int caught;
static long wrong;

static uint64_t now(void)
{
    uint32_t low, high;

    __asm__ volatile("rdtsc" : "=a"(low), "=d"(high) : : "memory");
    return (uint64_t)high << 32 | low;
}

static void check(int happened) { wrong += !happened; }

static void null_call(void) { check(syscall(SYS_getppid) >= 0); }
static void read_zero(void)
{
    char c = 1;
    check(read(zero, &c, 1) == 1 && c == 0);
}
static void write_null(void) { check(write(null, "x", 1) == 1); }
static void stat_file(void)
{
    struct stat s;
    check(stat("/tmp/probe", &s) == 0 && s.st_size == 8192);
}
static void fstat_file(void)
{
    struct stat s;
    check(fstat(file, &s) == 0 && s.st_size == 8192);
}
static void open_close(void)
{
    const int f = open("/tmp/probe", O_RDONLY);
    check(f >= 0 && close(f) == 0);
}
static void catcher(int signal) { caught = signal; }
static void install(void)
{
    struct sigaction a = { .sa_handler = catcher };
    check(sigaction(SIGUSR1, &a, NULL) == 0);
}
static void catch_one(void)
{
    caught = 0;
    kill(getpid(), SIGUSR1);
    check(caught == SIGUSR1);
}
static void repair(int signal)
{
    caught = signal;
    mprotect(page, 4096, PROT_READ | PROT_WRITE);
}
static void protection(void)
{
    caught = 0;
    mprotect(page, 4096, PROT_READ);
    *(volatile char *)(page + 1) = 1;
    check(caught == SIGSEGV);
}
static void round_trip(void)
{
    char c = 'a';
    check(write(to[1], &c, 1) == 1 && read(from[0], &c, 1) == 1 && c == 'b');
}
static void fork_exit(void)
{
    int status = -1;
    const pid_t child = fork();
    if (!child)
        _exit(3);
    check(waitpid(child, &status, 0) == child && WEXITSTATUS(status) == 3);
}
static void fork_exec(void)
{
    int status = -1;
    const pid_t child = fork();
    if (!child) {
        execl(program, program, "-", (char *)NULL);
        _exit(9);
    }
    check(waitpid(child, &status, 0) == child && WEXITSTATUS(status) == 4);
}
static void map_touch(void)
{
    char *p = mmap(NULL, 512 << 10, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    check(p != MAP_FAILED);
    for (int i = 0; i < 512 << 10; i += 16384)
        p[i] = 1;
    check(munmap(p, 512 << 10) == 0);
}
static void file_fault(void)
{
    char *p = mmap(NULL, 8192, PROT_READ, MAP_SHARED, file, 0);
    check(p != MAP_FAILED && p[0] == 'p');
    munmap(p, 8192);
}
static void select_some(void)
{
    fd_set set;
    struct timeval t = { 0, 0 };
    FD_ZERO(&set);
    for (int i = 0; i < selected; i++)
        FD_SET(100 + i, &set);
    check(select(100 + selected, &set, NULL, NULL, &t) == selected);
}
static void select_10(void) { selected = 10, select_some(); }
static void select_100(void) { selected = 100, select_some(); }
static void create_delete(void)
{
    const int f = open("/tmp/empty", O_RDWR | O_CREAT | O_EXCL, 0600);
    check(f >= 0 && close(f) == 0 && unlink("/tmp/empty") == 0);
}
static void nothing(void) { check(1); }

static const struct {
    const char *name;
    void (*run)(void);
    int count;
} operations[] = {
    { "null call (getppid)", null_call, 100 },
    { "read 1 byte of /dev/zero", read_zero, 100 },
    { "write 1 byte to /dev/null", write_null, 100 },
    { "stat", stat_file, 50 },
    { "fstat", fstat_file, 50 },
    { "open + close", open_close, 50 },
    { "signal install", install, 100 },
    { "signal catch (kill, getpid, handler)", catch_one, 50 },
    { "protection fault (2 mprotect, handler)", protection, 50 },
    { "pipe round trip", round_trip, 50 },
    { "fork + exit + wait", fork_exit, 5 },
    { "fork + exec + exit + wait", fork_exec, 3 },
    { "mmap + touch each 16 KiB of 512 + munmap", map_touch, 5 },
    { "mmap of a file + fault + munmap", file_fault, 20 },
    { "select on 10 files", select_10, 20 },
    { "select on 100 files", select_100, 20 },
    { "create + delete a file", create_delete, 50 },
};

static uint64_t smallest(void (*run)(void), int count)
{
    uint64_t best = UINT64_MAX;

    for (int i = 0; i < ROUNDS; i++) {
        const uint64_t before = now();
        for (int j = 0; j < count; j++)
            run();
        const uint64_t took = now() - before;
        best = took < best ? took : best;
    }
    return best / (uint64_t)count;
}

static void prepare(char *self)
{
    static char content[8192];
    struct sigaction a = { .sa_handler = repair, .sa_flags = SA_NODEFER };

    program = self;
    memset(content, 'p', sizeof content);
    zero = open("/dev/zero", O_RDONLY), null = open("/dev/null", O_WRONLY);
    file = open("/tmp/probe", O_RDWR | O_CREAT | O_TRUNC, 0600);
    check(write(file, content, sizeof content) == sizeof content);
    for (int i = 0; i < 100; i++)
        check(dup2(file, 100 + i) == 100 + i);
    page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    sigaction(SIGSEGV, &a, NULL);
    install();
    check(pipe(to) == 0 && pipe(from) == 0);
    if (fork())
        return;
    char c;
    close(to[1]);
    while (read(to[0], &c, 1) == 1) {
        c++;
        if (write(from[1], &c, 1) != 1)
            break;
    }
    _exit(0);
}

int main(int argc, char **argv)
{
    if (argc == 2 && !strcmp(argv[1], "-"))
        return 4;
    prepare(argv[0]);
    const uint64_t empty = smallest(nothing, 100);
    for (unsigned i = 0; i < sizeof operations / sizeof *operations; i++) {
        int wanted = argc == 1;
        for (int j = 1; j < argc; j++)
            wanted |= strstr(operations[i].name, argv[j]) != NULL;
        if (!wanted)
            continue;
        wrong = 0;
        const uint64_t cost = smallest(operations[i].run, operations[i].count) - empty;
        if (wrong)
            printf("%-40s no effect\n", operations[i].name);
        else
            printf("%-40s %8llu\n", operations[i].name, (unsigned long long)cost);
        fflush(stdout);
    }
    return 0;
}
