/* posix_spawn and vfork: the parent has what the child wrote. */
#include "say.h"
#include <spawn.h>

extern char **environ;
static int global;
static volatile int *mapped;

int main(int argc, char **argv)
{
    char *none[] = { "none", NULL }, *self[] = { argv[0], "child", NULL };
    volatile int local = 0;
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int status;
    pid_t pid;

    BEGIN;
    if (argc == 2) {
        printf("the child, %s\n", argv[1]);
        return 5;
    }
    printf("%d\n", posix_spawn(&pid, "/none", NULL, NULL, none, environ));
    printf("%d\n", posix_spawnp(&pid, "none-of-these", NULL, NULL, none, environ));
    printf("%d\n", posix_spawn(&pid, "/", NULL, NULL, none, environ));
    SAY(waitpid(-1, &status, 0));
    int result = posix_spawn(&pid, argv[0], NULL, NULL, self, environ);
    SAY(waitpid(pid, &status, 0) == pid);
    printf("%d %x\n", result, status);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "spawned", O_CREAT | O_WRONLY, 0600);
    printf("%d\n", posix_spawn(&pid, argv[0], &actions, NULL, self, environ));
    waitpid(pid, &status, 0);
    char text[100] = { 0 };
    SAY(read(open("spawned", O_RDONLY), text, 100));
    printf("%s", text);
    unlink("spawned");
    posix_spawn_file_actions_addclose(&actions, 77);
    posix_spawn_file_actions_addopen(&actions, 3, "no/such", O_RDONLY, 0);
    printf("%d\n", posix_spawn(&pid, argv[0], &actions, NULL, self, environ));
    unlink("spawned");
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    result = posix_spawn(&pid, argv[0], NULL, &attributes, self, environ);
    waitpid(pid, &status, 0);
    printf("%d\n", result);
    mapped = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    mapped[0] = 1;
    if (!vfork()) {
        global = 1, local = 2, mapped[0] = 3, mapped[1024] = 4;
        _exit(7);
    }
    wait(&status);
    printf("%d %d %d %d %x\n", global, local, mapped[0], mapped[1024], status);
    if (!vfork()) {
        global = 10;
        execl(argv[0], argv[0], "after vfork", NULL);
        _exit(1);
    }
    wait(&status);
    printf("%d %x\n", global, status);
    if (!vfork()) {
        global = 20;
        kill(getpid(), SIGTERM);
    }
    wait(&status);
    printf("%d %x\n", global, status);
    return 0;
}
