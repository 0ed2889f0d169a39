/* SPDX-License-Identifier: MIT
 * Open files. A process names them by handles of its own, so it reaches only those that it opened
 * or inherited. */
#include "server.h"

struct open *open_of(struct proc *p, uint32_t handle)
{
    if (!handle || handle >= p->handles || !p->handle[handle])
        return NULL;
    return &OPEN[p->handle[handle]];
}

/* A new open file without holders, or 0. */
uint32_t open_new(uint32_t kind, uint32_t node, uint32_t flags)
{
    uint32_t i = S->open_free;

    if (i)
        S->open_free = OPEN[i].next_free;
    else if (S->open_top + 1 < OPENS)
        i = ++S->open_top;
    else
        return 0;
    OPEN[i] = (struct open){ .kind = kind, .node = node, .flags = flags };
    if (node)
        NODE[node].opens++;
    return i;
}

/* A holder has gone. */
void open_release(uint32_t open)
{
    struct open *o = &OPEN[open];

    if (o->holders) {
        o->holders--;
        if (o->pipe)
            pipe_changed(o, -1);
    }
    if (o->holders) {
        if (o->memory)
            memory_detached(open); /* which may release it */
        return;
    }
    locks_of_open_gone(open);
    if (o->pipe)
        pipe_closed(o->pipe);
    o->pipe = 0;
    const bool socket = o->kind == OPEN_SOCKET, mailbox = o->kind == OPEN_MAILBOX;
    if (o->node) {
        NODE[o->node].opens--;
        node_release(o->node);
    }
    o->kind = OPEN_FREE;
    o->next_free = S->open_free;
    S->open_free = open;
    if (socket)
        socket_gone((uint32_t)o->offset);
    if (mailbox)
        mailbox_gone((uint32_t)o->offset);
}

/* A child holds what its parent does. */
void open_inherited(uint32_t open)
{
    OPEN[open].holders++;
    if (OPEN[open].pipe)
        pipe_changed(&OPEN[open], 1);
}

/* Let the process hold an open file. Its handle, or an error. O(handles). */
int64_t handle_new(struct proc *p, uint32_t open)
{
    for (uint32_t i = 1; i < HANDLES; i++) {
        if (p->handle[i])
            continue;
        p->handle[i] = (uint16_t)open;
        open_inherited(open);
        if (i >= p->handles)
            p->handles = i + 1;
        return i;
    }
    return -EMFILE;
}

static int64_t create(struct walk *w, uint32_t mode)
{
    const uint32_t node = node_new(mode);

    if (!node)
        return -ENOSPC;
    const int64_t error = name_add(w->folder, w->last, w->last_length, node);
    if (error)
        node_release(node);
    w->node = node;
    return error;
}

void do_open(struct request *r)
{
    const uint64_t flags = r->w[1], mode = r->w[2];
    const bool exclusive = flags & O_CREAT && flags & O_EXCL;
    struct walk w;
    int64_t error = walk_request(r, false, !(flags & O_NOFOLLOW) && !exclusive, &w);
    bool made = false;

    if (flags & O_TMPFILE_ONLY) { /* a file without a name */
        if (!error && !(flags & O_DIRECTORY))
            error = -EINVAL;
        if (!error && (!w.node || (NODE[w.node].mode & S_IFMT) != S_IFDIR))
            error = w.node ? -ENOTDIR : -ENOENT;
        if (!error && !(flags & O_ACCMODE))
            error = -EINVAL;
        w.node = error ? 0 : node_new(S_IFREG | (mode & 07777 & ~r->from->umask));
        if (!error && !w.node)
            error = -ENOSPC;
        made = true;
    }
    if (!error && w.node && exclusive && !made)
        error = -EEXIST;
    if (!error && !w.node) {
        error = !(flags & O_CREAT) ? -ENOENT
                : w.must_be_folder ? -EISDIR
                                   : create(&w, S_IFREG | (mode & 07777 & ~r->from->umask));
        made = true;
    }
    const struct node *n = &NODE[error ? 0 : w.node];
    const uint32_t kind = n->mode & S_IFMT;
    if (!error && kind == S_IFLNK && !(flags & O_PATH))
        error = -ELOOP;
    if (!error && flags & O_DIRECTORY && !(flags & O_TMPFILE_ONLY) && kind != S_IFDIR)
        error = -ENOTDIR;
    if (!error && kind == S_IFDIR && !(flags & O_PATH)
        && (flags & O_ACCMODE || (flags & O_CREAT && !made)))
        error = -EISDIR;
    if (!error && kind == S_IFSOCK && !(flags & O_PATH))
        error = -ENXIO;
    if (!error && kind == S_IFIFO && !(flags & O_PATH)) {
        uint64_t handle[2] = { 0, 0 }, seen = 0;
        error = fifo_open(r->from, w.node, (uint32_t)flags, handle, &seen);
        r->w[0] = (uint64_t)error;
        r->w[1] = n->mode | seen << 32, r->w[2] = handle[0], r->w[3] = handle[1];
        return;
    }
    if (!error && kind == S_IFREG && flags & O_TRUNC && !made && !(flags & O_PATH)) {
        error = node_resize(w.node, 0);
        NODE[w.node].mtime = NODE[w.node].ctime = server_time();
    }
    const bool console = !error && kind == S_IFCHR && n->device >> 8 == 5;
    const uint32_t open = error ? 0
                                : open_new(console ? OPEN_CONSOLE : OPEN_FILE, w.node,
                                           (uint32_t)flags);
    if (!error && !open)
        error = -ENFILE;
    if (!error) {
        error = handle_new(r->from, open);
        if (error < 0)
            open_release(open);
    }
    r->w[0] = (uint64_t)error;
    r->w[1] = n->mode, r->w[2] = n->device, r->w[3] = n->size;
}

void do_close(struct request *r)
{
    const uint32_t handle = (uint32_t)(r->w[0] >> 32);

    if (!open_of(r->from, handle)) {
        r->w[0] = -(uint64_t)EBADF;
        return;
    }
    const uint32_t open = r->from->handle[handle];
    r->from->handle[handle] = 0;
    open_release(open);
    r->w[0] = 0;
}

static void undo_read(struct request *r) { OPEN[r->undo_value[0]].offset = r->undo_value[1]; }

/* More than 24 bytes are the reply themselves; fewer come in the words. */
void do_read(struct request *r)
{
    static const uint64_t here = -1ul;
    struct open *o = open_of(r->from, (uint32_t)(r->w[0] >> 32));
    uint64_t n = r->w[1] < PAGE ? r->w[1] : PAGE, offset = r->w[2];

    if (!o) {
        r->w[0] = -(uint64_t)EBADF;
        return;
    }
    const uint32_t node = o->kind == OPEN_CONSOLE ? S->input : o->node;
    uint64_t *place = o->kind == OPEN_CONSOLE ? &S->input_offset : &o->offset;
    if ((NODE[node].mode & S_IFMT) != S_IFREG && node) {
        r->w[0] = -(uint64_t)EINVAL;
        return;
    }
    const uint64_t at = offset == here ? *place : offset;
    n = !node || at >= NODE[node].size ? 0 : n < NODE[node].size - at ? n : NODE[node].size - at;
    if (n > SHORT_READ && n <= EXO_REGISTER_BYTES)
        n = SHORT_READ;
    if (offset == here && o->kind == OPEN_FILE) {
        r->undo = undo_read;
        r->undo_value[0] = (uint64_t)(o - OPEN), r->undo_value[1] = o->offset;
    }
    if (offset == here)
        *place += n;
    if (n > SHORT_READ) {
        const uint32_t page = node_page(node, at / PAGE, false);
        if (page && at % PAGE + n <= PAGE) { /* from the page itself */
            r->reply = page_at(page) + at % PAGE;
        } else {
            node_read(node, at, S->buffer, n);
            r->reply = S->buffer;
        }
        r->reply_size = n;
    } else {
        r->w[0] = n;
        node_read(node, at, (char *)&r->w[1], n);
    }
}

void do_write(struct request *r)
{
    const uint32_t handle = (uint32_t)(r->w[0] >> 32);
    struct open *o = open_of(r->from, handle);
    const uint64_t n = r->w[1] < r->data_size ? r->w[1] : r->data_size;
    int64_t done = -EBADF;

    if (o && o->kind == OPEN_CONSOLE) {
        console_put(r->data, n);
        done = (int64_t)n;
    } else if (o && o->kind == OPEN_FILE && o->flags & O_ACCMODE) {
        const bool here = r->w[2] == -1ul;
        const uint64_t at = r->w[3] ? NODE[o->node].size : here ? o->offset : r->w[2];
        done = (NODE[o->node].mode & S_IFMT) == S_IFREG ? node_write(o->node, at, r->data, n)
                                                        : -EINVAL;
        if (done > 0 && here)
            o->offset = at + (uint64_t)done;
    } else if (!handle && n < 128) {
        console_put(r->data, n); /* a LibOS that fails tells why */
        done = 0;
    }
    r->w[0] = (uint64_t)done;
}

void do_seek(struct request *r)
{
    struct open *o = open_of(r->from, (uint32_t)(r->w[0] >> 32));
    enum { SET, CURRENT, END, DATA, HOLE };

    if (!o || o->kind != OPEN_FILE) {
        r->w[0] = -(uint64_t)EBADF;
        return;
    }
    const uint64_t size = NODE[o->node].size;
    uint64_t to = r->w[1];
    switch ((uint32_t)r->w[2]) {
    case SET:
        break;
    case CURRENT:
        to += o->offset;
        break;
    case END:
        to += size;
        break;
    case DATA:
    case HOLE:
        if (to >= size) {
            r->w[0] = -(uint64_t)ENXIO;
            return;
        }
        to = r->w[2] == HOLE ? size : to;
        break;
    default:
        to = -1ul;
    }
    if ((int64_t)to < 0) {
        r->w[0] = -(uint64_t)EINVAL;
        return;
    }
    o->offset = to;
    r->w[0] = to;
}

/* Memory that processes share: a file that no folder has. */
void do_memory(struct request *r)
{
    const uint32_t node = node_new(S_IFREG | 0600);
    int64_t error = node ? node_resize(node, r->w[1]) : -ENOSPC;
    const uint32_t open = error ? 0 : open_new(OPEN_FILE, node, O_RDWR);

    if (!error)
        error = open ? handle_new(r->from, open) : -ENFILE;
    if (error < 0 && open)
        open_release(open);
    else if (error < 0 && node)
        node_release(node);
    r->w[0] = (uint64_t)error;
}

/* Capabilities for pages of a file, until its end. */
void do_pages(struct request *r)
{
    struct open *o = open_of(r->from, (uint32_t)(r->w[0] >> 32));
    uint64_t count = r->w[2] < PAGES_AT_ONCE ? r->w[2] : PAGES_AT_ONCE, done = 0;
    const uint64_t rights = r->w[3] & 7, first = r->w[1];
    cap_id_t *ids = (cap_id_t *)S->buffer;

    if (!o || o->kind != OPEN_FILE || (rights & EXO_RIGHT_W && (o->flags & O_ACCMODE) != O_RDWR)) {
        r->w[0] = -(uint64_t)EBADF;
        return;
    }
    const uint64_t end = (NODE[o->node].size + PAGE - 1) / PAGE;
    for (; done < count && first + done < end; done++) {
        const uint32_t page = node_page(o->node, first + done, true);
        if (!page)
            break;
        LENT[page] = true;
        ids[done] = CAPS[page];
    }
    if (done == 4)
        done = 3; /* their 32 bytes would come as words */
    if (done && exo_grant(r->from->env, ids, done, rights))
        done = 0;
    if (done > 3) {
        r->reply = ids, r->reply_size = done * sizeof *ids;
    }
    r->w[0] = done;
    for (uint64_t i = 0; i < 3; i++)
        r->w[i + 1] = i < done ? ids[i] : 0;
}
