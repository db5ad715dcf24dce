documents = الوثائق
documents-title = وثائق الملف { $number }
documents-hint = كل اطلاع على وثيقة يُسجل باسم صاحبه.
documents-count = { $n ->
    [zero] لا وثيقة
    [one] وثيقة واحدة
    [two] وثيقتان
    [few] { $n } وثائق
    [many] { $n } وثيقة
   *[other] { $n } وثيقة
}
documents-none = لا توجد أي وثيقة بعد.
documents-masked = الوثائق محجوبة: أكّدوا هويتكم لعرضها
document-clinical = سرية طبية أو نفسية
document-clinical-say = تتعلق بالصحة أو قيلت في ثقة: لا يراها إلا من يتكفل بالطفل(ة)
document-clinical-mark = تصنيفها طبية أو نفسية
document-clinical-unmark = رفع تصنيفها الطبي أو النفسي
document-clinical-not-yours = الوثيقة الطبية أو النفسية يضيفها من يتكفل بالطفل(ة).
document-reveal = إظهار العنوان
documents-clinical-kept = { $n ->
    [zero] لا وثيقة طبية أو نفسية محجوبة
    [one] وثيقة طبية أو نفسية واحدة لا يراها إلا من يتكفل بالطفل(ة)
    [two] وثيقتان طبيتان أو نفسيتان لا يراهما إلا من يتكفل بالطفل(ة)
    [few] { $n } وثائق طبية أو نفسية لا يراها إلا من يتكفل بالطفل(ة)
    [many] { $n } وثيقة طبية أو نفسية لا يراها إلا من يتكفل بالطفل(ة)
   *[other] { $n } وثيقة طبية أو نفسية لا يراها إلا من يتكفل بالطفل(ة)
}
document-add = إضافة وثيقة
document-added = أُضيفت الوثيقة إلى الملف.
document-kind = نوع الوثيقة
document-title = عنوان الوثيقة
document-file = الوثيقة أو صورتها
document-file-hint = صورة (JPEG أو PNG أو WebP) أو PDF أو DOCX، { $max } على الأكثر.
document-save = إضافة الوثيقة إلى الملف
document-kept-how = تودع الوثيقة مشفرة، ويُزال من الصور مكان التقاطها ونوع الهاتف. الوثائق الطبية والنفسية لا يراها إلا من يتكفل بالطفل(ة).
document-sending = جار الإرسال
document-checking = وصلت الوثيقة، وهي قيد الفحص
document-cut = انقطع الاتصال قبل تأكيد وصول الوثيقة. المرجو إعادة الإرسال عند عودة الشبكة: لن تُسجل مرتين.
document-view = فتح
document-new-window = (في نافذة جديدة)
document-download = تنزيل
document-custody = مصدر الوثيقة وبصمتها
document-added-by = أضافها
document-received-name = اسمها عند التوصل بها
document-received-print = بصمتها عند التوصل بها (SHA-256)
document-kept-print = بصمة النسخة المودعة (SHA-256)
document-redrawn = أُعيد رسم الصورة عند التوصل بها، لذلك تختلف البصمتان.
document-media-jpeg = JPEG
document-media-pdf = PDF
document-media-docx = DOCX
document-size-kb = { $n } كيلوبايت
document-size-mb = { $n } ميغابايت
document-missing = تعذر العثور على محتوى هذه الوثيقة. سُجل ذلك، والمرجو إخبار مدير النظام.
document-damaged = محتوى هذه الوثيقة لم يعد كما أُودع، لذلك لا يُعرض. سُجل ذلك، والمرجو إخبار مدير النظام.
document-file-none = اختر الوثيقة أو التقط صورة لها.
document-file-again = اختر الوثيقة من جديد: المتصفح لا يعيد إرسالها من تلقاء نفسه.
document-file-empty = هذا المستند فارغ. تأكد من أنه يُفتح على جهازك، ثم اختره من جديد.
document-file-large = حجم المستند أكبر من { $max } ميغابايت. أرسل صورة أصغر أو قسّم المستند.
document-file-unknown = ليس صورة (JPEG أو PNG أو WebP) ولا PDF ولا DOCX. التقط صورة للوثيقة أو اطبعها بصيغة PDF.
document-file-heic = هذه الصورة بصيغة HEIC. اختر في إعدادات كاميرا الهاتف «الأكثر توافقا» (JPEG)، أو أرسل لقطة شاشة منها.
document-file-misnamed = اسم المستند يدل على نوع آخر غير محتواه. تأكد من أنه المستند المقصود.
document-file-damaged = المستند ناقص أو تالف. افتحه على جهازك، ثم أنشئه أو صوّره من جديد.
document-file-pixels = أبعاد الصورة أكبر من { $max } مليون نقطة. اختر في الكاميرا دقة أقل.
document-file-active = يتضمن ملف PDF هذا برامج أو مرفقات أو استمارة ترسل بيانات. اطبعه بصيغة PDF ثم أرسل النسخة.
document-file-locked = المستند محمي بكلمة سر. أزلها أو اطبعه بصيغة PDF ثم أرسل النسخة.
document-file-macros = يتضمن هذا المستند برامج (ماكرو) أو مستندات أخرى. سجله بصيغة PDF ثم أرسله.
document-file-external = يجلب هذا المستند أجزاء منه من موقع آخر عند فتحه. سجله بصيغة PDF ثم أرسله.
document-file-bomb = يكبر هذا المستند كثيرا عند فكه. التقط صورة للوثيقة أو اطبعها بصيغة PDF.
document-quota = بلغت حصتك من الوثائق ({ $max } ميغابايت في 24 ساعة). أعد المحاولة لاحقا أو أخبر مسؤول(ة) الخلية.
document-sent-before = وصل هذا التسجيل من قبل بوثيقة أو أجوبة أخرى. المرجو فتح الصفحة من جديد للتحقق مما سُجل.
