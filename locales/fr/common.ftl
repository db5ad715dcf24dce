app-name = Sanad
app-mission = Protéger les enfants de l'exploitation dans la mendicité
demo-label = Avertissement : données de démonstration
demo-notice = Version de démonstration : toutes les personnes et tous les dossiers sont fictifs
skip-to-content = Aller au contenu
language-switch = Langue des pages
nav-main = Menu principal
nav-more = Plus
nav-shut = Fermer le menu
nav-quick = Navigation rapide
nav-cases = Cas
nav-contacts = Interventions
nav-contact-new = Nouvelle intervention
nav-mothers = Mères
nav-prosecution = Ministère public
nav-dashboard = Tableau de bord
nav-plan = Le plan
nav-meetings = Réunions
nav-audit = Journal
nav-audit-root = Empreinte du jour
nav-jobs = Tâches de fond
sign-out = Se déconnecter
breadcrumb = Fil d'Ariane
optional = (facultatif)
choose = Choisir dans la liste
action-save = Enregistrer
action-cancel = Annuler
action-next = Afficher la suite
action-filter = Filtrer
action-back = Retour
unknown = inconnu
not-asked = pas encore demandé
unreadable = illisible
scope-country = échelle nationale

ago-now = à l'instant
ago-yesterday = hier
ago-minutes = { $n ->
    [one] il y a { $n } minute
   *[other] il y a { $n } minutes
}
ago-hours = { $n ->
    [one] il y a { $n } heure
   *[other] il y a { $n } heures
}
ago-days = { $n ->
    [one] hier
   *[other] il y a { $n } jours
}

role-social-worker = Assistant(e) social(e)
role-supervisor = Responsable de cellule
role-focal-point = Point focal
role-institution-manager = Directeur(trice) d'établissement
role-prosecutor = Substitut du procureur du Roi
role-court-registrar = Greffier(ère) du parquet
role-chief-prosecutor = Procureur du Roi
role-steering = Comité central de pilotage
role-admin = Administrateur du système
role-dpo = Délégué à la protection des données

form-refused = { $n ->
    [one] { $n } réponse est à corriger
   *[other] { $n } réponses sont à corriger
}
error-prefix = Erreur :
error-required = Cette réponse est nécessaire.
error-repeated = Cette réponse est arrivée deux fois. Merci d'en choisir une seule.
error-choice = Ce choix n'est pas dans la liste.
error-characters = Le texte contient des caractères qui ne peuvent pas être enregistrés. Ils ont été retirés de l'affichage ; merci de vérifier puis d'envoyer à nouveau.
error-too-long = Texte trop long : { $len } caractères, { $max } au plus.
error-date = Date incomprise. Exemple : 24/11/2026
error-date-none = Ce jour n'existe pas dans le calendrier.
error-date-future = Cette date est dans le futur.
error-date-early = Cette date est antérieure au possible.
error-time = Heure incomprise. Exemple : 16:40
error-number = Merci d'écrire un nombre entier.
error-age = Cet âge est hors des limites possibles.

error-400-title = Demande incomprise
error-400-text = La demande n'est pas arrivée entière. Merci de revenir à la page précédente et de réessayer.
error-403-title = Cette page n'entre pas dans vos attributions
error-403-text = Le rôle sous lequel vous travaillez ne permet pas cette action.
error-404-title = Page introuvable
error-404-text = Le lien est inexact, ou ce dossier est hors de votre périmètre.
error-405-title = Action impossible ici
error-405-text = Cette page n'accepte pas cette action.
error-409-title = La situation a changé entre-temps
error-409-text = Une autre personne a enregistré une modification avant vous. Merci de rouvrir la page.
error-413-title = Envoi trop volumineux
error-413-text = Rien n'a été enregistré. Merci de raccourcir le texte puis d'envoyer à nouveau.
error-500-title = Une erreur de notre part
error-500-text = Rien n'a été enregistré. Merci de réessayer ; si cela se répète, signalez le numéro ci-dessous.
error-503-title = Service indisponible pour l'instant
error-503-text = Rien de ce qui était enregistré n'est perdu. Merci de réessayer dans un instant.
error-origin = Le navigateur n'a pas dit d'où vient cet envoi ; il a été refusé pour votre protection. Merci d'utiliser un navigateur récent et d'ouvrir la page directement.
error-home = Revenir au début
error-reference = Numéro de la demande, à signaler :
nav-protection = Dossiers protégés
error-reason-short = Trop court : { $min } caractères au moins, pour qu'une autre personne puisse en juger.
nav-admin = Utilisateurs
nav-review = Revue des accès
count-over = plus de { $words }
