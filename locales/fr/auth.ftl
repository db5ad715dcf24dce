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
login-lost-document = Votre session a pris fin pendant l'envoi du document : rien n'en a été enregistré. Merci de vous reconnecter puis de le renvoyer.
login-password-set = Le nouveau mot de passe est en place. Vous pouvez vous connecter.
login-with-code = J'ai un code qui m'a été remis en main propre
login-lenient = La démonstration n'exige pas de second facteur ; le compte { $account } permet de l'essayer.
factor-title = Second facteur
factor-claim = Le mot de passe est exact. Encore une étape.
factor-hint = Écrire les six chiffres affichés par l'application d'authentification, ou un code de secours.
factor-code = Code
factor-enter = Confirmer
factor-wrong = Ce code est inexact ou a déjà servi. Merci d'attendre le suivant.
factor-lost = Téléphone et codes perdus ? Deux personnes habilitées retirent le second facteur, après vérification d'identité en personne.
factor-other = Se connecter avec un autre compte
enrol-title = Activer le second facteur
enrol-claim = Un mot de passe volé ne suffit plus.
enrol-why = Votre fonction permet de décider ou d'ouvrir des droits : un second facteur est nécessaire avant de commencer. Il faut un téléphone avec une application d'authentification, et deux minutes.
enrol-begin = Commencer
enrol-step-app = Ouvrir une application d'authentification sur le téléphone : toutes celles qui donnent des codes à six chiffres conviennent. Elle marche sans réseau.
enrol-step-scan = Scanner ce carré avec l'application.
enrol-open = L'ouvrir dans une application de cet appareil
enrol-by-hand = Ou écrire cette clé à la main :
enrol-step-code = Écrire les six chiffres affichés.
enrol-finish = Activer
codes-title = Codes de secours
codes-claim = Pour le jour où le téléphone manque.
codes-once = Ces codes ne sont montrés qu'une fois, et chacun ne sert qu'une fois. Merci de les imprimer ou de les recopier, et de les ranger sous clé, loin du téléphone.
codes-done = Les codes sont rangés, continuer
code-title = Entrer avec un code à usage unique
code-claim = Un mot de passe que personne d'autre ne connaît.
code-code = Code remis en main propre
code-set = Définir le mot de passe
code-refused = Ce code est inexact, a déjà servi ou a plus de 15 minutes.
password-new = Nouveau mot de passe
password-again = Nouveau mot de passe, une seconde fois
password-differs = Les deux saisies diffèrent.
password-long = Ce mot de passe est trop long.
password-common = Ce sont des mots que tout le monde essaie d'abord. Merci d'en choisir d'autres, sans lien entre eux.
password-guessable = Ce mot de passe se devine. Un ou deux mots de plus, sans lien, suffisent.
password-hint = { $n ->
    [one] { $n } caractère au moins.
   *[other] { $n } caractères au moins. Quatre mots sans lien se retiennent bien et se devinent mal.
}
password-short = Trop court : { $len } caractères sur { $min }.
