judicial-follow-up = Suite devant la juridiction
judicial-follow-up-hint = Audiences, mesures du juge des mineurs, jugements et recours. Rien ne s'efface : une correction est une nouvelle inscription qui remplace.
judicial-follow-up-cell = Seulement ce qui concerne l'enfant : ses audiences et ses mesures. Ce qui concerne tout le dossier ou un adulte reste à la juridiction.
judicial-follow-up-none = Rien n'est encore inscrit devant la juridiction.
judicial-event-new = Inscrire un nouvel événement
judicial-event-hearing = Audience
judicial-event-juvenile-measure = Mesure du juge des mineurs
judicial-event-judgment = Jugement
judicial-event-appeal = Appel
judicial-event-final = Décision définitive
judicial-event-file = Tout le dossier
judicial-event-kind = Nature
judicial-event-about = Concerne
judicial-event-about-hint = La cellule ne lit que ce qui concerne un enfant : une audience de tout le dossier ou d'un adulte reste à la juridiction. Si un enfant doit y venir, veuillez inscrire l'audience à son nom.
judicial-event-day = Jour
judicial-event-time = Heure (audience)
judicial-event-venue = Devant (audience)
judicial-event-outcome = Issue (audience, jugement ou appel)
judicial-event-measure = Mesure du juge des mineurs
judicial-event-act = Numéro de l'acte, s'il existe
judicial-event-text = Note réservée à la juridiction
judicial-event-replaces = Remplace, en cas de correction ou de report
judicial-event-record = Inscrire l'événement
judicial-event-superseded = Remplacé depuis
judicial-event-of-a-child = Une mesure du juge des mineurs concerne un enfant du dossier : veuillez le choisir.
judicial-event-of-an-adult = Un jugement concerne un adulte du dossier : veuillez le choisir.
judicial-event-of-another = Cette inscription concerne une autre personne. On ne remplace que ce qui concerne la même.
judicial-event-moved = Cette inscription a déjà été remplacée. Veuillez rouvrir le dossier.
judicial-outcome-of-another = Cette issue ne va pas avec la nature choisie.
judicial-hearing-too-far = Cette date est à plus de deux ans : veuillez vérifier l'année.
judicial-hearing-not-yet = Cette audience n'a pas encore eu lieu.
judicial-stage-juvenile-judge = Devant le juge des mineurs
judicial-stage-investigating-judge = Devant le juge d'instruction
judicial-stage-trial = En jugement
judicial-stage-judgment = Jugement rendu
judicial-stage-final = Décision définitive
judicial-calendar = Agenda des audiences
judicial-calendar-hint = Les audiences des dossiers de cette juridiction : jour, heure et numéro du dossier, sans aucun nom.
judicial-calendar-file = Fichier pour un agenda
judicial-calendar-earlier = Mois précédent
judicial-calendar-later = Mois suivant
judicial-calendar-none = Aucune audience inscrite ce mois-ci
judicial-feed = S'abonner depuis un téléphone
judicial-feed-hint = Une adresse à vous, où votre agenda lit les heures et les numéros des dossiers, sans aucun nom. Qui la possède les voit aussi : ne la donnez à personne. Elle cesse avec votre affectation.
judicial-feed-since = Une adresse existe depuis le { $date }.
judicial-feed-make = Créer une adresse
judicial-feed-again = Nouvelle adresse, à la place de l'ancienne
judicial-feed-end = Supprimer l'adresse
judicial-feed-made = Adresse de l'agenda
judicial-feed-once = Elle n'est montrée que maintenant. Copiez-la dans votre agenda ; si elle se perd, créez-en une autre.
judicial-statistics = Statistiques de la juridiction
judicial-statistics-hint = Chiffres des seuls dossiers de cette juridiction. Les durées courent à partir de l'arrivée du dossier.
judicial-statistics-own = Réservé au procureur du Roi ou au procureur général du Roi, pour sa seule juridiction.
judicial-period = Du { $from } au { $to }
judicial-period-usual = Périodes habituelles
judicial-period-month = Ce mois
judicial-period-quarter = Ce trimestre
judicial-period-year = Cette année
judicial-period-from = Du
judicial-period-to = Au
judicial-period-wrong = La fin de la période doit suivre son début, dans la limite de dix ans.
judicial-stat-figures = Dossiers et durées
judicial-stat-received = Dossiers arrivés
judicial-stat-children = Enfants de ces dossiers
judicial-stat-adults = Adultes de ces dossiers
judicial-stat-to-measure = Durée médiane jusqu'à la première mesure pour l'enfant
judicial-stat-to-decision = Durée médiane jusqu'à la première décision sur un adulte qui tranche
judicial-stat-sent-on = Dossiers renvoyés à une autre juridiction
judicial-stat-returned = Retours pour complément
judicial-stat-closed = Clôtures de dossiers
judicial-stat-notices = Avis urgents
judicial-stat-to-notice = Durée médiane jusqu'à la lecture d'un avis
judicial-stat-children-kinds = Mesures pour les enfants, par nature
decision-stat-adults-kinds = Décisions sur les adultes, par nature
judicial-stat-pending = Dossiers en attente aujourd'hui
judicial-stat-pending-hint = Nombre de dossiers, selon ce qui est attendu et l'ancienneté à la juridiction, à cette heure.
judicial-stat-none = Aucune décision sur cette période
judicial-col-figure = Chiffre
judicial-col-value = Valeur
judicial-col-unit = Unité
judicial-col-decision = Décision
judicial-col-all = Total
judicial-unit-files = dossiers
judicial-unit-children = enfants
judicial-unit-adults = adultes
judicial-unit-times = fois
judicial-unit-notices = avis
judicial-unit-decisions = décisions
judicial-waits-receipt = Accusé de réception
judicial-waits-completion = Complément par la cellule
judicial-waits-child-measure = Mesure pour l'enfant
judicial-waits-adult-decision = Décision sur un adulte
judicial-waits-adult-again = Décision après un acte qui n'a pas tranché
judicial-age-day = Moins d'un jour
judicial-age-three = De 1 à 3 jours
judicial-age-week = De 3 à 7 jours
judicial-age-month = De 7 à 30 jours
judicial-age-older = Plus de 30 jours
judicial-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
judicial-hours = { $n ->
    [one] { $n } heure
   *[other] { $n } heures
}
judicial-days = { $n ->
    [one] { $n } jour
   *[other] { $n } jours
}
judicial-median-children = { $n ->
    [one] médiane sur { $n } enfant
   *[other] médiane sur { $n } enfants
}
judicial-median-adults = { $n ->
    [one] médiane sur { $n } adulte
   *[other] médiane sur { $n } adultes
}
judicial-median-notices = { $n ->
    [one] médiane sur { $n } avis
   *[other] médiane sur { $n } avis
}
field-about = Concerne
field-held-on = Jour
field-held-time = Heure
field-venue = Devant
field-measure = Mesure
field-replaces = Remplace
