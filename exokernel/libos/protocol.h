/* SPDX-License-Identifier: MIT
 * What processes and the server say to each other. The server is an environment of its own: it has
 * the names, the files, the process numbers and the console. A process reaches it by exo_call.
 *
 *   request   w[0] operation | handle << 32, w[1] .. w[3] arguments; or the same four words in
 *             front of struct named, or of data
 *   reply     w[0] result or -errno, in 32 bytes; or more bytes than that: data alone
 *   notice    NOTICE_BYTES or 16, unasked: w[0] enum notice, w[1] signal | its code << 8, w[2] what
 *             sigqueue sent
 *
 * A handle is a process's own number for an open file; 0 is none. */
#ifndef LIBOS_PROTOCOL_H
#define LIBOS_PROTOCOL_H

#include <stdint.h>

enum operation {
    OP_HELLO = 1, /* w1 the word that it was started with; reply pid, parent, flags */
    OP_START,     /* the first process: w1 0: reply how many arguments, variables and bytes; 1: the
                   * bytes from w2 on */
    OP_EXIT,      /* w1 status as wait4 reports it; no reply */
    OP_TRACE,     /* struct trace_row[w1] behind the words */
    OP_FORK, /* w1 capabilities, w2: as vfork; reply pid, capability to send to it, its number */
    OP_EXECUTED, /* a vfork's child has another program now */
    OP_PARENT,   /* of a vfork's child; reply a capability to send to its parent */
    OP_WAIT,     /* w1 pid, w2 options; reply pid, status */
    OP_KILL,     /* w1 pid, w2 signal */
    OP_GROUP,    /* w1 pid, w2 new group or -1 to ask, w3: a new session */
    OP_OPEN,     /* named; a flags, b mode; reply handle, mode, device, size; of a fifo: 0, mode |
                   * how often the other end was opened << 32, handles of both ends */
    OP_CLOSE,    /* handle */
    OP_READ,     /* handle; w1 bytes, w2 offset or -1; reply data or words with up to 24 bytes */
    OP_WRITE,    /* handle; w1 bytes, w2 offset or -1, w3: append; data behind the words */
    OP_SEEK,     /* handle; w1 offset, w2 whence */
    OP_STAT,     /* named; a flags; reply struct linux_stat */
    OP_ENTRIES,  /* handle; w1 bytes: as getdents64 wants them */
    OP_MEMORY,   /* w1 bytes; reply handle of a file without a name */
    OP_PAGES,    /* handle; w1 first page, w2 count, w3 rights; reply capabilities */
    OP_MAKE,     /* named; a mode with the kind, b device */
    OP_UNLINK,   /* named; a flags */
    OP_RENAME,   /* named, two */
    OP_LINK,     /* named, two; a flags */
    OP_SYMLINK,  /* named, two: the target is first */
    OP_READLINK, /* named; a bytes */
    OP_CHANGE,   /* named; a what, b value, c flags; enum change */
    OP_CHANGE_LINK,   /* the same about a link itself */
    OP_CHDIR,         /* named */
    OP_BIND,          /* named; a handle of a socket */
    OP_CONNECT,       /* named; a handle of a socket */
    OP_REACH,         /* named; a handle of a socket: where the next message goes */
    OP_BIND_TO,       /* handle; w1 an internet address and port; or behind the words, a name */
    OP_CONNECT_TO,    /* the same; w3 bit 63: do not wait */
    OP_REACH_TO,      /* the same */
    OP_SOCKET,        /* w1 domain | type << 8 | protocol << 16, w2 user | group << 32 */
    OP_SOCKET_PAIR,   /* the same; reply two handles */
    OP_LISTEN,        /* handle; w1 how many may wait */
    OP_ACCEPT,        /* handle; w1: only ask; reply a handle */
    OP_ENDS,          /* handle of a stream; reply handles of pipes to read from and to write to */
    OP_SHUTDOWN,      /* handle; w1 0: no more reading, 1: no more writing, 2: both */
    OP_ADDRESS,       /* handle; w1: the other's; reply struct address */
    OP_SOCKET_STATE,  /* handle; w1: wake me when it changes; reply what poll tells, bytes */
    OP_SOCKET_OPTION, /* handle; w1 enum socket_option, w2 value; reply value, listens */
    OP_STAGE,         /* w1 offset; part of a message behind the words */
    OP_STAGED,        /* w1 offset, w2 bytes: part of the message that was received */
    OP_SEND,    /* handle; w1 bytes, w2 enum send; credentials, rights, bytes behind the words */
    OP_RECEIVE, /* handle; w1 enum receive, w2 bytes wanted at once; reply struct received */
    OP_MARK, /* handle to write; w1 positions, w2 enum send; struct credentials and rights behind */
    OP_UNMARK,     /* handle to read; w1 enum receive; reply struct received */
    OP_IPC_GET,    /* handle: user | group << 16; w1 enum ipc_kind, w2 key | flags << 32, w3 size */
    OP_IPC_STAT,   /* w1 enum ipc_kind, w2 number; reply as Linux has it */
    OP_IPC_SET,    /* the same; behind the words user, group, mode, most bytes */
    OP_IPC_REMOVE, /* the same */
    OP_SEMAPHORES, /* w1 number, w2 how many operations, behind the words; 0: waits no more */
    OP_SEMAPHORE_CONTROL, /* w1 number, w2 enum semaphore_command | which << 32, w3 value */
    OP_MEMORY_ATTACH,     /* w1 number; reply handle, size */
    OP_QUEUE_SEND,        /* w1 number | flags << 32, w2 type, w3 bytes | staged << 32 */
    OP_QUEUE_RECEIVE,   /* w1 number | flags << 32, w2 type, w3 most bytes; reply struct received */
    OP_MAILBOX_OPEN,    /* named; a flags, b most messages | size << 32; reply a handle */
    OP_MAILBOX_UNLINK,  /* named */
    OP_MAILBOX_SEND,    /* handle; w1 priority, w2 bytes, w3: they were staged */
    OP_MAILBOX_RECEIVE, /* handle; w1 room; reply struct received */
    OP_MAILBOX_NOTIFY,  /* handle; w1: whether, w2 signal, w3 value */
    OP_MAILBOX_STATE, /* handle; w1: wake me when it changes; reply what poll tells, sizes, count */
    OP_GETCWD,        /* reply the path */
    OP_PIPE,          /* w1 flags; reply handles of both ends */
    OP_ATTACH,        /* handle of a pipe; w1 number of a page; reply its capability */
    OP_RESEND,     /* handle of a pipe; w1 pid of another that has it; reply capability to send */
    OP_TIMER,      /* w1: when to send NOTICE_TIMER; 0: never */
    OP_THREAD,     /* w1: whether there are several threads, which want slices; reply a number */
    OP_UMASK,      /* w1 mask or -1 */
    OP_TIMES,      /* reply ticks of children that were waited for */
    OP_CHILDREN,   /* w1 enum children: what happens with children that end or stop */
    OP_LOCK,       /* handle; w1 type | enum lock_flags << 8; w2 first byte, w3 last; reply 0, or
                   * type, pid, first and last byte of one in the way */
    OP_FOREGROUND, /* w1 the terminal's new foreground group, or 0; reply the group */
    OP_UNLOCK,     /* handle: this process's records go */
    OP_STOPPED,    /* w1 signal that stopped us, or 0: we go on */
};

enum change { CHANGE_MODE, CHANGE_OWNER, CHANGE_TIMES, CHANGE_SIZE };

enum children { CHILDREN_FORGOTTEN = 1, CHILDREN_STOP_UNTOLD = 2 };

enum lock_type { LOCK_READ, LOCK_WRITE, LOCK_NONE };
enum lock_flags { LOCK_WAIT = 1, LOCK_ASK = 2, LOCK_OPEN = 4, LOCK_WHOLE = 8 };

enum start { START_TRACED = 1, START_FORKED = 2 };

/* The first page of a pipe. Its holders, who may write it, can spoil it for each other alone. The
 * server writes readers and writers; the ring lies in the pages behind. */
enum { PIPE_PAGES = 16, PIPE_SIZE = PIPE_PAGES * 4096, PIPE_SLEEPERS = 512 };
struct pipe {
    uint32_t head, tail;             /* bytes written and read so far; both 0 when it is empty */
    uint32_t readers, writers;       /* processes that hold the ends */
    uint32_t lock;                   /* the pid that changes it now, or 0 */
    uint32_t asleep;                 /* places of sleepers that may be in use */
    uint32_t opened[2];              /* how often a fifo was opened to read, to write */
    uint32_t flags, unused;          /* enum pipe_flags */
    uint32_t sleeper[PIPE_SLEEPERS]; /* pids to wake */
};

/* Of the pipes of a socket: what was shut, by one side or the other. */
enum pipe_flags {
    PIPE_NO_WRITER = 1,   /* who writes has shut it: no more bytes will come */
    PIPE_NO_READER = 2,   /* who reads has shut it: no more bytes are taken */
    PIPE_END = 4,         /* who reads wants no more, but bytes are taken */
    PIPE_RESET = 8,       /* the other end was closed with bytes unread */
    PIPE_MARKED = 16,     /* something goes with the bytes: the server has it */
    PIPE_CREDENTIALS = 32 /* who reads wants to know who writes */
};

enum socket_domain { SOCKET_UNIX = 1, SOCKET_INTERNET };
enum socket_option {
    SOCKET_REUSE,
    SOCKET_CREDENTIALS,
    SOCKET_ERROR,
    SOCKET_PEER,
    SOCKET_FIRST_PLAIN, /* from here on: kept for the program, by number */
    SOCKET_OPTIONS = 32,
    SOCKET_GET = 256
};
#define INTERNET_NONE (1ul << 63) /* instead of an address: none */

/* A struct sockaddr. */
struct address {
    uint16_t length;
    char bytes[110];
};

/* Who sent something, and how many descriptors go with it. */
struct credentials {
    uint32_t pid, user, group, rights;
};

/* A descriptor on its way: handles, and what the receiver makes of them. */
struct right {
    uint16_t handle[2];
    uint8_t kind, clock, domain, type;
    uint32_t flags;
};
enum { RIGHTS = 253 };

enum send { SEND_STAGED = 1, SEND_CREDENTIALS = 2, SEND_TO_REACHED = 4 };
enum receive { RECEIVE_PEEK = 1, RECEIVE_RIGHTS = 2 };

/* A message or mark; behind it the rights, and as many bytes as are `here`. */
struct received {
    uint32_t size, here, lost, unused; /* lost: there were rights that could not be given */
    struct credentials from;
    struct address address;
};

enum ipc_kind { IPC_SEMAPHORES = 1, IPC_MEMORY, IPC_QUEUE };
enum semaphore_command {
    SEMAPHORE_GET = 1,
    SEMAPHORE_PID,
    SEMAPHORE_WAIT_MORE,
    SEMAPHORE_WAIT_ZERO,
    SEMAPHORE_SET,
    SEMAPHORE_GET_ALL, /* from here on: of all */
    SEMAPHORE_SET_ALL
};

enum notice { NOTICE_WAKE, NOTICE_SIGNAL, NOTICE_SLICE, NOTICE_TIMER, NOTICE_BACK };
enum { NOTICE_BYTES = 24 };
#define FIFO_READY 0x80000000u

struct words {
    uint64_t w[4];
    uint64_t sender, capability;
};

#define REQUEST(operation, handle) ((uint64_t)(operation) | (uint64_t)(handle) << 32)
#define AT_CWD 0u /* the handle of a request whose path begins at the working directory */

enum { NAMED_MAX = 4096 - 64, PAGES_AT_ONCE = 16, WRITE_MAX = 4096 - 32, SHORT_READ = 24 };

/* A request about one or two names. */
struct named {
    uint64_t request, a, b, c;
    uint32_t second;          /* handle where the second path begins */
    uint16_t length, length2; /* of the paths, which follow each other */
    char path[NAMED_MAX];
};

struct trace_row {
    uint64_t number, count, ticks;
};

#endif
