/* Record locks and flock between processes. */
#include "say.h"
#include <sys/file.h>
static void nothing(int s) {}
static int lock(int f, int cmd, int type, long from, long n)
{
    struct flock l = { type, SEEK_SET, from, n };
    return fcntl(f, cmd, &l);
}
static void ask(int f, int type, long from, long n)
{
    struct flock l = { type, SEEK_SET, from, n, 0 };
    int r = fcntl(f, F_GETLK, &l);
    printf("getlk %d: type %d start %ld len %ld parent %d\n", r, l.l_type, (long)l.l_start,
           (long)l.l_len, l.l_pid == getppid());
}
#define CHILD(x)                                                                                   \
    do {                                                                                           \
        if (!fork()) {                                                                             \
            x;                                                                                     \
            _exit(0);                                                                              \
        }                                                                                          \
        wait(NULL);                                                                                \
    } while (0)
int main(void)
{
    BEGIN;
    int f = open("lk", O_CREAT | O_RDWR, 0600), r = open("lk", O_RDONLY), w = open("lk", O_WRONLY);
    SAY(lock(f, F_SETLK, F_WRLCK, 10, 10));
    CHILD(ask(f, F_RDLCK, 0, 0); ask(f, F_RDLCK, 0, 10); SAY(lock(f, F_SETLK, F_RDLCK, 15, 1));
          SAY(lock(f, F_SETLK, F_RDLCK, 20, 5)));
    SAY(lock(f, F_SETLK, F_UNLCK, 12, 3));
    CHILD(ask(f, F_WRLCK, 11, 0); ask(f, F_WRLCK, 12, 3); ask(f, F_WRLCK, 13, 0));
    SAY(lock(f, F_SETLK, F_RDLCK, 0, 0));
    CHILD(SAY(lock(f, F_SETLK, F_RDLCK, 5, 5)); SAY(lock(f, F_SETLK, F_WRLCK, 5, 5));
          ask(f, F_WRLCK, 1, 1));
    SAY(lock(f, 99, F_RDLCK, 0, 0));
    SAY(lock(f, F_SETLK, 99, 0, 0));
    SAY(lock(r, F_SETLK, F_WRLCK, 0, 0));
    SAY(lock(w, F_SETLK, F_RDLCK, 0, 0));
    SAY(lock(99, F_SETLK, F_RDLCK, 0, 0));
    SAY(lock(f, F_SETLK, F_WRLCK, -5, 1));
    SAY(lock(f, F_SETLK, F_WRLCK, 5, -5));
    SAY(fcntl(f, F_SETLK, 8));
    SAY(fcntl(f, F_GETLK, 8));
    struct flock z = { F_UNLCK };
    SAY(fcntl(f, F_GETLK, &z));
    close(r);
    CHILD(SAY(lock(f, F_SETLK, F_WRLCK, 0, 0)));
    SAY(lock(f, F_SETLK, F_WRLCK, 0, 1));
    int c = fork();
    if (!c) {
        SAY(lock(f, F_SETLKW, F_WRLCK, 0, 1));
        printf("child got it\n");
        _exit(0);
    }
    usleep(20000);
    printf("release\n");
    lock(f, F_SETLK, F_UNLCK, 0, 1);
    wait(NULL);
    SAY(lock(f, F_SETLK, F_WRLCK, 0, 1));
    c = fork();
    if (!c) {
        signal(SIGALRM, nothing);
        struct sigaction a = { .sa_handler = nothing };
        sigaction(SIGALRM, &a, NULL);
        ualarm(10000, 0);
        SAY(lock(f, F_SETLKW, F_WRLCK, 0, 1));
        _exit(0);
    }
    wait(NULL);
    SAY(lockf(f, F_TEST, 1));
    SAY(lockf(f, F_ULOCK, 0));
    int g = open("lk", O_RDWR);
    SAY(flock(f, LOCK_EX));
    SAY(flock(g, LOCK_EX | LOCK_NB));
    SAY(flock(g, LOCK_SH | LOCK_NB));
    SAY(flock(f, LOCK_SH));
    SAY(flock(g, LOCK_SH | LOCK_NB));
    SAY(flock(f, LOCK_EX | LOCK_NB));
    CHILD(SAY(flock(f, LOCK_UN)));
    SAY(flock(g, LOCK_EX | LOCK_NB));
    close(g);
    SAY(flock(f, LOCK_EX | LOCK_NB));
    c = fork();
    if (!c) {
        int h = open("lk", O_RDWR);
        SAY(flock(h, LOCK_EX));
        printf("flocked\n");
        _exit(0);
    }
    usleep(10000);
    printf("unlock\n");
    flock(f, LOCK_UN);
    wait(NULL);
    SAY(lock(f, F_OFD_SETLK, F_WRLCK, 0, 10));
    g = open("lk", O_RDWR);
    SAY(lock(g, F_OFD_SETLK, F_WRLCK, 5, 10));
    SAY(lock(g, F_OFD_SETLK, F_WRLCK, 10, 10));
    SAY(lock(f, F_OFD_SETLK, F_UNLCK, 0, 0));
    SAY(lock(g, F_OFD_SETLK, F_WRLCK, 0, 10));
    unlink("lk");
    return 0;
}
