/* POSIX semaphores, shared memory and message queues; memfd. */
#include "say.h"
#include <mqueue.h>
#include <pthread.h>
#include <semaphore.h>
#include <time.h>
int main(void)
{
    BEGIN;
    SAY(shm_open("/pi", O_RDWR, 0600));
    int f = shm_open("/pi", O_RDWR | O_CREAT | O_EXCL, 0600);
    printf("%d\n", f >= 0);
    SAY(shm_open("/pi", O_RDWR | O_CREAT | O_EXCL, 0600));
    SAY(ftruncate(f, 8192));
    char *p = mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, f, 0);
    OK(p);
    sem_t *u = (sem_t *)p;
    SAY(sem_init(u, 1, 0));
    int v;
    if (!fork()) {
        strcpy(p + 4096, "hi");
        sem_post(u);
        _exit(0);
    }
    SAY(sem_wait(u));
    puts(p + 4096);
    wait(NULL);
    SAY(sem_getvalue(u, &v));
    printf("%d\n", v);
    SAY(sem_trywait(u));
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    t.tv_nsec += 1000000;
    if (t.tv_nsec >= 1000000000)
        t.tv_sec++, t.tv_nsec -= 1000000000;
    SAY(sem_timedwait(u, &t));
    SAY(sem_destroy(u));
    SAY(shm_unlink("/pi"));
    SAY(shm_unlink("/pi"));
    SAY(sem_open("/ps", 0) == SEM_FAILED);
    sem_t *s = sem_open("/ps", O_CREAT | O_EXCL, 0600, 2);
    printf("%d\n", s != SEM_FAILED);
    SAY(sem_open("/ps", O_CREAT | O_EXCL, 0600, 2) == SEM_FAILED);
    SAY(sem_wait(s));
    SAY(sem_getvalue(s, &v));
    printf("%d\n", v);
    if (!fork()) {
        sem_t *k = sem_open("/ps", 0);
        sem_wait(k);
        sem_wait(k);
        printf("child has it\n");
        _exit(0);
    }
    usleep(5000);
    sem_post(s);
    wait(NULL);
    SAY(sem_close(s));
    SAY(sem_unlink("/ps"));
    SAY(sem_unlink("/ps"));
    pthread_mutexattr_t a;
    pthread_mutexattr_init(&a);
    pthread_mutexattr_setpshared(&a, 1);
    pthread_mutexattr_setrobust(&a, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_t *m = mmap(0, 4096, 3, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pthread_mutex_init(m, &a);
    pthread_mutex_lock(m);
    if (!fork()) {
        printf("%d\n", pthread_mutex_trylock(m));
        _exit(0);
    }
    wait(NULL);
    pthread_mutex_unlock(m);
    if (!fork()) {
        pthread_mutex_lock(m);
        _exit(0);
    }
    wait(NULL);
    printf("dead owner %d\n", pthread_mutex_lock(m));
    printf("%d\n", pthread_mutex_consistent(m));
    pthread_mutex_unlock(m);
    int fd = memfd_create("name", MFD_CLOEXEC);
    printf("%d\n", fd >= 0);
    SAY(write(fd, "memory", 6));
    SAY(lseek(fd, 0, SEEK_SET));
    char b[100] = { 0 };
    SAY(read(fd, b, 10));
    puts(b);
    SAY(ftruncate(fd, 4096));
    OK(mmap(0, 4096, 3, MAP_SHARED, fd, 0));
    SAY(memfd_create("x", 0xff00));
    return 0;
}
