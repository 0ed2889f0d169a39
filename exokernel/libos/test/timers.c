/* Timers of a process: real, virtual, profiling, POSIX; sleeping. */
#include "say.h"
#include <sys/time.h>
#include <time.h>
static volatile int n, last;
static void count(int s)
{
    n++;
    last = s;
}
static void info(int s, siginfo_t *i, void *c)
{
    n++;
    printf("timer %d code %d value %d\n", s, i->si_code, i->si_value.sival_int);
}
int main(void)
{
    struct itimerval v = { { 0, 0 }, { 0, 20000 } }, o;
    struct timespec t, r;
    timer_t id;
    struct sigevent e = { 0 };
    struct itimerspec is = { 0 }, io;
    BEGIN;
    signal(SIGALRM, count);
    signal(SIGVTALRM, count);
    signal(SIGPROF, count);
    signal(SIGUSR1, count);
    SAY(setitimer(9, &v, NULL));
    SAY(getitimer(9, &o));
    SAY(setitimer(0, (void *)8, NULL));
    v.it_value.tv_usec = 1000000;
    SAY(setitimer(0, &v, NULL));
    v.it_value.tv_usec = -1;
    SAY(setitimer(0, &v, NULL));
    v.it_value.tv_usec = 20000;
    SAY(getitimer(ITIMER_REAL, &o));
    printf("%ld %ld\n", o.it_value.tv_sec, o.it_value.tv_usec);
    SAY(setitimer(ITIMER_REAL, &v, NULL));
    SAY(getitimer(ITIMER_REAL, &o));
    printf("%d\n", o.it_value.tv_usec > 0 && o.it_value.tv_usec <= 20000);
    SAY(pause());
    printf("%d %d\n", n, last);
    SAY(setitimer(ITIMER_VIRTUAL, &v, NULL));
    while (n < 2)
        ;
    printf("%d\n", last);
    SAY(setitimer(ITIMER_PROF, &v, NULL));
    while (n < 3)
        ;
    printf("%d\n", last);
    v.it_interval.tv_usec = 5000;
    n = 0;
    SAY(setitimer(ITIMER_REAL, &v, NULL));
    while (n < 3)
        pause();
    v.it_value.tv_usec = v.it_interval.tv_usec = 0;
    SAY(setitimer(ITIMER_REAL, &v, &o));
    printf("%ld\n", o.it_interval.tv_usec);
    SAY(alarm(10));
    SAY(alarm(0));
    SAY(alarm(0));
    SAY(nanosleep(&(struct timespec){ 0, -1 }, NULL));
    SAY(nanosleep(&(struct timespec){ -1, 0 }, NULL));
    SAY(nanosleep(&(struct timespec){ 0, 1000000000 }, NULL));
    v.it_value.tv_usec = 10000;
    setitimer(0, &v, NULL);
    t = (struct timespec){ 5, 0 };
    SAY(nanosleep(&t, &r));
    printf("%ld\n", (long)r.tv_sec);
    SAY(clock_nanosleep(CLOCK_MONOTONIC, 0, &(struct timespec){ 0, 1000 }, NULL));
    SAY(clock_nanosleep(99, 0, &(struct timespec){ 0, 1000 }, NULL));
    SAY(clock_nanosleep(CLOCK_THREAD_CPUTIME_ID, 0, &(struct timespec){ 0, 1000 }, NULL));
    clock_gettime(CLOCK_REALTIME, &t);
    SAY(clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &t, NULL));
    SAY(clock_gettime(99, &t));
    SAY(clock_getres(99, &t));
    SAY(syscall(SYS_clock_gettime, 0, 8));
    SAY(clock_getres(0, &t));
    printf("%ld %ld\n", t.tv_sec, t.tv_nsec);
    SAY(clock_settime(CLOCK_MONOTONIC, &t));
    SAY(clock_getres(CLOCK_REALTIME_COARSE, NULL));
    SAY(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t));
    SAY(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t));
    SAY(clock_gettime(CLOCK_BOOTTIME, &t));
    SAY(clock_gettime(CLOCK_TAI, &t));
    clockid_t c;
    SAY(clock_getcpuclockid(0, &c));
    SAY(clock_gettime(c, &t));
    SAY(clock_getcpuclockid(getpid(), &c));
    SAY(clock_gettime(c, &t));
    e.sigev_notify = SIGEV_SIGNAL;
    e.sigev_signo = SIGUSR1;
    e.sigev_value.sival_int = 77;
    struct sigaction a = { .sa_sigaction = info, .sa_flags = SA_SIGINFO };
    sigaction(SIGUSR1, &a, NULL);
    n = 0;
    SAY(timer_create(CLOCK_MONOTONIC, &e, &id));
    is.it_value.tv_nsec = 5000000;
    SAY(timer_settime(id, 0, &is, NULL));
    SAY(timer_gettime(id, &io));
    printf("%d\n", io.it_value.tv_nsec > 0);
    while (!n)
        pause();
    SAY(timer_getoverrun(id));
    SAY(timer_gettime(id, &io));
    printf("%ld\n", io.it_value.tv_nsec);
    is.it_value.tv_nsec = -1;
    SAY(timer_settime(id, 0, &is, NULL));
    SAY(timer_delete(id));
    SAY(timer_create(99, &e, &id));
    e.sigev_signo = 99;
    SAY(timer_create(0, &e, &id));
    SAY(timer_create(0, NULL, &id));
    n = 0;
    is.it_value.tv_nsec = 1000000;
    is.it_interval.tv_nsec = 1000000;
    SAY(timer_settime(id, 0, &is, NULL));
    while (n < 2)
        pause();
    printf("%d\n", last);
    SAY(timer_delete(id));
    e.sigev_notify = SIGEV_NONE;
    SAY(timer_create(CLOCK_REALTIME, &e, &id));
    SAY(syscall(SYS_timer_delete, 55));
    clock_gettime(0, &t);
    is.it_value = t;
    is.it_value.tv_sec += 100;
    SAY(timer_settime(id, TIMER_ABSTIME, &is, NULL));
    SAY(timer_gettime(id, &io));
    printf("%ld\n", io.it_value.tv_sec >= 98);
    return 0;
}
