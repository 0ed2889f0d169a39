/* SPDX-License-Identifier: MIT
 * The server's loop: a request, a reply. */
#include "server.h"

#define EPOCH (1767225600ul * 1000000000ul) /* 2026-01-01, when the boot begins */
#define UPCALL 0x1ff000000000ul
enum { SMALL = 1024 }; /* to copy so many bytes costs less than another crossing */

uint64_t server_time(void) { return EPOCH + fp_time(); }

/* Give a page to the tables, when one is used. */
static void demand(uint64_t cause, uint64_t value, uint64_t detail)
{
    (void)detail;
    if (cause == EXO_UPCALL_FAULT && value >= TABLES && value < TABLES_END
        && lib_page(value & -PAGE, RW))
        return;
    lib_print("the LibOS's server used a bad address\n");
    exo_exit(1);
}

typedef void serve(struct request *r);
static serve *operation(uint64_t number)
{
    switch (number) {
#define CASE(op, f)                                                                                \
    case op:                                                                                       \
        return f;
        CASE(OP_START, do_start)
        CASE(OP_EXIT, do_exit)
        CASE(OP_TRACE, do_trace)
        CASE(OP_FORK, do_fork)
        CASE(OP_EXECUTED, do_executed)
        CASE(OP_PARENT, do_parent)
        CASE(OP_WAIT, do_wait)
        CASE(OP_KILL, do_kill)
        CASE(OP_GROUP, do_group)
        CASE(OP_OPEN, do_open)
        CASE(OP_CLOSE, do_close)
        CASE(OP_READ, do_read)
        CASE(OP_WRITE, do_write)
        CASE(OP_SEEK, do_seek)
        CASE(OP_STAT, do_stat)
        CASE(OP_ENTRIES, do_entries)
        CASE(OP_MEMORY, do_memory)
        CASE(OP_PAGES, do_pages)
        CASE(OP_MAKE, do_make)
        CASE(OP_UNLINK, do_unlink)
        CASE(OP_RENAME, do_rename)
        CASE(OP_LINK, do_link)
        CASE(OP_SYMLINK, do_symlink)
        CASE(OP_READLINK, do_readlink)
        CASE(OP_CHANGE, do_change)
        CASE(OP_CHANGE_LINK, do_change)
        CASE(OP_CHDIR, do_chdir)
        CASE(OP_GETCWD, do_getcwd)
        CASE(OP_MAILBOX_OPEN, do_mailbox_open)
        CASE(OP_MAILBOX_UNLINK, do_mailbox_unlink)
        CASE(OP_MAILBOX_SEND, do_mailbox_send)
        CASE(OP_MAILBOX_RECEIVE, do_mailbox_receive)
        CASE(OP_MAILBOX_NOTIFY, do_mailbox_notify)
        CASE(OP_MAILBOX_STATE, do_mailbox_state)
        CASE(OP_IPC_GET, do_ipc_get)
        CASE(OP_IPC_STAT, do_ipc_stat)
        CASE(OP_IPC_SET, do_ipc_set)
        CASE(OP_IPC_REMOVE, do_ipc_remove)
        CASE(OP_SEMAPHORES, do_semaphores)
        CASE(OP_SEMAPHORE_CONTROL, do_semaphore_control)
        CASE(OP_MEMORY_ATTACH, do_memory_attach)
        CASE(OP_QUEUE_SEND, do_queue_send)
        CASE(OP_QUEUE_RECEIVE, do_queue_receive)
        CASE(OP_BIND, do_bind)
        CASE(OP_CONNECT, do_connect)
        CASE(OP_REACH, do_reach)
        CASE(OP_BIND_TO, do_bind)
        CASE(OP_CONNECT_TO, do_connect)
        CASE(OP_REACH_TO, do_reach)
        CASE(OP_SOCKET, do_socket)
        CASE(OP_SOCKET_PAIR, do_socket_pair)
        CASE(OP_LISTEN, do_listen)
        CASE(OP_ACCEPT, do_accept)
        CASE(OP_ENDS, do_ends)
        CASE(OP_SHUTDOWN, do_shutdown)
        CASE(OP_ADDRESS, do_address)
        CASE(OP_SOCKET_STATE, do_socket_state)
        CASE(OP_SOCKET_OPTION, do_socket_option)
        CASE(OP_STAGE, do_stage)
        CASE(OP_STAGED, do_staged)
        CASE(OP_SEND, do_send)
        CASE(OP_RECEIVE, do_receive)
        CASE(OP_MARK, do_mark)
        CASE(OP_UNMARK, do_unmark)
        CASE(OP_PIPE, do_pipe)
        CASE(OP_ATTACH, do_attach)
        CASE(OP_RESEND, do_resend)
        CASE(OP_TIMER, do_timer)
        CASE(OP_THREAD, do_thread)
        CASE(OP_UMASK, do_umask)
        CASE(OP_TIMES, do_times)
        CASE(OP_CHILDREN, do_children)
        CASE(OP_STOPPED, do_stopped)
        CASE(OP_FOREGROUND, do_foreground)
        CASE(OP_LOCK, do_lock)
        CASE(OP_UNLOCK, do_unlock)
    default:
        return NULL;
    }
}

/* Requests about names have their arguments behind the words, too. */
static bool is_named(uint64_t op)
{
    return op == OP_OPEN || op == OP_STAT || op == OP_MAILBOX_OPEN || op == OP_MAILBOX_UNLINK
           || (op >= OP_MAKE && op <= OP_REACH);
}

static void serve_one(struct request *r)
{
    const uint64_t op = r->w[0] & 0xffffffff;
    serve *f = operation(op);

    if (op == OP_HELLO) {
        do_hello(r);
    } else if (!r->from) {
        r->silent = true;
    } else if (!f || (is_named(op) && r->data_size < offsetof(struct named, path) - 32)) {
        r->w[0] = -(uint64_t)ENOSYS;
    } else {
        f(r);
    }
}

/* Send the reply and receive the next message into S->request, in one crossing. FB_EFULL: the
 * process is not waiting at the moment. */
static int64_t call_back(struct request *r, struct words *w)
{
    if (!r->reply)
        __builtin_memcpy(S->request, r->w, EXO_REGISTER_BYTES);
    else if (r->reply != S->request)
        __builtin_memcpy(S->request, r->reply, r->reply_size);
    return server_call_memory(r->from->env, S->request,
                              (r->reply ? r->reply_size : EXO_REGISTER_BYTES) | EXO_NOWAIT, PAGE,
                              w);
}

/* The same in two. Words wait in the process's mailbox; if data cannot be handed over, the process
 * has to ask again. */
static void send_back(struct request *r)
{
    const struct words retry = { { -(uint64_t)RETRY }, 0, 0 };
    const struct words reply = { { r->w[0], r->w[1], r->w[2], r->w[3] }, 0, 0 };

    if (!r->reply) {
        server_send_words(r->from->env, &reply, EXO_REGISTER_BYTES | EXO_NOWAIT);
    } else if (server_send_memory(r->from->env, r->reply, r->reply_size | EXO_NOWAIT) == FB_EFULL) {
        if (r->undo)
            r->undo(r);
        r->commit = NULL;
        server_send_words(r->from->env, &retry, EXO_REGISTER_BYTES | EXO_NOWAIT);
    }
    if (r->commit)
        r->commit(r);
}

/* Hand over the reply, and receive the next message into S->request. */
static int64_t reply_and_receive(struct request *r, struct words *w)
{
    const bool small = !r->reply || r->reply_size <= SMALL;

    S->timer_next = timers_next();
    if (r->from && !r->silent) {
        if (small && !r->then && !r->commit && S->timer_next == EXO_FOREVER) {
            const int64_t length = call_back(r, w);
            if (length != FB_EFULL)
                return length;
        }
        send_back(r);
    }
    if (r->then)
        server_send_words(r->then, &r->then_words, EXO_REGISTER_BYTES | EXO_NOWAIT);
    return server_receive(S->request, PAGE, S->timer_next, w);
}

/* Take the words out of the message, wherever they came. */
static void take(struct request *r, int64_t length, const struct words *w)
{
    const uint64_t *from = length > EXO_REGISTER_BYTES ? (const uint64_t *)S->request : w->w;

    r->sender = w->sender, r->silent = length < EXO_REGISTER_BYTES;
    r->reply = NULL, r->then = 0, r->undo = NULL, r->commit = NULL;
    if (r->silent)
        return;
    for (int i = 0; i < 4; i++)
        r->w[i] = from[i];
    r->data = S->request + 32;
    r->data_size = (uint64_t)length - 32;
    r->from = proc_of(w->sender);
}

/* Prepare everything. What was missing, or NULL. */
static const char *begin(const struct fp_run *run)
{
    if (!lib_page(UPCALL, RW) || lib_upcall(UPCALL, demand))
        return "no memory for the LibOS's server";
    S->nonce = run->entry->params[0];
    S->trace = run->entry->params[1];
    S->last_pid = 1;
    S->bell = (cap_id_t)exo_alloc_page(EXO_ANY);
    if (exo_revoke(S->bell, 1ul << 62))
        return "no bell";
    if (!archive_unpack())
        return "the archive cannot be read";
    if (!commands_read() || !next_command())
        return "the archive has no command";
    exo_probe(EXO_PROBE_SLICE, SLICE, 0);
    return NULL;
}

/* The program of the boot. Parameters: the word of the server's lines; whether to count calls. */
int64_t libos_server(uint64_t a, uint64_t b)
{
    struct fp_run *run = (struct fp_run *)a;
    struct request r = { .silent = true };
    struct words w;
    const char *missing = begin(run);

    (void)b;
    if (missing) {
        fp_give_up(run, FP_OUT_OF_RANGE, missing);
        return 0;
    }
    while (!S->done || next_command()) {
        const int64_t length = reply_and_receive(&r, &w);
        if (S->timer_next <= fp_time())
            timers_run();
        take(&r, length, &w);
        if (!r.silent)
            serve_one(&r);
    }
    fp_check(run, true, "");
    return 0;
}
