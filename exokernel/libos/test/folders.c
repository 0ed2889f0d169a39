/* Reading folders. */
#include "say.h"
#include <dirent.h>
#include <ftw.h>
#include <glob.h>
static int visits;
static int visit(const char *p, const struct stat *s, int t, struct FTW *f)
{
    visits++;
    return 0;
}
static int by(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}
int main(void)
{
    char n[300];
    BEGIN;
    mkdir("fo", 0755);
    for (int i = 0; i < 200; i++) {
        snprintf(n, 300, "fo/file-with-a-long-name-%d", i);
        close(open(n, O_CREAT | O_RDWR, 0600));
    }
    mkdir("fo/sub", 0755);
    symlink("x", "fo/link");
    mkfifo("fo/fifo", 0600);
    DIR *d = opendir("fo");
    int files = 0, others = 0;
    for (struct dirent *e; (e = readdir(d));) {
        if (e->d_type == DT_REG)
            files++;
        else
            others += e->d_type;
    }
    printf("%d %d\n", files, others);
    rewinddir(d);
    files = 0;
    while (readdir(d))
        files++;
    printf("%d\n", files);
    rewinddir(d);
    for (int i = 0; i < 50; i++)
        readdir(d);
    long at = telldir(d);
    struct dirent *e = readdir(d);
    char keep[300];
    strcpy(keep, e->d_name);
    for (int i = 0; i < 50; i++)
        readdir(d);
    seekdir(d, at);
    e = readdir(d);
    printf("%d\n", !strcmp(keep, e->d_name));
    rewinddir(d);
    files = 0;
    while ((e = readdir(d))) {
        if (e->d_type == DT_REG) {
            snprintf(n, 300, "fo/%s", e->d_name);
            unlink(n);
        }
        files++;
    }
    printf("%d\n", files);
    closedir(d);
    struct dirent **l;
    int c = scandir("fo", &l, NULL, by);
    for (int i = 0; i < c; i++)
        printf("%s ", l[i]->d_name);
    puts("");
    SAY(opendir("none") == NULL);
    SAY(opendir("fo/fifo") == NULL);
    close(open("fo/reg", O_CREAT, 0600));
    SAY(opendir("fo/reg") == NULL);
    mkdir("fo/sub/deep", 0755);
    close(open("fo/sub/deep/x", O_CREAT, 0600));
    SAY(nftw("fo", visit, 10, FTW_PHYS));
    printf("%d\n", visits);
    glob_t g;
    SAY(glob("fo/*", 0, NULL, &g));
    printf("%d %s\n", (int)g.gl_pathc, g.gl_pathv[0]);
    int f = open("fo", O_RDONLY);
    struct stat s;
    fstat(f, &s);
    printf("%d\n", (int)s.st_nlink);
    SAY(fdopendir(f) != NULL);
    SAY(fdopendir(99) == NULL);
    char *r = realpath("fo/sub/../sub/deep", NULL);
    printf("%s\n", r ? strstr(r, "/fo/sub/deep") : "none");
    SAY(realpath("fo/zzz", NULL) == NULL);
    char t[] = "fo/tmpXXXXXX";
    SAY(mkstemp(t) >= 0);
    char t2[] = "fo/dXXXXXX";
    SAY(mkdtemp(t2) != NULL);
    FILE *tf = tmpfile();
    SAY(tf != NULL);
    fprintf(tf, "hello");
    rewind(tf);
    SAY(fscanf(tf, "%299s", n));
    puts(n);
    chdir("fo/sub/deep");
    SAY(chdir("../../.."));
    SAY(chdir("fo/sub/deep/../../sub"));
    getcwd(n, 300);
    puts(strstr(n, "/fo"));
    SAY(getcwd(n, 3) == NULL);
    SAY(syscall(SYS_getcwd, n, 0));
    SAY(get_current_dir_name() != NULL);
    return 0;
}
