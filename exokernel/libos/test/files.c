/* Files and folders: what succeeds, what fails and how. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define SAY(what)                                                                                  \
    do {                                                                                           \
        errno = 0;                                                                                 \
        const long result = (long)(what);                                                          \
        printf("%s = %ld, errno %d\n", #what, result, errno);                                      \
    } while (0)

int main(void)
{
    char buffer[100] = { 0 }, large[10000];
    struct stat s;

    SAY(mkdir("d", 0755));
    SAY(mkdir("d", 0755));
    SAY(mkdir("d/e/f", 0755));
    SAY(mkdir("d/e", 0700));
    int f = open("d/file", O_RDWR | O_CREAT | O_EXCL, 0640);
    SAY(open("d/file", O_RDWR | O_CREAT | O_EXCL, 0640));
    SAY(open("d/none", O_RDONLY));
    SAY(open("d/file/x", O_RDONLY));
    SAY(open("d", O_WRONLY));
    SAY(write(f, "hello world", 11));
    SAY(lseek(f, 6, SEEK_SET));
    SAY(read(f, buffer, 100));
    puts(buffer);
    SAY(read(f, buffer, 100));
    SAY(lseek(f, -1, SEEK_SET));
    SAY(lseek(f, 20000, SEEK_SET));
    SAY(write(f, "!", 1));
    SAY(fstat(f, &s));
    printf("size %ld mode %o links %ld\n", (long)s.st_size, s.st_mode, (long)s.st_nlink);
    memset(large, 'x', sizeof large);
    SAY(pwrite(f, large, sizeof large, 5000));
    SAY(pread(f, large, sizeof large, 4995));
    printf("%d %d %c %c\n", large[0], large[4], large[5], large[9999]);
    SAY(pread(f, (void *)8, 10, 0));
    SAY(write(f, (void *)8, 10));
    SAY(read(f, buffer, 0));
    SAY(read(99, buffer, 1));
    SAY(write(-1, buffer, 1));
    SAY(ftruncate(f, 5));
    SAY(lseek(f, 0, SEEK_END));
    SAY(ftruncate(f, 10));
    SAY(pread(f, buffer, 20, 0));
    printf("%d %d\n", buffer[4], buffer[7]);
    struct iovec v[2] = { { "ab", 2 }, { "cd", 2 } };
    SAY(lseek(f, 0, SEEK_SET));
    SAY(writev(f, v, 2));
    SAY(close(f));
    SAY(close(f));
    SAY(link("d/file", "d/second"));
    SAY(stat("d/second", &s));
    printf("links %ld\n", (long)s.st_nlink);
    SAY(symlink("file", "d/soft"));
    memset(buffer, 0, sizeof buffer);
    SAY(readlink("d/soft", buffer, sizeof buffer));
    puts(buffer);
    SAY(lstat("d/soft", &s));
    printf("%o %ld\n", s.st_mode, (long)s.st_size);
    SAY(stat("d/soft", &s));
    printf("%o %ld\n", s.st_mode, (long)s.st_size);
    SAY(symlink("loop", "d/loop"));
    SAY(open("d/loop", O_RDONLY));
    SAY(rename("d/file", "d/third"));
    SAY(open("d/soft", O_RDONLY));
    SAY(rename("d/e", "d/e/g"));
    SAY(rename("d/third", "d/e"));
    SAY(rename("d/e", "d/third"));
    SAY(unlink("d/e"));
    SAY(rmdir("d"));
    SAY(rmdir("d/third"));
    SAY(access("d/third", R_OK));
    SAY(access("d/third", X_OK));
    SAY(chmod("d/third", 0755));
    SAY(access("d/third", X_OK));
    SAY(chdir("d"));
    SAY(stat("e/../third", &s));
    SAY(stat("third/", &s));
    SAY(stat("", &s));
    SAY(stat(NULL, &s));
    int n = 0;
    DIR *folder = opendir(".");
    for (struct dirent *e; (e = readdir(folder));)
        n += strlen(e->d_name);
    closedir(folder);
    printf("letters %d\n", n);
    SAY(unlink("second"));
    SAY(unlink("soft"));
    SAY(unlink("loop"));
    SAY(unlink("third"));
    SAY(rmdir("e"));
    SAY(chdir(".."));
    SAY(rmdir("d"));
    SAY(open("/dev/null", O_RDWR));
    SAY(write(f, "lost", 4));
    SAY(read(f, buffer, 4));
    SAY(dup(f));
    SAY(dup2(f, 20));
    SAY(fcntl(20, F_GETFD));
    SAY(fcntl(20, F_SETFD, FD_CLOEXEC));
    SAY(fcntl(20, F_GETFD));
    SAY(fcntl(f, F_DUPFD, 30));
    int z = open("/dev/zero", O_RDONLY);
    memset(buffer, 1, sizeof buffer);
    SAY(read(z, buffer, 50));
    printf("%d %d\n", buffer[49], buffer[50]);
    SAY(write(z, "x", 1));
    return 0;
}
