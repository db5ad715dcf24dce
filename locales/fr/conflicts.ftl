conflict-title = Une autre personne a modifié la même chose
conflict-by = Enregistré entre-temps par { $name }
conflict-by-nobody = Enregistré entre-temps
conflict-hint = Rien n'a été enregistré de votre côté et rien n'est perdu. Pour chaque réponse différente, choisissez celle qui reste. Ce qu'une seule personne a changé est déjà proposé.
conflict-both = { $n ->
    [one] Une réponse a été changée des deux côtés : à vous de choisir.
   *[other] { $n } réponses ont été changées des deux côtés : à vous de choisir.
}
conflict-before = Avant
conflict-before-unknown = On ne sait plus ce que montrait votre page.
conflict-empty = Rien
conflict-mine = Ce que vous avez écrit
conflict-theirs = Ce qui est enregistré maintenant
conflict-choose = Merci de choisir l'une des deux réponses.
conflict-save = Enregistrer mes choix
conflict-logged = Enregistré à votre nom et ajouté au journal.
conflict-go-on = Continuer
assessment-completed-meanwhile = Cette évaluation a été terminée entre-temps : elle ne se modifie plus. Voici ce que vous aviez écrit, en regard de ce qui est enregistré. Pour en dire plus, commencez une nouvelle évaluation.
care-plan-submitted-meanwhile = Cette version du plan a été soumise entre-temps : elle ne se modifie plus. Voici ce que vous aviez écrit, en regard de ce qui est enregistré. Pour en dire plus, préparez la version suivante.
visit-recorded-meanwhile = Cette visite est déjà notée, et une visite notée ne se modifie plus. Voici ce que vous aviez écrit, en regard de ce qui est enregistré.
