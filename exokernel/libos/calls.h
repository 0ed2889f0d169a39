/* SPDX-License-Identifier: MIT
 * Every Linux call that the LibOS answers, in one list: its table and docs/linux-abi.md are made
 * from it. All others return ENOSYS.
 *
 *   X(number, name, how, remark)
 *
 *   WHOLE    does what Linux does
 *   PARTIAL  does what Linux does, except as the remark says
 *   FAKED    returns what programs expect, but has no effect */
#ifndef LIBOS_CALLS_H
#define LIBOS_CALLS_H

/* clang-format off */
#define LINUX_CALLS(X) \
    X(0, read, WHOLE, "") \
    X(1, write, WHOLE, "") \
    X(2, open, PARTIAL, "of /proc, the files of the list above; /proc/self/fd/N is as dup") \
    X(3, close, WHOLE, "") \
    X(4, stat, WHOLE, "") \
    X(5, fstat, WHOLE, "") \
    X(6, lstat, WHOLE, "") \
    X(7, poll, WHOLE, "") \
    X(8, lseek, WHOLE, "") \
    X(9, mmap, PARTIAL, "MAP_GROWSDOWN is missing") \
    X(10, mprotect, WHOLE, "") \
    X(11, munmap, WHOLE, "") \
    X(12, brk, WHOLE, "") \
    X(13, rt_sigaction, WHOLE, "") \
    X(14, rt_sigprocmask, WHOLE, "") \
    X(15, rt_sigreturn, WHOLE, "") \
    X(16, ioctl, PARTIAL, "only FIONREAD, FIONBIO, FIO(N)CLEX; terminal modes have no effect") \
    X(17, pread64, WHOLE, "") \
    X(18, pwrite64, WHOLE, "") \
    X(19, readv, WHOLE, "") \
    X(20, writev, WHOLE, "") \
    X(21, access, PARTIAL, "reading and writing is always allowed, as for the superuser") \
    X(22, pipe, WHOLE, "") \
    X(23, select, WHOLE, "") \
    X(24, sched_yield, WHOLE, "") \
    X(25, mremap, WHOLE, "") \
    X(26, msync, WHOLE, "") \
    X(27, mincore, WHOLE, "") \
    X(28, madvise, PARTIAL, "MADV_DONTNEED and MADV_FREE have an effect; other advice is ignored") \
    X(29, shmget, PARTIAL, "rights are not checked") \
    X(30, shmat, PARTIAL, "rights are not checked") \
    X(31, shmctl, PARTIAL, "no IPC_INFO, SHM_INFO, SHM_STAT") \
    X(32, dup, WHOLE, "") \
    X(33, dup2, WHOLE, "") \
    X(34, pause, WHOLE, "") \
    X(35, nanosleep, WHOLE, "") \
    X(36, getitimer, PARTIAL, "as setitimer") \
    X(37, alarm, WHOLE, "") \
    X(38, setitimer, PARTIAL, "all three timers run in real time") \
    X(39, getpid, WHOLE, "") \
    X(40, sendfile, WHOLE, "") \
    X(41, socket, PARTIAL, "AF_UNIX, TCP and UDP on AF_INET; only between processes of one boot") \
    X(42, connect, PARTIAL, "as socket; the only address is that of the loopback interface") \
    X(43, accept, WHOLE, "") \
    X(44, sendto, PARTIAL, "as sendmsg") \
    X(45, recvfrom, PARTIAL, "as recvmsg") \
    X(46, sendmsg, PARTIAL, "no urgent bytes; a message has at most 65,535 bytes") \
    X(47, recvmsg, PARTIAL, "no urgent bytes; for a stream, the name of the sender is not given") \
    X(48, shutdown, WHOLE, "") \
    X(49, bind, PARTIAL, "as connect") \
    X(50, listen, PARTIAL, "at most 128 connections can wait") \
    X(51, getsockname, WHOLE, "") \
    X(52, getpeername, WHOLE, "") \
    X(53, socketpair, WHOLE, "") \
    X(54, setsockopt, PARTIAL, "only SO_REUSEADDR, SO_PASSCRED and time limits have an effect") \
    X(55, getsockopt, PARTIAL, "as setsockopt") \
    X(56, clone, PARTIAL, "CLONE_VM only for threads or with CLONE_VFORK; no namespaces") \
    X(57, fork, PARTIAL, "the memory is copied at once, not at the first write") \
    X(58, vfork, PARTIAL, "the parent does not see what the child maps or unmaps") \
    X(59, execve, WHOLE, "") \
    X(60, exit, WHOLE, "") \
    X(61, wait4, PARTIAL, "the resource usage of the child is all 0") \
    X(62, kill, WHOLE, "") \
    X(63, uname, WHOLE, "") \
    X(64, semget, PARTIAL, "rights are not checked; sets of 1,024") \
    X(65, semop, WHOLE, "") \
    X(66, semctl, PARTIAL, "no IPC_INFO, SEM_INFO, SEM_STAT") \
    X(67, shmdt, WHOLE, "") \
    X(68, msgget, PARTIAL, "rights are not checked") \
    X(69, msgsnd, WHOLE, "") \
    X(70, msgrcv, PARTIAL, "no MSG_COPY") \
    X(71, msgctl, PARTIAL, "no IPC_INFO, MSG_INFO, MSG_STAT") \
    X(72, fcntl, PARTIAL, "no leases, no signals; F_SETFL affects this process only") \
    X(73, flock, WHOLE, "") \
    X(74, fsync, WHOLE, "") \
    X(75, fdatasync, WHOLE, "") \
    X(76, truncate, WHOLE, "") \
    X(77, ftruncate, WHOLE, "") \
    X(79, getcwd, WHOLE, "") \
    X(80, chdir, WHOLE, "") \
    X(81, fchdir, WHOLE, "") \
    X(82, rename, WHOLE, "") \
    X(83, mkdir, WHOLE, "") \
    X(84, rmdir, WHOLE, "") \
    X(85, creat, WHOLE, "") \
    X(86, link, WHOLE, "") \
    X(87, unlink, WHOLE, "") \
    X(88, symlink, WHOLE, "") \
    X(89, readlink, WHOLE, "") \
    X(90, chmod, PARTIAL, "the mode is stored, but never checked") \
    X(91, fchmod, PARTIAL, "as chmod") \
    X(92, chown, PARTIAL, "as chmod") \
    X(93, fchown, PARTIAL, "as chmod") \
    X(94, lchown, PARTIAL, "as chmod") \
    X(95, umask, WHOLE, "") \
    X(96, gettimeofday, PARTIAL, "every boot begins at 2026-01-01") \
    X(97, getrlimit, PARTIAL, "as prlimit64") \
    X(98, getrusage, PARTIAL, "processor time is the time since the boot; memory is that of now") \
    X(99, sysinfo, PARTIAL, "always reports 1 process and no load") \
    X(100, times, PARTIAL, "the processor time is the time since the boot") \
    X(102, getuid, WHOLE, "") \
    X(104, getgid, WHOLE, "") \
    X(105, setuid, PARTIAL, "stored; rights of files are not checked") \
    X(106, setgid, PARTIAL, "stored; rights of files are not checked") \
    X(107, geteuid, WHOLE, "") \
    X(108, getegid, WHOLE, "") \
    X(109, setpgid, WHOLE, "") \
    X(110, getppid, WHOLE, "") \
    X(111, getpgrp, WHOLE, "") \
    X(112, setsid, WHOLE, "") \
    X(113, setreuid, PARTIAL, "stored; rights of files are not checked") \
    X(114, setregid, PARTIAL, "stored; rights of files are not checked") \
    X(115, getgroups, WHOLE, "") \
    X(116, setgroups, PARTIAL, "stored; rights of files are not checked") \
    X(117, setresuid, PARTIAL, "stored; rights of files are not checked") \
    X(118, getresuid, WHOLE, "") \
    X(119, setresgid, PARTIAL, "stored; rights of files are not checked") \
    X(120, getresgid, WHOLE, "") \
    X(121, getpgid, WHOLE, "") \
    X(122, setfsuid, FAKED, "does nothing") \
    X(123, setfsgid, FAKED, "does nothing") \
    X(124, getsid, WHOLE, "") \
    X(127, rt_sigpending, WHOLE, "") \
    X(128, rt_sigtimedwait, WHOLE, "") \
    X(129, rt_sigqueueinfo, WHOLE, "") \
    X(130, rt_sigsuspend, WHOLE, "") \
    X(131, sigaltstack, WHOLE, "") \
    X(132, utime, PARTIAL, "sets only the present time (NULL); other times return ENOSYS") \
    X(133, mknod, WHOLE, "") \
    X(135, personality, FAKED, "the value is stored, and has no effect") \
    X(137, statfs, FAKED, "always describes a tmpfs") \
    X(138, fstatfs, FAKED, "always describes a tmpfs") \
    X(140, getpriority, PARTIAL, "the nice value of another process is always 0") \
    X(141, setpriority, FAKED, "the value is stored, and has no effect") \
    X(142, sched_setparam, FAKED, "the value is stored, and has no effect") \
    X(143, sched_getparam, PARTIAL, "the priority of another process is always 0") \
    X(144, sched_setscheduler, FAKED, "the policy is stored, and has no effect") \
    X(145, sched_getscheduler, PARTIAL, "the policy of another process is always SCHED_OTHER") \
    X(146, sched_get_priority_max, WHOLE, "") \
    X(147, sched_get_priority_min, WHOLE, "") \
    X(148, sched_rr_get_interval, FAKED, "always 2 ms, or 0 for SCHED_FIFO") \
    X(149, mlock, PARTIAL, "only checks the addresses: no page ever leaves memory") \
    X(150, munlock, WHOLE, "") \
    X(151, mlockall, PARTIAL, "as mlock") \
    X(152, munlockall, WHOLE, "") \
    X(157, prctl, PARTIAL, "the name has an effect; other values are stored or fixed") \
    X(158, arch_prctl, PARTIAL, "only ARCH_SET_FS and ARCH_GET_FS") \
    X(160, setrlimit, PARTIAL, "as prlimit64") \
    X(162, sync, WHOLE, "") \
    X(186, gettid, WHOLE, "") \
    X(187, readahead, FAKED, "does nothing") \
    X(200, tkill, WHOLE, "") \
    X(201, time, WHOLE, "") \
    X(202, futex, PARTIAL, "no priority is inherited; a wait on a word in shared memory polls") \
    X(203, sched_setaffinity, FAKED, "accepts a set that has processor 0") \
    X(204, sched_getaffinity, FAKED, "always processor 0") \
    X(213, epoll_create, PARTIAL, "at most 16, with 64 descriptors each; fork copies them") \
    X(217, getdents64, WHOLE, "") \
    X(218, set_tid_address, WHOLE, "") \
    X(220, semtimedop, WHOLE, "") \
    X(221, fadvise64, FAKED, "does nothing") \
    X(222, timer_create, PARTIAL, "at most 32; timers of processor time run in real time") \
    X(223, timer_settime, WHOLE, "") \
    X(224, timer_gettime, WHOLE, "") \
    X(225, timer_getoverrun, WHOLE, "") \
    X(226, timer_delete, WHOLE, "") \
    X(227, clock_settime, PARTIAL, "no clock can be set") \
    X(228, clock_gettime, PARTIAL, "the clocks of processor time give the time since the boot") \
    X(229, clock_getres, WHOLE, "") \
    X(230, clock_nanosleep, WHOLE, "") \
    X(231, exit_group, WHOLE, "") \
    X(232, epoll_wait, WHOLE, "") \
    X(233, epoll_ctl, PARTIAL, "no EPOLLEXCLUSIVE; an epoll cannot watch another epoll") \
    X(234, tgkill, WHOLE, "") \
    X(240, mq_open, PARTIAL, "rights are not checked; at most 64 messages of 65,535 bytes") \
    X(241, mq_unlink, WHOLE, "") \
    X(242, mq_timedsend, WHOLE, "") \
    X(243, mq_timedreceive, WHOLE, "") \
    X(244, mq_notify, PARTIAL, "no SIGEV_THREAD") \
    X(245, mq_getsetattr, WHOLE, "") \
    X(247, waitid, PARTIAL, "as wait4") \
    X(257, openat, PARTIAL, "as open") \
    X(258, mkdirat, WHOLE, "") \
    X(259, mknodat, WHOLE, "") \
    X(260, fchownat, PARTIAL, "as chmod") \
    X(262, newfstatat, WHOLE, "") \
    X(263, unlinkat, WHOLE, "") \
    X(264, renameat, WHOLE, "") \
    X(265, linkat, WHOLE, "") \
    X(266, symlinkat, WHOLE, "") \
    X(267, readlinkat, PARTIAL, "in /proc, only /proc/self/exe") \
    X(268, fchmodat, PARTIAL, "as chmod") \
    X(269, faccessat, PARTIAL, "as access") \
    X(270, pselect6, WHOLE, "") \
    X(271, ppoll, WHOLE, "") \
    X(273, set_robust_list, PARTIAL, "locks are not released if a signal ends the thread") \
    X(275, splice, PARTIAL, "the bytes are copied") \
    X(277, sync_file_range, WHOLE, "") \
    X(278, vmsplice, PARTIAL, "the bytes are copied") \
    X(280, utimensat, WHOLE, "") \
    X(281, epoll_pwait, WHOLE, "") \
    X(282, signalfd, WHOLE, "") \
    X(283, timerfd_create, WHOLE, "") \
    X(284, eventfd, WHOLE, "") \
    X(285, fallocate, PARTIAL, "no FALLOC_FL_COLLAPSE_RANGE, no FALLOC_FL_INSERT_RANGE") \
    X(286, timerfd_settime, WHOLE, "") \
    X(287, timerfd_gettime, WHOLE, "") \
    X(288, accept4, WHOLE, "") \
    X(289, signalfd4, WHOLE, "") \
    X(290, eventfd2, WHOLE, "") \
    X(291, epoll_create1, PARTIAL, "as epoll_create") \
    X(292, dup3, WHOLE, "") \
    X(293, pipe2, WHOLE, "") \
    X(295, preadv, WHOLE, "") \
    X(296, pwritev, WHOLE, "") \
    X(299, recvmmsg, PARTIAL, "as recvmsg") \
    X(302, prlimit64, PARTIAL, "the limits are stored; only RLIMIT_NOFILE has an effect") \
    X(306, syncfs, WHOLE, "") \
    X(307, sendmmsg, PARTIAL, "as sendmsg") \
    X(309, getcpu, FAKED, "always processor 0") \
    X(316, renameat2, PARTIAL, "RENAME_WHITEOUT is missing") \
    X(318, getrandom, PARTIAL, "always the same sequence, so that every boot is the same") \
    X(319, memfd_create, PARTIAL, "no seals") \
    X(322, execveat, PARTIAL, "symbolic links are followed; no scripts by descriptor") \
    X(325, mlock2, PARTIAL, "as mlock") \
    X(326, copy_file_range, WHOLE, "") \
    X(327, preadv2, PARTIAL, "the flags are ignored") \
    X(328, pwritev2, PARTIAL, "the flags are ignored") \
    X(332, statx, PARTIAL, "the time of creation is missing") \
    X(436, close_range, WHOLE, "") \
    X(439, faccessat2, PARTIAL, "as access")
/* clang-format on */

#endif
