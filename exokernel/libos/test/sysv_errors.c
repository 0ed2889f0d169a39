/* Each call of System V's objects with each wrong argument. */
#include "say.h"
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <time.h>

static const long pointers[] = { 8, 0x70001000, -1 };
static const long ids[] = { -1, 0x7fffffff };

int main(void)
{
    struct sembuf op = { 0, 1, 0 };
    struct timespec bad = { 0, -1 }, good = { 0, 1000 };
    struct semid_ds sd;
    struct shmid_ds hd;
    struct msqid_ds qd;
    struct {
        long type;
        char text[10000];
    } m = { 1, "text" };

    BEGIN;
    const int s = semget(IPC_PRIVATE, 2, 0640), h = shmget(IPC_PRIVATE, 8192, 0640),
              q = msgget(IPC_PRIVATE, 0640);
    for (int i = 0; i < 2; i++) {
        const long id = ids[i];
        printf("id %d\n", i);
        SAY(semop(id, &op, 1));
        SAY(semctl(id, 0, IPC_RMID));
        SAY(semctl(id, 0, IPC_STAT, &sd));
        SAY(semctl(id, 0, SETVAL, 1));
        SAY(shmat(id, NULL, 0) == (void *)-1);
        SAY(shmctl(id, IPC_RMID, NULL));
        SAY(shmctl(id, IPC_STAT, &hd));
        SAY(msgsnd(id, &m, 1, 0));
        SAY(msgrcv(id, &m, 1, 0, 0));
        SAY(msgctl(id, IPC_RMID, NULL));
        SAY(msgctl(id, IPC_STAT, &qd));
    }
    for (int i = 0; i < 3; i++) {
        void *at = (void *)pointers[i];
        printf("pointer %d\n", i);
        SAY(semop(s, at, 1));
        SAY(semtimedop(s, &op, 1, at));
        SAY(semctl(s, 0, IPC_STAT, at));
        SAY(semctl(s, 0, IPC_SET, at));
        SAY(semctl(s, 0, GETALL, at));
        SAY(semctl(s, 0, SETALL, at));
        SAY(shmctl(h, IPC_STAT, at));
        SAY(shmctl(h, IPC_SET, at));
        SAY(msgctl(q, IPC_STAT, at));
        SAY(msgctl(q, IPC_SET, at));
        SAY(msgsnd(q, at, 1, 0));
    }
    SAY(semget(IPC_PRIVATE, -1, 0600));
    SAY(semget(IPC_PRIVATE, 0, 0600));
    SAY(shmget(IPC_PRIVATE, 0, 0600));
    SAY(semtimedop(s, &op, 1, &bad));
    SAY(semop(s, &op, 501));
    SAY(semop(s, &op, 0));
    op = (struct sembuf){ 2, 1, 0 };
    SAY(semop(s, &op, 1));
    op = (struct sembuf){ 0, -5, 0 };
    SAY(semtimedop(s, &op, 1, &good));
    op.sem_flg = IPC_NOWAIT;
    SAY(semop(s, &op, 1));
    SAY(semctl(s, 2, GETVAL));
    SAY(semctl(s, -1, GETVAL));
    SAY(semctl(s, 0, SETVAL, 32768));
    SAY(semctl(s, 0, SETVAL, 32767));
    op = (struct sembuf){ 0, 1, 0 };
    SAY(semop(s, &op, 1));
    SAY(semctl(s, 0, 99));
    SAY(shmat(h, (void *)1, 0) == (void *)-1);
    SAY(shmat(h, NULL, SHM_REMAP) == (void *)-1);
    SAY(shmdt((void *)1));
    SAY(shmdt((void *)0x10000));
    SAY(shmctl(h, 99, NULL));
    char *p = shmat(h, NULL, 0);
    SAY(shmat(h, p, 0) == (void *)-1);
    SAY(shmdt(p));
    SAY(msgsnd(q, &m, 8193, 0));
    SAY(msgsnd(q, &m, -1, 0));
    SAY(msgsnd(q, &m, 8192, 0));
    SAY(msgrcv(q, &m, 8191, 0, 0));
    SAY(msgrcv(q, &m, 8192, 0, 0));
    SAY(msgrcv(q, &m, 10, 0, IPC_NOWAIT));
    SAY(msgrcv(q, &m, -1, 0, IPC_NOWAIT));
    m.type = -1;
    SAY(msgsnd(q, &m, 1, 0));
    for (int i = 1; i < 5; i++) {
        m.type = i;
        SAY(msgsnd(q, &m, i, 0));
    }
    SAY(msgrcv(q, &m, 10, 3, 0));
    SAY(msgrcv(q, &m, 10, 1, MSG_EXCEPT));
    SAY(msgrcv(q, &m, 10, -9, 0));
    SAY(msgctl(q, IPC_STAT, &qd));
    printf("%d %d %o\n", (int)qd.msg_qnum, (int)qd.__msg_cbytes, qd.msg_perm.mode);
    m.type = 7;
    int n = 0;
    while (!msgsnd(q, &m, 1000, IPC_NOWAIT))
        n++;
    printf("%d, errno %d\n", n, errno);
    sd.sem_perm.uid = geteuid(), sd.sem_perm.gid = getegid(), sd.sem_perm.mode = 0444;
    SAY(semctl(s, 0, IPC_SET, &sd));
    SAY(semctl(s, 0, IPC_STAT, &sd));
    printf("%o\n", sd.sem_perm.mode);
    SAY(semctl(s, 0, IPC_RMID));
    SAY(shmctl(h, IPC_RMID, NULL));
    SAY(msgctl(q, IPC_RMID, NULL));
    SAY(msgctl(q, IPC_RMID, NULL));
    return 0;
}
