//! Looks at other cities, questions to them, and their answers. A question is seen by the supervisors of its two sides and
//! by who asks it; which children of the other side are meant, by that side alone.

use super::domain::{Answer, Card, Looked, State};
use crate::{
    audit::{self, Event},
    authz::{Actor, TerritoryId},
    cases::Head,
    db::Tx,
    error::AppError,
    i18n::Msg,
    ids::{CaseId, PersonId, RowId},
    people::{Birth, Names},
    vault::{Field, Holder, Reading, SealedText, WrappedKey},
};
use chrono::{DateTime, Utc};

/// The last look at other cities: when, by whom, in Arabic and in Latin letters, and what was named.
pub(super) struct Look {
    pub at: DateTime<Utc>,
    pub name_ar: String,
    pub name_la: String,
    pub cities: Vec<TerritoryId>,
}

/// A question, as a list shows it.
pub(super) struct Asked {
    /// Which.
    pub id: RowId,
    /// Number of the file that is asked about.
    pub number: String,
    /// Whose file it is.
    pub from: TerritoryId,
    /// Who is asked.
    pub to: TerritoryId,
    /// Where it stands.
    pub state: State,
    /// When it was asked.
    pub asked_at: DateTime<Utc>,
    /// When it was answered, taken back, or ended.
    pub done_at: Option<DateTime<Utc>>,
}

/// A question with its card and its answer.
pub(super) struct Question {
    /// What the list shows.
    pub asked: Asked,
    /// The file that is asked about.
    pub case: CaseId,
    /// The card; `None`: it did not open.
    pub card: Option<Card>,
    /// What was answered.
    pub answer: Option<Reading>,
    /// Why it was ended.
    pub end: Option<Reading>,
    /// Who asked, in Arabic.
    pub name_ar: String,
    /// The same in Latin letters.
    pub name_la: String,
}

/// A child of the city that is asked, who may be meant.
pub(super) struct Own {
    /// Who.
    pub person: PersonId,
    /// The file.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// The names.
    pub names: Names,
    /// `F`, `M`, `U`.
    pub sex: String,
    /// When born, as far as known.
    pub birth: Option<Birth>,
    /// The mother.
    pub mother: Names,
    /// Code of the commune where the child was met last.
    pub place: Option<String>,
    /// Said to be the same.
    pub is_chosen: bool,
}

fn state(code: &str) -> Result<State, AppError> {
    State::from_code(code).ok_or_else(|| AppError::internal("unknown state of a question"))
}

/// The last look of a file; the reading of the file is written down.
pub(super) async fn last_look(
    tx: &mut Tx,
    actor: &Actor,
    head: &Head,
) -> Result<Option<Look>, AppError> {
    let row = sqlx::query!(
        r#"select l.at as "at?", l.cities as "cities?", coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!",
                  audit.record('identity.opened', 'case', $1, $2, '{}', null)::text as written
           from (select 1) one
           left join lateral (select x.at, x.cities, x.by_user from app.identity_look x
                              where x.case_id = $1 and x.territory_id = $2 order by x.at desc, x.id desc limit 1) l on true
           left join lateral app.name_of(l.by_user) n on true"#,
        head.id.0,
        actor.territory().0
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(row.at.zip(row.cities).map(|(at, cities)| Look {
        at,
        name_ar: row.name_ar,
        name_la: row.name_la,
        cities: cities.into_iter().map(TerritoryId).collect(),
    }))
}

/// Looks. The same form again looks no second time.
pub(super) async fn look(
    tx: &mut Tx,
    actor: &Actor,
    (id, head): (RowId, &Head),
) -> Result<Looked, AppError> {
    let said = sqlx::query_scalar!("select app.look_elsewhere($1, $2)", id.0, head.id.0)
        .fetch_one(&mut **tx)
        .await?
        .ok_or(AppError::NotFound)?;
    let looked =
        Looked::from_code(&said).ok_or_else(|| AppError::internal("unknown outcome of a look"))?;
    let event = Event::on("identity.looked_elsewhere", "case", head.id.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "fault": (looked != Looked::Done).then_some(said) }));
    audit::record(tx, event).await?;
    Ok(looked)
}

/// The commune where the child of a file was met last.
pub(super) async fn place_of(
    tx: &mut Tx,
    actor: &Actor,
    case: CaseId,
) -> Result<Option<String>, AppError> {
    Ok(sqlx::query_scalar!(
        "select k.place_code from app.contact_outcome o
         join app.contact_child s on s.id = o.contact_child_id
         join app.contact k on k.id = s.contact_id
         where o.case_id = $1 and o.territory_id = $2 order by k.observed_at desc limit 1",
        case.0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// Asks: the card is frozen. The same form again writes nothing.
pub(super) async fn ask(
    tx: &mut Tx,
    actor: &Actor,
    (id, head, to): (RowId, &Head, TerritoryId),
    card: &Card,
) -> Result<(), AppError> {
    let text = serde_json::to_string(card).map_err(AppError::internal)?;
    let holder = Holder::identity_request(id);
    let sealed = tx
        .seal(holder, Field::IDENTITY_SHEET, id.0, Some(&text))
        .await?;
    let said = sqlx::query_scalar!(
        "select app.ask_elsewhere($1, $2, $3, $4)",
        id.0,
        head.id.0,
        to.0,
        sealed as Option<SealedText>
    )
    .fetch_one(&mut **tx)
    .await?;
    match said.as_deref() {
        Some("asked") => {
            let fields = serde_json::json!({ "case": head.id, "territory": to });
            told(tx, actor, ("identity_request.asked", id), fields).await
        }
        Some("waits") => Err(AppError::Conflict(Msg::new("identity-waits-already"))),
        Some("gone") => Err(AppError::Conflict(Msg::new("identity-gone"))),
        _ => Err(AppError::NotFound),
    }
}

/// Questions of the prefecture, from either side; of one file alone, where one is given. What waits comes first.
pub(super) async fn list(
    tx: &mut Tx,
    actor: &Actor,
    case: Option<CaseId>,
) -> Result<Vec<Asked>, AppError> {
    let rows = sqlx::query!(
        r#"select id as "id: RowId", case_number, from_territory, to_territory, state, asked_at,
                  coalesce(ended_at, answered_at) as done_at
           from app.identity_request
           where (territory_id = $1 or to_territory = $1) and ($2::uuid is null or case_id = $2)
           order by state <> 'requested', asked_at desc limit 100"#,
        actor.territory().0,
        case.map(|case| case.0)
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|r| {
            Ok(Asked {
                id: r.id,
                number: r.case_number,
                from: TerritoryId(r.from_territory),
                to: TerritoryId(r.to_territory),
                state: state(&r.state)?,
                asked_at: r.asked_at,
                done_at: r.done_at,
            })
        })
        .collect()
}

/// One of them; the reading is written down.
pub(super) async fn open(tx: &mut Tx, actor: &Actor, id: RowId) -> Result<Question, AppError> {
    let r = sqlx::query!(
        r#"select t.case_id as "case: CaseId", t.case_number, t.from_territory, t.to_territory, t.state, t.asked_at,
                  coalesce(t.ended_at, t.answered_at) as done_at,
                  t.sheet_enc as "sheet: SealedText", t.answer_enc as "answer: SealedText", t.end_enc as "end: SealedText",
                  app.key_of('identity_request', t.id) as "key: WrappedKey",
                  coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!",
                  audit.record('identity_request.opened', 'identity_request', t.id, $2, '{}', null)::text as written
           from app.identity_request t left join lateral app.name_of(t.asked_by) n on true
           where t.id = $1 and (t.territory_id = $2 or t.to_territory = $2)"#,
        id.0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    let (holder, key) = (Holder::identity_request(id), r.key.as_ref());
    let card = tx
        .open(holder, key, (Field::IDENTITY_SHEET, id.0), Some(&r.sheet))
        .and_then(Reading::into_text)
        .and_then(|text| serde_json::from_str(&text).ok());
    Ok(Question {
        asked: Asked {
            id,
            number: r.case_number,
            from: TerritoryId(r.from_territory),
            to: TerritoryId(r.to_territory),
            state: state(&r.state)?,
            asked_at: r.asked_at,
            done_at: r.done_at,
        },
        case: r.case,
        card,
        answer: tx.open(
            holder,
            key,
            (Field::IDENTITY_ANSWER, id.0),
            r.answer.as_ref(),
        ),
        end: tx.open(holder, key, (Field::IDENTITY_END, id.0), r.end.as_ref()),
        name_ar: r.name_ar,
        name_la: r.name_la,
    })
}

/// The children of the reader's city who may be meant; none for who asks.
pub(super) async fn own(tx: &mut Tx, actor: &Actor, id: RowId) -> Result<Vec<Own>, AppError> {
    let rows = sqlx::query!(
        r#"select p.id as "person!: PersonId", c.id as "case!: CaseId", c.number as "number!", p.sex as "sex!", p.birth_earliest, p.birth_latest,
                  p.birth_basis, t.chosen as "chosen!", n.given_ar as "given_ar?", n.family_ar as "family_ar?", n.given_la as "given_la?",
                  n.family_la as "family_la?", m.given_ar as "mother_given_ar?", m.family_ar as "mother_family_ar?",
                  m.given_la as "mother_given_la?", m.family_la as "mother_family_la?",
                  (select k.place_code from app.contact_outcome o
                   join app.contact_child s on s.id = o.contact_child_id join app.contact k on k.id = s.contact_id
                   where o.case_id = c.id and o.territory_id = $2 order by k.observed_at desc limit 1) as place
           from app.identity_target t
           join app.person p on p.id = t.person_id and p.territory_id = $2
           join app.case_file c on c.child_id = p.id and c.territory_id = $2 and c.void is null
           left join lateral (
               select x.given_ar, x.family_ar, x.given_la, x.family_la from app.person_name x
               where x.person_id = p.id and x.territory_id = $2 order by x.kind = 'civil' desc, x.kind limit 1) n on true
           left join lateral (
               select x.given_ar, x.family_ar, x.given_la, x.family_la
               from app.relationship r join app.person_name x on x.person_id = r.from_person and x.territory_id = $2
               where r.to_person = p.id and r.territory_id = $2 and r.kind = 'mother' and r.claim <> 'refuted'
               order by x.kind = 'civil' desc, x.kind limit 1) m on true
           where t.request_id = $1 and t.territory_id = $2
           order by t.chosen desc, c.number limit 8"#,
        id.0,
        actor.territory().0
    )
    .fetch_all(&mut **tx)
    .await?;
    let own = rows.into_iter().map(|r| Own {
        person: r.person,
        case: r.case,
        number: r.number,
        names: Names::new(r.given_ar, r.family_ar, r.given_la, r.family_la),
        sex: r.sex,
        birth: Birth::known(r.birth_earliest, r.birth_latest, r.birth_basis),
        mother: Names::new(
            r.mother_given_ar,
            r.mother_family_ar,
            r.mother_given_la,
            r.mother_family_la,
        ),
        place: r.place,
        is_chosen: r.chosen,
    });
    Ok(own.collect())
}

/// Answers for the city that is asked: the same child as one of theirs, another, or nobody can tell.
pub(super) async fn answer(
    tx: &mut Tx,
    actor: &Actor,
    (id, said, child): (RowId, Answer, Option<PersonId>),
    words: Option<&str>,
) -> Result<(), AppError> {
    let holder = Holder::identity_request(id);
    let words = tx.seal(holder, Field::IDENTITY_ANSWER, id.0, words).await?;
    let done = sqlx::query_scalar!(
        "select app.answer_identity($1, $2, $3, $4)",
        id.0,
        said.state().code(),
        child.map(|child| child.0),
        words as Option<SealedText>
    )
    .fetch_one(&mut **tx)
    .await?;
    match done.as_deref() {
        Some("answered") => Err(AppError::Conflict(Msg::new("identity-answered"))),
        Some("gone") => Err(AppError::Conflict(Msg::new("identity-gone"))),
        Some(state) => {
            let fields = serde_json::json!({ "answer": state });
            told(tx, actor, ("identity_request.answered", id), fields).await
        }
        None => Err(AppError::NotFound),
    }
}

/// Takes a question back.
pub(super) async fn withdraw(tx: &mut Tx, actor: &Actor, id: RowId) -> Result<(), AppError> {
    let done = sqlx::query_scalar!(r#"select app.withdraw_identity($1) as "done!""#, id.0)
        .fetch_one(&mut **tx)
        .await?;
    if !done {
        return Err(AppError::Conflict(Msg::new("identity-answered")));
    }
    let fields = serde_json::json!({});
    told(tx, actor, ("identity_request.withdrawn", id), fields).await
}

async fn told(
    tx: &mut Tx,
    actor: &Actor,
    (action, id): (&'static str, RowId),
    fields: serde_json::Value,
) -> Result<(), AppError> {
    let event = Event::on(action, "identity_request", id.0)
        .in_territory(actor.territory())
        .with(fields);
    audit::record(tx, event).await
}
