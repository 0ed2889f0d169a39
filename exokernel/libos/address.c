/* SPDX-License-Identifier: MIT
 * Addresses of sockets, between the program and the server: struct sockaddr_un with a path or a
 * name outside of folders, and struct sockaddr_in. */
#include "socket.h"

enum { UNSPECIFIED = 0, PATH_FIRST = 2, LONGEST = 110, INTERNET_SIZE = 16 };

struct given {
    uint16_t family;
    char text[LONGEST - PATH_FIRST + 1]; /* with an end */
};

static int64_t ask_internet(const struct file *f, uint64_t op, const struct given *g,
                            uint64_t length, uint64_t wait)
{
    const unsigned char *b = (const unsigned char *)g->text;
    const uint64_t ip = (uint64_t)b[2] << 24 | (uint64_t)b[3] << 16 | (uint64_t)b[4] << 8 | b[5];

    if (g->family == UNSPECIFIED && op == OP_CONNECT_TO)
        return ask(op, f->handle, INTERNET_NONE, 0, wait);
    if (length < INTERNET_SIZE)
        return -EINVAL;
    if (g->family != SOCKET_INTERNET && !(g->family == UNSPECIFIED && op == OP_REACH_TO)
        && !(g->family == UNSPECIFIED && op == OP_BIND_TO && !ip))
        return -EAFNOSUPPORT;
    if (op == OP_REACH_TO && !b[0] && !b[1])
        return -EINVAL;
    return ask(op, f->handle, ip | (uint64_t)b[0] << 40 | (uint64_t)b[1] << 32, 0, wait);
}

/* A name outside of folders, or none, lies behind the words. */
static int64_t ask_abstract(const struct file *f, uint64_t op, const struct given *g,
                            uint64_t length, uint64_t wait)
{
    uint64_t *w = (uint64_t *)LIBOS_BUFFER;

    w[0] = REQUEST(op, f->handle), w[1] = w[2] = 0, w[3] = wait;
    libos_copy(w + 4, g, length);
    return ask_memory(w, 32 + length, PAGE);
}

int64_t address_ask(struct file *f, uint64_t to_path, uint64_t to, uint64_t address,
                    uint64_t length, bool wait)
{
    struct given g = { 0 };
    const uint64_t word = wait ? 0 : 1ul << 63;

    if (length > 128)
        return -EINVAL;
    if (user_get(&g, address, length < LONGEST ? length : LONGEST))
        return -EFAULT;
    if (length < 2)
        return -EINVAL;
    if (f->domain == SOCKET_INTERNET)
        return ask_internet(f, to, &g, length, word);
    if (g.family == UNSPECIFIED && to == OP_CONNECT_TO && f->type == DATAGRAM)
        return ask(to, f->handle, INTERNET_NONE, 0, word);
    if (g.family != SOCKET_UNIX || length > LONGEST)
        return -EINVAL;
    if (length == 2 && to != OP_BIND_TO)
        return -EINVAL;
    if (length == 2 || !g.text[0])
        return ask_abstract(f, to, &g, length == 2 ? 1 : length, word);
    return ask_named(to_path, AT_FDCWD, (uint64_t)g.text, f->handle, 0, word);
}

/* Answer with an address: as much of it as the program has room for, and its whole length. */
int64_t address_give(const struct address *a, uint64_t to, uint64_t length)
{
    const uint32_t whole = a->length;
    int32_t room;

    if (user_get(&room, length, sizeof room))
        return -EFAULT;
    if (room < 0)
        return -EINVAL;
    if (user_put(to, a->bytes, (uint32_t)room < whole ? (uint32_t)room : whole)
        || user_put(length, &whole, sizeof whole))
        return -EFAULT;
    return 0;
}
