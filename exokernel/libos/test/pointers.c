/* A pointer to nowhere is EFAULT. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define BAD ((void *)0x10)
#define HIGH ((void *)0xffff800000000000)
#define ODD ((void *)0x8000000000000000)
#define SAY(what)                                                                                  \
    do {                                                                                           \
        errno = 0;                                                                                 \
        const long result = (long)(what);                                                          \
        printf("%s = %ld, errno %d\n", #what, result, errno);                                      \
    } while (0)

int main(void)
{
    int f = open("f", O_RDWR | O_CREAT, 0600);
    void *bad[] = { BAD, HIGH, ODD, NULL };

    write(f, "0123456789012345678901234567890123456789", 40);
    for (int i = 0; i < 4; i++) {
        void *p = bad[i];
        SAY(syscall(SYS_open, p, 0));
        SAY(syscall(SYS_stat, p, p));
        SAY(syscall(SYS_stat, "f", p));
        SAY(syscall(SYS_fstat, f, p));
        SAY(syscall(SYS_pread64, f, p, 40, 0));
        SAY(syscall(SYS_pread64, f, p, 8, 0));
        SAY(syscall(SYS_pwrite64, f, p, 8, 0));
        SAY(syscall(SYS_readv, f, p, 1));
        SAY(syscall(SYS_uname, p));
        SAY(syscall(SYS_clock_gettime, 0, p));
        SAY(syscall(SYS_rt_sigaction, SIGUSR1, p, NULL, 8) && p);
        SAY(syscall(SYS_rt_sigprocmask, 0, p, NULL, 8) && p);
        SAY(syscall(SYS_getcwd, p, 4096) && p);
        SAY(syscall(SYS_readlink, p, p, 10));
        SAY(syscall(SYS_mkdir, p, 0));
        SAY(syscall(SYS_rename, "f", p));
        SAY(syscall(SYS_nanosleep, p, NULL));
    }
    unlink("f");
    return 0;
}
