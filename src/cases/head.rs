//! The head of a file: the child, the state, the people around.

use super::{
    also::Also,
    changes::Changes,
    db::birth,
    domain::{EpisodeState, Standing},
    open::Colleague,
};
use crate::{
    authz::{Actor, Permission},
    db::Tx,
    documents::Panel,
    error::AppError,
    i18n::Msg,
    ids::{CaseId, EpisodeId, PersonId, UserId},
    people::{
        Birth, Names,
        sealed::{self, SealedName},
    },
    vault::WrappedKey,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

/// The head of a file, with the people around the child.
#[derive(Debug)]
pub struct Head {
    /// The file.
    pub id: CaseId,
    /// Its number.
    pub number: String,
    /// The child.
    pub child: PersonId,
    /// The child's names.
    pub names: Names,
    /// Name or nickname of the street, if it is another.
    pub street_name: String,
    /// `F`, `M`, `U`.
    pub sex: String,
    /// When born, as far as known.
    pub birth: Option<Birth>,
    /// Code of `ref.civil_status`; `None`: not asked.
    pub civil_status: Option<String>,
    /// Code of `ref.nationality`; `None`: not asked.
    pub nationality: Option<String>,
    /// Code of `ref.disability`; `None`: not asked, or not the reader's to know.
    pub disability: Option<String>,
    /// Code of `ref.education_status`, when the file was opened; `None` likewise.
    pub education: Option<String>,
    /// Whether the reader may open the whole file.
    pub openable: bool,
    /// Said to be none: it stays, and is changed no more.
    pub void: bool,
    /// Marked as protected.
    pub protected: bool,
    /// Seen through broken glass alone: to be read, and not changed.
    pub in_emergency: bool,
    /// The last episode.
    pub episode: EpisodeId,
    /// Its state.
    pub state: EpisodeState,
    /// Where it was when a closure was asked for.
    pub closure_asked_from: Option<EpisodeState>,
    /// Who asked for it.
    pub closure_asked_by: Option<UserId>,
    /// Its version, for the optimistic lock.
    pub version: i32,
    /// Since when.
    pub state_since: DateTime<Utc>,
    /// Code of `ref.risk_level`.
    pub risk: String,
    /// When the present state is overdue.
    pub due_at: Option<DateTime<Utc>>,
    /// When the file was opened.
    pub opened_at: DateTime<Utc>,
    /// When the last episode began, of a file that was opened again.
    pub reopened_at: Option<DateTime<Utc>>,
    /// First protection measure.
    pub protected_on: Option<NaiveDate>,
    /// When the reader last looked, before now.
    pub seen_at: Option<DateTime<Utc>>,
    /// What others did since then.
    pub(super) changes: Changes,
    /// The lead.
    pub lead: Option<UserId>,
    /// Since when.
    pub lead_since: Option<DateTime<Utc>>,
    /// The lead, in Arabic.
    pub lead_ar: String,
    /// The lead, in Latin letters.
    pub lead_la: String,
    /// Mother, father, other adults, siblings.
    pub family: Vec<Relative>,
    /// Its documents, in short.
    pub documents: Panel,
    /// Who can take the file; for those who may give it.
    pub colleagues: Vec<Colleague>,
    /// The other records of the child.
    pub also: Also,
}

impl Head {
    /// What is written into is open; `closed` is said of one that is not.
    pub fn must_be_open(&self, closed: &'static str) -> Result<(), AppError> {
        if self.state.is_open() {
            Ok(())
        } else {
            Err(AppError::Conflict(Msg::new(closed)))
        }
    }

    /// Where the episode stands, for that reader.
    pub fn standing(&self, reader: UserId) -> Standing {
        Standing {
            state: self.state,
            asked_from: self.closure_asked_from,
            asked_by_reader: self.closure_asked_by == Some(reader),
        }
    }
}

/// Someone around the child.
#[derive(Debug, Clone, Deserialize)]
pub struct Relative {
    /// Who.
    pub person: PersonId,
    /// Code of `ref.adult_relation`, or `sibling` through a common mother.
    pub kind: String,
    /// `claimed`, `verified`, `refuted`.
    pub claim: String,
    given_ar: Option<String>,
    family_ar: Option<String>,
    given_la: Option<String>,
    family_la: Option<String>,
    /// A sibling's own file.
    pub case_id: Option<CaseId>,
    /// Its number.
    pub number: Option<String>,
}

impl Relative {
    /// Names.
    pub fn names(&self) -> Names {
        Names::new(
            self.given_ar.clone(),
            self.family_ar.clone(),
            self.given_la.clone(),
            self.family_la.clone(),
        )
    }

    /// Key of how far the kinship is proved.
    pub fn claim_key(&self) -> &'static str {
        match self.claim.as_str() {
            "verified" => "kinship-verified",
            "refuted" => "kinship-refuted",
            _ => "kinship-claimed",
        }
    }

    /// A mother has a page of her own.
    pub fn is_mother(&self) -> bool {
        self.kind == "mother"
    }
}

/// The given name, in the script that there is.
fn given(names: &Names) -> Option<String> {
    let parts = [&names.given_ar, &names.given_la];
    parts.into_iter().find(|part| !part.is_empty()).cloned()
}

fn state_of(code: &str) -> Result<EpisodeState, AppError> {
    EpisodeState::from_code(code).ok_or_else(|| AppError::internal("unknown episode state"))
}

/// One file of the prefecture. What a colleague may not open is not in it: the page shows a short card.
#[expect(clippy::too_many_lines, reason = "one statement, whole")]
pub async fn find(tx: &mut Tx, actor: &Actor, id: CaseId) -> Result<Head, AppError> {
    let r = sqlx::query!(
        r#"select c.number, c.child_id as "child: PersonId", c.protected, c.void is not null as "void!", c.opened_at, c.protected_measure_on,
                  (c.territory_id = any ((select app.supervised_territories())::smallint[])
                   or app.is_mine(c.id)) as "openable!",
                  app.is_in_emergency(c.id) as "in_emergency!",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', y.id, 'kind', y.kind, 'sealed', y.names_enc)), '[]')
                   from app.person_name y where y.person_id = p.id and y.names_enc is not null) as "sealed!: sqlx::types::Json<Vec<SealedName>>",
                  app.key_of('case', case when c.protected then c.id end) as "key: WrappedKey",
                  p.sex, p.birth_earliest, p.birth_latest, p.birth_basis, p.civil_status, p.nationality,
                  v.disability as "disability?", v.education as "education?",
                  n.given_ar, n.family_ar, n.given_la, n.family_la,
                  (select coalesce(y.given_ar, y.given_la) from app.person_name y
                   where y.person_id = p.id and y.kind = 'street') as street_name,
                  e.id as "episode: EpisodeId", e.state, e.version, e.closure_asked_from, e.closure_asked_by as "closure_asked_by: UserId",
                  case when e.seq > 1 then e.opened_at end as reopened_at, e.state_since, e.risk, e.due_at, s.seen_at as "seen_at?",
                  (select g.changes from app.changes_of(array[c.id]) g) as "changes: sqlx::types::Json<Changes>",
                  a.user_id as "lead?: UserId", a.since as "lead_since?", coalesce(l.name_ar, '') as "lead_ar!", coalesce(l.name_la, '') as "lead_la!",
                  (select coalesce(jsonb_agg(to_jsonb(f) order by f.place), '[]') from (
                      select r.from_person as person, r.kind, r.claim, m.given_ar, m.family_ar, m.given_la, m.family_la,
                             k.id as case_id, k.number, case r.kind when 'mother' then 0 when 'sibling' then 2 else 1 end as place
                      from app.relationship r
                      left join app.person_name m on m.person_id = r.from_person and m.kind = 'civil'
                      left join app.case_file k on r.kind = 'sibling' and k.child_id = r.from_person and k.void is null
                      where r.to_person = c.child_id
                      union all
                      -- brothers and sisters are so of each other
                      select r.to_person, r.kind, r.claim, m.given_ar, m.family_ar, m.given_la, m.family_la, k.id, k.number, 2
                      from app.relationship r
                      left join lateral (select * from app.person_name x where x.person_id = r.to_person order by x.kind = 'civil' desc limit 1) m on true
                      left join app.case_file k on k.child_id = r.to_person and k.void is null
                      where r.from_person = c.child_id and r.territory_id = $2 and r.kind = 'sibling'
                      union all
                      select distinct on (o.to_person) o.to_person, 'sibling', least(r.claim, o.claim),
                             m.given_ar, m.family_ar, m.given_la, m.family_la, k.id, k.number, 2
                      from app.relationship r
                      join app.relationship o on o.from_person = r.from_person and o.kind in ('mother', 'father') and o.to_person <> c.child_id
                      left join lateral (select * from app.person_name x where x.person_id = o.to_person order by x.kind = 'civil' desc limit 1) m on true
                      left join app.case_file k on k.child_id = o.to_person and k.void is null
                      where r.to_person = c.child_id and r.kind in ('mother', 'father')) f) as "family!: sqlx::types::Json<Vec<Relative>>",
                  (select jsonb_build_object('count', count(*), 'latest', coalesce(jsonb_agg(to_jsonb(d) order by d.place)
                              filter (where d.place <= 3), '[]'))
                   from (select a.kind, a.media, a.added_at, row_number() over (order by a.added_at desc, a.id desc) as place
                         from app.case_attachment k join app.attachment a on a.id = k.attachment_id
                         where k.case_id = c.id and k.territory_id = $2) d) as "documents!: sqlx::types::Json<Panel>",
                  (select coalesce(jsonb_agg(to_jsonb(w) order by w.role, w.name_la), '[]')
                   from app.colleagues() w where $4) as "colleagues!: sqlx::types::Json<Vec<Colleague>>",
                  (select app.also_recorded(c.id)) as "also: sqlx::types::Json<Also>"
           from app.case_file c
           join app.person p on p.id = c.child_id
           join lateral (select * from app.case_episode x where x.case_id = c.id order by x.seq desc limit 1) e on true
           left join lateral (select * from app.person_name y where y.person_id = p.id order by y.kind = 'civil' desc limit 1) n on true
           left join app.case_assignment a on a.case_id = c.id and a.kind = 'lead' and a.until is null
           left join lateral app.name_of(a.user_id) l on true
           left join app.child_condition v on v.case_id = c.id and v.territory_id = $2
           left join app.case_seen s on s.case_id = c.id and s.user_id = $3
           where c.id = $1 and c.territory_id = $2"#,
        id.0,
        actor.territory().0,
        actor.user.0,
        actor.may(Permission::CaseAssign)
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    let asked_from = r.closure_asked_from.as_deref();
    let opened = sealed::open(tx, id, r.key.as_ref(), &r.sealed);
    let in_clear = Names::new(r.given_ar, r.family_ar, r.given_la, r.family_la);
    let street = sealed::of_kind(&opened, "street").and_then(given);
    Ok(Head {
        id,
        number: r.number,
        child: r.child,
        names: sealed::best(&opened).cloned().unwrap_or(in_clear),
        street_name: street.or(r.street_name).unwrap_or_default(),
        sex: r.sex,
        birth: birth(r.birth_earliest, r.birth_latest, r.birth_basis),
        civil_status: r.civil_status,
        nationality: r.nationality,
        disability: r.disability,
        education: r.education,
        openable: r.openable,
        void: r.void,
        protected: r.protected,
        in_emergency: r.in_emergency,
        episode: r.episode,
        state: state_of(&r.state)?,
        closure_asked_from: asked_from.and_then(EpisodeState::from_code),
        closure_asked_by: r.closure_asked_by,
        version: r.version,
        state_since: r.state_since,
        risk: r.risk,
        due_at: r.due_at,
        opened_at: r.opened_at,
        reopened_at: r.reopened_at,
        protected_on: r.protected_measure_on,
        seen_at: r.seen_at,
        changes: r.changes.map(|found| found.0).unwrap_or_default(),
        lead: r.lead,
        lead_since: r.lead_since,
        lead_ar: r.lead_ar,
        lead_la: r.lead_la,
        family: r.family.0,
        documents: r.documents.0,
        colleagues: r.colleagues.0,
        also: r.also.map(|also| also.0).unwrap_or_default(),
    })
}
