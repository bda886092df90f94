//! Figures, their goals, and how both are printed.

use std::io::Write;
use std::time::Duration;

/// What a figure must reach.
#[derive(Debug, Clone, Copy)]
pub enum Goal {
    /// At most this.
    AtMost(f64),
    /// At least this.
    AtLeast(f64),
    /// Stated beside the others, judged by nobody.
    Stated,
}

/// One measured figure.
#[derive(Debug, Clone)]
pub struct Figure {
    /// Stable name, `area.what`.
    pub name: &'static str,
    /// What was measured, in words.
    pub what: String,
    /// Its value.
    pub value: f64,
    /// `×`, `ms`, `B`, `MB`, …
    pub unit: &'static str,
    /// What it must reach.
    pub goal: Goal,
    /// The two sides of a ratio, or anything that helps to read it.
    pub note: String,
}

impl Figure {
    /// Whether the goal is reached; nothing for figures that are only stated.
    pub fn is_met(&self) -> Option<bool> {
        match self.goal {
            Goal::AtMost(goal) => Some(self.value <= goal),
            Goal::AtLeast(goal) => Some(self.value >= goal),
            Goal::Stated => None,
        }
    }

    fn goal_text(&self) -> String {
        match self.goal {
            Goal::AtMost(goal) => format!("≤ {goal} {}", self.unit),
            Goal::AtLeast(goal) => format!("≥ {goal} {}", self.unit),
            Goal::Stated => "–".to_owned(),
        }
    }
}

/// Prints the table as Markdown, so that it can stand in a page as it is.
pub fn print_table(figures: &[Figure]) {
    println!("| measure | value | goal | met | from |\n|---|---|---|---|---|");
    for figure in figures {
        let met = match figure.is_met() {
            Some(true) => "yes",
            Some(false) => "**no**",
            None => "–",
        };
        println!(
            "| {} | {} {} | {} | {met} | {} |",
            figure.what,
            rounded(figure.value),
            figure.unit,
            figure.goal_text(),
            figure.note
        );
    }
}

/// Writes one JSON object a line: `name`, `value`, `unit`, `goal`, `met`.
pub fn write_json(figures: &[Figure], out: &mut impl Write) -> std::io::Result<()> {
    for figure in figures {
        let line = serde_json::json!({
            "name": figure.name,
            "value": figure.value,
            "unit": figure.unit,
            "goal": figure.goal_text(),
            "met": figure.is_met(),
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// The middle one of several times.
pub fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// How many times longer.
pub fn ratio(ours: Duration, floor: Duration) -> f64 {
    ours.as_secs_f64() / floor.as_secs_f64().max(1e-9)
}

/// Milliseconds, for notes.
pub fn ms(time: Duration) -> String {
    format!("{} ms", rounded(time.as_secs_f64() * 1000.0))
}

fn rounded(value: f64) -> String {
    if value >= 100.0 {
        format!("{value:.0}")
    } else if value >= 10.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.2}")
    }
}
