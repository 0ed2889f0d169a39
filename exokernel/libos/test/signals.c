/* Handlers, masks, frames, an alternate stack, and what a signal of one's own does. */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

static volatile int count;
static char *page;

static void simple(int signal)
{
    count++;
    printf("handler %d\n", signal);
}

static void silent(int signal) { (void)signal; }

static void nested(int signal)
{
    printf("in %d\n", signal);
    if (signal == SIGUSR1)
        raise(SIGUSR2);
    printf("out %d\n", signal);
}

static void repair(int signal, siginfo_t *info, void *context)
{
    ucontext_t *u = context;

    printf("signal %d code %d at %d, error %lx\n", signal, info->si_code,
           (char *)info->si_addr == page + 100, (long)u->uc_mcontext.gregs[REG_ERR]);
    mprotect(page, 4096, PROT_READ | PROT_WRITE);
}

static void on_stack(int signal)
{
    stack_t s;

    sigaltstack(NULL, &s);
    printf("%d on the alternate stack: %d\n", signal,
           (char *)&s >= (char *)s.ss_sp && (char *)&s < (char *)s.ss_sp + s.ss_size
               && s.ss_flags == SS_ONSTACK);
}

int main(void)
{
    struct sigaction a = { .sa_handler = simple };
    sigset_t set, old;
    double x = 1.5;

    setvbuf(stdout, NULL, _IONBF, 0);
    sigaction(SIGUSR1, &a, NULL);
    raise(SIGUSR1);
    kill(getpid(), SIGUSR1);
    printf("%d %g\n", count, x * 3);
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigprocmask(SIG_BLOCK, &set, &old);
    raise(SIGUSR1);
    raise(SIGUSR1);
    sigpending(&set);
    printf("pending %d %d\n", sigismember(&set, SIGUSR1), count);
    sigprocmask(SIG_SETMASK, &old, NULL);
    printf("then %d\n", count);
    a.sa_handler = nested;
    sigaction(SIGUSR1, &a, NULL);
    sigaction(SIGUSR2, &a, NULL);
    raise(SIGUSR1);
    sigaddset(&a.sa_mask, SIGUSR2);
    sigaction(SIGUSR1, &a, NULL);
    raise(SIGUSR1);
    page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    struct sigaction b = { .sa_sigaction = repair, .sa_flags = SA_SIGINFO };
    sigaction(SIGSEGV, &b, NULL);
    page[100] = 5;
    printf("%d\n", page[100]);
    stack_t s = { .ss_sp = malloc(65536), .ss_size = 65536 };
    printf("sigaltstack %d\n", sigaltstack(&s, NULL));
    struct sigaction c = { .sa_handler = on_stack, .sa_flags = SA_ONSTACK | SA_RESETHAND };
    sigaction(SIGUSR2, &c, NULL);
    raise(SIGUSR2);
    sigaction(SIGUSR2, NULL, &c);
    printf("reset %d\n", c.sa_handler == SIG_DFL);
    printf("bad %d %d\n", sigaction(SIGKILL, &a, NULL), errno);
    printf("bad %d %d\n", kill(getpid(), 65), errno);
    printf("bad %d %d\n", kill(999999, SIGTERM), errno);
    a.sa_handler = simple;
    sigaction(SIGALRM, &a, NULL);
    struct itimerval t = { .it_value = { 0, 1000 } };
    setitimer(ITIMER_REAL, &t, NULL);
    for (count = 0; !count;)
        ;
    printf("alarm while it computes\n");
    struct sigaction quiet = { .sa_handler = silent };
    sigaction(SIGALRM, &quiet, NULL);
    t.it_interval.tv_usec = 1000; /* again and again: it may come before the call that it ends */
    setitimer(ITIMER_REAL, &t, NULL);
    printf("pause %d %d\n", pause(), errno);
    struct timespec long_time = { 1000, 0 };
    printf("sleep %d %d\n", nanosleep(&long_time, &long_time), errno);
    t = (struct itimerval){ 0 };
    setitimer(ITIMER_REAL, &t, NULL);
    signal(SIGTERM, SIG_IGN);
    raise(SIGTERM);
    signal(SIGTERM, SIG_DFL);
    raise(SIGTERM);
    puts("not reached");
    return 1;
}
