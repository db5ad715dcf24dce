digest-title = Courriel quotidien
digest-claim = Chaque matin, un courriel vous dit combien d'échéances sont dépassées et combien tombent aujourd'hui. Il ne contient aucun nom, aucun numéro de dossier, aucun lieu.
digest-off-here = Ce serveur n'envoie pas de courriel.
digest-off = Aucun courriel ne vous est envoyé.
digest-to = Envoyé à { $address }
digest-since = Adresse confirmée : { $date }.
digest-last = Dernier courriel : { $date }.
digest-keep = Régler
digest-address = Adresse de votre travail
digest-address-new = Une autre adresse
digest-address-wrong = Une seule adresse, comme prenom.nom@exemple.ma.
digest-address-hint = Pas votre adresse personnelle : ce que vous recevez dit que vous travaillez ici.
digest-ask = Envoyer un code
digest-code = Code reçu
digest-code-hint = Un code est parti vers { $address }. Il vaut une heure.
digest-code-wrong = Ce code n'est pas le bon, ou il ne vaut plus. Après cinq essais, demandez-en un autre.
digest-too-many = Cinq codes ont été envoyés aujourd'hui. Réessayez demain.
digest-confirm = Confirmer l'adresse
digest-end = Ne plus rien recevoir
digest-subject = Sanad : votre journée
digest-late = { $n ->
    [0] Rien n'est en retard.
    [one] { $n } échéance est dépassée.
   *[other] { $n } échéances sont dépassées.
}
digest-today = { $n ->
    [0] Rien n'est à faire aujourd'hui.
    [one] { $n } échéance tombe aujourd'hui.
   *[other] { $n } échéances tombent aujourd'hui.
}
digest-open = Ouvrir la liste
digest-foot = Vous avez demandé ce courriel dans Sanad, page « Mon compte », où vous pouvez l'arrêter.
digest-code-subject = Sanad : code de confirmation
digest-code-text = Saisissez ce code dans Sanad pour recevoir le courriel quotidien à cette adresse.
digest-code-foot = Si vous n'avez rien demandé, ne faites rien : sans ce code, rien ne sera envoyé ici.
