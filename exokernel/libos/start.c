/* SPDX-License-Identifier: MIT
 * How a process begins and ends. */
#include "libos.h"

/* Tell the server how often each call was made. */
static void report_calls(void)
{
    struct {
        uint64_t words[4];
        struct trace_row row[100];
    } *m = (void *)LIBOS_BUFFER;
    const struct trace_cell *cell = (const struct trace_cell *)LIBOS_TRACE;
    uint64_t rows = 0;

    for (uint64_t i = 0; i <= LIBOS_CALLS; i++) {
        if (i < LIBOS_CALLS && cell[i].count)
            m->row[rows++] = (struct trace_row){ i, cell[i].count, cell[i].ticks };
        if (rows == 100 || (rows && i == LIBOS_CALLS)) {
            m->words[0] = OP_TRACE, m->words[1] = rows;
            ask_memory(m, sizeof m->words + rows * sizeof *m->row, PAGE);
            rows = 0;
        }
    }
}

/* The process ends with this status, as wait4 reports it. */
_Noreturn void process_end(uint64_t status)
{
    struct words w = { { OP_EXIT, status }, 0, 0 };

    borrow_back();
    if (P->traced && !P->dying) {
        P->dying = true;
        report_calls();
    }
    own_send_words(P->server, &w, EXO_REGISTER_BYTES);
    own_exit(0);
}

/* Something that must not happen. Says so on the console; the process ends as if it was aborted. */
_Noreturn void process_fail(const char *why)
{
    struct {
        uint64_t words[4];
        char text[128];
    } m = { { REQUEST(OP_WRITE, 0), 0, -1ul }, "libos: " };
    uint64_t n = 7;

    while (*why && n < sizeof m.text - 1)
        m.text[n++] = *why++;
    m.text[n++] = '\n';
    m.words[1] = n;
    if (P->server)
        ask_memory(&m, sizeof m.words + n, sizeof m);
    process_end(SIGABRT);
}

int64_t linux_exit_group(uint64_t status)
{
    robust_release();
    process_end((status & 0xff) << 8);
}
int64_t linux_exit(uint64_t status) { thread_end(status); }

/* Make faults come to the LibOS. Until then, its data cannot be used. */
static void begin(cap_id_t server)
{
    for (uint64_t at = 0; at < LIBOS_UPCALL_SIZE; at += PAGE) {
        const int64_t page = own_alloc_page(EXO_ANY);
        if (page < 0 || own_map(0, (cap_id_t)page, LIBOS_UPCALL + at, RIGHT_RW))
            own_exit(-1);
    }
    if (own_set_upcall((const void *)libos_upcall, LIBOS_UPCALL, LIBOS_UPCALL_SIZE))
        own_exit(-1);
    P->server = server;
}

/* The first program. Its strings come into LIBOS_ARGUMENTS. */
static _Noreturn void first(void)
{
    uint64_t *w = (uint64_t *)LIBOS_BUFFER, done = 0;

    ask(OP_START, 0, 0, 0, 0);
    const uint64_t arguments = P->reply[0], variables = P->reply[1], size = P->reply[2];
    while (done < size) {
        w[0] = OP_START, w[1] = 1, w[2] = done;
        const int64_t got = ask_memory(w, 32, PAGE);
        if (got <= EXO_REGISTER_BYTES)
            process_end(SIGKILL);
        const uint64_t part = size - done < (uint64_t)got ? size - done : (uint64_t)got;
        libos_copy((void *)(LIBOS_ARGUMENTS + PAGE + done), w, part);
        done += part;
    }
    for (uint32_t i = 0; i < 3; i++) {
        const int64_t file = file_new(FILE_CONSOLE, i + 1, i ? O_WRONLY : 0);
        descriptor_new((uint16_t)file, i, false);
    }
    const int64_t error = load(AT_FDCWD, (const char *)LIBOS_ARGUMENTS + PAGE,
                               LIBOS_ARGUMENTS + PAGE, arguments, variables, size);
    process_end((error == -ENOENT ? 127ul : 126ul) << 8);
}

/* Where the server lets a process begin. `word` shows the server who it is. */
void libos_start(cap_id_t server, uint64_t server_number, uint64_t word)
{
    begin(server);
    P->server_number = server_number;
    P->stack = LIBOS_STACK_TOP;
    P->look_again = EXO_FOREVER;
    page_forget_all();
    P->limit_files = DESCRIPTORS;
    P->limit[LIMIT_FILES][0] = P->limit[LIMIT_FILES][1] = ~(uint64_t)DESCRIPTORS;
    P->limit[LIMIT_STACK][0] = ~STACK_SIZE;
    P->limit[LIMIT_CORE][0] = ~0ul;
    const int64_t pid = ask(OP_HELLO, 0, word, 0, 0);
    P->pid = P->tid = (uint64_t)pid, P->parent = P->reply[0];
    P->traced = P->reply[1] & START_TRACED;
    if (P->reply[1] & START_FORKED)
        child_begin(P->reply[2]);
    first();
}
