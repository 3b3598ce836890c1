//! Measures a zip archive before a workbook is read from it.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::error::{STRINGS_LIMIT, SheetError, UNPACKED_LIMIT};

/// Most bytes that may come out of an archive.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Of all its parts together.
    pub unpacked: u64,
    /// Of its shared strings.
    pub strings: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { unpacked: UNPACKED_LIMIT, strings: STRINGS_LIMIT }
    }
}

/// Refuses an archive that is no workbook, or that unpacks to more than is taken. What the
/// archive says of its sizes may be a lie, so its parts are unpacked once and counted.
///
/// # Errors
/// [`SheetError::NotASpreadsheet`], [`SheetError::Corrupt`], [`SheetError::TooLargeUnpacked`].
pub fn check(bytes: &[u8], limits: Limits) -> Result<(), SheetError> {
    let too_large = |limit| Err(SheetError::TooLargeUnpacked { limit });
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(SheetError::corrupt)?;
    let is_book = |name: &str| name.to_ascii_lowercase().ends_with("xl/workbook.xml");
    if !archive.file_names().any(|name| name.is_ok_and(|name| is_book(&name))) {
        return Err(SheetError::NotASpreadsheet);
    }
    let mut left = limits.unpacked;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(SheetError::corrupt)?;
        let strings =
            part.name().map_err(SheetError::corrupt)?.to_ascii_lowercase().contains("sharedstrings");
        let limit = if strings { limits.strings.min(left) } else { left };
        if part.size() > limit {
            return too_large(if strings { limits.strings } else { limits.unpacked });
        }
        let unpacked = std::io::copy(&mut part.by_ref().take(limit + 1), &mut std::io::sink());
        let unpacked = unpacked.map_err(SheetError::corrupt)?;
        if unpacked > limit {
            return too_large(if strings { limits.strings } else { limits.unpacked });
        }
        left -= unpacked;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn archive(parts: &[(&str, usize)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, size) in parts {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(&vec![b' '; *size]).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn a_bomb_is_refused_before_it_goes_off() {
        let limits = Limits { unpacked: 1_000_000, strings: 200_000 };
        let sheets = |size| archive(&[("xl/workbook.xml", 10), ("a.xml", 500_000), ("b.xml", size)]);
        assert!(sheets(499_991).len() < 10_000);
        assert_eq!(check(&sheets(499_990), limits), Ok(()));
        assert_eq!(check(&sheets(499_991), limits), Err(SheetError::TooLargeUnpacked { limit: 1_000_000 }));
        let strings = |size| archive(&[("xl/workbook.xml", 10), ("xl/sharedStrings.xml", size)]);
        assert_eq!(check(&strings(200_000), limits), Ok(()));
        assert_eq!(check(&strings(200_001), limits), Err(SheetError::TooLargeUnpacked { limit: 200_000 }));
    }

    #[test]
    fn what_an_archive_says_of_its_sizes_is_not_believed() {
        let mut lying = archive(&[("xl/workbook.xml", 10), ("a.xml", 2_000_000)]);
        let honest = 2_000_000_u32.to_le_bytes();
        for at in 0..lying.len() - 4 {
            if lying[at..at + 4] == honest {
                lying[at..at + 4].copy_from_slice(&1_000_u32.to_le_bytes());
            }
        }
        assert!(check(&lying, Limits { unpacked: 1_000_000, strings: 1_000 }).is_err());
    }
}
