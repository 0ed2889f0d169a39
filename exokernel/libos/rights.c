/* SPDX-License-Identifier: MIT
 * What goes with the bytes of a socket: descriptors, and who sent them. */
#include "socket.h"

enum { SOL_SOCKET = 1, SCM_RIGHTS = 1, SCM_CREDENTIALS = 2, HEAD = 16 };
enum { PACKET = 0xff }; /* the domain of a right that is no socket, but a fifo for both */

struct linux_control {
    uint64_t length;
    int32_t level, type;
};

static uint64_t align(uint64_t n) { return (n + 7) & -8ul; }

/* A descriptor, for another process. */
static int64_t pack(uint64_t descriptor, struct right *right)
{
    const struct file *f = file_of(descriptor);

    if (!f)
        return -EBADF;
    *right = (struct right){ .handle = { (uint16_t)f->handle },
                             .kind = f->kind,
                             .clock = f->clock,
                             .domain = f->domain,
                             .type = f->kind == FILE_EVENT ? f->semaphore : f->type,
                             .flags = f->flags };
    if (f->fifo) {
        right->handle[0] = (uint16_t)FILE_OF[f->in].handle;
        right->handle[1] = (uint16_t)FILE_OF[f->out].handle;
        right->domain = PACKET;
    }
    return right->handle[0] ? 0 : -EINVAL; /* what is in the process alone cannot go */
}

/* The opposite. A descriptor, or an error. What the other wrote may be anything. */
static int64_t unpack(const struct right *right, bool close)
{
    const uint64_t flag = close ? O_CLOEXEC : 0;

    if (right->kind == FILE_SOCKET && right->domain == PACKET)
        return socket_of_ends(right->handle[0], right->handle[1], right->flags | flag);
    if (right->kind == FILE_NONE || right->kind > FILE_TIMER || right->kind == FILE_EPOLL)
        return -EINVAL;
    const int64_t file = file_new(right->kind, right->handle[0], right->flags);
    if (file < 0)
        return file;
    FILE_OF[file].clock = right->clock;
    FILE_OF[file].domain = right->domain, FILE_OF[file].type = right->type;
    FILE_OF[file].semaphore = right->kind == FILE_EVENT && right->type;
    return descriptor_new((uint16_t)file, 0, close);
}

/* Read the program's control message. */
int64_t rights_read(const struct linux_message *m, struct credentials *c, struct right *right,
                    uint64_t *flags)
{
    struct linux_control h;

    for (uint64_t at = 0; m->control && at + HEAD <= m->control_length; at += align(h.length)) {
        if (user_get(&h, m->control + at, sizeof h))
            return -EFAULT;
        if (h.length < HEAD || h.length > m->control_length - at)
            return -EINVAL;
        if (h.level != SOL_SOCKET)
            continue;
        const uint64_t data = m->control + at + HEAD, n = (h.length - HEAD) / 4;
        if (h.type == SCM_CREDENTIALS) {
            int32_t who[3];
            if (h.length != HEAD + sizeof who)
                return -EINVAL;
            if (user_get(who, data, sizeof who))
                return -EFAULT;
            if (P->user[1] && ((uint32_t)who[0] != P->pid || (uint32_t)who[1] != P->user[1]))
                return -EPERM;
            c->pid = (uint32_t)who[0], c->user = (uint32_t)who[1], c->group = (uint32_t)who[2];
            *flags |= SEND_CREDENTIALS;
        } else if (h.type != SCM_RIGHTS || n > RIGHTS - c->rights) {
            return -EINVAL;
        }
        for (uint64_t i = 0; h.type == SCM_RIGHTS && i < n; i++) {
            int32_t descriptor;
            if (user_get(&descriptor, data + 4 * i, sizeof descriptor))
                return -EFAULT;
            const int64_t error = pack((uint64_t)(uint32_t)descriptor, &right[c->rights]);
            if (error)
                return error;
            c->rights++;
        }
    }
    return 0;
}

/* Write into the program's control message what came. Moves `control` behind it. */
void rights_write(struct file *f, struct linux_message *m, const struct received *r, uint64_t flags)
{
    const struct right *right = (const struct right *)(r + 1);
    const bool close = flags & MSG_CMSG_CLOEXEC;
    uint64_t room = m->control ? m->control_length : 0;

    if (f->credentials) {
        const uint64_t whole = HEAD + 12, n = whole < room ? whole : room;
        const struct linux_control h = { n, SOL_SOCKET, SCM_CREDENTIALS };
        m->flags |= n < whole ? MSG_CTRUNC : 0;
        if (n >= HEAD && !user_put(m->control, &h, sizeof h)
            && !user_put(m->control + HEAD, &r->from, n - HEAD)) {
            const uint64_t step = align(n) < room ? align(n) : room;
            m->control += step, room -= step;
        }
    }
    if (r->lost)
        m->flags |= MSG_CTRUNC;
    uint32_t given = 0;
    for (uint32_t i = 0; i < r->from.rights; i++) {
        const bool fits = room >= HEAD + 4 * (given + 1ul);
        const int64_t descriptor = fits ? unpack(&right[i], close) : -1;
        const int32_t value = (int32_t)descriptor;
        if (!fits) {
            m->flags |= MSG_CTRUNC;
            for (int k = 0; k < 2; k++)
                if (right[i].handle[k])
                    ask(OP_CLOSE, right[i].handle[k], 0, 0, 0);
        } else if (descriptor < 0 || user_put(m->control + HEAD + 4ul * given, &value, 4)) {
            m->flags |= MSG_CTRUNC;
        } else {
            given++;
        }
    }
    if (given) {
        const struct linux_control h = { HEAD + 4ul * given, SOL_SOCKET, SCM_RIGHTS };
        user_put(m->control, &h, sizeof h);
        const uint64_t step = align(h.length) < room ? align(h.length) : room;
        m->control += step, room -= step;
    }
    m->control_length = room;
}
