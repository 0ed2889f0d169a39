/* SPDX-License-Identifier: MIT
 * What the files about sockets share. */
#ifndef LIBOS_SOCKET_H
#define LIBOS_SOCKET_H

#include "libos.h"

enum {
    EPROTONOSUPPORT = 93,
    EAFNOSUPPORT = 97,
    EADDRINUSE = 98,
    EISCONN = 106,
    ENOTCONN = 107,
    ECONNREFUSED = 111,
    EDESTADDRREQ = 89,
    ENOTSOCK = 88,
    ENOPROTOOPT = 92
};

/* The socket of a descriptor; or NULL and an error. */
struct file *socket_of(uint64_t descriptor, int64_t *error);

#endif
