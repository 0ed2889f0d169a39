/* AF_UNIX: datagrams, packets, names outside of folders, descriptors in messages. */
#include "say.h"
#include <poll.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>
static int pass(int s, int fd, const char *text)
{
    union {
        char b[CMSG_SPACE(8)];
        struct cmsghdr h;
    } c = { 0 };
    struct iovec v = { (void *)text, strlen(text) };
    struct msghdr m = {
        .msg_iov = &v, .msg_iovlen = 1, .msg_control = c.b, .msg_controllen = CMSG_SPACE(4)
    };
    struct cmsghdr *h = CMSG_FIRSTHDR(&m);
    h->cmsg_level = SOL_SOCKET, h->cmsg_type = SCM_RIGHTS, h->cmsg_len = CMSG_LEN(4);
    memcpy(CMSG_DATA(h), &fd, 4);
    return sendmsg(s, &m, 0);
}
static int take(int s, char *text)
{
    union {
        char b[CMSG_SPACE(64)];
        struct cmsghdr h;
    } c = { 0 };
    struct iovec v = { text, 50 };
    struct msghdr m = {
        .msg_iov = &v, .msg_iovlen = 1, .msg_control = c.b, .msg_controllen = sizeof c.b
    };
    int fd = -1;
    int n = recvmsg(s, &m, 0);
    struct cmsghdr *h = CMSG_FIRSTHDR(&m);
    printf("got %d, %s, flags %x\n", n, h ? "with" : "without", m.msg_flags);
    if (h) {
        memcpy(&fd, CMSG_DATA(h), 4);
        printf("%d %d %d\n", h->cmsg_level, h->cmsg_type, (int)h->cmsg_len);
    }
    return fd;
}
int main(void)
{
    char b[100] = { 0 };
    int s[2];
    struct sockaddr_un a = { AF_UNIX, "um" }, z = { AF_UNIX }, w;
    socklen_t l;
    BEGIN;
    signal(SIGPIPE, SIG_IGN);
    SAY(socketpair(AF_UNIX, SOCK_DGRAM, 0, s));
    SAY(send(s[0], "one", 3, 0));
    SAY(send(s[0], "second", 6, 0));
    SAY(recv(s[1], b, 100, 0));
    SAY(recv(s[1], b, 3, 0));
    SAY(recv(s[1], b, 3, MSG_DONTWAIT));
    SAY(send(s[0], b, 0, 0));
    SAY(recv(s[1], b, 10, 0));
    close(s[1]);
    SAY(send(s[0], "x", 1, 0));
    close(s[0]);
    SAY(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, s));
    SAY(send(s[0], "one", 3, 0));
    SAY(send(s[0], "second", 6, 0));
    SAY(recv(s[1], b, 100, 0));
    SAY(recv(s[1], b, 2, 0));
    close(s[0]);
    SAY(recv(s[1], b, 3, 0));
    SAY(send(s[1], b, 3, 0));
    close(s[1]);
    SAY(socketpair(AF_INET, SOCK_STREAM, 0, s));
    SAY(socketpair(AF_UNIX, SOCK_STREAM, 0, (int *)8));
    SAY(socketpair(AF_UNIX, 99, 0, s));
    int d = socket(AF_UNIX, SOCK_DGRAM, 0), e = socket(AF_UNIX, SOCK_DGRAM, 0);
    SAY(bind(d, (void *)&a, sizeof a));
    l = sizeof w;
    SAY(getsockname(d, (void *)&w, &l));
    printf("%d %s\n", (int)l, w.sun_path);
    SAY(sendto(e, "dg", 2, 0, (void *)&a, sizeof a));
    l = sizeof w;
    SAY(recvfrom(d, b, 100, 0, (void *)&w, &l));
    printf("%d\n", (int)l);
    strcpy(z.sun_path, "um2");
    SAY(bind(e, (void *)&z, sizeof z));
    SAY(sendto(e, "dg", 2, 0, (void *)&a, sizeof a));
    l = sizeof w;
    SAY(recvfrom(d, b, 100, 0, (void *)&w, &l));
    printf("%d %s\n", (int)l, w.sun_path);
    SAY(sendto(d, "back", 4, 0, (void *)&w, l));
    SAY(recv(e, b, 100, 0));
    SAY(connect(e, (void *)&a, sizeof a));
    SAY(send(e, "c", 1, 0));
    SAY(recv(d, b, 1, 0));
    l = sizeof w;
    SAY(getpeername(e, (void *)&w, &l));
    printf("%s\n", w.sun_path);
    close(d);
    SAY(send(e, "c", 1, 0));
    SAY(unlink("um"));
    SAY(sendto(e, "dg", 2, 0, (void *)&a, sizeof a));
    unlink("um2");
    memcpy(z.sun_path, "\0abstract", 9);
    l = offsetof(struct sockaddr_un, sun_path) + 9;
    d = socket(AF_UNIX, SOCK_STREAM, 0);
    SAY(bind(d, (void *)&z, l));
    SAY(listen(d, 3));
    e = socket(AF_UNIX, SOCK_STREAM, 0);
    SAY(connect(e, (void *)&z, l));
    int g = accept(d, NULL, NULL);
    SAY(send(g, "abs", 3, 0));
    SAY(recv(e, b, 100, 0));
    socklen_t q = sizeof w;
    SAY(getsockname(d, (void *)&w, &q));
    printf("%d\n", (int)q);
    q = sizeof w;
    SAY(getpeername(e, (void *)&w, &q));
    printf("%d\n", (int)q);
    q = sizeof w;
    SAY(getsockname(e, (void *)&w, &q));
    printf("%d\n", (int)q);
    close(d);
    int k = socket(AF_UNIX, SOCK_STREAM, 0);
    SAY(connect(k, (void *)&z, l));
    struct ucred u;
    q = sizeof u;
    SAY(getsockopt(g, SOL_SOCKET, SO_PEERCRED, &u, &q));
    printf("%d %d %d\n", u.pid == getpid(), u.uid, u.gid);
    SAY(socketpair(AF_UNIX, SOCK_STREAM, 0, s));
    int p[2];
    pipe(p);
    SAY(pass(s[0], p[0], "fd"));
    close(p[0]);
    int f = take(s[1], b);
    write(p[1], "through", 7);
    SAY(read(f, b, 100));
    b[7] = 0;
    puts(b);
    SAY(pass(s[0], 99, "bad"));
    if (!fork()) {
        int o = open("umf", O_CREAT | O_RDWR, 0600);
        write(o, "content", 7);
        pass(s[0], o, "file");
        _exit(0);
    }
    wait(NULL);
    f = take(s[1], b);
    SAY(lseek(f, 0, SEEK_CUR));
    SAY(pread(f, b, 100, 0));
    b[7] = 0;
    puts(b);
    unlink("umf");
    SAY(pass(s[0], s[1], "self"));
    f = take(s[1], b);
    SAY(send(s[0], "plain", 5, 0));
    take(s[1], b);
    SAY(connect(k, (void *)&(struct sockaddr_un){ AF_UNIX, "none" }, sizeof w));
    close(open("uf", O_CREAT | O_RDWR, 0600));
    SAY(connect(k, (void *)&(struct sockaddr_un){ AF_UNIX, "uf" }, sizeof w));
    unlink("uf");
    SAY(bind(k, (void *)&(struct sockaddr_un){ AF_UNIX, "no/x" }, sizeof w));
    SAY(connect(k, (void *)&a, 1));
    struct pollfd pf = { s[0], POLLIN | POLLOUT | POLLRDHUP, 0 };
    shutdown(s[1], SHUT_RDWR);
    SAY(poll(&pf, 1, 0));
    printf("%x\n", pf.revents);
    return 0;
}
