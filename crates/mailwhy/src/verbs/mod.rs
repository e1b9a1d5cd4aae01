//! The verbs, one file each. A new one is its file and a line in [`ALL`].

pub(crate) mod completions;
pub(crate) mod diagnose;
pub(crate) mod explain;
pub(crate) mod help;
pub(crate) mod man;

use crate::session::{Failure, Session};
use clap::{ArgMatches, Command};
use mailwhy_core::Lang;

/// A verb of the command line.
pub(crate) struct Verb {
    /// Its name.
    pub(crate) name: &'static str,
    /// Its part of the command line's definition.
    pub(crate) command: fn(Lang) -> Command,
    /// What it does.
    pub(crate) run: fn(&ArgMatches, &mut Session) -> Result<(), Failure>,
}

/// All verbs, in the order of the help.
pub(crate) const ALL: &[Verb] = &[diagnose::VERB, explain::VERB, completions::VERB, man::VERB, help::VERB];
