name-unknown = Name unknown
name-unknown-mark = ?
age-unknown = age unknown
age-approx = about { $age }
age-months = { $n ->
    [0] under a month
    [one] { $n } month
   *[other] { $n } months
}
age-months-range = { $min } to { $n } months
age-years = { $n ->
    [0] under a year
    [one] { $n } year
   *[other] { $n } years
}
age-years-range = { $n ->
    [one] { $n } year or less
   *[other] { $min } to { $n } years
}
