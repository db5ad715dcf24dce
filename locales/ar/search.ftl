search-title = البحث
search-label = البحث عن شخص أو ملف
search-placeholder = اسم، رقم ملف، هاتف، مكان
search-go = بحث
search-hint = الاسم بالحروف العربية أو اللاتينية ولو بخطأ في الكتابة أو بجزء منه، أو اللقب، أو اسم الأم، أو آخر أرقام الملف (ثلاثة على الأقل)، أو رقم هاتف، أو جماعة أو مقاطعة. لا تظهر إلا ملفات العمالة، والملف المحمي يوجد برقمه فقط.
search-recent = آخر الملفات التي اطلعت عليها
search-count = { $n ->
    [zero] لا نتيجة في هذه الصفحة
    [one] نتيجة واحدة في هذه الصفحة
    [two] نتيجتان في هذه الصفحة
    [few] { $n } نتائج في هذه الصفحة
    [many] { $n } نتيجة في هذه الصفحة
   *[other] { $n } نتيجة في هذه الصفحة
}
search-files = الملفات
search-children = الأطفال
search-mothers = الأمهات
search-others = أشخاص آخرون
search-contacts = تدخلات أُعطي فيها هذا الرقم
search-none = لا نتيجة
search-no-more = لا نتائج أخرى
search-none-hint = يمكن تجربة كتابة أخرى أو جزء من الاسم فقط أو اسم الأم. الأطفال المسجلون في مدن أخرى لا يظهرون هنا. إن كان الطفل غير معروف، يُسجل تدخل ميداني جديد.
search-in-place = أطفال شوهدوا آخر مرة في { $place }.
search-offer = الأطفال الذين شوهدوا آخر مرة في { $place }
search-seen = شوهد آخر مرة: { $place }، { $when }
search-called = يُنادى أيضا
search-child = طفل أو قريب:
search-how-same = الكتابة نفسها
search-how-script = الاسم نفسه بحروف أخرى
search-how-sound = النطق نفسه
search-how-beginning = بداية الاسم
search-how-begun = بداية الاسم بكتابة أخرى
search-how-letter = اسم قريب
search-how-number = رقم الملف
search-how-phone = رقم الهاتف
search-how-place = شوهد في هذا المكان
search-why-empty = يُكتب أولا ما يُبحث عنه.
search-why-short = حرف واحد لا يكفي: يُكتب حرفان على الأقل.
search-why-marks = ليس في النص حرف ولا رقم.
search-why-digits = للبحث بالأرقام: آخر ثلاثة أرقام على الأقل من رقم الملف، أو رقم هاتف مغربي كامل.
search-why-receipt = هذا رقم توصيل أو رقم ملف قضائي. يُبحث هنا برقم ملف الطفل.
search-why-common = هذه الكلمة جزء من أسماء كثيرة جدا: يُضاف إليها اسم.
