jobs-title = Tâches de fond
jobs-hint = Ce que le système fait seul : sceller le journal, surveiller les consultations, entretenir la base.
jobs-queue = En attente ou en échec
jobs-none = Rien en attente, rien en échec.
jobs-col-kind = Tâche
jobs-col-state = État
jobs-col-next = Échéance
jobs-col-act = Geste
jobs-col-last = Dernière demande
jobs-retry = Relancer
jobs-nothing-to-do = rien à faire
jobs-clock = Tâches périodiques
jobs-never = Les tâches de fond n'ont encore jamais tourné sur ce serveur : le journal n'est pas scellé.
jobs-not-yet = pas encore venue
job-state-waiting = en attente
job-state-running = en cours
job-state-again = sera retentée
job-state-failed = arrêtée après échec
job-kind-seal-audit = Sceller le journal
job-kind-watch-reading = Surveiller les consultations
job-kind-keep-house = Entretien : partitions et sessions terminées
job-kind-key-names = Clés des noms pour la recherche
job-kind-sweep-documents = Balayer les restes de documents
job-kind-sweep-duplicates = Chercher les dossiers d'un même enfant
jobs-failed = { $n ->
    [one] { $n } tâche arrêtée
   *[other] { $n } tâches arrêtées
}
jobs-attempts = { $n ->
    [one] { $n } essai
   *[other] { $n } essais
}
job-kind-lapse-beds = Hébergement : fin des réservations échues
job-kind-send-digests = Courriels quotidiens
job-kind-send-code = Code d'une adresse de courriel
job-kind-escalate-silence = Parquet : signaler ce qui reste sans réponse dans le délai
job-kind-set-paper = Parquet : composer les documents longs
job-kind-release-figures = Chiffres : publication du mois écoulé
job-kind-make-pack = Comité : préparation des dossiers chiffrés
job-kind-refresh-rollups = Chiffres : recomptage des mois modifiés
job-kind-reconcile-rollups = Chiffres : comparaison des comptes conservés avec tous les faits
jobs-figures = Comptes conservés
jobs-figures-equal = Au cours des 30 derniers jours, chaque compte conservé correspondait aux faits.
jobs-figures-differed = { $n ->
    [one] Au cours des 30 derniers jours, { $n } compte conservé ne correspondait pas aux faits. Il a été rectifié ; le journal indique le mois. Cherchez-en la cause.
   *[other] Au cours des 30 derniers jours, { $n } comptes conservés ne correspondaient pas aux faits. Ils ont été rectifiés ; le journal indique les mois. Cherchez-en la cause.
}
jobs-figures-last = Dernière comparaison :
