//! PDF: whole from its first byte to its last, and without what acts: scripts, programs to start, other files
//! inside, forms that send. Names are read as a viewer reads them, escapes undone, and also inside compressed
//! object streams, where a document hides what it has to hide.
//!
//! This keeps out what would harm a colleague who opens a document elsewhere. It is no wall of ours: a PDF is
//! served in a sandbox in any case.

use super::Refusal;
use flate2::bufread::ZlibDecoder;
use std::io::Read;

/// What a document may not hold.
const ACTIVE: [&str; 10] = [
    "JavaScript",
    "Launch",
    "EmbeddedFile",
    "EmbeddedFiles",
    "RichMedia",
    "XFA",
    "SubmitForm",
    "ImportData",
    "GoToE",
    "GoToR",
];
/// All object streams of a document together, unpacked.
const MAX_UNPACKED: u64 = 64 * 1024 * 1024;
/// So many object streams: a document of a hundred thousand objects has a thousand.
const MAX_STREAMS: usize = 4096;
/// Where the end of the document is looked for.
const TAIL: usize = 2048;
/// The longest name that concerns us.
const NAME: usize = 32;

/// Checks it.
pub(super) fn check(bytes: &[u8]) -> Result<(), Refusal> {
    let mut has_root = false;
    let mut streams = Streams::of(bytes);
    if !bytes.starts_with(b"%PDF-") || !ends_well(bytes) {
        return Err(Refusal::Damaged);
    }
    for (name, rest) in Names(bytes) {
        match name.as_slice() {
            b"Root" => has_root = true,
            b"ObjStm" => {
                for (name, _) in Names(&streams.after(rest)?) {
                    judge(&name)?;
                }
            }
            name => judge(name)?,
        }
    }
    if has_root {
        Ok(())
    } else {
        Err(Refusal::Damaged)
    }
}

fn judge(name: &[u8]) -> Result<(), Refusal> {
    if name == b"Encrypt" {
        Err(Refusal::Locked)
    } else if ACTIVE.iter().any(|active| active.as_bytes() == name) {
        Err(Refusal::Active)
    } else {
        Ok(())
    }
}

/// `startxref … %%EOF`, and nothing but line ends behind it: no second file.
fn ends_well(bytes: &[u8]) -> bool {
    let (_, tail) = bytes.split_at(bytes.len().saturating_sub(TAIL));
    let text = tail.trim_ascii_end();
    text.ends_with(b"%%EOF") && find(tail, b"startxref").is_some()
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes
        .windows(needle.len())
        .position(|window| window == needle)
}

/// The object streams of a document. No byte is looked at twice and they are counted, so that a document cannot
/// be dear to check: many names before one stream, streams of nothing, one stream that runs through the others.
struct Streams<'a> {
    bytes: &'a [u8],
    /// Where the content of the last one begins, and where its packing ends.
    begin: usize,
    end: usize,
    count: usize,
    /// What may still be unpacked.
    left: u64,
}

impl<'a> Streams<'a> {
    const fn of(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            begin: 0,
            end: 0,
            count: 0,
            left: MAX_UNPACKED,
        }
    }

    /// The content of the stream whose dictionary goes on with `rest`; nothing if it was given before. A kind of
    /// packing that we do not unpack could hide anything, and so could a stream inside another.
    fn after(&mut self, rest: &[u8]) -> Result<Vec<u8>, Refusal> {
        const STREAM: &[u8] = b"stream";
        let at = self.bytes.len() - rest.len();
        if at < self.begin {
            return Ok(Vec::new());
        }
        if at < self.end {
            return Err(Refusal::Active);
        }
        if self.count == MAX_STREAMS {
            return Err(Refusal::Bomb);
        }
        self.count += 1;
        let word = find(rest, STREAM).ok_or(Refusal::Damaged)?;
        let (_, packed) = rest.split_at(word + STREAM.len());
        let packed = packed.strip_prefix(b"\r").unwrap_or(packed);
        let packed = packed.strip_prefix(b"\n").unwrap_or(packed);
        self.begin = self.bytes.len() - packed.len();
        let mut unpacked = Vec::new();
        let mut decoder = ZlibDecoder::new(packed);
        let read = decoder
            .by_ref()
            .take(self.left + 1)
            .read_to_end(&mut unpacked);
        let used = usize::try_from(decoder.total_in()).unwrap_or(packed.len());
        self.end = self.begin + used;
        let size = unpacked.len() as u64;
        self.left = self.left.checked_sub(size).ok_or(Refusal::Bomb)?;
        // what follows the stream is not its business
        if read.is_err() && unpacked.is_empty() {
            return Err(Refusal::Active);
        }
        Ok(unpacked)
    }
}

/// Every `/Name` of a text with `#xx` undone, and what follows it.
struct Names<'a>(&'a [u8]);

impl<'a> Iterator for Names<'a> {
    type Item = (Vec<u8>, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let at = self.0.iter().position(|byte| *byte == b'/')?;
        let (_, mut rest) = self.0.split_at(at + 1);
        let mut name = Vec::new();
        while let [byte, after @ ..] = rest {
            if byte.is_ascii_whitespace() || b"\0()<>[]{}/%".contains(byte) {
                break;
            }
            let escaped = match after {
                [high, low, after @ ..] if *byte == b'#' => {
                    hex(*high, *low).map(|byte| (byte, after))
                }
                _ => None,
            };
            let (byte, after) = escaped.unwrap_or((*byte, after));
            name.push(byte);
            rest = after;
            if name.len() > NAME {
                break;
            }
        }
        self.0 = rest;
        Some((name, rest))
    }
}

fn hex(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::{super::tests::refusal, *};
    use flate2::{Compression, write::ZlibEncoder};
    use std::io::Write;

    /// A document of one empty page, with something more in its catalogue.
    pub(crate) fn with_catalogue(more: &str) -> Vec<u8> {
        format!(
            "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R{more}>>\nendobj\n\
             2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n\
             trailer\n<</Root 1 0 R/Size 3>>\nstartxref\n9\n%%EOF\n"
        )
        .into_bytes()
    }

    pub(crate) fn sample() -> Vec<u8> {
        with_catalogue("")
    }

    /// The same with an object stream.
    fn with_object_stream(content: &[u8], dictionary: &str) -> Vec<u8> {
        let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(content).unwrap();
        let mut bytes = b"%PDF-1.7\n".to_vec();
        bytes
            .extend(format!("5 0 obj\n<<{dictionary}/Filter/FlateDecode>>\nstream\r\n").as_bytes());
        bytes.extend(packer.finish().unwrap());
        bytes.extend(b"\nendstream\nendobj\n");
        bytes.extend(&sample()[9..]);
        bytes
    }

    #[test]
    fn a_plain_document_is_taken() {
        assert_eq!(refusal("a.pdf", sample()), None);
        let stream = with_object_stream(b"1 0 <</Type/Page>>", "/Type/ObjStm");
        assert_eq!(refusal("a.pdf", stream), None);
    }

    #[test]
    fn what_acts_is_refused_however_it_is_written() {
        for more in [
            "/OpenAction<</S/JavaScript/JS(app.alert(1))>>",
            "/OpenAction<</S/Java#53cript/JS(app.alert(1))>>",
            "/OpenAction<</S/#4a#61vaScript>>",
            "/AA<</O<</S/Launch/F(cmd.exe)>>>>",
            "/Names<</EmbeddedFiles 9 0 R>>",
            "/AcroForm<</XFA 9 0 R>>",
            "/A<</S/SubmitForm/F(https://evil.example)>>",
        ] {
            let bytes = with_catalogue(more);
            assert_eq!(refusal("a.pdf", bytes), Some(Refusal::Active), "{more}");
            let hidden = with_object_stream(more.as_bytes(), "/Type/Obj#53tm");
            assert_eq!(refusal("a.pdf", hidden), Some(Refusal::Active), "{more}");
        }
        let odd = with_catalogue("")
            .into_iter()
            .chain([])
            .collect::<Vec<u8>>();
        let odd = String::from_utf8(odd).unwrap().replace(
            "2 0 obj",
            "7 0 obj\n<</Type/ObjStm/Filter/LZWDecode>>\nstream\nxyz\nendstream\nendobj\n2 0 obj",
        );
        assert_eq!(
            refusal("a.pdf", odd),
            Some(Refusal::Active),
            "unreadable packing"
        );
        // a word, not the name
        assert_eq!(
            refusal("a.pdf", with_catalogue("/Title(no JavaScript)")),
            None
        );
        assert_eq!(refusal("a.pdf", with_catalogue("/JavaScripture 1")), None);
    }

    #[test]
    fn what_is_locked_says_so() {
        let text = String::from_utf8(sample()).unwrap();
        let locked = text.replace("/Size 3", "/Size 3/Encrypt 8 0 R");
        assert_eq!(refusal("a.pdf", locked), Some(Refusal::Locked));
    }

    #[test]
    fn what_is_cut_off_or_followed_by_something_is_damaged() {
        let whole = sample();
        let cut = whole[..whole.len() - 20].to_vec();
        assert_eq!(refusal("a.pdf", cut), Some(Refusal::Damaged));
        let mut followed = whole.clone();
        followed.extend(b"PK\x03\x04 a second file");
        assert_eq!(refusal("a.pdf", followed), Some(Refusal::Damaged));
        assert_eq!(
            refusal("a.pdf", b"%PDF-1.4\nwords\n%%EOF".to_vec()),
            Some(Refusal::Damaged)
        );
    }

    #[test]
    fn an_object_stream_that_grows_beyond_measure_is_refused() {
        let bomb = with_object_stream(&vec![b' '; 65 * 1024 * 1024], "/Type/ObjStm");
        assert!(bomb.len() < 1024 * 1024);
        assert_eq!(refusal("a.pdf", bomb), Some(Refusal::Bomb));
    }

    /// One stream however often it is named: unpacked for each name, this one would be too large.
    #[test]
    fn a_stream_is_looked_at_once() {
        let names = "/Type/ObjStm".repeat(2000);
        let bytes = with_object_stream(&vec![b' '; 64 * 1024], &names);
        assert_eq!(refusal("a.pdf", bytes), None);
    }

    #[test]
    fn more_object_streams_than_any_document_has_are_refused() {
        let empty = with_object_stream(b"", "/Type/ObjStm");
        let end = sample().len() - "%PDF-1.7\n".len();
        let object = empty[9..empty.len() - end].to_vec();
        let with = |count: usize| {
            let mut bytes = b"%PDF-1.7\n".to_vec();
            bytes.extend(object.repeat(count));
            bytes.extend(&sample()[9..]);
            bytes
        };
        assert_eq!(refusal("a.pdf", with(MAX_STREAMS)), None);
        let more = with(MAX_STREAMS + 1);
        assert_eq!(refusal("a.pdf", more), Some(Refusal::Bomb));
    }

    #[test]
    fn an_object_stream_inside_another_is_refused() {
        let inner = with_object_stream(b"1 0 <</Type/Page>>", "/Type/ObjStm");
        let mut packer = ZlibEncoder::new(Vec::new(), Compression::none());
        packer.write_all(&inner).unwrap();
        let mut bytes = b"%PDF-1.7\n5 0 obj\n<</Type/ObjStm>>\nstream\n".to_vec();
        bytes.extend(packer.finish().unwrap());
        bytes.extend(b"\nendstream\nendobj\n");
        bytes.extend(&sample()[9..]);
        assert_eq!(refusal("a.pdf", bytes), Some(Refusal::Active));
    }
}
