/* SPDX-License-Identifier: MIT
 * Fifos: pipes with a name. Who opens an end waits until somebody has opened the other; then they
 * are pipes (pipe.c). The server counts how often each end was opened, in the pipe's first page. */
#include "libos.h"
#include "pipe.h"

/* Wait until the other end is opened once more. */
static int64_t await_other(struct file *f, uint64_t seen)
{
    struct pipe *p = pipe_head(f);
    const int other = f->kind == FILE_READ_END;

    if (!pipe_attach(f, 0))
        return -ENOMEM;
    for (;;) {
        pipe_lock(p);
        const bool there = p->opened[other] % FIFO_READY != seen;
        if (!there)
            pipe_sleep_on(p);
        pipe_unlock(p);
        if (there)
            return 0;
        if (signal_due())
            return -AGAIN;
        await_notice(EXO_FOREVER);
    }
}

/* Make a descriptor of the handles that the server gave; 0: not that end. */
int64_t fifo_opened(uint32_t in, uint32_t out, uint64_t seen, uint64_t flags)
{
    const uint32_t kept = (uint32_t)flags & (O_NONBLOCK | O_APPEND);

    if (in && out)
        return socket_of_ends(in, out, flags);
    const int64_t file = file_new(in ? FILE_READ_END : FILE_WRITE_END, in ? in : out,
                                  kept | (in ? 0 : O_WRONLY));
    if (file < 0)
        return file;
    FILE_OF[file].references = 1; /* while it waits */
    const int64_t error = flags & O_NONBLOCK || seen == FIFO_READY
                              ? 0
                              : await_other(&FILE_OF[file], seen);
    const int64_t descriptor = error ? error : descriptor_new((uint16_t)file, 0, flags & O_CLOEXEC);
    file_release((uint16_t)file);
    return descriptor;
}
