/* SPDX-License-Identifier: MIT
 * Requests about names. */
#include "server.h"

static uint32_t kind_of(uint32_t node) { return NODE[node].mode & S_IFMT; }

void do_stat(struct request *r)
{
    struct walk w;
    int64_t error = walk_request(r, false, !(r->w[1] & AT_SYMLINK_NOFOLLOW), &w);

    if (!error && !w.node)
        error = -ENOENT;
    r->w[0] = (uint64_t)error;
    if (error)
        return;
    node_stat(w.node, (struct linux_stat *)S->request); /* the path is not needed any more */
    r->reply = S->request, r->reply_size = sizeof(struct linux_stat);
}

/* The entries of a folder, as getdents64 wants them. The position is the place of a name. */
void do_entries(struct request *r)
{
    struct open *o = open_of(r->from, (uint32_t)(r->w[0] >> 32));
    const uint64_t room = r->w[1] < PAGE ? r->w[1] : PAGE;
    uint64_t done = 0, place;

    if (!o || o->kind != OPEN_FILE || kind_of(o->node) != S_IFDIR) {
        r->w[0] = -(uint64_t)ENOTDIR;
        return;
    }
    const struct node *f = &NODE[o->node];
    place = o->offset;
    uint32_t name = f->first;
    while (name && NAME[name].place < place)
        name = NAME[name].next;
    for (;;) {
        const bool dots = place < 3;
        if (place == 0)
            place = 1;
        if (!dots && !name)
            break;
        const char *text = dots ? ".." : NAME[name].text;
        const uint64_t length = dots ? place : NAME[name].length;
        const uint32_t node = dots ? (place == 1 ? o->node : f->parent) : NAME[name].node;
        const uint64_t size = (sizeof(struct linux_entry) + length + 1 + 7) & -8ul;
        if (done + size > room) {
            if (!done) {
                r->w[0] = -(uint64_t)EINVAL;
                return;
            }
            break;
        }
        struct linux_entry *e = (struct linux_entry *)(S->buffer + done);
        __builtin_memset(e, 0, size);
        place = dots ? place + 1 : NAME[name].place + 1;
        *e = (struct linux_entry){ .ino = node,
                                   .offset = (int64_t)place,
                                   .length = (uint16_t)size,
                                   .type = (uint8_t)(NODE[node].mode >> 12 & 15) };
        __builtin_memcpy(e->name, text, length);
        done += size;
        if (!dots)
            name = NAME[name].next;
    }
    if (done == 32) { /* would come as words */
        struct linux_entry *e = (struct linux_entry *)(S->buffer
                                                       + ((struct linux_entry *)S->buffer)->length);
        if (((struct linux_entry *)S->buffer)->length == 32) {
            e = (struct linux_entry *)S->buffer; /* one entry: pad it */
            __builtin_memset(S->buffer + 32, 0, 8);
            e->length = 40, done = 40;
        } else {
            done = ((struct linux_entry *)S->buffer)->length;
            place = (uint64_t)((struct linux_entry *)S->buffer)->offset;
        }
    }
    o->offset = place;
    r->w[0] = done;
    if (done > SHORT_READ)
        r->reply = S->buffer, r->reply_size = done;
    else
        __builtin_memcpy(&r->w[1], S->buffer, done);
}

void do_make(struct request *r)
{
    const uint32_t mode = (uint32_t)r->w[1];
    struct walk w;
    int64_t error = walk_request(r, false, false, &w);

    if (!error && (w.node || !w.last))
        error = -EEXIST;
    if (!error && w.must_be_folder && (mode & S_IFMT) != S_IFDIR)
        error = -ENOENT;
    const uint32_t node = error ? 0 : node_new(mode & ~r->from->umask);
    if (!error && !node)
        error = -ENOSPC;
    if (!error) {
        NODE[node].device = r->w[2];
        if ((mode & S_IFMT) == S_IFDIR)
            NODE[node].links = 1;
        error = name_add(w.folder, w.last, w.last_length, node);
        if (error) {
            NODE[node].links = 0;
            node_release(node);
        }
    }
    r->w[0] = (uint64_t)error;
}

static bool is_dots(const struct walk *w)
{
    return w->last && w->last[0] == '.'
           && (w->last_length == 1 || (w->last_length == 2 && w->last[1] == '.'));
}

void do_unlink(struct request *r)
{
    struct walk w;
    int64_t error = walk_request(r, false, false, &w);
    const bool folder = r->w[1] & AT_REMOVEDIR;

    if (!error && !w.node)
        error = -ENOENT;
    if (!error && folder && kind_of(w.node) != S_IFDIR)
        error = -ENOTDIR;
    if (!error && !folder && kind_of(w.node) == S_IFDIR)
        error = -EISDIR;
    if (!error && folder && is_dots(&w))
        error = w.last_length == 1 ? -EINVAL : -ENOTEMPTY;
    if (!error && !w.name)
        error = -EBUSY;
    if (!error && folder && NODE[w.node].first)
        error = -ENOTEMPTY;
    if (!error && !folder && w.must_be_folder)
        error = -ENOTDIR;
    if (!error) {
        if (folder)
            NODE[w.node].links--;
        name_remove(w.name);
    }
    r->w[0] = (uint64_t)error;
}

/* Whether `node` is `folder` or lies above it. */
static bool is_above(uint32_t node, uint32_t folder)
{
    while (folder != node && folder != 1)
        folder = NODE[folder].parent;
    return folder == node;
}

/* Each of two names gets what the other named. */
static void exchange(const struct walk *a, const struct walk *b)
{
    const uint32_t folders[2] = { a->folder, b->folder }, nodes[2] = { b->node, a->node };

    NAME[a->name].node = b->node, NAME[b->name].node = a->node;
    for (int i = 0; i < 2; i++) {
        if (kind_of(nodes[i]) == S_IFDIR) {
            NODE[NODE[nodes[i]].parent].links--;
            NODE[folders[i]].links++;
            NODE[nodes[i]].parent = folders[i];
        }
        NODE[nodes[i]].ctime = NODE[folders[i]].mtime = NODE[folders[i]].ctime = server_time();
    }
}

void do_rename(struct request *r)
{
    struct walk from, to;
    int64_t error = walk_request(r, false, false, &from);

    if (!error && !from.node)
        error = -ENOENT;
    if (!error)
        error = walk_request(r, true, false, &to);
    if (!error && (is_dots(&from) || is_dots(&to) || !from.name || !to.last))
        error = -EBUSY;
    const bool folder = !error && kind_of(from.node) == S_IFDIR;
    if (!error && !folder && (to.must_be_folder || from.must_be_folder))
        error = -ENOTDIR;
    const bool swap = r->w[1] & 2;
    if (!error && to.node && r->w[1] & 1)
        error = -EEXIST;
    if (!error && swap && !to.node)
        error = -ENOENT;
    if (!error && folder && is_above(from.node, to.folder))
        error = -EINVAL;
    if (!error && to.node == from.node) {
        r->w[0] = 0;
        return;
    }
    if (!error && swap) {
        if (kind_of(to.node) == S_IFDIR && is_above(to.node, from.folder))
            error = -EINVAL;
        else
            exchange(&from, &to);
        r->w[0] = (uint64_t)error;
        return;
    }
    if (!error && to.node) {
        const bool onto = kind_of(to.node) == S_IFDIR;
        error = folder && !onto               ? -ENOTDIR
                : !folder && onto             ? -EISDIR
                : onto && NODE[to.node].first ? -ENOTEMPTY
                                              : 0;
    }
    if (!error && to.node) {
        if (folder)
            NODE[to.node].links--;
        name_remove(to.name);
    }
    if (!error)
        error = name_add(to.folder, to.last, to.last_length, from.node);
    if (!error)
        name_remove(from.name);
    if (!error && folder)
        NODE[from.node].parent = to.folder;
    r->w[0] = (uint64_t)error;
}

void do_link(struct request *r)
{
    struct walk from, to;
    int64_t error = walk_request(r, false, r->w[1] & AT_SYMLINK_FOLLOW, &from);

    if (!error && !from.node)
        error = -ENOENT;
    if (!error && kind_of(from.node) == S_IFDIR)
        error = -EPERM;
    if (!error)
        error = walk_request(r, true, false, &to);
    if (!error && (to.node || !to.last))
        error = -EEXIST;
    if (!error && to.must_be_folder)
        error = -ENOENT;
    if (!error)
        error = name_add(to.folder, to.last, to.last_length, from.node);
    r->w[0] = (uint64_t)error;
}

void do_symlink(struct request *r)
{
    const struct named *n = (const struct named *)(r->data - 32);
    struct walk to;
    int64_t error = walk_request(r, true, false, &to);

    if (!error && !n->length)
        error = -ENOENT;
    if (!error && (to.node || !to.last))
        error = -EEXIST;
    if (!error && to.must_be_folder)
        error = -ENOENT;
    const uint32_t node = error ? 0 : node_new(S_IFLNK | 0777);
    if (!error && !node)
        error = -ENOSPC;
    if (!error) {
        error = node_write(node, 0, n->path, n->length) == n->length ? 0 : -ENOSPC;
        if (!error)
            error = name_add(to.folder, to.last, to.last_length, node);
        if (error)
            node_release(node);
    }
    r->w[0] = (uint64_t)error;
}

/* The length and the target. */
void do_readlink(struct request *r)
{
    struct walk w;
    int64_t error = walk_request(r, false, false, &w);

    if (!error && !w.node)
        error = -ENOENT;
    if (!error && kind_of(w.node) != S_IFLNK)
        error = -EINVAL;
    r->w[0] = (uint64_t)error;
    if (error)
        return;
    const uint64_t n = NODE[w.node].size < PAGE - 64 ? NODE[w.node].size : PAGE - 64;
    *(uint64_t *)S->buffer = n;
    node_read(w.node, 0, S->buffer + 8, n);
    r->reply = S->buffer, r->reply_size = n + 8 > 40 ? n + 8 : 40;
}

void do_change(struct request *r)
{
    const struct named *n = (const struct named *)(r->data - 32);
    const bool follow = (r->w[0] & 0xffffffff) != OP_CHANGE_LINK
                        && !(n->a == CHANGE_OWNER && n->c & AT_SYMLINK_NOFOLLOW);
    struct walk w;
    int64_t error = walk_request(r, false, follow, &w);

    if (!error && !w.node)
        error = -ENOENT;
    if (!error) {
        struct node *f = &NODE[w.node];
        switch (n->a) {
        case CHANGE_MODE:
            f->mode = (f->mode & S_IFMT) | (uint32_t)(n->b & 07777);
            break;
        case CHANGE_OWNER:
            if ((uint32_t)n->b != UINT32_MAX)
                f->uid = (uint32_t)n->b;
            if (n->b >> 32 != UINT32_MAX)
                f->gid = (uint32_t)(n->b >> 32);
            if (kind_of(w.node) == S_IFREG) /* who owns it now did not ask for these */
                f->mode &= ~(f->mode & 010 ? 06000u : 04000u);
            break;
        case CHANGE_TIMES:
            f->atime = n->b == -1ul ? f->atime : n->b;
            f->mtime = n->c == -1ul ? f->mtime : n->c;
            break;
        case CHANGE_SIZE:
            error = kind_of(w.node) == S_IFDIR   ? -EISDIR
                    : kind_of(w.node) != S_IFREG ? -EINVAL
                                                 : node_resize(w.node, n->b);
            f->mtime = error ? f->mtime : server_time();
            break;
        default:
            error = -EINVAL;
        }
        f->ctime = error ? f->ctime : server_time();
    }
    r->w[0] = (uint64_t)error;
}

void do_chdir(struct request *r)
{
    struct walk w;
    int64_t error = walk_request(r, false, true, &w);

    if (!error && !w.node)
        error = -ENOENT;
    if (!error && kind_of(w.node) != S_IFDIR)
        error = -ENOTDIR;
    if (!error) {
        NODE[w.node].opens++;
        NODE[r->from->cwd].opens--;
        node_release(r->from->cwd);
        r->from->cwd = w.node;
    }
    r->w[0] = (uint64_t)error;
}

/* The name of a folder in the one above, or any name of another file; or 0. */
static uint32_t name_of(uint32_t node)
{
    if (kind_of(node) == S_IFDIR) {
        uint32_t name = NODE[NODE[node].parent].first;
        while (name && NAME[name].node != node)
            name = NAME[name].next;
        return name;
    }
    for (uint32_t i = 1; i <= S->name_top; i++)
        if (NAME[i].folder && NAME[i].node == node)
            return i;
    return 0;
}

/* The length and the path of an open file, or of the working directory, written from its end. */
void do_getcwd(struct request *r)
{
    const struct open *o = open_of(r->from, (uint32_t)(r->w[0] >> 32));
    const uint32_t from = o ? o->node : r->from->cwd;
    uint64_t at = PAGE - 64;
    uint32_t node = from;

    S->buffer[at] = 0;
    while (node != 1) {
        const uint32_t name = node ? name_of(node) : 0;
        if (!name || NAME[name].length + 9 > at) {
            r->w[0] = -(uint64_t)ENOENT;
            return;
        }
        at -= NAME[name].length;
        __builtin_memcpy(S->buffer + at, NAME[name].text, NAME[name].length);
        S->buffer[--at] = '/';
        node = NAME[name].folder;
    }
    if (from == 1)
        S->buffer[--at] = '/';
    const uint64_t n = PAGE - 64 - at;
    __builtin_memmove(S->buffer + 8, S->buffer + at, n + 1);
    *(uint64_t *)S->buffer = n;
    r->reply = S->buffer, r->reply_size = n + 9 > 40 ? n + 9 : 40;
}

void do_umask(struct request *r)
{
    const uint32_t old = r->from->umask;

    r->from->umask = (uint32_t)r->w[1] & 0777;
    r->w[0] = old;
}
