/* AF_UNIX: descriptors of each kind in messages, who sent them, and what is lost. */
#include "say.h"
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/un.h>

static char control[4096];
static struct msghdr m;
static char text[100];

static struct msghdr *message(const char *bytes, size_t n, size_t room)
{
    static struct iovec v;

    v.iov_base = (void *)(bytes ? bytes : text), v.iov_len = n;
    m = (struct msghdr){ .msg_iov = &v, .msg_iovlen = 1, .msg_control = control };
    m.msg_controllen = room;
    if (!room)
        m.msg_control = NULL;
    return &m;
}

static void put(int type, const void *data, size_t n)
{
    struct cmsghdr *h = (struct cmsghdr *)control;

    h->cmsg_level = SOL_SOCKET, h->cmsg_type = type, h->cmsg_len = CMSG_LEN(n);
    memcpy(CMSG_DATA(h), data, n);
}

static void send_fds(int s, const int *fds, int n)
{
    put(SCM_RIGHTS, fds, n * sizeof *fds);
    message("x", 1, CMSG_SPACE(n * sizeof *fds));
    SAY(sendmsg(s, &m, 0));
}

/* Receive, print what came, and return the first descriptor. */
static int take(int s, size_t n, size_t room, int flags)
{
    int first = -1;

    memset(control, 0, sizeof control);
    memset(text, 0, sizeof text);
    SAY(recvmsg(s, message(NULL, n, room), flags));
    printf("text %s flags %x control %d\n", text, m.msg_flags, (int)m.msg_controllen);
    for (struct cmsghdr *h = CMSG_FIRSTHDR(&m); h; h = CMSG_NXTHDR(&m, h)) {
        printf("  level %d type %d length %d\n", h->cmsg_level, h->cmsg_type, (int)h->cmsg_len);
        if (h->cmsg_type == SCM_CREDENTIALS) {
            struct ucred u;
            memcpy(&u, CMSG_DATA(h), sizeof u);
            printf("  me %d user %d\n", u.pid == getpid(), u.uid == geteuid());
        } else {
            memcpy(&first, CMSG_DATA(h), sizeof first);
        }
    }
    return first;
}

static void each_kind(int type)
{
    int s[2], p[2], q[2], f;
    uint64_t v = 5;

    printf("type %d\n", type);
    SAY(socketpair(AF_UNIX, type, 0, s));
    pipe(p);
    send_fds(s[0], p, 2);
    f = take(s[1], 10, sizeof control, 0);
    write(p[1], "pipe", 4);
    SAY(read(f, text, 10));
    int e = eventfd(3, EFD_SEMAPHORE);
    send_fds(s[0], &e, 1);
    f = take(s[1], 10, sizeof control, 0);
    SAY(read(f, &v, 8));
    printf("%d\n", (int)v);
    int t = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    send_fds(s[0], &t, 1);
    f = take(s[1], 10, sizeof control, 0);
    SAY(read(f, &v, 8));
    int file = open("ur", O_CREAT | O_RDWR, 0600);
    write(file, "0123456789", 10);
    lseek(file, 4, SEEK_SET);
    send_fds(s[0], &file, 1);
    f = take(s[1], 10, sizeof control, 0);
    SAY(read(f, text, 3));
    SAY(lseek(file, 0, SEEK_CUR));
    int null = open("/dev/null", O_RDWR), folder = open(".", O_RDONLY);
    send_fds(s[0], &null, 1);
    f = take(s[1], 10, sizeof control, MSG_CMSG_CLOEXEC);
    SAY(fcntl(f, F_GETFD));
    SAY(write(f, "abc", 3));
    send_fds(s[0], &folder, 1);
    f = take(s[1], 10, sizeof control, 0);
    SAY(openat(f, "ur", O_RDONLY) >= 0);
    socketpair(AF_UNIX, SOCK_STREAM, 0, q);
    send_fds(s[0], &q[0], 1);
    f = take(s[1], 10, sizeof control, 0);
    SAY(write(f, "through", 7));
    SAY(read(q[1], text, 10));
    close(q[0]);
    struct pollfd wait = { q[1], POLLIN };
    SAY(poll(&wait, 1, 0));
    close(f);
    SAY(poll(&wait, 1, 0));
    printf("%x\n", wait.revents);
    send_fds(s[0], p, 2);
    take(s[1], 10, CMSG_SPACE(4) - 4, 0);
    send_fds(s[0], p, 2);
    take(s[1], 10, 0, 0);
    send_fds(s[0], p, 1);
    SAY(read(s[1], text, 10));
    send_fds(s[0], p, 1);
    close(take(s[1], 10, sizeof control, MSG_PEEK));
    close(take(s[1], 10, sizeof control, 0));
    SAY(recv(s[1], text, 10, MSG_DONTWAIT));
    close(s[0]);
    close(s[1]);
    unlink("ur");
}

static void errors(void)
{
    int s[2], bad = 99, good[300];
    struct ucred u = { getpid(), geteuid(), getegid() };

    SAY(socketpair(AF_UNIX, SOCK_STREAM, 0, s));
    for (int i = 0; i < 300; i++)
        good[i] = 1;
    send_fds(s[0], &bad, 1);
    bad = -1;
    send_fds(s[0], &bad, 1);
    send_fds(s[0], good, 254);
    put(SCM_RIGHTS, good, 4);
    SAY(sendmsg(s[0], message("x", 1, 8), 0));
    ((struct cmsghdr *)control)->cmsg_len = 5;
    SAY(sendmsg(s[0], message("x", 1, CMSG_SPACE(4)), 0));
    put(77, good, 4);
    SAY(sendmsg(s[0], message("x", 1, CMSG_SPACE(4)), 0));
    put(SCM_CREDENTIALS, &u, 4);
    SAY(sendmsg(s[0], message("x", 1, CMSG_SPACE(4)), 0));
    m.msg_control = (void *)8;
    m.msg_controllen = 100;
    SAY(sendmsg(s[0], &m, 0));
    SAY(sendmsg(s[0], (void *)8, 0));
    SAY(recvmsg(s[0], (void *)8, 0));
    SAY(sendmsg(99, &m, 0));
    SAY(recvmsg(0, &m, 0));
    SAY(recv(s[1], text, 10, MSG_DONTWAIT));
    close(s[0]);
    close(s[1]);
}

static void credentials(int type)
{
    int s[2], one = 1, v = 9;
    socklen_t n = sizeof v;
    struct ucred u = { getpid(), geteuid(), getegid() };

    printf("credentials %d\n", type);
    socketpair(AF_UNIX, type, 0, s);
    SAY(getsockopt(s[1], SOL_SOCKET, SO_PASSCRED, &v, &n));
    printf("%d\n", v);
    SAY(setsockopt(s[1], SOL_SOCKET, SO_PASSCRED, &one, sizeof one));
    SAY(send(s[0], "plain", 5, 0));
    take(s[1], 10, sizeof control, 0);
    put(SCM_CREDENTIALS, &u, sizeof u);
    SAY(sendmsg(s[0], message("told", 4, CMSG_SPACE(sizeof u)), 0));
    take(s[1], 10, sizeof control, 0);
    SAY(send(s[0], "short", 5, 0));
    take(s[1], 10, 20, 0);
    if (!fork()) {
        send(s[0], "child", 5, 0);
        _exit(0);
    }
    wait(NULL);
    take(s[1], 10, sizeof control, 0);
    close(s[0]);
    close(s[1]);
}

int main(void)
{
    BEGIN;
    signal(SIGPIPE, SIG_IGN);
    each_kind(SOCK_STREAM);
    each_kind(SOCK_DGRAM);
    each_kind(SOCK_SEQPACKET);
    errors();
    credentials(SOCK_STREAM);
    credentials(SOCK_DGRAM);
    credentials(SOCK_SEQPACKET);
    return 0;
}
