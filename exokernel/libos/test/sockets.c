/* Stream sockets of AF_UNIX: pairs, names, both directions, ends. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
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
    struct sockaddr_un a = { .sun_family = AF_UNIX, .sun_path = "s" };
    char c = 0, text[100] = { 0 };
    int s[2], type;
    socklen_t size = sizeof type;

    setvbuf(stdout, NULL, _IONBF, 0);
    signal(SIGPIPE, SIG_IGN);
    SAY(socketpair(AF_UNIX, SOCK_STREAM, 0, s));
    SAY(write(s[0], "hello", 5));
    SAY(send(s[1], "back", 4, 0));
    SAY(recv(s[1], text, 100, 0));
    puts(text);
    SAY(read(s[0], text, 100));
    puts(text);
    SAY(recv(s[0], text, 100, MSG_DONTWAIT));
    SAY(getsockopt(s[0], SOL_SOCKET, SO_TYPE, &type, &size));
    printf("type %d\n", type);
    SAY(lseek(s[0], 0, SEEK_SET));
    struct pollfd p = { s[0], POLLIN | POLLOUT, 0 };
    SAY(poll(&p, 1, 0));
    printf("%x\n", p.revents);
    SAY(shutdown(s[1], SHUT_WR));
    SAY(read(s[0], text, 100));
    SAY(write(s[0], "more", 4));
    SAY(read(s[1], text, 100));
    SAY(close(s[1]));
    SAY(write(s[0], "x", 1));
    close(s[0]);
    SAY(socket(AF_UNIX, SOCK_STREAM, 5));
    SAY(socket(99, SOCK_STREAM, 0));
    int l = socket(AF_UNIX, SOCK_STREAM, 0);
    SAY(accept(l, NULL, NULL));
    SAY(connect(l, (struct sockaddr *)&a, sizeof a));
    SAY(bind(l, (struct sockaddr *)&a, sizeof a));
    int m = socket(AF_UNIX, SOCK_STREAM, 0);
    SAY(bind(m, (struct sockaddr *)&a, sizeof a));
    SAY(connect(m, (struct sockaddr *)&a, sizeof a));
    SAY(listen(l, 5));
    struct stat st;
    SAY(stat("s", &st));
    printf("%o\n", st.st_mode & S_IFMT);
    fcntl(l, F_SETFL, O_NONBLOCK);
    SAY(accept(l, NULL, NULL));
    fcntl(l, F_SETFL, 0);
    if (!fork()) {
        connect(m, (struct sockaddr *)&a, sizeof a);
        write(m, "from the child", 15);
        while (read(m, &c, 1) == 1)
            putchar(c);
        puts(" end");
        _exit(0);
    }
    close(m);
    int n = accept(l, NULL, NULL);
    printf("accepted %d\n", n >= 0);
    SAY(recv(n, text, 15, MSG_WAITALL));
    puts(text);
    write(n, "answer", 6);
    close(n);
    wait(NULL);
    SAY(unlink("s"));
    SAY(read(l, text, 1));
    struct msghdr h = { 0 };
    socketpair(AF_UNIX, SOCK_STREAM, 0, s);
    struct iovec v[2] = { { "ab", 2 }, { "cde", 3 } };
    h.msg_iov = v, h.msg_iovlen = 2;
    SAY(sendmsg(s[0], &h, 0));
    SAY(read(s[1], text, 100));
    return 0;
}
