/* SPDX-License-Identifier: MIT
 * System V: semaphores, shared memory and queues of messages. The server has the objects; shared
 * memory is a file without a name that is mapped. */
#include "socket.h"

enum { REMOVE, SET, STAT, EIDRM = 43, ENOMSG = 42 };
enum { OPERATIONS = 500, QUEUE_LONGEST = 8192, NOWAIT = 04000, PART = 4096 - 32 };

static int64_t get(uint64_t kind, uint64_t key, uint64_t size, uint64_t flags)
{
    const uint32_t owner = (P->user[1] & 0xffff) | P->group[1] << 16;

    return ask(OP_IPC_GET, owner, kind, (uint32_t)key | (flags & 0xffffffff) << 32, size);
}

/* IPC_RMID, IPC_SET and IPC_STAT. `bytes`: of what IPC_STAT gives. */
static int64_t control(uint64_t kind, uint64_t id, uint64_t command, uint64_t at, uint64_t bytes)
{
    uint64_t *w = (uint64_t *)LIBOS_BUFFER;

    if ((int32_t)id < 0)
        return -EINVAL;
    if (command == REMOVE)
        return ask(OP_IPC_REMOVE, 0, kind, id, 0);
    w[0] = command == SET ? OP_IPC_SET : OP_IPC_STAT;
    w[1] = kind, w[2] = (uint32_t)id, w[3] = 0;
    if (command == SET) {
        uint32_t s[15 * 2];
        if (user_get(s, at, bytes))
            return -EFAULT;
        uint32_t *v = (uint32_t *)(w + 4);
        v[0] = s[1], v[1] = s[2], v[2] = s[5], v[3] = bytes == 120 ? s[22] : 0;
        return ask_memory(w, 32 + 16, PAGE);
    }
    if (command != STAT)
        return -EINVAL;
    const int64_t got = ask_memory(w, 32, PAGE);
    return got <= EXO_REGISTER_BYTES ? got : user_put(at, w, bytes) ? -EFAULT : 0;
}

int64_t linux_semget(uint64_t key, uint64_t count, uint64_t flags)
{
    return (int32_t)count < 0 ? -EINVAL : get(IPC_SEMAPHORES, key, (uint32_t)count, flags);
}

static int64_t get_all(uint64_t id, uint64_t to, uint64_t count)
{
    uint64_t *w = (uint64_t *)LIBOS_BUFFER;

    w[0] = OP_SEMAPHORE_CONTROL, w[1] = id, w[2] = SEMAPHORE_GET_ALL, w[3] = 0;
    const int64_t got = ask_memory(w, 32, PAGE);
    return got <= EXO_REGISTER_BYTES ? got : user_put(to, w, count * 2) ? -EFAULT : 0;
}

static int64_t set_all(uint64_t id, uint64_t from, uint64_t count)
{
    uint64_t *w = (uint64_t *)LIBOS_BUFFER;

    if (user_get(w + 4, from, count * 2))
        return -EFAULT;
    w[0] = OP_SEMAPHORE_CONTROL, w[1] = id, w[2] = SEMAPHORE_SET_ALL, w[3] = 0;
    return ask_memory(w, 32 + PAGE_UP(count * 2) / 2, PAGE);
}

int64_t linux_semctl(uint64_t id, uint64_t number, uint64_t command, uint64_t argument)
{
    enum { GETPID = 11, GETVAL, GETALL, GETNCNT, GETZCNT, SETVAL, SETALL, SIZE_AT = 20 };
    static const uint8_t asks[] = { SEMAPHORE_PID,       SEMAPHORE_GET,       0,
                                    SEMAPHORE_WAIT_MORE, SEMAPHORE_WAIT_ZERO, SEMAPHORE_SET };
    const uint32_t what = (uint32_t)command;

    if (what <= STAT)
        return control(IPC_SEMAPHORES, id, what, argument, 104);
    if ((int32_t)id < 0 || what < GETPID || what > SETALL)
        return -EINVAL;
    if (what == SETVAL && (int32_t)argument < 0)
        return -ERANGE;
    if (what != GETALL && what != SETALL)
        return ask(OP_SEMAPHORE_CONTROL, 0, (uint32_t)id,
                   asks[what - GETPID] | (number & 0xffffffff) << 32, (uint32_t)argument);
    uint64_t *w = (uint64_t *)LIBOS_BUFFER; /* how many there are */
    w[0] = OP_IPC_STAT, w[1] = IPC_SEMAPHORES, w[2] = (uint32_t)id, w[3] = 0;
    if (ask_memory(w, 32, PAGE) <= EXO_REGISTER_BYTES)
        return -EINVAL;
    const uint64_t count = w[6 + 4];
    return what == GETALL ? get_all((uint32_t)id, argument, count)
                          : set_all((uint32_t)id, argument, count);
}

int64_t linux_semtimedop(uint64_t id, uint64_t operations, uint64_t count, uint64_t time)
{
    uint64_t *w = (uint64_t *)LIBOS_BUFFER, deadline = EXO_FOREVER;
    struct linux_timespec t;
    const uint64_t bytes = (uint32_t)count * 6ul;
    bool waited = false;

    if (!(uint32_t)count || (int32_t)id < 0)
        return -EINVAL;
    if ((uint32_t)count > OPERATIONS)
        return -E2BIG;
    if (time && user_get(&t, time, sizeof t))
        return -EFAULT;
    if (time && timer_moment(&t, 1, false, &deadline))
        return -EINVAL;
    for (;;) {
        if (user_get(w + 4, operations, bytes))
            return -EFAULT;
        w[0] = OP_SEMAPHORES, w[1] = (uint32_t)id, w[2] = (uint32_t)count, w[3] = 0;
        int64_t error = ask_memory(w, 32 + (bytes + 15) / 8 * 8, PAGE);
        if (error == -EINVAL && waited)
            return -EIDRM;
        if (error != -EAGAIN || P->reply[0])
            return error;
        waited = true;
        error = signal_due() ? -EINTR : !await_notice(deadline) ? -EAGAIN : 0;
        if (error) {
            ask(OP_SEMAPHORES, 0, (uint32_t)id, 0, 0);
            return error;
        }
    }
}

int64_t linux_semop(uint64_t id, uint64_t operations, uint64_t count)
{
    return linux_semtimedop(id, operations, count, 0);
}

int64_t linux_shmget(uint64_t key, uint64_t size, uint64_t flags)
{
    return get(IPC_MEMORY, key, size, flags);
}

int64_t linux_shmctl(uint64_t id, uint64_t command, uint64_t at)
{
    enum { LOCK = 11, UNLOCK };
    const uint32_t what = (uint32_t)command;

    if (what == LOCK || what == UNLOCK) /* nothing is ever taken out of memory */
        return ask(OP_IPC_STAT, 0, IPC_MEMORY, id, 0) == -EINVAL ? -EINVAL : 0;
    return control(IPC_MEMORY, id, what, at, 112);
}

int64_t linux_shmat(uint64_t id, uint64_t address, uint64_t flags)
{
    enum { READ_ONLY = 010000, ROUND = 020000, REPLACE = 040000, EXECUTE = 0100000 };
    const uint8_t rights = PROT_READ | (flags & READ_ONLY ? 0 : PROT_WRITE)
                           | (flags & EXECUTE ? PROT_EXEC : 0);

    if ((int32_t)id < 0 || (!address && flags & REPLACE))
        return -EINVAL;
    if (flags & ROUND)
        address &= -PAGE;
    if (address % PAGE)
        return -EINVAL;
    const int64_t handle = ask(OP_MEMORY_ATTACH, 0, (uint32_t)id, 0, 0);
    if (handle < 0)
        return handle;
    const uint64_t size = PAGE_UP(P->reply[0]);
    const int64_t file = file_new(FILE_PLAIN, (uint32_t)handle, O_RDWR);
    if (file < 0)
        return -ENOMEM;
    FILE_OF[file].references = 1, FILE_OF[file].memory = true;
    bool free = true;
    for (uint64_t at = address; address && !(flags & REPLACE) && at < address + size; at += PAGE)
        free = free && !area_find(at);
    int64_t error = !free || (address && !area_may(address, size)) ? -EINVAL : 0;
    if (!error && address && flags & REPLACE)
        error = area_remove(address, address + size);
    const uint64_t at = address ? address : area_gap(size);
    if (!error)
        error = at ? area_add(at, at + size, rights, true, (uint16_t)file, 0) : -ENOMEM;
    if (error)
        file_release((uint16_t)file);
    return error ? error : (int64_t)at;
}

int64_t linux_shmdt(uint64_t address)
{
    const struct area *a = address % PAGE ? NULL : area_find(address);

    if (!a || a->start != address || !a->file || !FILE_OF[a->file].memory || a->offset)
        return -EINVAL;
    const uint16_t file = a->file;
    int64_t error = 0;
    for (; !error && a && a->file == file; a = area_find(address)) {
        const uint64_t end = a->end;
        error = area_remove(a->start, end);
        address = end;
    }
    return error;
}

int64_t linux_msgget(uint64_t key, uint64_t flags) { return get(IPC_QUEUE, key, 0, flags); }

int64_t linux_msgctl(uint64_t id, uint64_t command, uint64_t at)
{
    return control(IPC_QUEUE, id, (uint32_t)command, at, 120);
}

int64_t linux_msgsnd(uint64_t id, uint64_t at, uint64_t size, uint64_t flags)
{
    uint64_t *w = (uint64_t *)LIBOS_BUFFER;
    int64_t type;
    bool waited = false;

    if (user_get(&type, at, sizeof type))
        return -EFAULT;
    if (size > QUEUE_LONGEST || (int32_t)id < 0 || type < 1)
        return -EINVAL;
    for (;;) {
        int64_t error = 0;
        const bool staged = size > PART;
        for (uint64_t done = 0; staged && !error && done < size; done += PART) {
            const uint64_t part = size - done < PART ? size - done : PART;
            w[0] = OP_STAGE, w[1] = done, w[2] = w[3] = 0;
            error = user_get(w + 4, at + 8 + done, part) ? -EFAULT : ask_memory(w, 32 + part, PAGE);
        }
        if (!error && !staged && user_get(w + 4, at + 8, size))
            error = -EFAULT;
        w[0] = OP_QUEUE_SEND, w[1] = (uint32_t)id | (flags & 0xffffffff) << 32;
        w[2] = (uint64_t)type, w[3] = size | (uint64_t)staged << 32;
        if (!error)
            error = ask_memory(w, 32 + (staged ? 0 : size), PAGE);
        if (error == -EINVAL && waited)
            return -EIDRM;
        if (error != -EAGAIN || flags & NOWAIT)
            return error;
        waited = true;
        if (signal_due())
            return -EINTR;
        await_notice(EXO_FOREVER);
    }
}

/* Give the program a message whose head is in LIBOS_BUFFER. */
static int64_t deliver(uint64_t to)
{
    const struct received *r = (const struct received *)LIBOS_BUFFER;
    const uint64_t type = r->from.pid | (uint64_t)r->from.user << 32, n = r->size;
    uint64_t *w = (uint64_t *)LIBOS_COPY;

    if (user_put(to, &type, sizeof type) || (r->here && user_put(to + 8, r + 1, r->here)))
        return -EFAULT;
    for (uint64_t at = 0; !r->here && at < n; at += PAGE) {
        const uint64_t part = n - at < PAGE ? n - at : PAGE;
        w[0] = OP_STAGED, w[1] = at, w[2] = part, w[3] = 0;
        if (ask_memory(w, 32, PAGE) <= EXO_REGISTER_BYTES || user_put(to + 8 + at, w, part))
            return -EFAULT;
    }
    return (int64_t)n;
}

int64_t linux_msgrcv(uint64_t id, uint64_t to, uint64_t size, uint64_t type, uint64_t flags)
{
    uint64_t *w = (uint64_t *)LIBOS_BUFFER;
    bool waited = false;

    if ((int32_t)id < 0 || (int64_t)size < 0)
        return -EINVAL;
    for (;;) {
        w[0] = OP_QUEUE_RECEIVE, w[1] = (uint32_t)id | (flags & 0xffffffff) << 32;
        w[2] = type, w[3] = size;
        const int64_t got = ask_memory(w, 32, PAGE);
        if (got > EXO_REGISTER_BYTES)
            return deliver(to);
        if (got == -EINVAL && waited)
            return -EIDRM;
        if (got != -EAGAIN)
            return got;
        if (flags & NOWAIT)
            return -ENOMSG;
        waited = true;
        if (signal_due())
            return -EINTR;
        await_notice(EXO_FOREVER);
    }
}
