contacts-title = Interventions de terrain
contacts-waiting = { $n ->
    [0] Aucune intervention n'attend d'être triée
    [one] { $n } intervention attend d'être triée
   *[other] { $n } interventions attendent d'être triées
}
contacts-all = Toutes
contacts-to-triage = À trier
contacts-empty = Aucune intervention ici
contacts-empty-hint = Chaque intervention enregistrée apparaît ici avec son numéro de reçu, puis avec la décision du responsable.
contacts-col-where = Lieu
contacts-col-state = Situation
contacts-col-seen = Qui a été vu
contacts-col-when = Quand
contact-triaged = Triée
contact-triage-late = Tri en retard
contact-submitted = À trier
contact-children = { $n ->
    [0] aucun enfant
    [one] { $n } enfant
   *[other] { $n } enfants
}
contact-new-title = Nouvelle intervention de terrain
contact-new-hint = Six questions obligatoires sur une page, le reste est facultatif. Aucun nom n'est nécessaire.
contact-q-where = Où ?
contact-other-place = Un autre lieu
contact-other-place-hint = Choisir l'arrondissement et le type de lieu ci-dessous
contact-place = Arrondissement ou commune
contact-place-kind = Type de lieu
contact-landmark = Point de repère
contact-q-when = Quand ?
contact-now = Maintenant
contact-earlier = Plus tôt
contact-earlier-hint = Saisie tardive, avec date et heure
contact-date = Date
contact-time = Heure
contact-q-children = Quels enfants ?
contact-q-children-hint = Un enfant au moins, un bloc par enfant.
contact-child-n = Enfant { $n }
contact-add-child = Ajouter un enfant
contact-remove-child = Retirer
contact-sex = Sexe
contact-age = Âge estimé
contact-age-years = Âge en années, s'il est connu
contact-child-name = Nom ou surnom
contact-flags = Signes de danger visibles
contact-q-adult = Qui était avec eux ?
contact-adult-none = Personne
contact-adult-other = Autre
contact-adult-which = Si autre : le lien
contact-adult-name = Nom de l'accompagnateur
contact-adult-phone = Téléphone
contact-phone-reveal = Afficher le numéro
contact-q-circumstance = Dans quelle circonstance ?
contact-circumstance = Circonstance
contact-q-action = Qu'a-t-on fait sur place ?
contact-q-action-hint = Cocher tout ce qui convient.
contact-note = Remarque
contact-privacy = Pas de photo, pas de localisation. La remarque n'est lue que par l'équipe de la préfecture ou de la province.
contact-save = Enregistrer l'intervention
contact-changed-after-save = Cette intervention a déjà été enregistrée avec d'autres réponses. Elles n'ont pas changé ; pour en dire plus, merci d'enregistrer une autre intervention.
saving = Enregistrement…
help = Aide
emergency-numbers = Numéros d'urgence
emergency-ambulance = Secours
emergency-police = Police
emergency-gendarmerie = Gendarmerie royale
emergency-onde = Observatoire national des droits de l'enfant
before-talking = Avant de parler à la famille
before-talking-text = Se présenter et dire sa mission, l'obligation de signaler un danger et ce que verra le ministère public. L'avis de l'enfant compte, et se taire est un droit.
error-phone = Numéro de téléphone incompris. Exemple : 06 12 34 56 78

contact-title = Intervention { $receipt }
contact-receipt = Reçu
contact-saved-at = Arrivée au serveur
contact-do-now = À faire maintenant
contact-what-next = La suite
contact-step-saved = Intervention enregistrée
contact-step-triage = Tri par le responsable
contact-step-triaged = Triée
contact-step-file = Dossier ouvert ou rattaché
contact-step-file-hint = Selon la décision du responsable, enfant par enfant
contact-due = avant { $at }
contact-facts = Les faits
contact-author = Enregistrée par

triage-title = Trier l'intervention
triage-hint = Une décision par enfant. Ouvrir un dossier le confie à un(e) assistant(e) social(e), avec un niveau de risque.
triage-lead = Confier le dossier à
triage-risk = Niveau de risque
triage-number = Numéro du dossier existant, pour le rattacher
triage-similar = Dossiers existants qui pourraient concerner le même enfant :
triage-save = Enregistrer le tri
triage-already = Cette intervention est déjà triée.
triage-number-unknown = Aucun dossier de ce numéro dans cette préfecture ou province.
