plan-over = Plan d'action pour la protection des enfants de l'exploitation dans la mendicité
plan-title = Le plan et ses villes
plan-share = { $n } préfectures et provinces sur { $of }
plan-note = La marque accompagne les faits qui ont une source publiée : la page fondatrice du plan, ministère, et la presse de 2021. Ce qu'aucune source ne dit est donné pour inconnu.
plan-sourced = source publiée
plan-phases = Phases
plan-decided-on = Décision du { $date }
plan-launched-undecided = Lancement le { $date } ; la date de la décision n'est pas publiée
plan-announced = Horizon annoncé ; aucune décision publiée
plan-cities = Les villes du plan
plan-city = Ville
plan-phase-court = Phase et tribunal
plan-beginning = Lancement ou première réunion
plan-prefecture = Préfecture de { $name }
plan-launch = Lancement
plan-first-meeting = Première réunion
plan-not-published = non publié
plan-court-note = à confirmer
plan-seats = Sièges
plan-seats-unpublished = non publiés
plan-events = Décisions et réunions
plan-events-note = De la plus récente à la plus ancienne.
plan-decision = Décision du comité
plan-remote = tenue à distance
plan-teams = Les équipes
plan-members = { $n ->
    [one] membre
   *[other] membres
}
plan-members-scope = publié pour les équipes de { $cities } ensemble
plan-seats-unknown = Le nombre de sièges de chaque équipe n'est pas publié : aucun chiffre par équipe n'est donc affiché.
plan-not-yet = pas encore dans le plan
plan-map-about = Carte du Maroc : { $share } dans le plan. { $phases }.
