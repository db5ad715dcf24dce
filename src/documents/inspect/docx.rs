//! DOCX: an archive that ends where the file ends, of few parts with tame names, that unpacks to a bounded
//! size both as it says and as it does; a text document without programs, and without parts that are fetched
//! from elsewhere when it is opened.

use super::Refusal;
use std::{
    collections::BTreeSet,
    io::{Cursor, Read},
};
use zip::{ZipArchive, read::ZipFile};

/// Parts of a document.
const MAX_PARTS: u16 = 2000;
/// All parts together, unpacked.
const MAX_UNPACKED: u64 = 100 * 1024 * 1024;
/// A part that is read as text.
const MAX_TEXT: u64 = 1024 * 1024;
/// The end of an archive without a comment.
const END: usize = 22;

const TYPES: &str = "[Content_Types].xml";
const TEXT: &str = "word/document.xml";
const MAIN: &str = "wordprocessingml.document.main+xml";

/// Checks it.
pub(super) fn check(bytes: &[u8]) -> Result<(), Refusal> {
    if parts_of(bytes)? > MAX_PARTS {
        return Err(Refusal::Bomb);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    if archive.offset() != 0 {
        return Err(Refusal::Damaged);
    }
    let mut names = BTreeSet::new();
    let (mut declared, mut left) = (0_u64, MAX_UNPACKED);
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(|_| Refusal::Damaged)?;
        if part.encrypted() {
            return Err(Refusal::Locked);
        }
        declared = declared.saturating_add(part.size());
        let name = tame(&part)?;
        if !names.insert(name.to_ascii_lowercase()) {
            return Err(Refusal::Damaged);
        }
    }
    if !names.contains(TEXT) || !names.contains(&TYPES.to_ascii_lowercase()) {
        return Err(Refusal::Unknown);
    }
    if declared > MAX_UNPACKED {
        return Err(Refusal::Bomb);
    }
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| Refusal::Damaged)?;
        left = read(part, left)?;
    }
    Ok(())
}

/// How many parts the archive says it has, from its last bytes: nothing follows it, no comment neither.
fn parts_of(bytes: &[u8]) -> Result<u16, Refusal> {
    let end = bytes.last_chunk::<END>().ok_or(Refusal::Damaged)?;
    match end {
        [b'P', b'K', 5, 6, _, _, _, _, _, _, low, high, .., 0, 0] => {
            Ok(u16::from_le_bytes([*low, *high]))
        }
        _ => Err(Refusal::Damaged),
    }
}

/// A name that stays in its folder, of a part that is a document's own.
fn tame(part: &ZipFile<'_, Cursor<&[u8]>>) -> Result<String, Refusal> {
    let name = std::str::from_utf8(part.name_raw()).map_err(|_| Refusal::Damaged)?;
    let strays = name.starts_with('/')
        || name.contains(['\\', ':'])
        || name.chars().any(char::is_control)
        || name.split('/').any(|step| step == "..");
    if strays || part.is_symlink() {
        return Err(Refusal::Damaged);
    }
    let lower = name.to_ascii_lowercase();
    if [
        "vbaproject",
        "vbadata",
        "activex",
        "/embeddings/",
        "oleobject",
    ]
    .iter()
    .any(|word| lower.contains(word))
    {
        return Err(Refusal::Macros);
    }
    Ok(name.to_owned())
}

/// Unpacks a part as far as it may go; looks into those that say what the document is and what it points to.
fn read(part: ZipFile<'_, Cursor<&[u8]>>, left: u64) -> Result<u64, Refusal> {
    let name = part.name().to_ascii_lowercase();
    let is_types = name == TYPES.to_ascii_lowercase();
    let is_relations = name.rsplit('.').next() == Some("rels");
    if !is_types && !is_relations {
        let size = std::io::copy(&mut part.take(left + 1), &mut std::io::sink())
            .map_err(|_| Refusal::Damaged)?;
        return left.checked_sub(size).ok_or(Refusal::Bomb);
    }
    let mut text = String::new();
    part.take(MAX_TEXT.min(left) + 1)
        .read_to_string(&mut text)
        .map_err(|_| Refusal::Damaged)?;
    let left = left
        .checked_sub(text.len() as u64)
        .filter(|_| text.len() as u64 <= MAX_TEXT)
        .ok_or(Refusal::Bomb)?;
    // another way to write a letter, or another alphabet, would hide words from us
    if text.contains("&#") || text.contains("<!") || text.contains('\0') {
        return Err(Refusal::External);
    }
    if is_types {
        types(&text)?;
    } else {
        relations(&text)?;
    }
    Ok(left)
}

fn types(text: &str) -> Result<(), Refusal> {
    let lower = text.to_ascii_lowercase();
    if ["macroenabled", "vbaproject", "activex", "oleobject"]
        .iter()
        .any(|word| lower.contains(word))
    {
        return Err(Refusal::Macros);
    }
    if lower.contains(MAIN) {
        Ok(())
    } else {
        Err(Refusal::Unknown)
    }
}

/// A link that a reader may follow is fine; a template, a picture or an object fetched on opening is not.
fn relations(text: &str) -> Result<(), Refusal> {
    let lower = text.to_ascii_lowercase();
    let fetched = lower
        .split('<')
        .filter(|element| element.contains("targetmode") && element.contains("external"))
        .any(|element| !element.contains("relationships/hyperlink"));
    if fetched {
        Err(Refusal::External)
    } else {
        Ok(())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::{super::tests::refusal, *};
    use std::io::Write;
    use zip::{ZipWriter, write::SimpleFileOptions};

    const GOOD_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;

    fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            writer
                .start_file(*name, SimpleFileOptions::default())
                .unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn with(more: &[(&str, &[u8])]) -> Vec<u8> {
        let mut parts: Vec<(&str, &[u8])> = vec![
            (TYPES, GOOD_TYPES.as_bytes()),
            (TEXT, b"<w:document>CANARY</w:document>"),
        ];
        parts.extend(more);
        archive(&parts)
    }

    pub(crate) fn sample() -> Vec<u8> {
        with(&[])
    }

    #[test]
    fn a_text_document_is_taken_with_its_links() {
        assert_eq!(refusal("a.docx", sample()), None);
        let link = br#"<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://www.social.gov.ma" TargetMode="External"/>"#;
        assert_eq!(
            refusal("a.docx", with(&[("word/_rels/document.xml.rels", link)])),
            None
        );
    }

    #[test]
    fn another_archive_is_no_document() {
        assert_eq!(
            refusal("a.docx", archive(&[("words.txt", b"x")])),
            Some(Refusal::Unknown)
        );
        let sheet = GOOD_TYPES.replace("wordprocessingml.document", "spreadsheetml.sheet");
        let bytes = archive(&[(TYPES, sheet.as_bytes()), (TEXT, b"x")]);
        assert_eq!(refusal("a.docx", bytes), Some(Refusal::Unknown));
    }

    #[test]
    fn programs_inside_are_refused() {
        for name in [
            "word/vbaProject.bin",
            "word/embeddings/oleObject1.bin",
            "word/activeX/activeX1.xml",
        ] {
            assert_eq!(
                refusal("a.docx", with(&[(name, b"x")])),
                Some(Refusal::Macros),
                "{name}"
            );
        }
        let macros = GOOD_TYPES.replace(
            "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "vnd.ms-word.document.macroEnabled.main+xml",
        );
        let bytes = archive(&[(TYPES, macros.as_bytes()), (TEXT, b"x")]);
        assert_eq!(refusal("a.docx", bytes), Some(Refusal::Macros));
    }

    #[test]
    fn parts_from_elsewhere_are_refused() {
        for relation in [
            r#"<Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="https://evil.example/t.dotm" TargetMode="External"/>"#,
            r#"<Relationship Type="x/image" Target="https://evil.example/seen.png" TargetMode='external'/>"#,
            r#"<Relationship Type="x/image" Target="https://evil.example/seen.png" TargetMode="&#69;xternal"/>"#,
            r#"<!DOCTYPE x [<!ENTITY e "External">]><Relationship TargetMode="&e;"/>"#,
        ] {
            let bytes = with(&[("word/_rels/settings.xml.rels", relation.as_bytes())]);
            assert_eq!(
                refusal("a.docx", bytes),
                Some(Refusal::External),
                "{relation}"
            );
        }
    }

    #[test]
    fn a_name_that_leaves_its_folder_is_refused() {
        for name in [
            "../../etc/passwd",
            "/etc/passwd",
            "word\\evil.xml",
            "C:evil.xml",
        ] {
            assert_eq!(
                refusal("a.docx", with(&[(name, b"x")])),
                Some(Refusal::Damaged),
                "{name}"
            );
        }
    }

    #[test]
    fn what_grows_beyond_measure_is_refused() {
        let zeros = vec![0; 30 * 1024 * 1024];
        let bomb = with(&[
            ("word/a.xml", &zeros),
            ("word/b.xml", &zeros),
            ("word/c.xml", &zeros),
            ("word/d.xml", &zeros),
        ]);
        assert!(bomb.len() < 1024 * 1024);
        assert_eq!(
            refusal("a.docx", bomb.clone()),
            Some(Refusal::Bomb),
            "as it says"
        );
        // the same with sizes that lie, in the list and before each part
        let mut liar = bomb;
        let size = u32::try_from(zeros.len()).unwrap().to_le_bytes();
        let places: Vec<usize> = liar
            .windows(4)
            .enumerate()
            .filter(|(_, window)| *window == size)
            .map(|(at, _)| at)
            .collect();
        assert_eq!(places.len(), 8);
        for at in places {
            liar[at..at + 4].copy_from_slice(&[9, 0, 0, 0]);
        }
        let answer = refusal("a.docx", liar);
        assert!(
            matches!(answer, Some(Refusal::Bomb | Refusal::Damaged)),
            "as it does: {answer:?}"
        );
        let many: Vec<String> = (0..2001).map(|n| format!("word/{n}.xml")).collect();
        let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
        assert_eq!(refusal("a.docx", with(&many)), Some(Refusal::Bomb), "parts");
    }

    #[test]
    fn something_before_or_behind_the_archive_is_refused() {
        let mut behind = sample();
        behind.extend(b"<script>alert(1)</script>");
        assert_eq!(refusal("a.docx", behind), Some(Refusal::Damaged));
        let mut cut = sample();
        cut.truncate(cut.len() - 9);
        assert_eq!(refusal("a.docx", cut), Some(Refusal::Damaged));
        let mut before = b"PK\x03\x04 another file before".to_vec();
        before.extend(sample());
        assert_eq!(refusal("a.docx", before), Some(Refusal::Damaged));
    }
}
