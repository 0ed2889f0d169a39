/* Threads: create, join, mutex, condition, barrier, thread-local data, signals, a spinning one. */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static pthread_barrier_t barrier;
static sem_t semaphore;
static __thread int own = 5;
static int counter, turn;
static volatile int flag;

static void *count(void *n)
{
    for (int i = 0; i < 1000; i++) {
        pthread_mutex_lock(&mutex);
        counter++;
        pthread_mutex_unlock(&mutex);
        if (i % 100 == 0)
            sched_yield();
    }
    own += (int)(long)n;
    return (void *)(long)own;
}

static void *play(void *me)
{
    for (int i = 0; i < 5; i++) {
        pthread_mutex_lock(&mutex);
        while (turn != (int)(long)me)
            pthread_cond_wait(&condition, &mutex);
        printf("turn of %d\n", turn);
        turn = !turn;
        pthread_cond_broadcast(&condition);
        pthread_mutex_unlock(&mutex);
    }
    return NULL;
}

static void *meet(void *unused)
{
    (void)unused;
    const int result = pthread_barrier_wait(&barrier);
    sem_post(&semaphore);
    return (void *)(long)(result == PTHREAD_BARRIER_SERIAL_THREAD);
}

static void *spin(void *unused)
{
    (void)unused;
    while (!flag)
        ;
    return (void *)7;
}

static volatile pthread_t caught_by;

static void *sleeper(void *unused)
{
    (void)unused;
    while (!caught_by)
        pause();
    return NULL;
}

static void *reader(void *pipe)
{
    char c = 0;
    return (void *)(long)(read(*(int *)pipe, &c, 1) == 1 ? c : -1);
}

static void caught(int signal) { (void)signal, caught_by = pthread_self(); }

int main(void)
{
    pthread_t t[8];
    void *result;
    int p[2];
    long sum = 0;

    setvbuf(stdout, NULL, _IONBF, 0);
    for (long i = 0; i < 8; i++)
        pthread_create(&t[i], NULL, count, (void *)i);
    for (int i = 0; i < 8; i++) {
        pthread_join(t[i], &result);
        sum += (long)result;
    }
    printf("counter %d, own %d, sum %ld\n", counter, own, sum);
    pthread_create(&t[0], NULL, play, (void *)0);
    pthread_create(&t[1], NULL, play, (void *)1);
    pthread_join(t[0], NULL);
    pthread_join(t[1], NULL);
    pthread_barrier_init(&barrier, NULL, 4);
    sem_init(&semaphore, 0, 0);
    sum = 0;
    for (int i = 0; i < 4; i++)
        pthread_create(&t[i], NULL, meet, NULL);
    for (int i = 0; i < 4; i++)
        sem_wait(&semaphore);
    for (int i = 0; i < 4; i++) {
        pthread_join(t[i], &result);
        sum += (long)result;
    }
    printf("serial %ld\n", sum);
    pthread_create(&t[0], NULL, spin, NULL);
    flag = 1;
    pthread_join(t[0], &result);
    flag = 0;
    printf("spun %ld\n", (long)result);
    pthread_create(&t[0], NULL, spin, NULL);
    usleep(1000);
    flag = 1;
    pthread_join(t[0], &result);
    printf("spun %ld\n", (long)result);
    pipe(p);
    pthread_create(&t[0], NULL, reader, p);
    usleep(1000);
    write(p[1], "z", 1);
    pthread_join(t[0], &result);
    printf("read %c\n", (int)(long)result);
    signal(SIGUSR1, caught);
    struct sigaction a = { .sa_handler = caught };
    sigaction(SIGUSR1, &a, NULL);
    pthread_create(&t[0], NULL, sleeper, NULL);
    while (!caught_by) { /* it may not wait yet */
        pthread_kill(t[0], SIGUSR1);
        usleep(1000);
    }
    while (pthread_tryjoin_np(t[0], NULL) == EBUSY) {
        pthread_kill(t[0], SIGUSR1);
        usleep(1000);
    }
    printf("caught by it %d\n", pthread_equal(caught_by, t[0]));
    caught_by = 0;
    pthread_create(&t[0], NULL, sleeper, NULL);
    usleep(1000);
    pthread_cancel(t[0]);
    pthread_join(t[0], &result);
    printf("cancelled %d\n", result == PTHREAD_CANCELED);
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += 1000000;
    if (until.tv_nsec >= 1000000000)
        until.tv_sec++, until.tv_nsec -= 1000000000;
    pthread_mutex_lock(&mutex);
    printf("timed %d\n", pthread_cond_timedwait(&condition, &mutex, &until) == ETIMEDOUT);
    pthread_mutex_unlock(&mutex);
    printf("tid %d\n", gettid() == getpid());
    exit(3);
}
