//! Many rows through one parameter: a JSON array that `json_each` unfolds.

use serde::Serialize;

use super::db::{DbError, Statement, sql};

/// Most bytes of rows in one parameter, well within the platform's two million.
const PART_BYTES: usize = 1_500_000;

/// The statements that give `text`'s one parameter all rows, as many at a time as fit; none without rows.
///
/// # Errors
/// When a row cannot be serialized.
pub fn bulk<T: Serialize>(
    text: &'static str,
    rows: impl IntoIterator<Item = T>,
) -> Result<Vec<Statement>, DbError> {
    let mut statements = Vec::new();
    let mut part = String::new();
    for row in rows {
        let row = serde_json::to_string(&row).map_err(|error| DbError::other(error.to_string()))?;
        if !part.is_empty() && part.len() + row.len() > PART_BYTES {
            statements.push(sql(text).bind(format!("[{part}]")));
            part.clear();
        }
        if !part.is_empty() {
            part.push(',');
        }
        part.push_str(&row);
    }
    if !part.is_empty() {
        statements.push(sql(text).bind(format!("[{part}]")));
    }
    Ok(statements)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_spread_over_as_many_statements_as_they_need() {
        assert_eq!(bulk("x", Vec::<i64>::new()).unwrap().len(), 0);
        assert_eq!(bulk("x", 0..3).unwrap(), [sql("x").bind("[0,1,2]")]);
        assert_eq!(bulk("x", (0..5).map(|_| "a".repeat(600_000))).unwrap().len(), 3);
    }
}
