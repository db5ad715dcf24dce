search-title = Recherche
search-label = Rechercher une personne ou un dossier
search-placeholder = Nom, numéro de dossier, téléphone, lieu
search-go = Rechercher
search-hint = Un nom en lettres arabes ou latines, même mal orthographié ou incomplet, un surnom, le nom de la mère, les derniers chiffres d'un dossier (trois au moins), un téléphone, une commune ou un arrondissement. Seuls les dossiers de la préfecture apparaissent ; un dossier protégé ne se trouve que par son numéro.
search-recent = Derniers dossiers consultés
search-count = { $n ->
    [0] Aucun résultat sur cette page.
    [one] { $n } résultat sur cette page.
   *[other] { $n } résultats sur cette page.
}
search-files = Dossiers
search-children = Enfants
search-mothers = Mères
search-others = Autres personnes
search-contacts = Interventions où ce numéro a été donné
search-none = Aucun résultat
search-no-more = Aucun autre résultat
search-none-hint = Essayez une autre orthographe, une partie du nom seulement ou le nom de la mère. Les enfants connus dans d'autres villes n'apparaissent pas ici. Si l'enfant n'est pas connu, enregistrez une nouvelle intervention.
search-in-place = Enfants vus pour la dernière fois à { $place }.
search-offer = Enfants vus pour la dernière fois à { $place }
search-seen = Vu(e) en dernier : { $place }, { $when }
search-called = appelé(e) aussi
search-child = enfant ou proche :
search-how-same = même orthographe
search-how-script = même nom en d'autres lettres
search-how-sound = se prononce ainsi
search-how-beginning = début du nom
search-how-begun = début du nom, écrit autrement
search-how-letter = nom proche
search-how-number = numéro du dossier
search-how-phone = numéro de téléphone
search-how-place = vu(e) à cet endroit
search-why-empty = Écrivez d'abord ce que vous cherchez.
search-why-short = Une seule lettre ne suffit pas : écrivez-en deux au moins.
search-why-marks = Ce texte ne contient ni lettre ni chiffre.
search-why-digits = Pour chercher par chiffres : les trois derniers chiffres au moins d'un numéro de dossier, ou un numéro de téléphone marocain complet.
search-why-receipt = C'est le numéro d'un reçu ou d'un dossier judiciaire. Ici, on cherche par le numéro du dossier de l'enfant.
search-why-common = Ce mot fait partie de trop de noms : ajoutez-en un.
