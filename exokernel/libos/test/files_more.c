/* Files: append, holes, shared offsets, times, statx, attributes, watches. */
#include "say.h"
#include <sys/inotify.h>
#include <sys/sysmacros.h>
#include <sys/time.h>
#include <sys/xattr.h>
#include <utime.h>
#define NEWER(a, b)                                                                                \
    ((a).tv_sec > (b).tv_sec || ((a).tv_sec == (b).tv_sec && (a).tv_nsec > (b).tv_nsec))
int main(void)
{
    char b[9000] = { 0 };
    struct stat s, t;
    struct statx x;
    BEGIN;
    int f = open("fm", O_CREAT | O_RDWR | O_TRUNC, 0644), a = open("fm", O_WRONLY | O_APPEND);
    SAY(write(f, "12345", 5));
    SAY(write(a, "app", 3));
    SAY(lseek(a, 0, SEEK_CUR));
    SAY(pwrite(a, "P", 1, 0));
    fstat(f, &s);
    printf("%d\n", (int)s.st_size);
    SAY(lseek(f, 100000, SEEK_SET));
    SAY(write(f, "end", 3));
    fstat(f, &s);
    printf("%d\n", (int)s.st_size);
    SAY(pread(f, b, 10, 50000));
    printf("%d\n", b[5]);
    if (!fork()) {
        lseek(f, 7, SEEK_SET);
        _exit(0);
    }
    wait(NULL);
    SAY(lseek(f, 0, SEEK_CUR));
    int d = dup(f);
    lseek(d, 3, SEEK_SET);
    SAY(lseek(f, 0, SEEK_CUR));
    SAY(unlink("fm"));
    fstat(f, &s);
    printf("%d\n", (int)s.st_nlink);
    SAY(pread(f, b, 3, 0));
    SAY(ftruncate(f, 3));
    SAY(read(f, b, 10));
    f = open("fm", O_CREAT | O_RDWR, 0644);
    fstat(f, &s);
    usleep(20000);
    read(f, b, 1);
    write(f, "x", 1);
    fstat(f, &t);
    printf("%d %d\n", NEWER(t.st_mtim, s.st_mtim), NEWER(t.st_ctim, s.st_ctim));
    s = t;
    usleep(20000);
    fchmod(f, 0600);
    fstat(f, &t);
    printf("%d %d\n", NEWER(t.st_mtim, s.st_mtim), NEWER(t.st_ctim, s.st_ctim));
    SAY(utime("fm", &(struct utimbuf){ 100, 200 }));
    stat("fm", &s);
    printf("%ld %ld\n", s.st_atime, s.st_mtime);
    SAY(utimes("fm", (struct timeval[2]){ { 5, 6 }, { 7, 8 } }));
    stat("fm", &s);
    printf("%ld %ld\n", s.st_atim.tv_nsec, s.st_mtim.tv_nsec);
    SAY(utimes("fm", (struct timeval[2]){ { 5, -6 }, { 7, 8 } }));
    SAY(futimens(f, NULL));
    SAY(futimens(99, NULL));
    SAY(utime("none", NULL));
    SAY(futimesat(AT_FDCWD, "fm", NULL));
    SAY(statx(AT_FDCWD, "fm", 0, STATX_BASIC_STATS, &x));
    printf("%o %d %d\n", x.stx_mode, (int)x.stx_size, x.stx_nlink);
    SAY(statx(AT_FDCWD, "none", 0, STATX_ALL, &x));
    SAY(statx(f, "", AT_EMPTY_PATH, STATX_SIZE, &x));
    SAY(statx(AT_FDCWD, "fm", 0x800000, STATX_SIZE, &x));
    SAY(statx(AT_FDCWD, "fm", 0, STATX_SIZE, (void *)8));
    SAY(fchmod(f, 07777));
    stat("fm", &s);
    printf("%o\n", s.st_mode);
    SAY(rename("fm", "fm2"));
    SAY(link("fm2", "fm3"));
    SAY(stat("fm3", &s));
    printf("%d\n", (int)s.st_nlink);
    struct stat q;
    stat("fm2", &q);
    printf("%d %d\n", q.st_ino == s.st_ino, q.st_dev == s.st_dev);
    for (int i = 0; i < 9000; i++)
        b[i] = i;
    SAY(pwrite(f, b, 9000, 1));
    char c[9000];
    SAY(pread(f, c, 9000, 1));
    printf("%d\n", memcmp(b, c, 9000));
    SAY(fcntl(f, F_GETLEASE));
    SAY(fcntl(f, F_GET_SEALS));
    int od = open("fm2", O_RDWR | O_DSYNC | O_NOATIME);
    SAY(fcntl(od, F_GETFL) & (O_DSYNC | O_NOATIME));
    unlink("fm2");
    unlink("fm3");
    int df = open(".", O_RDONLY | O_DIRECTORY);
    SAY(faccessat(df, "none", F_OK, 0));
    SAY(mkdirat(df, "fd", 0700));
    SAY(symlinkat("t", df, "fl"));
    SAY(readlinkat(df, "fl", b, 10));
    SAY(unlinkat(df, "fl", 0));
    SAY(unlinkat(df, "fd", AT_REMOVEDIR));
    SAY(renameat(df, "none", df, "x"));
    FILE *h = fopen("fh", "w+");
    fprintf(h, "line\nmore\n");
    rewind(h);
    fgets(b, 10, h);
    printf("%s", b);
    fseek(h, -3, SEEK_END);
    SAY(fgetc(h));
    SAY(ftell(h));
    fclose(h);
    SAY(truncate("fh", 2));
    h = fopen("fh", "a+");
    SAY(fputs("zz", h));
    fclose(h);
    stat("fh", &s);
    printf("%d\n", (int)s.st_size);
    unlink("fh");
    return 0;
}
