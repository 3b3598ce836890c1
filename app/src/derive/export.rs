//! Lists on their way into a file: columns, how an answer becomes rows of them, and how a filter is told.

use serde::de::DeserializeOwned;
use shared::dto::page::Page;
use shared::id::Note;
use shared::json::{self, Mismatch};
use shared::ledger::TableCell;

/// The cell that a row has in a column.
type Cell<T> = Box<dyn Fn(&T) -> TableCell>;
/// Whether a row is in the list.
type Keeps<T> = Box<dyn Fn(&T) -> bool>;

/// The columns of a list whose rows are `T`: each a heading and the cell that a row has there.
pub struct Columns<T> {
    headings: Vec<String>,
    cells: Vec<Cell<T>>,
    keeps: Option<Keeps<T>>,
}

impl<T: 'static> Columns<T> {
    /// None yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { headings: Vec::new(), cells: Vec::new(), keeps: None }
    }

    /// With one more.
    #[must_use]
    pub fn with(mut self, heading: &str, cell: impl Fn(&T) -> TableCell + 'static) -> Self {
        self.headings.push(heading.to_owned());
        self.cells.push(Box::new(cell));
        self
    }

    /// Of the rows only some, where the page and not the route narrows the list.
    #[must_use]
    pub fn only(mut self, keeps: impl Fn(&T) -> bool + 'static) -> Self {
        self.keeps = Some(Box::new(keeps));
        self
    }

    /// The headings.
    #[must_use]
    pub fn headings(&self) -> &[String] {
        &self.headings
    }

    /// A row's cells, as many as there are headings.
    #[must_use]
    pub fn row(&self, of: &T) -> Vec<TableCell> {
        self.cells.iter().map(|cell| cell(of)).collect()
    }

    /// Reads a list that comes in pages.
    #[must_use]
    pub fn paged(self) -> Reader
    where
        T: DeserializeOwned,
    {
        Reader { is_paged: true, ..self.reading(json::read::<Page<T>>) }
    }

    /// Reads a list that comes in one answer, which `rows` understands.
    #[must_use]
    pub fn whole(self, rows: impl Fn(&str) -> Result<Vec<T>, Mismatch> + 'static) -> Reader {
        self.reading(move |text| Ok(Page { items: rows(text)?, next: None }))
    }

    fn reading(mut self, page: impl Fn(&str) -> Result<Page<T>, Mismatch> + 'static) -> Reader {
        let headings = std::mem::take(&mut self.headings);
        let read = Box::new(move |text: &str| {
            let page = page(text)?;
            let kept = page.items.iter().filter(|row| self.keeps.as_ref().is_none_or(|keeps| keeps(row)));
            Ok(Page { items: kept.map(|row| self.row(row)).collect(), next: page.next })
        });
        Reader { headings, is_paged: false, read }
    }
}

impl<T: 'static> Default for Columns<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// What an answer says, as rows of cells.
type Read = dyn Fn(&str) -> Result<Page<Vec<TableCell>>, Mismatch>;

/// How the answers of a route become rows.
pub struct Reader {
    /// What stands above the columns.
    pub headings: Vec<String>,
    /// Whether it comes in pages, which take a limit and a cursor.
    pub is_paged: bool,
    read: Box<Read>,
}

impl Reader {
    /// The rows of an answer, and where the next page begins.
    ///
    /// # Errors
    /// What of it does not fit.
    pub fn read(&self, text: &str) -> Result<Page<Vec<TableCell>>, Mismatch> {
        (self.read)(text)
    }
}

/// What narrows or orders a list, as the audit trail tells it: `unit=u-1&q=封头`. `None` for the whole list, and
/// for one that nobody could have typed.
#[must_use]
pub fn filter(place: &[(&str, String)], query: &[(&str, Option<String>)]) -> Option<Note> {
    let query = query.iter().filter_map(|(name, value)| Some((*name, value.as_ref()?)));
    let parts: Vec<String> = place
        .iter()
        .map(|(name, value)| (*name, value))
        .chain(query)
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    Note::parse(&parts.join("&")).ok()
}

#[cfg(test)]
mod tests {
    use shared::dto::unit::Unit;

    use super::*;

    fn columns() -> Columns<Unit> {
        Columns::new()
            .with("名称", |unit: &Unit| TableCell::text(&unit.name))
            .with("版本", |unit| TableCell::whole(unit.version))
    }

    const UNIT: &str = r#"{"id":"u-1","name":"=1+1","kind":"office","active":true,"version":3}"#;

    #[test]
    fn each_answer_becomes_rows_under_the_headings() {
        let reader = columns().paged();
        assert!(reader.is_paged);
        assert_eq!(reader.headings, ["名称", "版本"]);
        let page = reader.read(&format!(r#"{{"items":[{UNIT}],"next":"n"}}"#)).unwrap();
        assert_eq!(page.items, [vec![TableCell::text("=1+1"), TableCell::whole(3)]]);
        assert_eq!(page.next.as_deref(), Some("n"));
        assert!(reader.read("[]").is_err());

        let reader = columns().whole(json::read::<Vec<Unit>>);
        assert!(!reader.is_paged);
        let page = reader.read(&format!("[{UNIT},{UNIT}]")).unwrap();
        assert_eq!((page.items.len(), page.next), (2, None));

        let none = columns().only(|unit| unit.version != 3).whole(json::read::<Vec<Unit>>);
        assert_eq!(none.read(&format!("[{UNIT}]")).unwrap().items.len(), 0);
    }

    #[test]
    fn a_filter_is_told_as_it_was_meant() {
        let place = [("cycle", "c-1".to_owned())];
        let query =
            [("q", Some("封头 & 法兰".to_owned())), ("tier", None), ("sort", Some("code".to_owned()))];
        assert_eq!(filter(&place, &query).unwrap().as_str(), "cycle=c-1&q=封头 & 法兰&sort=code");
        assert_eq!(filter(&[], &[("tier", None)]), None);
    }
}
