/* Users, groups, sessions, priorities, limits, and what the system is. */

#include "say.h"
#include <grp.h>
#include <sched.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <sys/times.h>
#include <sys/utsname.h>
#include <sys/vfs.h>
#include <sys/statvfs.h>
#include <sys/fsuid.h>
int main(void)
{
    uid_t a, b, c;
    gid_t g[5];
    struct rlimit l;
    struct sched_param sp = { 0 };
    BEGIN;
    SAY(getuid());
    SAY(getresuid(&a, &b, &c));
    printf("%d %d %d\n", a, b, c);
    SAY(getresgid(&a, &b, &c));
    SAY(setuid(0));
    SAY(setgid(0));
    SAY(setreuid(-1, -1));
    SAY(setresuid(-1, -1, -1));
    SAY(setresgid(0, 0, 0));
    SAY(setgroups(2, (gid_t[]){ 5, 6 }));
    SAY(getgroups(0, NULL));
    SAY(getgroups(5, g));
    printf("%d %d\n", g[0], g[1]);
    SAY(getgroups(1, g));
    SAY(setgroups(0, NULL));
    SAY(getgroups(5, g));
    SAY(setfsuid(0));
    SAY(setfsgid(0));
    if (!fork()) {
        SAY(setgid(100));
        SAY(setresuid(1000, 1000, 0));
        SAY(getuid());
        SAY(geteuid());
        SAY(getegid());
        SAY(setuid(5));
        SAY(seteuid(0));
        SAY(geteuid());
        SAY(setuid(1000));
        SAY(setuid(0));
        SAY(seteuid(0));
        SAY(getresuid(&a, &b, &c));
        printf("%d %d %d\n", a, b, c);
        SAY(setgid(0));
        SAY(setgroups(0, NULL));
        SAY(setpriority(PRIO_PROCESS, 0, -5));
        SAY(setrlimit(RLIMIT_NOFILE, &(struct rlimit){ 100, 1ul << 30 }));
        _exit(0);
    }
    wait(NULL);
    SAY(getpgid(0) == getpgrp());
    SAY(getpgid(99999));
    SAY(getsid(0) > 0);
    SAY(getsid(99999));
    SAY(setpgid(99999, 0));
    SAY(setpgid(0, -1));
    SAY(setpgid(-1, 0));
    if (!fork()) {
        SAY(setsid() == getpid());
        SAY(setsid());
        SAY(setpgid(0, 0));
        SAY(getpgrp() == getpid());
        _exit(0);
    }
    wait(NULL);
    int p = fork();
    if (!p) {
        pause();
    }
    SAY(setpgid(p, p));
    SAY(getpgid(p) == p);
    SAY(setpgid(p, 99998));
    SAY(kill(-p, SIGTERM));
    wait(NULL);
    SAY(getpriority(PRIO_PROCESS, 0));
    SAY(nice(3));
    SAY(getpriority(PRIO_PROCESS, 0));
    SAY(setpriority(PRIO_PROCESS, 0, 30));
    SAY(getpriority(PRIO_PROCESS, 0));
    SAY(setpriority(9, 0, 0));
    SAY(getpriority(PRIO_PROCESS, 99999));
    SAY(setpriority(PRIO_PROCESS, 0, 0));
    SAY(sched_getscheduler(0));
    SAY(sched_getscheduler(99999));
    SAY(sched_getscheduler(-1));
    SAY(sched_getparam(0, &sp));
    printf("%d\n", sp.sched_priority);
    SAY(sched_get_priority_max(SCHED_FIFO));
    SAY(sched_get_priority_min(SCHED_FIFO));
    SAY(sched_get_priority_max(SCHED_OTHER));
    SAY(sched_get_priority_max(99));
    SAY(sched_setscheduler(0, SCHED_OTHER, &sp));
    sp.sched_priority = 5;
    SAY(sched_setscheduler(0, SCHED_OTHER, &sp));
    SAY(sched_setscheduler(0, 99, &sp));
    SAY(sched_yield());
    struct timespec t;
    SAY(sched_rr_get_interval(0, &t));
    cpu_set_t cs;
    SAY(sched_getaffinity(0, sizeof cs, &cs));
    SAY(CPU_COUNT(&cs) >= 1);
    CPU_ZERO(&cs);
    SAY(sched_setaffinity(0, sizeof cs, &cs));
    SAY(sched_getaffinity(99999, sizeof cs, &cs));
    SAY(sched_getcpu() >= 0);
    SAY(getrlimit(99, &l));
    SAY(getrlimit(RLIMIT_STACK, (void *)8));
    for (int i = 0; i < 16; i++) {
        SAY(getrlimit(i, &l));
    }
    l.rlim_cur = 5, l.rlim_max = 4;
    SAY(setrlimit(RLIMIT_CPU, &l));
    SAY(setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 }));
    getrlimit(RLIMIT_CORE, &l);
    printf("%d\n", (int)l.rlim_max);
    if (!fork()) {
        getrlimit(RLIMIT_CORE, &l);
        printf("%d\n", (int)l.rlim_max);
        _exit(0);
    }
    wait(NULL);
    struct utsname u;
    SAY(uname(&u));
    puts(u.sysname);
    puts(u.machine);
    SAY(uname((void *)8));
    char h[100];
    SAY(gethostname(h, 100));
    struct sysinfo si;
    SAY(sysinfo(&si));
    printf("%d %d\n", si.totalram > si.freeram, si.procs > 0);
    SAY(sysinfo((void *)8));
    struct tms tm;
    SAY(times(&tm) == -1);
    struct rusage ru;
    SAY(getrusage(RUSAGE_SELF, &ru));
    printf("%d\n", ru.ru_maxrss > 0);
    SAY(getrusage(99, &ru));
    SAY(getrusage(0, (void *)8));
    struct statfs sf;
    SAY(statfs("/", &sf));
    SAY(statfs("/none", &sf));
    SAY(fstatfs(99, &sf));
    SAY(statfs("/", (void *)8));
    struct statvfs sv;
    SAY(statvfs("/", &sv));
    printf("%d\n", (int)sv.f_namemax);
    SAY(getpagesize());
    SAY(sysconf(_SC_CLK_TCK));
    SAY(sysconf(_SC_OPEN_MAX) > 100);
    SAY(sysconf(_SC_PHYS_PAGES) > 0);
    SAY(pathconf("/", _PC_NAME_MAX));
    SAY(pathconf("/", _PC_PIPE_BUF));
    char nm[17] = { 0 };
    SAY(prctl(PR_SET_NAME, "a name that is far too long"));
    SAY(prctl(PR_GET_NAME, nm));
    puts(nm);
    SAY(prctl(9999));
    SAY(prctl(PR_SET_PDEATHSIG, 99));
    SAY(prctl(PR_SET_PDEATHSIG, SIGTERM));
    int v = 0;
    SAY(prctl(PR_GET_PDEATHSIG, &v));
    printf("%d\n", v);
    SAY(prctl(PR_GET_DUMPABLE));
    SAY(prctl(PR_SET_DUMPABLE, 0));
    SAY(prctl(PR_GET_DUMPABLE));
    SAY(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
    SAY(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
    SAY(prctl(PR_SET_CHILD_SUBREAPER, 1));
    SAY(prctl(PR_GET_CHILD_SUBREAPER, &v));
    printf("%d\n", v);
    SAY(prctl(PR_SET_KEEPCAPS, 2));
    SAY(prctl(PR_GET_TIMERSLACK) > 0);
    SAY(personality(0xffffffff));
    SAY(syscall(SYS_getcpu, &v, NULL, NULL));
    SAY(getentropy(h, 20));
    SAY(syscall(SYS_getrandom, h, 10, 99));
    SAY(umask(022));
    SAY(umask(022));
    SAY(syscall(600));
    return 0;
}
