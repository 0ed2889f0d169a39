/* What the tests share: print a call, its result and its error. */
#ifndef SAY_H
#define SAY_H
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define SAY(what)                                                                                  \
    do {                                                                                           \
        errno = 0;                                                                                 \
        const long result = (long)(what);                                                          \
        printf("%s = %ld, errno %d\n", #what, result, errno);                                      \
    } while (0)
/* For results that differ from run to run, such as addresses: whether it failed. */
#define OK(what)                                                                                   \
    do {                                                                                           \
        errno = 0;                                                                                 \
        const long result = (long)(what);                                                          \
        printf("%s %s, errno %d\n", #what, result == -1 ? "failed" : "ok", errno);                 \
    } while (0)
#define BEGIN setvbuf(stdout, NULL, _IONBF, 0)
#endif
