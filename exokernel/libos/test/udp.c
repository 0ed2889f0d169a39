/* UDP on the loopback interface. */
#include "say.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
static struct sockaddr_in at(int port)
{
    return (struct sockaddr_in){ AF_INET, htons(port), { htonl(INADDR_LOOPBACK) } };
}
int main(void)
{
    char b[100] = { 0 };
    int v;
    socklen_t l, n = sizeof v;
    struct sockaddr_in a = at(0), c, d;
    BEGIN;
    int s = socket(AF_INET, SOCK_DGRAM, 0), k = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
    SAY(getsockopt(s, SOL_SOCKET, SO_TYPE, &v, &n));
    printf("%d\n", v);
    SAY(listen(s, 1));
    SAY(accept(s, NULL, NULL));
    SAY(send(k, "x", 1, 0));
    SAY(bind(s, (void *)&a, sizeof a));
    l = sizeof a;
    SAY(getsockname(s, (void *)&a, &l));
    SAY(bind(k, (void *)&a, sizeof a));
    SAY(sendto(k, "hello", 5, 0, (void *)&a, sizeof a));
    SAY(sendto(k, "two", 3, 0, (void *)&a, sizeof a));
    SAY(ioctl(s, FIONREAD, &v));
    printf("%d\n", v);
    l = sizeof c;
    SAY(recvfrom(s, b, 100, 0, (void *)&c, &l));
    printf("%d %x %.5s\n", l, ntohl(c.sin_addr.s_addr), b);
    l = sizeof d;
    SAY(getsockname(k, (void *)&d, &l));
    printf("%d\n", d.sin_port == c.sin_port);
    SAY(recv(s, b, 1, 0));
    SAY(recv(s, b, 1, MSG_DONTWAIT));
    SAY(sendto(k, "long message", 12, 0, (void *)&a, sizeof a));
    struct msghdr h = {
        .msg_iov = &(struct iovec){ b, 4 }, .msg_iovlen = 1, .msg_name = &d, .msg_namelen = sizeof d
    };
    SAY(recvmsg(s, &h, 0));
    printf("%x %d\n", h.msg_flags, h.msg_namelen);
    sendto(k, "abcdef", 6, 0, (void *)&a, sizeof a);
    SAY(recv(s, b, 3, MSG_TRUNC));
    SAY(sendto(s, "ans", 3, 0, (void *)&c, sizeof c));
    SAY(recv(k, b, 100, 0));
    SAY(sendto(k, b, 0, 0, (void *)&a, sizeof a));
    struct pollfd p = { s, POLLIN | POLLOUT, 0 };
    SAY(poll(&p, 1, 0));
    printf("%x\n", p.revents);
    SAY(recv(s, b, 10, 0));
    SAY(sendto(k, b, 70000, 0, (void *)&a, sizeof a));
    SAY(connect(k, (void *)&a, sizeof a));
    l = sizeof d;
    SAY(getpeername(k, (void *)&d, &l));
    SAY(send(k, "conn", 4, 0));
    SAY(recv(s, b, 10, MSG_PEEK));
    SAY(recv(s, b, 10, 0));
    SAY(write(k, "w", 1));
    SAY(read(s, b, 10));
    int o = socket(AF_INET, SOCK_DGRAM, 0);
    bind(o, (void *)&(struct sockaddr_in){ AF_INET }, sizeof a);
    SAY(sendto(o, "stray", 5, 0, (void *)&d, sizeof d));
    l = sizeof c;
    getsockname(k, (void *)&c, &l);
    SAY(sendto(o, "stray", 5, 0, (void *)&c, sizeof c));
    SAY(recv(k, b, 10, MSG_DONTWAIT));
    struct sockaddr u = { AF_UNSPEC };
    SAY(connect(k, &u, sizeof u));
    SAY(getpeername(k, (void *)&d, &l));
    close(s);
    SAY(connect(k, (void *)&a, sizeof a));
    SAY(send(k, "x", 1, 0));
    SAY(send(k, "x", 1, 0));
    SAY(recv(k, b, 1, MSG_DONTWAIT));
    SAY(shutdown(o, SHUT_RD));
    if (!fork()) {
        int q = socket(AF_INET, SOCK_DGRAM, 0);
        sendto(q, "child", 5, 0,
               (void *)&(struct sockaddr_in){ AF_INET,
                                              ({
                                                  l = sizeof c;
                                                  getsockname(o, (void *)&c, &l);
                                                  c.sin_port;
                                              }),
                                              { htonl(INADDR_LOOPBACK) } },
               sizeof c);
        _exit(0);
    }
    wait(NULL);
    SAY(recv(o, b, 100, MSG_DONTWAIT));
    return 0;
}
