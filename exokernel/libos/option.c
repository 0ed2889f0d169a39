/* SPDX-License-Identifier: MIT
 * Options of sockets. SO_REUSEADDR, SO_PASSCRED and the times to wait have an effect. Others are
 * kept, so that a program reads what it set. */
#include "socket.h"

enum { SOL_SOCKET = 1, IPPROTO_IP = 0, IPPROTO_TCP = 6 };
enum {
    SO_DEBUG = 1,
    SO_REUSEADDR,
    SO_TYPE,
    SO_ERROR,
    SO_SNDBUF = 7,
    SO_RCVBUF,
    SO_LINGER = 13,
    SO_PASSCRED = 16,
    SO_PEERCRED,
    SO_RCVTIMEO = 20,
    SO_SNDTIMEO,
    SO_ACCEPTCONN = 30,
    SO_PROTOCOL = 38,
    SO_DOMAIN
};

/* The options that are kept as numbers: which, where the server keeps it, whether it is only on or
 * off, and what it is at first. */
static const struct kept {
    uint8_t level, option, place, flag;
    uint32_t first;
} options[] = {
    { SOL_SOCKET, SO_REUSEADDR, SOCKET_REUSE, 1, 0 },
    { SOL_SOCKET, SO_PASSCRED, SOCKET_CREDENTIALS, 1, 0 },
    { SOL_SOCKET, SO_DEBUG, SOCKET_FIRST_PLAIN, 1, 0 },
    { SOL_SOCKET, 5 /* SO_DONTROUTE */, SOCKET_FIRST_PLAIN + 1, 1, 0 },
    { SOL_SOCKET, 6 /* SO_BROADCAST */, SOCKET_FIRST_PLAIN + 2, 1, 0 },
    { SOL_SOCKET, 9 /* SO_KEEPALIVE */, SOCKET_FIRST_PLAIN + 3, 1, 0 },
    { SOL_SOCKET, 10 /* SO_OOBINLINE */, SOCKET_FIRST_PLAIN + 4, 1, 0 },
    { SOL_SOCKET, 12 /* SO_PRIORITY */, SOCKET_FIRST_PLAIN + 5, 0, 0 },
    { SOL_SOCKET, 15 /* SO_REUSEPORT */, SOCKET_FIRST_PLAIN + 6, 1, 0 },
    { SOL_SOCKET, 18 /* SO_RCVLOWAT */, SOCKET_FIRST_PLAIN + 7, 0, 1 },
    { SOL_SOCKET, 29 /* SO_TIMESTAMP */, SOCKET_FIRST_PLAIN + 8, 1, 0 },
    { IPPROTO_TCP, 1 /* TCP_NODELAY */, SOCKET_FIRST_PLAIN + 9, 1, 0 },
    { IPPROTO_TCP, 3 /* TCP_CORK */, SOCKET_FIRST_PLAIN + 10, 1, 0 },
    { IPPROTO_TCP, 4 /* TCP_KEEPIDLE */, SOCKET_FIRST_PLAIN + 11, 0, 7200 },
    { IPPROTO_TCP, 5 /* TCP_KEEPINTVL */, SOCKET_FIRST_PLAIN + 12, 0, 75 },
    { IPPROTO_TCP, 6 /* TCP_KEEPCNT */, SOCKET_FIRST_PLAIN + 13, 0, 9 },
    { IPPROTO_IP, 1 /* IP_TOS */, SOCKET_FIRST_PLAIN + 14, 0, 0 },
    { IPPROTO_IP, 2 /* IP_TTL */, SOCKET_FIRST_PLAIN + 15, 0, 64 },
};
enum { LINGER_AT = SOCKET_FIRST_PLAIN + 16, SNDBUF_AT, RCVBUF_AT };
_Static_assert((int)RCVBUF_AT < (int)SOCKET_OPTIONS, "places of options");

static const struct kept *find(const struct file *f, uint64_t level, uint64_t option)
{
    if (level != SOL_SOCKET
        && (f->domain != SOCKET_INTERNET || (level == IPPROTO_TCP && f->type != STREAM)))
        return NULL;
    for (uint64_t i = 0; i < sizeof options / sizeof *options; i++)
        if (options[i].level == level && options[i].option == option)
            return &options[i];
    return NULL;
}

/* What the server keeps. The first value is kept as 0. */
static uint64_t kept_at(const struct file *f, uint64_t place, uint64_t first)
{
    ask(OP_SOCKET_OPTION, f->handle, place | SOCKET_GET, 0, 0);
    return P->reply[0] ^ first;
}

/* Answer with n bytes, or as many as there is room for. */
static int64_t give(uint64_t to, uint64_t length, const void *value, uint32_t n)
{
    int32_t room;

    if (user_get(&room, length, sizeof room))
        return -EFAULT;
    if (room < 0)
        return -EINVAL;
    n = (uint32_t)room < n ? (uint32_t)room : n;
    return user_put(to, value, n) || user_put(length, &n, sizeof n) ? -EFAULT : 0;
}

static int64_t give_number(uint64_t to, uint64_t length, uint64_t value)
{
    const uint32_t v = (uint32_t)value;

    return give(to, length, &v, sizeof v);
}

int64_t linux_getsockopt(uint64_t descriptor, uint64_t level, uint64_t option, uint64_t to,
                         uint64_t length)
{
    int64_t error;
    const struct file *f = socket_of(descriptor, &error);
    const struct kept *kept = error ? NULL : find(f, (uint32_t)level, (uint32_t)option);

    if (error)
        return error;
    if (kept)
        return give_number(to, length, kept_at(f, kept->place, kept->first));
    if ((uint32_t)level != SOL_SOCKET)
        return (uint32_t)level == IPPROTO_TCP && f->domain == SOCKET_INTERNET ? -ENOPROTOOPT
                                                                              : -EOPNOTSUPP;
    switch ((uint32_t)option) {
    case SO_TYPE:
        return give_number(to, length, f->type);
    case SO_DOMAIN:
        return give_number(to, length, f->domain);
    case SO_PROTOCOL:
        return give_number(to, length,
                           f->domain != SOCKET_INTERNET ? 0
                           : f->type == STREAM          ? 6
                                                        : 17);
    case SO_ERROR:
        return give_number(to, length, kept_at(f, SOCKET_ERROR, 0));
    case SO_ACCEPTCONN:
        kept_at(f, SOCKET_REUSE, 0);
        return give_number(to, length, P->reply[1]);
    case SO_SNDBUF:
    case SO_RCVBUF: {
        const uint64_t set = kept_at(f, option == SO_SNDBUF ? SNDBUF_AT : RCVBUF_AT, 0);
        return give_number(to, length, set ? set : PIPE_SIZE);
    }
    case SO_LINGER: {
        const uint64_t both = kept_at(f, LINGER_AT, 0);
        return give(to, length, &both, sizeof both);
    }
    case SO_RCVTIMEO:
    case SO_SNDTIMEO: {
        const uint64_t t = f->timeout[option == SO_SNDTIMEO];
        const struct linux_timeval v = { (int64_t)(t / 1000000000),
                                         (int64_t)(t % 1000000000 / 1000) };
        return give(to, length, &v, sizeof v);
    }
    case SO_PEERCRED: {
        const int64_t pid = ask(OP_SOCKET_OPTION, f->handle, SOCKET_PEER | SOCKET_GET, 0, 0);
        const uint32_t who[3] = { (uint32_t)pid, pid ? (uint32_t)P->reply[0] : ~0u,
                                  pid ? (uint32_t)P->reply[1] : ~0u };
        return give(to, length, who, sizeof who);
    }
    default:
        return -ENOPROTOOPT;
    }
}

static int64_t set_time(struct file *f, uint64_t way, uint64_t from, uint64_t length)
{
    enum { EDOM_TIME = EDOM };
    struct linux_timeval t;

    if (length < sizeof t)
        return -EINVAL;
    if (user_get(&t, from, sizeof t))
        return -EFAULT;
    if (t.microseconds < 0 || t.microseconds >= 1000000)
        return -EDOM_TIME;
    f->timeout[way] = t.seconds < 0
                          ? 1
                          : (uint64_t)t.seconds * 1000000000 + (uint64_t)t.microseconds * 1000;
    return 0;
}

int64_t linux_setsockopt(uint64_t descriptor, uint64_t level, uint64_t option, uint64_t from,
                         uint64_t length)
{
    int64_t error;
    struct file *f = socket_of(descriptor, &error);
    const struct kept *kept = error ? NULL : find(f, (uint32_t)level, (uint32_t)option);
    int32_t value, pair[2];

    if (error)
        return error;
    if ((int32_t)length < 0)
        return -EINVAL;
    if ((uint32_t)level != SOL_SOCKET && !kept)
        return f->domain == SOCKET_INTERNET ? -ENOPROTOOPT : -EOPNOTSUPP;
    if ((uint32_t)level == SOL_SOCKET && (option == SO_RCVTIMEO || option == SO_SNDTIMEO))
        return set_time(f, option == SO_SNDTIMEO, from, (uint32_t)length);
    if ((uint32_t)length < sizeof value)
        return -EINVAL;
    if (user_get(&value, from, sizeof value))
        return -EFAULT;
    if (kept) {
        const uint32_t is = kept->flag ? value != 0 : (uint32_t)value;
        if (kept->place == SOCKET_CREDENTIALS)
            f->credentials = is;
        return ask(OP_SOCKET_OPTION, f->handle, kept->place, is ^ kept->first, 0);
    }
    switch ((uint32_t)option) {
    case SO_SNDBUF:
    case SO_RCVBUF: {
        const uint64_t least = 2304, wanted = 2 * (uint64_t)(uint32_t)value;
        return ask(OP_SOCKET_OPTION, f->handle, option == SO_SNDBUF ? SNDBUF_AT : RCVBUF_AT,
                   wanted < least    ? least
                   : wanted > 425984 ? 425984
                                     : wanted,
                   0);
    }
    case SO_LINGER:
        if ((uint32_t)length < sizeof pair)
            return -EINVAL;
        if (user_get(pair, from, sizeof pair))
            return -EFAULT;
        return ask(OP_SOCKET_OPTION, f->handle, LINGER_AT,
                   (pair[0] != 0) | (uint64_t)(uint32_t)pair[1] << 32, 0);
    default:
        return -ENOPROTOOPT;
    }
}
