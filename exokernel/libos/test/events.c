/* eventfd and epoll. */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <unistd.h>

#define SAY(what)                                                                                  \
    do {                                                                                           \
        errno = 0;                                                                                 \
        const long result = (long)(what);                                                          \
        printf("%s = %ld, errno %d\n", #what, result, errno);                                      \
    } while (0)

int main(void)
{
    uint64_t value = 0;
    int p[2];

    setvbuf(stdout, NULL, _IONBF, 0);
    int e = eventfd(3, EFD_NONBLOCK);
    SAY(read(e, &value, 8));
    printf("%d\n", (int)value);
    SAY(read(e, &value, 8));
    value = 5;
    SAY(write(e, &value, 8));
    SAY(write(e, &value, 8));
    SAY(read(e, &value, 7));
    SAY(read(e, &value, 8));
    printf("%d\n", (int)value);
    value = UINT64_MAX;
    SAY(write(e, &value, 8));
    int s = eventfd(2, EFD_SEMAPHORE);
    SAY(read(s, &value, 8));
    printf("%d\n", (int)value);
    int q = epoll_create1(0);
    struct epoll_event event = { EPOLLIN, { .u64 = 77 } }, out[4];
    SAY(epoll_ctl(q, EPOLL_CTL_ADD, s, &event));
    SAY(epoll_ctl(q, EPOLL_CTL_ADD, s, &event));
    SAY(epoll_ctl(q, EPOLL_CTL_MOD, e, &event));
    SAY(epoll_ctl(q, EPOLL_CTL_ADD, 99, &event));
    SAY(epoll_ctl(q, EPOLL_CTL_ADD, q, &event));
    SAY(epoll_wait(q, out, 4, -1));
    printf("%x %d\n", out[0].events, (int)out[0].data.u64);
    read(s, &value, 8);
    SAY(epoll_wait(q, out, 4, 0));
    SAY(epoll_wait(q, out, 4, 5));
    SAY(epoll_wait(q, out, 0, 5));
    pipe(p);
    event.data.u64 = 78;
    SAY(epoll_ctl(q, EPOLL_CTL_ADD, p[0], &event));
    if (!fork()) {
        usleep(20000);
        write(p[1], "x", 1);
        _exit(0);
    }
    SAY(epoll_wait(q, out, 4, -1));
    printf("%x %d\n", out[0].events, (int)out[0].data.u64);
    wait(NULL);
    event.events = EPOLLIN | EPOLLET;
    SAY(epoll_ctl(q, EPOLL_CTL_MOD, p[0], &event));
    SAY(epoll_wait(q, out, 4, 0));
    SAY(epoll_wait(q, out, 4, 0));
    SAY(epoll_ctl(q, EPOLL_CTL_DEL, p[0], NULL));
    SAY(epoll_ctl(q, EPOLL_CTL_DEL, p[0], NULL));
    close(p[0]);
    event.events = EPOLLOUT | EPOLLIN;
    SAY(epoll_ctl(q, EPOLL_CTL_ADD, p[1], &event));
    SAY(epoll_wait(q, out, 4, 0));
    printf("%x\n", out[0].events & EPOLLERR);
    close(q);
    return 0;
}
