/* Mappings: errors, mremap, advice, and what files and forks see. */
#include "say.h"
#include <setjmp.h>
#include <sys/resource.h>
static sigjmp_buf j;
static void bad(int s) { siglongjmp(j, s); }
static int dies(volatile char *p, int w)
{
    int s = sigsetjmp(j, 1);
    if (s)
        return s;
    if (w)
        *p = 1;
    else
        (void)*p;
    return 0;
}
#define P4 4096
int main(void)
{
    BEGIN;
    signal(SIGSEGV, bad);
    signal(SIGBUS, bad);
    int f = open("mf", O_CREAT | O_RDWR | O_TRUNC, 0600), r = open("mf", O_RDONLY),
        w = open("mf", O_WRONLY), p[2];
    pipe(p);
    write(f, "0123456789", 10);
    SAY((long)mmap(0, 0, 3, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    SAY((long)mmap(0, P4, 3, MAP_PRIVATE, 99, 0));
    SAY((long)mmap(0, P4, 3, MAP_PRIVATE, -1, 0));
    SAY((long)mmap(0, P4, 3, MAP_PRIVATE, p[0], 0));
    SAY((long)mmap(0, P4, 3, MAP_SHARED, r, 0));
    OK(mmap(0, P4, 3, MAP_PRIVATE, r, 0));
    SAY((long)mmap(0, P4, 1, MAP_SHARED, w, 0));
    SAY((long)mmap(0, P4, 3, 0, f, 0));
    SAY((long)mmap(0, P4, 3, MAP_ANONYMOUS, -1, 0));
    SAY((long)mmap(0, P4, 3, MAP_SHARED, f, 100));
    SAY((long)mmap((void *)100, P4, 3, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0));
    SAY((long)mmap(0, 1ul << 62, 3, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    SAY((long)mmap(0, P4, 3, MAP_PRIVATE, open(".", 0), 0));
    OK(mmap((void *)100, P4, 3, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    SAY(munmap((void *)1, P4));
    SAY(munmap((void *)P4, 0));
    SAY(munmap((void *)(1ul << 40), P4));
    SAY(mprotect((void *)1, P4, 1));
    SAY(mprotect((void *)(1ul << 40), P4, 1));
    SAY(mprotect((void *)(1ul << 40), 0, 1));
    char *a = mmap(0, 4 * P4, 3, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    SAY(mprotect(a, P4, 99));
    SAY(mprotect(a + P4, P4, 0));
    printf("%d %d %d\n", dies(a, 1), dies(a + P4, 0), dies(a + 2 * P4, 1));
    SAY(munmap(a + 2 * P4, P4));
    printf("%d %d\n", dies(a + 2 * P4, 0), dies(a + 3 * P4, 1));
    SAY(mprotect(a, 4 * P4, 3));
    SAY(msync(a, 4 * P4, MS_SYNC));
    SAY(msync(a + 1, P4, MS_SYNC));
    SAY(msync(a, P4, MS_SYNC | MS_ASYNC));
    SAY(msync(a, P4, 99));
    SAY(madvise(a, P4, 999));
    SAY(madvise(a + 1, P4, MADV_NORMAL));
    a[0] = 5;
    SAY(madvise(a, P4, MADV_DONTNEED));
    printf("%d\n", a[0]);
    SAY(madvise(a, 4 * P4, MADV_WILLNEED));
    char *s = mmap(0, 2 * P4, 3, MAP_SHARED, f, 0), *v = mmap(0, P4, 3, MAP_PRIVATE, f, 0);
    s[0] = 'S';
    v[1] = 'V';
    char b[11] = { 0 };
    pread(f, b, 10, 0);
    puts(b);
    printf("%c\n", v[0]);
    pwrite(f, "W", 1, 2);
    printf("%c\n", s[2]);
    printf("%d %d\n", s[100], dies(s + P4, 0));
    ftruncate(f, 2 * P4);
    printf("%d\n", dies(s + P4, 1));
    ftruncate(f, 0);
    printf("%d\n", dies(s, 0));
    ftruncate(f, 2 * P4);
    printf("%d %d\n", dies(s, 0), s[0]);
    close(f);
    s[1] = 'x';
    printf("%c\n", s[1]);
    char *m = mmap(0, 4 * P4, 3, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memset(m, 'm', 4 * P4);
    SAY((long)mremap((void *)1, P4, P4, 0));
    SAY((long)mremap(m, P4, 0, 0));
    SAY((long)mremap((void *)(1ul << 40), P4, 2 * P4, MREMAP_MAYMOVE));
    SAY((long)mremap(m, P4, P4, 99));
    SAY((long)mremap(m, P4, P4, MREMAP_FIXED, m));
    SAY(mremap(m, 4 * P4, 2 * P4, 0) == m);
    printf("%d\n", dies(m + 2 * P4, 0));
    char *g = mremap(m, 2 * P4, 100 * P4, MREMAP_MAYMOVE);
    printf("%c %c %d\n", g[0], g[2 * P4 - 1], g[2 * P4]);
    char *to = mmap(0, 3 * P4, 3, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    to[0] = 't';
    SAY(mremap(g, 2 * P4, 2 * P4, MREMAP_MAYMOVE | MREMAP_FIXED, to) == to);
    printf("%c %d %d\n", to[0], dies(g, 0), dies(g + 2 * P4, 0));
    SAY((long)mremap(to, P4, P4, MREMAP_MAYMOVE | MREMAP_FIXED, to));
    SAY(mremap(s, 2 * P4, 4 * P4, MREMAP_MAYMOVE) != MAP_FAILED);
    SAY((long)mmap(to, P4, 3, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0));
    SAY(mmap(to + P4, P4, 3, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == to + P4);
    printf("%c %d\n", to[0], to[P4]);
    int *sh = mmap(0, P4, 3, MAP_SHARED | MAP_ANONYMOUS, -1, 0), pr = 1;
    if (!fork()) {
        sh[0] = 42;
        pr = 2;
        a[0] = 9;
        munmap(sh, P4);
        _exit(0);
    }
    wait(NULL);
    printf("%d %d %d\n", sh[0], pr, a[0]);
    unsigned char vec[4];
    a = mmap(0, 4 * P4, 3, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    a[P4] = 1;
    SAY(mincore(a, 4 * P4, vec));
    printf("%d %d\n", vec[0] & 1, vec[1] & 1);
    SAY(mincore(a + 1, P4, vec));
    SAY(mincore((void *)(1ul << 40), P4, vec));
    SAY(mlock(a, P4));
    SAY(munlock(a, P4));
    SAY(mlock((void *)(1ul << 40), P4));
    SAY(mlockall(MCL_CURRENT));
    SAY(mlockall(99));
    SAY(munlockall());
    SAY(brk((void *)1));
    void *br = sbrk(0);
    SAY(sbrk(P4) == br);
    *(char *)br = 1;
    SAY(sbrk(-P4) != (void *)-1);
    SAY(sbrk(0) == br);
    char *gd = mmap(0, 8 * P4, 3,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN | MAP_STACK | MAP_NORESERVE, -1, 0);
    OK(gd);
    OK(mmap(0, P4, 3, MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE | MAP_LOCKED, -1, 0));
    void *x = mmap(0, P4, 7, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memcpy(x, "\xb8\x2a\0\0\0\xc3", 6);
    printf("%d\n", ((int (*)(void))x)());
    mprotect(x, P4, 5);
    printf("%d\n", ((int (*)(void))x)());
    printf("%d\n", dies(x, 1));
    SAY((long)mmap(0, P4, 3, MAP_SHARED_VALIDATE | 0x8000000, r, 0));
    unlink("mf");
    return 0;
}
