//! What papers are made of, and the codes that are given for them.

use super::{code::Code, notice::Decided};
use crate::{
    authz::{Actor, CourtId, TerritoryId},
    db::Tx,
    error::AppError,
    ids::{CaseId, DecisionId, DisclosureId, JudicialFileId, PersonId},
    prosecution::{
        Custody, Effect, frozen, seal,
        snapshot::{Dossier, FrozenNames},
    },
    vault::{Field, Holder, Reading, SealedText, WrappedKey},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, de::DeserializeOwned};
use sqlx::types::Json;

/// A judicial file, as far as every paper of it needs.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub id: JudicialFileId,
    pub case_id: CaseId,
    pub territory: TerritoryId,
    pub court: CourtId,
    pub number: String,
}

/// An extract as it is kept.
pub(super) struct Extract {
    pub id: DisclosureId,
    pub version: i16,
    pub text: SealedText,
    pub sha256: Vec<u8>,
    pub key: Option<WrappedKey>,
}

impl Extract {
    /// Its content, if it opens and is what was hashed.
    pub fn open(&self, tx: &mut Tx) -> Option<Dossier> {
        self.read(tx)
    }

    /// The same of an extract of any shape.
    pub fn read<T: DeserializeOwned>(&self, tx: &mut Tx) -> Option<T> {
        let text = self.words(tx)?;
        seal::open(self.version, &text).ok()
    }

    /// Whether it opens and is what was hashed.
    pub fn is_whole(&self, tx: &mut Tx) -> bool {
        self.words(tx).is_some()
    }

    fn words(&self, tx: &mut Tx) -> Option<String> {
        frozen(tx, self.id, self.key.as_ref(), &self.text, &self.sha256)
    }
}

/// What was added after a file was sent.
#[derive(Debug, Deserialize)]
pub(super) struct Annex {
    pub seq: i16,
    pub sent_at: Option<DateTime<Utc>>,
    /// Its hash, in hexadecimal digits.
    pub print: String,
}

/// A file to be printed.
pub(super) struct Printed {
    pub head: Head,
    pub state: Custody,
    pub composed_at: DateTime<Utc>,
    pub transmitted_at: Option<DateTime<Utc>>,
    pub extract: Extract,
    /// Its content; nothing if it does not open or is not what was hashed.
    pub dossier: Option<Dossier>,
    pub annexes: Vec<Annex>,
}

/// A file of the reader's prefecture, or one sent to the reader's court.
pub(super) async fn file(
    tx: &mut Tx,
    actor: &Actor,
    id: JudicialFileId,
) -> Result<Printed, AppError> {
    let row = sqlx::query!(
        r#"select f.number, f.case_id as "case_id: CaseId", f.territory_id as "territory: TerritoryId",
                  f.court_id as "court: CourtId", f.state as "state: Custody", f.composed_at, f.transmitted_at,
                  e.id as "extract: DisclosureId", e.schema_version, e.snapshot_enc as "text: SealedText", e.sha256,
                  app.key_of('disclosure', e.id) as "key: WrappedKey",
                  (select coalesce(jsonb_agg(jsonb_build_object('seq', a.seq, 'sent_at', g.sent_at,
                              'print', encode(g.sha256, 'hex')) order by a.seq), '[]')
                   from app.judicial_annex a join app.disclosure g on g.id = a.disclosure_id
                   where a.file_id = f.id) as "annexes!: Json<Vec<Annex>>"
           from app.judicial_file f
           join app.disclosure e on e.id = f.disclosure_id
           where f.id = $1
             and ((f.court_id = $2 and f.state not in ('draft', 'withdrawn')) or f.territory_id = $3)"#,
        id.0,
        actor.court().0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    let extract = Extract {
        id: row.extract,
        version: row.schema_version,
        text: row.text,
        sha256: row.sha256,
        key: row.key,
    };
    Ok(Printed {
        head: Head {
            id,
            case_id: row.case_id,
            territory: row.territory,
            court: row.court,
            number: row.number,
        },
        state: row.state,
        composed_at: row.composed_at,
        transmitted_at: row.transmitted_at,
        dossier: extract.open(tx),
        extract,
        annexes: row.annexes.0,
    })
}

/// A decision and one of the extracts that may name the person: the file's own, and those of procedures joined to it.
struct Row {
    file: JudicialFileId,
    case_id: CaseId,
    territory: TerritoryId,
    court: CourtId,
    number: String,
    kind: String,
    effect: Option<Effect>,
    ground: Option<String>,
    further: Vec<String>,
    decided_on: NaiveDate,
    taken_at: CourtId,
    act: Option<String>,
    words: Option<SealedText>,
    extract: DisclosureId,
    version: i16,
    text: SealedText,
    sha256: Vec<u8>,
    key: Option<WrappedKey>,
}

/// A decision of which a notice is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    pub file: JudicialFileId,
    pub person: PersonId,
    pub decision: DecisionId,
}

/// A decision in force, and the extract that names the person.
pub(super) struct Noticed {
    pub head: Head,
    pub decided: Decided,
    /// Nothing if no extract opens that names the person.
    pub dossier: Option<Dossier>,
}

/// A measure for a child: both sides read it. One that was corrected has no notice.
pub(super) async fn on_child(
    tx: &mut Tx,
    actor: &Actor,
    wanted: Wanted,
) -> Result<Noticed, AppError> {
    let rows = sqlx::query_as!(
        Row,
        r#"select f.id as "file: JudicialFileId", f.case_id as "case_id: CaseId", f.territory_id as "territory: TerritoryId",
                  f.court_id as "court: CourtId", f.number, d.kind, null::text as "effect?: Effect", null::text as "ground?",
                  '{}'::text[] as "further!",
                  d.decided_on, coalesce(d.taken_at_court, d.court_id) as "taken_at!: CourtId", a.number as "act?",
                  d.instructions_enc as "words?: SealedText", e.id as "extract!: DisclosureId", e.schema_version as "version!",
                  e.snapshot_enc as "text!: SealedText", e.sha256 as "sha256!",
                  app.key_of('disclosure', e.id) as "key?: WrappedKey"
           from app.child_decision d
           join app.judicial_file f on f.id = d.file_id
           left join app.court_act a on a.id = d.act_id
           cross join lateral (
               select y.disclosure_id, 0 as nth from app.judicial_file y where y.id = f.id
               union all
               select y.disclosure_id, 1 from app.judicial_file y where y.joined_to = f.id) x
           join app.disclosure e on e.id = x.disclosure_id
           where d.id = $1 and d.file_id = $2 and d.person_id = $3
             and ((f.court_id = $4 and f.state not in ('draft', 'withdrawn')) or f.territory_id = $5)
             and not exists (select from app.child_decision later where later.supersedes_id = d.id)
           order by x.nth, e.id"#,
        wanted.decision.0,
        wanted.file.0,
        wanted.person.0,
        actor.court().0,
        actor.territory().0
    )
    .fetch_all(&mut **tx)
    .await?;
    noticed(tx, wanted, rows)
}

/// A decision on an adult: for its court alone. One that was corrected has no notice.
pub(super) async fn on_adult(
    tx: &mut Tx,
    actor: &Actor,
    wanted: Wanted,
) -> Result<Noticed, AppError> {
    let rows = sqlx::query_as!(
        Row,
        r#"select f.id as "file: JudicialFileId", f.case_id as "case_id: CaseId", f.territory_id as "territory: TerritoryId",
                  f.court_id as "court: CourtId", f.number, d.kind, d.effect as "effect?: Effect",
                  coalesce(d.offence, d.reason) as "ground?",
                  array(select o.offence from app.adult_decision_offence o
                        where o.decision_id = d.id and o.court_id = $4 order by o.seq) as "further!",
                  d.decided_on, coalesce(d.taken_at_court, d.court_id) as "taken_at!: CourtId", a.number as "act?",
                  null::bytea as "words?: SealedText", e.id as "extract!: DisclosureId", e.schema_version as "version!",
                  e.snapshot_enc as "text!: SealedText", e.sha256 as "sha256!",
                  app.key_of('disclosure', e.id) as "key?: WrappedKey"
           from app.adult_decision d
           join app.judicial_file f on f.id = d.file_id
           left join app.court_act a on a.id = d.act_id
           cross join lateral (
               select y.disclosure_id, 0 as nth from app.judicial_file y where y.id = f.id
               union all
               select y.disclosure_id, 1 from app.judicial_file y where y.joined_to = f.id) x
           join app.disclosure e on e.id = x.disclosure_id
           where d.id = $1 and d.file_id = $2 and d.person_id = $3
             and f.court_id = $4 and f.state not in ('draft', 'withdrawn')
             and not exists (select from app.adult_decision later where later.supersedes_id = d.id)
           order by x.nth, e.id"#,
        wanted.decision.0,
        wanted.file.0,
        wanted.person.0,
        actor.court().0
    )
    .fetch_all(&mut **tx)
    .await?;
    noticed(tx, wanted, rows)
}

fn noticed(tx: &mut Tx, wanted: Wanted, rows: Vec<Row>) -> Result<Noticed, AppError> {
    let first = rows.first().ok_or(AppError::NotFound)?;
    let head = Head {
        id: first.file,
        case_id: first.case_id,
        territory: first.territory,
        court: first.court,
        number: first.number.clone(),
    };
    let place = (Field::CHILD_INSTRUCTIONS, wanted.decision.0);
    let holder = Holder::disclosure(first.extract);
    let words = tx.open(holder, first.key.as_ref(), place, first.words.as_ref());
    // a notice without words that it has would be another notice
    let is_whole = words != Some(Reading::Unreadable);
    let decided = Decided {
        id: wanted.decision,
        number: first.number.clone(),
        person: wanted.person,
        kind: first.kind.clone(),
        effect: first.effect,
        ground: first.ground.clone(),
        further: first.further.clone(),
        decided_on: first.decided_on,
        court: first.taken_at,
        act: first.act.clone(),
        words: words.and_then(Reading::into_text),
    };
    let extracts = rows.into_iter().map(|row| Extract {
        id: row.extract,
        version: row.version,
        text: row.text,
        sha256: row.sha256,
        key: row.key,
    });
    Ok(Noticed {
        head,
        dossier: naming(tx, extracts, wanted.person).filter(|_| is_whole),
        decided,
    })
}

/// The content of the first of these extracts that names somebody.
pub(super) fn naming(
    tx: &mut Tx,
    extracts: impl Iterator<Item = Extract>,
    person: PersonId,
) -> Option<Dossier> {
    for extract in extracts {
        let dossier = extract.open(tx);
        if let Some(dossier) = dossier.filter(|dossier| names_in(dossier, person).is_some()) {
            return Some(dossier);
        }
    }
    None
}

/// The names of somebody as an extract has them.
pub(super) fn names_in(dossier: &Dossier, person: PersonId) -> Option<&FrozenNames> {
    let child = dossier.children.iter().find(|one| one.person == person);
    let adult = || dossier.adults.iter().find(|one| one.person == person);
    child
        .map(|one| &one.names)
        .or_else(|| adult().map(|one| &one.names))
}

/// What a paper is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// The extract of a file.
    Dossier(DisclosureId),
    /// An annex of it that was sent, and its number.
    Annex(DisclosureId, i16),
    /// A measure for a child.
    Child(DecisionId),
    /// A decision on an adult.
    Adult(DecisionId),
}

impl Subject {
    /// As the database and the audit trail know it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Dossier(_) => "dossier",
            Self::Annex(..) => "annex",
            Self::Child(_) => "child_notice",
            Self::Adult(_) => "adult_notice",
        }
    }

    const fn extract(self) -> Option<uuid::Uuid> {
        match self {
            Self::Dossier(id) | Self::Annex(id, _) => Some(id.0),
            Self::Child(_) | Self::Adult(_) => None,
        }
    }

    const fn child(self) -> Option<uuid::Uuid> {
        match self {
            Self::Child(id) => Some(id.0),
            Self::Dossier(_) | Self::Annex(..) | Self::Adult(_) => None,
        }
    }

    const fn adult(self) -> Option<uuid::Uuid> {
        match self {
            Self::Adult(id) => Some(id.0),
            Self::Dossier(_) | Self::Annex(..) | Self::Child(_) => None,
        }
    }
}

/// The code of that content: the one that was given before, whoever printed it, or a new one.
pub(super) async fn code_of(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    (head, subject): (&Head, Subject),
    sha256: &[u8],
) -> Result<Code, AppError> {
    if let Some(code) = given(tx, actor, subject, sha256).await? {
        return Ok(code);
    }
    let code = Code::random();
    sqlx::query!(
        "insert into app.paper (code, kind, file_id, case_id, territory_id, court_id, disclosure_id, child_decision_id,
             adult_decision_id, sha256, made_by, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         on conflict on constraint paper_once do nothing",
        code.as_str(),
        subject.code(),
        head.id.0,
        head.case_id.0,
        head.territory.0,
        head.court.0,
        subject.extract(),
        subject.child(),
        subject.adult(),
        sha256,
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    let code = given(tx, actor, subject, sha256).await?;
    code.ok_or_else(|| AppError::internal("a paper without its code"))
}

async fn given(
    tx: &mut Tx,
    actor: &Actor,
    subject: Subject,
    sha256: &[u8],
) -> Result<Option<Code>, AppError> {
    let code = sqlx::query_scalar!(
        "select code from app.paper
         where (disclosure_id = $1 or child_decision_id = $2 or adult_decision_id = $3) and sha256 = $4
           and (court_id = $5 or territory_id = $6)",
        subject.extract(),
        subject.child(),
        subject.adult(),
        sha256,
        actor.court().0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(code.map(Code::from))
}
