//! Questions about teams. Whose they are stands in each.

mod write;

pub use write::{add_seat, change_member, close_seat, designate, end, hold_member, strike};

use super::domain::{Body, Designation, Seat};
use crate::{
    authz::{Actor, TerritoryId},
    conflicts::Author,
    db::Tx,
    error::AppError,
    ids::RowId,
    reference::Label,
};
use chrono::NaiveDate;
use sqlx::types::Json;

/// A city whose team the reader looks at.
#[derive(Debug, Clone)]
pub struct City {
    /// As in its address.
    pub slug: String,
    /// Its prefecture.
    pub territory: TerritoryId,
    /// Its name.
    pub label: Label,
}

/// The city of that name; nothing for who looks at another one's.
pub async fn city(tx: &mut Tx, slug: &str) -> Result<City, AppError> {
    let row = sqlx::query!(
        r#"select c.slug, c.territory_id as "territory: TerritoryId", c.ar, c.fr, c.en from plan.city c
           where c.slug = $1 and c.territory_id = any ((select app.team_cities())::smallint[])"#,
        slug
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(City {
        slug: row.slug,
        territory: row.territory,
        label: Label {
            ar: row.ar,
            fr: row.fr,
            en: row.en,
        },
    })
}

/// The seats of a city with everybody who was designated to them, by sector; closed ones last.
pub async fn team(tx: &mut Tx, territory: TerritoryId) -> Result<Vec<Seat>, AppError> {
    let rows = sqlx::query!(
        r#"with account as materialized (select app.designations_with_account($1) as ids)
           select s.id as "id!: RowId", s.sector as "sector!", s.organisation_code, s.organisation_name, s.closed_on,
                  (select coalesce(jsonb_agg(jsonb_build_object(
                              'id', d.id, 'kind', d.kind, 'since', lower(d.valid), 'until', upper(d.valid) - 1,
                              'letter_ref', d.letter_ref, 'letter_on', d.letter_on, 'is_struck', d.struck_at is not null,
                              'has_account', d.id = any (a.ids), 'name_ar', m.name_ar, 'name_la', m.name_la,
                              'function', m.function, 'phone', m.phone, 'email', m.email, 'version', m.version)
                          order by lower(d.valid) desc, d.id desc), '[]')
                   from plan.designation d join plan.member m on m.designation_id = d.id
                   where d.seat_id = s.id and d.territory_id = $1) as "designations!: Json<Vec<Designation>>"
           from plan.seat s join ref.seat_sector k on k.code = s.sector cross join account a
           where s.territory_id = $1 and s.territory_id = any ((select app.team_cities())::smallint[])
           order by coalesce(s.closed_on <= current_date, false), k.sort, s.id"#,
        territory.0
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Seat {
            id: r.id,
            sector: r.sector,
            body: body(r.organisation_code, r.organisation_name),
            closed_on: r.closed_on,
            designations: r.designations.0,
        })
        .collect())
}

fn body(code: Option<String>, name: Option<String>) -> Body {
    match code {
        Some(code) => Body::Listed(code),
        None => Body::Named(name.unwrap_or_default()),
    }
}

/// A seat, as what is written about it needs it.
#[derive(Debug, Clone)]
pub struct SeatHead {
    /// Which.
    pub id: RowId,
    /// Code of `ref.seat_sector`.
    pub sector: String,
    /// Whose it is.
    pub body: Body,
    /// The first day without it.
    pub closed_on: Option<NaiveDate>,
    /// The city of the team.
    pub city: City,
}

/// A seat of the reader's own city.
pub async fn seat(tx: &mut Tx, actor: &Actor, id: RowId) -> Result<SeatHead, AppError> {
    let row = sqlx::query!(
        r#"select s.sector, s.organisation_code, s.organisation_name, s.closed_on, c.slug, c.ar, c.fr, c.en
           from plan.seat s join plan.city c on c.territory_id = s.territory_id
           where s.id = $1 and s.territory_id = $2"#,
        id.0,
        actor.territory().0
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(SeatHead {
        id,
        sector: row.sector,
        body: body(row.organisation_code, row.organisation_name),
        closed_on: row.closed_on,
        city: City {
            slug: row.slug,
            territory: actor.territory(),
            label: Label {
                ar: row.ar,
                fr: row.fr,
                en: row.en,
            },
        },
    })
}

/// A designation with its seat, its letters and who wrote last who it is.
#[derive(Debug)]
pub struct Opened {
    /// It.
    pub designation: Designation,
    /// Its seat.
    pub seat: SeatHead,
    /// Who wrote last who it is, and when.
    pub author: Author,
}

/// A designation in a team that the reader looks at.
pub async fn designation(tx: &mut Tx, id: RowId) -> Result<Opened, AppError> {
    let row = sqlx::query!(
        r#"select jsonb_build_object(
                      'id', d.id, 'kind', d.kind, 'since', lower(d.valid), 'until', upper(d.valid) - 1,
                      'letter_ref', d.letter_ref, 'letter_on', d.letter_on, 'is_struck', d.struck_at is not null,
                      'has_account', d.id = any (app.designations_with_account(d.territory_id)),
                      'name_ar', m.name_ar, 'name_la', m.name_la, 'function', m.function, 'phone', m.phone,
                      'email', m.email, 'version', m.version, 'papers', (
                          select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'media', p.media, 'at', p.added_at,
                                     'name_ar', n.name_ar, 'name_la', n.name_la, 'fault', p.fault)
                                 order by p.added_at desc, p.id desc), '[]')
                          from plan.scan p left join lateral app.name_of(p.added_by) n on true
                          where p.designation_id = d.id)) as "designation!: Json<Designation>",
                  s.id as "seat!: RowId", s.sector as "sector!", s.organisation_code, s.organisation_name, s.closed_on,
                  c.slug as "slug!", c.territory_id as "territory!: TerritoryId", c.ar as "ar!", c.fr as "fr!", c.en as "en!",
                  coalesce(w.name_ar, '') as "writer_ar!", coalesce(w.name_la, '') as "writer_la!", m.changed_at as "changed_at!"
           from plan.designation d
           join plan.member m on m.designation_id = d.id
           join plan.seat s on s.id = d.seat_id
           join plan.city c on c.territory_id = d.territory_id
           left join lateral app.name_of(m.changed_by) w on true
           where d.id = $1 and d.territory_id = any ((select app.team_cities())::smallint[])"#,
        id.0
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(Opened {
        designation: row.designation.0,
        seat: SeatHead {
            id: row.seat,
            sector: row.sector,
            body: body(row.organisation_code, row.organisation_name),
            closed_on: row.closed_on,
            city: City {
                slug: row.slug,
                territory: row.territory,
                label: Label {
                    ar: row.ar,
                    fr: row.fr,
                    en: row.en,
                },
            },
        },
        author: Author {
            name_ar: row.writer_ar,
            name_la: row.writer_la,
            at: Some(row.changed_at),
        },
    })
}
