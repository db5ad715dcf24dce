duplicates-title = Recherche d'un dossier antérieur
duplicates-hint = L'enfant a-t-il déjà un dossier dans cette préfecture ? Les dossiers proches sont comparés et chacun reçoit un avis.
duplicates-checked = Recherche faite
duplicates-this = L'enfant de ce dossier
duplicates-sex = Sexe
duplicates-none = Aucun dossier proche dans la préfecture, ni par le nom ni par la mère.
duplicates-limits = Cette recherche ne couvre ni les autres villes, ni les dossiers protégés.
duplicates-save = Enregistrer l'avis sur ces dossiers
duplicates-save-none = Noter que l'enfant n'a pas d'autre dossier
duplicate-same = Même enfant
duplicate-not-same = Autre enfant
duplicate-unsure = Incertain
duplicate-sign-mother = Même mère
duplicate-sign-name = Même nom complet
duplicate-sign-near = Prénom proche
duplicate-sign-place = Même lieu de repérage
duplicate-one-same = Un même enfant n'a pas deux autres dossiers : choisissez-en un.
duplicate-said-same = L'enfant est déclaré le même que celui du dossier { $number }. Un(e) responsable doit annuler l'un des deux dossiers avant de poursuivre.
lack-sharing-basis = Noter la base du partage d'informations
lack-duplicate-check = Rechercher un dossier antérieur de l'enfant
lack-child-view = Noter la parole de l'enfant sur la clôture, ou pourquoi il n'a pas été entendu
lack-final-report = Rédiger le rapport final
field-match = Avis sur le dossier proche
case-is-closed = Le dossier est clos.
duplicate-sign-near-name = Nom complet proche
duplicate-sign-given = Même prénom
duplicate-sign-family = Même nom de famille
duplicate-sign-mother-name = Mère au nom semblable
duplicate-sign-day = Même date de naissance
duplicate-sign-age = Âges compatibles
duplicate-sign-near-age = Âges voisins
duplicate-sign-sibling = Frère ou sœur en commun
duplicate-sign-body = Signe distinctif commun
duplicate-sign-other-given = Autre prénom
duplicate-sign-other-mother = Mère d'un autre nom
duplicate-strong = Probablement le même enfant
duplicate-possible = À vérifier
duplicate-weak = Peu de points communs
duplicate-said = avis de { $name }, { $when }
duplicates-typed = { $n ->
    [0] Aucun dossier semblable
    [one] { $n } dossier pourrait concerner le même enfant
   *[other] { $n } dossiers pourraient concerner le même enfant
}
duplicates-typed-hint = Pour information : vous pouvez continuer, la décision se prend au tri.
nav-duplicates = Dossiers semblables
duplicates-queue-title = Dossiers qui pourraient concerner un même enfant
duplicates-queue-hint = Chaque nuit, les dossiers modifiés sont comparés. Votre avis sur chaque paire est signé ; il peut être repris depuis la page du dossier.
duplicates-queue-none = Aucune paire n'attend votre avis.
duplicates-waiting = { $n ->
    [0] Aucune paire en attente
    [one] { $n } paire en attente
   *[other] { $n } paires en attente
}
duplicates-found = trouvée le { $when }
duplicates-file = Dossier
duplicates-names = Noms
duplicates-mother = Mère
duplicates-places = Lieux de repérage
duplicates-answered = Un(e) collègue a déjà donné un autre avis sur cette paire. Voyez la page de recherche du dossier.
duplicates-apart = Ces deux dossiers ne se ressemblent plus : le sexe ou l'âge de l'un a changé.
signs-title = Signes distinctifs
signs-page-title = Signes distinctifs, dossier { $number }
signs-hint = Ce que chacun voit d'un enfant habillé, et qui reste. On ne demande jamais à un enfant de se découvrir.
signs-keep = Gérer les signes
sign-add = Ajouter un signe
sign-add-hint = Un signe qui aide à reconnaître l'enfant s'il est rencontré de nouveau.
sign-kind = Signe
sign-part = Endroit
sign-note = Précision
sign-strike = Rayer ce signe
sign-strike-why = Pourquoi il est rayé
sign-strike-do = Rayer
sign-recorded-by = noté par { $name }, { $when }
sign-struck-by = rayé par { $name }, { $when }
field-sign = Signe
field-part = Endroit
