/* System V semaphores, shared memory and messages. */
#include "say.h"
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
union semun {
    int val;
    struct semid_ds *buf;
    unsigned short *array;
};
static int op(int id, int n, int by, int flags)
{
    struct sembuf b = { n, by, flags };
    return semop(id, &b, 1);
}
int main(void)
{
    struct semid_ds ds;
    struct shmid_ds sd;
    struct msqid_ds md;
    unsigned short v[3] = { 1, 2, 3 };
    struct {
        long type;
        char text[50];
    } m;
    BEGIN;
    SAY(semget(12345, 1, 0));
    int id = semget(IPC_PRIVATE, 3, 0600 | IPC_CREAT);
    printf("%d\n", id >= 0);
    SAY(semget(IPC_PRIVATE, -1, 0600));
    SAY(semget(12345, 0, IPC_CREAT));
    SAY(semctl(id, 0, GETVAL));
    SAY(semctl(id, 0, SETALL, (union semun){ .array = v }));
    SAY(semctl(id, 2, GETVAL));
    v[0] = v[1] = 0;
    SAY(semctl(id, 0, GETALL, (union semun){ .array = v }));
    printf("%d %d %d\n", v[0], v[1], v[2]);
    SAY(semctl(id, 1, SETVAL, (union semun){ 5 }));
    SAY(semctl(id, 1, SETVAL, (union semun){ -1 }));
    SAY(semctl(id, 9, GETVAL));
    SAY(semctl(-1, 0, GETVAL));
    SAY(op(id, 1, -3, 0));
    SAY(semctl(id, 1, GETVAL));
    SAY(op(id, 1, -3, IPC_NOWAIT));
    SAY(op(id, 1, 0, IPC_NOWAIT));
    SAY(op(id, 9, 1, 0));
    SAY(op(-1, 0, 1, 0));
    SAY(semop(id, (void *)8, 1));
    SAY(semop(id, NULL, 0));
    SAY(op(id, 1, 32767, 0));
    SAY(semctl(id, 1, GETPID) == getpid());
    SAY(semctl(id, 0, IPC_STAT, (union semun){ .buf = &ds }));
    printf("%d %o\n", (int)ds.sem_nsems, ds.sem_perm.mode);
    struct sembuf two[2] = { { 0, -1, IPC_NOWAIT }, { 2, -9, IPC_NOWAIT } };
    SAY(semop(id, two, 2));
    SAY(semctl(id, 0, GETVAL));
    SAY(semtimedop(id, &(struct sembuf){ 1, -9, 0 }, 1, &(struct timespec){ 0, 1000000 }));
    int c = fork();
    if (!c) {
        op(id, 1, -10, 0);
        op(id, 2, -3, SEM_UNDO);
        _exit(0);
    }
    while (semctl(id, 1, GETNCNT) != 1)
        usleep(1000);
    SAY(semctl(id, 1, GETNCNT));
    SAY(op(id, 1, 8, 0));
    wait(NULL);
    SAY(semctl(id, 2, GETVAL));
    c = fork();
    if (!c) {
        _exit(op(id, 1, -10, 0) ? errno : 0);
    }
    while (semctl(id, 1, GETNCNT) != 1)
        usleep(1000);
    SAY(semctl(id, 0, IPC_RMID));
    int st;
    wait(&st);
    printf("%x\n", st);
    SAY(semctl(id, 0, GETVAL));
    SAY(semget(777, 2, 0600 | IPC_CREAT | IPC_EXCL) >= 0);
    SAY(semget(777, 2, 0600 | IPC_CREAT | IPC_EXCL));
    SAY(semget(777, 3, 0));
    SAY(semctl(semget(777, 2, 0), 0, IPC_RMID));
    SAY(shmget(12345, 4096, 0));
    int sh = shmget(IPC_PRIVATE, 5000, 0600 | IPC_CREAT);
    SAY(shmget(IPC_PRIVATE, 0, 0600));
    char *p = shmat(sh, NULL, 0);
    OK(p);
    strcpy(p, "shared");
    char *q = shmat(sh, NULL, SHM_RDONLY);
    puts(q);
    SAY(shmctl(sh, IPC_STAT, &sd));
    printf("%d %d\n", (int)sd.shm_segsz, (int)sd.shm_nattch);
    if (!fork()) {
        strcpy(p + 4100, "child");
        shmctl(sh, IPC_STAT, &sd);
        printf("%d\n", (int)sd.shm_nattch);
        _exit(0);
    }
    wait(NULL);
    puts(q + 4100);
    SAY(shmdt(q));
    SAY(shmdt(q));
    SAY(shmctl(sh, IPC_RMID, NULL));
    puts(p);
    SAY(shmat(sh, NULL, 0) == (void *)-1 ? 1 : 0);
    SAY(shmdt(p));
    SAY((long)shmat(-1, NULL, 0));
    SAY(shmctl(sh, IPC_STAT, &sd));
    int mq = msgget(IPC_PRIVATE, 0600 | IPC_CREAT);
    m.type = 2;
    strcpy(m.text, "two");
    SAY(msgsnd(mq, &m, 4, 0));
    m.type = 1;
    strcpy(m.text, "one");
    SAY(msgsnd(mq, &m, 4, 0));
    SAY(msgctl(mq, IPC_STAT, &md));
    printf("%d\n", (int)md.msg_qnum);
    SAY(msgrcv(mq, &m, 50, 1, 0));
    puts(m.text);
    SAY(msgrcv(mq, &m, 50, 1, IPC_NOWAIT));
    SAY(msgrcv(mq, &m, 2, 0, 0));
    SAY(msgrcv(mq, &m, 2, 0, MSG_NOERROR));
    m.type = 0;
    SAY(msgsnd(mq, &m, 4, 0));
    SAY(msgsnd(-1, &m, 4, 0));
    for (int i = 3; i >= 1; i--) {
        m.type = i;
        msgsnd(mq, &m, 1, 0);
    }
    SAY(msgrcv(mq, &m, 50, -2, 0));
    printf("%d\n", (int)m.type);
    if (!fork()) {
        m.type = 9;
        strcpy(m.text, "kid");
        usleep(1000);
        msgsnd(mq, &m, 4, 0);
        _exit(0);
    }
    SAY(msgrcv(mq, &m, 50, 9, 0));
    puts(m.text);
    wait(NULL);
    SAY(msgctl(mq, IPC_RMID, NULL));
    SAY(msgrcv(mq, &m, 50, 0, 0));
    SAY(msgget(4321, 0));
    SAY(ftok("/", 1) != -1);
    return 0;
}
