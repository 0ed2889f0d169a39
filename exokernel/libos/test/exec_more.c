/* execve: errors, scripts, what stays and what goes. spawn, system, popen. */
#include "say.h"
#include <spawn.h>
#include <sys/resource.h>
extern char **environ;
int main(int c, char **v)
{
    BEGIN;
    if (c > 1 && !strncmp(v[1], "args", 4)) {
        for (int i = 0; i < c; i++)
            printf("[%s]", strrchr(v[i], '/') ? "path" : v[i]);
        printf("\n");
        for (char **e = environ; *e; e++)
            printf("env %s\n", *e);
        for (int i = 3; i < 20; i++)
            if (fcntl(i, F_GETFD) >= 0)
                printf("open %d\n", i);
        struct sigaction a;
        sigaction(SIGUSR1, NULL, &a);
        printf("usr1 %d ", a.sa_handler == SIG_IGN);
        sigaction(SIGUSR2, NULL, &a);
        printf("usr2 %d\n", a.sa_handler == SIG_DFL);
        sigset_t m;
        sigprocmask(0, NULL, &m);
        printf("mask %d", sigismember(&m, SIGHUP));
        sigpending(&m);
        printf(" pending %d\n", sigismember(&m, SIGHUP));
        fflush(stdout);
        _exit(7);
    }
    char *a[] = { "me", "args", "x y", NULL }, *e[] = { "A=1", "B=", NULL }, *none[] = { NULL };
    int st;
    char big[200000];
    memset(big, 'b', sizeof big - 1);
    big[sizeof big - 1] = 0;
    SAY(execve("none", a, e));
    SAY(execve("", a, e));
    SAY(execve(".", a, e));
    close(open("em", O_CREAT | O_RDWR, 0644));
    SAY(execve("em", a, e));
    SAY(execve("em/x", a, e));
    chmod("em", 0755);
    SAY(execve("em", a, e));
    int f = open("em", O_WRONLY | O_TRUNC);
    write(f, "#!none\n", 7);
    close(f);
    SAY(execve("em", a, e));
    f = open("em", O_WRONLY | O_TRUNC);
    write(f, "\177ELFxx", 6);
    close(f);
    SAY(execve("em", a, e));
    SAY(execve("/dev/null", a, e));
    SAY(execve((void *)8, a, e));
    SAY(execve("/proc/self/exe", (void *)8, e));
    char *ba[] = { "x", big, NULL };
    SAY(execve("/proc/self/exe", ba, e));
    char name[300];
    memset(name, 'n', 299);
    name[299] = 0;
    SAY(execve(name, a, e));
    symlink("loop", "loop");
    SAY(execve("loop", a, e));
    unlink("loop");
    char self[500];
    self[readlink("/proc/self/exe", self, 499)] = 0;
    f = open("em", O_WRONLY | O_TRUNC);
    dprintf(f, "#! %s  args opt  \nrest\n", self);
    close(f);
    chmod("em", 0755);
    open("/dev/null", O_RDONLY | O_CLOEXEC);
    int k = open("/dev/null", O_RDONLY);
    signal(SIGUSR1, SIG_IGN);
    signal(SIGUSR2, (void (*)(int))main);
    sigset_t m;
    sigemptyset(&m);
    sigaddset(&m, SIGHUP);
    sigprocmask(SIG_BLOCK, &m, NULL);
    if (!fork()) {
        raise(SIGHUP);
        execve("em", a, e);
        _exit(1);
    }
    wait(&st);
    printf("%x\n", st);
    if (!fork()) {
        execve(self, a, NULL);
        _exit(1);
    }
    wait(&st);
    printf("%x\n", st);
    pid_t p;
    posix_spawn_file_actions_t fa;
    posix_spawn_file_actions_init(&fa);
    posix_spawn_file_actions_addclose(&fa, k);
    posix_spawn_file_actions_addopen(&fa, 9, "/dev/null", O_RDONLY, 0);
    const int spawned = posix_spawn(&p, self, &fa, NULL, a, e);
    waitpid(p, &st, 0);
    printf("%d %x\n", spawned, st);
    SAY(0);
    f = open(self, O_RDONLY | O_CLOEXEC);
    if (!fork()) {
        fexecve(f, a, e);
        _exit(1);
    }
    wait(&st);
    printf("%x\n", st);
    if (!fork()) {
        SAY(syscall(SYS_execveat, f, "", a, e, 0));
        SAY(syscall(SYS_execveat, 99, "x", a, e, 0));
        SAY(syscall(SYS_execveat, f, "", a, e, AT_EMPTY_PATH));
        _exit(1);
    }
    wait(&st);
    printf("%x\n", st);
    sigprocmask(SIG_UNBLOCK, &m, NULL);
    unlink("em");
    return 0;
}
