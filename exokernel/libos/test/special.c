/* Names of one's own descriptors and program. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    char text[300] = { 0 }, c = 0;
    int p[2];
    struct stat s;

    setvbuf(stdout, NULL, _IONBF, 0);
    if (argc == 2) {
        printf("again, as %s\n", argv[0]);
        return 5;
    }
    pipe(p);
    snprintf(text, sizeof text, "/dev/fd/%d", p[0]);
    int f = open(text, O_RDONLY);
    write(p[1], "x", 1);
    printf("%d %c\n", (int)read(f, &c, 1), c);
    snprintf(text, sizeof text, "/proc/self/fd/%d", p[0]);
    printf("fifo %d\n", stat(text, &s) == 0 && S_ISFIFO(s.st_mode));
    printf("%d", open("/dev/fd/99", O_RDONLY));
    printf(" %d\n", errno);
    memset(text, 0, sizeof text);
    readlink("/proc/self/exe", text, sizeof text - 1);
    printf("my name %d\n", strstr(text, "special") != NULL);
    f = open("/proc/self/exe", O_RDONLY);
    read(f, text, 4);
    printf("%d\n", !memcmp(text, "\177ELF", 4));
    char *again[] = { "name", "again", NULL };
    execv("/proc/self/exe", again);
    return 1;
}
