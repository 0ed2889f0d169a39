/* SPDX-License-Identifier: MIT
 * Options of sockets. */
#include "socket.h"

/* Options of SOL_SOCKET: those that are facts are told, the others are accepted. */
int64_t linux_getsockopt(uint64_t descriptor, uint64_t level, uint64_t option, uint64_t to,
                         uint64_t length)
{
    enum { SOCKET = 1, TYPE = 3, ERROR = 4, SNDBUF = 7, RCVBUF = 8, ACCEPTCONN = 30, DOMAIN = 39 };
    const uint32_t size = 4;
    int64_t error;
    const struct file *f = socket_of(descriptor, &error);

    if (error)
        return error;
    if (level != SOCKET)
        return -EOPNOTSUPP;
    const uint32_t value = option == TYPE                         ? 1 /* SOCK_STREAM */
                           : option == ERROR                      ? 0
                           : option == SNDBUF || option == RCVBUF ? PIPE_SIZE
                           : option == ACCEPTCONN                 ? f->handle != 0
                           : option == DOMAIN                     ? 1 /* AF_UNIX */
                                                                  : ~0u;
    if (value == ~0u)
        return -ENOPROTOOPT;
    return user_put(to, &value, 4) || user_put(length, &size, 4) ? -EFAULT : 0;
}

int64_t linux_setsockopt(uint64_t descriptor, uint64_t level)
{
    int64_t error;

    socket_of(descriptor, &error);
    return error ? error : level == 1 ? 0 : -ENOPROTOOPT;
}
