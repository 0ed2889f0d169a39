/* SPDX-License-Identifier: MIT
 * Every Linux call that the LibOS answers, in one list: its table and docs/linux-abi.md are made
 * from it. All others return ENOSYS.
 *
 *   X(number, name, how, remark)
 *
 *   WHOLE    as Linux does
 *   PARTIAL  except for what the remark says
 *   FAKED    an answer that programs are content with, nothing is done */
#ifndef LIBOS_CALLS_H
#define LIBOS_CALLS_H

/* clang-format off */
#define LINUX_CALLS(X) \
    X(0, read, WHOLE, "") \
    X(1, write, WHOLE, "") \
    X(2, open, PARTIAL, "/proc/self/fd/N is as dup; the rest of /proc is missing") \
    X(3, close, WHOLE, "") \
    X(4, stat, WHOLE, "") \
    X(5, fstat, WHOLE, "") \
    X(6, lstat, WHOLE, "") \
    X(7, poll, WHOLE, "") \
    X(8, lseek, WHOLE, "") \
    X(9, mmap, PARTIAL, "no MAP_GROWSDOWN") \
    X(10, mprotect, WHOLE, "") \
    X(11, munmap, WHOLE, "") \
    X(12, brk, WHOLE, "") \
    X(13, rt_sigaction, WHOLE, "") \
    X(14, rt_sigprocmask, WHOLE, "") \
    X(15, rt_sigreturn, WHOLE, "") \
    X(16, ioctl, PARTIAL, "FIONREAD, FIONBIO, FIO(N)CLEX; modes of the terminal do nothing") \
    X(17, pread64, WHOLE, "") \
    X(18, pwrite64, WHOLE, "") \
    X(19, readv, WHOLE, "") \
    X(20, writev, WHOLE, "") \
    X(21, access, PARTIAL, "the user is the superuser") \
    X(22, pipe, WHOLE, "") \
    X(23, select, WHOLE, "") \
    X(24, sched_yield, WHOLE, "") \
    X(25, mremap, WHOLE, "") \
    X(26, msync, WHOLE, "") \
    X(27, mincore, WHOLE, "") \
    X(28, madvise, PARTIAL, "MADV_DONTNEED and MADV_FREE; other advice is ignored") \
    X(32, dup, WHOLE, "") \
    X(33, dup2, WHOLE, "") \
    X(34, pause, WHOLE, "") \
    X(35, nanosleep, WHOLE, "") \
    X(36, getitimer, PARTIAL, "as setitimer") \
    X(37, alarm, WHOLE, "") \
    X(38, setitimer, PARTIAL, "the time of the processor is the real time") \
    X(39, getpid, WHOLE, "") \
    X(40, sendfile, WHOLE, "") \
    X(41, socket, PARTIAL, "AF_UNIX, and AF_INET with TCP and UDP between processes here") \
    X(42, connect, PARTIAL, "as socket; no address but of the loopback interface") \
    X(43, accept, WHOLE, "") \
    X(44, sendto, PARTIAL, "as sendmsg") \
    X(45, recvfrom, PARTIAL, "as recvmsg") \
    X(46, sendmsg, PARTIAL, "no urgent bytes; messages up to 65,535 bytes") \
    X(47, recvmsg, PARTIAL, "no urgent bytes; of a stream, no name of the sender") \
    X(48, shutdown, WHOLE, "") \
    X(49, bind, PARTIAL, "as connect") \
    X(49, bind, PARTIAL, "as connect") \
    X(50, listen, PARTIAL, "128 connections can wait") \
    X(51, getsockname, WHOLE, "") \
    X(52, getpeername, WHOLE, "") \
    X(53, socketpair, WHOLE, "") \
    X(54, setsockopt, PARTIAL, "others than SO_REUSEADDR, SO_PASSCRED and times are kept") \
    X(55, getsockopt, PARTIAL, "as setsockopt") \
    X(56, clone, PARTIAL, "CLONE_VM only for threads and with CLONE_VFORK; no namespaces") \
    X(57, fork, PARTIAL, "memory is copied at once") \
    X(58, vfork, PARTIAL, "the child has a copy of the memory") \
    X(59, execve, WHOLE, "") \
    X(60, exit, WHOLE, "") \
    X(61, wait4, PARTIAL, "no usage") \
    X(62, kill, WHOLE, "") \
    X(63, uname, WHOLE, "") \
    X(72, fcntl, PARTIAL, "no leases, no signals; F_SETFL is seen by this process alone") \
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
    X(90, chmod, PARTIAL, "rights are kept, and not checked: the user is the superuser") \
    X(91, fchmod, PARTIAL, "as chmod") \
    X(92, chown, PARTIAL, "as chmod") \
    X(93, fchown, PARTIAL, "as chmod") \
    X(94, lchown, PARTIAL, "as chmod") \
    X(95, umask, WHOLE, "") \
    X(96, gettimeofday, PARTIAL, "the clock begins at 2026-01-01 in each boot") \
    X(97, getrlimit, PARTIAL, "as prlimit64") \
    X(98, getrusage, PARTIAL, "the time since the boot, and the largest memory") \
    X(99, sysinfo, PARTIAL, "one process, no load") \
    X(100, times, PARTIAL, "the time since the boot") \
    X(102, getuid, WHOLE, "") \
    X(104, getgid, WHOLE, "") \
    X(105, setuid, PARTIAL, "kept; rights are not checked by users") \
    X(106, setgid, PARTIAL, "kept; rights are not checked by users") \
    X(107, geteuid, WHOLE, "") \
    X(108, getegid, WHOLE, "") \
    X(109, setpgid, WHOLE, "") \
    X(110, getppid, WHOLE, "") \
    X(111, getpgrp, WHOLE, "") \
    X(112, setsid, WHOLE, "") \
    X(113, setreuid, PARTIAL, "kept; rights are not checked by users") \
    X(114, setregid, PARTIAL, "kept; rights are not checked by users") \
    X(115, getgroups, WHOLE, "") \
    X(116, setgroups, PARTIAL, "kept; rights are not checked by users") \
    X(117, setresuid, PARTIAL, "kept; rights are not checked by users") \
    X(118, getresuid, WHOLE, "") \
    X(119, setresgid, PARTIAL, "kept; rights are not checked by users") \
    X(120, getresgid, WHOLE, "") \
    X(121, getpgid, WHOLE, "") \
    X(122, setfsuid, FAKED, "nothing is done") \
    X(123, setfsgid, FAKED, "nothing is done") \
    X(124, getsid, WHOLE, "") \
    X(127, rt_sigpending, WHOLE, "") \
    X(128, rt_sigtimedwait, WHOLE, "") \
    X(129, rt_sigqueueinfo, WHOLE, "") \
    X(130, rt_sigsuspend, WHOLE, "") \
    X(131, sigaltstack, WHOLE, "") \
    X(132, utime, PARTIAL, "to now") \
    X(133, mknod, WHOLE, "") \
    X(135, personality, FAKED, "kept") \
    X(137, statfs, FAKED, "a tmpfs") \
    X(138, fstatfs, FAKED, "a tmpfs") \
    X(140, getpriority, PARTIAL, "of others: 0") \
    X(141, setpriority, FAKED, "kept") \
    X(142, sched_setparam, FAKED, "kept") \
    X(143, sched_getparam, PARTIAL, "of others: 0") \
    X(144, sched_setscheduler, FAKED, "kept") \
    X(145, sched_getscheduler, PARTIAL, "of others: SCHED_OTHER") \
    X(146, sched_get_priority_max, WHOLE, "") \
    X(147, sched_get_priority_min, WHOLE, "") \
    X(148, sched_rr_get_interval, FAKED, "2 ms") \
    X(149, mlock, PARTIAL, "nothing is ever taken out of memory") \
    X(150, munlock, WHOLE, "") \
    X(151, mlockall, PARTIAL, "as mlock") \
    X(152, munlockall, WHOLE, "") \
    X(157, prctl, PARTIAL, "names; flags are kept and do nothing") \
    X(158, arch_prctl, PARTIAL, "ARCH_SET_FS and ARCH_GET_FS") \
    X(160, setrlimit, PARTIAL, "as prlimit64") \
    X(162, sync, WHOLE, "") \
    X(186, gettid, WHOLE, "") \
    X(187, readahead, FAKED, "nothing is done") \
    X(200, tkill, WHOLE, "") \
    X(201, time, WHOLE, "") \
    X(202, futex, PARTIAL, "priorities are not inherited; who waits for a shared word polls it") \
    X(203, sched_setaffinity, FAKED, "one processor") \
    X(204, sched_getaffinity, FAKED, "one processor") \
    X(213, epoll_create, PARTIAL, "16 of them, 64 descriptors each; a child has a copy") \
    X(217, getdents64, WHOLE, "") \
    X(218, set_tid_address, WHOLE, "") \
    X(221, fadvise64, FAKED, "nothing is done") \
    X(222, timer_create, PARTIAL, "32 of them; the time of the processor is the real time") \
    X(223, timer_settime, WHOLE, "") \
    X(224, timer_gettime, WHOLE, "") \
    X(225, timer_getoverrun, WHOLE, "") \
    X(226, timer_delete, WHOLE, "") \
    X(227, clock_settime, PARTIAL, "no clock can be set") \
    X(228, clock_gettime, PARTIAL, "the clocks of processor time tell the time since the boot") \
    X(229, clock_getres, WHOLE, "") \
    X(230, clock_nanosleep, WHOLE, "") \
    X(231, exit_group, WHOLE, "") \
    X(232, epoll_wait, WHOLE, "") \
    X(233, epoll_ctl, PARTIAL, "no EPOLLEXCLUSIVE, no epoll in another") \
    X(234, tgkill, WHOLE, "") \
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
    X(267, readlinkat, PARTIAL, "of /proc only /proc/self/exe") \
    X(268, fchmodat, PARTIAL, "as chmod") \
    X(269, faccessat, PARTIAL, "the user is the superuser") \
    X(270, pselect6, WHOLE, "") \
    X(271, ppoll, WHOLE, "") \
    X(273, set_robust_list, PARTIAL, "at the end of a thread; not of those that a signal ends") \
    X(275, splice, PARTIAL, "bytes are copied") \
    X(277, sync_file_range, WHOLE, "") \
    X(278, vmsplice, PARTIAL, "bytes are copied") \
    X(280, utimensat, WHOLE, "") \
    X(281, epoll_pwait, WHOLE, "") \
    X(282, signalfd, WHOLE, "") \
    X(283, timerfd_create, WHOLE, "") \
    X(284, eventfd, WHOLE, "") \
    X(285, fallocate, PARTIAL, "no FALLOC_FL_COLLAPSE_RANGE or INSERT_RANGE") \
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
    X(302, prlimit64, PARTIAL, "kept; RLIMIT_NOFILE has an effect") \
    X(306, syncfs, WHOLE, "") \
    X(307, sendmmsg, PARTIAL, "as sendmsg") \
    X(309, getcpu, FAKED, "processor 0") \
    X(316, renameat2, PARTIAL, "no RENAME_WHITEOUT") \
    X(318, getrandom, PARTIAL, "a fixed sequence, so that every boot is the same") \
    X(319, memfd_create, PARTIAL, "no seals") \
    X(322, execveat, PARTIAL, "links are followed; no scripts by descriptor") \
    X(325, mlock2, PARTIAL, "as mlock") \
    X(326, copy_file_range, WHOLE, "") \
    X(327, preadv2, PARTIAL, "flags are ignored") \
    X(328, pwritev2, PARTIAL, "flags are ignored") \
    X(332, statx, PARTIAL, "no time of birth") \
    X(436, close_range, WHOLE, "") \
    X(439, faccessat2, PARTIAL, "the user is the superuser")
/* clang-format on */

#endif
