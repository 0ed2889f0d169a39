/* SPDX-License-Identifier: MIT
 * What the files about sockets share. */
#ifndef LIBOS_SOCKET_H
#define LIBOS_SOCKET_H

#include "libos.h"

enum {
    EMSGSIZE = 90,
    EPROTOTYPE = 91,
    EPROTONOSUPPORT = 93,
    ESOCKTNOSUPPORT = 94,
    EAFNOSUPPORT = 97,
    EADDRINUSE = 98,
    EISCONN = 106,
    ENOTCONN = 107,
    ECONNREFUSED = 111,
    EDESTADDRREQ = 89,
    ENOTSOCK = 88,
    ENOPROTOOPT = 92,
    EINPROGRESS = 115,
    ECONNRESET = 104
};
enum { STREAM = 1, DATAGRAM = 2, RAW, PACKETS = 5 };
enum {
    MSG_OOB = 1,
    MSG_PEEK = 2,
    MSG_DONTROUTE = 4,
    MSG_CTRUNC = 8,
    MSG_TRUNC = 0x20,
    MSG_DONTWAIT = 0x40,
    MSG_EOR = 0x80,
    MSG_WAITALL = 0x100,
    MSG_NOSIGNAL = 0x4000,
    MSG_MORE = 0x8000,
    MSG_CMSG_CLOEXEC = 0x40000000
};

struct linux_message {
    uint64_t name;
    uint32_t name_length, pad;
    uint64_t vectors, count, control, control_length;
    uint32_t flags, pad2;
};

/* socket.c: the socket of a descriptor; or NULL and an error. */
struct file *socket_of(uint64_t descriptor, int64_t *error);
bool socket_ends(struct file *f);
/* address.c: ask the server about an address that the program gave, of a path or not. */
int64_t address_ask(struct file *f, uint64_t to_path, uint64_t to, uint64_t address,
                    uint64_t length, bool wait);
int64_t address_give(const struct address *a, uint64_t to, uint64_t length);
/* message.c */
int64_t message_send(struct file *f, const struct linux_message *m, uint64_t flags);
int64_t message_receive(struct file *f, struct linux_message *m, uint64_t flags);
/* rights.c: what goes with bytes */
int64_t rights_read(const struct linux_message *m, struct credentials *c, struct right *right,
                    uint64_t *flags);
void rights_write(struct file *f, struct linux_message *m, const struct received *r,
                  uint64_t flags);

#endif
