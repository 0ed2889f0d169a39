/* Threads: kinds of locks, conditions, barriers, cancelling, signals, TLS. */
#include "say.h"
#include <pthread.h>
#include <semaphore.h>
#include <time.h>
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;
static pthread_barrier_t b;
static __thread int tls = 5;
static int ready, sum;
static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static sem_t sem;
static void init(void) { printf("once\n"); }
static void gone(void *p) { sum += (int)(long)p; }
static void clean(void *p) { printf("clean %s\n", (char *)p); }
static void *waits(void *a)
{
    pthread_mutex_lock(&m);
    while (!ready)
        pthread_cond_wait(&c, &m);
    sum++;
    pthread_mutex_unlock(&m);
    tls++;
    return (void *)(long)tls;
}
static void *bars(void *a)
{
    return (void *)(long)(pthread_barrier_wait(&b) == PTHREAD_BARRIER_SERIAL_THREAD);
}
static void *keyed(void *a)
{
    pthread_once(&once, init);
    pthread_setspecific(key, a);
    return NULL;
}
static void *sleeps(void *a)
{
    pthread_cleanup_push(clean, "up");
    for (;;)
        sleep(10);
    pthread_cleanup_pop(0);
    return NULL;
}
static void *spins(void *a)
{
    pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
    for (;;)
        ;
    return NULL;
}
static void *rd(void *a)
{
    int r = pthread_rwlock_tryrdlock(&rw), w = pthread_rwlock_trywrlock(&rw);
    if (!r)
        pthread_rwlock_unlock(&rw);
    if (!w)
        pthread_rwlock_unlock(&rw);
    return (void *)(long)(r * 1000 + w);
}
static void *adds(void *a)
{
    for (int i = 0; i < 20000; i++) {
        pthread_mutex_lock(&m);
        sum++;
        pthread_mutex_unlock(&m);
    }
    return NULL;
}
static void *sw(void *a)
{
    sigset_t s;
    int g;
    sigemptyset(&s);
    sigaddset(&s, SIGUSR1);
    sigwait(&s, &g);
    return (void *)(long)g;
}
static void *pc(void *a)
{
    for (int i = 0; i < 100; i++)
        sem_post(&sem), sched_yield();
    return NULL;
}
static void *ex(void *a) { _exit(3); }
static void *own(void *a)
{
    pthread_mutex_lock(a);
    return NULL;
}
int main(void)
{
    pthread_t t[5];
    void *r;
    struct timespec at;
    pthread_mutexattr_t a;
    pthread_mutex_t x;
    BEGIN;
    for (int i = 0; i < 5; i++)
        pthread_create(&t[i], NULL, waits, NULL);
    usleep(1000);
    pthread_mutex_lock(&m);
    ready = 1;
    pthread_cond_broadcast(&c);
    pthread_mutex_unlock(&m);
    for (int i = 0; i < 5; i++)
        pthread_join(t[i], &r), printf("%ld ", (long)r);
    printf("%d %d\n", sum, tls);
    pthread_barrier_init(&b, NULL, 5);
    int serial = 0;
    for (int i = 0; i < 5; i++)
        pthread_create(&t[i], NULL, bars, NULL);
    for (int i = 0; i < 5; i++)
        pthread_join(t[i], &r), serial += (long)r;
    printf("%d\n", serial);
    sum = 0;
    pthread_key_create(&key, gone);
    for (int i = 0; i < 5; i++)
        pthread_create(&t[i], NULL, keyed, (void *)(long)(i + 1));
    for (int i = 0; i < 5; i++)
        pthread_join(t[i], &r);
    printf("%d\n", sum);
    pthread_create(t, NULL, sleeps, NULL);
    usleep(1000);
    pthread_cancel(t[0]);
    SAY(pthread_join(t[0], &r));
    printf("%d\n", r == PTHREAD_CANCELED);
    pthread_create(t, NULL, spins, NULL);
    usleep(1000);
    pthread_cancel(t[0]);
    SAY(pthread_join(t[0], &r));
    printf("%d\n", r == PTHREAD_CANCELED);
    pthread_rwlock_rdlock(&rw);
    pthread_create(t, NULL, rd, NULL);
    pthread_join(t[0], &r);
    printf("%ld\n", (long)r);
    pthread_rwlock_unlock(&rw);
    pthread_rwlock_wrlock(&rw);
    pthread_create(t, NULL, rd, NULL);
    pthread_join(t[0], &r);
    printf("%ld\n", (long)r);
    pthread_rwlock_unlock(&rw);
    pthread_mutexattr_init(&a);
    pthread_mutexattr_settype(&a, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&x, &a);
    SAY(pthread_mutex_lock(&x));
    SAY(pthread_mutex_lock(&x));
    SAY(pthread_mutex_unlock(&x));
    SAY(pthread_mutex_unlock(&x));
    SAY(pthread_mutex_unlock(&x));
    pthread_mutexattr_settype(&a, PTHREAD_MUTEX_ERRORCHECK);
    pthread_mutex_init(&x, &a);
    SAY(pthread_mutex_lock(&x));
    SAY(pthread_mutex_lock(&x));
    SAY(pthread_mutex_destroy(&x));
    clock_gettime(CLOCK_REALTIME, &at);
    at.tv_nsec += 1000000;
    at.tv_sec += at.tv_nsec / 1000000000;
    at.tv_nsec %= 1000000000;
    SAY(pthread_mutex_timedlock(&x, &at));
    pthread_mutex_lock(&m);
    SAY(pthread_cond_timedwait(&c, &m, &at));
    pthread_mutex_unlock(&m);
    pthread_mutexattr_setprotocol(&a, PTHREAD_PRIO_INHERIT);
    pthread_mutex_t pi;
    SAY(pthread_mutex_init(&pi, &a));
    SAY(pthread_mutex_lock(&pi));
    SAY(pthread_mutex_unlock(&pi));
    sum = 0;
    for (int i = 0; i < 4; i++)
        pthread_create(&t[i], NULL, adds, NULL);
    for (int i = 0; i < 4; i++)
        pthread_join(t[i], NULL);
    printf("%d\n", sum);
    sigset_t s;
    sigemptyset(&s);
    sigaddset(&s, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &s, NULL);
    pthread_create(t, NULL, sw, NULL);
    usleep(1000);
    SAY(pthread_kill(t[0], SIGUSR1));
    pthread_join(t[0], &r);
    printf("%ld\n", (long)r);
    pthread_create(t, NULL, sw, NULL);
    usleep(1000);
    kill(getpid(), SIGUSR1);
    pthread_join(t[0], &r);
    printf("%ld\n", (long)r);
    sem_init(&sem, 0, 0);
    pthread_create(t, NULL, pc, NULL);
    for (int i = 0; i < 100; i++)
        sem_wait(&sem);
    pthread_join(t[0], NULL);
    SAY(sem_trywait(&sem));
    SAY(pthread_detach(pthread_self()));
    SAY(pthread_join(pthread_self(), NULL));
    pthread_mutexattr_init(&a);
    pthread_mutexattr_setrobust(&a, 1);
    pthread_mutex_t ro;
    pthread_mutex_init(&ro, &a);
    pthread_create(t, NULL, own, &ro);
    pthread_join(t[0], NULL);
    SAY(pthread_mutex_lock(&ro));
    int q;
    if (!fork()) {
        pthread_create(t, NULL, ex, NULL);
        for (;;)
            pause();
    }
    wait(&q);
    printf("%x\n", q);
    char nm[20];
    SAY(pthread_setname_np(pthread_self(), "short"));
    SAY(pthread_getname_np(pthread_self(), nm, 20));
    puts(nm);
    return 0;
}
