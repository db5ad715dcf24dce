nav-reports = التقارير
reports-title = التقارير
reports-hint-country = جدول من لائحة محددة، حسب المكان والشهر والجزء، انطلاقا من الأرقام المنشورة.
reports-hint-city = أرقام مدينتك المضبوطة كما هي محسوبة الآن، بين أي يومين تختارهما.
reports-none = لا تقرير مسجَّل بعد
reports-none-hint = يظهر هنا كل تقرير مسجَّل، ويمكن تقاسمه مع الزملاء.
reports-mine = { $n ->
    [zero] لا تقرير لك
    [one] تقريرك
    [two] تقريراك
    [few] تقاريرك وعددها { $n }
    [many] تقاريرك وعددها { $n }
   *[other] تقاريرك وعددها { $n }
}
reports-others = { $n ->
    [zero] لا تقرير متقاسم معك
    [one] تقرير متقاسم معك
    [two] تقريران متقاسمان معك
    [few] { $n } تقارير متقاسمة معك
    [many] { $n } تقريرا متقاسما معك
   *[other] { $n } تقرير متقاسم معك
}
report-title = تقرير
report-new = تقرير جديد
report-edit = تعديل التقرير
report-changed-on = آخر تعديل { $day }
report-shared = متقاسَم
report-shared-city = متقاسَم مع خلية المدينة
report-shared-country = متقاسَم مع لجنة القيادة
report-address = عنوان هذه الصفحة يحمل السؤال كله: رموز الجداول والأماكن والشهور، ولا اسم لأي شخص.
report-ask = السؤال
report-show = عرض
report-axis-place = المكان
report-axis-month = الشهر
report-axis-part = جزء الجدول
report-when = الفترة
report-no-columns = لا شيء
report-year = سنة قبل آخر شهر
report-last = آخر شهر منشور
report-months-hint = لا يُعتد بالشهر الأول إلا إذا كانت الشهور في الأسطر أو في الأعمدة.
report-days-hint = من اليوم الأول إلى اليوم الأخير، وكلاهما محسوب. وبلا تواريخ: آخر اثني عشر شهرا.
report-spot-hint = بلا اختيار: المملكة ومدنها. وخارج الأسطر والأعمدة مكان واحد.
report-slice-hint = بلا اختيار: المجموع وكل الأجزاء. وخارج الأسطر والأعمدة جزء واحد.
report-region = جهة: { $name }
report-gone = «{ $code }»، لم يعد موجودا
report-table-gone = الجدول «{ $code }» لم يعد موجودا. اختر جدولا آخر، وباقي السؤال كما هو.
report-place-gone = المكان «{ $code }» لم يعد من مدن الخطة. أزل علامته أو اختر غيره.
report-part-gone = الجزء «{ $code }» لم يعد في هذا الجدول. أزل علامته أو اختر غيره.
report-axis-twice = لا يمكن أن تحمل الأسطر والأعمدة الشيء نفسه.
report-axis-own = تقاريرك عن مدينتك وحدها، فلا توضع الأماكن جنبا إلى جنب.
report-axis-no-parts = ليس لهذا الجدول أجزاء: اختر المكان أو الشهر.
report-one-place = اختر مكانا واحدا، أو ضع الأماكن في الأسطر أو الأعمدة: لا نضيف أي مجموع من عندنا.
report-one-part = اختر جزءا واحدا، أو ضع الأجزاء في الأسطر أو الأعمدة: لا نضيف أي مجموع من عندنا.
report-month = اكتب شهرا، مثل 2026-09.
report-backwards = نهاية الفترة قبل بدايتها.
report-too-many = أكثر من { $max } شهرا: اختر فترة أقصر.
report-before-told = لم يُنشر شيء قبل ذلك: أول شهر منشور هو { $month }.
report-not-told = { $asked } غير منشور: هذه أرقام { $shown }، آخر شهر منشور قبله.
report-none-told = لم يُنشر أي شهر بعد. تبدأ تقارير لجنة القيادة مع أول نشرة شهرية.
report-published = أرقام منشورة
report-provisional = مؤقت
report-stamp-told = النشرة { $number } (قواعد الحساب، الصيغة { $method })، محسوبة بتاريخ { $at }. البصمة: { $print }
report-stamp-live = محسوب بتاريخ { $at }. قد تتغير هذه الأرقام، ولا تخرج من المدينة.
report-growth-city = ما وقع خلال الفترة، في مدينتك.
report-growth-city-stands = الوضعية في اليوم الأخير من الفترة، أو من كل شهر، في مدينتك.
report-growth-cumulative = منذ بداية الخطة إلى غاية نهاية كل شهر.
report-growth-stock = الوضعية في نهاية كل شهر.
report-growth-flow = كل شهر وحده.
report-withheld-note = حجب بعض الأرقام يحمي أعدادا صغيرة من الأطفال. لا نضيف أي مجموع من عندنا: لا يظهر هنا إلا ما نُشر من المجاميع.
report-days = من { $from } إلى غاية { $until }
report-point = { $value } في { $month }
report-line-about = { $name }: { $points }
report-csv = جدول نصي بسيط
report-xlsx = مصنف جداول حسابية
report-take = تنزيل التقرير
report-print = تُطبع الصفحة من المتصفح دون القوائم.
report-save = تسجيل هذا التقرير
report-save-change = تسجيل التعديل
report-title-hint = بلا اسم طفل ولا أسرة. يُسجَّل السؤال لا الأرقام، وتُقرأ الأرقام من جديد كلما فُتح التقرير.
report-not-saved = لم يُسجَّل شيء: ليس لهذا السؤال جواب.
report-changed-meanwhile = عُدِّل هذا التقرير في نافذة أخرى. سجِّله مرة أخرى ليحل محله ما تراه هنا.
report-again = لا يمكن تسجيل هذا التقرير مرة ثانية من الصفحة نفسها. افتح تقريرا جديدا.
report-no-file = ليس لهذا السؤال جواب، فلا ملف له. افتح التقرير لمعرفة السبب.
report-unanswered = لم يعد لهذا التقرير جواب
report-unanswered-hint = لم يضِع شيء: سؤاله كما هو، ويمكن تعديله.
report-keep = هذا التقرير
report-share = تقاسم التقرير
report-unshare = إنهاء التقاسم
report-share-city = بعد تقاسمه تطلع عليه خلية مدينتك وحدها.
report-share-country = بعد تقاسمه يطلع عليه أعضاء لجنة القيادة وحدهم.
report-delete = حذف هذا التقرير
report-delete-hint = يختفي أيضا لدى من تتقاسمه معهم، ولا يمكن استرجاعه.
report-delete-sure = نعم، احذفه
report-copy = إعداد تقريري انطلاقا منه
report-copy-hint = لا يعدله إلا صاحبه. يمكنك الانطلاق من سؤاله.
field-table = الجدول
field-rows = الأسطر
field-columns = الأعمدة
field-slice = جزء الجدول
audit-field-table = الجدول
