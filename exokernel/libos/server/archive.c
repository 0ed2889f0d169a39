/* SPDX-License-Identifier: MIT
 * The files of the boot: a cpio archive ("newc") that the kernel maps. Besides the program's files
 * it has .feuerprobe/commands: what to run, and .feuerprobe/input: what the console reads. */
#include "server.h"

enum { HEAD = 110, FIELDS = 13 };
enum {
    INO,
    MODE,
    UID,
    GID,
    LINKS,
    MTIME,
    SIZE,
    DEV_MAJOR,
    DEV_MINOR,
    RDEV_MAJOR,
    RDEV_MINOR,
    NAME_SIZE
};

/* Read a head. False: it is none, or what it tells does not fit into the archive. */
static bool read_head(const char *at, uint64_t left, uint64_t field[FIELDS])
{
    if (left < HEAD || __builtin_memcmp(at, "070701", 6))
        return false;
    for (int i = 0; i < FIELDS; i++) {
        field[i] = 0;
        for (int j = 0; j < 8; j++) {
            const char c = at[6 + 8 * i + j];
            const int digit = c >= '0' && c <= '9'   ? c - '0'
                              : c >= 'a' && c <= 'f' ? c - 'a' + 10
                              : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                     : -1;
            if (digit < 0)
                return false;
            field[i] = field[i] << 4 | (uint64_t)digit;
        }
    }
    return field[NAME_SIZE] && ((HEAD + field[NAME_SIZE] + 3) & -4ul) + field[SIZE] <= left;
}

/* Make what a head describes. Missing folders above it are made, too. */
static int64_t make(const char *path, uint32_t n, const uint64_t field[FIELDS], const char *data)
{
    struct walk w;
    int64_t error;

    for (uint32_t i = 1; i < n; i++) {
        if (path[i] != '/' || walk(1, path, i, true, S->space[0], &w) || w.node)
            continue;
        const uint32_t folder = node_new(S_IFDIR | 0755);
        NODE[folder].links = 1;
        error = folder ? name_add(w.folder, w.last, w.last_length, folder) : -ENOSPC;
        if (error)
            return error;
    }
    error = walk(1, path, n, false, S->space[0], &w);
    if (error)
        return error;
    const bool folder = (field[MODE] & S_IFMT) == S_IFDIR;
    uint32_t node = w.node;
    if (node && !folder)
        return -EEXIST;
    if (!node) {
        node = node_new((uint32_t)field[MODE]);
        NODE[node].links = folder;
        error = node ? name_add(w.folder, w.last, w.last_length, node) : -ENOSPC;
    }
    if (error)
        return error;
    NODE[node].mode = (uint32_t)field[MODE];
    NODE[node].device = field[RDEV_MAJOR] << 8 | field[RDEV_MINOR];
    NODE[node].uid = (uint32_t)field[UID], NODE[node].gid = (uint32_t)field[GID];
    if (!folder && field[SIZE] && node_write(node, 0, data, field[SIZE]) != (int64_t)field[SIZE])
        return -ENOSPC;
    NODE[node].atime = NODE[node].mtime = field[MTIME] * 1000000000ul;
    return 0;
}

static bool is_link_to_dot(const char *path, uint64_t n) { return n == 1 && *path == '.'; }

static void make_devices(void)
{
    static const struct {
        char path[12];
        uint64_t major, minor;
    } devices[] = { { "dev/null", 1, 3 },   { "dev/zero", 1, 5 },    { "dev/full", 1, 7 },
                    { "dev/random", 1, 8 }, { "dev/urandom", 1, 9 }, { "dev/console", 5, 1 },
                    { "dev/tty", 5, 0 } };

    for (uint64_t i = 0; i < sizeof devices / sizeof *devices; i++) {
        const uint64_t field[FIELDS] = { [MODE] = S_IFCHR | 0666,
                                         [RDEV_MAJOR] = devices[i].major,
                                         [RDEV_MINOR] = devices[i].minor };
        uint32_t n = 0;
        while (n < sizeof devices[i].path && devices[i].path[n])
            n++;
        make(devices[i].path, n, field, NULL);
    }
    make("dev/shm", 7, (const uint64_t[FIELDS]){ [MODE] = S_IFDIR | 01777 }, NULL);
    make("tmp", 3, (const uint64_t[FIELDS]){ [MODE] = S_IFDIR | 01777 }, NULL);
}

/* Unpack the archive. Its parts begin at multiples of four bytes. O(archive). */
bool archive_unpack(void)
{
    const uint64_t *module = (const uint64_t *)EXO_MODULE;
    const char *at = (const char *)EXO_MODULE + PAGE + module[1];
    uint64_t left = module[0], field[FIELDS];

    const uint32_t root = node_new(S_IFDIR | 0755);
    NODE[root].links = 2, NODE[root].parent = root;
    make_devices();
    while (read_head(at, left, field)) {
        const char *path = at + HEAD;
        const uint64_t data = (HEAD + field[NAME_SIZE] + 3) & -4ul;
        const uint64_t next = (data + field[SIZE] + 3) & -4ul;
        uint64_t n = field[NAME_SIZE] - 1;
        if (n == 10 && !__builtin_memcmp(path, "TRAILER!!!", 10))
            return true;
        while (n && (*path == '/' || (*path == '.' && path[1] == '/')))
            path++, n--;
        if (n && !is_link_to_dot(path, n) && make(path, (uint32_t)n, field, at + data))
            return false;
        if (next > left)
            return false;
        at += next, left -= next;
    }
    return false;
}
