//! The system calls that are not for solutions: whatever starts programs, reaches another process, or
//! outlasts the worker.

use std::collections::BTreeMap;

use rustix::process::getpid;
use seccompiler::{
    Error, SeccompCmpArgLen as Width, SeccompCmpOp as Cmp, SeccompCondition, SeccompRule,
};

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// Other processes: starting them, signalling them, looking into them.
const PROCESSES: &[i64] = &[
    libc::SYS_execve,
    libc::SYS_execveat,
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_process_madvise,
    libc::SYS_setsid,
    libc::SYS_setpgid,
    libc::SYS_tkill,
    libc::SYS_rt_sigqueueinfo,
    libc::SYS_rt_tgsigqueueinfo,
    libc::SYS_pidfd_open,
    libc::SYS_pidfd_getfd,
    libc::SYS_pidfd_send_signal,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_fork,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_vfork,
];

/// What the process is and may do, which would hold for those who are judged after it.
const STANDING: &[i64] = &[
    libc::SYS_setrlimit,
    libc::SYS_setpriority,
    libc::SYS_sched_setscheduler,
    libc::SYS_sched_setparam,
    libc::SYS_sched_setattr,
    libc::SYS_ioprio_set,
    libc::SYS_mlockall,
    libc::SYS_seccomp,
    libc::SYS_landlock_restrict_self,
    libc::SYS_unshare,
    libc::SYS_setns,
    libc::SYS_setuid,
    libc::SYS_setgid,
    libc::SYS_setreuid,
    libc::SYS_setregid,
    libc::SYS_setresuid,
    libc::SYS_setresgid,
    libc::SYS_setfsuid,
    libc::SYS_setfsgid,
    libc::SYS_setgroups,
    libc::SYS_capset,
    libc::SYS_umask,
    libc::SYS_chdir,
    libc::SYS_fchdir,
    libc::SYS_chroot,
    libc::SYS_pivot_root,
    libc::SYS_setitimer,
    libc::SYS_timer_create,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_alarm,
];

/// Files, where Landlock does not look: who owns them, who may do what, when they were used.
const FILES: &[i64] = &[
    libc::SYS_fchmod,
    libc::SYS_fchmodat,
    libc::SYS_fchmodat2,
    libc::SYS_fchown,
    libc::SYS_fchownat,
    libc::SYS_setxattr,
    libc::SYS_lsetxattr,
    libc::SYS_fsetxattr,
    libc::SYS_removexattr,
    libc::SYS_lremovexattr,
    libc::SYS_fremovexattr,
    libc::SYS_utimensat,
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_swapon,
    libc::SYS_swapoff,
    libc::SYS_quotactl,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_chmod,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_chown,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_lchown,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_utime,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_utimes,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_futimesat,
];

/// What the kernel keeps after the process: shared memory, queues, keys; the machine itself, for those
/// who judge as root; and doors to the kernel that no solution needs.
const KERNEL: &[i64] = &[
    libc::SYS_shmget,
    libc::SYS_semget,
    libc::SYS_msgget,
    libc::SYS_mq_open,
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_keyctl,
    libc::SYS_memfd_create,
    libc::SYS_memfd_secret,
    libc::SYS_settimeofday,
    libc::SYS_clock_settime,
    libc::SYS_adjtimex,
    libc::SYS_clock_adjtime,
    libc::SYS_sethostname,
    libc::SYS_setdomainname,
    libc::SYS_reboot,
    libc::SYS_kexec_load,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_delete_module,
    libc::SYS_acct,
    libc::SYS_syslog,
    libc::SYS_vhangup,
    libc::SYS_open_by_handle_at,
    libc::SYS_io_uring_setup,
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
];

/// What is forbidden unless the web is to be fetched.
const NETWORK: &[i64] = &[libc::SYS_socket, libc::SYS_connect, libc::SYS_bind, libc::SYS_accept4];

/// `fcntl` and `ioctl` could have the kernel signal somebody else when something can be read.
const FCNTL: &[u32] = &[8, 10, 15]; // F_SETOWN, F_SETSIG, F_SETOWN_EX
const IOCTL: &[u32] = &[0x8901, 0x8902]; // FIOSETOWN, SIOCSPGRP

/// The same two could have nobody wait any more: the line to the supervisor could not be read then.
/// Sockets of the real web are set to that.
const FCNTL_FLAGS: &[u32] = &[4]; // F_SETFL
const IOCTL_FLAGS: &[u32] = &[0x5421]; // FIONBIO

/// Dying with the supervisor, being looked at by it, and filters.
const PRCTL: &[u32] = &[
    libc::PR_SET_PDEATHSIG.unsigned_abs(),
    libc::PR_SET_DUMPABLE.unsigned_abs(),
    libc::PR_SET_SECCOMP.unsigned_abs(),
    libc::PR_SET_MM.unsigned_abs(),
    libc::PR_SET_CHILD_SUBREAPER.unsigned_abs(),
];

/// What is not for solutions, which need sockets only if `network` says so.
pub(super) fn rules(network: bool) -> Result<Rules, Error> {
    let none = [&[][..]; 2];
    let [fcntl, ioctl] = if network { none } else { [FCNTL_FLAGS, IOCTL_FLAGS] };
    let network = if network { &[] } else { NETWORK };
    let all = [PROCESSES, STANDING, FILES, KERNEL, network].concat();
    let mut rules: Rules = all.into_iter().map(|call| (call, Vec::new())).collect();
    let own = u64::from(getpid().as_raw_nonzero().get().unsigned_abs());
    let thread = u64::from(libc::CLONE_THREAD.unsigned_abs());
    // Threads may be started, and no processes.
    rules.insert(libc::SYS_clone, vec![rule(0, Cmp::MaskedEq(thread), 0)?]);
    // Aborting is a signal to oneself.
    rules.insert(libc::SYS_kill, vec![rule(0, Cmp::Ne, own)?]);
    rules.insert(libc::SYS_tgkill, vec![rule(0, Cmp::Ne, own)?]);
    // Limits may be looked at: then there is no new one.
    let new_limit = SeccompCondition::new(2, Width::Qword, Cmp::Ne, 0)?;
    rules.insert(libc::SYS_prlimit64, vec![SeccompRule::new(vec![new_limit])?]);
    rules.insert(libc::SYS_fcntl, any(1, &[FCNTL, fcntl].concat())?);
    rules.insert(libc::SYS_ioctl, any(1, &[IOCTL, ioctl].concat())?);
    rules.insert(libc::SYS_prctl, any(0, PRCTL)?);
    #[cfg(target_arch = "x86_64")]
    forbid_x32(&mut rules);
    Ok(rules)
}

fn rule(argument: u8, compare: Cmp, value: u64) -> Result<SeccompRule, Error> {
    Ok(SeccompRule::new(vec![SeccompCondition::new(argument, Width::Dword, compare, value)?])?)
}

/// Forbids a call where its argument is one of `values`.
fn any(argument: u8, values: &[u32]) -> Result<Vec<SeccompRule>, Error> {
    values.iter().map(|&value| rule(argument, Cmp::Eq, value.into())).collect()
}

/// Where the kernel knows x32, each call has a second number there, and some have one that is like
/// no other. No program of ours uses them.
#[cfg(target_arch = "x86_64")]
fn forbid_x32(rules: &mut Rules) {
    const X32: i64 = 0x4000_0000;
    let calls: Vec<i64> = rules.keys().copied().chain(512..548).collect();
    rules.extend(calls.into_iter().map(|call| (X32 | call, Vec::new())));
}
