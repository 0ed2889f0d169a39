/* Message queues of POSIX: priorities, limits, waiting, telling of a message, wrong arguments. */
#include "say.h"
#include <mqueue.h>
#include <poll.h>
#include <time.h>

static void told(int signal, siginfo_t *i, void *c)
{
    printf("signal %d code %d value %d\n", signal, i->si_code, i->si_value.sival_int);
}

static void nothing(int signal) {}

int main(void)
{
    struct mq_attr a = { .mq_maxmsg = 4, .mq_msgsize = 20 }, is;
    char b[10000] = { 0 };
    unsigned priority;
    struct timespec past = { 1, 0 }, bad = { 0, -1 };
    struct sigaction action = { .sa_sigaction = told, .sa_flags = SA_SIGINFO };
    struct sigevent e = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1 };

    BEGIN;
    mq_unlink("/fq");
    mq_unlink("/fd");
    SAY(mq_open("/fq", O_RDWR));
    SAY(mq_open("none", O_RDWR));
    SAY(mq_open("/a/b", O_RDWR | O_CREAT, 0600, NULL));
    SAY(mq_unlink("/fq"));
    const mqd_t q = mq_open("/fq", O_RDWR | O_CREAT | O_EXCL, 0600, &a);
    printf("%d\n", q >= 0);
    SAY(mq_open("/fq", O_RDWR | O_CREAT | O_EXCL, 0600, &a));
    a.mq_maxmsg = 0;
    SAY(mq_open("/fr", O_RDWR | O_CREAT, 0600, &a));
    a.mq_maxmsg = 1, a.mq_msgsize = -1;
    SAY(mq_open("/fr", O_RDWR | O_CREAT, 0600, &a));
    SAY(mq_getattr(q, &is));
    printf("%ld %ld %ld %ld\n", is.mq_flags, is.mq_maxmsg, is.mq_msgsize, is.mq_curmsgs);
    SAY(mq_send(q, "low", 3, 1));
    SAY(mq_send(q, "high", 4, 9));
    SAY(mq_send(q, "low2", 4, 1));
    SAY(mq_send(q, "", 0, 0));
    SAY(mq_timedsend(q, "x", 1, 0, &past));
    SAY(mq_timedsend(q, "x", 1, 0, &bad));
    SAY(mq_send(q, b, 21, 0));
    SAY(mq_send(q, "x", 1, 32768));
    SAY(mq_send(99, "x", 1, 0));
    SAY(mq_send(0, "x", 1, 0));
    SAY(mq_getattr(q, &is));
    printf("%ld\n", is.mq_curmsgs);
    struct pollfd p = { q, POLLIN | POLLOUT };
    SAY(poll(&p, 1, 0));
    printf("%x\n", p.revents);
    SAY(mq_receive(q, b, 19, NULL));
    SAY(mq_receive(q, b, 20, &priority));
    printf("%s %u\n", b, priority);
    SAY(mq_receive(q, b, 20, &priority));
    printf("%.3s %u\n", b, priority);
    SAY(mq_receive(q, b, 20, &priority));
    printf("%.4s %u\n", b, priority);
    SAY(mq_receive(q, b, 20, &priority));
    printf("%u\n", priority);
    SAY(mq_timedreceive(q, b, 20, NULL, &past));
    SAY(mq_timedreceive(q, b, 20, NULL, &bad));
    SAY(poll(&p, 1, 0));
    printf("%x\n", p.revents);
    is.mq_flags = O_NONBLOCK;
    SAY(mq_setattr(q, &is, NULL));
    SAY(mq_receive(q, b, 20, NULL));
    is.mq_flags = 1;
    SAY(mq_setattr(q, &is, NULL));
    is.mq_flags = 0;
    SAY(mq_setattr(q, &is, &is));
    printf("%d\n", is.mq_flags == O_NONBLOCK);
    const mqd_t reader = mq_open("/fq", O_RDONLY), writer = mq_open("/fq", O_WRONLY);
    SAY(mq_send(reader, "x", 1, 0));
    SAY(mq_receive(writer, b, 20, NULL));
    if (!fork()) {
        usleep(2000);
        mq_send(q, "from the child", 14, 3);
        _exit(0);
    }
    SAY(mq_receive(q, b, 20, &priority));
    printf("%.14s\n", b);
    wait(NULL);
    sigaction(SIGUSR1, &action, NULL);
    e.sigev_value.sival_int = 77;
    SAY(mq_notify(q, &e));
    SAY(mq_notify(q, &e));
    SAY(mq_send(q, "one", 3, 0));
    SAY(mq_send(q, "two", 3, 0));
    SAY(mq_notify(q, &e));
    SAY(mq_notify(q, NULL));
    e.sigev_signo = 99;
    SAY(mq_notify(q, &e));
    SAY(mq_notify(99, NULL));
    SAY(mq_receive(q, b, 20, NULL));
    SAY(mq_receive(q, b, 20, NULL));
    struct sigaction alarm_action = { .sa_handler = nothing };
    sigaction(SIGALRM, &alarm_action, NULL);
    ualarm(5000, 0);
    SAY(mq_receive(q, b, 20, NULL));
    SAY(mq_unlink("/fq"));
    SAY(mq_open("/fq", O_RDWR));
    SAY(mq_send(q, "still", 5, 0));
    SAY(mq_close(q));
    SAY(mq_close(q));
    const mqd_t d = mq_open("/fd", O_RDWR | O_CREAT, 0600, NULL);
    SAY(mq_send(d, b, 8192, 0));
    SAY(mq_send(d, b, 8193, 0));
    SAY(mq_receive(d, b, 8191, NULL));
    SAY(mq_receive(d, b, 8192, NULL));
    SAY(mq_unlink("/fd"));
    return 0;
}
