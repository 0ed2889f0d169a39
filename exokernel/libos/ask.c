/* SPDX-License-Identifier: MIT
 * Requests to the server. Between request and reply, and while nothing is asked, notices come: they
 * wake a call that waits, or tell of a signal. Others may send too; that only wakes. */
#include "libos.h"

/* Whether the message is the server's reply; else it was a notice, which is noted. */
static bool is_reply(int64_t length, const struct words *w)
{
    if (length < 0)
        process_fail("the server is gone");
    if (w->sender != P->server_number)
        return false;
    if (length >= EXO_REGISTER_BYTES)
        return true;
    if (w->w[0] == NOTICE_SIGNAL)
        signal_raise(w->w[1] & 0xff, w->w[1] >> 8, length == NOTICE_BYTES ? w->w[2] : 0);
    if (w->w[0] == NOTICE_SLICE)
        P->sliced = true;
    if (w->w[0] == NOTICE_TIMER)
        P->rang = true, P->pending = 1;
    if (w->w[0] == NOTICE_BACK)
        P->came_back = true;
    threads_wake(); /* it may be for another thread than the one that asks */
    return false;
}

/* A message that came while none was asked for. */
void notice_taken(int64_t length, const struct words *w) { is_reply(length, w); }

/* Ask in words. The result; words 1 to 3 of the reply are in P->reply. */
int64_t ask(uint64_t operation, uint32_t handle, uint64_t a, uint64_t b, uint64_t c)
{
    struct words w;

    do {
        w = (struct words){ { REQUEST(operation, handle), a, b, c }, 0, 0 };
        int64_t length = own_call_words(P->server, &w);
        while (!is_reply(length, &w))
            length = own_receive(NULL, EXO_REGISTER_BYTES, EXO_FOREVER, &w);
    } while (w.w[0] == -(uint64_t)RETRY);
    for (int i = 0; i < 3; i++)
        P->reply[i] = w.w[i + 1];
    return (int64_t)w.w[0];
}

/* Ask with `length` bytes in a buffer that the reply may overwrite. Returns how many bytes of data
 * came, more than 32; else the result, as of ask(). */
int64_t ask_memory(void *buffer, uint64_t length, uint64_t room)
{
    struct words w;
    int64_t got;

    do {
        got = own_call_memory(P->server, buffer, length, room, &w);
        while (!is_reply(got, &w))
            got = own_receive(buffer, room, EXO_FOREVER, &w);
        if (got > EXO_REGISTER_BYTES)
            return got;
    } while (w.w[0] == -(uint64_t)RETRY);
    for (int i = 0; i < 3; i++)
        P->reply[i] = w.w[i + 1];
    return (int64_t)w.w[0];
}

/* Wait for a notice of any kind; the whole process does. False: the time passed. */
bool receive_notice(uint64_t deadline)
{
    struct words w;

    if (!P->rang) {
        const int64_t length = own_receive(NULL, EXO_REGISTER_BYTES, deadline, &w);
        if (length == FB_ETIMEOUT)
            return false;
        if (length >= 0)
            is_reply(length, &w);
    }
    if (P->rang)
        timers_ring();
    return true;
}

/* The same, and other threads run meanwhile. */
bool await_notice(uint64_t deadline)
{
    return P->thread_top ? threads_await(deadline) : receive_notice(deadline);
}

/* Take the notices that have come already. */
void take_notices(void)
{
    bool any = false;

    while (receive_notice(0))
        any = true;
    if (any)
        threads_wake();
}

/* The handle of the folder that a relative path begins at; or an error. */
static int64_t folder_handle(int64_t folder)
{
    if ((int32_t)folder == AT_FDCWD)
        return AT_CWD;
    struct file *f = file_of((uint64_t)folder);
    return !f ? -EBADF : f->handle ? (int64_t)f->handle : -ENOTDIR;
}

static int64_t add_path(struct named *n, uint64_t at, uint64_t path)
{
    const int64_t length = libos_string(n->path + at, path, NAMED_MAX - at);

    return length == (int64_t)(NAMED_MAX - at) ? -ENAMETOOLONG : length;
}

/* Put a folder and a path of the program into a request. Only a folder without a path may be a
 * descriptor of any kind (AT_EMPTY_PATH). */
static int64_t begin(struct named *n, int64_t folder, uint64_t path)
{
    const int64_t length = path == NO_PATH ? 0 : add_path(n, 0, path);
    int64_t from = AT_CWD;

    if (length < 0 || (!length && path != NO_PATH))
        return length ? length : -ENOENT;
    if (length == 0 || n->path[0] != '/')
        from = folder_handle(folder);
    if (from < 0)
        return from;
    n->length = (uint16_t)length;
    n->length2 = 0;
    n->request = (uint64_t)from << 32;
    return length;
}

static int64_t send_named(struct named *n, uint64_t operation)
{
    n->request |= operation;
    return ask_memory(n, offsetof(struct named, path) + n->length + n->length2, 2 * PAGE);
}

/* Ask about a path of the program. A reply of more than 32 bytes is in LIBOS_BUFFER. */
int64_t ask_named(uint64_t operation, int64_t folder, uint64_t path, uint64_t a, uint64_t b,
                  uint64_t c)
{
    struct named *n = (struct named *)LIBOS_BUFFER;
    const int64_t error = begin(n, folder, path);

    if (error < 0)
        return error;
    n->a = a, n->b = b, n->c = c;
    return send_named(n, operation);
}

/* The same about two paths, which do not share the room of one. */
int64_t ask_two(uint64_t operation, int64_t folder, uint64_t path, int64_t folder2, uint64_t path2,
                uint64_t a)
{
    struct named *n = (struct named *)LIBOS_BUFFER;
    int64_t length = begin(n, folder, path), from = AT_CWD;

    if (length < 0)
        return length;
    const int64_t second = add_path(n, (uint64_t)length, path2);
    if (second <= 0)
        return second ? second : -ENOENT;
    if (n->path[length] != '/')
        from = folder_handle(folder2);
    if (from < 0)
        return from;
    n->length2 = (uint16_t)second;
    n->second = (uint32_t)from;
    n->a = a, n->b = 0, n->c = 0;
    return send_named(n, operation);
}
