notices-title = Notifications
notices-hint = Ce que d'autres ont fait et qui vous concerne : dossiers protégés, réponses attendues, tâches confiées.
notices-mark-seen = Tout marquer comme lu
notices-none = Aucune notification
notices-new = nouveau
notices-times = { $n ->
    [0] jamais
    [one] { $n } fois
   *[other] { $n } fois
}
notices-bell = { $n ->
    [0] Notifications
    [one] { $n } notification nouvelle
   *[other] { $n } notifications nouvelles
}
notice-file-protected = Dossier mis sous protection
notice-protected-opened = Dossier protégé ouvert
notice-grant-given = Vous êtes habilité(e) sur un dossier protégé
notice-glass-broken = Consultation d'urgence d'un dossier protégé
notice-glass-reviewed = Votre consultation d'urgence a été examinée
notice-lift-asked = Levée de protection demandée
notice-lift-answered = Réponse à la demande de levée
notice-protection-lifted = Protection levée
notice-ran-away = Un enfant est parti de l'institution sans autorisation
notice-child-unwell = Après la clôture : l'enfant n'est pas en sécurité, ou est de nouveau exploité dans la mendicité
notice-task-handed = Une tâche vous est confiée
notice-task-back = Une tâche vous revient
notice-task-taken = Une tâche ne vous est plus confiée
notice-plan-approved = Un plan d'intervention est approuvé
notice-plan-returned = Un plan d'intervention est à revoir
notice-determination-approved = La détermination de l'intérêt supérieur est approuvée
notice-determination-returned = La détermination de l'intérêt supérieur est à revoir
notice-closing-granted = La clôture est confirmée
notice-closing-refused = La clôture est refusée
notice-transfer-asked = Un dossier est proposé à votre ville
notice-transfer-withdrawn = Une demande de transfert est retirée
notice-transfer-accepted = Le transfert est accepté
notice-transfer-refused = Le transfert est refusé
notice-file-given = Un dossier vous est confié
notice-colleague-away = Une absence est notée dans votre équipe
notice-colleague-back = Une absence est terminée
notice-stands-in = Vous remplacez un ou une collègue
notice-judicial-annex = Une annexe est arrivée au tribunal
notices-hint-court = Ce qui vous concerne dans les dossiers et les avis urgents de votre tribunal.
notices-clock = rappel de Sanad, un délai étant dépassé
notice-judicial-arrived = Un dossier est arrivé à votre tribunal
notice-judicial-completed = Un dossier retourné revient complété
notice-judicial-handed = Un dossier vous est remis
notice-judicial-late = Un dossier est resté sans réponse dans le délai
notice-judicial-received = Le parquet a reçu le dossier
notice-judicial-taken-back = Le parquet a repris le dossier avant son complément, pour statuer
notice-urgent-notice-unread = Avis urgent que le parquet n'a pas encore lu : le joindre par téléphone
notice-judicial-returned = Le parquet a retourné le dossier pour complément
notice-judicial-rerouted = Le dossier est passé à un autre tribunal
notice-urgent-notice-rerouted = L'avis urgent est passé à un autre tribunal
notice-judicial-closed = Le parquet a clos le dossier
notice-judicial-completion-late = Le complément d'un dossier retourné par le parquet est en retard
notice-child-measure = Le parquet a pris une mesure pour l'enfant
notice-mother-effect = Le parquet a pris une décision concernant la mère : sa situation figure sur sa page
notice-court-hearing = Une audience concerne l'enfant
notice-juvenile-measure = Le juge des mineurs a pris une mesure pour l'enfant
notice-mother-outcome = Un jugement concernant une mère : ses prestations peuvent être réexaminées
notice-urgent-notice-arrived = Un avis urgent est arrivé
notice-urgent-notice-late = Un avis urgent n'a pas été lu dans le délai
notice-judicial-question = Le parquet pose une question à la cellule
notice-judicial-answered = La cellule a répondu à une question
notice-judicial-question-late = Une question du parquet est sans réponse dans le délai
notice-identity-asked = Une autre ville demande si vous connaissez un enfant
notice-identity-withdrawn = Une question sur un enfant a été retirée
notice-identity-accepted = L'autre ville connaît l'enfant : c'est le même
notice-identity-refused = L'autre ville répond : un autre enfant
notice-identity-unsure = L'autre ville ne peut pas dire si c'est le même enfant
notice-identity-ended = L'accord sur un enfant a pris fin
notice-identity-joined = Un dossier a été réuni avec un autre du même enfant
notice-identity-parted = Deux dossiers réunis ont été séparés
notice-mother-joined = Deux fiches d'une même mère ont été réunies : sa page montre tous ses enfants
notice-mother-parted = Deux fiches réunies d'une mère ont été séparées
