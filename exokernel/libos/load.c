/* SPDX-License-Identifier: MIT
 * execve: ELF files, static and with an interpreter, and scripts that begin with #!. Until the old
 * program is gone, everything that can fail has been tried. */
#include "libos.h"

enum { HEAD = 1024, SHEBANG_MAX = 255, NESTED = 4 };

/* What the new program gets: strings one behind the other, arguments and then variables. */
struct image {
    uint64_t block, size, arguments, variables;
    uint64_t entry, base, heads, heads_count, program_entry;
};

/* An open file that may become a program, and its beginning. */
struct candidate {
    uint32_t handle;
    uint64_t size;
    union {
        struct elf_head elf;
        char text[HEAD];
    };
};

static void close_handle(uint32_t handle) { ask(OP_CLOSE, handle, 0, 0, 0); }

/* Read bytes of a file into the LibOS's memory. How many came, or an error. */
static int64_t read_at(uint32_t handle, uint64_t offset, void *to, uint64_t n)
{
    uint64_t *w = (uint64_t *)LIBOS_BUFFER;
    uint64_t done = 0;

    while (done < n) {
        w[0] = REQUEST(OP_READ, handle), w[1] = n - done < PAGE ? n - done : PAGE;
        w[2] = offset + done, w[3] = 0;
        int64_t got = ask_memory(w, 32, 2 * PAGE);
        if (got <= 0)
            return got < 0 ? got : (int64_t)done;
        libos_copy((char *)to + done, got > EXO_REGISTER_BYTES ? (void *)w : P->reply,
                   (uint64_t)got);
        done += (uint64_t)got;
    }
    return (int64_t)done;
}

/* Open a file to run it. `path` may be the program's own memory. */
static int64_t open_program(int64_t folder, const char *path, struct candidate *c)
{
    int64_t handle = ask_named(OP_OPEN, folder,
                               *path || folder == AT_FDCWD ? (uint64_t)path : NO_PATH, 0, 0, 0);

    if (handle < 0)
        return handle;
    c->handle = (uint32_t)handle;
    const uint64_t mode = P->reply[0];
    c->size = P->reply[2];
    int64_t got = -EACCES;
    if ((mode & S_IFMT) == S_IFREG && mode & 0111)
        got = read_at(c->handle, 0, c->text, HEAD);
    if (got >= 0 && got < HEAD)
        libos_zero(c->text + got, HEAD - (uint64_t)got);
    if (got < 0)
        close_handle(c->handle);
    return got < 0 ? got : 0;
}

static bool is_program(const struct candidate *c)
{
    const struct elf_head *e = &c->elf;

    return e->magic[0] == 0x7f && e->magic[1] == 'E' && e->magic[2] == 'L' && e->magic[3] == 'F'
           && e->magic[4] == 2 && e->machine == ELF_X86_64
           && (e->type == ELF_EXECUTABLE || e->type == ELF_SHARED)
           && e->segment_size == sizeof(struct elf_segment) && e->segment_count
           && e->segments + e->segment_count * sizeof(struct elf_segment) <= HEAD;
}

static const struct elf_segment *segments(const struct candidate *c)
{
    return (const struct elf_segment *)(c->text + c->elf.segments);
}

/* The range of addresses that its segments need, and whether the program may have it. */
static bool extent(const struct candidate *c, uint64_t *low, uint64_t *high)
{
    *low = -1ul, *high = 0;
    for (uint32_t i = 0; i < c->elf.segment_count; i++) {
        const struct elf_segment *s = &segments(c)[i];
        if (s->type != SEGMENT_LOAD)
            continue;
        if (s->in_file > s->in_memory || s->offset % PAGE != s->address % PAGE
            || s->address + s->in_memory < s->address || s->address + s->in_memory > USER_TOP)
            return false;
        *low = s->address < *low ? s->address & -PAGE : *low;
        *high = s->address + s->in_memory > *high ? PAGE_UP(s->address + s->in_memory) : *high;
    }
    return *low < *high && (c->elf.type == ELF_SHARED || area_may(*low, *high - *low));
}

static uint8_t rights_of(uint32_t flags)
{
    return (uint8_t)((flags & 4 ? 1 : 0) | (flags & 2 ? 2 : 0) | (flags & 1 ? 4 : 0));
}

/* Map the segments at `base`. The end of the highest, or 0. Takes over the handle. */
static uint64_t map_segments(struct candidate *c, uint64_t base)
{
    const int64_t file = file_new(FILE_PLAIN, c->handle, 0);
    uint64_t top = 0;
    bool good = file > 0;

    if (!good)
        return 0;
    FILE_OF[file].references++;
    for (uint32_t i = 0; good && i < c->elf.segment_count; i++) {
        const struct elf_segment *s = &segments(c)[i];
        if (s->type != SEGMENT_LOAD || !s->in_memory)
            continue;
        const uint64_t at = base + s->address, start = at & -PAGE, filled = at + s->in_file;
        const uint64_t middle = s->in_file ? PAGE_UP(filled) : start;
        const uint64_t end = PAGE_UP(at + s->in_memory);
        const uint8_t rights = rights_of(s->flags);
        if (s->in_file) {
            FILE_OF[file].references++;
            good = !area_add(start, middle, rights, false, (uint16_t)file, s->offset & -PAGE);
        }
        if (good && end > middle)
            good = !area_add(middle, end, rights, false, 0, 0);
        if (good && s->in_memory > s->in_file && rights & PROT_WRITE && filled % PAGE)
            good = !libos_zero((void *)filled, PAGE_UP(filled) - filled);
        top = end > top ? end : top;
    }
    file_release((uint16_t)file);
    return good ? top : 0;
}

/* Push a word, or bytes, below *top. */
static void push(uint64_t *top, const void *from, uint64_t n)
{
    *top -= n;
    libos_copy((void *)*top, from, n);
}

/* Write strings, vectors and the auxiliary vector to the stack, and go. */
static _Noreturn void begin(const struct image *m)
{
    enum {
        PHDR = 3,
        PHENT,
        PHNUM,
        PAGESZ,
        BASE,
        FLAGS,
        ENTRY,
        UID = 11,
        EUID,
        GID,
        EGID,
        PLATFORM = 15,
        HWCAP,
        CLKTCK,
        SECURE = 23,
        RANDOM = 25,
        EXECFN = 31
    };
    uint64_t top = STACK_TOP - 8;
    const uint64_t name = (push(&top, P->executable, sizeof P->executable), top);
    const uint64_t strings = (push(&top, (const void *)m->block, m->size), top);
    uint64_t seed[2] = { 0x9e3779b97f4a7c15ul * (P->random += 2), now() * 0xd1342543de82ef95ul };
    const uint64_t random = (push(&top, seed, 16), top);
    const uint64_t platform = (push(&top, "x86_64\0", 8), top);
    uint32_t a, b, c, d;
    __asm__("cpuid" : "=a"(a), "=b"(b), "=c"(c), "=d"(d) : "a"(1), "c"(0));
    const uint64_t auxiliary[][2] = {
        { PHDR, m->heads },
        { PHENT, sizeof(struct elf_segment) },
        { PHNUM, m->heads_count },
        { PAGESZ, PAGE },
        { BASE, m->base },
        { FLAGS, 0 },
        { ENTRY, m->program_entry },
        { UID, 0 },
        { EUID, 0 },
        { GID, 0 },
        { EGID, 0 },
        { PLATFORM, platform },
        { HWCAP, d },
        { CLKTCK, 100 },
        { SECURE, 0 },
        { RANDOM, random },
        { EXECFN, name },
        { 0, 0 },
    };
    const uint64_t words = 1 + m->arguments + 1 + m->variables + 1 + sizeof auxiliary / 8;
    top = (top - words * 8) & -16ul;
    uint64_t *to = (uint64_t *)top;
    const char *text = (const char *)m->block;
    *to++ = m->arguments;
    for (uint64_t i = 0; i < m->arguments + m->variables; i++) {
        if (i == m->arguments)
            *to++ = 0;
        if (i <= m->arguments)
            P->strings[1] = strings + (uint64_t)(text - (const char *)m->block);
        *to++ = strings + (uint64_t)(text - (const char *)m->block);
        while (*text++)
            ;
    }
    P->strings[0] = strings, P->strings[2] = strings + (uint64_t)(text - (const char *)m->block);
    if (!m->variables)
        *to++ = 0, P->strings[1] = P->strings[2];
    *to++ = 0;
    libos_copy(to, auxiliary, sizeof auxiliary);
    P->regs = (struct regs){ .rip = m->entry, .rsp = top, .flags = 0x202 };
    P->fs_base = 0;
    own_fs_base(0);
    __asm__ volatile("fninit; ldmxcsr %0" : : "m"((uint32_t){ 0x1f80 }));
    libos_resume();
}

static void take_name(const char *path)
{
    uint64_t n = 0, last = 0;

    for (; path[n] && n + 1 < sizeof P->executable; n++) {
        P->executable[n] = path[n];
        last = path[n] == '/' ? n + 1 : last;
    }
    P->executable[n] = 0;
    for (n = 0; n + 1 < sizeof P->name && P->executable[last + n]; n++)
        P->name[n] = P->executable[last + n];
    P->name[n] = 0;
}

/* The old program goes. Whatever fails from here on ends the process. */
static _Noreturn void replace(struct candidate *c, struct candidate *interpreter, struct image *m,
                              uint64_t low, uint64_t low2, uint64_t high2)
{
    if (P->borrowed) {
        borrow_back();
        ask(OP_EXECUTED, 0, 0, 0, 0);
    }
    area_clear();
    threads_forget();
    signals_at_exec();
    files_at_exec();
    P->clear_tid = P->robust = 0;
    P->alternate = P->alternate_size = 0, P->alternate_flags = 2;
    uint64_t base = c->elf.type == ELF_SHARED ? ET_DYN_BASE - low : 0;
    if (area_add(STACK_TOP - STACK_SIZE, STACK_TOP, RIGHT_RW, false, 0, 0))
        process_end(SIGKILL);
    const uint64_t top = map_segments(c, base);
    if (!top)
        process_end(SIGKILL);
    P->break_start = P->break_now = top;
    m->heads = base + low + c->elf.segments;
    for (uint32_t i = 0; i < c->elf.segment_count; i++)
        if (segments(c)[i].type == SEGMENT_HEADS)
            m->heads = base + segments(c)[i].address;
    m->heads_count = c->elf.segment_count;
    m->entry = m->program_entry = base + c->elf.entry;
    m->base = 0;
    if (interpreter) {
        if (interpreter->elf.type == ELF_SHARED)
            m->base = area_gap(high2 - low2) - low2;
        if (!map_segments(interpreter, m->base))
            process_end(SIGKILL);
        m->entry = m->base + interpreter->elf.entry;
    }
    begin(m);
}

/* Insert a string in front of the arguments. */
static bool put_in_front(struct image *m, const char *text, uint64_t n)
{
    if (m->block - n - 1 < LIBOS_ARGUMENTS - 0x1000)
        return false;
    m->block -= n + 1, m->size += n + 1;
    libos_copy((void *)m->block, text, n);
    ((char *)m->block)[n] = 0;
    m->arguments++;
    return true;
}

/* A script: the line behind #! names its interpreter, with at most one argument. */
static const char *script(struct image *m, const char *path, const char *head)
{
    char line[SHEBANG_MAX + 1];
    uint64_t n = 0, start = 2, end, length = 0;

    while (n < SHEBANG_MAX && head[n] && head[n] != '\n')
        line[n] = head[n], n++;
    while (n && (line[n - 1] == ' ' || line[n - 1] == '\t'))
        n--;
    line[n] = 0;
    while (start < n && (line[start] == ' ' || line[start] == '\t'))
        start++;
    for (end = start; end < n && line[end] != ' ' && line[end] != '\t'; end++)
        ;
    uint64_t rest = end;
    while (rest < n && (line[rest] == ' ' || line[rest] == '\t'))
        rest++;
    while (path[length])
        length++;
    if (end == start)
        return NULL;
    if (m->arguments) { /* the path replaces the first argument */
        const char *first = (const char *)m->block;
        uint64_t skip = 0;
        while (first[skip++])
            ;
        m->block += skip, m->size -= skip, m->arguments--;
    }
    if (!put_in_front(m, path, length) || (rest < n && !put_in_front(m, line + rest, n - rest))
        || !put_in_front(m, line + start, end - start))
        return NULL;
    return (const char *)m->block;
}

static int64_t load_image(int64_t folder, const char *path, struct image *m, int nested)
{
    struct candidate c, interpreter;
    uint64_t low, high, low2 = 0, high2 = 0;
    bool second = false;
    int64_t error = open_program(folder, path, &c);

    if (error)
        return error;
    if (c.text[0] == '#' && c.text[1] == '!') {
        close_handle(c.handle);
        const char *by = nested < NESTED ? script(m, path, c.text) : NULL;
        return by ? load_image(AT_FDCWD, by, m, nested + 1) : nested < NESTED ? -ENOEXEC : -ELOOP;
    }
    error = is_program(&c) && extent(&c, &low, &high) ? 0 : -ENOEXEC;
    for (uint32_t i = 0; !error && i < c.elf.segment_count; i++) {
        const struct elf_segment *s = &segments(&c)[i];
        if (s->type != SEGMENT_INTERP || second)
            continue;
        char name[SHEBANG_MAX + 1] = { 0 };
        error = s->in_file > SHEBANG_MAX ? -ENOEXEC
                                         : read_at(c.handle, s->offset, name, s->in_file);
        error = error < 0 ? error : open_program(AT_FDCWD, name, &interpreter);
        second = !error;
        if (second && (!is_program(&interpreter) || !extent(&interpreter, &low2, &high2)))
            error = -ENOEXEC;
    }
    if (error) {
        close_handle(c.handle);
        if (second)
            close_handle(interpreter.handle);
        return error;
    }
    take_name(path);
    replace(&c, second ? &interpreter : NULL, m, low, low2, high2);
}

/* Run another program in this process. Returns only with an error. `path` is the LibOS's. */
int64_t load(int64_t folder, const char *path, uint64_t block, uint64_t arguments,
             uint64_t variables, uint64_t size)
{
    struct image m = {
        .block = block, .size = size, .arguments = arguments, .variables = variables
    };

    return load_image(folder, path, &m, 0);
}
