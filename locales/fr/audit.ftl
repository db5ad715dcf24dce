audit-title = Journal des actes et des consultations
audit-hint = Qui a fait quoi, qui a vu quoi, et quand. Des numéros et des codes, jamais le nom d'un enfant. Chaque lecture de ce journal y est inscrite aussi.
audit-pages = Pages du journal
audit-log = Journal
audit-file = Qui a vu un dossier
audit-refusals = Refus
audit-reading = Consultations inhabituelles
audit-register = Registre des traitements
audit-col-what = Acte
audit-col-who = Auteur
audit-col-object = Objet
audit-col-when = Date
audit-no-object = sans objet
audit-nobody = Sans compte
audit-from = Du
audit-to = Au
audit-number = Numéro de dossier ou de récépissé
audit-range = La fin de la période précède son début.
audit-none = Rien sur cette période
audit-none-hint = Élargissez la période ou retirez un filtre.
audit-file-hint = Numéro d'un dossier, d'un récépissé ou d'un dossier judiciaire. La réponse comprend la page de l'enfant, les dossiers judiciaires et les signalements qui s'y rattachent.
audit-search = Chercher
audit-file-none = Aucune consultation sous ce numéro
audit-file-none-hint = Le numéro est inconnu, ou le dossier n'a pas encore été ouvert.
audit-col-times = Nombre de fois
audit-col-last = Dernière fois
audit-each = Chaque consultation
audit-col-hour = Heure
audit-col-files = Dossiers différents
audit-over = au-delà du seuil
audit-alerts = Alertes des trente derniers jours
audit-alerts-none = Aucune alerte.
audit-busy = Heures les plus chargées depuis hier
audit-busy-none = Aucun dossier ouvert depuis hier.
audit-register-hint = Tout ce qui est enregistré, table par table : classe, finalité, durée de conservation. La classe affichée est la plus sensible de la table.
audit-register-count = { $tables } tables et { $columns } colonnes classées
audit-tables = Tables
audit-col-table = Table
audit-col-purpose = Finalité
audit-col-retention = Conservation
audit-root-title = Empreinte quotidienne du journal
audit-root-hint = Une seule empreinte engage tout le journal jusqu'à la fin du jour. Imprimée et remise au comité, elle révèle à la vérification toute ligne changée depuis. Elle ne contient aucune donnée personnelle.
audit-root-day = Jour
audit-root-show = Afficher
audit-root-old = Rien n'a été scellé ce jour-là : l'empreinte en vigueur date du { $date }.
audit-root-size = Lignes scellées
audit-root-at = Scellé le
audit-root-hash = Empreinte
audit-root-note = Texte signé
audit-root-code = Le même texte, à lire au téléphone
audit-root-verify = Pour vérifier le journal avec ce texte :
audit-root-signature = Nom, signature et date de remise :
audit-root-none = Pas encore d'empreinte
audit-root-none-hint = Les lignes sont scellées chaque minute quand les tâches de fond tournent.
audit-openings = { $n ->
    [one] { $n } consultation
   *[other] { $n } consultations
}
audit-refused-times = { $n ->
    [one] { $n } refus
   *[other] { $n } refus
}
audit-readers = { $n ->
    [one] Vu par { $n } personne
   *[other] Vu par { $n } personnes
}
audit-columns = { $n ->
    [one] { $n } colonne
   *[other] { $n } colonnes
}
audit-reading-hint = { $n ->
    [one] Au-delà de { $n } ouverture par heure, une alerte est inscrite dans le journal lui-même.
   *[other] Au-delà de { $n } ouvertures par heure, une alerte est inscrite dans le journal lui-même.
}

act-session-opened = Connexion
act-session-refused = Mot de passe refusé
act-access-refused = Accès refusé
act-user-created = Compte créé
act-contact-logged = Contact de rue enregistré
act-contact-triaged = Contact de rue trié
act-contact-opened = Contact de rue consulté
act-case-added = Dossier créé
act-case-moved = Dossier passé à une autre étape
act-visits-opened = Visites de suivi consultées
act-visit-planned = Visite prévue
act-visit-made = Visite notée
act-visit-missed = Visite non effectuée
act-case-given = Dossier confié
act-case-opened = Dossier consulté
act-case-opened-with-reason = Dossier d'un collègue ouvert avec motif
act-person-added = Personne enregistrée
act-child-opened = Page de l'enfant consultée
act-child-edited = Page de l'enfant modifiée
act-relationship-added = Lien de parenté déclaré
act-relationship-verified = Lien de parenté prouvé
act-relationship-refuted = Lien de parenté écarté
act-mother-opened = Page de la mère consultée
act-support-opened = Quatre services ouverts à une mère
act-service-recorded = Service enregistré
act-service-delivered = Service rendu
act-judicial-file-composed = Transmission au parquet préparée
act-judicial-file-withdrawn = Projet de transmission retiré
act-judicial-file-transmitted = Transmission envoyée au parquet
act-judicial-file-received = Transmission reçue au tribunal
act-judicial-file-opened = Dossier judiciaire consulté
act-urgent-notice-sent = Signalement urgent envoyé
act-urgent-notice-opened = Signalement urgent consulté
act-urgent-notice-acknowledged = Signalement urgent accusé
act-child-decision-recorded = Décision sur un enfant enregistrée
act-adult-decision-recorded = Décision sur un adulte enregistrée
act-reading-unusual = Consultation inhabituelle
act-vault-unreadable = Texte chiffré illisible
act-keys-made = Clés de chiffrement créées
act-keys-rotation-begun = Rotation des clés commencée
act-keys-rotated = Clés de chiffrement remplacées
act-user-ended = Compte fermé
act-user-restored = Compte rouvert
act-user-recovered = Compte récupéré depuis le serveur
act-session-ended = Autres sessions fermées
act-password-changed = Mot de passe changé
act-password-confirmed = Mot de passe confirmé
act-password-refused = Mot de passe refusé à la confirmation
act-factor-enrolled = Second facteur activé
act-factor-passed = Second facteur vérifié
act-factor-backup-used = Code de secours utilisé
act-factor-refused = Code du second facteur refusé
act-factor-codes-renewed = Codes de secours renouvelés
act-factor-removed = Second facteur retiré
act-factor-lift-asked = Levée d'un facteur perdu demandée
act-factor-lifted = Facteur perdu levé
act-code-issued = Code à usage unique remis
act-code-used = Code à usage unique utilisé
act-code-refused = Code à usage unique refusé
act-post-given = Affectation donnée
act-post-ended = Affectation terminée
act-post-reviewed = Affectation revue
act-identifier-met = Identifiant déjà connu d'un autre dossier
act-document-added = Ajout d'un document
act-document-opened = Consultation d'un document
act-document-unreadable = Document illisible
act-documents-opened = Consultation de la liste des documents
act-court-note-written = Note du tribunal
act-clinical-note-written = Note médicale ou psychologique
act-clinical-note-revealed = Lecture d'une note médicale ou psychologique
act-safe-address-written = Adresse protégée enregistrée
act-safe-address-revealed = Lecture d'une adresse protégée
act-protection-marked = Mise sous protection d'un dossier
act-protection-opened = Consultation de la protection d'un dossier
act-protection-lifted = Levée de la protection d'un dossier
act-grant-given = Habilitation à un dossier protégé
act-grant-ended = Fin d'une habilitation
act-lift-asked = Demande de levée de protection
act-lift-opened = Consultation d'une demande de levée
act-lift-agreed = Accord sur la levée de protection
act-lift-refused = Refus de la levée de protection
act-emergency-begun = Ouverture d'urgence d'un dossier protégé
act-emergency-not-begun = Ouverture d'urgence non aboutie
act-emergency-read = Lecture pendant une ouverture d'urgence
act-emergency-ended = Fin d'une ouverture d'urgence
act-emergency-reviewed = Examen d'une ouverture d'urgence
act-audit-read = Journal consulté
act-job-retried = Tâche relancée

audit-kind-case = dossier
audit-kind-person = personne
audit-kind-contact = contact
audit-kind-judicial-file = dossier judiciaire
audit-kind-disclosure = signalement
audit-kind-service = service
audit-kind-user = compte
audit-kind-file = dossier
audit-kind-keys = clés
audit-kind-assignment = affectation
audit-kind-unknown = non précisé

class-open = publiable
class-internal = interne
class-personal = personnel
class-sensitive = sensible
class-secret = secret

purpose-contact = Noter ce qui a été vu dans la rue et décider de la suite
purpose-person = Savoir qui est l'enfant et sa famille, éviter les doublons
purpose-case = Conduire la protection de l'enfant et répartir le travail
purpose-service = Noter l'aide apportée
purpose-justice = Saisir le parquet et enregistrer ses décisions
purpose-access = Savoir qui entre et à quel titre
purpose-document = Garder les pièces qui établissent la situation de l'enfant
purpose-protection = Réserver le dossier d'un enfant menacé à des personnes nommées
purpose-care = Noter ce que lisent seulement ceux qui prennent soin de l'enfant
purpose-notice = Prévenir les personnes concernées par un dossier
purpose-keys = Les clés qui chiffrent les textes et les adresses
purpose-trail = Prouver qui a fait et qui a vu, révéler toute altération

retention-undecided = Durée à fixer : rien n'est supprimé tant que le responsable du traitement n'a pas décidé
retention-ended = Un jour après la fin de la session
retention-kept = Gardé, jamais modifié
