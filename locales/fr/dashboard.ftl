dashboard-over = Comité central de pilotage
dashboard-title = Où en est la protection des enfants ?
dashboard-until = jusqu'au { $date }
dashboard-all-cities = Toutes les villes du plan
dashboard-dates = Dates
dashboard-as-of = Chiffres jusqu'au (jour/mois/année)
dashboard-city = Ville
dashboard-show = Afficher
dashboard-grid = Aucun chiffre n'est communiqué au { $asked }. Les chiffres sont communiqués pour les fins de mois et pour les dates des chiffres publiés, afin que la comparaison de deux jours voisins ne révèle aucun enfant. Affiché : { $shown }.

dashboard-kpi-children = Enfants protégés
dashboard-kpi-girls = Filles
dashboard-kpi-boys = Garçons
dashboard-kpi-handled = Cas traités
dashboard-part-published = { $n } publiés, villes pilotes ensemble
unit-child = { $n ->
    [one] enfant
   *[other] enfants
}
unit-girl = { $n ->
    [one] enfant
   *[other] enfants
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
dashboard-published-note = Ces totaux appartiennent à leurs villes ensemble : aucune source ne les répartit, Sanad non plus. Les enfants et les cas sont deux unités différentes.
dashboard-published-before = Rien n'était publié à cette date. Premier chiffre publié : { $date }.
dashboard-published-none = Rien n'était publié pour ces villes à cette date.
dashboard-source = Source : { $source }
dashboard-series-title = Cas traités pendant la phase pilote
dashboard-series-note = Cumul des trois villes pilotes ensemble, en cas ; pour les deux premiers points, la source ne donne que le mois.
dashboard-series-point = { $value } ({ $date })
dashboard-series-about = Cumul des cas traités : { $points }
dashboard-date = Date
source-founding-page = page fondatrice du plan, ministère
source-press-2021-02-15 = presse du 15 février 2021 sur l'extension
source-press-2021-02-02 = presse du 2 février 2021, allocution de la ministre devant le comité central de pilotage

dashboard-unit-child = Unité : enfant protégé
dashboard-map-title = Enfants protégés sur la carte
dashboard-map-about = Carte des préfectures et provinces ; enfants protégés : { $cities }
dashboard-map-note = Unité : enfant protégé. Plus le nombre est grand, plus la préfecture ou province est foncée et le cercle large ; ce qui n'est pas communiqué n'a pas de cercle.
dashboard-sex-title = Filles et garçons, ville par ville
dashboard-sex-point = { $city } : filles { $girls }, garçons { $boys }
dashboard-sex-about = Enfants protégés par sexe. { $cities }
dashboard-month = Mois
dashboard-numbers = Afficher en tableau
dashboard-girls = Filles
dashboard-boys = Garçons
dashboard-cities-title = Ville par ville
dashboard-cities-note = Unités : enfants protégés en enfants ; dossiers en dossiers ; interventions, prestations, transmissions et décisions en actes.

unit-contact-month = { $n ->
    [one] intervention
   *[other] interventions
}
dashboard-all-regions = Toutes les régions
dashboard-region = Région
dashboard-phase = Phase
dashboard-all-phases = Toutes les phases
dashboard-before-plan = Le plan a commencé le 4 décembre 2019 : aucun chiffre avant cette date.
dashboard-none-there = Aucune ville du plan ne répond à ces choix réunis.
dashboard-kpi-contacts = Interventions de terrain du mois
dashboard-part-told = dans Sanad : { $n }
dashboard-share-of-children = { $n } % des enfants
dashboard-kept = Cible atteinte
dashboard-missed = Cible non atteinte
dashboard-needs = Appelle une décision
dashboard-needs-none = Selon les règles, rien n'attend de décision du comité aujourd'hui.
dashboard-needs-note = Cette liste est calculée par des règles fixes : mois non communiqué à temps, ville suspendue, candidate qui remplit tous les critères, étapes d'ouverture achevées, sièges vacants, taux à dix points ou plus de sa cible.
dashboard-need-late = Chiffres non communiqués à temps : { $month }
dashboard-need-late-why = Ils étaient attendus le cinq du mois suivant. L'administration technique vérifie les tâches périodiques.
dashboard-need-suspended = { $city } : ville suspendue
dashboard-need-suspended-why = Elle reprend par décision du comité.
dashboard-need-suspended-since = Suspendue depuis le { $date } ; elle reprend par décision du comité.
dashboard-need-ready = { $city } : candidate qui remplit tous les critères
dashboard-need-ready-why = Critères remplis : { $n }. Rien n'est encore décidé.
dashboard-need-opened = { $city } : étapes d'ouverture achevées
dashboard-need-opened-why = Toutes les étapes requises sont faites, et la ville n'est pas encore dans le plan.
dashboard-need-no-team = { $city } : aucune équipe saisie
dashboard-need-no-team-why = Aucun siège d'équipe n'est saisi pour cette ville.
dashboard-need-seats = { $city } : sièges vacants dans l'équipe
dashboard-need-seats-why = Sièges vacants : { $n } sur { $of }.
dashboard-need-far-why = Taux communiqué : { $n } %, cible : { $target } %.
dashboard-need-city = Page de la ville
dashboard-need-figures = Chiffres de la ville
dashboard-told-title = Communiqué par Sanad
dashboard-told-note = Les chiffres d'un mois sont comptés une fois, le cinq du mois suivant, et ne changent plus : ce que l'on apprend ensuite figure comme correction. De 1 à 4 on écrit « moins de 5 », et l'on tait ce qui permettrait de le calculer. Le sexe, la tranche d'âge et le groupe de nationalités sont des tableaux à part ; leurs croisements ne sont pas communiqués. Rien n'est plus fin qu'une préfecture ou province, et aucun nom n'arrive sur cette page. Un chiffre suivi de ° a été publié un mois précédent : ce qui a changé depuis est trop faible pour être communiqué.
dashboard-first-month = Aucun mois n'a encore été communiqué. Le premier sera le mois en cours, le { $date }.
dashboard-none-told = Sanad n'avait communiqué aucun mois à cette date.
dashboard-complete = Chiffres communiqués : { $n } sur { $of }
dashboard-path-title = Parcours de protection
dashboard-path-note = Depuis le début, jusqu'au dernier jour du mois. Chaque ligne a son unité : dossiers, enfants, dossiers, décisions, dossiers.
dashboard-path-opened = Dossiers ouverts
dashboard-path-protected = Enfants avec une première mesure de protection
dashboard-path-sent = Dossiers transmis au parquet
dashboard-path-decided = Décisions du parquet sur les enfants
dashboard-path-closed = Dossiers clos
dashboard-path-share = pour cent dossiers : { $n }
dashboard-small-title = Ville par ville, mois par mois
dashboard-small-note = Enfants protégés depuis le début, tels que chaque mois les a publiés. Une seule échelle pour toutes ; quand l'évolution n'est pas communiquée, le dernier chiffre publié demeure.
dashboard-small-about = { $city } : enfants protégés, { $from } – { $until } ; dernier chiffre : { $value }
dashboard-rates-title = Indicateurs et cibles
dashboard-rates-note = Chaque taux est calculé à partir de deux chiffres communiqués. Le tableau donne la définition et la période de chacun.
dashboard-rates-about = Taux des indicateurs : { $rates }
dashboard-rates-all = Taux d'ensemble
dashboard-rates-span = Du taux le plus bas au plus haut, par ville
dashboard-rates-goal = Cible
dashboard-indicators = Indicateurs communiqués
dashboard-indicator = Indicateur
dashboard-value = Valeur
dashboard-numerator = Numérateur
dashboard-denominator = Dénominateur
dashboard-unit = Unité
dashboard-target = Cible ou repère
dashboard-untold = Indicateurs non communiqués ici, et pourquoi
dashboard-untold-yet = Les chiffres de ce mois n'en disent rien.
dashboard-untold-median = C'est une durée et non un nombre : sa médiane n'est communiquée que pour le pays et les régions, si elle porte sur assez de personnes ou de dossiers.
dashboard-untold-city = Lu dans la ville seulement, dans ses chiffres du jour : au niveau national, il désignerait quelques personnes, ou il figure déjà dans le registre du plan.
dashboard-corrections = Corrections communiquées avec ce mois
dashboard-corrections-none = Cette communication ne corrige aucun mois antérieur.
dashboard-corrections-told = Ce que ce mois corrige des mois antérieurs
dashboard-corrections-later = Ce que des mois ultérieurs ont dit de ce mois
dashboard-later-note = Les chiffres affichés sont ceux communiqués à l'époque. Des mois ultérieurs en ont corrigé certains :
dashboard-figure = Chiffre
dashboard-where = Lieu
dashboard-of-day = Jusqu'au
dashboard-was = Avant
dashboard-becomes = Après
dashboard-told-by = Communiqué avec
dashboard-country = Maroc
dashboard-a-region = Une autre région
dashboard-stamp = Communication n° { $number }, règles de calcul, version { $method }, calculée le { $when }.
dashboard-period = Période
dashboard-period-since = depuis le début du plan, jusqu'au { $date }
dashboard-period-on = situation au { $date }
dashboard-period-month = en { $month }
dashboard-days = { $n ->
    [one] { $n } jour
   *[other] { $n } jours
}
dashboard-median = { $name } : médiane { $days }, calculée sur { $over } au moins, jusqu'au { $date }
