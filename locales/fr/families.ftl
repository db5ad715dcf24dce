# Families, what calls for checking, and where a child was met. An indicator is never a verdict on anybody.
family-title = Famille et entourage de l'enfant
family-hint = Les personnes liées à l'enfant et à ses frères et sœurs, et les enfants rencontrés avec lui. Aucune décision concernant un adulte n'est affichée ici.
family-graph = Schéma des liens
family-graph-about = { $n ->
    [one] { $n } personne
   *[other] { $n } personnes
}, les adultes en haut, les enfants en bas. Le tableau plus bas dit la même chose.
family-graph-lines = Trait plein : lien établi. Trait interrompu : lien déclaré, non encore établi. Les noms longs sont abrégés ; ils sont entiers dans le tableau.
family-people = Personnes
family-col-who = Personne
family-col-part = Place
family-col-ties = Liens et ce qui les établit
family-col-file = Dossier
family-col-files = Dossiers des enfants
family-col-sign = Indice
family-part-child = Enfant du dossier
family-part-sibling = Frère ou sœur
family-part-beside = Rencontré avec lui
family-part-offspring = Son enfant
family-part-adult = Adulte
family-no-ties = Aucun lien enregistré
family-no-file = Pas de dossier
family-signs = Indice à vérifier
family-signs-hint = Des données enregistrées qui appellent une vérification ; elles ne disent de personne qu'il a commis un acte. La raison peut être ordinaire : une tante qui garde ses neveux, une famille qui a changé de ville.
family-signs-choose = Si l'enquête le confirme, l'indice correspondant peut être choisi dans l'évaluation, et de là dans le dossier transmis au parquet : { $indicators }.
family-sign-pill = À vérifier
family-sign-mothers = { $n ->
    [one] Lié à des enfants d'une seule mère
   *[other] Lié à des enfants de { $n } mères différentes
}
family-sign-children = { $n ->
    [one] Lié à { $n } enfant dont le lien parental n'est pas établi
   *[other] Lié à { $n } enfants dont le lien parental n'est pas établi
}
family-sign-children-met = { $n ->
    [one] Lié à { $n } enfant dont le lien parental n'est pas établi
   *[other] Lié à { $n } enfants dont le lien parental n'est pas établi
}, rencontrés lors d'interventions différentes ({ $meetings })
family-sign-elsewhere = Enregistré aussi auprès d'un enfant dans une autre ville
family-sign-cities = Enregistré aussi auprès d'un enfant à { $cities }. Prendre contact avec la personne responsable de la cellule de cette ville.
family-alerts = Indices à vérifier
family-alerts-hint = Adultes liés à des enfants de mères différentes, à plusieurs enfants sans lien établi, ou enregistrés dans une autre ville. Ce sont des indices à vérifier et non des jugements ; rien n'est transmis de soi-même.
family-alerts-none = Rien à vérifier pour le moment.
seen-title = Où et quand l'enfant a été rencontré
seen-times = { $n ->
    [0] jamais
    [one] { $n } fois
   *[other] { $n } fois
}
seen-again = Retrouvé après une mesure de protection
seen-measure = Première mesure de protection : { $day }
seen-no-measure = Aucune mesure de protection n'est encore enregistrée : aucun délai ne court.
seen-within = { $n ->
    [one] Dans un délai d'un jour
   *[other] Dans les { $n } jours
}
seen-again-yes = Retrouvé le { $day }
seen-again-so-far = Retrouvé le { $day }, délai en cours
seen-again-no = Pas retrouvé
seen-again-open = Pas à ce jour ; le délai finit le { $day }
seen-again-hint = Selon l'indicateur I13 : une intervention triée, après le jour de la première mesure de protection et dans le délai. L'enfant ne compte dans le taux qu'une fois le délai écoulé en entier.
seen-list = Interventions
seen-none = Aucune intervention n'est rattachée à ce dossier.
seen-strip = Dates auxquelles l'enfant a été rencontré
seen-strip-about = { $n ->
    [one] { $n } date
   *[other] { $n } dates
} sur une ligne de temps, de gauche à droite. Le tableau plus bas nomme chaque jour.
seen-strip-marks = Point : intervention de terrain, plus gros après la première mesure de protection. Trait vertical : mesure de protection ou clôture du dossier.
seen-col-day = Date
seen-col-place = Lieu
seen-col-gap = Depuis la fois précédente
seen-col-after = Après quoi
seen-first = Première fois
seen-same-day = Le même jour
seen-gap = { $n ->
    [0] Le même jour
    [one] { $n } jour après
   *[other] { $n } jours après
}
seen-after-measure = Après une mesure de protection
seen-after-closing = Après la clôture du { $day }
seen-before-all = Avant toute mesure
seen-other-file = Dans un autre dossier du même enfant :
seen-away = Dans une autre ville : { $city }
seen-limits = Sont affichées les interventions de cette préfecture rattachées aux dossiers de l'enfant. Des autres villes, seulement le jour et la ville, une fois que les deux cellules sont convenues qu'il s'agit du même enfant.
