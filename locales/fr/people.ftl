name-unknown = Nom inconnu
name-unknown-mark = ?
age-unknown = âge inconnu
age-approx = { $age } environ
age-months = { $n ->
    [0] moins d'un mois
   *[other] { $n } mois
}
age-months-range = { $min } à { $n } mois
age-years = { $n ->
    [0] moins d'un an
    [one] { $n } an
   *[other] { $n } ans
}
age-years-range = { $n ->
    [one] { $n } an ou moins
   *[other] { $min } à { $n } ans
}
