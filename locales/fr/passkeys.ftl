passkey-title = Clés d'accès (passkeys)
passkey-claim = Entrer avec l'empreinte, le visage ou le code de l'appareil : rien à voler, rien à recopier sur un faux site.
passkey-why = La clé reste dans l'appareil ou dans le trousseau de son propriétaire ; seule une signature en sort. Deux clés sur deux appareils valent mieux qu'une.
passkey-own = Clés enregistrées
passkey-name = Nom de la clé
passkey-name-hint = Ce qui dit de quel appareil il s'agit : « téléphone de service » par exemple.
passkey-added = Ajoutée
passkey-used = Dernier usage
passkey-never = Jamais encore
passkey-add = Ajouter une clé d'accès
passkey-make = Créer la clé d'accès
passkey-keep = Gérer les clés d'accès
passkey-remove = Retirer
passkey-remove-one = Retirer la clé { $name }
passkey-last = Sans la dernière clé, le mot de passe seul suffira.
passkey-last-required = La fonction exige un second facteur : sans la dernière clé, il faudra le configurer de nouveau aussitôt.
passkey-script = Créer une clé d'accès demande un navigateur récent, avec JavaScript. Tout le reste fonctionne sans.
passkey-nameless = Clés d'accès indisponibles ici : l'adresse de ce serveur est un numéro, et une clé est liée au nom d'un site.
passkey-not-built = Cette version du programme ne comprend pas les clés d'accès.
passkey-elsewhere = Une clé d'accès est liée au nom du site, non à un numéro. Elle fonctionne à l'adresse
passkey-enter = Se connecter avec une clé d'accès (passkey)
passkey-use = Utiliser une clé d'accès (passkey)
passkey-instead = Ou, au lieu d'une application, une clé d'accès (passkey) :
passkey-refused = Cette clé d'accès n'a pas été acceptée. Merci de réessayer, ou d'entrer autrement.
passkey-not-added = La clé d'accès n'a pas été enregistrée : demande expirée ou clé déjà connue. Merci de réessayer.
passkey-unreadable = La réponse du navigateur est illisible. Merci de réessayer.
passkey-failed = Demande annulée ou expirée, ou aucune clé de ce site sur l'appareil. Rien n'a changé.
passkey-known = Cet appareil a déjà une clé pour ce compte.
passkey-cut = La demande n'a pas abouti. Merci de vérifier le réseau et de réessayer.
passkey-count = { $n ->
    [one] { $n } clé d'accès
   *[other] { $n } clés d'accès
}
