/* Memory that processes share: anonymous, and of a file; a file mapped privately. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    char buffer[16] = { 0 };
    volatile int *p = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    setvbuf(stdout, NULL, _IONBF, 0);
    p[0] = 1;
    p[1500] = 2;
    if (!fork()) {
        printf("child %d %d\n", p[0], p[1500]);
        p[0] = 10;
        p[1500] = 20;
        _exit(0);
    }
    wait(NULL);
    printf("parent %d %d\n", p[0], p[1500]);
    printf("munmap %d\n", munmap((void *)p, 8192));
    int f = open("f", O_RDWR | O_CREAT, 0600);
    write(f, "0123456789", 10);
    char *m = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, f, 0);
    char *q = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, f, 0);
    char *r = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, f, 0);
    m[2] = 'm';
    printf("%.10s %.10s %.10s\n", m, q, r);
    q[3] = 'q';
    pread(f, buffer, 10, 0);
    printf("%.10s %.10s %.10s %s %d\n", m, q, r, buffer, m[10]);
    pwrite(f, "W", 1, 0);
    if (!fork()) {
        m[5] = 'c';
        q[5] = 'd';
        _exit(0);
    }
    wait(NULL);
    printf("%.10s %.10s %.10s\n", m, q, r);
    printf("mprotect %d", mprotect(r, 4096, PROT_READ | PROT_WRITE));
    r[0] = 'r';
    printf(" %.10s %.10s\n", r, m);
    int g = open("f", O_RDONLY);
    errno = 0;
    int failed = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, g, 0) == MAP_FAILED;
    printf("read only: %d %d\n", failed, errno);
    close(f);
    close(g);
    unlink("f");
    m[9] = 'e';
    printf("%.10s\n", m);
    int status;
    if (!fork()) {
        char *far = mmap(NULL, 8192, PROT_READ, MAP_SHARED, open("f", O_RDWR | O_CREAT, 0600), 0);
        return far[0];
    }
    wait(&status);
    printf("beyond the end: signal %d\n", WTERMSIG(status));
    unlink("f");
    return 0;
}
