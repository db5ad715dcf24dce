judicial-desk-court = Dossiers du parquet
judicial-desk-cell = Dossiers transmis au ministère public
judicial-today = Ce qui attend aujourd'hui
judicial-new = Nouveau
judicial-arrived = Arrivé
judicial-sections = Sections du dossier
judicial-urgent = Urgent
judicial-decided = Décidé
judicial-to-confirm = à confirmer par un juriste

judicial-state-draft = À transmettre
judicial-state-withdrawn = Remplacé par une version plus récente
judicial-state-transmitted = Accusé de réception attendu
judicial-state-received = Reçu par le parquet
judicial-state-returned = Retourné pour complément
judicial-state-under-study = À l'étude
judicial-state-closed = Clos

judicial-filter = Filtrer les dossiers
judicial-filter-all = Tous
judicial-filter-draft = À transmettre
judicial-filter-transmitted = Réception attendue
judicial-filter-received = Au parquet
judicial-filter-child = Mesure pour l'enfant
judicial-filter-adult = Décision sur un adulte
judicial-filter-decided = Décidés

judicial-col-file = Dossier
judicial-col-state = État
judicial-col-waiting = Attendu du parquet
judicial-order = Ce qui presse d'abord, puis le plus récent
judicial-no-names = Aucun nom dans les listes. L'ouverture d'un dossier est inscrite au journal des consultations.
judicial-empty = Aucun dossier ici
judicial-empty-court = Aucun dossier de ce type n'est arrivé à ce parquet.
judicial-empty-cell = Aucun dossier transmis ou à transmettre de ce type. La transmission se prépare depuis le dossier de l'enfant.

judicial-children = { $n ->
    [0] aucun enfant
    [one] { $n } enfant
   *[other] { $n } enfants
}
judicial-adults = { $n ->
    [0] aucun adulte
    [one] { $n } adulte
   *[other] { $n } adultes
}
judicial-children-h = { $n ->
    [one] L'enfant
   *[other] Les enfants
}
judicial-adults-h = { $n ->
    [one] L'adulte
   *[other] Les adultes
}
judicial-children-waiting = { $n ->
    [one] Mesure pour { $n } enfant
   *[other] Mesure pour { $n } enfants
}
judicial-children-done = Chaque enfant a sa mesure
judicial-next-transmit = Transmission par le responsable de cellule
decision-adults-waiting = { $n ->
    [one] Décision sur { $n } adulte
   *[other] Décision sur { $n } adultes
}
decision-adults-done = Chaque adulte a sa décision
judicial-todo-receive = { $n ->
    [0] Aucun accusé de réception à donner
    [one] { $n } dossier attend l'accusé de réception
   *[other] { $n } dossiers attendent l'accusé de réception
}
judicial-todo-receive-hint = dans les 24 heures de la transmission
judicial-todo-measure = { $n ->
    [0] Aucune mesure attendue
    [one] { $n } dossier attend une mesure pour l'enfant
   *[other] { $n } dossiers attendent une mesure pour l'enfant
}
judicial-todo-measure-hint = au parquet
judicial-pressing = { $n ->
    [0] rien d'urgent
    [one] dont { $n } urgent
   *[other] dont { $n } urgents
}
judicial-todo-transmit = { $n ->
    [0] Aucun dossier à transmettre
    [one] { $n } dossier à transmettre
   *[other] { $n } dossiers à transmettre
}
judicial-todo-transmit-hint = transmission par le responsable de cellule

judicial-extract = Dossier transmis
judicial-extract-draft = Dossier tel qu'il sera transmis
judicial-seal-matches = Empreinte conforme
judicial-seal-broken = Empreinte non conforme
judicial-frozen = Figé le { $when }.
judicial-composed-by = Préparé par { $name }.
judicial-transmitted-by = Transmis par { $name }.
judicial-frozen-rule = Toute correction ouvre un nouveau dossier.
judicial-print = Empreinte du dossier
judicial-shape = format { $version }
judicial-referral = Transmission
judicial-from = De
judicial-to = Juridiction
judicial-basis = Fondement juridique
judicial-ages-on = Âges au
judicial-facts = Les faits
judicial-place = Lieu
judicial-when = Moment
judicial-circumstance = Circonstances
judicial-no-contact = Aucune intervention de terrain à l'origine de ce dossier
judicial-child-n = Enfant { $n }
judicial-adult-n = Adulte { $n }
judicial-case-number = dossier de l'enfant
judicial-no-adult = Aucun adulte dans ce dossier
judicial-to-child = Enfant { $n } :
judicial-tie-verified = lien prouvé
judicial-tie-claimed = lien déclaré, non prouvé
judicial-summary = Situation et proposition de la cellule
judicial-not-in = Ce que ce dossier ne contient pas
judicial-not-in-text = Le contenu des soins médicaux et psychologiques, l'adresse d'hébergement et ce qui a été confié à la cellule dans l'accompagnement.

judicial-custody = Parcours du dossier
judicial-step-composed = Préparation
judicial-step-transmitted = Transmission au ministère public
judicial-step-received = Accusé de réception
judicial-not-yet = pas encore
judicial-transmit = Transmettre au ministère public
judicial-transmit-hint = Le dossier arrive tel quel à : { $court }. Il ne peut plus être retiré ensuite.
judicial-transmitting = Envoi…
judicial-waits-for-supervisor = La transmission revient au responsable de cellule.
judicial-recompose = Préparer une nouvelle version
judicial-receive = Accuser réception
judicial-to-case = Dossier de l'enfant
judicial-court-changed = Changement
judicial-court-proposed-was = Juridiction proposée : { $court }

judicial-measures = Mesures pour les enfants
judicial-measures-hint = Chaque enfant a ses mesures. Une mesure peut s'ajouter à une autre ; une erreur se rectifie par une décision.
judicial-recorded = Enregistrée
judicial-waiting = En attente
judicial-measure = Mesure
judicial-measure-of = Mesure pour l'enfant { $n }
judicial-measure-record = Enregistrer la mesure
judicial-instructions = Instructions à la cellule
judicial-recording = Enregistrement…
judicial-adults-elsewhere = Les décisions sur les adultes ne figurent pas ici. La situation de la mère est sur sa page.

decision-adults = Décisions sur les adultes
decision-adults-hint = Chaque adulte à part. La décision ne change pas la mesure de l'enfant et ne paraît pas sur sa page.
decision-none = Pas encore de décision
decision-pending = En attente
decision-prosecuted = Poursuite
decision-not-prosecuted = Absence de poursuite
decision-pending-means = N'ouvre ni ne ferme les quatre services. L'aide urgente à la mère et les services de l'enfant restent possibles.
decision-prosecuted-means = Si c'est la mère : ses quatre services sont suspendus. Ceux de l'enfant ne changent pas.
decision-not-prosecuted-means = Si c'est la mère : ses quatre services s'ouvrent de plein droit.
decision-kind = Décision
decision-offence = Qualification
decision-offence-words = Art. { $article } du code pénal : { $title }
decision-reason = Motif
decision-day = Date de la décision
decision-act = Numéro de l'acte
decision-act-number = Acte nº
decision-text = Motivation lue par la juridiction seule
decision-record = Enregistrer la décision
decision-change = Nouvelle décision
decision-kept = Chaque décision est datée, nominative et ne s'efface pas. Une décision ultérieure s'ajoute aux précédentes ; une erreur se corrige par une rectification.
decision-history = { $n ->
    [one] { $n } décision antérieure
   *[other] { $n } décisions antérieures
}
decision-act-invalid = Numéro d'acte : chiffres, lettres latines, / . et - seulement. Exemple : 118/2026
decision-act-taken = Ce numéro figure déjà cette année dans un autre dossier de cette juridiction.
decision-before-transmission = Cette date précède la transmission du dossier.
decision-moved = Une autre décision a été enregistrée entre-temps : elle figure sur cette page. La saisie est gardée : merci d'en prendre connaissance, puis d'enregistrer si elle reste juste.
decision-sent-otherwise = Cette décision a déjà été enregistrée avec un autre contenu : elle figure sur cette page. S'il s'agit d'une autre décision, merci de l'enregistrer à nouveau.

judicial-moved = L'état de ce dossier a changé entre-temps. Merci de le rouvrir.
judicial-case-closed = Le dossier de l'enfant est clôturé. Il doit être rouvert avant de préparer une transmission.
judicial-composed-otherwise = Cette transmission a déjà été préparée avec un autre contenu. Merci de rouvrir le dossier de l'enfant.
judicial-court-note-needed = Merci de préciser le motif.

judicial-compose = Préparer une transmission au ministère public
judicial-compose-hint = Le dossier est figé tel que préparé ici : le parquet verra, mot pour mot, ce que montre la page suivante.
judicial-compose-next = La version figée s'affiche ensuite, avant sa transmission
judicial-freeze = Figer le dossier
judicial-q-court = À quelle juridiction ?
judicial-q-court-hint = Juridiction proposée d'après le lieu de l'intervention : { $court }. Compétence territoriale à confirmer.
judicial-q-court-none = Aucune juridiction proposée pour cette préfecture. Merci de la choisir.
judicial-q-court-other = Une autre juridiction que celle proposée
judicial-q-court-reason = Motif du changement
judicial-q-court-note = Précision
judicial-q-children = Quels enfants ?
judicial-q-children-hint = L'enfant de ce dossier y figure toujours. S'y ajoutent ceux de la famille qui ont un dossier ouvert et que les mêmes faits concernent.
judicial-q-children-none = Aucun autre enfant de la famille n'a de dossier ouvert.
judicial-q-adults = Quels adultes ?
judicial-q-adults-hint = Une décision à part pour chacun. Le lien est donné tel quel : prouvé ou déclaré.
judicial-q-adults-none = Aucun adulte n'est lié à cet enfant dans le dossier.
judicial-summary-label = Texte
judicial-summary-hint = Les faits constatés, la situation de la famille, ce que la cellule propose dans l'intérêt de l'enfant. Ni données médicales ni adresse.
judicial-q-urgent = L'enfant attend-il une mesure aujourd'hui ?
judicial-q-urgent-hint = Le dossier passe en tête de ceux du parquet.
judicial-then = Ensuite
judicial-then-text = Le responsable de cellule lit la version figée, puis la transmet. Figer une nouvelle version remplace celle qui n'est pas encore transmise.
judicial-basis-child-victim = Enfant victime (code de procédure pénale)
judicial-basis-difficult-situation = Enfant en situation difficile (code de procédure pénale)
judicial-basis-begging-offence = Mendicité avec un enfant, emploi ou remise d'un enfant (code pénal, art. 326 à 330)
judicial-basis-trafficking = Traite des êtres humains : exploitation d'un enfant dans la mendicité (loi 27-14, art. 448-1)
judicial-basis-abandoned-child = Enfant abandonné (loi 15-01)

judicial-panel = Ministère public
judicial-panel-none = Ce dossier n'a pas été transmis au ministère public.

notice-title = Avis urgent
notice-title-many = Avis urgents
notice-unseen = { $n ->
    [0] Aucun avis urgent en attente
    [one] { $n } avis urgent en attente
   *[other] { $n } avis urgents en attente
}
notice-unseen-hint = avis de la cellule au parquet
notice-waiting = Pas encore lu
notice-acknowledged = Lu par le parquet
notice-registered = Reçu par le secrétariat du parquet
notice-led-to = Transmis depuis : dossier
notice-before = Suite à l'avis urgent du
notice-sent-on = Renvoyé
notice-send-on = Renvoyer à une autre juridiction
notice-send-on-hint = L'avis part vers la juridiction choisie, dont le magistrat de permanence est informé aussitôt ; cette juridiction ne le lit plus.
notice-frozen-h = L'avis tel qu'envoyé
notice-frozen = Envoyé le { $when }.
notice-frozen-rule = Il ne se retire ni ne se modifie.
notice-child = L'enfant
notice-no-flag = Aucun signe d'alerte enregistré
notice-callback = Rappeler la cellule
notice-callback-cell = Cellule d'assistance sociale
notice-receipt = Lecture
notice-not-seen = La réception et la lecture sont inscrites au nom de qui les confirme ; la cellule le voit aussitôt. L'avis attend tant qu'aucun magistrat du parquet ne l'a lu.
notice-acknowledge = Confirmer la lecture
notice-register = Confirmer la réception au secrétariat
notice-no-name = L'avis ne contient aucun nom.
notice-send = Envoyer l'avis maintenant
notice-send-hint = Arrive aussitôt au parquet compétent : sexe et âge de l'enfant, lieu, moment, signes d'alerte, numéro du dossier. Aucun nom. Il ne peut pas être retiré.
notice-sent-otherwise = Cet avis correspond à un autre envoi. Merci de rouvrir le dossier de l'enfant.
notice-no-court = Aucune juridiction connue pour cette préfecture. Merci de téléphoner au parquet.
judicial-notes = Notes du parquet
judicial-notes-court = Pour le parquet seul
judicial-note-text = Nouvelle note
judicial-note-save = Enregistrer la note
