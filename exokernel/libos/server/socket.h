/* SPDX-License-Identifier: MIT
 * Sockets, as the server has them. Streams are two pipes, whose bytes the server never sees; it
 * only brings together who connects and who accepts. Messages lie here, because anybody may send
 * one to anybody. */
#ifndef LIBOS_SERVER_SOCKET_H
#define LIBOS_SERVER_SOCKET_H

#include "server.h"

enum { SOCKETS = 2048, MESSAGES = 4096, MESSAGE_PAGES = 16, BACKLOG = 128, WATCHERS = 8 };
enum { STREAM = 1, DATAGRAM = 2, PACKETS = 5 };
enum { QUEUE_OF_DATAGRAMS = 11, QUEUE_LONGEST = 64 };
enum socket_state { SOCKET_NEW, SOCKET_LISTENS, SOCKET_CONNECTED, SOCKET_GONE };

struct socket {
    bool used, bound, connecting, no_read, no_write;
    uint8_t domain, type, protocol, state;
    uint32_t error, node, next_free;
    uint32_t user, group; /* of who made it */
    uint32_t pid;         /* of who listens, connected or made a pair */
    uint32_t peer_pid, peer_user, peer_group;
    struct address own, peer;
    uint32_t to;                 /* messages: the socket that it is connected with, or 0 */
    uint32_t end[2];             /* streams: open files to read and to write, or 0 */
    uint32_t first, last, count; /* messages that wait */
    uint32_t queue[BACKLOG], queue_first, queue_count, backlog; /* sockets to accept */
    uint32_t watcher[WATCHERS], watchers;                       /* pids to wake */
    uint64_t option[SOCKET_OPTIONS];
};
#define SOCKET ((struct socket *)SOCKETS_AT)

/* Data between sockets; or, of a stream, what goes with its bytes from `start` to `end`. */
struct message {
    uint32_t next, size, rights, start, end;
    uint32_t page[MESSAGE_PAGES], rights_page;
    struct credentials from;
    struct address address;
};
#define MESSAGE ((struct message *)MESSAGES_AT)
struct held { /* in the page of rights */
    uint32_t open[2];
    struct right right;
};

/* sockets.c */
uint32_t socket_new(uint32_t domain, uint32_t type, uint32_t protocol);
struct socket *asked_socket(struct request *r);
void socket_wake(struct socket *s);
void socket_watch(struct socket *s, const struct proc *p);
int64_t socket_hold(struct proc *p, uint32_t socket);
/* addresses.c */
int64_t address_find(struct request *r, const struct socket *s, uint32_t *found);
void address_need(struct socket *s);
int64_t address_begin(struct request *r, struct socket **s);
bool address_is_none(const struct request *r);
int64_t address_bind_internet(struct socket *s, uint32_t ip, uint32_t port);
void address_local(struct socket *to, struct socket *from);
struct address address_source(const struct socket *s);
void address_of_peer(struct request *r, struct socket *s, uint32_t to);
/* messages.c */
uint32_t message_new(void);
int64_t message_put(uint32_t message, const char *from, uint64_t n);
void message_free(uint32_t message);
int64_t rights_take(struct request *r, const struct right *right, uint32_t n, uint32_t message);
bool rights_give(struct request *r, const struct message *m, struct right *right);
void rights_undo(struct request *r);
bool socket_is_full(const struct socket *s);

#endif
