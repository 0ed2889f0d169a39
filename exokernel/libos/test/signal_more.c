/* Signals: values, queues of real-time ones, order, masks, resets and errors. */
#include "say.h"
#include <setjmp.h>
#include <sys/time.h>
#include <ucontext.h>
#include <time.h>
static volatile int seen[100], n;
static sigjmp_buf jump;
static void info(int s, siginfo_t *i, void *c)
{
    printf("signal %d code %d value %d mine %d uid %d\n", s, i->si_code,
           i->si_code == SI_QUEUE ? i->si_value.sival_int : 0, i->si_pid == getpid(), i->si_uid);
}
static void fault(int s, siginfo_t *i, void *c)
{
    printf("fault %d code %d\n", s, i->si_code);
    siglongjmp(jump, 1);
}
static void count(int s) { n++; }
static void nested(int s)
{
    sigset_t m;
    sigprocmask(0, NULL, &m);
    printf("in %d: usr1 %d usr2 %d\n", s, sigismember(&m, SIGUSR1), sigismember(&m, SIGUSR2));
    if (s == SIGUSR1)
        raise(SIGUSR2);
    printf("out %d\n", s);
}
int main(void)
{
    struct sigaction a = { .sa_sigaction = info, .sa_flags = SA_SIGINFO }, o;
    sigset_t m, e;
    siginfo_t i;
    union sigval v = { 0 };
    BEGIN;
    SAY(kill(getpid(), 99));
    SAY(kill(getpid(), -1));
    SAY(kill(99999, 0));
    SAY(kill(getpid(), 0));
    SAY(kill(-99999, 9));
    SAY(sigaction(SIGKILL, &a, NULL));
    SAY(sigaction(SIGSTOP, &a, NULL));
    SAY(sigaction(0, &a, NULL));
    SAY(sigaction(65, &a, NULL));
    SAY(sigaction(SIGKILL, NULL, &o));
    SAY(raise(0));
    SAY(sigaltstack(&(stack_t){ .ss_size = 10 }, NULL));
    SAY(sigaltstack(&(stack_t){ .ss_flags = 99, .ss_size = 10000 }, NULL));
    SAY(syscall(SYS_rt_sigprocmask, 5, &m, NULL, 8));
    SAY(syscall(SYS_rt_sigprocmask, 5, NULL, &m, 8));
    SAY(syscall(SYS_rt_sigprocmask, 0, NULL, NULL, 4));
    SAY(syscall(SYS_tgkill, getpid(), 99999, 0));
    SAY(syscall(SYS_tgkill, -1, 1, 0));
    SAY(syscall(SYS_tkill, 99999, 0));
    for (int s = 1; s < 65; s++)
        if (s != SIGKILL && s != SIGSTOP && s != 32 && s != 33)
            sigaction(s, &a, NULL);
    kill(getpid(), SIGUSR1);
    raise(SIGUSR2);
    v.sival_int = 42;
    SAY(sigqueue(getpid(), SIGRTMIN, v));
    SAY(sigqueue(99999, SIGRTMIN, v));
    SAY(sigqueue(getpid(), 99, v));
    SAY(sigqueue(getpid(), SIGUSR1, v));
    sigfillset(&m);
    sigprocmask(SIG_BLOCK, &m, NULL);
    for (int j = 0; j < 3; j++)
        v.sival_int = j, sigqueue(getpid(), SIGRTMIN + 1, v);
    v.sival_int = 9;
    sigqueue(getpid(), SIGRTMIN + 3, v);
    sigqueue(getpid(), SIGRTMIN + 2, v);
    kill(getpid(), SIGTERM);
    kill(getpid(), SIGTERM);
    raise(SIGHUP);
    sigpending(&e);
    for (int s = 1; s < 65; s++)
        if (sigismember(&e, s))
            printf("pending %d\n", s);
    sigemptyset(&m);
    sigaddset(&m, SIGRTMIN + 1);
    SAY(sigwaitinfo(&m, &i));
    printf("%d %d %d\n", i.si_signo, i.si_code, i.si_value.sival_int);
    sigemptyset(&m);
    sigprocmask(SIG_SETMASK, &m, NULL);
    SAY(sigtimedwait(&m, &i, &(struct timespec){ 0, 1000 }));
    SAY(sigtimedwait(&m, &i, &(struct timespec){ 0, -1 }));
    a.sa_flags = SA_SIGINFO;
    a.sa_sigaction = fault;
    for (int s = SIGILL; s <= SIGSEGV; s++)
        if (s != SIGKILL)
            sigaction(s, &a, NULL);
    if (!sigsetjmp(jump, 1))
        *(volatile int *)8 = 1;
    if (!sigsetjmp(jump, 1))
        __asm__("ud2");
    volatile int z = 0;
    if (!sigsetjmp(jump, 1))
        z = 1 / z;
    if (!sigsetjmp(jump, 1))
        abort();
    if (!sigsetjmp(jump, 1))
        __asm__("hlt");
    void *ro = mmap(0, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (!sigsetjmp(jump, 1))
        *(volatile int *)ro = 1;
    if (!sigsetjmp(jump, 1))
        *(volatile int *)0xffff800000000000 = 1;
    int f = open("sm", O_CREAT | O_RDWR, 0600);
    char *map = mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, f, 0);
    if (!sigsetjmp(jump, 1))
        map[0] = 1;
    unlink("sm");
    signal(SIGUSR1, nested);
    signal(SIGUSR2, nested);
    raise(SIGUSR1);
    struct sigaction b = { .sa_handler = nested };
    sigaddset(&b.sa_mask, SIGUSR2);
    sigaction(SIGUSR1, &b, NULL);
    raise(SIGUSR1);
    b.sa_flags = SA_NODEFER;
    sigemptyset(&b.sa_mask);
    sigaction(SIGUSR2, &b, NULL);
    raise(SIGUSR2);
    b.sa_handler = count;
    b.sa_flags = SA_RESETHAND;
    sigaction(SIGUSR1, &b, NULL);
    raise(SIGUSR1);
    sigaction(SIGUSR1, NULL, &o);
    printf("%d %d\n", n, o.sa_handler == SIG_DFL);
    SAY(sigaction(SIGUSR2, NULL, &o));
    printf("%x\n", o.sa_flags & ~0x04000000);
    int p[2];
    pipe(p);
    signal(SIGALRM, count);
    siginterrupt(SIGALRM, 1);
    ualarm(10000, 0);
    char c;
    SAY(read(p[0], &c, 1));
    sigset_t old;
    sigemptyset(&m);
    sigaddset(&m, SIGUSR1);
    sigprocmask(SIG_BLOCK, &m, &old);
    signal(SIGUSR1, count);
    raise(SIGUSR1);
    n = 0;
    SAY(sigsuspend(&old));
    printf("%d\n", n);
    sigpending(&e);
    printf("%d\n", sigismember(&e, SIGUSR1));
    signal(SIGALRM, SIG_DFL);
    pid_t q = fork();
    if (!q) {
        sigpending(&e);
        _exit(0);
    }
    int st;
    waitpid(q, &st, 0);
    raise(SIGUSR1);
    q = fork();
    if (!q) {
        sigpending(&e);
        _exit(sigismember(&e, SIGUSR1));
    }
    waitpid(q, &st, 0);
    printf("%x\n", st);
    q = fork();
    if (!q) {
        signal(SIGQUIT, SIG_DFL);
        raise(SIGQUIT);
    }
    waitpid(q, &st, 0);
    printf("%x\n", st & 0x7f);
    q = fork();
    if (!q) {
        signal(SIGABRT, SIG_IGN);
        abort();
    }
    waitpid(q, &st, 0);
    printf("%x\n", st & 0x7f);
    q = fork();
    if (!q) {
        signal(SIGSEGV, SIG_IGN);
        *(volatile int *)8 = 1;
    }
    waitpid(q, &st, 0);
    printf("%x\n", st & 0x7f);
    q = fork();
    if (!q) {
        signal(SIGCHLD, SIG_DFL);
        raise(SIGCHLD);
        raise(SIGWINCH);
        raise(SIGURG);
        raise(SIGCONT);
        _exit(4);
    }
    waitpid(q, &st, 0);
    printf("%x\n", st);
    SAY(kill(1 << 30, SIGTERM));
    return 0;
}
