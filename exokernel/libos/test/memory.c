/* brk, mmap, mprotect, munmap, mremap and their errors. */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static sigjmp_buf back;
static void caught(int signal, siginfo_t *info, void *context)
{
    (void)context;
    printf("signal %d code %d\n", signal, info->si_code);
    siglongjmp(back, 1);
}

static void touch(volatile char *p, int write)
{
    if (sigsetjmp(back, 1))
        return;
    if (write)
        *p = 1;
    else
        (void)*p;
    printf("%s\n", write ? "written" : "read");
}

int main(void)
{
    struct sigaction a = { .sa_sigaction = caught, .sa_flags = SA_SIGINFO };
    sigaction(SIGSEGV, &a, NULL);
    char *p = mmap(NULL, 16 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    printf("%d\n", p != MAP_FAILED && p[5000] == 0);
    memset(p, 7, 16 * 4096);
    printf("mprotect %d\n", mprotect(p + 4096, 4096, PROT_READ));
    touch(p + 4096, 0);
    touch(p + 4096, 1);
    touch(p, 1);
    printf("mprotect %d\n", mprotect(p + 4096, 4096, PROT_NONE));
    touch(p + 4096, 0);
    printf("mprotect %d\n", mprotect(p, 3 * 4096, PROT_READ | PROT_WRITE));
    touch(p + 4096, 1);
    printf("%d %d %d\n", p[0], p[4096], p[8192]);
    printf("munmap %d\n", munmap(p + 8192, 4096));
    touch(p + 8192, 0);
    touch(p + 3 * 4096, 1);
    errno = 0;
    int result = munmap(p + 1, 4096);
    printf("munmap bad %d %d\n", result, errno);
    errno = 0;
    result = mmap(NULL, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED;
    printf("mmap bad %d %d\n", result, errno);
    result = mprotect(p + 8192, 4096, PROT_READ);
    printf("mprotect bad %d %d\n", result, errno);
    result = mprotect(p + 1, 4096, PROT_READ);
    printf("mprotect bad %d %d\n", result, errno);
    char *q = mremap(p, 8192, 64 * 4096, MREMAP_MAYMOVE);
    printf("mremap %d %d %d\n", q != MAP_FAILED, q[4096], q[63 * 4096]);
    char *before = sbrk(0);
    printf("sbrk %d\n", sbrk(100000) == before);
    before[99999] = 3;
    printf("%d\n", before[99999]);
    char *big[20];
    for (int i = 0; i < 20; i++) {
        big[i] = malloc(100000 * (i + 1));
        memset(big[i], i, 100000 * (i + 1));
    }
    long sum = 0;
    for (int i = 0; i < 20; i++) {
        sum += big[i][100000 * i];
        free(big[i]);
    }
    printf("%ld\n", sum);
    printf("madvise %d %d\n", madvise(q, 4096, MADV_DONTNEED), q[0]);
    touch((char *)8, 0);
    return 0;
}
