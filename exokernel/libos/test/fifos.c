/* Named pipes; pipes at their limits; splice and its relatives. */
#include "say.h"
#include <poll.h>
#include <sys/uio.h>
int main(void)
{
    char b[5000] = { 0 };
    struct stat s;
    int p[2];
    BEGIN;
    signal(SIGPIPE, SIG_IGN);
    SAY(mkfifo("ff", 0640));
    SAY(mkfifo("ff", 0640));
    SAY(stat("ff", &s));
    printf("%o\n", s.st_mode);
    SAY(open("ff", O_WRONLY | O_NONBLOCK));
    int r = open("ff", O_RDONLY | O_NONBLOCK);
    printf("%d\n", r >= 0);
    SAY(read(r, b, 10));
    int w = open("ff", O_WRONLY | O_NONBLOCK);
    printf("%d\n", w >= 0);
    SAY(read(r, b, 10));
    SAY(write(w, "fifo", 4));
    SAY(read(r, b, 10));
    SAY(fstat(r, &s));
    printf("%o %d\n", s.st_mode, S_ISFIFO(s.st_mode));
    SAY(lseek(r, 0, 0));
    close(w);
    SAY(read(r, b, 10));
    struct pollfd pf = { r, POLLIN, 0 };
    SAY(poll(&pf, 1, 0));
    printf("%x\n", pf.revents);
    close(r);
    if (!fork()) {
        int o = open("ff", O_WRONLY);
        write(o, "child", 5);
        close(o);
        _exit(0);
    }
    r = open("ff", O_RDONLY);
    SAY(read(r, b, 10));
    wait(NULL);
    SAY(read(r, b, 10));
    close(r);
    int rw = open("ff", O_RDWR);
    SAY(write(rw, "self", 4));
    SAY(read(rw, b, 10));
    close(rw);
    if (!fork()) {
        int o = open("ff", O_RDONLY);
        int n = read(o, b, 10);
        printf("read %d\n", n);
        _exit(0);
    }
    w = open("ff", O_WRONLY);
    write(w, "xyz", 3);
    close(w);
    wait(NULL);
    SAY(unlink("ff"));
    pipe2(p, O_NONBLOCK);
    long n = 0;
    while ((r = write(p[1], b, 4096)) > 0)
        n += r;
    printf("%ld %d\n", n, errno);
    SAY(write(p[1], b, 1));
    pf = (struct pollfd){ p[1], POLLOUT, 0 };
    SAY(poll(&pf, 1, 0));
    SAY(read(p[0], b, 100));
    SAY(write(p[1], b, 4096));
    SAY(poll(&pf, 1, 0));
    SAY(read(p[0], b, 4096));
    SAY(poll(&pf, 1, 0));
    SAY(write(p[1], b, 4096));
    close(p[0]);
    SAY(write(p[1], b, 1));
    SAY(poll(&pf, 1, 0));
    printf("%x\n", pf.revents);
    close(p[1]);
    int q[2];
    pipe(p);
    pipe(q);
    int f = open("fs", O_CREAT | O_RDWR, 0600);
    write(f, "0123456789", 10);
    lseek(f, 0, 0);
    SAY(splice(f, NULL, p[1], NULL, 5, 0));
    SAY(splice(p[0], NULL, f, &(loff_t){ 20 }, 5, 0));
    SAY(lseek(f, 0, SEEK_END));
    SAY(splice(f, NULL, f, NULL, 5, 0));
    SAY(splice(f, NULL, 99, NULL, 5, 0));
    SAY(splice(p[0], &(loff_t){ 0 }, q[1], NULL, 5, 0));
    SAY(vmsplice(p[1], &(struct iovec){ "vm", 2 }, 1, 0));
    SAY(read(p[0], b, 10));
    SAY(copy_file_range(f, &(loff_t){ 0 }, f, &(loff_t){ 100 }, 5, 0));
    SAY(lseek(f, 0, SEEK_END));
    SAY(copy_file_range(f, NULL, 99, NULL, 5, 0));
    SAY(copy_file_range(f, NULL, p[1], NULL, 5, 0));
    unlink("fs");
    return 0;
}
