today-title = À faire
today-late = En retard
today-today = Aujourd'hui
today-week = Dans les sept jours
today-later = Plus tard
today-empty = Rien à faire pour l'instant
today-empty-hint = Tout ce qui était dû est fait. Les dossiers et les interventions restent à portée de main.
today-contact = Intervention de terrain à trier
today-contact-flagged = Intervention à trier, avec signe de danger
today-from-meeting = d'une réunion
today-snoozed = { $n ->
    [0] rien de reporté
    [one] { $n } chose reportée
   *[other] { $n } choses reportées
}
task-snooze = Reporter
task-hand-over = Confier
task-snooze-until = Au
task-snooze-why = Pourquoi
task-snooze-save = Reporter
task-snooze-range = Un jour après aujourd'hui, dans les trente jours.
task-snoozed-until = reporté au { $day }
task-done-meanwhile = C'est fait entre-temps.
team-title = Équipe
team-hint = Ce que porte chaque collègue. Plafond proposé : { $n } dossiers ouverts par personne.
team-heavy = Plafond atteint
team-files = { $n ->
    [0] aucun dossier ouvert
    [one] { $n } dossier ouvert
   *[other] { $n } dossiers ouverts
}
team-high = { $n ->
    [0] aucun à risque élevé
    [one] { $n } à risque élevé
   *[other] { $n } à risque élevé
}
team-late = { $n ->
    [0] rien en retard
    [one] { $n } échéance dépassée
   *[other] { $n } échéances dépassées
}
team-soon = { $n ->
    [0] rien dans les sept jours
    [one] { $n } échéance dans les sept jours
   *[other] { $n } échéances dans les sept jours
}
team-oldest = Le plus ancien retard : { $when }
team-gone = Ne travaille plus dans cette cellule
team-to-give = Dossiers à confier
team-away = En congé jusqu'au { $day } ; remplacement : { $name }
team-away-from = En congé du { $from } au { $day } ; remplacement : { $name }
team-away-uncovered = En congé jusqu'au { $day } ; pas encore de remplacement
team-away-from-uncovered = En congé du { $from } au { $day } ; pas encore de remplacement
team-name = Désigner le remplacement
team-back = Fin de l'absence
team-leave = Noter une absence
team-leave-save = Noter
team-colleague = Qui prend les dossiers pendant l'absence
team-until = Jusqu'au
away-range = Aujourd'hui ou plus tard, dans les six mois.
away-another = Personne ne se remplace soi-même.
away-over = Cette absence est déjà terminée.
away-past = Pas avant aujourd'hui.
away-order = Pas avant le premier jour.
away-overlaps = Une autre absence est notée pour ces jours.
away-colleague-away = Cette personne est absente une partie de ces jours.
away-named = Quelqu'un a été désigné entre-temps, ou l'absence est terminée.
leave-title = Mon absence
leave-hint = Pendant votre absence, la personne qui vous remplace lit vos dossiers et voit ce qui y est attendu. Les dossiers protégés restent aux personnes qui y sont nommées.
leave-new = Noter une absence
leave-since = Premier jour
leave-until = Dernier jour
leave-colleague-hint = Sans choix de votre part, une personne de la supervision désigne.
leave-end = Je suis de retour
leave-call-off = Annuler cette absence
field-absent = Personne absente
field-colleague = Personne qui remplace
nav-today = À faire
nav-team = Équipe
task-title = Tâche
task-hands = Entre les mains de
task-do = Ouvrir
task-done-on = Faite : { $at }
task-handed-to-me = Confiée à moi par un collègue
task-from-colleague = Reçue d'un collègue
task-of-supervisors = Les responsables de la cellule
task-with = { $name }
today-elsewhere = { $n ->
    [0] rien n'est confié à un collègue
    [one] { $n } tâche confiée à un collègue
   *[other] { $n } tâches confiées à des collègues
}
handover-title = Confier à un collègue
handover-see = Voir ou rendre
handover-hint = Le collègue lira le dossier tant que cette tâche est la sienne. Le dossier reste le vôtre.
handover-colleague = À qui
handover-why = Pourquoi
handover-save = Confier la tâche
handover-nobody = Aucun autre collègue n'est habilité sur ce dossier.
handover-return = Rendre la tâche
handover-return-hint = Elle revient à { $name }, référent du dossier.
handover-history = Qui l'a eue
handover-to = Confiée à { $name }
handover-back = Rendue au référent du dossier
handover-already = Cette tâche est déjà entre ces mains.
handover-not-them = Cette personne ne peut pas recevoir cette tâche.
person-title = À faire : { $name }
person-gone = Cette personne ne travaille plus ici : personne d'autre que vous ne voit ce que ses dossiers attendent. Ouvrez chaque dossier et confiez-le à un(e) collègue.
person-hint = Ouvrez une tâche pour la confier à quelqu'un d'autre.
person-nothing = Rien à faire pour l'instant
