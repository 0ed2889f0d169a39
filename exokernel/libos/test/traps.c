/* Traps, and pointers into the places that the system keeps for itself. */
#include "say.h"

static void told(int signal, siginfo_t *i, void *c)
{
    printf("signal %d code %d\n", signal, i->si_code);
}

static void ended(void)
{
    int status;

    wait(&status);
    printf("ended %x\n", status & 0x7f);
}

int main(void)
{
    struct sigaction a = { .sa_sigaction = told, .sa_flags = SA_SIGINFO };
    static const unsigned long kept[] = { 0x70001000, 0x70010000, 0x70020000, 0x7002ff00,
                                          0x70040000, 0x70060000, 0x70200000, 0x77000000 };
    int p[2];

    BEGIN;
    sigaction(SIGTRAP, &a, NULL);
    __asm__ volatile("int3");
    puts("after int3");
    __asm__ volatile(".byte 0xcd, 3");
    puts("after int 3");
    if (!fork()) {
        signal(SIGTRAP, SIG_DFL);
        __asm__ volatile("int3");
        _exit(0);
    }
    ended();
    if (!fork()) {
        __asm__ volatile("int $5");
        _exit(0);
    }
    ended();
    pipe(p);
    const int z = open("/dev/zero", O_RDONLY), f = open("kept", O_CREAT | O_RDWR, 0600);
    write(f, kept, sizeof kept);
    for (int i = 0; i < 8; i++) {
        void *at = (void *)kept[i];
        printf("%d\n", i);
        SAY(syscall(SYS_read, z, at, 64));
        SAY(syscall(SYS_pread64, f, at, 64, 0));
        SAY(syscall(SYS_pread64, f, at, 8, 0));
        write(p[1], "12345678", 8);
        SAY(syscall(SYS_read, p[0], at, 8));
        read(p[0], (char[8]){ 0 }, 8);
        SAY(syscall(SYS_uname, at));
        SAY(syscall(SYS_fstat, f, at));
        SAY(syscall(SYS_pipe, at));
        SAY(syscall(SYS_getcwd, at, 64));
        SAY(syscall(SYS_clock_gettime, 0, at));
        SAY(syscall(SYS_rt_sigprocmask, 0, NULL, at, 8));
        SAY(syscall(SYS_getrandom, at, 16, 0));
        SAY(syscall(SYS_futex, at, 6 | 128, 0, NULL, NULL, 0));
    }
    unlink("kept");
    for (int i = 0; i < 8; i++) {
        if (!fork()) {
            signal(SIGUSR1, (void (*)(int))kept[i]);
            raise(SIGUSR1);
            _exit(0);
        }
        ended();
    }
    return 0;
}
