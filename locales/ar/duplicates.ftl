duplicates-title = البحث عن ملف سابق
duplicates-hint = هل للطفل ملف آخر في هذه العمالة؟ تُقارن الملفات القريبة ويُبدى الرأي في كل واحد منها.
duplicates-checked = تم البحث
duplicates-this = الطفل صاحب هذا الملف
duplicates-sex = الجنس
duplicates-none = لا ملف قريبا في العمالة، لا بالاسم ولا بالأم.
duplicates-limits = لا يشمل هذا البحث المدن الأخرى ولا الملفات المحمية.
duplicates-save = تسجيل الرأي في هذه الملفات
duplicates-save-none = تسجيل أن الطفل لا ملف سابقا له
duplicate-same = الطفل نفسه
duplicate-not-same = طفل آخر
duplicate-unsure = غير متأكد
duplicate-sign-mother = الأم نفسها
duplicate-sign-name = الاسم الكامل نفسه
duplicate-sign-near = اسم شخصي قريب
duplicate-sign-place = مكان الرصد نفسه
duplicate-one-same = لا يكون الطفل نفسه صاحب ملفين آخرين: اختر ملفا واحدا.
duplicate-said-same = صُرح بأن الطفل نفسه صاحب الملف { $number }. ينبغي أن يُلغي مسؤول(ة) الخلية أحد الملفين قبل السير في الآخر.
lack-sharing-basis = تدوين سند تبادل المعلومات
lack-duplicate-check = البحث عن ملف سابق للطفل
lack-child-view = تدوين رأي الطفل في الإغلاق، أو سبب عدم السماع
lack-final-report = تحرير التقرير النهائي
field-match = الرأي في الملف القريب
case-is-closed = الملف مغلق.
duplicate-sign-near-name = اسم كامل قريب
duplicate-sign-given = الاسم الشخصي نفسه
duplicate-sign-family = الاسم العائلي نفسه
duplicate-sign-mother-name = اسم الأم متشابه
duplicate-sign-day = تاريخ الازدياد نفسه
duplicate-sign-age = السن متوافق
duplicate-sign-near-age = السن متقارب
duplicate-sign-sibling = أخ أو أخت مشتركة
duplicate-sign-body = علامة مميزة مشتركة
duplicate-sign-other-given = اسم شخصي آخر
duplicate-sign-other-mother = أم باسم آخر
duplicate-strong = الأرجح أنه الطفل نفسه
duplicate-possible = ينبغي التحقق
duplicate-weak = نقاط مشتركة قليلة
duplicate-said = رأي { $name }، { $when }
duplicates-typed = { $n ->
    [zero] لا ملف مشابها
    [one] ملف واحد قد يخص الطفل نفسه
    [two] ملفان قد يخصان الطفل نفسه
    [few] { $n } ملفات قد تخص الطفل نفسه
    [many] { $n } ملفا قد يخص الطفل نفسه
   *[other] { $n } ملف قد يخص الطفل نفسه
}
duplicates-typed-hint = للعلم فقط: يمكنك الاستمرار، والقرار عند الفرز.
nav-duplicates = ملفات متشابهة
duplicates-queue-title = ملفات وتسجيلات قد تخص شخصا واحدا
duplicates-queue-hint = تُقارن كل ليلة الملفات التي تغيرت، وتسجيلات الراشدين حول أطفالها. رأيك في كل زوج موقع، ويمكن الرجوع عنه من صفحة الملف أو التسجيل.
duplicates-queue-none = لا زوج في انتظار رأيك.
duplicates-waiting = { $n ->
    [zero] لا زوج في الانتظار
    [one] زوج واحد في الانتظار
    [two] زوجان في الانتظار
    [few] { $n } أزواج في الانتظار
    [many] { $n } زوجا في الانتظار
   *[other] { $n } زوج في الانتظار
}
duplicates-found = عُثر عليه في { $when }
duplicates-file = الملف
duplicates-names = الأسماء
duplicates-mother = الأم
duplicates-places = أماكن الرصد
duplicates-answered = سبق لزميل(ة) إبداء رأي آخر في هذا الزوج. راجع صفحة البحث في الملف.
duplicates-apart = لم يعد هذان الملفان متشابهين: تغير الجنس أو السن في أحدهما.
signs-title = علامات مميزة
signs-page-title = علامات مميزة، الملف { $number }
signs-hint = ما يراه أي شخص والطفل بملابسه، وما يبقى. لا يُطلب من الطفل أبدا أن يكشف جسده.
signs-keep = تدبير العلامات
sign-add = إضافة علامة
sign-add-hint = علامة تساعد على التعرف على الطفل إذا رُصد من جديد.
sign-kind = العلامة
sign-part = الموضع
sign-note = توضيح
sign-strike = شطب هذه العلامة
sign-strike-why = سبب الشطب
sign-strike-do = شطب
sign-recorded-by = سجلها { $name }، { $when }
sign-struck-by = شطبها { $name }، { $when }
field-sign = العلامة
field-part = الموضع
duplicate-sign-child = صُرح بأن كلتيهما أم الطفل نفسه
duplicate-sign-phone = رقم الهاتف نفسه
duplicate-sign-child-name = أطفال بأسماء متشابهة
records-title = تسجيلات هذه السيدة
records-hint = قد يكون للأم التي رُصدت مرتين تسجيلان. إذا جُمعا قُرئا معا، ولا شيء يُنقل، ويمكن فصل ما جُمع.
records-record = التسجيل
records-children = الأطفال حولها
records-alone = لا تسجيل آخر لها.
records-also = مسجلة أيضا تحت
records-alike = تسجيلات قد تكون لها
records-none = لا تسجيل مشابها في العمالة.
records-limits = لا تشمل المقارنة الرجال، ولا الراشدين في المدن الأخرى، ولا من لا يُعرف إلا من ملفات محمية.
records-found = تسجيل قد يكون للسيدة نفسها
records-open = مقارنة تسجيلاتها، وجمعها أو فصلها
records-of-women = تسجيلات راشدين
records-same = السيدة نفسها
records-not-same = سيدة أخرى
records-strong = الأرجح أنها السيدة نفسها
records-two = سيدتان مختلفتان
records-act-joined = جُمع مع تسجيل
records-act-parted = فُصل عن تسجيل
records-joined-already = هذان التسجيلان مجموعان. يُفصلان من صفحة تسجيلاتها، مع بيان السبب.
records-apart = لم يعد هذان التسجيلان متشابهين: تغير الجنس أو السن في أحدهما.
