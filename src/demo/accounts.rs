//! Those who can sign in to the demonstration: every role in every city, one password for all.

use super::{
    CITIES, City, PASSWORD,
    names::{FAMILIES, MEN, WOMEN, Word},
};
use crate::{
    factor,
    ids::{AssignmentId, UserId},
    passwords,
    policy::Role,
    vault::{Vault, keeper},
};
use anyhow::Context;
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use std::{collections::HashMap, fmt::Write as _};
use uuid::Uuid;

/// The posts of a city: the prefix of the user name and the role.
const CITY_POSTS: &[(&str, Role)] = &[
    ("worker", Role::SocialWorker),
    ("worker2", Role::SocialWorker),
    ("supervisor", Role::Supervisor),
    ("focal", Role::FocalPoint),
    ("institution", Role::InstitutionManager),
    ("prosecutor", Role::Prosecutor),
    ("registrar", Role::CourtRegistrar),
    ("chief", Role::ChiefProsecutor),
];

/// The posts of the whole country: the user name is the whole of it.
const COUNTRY_POSTS: &[(&str, Role)] = &[
    ("steering", Role::Steering),
    ("admin", Role::Admin),
    ("dpo", Role::Dpo),
];

/// The one who has two posts, so that the choice at sign-in can be tried.
const TWO_POSTS: &str = "nadia.multi";

/// The one who has a second factor.
pub(super) const ENROLLED: &str = "prosecutor.sale";
/// The key of that factor for an authenticator, in base 32; known to all, as the passwords are.
const SEED: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

/// Accounts whose names are those of the drawings.
const NAMED: &[(&str, Word)] = &[
    ("worker.sale", ("نادية الزعفران", "Nadia Zaafrane")),
    ("supervisor.sale", ("حسن البستان", "Hassan Boustane")),
    ("prosecutor.sale", ("سامي السنديان", "Sami Sendiane")),
    (TWO_POSTS, ("نادية الياسمين", "Nadia Yassamine")),
];

/// Someone who can sign in.
#[derive(Debug)]
pub(super) struct Account {
    username: String,
    name_ar: String,
    name_la: String,
    /// Role and, outside the country posts, city: the prefecture or its court.
    posts: Vec<(Role, Option<&'static City>)>,
}

/// Everyone.
pub(super) fn accounts() -> Vec<Account> {
    let in_cities = CITIES.iter().flat_map(|city| {
        CITY_POSTS
            .iter()
            .map(move |(post, role)| (format!("{post}.{}", city.slug), vec![(*role, Some(city))]))
    });
    let country = COUNTRY_POSTS
        .iter()
        .map(|(post, role)| ((*post).to_owned(), vec![(*role, None)]));
    let city = |slug| CITIES.iter().find(|city| city.slug == slug);
    let two = vec![
        (Role::SocialWorker, city("rabat")),
        (Role::Supervisor, city("sale")),
    ];
    in_cities
        .chain(country)
        .chain([(TWO_POSTS.to_owned(), two)])
        .zip(invented())
        .map(|((username, posts), invented)| {
            let named = NAMED.iter().find(|(who, _)| *who == username);
            let (name_ar, name_la) = named.map_or(invented, |(_, (ar, la))| {
                ((*ar).to_owned(), (*la).to_owned())
            });
            Account {
                username,
                name_ar,
                name_la,
                posts,
            }
        })
        .collect()
}

/// Full names without end: women and men in turn, families in steps that repeat late.
pub(super) fn invented() -> impl Iterator<Item = (String, String)> {
    let given = WOMEN
        .iter()
        .zip(MEN)
        .flat_map(|(woman, man)| [woman, man])
        .cycle();
    let family = FAMILIES.iter().cycle().skip(4).step_by(5);
    given
        .zip(family)
        .map(|((given_ar, given_la), (family_ar, family_la))| {
            (
                format!("{given_ar} {family_ar}"),
                format!("{given_la} {family_la}"),
            )
        })
}

/// The file of accounts: one line a post, tab-separated.
pub fn accounts_file() -> String {
    let mut file = "username\tpassword\trole\tcity\ttotp\n".to_owned();
    for account in accounts() {
        for (role, city) in &account.posts {
            let slug = city.map_or("", |city| city.slug);
            let seed = if account.username == ENROLLED {
                SEED
            } else {
                ""
            };
            let _ = writeln!(
                file,
                "{}\t{PASSWORD}\t{}\t{slug}\t{seed}",
                account.username,
                role.code()
            );
        }
    }
    file
}

/// What a person reads at the start: a line a role.
pub fn accounts_table() -> String {
    let cities: Vec<&str> = CITIES.iter().map(|city| city.slug).collect();
    let mut table = String::new();
    for (post, role) in CITY_POSTS.iter().filter(|(post, _)| *post != "worker2") {
        let also = if *role == Role::SocialWorker {
            ", worker2.<city>"
        } else {
            ""
        };
        let _ = writeln!(table, "  {:<20} {post}.<city>{also}", role.code());
    }
    for (post, role) in COUNTRY_POSTS {
        let _ = writeln!(table, "  {:<20} {post}", role.code());
    }
    let _ = writeln!(table, "  {:<20} {TWO_POSTS}", "two posts");
    let _ = writeln!(
        table,
        "  {:<20} {ENROLLED}, key for an authenticator: {SEED}",
        "second factor"
    );
    let _ = writeln!(table, "  {:<20} {}", "<city>", cities.join(" "));
    table
}

/// The users by user name.
pub(super) type Staff = HashMap<String, UserId>;

/// Writes them, in post since `since`.
pub(super) async fn create(
    connection: &mut PgConnection,
    vault: &Vault,
    now: DateTime<Utc>,
    since: NaiveDate,
) -> anyhow::Result<Staff> {
    let everyone = accounts();
    let ids: Vec<Uuid> = everyone.iter().map(|_| UserId::new(now).0).collect();
    let text =
        |of: fn(&Account) -> &String| everyone.iter().map(of).cloned().collect::<Vec<String>>();
    let usernames = text(|account| &account.username);
    // one salt for all: they share a password that everyone knows
    let salt = passwords::new_salt();
    let verifier = passwords::verifier(&passwords::derive(PASSWORD, &salt)?);
    sqlx::query!(
        "with new as (
             insert into sec.app_user (id, username, name_ar, name_la)
             select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) returning id)
         insert into sec.credential (user_id, salt, verifier) select id, $5, $6 from new",
        &ids,
        &usernames,
        &text(|account| &account.name_ar),
        &text(|account| &account.name_la),
        salt,
        &verifier[..]
    )
    .execute(&mut *connection)
    .await
    .context("users")?;
    let posts: Vec<(Uuid, Role, Option<&City>)> = everyone
        .iter()
        .zip(&ids)
        .flat_map(|(account, id)| account.posts.iter().map(|(role, city)| (*id, *role, *city)))
        .collect();
    assign(connection, now, since, &posts)
        .await
        .context("assignments")?;
    let staff: Staff = usernames
        .into_iter()
        .zip(ids.into_iter().map(UserId))
        .collect();
    if let Some(user) = staff.get(ENROLLED) {
        enrol(connection, vault, *user)
            .await
            .context("second factor")?;
    }
    Ok(staff)
}

/// Gives someone the second factor that everyone knows.
async fn enrol(connection: &mut PgConnection, vault: &Vault, user: UserId) -> anyhow::Result<()> {
    let ring = keeper::ring(connection, vault).await?;
    let secret =
        totp_rs::Secret::try_from_base32(SEED).map_err(|error| anyhow::anyhow!("{error}"))?;
    sqlx::query!(
        "insert into sec.totp (user_id, secret_enc, confirmed_at) values ($1, $2, now())",
        user.0,
        factor::seal(&ring, user, secret.as_ref())?
    )
    .execute(connection)
    .await?;
    Ok(())
}

async fn assign(
    connection: &mut PgConnection,
    now: DateTime<Utc>,
    since: NaiveDate,
    posts: &[(Uuid, Role, Option<&City>)],
) -> Result<(), sqlx::Error> {
    let scopes: Vec<_> = posts
        .iter()
        .map(|(_, role, city)| scope(*role, *city))
        .collect();
    sqlx::query!(
        "insert into sec.role_assignment (id, user_id, role, territory_id, court_id, organisation_code, valid)
         select id, user_id, role, territory_id, court_id, organisation_code, daterange($7, null)
         from unnest($1::uuid[], $2::uuid[], $3::text[], $4::smallint[], $5::smallint[], $6::text[])
             as new (id, user_id, role, territory_id, court_id, organisation_code)",
        &posts.iter().map(|_| AssignmentId::new(now).0).collect::<Vec<_>>(),
        &posts.iter().map(|(user, ..)| *user).collect::<Vec<_>>(),
        &posts.iter().map(|(_, role, _)| role.code().to_owned()).collect::<Vec<_>>(),
        &scopes.iter().map(|(territory, ..)| *territory).collect::<Vec<_>>() as &[Option<i16>],
        &scopes.iter().map(|(_, court, _)| *court).collect::<Vec<_>>() as &[Option<i16>],
        &scopes.into_iter().map(|(.., organisation)| organisation).collect::<Vec<_>>()
            as &[Option<String>],
        since
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Prefecture, court and organisation of a post: what the role needs and no more.
fn scope(role: Role, city: Option<&City>) -> (Option<i16>, Option<i16>, Option<String>) {
    let Some(city) = city else {
        return (None, None, None);
    };
    let organisation = |kind| Some(format!("{kind}_{}", city.slug));
    match role {
        Role::Prosecutor | Role::CourtRegistrar | Role::ChiefProsecutor => {
            (None, Some(city.court), None)
        }
        Role::FocalPoint => (Some(city.territory), None, organisation("education")),
        Role::InstitutionManager => (Some(city.territory), None, organisation("shelter")),
        _ => (Some(city.territory), None, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_role_can_be_tried_and_nobody_has_the_name_of_another() {
        let everyone = accounts();
        let names: HashSet<_> = everyone.iter().map(|account| &account.name_ar).collect();
        assert_eq!(names.len(), everyone.len());
        for role in Role::ALL {
            let holders = everyone
                .iter()
                .filter(|a| a.posts.iter().any(|(r, _)| r == role))
                .count();
            let expected = match role {
                Role::Steering | Role::Admin | Role::Dpo => 1,
                Role::SocialWorker => 2 * CITIES.len() + 1,
                Role::Supervisor => CITIES.len() + 1,
                _ => CITIES.len(),
            };
            assert_eq!(holders, expected, "{role:?}");
        }
    }

    #[test]
    fn the_file_has_a_line_a_post_and_five_columns() {
        let file = accounts_file();
        assert!(file.starts_with("username\tpassword\trole\tcity"));
        assert!(file.lines().all(|line| line.split('\t').count() == 5));
        assert!(file.contains("prosecutor.tanger\tsanad-demo-2026\tprosecutor\ttanger\t\n"));
        assert!(file.contains(&format!("prosecutor\tsale\t{SEED}\n")));
        assert_eq!(
            file.lines()
                .filter(|line| line.starts_with(TWO_POSTS))
                .count(),
            2
        );
    }
}
