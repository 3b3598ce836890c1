//! A zip archive whose files are stored as they are: all that a small workbook needs, and a hundredth of a
//! library that can do the rest.

/// An archive under way.
#[derive(Debug, Default)]
pub struct Zip {
    /// The files, each behind its header.
    files: Vec<u8>,
    /// What the end says of each.
    directory: Vec<u8>,
    count: u16,
}

/// 1 January 1980, the first day that the format knows: what is fixed has no time of its own.
const DAY: u16 = 0x21;
/// The least version of a reader: 2.0.
const NEEDS: u16 = 20;
/// Names are UTF-8.
const FLAGS: u16 = 0x0800;

impl Zip {
    /// Adds a file; `None` when it would not fit, past 4 GB.
    pub fn add(mut self, name: &str, content: &[u8]) -> Option<Self> {
        let (size, at) = (u32::try_from(content.len()).ok()?, u32::try_from(self.files.len()).ok()?);
        let length = u16::try_from(name.len()).ok()?;
        let mut facts = Vec::new();
        put(&mut facts, &[NEEDS, FLAGS, 0, 0, DAY]);
        for number in [crc32(content), size, size] {
            facts.extend(number.to_le_bytes());
        }
        put(&mut facts, &[length, 0]);
        self.files.extend(b"PK\x03\x04");
        self.files.extend(&facts);
        self.files.extend(name.as_bytes());
        self.files.extend(content);
        self.directory.extend(b"PK\x01\x02");
        put(&mut self.directory, &[NEEDS]);
        self.directory.extend(&facts);
        put(&mut self.directory, &[0, 0, 0, 0, 0]);
        self.directory.extend(at.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.count = self.count.checked_add(1)?;
        Some(self)
    }

    /// The archive.
    pub fn finish(self) -> Option<Vec<u8>> {
        let (at, size) = (u32::try_from(self.files.len()).ok()?, u32::try_from(self.directory.len()).ok()?);
        let mut archive = self.files;
        archive.extend(self.directory);
        archive.extend(b"PK\x05\x06");
        put(&mut archive, &[0, 0, self.count, self.count]);
        archive.extend(size.to_le_bytes());
        archive.extend(at.to_le_bytes());
        put(&mut archive, &[0]);
        Some(archive)
    }
}

fn put(bytes: &mut Vec<u8>, numbers: &[u16]) {
    bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
}

/// The checksum of the format (CRC-32 of IEEE 802.3).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 & 0_u32.wrapping_sub(sum & 1)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_those_of_the_format() {
        assert_eq!(crc32(b""), 0);
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn the_end_says_where_everything_is() {
        let archive =
            Zip::default().add("a.txt", b"one").unwrap().add("b/c.txt", b"").unwrap().finish().unwrap();
        let end = archive.len() - 22;
        assert_eq!(&archive[end..end + 4], b"PK\x05\x06");
        let number =
            |at: usize| usize::try_from(u32::from_le_bytes(archive[at..at + 4].try_into().unwrap())).unwrap();
        let (size, start) = (number(end + 12), number(end + 16));
        assert_eq!(start + size, end);
        assert_eq!(&archive[start..start + 4], b"PK\x01\x02");
        assert_eq!(archive[end + 10], 2);
        // The second file begins where the directory says: header, name, content of the first.
        let second = start + 46 + "a.txt".len();
        assert_eq!(number(second + 42), 30 + "a.txt".len() + 3);
    }
}
