//! Contacts in the database.

use super::domain::NewContact;
use crate::{
    audit::{self, Event},
    authz::{Actor, TerritoryId},
    clock::local_date,
    db::Tx,
    error::AppError,
    forms::Line,
    i18n::Msg,
    ids::{ContactChildId, ContactId, RowId},
    vault::{Field, Holder, Key, Reading, SealedText, WrappedKey},
    web::{Cursor, Page},
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use uuid::Uuid;

/// What a telephone is called by the blind index, under which a search finds the contact again.
pub const PHONE: &str = "phone";

/// Saves a contact, or recognises the one that this form already made; gives its id back either way. A
/// form sent again with other answers is refused: nothing typed is dropped in silence.
pub async fn save(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    new: &NewContact,
) -> Result<ContactId, AppError> {
    let territory = actor.territory();
    let mac = tx.ring().await?.print(new.id.0, &new.sha256);
    let key = tx.key_for(Holder::contact(new.id)).await?;
    let seal =
        |field, text: Option<&str>| text.map(|text| key.seal(field, new.id.0, text)).transpose();
    let landmark = seal(
        Field::CONTACT_LANDMARK,
        new.landmark.as_ref().map(Line::as_str),
    )?;
    let note = seal(Field::CONTACT_NOTE, new.note.as_deref())?;
    let inserted = sqlx::query!(
        "insert into app.contact (id, receipt, territory_id, territory_at, place_code, spot_kind, landmark_enc,
                                  observed_at, received_at, author, circumstance, note_enc, payload_mac)
         values ($1, ref.next_number('receipt', $2, $3), $2, $2, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         on conflict (id) do nothing",
        new.id.0,
        territory.0,
        local_date(now),
        new.place,
        new.spot_kind,
        landmark as Option<SealedText>,
        new.observed_at,
        now,
        actor.user.0,
        new.circumstance,
        note as Option<SealedText>,
        mac.as_slice()
    )
    .execute(&mut **tx)
    .await?
    .rows_affected();
    if inserted == 0 {
        return same_again(tx, territory, new.id, mac).await;
    }
    add_seen(tx, territory, now, (new, &key)).await?;
    let event = Event::on("contact.logged", "contact", new.id.0)
        .in_territory(territory)
        .with(serde_json::json!({
            "children": new.children.len(),
            "flags": new.children.iter().map(|c| c.flags.len()).sum::<usize>(),
        }));
    audit::record(tx, event).await?;
    Ok(new.id)
}

async fn same_again(
    tx: &mut Tx,
    territory: TerritoryId,
    id: ContactId,
    mac: [u8; 32],
) -> Result<ContactId, AppError> {
    let kept = sqlx::query_scalar!(
        "select payload_mac from app.contact where id = $1 and territory_id = $2",
        id.0,
        territory.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    match kept {
        Some(known) if known == mac => Ok(id),
        _ => Err(AppError::Conflict(Msg::new("contact-changed-after-save"))),
    }
}

async fn add_seen(
    tx: &mut Tx,
    territory: TerritoryId,
    now: DateTime<Utc>,
    (new, key): (&NewContact, &Key),
) -> Result<(), AppError> {
    sqlx::query!(
        "insert into app.contact_action (contact_id, territory_id, action) select $1, $2, unnest($3::text[])",
        new.id.0,
        territory.0,
        &new.actions
    )
    .execute(&mut **tx)
    .await?;
    for (seq, child) in (1i16..).zip(&new.children) {
        let id = ContactChildId::new(now);
        let name = child.seen_as.as_ref().map(Line::as_str);
        let name = name
            .map(|name| key.seal(Field::CHILD_SEEN_AS, id.0, name))
            .transpose()?;
        sqlx::query!(
            "insert into app.contact_child (id, contact_id, territory_id, seq, sex, age_min_months, age_max_months, seen_as_enc)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
            id.0,
            new.id.0,
            territory.0,
            seq,
            child.sex,
            child.age.min_months,
            child.age.max_months,
            name as Option<SealedText>
        )
        .execute(&mut **tx)
        .await?;
        sqlx::query!(
            "insert into app.contact_child_flag (contact_child_id, territory_id, flag) select $1, $2, unnest($3::text[])",
            id.0,
            territory.0,
            &child.flags
        )
        .execute(&mut **tx)
        .await?;
    }
    if let Some(adult) = &new.adult {
        let id = RowId::new(now).0;
        let seal =
            |field, text: Option<&str>| text.map(|text| key.seal(field, id, text)).transpose();
        let name = seal(Field::ADULT_NAME, adult.name.as_ref().map(Line::as_str))?;
        let phone = seal(Field::ADULT_PHONE, adult.phone.as_deref())?;
        sqlx::query!(
            "insert into app.contact_adult (id, contact_id, territory_id, relation_claimed, name_enc, phone_enc)
             values ($1, $2, $3, $4, $5, $6)",
            id,
            new.id.0,
            territory.0,
            adult.relation,
            name as Option<SealedText>,
            phone as Option<SealedText>
        )
        .execute(&mut **tx)
        .await?;
        if let Some(phone) = &adult.phone {
            let print = tx.ring().await?.blind_index(PHONE, phone);
            sqlx::query!(
                "insert into app.phone_print (contact_adult_id, contact_id, territory_id, print) values ($1, $2, $3, $4)",
                id,
                new.id.0,
                territory.0,
                print.0.as_slice()
            )
            .execute(&mut **tx)
            .await?;
        }
    }
    Ok(())
}

/// A place that this worker used lately.
#[derive(Debug)]
pub struct RecentSpot {
    /// HCP code.
    pub place: String,
    /// Code of `ref.contact_place`.
    pub kind: String,
    /// When last.
    pub last: DateTime<Utc>,
}

/// The three places where this worker was last.
pub async fn recent_spots(tx: &mut Tx, actor: &Actor) -> Result<Vec<RecentSpot>, AppError> {
    Ok(sqlx::query_as!(
        RecentSpot,
        r#"select place_code as place, spot_kind as kind, max(observed_at) as "last!"
           from (select place_code, spot_kind, observed_at from app.contact
                 where territory_id = $1 and author = $2 order by observed_at desc limit 50) lately
           group by place_code, spot_kind order by 3 desc limit 3"#,
        actor.territory().0,
        actor.user.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// A row of the list.
#[derive(Debug)]
pub struct Row {
    /// Its id.
    pub id: ContactId,
    /// Receipt number.
    pub receipt: String,
    /// HCP code.
    pub place: String,
    /// Code of `ref.contact_place`.
    pub spot_kind: String,
    /// When it happened.
    pub observed_at: DateTime<Utc>,
    /// When the server got it.
    pub received_at: DateTime<Utc>,
    /// Whether triage is done.
    pub triaged: bool,
    /// Code of `ref.circumstance`.
    pub circumstance: String,
    /// Children seen.
    pub children: i64,
    /// Red flags, without repetition.
    pub flags: Vec<String>,
    /// Who logged it, in Arabic.
    pub author_ar: String,
    /// Who logged it, in Latin letters.
    pub author_la: String,
}

/// Contacts of the prefecture, newest first; only those that wait for triage if asked.
pub async fn list(
    tx: &mut Tx,
    actor: &Actor,
    waiting: bool,
    after: Option<Cursor>,
) -> Result<Page<Row>, AppError> {
    let rows = sqlx::query_as!(
        Row,
        r#"with page as (
               select c.id, c.receipt, c.place_code, c.spot_kind, c.observed_at, c.received_at, c.state, c.circumstance, c.author
               from app.contact c
               where c.territory_id = $1 and (not $2 or c.state = 'submitted')
                 and ($3::timestamptz is null or (c.observed_at, c.id) < ($3, $4))
               order by c.observed_at desc, c.id desc limit $5)
           select c.id as "id: ContactId", c.receipt, c.place_code as place, c.spot_kind, c.observed_at, c.received_at,
                  c.state = 'triaged' as "triaged!", c.circumstance,
                  (select count(*) from app.contact_child k where k.contact_id = c.id) as "children!",
                  array(select distinct f.flag from app.contact_child k
                        join app.contact_child_flag f on f.contact_child_id = k.id
                        where k.contact_id = c.id order by 1) as "flags!",
                  coalesce(n.name_ar, '') as "author_ar!", coalesce(n.name_la, '') as "author_la!"
           from page c left join app.names_of(array(select author from page)) n on n.id = c.author
           order by c.observed_at desc, c.id desc"#,
        actor.territory().0,
        waiting,
        after.map(|c| c.at),
        after.map(|c| c.id),
        Page::<Row>::SIZE + 1
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(Page::cut(rows, |row| Cursor {
        at: row.observed_at,
        id: row.id.0,
    }))
}

/// How many wait for triage in the prefecture.
pub async fn waiting(tx: &mut Tx, actor: &Actor) -> Result<i64, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "n!" from app.contact where territory_id = $1 and state = 'submitted'"#,
        actor.territory().0
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// A contact, whole.
#[derive(Debug)]
pub struct Contact {
    /// Its id.
    pub id: ContactId,
    /// Receipt number.
    pub receipt: String,
    /// HCP code.
    pub place: String,
    /// Code of `ref.contact_place`.
    pub spot_kind: String,
    /// What one sees there.
    pub landmark: Option<Reading>,
    /// When it happened.
    pub observed_at: DateTime<Utc>,
    /// When the server got it.
    pub received_at: DateTime<Utc>,
    /// Code of `ref.circumstance`.
    pub circumstance: String,
    /// Anything else.
    pub note: Option<Reading>,
    /// When triage was done.
    pub triaged_at: Option<DateTime<Utc>>,
    /// Who logged it, in Arabic.
    pub author_ar: String,
    /// Who logged it, in Latin letters.
    pub author_la: String,
    /// Codes of `ref.contact_action`.
    pub actions: Vec<String>,
    /// The children seen.
    pub children: Vec<Child>,
    /// The adult, if any.
    pub adult: Option<Adult>,
}

/// A child of a contact, and what became of it.
#[derive(Debug, Clone, Deserialize)]
pub struct Child {
    /// Its id.
    pub id: ContactChildId,
    /// `F`, `M`, `U`.
    pub sex: String,
    /// Youngest, in months.
    pub age_min_months: i16,
    /// Oldest, in months.
    pub age_max_months: i16,
    /// Name or nickname, opened.
    #[serde(skip)]
    pub seen_as: Option<Reading>,
    /// The same as the database keeps it.
    sealed: Option<SealedText>,
    /// Codes of `ref.red_flag`.
    pub flags: Vec<String>,
    /// Code of `ref.contact_outcome`, after triage.
    pub outcome: Option<String>,
    /// The file, if there is one that the reader may list.
    pub case_id: Option<crate::ids::CaseId>,
    /// Its number.
    pub case_number: Option<String>,
}

/// The adult of a contact.
#[derive(Debug, Clone)]
pub struct Adult {
    /// Code of `ref.adult_relation`.
    pub relation: String,
    /// Name, if known.
    pub name: Option<Reading>,
    /// Telephone.
    pub phone: Option<Reading>,
}

/// The same as the database keeps it.
#[derive(Debug, Deserialize)]
struct SealedAdult {
    id: Uuid,
    relation: String,
    name: Option<SealedText>,
    phone: Option<SealedText>,
}

/// One contact of the prefecture.
pub async fn find(tx: &mut Tx, actor: &Actor, id: ContactId) -> Result<Contact, AppError> {
    let row = sqlx::query!(
        r#"select c.receipt, c.place_code, c.spot_kind, c.observed_at, c.received_at, c.circumstance,
                  c.landmark_enc as "landmark: SealedText", c.note_enc as "note: SealedText",
                  app.key_of('contact', c.id) as "key: WrappedKey", c.triaged_at, coalesce(n.name_ar, '') as "author_ar!", coalesce(n.name_la, '') as "author_la!",
                  array(select a.action from app.contact_action a where a.contact_id = c.id order by 1) as "actions!",
                  (select coalesce(jsonb_agg(jsonb_build_object(
                              'id', k.id, 'sex', k.sex, 'age_min_months', k.age_min_months,
                              'age_max_months', k.age_max_months, 'sealed', k.seen_as_enc,
                              'flags', array(select f.flag from app.contact_child_flag f where f.contact_child_id = k.id),
                              'outcome', o.kind, 'case_id', f.id, 'case_number', f.number) order by k.seq), '[]')
                   from app.contact_child k
                   left join app.contact_outcome o on o.contact_child_id = k.id
                   left join app.case_file f on f.id = o.case_id
                   where k.contact_id = c.id) as "children!: sqlx::types::Json<Vec<Child>>",
                  (select jsonb_build_object('id', a.id, 'relation', a.relation_claimed, 'name', a.name_enc, 'phone', a.phone_enc)
                   from app.contact_adult a where a.contact_id = c.id limit 1) as "adult: sqlx::types::Json<SealedAdult>"
           from app.contact c left join lateral app.name_of(c.author) n on true
           where c.id = $1 and c.territory_id = $2"#,
        id.0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    let (holder, key) = (Holder::contact(id), row.key.as_ref());
    let mut children = row.children.0;
    for child in &mut children {
        let place = (Field::CHILD_SEEN_AS, child.id.0);
        child.seen_as = tx.open(holder, key, place, child.sealed.as_ref());
    }
    let adult = row.adult.map(|sqlx::types::Json(adult)| {
        let mut open =
            |field, text: Option<&SealedText>| tx.open(holder, key, (field, adult.id), text);
        Adult {
            name: open(Field::ADULT_NAME, adult.name.as_ref()),
            phone: open(Field::ADULT_PHONE, adult.phone.as_ref()),
            relation: adult.relation,
        }
    });
    Ok(Contact {
        id,
        receipt: row.receipt,
        place: row.place_code,
        spot_kind: row.spot_kind,
        landmark: tx.open(
            holder,
            key,
            (Field::CONTACT_LANDMARK, id.0),
            row.landmark.as_ref(),
        ),
        observed_at: row.observed_at,
        received_at: row.received_at,
        circumstance: row.circumstance,
        note: tx.open(holder, key, (Field::CONTACT_NOTE, id.0), row.note.as_ref()),
        triaged_at: row.triaged_at,
        author_ar: row.author_ar,
        author_la: row.author_la,
        actions: row.actions,
        children,
        adult,
    })
}
