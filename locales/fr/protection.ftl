protection-title = Dossiers protégés
protection-hint = Consultations d'urgence à examiner, et demandes de levée de protection.
protection-of-file = Protection du dossier
protection-file = Dossier
protection-rules = Règles du dossier protégé
protection-rules-text = Un dossier protégé n'apparaît qu'aux personnes nommément habilitées. Chaque ouverture est signalée au responsable, et la protection ne se lève qu'à deux.
protection-why = Motif de la protection
protection-reason = Pourquoi protéger ce dossier ?
protection-text = Précision (20 caractères au moins)
protection-keeper = Responsable de la protection
protection-mark-hint = Une fois protégé, le dossier n'apparaît plus que par son numéro, aux seules personnes habilitées. Le nom de l'enfant est chiffré ; ses interventions et sa famille disparaissent pour les autres.
protection-mark-button = Protéger le dossier
protection-not-yours = Ce dossier n'est pas protégé. Le responsable ou la personne référente peut le protéger.
protection-already = Ce dossier est déjà protégé.
protection-none = Ce dossier n'est pas protégé.
grants-title = Personnes habilitées
grants-hint = Elles seules voient ce dossier. Le responsable habilité est informé de chaque ouverture.
grants-who = Nom
grants-why = Motif de l'habilitation
grants-until = Jusqu'au
grants-by-work = de par sa charge du dossier
grant-give = Nouvelle habilitation
grant-until = Dernier jour de l'habilitation
grant-give-button = Habiliter
grant-end = Mettre fin
grant-end-of = Mettre fin à l'habilitation : { $name }
grant-until-range = Choisissez un jour entre aujourd'hui et dans un an.
unprotect-title = Levée de la protection
unprotect-hint = Un responsable la demande, une autre personne l'approuve, puis elle s'exécute.
unprotect-why = Motif de la demande
unprotect-by = Demandée par
unprotect-list = Demandes de levée
unprotect-none = Aucune demande en attente.
unprotect-agree = Approuver la levée de la protection
unprotect-refuse = Refuser : le dossier reste protégé
unprotect-own = C'est votre demande : une autre personne y répond.
unprotect-answer = Réponse
unprotect-answer-hint = Après accord, le responsable habilité exécute la levée : le nom revient et le dossier réapparaît dans sa préfecture.
unprotect-answer-button = Enregistrer la réponse
unprotect-agreed = Approuvée
unprotect-refused = Refusée
unprotect-waits = En attente d'une autre personne
unprotect-finish = Exécuter la levée
unprotect-ask = Demander la levée
unprotect-already-asked = Une demande de levée attend déjà sa réponse.
unprotect-not-agreed = La protection ne peut être levée avant l'accord d'une autre personne.
unprotect-answered-meanwhile = Cette demande a reçu une réponse entre-temps.
emergency-list = Consultations d'urgence
emergency-none = Aucune consultation d'urgence.
emergency-waiting = { $n ->
    [0] rien à examiner
    [one] { $n } à examiner
   *[other] { $n } à examiner
}
emergency-stage = Étape
emergency-title = Consultation d'urgence
emergency-hint = Pour un dossier protégé sans habilitation, en cas de nécessité : 60 minutes, lecture seule. La personne référente, le responsable et le délégué à la protection des données en sont informés ; une autre personne l'examine ensuite.
emergency-number = Numéro du dossier
emergency-reason = Motif de l'urgence
emergency-text = Qu'est-ce qui exige de lire maintenant ? (20 caractères au moins)
emergency-button = Ouvrir le dossier pour 60 minutes
emergency-no-file = Aucun dossier protégé de ce numéro ne peut s'ouvrir ici.
emergency-open = Ouverte maintenant
emergency-to-review = À examiner
emergency-justified = Justifiée
emergency-unjustified = Non justifiée
emergency-review-title = Examen d'une consultation d'urgence
emergency-verdict = La consultation était-elle justifiée ?
emergency-review-text = Conclusion de l'examen (20 caractères au moins)
emergency-review-button = Clore l'examen
emergency-facts = Faits
emergency-from = De
emergency-to = À
emergency-readings = Nombre de lectures
emergency-read-title = Ce qui a été lu
emergency-read-hint = Chaque page ouverte pendant ce temps, du dossier et de ce qui s'y rattache : famille, interventions, prestations, dossier judiciaire, documents.
emergency-read-none = Aucune page n'a été lue.
emergency-read-file = Page ou historique du dossier
emergency-own = C'est votre consultation : une autre personne l'examine.
emergency-still-open = L'heure court encore : l'examen vient après.
emergency-reviewed-meanwhile = Cette consultation a été examinée entre-temps.
emergency-banner = Consultation d'urgence, lecture seule :
emergency-minutes = { $n ->
    [0] terminée
    [one] Encore { $n } minute
   *[other] Encore { $n } minutes
}
emergency-end = Terminer maintenant
