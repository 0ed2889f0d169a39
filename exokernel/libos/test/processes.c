/* fork, wait, exit statuses, signals between processes, groups. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int global = 1;
static volatile int got;
static void note(int signal) { got = signal; }

static void tell(const char *what, int status)
{
    if (WIFEXITED(status))
        printf("%s: exit %d\n", what, WEXITSTATUS(status));
    else
        printf("%s: signal %d\n", what, WTERMSIG(status));
}

int main(void)
{
    int status, local = 2;
    char *heap = malloc(100000);

    setvbuf(stdout, NULL, _IONBF, 0);
    memset(heap, 5, 100000);
    pid_t child = fork();
    if (!child) {
        printf("child: %d %d %d\n", global, local, heap[99999]);
        global = local = heap[99999] = 9;
        exit(global + local);
    }
    printf("%d\n", waitpid(child, &status, 0) == child);
    tell("first", status);
    printf("parent: %d %d %d\n", global, local, heap[99999]);
    printf("none left: %d", waitpid(-1, &status, 0));
    printf(" %d\n", errno);
    child = fork();
    if (!child)
        *(volatile int *)16 = 1;
    waitpid(child, &status, 0);
    tell("segv", status);
    child = fork();
    if (!child)
        for (;;)
            ;
    printf("running: %d\n", waitpid(child, &status, WNOHANG));
    kill(child, SIGTERM);
    waitpid(child, &status, 0);
    tell("spinning", status);
    child = fork();
    if (!child)
        for (;;)
            pause();
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    tell("paused", status);
    signal(SIGUSR1, note);
    pid_t parent = getpid();
    child = fork();
    if (!child) {
        printf("my parent: %d\n", getppid() == parent);
        kill(parent, SIGUSR1);
        _exit(0);
    }
    while (!got)
        ;
    printf("got %d\n", got);
    waitpid(child, &status, 0);
    tell("sender", status);
    for (int i = 0; i < 20; i++)
        if (!fork())
            _exit(i);
    int sum = 0;
    for (int i = 0; i < 20; i++) {
        wait(&status);
        sum += WEXITSTATUS(status);
    }
    printf("sum %d\n", sum);
    int ready[2];
    char c;
    pipe(ready);
    child = fork();
    if (!child) {
        printf("leader %d %d\n", setpgid(0, 0), getpgrp() == getpid());
        for (int i = 0; i < 2; i++)
            if (!fork())
                for (;;)
                    pause();
        write(ready[1], "r", 1);
        for (;;)
            pause();
    }
    read(ready[0], &c, 1);
    printf("kill the group %d\n", kill(-child, SIGINT));
    waitpid(child, &status, 0);
    tell("leader", status);
    child = vfork();
    if (!child)
        _exit(3);
    waitpid(child, &status, 0);
    tell("vfork", status);
    signal(SIGCHLD, note);
    got = 0;
    if (!fork())
        _exit(1);
    while (got != SIGCHLD)
        usleep(1000);
    printf("child ended %d\n", wait(&status) > 0);
    return 0;
}
