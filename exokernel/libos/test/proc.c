/* What programs read in /proc. */
#include "say.h"

static char text[20000];

/* Read a whole file in steps of `step` bytes. */
static long all(const char *path, size_t step)
{
    const int f = open(path, O_RDONLY);
    long n = 0, k;

    text[0] = 0;
    if (f < 0) {
        printf("%s: errno %d\n", path, errno);
        return -1;
    }
    while ((k = read(f, text + n, step)) > 0)
        n += k;
    text[n] = 0;
    close(f);
    return n;
}

static int has(const char *words) { return strstr(text, words) != NULL; }

static int lines(void)
{
    int n = 0;

    for (const char *p = text; *p; p++)
        n += *p == '\n';
    return n;
}

static void of_self(void)
{
    char words[100], comm[50], state;
    int pid, parent, group, session, fields = 0;
    unsigned long low, high, pages[7], found = 0;
    struct stat s;

    const long n = all("/proc/self/cmdline", 1000);
    printf("cmdline %d\n", n > 14 && !memcmp(text + n - 14, "one\0two words", 14));
    all("/proc/self/comm", 1000);
    printf("comm %d\n", lines() == 1);
    all("/proc/self/environ", 1000);
    printf("environ %s\n", text);
    all("/proc/self/stat", 1000);
    printf("%d ",
           sscanf(text, "%d (%49[^)]) %c %d %d %d", &pid, comm, &state, &parent, &group, &session));
    printf("stat %d %c %d %d %d\n", pid == getpid(), state, parent == getppid(), group == getpgrp(),
           session == getsid(0));
    for (const char *p = strchr(text, ')'); *p; p++)
        fields += *p == ' ';
    printf("fields %d\n", fields);
    all("/proc/self/status", 7);
    snprintf(words, sizeof words, "\nUid:\t%d\t%d\t", getuid(), geteuid());
    printf("status %d %d %d %d %d %d\n", has("Name:\t"), has(words), has("\nVmSize:"),
           has("\nVmRSS:"), has("\nThreads:\t1\n"), has("\nState:\tR (running)\n"));
    snprintf(words, sizeof words, "\nPid:\t%d\n", getpid());
    printf("pid %d\n", has(words));
    signal(SIGUSR1, SIG_IGN);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR2);
    sigprocmask(SIG_BLOCK, &set, NULL);
    raise(SIGUSR2);
    all("/proc/self/status", 1000);
    const char *ignored = strstr(text, "\nSigIgn:\t"), *caught = strstr(text, "\nSigCgt:\t");
    printf("signals %d %d %d\n", has("\nSigBlk:\t0000000000000800\n"),
           ignored && strtoul(ignored + 9, NULL, 16) >> 9 & 1,
           caught && strtoul(caught + 9, NULL, 16) >> 9 & 1);
    all("/proc/self/maps", 100);
    printf("maps %d %d\n", has("[stack]"), has("r-xp"));
    for (char *l = text; l && *l; l = strchr(l, '\n'), l = l ? l + 1 : NULL)
        if (sscanf(l, "%lx-%lx", &low, &high) == 2 && (unsigned long)all >= low
            && (unsigned long)all < high)
            found++;
    printf("found %lu\n", found);
    all("/proc/self/statm", 1000);
    printf("statm %d\n", sscanf(text, "%lu %lu %lu %lu %lu %lu %lu", pages, pages + 1, pages + 2,
                                pages + 3, pages + 4, pages + 5, pages + 6));
    all("/proc/self/limits", 1000);
    printf("limits %d %d\n", has("Max open files"), lines());
    all("/proc/self/mounts", 1000);
    printf("mounts %d\n", has(" / "));
    snprintf(words, sizeof words, "/proc/%d/stat", getpid());
    printf("by number %d\n", all(words, 1000) > 100);
    SAY(stat("/proc/self/status", &s));
    printf("%o %ld\n", s.st_mode, (long)s.st_size);
    SAY(stat("/proc/self/exe", &s));
    printf("%d\n", S_ISREG(s.st_mode));
    SAY(access("/proc/self/maps", R_OK));
    SAY(access("/proc/self/none", R_OK));
}

static void of_system(void)
{
    double a, b, c;
    int running, tasks;
    struct stat s;

    all("/proc/meminfo", 1000);
    printf("meminfo %d %d %d\n", !strncmp(text, "MemTotal:", 9), has("\nMemFree:"),
           has("\nMemAvailable:"));
    all("/proc/cpuinfo", 1000);
    printf("cpuinfo %d %d\n", !strncmp(text, "processor\t: 0\n", 14), has("\nflags\t\t:"));
    all("/proc/uptime", 1000);
    printf("uptime %d\n", sscanf(text, "%lf %lf", &a, &b));
    all("/proc/loadavg", 1000);
    printf("loadavg %d\n", sscanf(text, "%lf %lf %lf %d/%d", &a, &b, &c, &running, &tasks));
    all("/proc/version", 1000);
    printf("version %d %d\n", !strncmp(text, "Linux version ", 14), lines());
    all("/proc/stat", 1000);
    printf("stat %d %d %d\n", !strncmp(text, "cpu  ", 5), has("\ncpu0 "), has("\nbtime "));
    all("/proc/filesystems", 1000);
    printf("filesystems %d\n", has("tmpfs"));
    all("/proc/mounts", 1000);
    printf("mounts %d\n", has(" / "));
    all("/proc/sys/kernel/ostype", 1000);
    printf("ostype %s", text);
    all("/proc/sys/kernel/pid_max", 1000);
    printf("pid_max %d\n", atoi(text) > 100);
    SAY(stat("/proc/meminfo", &s));
    printf("%o %ld\n", s.st_mode, (long)s.st_size);
}

int main(void)
{
    char b[2];

    BEGIN;
    of_self();
    of_system();
    SAY(open("/proc/none", O_RDONLY));
    SAY(open("/proc/self/none", O_RDONLY));
    SAY(open("/proc/99999999/stat", O_RDONLY));
    SAY(open("/proc/self/stat", O_RDONLY | O_DIRECTORY));
    SAY(open("/proc/meminfo", O_RDONLY | O_CREAT | O_EXCL, 0600));
    const int f = open("/proc/self/stat", O_RDONLY);
    SAY(write(f, "x", 1));
    SAY(pread(f, b, 1, 0));
    SAY(lseek(f, 0, SEEK_SET));
    SAY(read(f, b, 1));
    return 0;
}
