/* wait: its errors, stopped and continued children, and what is told of them. */
#include "say.h"
#include <sys/resource.h>
static int child(int status)
{
    int p = fork();
    if (!p)
        _exit(status);
    return p;
}
static void nothing(int s) {}
int main(void)
{
    int st = 0;
    siginfo_t i;
    struct rusage u;
    BEGIN;
    SAY(wait(&st));
    SAY(waitpid(-1, &st, WNOHANG));
    SAY(waitpid(99999, &st, 0));
    SAY(waitpid(-1, &st, 0x1234567));
    SAY(waitid(P_ALL, 0, &i, 0));
    SAY(waitid(P_ALL, 0, &i, WEXITED));
    SAY(waitid(99, 0, &i, WEXITED));
    SAY(waitpid(1, &st, 0));
    int p = fork();
    if (!p) {
        pause();
        _exit(1);
    }
    setpgid(p, p); /* SIGTSTP stops nobody in an orphaned group, as this one may be */
    SAY(waitpid(p, &st, WNOHANG));
    kill(p, SIGSTOP);
    SAY(waitpid(p, &st, WUNTRACED) == p);
    printf("%x stopped %d by %d\n", st, WIFSTOPPED(st), WSTOPSIG(st));
    SAY(waitpid(p, &st, WUNTRACED | WNOHANG));
    kill(p, SIGCONT);
    SAY(waitpid(p, &st, WCONTINUED) == p);
    printf("%x continued %d\n", st, WIFCONTINUED(st));
    kill(p, SIGTSTP);
    memset(&i, 0, sizeof i);
    SAY(waitid(P_PID, p, &i, WSTOPPED));
    printf("%d %d %d %d\n", i.si_signo, i.si_code, i.si_status, i.si_pid == p);
    kill(p, SIGTERM);
    SAY(waitpid(p, &st, WNOHANG));
    kill(p, SIGCONT);
    SAY(waitpid(p, &st, 0) == p);
    printf("%x signaled %d %d\n", st, WIFSIGNALED(st), WTERMSIG(st));
    p = child(7);
    memset(&i, 0, sizeof i);
    SAY(waitid(P_PID, p, &i, WEXITED | WNOWAIT));
    printf("%d %d %d %d\n", i.si_signo, i.si_code, i.si_status, i.si_pid == p);
    memset(&i, 0, sizeof i);
    SAY(waitid(P_PID, p, &i, WEXITED));
    printf("%d %d\n", i.si_code, i.si_status);
    SAY(waitid(P_PID, p, &i, WEXITED));
    p = child(300);
    SAY(wait4(p, &st, 0, &u) == p);
    printf("%x\n", st);
    p = fork();
    if (!p) {
        raise(SIGKILL);
    }
    memset(&i, 0, sizeof i);
    SAY(waitid(P_ALL, 0, &i, WEXITED));
    printf("%d %d\n", i.si_code, i.si_status);
    p = fork();
    if (!p) {
        pause();
    }
    memset(&i, 1, sizeof i);
    SAY(waitid(P_PID, p, &i, WEXITED | WNOHANG));
    printf("%d %d\n", i.si_signo, i.si_pid);
    kill(p, 9);
    SAY(waitpid(p, NULL, 0) == p);
    SAY(waitpid(p, (void *)8, 0));
    p = child(0);
    SAY(waitpid(p, (void *)8, 0));
    p = fork();
    if (!p) {
        setpgid(0, 0);
        _exit(3);
    }
    setpgid(p, p);
    SAY(waitpid(-p, &st, 0) == p);
    printf("%x\n", st);
    SAY(waitpid(0, &st, 0));
    SAY(waitpid(-p, &st, 0));
    signal(SIGCHLD, SIG_IGN);
    p = child(0);
    SAY(wait(&st));
    signal(SIGCHLD, SIG_DFL);
    struct sigaction a = { .sa_handler = nothing, .sa_flags = SA_NOCLDWAIT };
    sigaction(SIGCHLD, &a, NULL);
    p = child(0);
    SAY(wait(&st));
    a.sa_flags = SA_NOCLDSTOP;
    sigaction(SIGCHLD, &a, NULL);
    p = fork();
    if (!p) {
        pause();
        _exit(0);
    }
    kill(p, SIGSTOP);
    SAY(waitpid(p, &st, WUNTRACED) == p);
    kill(p, SIGKILL);
    while (waitpid(p, &st, 0) < 0)
        ;
    printf("%x\n", st);
    int k[3];
    for (int j = 0; j < 3; j++)
        k[j] = child(j + 1);
    int sum = 0;
    while (wait(&st) > 0)
        sum += WEXITSTATUS(st);
    printf("%d\n", sum);

    p = vfork();
    if (!p)
        _exit(9);
    SAY(waitpid(p, &st, 0) == p);
    printf("%x\n", st);
    return 0;
}
