//! How a worker shuts itself in before it runs anything: limits of the kernel, and what of Landlock
//! and seccomp there is. None of it needs a privilege.

use std::{collections::BTreeMap, fmt};

use landlock::{
    ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr,
    RulesetCreatedAttr, RulesetStatus, Scope, path_beneath_rules,
};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, SeccompRule};
use serde::{Deserialize, Serialize};

use super::forbidden;

/// What a worker may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Confinement {
    /// Bytes of memory that it may write to.
    pub(crate) memory: u64,
    /// Seconds of processor time, in all.
    pub(crate) cpu: Option<u64>,
    /// How many files may be open.
    pub(crate) files: u64,
    /// Whether it may open sockets: the real web is fetched through them.
    pub(crate) network: bool,
    /// Whether Landlock and seccomp are used where there are any.
    pub(crate) sandbox: bool,
}

/// How well it is shut in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Strength {
    pub(crate) landlock: Hold,
    pub(crate) seccomp: Hold,
}

/// How far a mechanism goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Hold {
    /// All that was asked for.
    Full,
    /// Some of it: the kernel is older.
    Partial,
    /// Nothing, for this reason.
    None(String),
}

impl Confinement {
    /// Shuts the process in, for good. It has one thread yet.
    ///
    /// # Errors
    ///
    /// If a limit cannot be set. That there is no Landlock or no seccomp is no error.
    pub(crate) fn enter(&self) -> rustix::io::Result<Strength> {
        self.limit()?;
        if !self.sandbox {
            let off = || Hold::None("switched off".to_owned());
            return Ok(Strength { landlock: off(), seccomp: off() });
        }
        let landlock = self.landlock().unwrap_or_else(|error| Hold::None(error.to_string()));
        let seccomp =
            self.seccomp().map_or_else(|error| Hold::None(error.to_string()), |()| Hold::Full);
        Ok(Strength { landlock, seccomp })
    }

    fn limit(&self) -> rustix::io::Result<()> {
        lower(Resource::Core, 0)?;
        lower(Resource::Data, self.memory)?;
        lower(Resource::Fsize, 0)?;
        lower(Resource::Nofile, self.files)?;
        self.cpu.map_or(Ok(()), |seconds| lower(Resource::Cpu, seconds))
    }

    /// No file can be opened but those in which the kernel tells a process of itself.
    fn landlock(&self) -> Result<Hold, landlock::RulesetError> {
        let abi = ABI::V6;
        let mut rules = Ruleset::default()
            .set_compatibility(CompatLevel::BestEffort)
            .handle_access(AccessFs::from_all(abi))?
            .scope(Scope::from_all(abi))?;
        if !self.network {
            rules = rules.handle_access(AccessNet::from_all(abi))?;
        }
        let readable = ["/proc/self", "/sys/devices/system/cpu", "/sys/fs/cgroup", "/dev/urandom"];
        let readable = path_beneath_rules(readable, AccessFs::from_read(abi));
        let null = path_beneath_rules(["/dev/null"], AccessFs::ReadFile | AccessFs::WriteFile);
        let status = rules.create()?.add_rules(readable)?.add_rules(null)?.restrict_self()?;
        Ok(match status.ruleset {
            RulesetStatus::FullyEnforced => Hold::Full,
            RulesetStatus::PartiallyEnforced => Hold::Partial,
            RulesetStatus::NotEnforced => Hold::None("the kernel has none".to_owned()),
        })
    }

    fn seccomp(&self) -> Result<(), seccompiler::Error> {
        // The flags of `clone3` lie in memory, where no filter sees them: the C library then falls
        // back on `clone`. This comes first, since the second filter forbids that there are more.
        let missing = u32::try_from(libc::ENOSYS).unwrap_or_default();
        apply([(libc::SYS_clone3, Vec::new())].into(), SeccompAction::Errno(missing))?;
        apply(forbidden::rules(self.network)?, SeccompAction::Trap)
    }
}

/// Lowers a limit to `most`, or leaves it where it is lower already.
fn lower(resource: Resource, most: u64) -> rustix::io::Result<()> {
    let most = getrlimit(resource).maximum.map_or(most, |maximum| maximum.min(most));
    setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })
}

fn apply(
    rules: BTreeMap<i64, Vec<SeccompRule>>,
    action: SeccompAction,
) -> Result<(), seccompiler::Error> {
    let architecture = std::env::consts::ARCH.try_into()?;
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, action, architecture)?;
    let program: BpfProgram = filter.try_into()?;
    seccompiler::apply_filter(&program)
}

impl Strength {
    /// What is missing, in one line; nothing if all holds.
    pub(crate) fn lack(&self) -> Option<String> {
        let parts = [("Landlock", &self.landlock), ("seccomp", &self.seccomp)];
        let weak = parts.iter().filter(|(_, hold)| **hold != Hold::Full);
        let weak: Vec<String> = weak.map(|(name, hold)| format!("{name}: {hold}")).collect();
        (!weak.is_empty()).then(|| weak.join("; "))
    }
}

impl fmt::Display for Hold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full => f.write_str("fully enforced"),
            Self::Partial => f.write_str("in part: the kernel is older"),
            Self::None(reason) => write!(f, "not enforced: {reason}"),
        }
    }
}
