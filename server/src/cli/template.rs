//! `template`: the organisation's questions as a file.

use crate::config::OfficeArgs;
use crate::directory;
use anyhow::Context;
use clap::Subcommand;
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(super) enum TemplateVerb {
    /// Write the questions of the entry forms as JSON: to a file, or to the terminal.
    Export {
        #[command(flatten)]
        office: OfficeArgs,
        /// Where to; must not exist yet.
        file: Option<PathBuf>,
    },
    /// Take an edited file in. Phones get it with their next sync.
    ///
    /// The file is what `export` wrote: `version` says which version it was made from; each question
    /// has an `id` for ever, the kinds of entries that it is `asked_in` (none retires it), its wording
    /// in `zh` and `en`, and an `answer`: "yes_no", "number", "text" or {"choices": [{"code", "zh", "en"}]}.
    /// Questions and choices may be reworded, reordered and added; none is taken away, for entries hold them.
    Import {
        #[command(flatten)]
        office: OfficeArgs,
        /// The file.
        file: PathBuf,
        /// Only say whether it would be taken.
        #[arg(long)]
        check: bool,
    },
}

pub(super) fn run(verb: &TemplateVerb) -> anyhow::Result<()> {
    match verb {
        TemplateVerb::Export { office, file } => {
            let text = directory::export_template(&*office.open()?)?;
            match file {
                None => print!("{text}"),
                Some(file) => {
                    use std::io::Write;
                    let mut target = std::fs::OpenOptions::new().write(true).create_new(true).open(file);
                    let written = target.as_mut().map(|target| target.write_all(text.as_bytes()));
                    written.map_err(|error| anyhow::anyhow!("{}: {error}", file.display()))??;
                    println!("written to {}", file.display());
                }
            }
        }
        TemplateVerb::Import { office, file, check } => {
            let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
            match directory::import_template(&*office.open()?, None, &text, *check)? {
                Some(version) => println!("version {version} is in use; phones get it with their next sync"),
                None if *check => println!("it would be taken"),
                None => println!("nothing has changed"),
            }
        }
    }
    Ok(())
}
