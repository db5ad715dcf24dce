nav-shelter = أماكن الإيواء
nav-shelter-desk = مؤسستي
shelter-title = أماكن الإيواء الاستعجالي
shelter-hint = المدينة التي تعمل فيها أولا، ثم جهتها، ثم باقي المدن. لا يظهر هنا أي طفل.
shelter-any = الكل
shelter-with-mother = مع الأم
shelter-free-only = الشاغرة فقط
shelter-age = السن بالسنوات
shelter-show = عرض
shelter-none = لا أماكن مسجلة بهذه الشروط
shelter-none-hint = يمكن توسيع البحث: كل الأعمار، أو كل المدن.
shelter-col-institution = المؤسسة
shelter-col-for = لمن
shelter-col-free = الشاغر
shelter-col-confirmed = آخر تحيين
shelter-own-city = مدينتكم
shelter-of = من أصل { $capacity }، محجوز { $held }
shelter-stale = لم يُحدّث منذ { $day }
beds-girls = إناث
beds-boys = ذكور
beds-mixed = إناث وذكور
beds-mother-child = الأم مع الطفل
beds-ages = من { $from } إلى { $to } سنة
shelter-places = الأماكن
shelter-licence = الترخيص
shelter-licence-number = رقم الترخيص
shelter-licensed-until = صالح إلى غاية
shelter-licence-over = انتهى الترخيص
shelter-contact = الاتصال
shelter-not-recorded = غير مسجل
shelter-address-hint = العنوان محمي: لا يظهر إلا بطلب، ويُدوَّن كل إظهار باسم صاحبه.
shelter-address-reveal = إظهار العنوان
shelter-figures = أرقام الإيواء
shelter-figures-hint = مجاميع حسب المدينة، دون أي طفل. المعلوم عند انطلاق الخطة: 303 أماكن في 11 مؤسسة صارت 157.
shelter-fig-city = المدينة
shelter-fig-institutions = المؤسسات
shelter-fig-capacity = الطاقة الاستيعابية
shelter-fig-free = شاغرة
shelter-fig-held = محجوزة
shelter-fig-occupancy = نسبة الملء
shelter-fig-stale = أماكن لم تُحدّث منذ أسبوع
shelter-fig-stay = وسيط مدة الإقامة
shelter-fig-refused = تعذر لعدم وجود مكان (90 يوما)
shelter-fig-all = المجموع
shelter-too-few = أقل من خمس إقامات
bed-state-requested = طُلب مكان
bed-state-held = مكان محجوز
bed-state-admitted = استُقبل في المؤسسة
bed-state-left = خرج بإذن
bed-state-ran-away = غادر دون إذن
bed-state-discharged = انتهى الإيواء
bed-state-refused = تعذر الاستقبال
bed-state-expired = انتهت مدة الحجز
bed-state-cancelled = أُلغي الطلب
bed-hold = حجز مكان لمدة 24 ساعة
bed-admit = استقبال الطفل
bed-refuse = تعذر الاستقبال مع ذكر السبب
bed-cancel = إلغاء الطلب
bed-expire = انتهاء مدة الحجز
bed-leave = خروج بإذن لأيام
bed-run-away = الطفل غادر دون إذن
bed-return = عودة الطفل
bed-discharge = نهاية الإيواء
placement-title = الإيواء
placement-open = فتح
placement-seek = البحث عن مكان
placement-none = لا مكان محجوز ولا إيواء جار.
placement-until = محجوز إلى غاية { $at }
placement-until-hint = إن لم يصل الطفل قبل هذا الوقت عاد المكان شاغرا.
placement-since = في المؤسسة منذ { $day }
placement-institution = صفحة المؤسسة
placement-body = الجهة المسؤولة عن الطفل
placement-body-hint = من يجيب عن الطفل ما دام في المؤسسة. لا يُغلق ملف دونها.
placement-body-none = غير محددة بعد
placement-body-name = الجهة المسؤولة
placement-body-save = تسجيل الجهة
placement-where = أين؟
placement-where-hint = الأماكن الموافقة لجنس الطفل وسنه، الأقرب أولا.
placement-waits = لا مكان شاغر: إرسال طلب تجيب عنه المؤسسة خلال 24 ساعة
placement-told = ما ستعرفه المؤسسة
placement-told-hint = الاسم الشخصي والجنس والسن ورقم الملف، وما يُكتب هنا، ولا شيء غير ذلك.
placement-logged = يُحجز المكان باسم صاحب الطلب لمدة 24 ساعة
placement-ask = حجز المكان
placement-past = ما سبق
placement-past-none = لا طلب سابق.
placement-help = اتصلوا بالمؤسسة قبل الإرسال ليلا. الطفل يدخل بعد وصوله فعلا لا بعد الحجز.
shelter-full = لم يعد هنا مكان شاغر. الأماكن الشاغرة الآن معروضة في القائمة.
shelter-other-sex = هذه الأماكن ليست لجنس هذا الطفل.
shelter-other-age = هذه الأماكن لمن سنه من { $from } إلى { $to } سنة.
shelter-case-closed = الملف مغلق: لا يُطلب مكان قبل إعادة فتحه.
shelter-already = لهذا الطفل مكان محجوز أو إيواء جار.
shelter-sent-before = وصل هذا الطلب من قبل بأجوبة أخرى. المرجو فتح الصفحة من جديد.
shelter-moved = تغيرت وضعية هذا المكان في هذه الأثناء. المرجو فتح الصفحة من جديد.
shelter-day-early = هذا اليوم سابق لدخول الطفل.
desk-title = مؤسستي
desk-hint = الأماكن، والأطفال القادمون والمقيمون. الفرق تعتمد على هذه الأرقام ليلا ونهارا.
desk-places = الأماكن
desk-no-places = لا أماكن مسجلة بعد.
desk-coming = في الطريق
desk-coming-none = لا طفل في الطريق.
desk-there = المقيمون
desk-there-none = لا طفل مقيم عن طريق سند.
desk-state = الوضعية
desk-until = إلى غاية
desk-since = منذ
places-confirm = أرقام اليوم صحيحة
places-title = تحيين الأماكن
places-figures = الأرقام
places-figures-hint = أطفال الملفات: مقيمون { $admitted }، محجوز لهم { $held }. يُحسبون وحدهم.
places-capacity = الطاقة المرخصة
places-taken = مشغولة
places-closed = أماكن خارج الخدمة
places-others = أطفال قدموا بطريق آخر
places-reason = سبب التغيير
places-closed-n = خارج الخدمة: { $n }
places-held-n = محجوز: { $n }
places-logged = يُسجل التحيين باسم صاحبه
places-save = تسجيل الأرقام
places-below-taken = أقل من عدد الأطفال المقيمين والقادمين: { $n }.
places-too-many = المغلق والمشغول والأطفال المقيمون والقادمون ({ $n }) أكثر من الطاقة.
places-taken-meanwhile = حُجز مكان في هذه الأثناء. المرجو فتح الصفحة من جديد.
places-none-free = لا مكان شاغر في هذه المجموعة. حينوا الأرقام أولا.
sheet-title = بطاقة الطفل
sheet-child = الطفل
sheet-sex-age = الجنس والسن
sheet-from = من
sheet-brought-by = من يصحب الطفل ومتى
sheet-needs = ما يحتاجه الطفل هناك
sheet-health = تنبيه صحي للمؤسسة
sheet-nothing = لا شيء مسجل
sheet-see = معاينة البطاقة
sheet-preview = البطاقة كما ستصل
sheet-preview-hint = لم يُرسل شيء بعد.
sheet-frozen = بطاقة مجمدة لا تتغير، بصمتها
sheet-unreadable = تعذرت قراءة البطاقة
sheet-next = ما الذي حدث؟
sheet-what = الخطوة
sheet-day = اليوم
sheet-refusal = سبب عدم الاستقبال
sheet-destination = إلى أين خرج الطفل
field-group = المكان
field-brought-by = من يصحب الطفل ومتى
field-needs = الحاجيات
field-health = تنبيه صحي
field-responsible = الجهة المسؤولة
field-destination = إلى أين خرج الطفل
field-capacity = الطاقة المرخصة
field-closed = أماكن خارج الخدمة
field-others = أطفال قدموا بطريق آخر
sheet-save = تسجيل الخطوة
shelter-free = { $n ->
    [zero] لا مكان شاغرا
    [one] مكان شاغر
    [two] مكانان شاغران
    [few] { $n } أماكن شاغرة
    [many] { $n } مكانا شاغرا
   *[other] { $n } مكان شاغر
}
shelter-free-total = { $n ->
    [zero] لا مكان شاغرا
    [one] مكان شاغر واحد
    [two] مكانان شاغران
    [few] { $n } أماكن شاغرة
    [many] { $n } مكانا شاغرا
   *[other] { $n } مكان شاغر
}
shelter-days = { $n ->
    [zero] أقل من يوم
    [one] يوم واحد
    [two] يومان
    [few] { $n } أيام
    [many] { $n } يوما
   *[other] { $n } يوم
}
shelter-closed-since = مغلقة منذ { $day }: لا تستقبل
shelter-institution-closed = أغلقت هذه المؤسسة أبوابها ولم تعد تستقبل الأطفال. المرجو اختيار مؤسسة أخرى.
keep-title = الترخيص والمعايير
keep-open = تحيين الترخيص والمعايير
keep-standards = المعايير
keep-standards-hint = ما لوحظ في آخر زيارة تفتيش. ما لم يُعاين يبقى «لم يُتحقق منه».
keep-answer-yes = مستوفى
keep-answer-no = غير مستوفى
keep-answer-unknown = لم يُتحقق منه
keep-checked-on = تاريخ زيارة التفتيش
keep-checked = زيارة التفتيش بتاريخ { $day }
keep-checked-when = المرجو ذكر تاريخ زيارة التفتيش التي لوحظ فيها ذلك.
keep-licence-number = المرجو ذكر رقم الترخيص الذي ينتهي في هذا اليوم.
keep-closing = إغلاق المؤسسة
keep-closing-hint = ابتداء من هذا اليوم لا يُطلب فيها أي مكان. ويبقى الأطفال المقيمون فيها إلى أن تنتهي إقامتهم.
keep-closed-on = مغلقة منذ
keep-logged = يُسجل التحيين باسم صاحبه
keep-save = تسجيل
field-inspected-on = تاريخ زيارة التفتيش
field-shut-on = مغلقة منذ
field-licensed-until = صالح إلى غاية
field-licence = رقم الترخيص
