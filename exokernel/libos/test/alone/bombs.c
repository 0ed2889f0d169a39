/* Memory and processes without end: errors, or an end, for their maker alone. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int status, children = 0;
    pid_t child;

    setvbuf(stdout, NULL, _IONBF, 0);
    if (!fork()) {
        for (;;) {
            char *p = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                           0);
            if (p == MAP_FAILED)
                _exit(5);
            memset(p, 1, 1 << 20);
        }
    }
    wait(&status);
    printf("memory: %s\n",
           WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL ? "killed" : "refused");
    while ((child = fork()) >= 0) {
        if (!child)
            for (;;)
                pause();
        children++;
    }
    printf("processes: errno %d, more than 50: %d\n", errno, children > 50);
    signal(SIGTERM, SIG_IGN);
    kill(0, SIGTERM);
    while (wait(&status) > 0)
        children -= WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM;
    printf("left: %d\n", children);
    return 0;
}
