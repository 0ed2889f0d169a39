/* TCP on the loopback interface. */
#include "say.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
static struct sockaddr_in at(int port)
{
    return (struct sockaddr_in){ AF_INET, htons(port), { htonl(INADDR_LOOPBACK) } };
}
int main(void)
{
    char b[100] = { 0 };
    int one = 1, v;
    socklen_t n = sizeof v, l;
    struct sockaddr_in a = at(0), c;
    BEGIN;
    signal(SIGPIPE, SIG_IGN);
    SAY(socket(AF_INET, 99, 0));
    SAY(socket(AF_INET, SOCK_STREAM, 17));
    SAY(socket(AF_INET, SOCK_SEQPACKET, 0));
    int s = socket(AF_INET, SOCK_STREAM, 0);
    SAY(listen(99, 1));
    SAY(accept(s, NULL, NULL));
    SAY(getsockopt(s, SOL_SOCKET, SO_TYPE, &v, &n));
    printf("%d\n", v);
    SAY(getsockopt(s, SOL_SOCKET, SO_DOMAIN, &v, &n));
    printf("%d\n", v);
    SAY(getsockopt(s, SOL_SOCKET, SO_PROTOCOL, &v, &n));
    printf("%d\n", v);
    SAY(getsockopt(s, SOL_SOCKET, SO_ACCEPTCONN, &v, &n));
    printf("%d\n", v);
    SAY(setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one));
    SAY(getsockopt(s, SOL_SOCKET, SO_REUSEADDR, &v, &n));
    printf("%d\n", v);
    SAY(setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one));
    SAY(getsockopt(s, IPPROTO_TCP, TCP_NODELAY, &v, &n));
    printf("%d\n", v);
    SAY(bind(s, (void *)&a, 4));
    SAY(bind(s, (void *)8, sizeof a));
    a.sin_family = AF_UNIX;
    SAY(bind(s, (void *)&a, sizeof a));
    a = at(0);
    a.sin_addr.s_addr = htonl(0x08080808);
    SAY(bind(s, (void *)&a, sizeof a));
    a = at(0);
    SAY(bind(s, (void *)&a, sizeof a));
    SAY(bind(s, (void *)&a, sizeof a));
    l = sizeof a;
    SAY(getsockname(s, (void *)&a, &l));
    int port = ntohs(a.sin_port);
    printf("%d %d %x %d\n", l, a.sin_family, ntohl(a.sin_addr.s_addr), port > 1000);
    SAY(getpeername(s, (void *)&c, &l));
    int k = socket(AF_INET, SOCK_STREAM, 0);
    SAY(connect(k, (void *)&a, sizeof a));
    SAY(listen(s, 5));
    SAY(getsockopt(s, SOL_SOCKET, SO_ACCEPTCONN, &v, &n));
    printf("%d\n", v);
    int s2 = socket(AF_INET, SOCK_STREAM, 0);
    SAY(bind(s2, (void *)&a, sizeof a));
    SAY(connect(k, (void *)&a, 4));
    SAY(connect(99, (void *)&a, sizeof a));
    SAY(connect(0, (void *)&a, sizeof a));
    close(k);
    k = socket(AF_INET, SOCK_STREAM, 0);
    SAY(send(k, "x", 1, 0));
    SAY(recv(k, b, 1, 0));
    SAY(connect(k, (void *)&a, sizeof a));
    SAY(connect(k, (void *)&a, sizeof a));
    struct pollfd p = { s, POLLIN, 0 };
    SAY(poll(&p, 1, 1000));
    printf("%x\n", p.revents);
    l = sizeof c;
    int m = accept(s, (void *)&c, &l);
    printf("%d %d %x\n", l, c.sin_family, ntohl(c.sin_addr.s_addr));
    struct sockaddr_in d;
    l = sizeof d;
    SAY(getsockname(k, (void *)&d, &l));
    printf("%d\n", d.sin_port == c.sin_port);
    SAY(getpeername(k, (void *)&d, &l));
    printf("%d\n", ntohs(d.sin_port) == port);
    SAY(getsockname(m, (void *)&d, &l));
    printf("%d\n", ntohs(d.sin_port) == port);
    SAY(getpeername(m, (void *)&d, &l));
    printf("%d\n", d.sin_port == c.sin_port);
    l = 4;
    SAY(getpeername(m, (void *)&d, &l));
    printf("%d\n", l);
    l = -1;
    SAY(getpeername(m, (void *)&d, &l));
    SAY(send(k, "hello", 5, 0));
    SAY(recv(m, b, 100, MSG_PEEK));
    SAY(ioctl(m, FIONREAD, &v));
    printf("%d\n", v);
    SAY(recv(m, b, 100, 0));
    puts(b);
    SAY(recv(m, b, 100, MSG_DONTWAIT));
    SAY(sendto(m, "to", 2, 0, (void *)&a, sizeof a));
    SAY(recvfrom(k, b, 2, MSG_WAITALL, (void *)&d, &l));
    SAY(sendmsg(k, &(struct msghdr){ .msg_iov = &(struct iovec){ "abc", 3 }, .msg_iovlen = 1 }, 0));
    SAY(read(m, b, 100));
    p.fd = k;
    p.events = POLLIN | POLLOUT;
    SAY(poll(&p, 1, 0));
    printf("%x\n", p.revents);
    SAY(shutdown(m, SHUT_WR));
    SAY(recv(k, b, 1, 0));
    SAY(poll(&p, 1, 0));
    printf("%x\n", p.revents);
    SAY(send(k, "back", 4, 0));
    SAY(recv(m, b, 100, 0));
    SAY(shutdown(m, 9));
    SAY(send(m, "x", 1, MSG_NOSIGNAL));
    close(k);
    SAY(recv(m, b, 1, 0));
    p.fd = m;
    SAY(poll(&p, 1, 0));
    printf("%x\n", p.revents);
    close(m);
    SAY(shutdown(s2, SHUT_RD));
    SAY(lseek(s, 0, 0));
    /* not blocking */ k = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    v = connect(k, (void *)&a, sizeof a);
    printf("%d\n", v == 0 || errno == EINPROGRESS);
    p.fd = k;
    p.events = POLLOUT;
    SAY(poll(&p, 1, 1000));
    printf("%x\n", p.revents);
    SAY(getsockopt(k, SOL_SOCKET, SO_ERROR, &v, &n));
    printf("%d\n", v);
    SAY(recv(k, b, 1, 0));
    m = accept4(s, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    SAY(fcntl(m, F_GETFD));
    SAY(fcntl(m, F_GETFL) & O_NONBLOCK);
    long sum = 0;
    while ((v = send(k, b, 100, 0)) > 0)
        sum += v;
    printf("%d %d\n", sum > 10000, errno);
    close(m);
    close(k);
    fcntl(s, F_SETFL, O_NONBLOCK);
    SAY(accept(s, NULL, NULL));
    fcntl(s, F_SETFL, 0);
    SAY(accept4(s, NULL, NULL, 1));
    SAY(accept(0, NULL, NULL));
    SAY(accept(99, NULL, NULL));
    if (!fork()) {
        k = socket(AF_INET, SOCK_STREAM, 0);
        connect(k, (void *)&a, sizeof a);
        FILE *f = fdopen(k, "r+");
        for (int i = 0; i < 1000; i++)
            fprintf(f, "line %d\n", i);
        fflush(f);
        shutdown(k, SHUT_WR);
        while (fgets(b, 100, f))
            printf("answer %s", b);
        _exit(0);
    }
    m = accept(s, NULL, NULL);
    FILE *f = fdopen(m, "r+");
    v = 0;
    while (fgets(b, 100, f))
        v++;
    printf("lines %d\n", v);
    write(m, "done\n", 5);
    shutdown(m, SHUT_RDWR);
    fclose(f);
    wait(NULL);
    close(s);
    k = socket(AF_INET, SOCK_STREAM, 0);
    SAY(connect(k, (void *)&a, sizeof a));
    s = socket(AF_INET, SOCK_STREAM, 0);
    SAY(setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one));
    SAY(bind(s, (void *)&a, sizeof a));
    SAY(setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, 1));
    SAY(setsockopt(s, SOL_SOCKET, 9999, &one, 4));
    SAY(getsockopt(s, SOL_SOCKET, 9999, &v, &n));
    SAY(getsockopt(s, 9999, 1, &v, &n));
    SAY(setsockopt(99, 1, 1, &one, 4));
    SAY(setsockopt(0, 1, 1, &one, 4));
    SAY(setsockopt(s, SOL_SOCKET, SO_KEEPALIVE, &one, 4));
    SAY(getsockopt(s, SOL_SOCKET, SO_KEEPALIVE, &v, &n));
    printf("%d\n", v);
    struct linger li = { 1, 5 };
    SAY(setsockopt(s, SOL_SOCKET, SO_LINGER, &li, sizeof li));
    struct linger lo = { 0 };
    n = sizeof lo;
    SAY(getsockopt(s, SOL_SOCKET, SO_LINGER, &lo, &n));
    printf("%d %d\n", lo.l_onoff, lo.l_linger);
    struct timeval tv = { 0, 10000 }, to;
    k = socket(AF_INET, SOCK_DGRAM, 0);
    SAY(setsockopt(k, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv));
    SAY(bind(k, (void *)&(struct sockaddr_in){ AF_INET }, sizeof a));
    SAY(recv(k, b, 1, 0));
    n = sizeof to;
    SAY(getsockopt(k, SOL_SOCKET, SO_RCVTIMEO, &to, &n));
    printf("%d\n", to.tv_usec >= 10000);
    return 0;
}
