notices-title = Notifications
notices-hint = Ce qui s'est passé dans les dossiers protégés qui vous concernent.
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
