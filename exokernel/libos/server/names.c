/* SPDX-License-Identifier: MIT
 * Names in folders, and paths. All names are in one hash table by folder and text; those of a
 * folder are a list in the order in which they were made. */
#include "server.h"

static uint32_t bucket_of(uint32_t folder, const char *text, uint32_t length)
{
    uint32_t h = folder * 0x9e3779b1u;

    for (uint32_t i = 0; i < length; i++)
        h = (h ^ (uint8_t)text[i]) * 0x01000193u;
    return (h ^ h >> 15) % BUCKETS;
}

uint32_t name_find(uint32_t folder, const char *text, uint32_t length)
{
    for (uint32_t i = S->bucket[bucket_of(folder, text, length)]; i; i = NAME[i].hash_next)
        if (NAME[i].folder == folder && NAME[i].length == length
            && !__builtin_memcmp(NAME[i].text, text, length))
            return i;
    return 0;
}

int64_t name_add(uint32_t folder, const char *text, uint32_t length, uint32_t node)
{
    uint32_t i = S->name_free;
    struct node *f = &NODE[folder];

    if (length > NAME_MAX)
        return -ENAMETOOLONG;
    if (!f->links)
        return -ENOENT; /* the folder was removed */
    if (i)
        S->name_free = NAME[i].next;
    else if (S->name_top + 1 < NAMES)
        i = ++S->name_top;
    else
        return -ENOSPC;
    uint32_t *bucket = &S->bucket[bucket_of(folder, text, length)];
    NAME[i] = (struct name){ .folder = folder,
                             .node = node,
                             .hash_next = *bucket,
                             .prev = f->last,
                             .length = length,
                             .place = f->next_place++ };
    __builtin_memcpy(NAME[i].text, text, length);
    *bucket = i;
    if (f->last)
        NAME[f->last].next = i;
    else
        f->first = i;
    f->last = i;
    NODE[node].links++;
    if ((NODE[node].mode & S_IFMT) == S_IFDIR) {
        NODE[node].parent = folder;
        f->links++;
    }
    f->mtime = f->ctime = NODE[node].ctime = server_time();
    return 0;
}

/* Remove a name. What it named goes if nobody uses it. */
void name_remove(uint32_t name)
{
    struct name *n = &NAME[name];
    struct node *f = &NODE[n->folder];
    const uint32_t node = n->node;
    uint32_t *at = &S->bucket[bucket_of(n->folder, n->text, n->length)];

    while (*at != name)
        at = &NAME[*at].hash_next;
    *at = n->hash_next;
    *(n->prev ? &NAME[n->prev].next : &f->first) = n->next;
    *(n->next ? &NAME[n->next].prev : &f->last) = n->prev;
    f->mtime = f->ctime = NODE[node].ctime = server_time();
    NODE[node].links--;
    if ((NODE[node].mode & S_IFMT) == S_IFDIR)
        f->links--;
    n->folder = 0;
    n->next = S->name_free;
    S->name_free = name;
    node_release(node);
}

static bool is_folder(uint32_t node) { return (NODE[node].mode & S_IFMT) == S_IFDIR; }
static bool is_link(uint32_t node) { return (NODE[node].mode & S_IFMT) == S_IFLNK; }

static bool is(const char *text, uint32_t length, const char *what, uint32_t n)
{
    return length == n && !__builtin_memcmp(text, what, n);
}

/* Put a link's target in front of the rest of the path, which lies in `space`. */
static int64_t expand(uint32_t node, char *space, const char **rest, uint32_t *left)
{
    const uint64_t size = NODE[node].size;
    char keep[NAMED_MAX];
    const uint32_t n = *left;

    if (!size || size + n + 1 >= 2 * NAMED_MAX || n > NAMED_MAX)
        return size ? -ENAMETOOLONG : -ENOENT;
    __builtin_memcpy(keep, *rest, n);
    node_read(node, 0, space, size);
    space[size] = '/';
    __builtin_memcpy(space + size + (n ? 1 : 0), keep, n);
    *rest = space, *left = (uint32_t)size + n + (n ? 1 : 0);
    return 0;
}

/* Follow a path from a folder. On success w->folder is where its last name is or could be. A name
 * that is not there is no error: w->node is 0. */
int64_t walk(uint32_t from, const char *path, uint32_t left, bool follow, char *space,
             struct walk *w)
{
    uint32_t at = from, links = 0;

    if (!left)
        return -ENOENT;
    if (*path == '/')
        at = 1;
    *w = (struct walk){ .folder = at, .node = at };
    for (;;) {
        while (left && *path == '/')
            path++, left--;
        if (!left)
            break;
        if (!is_folder(at))
            return -ENOTDIR;
        uint32_t n = 0;
        while (n < left && path[n] != '/')
            n++;
        if (n > NAME_MAX)
            return -ENAMETOOLONG;
        const char *text = path;
        path += n, left -= n;
        w->must_be_folder = left;
        uint32_t ahead = 0;
        while (ahead < left && path[ahead] == '/')
            ahead++;
        const bool last = ahead == left;
        w->name = 0, w->last = text, w->last_length = n;
        if (is(text, n, ".", 1) || is(text, n, "..", 2)) {
            at = n == 2 ? NODE[at].parent : at;
            w->folder = NODE[at].parent, w->node = at;
            continue;
        }
        w->folder = at;
        w->name = name_find(at, text, n);
        w->node = w->name ? NAME[w->name].node : 0;
        if (w->node && is_link(w->node) && (!last || follow || w->must_be_folder)) {
            if (++links > LINKS_MAX)
                return -ELOOP;
            const int64_t error = expand(w->node, space, &path, &left);
            if (error)
                return error;
            if (*path == '/')
                at = 1;
            w->node = at;
            continue;
        }
        if (!w->node)
            return last ? 0 : -ENOENT;
        at = w->node;
    }
    return w->must_be_folder && w->node && !is_folder(w->node) ? -ENOTDIR : 0;
}

/* Follow the first or second path of a request. A path that is empty names the handle itself. */
int64_t walk_request(struct request *r, bool second, bool follow, struct walk *w)
{
    const struct named *n = (const struct named *)(r->data - 32);
    const uint64_t head = offsetof(struct named, path) - 32;

    if (r->data_size < head || n->length + n->length2 > r->data_size - head)
        return -EINVAL;
    const uint32_t handle = second ? n->second : (uint32_t)(n->request >> 32);
    const uint32_t length = second ? n->length2 : n->length;
    const char *path = second ? n->path + n->length : n->path;
    uint32_t from = r->from->cwd;
    if (handle) {
        const struct open *o = open_of(r->from, handle);
        if (!o)
            return -EBADF;
        from = o->node;
        if (length && (!from || !is_folder(from)))
            return -ENOTDIR;
    }
    if (!length) {
        *w = (struct walk){ .folder = from ? NODE[from].parent : 0, .node = from };
        return from || handle ? 0 : -ENOENT;
    }
    return walk(from, path, length, follow, S->space[second], w);
}
