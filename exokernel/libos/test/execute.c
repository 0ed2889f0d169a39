/* execve: arguments, variables, what stays open, what is reset; errors; scripts. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void handler(int signal) { (void)signal; }

static int second(int argc, char **argv)
{
    struct sigaction a;
    sigset_t set;

    for (int i = 1; i < argc; i++)
        printf("argument '%s'\n", argv[i]);
    printf("A=%s B=%s\n", getenv("A"), getenv("B") ? "set" : "not set");
    printf("open %d closed %d\n", fcntl(20, F_GETFD), fcntl(21, F_GETFD));
    sigaction(SIGUSR1, NULL, &a);
    printf("default %d", a.sa_handler == SIG_DFL);
    sigaction(SIGUSR2, NULL, &a);
    printf(" ignored %d", a.sa_handler == SIG_IGN);
    sigprocmask(SIG_SETMASK, NULL, &set);
    printf(" blocked %d\n", sigismember(&set, SIGTERM));
    return 17;
}

static void run(char *path, char **argv, char **variables)
{
    int status;

    fflush(stdout);
    const pid_t child = fork();
    if (!child) {
        execve(path, argv, variables);
        printf("execve: errno %d\n", errno);
        fflush(stdout);
        _exit(1);
    }
    waitpid(child, &status, 0);
    printf("status %d\n", WEXITSTATUS(status));
}

int main(int argc, char **argv)
{
    if (argc > 1 && !strcmp(argv[1], "second"))
        return second(argc, argv);
    char *arguments[] = { argv[0], "second", "", "a b", NULL }, *variables[] = { "A=1", NULL };
    sigset_t set;
    char line[300];

    signal(SIGUSR1, handler);
    signal(SIGUSR2, SIG_IGN);
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, NULL);
    dup2(1, 20);
    dup2(1, 21);
    fcntl(21, F_SETFD, FD_CLOEXEC);
    run(argv[0], arguments, variables);
    char *none[] = { NULL };
    run("none", arguments, none);
    mkdir("folder", 0755);
    run("folder", arguments, none);
    int f = open("text", O_RDWR | O_CREAT, 0755);
    write(f, "no program at all\n", 18);
    close(f);
    run("text", arguments, none);
    f = open("plain", O_RDWR | O_CREAT, 0644);
    close(f);
    run("plain", arguments, none);
    f = open("script", O_RDWR | O_CREAT, 0755);
    const int n = snprintf(line, sizeof line, "#! %s second\nrest\n", argv[0]);
    write(f, line, n);
    close(f);
    char *words[] = { "script", "x", "y", NULL };
    run("./script", words, variables);
    run((char *)8, words, variables);
    run("./script", (char **)8, variables);
    unlink("script");
    unlink("plain");
    unlink("text");
    rmdir("folder");
    const pid_t child = vfork();
    if (!child) {
        execve(argv[0], arguments, variables);
        _exit(1);
    }
    int status;
    waitpid(child, &status, 0);
    printf("after vfork %d\n", WEXITSTATUS(status));
    printf("system %d\n", system("exit 3") >> 8 == 3 || access("/bin/sh", X_OK));
    return 0;
}
