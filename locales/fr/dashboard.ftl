dashboard-over = Comité central de pilotage
dashboard-title = Où en est la protection des enfants ?
dashboard-until = jusqu'au { $date }
dashboard-all-cities = Toutes les villes du plan
dashboard-dates = Dates
dashboard-today = Aujourd'hui
dashboard-as-of = Chiffres jusqu'au (jour/mois/année)
dashboard-city = Ville
dashboard-show = Afficher
dashboard-grid = Le { $asked } n'est pas une date des chiffres du comité. Ils existent pour les fins de mois et pour les dates des chiffres publiés, afin que la comparaison de deux jours voisins ne révèle aucun enfant. Affiché : { $shown }.

dashboard-kpi-children = Enfants protégés
dashboard-kpi-girls = Filles
dashboard-kpi-boys = Garçons
dashboard-kpi-handled = Cas traités
dashboard-part-published = { $n } publiés, villes pilotes ensemble
dashboard-part-live = { $n } dans Sanad, provisoire
unit-child = { $n ->
    [one] enfant
   *[other] enfants
}
unit-girl = { $n ->
    [one] enfant
   *[other] enfants
}
unit-case = { $n ->
    [one] cas
   *[other] cas
}
figure-children = { $n ->
    [one] { $n } enfant
   *[other] { $n } enfants
}
figure-girls = { $n ->
    [one] { $n } fille
   *[other] { $n } filles
}
figure-boys = { $n ->
    [one] { $n } garçon
   *[other] { $n } garçons
}
figure-cases = { $n ->
    [one] { $n } cas
   *[other] { $n } cas
}
figure-cases-handled = { $n ->
    [one] { $n } cas traité
   *[other] { $n } cas traités
}
figure-members = { $n ->
    [one] { $n } membre d'équipe
   *[other] { $n } membres d'équipe
}
list-comma = ,{" "}

dashboard-published-title = Publié avant Sanad
dashboard-published-pill = tel que publié
dashboard-published-figures = Chiffres publiés
published-until = publié pour { $cities } ensemble, jusqu'au { $date }
published-month = publié pour { $cities } ensemble, { $date }
dashboard-published-note = Ces totaux appartiennent à leurs villes ensemble : aucune source ne les répartit, Sanad non plus. Les enfants et les cas sont deux unités.
dashboard-published-before = Rien n'était publié à cette date. Le premier chiffre publié est de { $date }.
dashboard-published-none = Rien n'était publié pour cette ville à cette date.
dashboard-source = Source : { $source }
dashboard-series-title = Cas traités pendant la phase pilote
dashboard-series-note = Cumul des trois villes pilotes ensemble, en cas ; pour les deux premiers points, la source ne donne que le mois.
dashboard-series-point = { $value } ({ $date })
dashboard-series-about = Cumul des cas traités : { $points }
dashboard-date = Date
source-founding-page = page fondatrice du plan, ministère
source-press-2021-02-15 = presse du 15 février 2021 sur l'extension
source-press-2021-02-02 = presse du 2 février 2021, allocution de la ministre devant le comité central de pilotage

dashboard-live-title = Enregistré dans Sanad
dashboard-live-pill = provisoire, arrondi à 5 près
dashboard-live-note = Chaque chiffre est arrondi au multiple de 5 le plus proche, afin que nul ne puisse en déduire l'ajout d'un enfant ; les totaux additionnent les chiffres arrondis. Ils sont provisoires : les faits enregistrés plus tard les modifient. Aucun nom n'arrive sur cette page.
dashboard-counted-at = compté à { $time }
dashboard-live-none = Sanad n'a aucun chiffre à montrer au { $date }.
dashboard-unit-child = Unité : enfant protégé
dashboard-unit-case = Unité : cas
dashboard-unit-contact = Unité : intervention de terrain ; mois entiers, toutes les villes, chaque mois arrondi à part
dashboard-unit-service = Unité : service rendu à un enfant
dashboard-unit-service-mother = Unité : service rendu à une mère non poursuivie
dashboard-unit-justice = Unité : saisine sur la première ligne, puis décision en vigueur
dashboard-map-title = Enfants protégés sur la carte
dashboard-map-about = Carte des préfectures et provinces ; enfants protégés : { $cities }
dashboard-map-note = Unité : enfant protégé. La surface du cercle est proportionnelle au nombre ; les préfectures du plan sont colorées.
dashboard-sex-title = Filles et garçons, ville par ville
dashboard-sex-point = { $city } : { $girls } filles et { $boys } garçons
dashboard-sex-about = Enfants protégés par sexe. { $cities }
dashboard-months-title = Interventions de terrain, mois par mois
dashboard-months-about = Interventions par mois sur douze mois : { $points }
dashboard-month = Mois
dashboard-numbers = Afficher en tableau
dashboard-total = Total
dashboard-girls = Filles
dashboard-boys = Garçons
dashboard-unsexed = Sexe à déterminer
dashboard-children = Enfants
dashboard-contacts = Interventions
dashboard-open-cases = Cas ouverts
dashboard-mothers = Mères
dashboard-adults = Adultes
dashboard-services = Services
dashboard-decisions = Décisions du parquet
dashboard-referrals-short = Saisines
dashboard-cities-title = Ville par ville
dashboard-cities-note = Unités : enfants protégés en enfants ; cas ouverts en cas ; services, saisines et décisions en actes. Un chiffre inférieur à 3 s'affiche 0.
dashboard-milestones-title = Cas par étape
dashboard-services-child = Services aux enfants
dashboard-services-mother = Services aux mères
dashboard-justice-title = Devant le parquet
dashboard-referrals = Saisines transmises
dashboard-child-decisions = Décisions sur l'enfant
dashboard-adult-pending = Décisions sur les adultes : en attente
decision-adult-prosecuted = Décisions sur les adultes : poursuite
decision-adult-not-prosecuted = Décisions sur les adultes : pas de poursuite
