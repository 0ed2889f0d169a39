/* SPDX-License-Identifier: MIT
 * The server: names and files, process numbers, the console. An environment of its own, which other
 * processes reach by exo_call only. It never waits for one of them: a reply that a process does not
 * take is dropped, and what a process says is checked.
 *
 * Its data lies in ranges that are given pages when they are used (main.c). */
#ifndef LIBOS_SERVER_H
#define LIBOS_SERVER_H

#include "../layout.h"
#include "../linux.h"
#include "../protocol.h"

#include "exo.h"

#define PAGE 4096ul
#define SLICE 1000000ul /* instructions */

#define TABLES 0x100000000000ul /* demand zero: all that follows */
#define TABLES_END 0x200000000000ul
#define NODES_AT 0x100000000000ul
#define NAMES_AT 0x110000000000ul
#define OPENS_AT 0x120000000000ul
#define PROCS_AT 0x130000000000ul
#define STATE_AT 0x140000000000ul
#define PIPES_AT 0x148000000000ul
#define SOCKETS_AT 0x14c000000000ul
#define MESSAGES_AT 0x14d000000000ul
#define IPC_AT 0x14f000000000ul
#define UNDOS_AT 0x14f800000000ul
#define MAILBOXES_AT 0x14fc00000000ul
#define LOCKS_AT 0x14e000000000ul
#define MAPS_AT 0x150000000000ul  /* page numbers of files, 1 MiB for each node */
#define CAPS_AT 0x1e0000000000ul  /* capabilities of pages */
#define LENT_AT 0x1f0000000000ul  /* whether a process was given the page */
#define PAGES_AT 0x200000000000ul /* the pages themselves */

enum {
    NODES = 16384,
    NAMES = 16384,
    OPENS = 8192,
    PROCS = 512,
    HANDLES = 1024,
    BUCKETS = 4096,
    FILE_PAGES = 65536,
    FEW = 8,
    NAME_MAX = 255,
    LINKS_MAX = 40,
    CAPS_FIRST = 8192,
    PIPE_MAX = 2048
};

/* A file, folder, link or device. Number 0 is none, 1 the root. */
struct node {
    uint32_t mode, links, opens, parent; /* of a folder: the folder above */
    uint64_t size, device, atime, mtime, ctime;
    uint32_t uid, gid;
    uint32_t first, last; /* of a folder: its names */
    uint64_t next_place;  /* of a folder: position of the next name in it */
    uint32_t page[FEW];   /* numbers of the first pages; 0: a hole */
    uint32_t pages;       /* numbers that the map has */
    uint32_t listener;    /* of a socket: its number; of a fifo: its pipe */
    uint32_t next_free;
};

struct name {
    uint32_t folder, node, hash_next, next, prev;
    uint32_t length;
    uint64_t place;
    char text[NAME_MAX + 1];
};

/* An open file, which processes share after fork. */
struct open {
    uint32_t node, holders, flags, kind;
    uint64_t offset;
    uint32_t pipe, next_free;
    bool memory; /* of System V */
};
enum {
    OPEN_FREE,
    OPEN_FILE,
    OPEN_CONSOLE,
    OPEN_READ_END,
    OPEN_WRITE_END,
    OPEN_SOCKET,
    OPEN_MAILBOX
};

enum proc_state { PROC_FREE, PROC_RUNS, PROC_ENDED };

struct proc {
    uint64_t number, word; /* of its environment, 0: it has not reported; what it reports with */
    cap_id_t env;
    uint32_t state, group, session, cwd, umask, handles; /* handles: above all in use */
    bool awaits_lock;
    uint32_t reached, staged;      /* a socket for the next message; a message */
    uint32_t lock_node, lock_type; /* which */
    uint64_t lock_start, lock_end;
    uint32_t reaps, report, stopped; /* enum children; what its parent is to be told */
    uint64_t pid, parent, forked_by;
    uint64_t status, started, used, children;
    uint64_t timer, slice;    /* when to ring: for its timers, for the next thread; 0: never */
    bool borrows;             /* a vfork's child that has its parent's program */
    uint16_t handle[HANDLES]; /* open files; [0] is not used */
};

struct state {
    uint32_t node_top, node_free, name_top, name_free, open_top, open_free, page_top, page_free;
    uint32_t pipe_top, pipe_free, proc_top, socket_top, socket_free;
    uint32_t message_top, message_free, port_next, names_given;
    bool ipc_used;
    uint32_t given_count; /* handles that the reply in the making has */
    uint16_t given[2 * RIGHTS];
    uint32_t locks, foreground;
    bool trace, done;
    uint64_t timer_next; /* when a process is due */
    uint64_t last_pid, first, nonce, started;
    cap_id_t bell;
    uint32_t bucket[BUCKETS];
    uint64_t count[LIBOS_CALLS], ticks[LIBOS_CALLS];
    char space[2][2 * NAMED_MAX]; /* of paths through links */
    char buffer[4096];            /* of the reply in the making */
    uint32_t input;               /* what the console reads: a node, or 0 */
    uint64_t input_offset;
    char request[4096];
    uint32_t commands; /* the node of the file, or 0 */
    uint64_t command_at, variables_at, variables_size, arguments_size, arguments, variables;
};

#define NODE ((struct node *)NODES_AT)
#define NAME ((struct name *)NAMES_AT)
#define OPEN ((struct open *)OPENS_AT)
#define PROC ((struct proc *)PROCS_AT)
#define S ((struct state *)STATE_AT)
#define CAPS ((cap_id_t *)CAPS_AT)
#define LENT ((bool *)LENT_AT)

/* One request, and the reply in the making. */
struct request {
    struct proc *from; /* NULL: nobody whom the server knows */
    uint64_t sender;
    uint64_t w[4];    /* result and words of the reply, too */
    const char *data; /* behind the words */
    uint64_t data_size;
    const void *reply; /* more than 32 bytes, or NULL */
    uint64_t reply_size;
    bool silent;   /* no reply: the process is gone */
    cap_id_t then; /* another who is answered after this one */
    struct words then_words;
    void (*undo)(struct request *r);   /* the reply could not be handed over */
    void (*commit)(struct request *r); /* it was */
    uint64_t undo_value[2];
};

/* own.S, for a native environment */
int64_t server_call_memory(cap_id_t to, const void *b, uint64_t n, uint64_t room, struct words *w);
int64_t server_receive(void *buffer, uint64_t room, uint64_t deadline, struct words *words);
int64_t server_send_memory(cap_id_t to, const void *buffer, uint64_t length);
int64_t server_send_words(cap_id_t to, const struct words *words, uint64_t length);
/* ../entry.S, ../start.c: where processes begin */
void libos_entry(void);
void libos_entry_traced(void);
void libos_start(cap_id_t server, uint64_t server_number, uint64_t word);
/* main.c */
uint64_t server_time(void);
/* console.c */
void console_put(const char *text, uint64_t n);
void report(const char *what, uint64_t a, uint64_t b, uint64_t c, int numbers);
/* archive.c */
bool archive_unpack(void);
/* pages.c */
uint32_t page_take(void);
void page_give(uint32_t page);
static inline char *page_at(uint32_t page) { return (char *)(PAGES_AT + page * PAGE); }
/* nodes.c */
uint32_t node_new(uint32_t mode);
void node_release(uint32_t node);
uint32_t node_page(uint32_t node, uint64_t index, bool make);
int64_t node_resize(uint32_t node, uint64_t size);
int64_t node_read(uint32_t node, uint64_t offset, char *to, uint64_t n);
int64_t node_write(uint32_t node, uint64_t offset, const char *from, uint64_t n);
void node_stat(uint32_t node, struct linux_stat *s);
/* names.c */
uint32_t name_find(uint32_t folder, const char *text, uint32_t length);
int64_t name_add(uint32_t folder, const char *text, uint32_t length, uint32_t node);
void name_remove(uint32_t name);
struct walk {
    uint32_t folder, node; /* where the last name is, and what it names, or 0 */
    uint32_t name;         /* the last name, or 0 */
    const char *last;      /* its text, in the request or in S->space */
    uint32_t last_length;
    bool must_be_folder;
};
int64_t walk(uint32_t from, const char *path, uint32_t n, bool follow, char *space, struct walk *w);
int64_t walk_request(struct request *r, bool second, bool follow, struct walk *w);
/* name_calls.c, open_calls.c, proc_calls.c */
void do_open(struct request *r);
void do_close(struct request *r);
void do_read(struct request *r);
void do_write(struct request *r);
void do_seek(struct request *r);
void do_stat(struct request *r);
void do_entries(struct request *r);
void do_memory(struct request *r);
void do_pages(struct request *r);
void do_make(struct request *r);
void do_unlink(struct request *r);
void do_rename(struct request *r);
void do_link(struct request *r);
void do_symlink(struct request *r);
void do_readlink(struct request *r);
void do_change(struct request *r);
void do_chdir(struct request *r);
void do_getcwd(struct request *r);
void do_start(struct request *r);
void do_exit(struct request *r);
void do_trace(struct request *r);
void do_fork(struct request *r);
void do_executed(struct request *r);
void do_parent(struct request *r);
void do_wait(struct request *r);
void do_children(struct request *r);
void do_stopped(struct request *r);
void proc_forget(struct proc *p);
bool proc_meant(const struct proc *p, int64_t pid, uint32_t group);
void do_kill(struct request *r);
void do_group(struct request *r);
void do_timer(struct request *r);
void do_umask(struct request *r);
void do_thread(struct request *r);
void do_times(struct request *r);
void do_pipe(struct request *r);
void do_attach(struct request *r);
void do_resend(struct request *r);
struct open *open_of(struct proc *p, uint32_t handle);
int64_t handle_new(struct proc *p, uint32_t open);
uint32_t open_new(uint32_t kind, uint32_t node, uint32_t flags);
void open_release(uint32_t open);
struct proc *proc_of(uint64_t number);
struct proc *proc_by_pid(uint64_t pid);
struct proc *proc_new(uint64_t capabilities, struct proc *parent);
void proc_notify(struct proc *p, uint64_t kind, uint64_t value);
void proc_signal(struct proc *p, uint64_t about, uint64_t value);
bool pipe_make(uint32_t open[2]);
/* sockets.c, addresses.c, messages.c, marks.c */
void socket_gone(uint32_t socket);
void message_free(uint32_t message);
void marks_gone(uint32_t first);
void do_bind(struct request *r);
void do_connect(struct request *r);
void do_reach(struct request *r);
void do_socket(struct request *r);
void do_socket_pair(struct request *r);
void do_listen(struct request *r);
void do_accept(struct request *r);
void do_ends(struct request *r);
void do_shutdown(struct request *r);
void do_address(struct request *r);
void do_socket_state(struct request *r);
void do_socket_option(struct request *r);
void do_stage(struct request *r);
void do_staged(struct request *r);
void do_send(struct request *r);
void do_receive(struct request *r);
void do_mark(struct request *r);
void do_unmark(struct request *r);
/* ipc.c, semaphores.c, queues.c */
struct ipc;
void memory_detached(uint32_t open);
void undo_forget(const struct ipc *o);
void semaphores_of_process_gone(uint64_t pid);
uint32_t message_next(uint32_t message);
void do_ipc_get(struct request *r);
void do_ipc_stat(struct request *r);
void do_ipc_set(struct request *r);
void do_ipc_remove(struct request *r);
void do_semaphores(struct request *r);
void do_semaphore_control(struct request *r);
void do_memory_attach(struct request *r);
void do_queue_send(struct request *r);
void do_queue_receive(struct request *r);
/* mailboxes.c */
void mailbox_gone(uint32_t mailbox);
void do_mailbox_open(struct request *r);
void do_mailbox_unlink(struct request *r);
void do_mailbox_send(struct request *r);
void do_mailbox_receive(struct request *r);
void do_mailbox_notify(struct request *r);
void do_mailbox_state(struct request *r);
/* pipe_calls.c */
uint32_t *pipe_marks(uint32_t open);
void pipe_mark(uint32_t open, uint32_t flags);
void pipe_unmark(uint32_t open, uint32_t flags);
bool pipe_has_bytes(uint32_t open);
void pipe_changed(struct open *o, int by);
void pipe_closed(uint32_t pipe);
int64_t fifo_open(struct proc *p, uint32_t node, uint32_t flags, uint64_t handle[2],
                  uint64_t *seen);
void do_lock(struct request *r);
void do_foreground(struct request *r);
void do_unlock(struct request *r);
void locks_of_process_gone(struct proc *p, uint32_t node);
void locks_of_open_gone(uint32_t open);
void pipe_unlock_for(const struct open *o, uint64_t pid);
void open_inherited(uint32_t open);
void do_hello(struct request *r);
/* commands.c */
bool commands_read(void);
bool next_command(void);
uint64_t timers_next(void);
void timers_run(void);
void proc_gone(struct proc *p, uint64_t status);

#endif
