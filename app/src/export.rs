//! The only way by which what others said leaves the app as a file: it is read whole, the file is made, the
//! audit trail is told, and only then is it handed over.

use leptos::prelude::untrack;
use serde_json::Value;
use shared::calendar::Date;
use shared::dto::export::{ExportFormat, ExportList, NewExport};
use shared::dto::page::MAX_LIMIT;
use shared::id::CustomerId;
use shared::ledger::Table;

use crate::client::{self, Answer, ApiError};
use crate::derive::export::{Reader, filter};
use crate::derive::{problem, sheet};
use crate::download::save;
use crate::{say, sheets};

/// A list as it is asked for.
pub struct Asked {
    /// What the file is called, without the day.
    pub title: String,
    /// What narrows it besides: which cycle, which unit.
    pub place: Vec<(&'static str, String)>,
    /// What narrows or orders it on its route.
    pub query: Vec<(&'static str, Option<String>)>,
    /// Whose it is, for what is of one customer.
    pub customer: Option<CustomerId>,
    /// Where the rows are.
    pub rows: Rows,
}

/// Where the rows of a list are.
pub enum Rows {
    /// Behind a route, whose answers are read so.
    Route(String, Reader),
    /// Here: they were computed.
    Here(Table),
}

impl Asked {
    /// A list as its route answers it.
    #[must_use]
    pub fn route(title: impl Into<String>, path: impl Into<String>, reader: Reader) -> Self {
        Self {
            title: title.into(),
            place: Vec::new(),
            query: Vec::new(),
            customer: None,
            rows: Rows::Route(path.into(), reader),
        }
    }

    /// Narrowed by what the route's path or the page says.
    #[must_use]
    pub fn of(mut self, name: &'static str, value: impl ToString) -> Self {
        self.place.push((name, value.to_string()));
        self
    }
}

/// Why there is no file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failed {
    /// The rows did not come, or the trail was not told.
    Api(ApiError),
    /// The file was not made.
    Unmade,
}

impl Failed {
    /// In the person's language.
    #[must_use]
    pub fn said(&self) -> String {
        match self {
            Self::Api(error) => problem::explain(error),
            Self::Unmade => say!(export.failed).to_owned(),
        }
    }
}

/// Hands over what a record says, made by a request to the spreadsheet module, under a name.
///
/// # Errors
/// [`Failed`]; then there is no file.
pub async fn hand_over(record: &NewExport, request: &str, name: &str) -> Result<(), Failed> {
    let bytes = sheets::file(request).await.map_err(|_| Failed::Unmade)?;
    client::post("/exports", record).send::<()>().await.map_err(Failed::Api)?;
    save(&bytes, name).map_err(|_| Failed::Unmade)
}

/// Hands over a document: always a workbook, with so many rows in its tables.
///
/// # Errors
/// As [`hand_over`].
pub async fn document(
    list: ExportList,
    (place, customer): (&[(&str, String)], Option<CustomerId>),
    (request, rows): (&Value, usize),
    name: &str,
) -> Result<(), Failed> {
    let record = NewExport {
        list,
        format: ExportFormat::Xlsx,
        rows: u32::try_from(rows).unwrap_or(u32::MAX),
        filter: filter(place, &[]),
        customer,
    };
    hand_over(&record, &request.to_string(), name).await
}

/// Hands over a whole list, of all pages, with the day in the file's name: how many rows it has. `go_on` is
/// told how many have come and says whether they are still wanted; `None` when they are not.
///
/// # Errors
/// As [`hand_over`].
pub async fn list(
    list: ExportList,
    format: ExportFormat,
    asked: Asked,
    today: Date,
    go_on: impl Fn(usize) -> bool,
) -> Result<Option<usize>, Failed> {
    let Some(table) = read(asked.rows, &asked.query, go_on).await.map_err(Failed::Api)? else {
        return Ok(None);
    };
    let name = say!(export.file, asked.title, today, format.ending());
    let record = NewExport {
        list,
        format,
        rows: u32::try_from(table.rows.len()).unwrap_or(u32::MAX),
        filter: filter(&asked.place, &asked.query),
        customer: asked.customer,
    };
    hand_over(&record, &sheet::table(format, &table), &name).await?;
    Ok(Some(table.rows.len()))
}

/// All rows of a list.
async fn read(
    rows: Rows,
    query: &[(&'static str, Option<String>)],
    go_on: impl Fn(usize) -> bool,
) -> Answer<Option<Table>> {
    let (path, reader) = match rows {
        Rows::Route(path, reader) => (path, reader),
        Rows::Here(table) => return Ok(go_on(table.rows.len()).then_some(table)),
    };
    let mut table = Table { headings: reader.headings.clone(), rows: Vec::new() };
    let mut cursor = None;
    loop {
        let mut query = query.to_vec();
        if reader.is_paged {
            query.extend([("limit", Some(MAX_LIMIT.to_string())), ("cursor", cursor)]);
        }
        let text = client::get(client::with_query(&path, &query)).text().await?;
        // Names are looked up as they are now; nothing here follows them.
        let page = untrack(|| reader.read(&text)).map_err(|_| ApiError::Unreadable(200))?;
        table.rows.extend(page.items);
        if !go_on(table.rows.len()) {
            return Ok(None);
        }
        cursor = page.next;
        if cursor.is_none() {
            return Ok(Some(table));
        }
    }
}
