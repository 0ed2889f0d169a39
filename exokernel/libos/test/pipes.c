/* Pipes: order, ends, full, empty, signals; poll and select on them. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

#define SAY(what)                                                                                  \
    do {                                                                                           \
        errno = 0;                                                                                 \
        const long result = (long)(what);                                                          \
        printf("%s = %ld, errno %d\n", #what, result, errno);                                      \
    } while (0)

static void nothing(int signal) { (void)signal; }

int main(void)
{
    static char data[200000], back[200000];
    int a[2], b[2];
    char c = 'x';

    setvbuf(stdout, NULL, _IONBF, 0);
    SAY(pipe(a));
    SAY(write(a[1], "hello", 5));
    SAY(read(a[0], back, 3));
    SAY(read(a[0], back, 30));
    SAY(write(a[0], "x", 1));
    SAY(read(a[1], back, 1));
    SAY(lseek(a[0], 0, SEEK_SET));
    SAY(fcntl(a[0], F_SETFL, O_NONBLOCK));
    SAY(read(a[0], back, 1));
    SAY(fcntl(a[1], F_SETFL, O_NONBLOCK));
    SAY(write(a[1], data, sizeof data));
    SAY(write(a[1], data, 1));
    SAY(read(a[0], back, 5000));
    SAY(write(a[1], data, 4096));
    struct pollfd p[2] = { { a[0], POLLIN, 0 }, { a[1], POLLOUT, 0 } };
    SAY(poll(p, 2, 0));
    printf("%x %x\n", p[0].revents, p[1].revents);
    SAY(close(a[1]));
    p[1].fd = -1;
    SAY(poll(p, 2, 0));
    printf("%x %x\n", p[0].revents, p[1].revents);
    SAY(read(a[0], back, sizeof back));
    SAY(read(a[0], back, sizeof back));
    SAY(close(a[0]));
    pipe(a);
    close(a[0]);
    signal(SIGPIPE, SIG_IGN);
    SAY(write(a[1], "x", 1));
    signal(SIGPIPE, SIG_DFL);
    close(a[1]);
    for (int i = 0; i < (int)sizeof data; i++)
        data[i] = (char)(i * 7 + i / 256);
    pipe(a);
    if (!fork()) {
        close(a[0]);
        write(a[1], data, sizeof data);
        _exit(0);
    }
    close(a[1]);
    long n = 0, got;
    while ((got = read(a[0], back + n, 7000)) > 0)
        n += got;
    printf("%ld same %d\n", n, !memcmp(data, back, sizeof data));
    wait(NULL);
    close(a[0]);
    pipe(a);
    pipe(b);
    if (!fork()) {
        close(a[1]);
        close(b[0]);
        while (read(a[0], &c, 1) == 1) {
            c++;
            write(b[1], &c, 1);
        }
        _exit(7);
    }
    close(a[0]);
    close(b[1]);
    c = 0;
    for (int i = 0; i < 100; i++) {
        write(a[1], &c, 1);
        read(b[0], &c, 1);
    }
    printf("after 100 round trips %d\n", c);
    fd_set set;
    FD_ZERO(&set);
    FD_SET(b[0], &set);
    struct timeval t = { 0, 1000 };
    SAY(select(b[0] + 1, &set, NULL, NULL, &t));
    write(a[1], &c, 1);
    FD_SET(b[0], &set);
    SAY(select(b[0] + 1, &set, NULL, NULL, NULL));
    read(b[0], &c, 1);
    close(a[1]);
    SAY(read(b[0], &c, 1));
    int status;
    wait(&status);
    printf("status %d\n", WEXITSTATUS(status));
    close(b[0]);
    pipe(a);
    pid_t child = fork();
    if (!child) {
        close(a[0]);
        for (;;)
            write(a[1], data, 1000);
    }
    close(a[1]);
    read(a[0], back, 1000);
    close(a[0]);
    waitpid(child, &status, 0);
    printf("writer: signal %d\n", WTERMSIG(status));
    struct sigaction s = { .sa_handler = nothing };
    sigaction(SIGALRM, &s, NULL);
    pipe(a);
    ualarm(10000, 10000);
    SAY(read(a[0], &c, 1));
    s.sa_flags = SA_RESTART;
    sigaction(SIGALRM, &s, NULL);
    if (!fork()) {
        usleep(50000);
        write(a[1], "y", 1);
        _exit(0);
    }
    ualarm(10000, 10000);
    SAY(read(a[0], &c, 1));
    ualarm(10000, 10000);
    SAY(poll(NULL, 0, -1));
    ualarm(0, 0);
    while (wait(NULL) < 0 && errno == EINTR)
        ;
    return 0;
}
