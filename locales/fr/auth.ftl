login-title = Connexion
login-claim = À chaque enfant un appui, à chaque pas une trace.
login-point-street = Une intervention de terrain notée en deux minutes, sans qu'il faille un nom
login-point-justice = Un dossier qui arrive complet au parquet compétent
login-point-mothers = Des services ouverts à la mère, et ceux de l'enfant qui ne s'arrêtent jamais
login-username = Nom d'utilisateur
login-password = Mot de passe
login-enter = Entrer
login-refused = Nom d'utilisateur ou mot de passe inexact.
login-wait = { $n ->
    [one] Plusieurs essais de suite. Merci d'attendre { $n } seconde.
   *[other] Plusieurs essais de suite. Merci d'attendre { $n } secondes.
}
login-no-assignment = Aucune affectation en cours pour ce compte. Merci de contacter l'administrateur du système.
login-notice = Toute consultation d'un dossier est enregistrée au nom de son auteur.
assignment-title = Choix de l'affectation
assignment-hint = Une session agit sous une seule affectation.
assignment-enter = Travailler sous cette affectation
login-lost-document = Votre session a pris fin pendant l'envoi du document : rien n'en a été enregistré. Merci de vous reconnecter puis de le renvoyer.
