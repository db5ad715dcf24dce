documents = Documents
documents-title = Documents du dossier { $number }
documents-hint = Chaque ouverture d'un document est consignée au nom de son auteur.
documents-count = { $n ->
    [one] { $n } document
   *[other] { $n } documents
}
documents-none = Aucun document pour l'instant.
documents-masked = Documents masqués : confirmez votre identité pour les afficher
document-clinical = Clinique
document-clinical-say = Il concerne la santé ou a été confié : seules les personnes qui suivent l'enfant le voient
document-clinical-mark = Marquer comme clinique
document-clinical-unmark = Retirer la marque clinique
document-clinical-not-yours = Un document clinique est ajouté par les personnes qui suivent l'enfant.
document-reveal = Afficher le titre
documents-clinical-kept = { $n ->
    [0] aucun document clinique n'est à part
    [one] { $n } document clinique n'est visible que pour les personnes qui suivent l'enfant
   *[other] { $n } documents cliniques ne sont visibles que pour les personnes qui suivent l'enfant
}
document-add = Ajouter un document
document-added = Le document est ajouté au dossier.
document-kind = Nature du document
document-title = Intitulé du document
document-file = Document ou sa photo
document-file-hint = Photo (JPEG, PNG, WebP), PDF ou DOCX, { $max } au plus.
document-save = Ajouter au dossier
document-kept-how = Le document est chiffré. Le lieu et l'appareil sont retirés des photos. Les documents cliniques ne sont visibles que pour les personnes qui suivent l'enfant.
document-sending = Envoi en cours
document-checking = Document reçu, vérification en cours
document-cut = Connexion perdue avant la confirmation. Merci de renvoyer le document une fois le réseau revenu : il ne sera pas enregistré deux fois.
document-view = Ouvrir
document-new-window = (nouvelle fenêtre)
document-download = Télécharger
document-custody = Origine et empreinte
document-added-by = Ajouté par
document-received-name = Nom à la réception
document-received-print = Empreinte à la réception (SHA-256)
document-kept-print = Empreinte de la copie conservée (SHA-256)
document-redrawn = L'image a été redessinée à la réception : les deux empreintes diffèrent.
document-media-jpeg = JPEG
document-media-pdf = PDF
document-media-docx = DOCX
document-size-kb = { $n } Ko
document-size-mb = { $n } Mo
document-missing = Le contenu de ce document est introuvable. C'est consigné ; merci de prévenir l'administrateur.
document-damaged = Le contenu de ce document n'est plus celui qui a été déposé : il n'est pas affiché. C'est consigné ; merci de prévenir l'administrateur.
document-file-none = Choisir le document ou en prendre une photo.
document-file-again = Choisir de nouveau le document : le navigateur ne le renvoie pas de lui-même.
document-file-empty = Ce fichier est vide. Vérifier qu'il s'ouvre sur votre appareil, puis le choisir de nouveau.
document-file-large = Le fichier dépasse { $max } Mo. Envoyer une image plus petite ou le diviser.
document-file-unknown = Ni image (JPEG, PNG, WebP), ni PDF, ni DOCX. Photographier le document ou l'imprimer en PDF.
document-file-heic = Photo au format HEIC. Choisir « Le plus compatible » (JPEG) dans les réglages de l'appareil photo, ou envoyer une capture d'écran.
document-file-misnamed = Le nom du fichier annonce un autre format que son contenu. Vérifier que c'est le bon fichier.
document-file-damaged = Le fichier est incomplet ou endommagé. L'ouvrir sur votre appareil, puis le recréer ou le rephotographier.
document-file-pixels = L'image dépasse { $max } millions de points. Choisir une résolution plus basse.
document-file-active = Ce PDF contient des programmes, des pièces jointes ou un formulaire qui envoie des données. L'imprimer en PDF et envoyer cette copie.
document-file-locked = Le fichier est protégé par un mot de passe. L'enlever, ou l'imprimer en PDF et envoyer cette copie.
document-file-macros = Ce document contient des macros ou d'autres fichiers. L'enregistrer en PDF et l'envoyer.
document-file-external = Ce document va chercher ailleurs une partie de son contenu. L'enregistrer en PDF et l'envoyer.
document-file-bomb = Ce fichier grossit démesurément une fois décompressé. Photographier le document ou l'imprimer en PDF.
document-quota = Votre quota de documents ({ $max } Mo en 24 heures) est atteint. Réessayer plus tard ou prévenir le responsable de cellule.
document-sent-before = Cet envoi est déjà arrivé avec un autre document ou d'autres réponses. Merci de rouvrir la page pour vérifier ce qui est enregistré.
