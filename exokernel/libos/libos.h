/* SPDX-License-Identifier: MIT
 * The LibOS: Linux's system calls as a library in the address space of the program. Read this
 * first: every function that one file gives to another, by file.
 *
 * A process is a foreign environment. What is private to it lies in its own memory: areas, files,
 * handlers. The server (server/) has what all share. `P` is this process. */
#ifndef LIBOS_H
#define LIBOS_H

#include "layout.h"
#include "linux.h"
#include "protocol.h"

#include <feuerbird/abi.h>
#include <feuerbird/errors.h>
#include <feuerbird/rights.h>
#include <feuerbird/types.h>

#define PAGE 4096ul
#define RIGHT_RW (EXO_RIGHT_R | EXO_RIGHT_W)
#define PAGE_UP(x) (((x) + PAGE - 1) & -PAGE)
#define USER_LOW 0x10000ul /* nothing is mapped below, nor where the image is */
#define USER_TOP 0x7fffffff0000ul
#define STACK_TOP 0x7ffffffe0000ul /* of the program */
#define STACK_SIZE 0x800000ul
#define ET_DYN_BASE 0x555555554000ul

#define NO_PATH (~0ul) /* the folder itself, a descriptor */

enum { AREAS = 512, FILES = 512, DESCRIPTORS = 1024, THREADS = 200, QUEUED = 128 };
enum { GROUPS = 64, LIMITS = 16, LIMIT_STACK = 3, LIMIT_CORE, LIMIT_FILES = 7 };

struct regs {
    uint64_t r15, r14, r13, r12, rbp, rbx, r11, r10, r9, r8, rax, rcx, rdx, rsi, rdi, rip, flags,
        rsp;
};

/* What libos_upcall pushed, and the kernel before it. */
struct upcall {
    uint64_t r15, r14, r13, r12, rbp, rbx, r11, r10, r9, r8, rax, rcx, rdx, rsi, rdi;
    uint64_t cause, value, detail, rip, cs, flags, rsp, ss;
};

/* A piece of the program's address space. `file` 0: no file. Ordered by address. */
struct area {
    uint64_t start, end, offset;
    uint16_t file;
    uint8_t rights, shared;
    uint32_t unused;
};

/* A resident page: its capability, with PAGE_ flags. number 0: free place. */
struct page {
    uint64_t number, capability;
};
#define PAGE_BORROWED (1ul << 63) /* of the server's: a page of a file */
#define PAGE_HIDDEN (1ul << 62)   /* not mapped at present, since its area has no rights */
#define PAGE_CHANGED (1ul << 61)  /* in a vfork: the child has written it */
#define PAGE_ID(c) ((c) & ~(PAGE_BORROWED | PAGE_HIDDEN | PAGE_CHANGED))

enum kind {
    FILE_NONE,
    FILE_PLAIN,
    FILE_FOLDER,
    FILE_CONSOLE,
    FILE_NULL,
    FILE_ZERO,
    FILE_FULL,
    FILE_RANDOM,
    FILE_READ_END,
    FILE_WRITE_END,
    FILE_PATH,
    FILE_SOCKET,
    FILE_EVENT,
    FILE_EPOLL,
    FILE_TIMER,
    FILE_SIGNALS,
    FILE_MAILBOX
};

/* An open file, that descriptors and areas refer to. */
struct file {
    uint32_t references, handle;
    uint8_t kind;
    uint8_t signal;       /* F_SETSIG */
    int32_t owner;        /* F_SETOWN */
    uint8_t clock;        /* of a timerfd */
    uint64_t mask;        /* of a signalfd */
    bool semaphore;       /* of an eventfd */
    bool fifo;            /* no socket, but a fifo for reading and writing */
    uint8_t domain, type; /* of a socket */
    bool credentials;     /* SO_PASSCRED */
    bool refused;         /* the other end is closed, and this one has sent into it */
    bool memory;          /* of System V */
    bool peek;            /* an end of a pipe: what is read stays */
    uint64_t timeout[2];  /* of a socket: to receive, to send; 0: none */
    uint64_t deadline;    /* an end of a pipe: of the call that waits; 0: none */
    uint16_t in, out;     /* of a socket: files of two pipes; of an epoll, in: its number */
    uint32_t flags;       /* O_ */
    uint32_t attached;    /* pages of the pipe that are mapped, a bit each */
    cap_id_t page[1 + PIPE_PAGES]; /* their capabilities */
};

/* A process that shares a pipe, and how to wake it. */
struct peer {
    uint64_t pid;
    cap_id_t capability;
};
enum { PEERS = 8 };

/* A timer that ends in a signal: at `when`, 0: it does not run; then each interval. */
struct timer {
    uint64_t when, interval, value;
    uint32_t overrun, thread;
    uint8_t used, signal, notify, clock;
};
enum { FIRST_TIMER = 3, TIMERS = FIRST_TIMER + 32 }; /* before: those of setitimer */

struct process {
    uint64_t rsp, pending, pid, parent, number, began, fault_back, event_back, stack, back;
    struct regs regs;
    cap_id_t server;
    uint64_t server_number;
    uint64_t mask, waiting, own; /* signals: blocked; to deliver, to any thread or this one */
    uint64_t saved_mask;         /* of rt_sigsuspend */
    bool suspended, traced, dying, sliced, quiet; /* quiet: no SIGPIPE */
    uint32_t areas, capabilities;
    uint64_t break_start, break_now, break_area;
    uint64_t page_bits, pages, page_table; /* log2 of the places, how many are used, 0 or 1 */
    uint64_t fs_base, clear_tid, robust;
    uint64_t alternate, alternate_size, alternate_flags;
    uint64_t random;
    uint64_t reply[3]; /* words 1 to 3 of the last reply */
    struct {
        uint16_t file;
        uint16_t close; /* at execve */
    } descriptor[DESCRIPTORS];
    uint64_t limit_files;
    uint32_t highest; /* descriptor in use, plus 1 */
    struct linux_action action[SIGNALS + 1];
    uint64_t sender_code[SIGNALS + 1]; /* si_code and si_pid of a signal */
    uint64_t sender_value[SIGNALS + 1];
    struct queued { /* further signals from 32 on, in their order */
        uint64_t signal, code, value;
    } queue[QUEUED];
    uint32_t user[3], group[3], groups[GROUPS], group_count; /* real, effective, saved */
    int32_t nice, policy, priority;
    uint32_t personality, parent_signal;
    bool terminal_set;
    uint8_t terminal[36]; /* its modes, if set */
    bool locks;           /* this process has had record locks */
    bool not_dumpable, no_new_rights, subreaper;
    uint64_t limit[LIMITS][2]; /* the complement of each, so that 0 is no limit */
    uint32_t queued, stopped;  /* stopped: by this signal */
    uint32_t children;         /* what the server was told: enum children */
    char name[16], executable[256];
    uint64_t strings[3]; /* on the program's stack: arguments, variables, their end */
    struct timer timer[TIMERS];
    uint64_t rings_at;   /* when the server rings for them; 0: never */
    uint64_t look_again; /* of a call that polls: until when nothing happens by itself */
    bool rang;
    bool mark_due;                 /* something goes with the bytes that were read */
    uint64_t mark_size, mark_what; /* what goes with those to write: see message.c */
    uint32_t files;                /* above all in use */
    bool borrowed;                 /* a vfork: the parent waits for us */
    bool came_back;                /* a vfork: the child is done with our memory */
    uint64_t child_tid, tid;
    uint32_t threads, thread_top, thread; /* how many if several, above all in use, which runs */
    struct peer peer[PEERS];
    uint8_t fpu[512] __attribute__((aligned(16))); /* at fork */
};
#define P ((struct process *)(uint64_t)LIBOS_DATA)
#define AREA ((struct area *)(uint64_t)LIBOS_AREAS)
#define FILE_OF ((struct file *)(uint64_t)LIBOS_FILES)

_Static_assert(sizeof(struct process) <= LIBOS_UPCALL - LIBOS_DATA, "place for the process");

struct trace_cell {
    uint64_t count, ticks;
};

/* own.S: the kernel's calls; messages */
int64_t own_set_upcall(const void *entry, uint64_t stack, uint64_t size);
int64_t own_alloc_page(uint64_t physical);
int64_t own_unbind_page(cap_id_t page);
int64_t own_cap_drop(cap_id_t id);
int64_t own_map(cap_id_t env, cap_id_t page, uint64_t address, uint64_t rights);
int64_t own_unmap(cap_id_t env, cap_id_t page);
int64_t own_protect(cap_id_t env, cap_id_t page, uint64_t rights);
int64_t own_map_pages(cap_id_t env, const cap_id_t *pages, uint64_t n, uint64_t at,
                      uint64_t rights);
int64_t own_fs_base(uint64_t base);
int64_t own_yield_to(cap_id_t env);
int64_t own_info(uint64_t what);
_Noreturn void own_exit(int64_t status);
int64_t own_call_words(cap_id_t to, struct words *words);
int64_t own_call_memory(cap_id_t to, void *buffer, uint64_t length, uint64_t room, struct words *w);
int64_t own_receive(void *buffer, uint64_t room, uint64_t deadline, struct words *words);
int64_t own_send_words(cap_id_t to, const struct words *words, uint64_t length);
int64_t own_send_memory(cap_id_t to, const void *buffer, uint64_t length);
/* entry.S */
void libos_entry(void);
void libos_entry_traced(void);
void libos_upcall(void);
_Noreturn void libos_resume(void);
void libos_change_stack(uint64_t *save, uint64_t to);
_Noreturn void libos_switch(uint64_t stack, void (*f)(void));
int64_t libos_copy(void *to, const void *from, uint64_t n);
int64_t libos_zero(void *to, uint64_t n);
int64_t libos_touch(uint64_t address);
int64_t libos_peek(uint64_t address);
int64_t libos_string(char *to, uint64_t from, uint64_t room);
extern const char libos_exit[], libos_exit_window[], libos_resume_window[], libos_event_jump[];
extern const char libos_guarded[], libos_guarded_end[], libos_guarded_fault[];
/* To or from an address that the program gave. It may be anything, but not what the LibOS lives on;
 * the page for copies is only passed through. */
static inline bool user_may(uint64_t at, uint64_t n)
{
    return at + n <= LIBOS_AREA || at >= LIBOS_END || (at - LIBOS_COPY <= PAGE && n <= PAGE);
}
static inline int64_t user_put(uint64_t to, const void *from, uint64_t n)
{
    return user_may(to, n) ? libos_copy((void *)to, from, n) : -EFAULT;
}
static inline int64_t user_get(void *to, uint64_t from, uint64_t n)
{
    return user_may(from, n) ? libos_copy(to, (const void *)from, n) : -EFAULT;
}
static inline int64_t user_zero(uint64_t to, uint64_t n)
{
    return user_may(to, n) ? libos_zero((void *)to, n) : -EFAULT;
}
static inline int64_t user_touch(uint64_t at)
{
    return user_may(at, 8) ? libos_touch(at) : -EFAULT;
}
/* start.c */
void libos_start(cap_id_t server, uint64_t server_number, uint64_t word);
_Noreturn void process_end(uint64_t status);
_Noreturn void process_fail(const char *why);
/* borrow.c */
void borrow_page(struct page *page);
void borrow_back(void);
void borrow_wait(uint64_t child);
/* process.c */
_Noreturn void child_begin(uint64_t parent);
/* ask.c: the server */
int64_t ask(uint64_t operation, uint32_t handle, uint64_t a, uint64_t b, uint64_t c);
int64_t ask_memory(void *buffer, uint64_t length, uint64_t room);
int64_t ask_named(uint64_t operation, int64_t folder, uint64_t path, uint64_t a, uint64_t b,
                  uint64_t c);
int64_t ask_two(uint64_t operation, int64_t folder, uint64_t path, int64_t folder2, uint64_t path2,
                uint64_t a);
bool receive_notice(uint64_t deadline);
bool await_notice(uint64_t deadline);
void take_notices(void);
void notice_taken(int64_t length, const struct words *w);
/* timers.c */
void timers_ring(void);
void timers_forget(bool all);
int64_t timer_moment(const struct linux_timespec *t, uint64_t clock, bool absolute, uint64_t *when);
/* timerfd.c, signalfd.c */
int64_t timer_read(struct file *f, uint64_t buffer, uint64_t n);
uint32_t timer_ready(struct file *f, bool watch);
int64_t signals_read(struct file *f, uint64_t buffer, uint64_t n);
uint32_t signals_ready(const struct file *f);
/* mailbox.c */
uint32_t mailbox_ready(const struct file *f, bool watch);
/* pages.c */
struct page *page_find(uint64_t address);
bool page_add(uint64_t address, uint64_t capability);
void page_drop(struct page *page);
void page_forget(struct page *page);
struct page *page_table(uint64_t *places);
void page_forget_all(void);
/* areas.c */
struct area *area_find(uint64_t address);
int64_t area_add(uint64_t start, uint64_t end, uint8_t rights, bool shared, uint16_t file,
                 uint64_t offset);
int64_t area_remove(uint64_t start, uint64_t end);
uint64_t area_gap(uint64_t size);
void area_clear(void);
bool area_may(uint64_t start, uint64_t size);
/* fault.c */
int page_in(uint64_t address, uint64_t error);
bool user_writes(uint64_t address, uint64_t size);
/* upcall.c: serves faults and events */
/* files.c */
struct file *file_of(uint64_t descriptor);
int64_t file_new(uint8_t kind, uint32_t handle, uint32_t flags);
void file_release(uint16_t file);
int64_t descriptor_new(uint16_t file, uint64_t least, bool close);
void files_at_exec(void);
int64_t file_read(struct file *f, uint64_t buffer, uint64_t n, uint64_t offset);
int64_t file_write(struct file *f, uint64_t buffer, uint64_t n, uint64_t offset);
int64_t file_open(int64_t folder, uint64_t path, uint64_t flags, uint64_t mode);
/* thread.c */
uint64_t back_address(void);
void threads_wake(void);
bool threads_await(uint64_t deadline);
void threads_yield(void);
void threads_pass(void);
int64_t thread_new(uint64_t flags, uint64_t stack, uint64_t parent_tid, uint64_t child_tid,
                   uint64_t tls);
_Noreturn void thread_end(uint64_t status);
void threads_forget(void);
int64_t thread_signal(uint64_t tid, uint32_t signal);
int64_t futex_wake(uint64_t address, uint32_t most, uint32_t bits);
void robust_release(void);
int64_t futex_move(uint64_t from, uint64_t to, uint32_t most);
int64_t futex_await(uint64_t address, uint32_t bits, uint64_t deadline);
/* pipe.c */
int64_t pipe_read(struct file *f, uint64_t buffer, uint64_t n);
int64_t pipe_write(struct file *f, uint64_t buffer, uint64_t n);
int64_t linux_pipe2(uint64_t to, uint64_t flags);
int64_t fifo_opened(uint32_t in, uint32_t out, uint64_t seen, uint64_t flags);
uint32_t pipe_ready(struct file *f, bool watch);
int64_t pipe_bytes(struct file *f);
void pipe_release(struct file *f);
uint32_t pipe_flags(struct file *f);
bool event_add(struct file *f, uint64_t value);
int64_t event_read(struct file *f, uint64_t buffer, uint64_t n);
int64_t event_write(struct file *f, uint64_t buffer, uint64_t n);
uint32_t event_ready(struct file *f, bool watch);
/* socket.c, message.c */
int64_t mark_write(struct file *f, uint32_t from, uint32_t to);
int64_t socket_of_ends(uint32_t in, uint32_t out, uint64_t flags);
int64_t socket_read(struct file *f, uint64_t buffer, uint64_t n);
int64_t socket_write(struct file *f, uint64_t buffer, uint64_t n);
uint32_t socket_ready(struct file *f, bool watch);
void socket_release(struct file *f);
int64_t socket_bytes(struct file *f);
/* poll.c */
uint32_t poll_ready(uint64_t descriptor, bool watch);
int64_t poll_mask(uint64_t mask, uint64_t size);
bool poll_await(uint64_t deadline);
/* special.c */
int64_t special_descriptor(uint64_t path);
bool special_program(uint64_t path);
/* proc.c */
bool proc_has(uint64_t path);
int64_t proc_open(uint64_t path, uint64_t flags);
int64_t proc_stat(uint64_t path, uint64_t to);
int64_t proc_access(uint64_t path, uint64_t mode);
/* control.c, terminal.c */
int64_t terminal_control(uint32_t request, uint64_t argument);
/* load.c */
int64_t load(int64_t folder, const char *path, uint64_t block, uint64_t arguments,
             uint64_t variables, uint64_t size);
/* execute.c */
void regs_complete(void);
/* signal.c */
bool signal_due(void);
void signal_raise(uint32_t signal, uint64_t code, uint64_t value);
void children_tell(void);
_Noreturn void signal_fault(uint32_t signal, uint32_t code, uint64_t address, uint64_t error);
void signals_at_exec(void);
void signal_refresh(void);
/* time.c */
bool clock_is_real(uint64_t clock);
bool clock_exists(uint64_t clock);
uint64_t now(void);
uint64_t ticks(void);

/* calls that others are made of */
int64_t linux_close(uint64_t descriptor);
int64_t linux_getpeername(uint64_t descriptor, uint64_t to, uint64_t length);
int64_t linux_fsync(uint64_t descriptor);
int64_t linux_newfstatat(uint64_t folder, uint64_t path, uint64_t to, uint64_t flags);
int64_t linux_readv(uint64_t descriptor, uint64_t vectors, uint64_t count);
int64_t linux_writev(uint64_t descriptor, uint64_t vectors, uint64_t count);
int64_t linux_preadv(uint64_t descriptor, uint64_t vectors, uint64_t count, uint64_t offset);
int64_t linux_pwritev(uint64_t descriptor, uint64_t vectors, uint64_t count, uint64_t offset);
int64_t linux_utimensat(uint64_t folder, uint64_t path, uint64_t times, uint64_t flags);

#endif
