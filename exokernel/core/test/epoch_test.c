/* SPDX-License-Identifier: MIT
 * Epochs against a model: a matrix of what each has seen, a parent for each, and recursion. */
#include <stdlib.h>
#include <string.h>

#include <feuerbird/errors.h>

#include "check.h"
#include "epoch.h"

#define OPERATIONS 1000000
#define N_MAX 24
#define NOBODY UINT32_MAX

static struct epoch_domain *slots;
static struct epoch_tree tree;
static uint64_t seen[N_MAX][N_MAX]; /* the model */
static uint64_t *memory[N_MAX];     /* what the tree was handed */
static uint32_t parents[N_MAX];
static bool here[N_MAX];
static uint32_t n;

static void start(uint32_t size)
{
    n = size;
    slots = malloc(n * sizeof *slots);
    memset(slots, 0xa5, n * sizeof *slots);
    memset(seen, 0, sizeof seen);
    memset(here, 0, sizeof here);
    CHECK(epoch_init(&tree, slots, n) == FB_OK);
    for (uint32_t i = 0; i < n; i++) {
        memory[i] = malloc(n * sizeof(uint64_t));
        memset(memory[i], 0xa5, n * sizeof(uint64_t));
    }
}

static void stop(void)
{
    for (uint32_t i = 0; i < n; i++)
        free(memory[i]);
    free(slots);
}

static bool model_exists(uint32_t domain) { return domain < n && here[domain]; }

static void model_learn(uint32_t from, uint32_t to)
{
    for (uint32_t i = 0; i < n; i++)
        if (seen[from][i] > seen[to][i])
            seen[to][i] = seen[from][i];
    if (seen[from][from] > seen[to][to])
        seen[to][to] = seen[from][from];
}

static uint32_t model_cascade(uint32_t domain)
{
    uint32_t reached = 0;

    for (uint32_t i = 0; i < n; i++)
        if (here[i] && parents[i] == domain) {
            model_learn(domain, i);
            reached += 1 + model_cascade(i);
        }
    return reached;
}

static void random_add(uint32_t domain, uint32_t parent)
{
    int expected = FB_OK;

    if (check_below(8) == 0)
        parent = EPOCH_NONE;
    if (domain >= n || (parent != EPOCH_NONE && !model_exists(parent)))
        expected = FB_EINVALID;
    else if (here[domain])
        expected = FB_EEXISTS;
    for (uint32_t i = 0; parent == EPOCH_NONE && expected == FB_OK && i < n; i++)
        if (here[i]) /* somebody is here, so there is a root */
            expected = FB_EEXISTS;
    CHECK(epoch_add(&tree, domain, parent, domain < n ? memory[domain] : memory[0]) == expected);
    if (expected != FB_OK)
        return;
    for (uint32_t i = 0; i < n; i++)
        if (i != domain) /* its own epoch outlives it */
            seen[domain][i] = 0;
    here[domain] = true;
    parents[domain] = parent == EPOCH_NONE ? NOBODY : parent;
}

static void random_remove(uint32_t domain)
{
    int expected = model_exists(domain) ? FB_OK : FB_EINVALID;

    for (uint32_t i = 0; i < n && expected == FB_OK; i++)
        if (here[i] && parents[i] == domain)
            expected = FB_EBUSY;
    CHECK(epoch_remove(&tree, domain) == expected);
    if (expected == FB_OK) {
        here[domain] = false;
        memset(memory[domain], 0xa5, n * sizeof(uint64_t)); /* the words are ours again */
    }
}

/* All epochs as the model has them, and nobody ahead of whom they have seen. */
static void compare_all(void)
{
    for (uint32_t i = 0; i < n; i++) {
        uint64_t epoch = 0;

        CHECK(epoch_get(&tree, i, &epoch) == (here[i] ? FB_OK : FB_EINVALID));
        CHECK(!here[i] || epoch == seen[i][i]);
        for (uint32_t k = 0; here[i] && k < n; k++) {
            CHECK(epoch_seen(&tree, i, k, &epoch) == FB_OK && epoch == seen[i][k]);
            CHECK(epoch <= seen[k][k]);
        }
    }
}

static void random_step(void)
{
    const uint32_t a = check_below(n + 1), b = check_below(n + 1), kind = check_below(100);
    const bool fits = model_exists(a);
    uint32_t reached = 77;

    if (kind < 12) {
        random_add(a, b);
    } else if (kind < 20) {
        random_remove(a);
    } else if (kind < 55) {
        CHECK(epoch_advance(&tree, a) == (fits ? FB_OK : FB_EINVALID));
        if (fits)
            seen[a][a]++;
    } else if (kind < 90) {
        CHECK(epoch_sync(&tree, a, b) == (fits && model_exists(b) ? FB_OK : FB_EINVALID));
        if (fits && model_exists(b))
            model_learn(a, b);
    } else {
        CHECK(epoch_cascade(&tree, a, &reached) == (fits ? FB_OK : FB_EINVALID));
        if (fits)
            CHECK(reached == model_cascade(a));
        else
            CHECK(reached == 77);
    }
}

static void agrees_with_model(void)
{
    static const uint32_t sizes[] = { 1, 2, 7, N_MAX };

    for (uint32_t s = 0; s < 4; s++) {
        start(sizes[s]);
        for (uint32_t i = 0; i < OPERATIONS / 4; i++) {
            random_step();
            if (i % 16 == 0)
                compare_all();
        }
        compare_all();
        stop();
    }
}

/* Whatever happens, no epoch that anybody holds or has seen goes back while its holder lives. */
static void never_goes_back(void)
{
    static uint64_t before[N_MAX][N_MAX];

    start(N_MAX);
    for (uint32_t i = 0; i < n; i++)
        CHECK(epoch_add(&tree, i, i == 0 ? EPOCH_NONE : check_below(i), memory[i]) == FB_OK);
    memset(before, 0, sizeof before);
    for (uint32_t round = 0; round < 20000; round++) {
        const uint32_t a = check_below(n), b = check_below(n);
        uint32_t reached;

        switch (check_below(8)) {
        case 0:
            CHECK(epoch_cascade(&tree, a, &reached) == FB_OK);
            break;
        case 1:
        case 2:
        case 3:
            CHECK(epoch_sync(&tree, a, b) == FB_OK);
            break;
        default:
            CHECK(epoch_advance(&tree, a) == FB_OK);
        }
        for (uint32_t i = 0; i < n; i++)
            for (uint32_t k = 0; k < n; k++) {
                CHECK(memory[i][k] >= before[i][k]);
                before[i][k] = memory[i][k];
            }
    }
    stop();
}

static void cascades_through_the_deepest_tree(void)
{
    const uint32_t size = 300;
    struct epoch_domain *chain = malloc(size * sizeof *chain);
    uint64_t *words = malloc((size_t)size * size * sizeof *words), epoch = 0;
    uint32_t reached = 0;

    CHECK(epoch_init(&tree, chain, size) == FB_OK);
    for (uint32_t i = 0; i < size; i++) {
        CHECK(epoch_add(&tree, i, i == 0 ? EPOCH_NONE : i - 1, words + (size_t)i * size) == FB_OK);
        CHECK(epoch_advance(&tree, i) == FB_OK);
    }
    CHECK(epoch_advance(&tree, 1) == FB_OK);
    CHECK(epoch_cascade(&tree, 1, &reached) == FB_OK && reached == size - 2);
    CHECK(epoch_get(&tree, size - 1, &epoch) == FB_OK && epoch == 2);
    CHECK(epoch_seen(&tree, size - 1, 1, &epoch) == FB_OK && epoch == 2);
    CHECK(epoch_seen(&tree, size - 1, 0, &epoch) == FB_OK && epoch == 0); /* above: not told */
    CHECK(epoch_get(&tree, 0, &epoch) == FB_OK && epoch == 1);
    free(chain), free(words);
}

static void refuses_what_does_not_fit(void)
{
    uint64_t epoch = 0;

    start(3);
    CHECK(epoch_init(&tree, slots, 0) == FB_EINVALID);
    CHECK(epoch_init(&tree, slots, EPOCH_MAX_DOMAINS + 1) == FB_EINVALID);
    CHECK(epoch_add(&tree, 0, EPOCH_NONE, NULL) == FB_EINVALID);
    CHECK(epoch_add(&tree, 0, EPOCH_NONE, memory[0]) == FB_OK);
    CHECK(epoch_add(&tree, 1, EPOCH_NONE, memory[1]) == FB_EEXISTS);
    CHECK(epoch_add(&tree, 1, 2, memory[1]) == FB_EINVALID);
    CHECK(epoch_seen(&tree, 0, 3, &epoch) == FB_EINVALID);
    memory[0][0] = UINT64_MAX;
    CHECK(epoch_advance(&tree, 0) == FB_EOVERFLOW);
    CHECK(epoch_get(&tree, 0, &epoch) == FB_OK && epoch == UINT64_MAX);
    stop();
}

int main(int argc, char **argv)
{
    check_begin("epoch", argc, argv);
    RUN(agrees_with_model);
    RUN(never_goes_back);
    RUN(cascades_through_the_deepest_tree);
    RUN(refuses_what_does_not_fit);
    return check_end("epoch");
}
