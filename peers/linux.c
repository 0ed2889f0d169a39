/* SPDX-License-Identifier: MIT
 * Benchmarks of Linux's counterparts to the exokernel's primitives, with the same probe. Runs on
 * this host, or as the only program of a Linux guest in the emulator. Reports on its standard
 * output.
 *
 *   linux [CPU]      bind to that processor first (default 0); as process 1 it ends by power-off
 *   linux-counting CPU TYPE CONFIG   count that event of perf_event_open instead of the clock, in
 *                    user space and kernel, of this process and its children */
#define _GNU_SOURCE
#include <stdbool.h>
#include <stdint.h>

#ifdef COUNTING
#define fp_clock fp_time_stamp /* the probe keeps its clock; ours is read around the operation */
#endif
#include "feuerprobe.h"
#ifdef COUNTING
#undef fp_clock
#include <errno.h>
#include <linux/perf_event.h>
#include <string.h>
#include <unistd.h>

static int counter = -1;

static uint64_t fp_clock(void)
{
    uint64_t value = 0;

    return read(counter, &value, sizeof value) == sizeof value ? value : 0;
}
#endif

#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/reboot.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int home;

static bool bind_to(int cpu)
{
    cpu_set_t set;

    CPU_ZERO(&set);
    CPU_SET(cpu, &set);
    return sched_setaffinity(0, sizeof set, &set) == 0;
}

static void bench_null(struct fp_run *run)
{
    const long parent = syscall(SYS_getppid);

    while (fp_next(run)) {
        long got = -1;
        FP_TIMED(run, got = syscall(SYS_getppid));
        fp_check(run, got == parent, "getppid changed");
    }
}

/* Yield until the other process has run. False: it never did. Linux may choose the caller again,
 * and does so for some milliseconds after a fork. */
static bool yield_to(volatile uint64_t *rounds)
{
    const uint64_t before = *rounds;

    for (int asked = 0; *rounds == before && asked < 1000000; asked++)
        sched_yield();
    return *rounds != before;
}

/* Two processes on one processor that yield to each other: there and back, two switches. */
static void bench_yield(struct fp_run *run)
{
    volatile uint64_t *rounds = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                                     -1, 0);
    const pid_t other = rounds != MAP_FAILED ? fork() : -1;

    if (other == 0)
        for (;; sched_yield())
            ++*rounds;
    for (int i = 0; other > 0 && i < 1000; i++)
        yield_to(rounds); /* until they take turns */
    while (other > 0 && fp_next(run)) {
        bool ran = false;
        FP_TIMED(run, ran = yield_to(rounds));
        fp_check(run, ran, "the other process did not run");
    }
    if (other > 0)
        kill(other, SIGKILL), waitpid(other, NULL, 0);
    munmap((void *)rounds, 4096);
}

/* A child that sends back each message, over two pairs of descriptors; cpu -1: ours. */
static void echo(struct fp_run *run, int to[2], int from[2], size_t size, int cpu)
{
    uint64_t sent = 1, got = 0;
    const pid_t child = fork();

    if (child == 0) {
        if (cpu >= 0)
            bind_to(cpu);
        while (read(to[0], &got, size) == (ssize_t)size)
            if (write(from[1], &got, size) != (ssize_t)size)
                break;
        _exit(0);
    }
    while (fp_next(run)) {
        bool sound = false;
        got = 0;
        FP_TIMED(run, sound = write(to[1], &sent, size) == (ssize_t)size
                              && read(from[0], &got, size) == (ssize_t)size);
        fp_check(run, sound && got == sent, "the message did not come back");
    }
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}

static void over_pipe(struct fp_run *run, int cpu)
{
    int to[2], from[2];

    if (pipe(to) || pipe(from))
        return;
    echo(run, to, from, 1, cpu);
    close(to[0]), close(to[1]), close(from[0]), close(from[1]);
}

static void bench_pipe(struct fp_run *run) { over_pipe(run, -1); }
static void bench_pipe_other(struct fp_run *run) { over_pipe(run, home ? 0 : 1); }

static void over_eventfd(struct fp_run *run, int cpu)
{
    const int a = eventfd(0, 0), b = eventfd(0, 0);
    int to[2] = { a, a }, from[2] = { b, b };

    if (a >= 0 && b >= 0)
        echo(run, to, from, 8, cpu);
    close(a), close(b);
}

static void bench_eventfd(struct fp_run *run) { over_eventfd(run, -1); }
static void bench_eventfd_other(struct fp_run *run) { over_eventfd(run, home ? 0 : 1); }

static uint32_t turn;

static void wait_for(uint32_t mine)
{
    uint32_t now;

    while ((now = __atomic_load_n(&turn, __ATOMIC_ACQUIRE)) != mine && now != 2)
        syscall(SYS_futex, &turn, FUTEX_WAIT_PRIVATE, now, NULL, NULL, 0);
}

static void give(uint32_t other)
{
    __atomic_store_n(&turn, other, __ATOMIC_RELEASE);
    syscall(SYS_futex, &turn, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

static void *partner(void *unused)
{
    while (wait_for(1), turn != 2)
        give(0);
    return unused;
}

static void bench_futex(struct fp_run *run)
{
    pthread_t thread;

    turn = 0;
    if (pthread_create(&thread, NULL, partner, NULL))
        return;
    while (fp_next(run)) {
        FP_TIMED(run, (give(1), wait_for(0)));
        fp_check(run, turn == 0, "the turn did not come back");
    }
    give(2);
    pthread_join(thread, NULL);
}

static void bench_mmap(struct fp_run *run)
{
    while (fp_next(run)) {
        bool sound = false;
        FP_TIMED(run, {
            volatile char *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
                                    -1, 0);
            if (p != MAP_FAILED) {
                *p = 7;
                sound = *p == 7 && munmap((void *)p, 4096) == 0;
            }
        });
        fp_check(run, sound, "mmap, touch or munmap failed");
    }
}

static sigjmp_buf back;
static volatile uint64_t stored_at, caught_at;
static volatile bool caught;

static void on_fault(int number)
{
    (void)number;
    caught_at = fp_clock();
    FP_MARK(FP_MARK_END);
    caught = true;
    siglongjmp(back, 1);
}

/* From a store to the first line of the fault handler. The twin reads the clock twice. */
static void bench_fault(struct fp_run *run)
{
    volatile char *page = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    struct sigaction action = { .sa_handler = on_fault, .sa_flags = SA_NODEFER };

    sigaction(SIGSEGV, &action, NULL);
    while (fp_next(run)) {
        caught = false;
        if (!sigsetjmp(back, 0)) {
            FP_MARK(FP_MARK_BEGIN);
            stored_at = fp_clock();
            if (run->twin)
                caught_at = fp_clock();
            else
                *page = 1;
            FP_MARK(FP_MARK_END); /* of the twin: the handler ended the other's */
        }
        fp_keep(run, caught_at - stored_at);
        fp_check(run, caught, "no fault was delivered");
    }
    signal(SIGSEGV, SIG_DFL);
    munmap((void *)page, 4096);
}

/* How late a timer of 200 microseconds is, in ticks of the clock after the deadline. It has no
 * marks for the emulator's plugin, whose counts do not include waiting. */
static void bench_timer(struct fp_run *run)
{
    const int timer = timerfd_create(CLOCK_MONOTONIC, 0);
    const struct itimerspec delay = { .it_value = { 0, 200000 } };

    while (fp_next(run)) {
        uint64_t fired = 0;
        bool sound = false;
        const uint64_t from = fp_clock();
        if (!run->twin)
            sound = timerfd_settime(timer, 0, &delay, NULL) == 0 && read(timer, &fired, 8) == 8;
        fp_keep(run, fp_clock() - from);
        fp_check(run, sound && fired == 1, "the timer did not fire once");
    }
    close(timer);
}

static const struct fp_benchmark table[] = {
    { "getppid", "linux_null_call", "the parent is who it was", .run = bench_null, .ring = 3 },
    { "sched_yield/process", "linux_yield", "the other process ran, and yielded back",
      .run = bench_yield, .ring = 3 },
    { "pipe/same_cpu", "linux_pipe_round_trip", "the byte comes back", .run = bench_pipe,
      .ring = 3 },
    { "eventfd/same_cpu", "linux_eventfd_round_trip", "the value comes back", .run = bench_eventfd,
      .ring = 3 },
    { "futex/threads", "linux_futex_round_trip", "the turn comes back", .run = bench_futex,
      .ring = 3 },
    { "mmap_touch_munmap", "linux_map_page", "the page holds what was stored", .run = bench_mmap,
      .ring = 3 },
    { "fault/handler", "linux_fault", "the handler runs", .run = bench_fault, .ring = 3 },
    { "timerfd/200us", "linux_timer", "it fires once", .run = bench_timer, .ring = 3 },
    { "pipe/other_cpu", "linux_pipe_round_trip_other_cpu", "the byte comes back",
      .run = bench_pipe_other, .ring = 3, .cpus = 2 },
    { "eventfd/other_cpu", "linux_eventfd_round_trip_other_cpu", "the value comes back",
      .run = bench_eventfd_other, .ring = 3, .cpus = 2 },
};

static void put(char c) { putchar(c); }

#ifndef COUNTING
static uint64_t now_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC_RAW, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* Nanoseconds while at least *ticks pass. */
static uint64_t nanoseconds(uint64_t *ticks)
{
    const uint64_t begun = now_ns(), from = fp_clock();

    while (fp_clock() - from < *ticks)
        ;
    const uint64_t passed = now_ns() - begun;
    *ticks = fp_clock() - from;
    return passed;
}
#endif

int main(int argc, char **argv)
{
    uint32_t rows = sizeof table / sizeof *table;

    home = argc > 1 ? atoi(argv[1]) : 0;
    bind_to(home);
#ifdef COUNTING
    struct perf_event_attr event = { .size = PERF_ATTR_SIZE_VER0, .inherit = 1, .exclude_hv = 1 };
    if (argc == 4) {
        event.type = (uint32_t)atoi(argv[2]), event.config = strtoull(argv[3], NULL, 10);
        counter = (int)syscall(SYS_perf_event_open, &event, 0, -1, -1, 0);
    }
    if (counter < 0) {
        fprintf(stderr, "linux: no such counter: %s\n", strerror(errno));
        return 1;
    }
#endif
#ifndef COUNTING
    if (getpid() != 1) /* a guest has only the emulator's clock */
        fp_other_clock = nanoseconds;
#endif
    if (sysconf(_SC_NPROCESSORS_ONLN) < 2)
        rows -= 2; /* the last ones need two */
    fp_report("linux", "1", table, rows, put);
    fflush(stdout);
    if (getpid() == 1) {
        sleep(1);
        reboot(RB_POWER_OFF);
    }
    return 0;
}
