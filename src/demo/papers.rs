//! Papers of a few files, and a signed act of each court: drawn here, plainly invented, and brought in as any other
//! document is.

use super::{
    dice::Dice,
    rows::{ActAttachment, Attachment, CaseAttachment, Rows, bytea},
};
use crate::{
    blobs::{self, Blobs},
    documents::{Inspected, inspect},
    vault::{Field, Holder, Vault, keeper},
};
use anyhow::Context;
use axum::body::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use image::{ImageFormat, Rgb, RgbImage};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fmt::Write,
    io::Cursor,
};
use uuid::Uuid;

/// Files with papers in each city.
const FILES: usize = 3;

/// How long a file is open before papers come.
const SETTLED: TimeDelta = TimeDelta::days(5);

/// A paper as it lies on the table: kind, title, name of the file, what it says.
struct Paper {
    kind: &'static str,
    title: Option<&'static str>,
    name: &'static str,
    bytes: Bytes,
    inspected: Inspected,
}

/// Bytes that belong to a row.
pub(super) struct Lying {
    pub(super) id: Uuid,
    pub(super) blob: Uuid,
    pub(super) bytes: Bytes,
}

fn papers() -> anyhow::Result<Vec<Paper>> {
    let all = [
        (
            "civil_status_document",
            Some("رسم الولادة"),
            "acte-naissance.pdf",
            pdf(&[
                "EXTRAIT D'ACTE DE NAISSANCE",
                "Commune : exemple",
                "Enfant : personne fictive",
            ]),
        ),
        (
            "school_document",
            Some("Certificat de scolarité"),
            "certificat.pdf",
            pdf(&[
                "CERTIFICAT DE SCOLARITE",
                "Ecole : exemple",
                "Niveau : 2e annee primaire",
            ]),
        ),
        ("photo", Some("رسم أنجزه الطفل"), "IMG_2041.png", drawing()?),
        (
            "correspondence",
            None,
            "courrier.pdf",
            pdf(&[
                "COURRIER ADMINISTRATIF",
                "Objet : demande de renseignements",
            ]),
        ),
        (
            "medical_document",
            Some("شهادة طبية"),
            "certificat-medical.pdf",
            pdf(&[
                "CERTIFICAT MEDICAL",
                "Etablissement : exemple",
                "Enfant : personne fictive",
            ]),
        ),
    ];
    all.into_iter().map(paper).collect()
}

/// A paper as an upload would find it.
fn paper(
    (kind, title, name, bytes): (&'static str, Option<&'static str>, &'static str, Vec<u8>),
) -> anyhow::Result<Paper> {
    let bytes = Bytes::from(bytes);
    let inspected =
        inspect(name, bytes.clone()).map_err(|refusal| anyhow::anyhow!("{name}: {refusal:?}"))?;
    Ok(Paper {
        kind,
        title,
        name,
        bytes,
        inspected,
    })
}

/// Adds papers to the latest files of each worker: all of them to the first, one or two to the others.
pub(super) fn tell(rows: &mut Rows, now: DateTime<Utc>) -> anyhow::Result<Vec<Lying>> {
    let papers = papers()?;
    let leads: HashMap<Uuid, Uuid> = rows
        .assignments
        .iter()
        .filter(|row| row.kind == "lead")
        .map(|row| (row.case_id, row.user_id))
        .collect();
    let open: HashSet<Uuid> = rows
        .episodes
        .iter()
        .filter(|row| row.state != "closed")
        .map(|row| row.case_id)
        .collect();
    let mut files: Vec<_> = rows
        .cases
        .iter()
        .filter(|file| !file.protected && open.contains(&file.id) && file.opened_at < now - SETTLED)
        .filter_map(|file| {
            Some((
                file.territory_id,
                file.opened_at,
                file.id,
                *leads.get(&file.id)?,
            ))
        })
        .collect();
    files.sort_by_key(|(territory, opened_at, _, lead)| {
        (*territory, *lead, std::cmp::Reverse(*opened_at))
    });
    let (mut dice, mut lying) = (Dice::new(0x0070_6170), Vec::new());
    for desk in files.chunk_by(|one, other| (one.0, one.3) == (other.0, other.3)) {
        for (place, (territory, opened_at, case, lead)) in desk.iter().take(FILES).enumerate() {
            let some = papers.len() / (place + 1);
            for (hours, paper) in (1..).zip(papers.iter().take(some)) {
                let at = (*opened_at + TimeDelta::hours(20 * hours)).min(now);
                let (id, blob) = (dice.uuid(at), dice.uuid(at));
                rows.attachments
                    .push(row(paper, (id, blob), *territory, *lead, at)?);
                rows.case_attachments.push(CaseAttachment {
                    case_id: *case,
                    attachment_id: id,
                    territory_id: *territory,
                });
                let bytes = paper.inspected.bytes.clone();
                lying.push(Lying { id, blob, bytes });
            }
        }
    }
    acts(rows, &mut dice, now, &mut lying)?;
    Ok(lying)
}

/// The act of the latest measure of each court was scanned and brought in by who recorded it.
fn acts(
    rows: &mut Rows,
    dice: &mut Dice,
    now: DateTime<Utc>,
    lying: &mut Vec<Lying>,
) -> anyhow::Result<()> {
    let mut latest = BTreeMap::new();
    for decision in &rows.child_decisions {
        if let Some(act) = decision.act_id {
            let one = (decision.recorded_at, act, decision.recorded_by);
            let known = latest.entry(decision.court_id).or_insert(one);
            *known = one.max(*known);
        }
    }
    for (recorded_at, act, added_by) in latest.into_values() {
        let found = rows.acts.iter().find(|row| row.id == act);
        let act = found.cloned().context("an act that is in no row")?;
        let lines = [
            "DECISION DU PARQUET".to_owned(),
            format!("Acte : {}", act.number),
            "Enfant : personne fictive".to_owned(),
        ];
        let bytes = pdf(&lines.each_ref().map(String::as_str));
        let paper = paper(("judicial_document", None, "acte-signe.pdf", bytes))?;
        let added_at = (recorded_at + TimeDelta::minutes(20)).min(now);
        let (id, blob) = (dice.uuid(added_at), dice.uuid(added_at));
        rows.attachments.push(row(
            &paper,
            (id, blob),
            act.territory_id,
            added_by,
            added_at,
        )?);
        rows.act_attachments.push(ActAttachment {
            act_id: act.id,
            attachment_id: id,
            file_id: act.file_id,
            case_id: act.case_id,
            territory_id: act.territory_id,
            court_id: act.court_id,
            added_by,
            added_at,
        });
        let bytes = paper.inspected.bytes;
        lying.push(Lying { id, blob, bytes });
    }
    Ok(())
}

fn row(
    paper: &Paper,
    (id, blob): (Uuid, Uuid),
    territory_id: i16,
    added_by: Uuid,
    added_at: DateTime<Utc>,
) -> anyhow::Result<Attachment> {
    Ok(Attachment {
        id,
        territory_id,
        kind: paper.kind,
        title_enc: paper.title.map(str::to_owned),
        name_enc: Some(paper.name.to_owned()),
        media: paper.inspected.media.code(),
        blob,
        size: i32::try_from(paper.inspected.bytes.len())?,
        sha256: bytea(&paper.inspected.sha256),
        received_size: i32::try_from(paper.bytes.len())?,
        received_sha256: bytea(&Sha256::digest(&paper.bytes)),
        added_by,
        added_at,
    })
}

/// Seals the bytes and lays them where the rows say.
pub(super) async fn lay(
    connection: &mut PgConnection,
    (vault, store): (&Vault, &Blobs),
    lying: Vec<Lying>,
) -> anyhow::Result<()> {
    let holder = |id| Holder::new(Field::DOCUMENT.holder(), id);
    let holders: Vec<Holder> = lying.iter().map(|one| holder(one.id)).collect();
    let keys = keeper::data_keys(connection, vault, &holders).await?;
    for one in lying {
        let key = keys.get(&holder(one.id)).context("no key")?;
        let sealed = blobs::seal(key, Field::DOCUMENT, one.id, &one.bytes)?;
        // what an earlier start left behind, whose rows did not commit
        if store.has(one.blob).await? {
            store.remove(one.blob).await?;
        }
        store.put(one.blob, sealed).await?;
    }
    Ok(())
}

/// A page with a few lines, and across it that it is invented.
pub(super) fn pdf(lines: &[&str]) -> Vec<u8> {
    let mut page = String::from(
        "BT /F1 11 Tf 60 760 Td 16 TL (SANAD - DOCUMENT FICTIF - DEMONSTRATION) Tj T* T*",
    );
    for line in lines {
        let line = line.replace(['(', ')', '\\'], " ");
        let _ = write!(page, " ({line}) Tj T* T*");
    }
    page.push_str(" ET q 0.85 g BT /F1 54 Tf 0.7 0.7 -0.7 0.7 140 260 Tm (FICTIF) Tj ET Q");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R/Lang(fr)>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>".to_owned(),
        format!("<</Length {}>>\nstream\n{page}\nendstream", page.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    let (mut out, mut table) = (String::from("%PDF-1.4\n"), String::new());
    for (number, object) in (1..).zip(&objects) {
        let _ = writeln!(table, "{:010} 00000 n ", out.len());
        let _ = write!(out, "{number} 0 obj\n{object}\nendobj\n");
    }
    let (start, size) = (out.len(), objects.len() + 1);
    let _ = write!(
        out,
        "xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Root 1 0 R/Size {size}>>\nstartxref\n{start}\n%%EOF\n"
    );
    out.into_bytes()
}

/// A house, a tree and the sun, as a child draws them.
fn drawing() -> anyhow::Result<Vec<u8>> {
    let (sky, grass) = (Rgb([0xcf, 0xe6, 0xf2]), Rgb([0x8f, 0xb9, 0x76]));
    let mut image = RgbImage::from_fn(360, 270, |_, y| if y < 190 { sky } else { grass });
    let mut paint = |colour: [u8; 3], inside: &dyn Fn(i64, i64) -> bool| {
        for (x, y, point) in image.enumerate_pixels_mut() {
            if inside(i64::from(x), i64::from(y)) {
                *point = Rgb(colour);
            }
        }
    };
    let disc =
        |a: i64, b: i64, r: i64| move |x: i64, y: i64| (x - a).pow(2) + (y - b).pow(2) < r * r;
    paint([0xf4, 0xc4, 0x30], &disc(300, 50, 26));
    paint([0xe8, 0xd5, 0xb5], &|x, y| {
        (70..170).contains(&x) && (120..210).contains(&y)
    });
    paint([0xb5, 0x53, 0x3c], &|x, y| {
        (65..120).contains(&y) && (x - 120).abs() < y - 62
    });
    paint([0x6b, 0x46, 0x2a], &|x, y| {
        (108..132).contains(&x) && (160..210).contains(&y)
    });
    paint([0x6b, 0x46, 0x2a], &|x, y| {
        (244..256).contains(&x) && (150..212).contains(&y)
    });
    paint([0x3f, 0x7d, 0x4e], &disc(250, 130, 36));
    let mut out = Cursor::new(Vec::new());
    image.write_to(&mut out, ImageFormat::Png)?;
    Ok(out.into_inner())
}
