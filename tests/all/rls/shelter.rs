//! Places and sheets: an institution sees its own, and what is over is closed to it.

use super::{reads, refused, tries, world};
use crate::support::id;

const HOLDS: &str = "select id from app.bed_hold";
const SHEETS: &str = "select id from app.disclosure";

#[tokio::test]
async fn an_institution_sees_its_own_places_children_and_sheets() {
    let db = world().await;
    let manager = "institution.rabat";
    let own = |thing: &str| vec![id(&format!("{thing} rabat.mine")).to_string()];
    assert_eq!(reads(&db, manager, HOLDS).await, own("hold"));
    assert_eq!(reads(&db, manager, SHEETS).await, own("hold"));
    assert_eq!(
        reads(&db, manager, "select id from app.bed_group").await,
        own("group")
    );
    assert_eq!(
        reads(&db, manager, "select id from app.institution").await,
        own("institution")
    );
    for table in [
        "case_file",
        "person",
        "person_name",
        "task",
        "bed_move",
        "service",
    ] {
        let sql = format!("select territory_id from app.{table}");
        assert!(reads(&db, manager, &sql).await.is_empty(), "{table}");
    }
    let key = |hold: &str| {
        format!(
            "select app.key_of('disclosure', '{}') is not null",
            id(&format!("hold {hold}"))
        )
    };
    assert_eq!(reads(&db, manager, &key("rabat.mine")).await, ["true"]);
    assert_eq!(reads(&db, manager, &key("sale.mine")).await, ["false"]);
    // the stay is over: the sheet is closed
    db.run("update app.bed_hold set state = 'cancelled' where state = 'held'")
        .await;
    assert!(reads(&db, manager, SHEETS).await.is_empty());
    assert_eq!(reads(&db, manager, &key("rabat.mine")).await, ["false"]);
}

#[tokio::test]
async fn places_of_every_city_are_seen_by_who_looks_for_one_and_children_by_their_own() {
    let db = world().await;
    let groups = "select id from app.bed_group";
    for who in ["worker1.rabat", "supervisor.sale", "prosecutor.rabat"] {
        assert_eq!(reads(&db, who, groups).await.len(), 4, "{who}");
    }
    for who in ["focal.rabat", "steering", "admin", "dpo"] {
        assert!(reads(&db, who, groups).await.is_empty(), "{who}");
        assert!(reads(&db, who, HOLDS).await.is_empty(), "{who}");
    }
    assert!(reads(&db, "prosecutor.rabat", HOLDS).await.is_empty());
    assert_eq!(
        reads(&db, "worker1.rabat", HOLDS).await,
        [id("hold rabat.mine").to_string()]
    );
    assert_eq!(reads(&db, "supervisor.rabat", HOLDS).await.len(), 2);
    let hidden = id("hold rabat.protected").to_string();
    assert!(
        !reads(&db, "supervisor.rabat", HOLDS)
            .await
            .contains(&hidden)
    );
    assert_eq!(
        tries(&db, "worker1.rabat", "select address from app.institution").await,
        refused()
    );
}

#[tokio::test]
async fn no_count_is_written_and_no_move_is_invented() {
    let db = world().await;
    let (hold, group) = (id("hold rabat.mine"), id("group rabat.mine"));
    let held = "update app.bed_group set held = 0";
    assert_eq!(tries(&db, "institution.rabat", held).await, refused());
    let capacity = "update app.bed_group set capacity = 2000";
    assert_eq!(tries(&db, "worker1.rabat", capacity).await, Ok(0));
    assert_eq!(tries(&db, "institution.rabat", capacity).await, Ok(1));
    let jump = format!(
        "update app.bed_hold set state = 'discharged', admitted_on = current_date, ended_on = current_date,
             destination = 'parents', moved_by = '{}' where id = '{hold}'",
        id("institution.rabat")
    );
    assert_eq!(
        tries(&db, "institution.rabat", &jump).await,
        Err("23514".to_owned())
    );
    // in another's name
    let other = format!(
        "update app.bed_hold set state = 'cancelled', moved_by = '{}' where id = '{hold}'",
        id("worker2.rabat")
    );
    assert_eq!(tries(&db, "worker1.rabat", &other).await, refused());
    let mut connection = db.connect("postgres").await;
    let full = sqlx::raw_sql(sqlx::AssertSqlSafe(format!(
        "update app.bed_group set capacity = 4 where id = '{group}'"
    )))
    .execute(&mut connection)
    .await;
    assert!(sanad::error::violates(
        &full.unwrap_err(),
        "bed_group_places"
    ));
}

/// The columns are granted, for a supervisor writes them; an institution counts its places and no more.
#[tokio::test]
async fn an_institution_does_not_say_for_whom_its_places_are_nor_that_they_close() {
    let db = world().await;
    let group = id("group rabat.mine");
    let update = |what: &str, by: &str| {
        format!(
            "update app.bed_group set {what}, confirmed_by = '{}' where id = '{group}'",
            id(by)
        )
    };
    let (manager, supervisor) = ("institution.rabat", "supervisor.rabat");
    for what in [
        "audience = case audience when 'girls' then 'boys' else 'girls' end",
        "age_min = age_min + 1",
        "age_max = age_max - 1",
        "closed_on = current_date",
    ] {
        let hers = tries(&db, manager, &update(what, manager)).await;
        assert_eq!(hers, refused(), "{what}");
        let citys = tries(&db, supervisor, &update(what, supervisor)).await;
        assert_eq!(citys, Ok(1), "{what}");
    }
    // closed since before, and it does not open itself again
    let opens = update("closed_on = null", manager);
    assert_eq!(tries(&db, manager, &opens).await, refused());
    // what it counts is its own
    let counts = update("capacity = capacity + 1", manager);
    assert_eq!(tries(&db, manager, &counts).await, Ok(1));
}

#[tokio::test]
async fn a_city_enters_its_own_institutions_and_places_in_its_own_name() {
    let db = world().await;
    let group = |house: &str, place: i16, by: &str, held: i16| {
        format!(
            "insert into app.bed_group (id, institution_id, territory_id, audience, age_min, age_max, capacity, held, reason,
                                        confirmed_at, confirmed_by)
             values (gen_random_uuid(), '{}', {place}, 'boys', 6, 12, 5, {held}, 'count', now(), '{}')",
            id(&format!("institution {house}")),
            id(by)
        )
    };
    let me = "supervisor.rabat";
    assert_eq!(tries(&db, me, &group("rabat.mine", 1, me, 0)).await, Ok(1));
    for (who, sql) in [
        // a count that no hold made, another's name, another city
        (me, group("rabat.mine", 1, me, 1)),
        (me, group("rabat.mine", 1, "worker1.rabat", 0)),
        (me, group("sale.mine", 2, me, 0)),
        ("worker1.rabat", group("rabat.mine", 1, "worker1.rabat", 0)),
        (
            "institution.rabat",
            group("rabat.mine", 1, "institution.rabat", 0),
        ),
    ] {
        assert_eq!(tries(&db, who, &sql).await, refused(), "{who}: {sql}");
    }
    let house = "insert into app.institution (id, organisation_code, territory_id, kind)
                 values (gen_random_uuid(), 'cape_rabat', 1, 'eps_boarding')";
    assert_eq!(tries(&db, "worker1.rabat", house).await, refused());
    assert_eq!(tries(&db, me, house).await, Ok(1));
    // a house of this city is no body of another, nor of the country: its people would manage it, its name would change
    for of in ["cape_sale", "ministry_solidarity"] {
        let borrowed = house.replace("cape_rabat", of);
        assert_eq!(tries(&db, me, &borrowed).await, refused(), "{of}");
    }
    // a name is of one's own city, and no list is written past the functions
    for sql in [
        "select app.add_house('house_elsewhere', 'eps', 2::smallint, 'دار', 'Dar')".to_owned(),
        "select app.add_house('house_nowhere', 'eps', null, 'دار', 'Dar')".to_owned(),
        format!(
            "select app.rename_house('{}', 'دار', 'Dar')",
            id("institution sale.mine")
        ),
        "insert into ref.organisation (code, type, territory_id) values ('house_direct', 'eps', 1)"
            .to_owned(),
        "update ref.organisation_name set name = 'Dar'".to_owned(),
    ] {
        assert_eq!(tries(&db, me, &sql).await, refused(), "{sql}");
    }
    let mine = "select app.add_house('house_mine', 'eps', 1::smallint, 'دار', 'Dar')";
    assert_eq!(tries(&db, "worker1.rabat", mine).await, refused());
    assert!(tries(&db, me, mine).await.is_ok());
}

#[tokio::test]
async fn who_told_a_move_is_not_what_a_form_says() {
    let db = world().await;
    let (hold, worker) = (id("hold rabat.mine"), id("worker1.rabat"));
    let admits = format!(
        "update app.bed_hold set state = 'admitted', state_since = now(), admitted_on = current_date, moved_by = '{worker}'
         where id = '{hold}'"
    );
    // its house has an account
    assert_eq!(
        tries(&db, "worker1.rabat", &admits).await,
        Err("23514".to_owned())
    );
    let invented = format!(
        "insert into app.bed_move (hold_id, case_id, territory_id, to_state, by_user, by_cell, at)
         values ('{hold}', '{}', 1, 'admitted', '{worker}', false, now())",
        id("case rabat.mine")
    );
    assert_eq!(tries(&db, "worker1.rabat", &invented).await, refused());
    // a post at the house that this session is not under makes no word of the house
    db.run(&format!(
        "insert into sec.role_assignment (id, user_id, role, territory_id, organisation_code, valid)
         select gen_random_uuid(), '{worker}', r.role, r.territory_id, r.organisation_code, r.valid
         from sec.role_assignment r where r.user_id = '{}'",
        id("institution.rabat")
    ))
    .await;
    assert_eq!(
        tries(&db, "worker1.rabat", &admits).await,
        Err("23514".to_owned())
    );
    // the post of its manager has ended: the cell tells it, and the row says so
    db.run(&format!(
        "update sec.role_assignment set valid = daterange(lower(valid), current_date)
         where user_id = '{}' or (user_id = '{worker}' and role = 'institution_manager')",
        id("institution.rabat")
    ))
    .await;
    assert_eq!(tries(&db, "worker1.rabat", &admits).await, Ok(1));
    let told = format!(
        "select by_cell from app.bed_move where hold_id = '{hold}' and to_state = 'admitted'"
    );
    assert_eq!(reads(&db, "worker1.rabat", &told).await, ["true"]);
}
