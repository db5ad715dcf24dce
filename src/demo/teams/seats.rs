//! The seats of a team, and who sits in them.

/// Whose a seat is: a code that ends in the city, one of the whole country, or a name that the list does not have.
#[derive(Debug)]
pub(super) enum Of {
    City(&'static str),
    Country(&'static str),
    Named(&'static str),
}

/// Who sits there, in a span of days around today.
#[derive(Debug)]
pub(super) enum Sits {
    /// The user of that post in the city.
    Account(&'static str),
    /// Somebody invented, from the first day on.
    Always,
    /// One until three months ago, another since.
    Followed,
    /// One until last month, and nobody since.
    Vacant,
    /// One whose end is known.
    Ends,
    /// One who begins in ten days.
    Comes,
    /// One, in a seat that the team has no more.
    Closed,
}

/// A seat as each city has it.
#[derive(Debug)]
pub(super) struct Seat {
    pub(super) sector: &'static str,
    pub(super) of: Of,
    pub(super) sits: Sits,
    pub(super) function: &'static str,
    pub(super) alternate: bool,
    /// In every city whose number can be divided by it.
    pub(super) every: usize,
}

const fn seat(
    sector: &'static str,
    of: Of,
    (sits, function): (Sits, &'static str),
    (alternate, every): (bool, usize),
) -> Seat {
    Seat {
        sector,
        of,
        sits,
        function,
        alternate,
        every,
    }
}

/// How many seats a team has is invented as its people are: no source tells it.
pub(super) const SEATS: &[Seat] = &[
    seat(
        "prosecution_tpi",
        Of::Named("النيابة العامة بالمحكمة الابتدائية"),
        (Sits::Account("prosecutor"), "نائب وكيل الملك"),
        (false, 1),
    ),
    seat(
        "entraide",
        Of::City("en_cell"),
        (Sits::Account("supervisor"), "مسؤول(ة) الخلية"),
        (true, 1),
    ),
    seat(
        "education",
        Of::City("education"),
        (Sits::Account("focal"), "Cadre à la direction provinciale"),
        (false, 1),
    ),
    seat(
        "health",
        Of::City("hospital_cell"),
        (Sits::Followed, "طبيب(ة) بخلية التكفل"),
        (true, 1),
    ),
    seat(
        "dgsn",
        Of::Country("dgsn"),
        (Sits::Ends, "ضابط(ة) شرطة"),
        (false, 1),
    ),
    seat(
        "youth",
        Of::Named("المديرية الإقليمية للشباب"),
        (Sits::Vacant, "إطار بالمديرية"),
        (false, 2),
    ),
    seat(
        "local_authority",
        Of::Named("السلطة المحلية"),
        (Sits::Always, "Cadre à la préfecture"),
        (false, 2),
    ),
    seat(
        "ngo",
        Of::Named("جمعية مختلقة للعرض"),
        (Sits::Comes, "منسق(ة)"),
        (false, 3),
    ),
    seat(
        "gendarmerie",
        Of::Country("gendarmerie_royale"),
        (Sits::Closed, "إطار"),
        (false, 7),
    ),
];
