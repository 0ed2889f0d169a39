/* timerfd and signalfd. */
#include "say.h"
#include <sys/timerfd.h>
#include <sys/signalfd.h>
#include <poll.h>
#include <sys/epoll.h>
int main(void)
{
    struct itimerspec s = { { 0, 0 }, { 0, 5000000 } }, o;
    uint64_t v = 0;
    char b[200];
    BEGIN;
    SAY(timerfd_create(99, 0));
    SAY(timerfd_create(CLOCK_MONOTONIC, 99));
    SAY(timerfd_settime(99, 0, &s, NULL));
    SAY(timerfd_settime(0, 0, &s, NULL));
    int f = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    SAY(fcntl(f, F_GETFD));
    SAY(read(f, &v, 8));
    SAY(timerfd_gettime(f, &o));
    printf("%ld %ld\n", o.it_value.tv_sec, o.it_value.tv_nsec);
    SAY(timerfd_settime(f, 0, &s, NULL));
    SAY(read(f, &v, 4));
    struct pollfd p = { f, POLLIN, 0 };
    SAY(poll(&p, 1, 1000));
    printf("%x\n", p.revents);
    SAY(read(f, &v, 8));
    printf("%d\n", (int)v);
    SAY(read(f, &v, 8));
    SAY(write(f, &v, 8));
    SAY(lseek(f, 0, 0));
    s.it_value.tv_nsec = -1;
    SAY(timerfd_settime(f, 0, &s, NULL));
    s.it_value.tv_nsec = 1000000;
    s.it_interval.tv_nsec = 1000000;
    fcntl(f, F_SETFL, 0);
    SAY(timerfd_settime(f, 0, &s, NULL));
    SAY(read(f, &v, 8));
    printf("%d\n", v >= 1);
    usleep(5000);
    SAY(read(f, &v, 8));
    printf("%d\n", v >= 3);
    int e = epoll_create1(0);
    struct epoll_event ev = { EPOLLIN, { .u32 = 7 } };
    SAY(epoll_ctl(e, EPOLL_CTL_ADD, f, &ev));
    ev.data.u32 = 0;
    SAY(epoll_wait(e, &ev, 1, 1000));
    printf("%d\n", ev.data.u32);
    s.it_value.tv_nsec = s.it_interval.tv_nsec = 0;
    SAY(timerfd_settime(f, 0, &s, &o));
    printf("%ld\n", o.it_interval.tv_nsec);
    SAY(poll(&p, 1, 0));
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    int g = timerfd_create(CLOCK_REALTIME, 0);
    s.it_value = t;
    SAY(timerfd_settime(g, TFD_TIMER_ABSTIME, &s, NULL));
    SAY(read(g, &v, 8));
    printf("%d\n", (int)v);
    sigset_t m;
    sigemptyset(&m);
    sigaddset(&m, SIGUSR1);
    sigaddset(&m, SIGCHLD);
    sigprocmask(SIG_BLOCK, &m, NULL);
    SAY(signalfd(99, &m, 0));
    SAY(signalfd(0, &m, 0));
    SAY(signalfd(-1, &m, 99));
    int q = signalfd(-1, &m, SFD_NONBLOCK | SFD_CLOEXEC);
    struct signalfd_siginfo i;
    SAY(read(q, &i, sizeof i));
    kill(getpid(), SIGUSR1);
    SAY(read(q, &i, 10));
    p.fd = q;
    SAY(poll(&p, 1, 0));
    printf("%x\n", p.revents);
    SAY(read(q, &i, sizeof i));
    printf("%d %d %d\n", i.ssi_signo, i.ssi_code, i.ssi_pid == getpid());
    SAY(poll(&p, 1, 0));
    int c = fork();
    if (!c)
        _exit(6);
    fcntl(q, F_SETFL, 0);
    SAY(read(q, &i, sizeof i));
    printf("%d %d %d %d\n", i.ssi_signo, i.ssi_code, i.ssi_status, i.ssi_pid == c);
    SAY(write(q, b, 8));
    sigaddset(&m, SIGUSR2);
    sigprocmask(SIG_BLOCK, &m, NULL);
    SAY(signalfd(q, &m, 0) == q);
    raise(SIGUSR2);
    raise(SIGUSR1);
    struct signalfd_siginfo two[3];
    SAY(read(q, two, sizeof two));
    printf("%d %d\n", two[0].ssi_signo, two[1].ssi_signo);
    return 0;
}
