/* Each call about timers and clocks with each wrong argument. */
#include "say.h"
#include <sys/time.h>
#include <time.h>

static const long bad_pointers[] = { 8, 0x70001000, -1 };
static const long clocks[] = { 0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 99, -1, -3 };

int main(void)
{
    struct itimerspec good = { { 0, 0 }, { 100, 0 } };
    struct itimerspec wrong[] = { { { 0, 0 }, { -1, 0 } },
                                  { { 0, 0 }, { 0, -1 } },
                                  { { 0, 0 }, { 0, 1000000000 } },
                                  { { -1, 0 }, { 1, 0 } },
                                  { { 0, 1000000000 }, { 1, 0 } } };
    struct itimerval value = { { 0, 0 }, { 0, 0 } };
    int id, on_null = open("/dev/null", O_RDONLY);

    BEGIN;
    for (unsigned i = 0; i < sizeof clocks / sizeof *clocks; i++) {
        printf("clock %ld\n", clocks[i]);
        int created = syscall(SYS_timer_create, clocks[i], NULL, &id);
        printf("timer_create %d, errno %d\n", created, created ? errno : 0);
        if (!created)
            SAY(syscall(SYS_timer_delete, id));
        const int f = syscall(SYS_timerfd_create, clocks[i], 0);
        printf("timerfd_create %d, errno %d\n", f >= 0, f < 0 ? errno : 0);
        if (f >= 0)
            close(f);
        struct timespec t = { 0, 0 };
        SAY(syscall(SYS_clock_gettime, clocks[i], &t));
        SAY(syscall(SYS_clock_getres, clocks[i], NULL));
    }
    syscall(SYS_timer_create, 1, NULL, &id);
    const int f = syscall(SYS_timerfd_create, 1, 0);
    for (int i = 0; i < 5; i++) {
        printf("time %d\n", i);
        SAY(syscall(SYS_timer_settime, id, 0, &wrong[i], NULL));
        SAY(syscall(SYS_timerfd_settime, f, 0, &wrong[i], NULL));
    }
    for (int i = 0; i < 3; i++) {
        const long at = bad_pointers[i];
        printf("pointer %d\n", i);
        SAY(syscall(SYS_timer_create, 1, at, &id));
        SAY(syscall(SYS_timer_create, 1, NULL, at));
        SAY(syscall(SYS_timer_settime, id, 0, at, NULL));
        SAY(syscall(SYS_timer_settime, id, 0, &good, at));
        SAY(syscall(SYS_timer_gettime, id, at));
        SAY(syscall(SYS_timerfd_settime, f, 0, at, NULL));
        SAY(syscall(SYS_timerfd_settime, f, 0, &good, at));
        SAY(syscall(SYS_timerfd_gettime, f, at));
        SAY(syscall(SYS_getitimer, 0, at));
        SAY(syscall(SYS_setitimer, 0, &value, at));
        SAY(syscall(SYS_setitimer, 1, at, NULL));
        SAY(syscall(SYS_signalfd4, -1, at, 8, 0));
        SAY(syscall(SYS_signalfd, -1, at, 8));
        SAY(syscall(SYS_clock_settime, 1, at));
        SAY(syscall(SYS_clock_gettime, 1, at));
    }
    SAY(syscall(SYS_timer_settime, id, 0, NULL, NULL));
    SAY(syscall(SYS_timer_settime, 77, 0, &good, NULL));
    SAY(syscall(SYS_timer_gettime, 77, &good));
    SAY(syscall(SYS_timer_getoverrun, 77));
    SAY(syscall(SYS_timer_delete, 77));
    SAY(syscall(SYS_timer_delete, -1));
    SAY(syscall(SYS_timerfd_settime, f, 0xff, &good, NULL));
    SAY(syscall(SYS_timerfd_settime, on_null, 0, &good, NULL));
    SAY(syscall(SYS_timerfd_gettime, on_null, &good));
    SAY(syscall(SYS_timerfd_gettime, 99, &good));
    SAY(syscall(SYS_timerfd_create, 1, 1));
    SAY(syscall(SYS_signalfd4, on_null, &good, 8, 0));
    SAY(syscall(SYS_signalfd4, 99, &good, 8, 0));
    SAY(syscall(SYS_signalfd4, -1, &good, 4, 0));
    SAY(syscall(SYS_signalfd4, -1, &good, 8, 1));
    SAY(syscall(SYS_setitimer, 3, &value, NULL));
    SAY(syscall(SYS_setitimer, -1, &value, NULL));
    SAY(syscall(SYS_getitimer, 3, &value));
    for (int notify = -1; notify < 6; notify++) {
        struct sigevent e = { .sigev_notify = notify, .sigev_signo = SIGUSR1 };
        printf("notify %d\n", notify);
        e._sigev_un._tid = 1 << 30;
        OK(syscall(SYS_timer_create, 1, &e, &id));
        e.sigev_signo = 0;
        OK(syscall(SYS_timer_create, 1, &e, &id));
        e.sigev_signo = 65;
        OK(syscall(SYS_timer_create, 1, &e, &id));
    }
    return 0;
}
