/* Random calls with hostile arguments, from children; a neighbour goes on undisturbed.
 *
 *   random CHILDREN CALLS */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static uint64_t state;

static uint64_t next(void)
{
    state += 0x9e3779b97f4a7c15u;
    uint64_t x = state;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

static char memory[8192];

static uint64_t argument(void)
{
    static const uint64_t odd[] = { 0,
                                    1,
                                    2,
                                    3,
                                    8,
                                    4096,
                                    0x10,
                                    0x7f,
                                    1ul << 31,
                                    1ul << 32,
                                    1ul << 47,
                                    1ul << 63,
                                    -1ul,
                                    -2ul,
                                    -4096ul,
                                    0x70001000,
                                    0x70020000,
                                    0x200000,
                                    0xffff800000000000 };
    switch (next() % 4) {
    case 0:
        return odd[next() % (sizeof odd / sizeof *odd)];
    case 1:
        return next() % 64;
    case 2:
        return (uint64_t)memory + next() % sizeof memory;
    default:
        return next() >> next() % 64;
    }
}

/* Calls that would end the child, wait for ever, or signal others. */
static int left_out(uint64_t n)
{
    static const int numbers[] = {
        SYS_exit,         SYS_exit_group,  SYS_pause,           SYS_kill,     SYS_rt_sigsuspend,
        SYS_rt_sigreturn, SYS_nanosleep,   SYS_clock_nanosleep, SYS_tkill,    SYS_tgkill,
        SYS_poll,         SYS_ppoll,       SYS_select,          SYS_pselect6, SYS_rt_sigtimedwait,
        SYS_fork,         SYS_vfork,       SYS_clone,           SYS_clone3,   SYS_futex,
        SYS_epoll_wait,   SYS_epoll_pwait, SYS_write,           SYS_writev,   SYS_pwrite64,
        SYS_pwritev,      SYS_sendfile
    };
    for (unsigned i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (n == (uint64_t)numbers[i])
            return 1;
    return 0;
}

static void attack(uint64_t seed, long calls)
{
    static const char *const names[] = { "/tmp/a", "/", "..", "/dev/null", "x/y/z", "/tmp/a/" };

    state = seed;
    for (long i = 0; i < calls; i++) {
        uint64_t n = next() % 8 ? next() % 460 : next();
        if (left_out(n) || n & 0x10000)
            continue;
        if (next() % 4 == 0)
            strcpy(memory + next() % 100 * 64, names[next() % 6]);
        syscall((long)n, argument(), argument(), argument(), argument(), argument(), argument());
    }
    /* Then the calls of the kernel itself, which every program here can make. */
    for (long i = 0; i < calls / 4; i++) {
        const uint64_t n = next() % 96;
        if (n == 64 || n == 37 || n == 22 || n == 23) /* end or wait */
            continue;
        syscall((long)(n | 0x10000), argument(), argument(), argument(), argument(), argument(),
                argument());
    }
    _exit(0);
}

int main(int argc, char **argv)
{
    const int children = argc > 1 ? atoi(argv[1]) : 4;
    const long calls = argc > 2 ? atol(argv[2]) : 1000;
    const int f = open("/tmp/mine", O_RDWR | O_CREAT, 0600);
    char back[4] = { 0 };
    int status, to[2], from[2];

    pipe(to);
    pipe(from);
    const pid_t neighbour = fork();
    if (!neighbour) {
        close(to[1]);
        close(from[0]);
        for (char c; read(to[0], &c, 1) == 1;) {
            lseek(f, 0, SEEK_SET);
            write(f, &c, 1);
            write(from[1], &c, 1);
        }
        _exit(3);
    }
    close(to[0]);
    close(from[1]);
    int disturbed = 0;
    for (int i = 0; i < children; i++) {
        const pid_t child = fork();
        if (!child) {
            for (int d = 0; d < 32; d++)
                close(d);
            setsid();
            attack((uint64_t)i + 1, calls);
        }
        const char c = (char)('a' + i % 26);
        disturbed += write(to[1], &c, 1) != 1 || read(from[0], back, 1) != 1 || back[0] != c;
        for (int waited = 0; waitpid(child, &status, WNOHANG) == 0; waited++) {
            if (waited == 50) /* it may wait for what never comes */
                kill(child, SIGKILL);
            usleep(1000);
        }
        disturbed += write(to[1], &c, 1) != 1 || read(from[0], back, 1) != 1 || back[0] != c;
        disturbed += pread(f, back, 1, 0) != 1 || back[0] != c;
    }
    close(to[1]);
    waitpid(neighbour, &status, 0);
    printf("disturbed %d, neighbour %d\n", disturbed, WEXITSTATUS(status));
    return 0;
}
