//! Compressed input just works: gzip, zstd, xz and bzip2, told by their first bytes and not by the name.
//!
//! Rotated logs are often several compressed members one after the other: all of them are read. Nothing is unpacked
//! beyond what the reader takes, so a small file that unpacks to terabytes does no harm.

use std::io::{self, BufReader, Chain, Cursor, Read};

/// So many first bytes tell the format.
const SNIFFED: usize = 10;

/// The source without compression, whatever it was.
pub(crate) fn unpacked<'a>(mut source: impl Read + 'a) -> io::Result<Box<dyn Read + 'a>> {
    let mut start = Vec::with_capacity(SNIFFED);
    source.by_ref().take(SNIFFED as u64).read_to_end(&mut start)?;
    let format = format(&start);
    let whole: Chain<Cursor<Vec<u8>>, _> = Cursor::new(start).chain(source);
    Ok(match format {
        Some(Format::Gzip) => Box::new(flate2::read::MultiGzDecoder::new(whole)),
        Some(Format::Zstd) => Box::new(zstd::Decoder::with_buffer(BufReader::new(whole))?),
        Some(Format::Xz) => Box::new(liblzma::read::XzDecoder::new_multi_decoder(whole)),
        Some(Format::Bzip2) => Box::new(bzip2::read::MultiBzDecoder::new(whole)),
        None => Box::new(whole),
    })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Gzip,
    Zstd,
    Xz,
    Bzip2,
}

fn format(start: &[u8]) -> Option<Format> {
    match start {
        [0x1f, 0x8b, ..] => Some(Format::Gzip),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Format::Zstd),
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some(Format::Xz),
        // `BZh` alone may begin a text: bzip2 goes on with its level and the digits of pi.
        [b'B', b'Z', b'h', _, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..] => Some(Format::Bzip2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    const TEXT: &[u8] = b"550 5.1.1 User unknown\n";

    fn back(packed: &[u8]) -> Vec<u8> {
        let mut text = Vec::new();
        unpacked(packed).and_then(|mut source| source.read_to_end(&mut text)).expect("it unpacks");
        text
    }

    #[test]
    fn every_format_and_none() -> io::Result<()> {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(TEXT)?;
        let mut bzip2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        bzip2.write_all(TEXT)?;
        let mut xz = liblzma::write::XzEncoder::new(Vec::new(), 1);
        xz.write_all(TEXT)?;
        for packed in [gzip.finish()?, bzip2.finish()?, xz.finish()?, zstd::encode_all(TEXT, 1)?, TEXT.to_vec()] {
            assert_eq!(back(&packed), TEXT);
            // Several members in a row, as in rotated logs.
            assert_eq!(back(&packed.repeat(2)), TEXT.repeat(2));
        }
        Ok(())
    }

    #[test]
    fn what_only_begins_alike_is_text() {
        for text in [&b"BZh, the mail failed"[..], b"", b"5", b"\x28\xb5"] {
            assert_eq!(back(text), text);
        }
    }

    #[test]
    fn a_broken_member_is_an_error() {
        let mut text = Vec::new();
        let outcome = unpacked(&b"\x1f\x8b\x08\x00 broken"[..]).and_then(|mut source| source.read_to_end(&mut text));
        assert!(outcome.is_err());
    }
}
