//! Long lists in pages. A link names what the page begins after, not a number: what is decided or
//! added meanwhile moves nothing out of sight between two pages.
//!
//! ```ignore
//! let page = Paged::after(all, |row| row.doc.to_string() == asked.after, |row| row.doc.to_string());
//! html(&QueuePage { pages: page.links("/queue", ""), rows: page.rows, .. })
//! ```

/// Rows of a page.
const ROWS: usize = 50;

/// What is asked for in the address: the mark of the row that the page begins after.
#[derive(Debug, Default, serde::Deserialize)]
pub struct After {
    /// Empty for the first page.
    #[serde(default)]
    pub after: String,
}

/// One page of a list.
pub struct Paged<T> {
    /// Its rows.
    pub rows: Vec<T>,
    /// How many there are on all pages.
    pub total: usize,
    /// How many stand before the first row.
    start: usize,
    /// Mark of the last row, if there is a page after it.
    next: Option<String>,
    /// Mark of the row that the page before begins after, if there is one; empty for the first page.
    previous: Option<String>,
}

/// Links under a list.
#[derive(Default)]
pub struct Links {
    /// Address of the page before; empty if there is none.
    pub previous: String,
    /// Address of the page after; empty if there is none.
    pub next: String,
    /// Which rows of how many; empty if one page holds them all.
    pub range: String,
}

impl<T> Paged<T> {
    /// The page after the row that `is_it`. A row that has gone begins the list anew.
    pub fn after(all: Vec<T>, is_it: impl Fn(&T) -> bool, mark: impl Fn(&T) -> String) -> Self {
        let start = all.iter().position(is_it).map_or(0, |index| index + 1);
        Self::cut(all, start, mark)
    }

    /// The page of a list in which the rows for which `is_before` come first: also when the row that
    /// the mark was taken from has gone.
    pub fn past(all: Vec<T>, is_before: impl Fn(&T) -> bool, mark: impl Fn(&T) -> String) -> Self {
        let start = all.partition_point(is_before);
        Self::cut(all, start, mark)
    }

    fn cut(all: Vec<T>, start: usize, mark: impl Fn(&T) -> String) -> Self {
        let total = all.len();
        // What stood after the mark has gone: the last page there is.
        let start = if start >= total { total.saturating_sub(1) / ROWS * ROWS } else { start };
        let end = total.min(start + ROWS);
        let next = (end < total).then(|| mark(&all[end - 1]));
        let previous =
            (start > 0).then(|| if start > ROWS { mark(&all[start - ROWS - 1]) } else { String::new() });
        let rows = all.into_iter().skip(start).take(ROWS).collect();
        Self { rows, total, start, next, previous }
    }

    /// The same page of other rows, e.g. of rows as they are written.
    pub fn map<U, E>(self, write: impl FnMut(T) -> Result<U, E>) -> Result<Paged<U>, E> {
        let Self { rows, total, start, next, previous } = self;
        Ok(Paged {
            rows: rows.into_iter().map(write).collect::<Result<_, _>>()?,
            total,
            start,
            next,
            previous,
        })
    }

    /// Links to the pages around it. `query` is what else the address asks for, e.g. `kind=home_visit`.
    pub fn links(&self, address: &str, query: &str) -> Links {
        let link = |mark: &String| {
            let after = if mark.is_empty() { String::new() } else { format!("after={mark}") };
            let parts: Vec<&str> = [query, &after].into_iter().filter(|part| !part.is_empty()).collect();
            if parts.is_empty() { address.to_owned() } else { format!("{address}?{}", parts.join("&")) }
        };
        Links {
            previous: self.previous.as_ref().map(link).unwrap_or_default(),
            next: self.next.as_ref().map(link).unwrap_or_default(),
            range: self.range(),
        }
    }

    /// The marks themselves, for lists that are asked for by a form: before, after.
    pub fn marks(&self) -> (Option<&str>, Option<&str>) {
        (self.previous.as_deref(), self.next.as_deref())
    }

    /// Which rows of how many; empty if one page holds them all.
    pub fn range(&self) -> String {
        if self.total <= ROWS && self.start == 0 {
            return String::new();
        }
        format!("{}–{} / {}", self.start + 1, self.start + self.rows.len(), self.total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(all: Vec<u32>, after: &str) -> Paged<u32> {
        Paged::past(all, |row| !after.is_empty() && *row <= after.parse().unwrap(), ToString::to_string)
    }

    #[test]
    fn following_the_links_shows_every_row_once_and_comes_back() {
        for total in [0, 1, 50, 51, 100, 101, 149] {
            let all: Vec<u32> = (1..=total).collect();
            let (mut seen, mut after) = (Vec::<u32>::new(), String::new());
            let mut previous = Vec::new();
            loop {
                let page = page(all.clone(), &after);
                seen.extend(&page.rows);
                previous.push((page.marks().0.map(str::to_owned), after.clone()));
                match page.marks().1 {
                    Some(next) => after = next.to_owned(),
                    None => break,
                }
            }
            assert_eq!(seen, all);
            for pair in previous.windows(2) {
                assert_eq!(pair[1].0.as_deref(), Some(pair[0].1.as_str()));
            }
        }
    }

    #[test]
    fn rows_that_went_meanwhile_hide_no_others() {
        let all: Vec<u32> = (1..=120).collect();
        let mark = page(all.clone(), "").marks().1.unwrap().to_owned();
        let left: Vec<u32> = all.into_iter().filter(|row| *row > 10 && *row != 50).collect();
        assert_eq!(page(left, &mark).rows[0], 51, "the page goes on where it would have");
        assert_eq!(page((1..=60).collect(), "90").rows.len(), 10, "past the end: the last page");
        assert!(page(Vec::new(), "90").rows.is_empty());
    }

    #[test]
    fn links_keep_what_else_was_asked_for() {
        let page = page((1..=120).collect(), "50");
        let links = page.links("/queue", "kind=home_visit");
        assert_eq!(links.previous, "/queue?kind=home_visit");
        assert_eq!(links.next, "/queue?kind=home_visit&after=100");
        assert_eq!(links.range, "51–100 / 120");
    }
}
