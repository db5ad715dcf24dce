judicial-questions = Questions du parquet et réponses de la cellule
judicial-questions-short = Questions
judicial-questions-hint = Lues des deux côtés telles qu'elles sont écrites ; rien ne change après l'envoi.
judicial-questions-none = Aucune question pour le moment.
judicial-question-title = Question { $n } : { $kind }
judicial-question-waiting = Réponse attendue
judicial-question-late = Réponse en retard
judicial-question-answered = La cellule a répondu
judicial-question-closed = Aucune réponse attendue
judicial-question-due = Réponse attendue avant : { $when }
judicial-question-from-court = Parquet
judicial-question-from-cell = Cellule
judicial-question-not-adults = N'écrivez ici ni le contenu de l'enquête sur les adultes, ni l'adresse où l'enfant est hébergé.
judicial-question-ask = Nouvelle question à la cellule
judicial-question-kind = Objet de la question
judicial-question-text = Texte de la question
judicial-question-sentences = Phrases prêtes, par objet
judicial-question-start = La phrase prête pour cet objet est placée ici : relisez-la, puis envoyez la question.
judicial-question-send = Envoyer la question
judicial-question-sending = Envoi…
judicial-question-answer = Réponse de la cellule
judicial-question-answer-send = Envoyer la réponse
judicial-question-follow-up = Demande de précision
judicial-question-follow-up-send = Envoyer la demande de précision
judicial-question-close = Aucune autre réponse n'est nécessaire
judicial-question-file-closed = Le dossier ne prend plus de questions ni de réponses pour le moment. Votre texte reste dans le champ : copiez-le s'il vous est utile.
judicial-question-was-closed = Le parquet a clos cette question et n'attend plus de réponse. Votre texte reste dans le champ : copiez-le s'il vous est utile.
judicial-questions-waiting = { $n ->
    [one] { $n } question du parquet attend une réponse
   *[other] { $n } questions du parquet attendent une réponse
}
field-question-kind = Objet de la question
field-question-text = Texte de la question
field-answer-text = Texte de la réponse ou de la précision
