/* SPDX-License-Identifier: MIT
 * The calls that send and receive on sockets. */
#include "socket.h"

int64_t linux_sendto(uint64_t descriptor, uint64_t buffer, uint64_t n, uint64_t flags,
                     uint64_t address, uint64_t length)
{
    int64_t error;
    struct file *f = socket_of(descriptor, &error);
    const struct linux_vector one = { buffer, n < 0x7ffff000 ? n : 0x7ffff000 };
    const struct linux_message m = { .vectors = (uint64_t)&one,
                                     .count = 1,
                                     .pad = true,
                                     .name = address,
                                     .name_length = (uint32_t)length };

    return error                               ? error
           : address && (int32_t)length < 0    ? -EINVAL
           : address && (uint32_t)length > 128 ? -EINVAL
                                               : message_send(f, &m, (uint32_t)flags);
}

int64_t linux_recvfrom(uint64_t descriptor, uint64_t buffer, uint64_t n, uint64_t flags,
                       uint64_t address, uint64_t length)
{
    int64_t error;
    struct file *f = socket_of(descriptor, &error);
    const struct linux_vector one = { buffer, n < 0x7ffff000 ? n : 0x7ffff000 };
    struct linux_message m = { .vectors = (uint64_t)&one, .count = 1, .pad = true };
    int32_t room = 0;

    if (error)
        return error;
    if (address && length && user_get(&room, length, sizeof room))
        return -EFAULT;
    m.name = room < 0 ? 0 : address, m.name_length = room < 0 ? 0 : (uint32_t)room;
    const int64_t done = message_receive(f, &m, (uint32_t)flags);
    if (done >= 0 && room < 0)
        return -EINVAL; /* only now, as Linux does */
    if (done >= 0 && address && length && user_put(length, &m.name_length, 4))
        return -EFAULT;
    return done;
}

static int64_t take(uint64_t at, struct linux_message *m)
{
    if (user_get(m, at, sizeof *m))
        return -EFAULT;
    m->pad = 0;
    if ((int32_t)m->name_length < 0)
        return -EINVAL;
    m->name_length = m->name_length < 128 ? m->name_length : 128;
    return 0;
}

int64_t linux_sendmsg(uint64_t descriptor, uint64_t message, uint64_t flags)
{
    struct linux_message m;
    int64_t error;
    struct file *f = socket_of(descriptor, &error);

    if (!error)
        error = take(message, &m);
    return error ? error : message_send(f, &m, (uint32_t)flags);
}

int64_t linux_recvmsg(uint64_t descriptor, uint64_t message, uint64_t flags)
{
    struct linux_message m;
    int64_t error;
    struct file *f = socket_of(descriptor, &error);

    if (!error)
        error = take(message, &m);
    if (error)
        return error;
    const uint64_t room = m.control ? m.control_length : 0;
    m.control_length = room;
    const int64_t done = message_receive(f, &m, (uint32_t)flags);
    if (done < 0)
        return done;
    const uint64_t used = room - m.control_length;
    if (user_put(message + offsetof(struct linux_message, name_length), &m.name_length, 4)
        || user_put(message + offsetof(struct linux_message, control_length), &used, 8)
        || user_put(message + offsetof(struct linux_message, flags), &m.flags, 4))
        return -EFAULT;
    return done;
}

enum { MESSAGES_MAX = 1024, STEP = 64 }; /* struct mmsghdr: a message, and how many bytes it had */

int64_t linux_sendmmsg(uint64_t descriptor, uint64_t messages, uint64_t count, uint64_t flags)
{
    const uint32_t most = (uint32_t)count < MESSAGES_MAX ? (uint32_t)count : MESSAGES_MAX;
    int64_t sent = 0;
    uint32_t i = 0;

    for (; i < most; i++) {
        sent = linux_sendmsg(descriptor, messages + i * STEP, flags);
        const uint32_t n = (uint32_t)sent;
        if (sent < 0)
            break;
        if (user_put(messages + i * STEP + sizeof(struct linux_message), &n, 4))
            return -EFAULT;
    }
    return i ? (int64_t)i : sent;
}

int64_t linux_recvmmsg(uint64_t descriptor, uint64_t messages, uint64_t count, uint64_t flags,
                       uint64_t time)
{
    enum { WAIT_FOR_ONE = 0x10000 };
    const uint32_t most = (uint32_t)count < MESSAGES_MAX ? (uint32_t)count : MESSAGES_MAX;
    struct linux_timespec t;
    uint64_t until = EXO_FOREVER;
    int64_t got = 0;
    uint32_t i = 0;

    if (time) {
        if (user_get(&t, time, sizeof t))
            return -EFAULT;
        if (timer_moment(&t, 1, false, &until))
            return -EINVAL;
    }
    for (; i < most; i++) {
        got = linux_recvmsg(descriptor, messages + i * STEP, flags & ~(uint64_t)WAIT_FOR_ONE);
        const uint32_t n = (uint32_t)got;
        if (got < 0)
            break;
        if (user_put(messages + i * STEP + sizeof(struct linux_message), &n, 4))
            return -EFAULT;
        if (flags & WAIT_FOR_ONE)
            flags |= MSG_DONTWAIT;
        if (ticks() >= until) {
            i++;
            break;
        }
    }
    return i ? (int64_t)i : got;
}
