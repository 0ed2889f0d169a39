/* SPDX-License-Identifier: MIT
 * Ring-3 benchmarks. The ring-3 image is embedded in the kernel's. A benchmark is a ring-0 function
 * for the probe; it starts one environment from the image, and serves its calls of the probe. */
#include "account.h"
#include "memory.h"
#include "paging.h"
#include "syscalls.h"
#include "trace.h"
#include "x86.h"

#include "feuerprobe.h"

/* The head of the image, from user/user.ld: where its text and its constants end. */
struct user_image {
    uint64_t text_end, end;
};

extern const char user_image[], user_image_end[];

enum { MAIN_CAPS = 20480, STACK_PAGES = 8, PRINT_MAX = 256 };
#define STACK_TOP 0x7fff00000000ul

static uint64_t shared_table; /* maps the image, for all environments */
static struct range shown;    /* what the next main environment may read */
static uint64_t shown_head;

uint64_t user_table(void) { return shared_table; }

/* Make an environment on the boot CPU, at once. */
static int64_t create(uint32_t capacity, struct env **env)
{
    int64_t error = env_begin(&accounts[0], &cpus[0], capacity, env);

    while (!error && (error = env_make(*env)) == FB_EAGAIN)
        error = FB_OK;
    return error;
}

/* Build the table that every address space shares, and environment 0. */
void user_init(void)
{
    const struct user_image *image = (const void *)user_image;
    struct env *kernel;

    shared_table = page_alloc_clean();
    if (!shared_table || image->end > EXO_IMAGE_END)
        panic(PANIC_MEMORY, "no place for the ring-3 image");
    uint64_t *table = direct(shared_table);
    for (uint64_t a = EXO_IMAGE; a < image->end; a += PAGE_SIZE)
        table[a >> 12 & 511] = image_physical(user_image + (a - EXO_IMAGE)) | PRESENT | USER
                               | (a < image->text_end ? 0 : NO_EXEC);
    account_init();
    kernel_lock();
    if (create(ENV_LIMIT + 1, &kernel))
        panic(PANIC_MEMORY, "no memory for environment 0");
    kernel_unlock();
}

/* Let the environment that user_run makes next read the module: EXO_MODULE in abi.h. Its pages
 * appear behind one that tells its length and where in the first page it is. */
void user_show(struct range module)
{
    shown_head = account_keep();
    if (!shown_head)
        panic(PANIC_MEMORY, "no memory for the module's head");
    shown = (struct range){ module.start & -PAGE_SIZE, module.end };
    ((uint64_t *)direct(shown_head))[0] = module.end - module.start;
    ((uint64_t *)direct(shown_head))[1] = module.start - shown.start;
}

/* Make the tables above an address, at once. */
static int64_t reach(struct env *env, uint64_t address)
{
    int64_t error;

    while ((error = space_reach(env, address)) == FB_EAGAIN)
        ;
    return error;
}

/* Show one page at an address, read-only. */
static int64_t show_page(struct env *env, uint64_t address, uint64_t page)
{
    const int64_t error = reach(env, address);

    return error ? error : space_place(env, address, page | PRESENT | USER | NO_EXEC);
}

static int64_t show(struct env *env)
{
    int64_t error = show_page(env, EXO_MODULE, shown_head);

    for (uint64_t at = shown.start; !error && at < shown.end; at += PAGE_SIZE)
        error = show_page(env, EXO_MODULE + PAGE_SIZE + (at - shown.start), at);
    return error;
}

#ifdef TRACE_on
/* Let an environment read the trace. */
static int64_t show_trace(struct env *env)
{
    int64_t error = FB_OK;

    for (uint64_t at = 0; !error && at < trace_size(); at += PAGE_SIZE)
        error = show_page(env, FB_TRACE_AT + at, FB_TRACE_PHYSICAL + at);
    return error;
}
#else
#define show_trace(env) FB_OK
#endif

/* Bytes by which this boot moves the stacks of ring 3, up to 1,008. Other bits of the seed move the
 * kernel's stack and the benchmarks' data. Children inherit the shift (user/lib/lib.c). */
static uint64_t stack_shift(void) { return (fp_seed() * 0x9e3779b97f4a7c15u >> 52 & 63) * 16; }

/* Make the environment of a benchmark, on the boot CPU. On top of its stack is what it is to do:
 *
 *   ... stack | shift | struct fp_run | struct fp_entry | STACK_TOP */
static struct env *make_main(struct fp_run *run, uint64_t program, uint64_t argument)
{
    struct env *env;
    uint64_t page = 0;

    if (create(MAIN_CAPS, &env) || (shown.end && show(env)) || show_trace(env))
        return NULL;                   /* what there is of it, end_all takes away */
    reach(env, STACK_TOP - PAGE_SIZE); /* without memory for it, mapping the stack fails */
    for (uint64_t i = 1; i <= STACK_PAGES; i++) {
        page = account_page(env);
        const int64_t id = page ? cap_create(env, CAP_PAGE, (uint32_t)(page / PAGE_SIZE),
                                             EXO_RIGHTS_ALL, 0)
                                : FB_ENO_MEMORY;
        if (id < 0
            || space_map(env, (cap_id_t)id, STACK_TOP - (STACK_PAGES + 1 - i) * PAGE_SIZE,
                         EXO_RIGHT_R | EXO_RIGHT_W)) {
            env_end(env);
            return NULL;
        }
    }
    struct fp_entry *entry = (struct fp_entry *)((char *)direct(page) + PAGE_SIZE) - 1;
    struct fp_run *copy = (struct fp_run *)entry - 1;
    *entry = *run->entry;
    *copy = *run;
    copy->entry = (const struct fp_entry *)(STACK_TOP - sizeof *entry);
    copy->values[0] = copy->values[1] = NULL;
    env->run = run;
    env->frame.rip = EXO_ENTRY;
    env->frame.rdi = program;
    env->frame.rsi = STACK_TOP - sizeof *entry - sizeof *copy;
    env->frame.rdx = argument;
    env->frame.rsp = (env->frame.rsi & -16ul) - stack_shift();
    return env;
}

/* End all environments that the benchmark left, on all CPUs. */
static void end_all(void)
{
    for (uint32_t i = 1; i < ENV_LIMIT; i++) {
        while (env_table[i]) {
            kernel_lock();
            if (env_table[i] && env_destroy(env_table[i]))
                work_step(this_cpu());
            kernel_unlock();
            x86_pause();
        }
    }
}

/* Run a ring-3 program until it ends. It drives `run` by exo_probe. */
void user_run(struct fp_run *run, uint64_t program, uint64_t argument)
{
    struct cpu *cpu = this_cpu();
    const uint64_t slice = slice_ticks;

    kernel_lock();
    const uint64_t before = pages_free();
    struct env *env = make_main(run, program, argument);
    if (!env) {
        kernel_unlock();
        end_all();
        fp_give_up(run, FP_NO_MEMORY, "no memory for the environment");
        return;
    }
    cpu->finished = false;
    make_ready(env);
    cpu->runs = true;
    boot_leave(&cpu->boot_stack);
    kernel_lock();
    slice_set(slice);
    kernel_unlock();
    end_all();
    if (pages_free() != before && !run->status)
        fp_give_up(run, FP_EFFECT_FAILED, "pages are missing at the end");
}

/* An environment ended. If it was the one that drives the probe, the benchmark is over. */
void user_ended(const struct env *env)
{
    if (env->run) {
        cpus[0].finished = cpus[0].attend = true;
        if (this_cpu() != &cpus[0])
            apic_send(&cpus[0], VECTOR_WAKE);
    }
}

/* Back to user_run, on the boot stack. */
_Noreturn void user_leave(struct cpu *cpu)
{
    FP_MARK(FP_MARK_OWN);
    cpu->finished = cpu->attend = cpu->runs = false;
    leave(cpu);
    kernel_unlock();
    boot_return(cpu->boot_stack);
}

/* Text from ring 3 that the probe may keep: only from the image, which outlives the environment. */
static const char *lasting(uint64_t text)
{
    const uint64_t size = (uint64_t)(user_image_end - user_image);

    return text - EXO_IMAGE < size ? user_image + (text - EXO_IMAGE) : "the effect is missing";
}

static int64_t print_for(struct env *me, uint64_t text, uint64_t length)
{
    char buffer[PRINT_MAX];

    (void)me;
    if (length > PRINT_MAX || text > EXO_USER_END - PRINT_MAX
        || user_copy(buffer, (const void *)text, length))
        return FB_EADDRESS;
    for (uint64_t i = 0; i < length; i++) /* any bytes: the console of other systems' programs */
        serial_put(buffer[i]);
    return FB_OK;
}

/* exo_probe: a benchmark program calls the probe. Others have no run, and are refused. */
_Noreturn void sys_probe(uint64_t operation, uint64_t a, uint64_t b)
{
    struct env *me = current_env();
    struct fp_run *run = me->run;
    int64_t result = FB_OK;

    kernel_lock();
    if (!run)
        answer(me, FB_EDENIED);
    FP_MARK(FP_MARK_OWN);
    switch (operation) {
    case EXO_PROBE_NEXT:
        result = fp_next(run) ? run->twin | run->leave_out << 1 : FB_EAGAIN;
        break;
    case EXO_PROBE_KEEP:
        fp_keep(run, a);
        break;
    case EXO_PROBE_CHECK:
        fp_check(run, a, lasting(b));
        break;
    case EXO_PROBE_GIVE_UP:
        fp_give_up(run, (uint32_t)a, lasting(b));
        break;
    case EXO_PROBE_PRINT:
        result = print_for(me, a, b);
        break;
    case EXO_PROBE_SLICE:
        slice_set(a);
        break;
    case EXO_PROBE_AUDIT: {
        const char *broken = audit();
        if (broken)
            print("audit: %s\n", broken);
        result = broken ? FB_EINVALID : FB_OK;
        break;
    }
    default:
        result = FB_EINVALID;
    }
    answer(me, result);
}
